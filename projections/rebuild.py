"""Derive every view from nothing, beside the live ones, compare row by row, and swap.

The log is read stream by stream, one file at a time, so memory stays flat. Everything happens in one transaction of
the owner: if the process dies in it, nothing has changed. The engine waits meanwhile; readers see the old tables until
the swap, and the new ones after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from domain.event import Fact
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.mapper import CreditMapper
from domain.register.register import CreditRegister
from domain.register.rulebooks import NoRulebook, Rulebooks
from projections import log
from projections.derivation import kind_of
from projections.engine import ALL_VIEWS, STEP_KEY
from projections.log import StoredRow
from projections.named_queries import Connection, Queries
from projections.view import Kind
from projections.views.catalogue import VIEWS
from projections.writing import CANNOT_BE_STORED, SCHEMA, insert

QUERIES = Queries.beside(__file__)
BESIDE = "view_beside"
BEFORE = "view_before"
SWAP = (
    f"ALTER SCHEMA {SCHEMA} RENAME TO {BEFORE}",
    f"ALTER SCHEMA {BESIDE} RENAME TO {SCHEMA}",
    f"GRANT USAGE ON SCHEMA {SCHEMA} TO xinlu_app",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA} TO xinlu_app",
    f"DROP SCHEMA {BEFORE} CASCADE",
)
SHOWN_MAX = 100
ROWS_AT_ONCE = 5_000


class ViewsApart(RuntimeError):
    """The views stand at different positions, so that live and rebuilt rows cannot be compared; let the engine run."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that only one side has: `live` or `rebuilt`."""

    view: str
    side: str
    stream: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found.

    position     up to which everything was derived
    rows         rows of each view as rebuilt
    differences  at most 100 of each view and side
    failed       stream → what failed; such a stream has no rows
    swapped      whether the rebuilt tables are the live ones now
    """

    position: int
    rows: dict[str, int]
    differences: list[Difference]
    failed: dict[UUID, str]
    swapped: bool


def rebuild(
    owner_url: str, register: CreditRegister, *, verify_only: bool = False, say: Callable[[int], None] = lambda _: None
) -> Rebuilt:
    """Rebuild all views as of their position; with `verify_only` compare and change nothing.

    owner_url  a login that owns the schema of the views
    say        called with the number of facts read, now and then
    Raises ViewsApart when the views stand at different positions.
    """
    with psycopg.connect(owner_url, autocommit=True) as connection:
        # Before the transaction, so that its one snapshot is taken when no step can be under way any more.
        connection.execute("SELECT pg_advisory_lock(%s)", (STEP_KEY,))
        with connection.transaction(force_rollback=verify_only):
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            position = _position(connection)
            _make_beside(connection)
            failed = _fill(connection, register, position, say)
            counted = {view.name: _count(connection, view.name) for view in VIEWS}
            differences = [one for view in VIEWS for one in _compare(connection, view.name, view.key)]
            if not verify_only:
                _swap(connection)
                _set_parked(connection, failed, position)
    return Rebuilt(position, counted, differences, failed, not verify_only)


def derive_stream(facts: list[Fact], rulebook: Rulebook | None) -> Iterator[tuple[str, list[Any]]]:
    """View and rows of a whole stream; nothing for a stream without views. Raises what the file or a rule raises."""
    kind: Kind[Any] | None = kind_of(facts[0])
    if kind is None:
        return
    file = kind.empty(facts[0].originator_id)
    for fact in facts:
        file = kind.fold(file, fact)
    for steps in kind.fact_views:
        yield steps.name, [row for fact in facts for row in steps.rows(fact)]
    if rulebook is not None:
        for view in kind.views:
            yield view.name, list(view.rows(file, Reading(rulebook)))


def _position(connection: Connection) -> int:
    rows = connection.execute("SELECT DISTINCT position FROM view_progress WHERE view = ANY(%s)", (list(ALL_VIEWS),))
    positions = [position for (position,) in rows]
    if len(positions) > 1:
        raise ViewsApart
    return positions[0] if positions else 0


def _make_beside(connection: Connection) -> None:
    connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(BESIDE)))
    for view in VIEWS:
        live, beside = Identifier(SCHEMA, view.name), Identifier(BESIDE, view.name)
        connection.execute(SQL("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING COMMENTS)").format(beside, live))


def _fill(
    connection: Connection, register: CreditRegister, position: int, say: Callable[[int], None]
) -> dict[UUID, str]:
    rulebooks = Rulebooks(register)
    try:
        rulebook: Rulebook | None = rulebooks.at(position)
    except NoRulebook:
        rulebook = None
    waiting: dict[str, list[Any]] = defaultdict(list)
    by_name = {view.name: view for view in VIEWS}
    # What the live tables refuse is refused here only when the indexes are made, and then by stopping everything.
    refused: dict[UUID, str] = dict(QUERIES.fetch_plain(connection, "refused", failure=f"{CANNOT_BE_STORED}%"))
    failed: dict[UUID, str] = {}
    read = 0
    for stream, rows in _streams(connection, position):
        read += len(rows)
        if stream in refused:
            failed[stream] = refused[stream]
            continue
        try:
            derived = list(derive_stream(_facts(register.facts_mapper, rows), rulebook))
        except Exception as error:
            failed[stream] = type(error).__name__
            continue
        for name, found in derived:
            waiting[name] += found
            if len(waiting[name]) >= ROWS_AT_ONCE:
                insert(connection, by_name[name], waiting.pop(name), BESIDE)
                say(read)
    for name, found in waiting.items():
        insert(connection, by_name[name], found, BESIDE)
    say(read)
    return failed


def _facts(mapper: CreditMapper, rows: list[StoredRow]) -> list[Fact]:
    return [mapper.to_fact(row) for row in rows]


def _streams(connection: Connection, position: int) -> Iterator[tuple[UUID, list[StoredRow]]]:
    with connection.cursor("streams", row_factory=tuple_row) as cursor:
        cursor.itersize = log.PAGE
        cursor.execute(QUERIES.texts["streams"].encode(), {"position": position}, binary=True)
        for stream, rows in groupby(cursor, key=lambda row: row[0]):
            yield stream, list(rows)


def _count(connection: Connection, name: str) -> int:
    row = connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(BESIDE, name))).fetchone()
    assert row is not None
    return int(row[0])


def _compare(connection: Connection, name: str, key: str) -> list[Difference]:
    found = []
    sides = (("live", SCHEMA, BESIDE), ("rebuilt", BESIDE, SCHEMA))
    for side, one, other in sides:
        statement = SQL("SELECT {}::text, to_jsonb(d) FROM (TABLE {} EXCEPT ALL TABLE {}) AS d LIMIT {}").format(
            Identifier(key), Identifier(one, name), Identifier(other, name), SHOWN_MAX
        )
        found += [Difference(name, side, stream, row) for stream, row in connection.execute(statement)]
    return found


def _swap(connection: Connection) -> None:
    """The rebuilt tables get the indexes, rights and words of the live ones, then their name."""
    definitions = QUERIES.fetch_plain(connection, "definitions", live=SCHEMA, beside=BESIDE)
    for (statement,) in definitions:
        connection.execute(statement.encode())
    for statement in SWAP:
        connection.execute(statement.encode())


def _set_parked(connection: Connection, failed: dict[UUID, str], position: int) -> None:
    connection.execute("DELETE FROM view_parked")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO view_parked (stream_id, position, failure) VALUES (%s, %s, %s)",
            [(stream, position, failure) for stream, failure in failed.items()],
        )
