"""How long an entry is shown (公示期): from which day through which day, why it ends, and by which rows.

The version in force on the decision day must disclose such a thing at all, and it must be of the bureau's own field;
then it is shown until the longest period (最长公示期) ends, a repair ends it, it is annulled, or what the release
covers was changed. The last day is derived from the rulebook, never stored: so a page is right on every day, whether
or not a job ran last night. A later rule more favourable to the subject shortens the period, a harsher one never
lengthens it. A release that was withdrawn (撤回公示) ends at once; a shielding or an ordered suspension leaves a gap.
Basis: rulebook rows `disclosure.shown`, `disclosure.own_field`, `disclosure.max`, `repair.min`, `licence.*`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from domain.context import day_of
from domain.credit_file.conduct import Conduct, forbidden_by, is_own_field, kept_until
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.record import LICENCE_HOLDS_NOT, OWN_FIELD, Entry, LicenceRecorded, authority_of
from domain.credit_file.shield import shields_of
from domain.event import Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.disclosure import DisclosureWithdrawn
    from domain.credit_file.file import CreditFile
    from domain.credit_file.redaction import Mask

DAY = timedelta(days=1)
Cause = Literal[
    "term", "repair", "annulled", "later_rule", "restated", "revocation", "deregistration", "serious_listing", "early",
    "licence_ended", "recognition_ended", "withdrawn",
]  # fmt: skip
"""Why a disclosure ends; `restated`: the text or the class was changed after the release and waits for a new one."""

Hiding = Literal["shield", "remedy"]
"""Why an entry is off the page for a time: a shielding covers it, or a body of remedy ordered a suspension."""

OTHER_FIELD = "other_field"
"""The kind of those designators of lists that are not of the bureau's own field."""


# State


@dataclass(frozen=True, slots=True)
class Release:
    """One release: from which day, by whom; `noticed` once the daily job has recorded its end.

    earlier    the releases of the same entry that this one follows, in order
    masks      what the public reads in place of some of its texts
    withdrawn  the act that took it off the page before its time
    """

    entry_id: str
    disclosed_from: date
    origin: Origin
    noticed: Origin | None = None
    earlier: tuple[Release, ...] = ()
    masks: tuple[Mask, ...] = ()
    withdrawn: DisclosureWithdrawn | None = None
    withdrawn_by: Origin | None = None


