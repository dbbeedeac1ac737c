"""The engine: catching up, applying twice, leading, parking, waiting, and living through lost connections."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from api.demo.people import JIA, SYSTEM
from api.demo.play import play
from api.demo.script import at, code, day, named
from domain.context import Context
from domain.credit_file.profile import SubjectRenamed, register_subject, rename_subject
from domain.event import Fact
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.acts import Receipt
from domain.register.batch import Batch
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections import log
from projections.engine import Engine
from projections.rebuild import rebuild
from projections.views import subject_search
from projections.views.catalogue import VIEWS
from tests.check_register import check_views
from tests.databases import Database

RULES = Rulebook.from_files()
Connection = psycopg.Connection[Any]


def context(when: str = "2026-11-23 10:00") -> Context:
    return Context(at(when), JIA.officer, Reading(RULES))


def register_firm(register: CreditRegister, number: int, name: str = "营口样例甲乙有限公司") -> Receipt:
    return register.do(
        register_subject, named(f"engine/{number}"), context(), subject_kind="organisation", name=name,
        code=code("210802", number), division="210802",
    )  # fmt: skip


def rename_firm(register: CreditRegister, number: int, name: str) -> None:
    register.do(rename_subject, named(f"engine/{number}"), context(), name=name, effective_on=day("2026-11-20"))


def adopt(register: CreditRegister, rulebook: Rulebook = RULES, when: str = "2026-11-23 09:00") -> None:
    reason = "样例"
    Rulebooks(register).adopt(rulebook, Context(at(when), SYSTEM.officer, Reading(rulebook)), reason=reason)


def content(connection: Connection) -> dict[str, list[Any]]:
    def rows(name: str) -> list[Any]:
        table = sql.Identifier("view", name)
        return connection.execute(sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1").format(table)).fetchall()

    return {view.name: rows(view.name) for view in VIEWS}


@pytest.mark.on_both_servers
def test_what_the_engine_derived_equals_what_is_derived_from_nothing(
    simulated_database: Database, register: CreditRegister, played: Engine
) -> None:
    assert set(played.positions().values()) == {register.head()[0]}
    check_views(simulated_database, register)


@pytest.mark.on_both_servers
def test_facts_applied_twice_change_nothing(connection: Connection, played: Engine) -> None:
    before = content(connection)
    assert all(rows for name, rows in before.items() if name != "denial"), "nobody is denied in the demonstration"
    connection.execute("UPDATE view_progress SET position = 400")
    assert played.catch_up_once() > 1000
    assert content(connection) == before


def test_steps_of_seven_facts_end_where_one_step_ends(
    simulated_database: Database, register: CreditRegister, connection: Connection
) -> None:
    small = Engine(simulated_database.app_url, register, batch=7)
    adopt(register)
    for number in range(20):
        register_firm(register, number)
        register.do(
            rename_subject,
            named(f"engine/{number}"),
            context(),
            name="营口样例丙有限公司",
            effective_on=at("2026-11-20 00:00").date(),
        )
    assert small.catch_up_once() == 41
    check_views(simulated_database, register)
    assert len(subject_search.find(connection, "丙", limit=50)) == 20
    small.close()


def test_a_new_rulebook_derives_every_subject_anew(
    simulated_database: Database, register: CreditRegister, played: Engine, connection: Connection
) -> None:
    before = content(connection)["disclosure"]
    row = next(one for one in RULES.rows_of("disclosure.max") if one.unit == "years" and "general" in one.name)
    adopt(register, RULES.replacing({row.name: {"value": row.number + 1}}), "2026-11-23 11:00")
    assert played.catch_up_once() == 1
    assert content(connection)["disclosure"] != before
    check_views(simulated_database, register)


def test_subjects_recorded_before_any_rulebook_appear_with_the_first_one(
    register: CreditRegister, engine: Engine, connection: Connection
) -> None:
    register_firm(register, 1)
    assert engine.catch_up_once() == 1
    assert subject_search.find(connection, "样例") == []
    adopt(register)
    engine.catch_up_once()
    assert [one.name for one in subject_search.find(connection, "样例")] == ["营口样例甲乙有限公司"]


def test_a_new_view_catches_up_alone_until_it_meets_the_others(
    simulated_database: Database, register: CreditRegister, played: Engine, connection: Connection
) -> None:
    connection.execute("DELETE FROM view.disclosure")
    connection.execute("DELETE FROM view_progress WHERE view = 'disclosure'")
    connection.execute("UPDATE view.subject SET name = '不应改动'")
    fresh = Engine(simulated_database.app_url, register, batch=500)
    played.close()
    fresh.catch_up_once()
    assert set(fresh.positions().values()) == {register.head()[0]}
    found = rebuild(simulated_database.owner_url, register, verify_only=True)
    assert {one.view for one in found.differences} == {"subject"}
    fresh.close()


@pytest.mark.on_both_servers
def test_of_two_engines_one_leads_and_the_other_takes_over_when_it_ends(
    simulated_database: Database, register: CreditRegister, engine: Engine
) -> None:
    other = Engine(simulated_database.app_url, register)
    adopt(register)
    assert engine.catch_up_once() == 1
    register_firm(register, 1)
    assert other.catch_up_once() == 0
    assert engine.catch_up_once() == 1
    assert other.wait_for(register.head()[0])
    engine.close()
    register_firm(register, 2)
    assert other.catch_up_once() == 1
    other.close()


# Parked streams


def break_stream(database: Database, stream: UUID, version: int) -> None:
    """Add a fact that no release can read, at the head of the log, where the guards let a fact in."""
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(
            "WITH head AS (UPDATE log_head SET position = position + 1 RETURNING position, recorded_at)"
            " INSERT INTO credit_events SELECT %s, %s, 'credit/Unreadable.v9', '{}', position, recorded_at FROM head",
            (stream, version),
        )


def mend_stream(database: Database, stream: UUID, version: int) -> None:
    """Make the unreadable fact readable, as a newer release would."""
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("ALTER TABLE credit_events DISABLE TRIGGER facts_stay")
        owner.execute(
            "UPDATE credit_events AS bad SET topic = good.topic, state = good.state FROM credit_events AS good"
            " WHERE good.topic = 'credit/SubjectRenamed.v1' AND bad.originator_id = %s AND bad.originator_version = %s",
            (stream, version),
        )
        owner.execute("ALTER TABLE credit_events ENABLE ALWAYS TRIGGER facts_stay")


def test_a_stream_that_cannot_be_read_is_parked_without_rows_and_the_rest_goes_on(
    simulated_database: Database, register: CreditRegister, engine: Engine, connection: Connection
) -> None:
    adopt(register)
    register_firm(register, 1, "营口样例坏账有限公司")
    engine.catch_up_once()
    assert len(subject_search.find(connection, "坏账")) == 1
    broken = named("engine/1")
    break_stream(simulated_database, broken, 2)
    register_firm(register, 2, "营口样例好账有限公司")
    assert engine.catch_up_once() == 2
    assert subject_search.find(connection, "坏账") == []
    assert len(subject_search.find(connection, "好账")) == 1
    parked = connection.execute("SELECT stream_id, failure FROM view_parked").fetchall()
    assert parked == [(broken, "cannot be read: MapperDeserialisationError")]
    assert rebuild(simulated_database.owner_url, register, verify_only=True).differences == []


def test_a_parked_stream_comes_back_with_all_its_rows_when_a_release_can_read_it(
    simulated_database: Database, register: CreditRegister, engine: Engine, connection: Connection
) -> None:
    adopt(register)
    register_firm(register, 1)
    register_firm(register, 2)
    register.do(
        rename_subject,
        named("engine/2"),
        context(),
        name="营口样例戊有限公司",
        effective_on=at("2026-11-20 00:00").date(),
    )
    break_stream(simulated_database, named("engine/1"), 2)
    engine.catch_up_once()
    engine.close()
    mend_stream(simulated_database, named("engine/1"), 2)
    engine.catch_up_once()
    assert connection.execute("SELECT count(*) FROM view_parked").fetchone() == (0,)
    assert len(subject_search.find(connection, "营口样例戊")) == 2
    check_views(simulated_database, register)


def test_a_view_that_catches_up_alone_shows_no_parked_stream_and_lets_it_out_when_it_meets_the_others(
    simulated_database: Database, register: CreditRegister, engine: Engine, connection: Connection
) -> None:
    adopt(register)
    register_firm(register, 1)
    register_firm(register, 2)
    rename_firm(register, 2, "营口样例己有限公司")
    break_stream(simulated_database, named("engine/1"), 2)
    engine.catch_up_once()
    engine.close()
    mend_stream(simulated_database, named("engine/1"), 2)
    connection.execute("DELETE FROM view.subject_search")
    connection.execute("UPDATE view_progress SET position = 0 WHERE view = 'subject_search'")
    slow = Engine(simulated_database.app_url, register, batch=3)
    with psycopg.connect(simulated_database.owner_url, autocommit=True) as owner:
        # The last step is refused at first, so that the state after the steps before it can be seen.
        owner.execute(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN IF NEW.position > 3 THEN RAISE EXCEPTION 'wait'; END IF; RETURN NEW; END $$"
        )
        owner.execute("CREATE TRIGGER hold BEFORE UPDATE ON view_progress FOR EACH ROW EXECUTE FUNCTION wait()")
        with pytest.raises(psycopg.errors.RaiseException):
            slow.catch_up_once()
        rows = connection.execute("SELECT DISTINCT subject_id FROM view.subject_search").fetchall()
        owner.execute("DROP TRIGGER hold ON view_progress")
    assert rows == [(named("engine/2"),)]
    assert connection.execute("SELECT stream_id FROM view_parked").fetchall() == [(named("engine/1"),)]
    slow.catch_up_once()
    assert connection.execute("SELECT count(*) FROM view_parked").fetchone() == (0,)
    check_views(simulated_database, register)
    slow.close()


def test_a_stream_whose_rows_the_database_refuses_is_parked_and_the_rest_goes_on(
    simulated_database: Database, register: CreditRegister, engine: Engine, connection: Connection
) -> None:
    adopt(register)
    for number in range(5):
        register_firm(register, number, f"营口样例好账{number}有限公司")
    # Until storage refuses such a name itself, it is one that no index can hold.
    monstrous = "".join(chr(0x4E00 + number) for number in range(0, 8_000, 2))
    register_firm(register, 5, "营口样例巨名有限公司")
    engine.catch_up_once()
    write_name(simulated_database, named("engine/5"), monstrous)
    register_firm(register, 6, "营口样例好账6有限公司")
    assert engine.catch_up_once() == 2
    assert len(subject_search.find(connection, "好账")) == 6
    parked = connection.execute("SELECT stream_id, failure FROM view_parked").fetchall()
    assert parked == [(named("engine/5"), "cannot be stored: ProgramLimitExceeded")]
    found = rebuild(simulated_database.owner_url, register)
    assert (found.differences, list(found.failed)) == ([], [named("engine/5")])


def test_a_full_disk_stops_the_step_and_parks_nobody(
    register: CreditRegister, engine: Engine, connection: Connection, simulated_database: Database
) -> None:
    adopt(register)
    register_firm(register, 1)
    with psycopg.connect(simulated_database.owner_url, autocommit=True) as owner:
        owner.execute(
            "CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$"
        )
        owner.execute("CREATE TRIGGER full_disk BEFORE INSERT ON view.subject FOR EACH ROW EXECUTE FUNCTION full()")
        with pytest.raises(psycopg.errors.DiskFull):
            engine.catch_up_once()
        owner.execute("DROP TRIGGER full_disk ON view.subject")
    assert engine.catch_up_once() == 2
    assert connection.execute("SELECT count(*) FROM view_parked").fetchone() == (0,)


def write_name(database: Database, stream: UUID, name: str) -> None:
    """Write a new name by the register's own statement, past every check of a name."""
    with CreditRegister.connect(database.app_url, bytes(range(32))) as register:
        (*_, last) = register.history(stream)
        event = SubjectRenamed(name=name, effective_on=day("2026-11-20"))
        fact = Fact(stream, last.originator_version + 1, last.envelope, event)
        register.facts_recorder.append(Batch([register.facts_mapper.to_new_fact(fact)], simulated_now=last.recorded_at))


