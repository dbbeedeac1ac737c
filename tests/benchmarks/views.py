"""Deriving: catching up with the log, rebuilding from nothing, reading the log, and one subject at any moment."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.projection import ProjectionRunner

from domain.register.register import CreditRegister
from projections import log
from projections.engine import Engine
from projections.rebuild import rebuild
from projections.views.catalogue import VIEWS
from tests.benchmarks.append import MASTER_KEY
from tests.benchmarks.figures import Figure, for_a_while, interleave
from tests.benchmarks.filling import fill
from tests.benchmarks.peers import CountFacts, FactCounter, StockApplication, library_settings
from tests.databases import Database

PART = "views"
RUNNER = "stock ProjectionRunner, one table"
ONE_VIEW = "case_history"
"""One row for a fact at most, as the runner's table has one update for each."""
RUNNER_SECONDS = 3.0
LOAD_SECONDS = 0.5
RECORDED_MAX_SECONDS = 60
MILLION = 1_000_000


def measure(database: Database, *, rows: int, rounds: int) -> list[Figure]:
    with CreditRegister.connect(database.app_url, MASTER_KEY) as register:
        fill(register, rows)
        length = register.head()[0]
        caught = interleave(
            {
                "runner": lambda: runner_rate(database),
                "one": lambda: catch_up_rate(database, register, {ONE_VIEW}),
                "all": lambda: catch_up_rate(database, register, {view.name for view in VIEWS}),
            },
            max(rounds // 2, 1),
        )
        begun = perf_counter()
        rebuilt = rebuild(database.owner_url, register, verify_only=True)
        taken = perf_counter() - begun
        assert rebuilt.differences == []
        with psycopg.connect(database.app_url, autocommit=True) as connection:
            read = interleave(
                {"copy": lambda: copy_rate(connection, length), "hashes": lambda: hash_rate(connection, length)}, rounds
            )
            streams = itertools.cycle(log.streams_of_kind(connection, ["credit/SubjectRegistered.v1"], length)[:500])
        loads = interleave(
            {
                "rows": lambda: for_a_while(lambda: read_rows(register, next(streams), length), LOAD_SECONDS),
                "files": lambda: for_a_while(lambda: load_file(register, next(streams), length), LOAD_SECONDS),
            },
            rounds,
        )
    return [
        Figure(PART, "catch-up, one view", caught.rate("one"), "facts/s", RUNNER, caught.ratio("one", "runner"), 60),
        Figure(PART, "catch-up, all views", caught.rate("all"), "facts/s", RUNNER, caught.ratio("all", "runner"), 20),
        Figure(
            PART, f"rebuild of all views and comparison, {length:,} facts; seconds for a million",
            taken / length * MILLION, "s", target=RECORDED_MAX_SECONDS, at_most=True,
        ),
        Figure(
            PART, "log read and hashed", read.rate("hashes"), "facts/s", "COPY to nowhere",
            read.ratio("hashes", "copy"), 0.4,
        ),
        Figure(
            PART, "one subject at a past position, loads", loads.rate("files"), "/s", "its rows, not decoded: time",
            loads.ratio("rows", "files"), 5, at_most=True,
        ),
    ]  # fmt: skip


# Catching up


def catch_up_rate(database: Database, register: CreditRegister, views: set[str]) -> float:
    """Facts a second, with these views at the beginning of the log and the others at its end."""
    engine = Engine(database.app_url, register)
    head = register.head()[0]
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        for view in VIEWS:
            if view.name in views:
                owner.execute(f"TRUNCATE view.{view.name}".encode())
            owner.execute(
                "INSERT INTO view_progress (view, position) VALUES (%s, %s)"
                " ON CONFLICT (view) DO UPDATE SET position = excluded.position",
                (view.name, 0 if view.name in views else head),
            )
    begun = perf_counter()
    applied = engine.catch_up_once()
    taken = perf_counter() - begun
    engine.close()
    assert applied == head
    return applied / taken


def runner_rate(database: Database) -> float:
    """Facts a second through the library's runner, in a window of some seconds from the beginning of the log."""
    with counting(database) as runner:
        begun, first = perf_counter(), runner.view.max_tracking_id("credit") or 0
        time.sleep(RUNNER_SECONDS)
        last = runner.view.max_tracking_id("credit") or 0
        return (last - first) / (perf_counter() - begun)


@contextmanager
def counting(database: Database) -> Iterator[Any]:
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        for table in ("fact_count", "counting_tracking"):
            owner.execute(f"DROP TABLE IF EXISTS {table}".encode())
    with ProjectionRunner(
        application_class=StockApplication,
        projection_class=CountFacts,
        view_class=FactCounter,
        env=library_settings(database.owner_url),
    ) as runner:
        yield runner


# Reading


def copy_rate(connection: psycopg.Connection[Any], length: int) -> float:
    begun = perf_counter()
    with connection.cursor() as cursor, cursor.copy("COPY credit_events TO STDOUT (FORMAT BINARY)") as copy:
        for _ in copy:
            pass
    return length / (perf_counter() - begun)


def hash_rate(connection: psycopg.Connection[Any], length: int) -> float:
    begun, after = perf_counter(), 0
    while rows := log.page(connection, after, length):
        for row in rows:
            hashlib.sha256(row[3]).digest()
        after = rows[-1][4]
    assert after == length
    return length / (perf_counter() - begun)


def read_rows(register: CreditRegister, stream: UUID, position: int) -> int:
    return 1 if register.facts_recorder.select_streams([stream], position) else 0


def load_file(register: CreditRegister, stream: UUID, position: int) -> int:
    return 1 if register.load(stream, known_at=position).version else 0
