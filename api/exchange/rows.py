"""From the cells of a row to what the register is asked to record.

`clean` makes texts of the cells, `read` makes a subject and a record of the texts. The texts are what a row set aside
is kept as, sealed; read again later, they give the same. Certificate numbers leave here only as `Personal`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from api.exchange import cells as read_cell
from api.exchange.cells import REPLACEMENT
from api.exchange.columns import CellKind, Column, Layout, columns_of
from api.exchange.rejections import (
    AmountUnreadable,
    AuthorityCodeMissing,
    CellMissing,
    CellTooLong,
    DateUnreadable,
    IdentityNumberMisplaced,
    KindUnknown,
    PersonNumberMissing,
    PersonWithCode,
    TextLost,
)
from domain import credit_code
from domain.casework.exchange import TableKind
from domain.casework.exchange_decisions import Subject
from domain.credit_file.profile import CodeMisshapen, NameMissing, SubjectKind
from domain.credit_file.record import LONG_TERM, LicenceRecorded, PenaltyRecorded
from domain.credit_file.record_checks import DocumentNoMissing
from domain.event import Personal
from domain.law.code_lists import CodeList

Texts = dict[str, str]

LONG_TERM_WORDS = frozenset({"长期", "长期有效", "永久"})
SOLE_TRADER_CODES = "92"
NEVER_PERSONAL = frozenset({"name", "code", "number", "document_no"})
MISSING = {"counterpart_name": NameMissing, "document_no": DocumentNoMissing}

_TEXT_OF: dict[CellKind, Callable[[str], str]] = {
    "name": read_cell.name,
    "code": credit_code.clean,
    "number": read_cell.number,
    "identity": read_cell.identity,
    "document_no": read_cell.document_no,
    "text": read_cell.text,
    "date": read_cell.half_width,
    "end": read_cell.half_width,
    "amount": read_cell.half_width,
    "kinds": read_cell.text,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be asked to be recorded.

    number   in the file, the heading is 1
    texts    every cell as text, certificate numbers among them: to be sealed, never shown
    person   what a natural person's file is found by, None for others
    """

    number: int
    table: TableKind
    texts: Texts
    subject: Subject
    record: LicenceRecorded | PenaltyRecorded
    person: str | None = None

    @property
    def who(self) -> str:
        """What the subject's file is found by: the credit code, or of a natural person the certificate number."""
        return self.person or self.subject.code or ""


@dataclass(frozen=True, slots=True)
class Label:
    """What may be shown of any row, even one that cannot be read: the name (masked unless of an organisation) and the
    document number."""

    name: str = ""
    document_no: str = ""


def clean(layout: Layout, cells: Sequence[str]) -> Texts:
    """The texts of a row by field; empty cells are left out."""
    texts: Texts = {}
    for column, cell in zip(layout.places, cells, strict=False):
        if column is not None and cell:
            found = _TEXT_OF[column.kind](cell)
            if found:
                texts[column.field] = found
    return texts


def hide(table: TableKind, texts: Texts) -> Texts:
    """The texts without identity numbers outside their own columns, and without mobile numbers in free texts."""
    columns = columns_of(table)
    own = [texts[name] for name in ("person_id", "representative_id") if name in texts]
    hidden = {}
    for name, one in texts.items():
        kind = columns[name].kind
        plain = one if _may_stand(kind, one) else read_cell.without_identity_numbers(one, own)
        hidden[name] = read_cell.without_mobile_numbers(plain) if kind == "text" else plain
    return hidden


def _may_stand(kind: CellKind, one: str) -> bool:
    """Whether the cell is where certificate numbers belong, or a credit code that happens to look like one."""
    return kind == "identity" or (kind == "code" and one.isdigit() and credit_code.check_holds(one))


def label_of(texts: Texts, kinds: CodeList) -> Label:
    """What may be shown of the row, given texts without identity numbers."""
    full = texts.get("counterpart_name", "")
    kind = kinds.find(texts.get("counterpart_kind", ""))
    is_shown = kind.code != "natural_person" if kind is not None else "code" in texts
    shown = full if is_shown or not full else read_cell.masked_name(full)
    return Label(read_cell.without_shapes(shown), read_cell.without_shapes(texts.get("document_no", "")))


