"""The daily job: records what is over, changes no answer, and does nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from api.clock import SHANGHAI, SystemClock
from api.daily import Recorded, run_daily
from api.demo.people import JIA
from api.demo.play import MORNING, play
from api.exchange.importing import import_file
from api.exchange.review import refuse_aside
from domain.casework.exchange import RowDropped
from domain.context import Context
from domain.credit_file.standing import standing
from domain.event import Sealed
from domain.law.reading import Reading
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from domain.register.vault import KeyDestroyed
from projections.engine import Engine
from tests.databases import Database

SAMPLES = Path(__file__).resolve().parents[2] / "api" / "demo" / "samples"
MASTER_KEY = bytes(range(32))
LATER = datetime(2027, 6, 30, 6, tzinfo=SHANGHAI)


@pytest.fixture
def played(simulated_database: Database) -> Any:
    with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as register:
        play(register, lambda _: None)
        engine = Engine(simulated_database.app_url, register)
        engine.catch_up_once()
        with psycopg.connect(simulated_database.app_url, autocommit=True) as connection:
            yield register, engine, connection
        engine.close()


def test_what_is_over_is_recorded_once_and_no_answer_changes(played: Any) -> None:
    register, engine, connection = played
    rulebooks = Rulebooks(register)
    subjects = [subject for (subject,) in connection.execute("SELECT subject_id FROM view.subject").fetchall()]
    days = [datetime(2022, 6, 1).date(), MORNING.date(), LATER.date()]

    def answers() -> list[Any]:
        files = register.load_many(subjects)
        rules = rulebooks.in_use()
        return [
            (one.shown.keys(), one.on_lists, [(field.item, field.value) for field in one.fields])
            for subject in subjects
            for on in days
            if (one := standing(files[subject], on, Reading(rules))) is not None
        ]

    before = answers()
    first = run_daily(register, rulebooks, connection, LATER)
    engine.catch_up_once()
    again = run_daily(register, rulebooks, connection, LATER)
    assert first.disclosures > 5
    assert first.listings >= 1
    assert first.missed > 5
    assert first.refused == 0
    assert again == Recorded()
    assert answers() == before


def test_running_again_before_the_views_followed_records_nothing_twice(played: Any) -> None:
    register, _, connection = played
    first = run_daily(register, Rulebooks(register), connection, LATER)
    position, _ = register.head()
    again = run_daily(register, Rulebooks(register), connection, LATER)
    # A missed deadline answers with its first receipt; an end that is recorded is refused.
    assert (again.disclosures, again.listings, again.rows, again.missed) == (0, 0, 0, first.missed)
    assert again.refused == first.disclosures + first.listings
    assert register.head()[0] == position


def test_a_row_past_its_term_or_concluded_is_dropped_and_can_be_opened_no_more(played: Any) -> None:
    register, engine, connection = played
    rulebooks = Rulebooks(register)
    waiting = connection.execute("SELECT stream_id FROM view.import_review ORDER BY stream_id").fetchall()
    context = Context(MORNING, JIA.officer, Reading(rulebooks.in_use()))
    refuse_aside(register, waiting[0][0], context, "样例理由")
    at_once = run_daily(register, rulebooks, connection, MORNING)
    assert at_once.rows == 1
    assert run_daily(register, rulebooks, connection, MORNING + timedelta(days=1)).rows == 0
    rest = run_daily(register, rulebooks, connection, LATER)
    assert rest.rows == len(waiting) - 1
    fact = register.history(waiting[1][0])
    assert isinstance(fact[-1].event, RowDropped)
    sealed = fact[0].event.sealed_row
    assert isinstance(sealed, Sealed)
    with pytest.raises(KeyDestroyed):
        register.vault.open(
            sealed, "样例", officer_id="system", stream=waiting[1][0], version=1, field="sealed_row"
        )
    engine.catch_up_once()


def test_a_dropped_row_can_be_handed_in_again(played: Any) -> None:
    register, _, connection = played
    rulebooks = Rulebooks(register)
    run_daily(register, rulebooks, connection, LATER)
    with (SAMPLES / "行政处罚-2.xlsx").open("rb") as file:
        context = Context(LATER, JIA.officer, Reading(rulebooks.in_use()))
        running = import_file(register, file, "行政处罚-2.xlsx", context, SystemClock().new_id)
        verdicts = [one.verdict for one in running]
    assert verdicts.count("review") > 0


def test_officers_see_what_is_on_record_as_late_and_auditors_the_fact_in_its_case(played: Any) -> None:
    register, engine, connection = played
    run_daily(register, Rulebooks(register), connection, LATER)
    engine.catch_up_once()
    noted = connection.execute(
        "SELECT act, case_id, due_on FROM view.worklist WHERE noted_on = %s", [LATER.date()]
    ).fetchall()
    told = connection.execute(
        "SELECT case_kind, case_id, role, on_day FROM view.case_history WHERE step = 'DeadlineMissed'"
    ).fetchall()
    assert noted
    assert {case_id for _, case_id, _ in noted} <= {case_id for _, case_id, _, _ in told}
    assert {(role, on_day) for _, _, role, on_day in told} >= {("system", LATER.date())}
    assert "case" not in {case_kind for case_kind, _, _, _ in told}
