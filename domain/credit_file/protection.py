"""Protection of personal data (个人信息保护): how long an entry is kept in the open, what is sealed, and who looked.

Untrustworthy conduct is kept for the time the row says; then the entry is sealed from officers' ordinary pages (long
before, it left every public one). An officer may seal an entry, or all of the subject, earlier, with a reason. What was
sealed is still there for who must prove or undo it. Personal data itself lies in the vault; each look names one field
and one purpose of a closed list, and is a fact before the text is opened. Erasure stands in `erasure`, requests of
persons in `access`.
Basis: 个人信息保护法 6, 19, 28, 47, 51; rulebook row `retention.discredit` (unverified).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar

from domain.context import Context
from domain.credit_file.disclosure import NothingToNotice
from domain.credit_file.disclosure_period import EntryUnknown, disclosed
from domain.credit_file.listing import end_of
from domain.credit_file.profile import check_registered
from domain.credit_file.sealed_text import SealedText
from domain.credit_file.stated import Stated
from domain.event import Event, Fact, Origin
from domain.law.answers import NoRule, Term
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

RETENTION, PURPOSES = "retention.discredit", "viewing_purposes"
DAY = timedelta(days=1)

# Events


class RetentionEnded(Event):
    """States that the daily job noticed the end of the time an entry is kept; it changes no answer for any date.

    counted_from   the day the time is counted from: of the decision, the breach, or the exit from the list
    ended_on       the first day it was no longer kept in the open
    Since v1. Basis: 个人信息保护法 19.
    """

    TOPIC: ClassVar[str] = "credit/RetentionEnded.v1"
    entry_id: str
    counted_from: date
    ended_on: date


class DataSealed(Event):
    """States that an entry, or with `entry_id` "" the whole file, was sealed from officers' ordinary pages. Since v1.

    Basis: 个人信息保护法 47 (where erasure is not possible, nothing but keeping it safe).
    """

    TOPIC: ClassVar[str] = "credit/DataSealed.v1"
    entry_id: str = ""
    reason: str
    sealed_on: date


class SensitiveViewed(Event):
    """States that an officer opened one sealed field, for one purpose; stored before the text is opened.

    version, field   where the field stands: number of the fact in the file, path in it
    purpose          code of the list `viewing_purposes`
    Since v1. Basis: 个人信息保护法 6, 28, 51.
    """

    TOPIC: ClassVar[str] = "credit/SensitiveViewed.v1"
    version: int
    field: str
    purpose: str
    viewed_on: date


EVENTS: tuple[type[Event], ...] = (RetentionEnded, DataSealed, SensitiveViewed)

# State


@dataclass(frozen=True, slots=True)
class Protection:
    """What was sealed by an officer, by entry ("" = the whole file); ends noticed, by entry; looks, in order."""

    sealed: dict[str, tuple[DataSealed, Origin]] = field(default_factory=dict)
    noticed: dict[str, Origin] = field(default_factory=dict)
    looks: tuple[tuple[SensitiveViewed, Origin], ...] = ()


# Evolve


@singledispatch
def evolve(event: Event, protection: Protection, fact: Fact) -> Protection:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"the protection cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: RetentionEnded, protection: Protection, fact: Fact) -> Protection:
    return replace(protection, noticed=protection.noticed | {event.entry_id: fact.origin})


@evolve.register
def _(event: DataSealed, protection: Protection, fact: Fact) -> Protection:
    return replace(protection, sealed=protection.sealed | {event.entry_id: (event, fact.origin)})


@evolve.register
def _(event: SensitiveViewed, protection: Protection, fact: Fact) -> Protection:
    return replace(protection, looks=(*protection.looks, (event, fact.origin)))


# How long


def kept_entries(file: CreditFile) -> tuple[str, ...]:
    """The ids of all that can be sealed by itself: licences, penalties, conduct, commitments, listings."""
    return (*file.records, *file.conducts, *file.commitments, *file.listings)


def counted_from(file: CreditFile, entry_id: str, rules: Reading) -> date | None:
    """The day from which the keeping of an entry is counted; None where it is no untrustworthy conduct, or not over.

    Raises EntryUnknown.
    """
    if (entry := file.records.get(entry_id)) is not None:
        return entry.record.decided_on if entry.is_penalty else None
    if (one := file.commitments.get(entry_id)) is not None:
        return one.breached.breached_on if one.breached else None
    if (conduct := file.conducts.get(entry_id)) is not None:
        return conduct.decided_on if conduct.kind == "adverse" else None
    if (listing := file.listings.get(entry_id)) is not None:
        if listing.listed is None:
            return None
        last, _, _ = end_of(listing, rules)
        return last + DAY if last is not None else None
    raise EntryUnknown


def retention_of(file: CreditFile, entry_id: str, rules: Reading) -> tuple[date, Term] | None:
    """From when an entry is counted and until when it is kept in the open; None where no rule limits it.

    Raises EntryUnknown.
    """
    first = counted_from(file, entry_id, rules)
    if first is None:
        return None
    try:
        return first, rules.term(RETENTION, decided_on=first)
    except NoRule:
        return None


def kept_until(file: CreditFile, entry_id: str, rules: Reading) -> date | None:
    """Last day an entry is kept in the open, never before the last day it is shown to the public; None = no end."""
    kept = retention_of(file, entry_id, rules)
    if kept is None or kept[1].until is None:
        return None
    period = disclosed(file, rules).get(entry_id)
    if period is None:
        return kept[1].until
    return None if period.until is None else max(kept[1].until, period.until)


def must_be_kept(file: CreditFile, entry_id: str, on: date, rules: Reading) -> bool:
    """Whether the time that an entry is to be kept is still running, or has not begun, as of a listing that stands; an
    officer's seal does not end it. Raises EntryUnknown.
    """
    listing = file.listings.get(entry_id)
    if listing is not None and listing.listed is not None and counted_from(file, entry_id, rules) is None:
        return True
    if retention_of(file, entry_id, rules) is None:
        return False
    until = kept_until(file, entry_id, rules)
    return until is None or on <= until


def is_sealed(file: CreditFile, entry_id: str, on: date, rules: Reading) -> bool:
    """Whether an entry is off officers' ordinary pages on the day: sealed by an officer, or kept long enough."""
    sealed = file.protection.sealed
    if any(one in sealed and sealed[one][0].sealed_on <= on for one in ("", entry_id)):
        return True
    until = kept_until(file, entry_id, rules)
    return until is not None and until < on