# Following


class Running:
    """An engine in its thread."""

    def __init__(self, engine: Engine) -> None:
        self.stop = threading.Event()
        self.thread = threading.Thread(target=engine.run, args=(self.stop,), daemon=True)

    def __enter__(self) -> Running:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


def test_a_page_waits_for_the_position_it_wrote(
    register: CreditRegister, engine: Engine, connection: Connection
) -> None:
    adopt(register)
    with Running(engine):
        receipt = register_firm(register, 1)
        assert engine.wait_for(receipt.position, 20)
        assert len(subject_search.find(connection, "样例")) == 1


def test_waiting_ends_with_no_when_the_views_do_not_come(register: CreditRegister, engine: Engine) -> None:
    adopt(register)
    assert not engine.wait_for(register.head()[0], 0.05)


def kill_others(database: Database, which: str) -> Callable[[], int]:
    def kill() -> int:
        with psycopg.connect(database.owner_url, autocommit=True) as owner:
            killed = owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE %s",
                (which,),
            ).fetchall()
        return len(killed)

    return kill


@pytest.mark.on_both_servers
def test_the_engine_goes_on_after_its_listening_connection_was_killed(
    simulated_database: Database, register: CreditRegister, engine: Engine
) -> None:
    adopt(register)
    kill = kill_others(simulated_database, "LISTEN%")
    with Running(engine):
        assert engine.wait_for(1, 20)
        until = time.monotonic() + 20
        while not kill():
            assert time.monotonic() < until
        receipt = register_firm(register, 1)
        assert engine.wait_for(receipt.position, 20)


