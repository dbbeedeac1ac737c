"""Shielding in bankruptcy: from which law on, what it hides, how it ends, and what is then owed."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.disclosure import end_disclosure
from domain.credit_file.disclosure_period import disclosed as periods_of
from domain.credit_file.duties import owed
from domain.credit_file.measure import MeasureApplied, apply_measure, measures_on
from domain.credit_file.profile import IdTaken
from domain.credit_file.shield import (
    RulingMissing,
    ShieldedAlready,
    ShieldEnded,
    ShieldHasNoBasis,
    ShieldOver,
    ShieldUnknown,
    SubjectShielded,
    end_shield,
    shield_on,
    shield_subject,
)
from domain.credit_file.standing import standing
from domain.credit_file.stated import Stated
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved, SubjectUnknown
from projections.replay.timeline import timeline
from projections.views.disclosure import rows
from tests.domain.credit_file.samples import (
    REGISTERED,
    classified,
    day,
    disclosed,
    general_penalty,
    licence,
    own_listing,
    penalty,
    promise,
    promised,
    recorded,
    recorded_licence,
    repaired_penalty,
)
from tests.domain.given import SYSTEM, YI, Given, Step, given, rules, step


def shielded(on: str = "2026-08-03", shield_id: str = "b1") -> Step:
    return step(
        on, YI, shield_subject,
        shield_id=shield_id, court="样例法院", ruling_no="样例破一号", ruled_on=day(on), from_on=day(on),
    )  # fmt: skip


def ended(on: str, cause: str) -> Step:
    return step(on, YI, end_shield, shield_id="b1", cause=cause, ruling_no="样例破二号", ended_on=day(on))


def shown_on(state: Given, on: str) -> set[str]:
    """What the public view shows on the day."""
    found = rows(state.state, rules())
    return {one.entry_id for one in found if one.shown_from <= day(on) <= (one.shown_until or day(on))}


def whole_file() -> list[Step]:
    """A penalty, a licence, a commitment and a listing, all released."""
    return [
        *general_penalty(), recorded_licence(licence()), promised(promise()), *own_listing("2026-05-06"),
        disclosed("2026-07-01", "l1"), disclosed("2026-07-01", "c1"), disclosed("2026-07-01", "s1"),
    ]  # fmt: skip


def test_shields_by_the_ruling_of_the_court() -> None:
    args: dict[str, Any] = {
        "shield_id": "b1", "court": "样例法院", "ruling_no": "样例破一号", "ruled_on": day("2026-07-30"),
        "from_on": day("2026-08-03"),
    }  # fmt: skip
    given(REGISTERED).when(shield_subject, by=YI, on="2026-08-03", **args).then(SubjectShielded(**args))


def test_what_burdened_the_subject_is_on_no_page_from_that_day_and_what_does_not_stays() -> None:
    state = given(*whole_file())
    assert shown_on(state, "2026-08-03") == {"p1", "l1", "c1", "s1"}
    hidden = state.after(shielded())
    assert shown_on(hidden, "2026-08-02") == {"p1", "l1", "c1", "s1"}
    assert shown_on(hidden, "2026-08-03") == shown_on(hidden, "2026-12-01") == {"l1", "c1"}
    told = standing(hidden.state, day("2026-08-03"), rules())
    assert told is not None
    assert set(told.shown) == {"l1", "c1"}
    assert {(one.item, one.value) for one in told.fields} >= {("shield", "running"), ("disclosure", "hidden/shield")}


@pytest.mark.parametrize(("ruled_on", "shown"), [("2026-06-11", {"p1"}), ("2026-06-12", set())])
def test_of_what_is_released_meanwhile_only_what_was_decided_by_the_ruling_is_hidden(
    ruled_on: str, shown: set[str]
) -> None:
    released = [recorded(penalty()), classified("2026-06-12", "general"), disclosed("2026-06-12")]
    state = given(REGISTERED, shielded(ruled_on), *released)
    assert shown_on(state, "2026-06-12") == shown


def test_a_licence_or_a_listing_decided_after_the_ruling_is_shown_even_after_completion() -> None:
    done = [shielded("2026-03-02"), ended("2026-04-01", "completed")]
    new = [recorded_licence(licence("2026-08-04")), disclosed("2026-08-05", "l1")]
    listing = [*own_listing("2026-05-06"), disclosed("2026-07-01", "s1")]
    state = given(REGISTERED, *done, *listing, *new)
    assert shown_on(state, "2026-08-05") == {"l1", "s1"}
    assert not _duties(state)


def test_a_failed_plan_gives_each_entry_the_rest_of_its_own_time() -> None:
    state = given(*general_penalty(), shielded(), ended("2026-11-02", "failed"))
    days = ("2026-08-02", "2026-08-03", "2026-11-01", "2026-11-02", "2027-06-12", "2027-06-13")
    assert [shown_on(state, on) == {"p1"} for on in days] == [True, False, False, True, True, False]
    pieces = [(one.from_on, one.until, one.ended) for one in timeline(state.state, rules()) if one.kind == "disclosure"]
    assert pieces == [
        (day("2026-06-12"), day("2026-08-02"), "hidden/shield"), (day("2026-11-02"), day("2027-06-12"), ""),
    ]  # fmt: skip


def test_a_plan_that_failed_at_once_hid_nothing() -> None:
    state = given(*general_penalty(), shielded(), ended("2026-08-03", "failed"))
    assert shown_on(state, "2026-08-03") == {"p1"}


def test_after_completion_nothing_comes_back_and_the_repair_is_to_be_applied_for() -> None:
    state = given(*general_penalty(), shielded())
    assert _duties(state) == [("end_shield", "court")]
    done = state.after(ended("2026-11-02", "completed"))
    assert shown_on(done, "2026-11-02") == shown_on(done, "2027-06-12") == set()
    assert _duties(done) == [("receive_repair", "applicant")]
    repaired = given(*general_penalty(), shielded(), ended("2026-11-02", "completed"), *repaired_penalty("2026-11-09"))
    assert _duties(repaired) == []


def test_a_period_that_ends_while_it_is_hidden_is_noticed_all_the_same() -> None:
    state = given(*general_penalty(), shielded())
    outcome = state.when(end_disclosure, by=SYSTEM, on="2027-06-13", entry_id="p1")
    assert outcome.refusal is None
    assert periods_of(state.state, rules())["p1"].until == day("2027-06-12")


@pytest.mark.parametrize(("cause", "is_hidden"), [("failed", False), ("completed", True)])
def test_a_failed_plan_hides_until_the_day_before_and_a_completed_one_without_end(cause: str, is_hidden: bool) -> None:
    state = given(*general_penalty(), shielded(), ended("2026-11-02", cause)).state
    days = ("2026-08-02", "2026-08-03", "2026-11-01", "2026-11-02")
    found = [shield_on(state, "p1", day(on), rules()) is not None for on in days]
    assert found == [False, True, True, is_hidden]


@pytest.mark.parametrize(("ruled_on", "is_known"), [("2025-06-21", False), ("2025-06-22", True)])
def test_the_law_knows_shielding_since_document_22(ruled_on: str, is_known: bool) -> None:
    outcome = given(REGISTERED).when(
        shield_subject, by=YI, on="2025-07-01", shield_id="b1", court="样例法院", ruling_no="样例破一号",
        ruled_on=day(ruled_on), from_on=day("2025-07-01"),
    )  # fmt: skip
    if is_known:
        assert outcome.refusal is None
    else:
        assert outcome.refused(ShieldHasNoBasis).basis != ""


def test_refusals_of_a_shielding_in_their_order() -> None:
    args: dict[str, Any] = {
        "by": YI, "on": "2026-08-03", "shield_id": "b1", "court": "样例法院", "ruling_no": "样例破一号",
        "ruled_on": day("2026-08-03"), "from_on": day("2026-08-03"),
    }  # fmt: skip
    given().when(shield_subject, **args).refused(SubjectUnknown)
    state = given(*general_penalty())
    state.when(shield_subject, **args | {"shield_id": "p1", "court": ""}).refused(IdTaken)
    state.when(shield_subject, **args | {"court": " ", "ruled_on": day("2026-08-04")}).refused(RulingMissing)
    state.when(shield_subject, **args | {"ruled_on": day("2026-08-04")}).refused(DayInFuture)
    state.when(shield_subject, **args | {"from_on": day("2026-08-02")}).refused(BeforeStepBefore)
    early = args | {"ruled_on": day("2025-06-01"), "shield_id": "b2"}
    state.after(shielded()).when(shield_subject, **early).refused(ShieldHasNoBasis)
    state.after(shielded()).when(shield_subject, **args | {"shield_id": "b2"}).refused(ShieldedAlready)


def test_refusals_of_its_end_in_their_order() -> None:
    args: dict[str, Any] = {
        "by": YI, "on": "2026-11-02", "shield_id": "b1", "cause": "failed", "ruling_no": "样例破二号",
        "ended_on": day("2026-11-02"),
    }  # fmt: skip
    given().when(end_shield, **args).refused(SubjectUnknown)
    state = given(*general_penalty(), shielded())
    state.when(end_shield, **args | {"shield_id": "b9"}).refused(ShieldUnknown)
    state.when(end_shield, seen=1, **args | {"ruling_no": ""}).refused(CaseMoved)
    state.when(end_shield, **args | {"ruling_no": ""}).refused(RulingMissing)
    state.when(end_shield, **args | {"ended_on": day("2026-11-03")}).refused(DayInFuture)
    state.when(end_shield, **args | {"ended_on": day("2026-08-02")}).refused(BeforeStepBefore)
    over = state.after(ended("2026-10-08", "failed"))
    over.when(end_shield, **args).refused(ShieldOver, on=day("2026-10-08"))
    state.when(end_shield, **args).then(
        ShieldEnded(shield_id="b1", cause="failed", ruling_no="样例破二号", ended_on=day("2026-11-02"))
    )


def _duties(state: Given) -> list[tuple[str, str]]:
    return [(one.act, one.waits_for) for one in owed(state.state, rules()) if one.case_kind == "shield"]


def measure_taken() -> Step:
    """A measure that rests on the penalty, until the end of the year."""
    return step(
        "2026-07-01", YI, apply_measure,
        measure=MeasureApplied(
            measure_id="m1", target_id="p1", measure_code="honours_limited", matter="样例事项", section="market_order",
            effect="样例效果", from_on=day("2026-07-01"), until=day("2026-12-31"),
        ),
    )  # fmt: skip


def test_measures_stay_suspended_after_completion_until_the_repair_ends_them() -> None:
    done = [*general_penalty(), measure_taken(), shielded("2026-08-03"), ended("2026-10-12", "completed")]
    told = [one.value for on in ("2026-10-12", "2026-12-31") for one in fields(given(*done).state, on)
            if one.item == "measure"]  # fmt: skip
    assert told == ["shielded", "shielded"]
    repaired = given(*done, *repaired_penalty("2026-11-09")).state
    assert [one.value for one in fields(repaired, "2026-11-09") if one.item == "measure"] == ["lifted/repair"]


def test_measures_are_suspended_while_the_plan_is_carried_out_and_run_on_after_its_failure() -> None:
    taken = measure_taken()
    state = given(*general_penalty(), taken, shielded("2026-08-03"), ended("2026-10-12", "failed")).state
    days = ("2026-08-02", "2026-08-03", "2026-10-11", "2026-10-12", "2026-12-31", "2027-01-01")
    assert [len(measures_on(state, day(on), rules())) for on in days] == [1, 0, 0, 1, 1, 0]
    told = [one.value for on in days for one in fields(state, on) if one.item == "measure"]
    assert told == ["running", "shielded", "shielded", "running", "running", "over"]


def fields(state: Any, on: str) -> tuple[Stated, ...]:
    found = standing(state, day(on), rules())
    assert found is not None
    return found.fields
