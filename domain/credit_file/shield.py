"""Shielding (暂时屏蔽): while a plan of reorganisation or settlement is carried out, what was held against the subject
before is not public.

A court approves the plan; from the day the shielding begins no penalty, listing (but on a red list) or breach decided
by the day of the ruling is on a public surface, and the measures that rest on it do not run. What is decided later is
shown, and so are licences, qualifications and honours. If the plan is completed, the entries stay off the page and
their measures stay suspended until the firm or its administrator applies for repair, which ends them for good; if it
fails, each entry is shown again for the rest of its own time, which ran on meanwhile, and so do its measures.
Basis: 国办发〔2025〕22号 (bankruptcy); NDRC Order 36 三; rulebook rows `bankruptcy.shield`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.duty import Owed
from domain.credit_file.listing_checks import RED, kind_of
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day, check_not_moved, with_step
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAY = timedelta(days=1)

# Events


class SubjectShielded(Event):
    """States that what was held against the subject by the ruling is off the public surfaces,
    since a court approved its plan.

    court, ruling_no, ruled_on   the ruling that approved the plan of reorganisation or the settlement
    from_on                      first day on which it is not shown
    Since v1. Basis: 国办发〔2025〕22号 (temporary shielding while the plan is carried out).
    """

    TOPIC: ClassVar[str] = "credit/SubjectShielded.v1"
    shield_id: str
    court: str
    ruling_no: str
    ruled_on: date
    from_on: date


class ShieldEnded(Event):
    """States that the carrying out of the plan ended: `completed` by a court's ruling, or it `failed`.

    ended_on   day of the ruling; after `failed` the first day on which entries may be shown again
    Since v1. Basis: 国办发〔2025〕22号; NDRC Order 36 三.
    """

    TOPIC: ClassVar[str] = "credit/ShieldEnded.v1"
    shield_id: str
    cause: Literal["completed", "failed"]
    ruling_no: str
    ended_on: date


# State


@dataclass(frozen=True, slots=True)
class Shield:
    """One shielding; `ended` None while the plan is carried out."""

    shielded: SubjectShielded
    origin: Origin
    version: int
    ended: ShieldEnded | None = None
    ended_by: Origin | None = None

    @property
    def hides(self) -> tuple[date, date | None]:
        """First and last day on which what it covers is hidden; after completion without end: repair is to follow."""
        failed_on = self.ended.ended_on if self.ended is not None and self.ended.cause == "failed" else None
        return self.shielded.from_on, failed_on - DAY if failed_on is not None else None

    def hides_on(self, on: date) -> bool:
        """Whether what it covers is hidden on the day, and the measures that rest on it do not run."""
        first, last = self.hides
        return first <= on and (last is None or on <= last)

    def covers(self, file: CreditFile, entry_id: str, rules: Reading) -> bool:
        """Whether it covers an entry: one that burdens the subject and was decided by the day of the ruling."""
        decided_on = _held_against_since(file, entry_id, rules)
        return decided_on is not None and decided_on <= self.shielded.ruled_on


Shields = dict[str, Shield]


def _held_against_since(file: CreditFile, entry_id: str, rules: Reading) -> date | None:
    """The day on which a penalty, a listing, adverse conduct or a breach was decided; None of what burdens nobody."""
    if (entry := file.records.get(entry_id)) is not None:
        return entry.record.decided_on if entry.is_penalty else None
    if (listing := file.listings.get(entry_id)) is not None:
        is_burden = listing.listed is not None and kind_of(listing.list_type, rules) != RED
        return listing.listed.decided_on if listing.listed is not None and is_burden else None
    if (conduct := file.conducts.get(entry_id)) is not None:
        return conduct.decided_on if conduct.kind == "adverse" else None
    promise = file.commitments.get(entry_id)
    return promise.breached.breached_on if promise is not None and promise.breached is not None else None


def shields_of(file: CreditFile, entry_id: str, rules: Reading) -> Iterator[Shield]:
    """The shieldings that cover an entry, whenever they hide it."""
    return (one for one in file.shields.values() if one.covers(file, entry_id, rules))


def shield_on(file: CreditFile, entry_id: str, on: date, rules: Reading) -> Shield | None:
    """The shielding that hides the entry on the day; None where none does."""
    return next((one for one in shields_of(file, entry_id, rules) if one.hides_on(on)), None)


# Evolve


@singledispatch
def evolve(event: Event, shields: Shields, fact: Fact) -> Shields:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"shields cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: SubjectShielded, shields: Shields, fact: Fact) -> Shields:
    return shields | {event.shield_id: Shield(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: ShieldEnded, shields: Shields, fact: Fact) -> Shields:
    return with_step(shields, event.shield_id, fact, ended=event, ended_by=fact.origin)


EVENTS: tuple[type[Event], ...] = (SubjectShielded, ShieldEnded)

# What it states and waits for


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Whether the subject is shielded on the day, and how that ended. For officers: no public page tells it."""
    for one in file.shields.values():
        if one.shielded.from_on > on:
            continue
        if one.ended is not None and one.ended.ended_on <= on:
            yield Stated("shield", one.shielded.ruling_no, one.ended.cause, one.ended_by)
        else:
            yield Stated("shield", one.shielded.ruling_no, "running", one.origin)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """The end of a plan that runs, which the court decides; after its completion the application for repair."""
    for shield_id, one in file.shields.items():
        if one.ended is None:
            yield Owed(
                "end_shield", "shield", shield_id, one.shielded.ruling_no, one.origin, one.shielded.from_on,
                waits_for="court",
            )  # fmt: skip
        elif one.ended.cause == "completed" and one.ended_by is not None and _has_unrepaired(file, one, rules):
            yield Owed(
                "receive_repair", "shield", shield_id, one.ended.ruling_no, one.ended_by, one.ended.ended_on,
                waits_for="applicant",
            )  # fmt: skip


