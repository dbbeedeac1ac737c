"""Responsible persons (责任人员): who stands for the subject or answers for what it did, and from when until when.

A link is for officers only: name and identity number are sealed, and what may be shown is the surname and stars. The
legal representative's name that credit sites show by rule comes from the tables of the entries, never from here.
Basis: 个人信息保护法 6, 51; 营商〔2020〕65号 附件 (the responsible person of an adverse conduct).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.profile import MASKED, PersonNameShown, check_new_id, check_registered
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day
from domain.event import Event, Fact, Origin, PersonalData
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

PersonRole = Literal["legal_representative", "person_in_charge", "directly_responsible"]

# Events


class PersonLinked(Event):
    """States that a person stands for the subject, or answers for it, from `from_on`.

    role          code of the list `person_roles`
    shown_name    surname and stars, for officers; never on a public page
    person_name, identity_number   sealed; the number None where the paper gives none
    Since v1. Basis: the registration authority's file or the decision, as evidence.
    """

    TOPIC: ClassVar[str] = "credit/PersonLinked.v1"
    link_id: str
    role: PersonRole
    shown_name: str
    person_name: PersonalData
    identity_number: PersonalData | None = None
    from_on: date


class PersonUnlinked(Event):
    """States that the link ended; `until_on` is its last day. Since v1."""

    TOPIC: ClassVar[str] = "credit/PersonUnlinked.v1"
    link_id: str
    until_on: date


# State


@dataclass(frozen=True, slots=True)
class Linked:
    """One person in one role, from the first day through the last; version is that of its last fact."""

    linked: PersonLinked
    origin: Origin
    version: int
    until_on: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the person holds the role on the day."""
        return self.linked.from_on <= on and (self.until_on is None or on <= self.until_on)


Persons = dict[str, Linked]

# Evolve


@singledispatch
def evolve(event: Event, persons: Persons, fact: Fact) -> Persons:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"persons cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: PersonLinked, persons: Persons, fact: Fact) -> Persons:
    return persons | {event.link_id: Linked(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: PersonUnlinked, persons: Persons, fact: Fact) -> Persons:
    ended = replace(persons[event.link_id], until_on=event.until_on, version=fact.originator_version)
    return persons | {event.link_id: ended}


EVENTS: tuple[type[Event], ...] = (PersonLinked, PersonUnlinked)

# What is stated


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Who holds which role on the day, by the name that may be shown."""
    for one in file.persons.values():
        if one.covers(on):
            yield Stated("person", one.linked.role, one.linked.shown_name, one.origin)


# Checks


class LinkUnknown(Refused):
    zh = "档案中没有这一责任人关联；请核对后再办。"
    en = "The file holds no such link to a person; check and try again."
    kind = "unknown"


class LinkEnded(Refused):
    zh = "该关联已于 {until} 解除；无需再办。"
    en = "The link ended on {until}; there is nothing more to do."


class RepresentativeStands(Refused):
    zh = "{on} 已有法定代表人（{name}）；请先解除原关联，或核对日期。"
    en = "On {on} there is a legal representative already ({name}); end that link first, or check the day."
    field = "from_on"


def check_one_representative(file: CreditFile, role: PersonRole, from_on: date) -> None:
    """A subject has one legal representative at a time: a new one begins after the last day of every other."""
    if role != "legal_representative":
        return
    for one in file.persons.values():
        if one.linked.role == role and (one.until_on is None or from_on <= one.until_on):
            raise RepresentativeStands(on=from_on, name=one.linked.shown_name)


# Decisions


def link_person(
    file: CreditFile, context: Context, *, link_id: str, role: PersonRole, shown_name: str, person_name: PersonalData,
    from_on: date, identity_number: PersonalData | None = None,
) -> list[Event]:  # fmt: skip
    """Link a responsible person (关联责任人), sealed but for the surname.

    Refused, in this order: SubjectUnknown, IdTaken, PersonNameShown, DayInFuture, RepresentativeStands.
    Basis: 个人信息保护法 6, 51; 营商〔2020〕65号 附件.
    """
    check_registered(file)
    check_new_id(file, link_id)
    if MASKED.fullmatch(shown_name) is None:
        raise PersonNameShown
    check_day(context, from_on)
    check_one_representative(file, role, from_on)
    return [
        PersonLinked(
            link_id=link_id, role=role, shown_name=shown_name, person_name=person_name,
            identity_number=identity_number, from_on=from_on,
        )
    ]  # fmt: skip


def unlink_person(file: CreditFile, context: Context, *, link_id: str, until_on: date) -> list[Event]:
    """Record the last day of a person's link (解除关联).

    Refused, in this order: SubjectUnknown, LinkUnknown, LinkEnded, DayInFuture, BeforeStepBefore.
    Basis: 个人信息保护法 8 (accuracy).
    """
    check_registered(file)
    one = file.persons.get(link_id)
    if one is None:
        raise LinkUnknown
    if one.until_on is not None:
        raise LinkEnded(until=one.until_on)
    check_day(context, until_on, one.linked.from_on)
    return [PersonUnlinked(link_id=link_id, until_on=until_on)]
