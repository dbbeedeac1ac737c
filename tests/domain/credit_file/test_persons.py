"""Responsible persons: sealed, linked for a time, and nowhere public."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from domain.credit_file.persons import (
    LinkEnded,
    LinkUnknown,
    PersonLinked,
    PersonRole,
    PersonUnlinked,
    RepresentativeStands,
    link_person,
    stated,
    unlink_person,
)
from domain.credit_file.profile import IdTaken, PersonNameShown
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.event import Personal
from domain.refusals import SubjectUnknown
from tests.domain.credit_file.samples import REGISTERED, day, penalty, recorded
from tests.domain.given import JIA, RULEBOOK, Step, given, rules, step

LINK: dict[str, Any] = {
    "link_id": "k1", "role": "legal_representative", "shown_name": "样**", "person_name": Personal("样例人", "样例号"),
    "identity_number": Personal("样例号", "样例号"), "from_on": day("2024-05-01"),
}  # fmt: skip


def linked(on: str = "2024-05-06", **given: Any) -> Step:
    return step(on, JIA, link_person, **LINK | given)


def unlinked(on: str, link_id: str = "k1") -> Step:
    return step(on, JIA, unlink_person, link_id=link_id, until_on=day(on))


def test_links_a_person_sealed_but_for_the_surname() -> None:
    given(REGISTERED).when(link_person, **LINK).then(PersonLinked(**LINK))
    without = {name: value for name, value in LINK.items() if name != "identity_number"}
    given(REGISTERED).when(link_person, **without).then(PersonLinked(**without))


def test_a_link_is_stated_from_its_first_day_through_its_last() -> None:
    file = given(REGISTERED, linked(), unlinked("2025-02-28")).state
    told = {on: [one.value for one in stated(file, day(on), rules())] for on in (
        "2024-04-30", "2024-05-01", "2025-02-28", "2025-03-01")}  # fmt: skip
    assert told == {"2024-04-30": [], "2024-05-01": ["样**"], "2025-02-28": ["样**"], "2025-03-01": []}


@pytest.mark.parametrize("name", ["样例人", "样", "", "**"])
def test_refuses_a_shown_name_that_tells_more_than_the_surname(name: str) -> None:
    given(REGISTERED).when(link_person, **LINK | {"shown_name": name}).refused(PersonNameShown)


def test_refuses_a_link_in_a_file_of_nobody_and_under_an_id_that_is_taken() -> None:
    given().when(link_person, **LINK).refused(SubjectUnknown)
    given(REGISTERED, recorded(penalty(entry_id="k1"))).when(link_person, **LINK).refused(IdTaken)
    given(REGISTERED, linked()).when(link_person, **LINK | {"shown_name": "样例人"}).refused(IdTaken)


def test_refuses_a_link_that_begins_tomorrow_before_it_looks_for_another_representative() -> None:
    reached = given(REGISTERED, linked())
    later = LINK | {"link_id": "k2", "from_on": day("2026-11-21")}
    reached.when(link_person, on="2026-11-20", **later).refused(DayInFuture)
    reached.when(link_person, on="2026-11-21", **later).refused(RepresentativeStands, name="样**")


def test_one_legal_representative_follows_the_other() -> None:
    second = LINK | {"link_id": "k2", "from_on": day("2025-02-28")}
    reached = given(REGISTERED, linked(), unlinked("2025-02-28"))
    reached.when(link_person, **second).refused(RepresentativeStands)
    following = second | {"from_on": day("2025-03-01")}
    reached.when(link_person, **following).then(PersonLinked(**following))


def test_several_persons_may_be_directly_responsible() -> None:
    second = LINK | {"link_id": "k2", "role": "directly_responsible"}
    given(REGISTERED, linked(role="directly_responsible")).when(link_person, **second).then(PersonLinked(**second))


def test_refuses_to_end_a_link_that_is_not_there_or_over() -> None:
    given().when(unlink_person, link_id="k1", until_on=day("2025-01-01")).refused(SubjectUnknown)
    given(REGISTERED).when(unlink_person, link_id="k1", until_on=day("2025-01-01")).refused(LinkUnknown)
    given(REGISTERED, linked(), unlinked("2025-02-28")).when(
        unlink_person, link_id="k1", until_on=day("2027-01-01")
    ).refused(LinkEnded, until=day("2025-02-28"))


def test_refuses_to_end_a_link_tomorrow_or_before_it_began() -> None:
    reached = given(REGISTERED, linked())
    reached.when(unlink_person, on="2026-11-20", link_id="k1", until_on=day("2026-11-21")).refused(DayInFuture)
    reached.when(unlink_person, link_id="k1", until_on=day("2024-04-30")).refused(BeforeStepBefore)
    reached.when(unlink_person, link_id="k1", until_on=day("2024-05-01")).then(
        PersonUnlinked(link_id="k1", until_on=day("2024-05-01"))
    )


def test_the_roles_are_those_of_the_code_list() -> None:
    assert list(get_args(PersonRole)) == list(RULEBOOK.code_list("person_roles"))
