"""Reconsideration and lawsuits: recorded, marked, what they suspend by the rule of their day, and what they owe."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.disclosure_period import EntryUnknown
from domain.credit_file.disclosure_period import disclosed as periods_of
from domain.credit_file.duties import owed
from domain.credit_file.marks import marks_on
from domain.credit_file.profile import IdTaken
from domain.credit_file.remedy import (
    DisclosureNotSuspended,
    OutcomeDocumentMissing,
    RemedyBodyMissing,
    RemedyConcluded,
    RemedyOver,
    RemedyRecorded,
    RemedyRunning,
    RemedyUnknown,
    conclude_remedy,
    record_remedy,
)
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    annulled,
    classified,
    day,
    disclosed,
    general_penalty,
    own_listing,
    penalty,
    received,
    recorded,
)
from tests.domain.given import JIA, YI, Given, Step, given, rules, step


def brought(on: str, target_id: str = "p1", suspended_from: str = "", **more: Any) -> Step:
    values: dict[str, Any] = {
        "remedy_id": "x1",
        "kind": "reconsideration",
        "body": "样例市政府",
        "docket_no": "样例复一号",
    }
    suspension = day(suspended_from) if suspended_from else None
    return step(
        suspended_from or on, JIA, record_remedy,
        target_id=target_id, filed_on=day(on), suspended_from=suspension, **values | more,
    )  # fmt: skip


def concluded(on: str, outcome: str = "upheld", remedy_id: str = "x1") -> Step:
    return step(
        on, YI, conclude_remedy,
        remedy_id=remedy_id, outcome=outcome, document_no="样例复决一号", concluded_on=day(on),
    )  # fmt: skip


def old_penalty() -> list[Step]:
    """A general penalty of 2024 under no class scheme, disclosed on its day."""
    return [REGISTERED, recorded(penalty("2024-03-04")), disclosed("2024-03-04")]


def duties(state: Given) -> list[tuple[str, str]]:
    return [(one.act, one.waits_for) for one in owed(state.state, rules()) if one.case_kind == "remedy"]


def shown(state: Given, *days: str, entry_id: str = "p1") -> list[bool]:
    period = periods_of(state.state, rules())[entry_id]
    return [period.covers(day(on)) for on in days]


# Recorded


def test_records_a_lawsuit_and_marks_the_page_while_it_runs() -> None:
    given(*general_penalty()).when(
        record_remedy, on="2026-07-03", remedy_id="x1", target_id="p1", kind="litigation", body="样例法院",
        docket_no="样例行初一号", filed_on=day("2026-07-02"),
    ).then(
        RemedyRecorded(
            remedy_id="x1", target_id="p1", kind="litigation", body="样例法院", case_no="样例行初一号",
            filed_on=day("2026-07-02"),
        )
    )  # fmt: skip
    state = given(*general_penalty(), brought("2026-07-02", kind="litigation"), concluded("2026-09-01"))
    marks = [marks_on(state.state, "p1", day(on)) for on in ("2026-07-01", "2026-07-02", "2026-08-31", "2026-09-01")]
    assert marks == [(), ("litigation",), ("litigation",), ()]


def test_a_reconsideration_and_a_lawsuit_are_two_marks() -> None:
    state = given(*general_penalty(), brought("2026-07-02"), brought("2026-07-10", remedy_id="x2", kind="litigation"))
    assert marks_on(state.state, "p1", day("2026-07-10")) == ("reconsideration", "litigation")


def test_refusals_of_recording_in_their_order() -> None:
    args: dict[str, Any] = {
        "remedy_id": "x1", "target_id": "p1", "kind": "reconsideration", "body": "样例市政府",
        "filed_on": day("2026-07-02"), "on": "2026-07-02",
    }  # fmt: skip
    given().when(record_remedy, **args).refused(SubjectUnknown)
    state = given(*general_penalty())
    state.when(record_remedy, **args | {"remedy_id": "p1"}).refused(IdTaken)
    state.when(record_remedy, **args | {"target_id": "p9", "body": ""}).refused(EntryUnknown)
    state.when(record_remedy, **args | {"body": " "}).refused(RemedyBodyMissing)
    state.when(record_remedy, **args | {"filed_on": day("2026-07-03")}).refused(DayInFuture)
    state.when(record_remedy, **args | {"suspended_from": day("2026-07-01")}).refused(BeforeStepBefore)
    again = state.after(brought("2026-07-02"))
    again.when(record_remedy, **args | {"remedy_id": "x2", "suspended_from": day("2026-07-02")}).refused(RemedyRunning)


# What it suspends


def test_the_disclosure_of_a_penalty_goes_on_since_order_36_whatever_the_body_orders() -> None:
    state = given(*general_penalty())
    refusal = state.when(
        record_remedy, on="2026-07-02", remedy_id="x1", target_id="p1", kind="litigation", body="样例法院",
        filed_on=day("2026-07-02"), suspended_from=day("2026-07-02"),
    ).refused(DisclosureNotSuspended)  # fmt: skip
    assert "第36号" in refusal.basis
    assert shown(state.after(brought("2026-07-02")), "2026-07-02") == [True]


def test_before_it_an_ordered_suspension_hides_the_entry_until_the_outcome_and_its_end_stays() -> None:
    state = given(*old_penalty(), brought("2024-04-01", suspended_from="2024-04-10"), concluded("2024-06-03"))
    days = ("2024-04-09", "2024-04-10", "2024-06-02", "2024-06-03")
    assert shown(state, *days) == [True, False, False, True]
    assert periods_of(state.state, rules())["p1"].until == periods_of(given(*old_penalty()).state, rules())["p1"].until
    told = standing(state.state, day("2024-05-06"), rules())
    assert told is not None
    assert {one.item: one.value for one in told.fields}["disclosure"] == "hidden/remedy"


def test_without_an_order_nothing_is_suspended_before_it_either() -> None:
    assert shown(given(*old_penalty(), brought("2024-04-01")), "2024-04-02") == [True]


@pytest.mark.parametrize(("filed_on", "is_allowed"), [("2026-03-31", True), ("2026-04-01", False)])
def test_the_day_it_was_brought_selects_the_rule(filed_on: str, is_allowed: bool) -> None:
    state = given(REGISTERED, recorded(penalty("2026-03-02")), classified("2026-03-02", "general"))
    outcome = state.after(disclosed("2026-03-02")).when(
        record_remedy, on="2026-04-02", remedy_id="x1", target_id="p1", kind="reconsideration", body="样例市政府",
        filed_on=day(filed_on), suspended_from=day(filed_on),
    )  # fmt: skip
    assert (outcome.refusal is None) is is_allowed


def test_of_a_listing_an_order_may_suspend_the_disclosure_still() -> None:
    state = given(REGISTERED, *own_listing("2026-05-06"), disclosed("2026-05-07", "s1"))
    state = state.after(brought("2026-06-01", "s1", "2026-06-02"))
    assert shown(state, "2026-06-01", "2026-06-02", "2026-12-31", entry_id="s1") == [True, False, False]


# How it ends


def test_refusals_of_an_outcome_in_their_order() -> None:
    args: dict[str, Any] = {
        "by": YI, "remedy_id": "x1", "outcome": "upheld", "document_no": "样例", "concluded_on": day("2026-08-03"),
        "on": "2026-08-03",
    }  # fmt: skip
    given().when(conclude_remedy, **args).refused(SubjectUnknown)
    state = given(*general_penalty(), brought("2026-07-02"))
    state.when(conclude_remedy, **args | {"remedy_id": "x9"}).refused(RemedyUnknown)
    state.when(conclude_remedy, seen=1, **args | {"document_no": ""}).refused(CaseMoved)
    state.when(conclude_remedy, **args | {"document_no": ""}).refused(OutcomeDocumentMissing)
    state.when(conclude_remedy, **args | {"concluded_on": day("2026-08-04")}).refused(DayInFuture)
    state.when(conclude_remedy, **args | {"concluded_on": day("2026-07-01")}).refused(BeforeStepBefore)
    state.after(concluded("2026-08-01")).when(conclude_remedy, **args).refused(RemedyOver, on=day("2026-08-01"))
    state.when(conclude_remedy, **args).then(
        RemedyConcluded(remedy_id="x1", outcome="upheld", document_no="样例", concluded_on=day("2026-08-03"))
    )


def test_waits_for_the_other_body_and_owes_nothing_once_it_upheld_the_entry() -> None:
    state = given(*general_penalty(), brought("2026-07-02"))
    assert duties(state) == [("conclude_remedy", "higher_body")]
    assert duties(state.after(concluded("2026-08-03", "upheld"))) == []
    assert duties(state.after(concluded("2026-08-03", "withdrawn"))) == []


@pytest.mark.parametrize("outcome", ["altered", "revoked", "unlawful"])
def test_an_outcome_against_the_penalty_owes_its_alteration_within_three_working_days(outcome: str) -> None:
    state = given(*general_penalty(), brought("2026-07-02"), concluded("2026-08-03", outcome))
    [duty] = [one for one in owed(state.state, rules()) if one.case_kind == "remedy"]
    assert duty.term is not None
    # Monday 2026-08-03: Tuesday, Wednesday, Thursday.
    assert (duty.act, duty.term.until) == ("alter_penalty", day("2026-08-06"))
    assert duties(state.after(annulled("2026-08-04"))) == []


def test_an_outcome_against_a_listing_owes_its_revocation_by_whoever_designated_it() -> None:
    own = given(REGISTERED, *own_listing("2026-05-06"), brought("2026-06-01", "s1"), concluded("2026-08-03", "revoked"))
    assert duties(own) == [("revoke_listing", "")]
    other = given(REGISTERED, received("2020-08-03"), brought("2020-09-01", "u1"), concluded("2020-11-02", "revoked"))
    assert duties(other) == [("receive_exit_decision", "")]


def test_the_standing_tells_it_by_its_case_number() -> None:
    state = given(*general_penalty(), brought("2026-07-02"), concluded("2026-08-03", "altered"))
    told = []
    for on in ("2026-07-01", "2026-07-02", "2026-08-03"):
        answer = standing(state.state, day(on), rules())
        assert answer is not None
        told.append([(one.about, one.value) for one in answer.fields if one.item == "remedy.reconsideration"])
    assert told == [[], [("样例复一号", "running")], [("样例复一号", "altered")]]
