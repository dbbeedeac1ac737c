"""Decisions about officers: appointing, dismissing, delegating; and who may do what."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.casework.officers import (
    AlreadyInOffice,
    Appointments,
    DelegationReversed,
    DelegationToSelf,
    DismissedBeforeAppointment,
    NotInOffice,
    NotOwnPower,
    OfficerAppointed,
    OfficerDismissed,
    PowerDelegated,
    RoleUnknown,
    appoint_officer,
    delegate_power,
    dismiss_officer,
    fold,
)
from domain.context import Officer
from domain.officer import ROLES, may
from tests.domain.given import DING, SYSTEM, Given, Step, step
from tests.domain.given import given as given_file


def day(text: str) -> date:
    return date.fromisoformat(text)


def given(*steps: Step) -> Given:
    return given_file(*steps, empty=Appointments.empty(UUID(int=2)), folded=fold)


NEW: dict[str, Any] = {
    "officer_id": DING.officer_id, "display_name": "样例丁", "role": "leader", "section": "样例局领导",
    "office": "样例商务局", "area": "210800", "from_on": day("2026-01-05"),
}  # fmt: skip
ALL_ROLES = frozenset(ROLES)
END: dict[str, Any] = {"until_on": day("2026-06-30"), "reason": "样例调离"}
LENT: dict[str, Any] = {
    "to_officer_id": "样例员庚", "from_on": day("2026-03-02"), "until_on": day("2026-03-13"), "reason": "样例出差"
}  # fmt: skip
APPOINTED = step("2026-01-04", SYSTEM, appoint_officer, **NEW, roles=ALL_ROLES)
DISMISSED = step("2026-06-01", SYSTEM, dismiss_officer, **END)


def test_appoints_an_officer() -> None:
    given().when(appoint_officer, by=SYSTEM, **NEW, roles=ALL_ROLES).then(OfficerAppointed(**NEW))


def test_refuses_to_appoint_to_a_role_outside_the_table_before_it_looks_at_the_office_held() -> None:
    one = NEW | {"role": "king"}
    given(APPOINTED).when(appoint_officer, by=SYSTEM, **one, roles=ALL_ROLES).refused(RoleUnknown, role="king")


def test_refuses_to_appoint_an_officer_in_office() -> None:
    given(APPOINTED).when(appoint_officer, by=SYSTEM, **NEW, roles=ALL_ROLES).refused(AlreadyInOffice)


def test_appoints_anew_after_a_dismissal() -> None:
    given(APPOINTED, DISMISSED).when(appoint_officer, by=SYSTEM, **NEW, roles=ALL_ROLES).then(OfficerAppointed(**NEW))


def test_dismisses_an_officer_whose_last_day_is_included() -> None:
    given(APPOINTED).when(dismiss_officer, by=SYSTEM, **END).then(OfficerDismissed(officer_id=DING.officer_id, **END))
    held = given(APPOINTED, DISMISSED).state
    days = ["2026-01-04", "2026-01-05", "2026-06-30", "2026-07-01"]
    assert [held.in_office(day(one)) for one in days] == [False, True, True, False]


def test_refuses_a_last_day_before_the_first() -> None:
    early = END | {"until_on": day("2026-01-04")}
    given(APPOINTED).when(dismiss_officer, by=SYSTEM, **early).refused(
        DismissedBeforeAppointment, from_on=day("2026-01-05")
    )


@pytest.mark.parametrize("steps", [[], [APPOINTED, DISMISSED]])
def test_refuses_to_dismiss_who_holds_no_office(steps: list[Step]) -> None:
    given(*steps).when(dismiss_officer, by=SYSTEM, **END).refused(NotInOffice)


def test_lends_a_role_for_the_days_named_and_under_the_name_of_who_acts() -> None:
    given(APPOINTED).when(delegate_power, by=DING, on="2026-03-01", **LENT).then(
        PowerDelegated(officer_id=DING.officer_id, **LENT)
    )
    held = given(APPOINTED, step("2026-03-01", DING, delegate_power, **LENT)).state
    lent = held.lent_to("样例员庚", day("2026-03-13"))
    assert lent == Officer("样例员庚", "leader", "样例局领导", on_behalf_of=DING.officer_id)
    assert held.lent_to("样例员庚", day("2026-03-14")) is None
    assert held.lent_to("样例员庚", day("2026-03-01")) is None
    assert held.lent_to("样例员辛", day("2026-03-13")) is None


def test_a_lent_role_ends_with_the_office_of_the_lender() -> None:
    out = step("2026-03-05", SYSTEM, dismiss_officer, until_on=day("2026-03-06"), reason="样例")
    held = given(APPOINTED, step("2026-03-01", DING, delegate_power, **LENT), out).state
    assert held.lent_to("样例员庚", day("2026-03-06"))
    assert held.lent_to("样例员庚", day("2026-03-07")) is None


HEAD = Officer(DING.officer_id, "section_head", "market_order")
BECAME_LEADER = [
    step("2026-01-04", SYSTEM, appoint_officer, **NEW | {"role": "section_head", "section": "market_order"},
         roles=ALL_ROLES),
    step("2026-03-01", SYSTEM, dismiss_officer, until_on=day("2026-03-08"), reason="样例改任"),
    step("2026-03-01", SYSTEM, appoint_officer, **NEW | {"from_on": day("2026-03-09")}, roles=ALL_ROLES),
]  # fmt: skip


def test_a_role_counts_from_its_first_day_and_the_former_one_through_its_last() -> None:
    held = given(*BECAME_LEADER).state
    assert held.as_officer(day("2026-01-04")) is None
    assert held.as_officer(day("2026-03-08")) == HEAD
    assert held.as_officer(day("2026-03-09")) == Officer(DING.officer_id, "leader", "样例局领导")
    gone = given(*BECAME_LEADER, step("2026-03-10", SYSTEM, dismiss_officer, **END)).state
    assert gone.as_officer(day("2026-07-01")) is None


def test_a_loan_does_not_grow_into_the_role_its_lender_comes_to_hold() -> None:
    lent = step("2026-03-01", HEAD, delegate_power, **LENT)
    held = given(*BECAME_LEADER[:1], lent, *BECAME_LEADER[1:]).state
    borrowed = Officer("样例员庚", "section_head", "market_order", on_behalf_of=DING.officer_id)
    assert held.lent_to("样例员庚", day("2026-03-08")) == borrowed
    assert held.lent_to("样例员庚", day("2026-03-09")) is None


@pytest.mark.parametrize(
    ("steps", "on"), [([], "2026-03-01"), ([APPOINTED], "2026-01-04"), ([APPOINTED, DISMISSED], "2026-07-01")]
)
def test_refuses_to_lend_a_role_not_held_today(steps: list[Step], on: str) -> None:
    given(*steps).when(delegate_power, by=DING, on=on, **LENT).refused(NotInOffice)


def test_refuses_to_lend_the_role_of_somebody_else_even_to_whoever_holds_it_on_loan() -> None:
    head = Officer("样例员庚", "section_head", "market_order")
    given(APPOINTED).when(delegate_power, by=head, on="2026-03-01", **LENT).refused(NotOwnPower)
    held = given(APPOINTED, step("2026-03-01", DING, delegate_power, **LENT))
    borrower = held.state.lent_to("样例员庚", day("2026-03-02"))
    held.when(delegate_power, by=borrower, on="2026-03-02", **LENT | {"to_officer_id": "样例员辛"}).refused(NotOwnPower)


def test_refuses_to_lend_to_oneself_before_the_days_are_looked_at() -> None:
    one = LENT | {"to_officer_id": DING.officer_id, "until_on": day("2026-03-01")}
    given(APPOINTED).when(delegate_power, by=DING, on="2026-03-01", **one).refused(DelegationToSelf)


def test_refuses_a_loan_that_ends_before_it_begins() -> None:
    given(APPOINTED).when(delegate_power, by=DING, on="2026-03-01", **LENT | {"until_on": day("2026-03-01")}).refused(
        DelegationReversed
    )


def test_only_the_leader_lists_and_only_the_reviewer_reviews() -> None:
    assert [role for role in ROLES if may(role, "decide_listing")] == ["leader"]
    assert [role for role in ROLES if may(role, "review_legality")] == ["legality_reviewer"]