Releases = dict[str, Release]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which an entry is off the page, though its period runs on: first day, last day (None: no end known),
    why, and by which act."""

    first: date
    last: date | None
    cause: Hiding
    origin: Origin

    def covers(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Period:
    """How long one entry is shown, since its last release.

    from_on    first day on the page; `counts_from` the day the period is counted from
    until      last day shown, included; None = no end known (a long-term licence)
    minimum_until   last day of the minimum before repair (最短公示期), None where there is none or no repair ever
    cause      why it ends on that day
    is_firm    False while the day rests on a year without a published calendar
    rows       the rulebook rows behind the dates, in the order asked
    earlier    first and last day of each time it was shown before, under a release of what it said then
    gaps       times in which it is off the page all the same
    """

    from_on: date
    counts_from: date
    until: date | None
    minimum_until: date | None
    cause: Cause
    is_firm: bool
    rows: tuple[Row, ...]
    earlier: tuple[tuple[date, date], ...] = ()
    gaps: tuple[Gap, ...] = ()

    def covers(self, on: date) -> bool:
        """Whether the entry is shown on the day."""
        if self.gap_on(on) is not None:
            return False
        if any(first <= on <= last for first, last in self.earlier):
            return True
        return self.from_on <= on and (self.until is None or on <= self.until)

    def gap_on(self, on: date) -> Gap | None:
        """Why the entry is off the page on the day although its period may run; None where nothing hides it."""
        return next((gap for gap in self.gaps if gap.covers(on)), None)

    @property
    def first_on(self) -> date:
        """The first day of its first release, shown or hidden."""
        return self.earlier[0][0] if self.earlier else self.from_on

    @property
    def spans(self) -> tuple[tuple[date, date | None], ...]:
        """First and last day (None = no end known) of each time it is shown, in order; none where all is hidden."""
        spans: list[tuple[date, date | None]] = [*self.earlier, (self.from_on, self.until)]
        for gap in self.gaps:
            spans = [piece for span in spans for piece in _outside(span, gap)]
        return tuple(spans)


def _outside(span: tuple[date, date | None], gap: Gap) -> Iterator[tuple[date, date | None]]:
    """What a gap leaves of a time on the page."""
    first, last = span
    if (last is not None and last < gap.first) or (gap.last is not None and gap.last < first):
        yield span
        return
    if first < gap.first:
        yield first, gap.first - DAY
    if gap.last is not None and (last is None or gap.last < last):
        yield gap.last + DAY, last


# How long


class EntryUnknown(Refused):
    zh = "档案中没有这一项；请核对后再办。"
    en = "The file holds no such entry; check and try again."
    kind = "unknown"


def own_field_ends(is_own: bool, decided_on: date, rules: Reading) -> tuple[date | None, Row | None]:
    """Until when something of another field is shown, and the row that says it is not shown at all.

    (None, None) where nothing stands against it: it is of the bureau's own field, or the version does not ask.
    """
    if is_own or not rules.asks("disclosure.own_field"):
        return None, None
    only_own = rules.choose("disclosure.own_field", days={"decided_on": decided_on})
    if only_own.value == "yes":
        return None, only_own.row
    return (only_own.changes_on - DAY if only_own.changes_on else None), None


def judge_entry(file: CreditFile, entry: Entry, from_on: date, rules: Reading) -> Period | Row | None:
    """The period of a penalty, or of a licence as long as it is valid; else the row of its day that forbids to show it.

    None where the licence does not hold. Raises NoRule where a fact (the class) is missing that the rule asks for.
    """
    record, days = entry.record, {"decided_on": entry.record.decided_on}
    ends: list[tuple[date, Cause]] = []
    minimum = None
    if isinstance(record, LicenceRecorded):
        may_show = rules.select("licence.shown", days=days)
        if may_show.choice == "no":
            return may_show
        if record.status == LICENCE_HOLDS_NOT:
            return None
        term = rules.term("licence.max", days=days)
        ends += [(one, "term") for one in (record.valid_until, term.until) if one]
        if entry.ended is not None:
            ends.append((entry.ended[0].effective_on - DAY, "licence_ended"))
        from_on = max(from_on, record.valid_from or from_on)
        rows = (may_show, *term.rows)
    else:
        traits = entry.traits(rules)
        shown = rules.choose("disclosure.shown", days=days, traits=traits)
        if shown.value == "no":
            return shown.row
        term = rules.term("disclosure.max", days=days, traits=traits)
        ends += [(term.until, "term")] if term.until else []
        if shown.later == "no" and shown.changes_on is not None:
            ends.append((shown.changes_on - DAY, "later_rule"))
        least = rules.term("repair.min", days=days, traits=traits)
        minimum, rows = least.until, (*shown.rows, *term.rows, *least.rows)
    later, forbidden = own_field_ends(authority_of(record, rules).kind == OWN_FIELD, record.decided_on, rules)
    if forbidden is not None:
        return forbidden
    if later is not None:
        ends.append((later, "later_rule"))
    if (repaired_on := file.repaired_on(entry.entry_id)) is not None:
        ends.append((repaired_on - DAY, "repair"))
    if entry.annulled_on is not None:
        ends.append((entry.annulled_on - DAY, "annulled"))
    if not ends:
        return Period(from_on, record.decided_on, None, minimum, "term", term.is_firm, rows)
    until, cause = min(ends, key=lambda end: end[0])
    return Period(from_on, record.decided_on, until, minimum, cause, term.is_firm, rows)


def conduct_period(one: Conduct, from_on: date, rules: Reading) -> Period | Row | None:
    """The period of a qualification or an honour: as long as it holds; else the row of its day that forbids to show it.

    None where the version does not ask, as of adverse conduct. Raises NoRule.
    """
    is_forbidden, row = forbidden_by(one, rules)
    if is_forbidden:
        return row
    later, only_own = own_field_ends(is_own_field(one, rules), one.decided_on, rules)
    if only_own is not None:
        return only_own
    ends: list[tuple[date, Cause]] = [(last, "term") for last in (one.last_day, kept_until(one, rules)) if last]
    ends += [(later, "later_rule")] if later is not None else []
    ends += [(one.ended[0].effective_on - DAY, "recognition_ended")] if one.ended is not None else []
    ends += [(one.annulled_on - DAY, "annulled")] if one.annulled_on is not None else []
    first, rows = max(from_on, one.from_on), (row,) if row is not None else ()
    if not ends:
        return Period(first, one.decided_on, None, None, "term", True, rows)
    until, cause = min(ends, key=lambda end: end[0])
    return Period(first, one.decided_on, until, None, cause, True, rows)


def listing_period(one: Listing, from_on: date, rules: Reading) -> Period | None:
    """The period of a listing; None where a body of another field designated it and only the own field is shown."""
    assert one.listed is not None
    assert one.begins_on is not None
    listed = one.listed
    later, forbidden = own_field_ends(_is_own_list(one, rules), listed.decided_on, rules)
    if forbidden is not None:
        return None
    if (stay := next(((first, last) for first, last in one.earlier if from_on <= last), None)) is not None:
        # Released while it was on the list before: that release ended with that stay.
        return Period(max(from_on, stay[0]), listed.effective_on, stay[1], None, "repair", True, ())
    last, rows, is_firm = end_of(one, rules)
    cause: Cause = "term"
    if one.exited is not None and last is not None and one.exited.effective_on == last + DAY:
        cause = one.exited.cause
    if later is not None and (last is None or later < last):
        last, cause = later, "later_rule"
    # The decision may be released before it takes effect; the page shows the listing once it does.
    return Period(max(from_on, one.begins_on), one.begins_on, last, None, cause, is_firm, rows)


def _is_own_list(one: Listing, rules: Reading) -> bool:
    """Whether a body of the bureau's own field designates the list: the bureau itself, the province, the ministry."""
    assert one.listed is not None
    days = {"designated_on": one.listed.decided_on}
    try:
        basis = rules.select("list.basis", days=days, traits={"list_type": one.list_type})
    except NoRule:
        return True
    return basis.is_none or rules.rulebook.code_list("designators")[basis.choice].kind != OTHER_FIELD


