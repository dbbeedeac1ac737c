"""Record (信用记录): licences and penalties as the national V2 tables of 双公示 have them, and what became of them.

A decision of a public body enters the file once, with every field of its table. A penalty is put into a class
(轻微 / 一般 / 严重, or the scheme of its day) by a person, because the class decides how long it may be shown.
Performance, corrections and annulments are events that name what they concern; nothing is overwritten.
What a decision of another day makes of a record stands in `record_events`; the decisions of this chapter in
`record_decisions`, `record_licences` and `record_penalties`.
Basis: 发改办财金〔2018〕424号 (V2 tables); class schemes of 发改办财金〔2019〕527号 and 国办发〔2025〕22号.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import ClassVar, Literal

from pydantic import Field

from domain.credit_file.record_events import ENDING, FALLEN, LicenceChanged, ObligationFulfilled, PenaltyAltered
from domain.event import Event, Fact, Origin, PersonalData
from domain.law.code_lists import Code
from domain.law.reading import Reading

LONG_TERM = date(2099, 12, 31)
"""What the V2 table writes for 长期: no last day."""

LICENCE_HOLDS_NOT = "2"
"""The status (当前状态) the V2 table gives a licence that does not hold."""

# Events


class V2Record(Event):
    """The columns both V2 tables share: counterpart (行政相对人), document, authority, source.

    counterpart_name     the name in the document; of a natural person only the surname and stars
    representative_id, person_id   sealed identity numbers; the kinds beside them are plain
    document_no          number of the decision document (决定文书号): with the subject it names the record
    """

    entry_id: str
    counterpart_name: str
    counterpart_kind: str
    code: str | None = None
    business_no: str = ""
    organisation_code: str = ""
    tax_no: str = ""
    institution_no: str = ""
    society_no: str = ""
    representative: str = ""
    representative_id_kind: str = ""
    representative_id: PersonalData | None = None
    person_id_kind: str = ""
    person_id: PersonalData | None = None
    document_no: str
    decided_on: date
    content: str = ""
    authority: str = ""
    authority_code: str = ""
    source_unit: str = ""
    source_unit_code: str = ""
    remark: str = ""


class LicenceRecorded(V2Record):
    """States that an administrative licence (行政许可) was granted.

    valid_until   last day, None = long-term (长期, 2099-12-31 in the table); status "1" valid, "2" not
    Since v1. Basis: 发改办财金〔2018〕424号, licence table V2.
    """

    TOPIC: ClassVar[str] = "credit/LicenceRecorded.v1"
    document_title: str = ""
    licence_kind: str = ""
    certificate_name: str = ""
    licence_no: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    status: str = ""


class PenaltyRecorded(V2Record):
    """States that an administrative penalty (行政处罚) was imposed.

    penalty_kinds      the kinds (处罚类别) one by one, in the words of the table
    fine_fen, confiscation_fen   amounts in fen, ≥ 0; None where the table leaves them empty
    stated_until       end of disclosure as the sending office wrote it (公示截止期); what counts is derived
    procedure          "ordinary" or "summary" (简易程序); the table does not say, so imports are ordinary
    Since v1. Basis: 发改办财金〔2018〕424号, penalty table V2.
    """

    TOPIC: ClassVar[str] = "credit/PenaltyRecorded.v1"
    conduct: str = ""
    facts: str = ""
    penalty_basis: str = ""
    penalty_kinds: tuple[str, ...] = ()
    fine_fen: int | None = Field(default=None, ge=0)
    confiscation_fen: int | None = Field(default=None, ge=0)
    revoked_licence: str = ""
    penalty_until: date | None = None
    stated_until: date | None = None
    procedure: Literal["ordinary", "summary"] = "ordinary"


class Classified(Event):
    """States that an officer put a penalty into a class of a scheme (失信程度).

    scheme         name of the trait in the rulebook, `class.2019` or `class.2025`
    penalty_class  code of the class in that scheme
    Since v1. Basis: 发改办财金〔2019〕527号; 国办发〔2025〕22号 二.
    """

    TOPIC: ClassVar[str] = "credit/Classified.v1"
    entry_id: str
    scheme: str
    penalty_class: str
    reason: str
    classified_on: date


class PenaltyPerformed(Event):
    """States that the subject performed all duties of a penalty and put the conduct right, with the days. Since v1."""

    TOPIC: ClassVar[str] = "credit/PenaltyPerformed.v1"
    entry_id: str
    performed_on: date
    corrected_on: date


class RecordCorrected(Event):
    """States that a recorded field was wrong and what it should have said; the old value stays in the log. Since v1."""

    TOPIC: ClassVar[str] = "credit/RecordCorrected.v1"
    entry_id: str
    field: str
    old: str
    new: str
    reason: str


class RecordAnnulled(Event):
    """States that the decision behind a record fell away (撤销) or was entered wrongly; it counts no more from
    `annulled_on`, the first day without it. Since v1. Basis: 行政处罚法 48 (withdrawal)."""

    TOPIC: ClassVar[str] = "credit/RecordAnnulled.v1"
    entry_id: str
    annulled_on: date
    reason: str


# State


@dataclass(frozen=True, slots=True)
class Entry:
    """One record with what became of it.

    classes    scheme → the class and where it was decided; a class is a judgement about the penalty and counts for
               every day, also for those before it was put
    restated   each correction or alteration of its text and each change of its class, in order: what a release before
               it never saw
    changes    what became of a licence, `paid` each duty of a penalty performed, `alterations` what others made of it
    outlived   each change of a licence's last day, with the last day it had before (None = long-term)
    """

    record: LicenceRecorded | PenaltyRecorded
    origin: Origin
    classes: Mapping[str, tuple[str, Origin]]
    performed_on: date | None = None
    corrected_on: date | None = None
    annulled_on: date | None = None
    corrections: tuple[tuple[RecordCorrected, Origin], ...] = ()
    performed: Origin | None = None
    annulled: Origin | None = None
    restated: tuple[Origin, ...] = ()
    version: int = 0
    changes: tuple[tuple[LicenceChanged, Origin], ...] = ()
    paid: tuple[tuple[ObligationFulfilled, Origin], ...] = ()
    alterations: tuple[tuple[PenaltyAltered, Origin], ...] = ()
    outlived: tuple[tuple[Origin, date | None], ...] = ()

    @property
    def entry_id(self) -> str:
        return self.record.entry_id

    @property
    def is_penalty(self) -> bool:
        return isinstance(self.record, PenaltyRecorded)

    @property
    def ended(self) -> tuple[LicenceChanged, Origin] | None:
        """The change that ended a licence: of several the one that counts first."""
        endings = [one for one in self.changes if one[0].kind in ENDING]
        return min(endings, key=lambda one: one[0].effective_on, default=None)

    @property
    def holds(self) -> bool:
        """Whether nothing on file says that a licence was ended; its last day is another question."""
        is_marked = isinstance(self.record, LicenceRecorded) and self.record.status == LICENCE_HOLDS_NOT
        return not is_marked and self.ended is None and self.annulled_on is None

    def last_day_seen(self, version: int) -> date | None:
        """The last day a licence had when the file was at that version, if it was changed since."""
        return next((last for origin, last in self.outlived if origin.version > version), None)

    def traits(self, rules: Reading) -> dict[str, str]:
        """What the rulebook asks of a penalty: its classes by scheme, its measure, its procedure, its authority."""
        found = {scheme: penalty_class for scheme, (penalty_class, _) in self.classes.items()}
        if isinstance(self.record, PenaltyRecorded):
            measure, authority = measure_of(self.record, rules), authority_of(self.record, rules).code
            found |= {"measure": measure, "procedure": self.record.procedure, "authority": authority}
        return found


Records = dict[str, Entry]

OTHER = "other"
"""The code of what a list does not know: of penalty kinds the last and gravest, of authorities one of another field."""


def kinds_of(penalty: PenaltyRecorded, rules: Reading) -> list[Code]:
    """The kinds of a penalty as codes of the list, whatever spelling and blanks the table has; unknown ones `other`."""
    known = rules.rulebook.code_list("penalty_kinds")
    return [known.find(one) or known.find(_plain(one)) or known[OTHER] for one in penalty.penalty_kinds]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def measure_of(penalty: PenaltyRecorded, rules: Reading) -> str:
    """What the penalty does, in the rulebook's words: that of its gravest kind; the list names the mildest first."""
    kinds = kinds_of(penalty, rules)
    return max(kinds, key=lambda one: one.place).kind if kinds else OTHER


