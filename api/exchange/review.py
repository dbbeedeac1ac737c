"""Review rows set aside by an import (待核定): an officer accepts one with evidence, or refuses it with a reason.

A row is opened for nothing else, and each opening leaves its record. What has been concluded, or waited too long, is
dropped: its key is destroyed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from api.exchange.importing import ASIDE
from api.exchange.rows import Row, read
from domain.casework.exchange import AsideRow
from domain.casework.exchange_decisions import (
    accept_row,
    check_evidence,
    drop_row,
    record_row,
    refuse_row,
    waiting_row,
)
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.record_licences import LicenceMarkedInvalid, licence_of
from domain.event import Sealed, Source
from domain.officer import check_may
from domain.register.acts import Receipt
from domain.register.register import CreditRegister

PURPOSE = "核定搁置的导入行"
TERM_OVER = "搁置的导入行已有结论或保存期满"


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted row: the subject's stream, the record in its file, and the receipt of the conclusion."""

    subject_id: UUID
    entry_id: str
    receipt: Receipt


def accept_aside(
    register: CreditRegister,
    aside: UUID,
    context: Context,
    new_id: Callable[[], UUID],
    confirmed: frozenset[str] = frozenset(),
) -> Accepted:
    """Record a waiting row although there is a doubt, on the evidence of `context.filing`, and conclude it.

    aside      stream of the row
    confirmed  codes of further doubts the officer has confirmed beside the one it was set aside for
    Refused, in this order: NotAllowed, RowUnknown, RowConcluded, RowEvidenceMissing, KeyDestroyed, what `record_row`
    refuses (a further doubt among it), NotAllowed and others of `accept_row`.
    If the process dies after the record was stored, the row still waits; accepting it again finds the record by its
    id and only concludes.
    """
    check_may(context.officer, accept_row.__name__)
    held = register.load_on(ASIDE, aside)
    event = waiting_row(held)
    check_evidence(context)
    row = _open(register, held, context)
    found = (
        register.subject_by_person(row.person) if row.person else register.subject_by_code(row.subject.code or "")
    )
    subject_id = found or new_id()
    source = Source(system="import", batch=event.batch_id, row=event.row)
    # The request's id belongs to the act that concludes it.
    recording = replace(context, filing=replace(context.filing, source=source, request_id=None))
    entry_id, is_recorded = _recorded(register.load(subject_id), row, event.doubt)
    if not is_recorded:
        register.do(
            record_row, subject_id, recording,
            subject=row.subject, record=row.record, confirmed=confirmed | {event.doubt},
        )  # fmt: skip
    receipt = register.do_on(
        ASIDE, accept_row, aside, context, subject_id=subject_id, document_no=row.record.document_no
    )
    return Accepted(subject_id, entry_id, receipt)


def _recorded(file: CreditFile, row: Row, doubt: str) -> tuple[str, bool]:
    """The record that the row makes, or ends, and whether a try before this one has done so already."""
    if doubt == LicenceMarkedInvalid.__name__:
        known = licence_of(file, row.record.document_no)
        if known is not None:
            return known.entry_id, not known.holds
    return row.record.entry_id, row.record.entry_id in file.records


def refuse_aside(register: CreditRegister, aside: UUID, context: Context, reason: str) -> Receipt:
    """Conclude a waiting row as refused; the same row is rejected with the reason when it comes again.

    Refused, in this order: NotAllowed, RowUnknown, RowConcluded, RowReasonMissing.
    """
    return register.do_on(ASIDE, refuse_row, aside, context, reason=reason)


def drop_aside(register: CreditRegister, aside: UUID, context: Context) -> Receipt:
    """Destroy the key of a concluded row, or of one whose term is over, and record it.

    Refused, in this order: NotAllowed, RowUnknown, RowKept.
    If the process dies after the key was destroyed, dropping it again only records it.
    """
    check_may(context.officer, drop_row.__name__)
    held = register.load_on(ASIDE, aside)
    drop_row(held, context)
    assert held.key_id is not None
    register.vault.destroy_key(held.key_id, TERM_OVER, officer_id=context.officer.officer_id)
    return register.do_on(ASIDE, drop_row, aside, context)


def _open(register: CreditRegister, held: AsideRow, context: Context) -> Row:
    event = waiting_row(held)
    assert isinstance(event.sealed_row, Sealed)
    written = register.vault.open(
        event.sealed_row, PURPOSE, officer_id=context.officer.officer_id,
        stream=held.stream_id, version=held.aside_version, field="sealed_row",
    )  # fmt: skip
    said = json.loads(written)
    kinds = context.rules.lists("subject_kinds", context.today)
    # The same id each time, so that a second try knows what the first one stored.
    entry_id = str(uuid5(held.stream_id, str(held.aside_version)))
    return read(event.row, said["table"], said["texts"], kinds, entry_id)
