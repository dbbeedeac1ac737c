"""Rows into tables: what a batch derived takes the place of what its streams had, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Composed, Identifier
from psycopg.types.json import Jsonb

from projections.derivation import Derived
from projections.named_queries import Connection
from projections.view import FactView, View
from projections.views.catalogue import KINDS

SCHEMA = "view"


def write(connection: Connection, derived: Derived, only: frozenset[str]) -> None:
    """Replace the rows of the touched streams in the named views. Part of the caller's transaction."""
    for kind in KINDS:
        touched = derived.streams[kind.name]
        for view in kind.views:
            if view.name in only:
                _delete_streams(connection, view, touched)
                insert(connection, view, derived.rows[view.name])
        for steps in kind.fact_views:
            if steps.name in only:
                _delete_streams(connection, steps, list(derived.failed))
                _delete_facts(connection, steps, derived.facts)
                insert(connection, steps, derived.rows[steps.name])


def insert(connection: Connection, view: View[Any] | FactView, rows: Sequence[Any], schema: str = SCHEMA) -> None:
    """Add rows by COPY."""
    if not rows:
        return
    with connection.cursor() as cursor, cursor.copy(_copy(view, schema)) as copy:
        read = attrgetter(*view.columns)
        json = [at for at, column in enumerate(view.columns) if column in view.json]
        for row in rows:
            values = list(read(row))
            for at in json:
                values[at] = Jsonb(values[at])
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


def _copy(view: View[Any] | FactView, schema: str) -> Composed:
    columns = SQL(", ").join(map(Identifier, view.columns))
    return SQL("COPY {} ({}) FROM STDIN").format(Identifier(schema, view.name), columns)
