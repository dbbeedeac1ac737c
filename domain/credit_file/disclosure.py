"""Disclosure (公示): what the public may see of the file, from which day through which day, and why it ends.

Nothing recorded is public by itself. An approver who did not record it releases it; the version in force on its
decision day must disclose such a thing at all; then it is shown until the longest period (最长公示期) ends, a repair
ends it, or it is annulled. The last day is derived from the rulebook, never stored: so a page is right on every day,
whether or not a job ran last night. A later rule more favourable to the subject shortens the period, a harsher one
never lengthens it.
Basis: rulebook rows `disclosure.shown`, `disclosure.max`, `repair.min`; 营商〔2020〕65号 二(一)3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.profile import check_registered
from domain.credit_file.record import Entry, LicenceRecorded
from domain.event import Event, Fact, Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused, RuleMissing, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAY = timedelta(days=1)
Cause = Literal["term", "repair", "annulled", "later_rule"]

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


# State


@dataclass(frozen=True, slots=True)
class Release:
    """One release: from which day, by whom; `noticed` once the daily job has recorded its end."""

    entry_id: str
    disclosed_from: date
    origin: Origin
    noticed: Origin | None = None


Releases = dict[str, Release]


@dataclass(frozen=True, slots=True)
class Period:
    """How long one entry is shown.

    from_on    first day on the page; `counts_from` the day the period is counted from
    until      last day shown, included; None = no end known (a long-term licence)
    minimum_until   last day of the minimum before repair (最短公示期), None where there is none or no repair ever
    cause      why it ends on that day
    is_firm    False while the day rests on a year without a published calendar
    rows       the rulebook rows behind the dates, in the order asked
    """

    from_on: date
    counts_from: date
    until: date | None
    minimum_until: date | None
    cause: Cause
    is_firm: bool
    rows: tuple[Row, ...]

    def covers(self, on: date) -> bool:
        """Whether the entry is shown on the day."""
        return self.from_on <= on and (self.until is None or on <= self.until)


# Evolve


@singledispatch
def evolve(event: Event, releases: Releases, fact: Fact) -> Releases:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"releases cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: Disclosed, releases: Releases, fact: Fact) -> Releases:
    return releases | {event.entry_id: Release(event.entry_id, event.disclosed_from, fact.origin)}


@evolve.register
def _(event: DisclosureEnded, releases: Releases, fact: Fact) -> Releases:
    release = releases[event.entry_id]
    return releases | {
        event.entry_id: Release(release.entry_id, release.disclosed_from, release.origin, noticed=fact.origin)
    }


EVENTS: tuple[type[Event], ...] = (Disclosed, DisclosureEnded)

# Checks


class EntryUnknown(Refused):
    zh = "档案中没有这一项；请核对后再办。"
    en = "The file holds no such entry; check and try again."
    kind = "unknown"


class NotClassified(Refused):
    zh = "该处罚尚未归类失信程度，公示期无法推定；请先归类。"
    en = "The penalty has no class yet, so its period cannot be derived; classify it first."


class NotDisclosedByLaw(Refused):
    zh = "按决定日期适用的规定，此类信息不公示；已存入档案，无需再办。"
    en = "The rule of the decision date does not disclose such information; it stays in the file, nothing more to do."


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


def penalty_period(file: CreditFile, entry: Entry, from_on: date, rules: Reading) -> Period | None:
    """The period of a penalty shown from `from_on`, None where its version does not disclose it.

    Raises NoRule where a fact (the class) is missing that the rule of its day asks for.
    """
    days = {"decided_on": entry.record.decided_on}
    shown = rules.choose("disclosure.shown", days=days, traits=entry.traits)
    if shown.value == "no":
        return None
    term = rules.term("disclosure.max", days=days, traits=entry.traits)
    rows = [*shown.rows, *term.rows]
    ends: list[tuple[date, Cause]] = [(term.until, "term")] if term.until else []
    if shown.later == "no" and shown.changes_on is not None:
        ends.append((shown.changes_on - DAY, "later_rule"))
    minimum = rules.term("repair.min", days=days, traits=entry.traits)
    rows += minimum.rows
    return _period(file, entry.entry_id, from_on, entry, ends, minimum.until, term.is_firm, tuple(rows))


def _period(
    file: CreditFile, entry_id: str, from_on: date, entry: Entry,
    ends: list[tuple[date, Cause]], minimum: date | None, is_firm: bool, rows: tuple[Row, ...],
) -> Period:  # fmt: skip
    if (repaired_on := file.repaired_on(entry_id)) is not None:
        ends.append((repaired_on - DAY, "repair"))
    if entry.annulled_on is not None:
        ends.append((entry.annulled_on - DAY, "annulled"))
    if not ends:
        return Period(from_on, entry.record.decided_on, None, minimum, "term", is_firm, rows)
    until, cause = min(ends, key=lambda end: end[0])
    return Period(from_on, entry.record.decided_on, until, minimum, cause, is_firm, rows)


def entry_period(file: CreditFile, entry: Entry, from_on: date, rules: Reading) -> Period | None:
    """The period of a licence, as long as it is valid and the rule lets it be shown, or of a penalty."""
    if not isinstance(entry.record, LicenceRecorded):
        return penalty_period(file, entry, from_on, rules)
    days = {"decided_on": entry.record.decided_on}
    shown = rules.select("licence.shown", days=days)
    if shown.choice == "no":
        return None
    term = rules.term("licence.max", days=days)
    ends: list[tuple[date, Cause]] = [(one, "term") for one in (entry.record.valid_until, term.until) if one]
    return _period(file, entry.entry_id, from_on, entry, ends, None, term.is_firm, (shown, *term.rows))


def period_of(file: CreditFile, entry_id: str, from_on: date, rules: Reading) -> Period | None:
    """The period of any entry of the file, shown from `from_on`; None where it is not disclosed.

    Raises EntryUnknown, NoRule.
    """
    if (entry := file.records.get(entry_id)) is not None:
        return entry_period(file, entry, from_on, rules)
    if (commitment := file.commitments.get(entry_id)) is not None:
        if not commitment.made.may_disclose:
            return None
        until = commitment.shown_until
        return Period(from_on, commitment.made.made_on, until, None, "term", True, ())
    if (listing := file.listings.get(entry_id)) is not None and listing.listed is not None:
        last, rows, is_firm = file.listing_end(listing, rules)
        # The decision may be released before it takes effect; the page shows the listing once it does.
        first = max(from_on, listing.listed.effective_on)
        return Period(first, listing.listed.decided_on, last, None, "term", is_firm, rows)
    raise EntryUnknown


def disclosed(file: CreditFile, rules: Reading) -> dict[str, Period]:
    """Every released entry with its period; what its version does not disclose, or lacks a class for, is left out."""
    found = {}
    for release in file.releases.values():
        try:
            period = period_of(file, release.entry_id, release.disclosed_from, rules)
        except NoRule:
            continue
        if period is not None:
            found[release.entry_id] = period
    return found


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


def check_not_recorder(context: Context, origin: Origin) -> None:
    """Nobody releases what they recorded themselves."""
    if origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="登记人", second="批准公示人", first_en="recording", second_en="releasing")


# Decisions


def disclose(file: CreditFile, context: Context, *, entry_id: str) -> list[Event]:
    """Release an entry to the public (批准公示) from today on.

    Refused, in this order: SubjectUnknown, EntryUnknown, SameOfficer, AlreadyDisclosed, NotClassified or RuleMissing,
    NotDisclosedByLaw, DisclosureOver.
    Basis: rulebook rows `disclosure.shown`, `disclosure.max`; 营商〔2020〕65号 二(一)3.
    """
    check_registered(file)
    check_not_recorder(context, file.origin_of(entry_id))
    if entry_id in file.releases:
        raise AlreadyDisclosed
    try:
        period = period_of(file, entry_id, context.today, context.rules)
    except NoRule as silent:
        raise unanswered(file.records.get(entry_id), silent, context.rules) from None
    if period is None:
        raise NotDisclosedByLaw
    if period.until is not None and period.until < context.today:
        raise DisclosureOver(until=period.until)
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
