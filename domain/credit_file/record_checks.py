"""What recording, changing and correcting a licence or a penalty meets: slips are refused, doubts ask for evidence.

The decisions that ask them stand in `record_decisions`, `record_licences` and `record_penalties`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.profile import check_doubt, check_masked, check_new_id, check_registered
from domain.credit_file.record import (
    PERFORMANCE,
    WEIGHTY,
    Entry,
    LicenceRecorded,
    PenaltyRecorded,
    Records,
    V2Record,
    kinds_of,
)
from domain.credit_file.steps import check_not_moved
from domain.law.reading import longest_disclosure
from domain.refusals import Doubt, Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


class RecordUnknown(Refused):
    zh = "档案中没有这条记录；请核对后再办。"
    en = "The file holds no such record; check and try again."
    kind = "unknown"


class DocumentNoMissing(Refused):
    zh = "没有填写决定文书号；请按决定书填写。"
    en = "The decision document number is missing; copy it from the document."
    field = "document_no"


class AlreadyRecorded(Refused):
    zh = "{document_no} 已经登记在该主体名下；不再重复登记。"
    en = "{document_no} is already recorded for this subject; it is not recorded twice."
    field = "document_no"


class NumberSeenBefore(Doubt):
    zh = "{document_no} 曾登记在该主体名下，后经撤销或更正；确需再次登记的，附凭据。"
    en = "{document_no} stood in this file before and was annulled or corrected; record it again only with evidence."
    field = "document_no"


class DecidedInFuture(Refused):
    zh = "决定日期 {on} 在将来；请核对决定书。"
    en = "The decision date {on} lies in the future; check the document."
    field = "decided_on"


class CodeOfAnother(Refused):
    zh = "所填代码 {given} 不是该主体的代码（{on_file}）；请到该代码的档案中登记。"
    en = "The code {given} is not the subject's ({on_file}); record it in the file of that code."
    field = "code"


class ValidityReversed(Refused):
    zh = "有效期至早于有效期自；请核对证书。"
    en = "The validity ends before it begins; check the certificate."
    field = "valid_until"


class EndBeforeDecision(Refused):
    zh = "公示截止期早于决定日期；请核对。"
    en = "The stated end of disclosure lies before the decision; check it."
    field = "stated_until"


class NameDiffers(Doubt):
    zh = "名称“{given}”与本局记载“{on_file}”不一致；已更名的，请附登记机关的变更凭据。"
    en = "The name “{given}” differs from “{on_file}” on file; if the firm was renamed, attach the notice of change."
    field = "counterpart_name"


class FineWithoutAmount(Doubt):
    zh = "处罚类别有罚款，没有金额；请对照决定书补金额，或附凭据说明。"
    en = "The penalty is a fine but no amount is given; add it from the document or explain with evidence."
    field = "fine_fen"


class KindNotOfItsDay(Doubt):
    zh = "处罚类别“{named}”在决定日期 {on} 时法律尚未规定或已不再规定；请对照决定书核对类别和日期，无误的附凭据。"
    en = "The law of {on} knew no penalty of the kind {named}; compare kind and day with the document, or add evidence."
    field = "penalty_kinds"


class EndBeyondMaximum(Doubt):
    zh = "公示截止期 {stated} 超过最长公示期（{longest}）；接受的，按规则推定的日期公示。"
    en = (
        "The stated end {stated} is beyond the longest lawful period ({longest}); if accepted, the derived date counts."
    )
    field = "stated_until"


class NotOfTheScheme(Refused):
    zh = "{scheme} 中没有“{penalty_class}”这一类；请选择决定日期当时分类中的一类。"
    en = "Scheme {scheme} has no class {penalty_class}; choose a class of the scheme in force."
    field = "penalty_class"


class PerformedInFuture(Refused):
    zh = "履行或改正的日期在将来；请在履行之后登记。"
    en = "The day of performance lies in the future; record it afterwards."
    field = "performed_on"


class PerformedBeforeDecision(Refused):
    zh = "履行日期 {on} 早于决定日期 {decided_on}；请核对票据。"
    en = "The day of performance {on} lies before the decision of {decided_on}; check the receipt."
    field = "performed_on"


class AlreadyPerformed(Refused):
    zh = "该处罚已登记履行；日期有误的，请用更正。"
    en = "The penalty is already recorded as performed; use a correction if a date is wrong."


class NotCorrectable(Refused):
    zh = "“{field_name}”不能更正；可更正文号、事实、内容、依据、机关、金额、日期和履行日期。"
    en = "Field {field_name} cannot be corrected; number, facts, content, basis, authority, amounts and dates can."
    field = "field"


class ValueUnreadable(Refused):
    zh = "更正后的值“{new}”读不懂；日期写 2026-01-31，金额写分（整数）。"
    en = "The new value “{new}” cannot be read; dates as 2026-01-31, amounts as whole fen."
    field = "new"


class CorrectionNeedsEvidence(Refused):
    zh = "更正机关或决定日期会改变适用的规则；请附决定书等凭据，再由未登记该记录的人员更正。"
    en = "Another authority or decision day changes which rules apply; add the document as evidence and submit again."
    field = "evidence"


class NothingChanges(Refused):
    zh = "更正前后相同；无需更正。"
    en = "The value stays the same; there is nothing to correct."
    field = "new"


class ReasonMissing(Refused):
    zh = "没有填写理由；请写明更正或撤销的理由。"
    en = "The reason is missing; say why the record is corrected or annulled."
    field = "reason"


class AlreadyAnnulled(Refused):
    zh = "该记录已撤销；不能再办。"
    en = "The record was annulled; nothing more can be done with it."


def penalty_of(records: Records, entry_id: str) -> Entry:
    """The penalty of that id, or RecordUnknown."""
    entry = records.get(entry_id)
    if entry is None or not entry.is_penalty:
        raise RecordUnknown
    return entry


def check_new_record(file: CreditFile, context: Context, record: V2Record) -> None:
    """What both tables ask: an id and a number, neither used before, not decided in the future."""
    check_registered(file)
    check_new_id(file, record.entry_id)
    check_document_no(file, record.document_no, type(record))
    if record.decided_on > context.today:
        raise DecidedInFuture(on=record.decided_on)
    profile = check_registered(file)
    if record.code is not None and not profile.bore_code(record.code):
        raise CodeOfAnother(given=record.code, on_file=profile.code or "—")


def check_document_no(file: CreditFile, document_no: str, table: type[V2Record]) -> None:
    """The number names the record among those of the subject in the same table that were not annulled; one that was
    repaired holds its number for ever."""
    if not document_no.strip():
        raise DocumentNoMissing
    for one in file.records.values():
        is_it = type(one.record) is table and one.record.document_no == document_no
        if is_it and (one.annulled_on is None or file.repaired_on(one.entry_id) is not None):
            raise AlreadyRecorded(document_no=document_no)


def check_number_new(file: CreditFile, context: Context, record: V2Record, confirmed: frozenset[str]) -> None:
    """A number that an entry bore before it was annulled or corrected comes back only with evidence: the next file
    from the county would otherwise show again what was taken away."""
    for one in file.records.values():
        former = {correction.old for correction, _ in one.corrections if correction.field == "document_no"}
        if type(one.record) is type(record) and record.document_no in {one.record.document_no, *former}:
            check_doubt(context, confirmed, NumberSeenBefore(document_no=record.document_no))


def check_validity(valid_from: date | None, valid_until: date | None) -> None:
    if valid_from and valid_until and valid_until < valid_from:
        raise ValidityReversed


def check_name(file: CreditFile, context: Context, record: V2Record, confirmed: frozenset[str]) -> None:
    profile = check_registered(file)
    check_masked(profile.subject_kind, record.counterpart_name)
    if not profile.bore(record.counterpart_name):
        check_doubt(context, confirmed, NameDiffers(given=record.counterpart_name, on_file=profile.name))


def check_end_after(penalty: PenaltyRecorded) -> None:
    if penalty.stated_until is not None and penalty.stated_until < penalty.decided_on:
        raise EndBeforeDecision


def check_stated_end(context: Context, penalty: PenaltyRecorded, confirmed: frozenset[str]) -> None:
    """A stated end before the decision is a slip; one beyond the longest period of any class is a doubt."""
    if penalty.stated_until is None:
        return
    check_end_after(penalty)
    longest = longest_disclosure(context.rules, penalty.decided_on)
    if longest is not None and penalty.stated_until > longest:
        check_doubt(context, confirmed, EndBeyondMaximum(stated=penalty.stated_until, longest=longest))


def check_fine(context: Context, penalty: PenaltyRecorded, confirmed: frozenset[str]) -> None:
    if penalty.fine_fen is None and any(one.kind == "fine" for one in kinds_of(penalty, context.rules)):
        check_doubt(context, confirmed, FineWithoutAmount())


def check_kinds(context: Context, penalty: PenaltyRecorded, confirmed: frozenset[str]) -> None:
    """A kind that the law of the decision day did not have, as those that came or went on 2021-07-15."""
    for one in kinds_of(penalty, context.rules):
        if not one.is_used_on(penalty.decided_on):
            check_doubt(context, confirmed, KindNotOfItsDay(named=one.zh, on=penalty.decided_on))


def check_live(entry: Entry) -> None:
    if entry.annulled_on is not None:
        raise AlreadyAnnulled


def penalty_as_seen(file: CreditFile, entry_id: str, seen: int | None) -> Entry:
    """The penalty as the officer saw it, if it still counts.

    Refused, in this order: RecordUnknown, CaseMoved, AlreadyAnnulled.
    """
    entry = penalty_of(file.records, entry_id)
    check_not_moved(entry.version, seen)
    check_live(entry)
    return entry


def live_entry(file: CreditFile, entry_id: str, reason: str) -> Entry:
    """The record of that id, if it still counts and there is a reason to change it.

    Refused, in this order: RecordUnknown, AlreadyAnnulled, ReasonMissing.
    """
    entry = file.records.get(entry_id)
    if entry is None:
        raise RecordUnknown
    check_live(entry)
    if not reason.strip():
        raise ReasonMissing
    return entry


def check_weighty(context: Context, entry: Entry, field: str) -> None:
    """What decides which rules apply is corrected on a paper, and not by whoever recorded the entry.

    Refused, in this order: SameOfficer, CorrectionNeedsEvidence.
    """
    if field not in WEIGHTY:
        return
    if entry.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="登记人", second="更正人", first_en="recording", second_en="correcting")
    if not context.filing.evidence:
        raise CorrectionNeedsEvidence


def check_performance(context: Context, entry: Entry, performed_on: date, corrected_on: date) -> None:
    """A duty is performed after it was imposed; the conduct may have been put right before."""
    if max(performed_on, corrected_on) > context.today:
        raise PerformedInFuture
    if performed_on < entry.record.decided_on:
        raise PerformedBeforeDecision(on=performed_on, decided_on=entry.record.decided_on)


def check_corrected(file: CreditFile, context: Context, entry: Entry, field: str, value: object) -> None:
    """What recording the new value would meet: the slips, not the doubts.

    Refused, in this order: DocumentNoMissing, AlreadyRecorded, DecidedInFuture, PerformedInFuture,
    PerformedBeforeDecision, EndBeforeDecision, ValidityReversed.
    """
    if field in PERFORMANCE:
        after = replace(entry, **{field: value})  # type: ignore[arg-type]
    else:
        after = replace(entry, record=entry.record.model_copy(update={field: value}))
    record = after.record
    if field == "document_no":
        others = {name: one for name, one in file.records.items() if name != entry.entry_id}
        check_document_no(replace(file, records=others), record.document_no, type(record))
    if record.decided_on > context.today:
        raise DecidedInFuture(on=record.decided_on)
    if after.performed_on is not None and after.corrected_on is not None and field in (*PERFORMANCE, "decided_on"):
        check_performance(context, after, after.performed_on, after.corrected_on)
    if isinstance(record, LicenceRecorded):
        check_validity(record.valid_from, record.valid_until)
    elif field == "decided_on":
        check_end_after(record)