def authority_of(record: V2Record, rules: Reading) -> Code:
    """The kind of authority that decided, by its code or a word in its name; the bureau's own where none is named."""
    known = rules.rulebook.code_list("authorities")
    if (found := known.find(record.authority_code)) is not None:
        return found
    for one in known.values():
        if any(word in record.authority for word in (one.zh, *one.aliases)):
            return one
    return known[OTHER] if record.authority else next(one for one in known.values() if one.kind == OWN_FIELD)


OWN_FIELD = "own"
"""The kind of those authorities whose decisions are of the bureau's own field (commerce)."""


# Evolve


@singledispatch
def evolve(event: Event, records: Records, fact: Fact) -> Records:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"records cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: LicenceRecorded, records: Records, fact: Fact) -> Records:
    return records | {event.entry_id: Entry(event, fact.origin, {}, version=fact.originator_version)}


@evolve.register
def _(event: PenaltyRecorded, records: Records, fact: Fact) -> Records:
    return records | {event.entry_id: Entry(event, fact.origin, {}, version=fact.originator_version)}


@evolve.register
def _(event: Classified, records: Records, fact: Fact) -> Records:
    entry = records[event.entry_id]
    before = entry.classes.get(event.scheme)
    classes = {**entry.classes, event.scheme: (event.penalty_class, fact.origin)}
    is_same = before is not None and before[0] == event.penalty_class
    restated = entry.restated if is_same else (*entry.restated, fact.origin)
    changed = replace(entry, classes=classes, restated=restated, version=fact.originator_version)
    return records | {event.entry_id: changed}