def test_the_engine_goes_on_after_all_its_connections_were_killed(
    simulated_database: Database, register: CreditRegister, engine: Engine
) -> None:
    adopt(register)
    with Running(engine):
        assert engine.wait_for(1, 20)
        assert kill_others(simulated_database, "%")() >= 2
        receipt = register_firm(register, 1)
        assert engine.wait_for(receipt.position, 20)


def test_the_engine_tells_what_stops_it_and_goes_on_when_that_is_gone(
    simulated_database: Database, register: CreditRegister, engine: Engine
) -> None:
    adopt(register)
    with psycopg.connect(simulated_database.owner_url, autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON view.subject FROM xinlu_app")
        register_firm(register, 1)
        with Running(engine):
            until = time.monotonic() + 20
            while engine.failure is None:
                assert time.monotonic() < until
                time.sleep(0.01)
            assert engine.failure == "InsufficientPrivilege"
            owner.execute("GRANT INSERT ON view.subject TO xinlu_app")
            assert engine.wait_for(2, 20)


# The log


def test_known_at_an_instant_is_the_last_position_recorded_by_then(
    register: CreditRegister, connection: Connection, played: Engine
) -> None:
    rows = connection.execute("SELECT notification_id, recorded_at FROM credit_events ORDER BY 1").fetchall()
    assert log.position_at(connection, at("2019-01-01 00:00")) == 0
    assert log.position_at(connection, at("2030-01-01 00:00")) == rows[-1][0] == log.head(connection)[0]
    for _, instant in rows[:: len(rows) // 50]:
        assert log.position_at(connection, instant) == max(one for one, when in rows if when <= instant)


def test_the_log_is_read_in_order_and_between_positions(
    register: CreditRegister, connection: Connection, played: Engine
) -> None:
    found = [fact.position for fact in log.facts(connection, register.facts_mapper, after=10, until=1500)]
    assert found == list(range(11, 1501))


def test_playing_the_stories_again_changes_no_view(
    register: CreditRegister, connection: Connection, played: Engine
) -> None:
    before = content(connection)
    play(register, lambda _: None)
    assert played.catch_up_once() == 0
    assert content(connection) == before
