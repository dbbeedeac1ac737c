"""The recorder under the event store's own cases, under eight writers with a tailing reader, and when a writer dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import InterfaceError, ProgrammingError, StoredEvent
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.tests.persistence import (
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)
from psycopg.conninfo import conninfo_to_dict

from domain.register.acts import bucket_of
from domain.register.batch import Batch, NewFact, NewRequest
from domain.register.recorder import Conflict, CreditRecorder, Position
from tests.databases import Database, fresh_database

WRITERS = 8
SECONDS = 4.0


def open_recorder(
    database: Database, pool_size: int = 2, kind: type[CreditRecorder] = CreditRecorder
) -> CreditRecorder:
    given = conninfo_to_dict(database.app_url)
    datastore = PostgresDatastore(
        str(given["dbname"]), str(given["host"]), str(given["port"]), str(given["user"]), str(given["password"]),
        pool_size=pool_size, max_overflow=16, connect_timeout=30,
    )  # fmt: skip
    return kind(datastore=datastore)


@pytest.fixture
def recorder(database: Database) -> Iterator[CreditRecorder]:
    made = open_recorder(database)
    yield made
    made.datastore.close()


def facts(stream: UUID, first: int, n: int) -> list[NewFact]:
    return [NewFact(stream, first + k, "sample/Noted.v2", b"{}") for k in range(n)]


class OnTheRealTable:
    """The cases of the event store for a recorder that gives positions; those for one that gives none do not apply.

    They number versions from 0 where they race; this register begins at 1, by constraint.
    """

    server_name = "postgres18"

    @pytest.fixture(autouse=True)
    def _over_a_database(self, request: pytest.FixtureRequest) -> Iterator[None]:
        with fresh_database(request.getfixturevalue(self.server_name)) as database:
            with psycopg.connect(database.owner_url) as connection:
                connection.execute("ALTER TABLE credit_events DROP CONSTRAINT versions_begin_at_one")
            self.recorder = open_recorder(database)
            yield
            self.recorder.datastore.close()

    def create_recorder(self) -> CreditRecorder:
        return self.recorder


class TestApplicationCases(OnTheRealTable, ApplicationRecorderTestCase[CreditRecorder]):
    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestApplicationCasesOn15(TestApplicationCases):
    server_name = "postgres15"


class TestNonInterleavingCase(OnTheRealTable, NonInterleavingNotificationIDsBaseCase):
    insert_num = 1000


class TestNonInterleavingCaseOn15(TestNonInterleavingCase):
    server_name = "postgres15"


del ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase


@pytest.mark.on_both_servers
def test_eight_writers_leave_no_gap_and_a_tailing_reader_misses_nothing(database: Database) -> None:
    recorder, stop = open_recorder(database, 12), threading.Event()
    shared = [uuid4() for _ in range(3)]
    stored: list[list[Position]] = [[] for _ in range(WRITERS)]
    broken: list[list[str]] = [[] for _ in range(WRITERS)]
    tailed: list[Position] = []
    written = threading.Event()

    def write(writer: int) -> None:
        own, version, dice = uuid4(), 0, Random(writer)
        while not stop.is_set():
            n = dice.choice([1, 1, 1, 2, 2, 400])
            contested = facts(dice.choice(shared), dice.randint(1, 40), 1) if dice.random() < 0.3 else []
            requests = [NewRequest(uuid4(), bytes(32), 0, n)] if dice.random() < 0.5 else []
            try:
                stored[writer] += recorder.append(Batch([*facts(own, version + 1, n), *contested], requests))
                version += n
            except Conflict as conflict:
                broken[writer].append(conflict.constraint)

    def tail() -> None:
        last, done = 0, False
        while not done:
            done = written.is_set()
            while rows := recorder.select_positions(last + 1, last + 700):
                tailed.extend((row[4], row[5]) for row in rows)
                last = rows[-1][4]

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        writers = [pool.submit(write, number) for number in range(WRITERS)]
        reader = pool.submit(tail)
        stop.wait(SECONDS)
        stop.set()
        for one in writers:
            one.result()
        written.set()
        reader.result()
    everything = sorted(place for places in stored for place in places)
    assert tailed == everything
    assert [position for position, _ in everything] == list(range(1, len(everything) + 1))
    instants = [instant for _, instant in everything]
    assert instants == sorted(instants)
    assert {rule for rules in broken for rule in rules} == {"one_fact_per_version"}
    assert recorder.max_notification_id() == len(everything)
    recorder.datastore.close()


def test_a_conflict_names_the_rule_and_stores_nothing_of_the_batch(recorder: CreditRecorder) -> None:
    stream, other, request = uuid4(), uuid4(), NewRequest(uuid4(), bytes(32), 0, 1)
    recorder.append(Batch(facts(stream, 1, 1), [request]))
    with pytest.raises(Conflict, match="one_fact_per_version"):
        recorder.append(Batch([*facts(other, 1, 5), *facts(stream, 1, 1)]))
    with pytest.raises(Conflict, match="one_answer_per_request"):
        recorder.append(Batch(facts(other, 1, 5), [request]))
    assert recorder.append(Batch(facts(other, 1, 1)))[0][0] == 2


def test_a_conflict_does_not_repeat_the_values_that_clashed(recorder: CreditRecorder) -> None:
    stream = uuid4()
    recorder.append(Batch(facts(stream, 1, 1)))
    with pytest.raises(Conflict) as caught:
        recorder.append(Batch(facts(stream, 1, 1)))
    assert str(stream) not in str(caught.value)


class LosesTheFirstAnswer(CreditRecorder):
    """A recorder whose connection breaks after the first commit, before the answer arrives."""

    lost = False

    def _execute(self, statement: object, parameters: dict[str, object]) -> list[Position]:
        places = super()._execute(statement, parameters)  # type: ignore[arg-type]
        if not self.lost:
            self.lost = True
            raise InterfaceError("the connection broke")
        return places


def test_facts_whose_answer_was_lost_are_found_and_not_stored_twice(database: Database) -> None:
    recorder = open_recorder(database, kind=LosesTheFirstAnswer)
    stream = uuid4()
    assert [position for position, _ in recorder.append(Batch(facts(stream, 1, 3)))] == [1, 2, 3]
    assert recorder.max_notification_id() == 3
    recorder.datastore.close()


class LosesTheFirstQuestion(CreditRecorder):
    """A recorder whose connection breaks before the statement arrives, while a rival writes the same version."""

    lost = False

    def _execute(self, statement: object, parameters: dict[str, object]) -> list[Position]:
        if not self.lost:
            self.lost = True
            CreditRecorder(self.datastore).append(Batch([NewFact(UUID(int=5), 1, "sample/Noted.v2", b"[]")]))
            raise InterfaceError("the connection broke")
        return super()._execute(statement, parameters)  # type: ignore[arg-type]


def test_a_rival_who_wrote_while_the_connection_was_lost_is_a_conflict(database: Database) -> None:
    recorder = open_recorder(database, kind=LosesTheFirstQuestion)
    with pytest.raises(Conflict):
        recorder.append(Batch(facts(UUID(int=5), 1, 1)))
    assert recorder.max_notification_id() == 1
    recorder.datastore.close()


def test_the_event_stores_interface_takes_nothing_beside_the_events(recorder: CreditRecorder) -> None:
    with pytest.raises(ProgrammingError):
        recorder.insert_events([StoredEvent(uuid4(), 1, "t", b"{}")], tracking="x")
    with pytest.raises(ProgrammingError):
        recorder.insert_events([StoredEvent("not a uuid", 1, "t", b"{}")])


@pytest.mark.on_both_servers
def test_a_writer_killed_in_mid_load_leaves_whole_batches_and_no_gap(database: Database) -> None:
    code = (
        "import sys; from uuid import uuid4\n"
        "from tests.domain.register.samples import *\n"
        "register = SampleRegister.connect(sys.argv[1], MASTER_KEY)\n"
        "while True:\n"
        "    stream = uuid4()\n"
        "    register.do_many([opening(stream), *(noting(stream, str(k)) for k in range(60))], lambda a: asked())\n"
        "    print('.', flush=True)\n"
    )
    root = Path(__file__).resolve().parents[3]
    writers = [
        subprocess.Popen([sys.executable, "-c", code, database.app_url], cwd=root, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        for _ in range(5):
            assert writer.stdout.read(2) == b".\n"
    for writer in writers:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert writer.stdout is not None
        writer.stdout.close()
    with psycopg.connect(database.owner_url) as connection:
        # Whatever a killed writer's server process still holds is let go of before the lock is ours.
        (head,) = connection.execute("SELECT position FROM log_head FOR UPDATE").fetchone() or (None,)
        assert connection.execute("SELECT count(*), max(notification_id) FROM credit_events").fetchone() == (head, head)
        sizes = connection.execute("SELECT DISTINCT count(*) FROM credit_events GROUP BY originator_id").fetchall()
        assert sizes == [(61,)]
        answered = connection.execute("SELECT count(*), sum(n) FROM request").fetchone()
        assert answered == (head, head)


def test_every_key_carries_its_subject_bucket(database: Database) -> None:
    streams = [UUID(int=0), UUID(int=255), UUID(int=256), uuid4()]
    with psycopg.connect(database.app_url) as connection:
        for stream in streams:
            assert connection.execute("SELECT subject_bucket(%s)", (stream,)).fetchone() == (bucket_of(stream),)
    assert [bucket_of(stream) for stream in streams[:3]] == [0, 255, 0]