def _has_unrepaired(file: CreditFile, shield: Shield, rules: Reading) -> bool:
    """Whether a penalty or a listing it covers is left that repair would end."""
    penalties = (one.entry_id for one in file.records.values() if one.is_penalty and one.annulled_on is None)
    listings = (one.listing_id for one in file.listings.values() if one.listed is not None and one.exited is None)
    left = (one for one in (*penalties, *listings) if file.repaired_on(one) is None)
    return any(shield.covers(file, one, rules) for one in left)


# Checks


class ShieldUnknown(Refused):
    zh = "档案中没有这次屏蔽；请从主体档案进入。"
    en = "The file holds no such shielding; start from the subject's file."
    kind = "unknown"


class ShieldHasNoBasis(Refused):
    zh = "裁定日适用的规定没有破产重整、和解期间屏蔽公示的制度；请依现有公示期办理，或待适用的规定。"
    en = "The rule of the ruling's day knows no shielding in bankruptcy; the periods of disclosure stay as they are."


class ShieldedAlready(Refused):
    zh = "该主体已在屏蔽期内（裁定书 {ruling_no}）；请先登记前一次屏蔽的结束。"
    en = "The subject is shielded already under ruling {ruling_no}; record the end of that shielding first."


class RulingMissing(Refused):
    zh = "没有填写法院或裁定书文号；请按裁定书填写。"
    en = "The court or the number of its ruling is missing; copy them from the ruling."
    field = "ruling_no"


class ShieldOver(Refused):
    zh = "这次屏蔽已于 {on} 结束；无需再办。"
    en = "This shielding ended on {on}; there is nothing more to do."


# Decisions


def shield_subject(
    file: CreditFile, context: Context, *, shield_id: str, court: str, ruling_no: str, ruled_on: date, from_on: date
) -> list[Event]:
    """Take what was held against the subject by the ruling's day off the public surfaces (暂时屏蔽) while its plan is
    carried out; licences, qualifications, honours and what is decided later stay.

    Refused, in this order: SubjectUnknown, IdTaken, RulingMissing, DayInFuture, BeforeStepBefore (begun before the
    ruling), ShieldHasNoBasis, ShieldedAlready.
    Basis: 国办发〔2025〕22号; rulebook rows `bankruptcy.shield`.
    """
    check_registered(file)
    check_new_id(file, shield_id)
    if not court.strip() or not ruling_no.strip():
        raise RulingMissing
    check_day(context, ruled_on)
    check_day(context, from_on, ruled_on)
    row = context.rules.select("bankruptcy.shield", days={"ruled_on": ruled_on})
    if row.choice != "yes":
        raise ShieldHasNoBasis(rule=row)
    if (running := next((one for one in file.shields.values() if one.ended is None), None)) is not None:
        raise ShieldedAlready(ruling_no=running.shielded.ruling_no)
    return [SubjectShielded(shield_id=shield_id, court=court, ruling_no=ruling_no, ruled_on=ruled_on, from_on=from_on)]


def end_shield(
    file: CreditFile, context: Context, *, shield_id: str, cause: Literal["completed", "failed"], ruling_no: str,
    ended_on: date, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the plan was completed or failed (结束屏蔽). Completed: the firm or its administrator applies for
    repair. Failed: each entry is shown again for the rest of its time.

    Refused, in this order: SubjectUnknown, ShieldUnknown, CaseMoved, ShieldOver, RulingMissing, DayInFuture,
    BeforeStepBefore (ended before it began).
    Basis: 国办发〔2025〕22号; NDRC Order 36 三 (two steps).
    """
    check_registered(file)
    one = file.shields.get(shield_id)
    if one is None:
        raise ShieldUnknown
    check_not_moved(one.version, seen)
    if one.ended is not None:
        raise ShieldOver(on=one.ended.ended_on)
    if not ruling_no.strip():
        raise RulingMissing
    check_day(context, ended_on, one.shielded.from_on)
    return [ShieldEnded(shield_id=shield_id, cause=cause, ruling_no=ruling_no, ended_on=ended_on)]
