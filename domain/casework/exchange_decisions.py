"""Decisions of the exchange (双公示 import): record a row, receive a batch, set rows aside and conclude them.

Events and state stand in `exchange`.
Basis: 发改办财金〔2018〕424号; rulebook row `import.kept` (unverified).
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from domain.casework.exchange import (
    AsideRow,
    Batch,
    BatchReceived,
    RowAccepted,
    RowDropped,
    RowRefused,
    RowSetAside,
    TableKind,
)
from domain.context import Context
from domain.credit_code import division_of
from domain.credit_file.file import CreditFile, foresee
from domain.credit_file.profile import SubjectKind, register_subject
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.credit_file.record_checks import DecidedInFuture, EndBeforeDecision, ValidityReversed
from domain.credit_file.record_decisions import record_licence, record_penalty
from domain.event import Event, Frozen, PersonalData
from domain.officer import WHOLE_CITY, check_area
from domain.refusals import Refused

# Checks


class AlreadyWaiting(Refused):
    zh = "{document_no} 已在待核定，不重复搁置；请先核定原来的行，内容有更正的，核定后再导入。"
    en = "{document_no} already waits for review; conclude the row that waits, then import a corrected one."


class RefusedBefore(Refused):
    zh = "同一行经核定未予接受（{reason}）；请更正内容后再报送。"
    en = "The same row was refused on review ({reason}); correct it before sending it again."


class RowUnknown(Refused):
    zh = "没有这一待核定的行；请刷新页面。"
    en = "No such row waits for review; reload the page."
    kind = "unknown"


class RowConcluded(Refused):
    zh = "第 {row} 行已有结论；请刷新页面查看。"
    en = "Row {row} is already concluded; reload the page to see it."


class RowEvidenceMissing(Refused):
    zh = "接受待核定的行须有凭据（文号或说明）；请填写后再接受。"
    en = "Accepting a set-aside row needs evidence (a number or an explanation); fill it in and accept again."
    field = "evidence"


class RowReasonMissing(Refused):
    zh = "没有填写不予接受的理由；请填写，报送单位据此更正。"
    en = "The reason for refusing is missing; say why, so that the sending office can correct it."
    field = "reason"


class RowKept(Refused):
    zh = "第 {row} 行保存至 {until}（含当日），尚不能销毁。"
    en = "Row {row} is kept through {until}; it cannot be dropped yet."


def waiting_row(aside: AsideRow) -> RowSetAside:
    """What waits in the stream.

    Refused, in this order: RowUnknown, RowConcluded.
    """
    if aside.event is None:
        raise RowUnknown
    if not aside.is_waiting:
        raise RowConcluded(row=aside.event.row)
    return aside.event


def check_evidence(context: Context) -> None:
    """Refused: RowEvidenceMissing."""
    if not context.filing.evidence:
        raise RowEvidenceMissing


def check_row(context: Context, record: LicenceRecorded | PenaltyRecorded) -> None:
    """What a row contradicts by itself is told before what is on file, so that the same row gets the same answer
    however often it comes.

    Refused: DecidedInFuture; ValidityReversed of a licence, EndBeforeDecision of a penalty.
    """
    if record.decided_on > context.today:
        raise DecidedInFuture(on=record.decided_on)
    if isinstance(record, LicenceRecorded):
        if record.valid_from and record.valid_until and record.valid_until < record.valid_from:
            raise ValidityReversed
    elif record.stated_until is not None and record.stated_until < record.decided_on:
        raise EndBeforeDecision


def check_source(context: Context, record: LicenceRecorded | PenaltyRecorded) -> None:
    """A county office brings in what its own county decided, about firms of anywhere: whose a row is, the code of the
    deciding authority tells, and without one that of the unit it comes from.

    Refused: NotYourArea.
    """
    code = record.authority_code or record.source_unit_code
    check_area(context.officer, division_of(code) if code else "未注明代码的机关")


# Decisions


class Subject(Frozen):
    """Who a row is about, as `register_subject` takes it; used only where the code or person is not on file yet."""

    subject_kind: SubjectKind
    name: str
    code: str | None = None
    division: str
    representative: str = ""
    business_no: str = ""
    organisation_code: str = ""
    tax_no: str = ""
    institution_no: str = ""
    society_no: str = ""
    person_name: PersonalData | None = None
    identity_number: PersonalData | None = None


def record_row(
    file: CreditFile, context: Context, *, subject: Subject, record: LicenceRecorded | PenaltyRecorded,
    confirmed: frozenset[str] = frozenset(),
) -> list[Event]:  # fmt: skip
    """Record one row of a V2 table (登记一行): the subject where it is new, then the licence or the penalty.

    Refused, in this order: NotYourArea, as `check_row`, as `register_subject` where the subject is new (a subject of
    another county is registered too), then as `record_licence` or `record_penalty`. A Doubt among them means: set the
    row aside.
    Basis: 发改办财金〔2018〕424号.
    """
    check_source(context, record)
    check_row(context, record)
    # Whose row it is was asked of the authority; where its firm was registered is another question.
    context = replace(context, officer=replace(context.officer, area=WHOLE_CITY))
    events: list[Event] = []
    if file.profile is None:
        values = {name: getattr(subject, name) for name in Subject.model_fields}
        events = register_subject(file, context, **values, confirmed=confirmed)
        file = foresee(file, context, events)
    if isinstance(record, LicenceRecorded):
        return [*events, *record_licence(file, context, licence=record, confirmed=confirmed)]
    return [*events, *record_penalty(file, context, penalty=record, confirmed=confirmed)]


def receive_batch(
    batch: Batch, context: Context, *, batch_id: str, file_name: str, sha256: str, table: TableKind
) -> list[Event]:
    """Record that a batch was handed in (收到批次); said once, with its first rows.

    Refused: nothing; a second call records nothing.
    Basis: 发改办财金〔2018〕424号.
    """
    if batch.received is not None:
        return []
    return [
        BatchReceived(batch_id=batch_id, file_name=file_name, sha256=sha256, table=table, received_on=context.today)
    ]


def set_row_aside(
    aside: AsideRow, context: Context, *, batch_id: str, row: int, row_key: str, row_digest: str,
    doubt: str, reason_zh: str, reason_en: str, shown: dict[str, str], sealed_row: PersonalData,
) -> list[Event]:  # fmt: skip
    """Set a row aside for review (待核定), sealed.

    Refused, in this order: AlreadyWaiting (whatever the row says now: a decision waits once), RefusedBefore (the same
    row, word for word).
    Basis: rulebook row `import.kept` (unverified).
    """
    if aside.is_waiting:
        raise AlreadyWaiting(document_no=shown.get("document_no", ""))
    if aside.concluded == "refused" and aside.event is not None and aside.event.row_digest == row_digest:
        raise RefusedBefore(reason=aside.refusal)
    kept = None
    if context.rules.asks("import.kept"):
        kept = context.rules.term("import.kept", imported_on=context.today).until
    return [
        RowSetAside(
            batch_id=batch_id, row=row, row_key=row_key, row_digest=row_digest, doubt=doubt,
            reason_zh=reason_zh, reason_en=reason_en, shown=shown, sealed_row=sealed_row, kept_until=kept,
        )
    ]  # fmt: skip


def accept_row(aside: AsideRow, context: Context, *, subject_id: UUID, document_no: str) -> list[Event]:
    """Conclude a set-aside row as accepted (接受); its record went to the subject's stream first.

    Refused, in this order: RowUnknown, RowConcluded, RowEvidenceMissing.
    Basis: a row with a doubt needs an officer and evidence.
    """
    event = waiting_row(aside)
    check_evidence(context)
    return [RowAccepted(batch_id=event.batch_id, row=event.row, subject_id=subject_id, document_no=document_no)]


def refuse_row(aside: AsideRow, context: Context, *, reason: str) -> list[Event]:
    """Conclude a set-aside row as refused (拒绝), with the reason.

    Refused, in this order: RowUnknown, RowConcluded, RowReasonMissing.
    Basis: the sending office learns why.
    """
    event = waiting_row(aside)
    if not reason.strip():
        raise RowReasonMissing
    return [RowRefused(batch_id=event.batch_id, row=event.row, reason=reason.strip())]


def drop_row(aside: AsideRow, context: Context) -> list[Event]:
    """Record that a set-aside row's key is destroyed (销毁待核定行): at once when concluded, else after its term.

    Refused, in this order: RowUnknown, RowKept.
    Basis: rulebook row `import.kept` (unverified); 个人信息保护法 19.
    """
    event, key_id = aside.event, aside.key_id
    if event is None or key_id is None or aside.dropped:
        raise RowUnknown
    if aside.concluded is None and (event.kept_until is None or context.today <= event.kept_until):
        raise RowKept(row=event.row, until=event.kept_until or "—")
    return [RowDropped(batch_id=event.batch_id, row=event.row, key_id=key_id)]
