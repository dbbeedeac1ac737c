"""Bring a database to the shape this release needs, each step once and for ever.

Steps are the SQL files named `0001_word.sql`, in the order register, views, pages, and by name
within each. What a step was is kept by hash: a file that was applied and then changed is refused,
since nobody could say any more what shape a database has.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import psycopg

from api.obstacles import Obstacle

APP_ROLE = "xinlu_app"
ROOT = Path(__file__).resolve().parent.parent
STEP_NAME = re.compile(r"\d{4}_\w+\.sql")
# Any number will do, as long as all releases use the same one.
LOCK_KEY = 7_166_001

FOUNDATION = """
CREATE TABLE IF NOT EXISTS schema_migration (
  name text PRIMARY KEY,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE schema_migration IS 'Steps applied to this database, with the SHA-256 of each file.';
CREATE TABLE IF NOT EXISTS installation (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  simulated boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE installation IS 'One row: whether this database was created for a simulated clock (演示).';
GRANT SELECT ON schema_migration, installation TO xinlu_app;
"""

MAKE_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'xinlu_app') THEN
    CREATE ROLE xinlu_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  -- Another database of the same cluster made it at the same moment.
  NULL;
END $$
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One SQL file: `name` is its path from the project's root, `sha256` the hash of its bytes."""

    name: str
    text: str
    sha256: str


def steps(root: Path = ROOT) -> list[Step]:
    """All steps of this release, in the order in which they are applied."""
    folders = [
        sorted((root / "domain" / "register" / "schema").glob("*.sql")),
        sorted((root / "projections").rglob("*.sql"), key=lambda path: (path.name, path)),
        sorted((root / "api" / "schema").glob("*.sql")),
    ]
    return [_step(path, root) for folder in folders for path in folder if STEP_NAME.fullmatch(path.name)]


def migrate(owner_url: str, simulated: bool = False, root: Path = ROOT) -> list[str]:
    """Apply the steps a database lacks, and return their names.

    owner_url  a login that may create tables, and the role `xinlu_app` if it is missing
    simulated  whether a database without any step becomes one for a simulated clock; what a
               database once is it stays: True is refused for one created otherwise

    Each step and its entry are one transaction: a process that dies here leaves whole steps, and the
    next call goes on. Raises `Obstacle` for a changed or unknown step.
    """
    with psycopg.connect(owner_url, autocommit=True) as connection:
        # Held until the connection ends; a second process waits, then finds nothing to do.
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
        connection.execute(MAKE_ROLE)
        connection.execute(FOUNDATION)
        _settle_kind(connection, simulated)
        applied = _applied(connection)
        lacking = _lacking(steps(root), applied)
        for step in lacking:
            with connection.transaction():
                connection.execute(step.text.encode())
                connection.execute(
                    "INSERT INTO schema_migration (name, sha256) VALUES (%s, %s)", (step.name, step.sha256)
                )
    return [step.name for step in lacking]


def pending_steps(connection: psycopg.Connection[tuple[object, ...]], root: Path = ROOT) -> list[str]:
    """Names of the steps a database lacks; all of them when it was never migrated."""
    has_any = connection.execute("SELECT to_regclass('schema_migration') IS NOT NULL").fetchone()
    applied = _applied(connection) if has_any == (True,) else {}
    return [step.name for step in _lacking(steps(root), applied)]


def is_simulated(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether the database was created for a simulated clock. Raises UndefinedTable if it was never migrated."""
    return connection.execute("SELECT simulated FROM installation").fetchone() == (True,)


def _step(path: Path, root: Path) -> Step:
    content = path.read_bytes()
    return Step(path.relative_to(root).as_posix(), content.decode(), hashlib.sha256(content).hexdigest())


def _settle_kind(connection: psycopg.Connection[tuple[object, ...]], simulated: bool) -> None:
    connection.execute("INSERT INTO installation (simulated) VALUES (%s) ON CONFLICT DO NOTHING", (simulated,))
    if simulated and not is_simulated(connection):
        raise Obstacle(
            "database_not_simulated",
            "该数据库是正式库，不能用于演示；请为演示另建数据库或数据文件夹。",
            "This database holds a real register and cannot serve a demonstration; give the demo one of its own.",
        )


def _applied(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, str]:
    rows = connection.execute("SELECT name, sha256 FROM schema_migration").fetchall()
    return {str(name): str(sha256) for name, sha256 in rows}


def _lacking(known: list[Step], applied: dict[str, str]) -> list[Step]:
    for step in known:
        if step.name in applied and applied[step.name] != step.sha256:
            raise Obstacle(
                "migration_changed",
                f"迁移文件 {step.name} 在执行后被修改；请恢复原文件，改动另写新的迁移文件。",
                f"The migration {step.name} was changed after it had been applied; "
                "restore the file and put the change into a new one.",
            )
    unknown = sorted(applied.keys() - {step.name for step in known})
    if unknown:
        raise Obstacle(
            "database_newer_than_program",
            f"数据库含有本版本没有的迁移 {unknown[0]}；请使用建立它的信录版本或更新的版本。",
            f"The database has the migration {unknown[0]}, which this release lacks; "
            "use the release that made it, or a later one.",
        )
    return [step for step in known if step.name not in applied]
