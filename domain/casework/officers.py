"""Officers (工作人员): who holds which role, since when, until when, and who stands in for whom.

Each officer has a stream. Accounts and passwords are no part of it: they are the sign-in's own and prove nothing.
Basis: 营商〔2020〕65号 三(一) (leading group, sections, counties); a recorded delegation for absence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import ClassVar
from uuid import UUID

from domain.context import Context, Officer
from domain.event import Event, Fact
from domain.refusals import Refused

# Events


class OfficerAppointed(Event):
    """States that a person holds a role in a section for an area from `from_on`.

    officer_id     account name; `display_name` is how pages name the officer (a public servant in office)
    office         the office the officer belongs to; a legality reviewer may come from another one
    Since v1.
    """

    TOPIC: ClassVar[str] = "casework/OfficerAppointed.v1"
    officer_id: str
    display_name: str
    role: str
    section: str
    office: str
    area: str
    from_on: date


class OfficerDismissed(Event):
    """States that the officer holds no role any more; `until_on` is the last day, included. Since v1."""

    TOPIC: ClassVar[str] = "casework/OfficerDismissed.v1"
    officer_id: str
    until_on: date
    reason: str


class PowerDelegated(Event):
    """States that the officer's role is exercised by another one from `from_on` through `until_on`. Since v1."""

    TOPIC: ClassVar[str] = "casework/PowerDelegated.v1"
    officer_id: str
    to_officer_id: str
    from_on: date
    until_on: date
    reason: str


EVENTS: tuple[type[Event], ...] = (OfficerAppointed, OfficerDismissed, PowerDelegated)

# State


@dataclass(frozen=True, slots=True)
class Appointments:
    """What one officer was appointed to, and to whom the role was lent."""

    version: int = 0
    appointed: OfficerAppointed | None = None
    dismissed: OfficerDismissed | None = None
    delegations: tuple[PowerDelegated, ...] = ()
    former: tuple[tuple[OfficerAppointed, OfficerDismissed], ...] = ()

    @classmethod
    def empty(cls, stream_id: UUID) -> Appointments:
        """Before the first appointment."""
        return cls()

    def term_on(self, on: date) -> OfficerAppointed | None:
        """The appointment that covers the day, the latest of several; None while out of office."""
        terms = [*self.former, *([(self.appointed, self.dismissed)] if self.appointed else [])]
        for appointed, dismissed in reversed(terms):
            if appointed.from_on <= on and (dismissed is None or on <= dismissed.until_on):
                return appointed
        return None

    def in_office(self, on: date) -> bool:
        """Whether the officer held a role that day, in this appointment or a former one."""
        return self.term_on(on) is not None

    def as_officer(self, on: date) -> Officer | None:
        """The officer acting for themselves in the role held that day; None while out of office."""
        one = self.term_on(on)
        return None if one is None else Officer(one.officer_id, one.role, one.section, one.area)

    def lent_to(self, officer_id: str, on: date) -> Officer | None:
        """The role as the other officer may exercise it that day, or None.

        What was lent is the role held on the first day of the loan: the loan ends with that appointment and never
        grows into another one.
        """
        for one in self.delegations:
            term = self.term_on(one.from_on)
            is_lent = one.to_officer_id == officer_id and one.from_on <= on <= one.until_on
            if is_lent and term is not None and self.term_on(on) == term:
                return Officer(officer_id, term.role, term.section, term.area, on_behalf_of=one.officer_id)
        return None


# Evolve


