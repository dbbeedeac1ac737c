"""What the register is measured against, on the same server and with the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import StoredEvent, Tracking
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresFactory, PostgresTrackingRecorder
from eventsourcing.projection import Projection
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from domain.event import Fact
from domain.register.application import LIBRARY_NAMES
from domain.register.batch import NewFact
from domain.register.mapper import CreditMapper
from domain.register.register import CreditRegister

RAW_TABLE = """
CREATE TABLE IF NOT EXISTS raw_events (
    originator_id uuid NOT NULL, originator_version bigint NOT NULL, topic text, state bytea,
    notification_id bigserial UNIQUE, recorded_at timestamptz DEFAULT clock_timestamp(),
    PRIMARY KEY (originator_id, originator_version)
)
"""
RAW_INSERT = "INSERT INTO raw_events (originator_id, originator_version, topic, state) VALUES (%s, %s, %s, %s)"
RAW_COPY = "COPY raw_events (originator_id, originator_version, topic, state) FROM STDIN (FORMAT BINARY)"


def library_settings(url: str, pool_size: int = 8) -> dict[str, str]:
    """A database's address in the event store's words."""
    given = conninfo_to_dict(url)
    named = {f"POSTGRES_{name}": str(given.get(key, "")) for key, name in LIBRARY_NAMES.items()}
    return named | {"PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_POOL_SIZE": str(pool_size)}


@contextmanager
def stock_recorder(owner_url: str) -> Iterator[PostgresApplicationRecorder]:
    """The library's own recorder over a table of its own."""
    factory: PostgresFactory = PostgresFactory(Environment("stock", library_settings(owner_url)))
    try:
        yield cast(PostgresApplicationRecorder, factory.application_recorder())
    finally:
        factory.close()


def stored_events(facts: Sequence[NewFact]) -> list[StoredEvent]:
    return [StoredEvent(one.stream, one.version, one.topic, one.state) for one in facts]


class RawTable:
    """A plain table: no order of positions, no request, no check but the primary key."""

    def __init__(self, owner_url: str) -> None:
        self._url = owner_url
        self._open: list[psycopg.Connection[Any]] = []
        with psycopg.connect(owner_url, autocommit=True) as connection:
            connection.execute(RAW_TABLE)

    def writer(self) -> Callable[[NewFact], None]:
        """Inserts one row in a transaction of its own, over a connection of its own."""
        connection = psycopg.connect(self._url, autocommit=True)
        self._open.append(connection)

        def insert(fact: NewFact) -> None:
            connection.execute(RAW_INSERT, (fact.stream, fact.version, fact.topic, fact.state), prepare=True)

        return insert

    def copy(self, facts: Sequence[NewFact]) -> None:
        """Rows by binary COPY in one transaction."""
        if not self._open:
            self.writer()
        with self._open[0].transaction(), self._open[0].cursor() as cursor, cursor.copy(RAW_COPY) as copy:
            copy.set_types(["uuid", "int8", "text", "bytea"])
            for fact in facts:
                copy.write_row((fact.stream, fact.version, fact.topic, fact.state))

    def close(self) -> None:
        for connection in self._open:
            connection.close()


# The library's projection runner, over the register's own log


class StockMapper(CreditMapper):
    event_types = CreditRegister.event_types


class StockApplication(Application[UUID]):
    """The log as the library's own recorder reads it: the same rows, decoded by the same mapper."""

    name = "credit"
    env: ClassVar[dict[str, str]] = {
        "MAPPER_TOPIC": "tests.benchmarks.peers:StockMapper",
        "CREATE_TABLE": "n",
    }


class FactCounter(PostgresTrackingRecorder):
    """One row for each stream: how many facts it has. The least a view can be."""

    def __init__(self, datastore: Any, **names: Any) -> None:
        # A table may be made for the view although the log's may not.
        super().__init__(datastore, **names)
        table = Identifier(datastore.schema, "fact_count")
        self.sql_create_statements.append(
            SQL("CREATE TABLE IF NOT EXISTS {} (stream uuid PRIMARY KEY, facts bigint NOT NULL)").format(table)
        )
        self._count = SQL(
            "INSERT INTO {} AS c VALUES (%s, 1) ON CONFLICT (stream) DO UPDATE SET facts = c.facts + 1"
        ).format(table)

    def count(self, stream: UUID, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self._count, (stream,), prepare=True)


class CountFacts(Projection[FactCounter]):
    name = "counting"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        fact: Fact = domain_event
        self.view.count(fact.originator_id, tracking)


def new_stream() -> UUID:
    return uuid4()
