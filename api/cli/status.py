"""`xinlu status`: is this installation sound, and how far has everything come?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import psycopg
import typer

from api.cli.database import open_database
from api.cli.output import JsonFlag, say, say_json
from api.installation_checks import Check, check_database, check_register
from api.migrations import APP_ROLE, is_simulated
from api.settings import read_settings

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class LogHead:
    """Position of the last recorded event, 0 for an empty log, and when it was recorded."""

    position: int
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class ViewLag:
    """How far a view has come, and how many events it is behind."""

    view: str
    position: int
    lag: int


@dataclass(frozen=True, slots=True)
class Status:
    """All that `xinlu status` says; `log` is None and `simulated` is None before the first migration."""

    version: str
    name: str
    is_embedded: bool
    simulated: bool | None
    log: LogHead | None
    views: list[ViewLag]
    checks: list[Check]


def status(as_json: JsonFlag = False) -> None:
    """Show the database, the head of the log, each view's position and lag, and the set-up checks.

    Ends with 2 when a check did not pass.
    """
    with open_database(read_settings()) as database, psycopg.connect(database.owner_url) as connection:
        found = read_status(connection, is_embedded=database.is_embedded)
    if as_json:
        say_json(asdict(found))
    else:
        _show(found)
    if not all(check.passed for check in found.checks):
        raise typer.Exit(2)


def read_status(connection: Connection, *, is_embedded: bool) -> Status:
    """Read the state of an installation. Changes nothing."""
    checks = check_database(connection)
    if _exists(connection, "installation"):
        checks += check_register(connection, APP_ROLE)
        simulated: bool | None = is_simulated(connection)
    else:
        checks += check_register(connection, connection.info.user)
        simulated = None
    log = _log_head(connection)
    return Status(
        version=connection.info.parameter_status("server_version") or "",
        name=connection.info.dbname,
        is_embedded=is_embedded,
        simulated=simulated,
        log=log,
        views=_views(connection, log),
        checks=checks,
    )


def _exists(connection: Connection, table: str) -> bool:
    return connection.execute("SELECT to_regclass(%s) IS NOT NULL", (table,)).fetchone() == (True,)


def _log_head(connection: Connection) -> LogHead | None:
    if not _exists(connection, "log_head"):
        return None
    row = connection.execute("SELECT position, nullif(recorded_at, '-infinity') FROM log_head").fetchone()
    if row is None:
        return None
    position, recorded_at = row
    return LogHead(int(str(position)), recorded_at if isinstance(recorded_at, datetime) else None)


def _views(connection: Connection, log: LogHead | None) -> list[ViewLag]:
    if log is None or not _exists(connection, "view_progress"):
        return []
    rows = connection.execute("SELECT view, position FROM view_progress ORDER BY view").fetchall()
    return [ViewLag(str(view), int(str(position)), log.position - int(str(position))) for view, position in rows]


def _show(found: Status) -> None:
    kind = "内置 embedded" if found.is_embedded else "外部 external"
    say(f"数据库 database: PostgreSQL {found.version}, {found.name} ({kind})")
    if found.simulated:
        say("演示 / simulated clock")
    if found.log is not None:
        say(f"日志 log: {found.log.position}, {found.log.recorded_at or '—'}")
    for view in found.views:
        say(f"视图 view {view.view}: {view.position}, 落后 behind {view.lag}")
    for check in found.checks:
        say(f"检查 check {check.name}: {'通过 passed' if check.passed else '未通过 failed'}")
        if not check.passed:
            say(f"  {check.zh}\n  {check.en}")