def check(table: TableKind, texts: Texts) -> None:
    """Refuse what the table itself does not allow, whatever it says; given texts without identity numbers.

    Refused, in this order: NameMissing, DocumentNoMissing, CellMissing; then by column IdentityNumberMisplaced,
    TextLost, CellTooLong.
    """
    columns = columns_of(table)
    for name, refusal in MISSING.items():
        if name not in texts:
            raise refusal
    for column in columns.values():
        if column.needed and column.field not in texts:
            raise CellMissing(column=column.title)
    for name, one in texts.items():
        column = columns[name]
        if column.kind in NEVER_PERSONAL and read_cell.HIDDEN in one:
            raise IdentityNumberMisplaced(column=column.title)
        # A doubt about the code would tell it to the queue: better no code of digits alone than a mistyped person's.
        if column.kind == "code" and read_cell.HIDDEN in read_cell.without_shapes(one) and not _may_stand("code", one):
            raise IdentityNumberMisplaced(column=column.title)
        if REPLACEMENT in one:
            raise TextLost(column=column.title)
        # A credit code of the wrong length is told as such, by `read`.
        if column.length is not None and len(one) > column.length and name != "code":
            raise CellTooLong(column=column.title, length=len(one), limit=column.length)


def read(number: int, table: TableKind, texts: Texts, kinds: CodeList, entry_id: str) -> Row:
    """Make a subject and a record of the texts of a row that `check` let pass.

    kinds      the code list `subject_kinds`
    entry_id   what the record will be called
    Refused, in this order: KindUnknown; PersonWithCode, PersonNumberMissing, AuthorityCodeMissing of a natural
    person, CodeMisshapen of others; DateUnreadable, AmountUnreadable.
    """
    kind = _kind_of(texts, kinds)
    typed: dict[str, Any] = {"entry_id": entry_id}
    person = None
    if kind == "natural_person":
        person = _check_person(texts)
        shown = {name: _without_name(name, one, texts["counterpart_name"]) for name, one in texts.items()}
    elif credit_code.is_shaped(texts.get("code", "")):
        shown = texts
    else:
        raise CodeMisshapen
    columns = columns_of(table)
    for name, one in shown.items():
        typed[name] = _value_of(columns[name], one, texts)
    typed.setdefault("counterpart_kind", "")
    record = LicenceRecorded(**typed) if table == "licence" else PenaltyRecorded(**typed)
    return Row(number, table, texts, _subject_of(kind, record, texts, person), record, person)


def _kind_of(texts: Mapping[str, str], kinds: CodeList) -> SubjectKind:
    """The kind as written; where the column is empty, what code and certificate tell."""
    given = texts.get("counterpart_kind")
    if given is None:
        code = texts.get("code", "")
        if not code and "person_id" in texts:
            return "natural_person"
        return "sole_trader" if code.startswith(SOLE_TRADER_CODES) else "organisation"
    found = kinds.find(given)
    if found is None:
        raise KindUnknown
    return cast(SubjectKind, found.code)


def _check_person(texts: Texts) -> str:
    if "code" in texts:
        raise PersonWithCode
    if "person_id" not in texts:
        raise PersonNumberMissing
    if not credit_code.is_shaped(texts.get("authority_code", "")):
        raise AuthorityCodeMissing
    return read_cell.sealed(texts["person_id"], texts.get("person_id_kind", "")).person


def _without_name(field: str, one: str, full: str) -> str:
    """A natural person's name does not stand in the open in any other cell either."""
    if field == "counterpart_name":
        return read_cell.masked_name(full)
    return one.replace(full, read_cell.masked_name(full)) if len(full) > 1 else one


def _value_of(column: Column, one: str, texts: Texts) -> object:
    match column.kind:
        case "identity":
            return read_cell.sealed(one, texts.get(f"{column.field}_kind", ""))
        case "kinds":
            return read_cell.kinds(one)
        case "end" if one in LONG_TERM_WORDS:
            return None
        case "date" | "end":
            try:
                day: date | None = read_cell.day(one)
            except ValueError:
                raise DateUnreadable(column=column.title, given=read_cell.quotable(one)) from None
            return None if column.kind == "end" and day == LONG_TERM else day
        case "amount":
            try:
                return read_cell.fen(one)
            except ValueError:
                raise AmountUnreadable(column=column.title, given=read_cell.quotable(one)) from None
        case _:
            return one


def _subject_of(
    kind: SubjectKind, record: LicenceRecorded | PenaltyRecorded, texts: Texts, person: str | None
) -> Subject:
    if person is not None:
        return Subject(
            subject_kind=kind,
            name=record.counterpart_name,
            division=credit_code.division_of(record.authority_code),
            person_name=Personal(texts["counterpart_name"], person),
            identity_number=Personal(texts["person_id"], person),
        )
    return Subject(
        subject_kind=kind,
        name=record.counterpart_name,
        code=record.code,
        division=credit_code.division_of(record.code or ""),
        representative=record.representative,
        business_no=record.business_no,
        organisation_code=record.organisation_code,
        tax_no=record.tax_no,
        institution_no=record.institution_no,
        society_no=record.society_no,
    )
