"""What waits for its release (待批准公示): an entry recorded, or changed since it was released.

Nothing is public by itself. A penalty waits for its class first; a text that may need hiding for its preparation; then
an approver who neither recorded, changed nor prepared the entry releases it, within the bureau's own term and, for a
new decision, within that of the double disclosure (双公示). Reasons are due for what was annulled while it was shown.
Basis: rulebook rows `release.due` (unverified), `upload.due`, `withdraw`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from domain.context import day_of
from domain.credit_file.disclosure import is_on_the_page, officers_behind
from domain.credit_file.disclosure_period import is_released, period_of, restated_by
from domain.credit_file.disclosure_preparing import DisclosureBarred, preparation_wanted
from domain.credit_file.duty import Owed, earliest, term_or_none
from domain.credit_file.record import Entry
from domain.event import Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

WAITING = ("waiting", "unclassified", "unprepared")
ACTS = {"unclassified": "classify_penalty", "unprepared": "prepare_disclosure", "waiting": "disclose"}


def release_state(file: CreditFile, entry_id: str, rules: Reading) -> tuple[str, date | None]:
    """Whether an entry is released or what stands against it, and the last day it would be shown.

    released, waiting, unclassified, unprepared, undisclosed, over, barred or annulled. Asked as of the day the entry
    was recorded, or changed since its release: `over` is an end before that day. `barred`: refused or withdrawn.
    """
    if (record := file.records.get(entry_id)) is not None and record.annulled_on is not None:
        return "annulled", None
    recorded_on = _waits_since(_restated_or_recorded(file, entry_id))
    try:
        period = period_of(file, entry_id, recorded_on, rules)
    except NoRule:
        return ("released" if is_released(file, entry_id) else "unclassified"), None
    if is_released(file, entry_id):
        return "released", period.until if period else None
    if period is None:
        return "undisclosed", None
    is_over = period.until is not None and period.until < recorded_on
    if is_over:
        return "over", period.until
    if (wanted := preparation_wanted(file, entry_id, rules)) is not None:
        return "barred" if isinstance(wanted, DisclosureBarred) else "unprepared", period.until
    return "waiting", period.until


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """The class, then the release: of licences and penalties, agreed commitments and listings that still stand; of a
    record annulled while it was shown, the withdrawal with its reasons."""
    for entry_id, entry in file.records.items():
        yield from _release(file, entry_id, "entry", entry.record.document_no, rules)
        yield from _reasons(file, entry, rules)
    for conduct_id, conduct in file.conducts.items():
        if conduct.annulled_on is None:
            yield from _release(file, conduct_id, "conduct", conduct.number, rules)
    for one in file.commitments.values():
        if one.made.may_disclose and one.breached is None:
            yield from _release(file, one.made.commitment_id, "commitment", one.made.document_no, rules)
    for listing in file.listings.values():
        # That the daily job noted the end of the term takes nothing from what waits: the day itself decides.
        if listing.listed is not None and (listing.exited is None or listing.exited.cause == "term"):
            yield from _release(file, listing.listing_id, "listing", listing.listed.decision_no, rules)


def _reasons(file: CreditFile, entry: Entry, rules: Reading) -> Iterator[Owed]:
    on = entry.annulled_on
    if on is not None and entry.annulled is not None and is_on_the_page(file, entry.entry_id, on, rules):
        term = term_or_none(rules, "withdraw", annulled_on=on)
        yield Owed(
            "withdraw_disclosure", "entry", entry.entry_id, entry.record.document_no, entry.annulled, on, term
        )  # fmt: skip


def _release(file: CreditFile, entry_id: str, kind: str, title: str, rules: Reading) -> Iterator[Owed]:
    if _restated_or_recorded(file, entry_id).recorded_at is None:
        # Decided in this very act and not stored yet: it has no day from which it could wait.
        return
    state, until = release_state(file, entry_id, rules)
    if state not in WAITING:
        return
    since = _waits_since(_restated_or_recorded(file, entry_id))
    term = term_or_none(rules, "release.due", asked_on=since)
    if (record := file.records.get(entry_id)) is not None:
        upload = term_or_none(rules, "upload.due", decided_on=record.record.decided_on)
        # An old decision that comes in late has no day of upload left: then only the bureau's own term counts.
        if upload and upload.until and upload.until >= since:
            term = earliest((term, upload))
    act = ACTS[state]
    behind = tuple(sorted(officers_behind(file, entry_id))) if act == "disclose" else ()
    yield Owed(
        act, kind, entry_id, title, file.origin_of(entry_id), since, term, not_officers=behind, shown_until=until
    )


def _restated_or_recorded(file: CreditFile, entry_id: str) -> Origin:
    release = file.releases.get(entry_id)
    changed = restated_by(file, release) if release is not None else None
    return changed or file.origin_of(entry_id)


def _waits_since(origin: Origin) -> date:
    assert origin.recorded_at is not None
    return day_of(origin.recorded_at)
