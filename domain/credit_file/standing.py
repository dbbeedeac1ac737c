"""Standing (某日状态): what the file says of the subject on a day, field by field, each with its reason.

One function answers for the live page, the past page and the auditor: `standing(file, on, rules)`. Give it the file as
known at a position and the rules adopted then, and it answers as known then; the day is a second clock of its own.
Behind each field stands either the event that set it or the rulebook row from which the date alone derives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.credit_file import (
    commitment_checking,
    conduct_decisions,
    disclosure_preparing,
    listing_changes,
    measure,
    objection,
    persons,
    protection,
    record_licences,
    record_penalties,
    remedy,
    shield,
    succession,
    tier_assignment,
)
from domain.credit_file.disclosure_period import Cause, Period, Release, disclosed, release_on, restated_by
from domain.credit_file.listing import Listing, covers, end_of
from domain.credit_file.record import Entry, PenaltyRecorded
from domain.credit_file.repair import Repair
from domain.credit_file.stated import Stated
from domain.credit_file.tier import Tier, tier_on
from domain.event import Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole answer for one day; `shown` are the entries the public sees that day with their periods."""

    on: date
    name: str
    fields: tuple[Stated, ...]
    shown: dict[str, Period]
    on_lists: tuple[str, ...]
    tier: Tier | None


MORE: tuple[Callable[[CreditFile, date, Reading], Iterator[Stated]], ...] = (
    record_licences.stated, record_penalties.stated, conduct_decisions.stated, listing_changes.stated,
    commitment_checking.stated, disclosure_preparing.stated, objection.stated, remedy.stated, shield.stated,
    measure.stated, persons.stated, succession.stated, tier_assignment.stated, protection.stated,
)  # fmt: skip
"""What the further chapters state, each in its own module's `stated`, in the order of the page."""


def standing(file: CreditFile, on: date, rules: Reading) -> Standing | None:
    """What the file says on the day; None where the subject is not registered."""
    profile = file.profile
    if profile is None:
        return None
    periods = disclosed(file, rules)
    shown = {entry_id: period for entry_id, period in periods.items() if period.covers(on)}
    lists = tuple(one.list_type for one in file.listings.values() if covers(one, on, rules))
    tier = tier_on(file, on, rules)
    fields = (
        *_of_profile(file, on),
        *(field for one in file.listings.values() for field in _of_listing(one, on, rules)),
        *(field for one in file.records.values() for field in _of_entry(file, one, on, periods, rules)),
        *_of_commitments(file, on),
        *_of_repairs(file, on),
        *_of_tier(tier),
        *(field for stated in MORE for field in stated(file, on, rules)),
    )
    return Standing(on, profile.name_on(on).name, fields, shown, lists, tier)


def _of_profile(file: CreditFile, on: date) -> Iterator[Stated]:
    profile = file.profile
    assert profile is not None
    name = profile.name_on(on)
    yield Stated("name", "", name.name, name.origin)
    if (borne := profile.code_on(on)) is not None:
        yield Stated("code", "", borne.code, borne.origin)
        if (flag := profile.flags.get(borne.code)) is not None:
            yield Stated("code.flagged", "", borne.code, flag)
    if (status := profile.status_on(on)) is not None:
        yield Stated("status", "", status.changed.status, status.origin)


def _of_listing(one: Listing, on: date, rules: Reading) -> Iterator[Stated]:
    if one.listed is None or on < one.listed.effective_on:
        return
    if one.begins_on is not None and on < one.begins_on:
        yield Stated("listing", one.list_type, "listed" if covers(one, on, rules) else "exited/repair", one.listed_by)
        return
    last, rows, _ = end_of(one, rules)
    # The daily job's note that the term is over says nothing that the date and the term do not say.
    if one.exited is not None and one.exited.cause != "term" and one.exited.effective_on <= on:
        yield Stated("listing", one.list_type, f"exited/{one.exited.cause}", one.exited_by)
        return
    state = "listed" if last is None or on <= last else "exited/term"
    origin = one.reinstated_by or one.listed_by
    yield Stated("listing", one.list_type, state, origin if state == "listed" else None, rows)
    if last is not None:
        yield Stated("listing.until", one.list_type, last.isoformat(), None, rows)


def _of_entry(file: CreditFile, entry: Entry, on: date, periods: dict[str, Period], rules: Reading) -> Iterator[Stated]:
    record = entry.record
    if record.decided_on > on:
        return
    about = record.document_no
    if entry.annulled_on is not None and entry.annulled_on <= on:
        yield Stated("record.annulled", about, entry.annulled_on.isoformat(), entry.annulled)
        return
    last_correction = entry.corrections[-1][1] if entry.corrections else entry.origin
    if not isinstance(record, PenaltyRecorded):
        yield Stated("licence", about, record.content or record.certificate_name, last_correction)
        until = record.valid_until.isoformat() if record.valid_until else "long_term"
        yield Stated("licence.until", about, until, last_correction)
    else:
        yield Stated("penalty", about, record.content, last_correction)
        if record.fine_fen is not None:
            yield Stated("penalty.fine", about, str(record.fine_fen), last_correction)
        for scheme, (penalty_class, origin) in entry.classes.items():
            yield Stated("penalty.class", about, f"{scheme}/{penalty_class}", origin)
        if entry.performed_on is not None and entry.performed_on <= on:
            yield Stated("penalty.performed", about, entry.performed_on.isoformat(), entry.performed)
    yield from _of_disclosure(file, entry, on, periods, rules)


