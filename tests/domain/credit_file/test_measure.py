"""Measures: on what they rest, which list allows them, and what ends them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.credit_file.conduct_decisions import annul_conduct, recognise_qualification, record_adverse_conduct
from domain.credit_file.duties import owed
from domain.credit_file.listing import end_of
from domain.credit_file.measure import (
    BeyondMeasureList,
    LiftReasonMissing,
    MeasureApplied,
    MeasureEndMissing,
    MeasureLifted,
    MeasureOver,
    MeasureRuns,
    MeasureUnknown,
    NothingToRestOn,
    RestsOnHonour,
    apply_measure,
    lift_measure,
    lifted_by,
    measures_on,
    stated,
)
from domain.credit_file.profile import Deregistered, IdTaken, SubjectUnknown
from domain.credit_file.profile_changes import change_status
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved
from tests.domain.credit_file.samples import (
    REGISTERED,
    annulled,
    day,
    general_penalty,
    own_listing,
    penalty,
    recorded,
    repaired_penalty,
)
from tests.domain.credit_file.test_conduct import adverse, qualification
from tests.domain.credit_file.test_red_list import HONOURED
from tests.domain.given import JIA, YI, Step, given, rules, step

LISTED = [REGISTERED, *own_listing("2026-03-02")]


def measure(from_on: str = "2026-07-01", until: str | None = "2026-12-31", **given: Any) -> MeasureApplied:
    values: dict[str, Any] = {
        "measure_id": "m1", "target_id": "p1", "measure_code": "funds_limited", "matter": "样例专项资金",
        "section": "market_order", "effect": "样例：不予安排",
    } | given  # fmt: skip
    return MeasureApplied(from_on=day(from_on), until=day(until) if until else None, **values)


def taken(on: str = "2026-07-01", **given: Any) -> Step:
    return step(on, YI, apply_measure, measure=measure(on, **given))


def lifted(on: str, cause: str = "revocation", **given: Any) -> Step:
    return step(on, YI, lift_measure, measure_id="m1", cause=cause, lifted_on=day(on), **given)


def running(state: Any, on: str) -> list[str]:
    return [one.measure_id for one in measures_on(state, day(on), rules())]


# Taking one


def test_a_measure_is_taken_because_of_a_penalty_that_stands() -> None:
    given(*general_penalty()).when(apply_measure, YI, "2026-07-01", measure=measure()).then(measure())


def test_a_measure_is_taken_because_of_adverse_conduct_until_it_is_annulled() -> None:
    one = measure("2024-05-07", target_id="a1", until="2024-12-31")
    known = given(REGISTERED, step("2024-05-06", JIA, record_adverse_conduct, conduct=adverse()))
    known.when(apply_measure, YI, "2024-05-07", measure=one).then(one)
    gone = known.after(step("2024-05-07", YI, apply_measure, measure=one)).after(
        step("2024-06-03", YI, annul_conduct, conduct_id="a1", reason="样例撤销")
    )
    assert running(gone.state, "2024-06-02") == ["m1"]
    assert running(gone.state, "2024-06-03") == []
    assert [one.act for one in owed(gone.state, rules()) if one.case_kind == "measure"] == ["lift_measure"]
    fine = step("2024-05-06", JIA, recognise_qualification, qualification=qualification())
    good = measure("2026-07-01", target_id=qualification().conduct_id)
    given(REGISTERED, fine).when(apply_measure, YI, "2026-07-01", measure=good).refused(NothingToRestOn)


def test_a_measure_on_a_listing_lasts_as_long_as_the_listing_and_needs_no_day_of_its_own() -> None:
    one = measure(until=None, target_id="s1")
    given(*LISTED).when(apply_measure, YI, "2026-07-01", measure=one).then(one)


def test_a_measure_runs_from_its_first_through_its_last_day() -> None:
    state = given(*general_penalty(), taken()).state
    assert [running(state, on) for on in ("2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01")] == [
        [], ["m1"], ["m1"], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "refusal"),
    [
        (measure(measure_id="p1", from_on="2026-11-21"), IdTaken),
        (measure("2026-11-21", target_id="p9"), DayInFuture),
        (measure(target_id="p9", measure_code="unknown"), NothingToRestOn),
        (measure("2026-06-11"), NothingToRestOn),
        (measure(measure_code="unknown", until=None), BeyondMeasureList),
        (measure(until=None), MeasureEndMissing),
        (measure(until="2026-06-30"), BeforeStepBefore),
    ],
)
def test_a_measure_that_the_law_does_not_know_is_refused(one: MeasureApplied, refusal: Any) -> None:
    given(*general_penalty()).when(apply_measure, YI, measure=one).refused(refusal)


def test_nothing_is_taken_against_a_subject_nobody_registered() -> None:
    given().when(apply_measure, YI, measure=measure()).refused(SubjectUnknown)


def test_nothing_is_taken_anew_against_a_subject_that_is_no_more() -> None:
    ended = step(
        "2026-06-30", JIA, change_status,
        status="deregistered", effective_on=day("2026-06-30"), authority="样例登记机关",
    )  # fmt: skip
    one = measure(measure_id="p1")
    given(*general_penalty(), ended).when(apply_measure, YI, measure=one).refused(Deregistered)


def test_a_penalty_that_was_annulled_or_repaired_carries_no_measure_any_more() -> None:
    gone = given(*general_penalty(), annulled("2026-07-01"))
    gone.when(apply_measure, YI, "2026-07-02", measure=measure("2026-06-20")).refused(NothingToRestOn)
    whole = given(*general_penalty(), *repaired_penalty("2026-09-14"))
    whole.when(apply_measure, YI, "2026-09-14", measure=measure("2026-09-01")).refused(NothingToRestOn)


def test_an_honour_is_no_ground_for_a_measure() -> None:
    one = measure("2020-09-21", target_id="s1", measure_code="unknown")
    given(*HONOURED).when(apply_measure, YI, "2020-09-21", measure=one).refused(RestsOnHonour)


def test_the_same_measure_is_not_taken_twice_while_it_runs() -> None:
    twice = given(*general_penalty(), taken())
    twice.when(apply_measure, YI, "2026-07-02", measure=measure(measure_id="m2")).refused(MeasureRuns)
    other = measure(measure_id="m2", matter="样例另一资金")
    twice.when(apply_measure, YI, "2026-07-02", measure=other).then(other)
    again = measure("2026-08-04", measure_id="m2")
    given(*general_penalty(), taken(), lifted("2026-08-03")).when(
        apply_measure, YI, "2026-08-04", measure=again
    ).then(again)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "code", "is_allowed"),
    [
        ("2021-12-15", "agencies_told", True), ("2021-12-16", "agencies_told", False),
        ("2021-12-15", "market_entry_limited", False), ("2021-12-16", "market_entry_limited", True),
    ],
)  # fmt: skip
def test_the_list_in_force_that_day_says_which_measures_there_are(on: str, code: str, is_allowed: bool) -> None:
    early = given(REGISTERED, recorded(penalty("2021-12-01")))
    one = measure(on, measure_code=code)
    result = early.when(apply_measure, YI, on, measure=one)
    if is_allowed:
        result.then(one)
    else:
        result.refused(BeyondMeasureList, on=day(on), code=code)


# Lifting one


def test_a_measure_is_lifted_from_a_day_on() -> None:
    state = given(*general_penalty(), taken(), lifted("2026-08-03")).state
    assert running(state, "2026-08-02") == ["m1"]
    assert running(state, "2026-08-03") == []


@pytest.mark.parametrize(
    ("args", "refusal"),
    [
        ({"measure_id": "m9", "seen": 1}, MeasureUnknown),
        ({"seen": 1, "lifted_on": day("2026-11-21")}, CaseMoved),
        ({"lifted_on": day("2026-11-21")}, DayInFuture),
        ({"lifted_on": day("2026-06-30")}, BeforeStepBefore),
        ({"cause": "other"}, LiftReasonMissing),
    ],
)
def test_a_measure_is_not_lifted_wrongly(args: dict[str, Any], refusal: Any) -> None:
    values = {"measure_id": "m1", "cause": "revocation", "lifted_on": day("2026-08-03")} | args
    given(*general_penalty(), taken()).when(lift_measure, YI, **values).refused(refusal)


def test_what_is_lifted_or_over_is_not_lifted_again() -> None:
    values: dict[str, Any] = {"measure_id": "m1", "cause": "other", "lifted_on": day("2026-11-20")}
    given(*general_penalty(), taken(), lifted("2026-08-03")).when(lift_measure, YI, **values).refused(MeasureOver)
    given(*general_penalty(), taken(until="2026-11-19")).when(lift_measure, YI, **values).refused(MeasureOver)
    given(REGISTERED).when(lift_measure, YI, **values).refused(MeasureUnknown)
    given().when(lift_measure, YI, **values).refused(SubjectUnknown)


def test_another_cause_is_told_with_its_reason() -> None:
    values: dict[str, Any] = {
        "measure_id": "m1", "cause": "other", "lifted_on": day("2026-08-03"), "reason": "样例理由"
    }  # fmt: skip
    given(*general_penalty(), taken()).when(lift_measure, YI, "2026-08-03", **values).then(MeasureLifted(**values))


# What ends with its ground


def test_a_measure_on_a_listing_ends_with_its_term_whether_or_not_anybody_noted_it() -> None:
    steps = [*LISTED, taken(target_id="s1", until=None)]
    state = given(*steps).state
    last, _, _ = end_of(state.listings["s1"], rules())
    assert last is not None
    after = last + timedelta(days=1)
    assert running(state, last.isoformat()) == ["m1"]
    assert running(state, after.isoformat()) == []
    noted = given(*steps, lifted(after.isoformat(), "term")).state
    assert list(stated(noted, after, rules())) == list(stated(state, after, rules()))
    assert [one.value for one in stated(state, after, rules())] == ["over"]


def test_whoever_ends_an_entry_lifts_every_measure_on_it_that_would_run_on() -> None:
    steps = [
        *general_penalty(), taken(), taken(measure_id="m2", measure_code="honours_limited"),
        taken(measure_id="m3", matter="样例短期", until="2026-07-10"),
    ]  # fmt: skip
    state = given(*steps, lifted("2026-08-03")).state
    assert lifted_by(state, "p1", day("2026-09-14"), "repair") == [
        MeasureLifted(measure_id="m2", cause="repair", lifted_on=day("2026-09-14"))
    ]
    assert lifted_by(state, "p2", day("2026-09-14"), "repair") == []


def test_a_measure_on_an_annulled_penalty_waits_to_be_lifted() -> None:
    state = given(*general_penalty(), taken(), annulled("2026-08-03")).state
    assert running(state, "2026-08-03") == []
    assert [(one.act, one.case_id) for one in owed(state, rules()) if one.case_kind == "measure"] == [
        ("lift_measure", "m1")
    ]
    settled = given(*general_penalty(), taken(), annulled("2026-08-03"), lifted("2026-08-03", "annulment")).state
    assert [one for one in owed(settled, rules()) if one.case_kind == "measure"] == []


def test_the_file_says_of_each_measure_whether_it_runs_and_why_not() -> None:
    state = given(*general_penalty(), taken(), lifted("2026-08-03")).state
    told = {on: [one.value for one in stated(state, day(on), rules())] for on in ("2026-06-30", "2026-07-01")}
    assert told == {"2026-06-30": [], "2026-07-01": ["running"]}
    assert [(one.item, one.value) for one in stated(state, day("2026-08-03"), rules())] == [
        ("measure", "lifted/revocation")
    ]
    short = given(*general_penalty(), taken(until="2026-07-10")).state
    assert [one.value for one in stated(short, day("2026-07-11"), rules())] == ["over"]
