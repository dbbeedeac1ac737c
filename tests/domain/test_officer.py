"""The role × act table and the two checks every act passes."""

from __future__ import annotations

import pytest

from domain.context import Officer
from domain.officer import POWERS, ROLES, check_area, check_may, may
from domain.refusals import NotAllowed, NotYourArea
from tests.domain.given import BING, DING, JIA, STRANGER, SYSTEM, WU, YI


def test_a_power_belongs_only_to_roles_of_the_table() -> None:
    assert {role for roles in POWERS.values() for role in roles} <= set(ROLES)


def test_the_auditor_may_do_nothing_to_the_file() -> None:
    assert [act for act in POWERS if may(WU.role, act)] == []
    with pytest.raises(NotAllowed, match="may not perform record_penalty"):
        check_may(WU, "record_penalty")


@pytest.mark.parametrize(
    ("officer", "act"),
    [
        (JIA, "record_penalty"),
        (YI, "disclose"),
        (BING, "review_legality"),
        (DING, "decide_listing"),
        (SYSTEM, "end_listing"),
        (STRANGER, "record_penalty"),
    ],
)
def test_an_officer_may_do_what_the_role_holds(officer: object, act: str) -> None:
    check_may(officer, act)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("officer", "act"),
    [
        (JIA, "disclose"),
        (JIA, "decide_repair"),
        (YI, "decide_listing"),
        (BING, "record_penalty"),
        (DING, "record_penalty"),
        (DING, "end_disclosure"),
        (JIA, "appoint_officer"),
        (STRANGER, "propose_listing_upward"),
    ],
)
def test_an_officer_may_not_do_what_the_role_does_not_hold(officer: object, act: str) -> None:
    with pytest.raises(NotAllowed):
        check_may(officer, act)  # type: ignore[arg-type]


def test_an_act_outside_the_table_is_nobodys() -> None:
    assert not any(may(role, "invent_facts") for role in ROLES)


def test_a_stranger_from_another_county_is_denied_the_subject() -> None:
    with pytest.raises(NotYourArea, match="belongs to 210811"):
        check_area(STRANGER, "210811")


def test_a_county_touches_its_own_subjects_and_the_city_every_one() -> None:
    asked = [(STRANGER, "210881"), (STRANGER, None), *((one, "210881") for one in (JIA, YI, BING, DING))]
    assert [division for officer, division in asked if is_refused(officer, division)] == []


def is_refused(officer: Officer, division: str | None) -> bool:
    try:
        check_area(officer, division)
    except NotYourArea:
        return True
    return False


def test_an_administrator_issues_no_business_act() -> None:
    assert {act for act, roles in POWERS.items() if "administrator" in roles} == {"appoint_officer", "dismiss_officer"}
    assert not {act for act, roles in POWERS.items() if "auditor" in roles}
