"""What the application's login, and even the owner, cannot do to what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from domain.event import Personal
from domain.register.batch import Batch, NewFact
from tests.databases import Database
from tests.domain.register.samples import NUMBER, SAMPLE, SampleRegister, context, open_file
from tests.domain.register.test_recorder import open_recorder

pytestmark = pytest.mark.on_both_servers

KEPT = ["credit_events", "request", "subject_code", "vault_pepper", "vault_access", "rulebook_text"]


@pytest.fixture
def filled(register: SampleRegister) -> SampleRegister:
    register.do_on(SAMPLE, open_file, uuid4(), context(request_id=uuid4()), "X1", Personal(NUMBER, NUMBER))
    return register


@pytest.fixture
def app(filled: SampleRegister, database: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(filled: SampleRegister, database: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        yield connection


def refused(connection: psycopg.Connection, statement: str) -> bool:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())
    return True


COLUMN = {
    "credit_events": "state = state", "request": "n = n", "subject_code": "code = code",
    "vault_pepper": "wrapped = wrapped", "vault_access": "purpose = purpose", "rulebook_text": "text = text",
}  # fmt: skip


@pytest.mark.parametrize("table", [*KEPT, "vault_key", "subject_person", "log_head", "installation"])
def test_the_app_removes_nothing(app: psycopg.Connection, table: str) -> None:
    assert refused(app, f"DELETE FROM {table}")
    assert refused(app, f"TRUNCATE {table} CASCADE")
    assert refused(app, f"DROP TABLE {table} CASCADE")
    assert refused(app, f"ALTER TABLE {table} ADD COLUMN more text")
    assert refused(app, f"ALTER TABLE {table} DISABLE TRIGGER ALL")


@pytest.mark.parametrize("table", KEPT)
def test_the_app_changes_nothing(app: psycopg.Connection, table: str) -> None:
    assert refused(app, f"UPDATE {table} SET {COLUMN[table]}")
    assert refused(app, f"SELECT * FROM {table} FOR UPDATE")


@pytest.mark.parametrize("table", KEPT)
def test_even_the_owner_changes_and_removes_nothing_in_ordinary_ways(owner: psycopg.Connection, table: str) -> None:
    assert refused(owner, f"UPDATE {table} SET {COLUMN[table]}")
    assert refused(owner, f"DELETE FROM {table}")
    assert refused(owner, f"TRUNCATE {table}")


def test_not_even_a_session_that_plays_a_replica_changes_a_fact(owner: psycopg.Connection) -> None:
    owner.execute("SET session_replication_role = replica")
    assert refused(owner, "UPDATE credit_events SET state = state")
    assert refused(owner, "UPDATE log_head SET position = 0")


def test_the_app_makes_nothing(app: psycopg.Connection) -> None:
    assert refused(app, "CREATE TABLE mine (a int)")
    assert refused(app, "CREATE SCHEMA mine")
    assert refused(app, "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    assert refused(app, "SET session_replication_role = replica")
    sequences = app.execute("SELECT count(*) FROM pg_class WHERE relkind = 'S' AND relname LIKE 'credit%'").fetchone()
    assert sequences == (0,)


@pytest.mark.parametrize("login", ["app", "owner"])
def test_the_head_of_the_log_cannot_be_turned_back(request: pytest.FixtureRequest, login: str) -> None:
    connection = request.getfixturevalue(login)
    assert refused(connection, "UPDATE log_head SET position = position - 1")
    assert refused(connection, "UPDATE log_head SET recorded_at = recorded_at - interval '1 microsecond'")
    assert refused(connection, "DELETE FROM log_head")


FORGED = "INSERT INTO credit_events SELECT gen_random_uuid(), 1, 't', '{{}}', {}, {} FROM log_head"
MOVED = "WITH h AS (UPDATE log_head SET position = position + {}, recorded_at = {} RETURNING *) "
FACTS = (
    "INSERT INTO credit_events SELECT gen_random_uuid(), 1, 't', '{{}}', position + {}, {}"
    " FROM h, generate_series(0, {}) AS k"
)


@pytest.mark.parametrize("login", ["app", "owner"])
def test_no_fact_is_placed_beyond_the_head(request: pytest.FixtureRequest, login: str) -> None:
    connection = request.getfixturevalue(login)
    for place in ("position + 1000", "position + 1", "9223372036854775807"):
        assert refused(connection, FORGED.format(place, "recorded_at"))
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(FORGED.format("-7", "recorded_at").encode())
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(FORGED.format("position", "recorded_at").encode())


@pytest.mark.parametrize("login", ["app", "owner"])
def test_the_head_moves_only_over_facts_of_its_own_instant(request: pytest.FixtureRequest, login: str) -> None:
    connection = request.getfixturevalue(login)
    now = "clock_timestamp()"
    assert refused(connection, "UPDATE log_head SET position = 9200000000000000000")
    assert refused(connection, f"UPDATE log_head SET recorded_at = {now}")
    assert refused(connection, MOVED.format(2, now) + FACTS.format("0", "h.recorded_at", 0))
    assert refused(connection, MOVED.format(1, now) + FACTS.format("k", "h.recorded_at", 1))
    assert refused(connection, MOVED.format(2, now) + FACTS.format("-k", "h.recorded_at - interval '1 year'", 1))
    connection.execute((MOVED.format(2, now) + FACTS.format("-k", "h.recorded_at", 1)).encode())


def test_there_is_never_a_second_head(owner: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        owner.execute("INSERT INTO log_head DEFAULT VALUES")
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("INSERT INTO log_head (only_row) VALUES (false)")


@pytest.mark.parametrize("year", [2020, 2900])
def test_a_simulated_clock_is_refused_on_a_real_installation(database: Database, year: int) -> None:
    recorder = open_recorder(database)
    fact = NewFact(uuid4(), 1, "sample/Noted.v2", b"{}")
    with pytest.raises(Exception, match="simulated clock is refused"):
        recorder.append(Batch([fact], simulated_now=datetime(year, 1, 1, tzinfo=UTC)))
    assert recorder.append(Batch([fact]))[0][0] == 1
    recorder.datastore.close()


def test_a_simulated_clock_runs_only_forward_on_a_simulated_installation(
    make_database: Callable[..., Database],
) -> None:
    recorder = open_recorder(make_database(simulated=True))
    first, second = datetime(2020, 1, 1, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)
    stream = uuid4()
    assert recorder.append(Batch([NewFact(stream, 1, "t", b"{}")], simulated_now=first)) == [(1, first)]
    assert recorder.append(Batch([NewFact(stream, 2, "t", b"{}")], simulated_now=second)) == [(2, first)]
    recorder.datastore.close()
