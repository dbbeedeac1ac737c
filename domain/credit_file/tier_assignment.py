"""Assigned tier (评定等级): the grade a person gave the subject, beside the one that the file gives on every day.

The rulebook's table proposes: on each day `tier` derives the grade with the inputs that gave it. A section head assigns
just that grade, for as long as the row says; a leader alone may set another, with a reason, and not one's own. When the
file gives another grade later, or the time is over, the assignment waits to be made anew. A tier steers how often the
bureau looks; it is never by itself the ground of a decision, and no decision of this register reads one.
Basis: 营商〔2020〕65号 二(一)4; 国市监信发〔2022〕6号 (A–D); 个人信息保护法 24; rulebook rows `tier.*` (unverified).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar

from domain.context import Context, day_of
from domain.credit_file.duty import Owed
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_not_moved, with_step
from domain.credit_file.tier import Tier, tier_on
from domain.event import Event, Fact, Frozen, Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

VALID = "tier.valid"
"""The parameter that says how long an assigned tier holds."""

# Events


class TierInput(Frozen):
    """One thing that counted: its code in the table, and the entry it comes from ("" for none)."""

    code: str
    entry_id: str = ""


class TierAssigned(Event):
    """States that an officer gave the subject the grade that its file gave on the day.

    scheme          the grades of the table, best first
    proposed_grade  what the table gave; equal to `grade`
    inputs          what in the file gave it
    explanation     how the officer tells the subject
    valid_until     last day it holds, included; None where no rule limits it
    Since v1. Basis: 营商〔2020〕65号 二(一)4; 个人信息保护法 24.
    """

    TOPIC: ClassVar[str] = "credit/TierAssigned.v1"
    assignment_id: str
    scheme: tuple[str, ...]
    grade: str
    proposed_grade: str
    inputs: tuple[TierInput, ...]
    explanation: str
    assigned_on: date
    valid_until: date | None = None


class TierOverridden(Event):
    """States that the leader set another grade than the one assigned, with the reason, for the rest of its time.

    Since v1. Basis: 营商〔2020〕65号 三(一); 个人信息保护法 24.
    """

    TOPIC: ClassVar[str] = "credit/TierOverridden.v1"
    assignment_id: str
    from_grade: str
    to_grade: str
    reason: str
    overridden_on: date


EVENTS: tuple[type[Event], ...] = (TierAssigned, TierOverridden)

# State


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment; `origin` who assigned, `overridden` each later change by the leader with who made it."""

    assigned: TierAssigned
    origin: Origin
    version: int
    overridden: tuple[tuple[TierOverridden, Origin], ...] = ()

    def grade_on(self, on: date) -> str:
        """The grade on a day of its time."""
        set_by_then = [one.to_grade for one, _ in self.overridden if one.overridden_on <= on]
        return set_by_then[-1] if set_by_then else self.assigned.grade

    def covers(self, on: date) -> bool:
        """Whether it holds on the day."""
        until = self.assigned.valid_until
        return self.assigned.assigned_on <= on and (until is None or on <= until)


Tiers = dict[str, Assignment]


def assignment_on(file: CreditFile, on: date) -> Assignment | None:
    """The newest assignment made by the day, if it still holds on it; None where there is none."""
    made = [one for one in file.tiers.values() if one.assigned.assigned_on <= on]
    return made[-1] if made and made[-1].covers(on) else None


# Evolve


