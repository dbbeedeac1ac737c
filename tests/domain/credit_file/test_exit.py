"""Decisions of the exit: revocation, deregistration, end of term."""

from __future__ import annotations

from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.exit import NotOnList, TermRunning, end_listing, exit_deregistered, revoke_listing
from domain.credit_file.listing import Exited, covers
from domain.credit_file.listing_decisions import ListingUnknown
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved, SubjectUnknown
from tests.domain.credit_file.samples import REGISTERED, day, own_listing, removed
from tests.domain.given import DING, SYSTEM, YI, Given, given, rules, step

REVOKE: dict[str, Any] = {"listing_id": "s1", "document_no": "样例撤销一号"}
LEAVE: dict[str, Any] = {"listing_id": "s1", "document_no": "样例注销一号", "deregistered_on": day("2026-05-04")}
END: dict[str, Any] = {"listing_id": "s1"}
EXITS = [(revoke_listing, DING, REVOKE), (exit_deregistered, YI, LEAVE), (end_listing, SYSTEM, END)]


def listed(*more: Any) -> Given:
    return given(REGISTERED, *own_listing("2026-03-02"), *more)


REVOKED = step("2026-04-01", DING, revoke_listing, **REVOKE)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS)
def test_refuses_an_exit_of_a_subject_nobody_registered(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given().when(decide, by=officer, **args).refused(SubjectUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS)
def test_refuses_an_exit_from_a_listing_the_file_lacks(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given(REGISTERED).when(decide, by=officer, **args).refused(ListingUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS)
@pytest.mark.parametrize("state", [listed(REVOKED), given(REGISTERED, *own_listing("2026-03-02")[:5])])
def test_refuses_an_exit_from_a_list_the_subject_is_not_on(
    state: Given, decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    state.when(decide, by=officer, on="2026-05-05", **args).refused(NotOnList)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS[:2])
def test_tells_that_the_case_moved_before_it_looks_at_the_list(
    decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    listed(REVOKED).when(decide, by=officer, **args, seen=8).refused(CaseMoved)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS[:2])
def test_refuses_to_take_a_subject_off_a_list_whose_term_is_over(
    decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    listed().when(decide, by=officer, on="2029-03-03", **args).refused(NotOnList)
    assert listed().when(decide, by=officer, on="2029-03-02", **args).events


def test_revokes_a_listing_from_today() -> None:
    listed().when(revoke_listing, by=DING, on="2026-05-05", **REVOKE).then(
        Exited(listing_id="s1", cause="revocation", effective_on=day("2026-05-05"), document_no="样例撤销一号")
    )
    one = listed(REVOKED).state.listings["s1"]
    assert covers(one, day("2026-03-31"), rules())
    assert not covers(one, day("2026-04-01"), rules())


def test_takes_a_deregistered_subject_off_from_the_day_it_was_deregistered() -> None:
    listed().when(exit_deregistered, by=YI, on="2026-05-05", **LEAVE).then(
        Exited(listing_id="s1", cause="deregistration", effective_on=day("2026-05-04"), document_no="样例注销一号")
    )


def test_refuses_a_deregistration_of_tomorrow_or_before_the_listing() -> None:
    listed().when(exit_deregistered, by=YI, on="2026-05-03", **LEAVE).refused(DayInFuture)
    early = LEAVE | {"deregistered_on": day("2026-03-01")}
    listed().when(exit_deregistered, by=YI, **early).refused(BeforeStepBefore, before=day("2026-03-02"))


def test_records_the_end_of_the_term_the_day_after_its_last_day() -> None:
    listed().when(end_listing, by=SYSTEM, on="2029-03-02", **END).refused(TermRunning, until=day("2029-03-02"))
    listed().when(end_listing, by=SYSTEM, on="2029-03-03", **END).then(
        Exited(listing_id="s1", cause="term", effective_on=day("2029-03-03"))
    )
    listed().when(end_listing, by=SYSTEM, on="2029-06-30", **END).then(
        Exited(listing_id="s1", cause="term", effective_on=day("2029-03-03"))
    )


def test_a_removal_by_repair_takes_the_subject_off_the_same_day() -> None:
    one = listed(*removed("2026-09-03")).state.listings["s1"]
    assert one.exited.cause == "repair"
    assert covers(one, day("2026-09-02"), rules())
    assert not covers(one, day("2026-09-03"), rules())
