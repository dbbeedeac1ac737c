"""The course of a repair: several entries in one application, more time, and the application taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.credit_file.duties import owed
from domain.credit_file.profile import SubjectUnknown
from domain.credit_file.repair import RepairReceived, answer_due
from domain.credit_file.repair_application import (
    ApplicationNoMissing,
    ApplicationNoTaken,
    AppliedFor,
    AppliedForTwice,
    EntryNotReceived,
    NothingAppliedFor,
    receive_application,
    siblings,
)
from domain.credit_file.repair_checks import TargetUnknown
from domain.credit_file.repair_course import (
    AnswerOverdue,
    ExtendedAlready,
    NoExtension,
    extend_repair,
    withdraw_repair,
)
from domain.credit_file.repair_decisions import ReasonsMissing, RepairUnknown, WrongRepairStep, decide_repair
from domain.credit_file.repair_events import RepairExtended, RepairWithdrawn
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved
from tests.domain.credit_file.repair_states import ACCEPTED, APPLIED, DECISION, GRANTED, ON, VERIFIED
from tests.domain.credit_file.samples import (
    REGISTERED,
    accepted,
    annulled,
    applied,
    classified,
    day,
    disclosed,
    general_penalty,
    penalty,
    performed,
    recorded,
    verified,
)
from tests.domain.given import DING, JIA, YI, Step, at, given, rules, step

TWO = [
    *general_penalty(), recorded(penalty("2026-06-15", "p2")), classified("2026-06-15", "general", entry_id="p2"),
    disclosed("2026-06-15", "p2"), performed("2026-06-15", "p2"),
]  # fmt: skip
BOTH = (
    AppliedFor(repair_id="r1", target_id="p1", target_kind="penalty"),
    AppliedFor(repair_id="r2", target_id="p2", target_kind="penalty"),
)
WHOLE: dict[str, Any] = {
    "application_no": "样例申请一号", "entries": BOTH, "channel": "credit_china", "external_no": "样例XF9",
    "applied_at": at("2026-09-16", 9), "pushed_at": at("2026-09-16", 10), "papers": ("proof", "commitment"),
}  # fmt: skip
MORE_TIME: dict[str, Any] = {"repair_id": "r1", "reason": "样例复杂", "told_on": day(ON)}
FIRST, LONGER = day("2026-09-28"), day("2026-10-16")
BACK: dict[str, Any] = {"repair_id": "r1", "withdrawn_on": day("2026-09-15"), "reason": "样例撤回"}


def applied_for_both(on: str = "2026-09-16") -> Step:
    return step(on, JIA, receive_application, **WHOLE)


def extended(on: str = ON) -> Step:
    return step(on, YI, extend_repair, repair_id="r1", reason="样例复杂", told_on=day(on))


def received(repair_id: str, target_id: str) -> RepairReceived:
    return RepairReceived(
        repair_id=repair_id, target_id=target_id, target_kind="penalty", channel="credit_china",
        external_no="样例XF9", applied_at=at("2026-09-16", 9), pushed_at=at("2026-09-16", 10),
        papers=("proof", "commitment"), application_no="样例申请一号",
    )  # fmt: skip


# Several entries in one application


def test_one_application_opens_a_case_for_each_entry_under_its_number() -> None:
    given(*TWO).when(receive_application, on="2026-09-16", **WHOLE).then(received("r1", "p1"), received("r2", "p2"))


def test_each_entry_of_an_application_is_decided_for_itself() -> None:
    state = given(*TWO, applied_for_both(), accepted("2026-09-16"), verified("2026-09-16")).state
    assert (state.repairs["r1"].stage, state.repairs["r2"].stage) == ("verified", "received")
    done = given(
        *TWO, applied_for_both(), accepted("2026-09-16"), verified("2026-09-16"),
        step("2026-09-16", DING, decide_repair, **DECISION),
    ).state  # fmt: skip
    assert done.repaired_on("p1") == day("2026-09-16")
    assert done.repaired_on("p2") is None


def test_the_cases_of_an_application_know_each_other_and_no_others() -> None:
    state = given(*TWO, applied_for_both()).state
    assert [one.repair_id for one in siblings(state, state.repairs["r1"])] == ["r2"]
    single = given(*TWO, applied(ON), applied("2026-09-16", "p2", "r2")).state
    assert siblings(single, single.repairs["r1"]) == []


def test_one_entry_that_cannot_be_received_is_named_and_nothing_is_stored() -> None:
    other = (BOTH[0], AppliedFor(repair_id="r2", target_id="p9", target_kind="penalty"))
    refusal = given(*TWO).when(receive_application, on="2026-09-16", **WHOLE | {"entries": other}).refused(
        EntryNotReceived, entry="p9"
    )  # fmt: skip
    assert TargetUnknown.zh in refusal.sentence_zh
    under_way = given(*TWO, applied(ON, "p2", "r0"))
    under_way.when(receive_application, on="2026-09-16", **WHOLE).refused(
        EntryNotReceived, entry="营商罚样〔2026〕p2号"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("args", "refusal"),
    [
        ({"application_no": " ", "entries": ()}, ApplicationNoMissing),
        ({"entries": ()}, NothingAppliedFor),
        ({"entries": (BOTH[0], AppliedFor(repair_id="r2", target_id="p1", target_kind="penalty"))}, AppliedForTwice),
        ({"entries": (BOTH[0], AppliedFor(repair_id="r1", target_id="p2", target_kind="penalty"))}, AppliedForTwice),
    ],
)
def test_an_application_must_name_its_number_and_each_entry_once(args: dict[str, Any], refusal: Any) -> None:
    given(*TWO).when(receive_application, on="2026-09-16", **WHOLE | args).refused(refusal)


def test_an_application_number_is_used_once_and_told_before_empty_entries() -> None:
    state = given(*TWO, applied_for_both())
    state.when(receive_application, on="2026-09-16", **WHOLE | {"entries": ()}).refused(ApplicationNoTaken)
    given().when(receive_application, on="2026-09-16", **WHOLE).refused(SubjectUnknown)


# More time


def test_the_time_to_answer_is_extended_while_it_runs_and_the_case_is_due_on_the_new_day() -> None:
    # Ten working days from Monday 2026-09-14 and ten more from there, over mid-autumn and the national days.
    state = given(*ACCEPTED).state
    assert answer_due(state.repairs["r1"], rules()).until == FIRST
    longer = given(*ACCEPTED, extended()).state
    assert answer_due(longer.repairs["r1"], rules()).until == LONGER
    given(*ACCEPTED).when(extend_repair, YI, ON, **MORE_TIME).then(
        RepairExtended(repair_id="r1", reason="样例复杂", new_due_on=LONGER, told_on=day(ON))
    )
    due = [one.term for one in owed(longer, rules()) if one.case_id == "r1"]
    assert [one.until for one in due if one is not None] == [LONGER]


@pytest.mark.parametrize(
    ("args", "refusal"),
    [
        ({"repair_id": "r9"}, RepairUnknown), ({"seen": 1, "reason": ""}, CaseMoved),
        ({"reason": " ", "told_on": day("2026-09-15")}, ReasonsMissing), ({"told_on": day("2026-09-15")}, DayInFuture),
        ({"told_on": day("2026-09-13")}, BeforeStepBefore),
    ],
)  # fmt: skip
def test_an_extension_names_its_case_reason_and_the_day_the_applicant_was_told(
    args: dict[str, Any], refusal: Any
) -> None:
    given(*ACCEPTED).when(extend_repair, YI, ON, **MORE_TIME | args).refused(refusal)


def test_the_time_is_extended_once_and_not_after_it_was_over_nor_after_the_decision() -> None:
    given(*ACCEPTED, extended()).when(extend_repair, YI, ON, **MORE_TIME).refused(ExtendedAlready, times=1)
    assert given(*ACCEPTED).when(extend_repair, YI, FIRST.isoformat(), **MORE_TIME).refusal is None
    late = given(*ACCEPTED).when(extend_repair, YI, (FIRST + timedelta(days=1)).isoformat(), **MORE_TIME)
    late.refused(AnswerOverdue, until=FIRST)
    given(*GRANTED).when(extend_repair, YI, ON, **MORE_TIME).refused(WrongRepairStep)
    given().when(extend_repair, YI, ON, **MORE_TIME).refused(SubjectUnknown)


def test_before_2025_06_22_no_rule_lets_the_time_be_extended() -> None:
    early = [
        REGISTERED, recorded(penalty("2023-06-12")), performed("2023-06-15"),
        applied("2024-09-16", papers=("application", "commitment", "identity", "authorisation", "proof")),
    ]  # fmt: skip
    one = MORE_TIME | {"told_on": day("2024-09-16")}
    given(*early).when(extend_repair, YI, "2024-09-18", **one).refused(NoExtension)


# The application taken back


def test_an_application_is_taken_back_and_a_new_one_may_follow() -> None:
    given(*ACCEPTED).when(withdraw_repair, on="2026-09-15", **BACK).then(RepairWithdrawn(**BACK))
    back = given(*ACCEPTED, step("2026-09-15", JIA, withdraw_repair, **BACK))
    assert back.state.repairs["r1"].stage == "feedback"
    assert back.state.repairs["r1"].concluded_on == day("2026-09-15")
    assert [one.act for one in owed(back.state, rules()) if one.case_id == "r1"] == ["send_feedback"]
    again = back.after(applied("2026-09-16", "p1", "r2"))
    assert again.state.repairs["r2"].is_open


@pytest.mark.parametrize(
    ("args", "refusal"),
    [
        ({"repair_id": "r9", "seen": 1}, RepairUnknown), ({"seen": 1, "withdrawn_on": day("2027-01-04")}, CaseMoved),
        ({"withdrawn_on": day("2026-09-16")}, DayInFuture), ({"withdrawn_on": day("2026-09-13")}, BeforeStepBefore),
    ],
)  # fmt: skip
def test_a_withdrawal_names_its_case_and_a_day_that_can_be(args: dict[str, Any], refusal: Any) -> None:
    given(*APPLIED).when(withdraw_repair, on="2026-09-15", **BACK | args).refused(refusal)


def test_what_is_concluded_is_not_taken_back() -> None:
    given(*GRANTED).when(withdraw_repair, on="2026-09-15", **BACK).refused(WrongRepairStep)
    back = [*ACCEPTED, step("2026-09-15", JIA, withdraw_repair, **BACK)]
    given(*back).when(withdraw_repair, on="2026-09-15", **BACK).refused(WrongRepairStep)
    given().when(withdraw_repair, on="2026-09-15", **BACK).refused(SubjectUnknown)


# The entry gone while its case is open


def test_a_case_whose_penalty_was_annulled_is_owed_its_conclusion_and_never_granted() -> None:
    open_case = given(*APPLIED, annulled("2026-09-15"))
    assert [one.act for one in owed(open_case.state, rules()) if one.case_id == "r1"] == ["not_accept_repair"]
    given(*VERIFIED, annulled("2026-09-15")).when(decide_repair, DING, "2026-09-15", **DECISION).refused(TargetUnknown)
    given(*VERIFIED, annulled("2026-09-15")).when(withdraw_repair, on="2026-09-15", **BACK).then(
        RepairWithdrawn(**BACK)
    )  # fmt: skip
