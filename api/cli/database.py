"""The database a command works on: the one it is told, else the embedded one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg.conninfo import conninfo_to_dict

from api.obstacles import Obstacle
from api.postgres import EmbeddedServer
from api.postgres_binaries import preferred_binaries
from api.settings import Settings

CONNECT_SECONDS_MAX = 10


@dataclass(frozen=True, slots=True)
class OpenDatabase:
    """Addresses of a database that answers.

    owner_url    a login that may change tables; of a database we were told, the same as `app_url`
    app_url      the login that pages use
    is_embedded  whether it is our own server
    """

    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    is_embedded: bool


@contextmanager
def open_database(settings: Settings, *, exclusive: bool = False) -> Iterator[OpenDatabase]:
    """Give a database for as long as the block runs; an embedded server started here is stopped at its end.

    exclusive  True: an embedded server must be our own (`serve`, `demo`); False: one that another
               process of this program runs on the same folder is used as well

    Errors of the database inside the block come out as `Obstacle`: one sentence and what to do.
    """
    if settings.database_url is not None:
        with explained(settings.database_url):
            psycopg.connect(settings.database_url, connect_timeout=CONNECT_SECONDS_MAX).close()
            yield OpenDatabase(settings.database_url, settings.database_url, is_embedded=False)
        return
    server = EmbeddedServer(settings.data_dir, preferred_binaries())
    if exclusive or not server.attach():
        server.start()
    try:
        with explained(server.owner_url()):
            yield OpenDatabase(server.owner_url(), server.app_url(), is_embedded=True)
    finally:
        server.stop()


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn what the database says about address, login and rights into an `Obstacle`. Passwords are never repeated."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        said = error.diag.message_primary or "permission denied"
        raise Obstacle(
            "rights_missing",
            f"数据库用户的权限不足（{said}）；迁移请使用数据库所有者登录，"
            "运行请使用角色 xinlu_app 的成员登录，并相应修改 XINLU_DATABASE_URL。",
            f"The database login lacks a right ({said}); use the owner's login to migrate and a member of role "
            "xinlu_app to serve, and set XINLU_DATABASE_URL accordingly.",
        ) from error
    except psycopg.OperationalError as error:
        raise _cannot_connect(url, error) from error
    except psycopg.ProgrammingError as error:
        if error.sqlstate is not None:
            raise
        # Without a state it never reached a server: the address itself cannot be read.
        raise Obstacle(
            "database_url_malformed",
            "XINLU_DATABASE_URL 无法识别；应形如 postgresql://用户:密码@主机:5432/数据库。",
            "XINLU_DATABASE_URL cannot be understood; write it as postgresql://user:password@host:5432/database.",
        ) from error


def _cannot_connect(url: str, error: psycopg.OperationalError) -> Obstacle:
    parts = conninfo_to_dict(url)
    where = f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}"
    dbname, login = parts.get("dbname", ""), parts.get("user", "")
    said = str(error).lower()
    if "password" in said or "authentication" in said or 'role "' in said:
        return Obstacle(
            "database_login_refused",
            f"数据库 {where} 拒绝用户 {login} 登录；请核对 XINLU_DATABASE_URL 中的用户名和密码。",
            f"The database at {where} refused the login {login}; check user and password in XINLU_DATABASE_URL.",
        )
    if "does not exist" in said:
        return Obstacle(
            "database_missing",
            f"{where} 上没有数据库 {dbname}；"
            f"请先建立（createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 {dbname}），"
            "或改正 XINLU_DATABASE_URL。",
            f"There is no database {dbname} at {where}; create it "
            f"(createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 {dbname}) or correct XINLU_DATABASE_URL.",
        )
    return Obstacle(
        "database_unreachable",
        f"无法连接数据库 {where}；请确认 PostgreSQL 已启动且地址、端口正确，再核对 XINLU_DATABASE_URL。",
        f"The database at {where} does not answer; see that PostgreSQL runs there and check XINLU_DATABASE_URL.",
    )
