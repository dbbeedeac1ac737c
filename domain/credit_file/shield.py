"""Shielding (暂时屏蔽): while a plan of reorganisation or settlement is carried out, nothing of the subject is public.

A court approves the plan; from the day the shielding begins no entry of the subject is on a public surface, and its
measures are lifted for that time. If the plan is completed, the entries stay off the page and the firm or its
administrator applies for repair, which ends them for good; if it fails, each entry is shown again for the rest of its
own time, which ran on meanwhile.
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
    """States that the subject's entries are off the public surfaces because a court approved its plan.

    court, ruling_no, ruled_on   the ruling that approved the plan of reorganisation or the settlement
    from_on                      first day on which nothing is shown
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
        """First and last day on which nothing is public; after completion without end, since repair is to follow."""
        failed_on = self.ended.ended_on if self.ended is not None and self.ended.cause == "failed" else None
        return self.shielded.from_on, failed_on - DAY if failed_on is not None else None

    def runs_on(self, on: date) -> bool:
        """Whether the plan is carried out on the day: the time for which measures are lifted."""
        return self.shielded.from_on <= on and (self.ended is None or on < self.ended.ended_on)


Shields = dict[str, Shield]


def shield_on(file: CreditFile, on: date) -> Shield | None:
    """The shielding that runs on the day; None where there is none."""
    return next((one for one in file.shields.values() if one.runs_on(on)), None)


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
        elif one.ended.cause == "completed" and one.ended_by is not None and _has_unrepaired(file):
            yield Owed(
                "receive_repair", "shield", shield_id, one.ended.ruling_no, one.ended_by, one.ended.ended_on,
                waits_for="applicant",
            )  # fmt: skip


def _has_unrepaired(file: CreditFile) -> bool:
    """Whether a penalty or a listing is left that repair would end."""
    penalties = (one.entry_id for one in file.records.values() if one.is_penalty and one.annulled_on is None)
    listings = (one.listing_id for one in file.listings.values() if one.listed is not None and one.exited is None)
    return any(file.repaired_on(one) is None for one in (*penalties, *listings))


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
    """Take all entries of the subject off the public surfaces (暂时屏蔽) while its plan is carried out.

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