def _of_disclosure(
    file: CreditFile, entry: Entry, on: date, periods: dict[str, Period], rules: Reading
) -> Iterator[Stated]:
    about, entry_id = entry.record.document_no, entry.entry_id
    release, period = file.releases.get(entry_id), periods.get(entry_id)
    if release is None:
        yield Stated("disclosure", about, "not_released", None)
        return
    if period is None:
        yield Stated("disclosure", about, "not_disclosed_by_law", None)
        return
    then = release_on(release, on)
    if on < period.first_on:
        yield Stated("disclosure", about, "not_yet", then.origin)
        return
    gap = period.gap_on(on)
    if gap is not None:
        yield Stated("disclosure", about, f"hidden/{gap.cause}", gap.origin)
    elif period.covers(on):
        yield Stated("disclosure", about, "shown", then.origin)
    else:
        cause = period.cause if then is release else _cause_before(file, then)
        act = _act_that_ends(file, entry, then, cause)
        yield Stated("disclosure", about, f"ended/{cause}", act, () if act else period.rows)
    if period.until is not None:
        act = _act_that_ends(file, entry, release, period.cause)
        yield Stated("disclosure.until", about, period.until.isoformat(), act, () if act else period.rows)
    if isinstance(entry.record, PenaltyRecorded):
        yield from _stated_end(entry, entry.record, period)
        yield from _first_repair(entry, rules)


def _stated_end(entry: Entry, record: PenaltyRecorded, period: Period) -> Iterator[Stated]:
    """The end that the letter stated, where the rules derive another one: theirs counts, and officers see both."""
    is_by_rule = period.cause in ("term", "later_rule")
    if is_by_rule and record.stated_until is not None and record.stated_until != period.until:
        rows = tuple(row for row in period.rows if row.parameter == "disclosure.max")
        yield Stated("disclosure.stated_until", record.document_no, record.stated_until.isoformat(), entry.origin, rows)


def _act_that_ends(file: CreditFile, entry: Entry, release: Release, cause: str) -> Origin | None:
    """The act that ended a disclosure before its time; None where the date and its rule end it."""
    if cause == "annulled":
        return entry.annulled
    if cause == "licence_ended" and entry.ended is not None:
        return entry.ended[1]
    if cause == "withdrawn":
        return release.withdrawn_by
    if cause == "restated":
        return restated_by(file, release)
    return _repair_of(file, release) if cause == "repair" else None


def _cause_before(file: CreditFile, release: Release) -> Cause:
    """Why a release ended that another one followed."""
    if release.withdrawn is not None:
        return "withdrawn"
    return "repair" if _repair_of(file, release) is not None else "restated"


def _repair_of(file: CreditFile, release: Release) -> Origin | None:
    """The first repair of the entry since its release, revoked later or not."""
    grants = (one.repaired_by for one in file.repairs_of(release.entry_id) if one.repaired_by is not None)
    return next((one for one in grants if one.version > release.origin.version), None)


def _first_repair(entry: Entry, rules: Reading) -> Iterator[Stated]:
    try:
        term = rules.term("repair.min", days={"decided_on": entry.record.decided_on}, traits=entry.traits(rules))
    except NoRule:
        return
    if term.until is not None:
        first = (term.until + timedelta(days=1)).isoformat()
        yield Stated("repair.first_on", entry.record.document_no, first, None, term.rows)


def _of_commitments(file: CreditFile, on: date) -> Iterator[Stated]:
    for one in file.commitments.values():
        if one.made.made_on <= on:
            origin = one.closed_by if one.state_on(on) in ("fulfilled", "breached") else one.origin
            yield Stated("commitment", one.made.matter, one.state_on(on), origin)


def _of_repairs(file: CreditFile, on: date) -> Iterator[Stated]:
    for case in file.repairs.values():
        if case.applied_on > on:
            continue
        if case.revoked is not None and case.revoked.revoked_on <= on:
            yield Stated("repair", case.repair_id, "revoked", case.revoked_by)
        elif case.repaired is not None and case.repaired.effective_on <= on:
            yield Stated("repair", case.repair_id, case.repaired.effect, case.repaired_by)
        else:
            yield Stated("repair", case.repair_id, *_stage_on(case, on))


def _stage_on(case: Repair, on: date) -> tuple[str, Origin]:
    """What a case waited for at the end of a day, by the day of each step, with the event behind it.

    A supplement that has come is no step with a day of its own: on days before, the case reads as received.
    """
    found: tuple[str, Origin] = ("received", case.origin)
    if case.supplement is not None and case.supplement.asked_on <= on:
        found = ("supplement", case.origin)
    if case.accepted is not None and case.accepted.accepted_on <= on:
        found = ("accepted", case.origin)
    if case.verified is not None and case.verified_by is not None and case.verified.verified_on <= on:
        found = ("verified", case.verified_by)
    if case.concluded_on is not None and case.concluded_on <= on:
        is_back = case.feedback is not None and case.feedback.sent_on <= on
        is_closed = is_back or case.received.channel == "window"
        found = ("closed" if is_closed else "feedback", case.decided_by or case.origin)
    return found


def _of_tier(tier: Tier | None) -> Iterator[Stated]:
    if tier is not None:
        yield Stated("tier", "", tier.grade, None, tier.rows)
