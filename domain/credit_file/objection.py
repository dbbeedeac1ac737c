"""Objections (异议): somebody says that an entry, its period or the result of its repair is wrong, or not of this firm.

From the day it is filed the public page of the entry says that an objection is being dealt with. The section that
recorded the entry verifies it; an entry of another authority is verified there, and the letter comes back. Who verified
does not decide, and what is decided is done in the same act. The decisions stand in `objection_decisions`.
Basis: 国办发〔2025〕22号 (objections to content, period, result); SAMR Order 45 12; rulebook rows `objection.*`
(unverified).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.credit_file.disclosure import authors_of
from domain.credit_file.duty import Owed, earliest, term_or_none
from domain.credit_file.redaction import number_of
from domain.credit_file.stated import Stated
from domain.credit_file.steps import with_step
from domain.event import Event, Fact, Origin
from domain.law.answers import Term
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAY = timedelta(days=1)
Kind = Literal["content", "period", "repair_result", "mismatch"]
Finding = Literal["right", "wrong", "unclear"]
Outcome = Literal["kept", "corrected", "deleted"]

# Events


class ObjectionFiled(Event):
    """States that somebody objected to an entry, or to the result of a repair.

    target_id   the entry; with the kind `repair_result` the case of repair
    kind        content (内容), period (公示期), repair_result (修复结果), mismatch (not this subject, 匹配错误)
    applicant   the subject itself or an agent it authorised
    Since v1. Basis: 国办发〔2025〕22号; SAMR Order 45 12.
    """

    TOPIC: ClassVar[str] = "credit/ObjectionFiled.v1"
    objection_id: str
    target_id: str
    kind: Kind
    claim: str
    channel: Literal["credit_china", "window"]
    filed_on: date
    applicant: Literal["subject", "agent"]


class ObjectionAccepted(Event):
    """States that the objection was accepted (受理异议). Since v1."""

    TOPIC: ClassVar[str] = "credit/ObjectionAccepted.v1"
    objection_id: str
    accepted_on: date


class ObjectionDeclined(Event):
    """States that the objection was not accepted (不予受理异议), and why. Since v1."""

    TOPIC: ClassVar[str] = "credit/ObjectionDeclined.v1"
    objection_id: str
    reasons: str
    declined_on: date


class ObjectionForwarded(Event):
    """States that the objection was sent to the unit that provided the entry; `due_on` its last day to answer, None
    where no rule sets one. Since v1."""

    TOPIC: ClassVar[str] = "credit/ObjectionForwarded.v1"
    objection_id: str
    to_unit: str
    forwarded_on: date
    due_on: date | None = None


class ObjectionVerified(Event):
    """States what the unit that answers for the entry found: the entry is right, wrong, or it stays unclear. Since v1.

    unit   who found it: the bureau's own section, or the unit it was forwarded to
    """

    TOPIC: ClassVar[str] = "credit/ObjectionVerified.v1"
    objection_id: str
    unit: str
    finding: Finding
    note: str
    verified_on: date


class ObjectionDecided(Event):
    """States that the entry was kept, corrected or deleted because of the objection, with the answer sent. Since v1.

    document_no   of the answer; what was corrected or deleted stands in the facts recorded with it
    """

    TOPIC: ClassVar[str] = "credit/ObjectionDecided.v1"
    objection_id: str
    outcome: Outcome
    document_no: str
    reasons: str
    decided_on: date


class ObjectionWithdrawn(Event):
    """States that the applicant took the objection back (撤回异议). Since v1."""

    TOPIC: ClassVar[str] = "credit/ObjectionWithdrawn.v1"
    objection_id: str
    withdrawn_on: date
    reason: str = ""


# State


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection; each step is None until it happened."""

    filed: ObjectionFiled
    origin: Origin
    version: int
    accepted: ObjectionAccepted | None = None
    declined: ObjectionDeclined | None = None
    forwarded: ObjectionForwarded | None = None
    verified: ObjectionVerified | None = None
    verified_by: Origin | None = None
    decided: ObjectionDecided | None = None
    withdrawn: ObjectionWithdrawn | None = None
    closed_by: Origin | None = None

    @property
    def objection_id(self) -> str:
        return self.filed.objection_id

    @property
    def closed_on(self) -> date | None:
        """The day it was decided, declined or withdrawn; None while it runs."""
        if self.decided is not None:
            return self.decided.decided_on
        if self.declined is not None:
            return self.declined.declined_on
        return self.withdrawn.withdrawn_on if self.withdrawn is not None else None

    @property
    def last_day(self) -> date | None:
        """The last day on which the page says that it is being dealt with; None while it runs."""
        return self.closed_on - DAY if self.closed_on is not None else None

    def state_on(self, on: date) -> tuple[str, Origin]:
        """What it waited for, or how it was closed, at the end of the day, with the event behind it."""
        if self.closed_on is not None and self.closed_on <= on and self.closed_by is not None:
            outcome = self.decided.outcome if self.decided else "declined" if self.declined else "withdrawn"
            return outcome, self.closed_by
        if self.verified is not None and self.verified.verified_on <= on and self.verified_by is not None:
            return f"verified/{self.verified.finding}", self.verified_by
        if self.forwarded is not None and self.forwarded.forwarded_on <= on:
            return "forwarded", self.origin
        return ("accepted" if self.accepted is not None and self.accepted.accepted_on <= on else "filed"), self.origin