@evolve.register
def _(event: PenaltyPerformed, records: Records, fact: Fact) -> Records:
    entry = records[event.entry_id]
    done = replace(entry, performed_on=event.performed_on, corrected_on=event.corrected_on, performed=fact.origin)
    return records | {event.entry_id: replace(done, version=fact.originator_version)}


@evolve.register
def _(event: RecordCorrected, records: Records, fact: Fact) -> Records:
    entry = records[event.entry_id]
    value = CORRECTABLE[event.field](event.new)
    corrections = (*entry.corrections, (event, fact.origin))
    changed = replace(entry, corrections=corrections, version=fact.originator_version)
    if event.field in PERFORMANCE:
        changed = replace(changed, performed=fact.origin, **{event.field: value})  # type: ignore[arg-type]
    else:
        record = entry.record.model_copy(update={event.field: value})
        changed = replace(changed, record=record, restated=(*entry.restated, fact.origin))
    if event.field == "valid_until" and isinstance(entry.record, LicenceRecorded):
        changed = replace(changed, outlived=(*entry.outlived, (fact.origin, entry.record.valid_until)))
    return records | {event.entry_id: changed}


@evolve.register
def _(event: RecordAnnulled, records: Records, fact: Fact) -> Records:
    entry = replace(records[event.entry_id], annulled_on=event.annulled_on, annulled=fact.origin)
    return records | {event.entry_id: replace(entry, version=fact.originator_version)}


@evolve.register
def _(event: LicenceChanged, records: Records, fact: Fact) -> Records:
    entry = records[event.entry_id]
    assert isinstance(entry.record, LicenceRecorded)
    changed = replace(entry, changes=(*entry.changes, (event, fact.origin)), version=fact.originator_version)
    if event.kind not in ENDING:
        changed = replace(changed, restated=(*entry.restated, fact.origin))
    if event.kind == "renewed":
        until = None if event.valid_until == LONG_TERM else event.valid_until
        record = entry.record.model_copy(update={"valid_until": until})
        outlived = (*entry.outlived, (fact.origin, entry.record.valid_until))
        changed = replace(changed, record=record, outlived=outlived)
    return records | {event.entry_id: changed}


@evolve.register
def _(event: ObligationFulfilled, records: Records, fact: Fact) -> Records:
    entry = records[event.entry_id]
    paid = (*entry.paid, (event, fact.origin))
    return records | {event.entry_id: replace(entry, paid=paid, version=fact.originator_version)}


@evolve.register
def _(event: PenaltyAltered, records: Records, fact: Fact) -> Records:
    entry = records[event.entry_id]
    alterations = (*entry.alterations, (event, fact.origin))
    changed = replace(entry, alterations=alterations, version=fact.originator_version)
    if event.kind in FALLEN:
        # From that day it counts no more, exactly as if the bureau itself had annulled its record.
        changed = replace(changed, annulled_on=event.altered_on, annulled=fact.origin)
    else:
        changed = replace(changed, restated=(*entry.restated, fact.origin))
    return records | {event.entry_id: changed}


EVENTS: tuple[type[Event], ...] = (
    LicenceRecorded, PenaltyRecorded, Classified, PenaltyPerformed, RecordCorrected, RecordAnnulled, LicenceChanged,
    ObligationFulfilled, PenaltyAltered,
)  # fmt: skip


def whole_fen(text: str) -> int:
    """An amount in fen, digits only. Raises ValueError."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError("digits only")
    return int(text)


def iso_day(text: str) -> date:
    """A day written 2026-01-31 and no other way. Raises ValueError."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError("written otherwise")
    return day


CORRECTABLE: dict[str, Callable[[str], object]] = {
    "document_no": str,
    "conduct": str,
    "facts": str,
    "penalty_basis": str,
    "content": str,
    "authority": str,
    "fine_fen": whole_fen,
    "confiscation_fen": whole_fen,
    "decided_on": iso_day,
    "valid_from": iso_day,
    "valid_until": iso_day,
    "performed_on": iso_day,
    "corrected_on": iso_day,
}
"""Fields a correction may name, each with how its text is read."""

WEIGHTY = frozenset({"authority", "decided_on"})
"""Those of them on which it rests which rules apply: whether and how long an entry is shown, and who repairs it."""

PERFORMANCE = frozenset({"performed_on", "corrected_on"})
"""Those of them that the record of performance holds, not the V2 table."""


def has_field(entry: Entry, field: str) -> bool:
    """Whether the entry has such a field to correct: its table's own, or a performance once it is recorded."""
    if field in PERFORMANCE:
        return entry.performed_on is not None
    return field in type(entry.record).model_fields
