"""Measures (惩戒措施): what an entry costs the subject beyond being shown, and when that ends.

A measure stands on the list in force that day and rests on something that stands: a listing, a penalty, a breach or
adverse conduct.
It runs no longer than its ground: whoever ends the ground (repair, exit) lifts every measure that rests on it the same
day, each by a fact of its own. What the date alone ends, a term or a last day, needs no act. While a plan of
reorganisation is carried out, what rests on a shielded entry does not run; it goes on for the rest of its own days if
the plan fails, and stays suspended until the repair once the plan was completed (`shield`).
Basis: 全国失信惩戒措施基础清单 (of 2021-12-16, recollection; before it the memoranda); NDRC Order 36 三; the code list
`measures`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.conduct import counts_on
from domain.credit_file.duty import Owed
from domain.credit_file.listing import covers
from domain.credit_file.listing_checks import RED, kind_of
from domain.credit_file.profile import check_existing, check_new_id, check_registered
from domain.credit_file.shield import shield_on
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day, check_not_before, check_not_moved, with_step
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

Cause = Literal["repair", "term", "revocation", "annulment", "shield", "other"]
"""Why a measure was lifted: the entry repaired, its term over, it was taken back or annulled, the subject shielded."""

# Events


class MeasureApplied(Event):
    """States that a measure was taken against the subject because of one entry of its file.

    target_id     the listing, penalty, breached commitment or adverse conduct it rests on
    measure_code  of the list `measures`; matter: what it is about; section: who carries it out; effect: what it does
    from_on, until   first and last day; `until` None: as long as the listing it rests on
    Since v1. Basis: 全国失信惩戒措施基础清单 (no measure beyond the list).
    """

    TOPIC: ClassVar[str] = "credit/MeasureApplied.v1"
    measure_id: str
    target_id: str
    measure_code: str
    matter: str
    section: str
    effect: str
    from_on: date
    until: date | None = None


class MeasureLifted(Event):
    """States that a measure was lifted (解除): `lifted_on` is the first day without it. Since v1.

    Basis: NDRC Order 36 三 (repair lifts measures); 国办发〔2020〕49号 十.
    """

    TOPIC: ClassVar[str] = "credit/MeasureLifted.v1"
    measure_id: str
    cause: Cause
    lifted_on: date
    reason: str = ""


# State


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; `lifted` None until an act lifted it."""

    applied: MeasureApplied
    origin: Origin
    version: int
    lifted: MeasureLifted | None = None
    lifted_by: Origin | None = None

    @property
    def measure_id(self) -> str:
        return self.applied.measure_id

    def is_due_on(self, on: date) -> bool:
        """Whether its own days and no act of lifting say that it runs."""
        applied = self.applied
        is_within = applied.from_on <= on and (applied.until is None or on <= applied.until)
        return is_within and (self.lifted is None or on < self.lifted.lifted_on)


Measures = dict[str, Measure]


def stands(file: CreditFile, target_id: str, on: date, rules: Reading) -> bool:
    """Whether the entry that a measure rests on holds that day: on the list, a penalty in force, a breach found."""
    if (listing := file.listings.get(target_id)) is not None:
        return covers(listing, on, rules)
    if (entry := file.records.get(target_id)) is not None:
        is_annulled = entry.annulled_on is not None and entry.annulled_on <= on
        is_in_force = not is_annulled and not file.is_repaired(target_id, on)
        return entry.is_penalty and entry.record.decided_on <= on and is_in_force
    if (conduct := file.conducts.get(target_id)) is not None:
        return conduct.kind == "adverse" and counts_on(conduct, on, rules)
    promise = file.commitments.get(target_id)
    return promise is not None and promise.state_on(on) == "breached"


def runs_on(file: CreditFile, one: Measure, on: date, rules: Reading) -> bool:
    """Whether a measure runs that day: not lifted, not over, what it rests on stands, and no shielding covers that."""
    return shield_on(file, one.applied.target_id, on, rules) is None and would_run_on(file, one, on, rules)


def would_run_on(file: CreditFile, one: Measure, on: date, rules: Reading) -> bool:
    """Whether it would run that day but for a shielding."""
    return one.is_due_on(on) and stands(file, one.applied.target_id, on, rules)


def measures_on(file: CreditFile, on: date, rules: Reading) -> list[Measure]:
    """The measures that run that day."""
    return [one for one in file.measures.values() if runs_on(file, one, on, rules)]


