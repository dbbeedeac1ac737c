"""Exchange (双公示 import): batches that a county office sends, and the rows set aside until an officer has looked.

A batch is a stream of its own. A row that can be recorded goes to its subject's stream and leaves no trace here; a row
with a doubt is set aside, sealed, with the reason; an officer accepts it with evidence or refuses it. A sealed row is
dropped (its key destroyed) after a term.
Basis: 发改办财金〔2018〕424号; rulebook row `import.kept` (unverified).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import singledispatch
from typing import ClassVar, Literal
from uuid import UUID

from domain.context import Context
from domain.credit_file.file import CreditFile, foresee
from domain.credit_file.profile import SubjectKind, register_subject
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.credit_file.record_decisions import record_licence, record_penalty
from domain.event import Event, Fact, Frozen, Origin, PersonalData, Sealed
from domain.refusals import Refused

TableKind = Literal["licence", "penalty"]

# Events


class BatchReceived(Event):
    """States that a file was handed in: its name, the SHA-256 of its bytes (hex), its table. Since v1."""

    TOPIC: ClassVar[str] = "casework/BatchReceived.v1"
    batch_id: str
    file_name: str
    sha256: str
    table: TableKind
    received_on: date


class RowSetAside(Event):
    """States that a row waits for an officer.

    row          number in the file, the heading is 1
    row_key      SHA-256 (hex) of table, subject and document number: recognises the same row in another file
    doubt        code of the doubt; `reason_zh`, `reason_en` its sentences
    shown        what the review queue may show: name, code, document number, and what is compared
    sealed_row   the whole row as JSON, sealed under a key of its own
    Since v1.
    """

    TOPIC: ClassVar[str] = "casework/RowSetAside.v1"
    batch_id: str
    row: int
    row_key: str
    doubt: str
    reason_zh: str
    reason_en: str
    shown: dict[str, str]
    sealed_row: PersonalData
    kept_until: date | None = None


class RowAccepted(Event):
    """States that an officer accepted a row with evidence; `subject_id` is the file it went to. Since v1."""

    TOPIC: ClassVar[str] = "casework/RowAccepted.v1"
    batch_id: str
    row: int
    subject_id: UUID
    document_no: str


class RowRefused(Event):
    """States that an officer refused a row, with the reason. Since v1."""

    TOPIC: ClassVar[str] = "casework/RowRefused.v1"
    batch_id: str
    row: int
    reason: str


class RowDropped(Event):
    """States that a set-aside row's key was destroyed after its term: what it said can no longer be read. Since v1."""

    TOPIC: ClassVar[str] = "casework/RowDropped.v1"
    batch_id: str
    row: int
    key_id: UUID


EVENTS: tuple[type[Event], ...] = (BatchReceived, RowSetAside, RowAccepted, RowRefused, RowDropped)

# State


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One row set aside and what became of it."""

    event: RowSetAside
    version: int
    origin: Origin
    concluded: Literal["accepted", "refused"] | None = None
    dropped: bool = False

    @property
    def key_id(self) -> UUID | None:
        return self.event.sealed_row.key_id if isinstance(self.event.sealed_row, Sealed) else None


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch: what was received and which rows wait."""

    version: int = 0
    received: BatchReceived | None = None
    rows: dict[int, AsideRow] = field(default_factory=dict)

    @classmethod
    def empty(cls, stream_id: UUID) -> Batch:
        """Before anything was received."""
        return cls()


# Evolve