def text_at(file: CreditFile, place: str) -> SealedText:
    """The sealed text at a place of the file, ``version.field``.

    Refused, in this order: SealedTextUnknown, TextErased.
    """
    text = next((one for one in file.sealed if one.place == place), None)
    if text is None:
        raise SealedTextUnknown
    if text.key_id in file.erased_keys:
        raise TextErased
    return text


# Checks


class RetentionRunning(Refused):
    zh = "该项保存至 {until}（含当日）；届满之后再记。"
    en = "The entry is kept through {until}; record the end when it is over."


class SealReasonMissing(Refused):
    zh = "没有填写封存的理由；请填写。"
    en = "The reason for sealing is missing; fill it in."
    field = "reason"


class SealedAlready(Refused):
    zh = "该项已经封存；无需再办。"
    en = "This is sealed already; there is nothing more to do."


class StillShown(Refused):
    zh = "该项仍在公示，不能封存；请待公示结束，或先撤回公示。"
    en = "The entry is still shown to the public; seal it when its disclosure is over or withdrawn."


class SealedTextUnknown(Refused):
    zh = "档案中没有这项加密信息；请刷新页面后重选。"
    en = "The file holds no such sealed field; reload the page and choose again."
    kind = "unknown"
    field = "place"


class TextErased(Refused):
    zh = "该项个人信息已依法删除，不能查看；档案其余部分不受影响。"
    en = "This personal data was erased as the law asks and cannot be viewed; the rest of the file stands."
    kind = "gone"


class PurposeUnknown(Refused):
    zh = "查看目的不在清单之内；请从清单中选择。"
    en = "The purpose is not on the list; choose one of the list."
    field = "purpose"


# Decisions


def end_retention(file: CreditFile, context: Context, *, entry_id: str) -> list[Event]:
    """Record that the time an entry is kept is over (保存期届满); the answer for every date stays what it was.

    Refused, in this order: EntryUnknown, NothingToNotice (noticed already, or of no end), RetentionRunning.
    Basis: 个人信息保护法 19; rulebook row `retention.discredit` (unverified).
    """
    until, kept = kept_until(file, entry_id, context.rules), retention_of(file, entry_id, context.rules)
    if entry_id in file.protection.noticed or until is None or kept is None:
        raise NothingToNotice
    if context.today <= until:
        raise RetentionRunning(rule=kept[1].row, until=until)
    return [RetentionEnded(entry_id=entry_id, counted_from=kept[0], ended_on=until + DAY)]


def seal_data(file: CreditFile, context: Context, *, entry_id: str = "", reason: str) -> list[Event]:
    """Seal an entry, or the whole file, from officers' ordinary pages (封存), effective today.

    Refused, in this order: SubjectUnknown, EntryUnknown, SealReasonMissing, SealedAlready, StillShown.
    Basis: 个人信息保护法 47.
    """
    check_registered(file)
    if entry_id and entry_id not in kept_entries(file):
        raise EntryUnknown
    if not reason.strip():
        raise SealReasonMissing
    if any(one in file.protection.sealed for one in ("", entry_id)):
        raise SealedAlready
    shown = disclosed(file, context.rules).items()
    if any(period.covers(context.today) and entry_id in ("", one) for one, period in shown):
        raise StillShown
    return [DataSealed(entry_id=entry_id, reason=reason.strip(), sealed_on=context.today)]


def view_sensitive(file: CreditFile, context: Context, *, place: str, purpose: str) -> list[Event]:
    """Record that an officer looks at one sealed field (查看敏感信息); the vault opens it only after this is stored.

    Refused, in this order: SubjectUnknown, SealedTextUnknown, TextErased, PurposeUnknown.
    Basis: 个人信息保护法 6, 28, 51.
    """
    check_registered(file)
    text = text_at(file, place)
    if purpose not in context.rules.lists(PURPOSES, context.today):
        raise PurposeUnknown
    return [SensitiveViewed(version=text.version, field=text.field, purpose=purpose, viewed_on=context.today)]


# What is stated


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """What is off officers' ordinary pages on the day, and by what."""
    for entry_id, (sealed, origin) in file.protection.sealed.items():
        if sealed.sealed_on <= on:
            yield Stated("protection.sealed", entry_id, sealed.sealed_on.isoformat(), origin)
    for entry_id in kept_entries(file):
        kept = retention_of(file, entry_id, rules)
        # Most entries are kept still: how long one is shown is asked of the others only.
        if kept is None or kept[1].until is None or on <= kept[1].until:
            continue
        until = kept_until(file, entry_id, rules)
        if until is not None and until < on:
            yield Stated("protection.kept_until", entry_id, until.isoformat(), None, kept[1].rows)
