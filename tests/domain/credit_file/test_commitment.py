"""Decisions of the commitment: made, kept, and found breached only after the subject was heard."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.commitment import (
    BreachNoticeServed,
    BreachStatementReceived,
    CommitmentBreached,
    CommitmentClosed,
    CommitmentFulfilled,
    CommitmentUnknown,
    NoticeMissing,
    NoticeServedAlready,
    OnlyFalseOnceKept,
    TermReversed,
    TypeNotInForce,
    breach_commitment,
    fulfil_commitment,
    make_commitment,
    receive_breach_statement,
    serve_breach_notice,
)
from domain.credit_file.profile import IdTaken
from domain.credit_file.steps import BeforeStepBefore, DayInFuture, StatementTimeRunning
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import REGISTERED, breach_noticed, day, promise, promised
from tests.domain.given import JIA, YI, Given, Step, given, step

FULFILLED: dict[str, Any] = {"commitment_id": "c1", "fulfilled_on": day("2026-02-01"), "extent": "full"}
NOTICE: dict[str, Any] = {
    "commitment_id": "c1", "document_no": "样例告知一号", "facts": "样例事实", "served_on": day("2026-03-02"),
    "method": "直接送达",
}  # fmt: skip
STATEMENT: dict[str, Any] = {"commitment_id": "c1", "received_on": day("2026-03-04"), "summary": "样例陈述"}
BREACH: dict[str, Any] = {
    "commitment_id": "c1", "document_no": "样例认定一号", "kind": "not", "facts": "样例事实", "consequence": "样例后果"
}  # fmt: skip
MADE = [REGISTERED, promised(promise())]
HEARD = step("2026-03-04", JIA, receive_breach_statement, **STATEMENT)
KEPT = step("2026-02-01", JIA, fulfil_commitment, **FULFILLED)
FOUND = step("2026-03-05", YI, breach_commitment, **BREACH)
OPEN_STEPS = [
    (fulfil_commitment, JIA, FULFILLED), (serve_breach_notice, JIA, NOTICE), (receive_breach_statement, JIA, STATEMENT),
    (breach_commitment, YI, BREACH),
]  # fmt: skip


def made(*more: Step) -> Given:
    return given(*MADE, *more)


def test_records_a_commitment() -> None:
    given(REGISTERED).when(make_commitment, commitment=promise()).then(promise())


def test_refuses_a_commitment_of_a_subject_nobody_registered() -> None:
    given().when(make_commitment, commitment=promise()).refused(SubjectUnknown)


def test_refuses_a_commitment_under_an_id_used_before() -> None:
    made().when(make_commitment, commitment=promise()).refused(IdTaken, taken="c1")


def test_refuses_a_commitment_of_tomorrow() -> None:
    given(REGISTERED).when(make_commitment, on="2026-01-04", commitment=promise("2026-01-05")).refused(DayInFuture)


def test_refuses_a_commitment_that_ends_before_it_begins() -> None:
    one = promise(valid_from=day("2026-02-02"), valid_until=day("2026-02-01"))
    given(REGISTERED).when(make_commitment, commitment=one).refused(TermReversed)


@pytest.mark.parametrize(
    ("made_on", "commitment_type"),
    [
        ("2018-05-10", "voluntary"),
        ("2019-07-08", "approval_substitute"),
        ("2020-10-26", "certificate"),
        ("2025-11-30", "other"),
        ("2026-01-05", "nonsense"),
    ],
)
def test_refuses_a_type_that_was_not_in_force_on_the_day(made_on: str, commitment_type: str) -> None:
    one = promise(made_on, commitment_type=commitment_type)
    given(REGISTERED).when(make_commitment, commitment=one).refused(TypeNotInForce, commitment_type=commitment_type)


@pytest.mark.parametrize(
    ("made_on", "commitment_type"),
    [("2019-07-09", "approval_substitute"), ("2020-10-27", "certificate"), ("2025-12-01", "other")],
)
def test_takes_a_type_from_the_first_day_of_its_rule(made_on: str, commitment_type: str) -> None:
    one = promise(made_on, commitment_type=commitment_type)
    given(REGISTERED).when(make_commitment, commitment=one).then(one)


def test_tells_of_the_first_of_several_refusals_when_making() -> None:
    one = promise("2027-01-05", valid_until=day("2026-01-01"), commitment_type="nonsense")
    given(REGISTERED).when(make_commitment, commitment=one).refused(DayInFuture)
    given(REGISTERED).when(make_commitment, on="2027-01-05", commitment=one).refused(TermReversed)


# Every later step


@pytest.mark.parametrize(("decide", "officer", "args"), OPEN_STEPS)
def test_refuses_a_step_for_a_subject_nobody_registered(decide: Any, officer: Any, args: dict[str, Any]) -> None:
    given().when(decide, by=officer, **args).refused(SubjectUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), OPEN_STEPS)
def test_refuses_a_step_of_a_commitment_the_file_lacks(decide: Any, officer: Any, args: dict[str, Any]) -> None:
    given(REGISTERED).when(decide, by=officer, **args).refused(CommitmentUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), OPEN_STEPS)
def test_refuses_a_step_of_a_breached_commitment_but_tells_first_that_it_moved(
    decide: Any, officer: Any, args: dict[str, Any]
) -> None:
    breached = made(breach_noticed("2026-03-02"), HEARD, FOUND)
    breached.when(decide, by=officer, **args, seen=5).refused(CommitmentClosed)
    breached.when(decide, by=officer, **args, seen=4).refused(CaseMoved)


def test_refuses_to_record_twice_that_a_commitment_was_kept() -> None:
    made(KEPT).when(fulfil_commitment, **FULFILLED).refused(CommitmentClosed)


# Fulfilment


def test_records_that_a_commitment_was_kept() -> None:
    made().when(fulfil_commitment, **FULFILLED, seen=2).then(CommitmentFulfilled(**FULFILLED))


def test_refuses_fulfilment_of_tomorrow() -> None:
    made().when(fulfil_commitment, on="2026-01-31", **FULFILLED).refused(DayInFuture)


def test_refuses_fulfilment_before_the_commitment_was_made() -> None:
    made().when(fulfil_commitment, **FULFILLED | {"fulfilled_on": day("2026-01-04")}).refused(BeforeStepBefore)


# Breach


def test_records_the_notice_of_a_suspected_breach() -> None:
    made().when(serve_breach_notice, **NOTICE).then(BreachNoticeServed(**NOTICE))


def test_refuses_a_second_notice_before_its_day_is_looked_at() -> None:
    made(breach_noticed("2026-03-02")).when(serve_breach_notice, **NOTICE | {"served_on": day("2027-03-02")}).refused(
        NoticeServedAlready
    )


def test_refuses_a_notice_of_tomorrow() -> None:
    made().when(serve_breach_notice, on="2026-03-01", **NOTICE).refused(DayInFuture)


def test_refuses_a_notice_served_before_the_commitment_was_made() -> None:
    made().when(serve_breach_notice, **NOTICE | {"served_on": day("2026-01-04")}).refused(BeforeStepBefore)


def test_records_the_statement_of_the_subject() -> None:
    made(breach_noticed("2026-03-02")).when(receive_breach_statement, **STATEMENT).then(
        BreachStatementReceived(**STATEMENT)
    )


def test_refuses_a_statement_without_a_notice() -> None:
    made().when(receive_breach_statement, **STATEMENT | {"received_on": day("2027-01-01")}).refused(NoticeMissing)


def test_refuses_a_statement_of_tomorrow() -> None:
    made(breach_noticed("2026-03-02")).when(receive_breach_statement, on="2026-03-03", **STATEMENT).refused(DayInFuture)


def test_refuses_a_statement_received_before_the_notice_was_served() -> None:
    made(breach_noticed("2026-03-02")).when(
        receive_breach_statement, **STATEMENT | {"received_on": day("2026-03-01")}
    ).refused(BeforeStepBefore)


def test_finds_a_breach_as_soon_as_the_subject_was_heard() -> None:
    made(breach_noticed("2026-03-02"), HEARD).when(breach_commitment, by=YI, on="2026-03-04", **BREACH).then(
        CommitmentBreached(**BREACH, breached_on=day("2026-03-04"))
    )


def test_finds_a_breach_of_a_silent_subject_only_the_day_after_its_time() -> None:
    state = made(breach_noticed("2026-03-02"))
    state.when(breach_commitment, by=YI, on="2026-03-09", **BREACH).refused(
        StatementTimeRunning, until=day("2026-03-09")
    )
    state.when(breach_commitment, by=YI, on="2026-03-10", **BREACH).then(
        CommitmentBreached(**BREACH, breached_on=day("2026-03-10"))
    )


def test_refuses_to_find_a_breach_without_a_notice() -> None:
    made().when(breach_commitment, by=YI, **BREACH).refused(NoticeMissing)


def test_refuses_the_recorder_of_the_commitment_as_finder_once_the_subject_was_heard() -> None:
    recorded_by_yi = step("2026-01-05", YI, make_commitment, commitment=promise())
    noticed = given(REGISTERED, recorded_by_yi, breach_noticed("2026-03-02"))
    noticed.when(breach_commitment, by=YI, on="2026-03-03", **BREACH).refused(StatementTimeRunning)
    noticed.when(breach_commitment, by=YI, on="2026-03-10", **BREACH).refused(SameOfficer)


def test_finds_a_kept_commitment_false_after_a_notice_of_its_own_but_not_unkept() -> None:
    false = BREACH | {"kind": "false"}
    early = made(breach_noticed("2026-01-20"), KEPT)
    early.when(breach_commitment, by=YI, **false).refused(NoticeMissing)
    assert not early.state.commitments["c1"].is_under_notice
    state = made(KEPT, breach_noticed("2026-03-02"), HEARD)
    assert state.state.commitments["c1"].is_under_notice
    state.when(breach_commitment, by=YI, on="2026-03-05", **BREACH).refused(OnlyFalseOnceKept)
    state.when(breach_commitment, by=YI, on="2026-03-05", **false).then(
        CommitmentBreached(**false, breached_on=day("2026-03-05"))
    )
    found = made(KEPT, breach_noticed("2026-03-02"), HEARD, step("2026-03-05", YI, breach_commitment, **false))
    one = found.state.commitments["c1"]
    assert [one.state_on(day(on)) for on in ("2026-03-04", "2026-03-05")] == ["fulfilled", "breached"]
    made(KEPT).when(serve_breach_notice, **NOTICE | {"served_on": day("2026-01-31")}).refused(BeforeStepBefore)


@pytest.mark.parametrize(
    ("steps", "on", "state"),
    [
        ([], "2026-01-04", "not_yet"),
        ([], "2026-12-31", "running"),
        ([], "2027-01-01", "expired"),
        ([KEPT], "2026-01-31", "running"),
        ([KEPT], "2026-02-01", "fulfilled"),
        ([KEPT], "2027-01-01", "fulfilled"),
        ([breach_noticed("2026-03-02"), HEARD, FOUND], "2026-03-04", "running"),
        ([breach_noticed("2026-03-02"), HEARD, FOUND], "2026-03-05", "breached"),
    ],
)
def test_tells_what_a_commitment_is_on_a_day(steps: list[Step], on: str, state: str) -> None:
    assert made(*steps).state.commitments["c1"].state_on(day(on)) == state


def test_shows_a_commitment_through_its_end_or_the_day_before_the_breach() -> None:
    assert made().state.commitments["c1"].shown_until == day("2026-12-31")
    assert made(KEPT).state.commitments["c1"].shown_until == day("2026-12-31")
    open_ended = [REGISTERED, promised(promise(valid_until=None))]
    assert given(*open_ended).state.commitments["c1"].shown_until is None
    assert given(*open_ended, KEPT).state.commitments["c1"].shown_until == day("2026-02-01")
    assert made(breach_noticed("2026-03-02"), HEARD, FOUND).state.commitments["c1"].shown_until == day("2026-03-04")
