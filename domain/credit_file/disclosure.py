"""Disclosure (公示): what the public may see of the file, by whose release, and what an approver may not release.

Nothing recorded is public by itself. An approver who neither recorded nor changed it releases it, and the release
covers the text and the class that its approver saw: once either is changed, the entry is off the page until it is
released anew. From which day through which day a released entry is shown is derived in `disclosure_period`.
Basis: rulebook rows `disclosure.shown`, `disclosure.own_field`, `disclosure.max`; 营商〔2020〕65号 二(一)3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar

from domain.context import Context
from domain.credit_file.disclosure_period import (
    DAY,
    Cause,
    EntryUnknown,
    Release,
    Releases,
    conduct_period,
    disclosed,
    is_released,
    judge_entry,
    own_field_ends,
    period_of,
)
from domain.credit_file.profile import check_registered
from domain.credit_file.record import Entry
from domain.event import Event, Fact, Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused, RuleMissing, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

PERIOD_PARAMETERS = ("disclosure.max", "licence.max", "list.term")

# Events


class Disclosed(Event):
    """States that an approver released an entry of the file to the public from `disclosed_from` on.

    entry_id   a licence, a penalty, a commitment or a listing of this file
    Since v1. Basis: 营商〔2020〕65号 二(一)3 (content is checked before disclosure).
    """

    TOPIC: ClassVar[str] = "credit/Disclosed.v1"
    entry_id: str
    disclosed_from: date


class DisclosureEnded(Event):
    """States that the daily job noticed the end of a disclosure; it changes no answer for any date. Since v1.

    ended_on   the first day it was no longer shown
    """

    TOPIC: ClassVar[str] = "credit/DisclosureEnded.v1"
    entry_id: str
    cause: Cause
    ended_on: date


# Evolve


@singledispatch
def evolve(event: Event, releases: Releases, fact: Fact) -> Releases:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"releases cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: Disclosed, releases: Releases, fact: Fact) -> Releases:
    before = releases.get(event.entry_id)
    earlier = (*before.earlier, replace(before, earlier=())) if before is not None else ()
    return releases | {event.entry_id: Release(event.entry_id, event.disclosed_from, fact.origin, earlier=earlier)}


@evolve.register
def _(event: DisclosureEnded, releases: Releases, fact: Fact) -> Releases:
    return releases | {event.entry_id: replace(releases[event.entry_id], noticed=fact.origin)}


EVENTS: tuple[type[Event], ...] = (Disclosed, DisclosureEnded)

# Checks


class NotClassified(Refused):
    zh = "该处罚尚未归类失信程度，公示期无法推定；请先归类。"
    en = "The penalty has no class yet, so its period cannot be derived; classify it first."


class NotDisclosedByLaw(Refused):
    zh = "按决定日期适用的规定，此类信息不公示；已存入档案，无需再办。"
    en = "The rule of the decision date does not disclose such information; it stays in the file, nothing more to do."


class LicenceNotValid(Refused):
    zh = "该许可的当前状态为无效，不予公示；状态有误的，请由许可机关更正后重新报送。"
    en = "The licence is marked as not valid, so it is not disclosed; have the authority correct a wrong status."


class DisclosureNotAgreed(Refused):
    zh = "承诺人没有同意公示该承诺；征得同意后另行登记。"
    en = "The subject did not agree to the disclosure of its commitment; record one with its consent."


class AlreadyDisclosed(Refused):
    zh = "该项已经批准公示；无需再办。"
    en = "The entry is already released; there is nothing more to do."


class DisclosureOver(Refused):
    zh = "该项的公示期已于 {until} 结束；不再公示。"
    en = "The entry's period of disclosure ended on {until}; it is not disclosed any more."


class StillDisclosed(Refused):
    zh = "该项仍在公示期内；到期之后再记。"
    en = "The entry is still within its period; record the end when it is over."


class NothingToNotice(Refused):
    zh = "没有可记的结束；无需再办。"
    en = "There is no end to record; nothing more to do."


def unanswered(entry: Entry | None, silent: NoRule, rules: Reading) -> Refused:
    """Why no rule answers for an entry: the scheme of its day asks for a class it lacks, or the law says nothing."""
    if entry is not None and rules.asks("class.scheme"):
        try:
            scheme = rules.select("class.scheme", days={"decided_on": entry.record.decided_on})
        except NoRule:
            return RuleMissing(parameter=silent.parameter)
        if scheme.names and not any(one.split("/", 1)[0] in entry.classes for one in scheme.names):
            return NotClassified(rule=scheme)
    return RuleMissing(parameter=silent.parameter)


def authors_of(file: CreditFile, entry_id: str) -> tuple[tuple[Origin, ...], tuple[Origin, ...]]:
    """Who recorded an entry, and who corrected or classified it. Raises EntryUnknown."""
    entry = file.records.get(entry_id) or file.conducts.get(entry_id) or file.listings.get(entry_id)
    return (file.origin_of(entry_id),), entry.restated if entry is not None else ()


def officers_behind(file: CreditFile, entry_id: str) -> frozenset[str]:
    """The officers who may not release an entry, since they recorded, corrected or classified it."""
    return frozenset(one.officer_id for group in authors_of(file, entry_id) for one in group)


def why_not_disclosed(file: CreditFile, entry_id: str, today: date, rules: Reading) -> Refused:
    """Why an entry without a period is not disclosed."""
    if entry_id in file.commitments:
        return DisclosureNotAgreed()
    if (listing := file.listings.get(entry_id)) is not None:
        assert listing.listed is not None
        return NotDisclosedByLaw(rule=own_field_ends(False, listing.listed.decided_on, rules)[1])
    if (conduct := file.conducts.get(entry_id)) is not None:
        kept_off = conduct_period(conduct, today, rules)
        return NotDisclosedByLaw(rule=kept_off if isinstance(kept_off, Row) else None)
    forbidden = judge_entry(file, file.records[entry_id], today, rules)
    return NotDisclosedByLaw(rule=forbidden) if isinstance(forbidden, Row) else LicenceNotValid()


def check_not_author(file: CreditFile, context: Context, entry_id: str) -> None:
    """Nobody releases what they recorded, corrected or classified themselves."""
    recorders, changers = authors_of(file, entry_id)
    if any(one.officer_id == context.officer.officer_id for one in recorders):
        raise SameOfficer(first="登记人", second="批准公示人", first_en="recording", second_en="releasing")
    if any(one.officer_id == context.officer.officer_id for one in changers):
        raise SameOfficer(
            first="更正人或归类人", second="批准公示人", first_en="correcting or classifying", second_en="releasing"
        )


# Decisions


def disclose(file: CreditFile, context: Context, *, entry_id: str) -> list[Event]:
    """Release an entry to the public (批准公示) from today on; again, once its text or class was changed.

    Refused, in this order: SubjectUnknown, EntryUnknown, SameOfficer, AlreadyDisclosed, NotClassified or RuleMissing,
    NotDisclosedByLaw, LicenceNotValid or DisclosureNotAgreed, DisclosureOver.
    Basis: rulebook rows `disclosure.shown`, `disclosure.own_field`, `disclosure.max`; 营商〔2020〕65号 二(一)3.
    """
    check_registered(file)
    check_not_author(file, context, entry_id)
    if is_released(file, entry_id):
        raise AlreadyDisclosed
    try:
        period = period_of(file, entry_id, context.today, context.rules)
        if period is None:
            raise why_not_disclosed(file, entry_id, context.today, context.rules)
    except NoRule as silent:
        raise unanswered(file.records.get(entry_id), silent, context.rules) from None
    if period.until is not None and period.until < context.today:
        row = next((one for one in period.rows if one.parameter in PERIOD_PARAMETERS), None)
        raise DisclosureOver(rule=row, until=period.until)
    return [Disclosed(entry_id=entry_id, disclosed_from=context.today)]


def end_disclosure(file: CreditFile, context: Context, *, entry_id: str) -> list[Event]:
    """Record that a disclosure has ended (终止公示) by date; the answer for every date stays what it was.

    Refused, in this order: EntryUnknown, NothingToNotice, StillDisclosed.
    Basis: rulebook rows `disclosure.max`.
    """
    release = file.releases.get(entry_id)
    if release is None:
        raise EntryUnknown
    period = disclosed(file, context.rules).get(entry_id)
    if release.noticed is not None or period is None or period.until is None:
        raise NothingToNotice
    if period.until >= context.today:
        raise StillDisclosed
    return [DisclosureEnded(entry_id=entry_id, cause=period.cause, ended_on=period.until + DAY)]
