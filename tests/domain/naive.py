"""What a file says on a day, told a second time in the plainest way: by looking at every event for that day.

Written without the chapters, their state and the rulebook: the periods are those computed by hand for the credit
site, one `if` for each rule. It knows ordinary penalties, licences and the lists of `KNOWN_LISTS`, each of three years,
only; promises, conduct and other lists are checked by their own tests and by the laws.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.context import day_of
from domain.credit_file.disclosure import Disclosed, DisclosureWithdrawn
from domain.credit_file.listing import Exited, Listed
from domain.credit_file.listing_events import ListingCorrected, ListingReinstated
from domain.credit_file.record import Classified, LicenceRecorded, PenaltyRecorded, RecordAnnulled, RecordCorrected
from domain.credit_file.record_events import LicenceChanged, PenaltyAltered
from domain.credit_file.remedy import RemedyConcluded, RemedyRecorded
from domain.credit_file.repair import Repaired
from domain.credit_file.repair_events import RepairRevoked
from domain.credit_file.shield import ShieldEnded, SubjectShielded
from domain.credit_file.undo import EntryUndone
from domain.event import Event, Fact

FIRST_RULE, SECOND_RULE, THIRD_RULE = date(2019, 7, 1), date(2023, 5, 1), date(2025, 6, 22)
DAY = timedelta(days=1)
KNOWN_LISTS = ("sample", "commerce_joint_punishment")
GOES_ON = ("altered", "renewed")
"""Changes of a licence that do not end it."""


def years_after(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def without_slips(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that count: what was undone the same day, and the undoing itself, never was."""
    gone = {
        version
        for fact in facts
        if isinstance(fact.event, EntryUndone)
        for version in range(fact.event.of_version, fact.event.through_version + 1)
    }
    return [one for one in facts if one.originator_version not in gone and not isinstance(one.event, EntryUndone)]


def on_lists(facts: Sequence[Fact], on: date) -> list[str]:
    """The lists of `KNOWN_LISTS` that the subject is on, one for each listing."""
    events = [fact.event for fact in without_slips(facts)]
    listed = [one for one in events if isinstance(one, Listed) and one.list_type in KNOWN_LISTS]
    return [one.list_type for one in listed if _is_listed(events, one.listing_id, on)]


def _is_listed(events: Sequence[Event], listing_id: str, on: date) -> bool:
    """Told from the beginning: on the list from a day, off it by an exit, on it again, three years at most each time.

    A correction of the first day counts as if the listing had said so at once.
    """
    first = last = date.max
    is_on = False
    for one in events:
        if getattr(one, "listing_id", None) != listing_id:
            continue
        if isinstance(one, Listed):
            first = one.effective_on
        if isinstance(one, ListingCorrected) and one.field == "effective_on":
            first = date.fromisoformat(one.new)
        if isinstance(one, Exited) and one.cause != "term":
            last = one.effective_on - DAY
        if isinstance(one, ListingReinstated):
            is_on = is_on or first <= on <= min(last, years_after(first, 3))
            first, last = one.effective_on, date.max
    return is_on or (first < date.max and first <= on <= min(last, years_after(first, 3)))


def shown(facts: Sequence[Fact], on: date) -> set[str]:
    """The ids of the records and of the listings of `KNOWN_LISTS` on the page."""
    facts = without_slips(facts)
    events = [fact.event for fact in facts]
    return {
        fact.event.entry_id
        for place, fact in enumerate(facts)
        if isinstance(fact.event, Disclosed)
        and _release_holds(facts, place, on)
        and not _is_suspended(events, fact.event.entry_id, on)
        and not _is_shielded(events, fact.event.entry_id, on)
    }


def _is_shielded(events: Sequence[Event], entry_id: str, on: date) -> bool:
    """A penalty or a listing decided by the ruling: from the shielding on without end, unless the plan failed."""
    decided: date | None = None
    for one in events:
        if isinstance(one, PenaltyRecorded) and one.entry_id == entry_id:
            decided = one.decided_on
        if isinstance(one, Listed) and one.listing_id == entry_id:
            decided = one.decided_on
        if isinstance(one, RecordCorrected) and one.entry_id == entry_id and one.field == "decided_on":
            decided = date.fromisoformat(one.new) if decided is not None else None
    failed = {one.shield_id: one.ended_on for one in events if isinstance(one, ShieldEnded) and one.cause == "failed"}
    return any(
        one.from_on <= on < failed.get(one.shield_id, date.max)
        for one in events
        if isinstance(one, SubjectShielded) and decided is not None and decided <= one.ruled_on
    )


def _is_suspended(events: Sequence[Event], entry_id: str, on: date) -> bool:
    """While a remedy runs whose body ordered the suspension."""
    ended = {one.remedy_id: one.concluded_on for one in events if isinstance(one, RemedyConcluded)}
    return any(
        one.suspended_from <= on < ended.get(one.remedy_id, date.max)
        for one in events
        if isinstance(one, RemedyRecorded) and one.target_id == entry_id and one.suspended_from is not None
    )