def period_of(file: CreditFile, entry_id: str, from_on: date, rules: Reading) -> Period | None:
    """The period of any entry of the file, shown from `from_on`; None where it is not disclosed.

    Raises EntryUnknown, NoRule.
    """
    if (entry := file.records.get(entry_id)) is not None:
        period = judge_entry(file, entry, from_on, rules)
        return period if isinstance(period, Period) else None
    if (conduct := file.conducts.get(entry_id)) is not None:
        found = conduct_period(conduct, from_on, rules)
        return found if isinstance(found, Period) else None
    if (commitment := file.commitments.get(entry_id)) is not None:
        if not commitment.made.may_disclose:
            return None
        until = commitment.shown_until
        return Period(from_on, commitment.made.made_on, until, None, "term", True, ())
    if (listing := file.listings.get(entry_id)) is not None and listing.listed is not None:
        return listing_period(listing, from_on, rules)
    raise EntryUnknown


def restated_by(file: CreditFile, release: Release) -> Origin | None:
    """The first change of the entry's text or class after a release: what the release does not cover any more.

    That its repair was revoked is such a change too: it is shown again only by a release that saw it.
    """
    entry_id = release.entry_id
    entry = file.records.get(entry_id) or file.conducts.get(entry_id) or file.listings.get(entry_id)
    if entry is None:
        return None
    revoked = [one.revoked_by for one in file.repairs_of(release.entry_id) if one.revoked_by is not None]
    changes = sorted((*entry.restated, *revoked), key=lambda one: one.version)
    return next((one for one in changes if one.version > release.origin.version), None)


