"""Rows into tables: what a batch derived takes the place of what its streams had, set by set.

A row that the database refuses (too large for an index, say) costs its stream its rows, and nobody else's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier
from psycopg.types.json import Jsonb
from pydantic_core import PydanticSerializationError, to_json

from projections.derivation import Derived
from projections.named_queries import Connection
from projections.view import FactView, View
from projections.views.catalogue import KINDS, VIEWS

SCHEMA = "view"
CANNOT_BE_STORED = "cannot be stored"
OF_THE_ROW = ("22", "23", "54")
"""Classes of SQL states that blame what was written: data, a constraint, a limit of the program."""


def write_sound(connection: Connection, derived: Derived, only: frozenset[str]) -> None:
    """As `write`; a stream whose rows the database refuses is named in `derived.failed` and has none.

    Halves are tried until the stream is alone. Raises what is not the fault of a row: a full disk, a lost connection.
    """
    try:
        with connection.transaction():
            write(connection, derived, only)
    except Exception as error:
        if not is_of_the_row(error):
            raise
        streams = sorted({stream for found in derived.streams.values() for stream in found})
        # An error's own words may quote the row; its kind does not.
        failure = f"{CANNOT_BE_STORED}: {type(error).__name__}"
    else:
        return
    if len(streams) == 1:
        derived.failed.setdefault(streams[0], failure)
        write(connection, derived.without_rows(), only)
        return
    half = len(streams) // 2
    for part in (frozenset(streams[:half]), frozenset(streams[half:])):
        some = _part(derived, part)
        write_sound(connection, some, only)
        derived.failed |= some.failed


def is_of_the_row(error: Exception) -> bool:
    """Whether the database, or the way to it, refuses what a row says rather than to work at all."""
    if isinstance(error, psycopg.DataError | UnicodeError | PydanticSerializationError):
        return True
    return isinstance(error, psycopg.Error) and (error.sqlstate or "").startswith(OF_THE_ROW)


def _part(derived: Derived, part: frozenset[UUID]) -> Derived:
    """What concerns some of the streams."""
    keys = {view.name: attrgetter(view.key) for view in VIEWS}
    return Derived(
        streams=defaultdict(list, {kind: [s for s in found if s in part] for kind, found in derived.streams.items()}),
        rows=defaultdict(
            list, {name: [row for row in rows if keys[name](row) in part] for name, rows in derived.rows.items()}
        ),
        facts=[fact for fact in derived.facts if fact[0] in part],
        failed={stream: failure for stream, failure in derived.failed.items() if stream in part},
    )


def write(connection: Connection, derived: Derived, only: frozenset[str]) -> None:
    """Replace the rows of the touched streams in the named views. Part of the caller's transaction."""
    for kind in KINDS:
        touched = derived.streams[kind.name]
        for view in kind.views:
            if view.name in only:
                _delete_streams(connection, view, touched)
                insert(connection, view, _sound(view, derived))
        for steps in kind.fact_views:
            if steps.name in only:
                _delete_streams(connection, steps, list(derived.failed))
                _delete_facts(connection, steps, derived.facts)
                insert(connection, steps, _sound(steps, derived))


def _sound(view: View[Any] | FactView, derived: Derived) -> list[Any]:
    rows = derived.rows[view.name]
    if not derived.failed:
        return rows
    key = attrgetter(view.key)
    return [row for row in rows if key(row) not in derived.failed]


def insert(connection: Connection, view: View[Any] | FactView, rows: Sequence[Any], schema: str = SCHEMA) -> None:
    """Add rows by binary COPY, which casts nothing: the values have the types of the table's columns."""
    if not rows:
        return
    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(_types(view, schema))
        types = [column.type_code for column in cursor.description or ()]
        with cursor.copy(_copy(view, schema)) as copy:
            copy.set_types(types)
            read = attrgetter(*view.columns)
            json = [at for at, column in enumerate(view.columns) if column in view.json]
            for row in rows:
                values = list(read(row))
                for at in json:
                    values[at] = Jsonb(values[at], to_json)
                copy.write_row(values)


def _delete_streams(connection: Connection, view: View[Any] | FactView, streams: list[UUID]) -> None:
    if streams:
        statement = SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(Identifier(SCHEMA, view.name), Identifier(view.key))
        connection.execute(statement, (streams,))


def _delete_facts(connection: Connection, view: FactView, facts: list[tuple[UUID, int]]) -> None:
    if facts:
        statement = SQL(
            "DELETE FROM {table} USING unnest(%s::uuid[], %s::bigint[]) AS fact (stream, version)"
            " WHERE {table}.{key} = fact.stream AND {table}.version = fact.version"
        ).format(table=Identifier(SCHEMA, view.name), key=Identifier(view.key))
        connection.execute(statement, ([stream for stream, _ in facts], [version for _, version in facts]))


def _types(view: View[Any] | FactView, schema: str) -> Composed:
    columns = SQL(", ").join(map(Identifier, view.columns))
    return SQL("SELECT {} FROM {} LIMIT 0").format(columns, Identifier(schema, view.name))


def _copy(view: View[Any] | FactView, schema: str) -> Composed:
    columns = SQL(", ").join(map(Identifier, view.columns))
    return SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(Identifier(schema, view.name), columns)