@singledispatch
def evolve(event: Event, tiers: Tiers, fact: Fact) -> Tiers:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"assigned tiers cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: TierAssigned, tiers: Tiers, fact: Fact) -> Tiers:
    return tiers | {event.assignment_id: Assignment(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: TierOverridden, tiers: Tiers, fact: Fact) -> Tiers:
    overridden = (*tiers[event.assignment_id].overridden, (event, fact.origin))
    return with_step(tiers, event.assignment_id, fact, overridden=overridden)


# Checks


class TierNotProposed(Refused):
    zh = "当日没有适用的分级方案，不能评定等级；请由市场秩序科补充规则。"
    en = "No scheme of tiers is in force on the day, so none is assigned; a scheme must be added to the rulebook first."


class GradeNotProposed(Refused):
    zh = "档案推定的等级是 {proposed}，不是 {grade}；请按推定评定，确需不同的由分管领导调整。"
    en = "The file gives grade {proposed}, not {grade}; assign what it gives, another grade is the leader's to set."
    field = "grade"


class GradeUnknown(Refused):
    zh = "分级方案中没有等级 {grade}；请选择方案中的等级。"
    en = "The scheme has no grade {grade}; choose one of the scheme."
    field = "to_grade"


class ExplanationMissing(Refused):
    zh = "没有填写说明；评定结果须能向当事人说明，请填写。"
    en = "The explanation is missing; a tier must be explained to its subject, fill it in."
    field = "explanation"


class TierAssignedAlready(Refused):
    zh = "该等级已经评定，依据没有变化，有效至 {until}；无需再办。"
    en = "This grade is already assigned on the same inputs and holds through {until}; there is nothing more to do."


class AssignmentUnknown(Refused):
    zh = "档案中没有这项等级评定；请核对后再办。"
    en = "The file holds no such assignment of a tier; check and try again."
    kind = "unknown"


class AssignmentOver(Refused):
    zh = "该等级评定已过有效期，或已被新的评定取代；请调整最新的评定。"
    en = "The assignment is over or was followed by another; override the newest one."


class SameGrade(Refused):
    zh = "等级已经是 {grade}；无需调整。"
    en = "The grade is {grade} already; there is nothing to override."
    field = "to_grade"


class OverrideReasonMissing(Refused):
    zh = "没有填写调整的理由；请填写。"
    en = "The reason for another grade is missing; fill it in."
    field = "reason"


def proposed_on(file: CreditFile, on: date, rules: Reading) -> Tier:
    """The grade that the file gives on the day.

    Refused: TierNotProposed.
    """
    tier = tier_on(file, on, rules)
    if tier is None:
        raise TierNotProposed
    return tier


def _inputs_of(tier: Tier) -> tuple[TierInput, ...]:
    return tuple(TierInput(code=one.code, entry_id=one.entry_id) for one in tier.inputs)


def gives_the_same(assigned: TierAssigned, tier: Tier) -> bool:
    """Whether the file still gives what was assigned, for the same inputs."""
    return assigned.grade == tier.grade and assigned.inputs == _inputs_of(tier)


# Decisions


def assign_tier(file: CreditFile, context: Context, *, assignment_id: str, grade: str, explanation: str) -> list[Event]:
    """Assign the tier (评定等级) that the file gives today.

    Whoever recorded an input may assign: the grade is the table's, so there is nothing of one's own to approve.
    Refused, in this order: SubjectUnknown, IdTaken, TierNotProposed, GradeNotProposed, ExplanationMissing,
    TierAssignedAlready.
    Basis: 营商〔2020〕65号 二(一)4; 个人信息保护法 24; rulebook rows `tier.scheme`, `tier.grade_inputs`, `tier.valid`.
    """
    check_registered(file)
    check_new_id(file, assignment_id)
    proposed = proposed_on(file, context.today, context.rules)
    if grade != proposed.grade:
        raise GradeNotProposed(rule=proposed.rows[-1], grade=grade, proposed=proposed.grade)
    if not explanation.strip():
        raise ExplanationMissing
    held = assignment_on(file, context.today)
    if held is not None and gives_the_same(held.assigned, proposed):
        raise TierAssignedAlready(until=held.assigned.valid_until or "—")
    until = None
    if context.rules.asks(VALID):
        until = context.rules.term(VALID, on=context.today).until
    return [
        TierAssigned(
            assignment_id=assignment_id, scheme=proposed.rows[0].names, grade=grade, proposed_grade=proposed.grade,
            inputs=_inputs_of(proposed), explanation=explanation.strip(), assigned_on=context.today, valid_until=until,
        )
    ]  # fmt: skip


def override_tier(
    file: CreditFile, context: Context, *, assignment_id: str, to_grade: str, reason: str, seen: int | None = None
) -> list[Event]:
    """Set another grade than the one assigned (调整等级), with the reason.

    Refused, in this order: SubjectUnknown, AssignmentUnknown, CaseMoved, AssignmentOver, GradeUnknown, SameGrade,
    OverrideReasonMissing, SameOfficer.
    Basis: 营商〔2020〕65号 三(一); 个人信息保护法 24.
    """
    check_registered(file)
    one = file.tiers.get(assignment_id)
    if one is None:
        raise AssignmentUnknown
    check_not_moved(one.version, seen)
    if assignment_on(file, context.today) is not one:
        raise AssignmentOver
    if to_grade not in one.assigned.scheme:
        raise GradeUnknown(grade=to_grade)
    now = one.grade_on(context.today)
    if to_grade == now:
        raise SameGrade(grade=now)
    if not reason.strip():
        raise OverrideReasonMissing
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(
            first="等级评定人", second="等级调整人", first_en="assigning the tier", second_en="overriding it"
        )
    return [
        TierOverridden(
            assignment_id=assignment_id, from_grade=now, to_grade=to_grade, reason=reason.strip(),
            overridden_on=context.today,
        )
    ]  # fmt: skip


# What is stated and owed


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """The grade assigned, if an assignment holds on the day, beside the one that the file gives."""
    one = assignment_on(file, on)
    if one is None:
        return
    made = [(event.to_grade, origin) for event, origin in one.overridden if event.overridden_on <= on]
    grade, origin = made[-1] if made else (one.assigned.grade, one.origin)
    yield Stated("tier.assigned", "", grade, origin)
    if one.assigned.valid_until is not None:
        yield Stated("tier.assigned_until", "", one.assigned.valid_until.isoformat(), one.origin)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """The newest assignment, where the file gives something else since, or once its time is over.

    What the file gives is asked for the day of its newest fact: a duty is derived when a fact comes, not every day.
    """
    one = next(reversed(file.tiers.values()), None)
    if one is None:
        return
    known_on, assigned = max(_learnt_on(file), one.assigned.assigned_on), one.assigned
    try:
        tier = tier_on(file, known_on, rules)
    except NoRule:
        tier = None
    title = one.grade_on(known_on)
    if tier is not None and not gives_the_same(assigned, tier):
        yield Owed("assign_tier", "tier", assigned.assignment_id, title, one.origin, known_on)
    elif assigned.valid_until is not None:
        yield Owed(
            "assign_tier", "tier", assigned.assignment_id, title, one.origin, assigned.assigned_on,
            waits_for="term", waits_until=assigned.valid_until,
        )  # fmt: skip


def _learnt_on(file: CreditFile) -> date:
    """The day of the newest fact about what a tier counts, as far as it is stored."""
    origins: list[Origin | None] = [
        *(one.closed_by or one.origin for one in file.commitments.values()),
        *(origin for one in file.listings.values() for origin in (one.origin, one.listed_by, one.exited_by)),
        *(origin for one in file.records.values() for origin in (one.origin, one.annulled, *one.restated)),
        *(one.origin for one in file.releases.values()), *(one.repaired_by for one in file.repairs.values()),
    ]  # fmt: skip
    days = [day_of(one.recorded_at) for one in origins if one is not None and one.recorded_at is not None]
    return max(days, default=date.min)