Objections = dict[str, Objection]


def entry_of(file: CreditFile, one: Objection) -> str:
    """The entry whose page is marked: the target, or what the repair it is about is a repair of."""
    case = file.repairs.get(one.filed.target_id)
    return case.received.target_id if case is not None else one.filed.target_id


# Evolve


@singledispatch
def evolve(event: Event, objections: Objections, fact: Fact) -> Objections:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"objections cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: ObjectionFiled, objections: Objections, fact: Fact) -> Objections:
    return objections | {event.objection_id: Objection(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: ObjectionAccepted, objections: Objections, fact: Fact) -> Objections:
    return with_step(objections, event.objection_id, fact, accepted=event)


@evolve.register
def _(event: ObjectionDeclined, objections: Objections, fact: Fact) -> Objections:
    return with_step(objections, event.objection_id, fact, declined=event, closed_by=fact.origin)


@evolve.register
def _(event: ObjectionForwarded, objections: Objections, fact: Fact) -> Objections:
    return with_step(objections, event.objection_id, fact, forwarded=event)


@evolve.register
def _(event: ObjectionVerified, objections: Objections, fact: Fact) -> Objections:
    return with_step(objections, event.objection_id, fact, verified=event, verified_by=fact.origin)


@evolve.register
def _(event: ObjectionDecided, objections: Objections, fact: Fact) -> Objections:
    return with_step(objections, event.objection_id, fact, decided=event, closed_by=fact.origin)


@evolve.register
def _(event: ObjectionWithdrawn, objections: Objections, fact: Fact) -> Objections:
    return with_step(objections, event.objection_id, fact, withdrawn=event, closed_by=fact.origin)


EVENTS: tuple[type[Event], ...] = (
    ObjectionFiled, ObjectionAccepted, ObjectionDeclined, ObjectionForwarded, ObjectionVerified, ObjectionDecided,
    ObjectionWithdrawn,
)  # fmt: skip

# What it states and waits for


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Each objection by what it is about: what it waited for on the day, or how it ended."""
    for one in file.objections.values():
        if one.filed.filed_on <= on:
            value, origin = one.state_on(on)
            yield Stated("objection", title_of(file, one), value, origin)


def title_of(file: CreditFile, one: Objection) -> str:
    """The objection as officers call it: by the number of the entry it is about."""
    return number_of(file, entry_of(file, one))


def authors_behind(file: CreditFile, one: Objection) -> tuple[str, ...]:
    """The officers who recorded, classified or corrected the contested entry: none of them decides on it."""
    return tuple(origin.officer_id for group in authors_of(file, entry_of(file, one)) for origin in group)


def accept_term(one: Objection, rules: Reading) -> Term | None:
    """Until when it is accepted or declined."""
    return term_or_none(rules, "objection.accept", filed_on=one.filed.filed_on)


def verify_term(one: Objection, rules: Reading) -> Term | None:
    """Until when it is verified: by the unit it was sent to, else by the bureau itself."""
    if one.forwarded is not None:
        return term_or_none(rules, "objection.provider", forwarded_on=one.forwarded.forwarded_on)
    assert one.accepted is not None
    return term_or_none(rules, "objection.platform", accepted_on=one.accepted.accepted_on)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """The next step of each objection that runs; all together within the time to answer."""
    for one in file.objections.values():
        if one.closed_on is not None:
            continue
        answer = term_or_none(rules, "objection.answer", filed_on=one.filed.filed_on)
        act, since, term, waits_for = "accept_objection", one.filed.filed_on, accept_term(one, rules), ""
        barred: tuple[str, ...] = ()
        if one.accepted is not None:
            act, since, term = "verify_objection", one.accepted.accepted_on, verify_term(one, rules)
        if one.forwarded is not None and one.verified is None:
            since, waits_for = one.forwarded.forwarded_on, "provider"
        if one.verified is not None and one.verified_by is not None:
            act, since, term, waits_for = "decide_objection", one.verified.verified_on, None, ""
            barred = tuple(dict.fromkeys((one.verified_by.officer_id, *authors_behind(file, one))))
        yield Owed(
            act, "objection", one.objection_id, title_of(file, one), one.origin, since, earliest((term, answer)),
            waits_for=waits_for, waits_until=term.until if waits_for and term is not None else None,
            not_officers=barred,
        )  # fmt: skip