def _release_holds(facts: Sequence[Fact], place: int, on: date) -> bool:
    """Whether the day lies between the release and the first change of what was released, and the law lets it show."""
    released = facts[place].event
    assert isinstance(released, Disclosed)
    entry_id, known = released.entry_id, dict[str, str]()
    until: date | None = None
    targets = {one.event.repair_id: one.event.target_id for one in facts if isinstance(one.event, Repaired)}
    for number, fact in enumerate(facts):
        one, is_change, old_until = fact.event, False, until
        if isinstance(one, LicenceRecorded) and one.entry_id == entry_id:
            until = one.valid_until
        if isinstance(one, RecordCorrected) and one.entry_id == entry_id:
            is_change = one.field not in ("performed_on", "corrected_on")
        if isinstance(one, Classified) and one.entry_id == entry_id:
            is_change = known.get(one.scheme) != one.penalty_class
            known[one.scheme] = one.penalty_class
        if isinstance(one, LicenceChanged) and one.entry_id == entry_id:
            is_change = one.kind in GOES_ON
            until = one.valid_until if one.kind == "renewed" else until
        if isinstance(one, PenaltyAltered) and one.entry_id == entry_id:
            is_change = one.kind == "altered"
        if isinstance(one, ListingCorrected | ListingReinstated) and one.listing_id == entry_id:
            is_change = True
        if isinstance(one, RepairRevoked):
            is_change = targets[one.repair_id] == entry_id
        if number <= place:
            continue
        if isinstance(one, Repaired) and one.target_id == entry_id and one.effective_on <= on:
            return False
        if isinstance(one, DisclosureWithdrawn) and one.entry_id == entry_id and one.withdrawn_on <= on:
            return False
        if is_change:
            assert fact.recorded_at is not None
            if on >= day_of(fact.recorded_at) or (old_until is not None and on > old_until):
                return False
    return released.disclosed_from <= on and _may_show([fact.event for fact in facts], entry_id, on)


def _may_show(events: Sequence[Event], entry_id: str, on: date) -> bool:
    revoked = {one.repair_id for one in events if isinstance(one, RepairRevoked)}
    for one in events:
        ends_on: date | None = None
        if isinstance(one, RecordAnnulled) and one.entry_id == entry_id:
            ends_on = one.annulled_on
        if isinstance(one, PenaltyAltered) and one.entry_id == entry_id and one.kind != "altered":
            ends_on = one.altered_on
        if isinstance(one, LicenceChanged) and one.entry_id == entry_id and one.kind not in GOES_ON:
            ends_on = one.effective_on
        if isinstance(one, Repaired) and one.target_id == entry_id and one.effect == "disclosure_ended":
            ends_on = None if one.repair_id in revoked else one.effective_on
        if ends_on is not None and ends_on <= on:
            return False
    record = next((one for one in events if getattr(one, "entry_id", None) == entry_id), None)
    if isinstance(record, LicenceRecorded):
        return True if (last := _licence_until(events, record)) is None else on <= last
    if isinstance(record, PenaltyRecorded):
        return _penalty_shown(events, record, on)
    listed = next((one for one in events if isinstance(one, Listed) and one.listing_id == entry_id), None)
    return listed is not None and listed.list_type in KNOWN_LISTS and _is_listed(events, entry_id, on)


def _licence_until(events: Sequence[Event], licence: LicenceRecorded) -> date | None:
    until = licence.valid_until
    for one in events:
        if isinstance(one, LicenceChanged) and one.entry_id == licence.entry_id and one.kind == "renewed":
            until = one.valid_until
    return until


def _penalty_shown(events: Sequence[Event], penalty: PenaltyRecorded, on: date) -> bool:
    decided, old, new = penalty.decided_on, "", ""
    for one in events:
        if isinstance(one, RecordCorrected) and one.entry_id == penalty.entry_id and one.field == "decided_on":
            decided = date.fromisoformat(one.new)
        if isinstance(one, Classified) and one.entry_id == penalty.entry_id:
            old, new = (one.penalty_class, new) if one.scheme == "class.2019" else (old, one.penalty_class)
    only_warned = set(penalty.penalty_kinds) <= {"警告", "通报批评"}
    if decided < FIRST_RULE:
        return False
    if decided >= THIRD_RULE:
        return new in ("general", "serious") and on <= years_after(decided, 1 if new == "general" else 3)
    if decided >= SECOND_RULE:
        if only_warned:
            return False
        last = years_after(decided, 3)
    else:
        if not old:
            return False
        last = years_after(decided, 1 if old == "general" else 3)
        if only_warned:
            last = min(last, SECOND_RULE - DAY)
    # The rule of 2025 shortens, but ends nothing before it began.
    if new == "general":
        last = min(last, max(years_after(decided, 1), THIRD_RULE - DAY))
    if new == "minor":
        last = min(last, THIRD_RULE - DAY)
    return on <= last