@singledispatch
def evolve(event: Event, batch: Batch, fact: Fact) -> Batch:
    """Fold one event in. An event of another stream is corruption: stop."""
    raise TypeError(f"a batch cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: BatchReceived, batch: Batch, fact: Fact) -> Batch:
    return replace(batch, received=event)


@evolve.register
def _(event: RowSetAside, batch: Batch, fact: Fact) -> Batch:
    return replace(batch, rows=batch.rows | {event.row: AsideRow(event, fact.originator_version, fact.origin)})


@evolve.register
def _(event: RowAccepted, batch: Batch, fact: Fact) -> Batch:
    return replace(batch, rows=batch.rows | {event.row: replace(batch.rows[event.row], concluded="accepted")})


@evolve.register
def _(event: RowRefused, batch: Batch, fact: Fact) -> Batch:
    return replace(batch, rows=batch.rows | {event.row: replace(batch.rows[event.row], concluded="refused")})


@evolve.register
def _(event: RowDropped, batch: Batch, fact: Fact) -> Batch:
    return replace(batch, rows=batch.rows | {event.row: replace(batch.rows[event.row], dropped=True)})


def fold(batch: Batch, fact: Fact) -> Batch:
    """Fold one fact in."""
    return replace(evolve(fact.event, batch, fact), version=fact.originator_version)


# Checks


class RowUnknown(Refused):
    zh = "本批次没有待核定的第 {row} 行；请刷新页面。"
    en = "Row {row} of this batch does not wait for review; reload the page."
    status = 404


class RowConcluded(Refused):
    zh = "第 {row} 行已有结论；请刷新页面查看。"
    en = "Row {row} is already concluded; reload the page to see it."


class RowEvidenceMissing(Refused):
    zh = "接受待核定的行须有凭据（文号或说明）；请填写后再接受。"
    en = "Accepting a set-aside row needs evidence (a number or an explanation); fill it in and accept again."
    field = "evidence"


class RowKept(Refused):
    zh = "第 {row} 行保存至 {until}（含当日），尚不能销毁。"
    en = "Row {row} is kept through {until}; it cannot be dropped yet."


def waiting_row(batch: Batch, row: int) -> AsideRow:
    """The row, still waiting."""
    one = batch.rows.get(row)
    if one is None:
        raise RowUnknown(row=row)
    if one.concluded is not None or one.dropped:
        raise RowConcluded(row=row)
    return one


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

    Refused, in this order: as `register_subject` where the subject is new, then as `record_licence` or
    `record_penalty`. A Doubt among them means: set the row aside.
    Basis: 发改办财金〔2018〕424号.
    """
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
    """Record that a batch was handed in (收到批次); said once, before its first stored row.

    Refused: nothing; a second call records nothing.
    Basis: 发改办财金〔2018〕424号.
    """
    if batch.received is not None:
        return []
    return [
        BatchReceived(batch_id=batch_id, file_name=file_name, sha256=sha256, table=table, received_on=context.today)
    ]


def set_rows_aside(batch: Batch, context: Context, *, rows: tuple[RowSetAside, ...]) -> list[Event]:
    """Set rows aside for review (待核定), sealed; rows already aside are left as they are.

    Refused: nothing.
    Basis: rulebook row `import.kept` (unverified).
    """
    return [one for one in rows if one.row not in batch.rows]


def accept_row(batch: Batch, context: Context, *, row: int, subject_id: UUID, document_no: str) -> list[Event]:
    """Conclude a set-aside row as accepted (接受); its record went to the subject's stream first.

    Refused, in this order: RowUnknown, RowConcluded, RowEvidenceMissing.
    Basis: a row with a doubt needs an officer and evidence.
    """
    one = waiting_row(batch, row)
    if not context.filing.evidence:
        raise RowEvidenceMissing
    return [RowAccepted(batch_id=one.event.batch_id, row=row, subject_id=subject_id, document_no=document_no)]


def refuse_row(batch: Batch, context: Context, *, row: int, reason: str) -> list[Event]:
    """Conclude a set-aside row as refused (拒绝), with the reason.

    Refused, in this order: RowUnknown, RowConcluded.
    Basis: the sending office learns why.
    """
    one = waiting_row(batch, row)
    return [RowRefused(batch_id=one.event.batch_id, row=row, reason=reason)]


def drop_row(batch: Batch, context: Context, *, row: int) -> list[Event]:
    """Record that a set-aside row's key is destroyed (销毁待核定行) after its term.

    Refused, in this order: RowUnknown, RowKept.
    Basis: rulebook row `import.kept` (unverified); 个人信息保护法 19.
    """
    one = batch.rows.get(row)
    if one is None or one.dropped or one.key_id is None:
        raise RowUnknown(row=row)
    if one.concluded is None and (one.event.kept_until is None or context.today <= one.event.kept_until):
        raise RowKept(row=row, until=one.event.kept_until or "—")
    return [RowDropped(batch_id=one.event.batch_id, row=row, key_id=one.key_id)]
