"""Write facts in one statement, and read them back as plain rows.

The statement is in `batch.py`; here it is sent, its conflicts are named, and an answer that was lost is found again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from eventsourcing.persistence import (
    IntegrityError,
    InterfaceError,
    Notification,
    OperationalError,
    ProgrammingError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier, Literal

from domain.register.batch import Batch, NewFact, parameters_of, parts_of

T = TypeVar("T")
Position = tuple[int, datetime]

CONNECTION_TRIES = 10
SECONDS_BETWEEN_TRIES = 0.2


@dataclass(frozen=True)
class StoredFact(StoredEvent):
    """A stored event that knows its place: position in the log from 1, and instant of its transaction (UTC)."""

    position: int
    recorded_at: datetime


class Conflict(IntegrityError):
    """Somebody else wrote first; nothing of the batch was stored. `constraint` names the rule that was broken."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint
        super().__init__(constraint)


FACT_COLUMNS = SQL("originator_id, originator_version, topic, state, notification_id, recorded_at")


class CreditRecorder(PostgresApplicationRecorder):
    """The event store's recorder over `credit_events` and `log_head`, both made by the migrations, never here."""

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str = "credit_events") -> None:
        super().__init__(datastore, events_table_name=events_table_name)
        self._table = Identifier(datastore.schema, events_table_name)
        self._statements: dict[tuple[str, ...], Composed] = {}

    def create_table(self) -> None:
        """Do nothing: tables, triggers and rights are migrations, and the application's role may not make any."""

    # Writing

    def append(self, batch: Batch) -> list[Position]:
        """Store the batch and return position and instant of each fact, in the order given.

        Raises `Conflict` when a version, request, code, key or person was taken, and nothing is stored.
        A connection lost before the answer came is tried again; should the first try have been stored after all,
        its places are returned. The process may die anywhere here: the statement is stored whole or not at all, and
        whoever asks again with the same request id is given what was stored.
        """
        if not batch.facts:
            return []
        statement, parameters = self._statement(batch), parameters_of(batch)
        for left in reversed(range(CONNECTION_TRIES)):
            try:
                return self._execute(statement, parameters)
            except (InterfaceError, OperationalError):
                if not left:
                    raise
                time.sleep(SECONDS_BETWEEN_TRIES)
            except Conflict:
                ours = self._already_stored(batch.facts) if left < CONNECTION_TRIES - 1 else None
                if ours is None:
                    raise
                return ours
        raise AssertionError("the last try returns or raises")

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Store events by the event store's own interface: nothing is reserved. Their positions, or None."""
        if any(value is not None for value in kwargs.values()):
            raise ProgrammingError(f"the recorder stores nothing beside a Batch: {sorted(kwargs)}")
        facts = [NewFact(_uuid(e.originator_id), e.originator_version, e.topic, e.state) for e in stored_events]
        return [position for position, _ in self.append(Batch(facts))] or None

    def _execute(self, statement: Composed, parameters: dict[str, Any]) -> list[Position]:
        try:
            with (
                self.datastore.get_connection() as connection,
                connection.cursor(binary=True, row_factory=tuple_row) as cursor,
            ):
                cursor.execute(statement, parameters, prepare=True)
                # Positions are given in the order of the batch; the order of RETURNING is nobody's promise.
                return sorted(cursor.fetchall())
        except IntegrityError as error:
            # The server's own words name the value that was taken; only the rule's name goes on from here.
            cause = error.__cause__
            named = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
            raise Conflict(named or "unnamed") from None

    def _already_stored(self, facts: Sequence[NewFact]) -> list[Position] | None:
        """Places of facts of which every byte is stored at its version: the answer that was lost. Else None."""
        statement = SQL(
            "SELECT e.originator_id, e.originator_version, e.state, e.notification_id, e.recorded_at FROM {table} e "
            "JOIN unnest(%(streams)b::uuid[], %(versions)b::bigint[]) AS u(o, v) "
            "ON e.originator_id = u.o AND e.originator_version = u.v"
        ).format(table=self._table)
        rows = self._select(
            statement, {"streams": [f.stream for f in facts], "versions": [f.version for f in facts]}, tuple
        )
        found = {(stream, version): (state, (position, at)) for stream, version, state, position, at in rows}
        places: list[Position] = []
        for fact in facts:
            state, place = found.get((fact.stream, fact.version), (None, None))
            if state != fact.state or place is None:
                return None
            places.append(place)
        return places

    def _statement(self, batch: Batch) -> Composed:
        parts = parts_of(batch)
        if parts not in self._statements:
            self._statements[parts] = SQL("".join(parts)).format(
                schema=Identifier(self.datastore.schema), table=self._table, channel=Literal(self.channel_name)
            )
        return self._statements[parts]

    # Reading

    def select_streams(self, streams: Sequence[UUID], until: int | None = None) -> list[tuple[Any, ...]]:
        """All facts of the streams up to a position, as rows of FACT_COLUMNS ordered by stream and version."""
        statement = SQL("SELECT {} FROM {} WHERE originator_id = ANY(%(streams)b)").format(FACT_COLUMNS, self._table)
        if until is not None:
            statement += SQL(" AND notification_id <= %(until)b")
        return self._select(statement + SQL(" ORDER BY 1, 2"), {"streams": list(streams), "until": until}, tuple)

    def select_positions(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """The facts from position `first` to `last`, both included, as rows of FACT_COLUMNS in order."""
        return self._select(
            SQL("SELECT {} FROM {} WHERE notification_id BETWEEN %(first)b AND %(last)b ORDER BY 5").format(
                FACT_COLUMNS, self._table
            ),
            {"first": first, "last": last},
            tuple,
        )

    def select(self, statement: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Rows of one of the register's other tables; `statement` is a constant of the caller's."""
        return self._select(SQL(statement), parameters, tuple)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        statement = SQL("SELECT {} FROM {} WHERE originator_id = %(stream)b").format(FACT_COLUMNS, self._table)
        if gt is not None:
            statement += SQL(" AND originator_version > %(gt)b")
        if lte is not None:
            statement += SQL(" AND originator_version <= %(lte)b")
        statement += SQL(" ORDER BY originator_version DESC") if desc else SQL(" ORDER BY originator_version")
        if limit is not None:
            statement += SQL(" LIMIT %(limit)b")
        return self._select(statement, {"stream": originator_id, "gt": gt, "lte": lte, "limit": limit}, _stored_fact)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        conditions = [SQL("true")]
        if start is not None:
            above = "notification_id >= %(start)b" if inclusive_of_start else "notification_id > %(start)b"
            conditions.append(SQL(above))
        if stop is not None:
            conditions.append(SQL("notification_id <= %(stop)b"))
        if topics:
            conditions.append(SQL("topic = ANY(%(topics)b)"))
        statement = SQL("SELECT {} FROM {} WHERE ").format(FACT_COLUMNS, self._table)
        statement += SQL(" AND ").join(conditions) + SQL(" ORDER BY notification_id LIMIT %(limit)b")
        parameters = {"start": start, "stop": stop, "topics": list(topics), "limit": limit}
        return self._select(statement, parameters, _notification)

    def _select(
        self, statement: SQL | Composed, parameters: dict[str, Any], row: Callable[[Iterable[Any]], T]
    ) -> list[T]:
        """Rows in binary, tried again while the connection fails: reading changes nothing."""
        for left in reversed(range(CONNECTION_TRIES)):
            try:
                with (
                    self.datastore.get_connection() as connection,
                    connection.cursor(binary=True, row_factory=tuple_row) as cursor,
                ):
                    cursor.execute(statement, parameters, prepare=True)
                    rows = cursor.fetchall()
                return rows if row is tuple else [row(one) for one in rows]  # type: ignore[return-value]
            except (InterfaceError, OperationalError):
                if not left:
                    raise
                time.sleep(SECONDS_BETWEEN_TRIES)
        raise AssertionError("the last try returns or raises")


def _uuid(stream: UUID | str) -> UUID:
    if isinstance(stream, UUID):
        return stream
    raise ProgrammingError("streams are named by UUID")


def _stored_fact(row: Any) -> StoredFact:
    stream, version, topic, state, position, recorded_at = row
    return StoredFact(stream, version, topic, state, position, recorded_at)


def _notification(row: Any) -> Notification:
    stream, version, topic, state, position, _ = row
    return Notification(stream, version, topic, state, position)
