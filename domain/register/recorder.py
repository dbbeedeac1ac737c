"""Write facts in one statement, and read them back as plain rows.

Everything an act leaves behind is one SQL statement: first the head of the log, whose row lock orders writers, then
requests, codes, keys, persons and facts, each reading from the head's row. So positions have no gaps, time never
runs back, a reader who tails the log misses nothing, and either all of it is stored or nothing.

No other SELECT may enter that statement: its snapshot is older than the lock. Nothing may be reserved beside it:
two writers who reserve before they hold the lock can each wait for the other.
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

T = TypeVar("T")
Position = tuple[int, datetime]

CONNECTION_TRIES = 10
SECONDS_BETWEEN_TRIES = 0.2


@dataclass(frozen=True)
class StoredFact(StoredEvent):
    """A stored event that knows its place: position in the log from 1, and instant of its transaction (UTC)."""

    position: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact as it goes in: stream, number in it from 1, topic, and the exact bytes."""

    stream: UUID
    version: int
    topic: str
    state: bytes


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request answered by `n` facts, the first of which is fact number `first` (from 0) of the same batch."""

    request_id: UUID
    digest: bytes
    first: int
    n: int


@dataclass(frozen=True, slots=True)
class NewCode:
    """A credit code that from now on belongs to the stream."""

    code: str
    stream: UUID


@dataclass(frozen=True, slots=True)
class NewKey:
    """A person's key, wrapped, found by the keyed hash `person`."""

    key_id: UUID
    person: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A natural person whose file is the stream."""

    person: bytes
    stream: UUID
    key_id: UUID


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction stores; facts of a stream in the order of their versions."""

    facts: Sequence[NewFact]
    requests: Sequence[NewRequest] = ()
    codes: Sequence[NewCode] = ()
    keys: Sequence[NewKey] = ()
    persons: Sequence[NewPerson] = ()
    simulated_now: datetime | None = None


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
        self._statements: dict[tuple[bool, bool, bool, bool], Composed] = {}

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
        statement, parameters = self._statement(batch), _parameters(batch)
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
        has = (bool(batch.requests), bool(batch.codes), bool(batch.keys), bool(batch.persons))
        if has not in self._statements:
            parts = [part for part, wanted in zip(PARTS, has, strict=True) if wanted]
            self._statements[has] = SQL("".join([HEAD, *parts, FACTS])).format(
                schema=Identifier(self.datastore.schema), table=self._table, channel=Literal(self.channel_name)
            )
        return self._statements[has]

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


HEAD = (
    "WITH head AS MATERIALIZED ("
    " UPDATE {schema}.log_head SET position = position + %(n)s,"
    " recorded_at = greatest(recorded_at, coalesce(%(simulated_now)s::timestamptz, clock_timestamp()))"
    " RETURNING position - %(n)s AS before, recorded_at),"
    " told AS MATERIALIZED (SELECT before, recorded_at, pg_notify({channel}, '') FROM head)"
)
PARTS = (
    (
        ", requests AS (INSERT INTO {schema}.request (request_id, digest, first_position, n)"
        " SELECT u.r, u.d, told.before + u.f + 1, u.n FROM told,"
        " unnest(%(request_ids)b::uuid[], %(digests)b::bytea[], %(firsts)b::bigint[], %(counts)b::int[])"
        " AS u(r, d, f, n))"
    ),
    (
        ", codes AS (INSERT INTO {schema}.subject_code (code, subject_id)"
        " SELECT u.c, u.s FROM told, unnest(%(codes)b::text[], %(code_streams)b::uuid[]) AS u(c, s))"
    ),
    (
        ", keys AS (INSERT INTO {schema}.vault_key (key_id, person, wrapped, created_at)"
        " SELECT u.k, u.p, u.w, told.recorded_at FROM told,"
        " unnest(%(key_ids)b::uuid[], %(key_persons)b::bytea[], %(wrapped)b::bytea[]) AS u(k, p, w))"
    ),
    (
        ", persons AS (INSERT INTO {schema}.subject_person (person, subject_id, key_id)"
        " SELECT u.p, u.s, u.k FROM told,"
        " unnest(%(persons)b::bytea[], %(person_streams)b::uuid[], %(person_keys)b::uuid[]) AS u(p, s, k))"
    ),
)
FACTS = (
    " INSERT INTO {table} (originator_id, originator_version, topic, state, notification_id, recorded_at)"
    " SELECT u.o, u.v, u.t, u.s, told.before + u.k, told.recorded_at FROM told,"
    " unnest(%(streams)b::uuid[], %(versions)b::bigint[], %(topics)b::text[], %(states)b::bytea[])"
    " WITH ORDINALITY AS u(o, v, t, s, k) RETURNING notification_id, recorded_at"
)


def _parameters(batch: Batch) -> dict[str, Any]:
    facts, requests, codes, keys, persons = batch.facts, batch.requests, batch.codes, batch.keys, batch.persons
    return {
        "n": len(facts),
        "simulated_now": batch.simulated_now,
        "request_ids": [one.request_id for one in requests],
        "digests": [one.digest for one in requests],
        "firsts": [one.first for one in requests],
        "counts": [one.n for one in requests],
        "codes": [one.code for one in codes],
        "code_streams": [one.stream for one in codes],
        "key_ids": [one.key_id for one in keys],
        "key_persons": [one.person for one in keys],
        "wrapped": [one.wrapped for one in keys],
        "persons": [one.person for one in persons],
        "person_streams": [one.stream for one in persons],
        "person_keys": [one.key_id for one in persons],
        "streams": [one.stream for one in facts],
        "versions": [one.version for one in facts],
        "topics": [one.topic for one in facts],
        "states": [one.state for one in facts],
    }


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