@singledispatch
def evolve(event: Event, held: Appointments, fact: Fact) -> Appointments:
    """Fold one event in. An event of another stream is corruption: stop."""
    raise TypeError(f"appointments cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: OfficerAppointed, held: Appointments, fact: Fact) -> Appointments:
    former = held.former
    if held.appointed is not None and held.dismissed is not None:
        former = (*former, (held.appointed, held.dismissed))
    return replace(held, appointed=event, dismissed=None, former=former)


@evolve.register
def _(event: OfficerDismissed, held: Appointments, fact: Fact) -> Appointments:
    return replace(held, dismissed=event)


@evolve.register
def _(event: PowerDelegated, held: Appointments, fact: Fact) -> Appointments:
    return replace(held, delegations=(*held.delegations, event))


def fold(held: Appointments, fact: Fact) -> Appointments:
    """Fold one fact in."""
    return replace(evolve(fact.event, held, fact), version=fact.originator_version)


# Checks


class AlreadyInOffice(Refused):
    zh = "该人员已在任；改任的，请先解除原任。"
    en = "The officer already holds a role; end it first, then appoint anew."


class NotInOffice(Refused):
    zh = "该人员不在任；请先任命。"
    en = "The officer holds no role; appoint first."


class DismissedBeforeAppointment(Refused):
    zh = "任职最后一日早于任命日 {from_on}；请核对。"
    en = "The last day in office lies before the appointment of {from_on}; check it."
    field = "until_on"


class RoleUnknown(Refused):
    zh = "没有“{role}”这一岗位；请从岗位表中选择。"
    en = "There is no role {role}; choose one of the table."
    field = "role"


class NotOwnPower(Refused):
    zh = "只能委托本人的岗位；请由 {officer_id} 本人办理委托。"
    en = "Only one's own role can be delegated; have {officer_id} record the delegation."
    kind = "forbidden"


class DelegationReversed(Refused):
    zh = "委托的截止日期早于起始日期；请核对。"
    en = "The delegation ends before it begins; check the days."
    field = "until_on"


class DelegationToSelf(Refused):
    zh = "不能委托给本人。"
    en = "A power cannot be delegated to oneself."
    field = "to_officer_id"


# Decisions


def appoint_officer(
    held: Appointments, context: Context, *, officer_id: str, display_name: str, role: str, section: str, office: str,
    area: str, from_on: date, roles: frozenset[str],
) -> list[Event]:  # fmt: skip
    """Appoint an officer (任命) to one of `roles`.

    Refused, in this order: RoleUnknown, AlreadyInOffice.
    Basis: 营商〔2020〕65号 三(一).
    """
    if role not in roles:
        raise RoleUnknown(role=role)
    if held.appointed is not None and held.dismissed is None:
        raise AlreadyInOffice
    return [
        OfficerAppointed(
            officer_id=officer_id, display_name=display_name, role=role, section=section, office=office, area=area,
            from_on=from_on,
        )
    ]  # fmt: skip


def dismiss_officer(held: Appointments, context: Context, *, until_on: date, reason: str) -> list[Event]:
    """End an appointment (免职); the last day is included.

    Refused, in this order: NotInOffice, DismissedBeforeAppointment.
    Basis: 营商〔2020〕65号 三(一).
    """
    if held.appointed is None or held.dismissed is not None:
        raise NotInOffice
    if until_on < held.appointed.from_on:
        raise DismissedBeforeAppointment(from_on=held.appointed.from_on)
    return [OfficerDismissed(officer_id=held.appointed.officer_id, until_on=until_on, reason=reason)]


def delegate_power(
    held: Appointments, context: Context, *, to_officer_id: str, from_on: date, until_on: date, reason: str
) -> list[Event]:
    """Lend one's role for a time (委托), for absence.

    Refused, in this order: NotInOffice, NotOwnPower, DelegationToSelf, DelegationReversed.
    Basis: recorded delegation with dates.
    """
    if held.appointed is None or not held.in_office(context.today):
        raise NotInOffice
    # Whoever acts for somebody else keeps their own id, so a lent role cannot be lent on.
    if context.officer.officer_id != held.appointed.officer_id:
        raise NotOwnPower(officer_id=held.appointed.officer_id)
    if to_officer_id == held.appointed.officer_id:
        raise DelegationToSelf
    if until_on < from_on:
        raise DelegationReversed
    return [
        PowerDelegated(
            officer_id=held.appointed.officer_id, to_officer_id=to_officer_id, from_on=from_on, until_on=until_on,
            reason=reason,
        )
    ]  # fmt: skip
