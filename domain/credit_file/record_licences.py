"""Changes of a licence (行政许可): altered, renewed, ended in one of four ways, or marked in a file as not valid.

An ended licence is off the page from the day the ending counts. A renewed or altered one waits for a new release, since
a release covers what it saw; renewed late, it was not shown between its old last day and that release.
Basis: 行政许可法 49, 50, 69, 70; 发改办财金〔2018〕424号 (当前状态).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.record import LICENCE_HOLDS_NOT, LONG_TERM, Entry, LicenceRecorded
from domain.credit_file.record_checks import DocumentNoMissing, ReasonMissing, RecordUnknown, check_live
from domain.credit_file.record_events import ENDING, LicenceChange, LicenceChanged
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day, check_not_moved
from domain.event import Event
from domain.law.reading import Reading
from domain.refusals import Doubt, Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class LicenceOver(Refused):
    zh = "该许可已不再有效，不能再变更或延续；如何终止尚未登记的，请登记撤销、注销、撤回或吊销。"
    en = "The licence holds no more, so it is neither altered nor renewed; if how it ended is not on file, record that."
    field = "kind"


class NewEndMissing(Refused):
    zh = "延续的许可没有填写新的有效期至；请按延续决定填写，长期的写 2099-12-31。"
    en = "The renewal has no new last day; copy it from the decision, long-term as 2099-12-31."
    field = "valid_until"


class NewEndNotAsked(Refused):
    zh = "只有延续才填写新的有效期至；请留空，有效期原来登记有误的用更正。"
    en = "Only a renewal has a new last day; leave it empty, and correct the record if its last day was wrong."
    field = "valid_until"


class RenewalNotLonger(Refused):
    zh = "延续后的有效期至应晚于原来的 {until}；请核对延续决定。"
    en = "A renewal runs beyond the old last day ({until_en}); check its decision."
    field = "valid_until"


class LicenceMarkedInvalid(Doubt):
    zh = "许可 {document_no} 已登记为有效，本行标为无效；核实后附凭据确认，自确认之日起记为无效，不再公示。"
    en = "Licence {document_no} is on file as valid and this row says it is not; confirm with evidence to record it."
    field = "status"


def licence_of(file: CreditFile, document_no: str) -> Entry | None:
    """The licence on file under that number, not annulled; None where there is none."""
    found = (one for one in file.records.values() if isinstance(one.record, LicenceRecorded))
    return next((one for one in found if one.record.document_no == document_no and one.annulled_on is None), None)


def marked_invalid(file: CreditFile, licence: LicenceRecorded) -> Entry | None:
    """The licence on file, under the same number, that only the new row says not to hold; None where there is none."""
    if licence.status != LICENCE_HOLDS_NOT:
        return None
    known = licence_of(file, licence.document_no)
    return known if known is not None and known.holds else None


def ended_as_marked(entry: Entry, on: date) -> LicenceChanged:
    """What a confirmed row says: it holds no more from the day somebody confirmed it; how it ended is not told."""
    return LicenceChanged(
        entry_id=entry.entry_id, kind="invalid", document_no=entry.record.document_no, effective_on=on,
        reason="报送文件标为无效",
    )  # fmt: skip


def licence_as_seen(file: CreditFile, entry_id: str, seen: int | None) -> tuple[Entry, LicenceRecorded]:
    """The licence as the officer saw it, if its record counts.

    Refused, in this order: RecordUnknown, CaseMoved, AlreadyAnnulled.
    """
    entry = file.records.get(entry_id)
    if entry is None or not isinstance(entry.record, LicenceRecorded):
        raise RecordUnknown
    check_not_moved(entry.version, seen)
    check_live(entry)
    return entry, entry.record


def check_change_possible(entry: Entry, kind: LicenceChange) -> None:
    """A licence that ended takes no change, unless it is still open how it ended: then its ending may be told."""
    ended = entry.ended
    is_told = ended is not None and ended[0].kind != "invalid"
    if is_told or (not entry.holds and kind not in ENDING):
        raise LicenceOver


def check_new_end(licence: LicenceRecorded, kind: LicenceChange, valid_until: date | None) -> None:
    """A renewal, and nothing else, names a last day beyond the old one.

    Refused, in this order: NewEndNotAsked, NewEndMissing, RenewalNotLonger.
    """
    if kind != "renewed":
        if valid_until is not None:
            raise NewEndNotAsked
        return
    if valid_until is None:
        raise NewEndMissing
    if licence.valid_until is None or valid_until <= licence.valid_until:
        until = licence.valid_until
        raise RenewalNotLonger(until=until or "长期", until_en=until or LONG_TERM)


# What it states


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """The newest change of each licence that counts on the day; an ending before any other."""
    for entry in file.records.values():
        changes = [one for one in entry.changes if one[0].effective_on <= on]
        if not changes or (entry.annulled_on is not None and entry.annulled_on <= on):
            continue
        ended = entry.ended
        change, origin = ended if ended is not None and ended in changes else changes[-1]
        yield Stated("licence.change", entry.record.document_no, change.kind, origin)


# Decisions


def change_licence(
    file: CreditFile, context: Context, *, entry_id: str, kind: LicenceChange, document_no: str, effective_on: date,
    valid_until: date | None = None, reason: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that a licence was altered, renewed or ended (变更许可) by a decision of its own.

    What an altered licence says now is written with `correct_record`; it is released anew, as a renewed one is.
    Refused, in this order: RecordUnknown, CaseMoved, AlreadyAnnulled, ReasonMissing, DocumentNoMissing, LicenceOver,
    NewEndNotAsked, NewEndMissing, RenewalNotLonger, DayInFuture, BeforeStepBefore (before it was granted).
    Basis: 行政许可法 49, 50, 69, 70.
    """
    entry, licence = licence_as_seen(file, entry_id, seen)
    if not reason.strip():
        raise ReasonMissing
    if not document_no.strip():
        raise DocumentNoMissing
    check_change_possible(entry, kind)
    check_new_end(licence, kind, valid_until)
    check_day(context, effective_on, licence.decided_on)
    return [
        LicenceChanged(
            entry_id=entry_id, kind=kind, document_no=document_no.strip(), effective_on=effective_on,
            valid_until=valid_until, reason=reason,
        )
    ]  # fmt: skip
