"""What a file says on a day, told a second time in the plainest way: by looking at every event for that day.

Written without the chapters, their state and the rulebook: the periods are those computed by hand for the credit
site, one `if` for each rule. It knows ordinary penalties, licences and the lists `sample` and `LIST` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.context import day_of
from domain.credit_file.disclosure import Disclosed
from domain.credit_file.listing import Exited, Listed
from domain.credit_file.record import Classified, LicenceRecorded, PenaltyRecorded, RecordAnnulled, RecordCorrected
from domain.credit_file.record_events import LicenceChanged, PenaltyAltered
from domain.credit_file.repair import Repaired
from domain.event import Event, Fact

FIRST_RULE, SECOND_RULE, THIRD_RULE = date(2019, 7, 1), date(2023, 5, 1), date(2025, 6, 22)
DAY = timedelta(days=1)


def years_after(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def on_lists(events: Sequence[Event], on: date) -> list[str]:
    found = []
    for one in events:
        if isinstance(one, Listed) and one.effective_on <= on <= years_after(one.effective_on, 3):
            exits = [each for each in events if isinstance(each, Exited) and each.listing_id == one.listing_id]
            if not any(each.effective_on <= on for each in exits):
                found.append(one.list_type)
    return found


def shown(facts: Sequence[Fact], on: date) -> set[str]:
    return {
        fact.event.entry_id
        for place, fact in enumerate(facts)
        if isinstance(fact.event, Disclosed) and _release_holds(facts, place, on)
    }


def _release_holds(facts: Sequence[Fact], place: int, on: date) -> bool:
    """Whether the day lies between the release and the first change of what was released, and the law lets it show."""
    released = facts[place].event
    assert isinstance(released, Disclosed)
    entry_id, known = released.entry_id, dict[str, str]()
    for number, fact in enumerate(facts):
        one, is_change = fact.event, False
        if isinstance(one, RecordCorrected) and one.entry_id == entry_id:
            is_change = one.field not in ("performed_on", "corrected_on")
        if isinstance(one, Classified) and one.entry_id == entry_id:
            is_change = known.get(one.scheme) != one.penalty_class
            known[one.scheme] = one.penalty_class
        if isinstance(one, PenaltyAltered | LicenceChanged) and one.entry_id == entry_id:
            is_change = one.kind in ("altered", "renewed")
        if is_change and number > place:
            assert fact.recorded_at is not None
            if on >= day_of(fact.recorded_at):
                return False
    if (last := _licence_until([fact.event for fact in facts[:place]], entry_id)) is not None and on > last:
        return False
    return released.disclosed_from <= on and _may_show([fact.event for fact in facts], entry_id, on)


def _licence_until(seen: Sequence[Event], entry_id: str) -> date | None:
    """The last day of a licence by what its approver had seen."""
    until = None
    for one in seen:
        if isinstance(one, LicenceRecorded) and one.entry_id == entry_id:
            until = one.valid_until
        if isinstance(one, LicenceChanged) and one.entry_id == entry_id and one.kind == "renewed":
            until = one.valid_until
    return until


def _ended_by(one: LicenceChanged | PenaltyAltered, on: date) -> bool:
    if isinstance(one, LicenceChanged):
        return one.kind in ("revoked", "lifted") and one.effective_on <= on
    return one.kind != "altered" and one.altered_on <= on


def _may_show(events: Sequence[Event], entry_id: str, on: date) -> bool:
    for one in events:
        if isinstance(one, RecordAnnulled) and one.entry_id == entry_id and one.annulled_on <= on:
            return False
        if isinstance(one, LicenceChanged | PenaltyAltered) and one.entry_id == entry_id and _ended_by(one, on):
            return False
        if isinstance(one, Repaired) and one.target_id == entry_id and one.effective_on <= on:
            return False
        if isinstance(one, Exited) and one.listing_id == entry_id and one.effective_on <= on:
            return False
    record = next((one for one in events if getattr(one, "entry_id", None) == entry_id), None)
    if isinstance(record, LicenceRecorded):
        return True
    if isinstance(record, PenaltyRecorded):
        return _penalty_shown(events, record, on)
    listed = next((one for one in events if isinstance(one, Listed) and one.listing_id == entry_id), None)
    return listed is not None and listed.effective_on <= on <= years_after(listed.effective_on, 3)


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