def lifted_by(file: CreditFile, target_id: str, on: date, cause: Cause) -> list[Event]:
    """What ending an entry does to the measures that rest on it: each one that would run on is lifted that day."""
    return [
        MeasureLifted(measure_id=one.measure_id, cause=cause, lifted_on=max(on, one.applied.from_on))
        for one in file.measures.values()
        if one.applied.target_id == target_id and one.is_due_on(max(on, one.applied.from_on))
    ]


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """What the file says of each measure that has begun.

    That a term is over is said by the date, with or without the register's note of it.
    """
    for one in file.measures.values():
        if on < one.applied.from_on:
            continue
        about, lifted = one.applied.measure_code, one.lifted
        if lifted is not None and lifted.cause != "term" and lifted.lifted_on <= on:
            yield Stated("measure", about, f"lifted/{lifted.cause}", one.lifted_by)
        elif would_run_on(file, one, on, rules):
            shield = shield_on(file, one.applied.target_id, on, rules)
            yield Stated("measure", about, "shielded" if shield else "running", shield.origin if shield else one.origin)
        else:
            yield Stated("measure", about, "over", None)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each measure not lifted although the penalty or the conduct it rests on was annulled."""
    for one in file.measures.values():
        entry = file.records.get(one.applied.target_id) or file.conducts.get(one.applied.target_id)
        if entry is not None and entry.annulled_on is not None and one.is_due_on(entry.annulled_on):
            yield Owed("lift_measure", "measure", one.measure_id, one.applied.matter, one.origin, entry.annulled_on)


# Evolve


@singledispatch
def evolve(event: Event, measures: Measures, fact: Fact) -> Measures:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"measures cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: MeasureApplied, measures: Measures, fact: Fact) -> Measures:
    return measures | {event.measure_id: Measure(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: MeasureLifted, measures: Measures, fact: Fact) -> Measures:
    return with_step(measures, event.measure_id, fact, lifted=event, lifted_by=fact.origin)


EVENTS: tuple[type[Event], ...] = (MeasureApplied, MeasureLifted)

# Checks


class NothingToRestOn(Refused):
    zh = "惩戒措施须以现行有效的列入、处罚、违诺或不良行为为依据，该项不存在或已不成立；请核对。"
    en = "A measure rests on a listing, penalty, breach or adverse conduct that stands; this one does not."
    field = "target_id"
    kind = "unknown"


class RestsOnHonour(Refused):
    zh = "守信激励名单不能作为惩戒措施的依据；请核对。"
    en = "A list of honours is no ground for a measure; check the entry."
    field = "target_id"


class BeyondMeasureList(Refused):
    zh = "{on} 适用的惩戒措施清单中没有“{code}”，不得在清单外采取措施；请从清单中选择。"
    en = "The list of measures in force on {on} has no {code}; no measure goes beyond the list, choose from it."
    field = "measure_code"


class MeasureEndMissing(Refused):
    zh = "不以列入为依据的措施须写明截止日；请填写。"
    en = "A measure that rests on no listing needs a last day; state it."
    field = "until"


class MeasureRuns(Refused):
    zh = "同一事由已采取同一措施，尚未结束；无需再办。"
    en = "The same measure already runs for the same entry; there is nothing more to do."
    field = "measure_code"


class MeasureUnknown(Refused):
    zh = "档案中没有这一惩戒措施；请核对。"
    en = "The file holds no such measure; check it."
    kind = "unknown"


class MeasureOver(Refused):
    zh = "该措施已经解除或期满；无需再办。"
    en = "The measure was lifted, or its last day is over; there is nothing more to do."


class LiftReasonMissing(Refused):
    zh = "因其他原因解除措施的，请写明理由。"
    en = "Lifting a measure for another cause needs its reason; state it."
    field = "reason"


# Decisions


def apply_measure(file: CreditFile, context: Context, *, measure: MeasureApplied) -> list[Event]:
    """Take a measure of the list in force (采取惩戒措施) because of an entry that stands.

    Refused, in this order: SubjectUnknown, Deregistered, IdTaken, DayInFuture, NothingToRestOn, RestsOnHonour,
    BeyondMeasureList, MeasureEndMissing, BeforeStepBefore (it would end before it begins), MeasureRuns.
    Basis: 全国失信惩戒措施基础清单; 国办发〔2020〕49号 (no measure beyond the list); code list `measures`.
    """
    check_existing(file, context.today)
    check_new_id(file, measure.measure_id)
    check_day(context, measure.from_on)
    for day in (measure.from_on, context.today):
        if not stands(file, measure.target_id, day, context.rules):
            raise NothingToRestOn
    listing = file.listings.get(measure.target_id)
    if listing is not None and kind_of(listing.list_type, context.rules) == RED:
        raise RestsOnHonour
    if measure.measure_code not in context.rules.lists("measures", measure.from_on):
        raise BeyondMeasureList(on=measure.from_on, code=measure.measure_code)
    if measure.until is None and listing is None:
        raise MeasureEndMissing
    if measure.until is not None:
        check_not_before(measure.until, measure.from_on)
    for one in file.measures.values():
        is_same = (one.applied.target_id, one.applied.measure_code, one.applied.matter) == (
            measure.target_id, measure.measure_code, measure.matter,
        )  # fmt: skip
        if is_same and one.is_due_on(context.today):
            raise MeasureRuns
    return [measure]


def lift_measure(
    file: CreditFile, context: Context, *, measure_id: str, cause: Cause, lifted_on: date, reason: str = "",
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Lift a measure (解除惩戒措施) by an act of its own; repair and exit lift theirs themselves.

    Refused, in this order: SubjectUnknown, MeasureUnknown, CaseMoved, DayInFuture, BeforeStepBefore (before it began),
    MeasureOver, LiftReasonMissing (for another cause).
    Basis: 国办发〔2020〕49号 十; NDRC Order 36 三.
    """
    check_registered(file)
    one = file.measures.get(measure_id)
    if one is None:
        raise MeasureUnknown
    check_not_moved(one.version, seen)
    check_day(context, lifted_on, one.applied.from_on)
    if not one.is_due_on(lifted_on):
        raise MeasureOver
    if cause == "other" and not reason.strip():
        raise LiftReasonMissing
    return [MeasureLifted(measure_id=measure_id, cause=cause, lifted_on=lifted_on, reason=reason)]