def is_released(file: CreditFile, entry_id: str) -> bool:
    """Whether a release covers what the entry says now, and was not withdrawn."""
    release = file.releases.get(entry_id)
    return release is not None and release.withdrawn is None and restated_by(file, release) is None


def release_on(release: Release, on: date) -> Release:
    """The newest of an entry's releases made by the day, else the first one."""
    releases = (*release.earlier, release)
    return next((one for one in reversed(releases) if one.disclosed_from <= on), releases[0])


def release_period(file: CreditFile, release: Release, rules: Reading) -> Period | None:
    """The period under one release: as `period_of`, and no longer than what it covers stands unchanged. Raises NoRule.

    A change not yet stored has no day; until it has one, the release covers nothing.
    """
    period = period_of(file, release.entry_id, release.disclosed_from, rules)
    if period is None:
        return None
    for last, cause in _cut_short(file, release):
        if period.until is None or last < period.until:
            period = replace(period, until=last, cause=cause)
    return period


def _cut_short(file: CreditFile, release: Release) -> Iterator[tuple[date, Cause]]:
    """The acts that end a release before the end its rule gives, each with the last day it leaves."""
    if (changed := restated_by(file, release)) is not None:
        # A licence renewed after its last day was on no page between that day and the release of its renewal.
        if (seen := _last_day_seen(file, release)) is not None:
            yield seen, "term"
        yield (day_of(changed.recorded_at) if changed.recorded_at else release.disclosed_from) - DAY, "restated"
    if release.withdrawn is not None:
        yield release.withdrawn.withdrawn_on - DAY, "withdrawn"
    for case in file.repairs_of(release.entry_id):
        # Revoked later or not: until then it was repaired, and no page names what is repaired.
        if case.repaired is not None and case.repaired_by and case.repaired_by.version > release.origin.version:
            yield case.repaired.effective_on - DAY, "repair"


def gaps_of(file: CreditFile, entry_id: str, rules: Reading) -> tuple[Gap, ...]:
    """The times in which an entry is off the page: shieldings that cover it, ordered suspensions of it."""
    shields = (Gap(*one.hides, "shield", one.origin) for one in shields_of(file, entry_id, rules))
    suspensions = (
        Gap(*one.hides, "remedy", one.origin)
        for one in file.remedies.values()
        if one.recorded.target_id == entry_id and one.hides is not None
    )
    # A shielding that failed on its first day hides nothing.
    return tuple(one for one in (*shields, *suspensions) if one.last is None or one.first <= one.last)


def _last_day_seen(file: CreditFile, release: Release) -> date | None:
    """The last day of a licence, qualification or honour as its approver saw it, where it was changed since."""
    entry = file.records.get(release.entry_id) or file.conducts.get(release.entry_id)
    return entry.last_day_seen(release.origin.version) if entry is not None else None


def disclosed(file: CreditFile, rules: Reading) -> dict[str, Period]:
    """Every released entry with its period; what its version does not disclose, or lacks a class for, is left out."""
    found = {}
    for release in file.releases.values():
        try:
            *before, last = (release_period(file, one, rules) for one in (*release.earlier, release))
        except NoRule:
            continue
        if last is not None:
            spans = [(one.from_on, one.until) for one in before if one is not None and one.until is not None]
            earlier = tuple((first, until) for first, until in spans if first <= until)
            found[release.entry_id] = replace(last, earlier=earlier, gaps=gaps_of(file, release.entry_id, rules))
    return found
