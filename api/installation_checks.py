"""What must be true of a database before a register may stand on it.

Two things fail silently: under the C locale Chinese is bytes to the server, and a login with too
many rights could change what was recorded. Both are therefore looked at before anything else.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from api.migrations import pending_steps
from api.obstacles import Obstacle

Connection = psycopg.Connection[tuple[object, ...]]
VERSION_MIN = 15
EVENTS_TABLE = "credit_events"
MAKE_IT_RIGHT = "createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: a stable name, whether it is as it must be, and else what to do, in two languages."""

    name: str
    passed: bool
    zh: str
    en: str


def check_database(connection: Connection) -> list[Check]:
    """What concerns the database itself, before any table exists: version, encoding, locale, Chinese search."""
    version = connection.info.server_version // 10000
    row = connection.execute(
        "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    encoding, ctype = ("", "") if row is None else (str(row[0]), str(row[1]))
    return [
        Check(
            "server_version",
            version >= VERSION_MIN,
            f"PostgreSQL 版本为 {version}，需 {VERSION_MIN} 或更高；请升级数据库服务器。",
            f"PostgreSQL is version {version}; {VERSION_MIN} or later is needed, so upgrade the database server.",
        ),
        Check(
            "encoding",
            encoding == "UTF8",
            f"数据库编码为 {encoding}，应为 UTF8；请重新建库：{MAKE_IT_RIGHT} 库名。",
            f"The database is encoded in {encoding} instead of UTF8; create it anew with {MAKE_IT_RIGHT} NAME.",
        ),
        Check(
            "locale",
            ctype not in ("C", "POSIX"),
            f"数据库的字符分类（lc_ctype）为 {ctype}，中文检索会失效；请重新建库：{MAKE_IT_RIGHT} 库名。",
            f"The database's character type is {ctype}, under which Chinese search fails; "
            f"create it anew with {MAKE_IT_RIGHT} NAME.",
        ),
        Check(
            "chinese_search",
            encoding == "UTF8" and _finds_chinese(connection),
            f"数据库不能按字检索中文；请重新建库：{MAKE_IT_RIGHT} 库名。",
            f"The database does not find Chinese character by character; create it anew with {MAKE_IT_RIGHT} NAME.",
        ),
    ]


def check_register(connection: Connection, login: str) -> list[Check]:
    """What concerns the tables: all steps applied, and `login` unable to change what was recorded.

    login  a login or role of the server, e.g. `xinlu_app`, or the one that is connected
    """
    pending = pending_steps(connection)
    checks = [
        Check(
            "migrated",
            not pending,
            f"数据库缺少 {len(pending)} 个迁移步骤；请以数据库所有者登录执行 xinlu migrate。",
            f"The database lacks {len(pending)} migration steps; run xinlu migrate with the owner's login.",
        )
    ]
    if _exists(connection, EVENTS_TABLE):
        held = _rights_to_change(connection, login)
        checks.append(
            Check(
                "events_append_only",
                not held,
                f"数据库用户 {login} 可以更改已入库的事件（{'、'.join(held)}）；请改用只属于角色 xinlu_app 的登录。",
                f"The login {login} may change recorded events ({', '.join(held)}); "
                "use a login that is a member of role xinlu_app and nothing more.",
            )
        )
    return checks


def require(checks: list[Check]) -> None:
    """Raise `Obstacle` with the sentence of the first check that did not pass."""
    for check in checks:
        if not check.passed:
            raise Obstacle(check.name, check.zh, check.en)


def _finds_chinese(connection: Connection) -> bool:
    return connection.execute(
        "SELECT '样例市商务局' LIKE '%商%' AND lower('样例A') = '样例a'"
        " AND char_length('信') = 1 AND octet_length('信') = 3"
    ).fetchone() == (True,)


def _exists(connection: Connection, table: str) -> bool:
    return connection.execute("SELECT to_regclass(%s) IS NOT NULL", (table,)).fetchone() == (True,)


def _rights_to_change(connection: Connection, login: str) -> list[str]:
    return [
        right
        for right in ("UPDATE", "DELETE", "TRUNCATE")
        if connection.execute("SELECT has_table_privilege(%s, %s, %s)", (login, EVENTS_TABLE, right)).fetchone()
        == (True,)
    ]
