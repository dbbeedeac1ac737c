"""Import files of licences and penalties (双公示): each row is recorded, set aside for review, ignored or rejected.

A file is read in chunks; a chunk is decided and stored by the register in one statement, rows with a doubt are set
aside in a second one. Killed at any place and run again, the import ends as if it had never been killed: what is
stored answers as a duplicate, what waits too, the rest is decided as before. Two imports at once are as safe as two
officers at once, since every row is decided on the file as it is when it is stored.
Basis: 发改办财金〔2018〕424号.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, BinaryIO
from uuid import UUID

from api.exchange.columns import TABLE_NAMES, Layout
from api.exchange.outcomes import RowOutcome, Verdict, refused_as
from api.exchange.rejections import CellsShifted, RowUnreadable
from api.exchange.rows import Label, Row, check, clean, hide, label_of, read
from api.exchange.sheets import SheetRow, open_sheet
from domain.casework.exchange import AsideRow, Batch, TableKind, aside_stream, batch_stream, fold, fold_row
from domain.casework.exchange_decisions import AlreadyWaiting, receive_batch, record_row, set_row_aside
from domain.context import Context
from domain.credit_file.record_checks import AlreadyRecorded
from domain.event import Personal, Source
from domain.law.code_lists import CodeList
from domain.refusals import CodeTaken, Doubt, Refused
from domain.register.acts import Act, Receipt, StreamKind, act_on
from domain.register.register import SUBJECT, CreditRegister
from domain.register.writing import PersonAlreadyFiled

Progress = Callable[[int, float], None]
"""Told after each chunk: rows so far, and how much of the file has been read, 0 to 1."""

CHUNK_ROWS = 1_000
TRIES = 3

BATCH: StreamKind[Batch] = StreamKind(Batch.empty, fold)
ASIDE: StreamKind[AsideRow] = StreamKind(AsideRow.empty, fold_row)


@dataclass
class _Slot:
    """One row on its way: what may be shown of it, and what became of it so far."""

    number: int
    label: Label
    row: Row | None = None
    doubt: Doubt | None = None
    outcome: RowOutcome | None = None


@dataclass
class Import:
    """An import under way: iterate over it once, to its end, and each row is told as it is stored.

    batch_id   names the batch for ever; the same bytes are the same batch
    ignored    headings that are not read
    counts     verdicts so far
    """

    register: CreditRegister
    file_name: str
    batch_id: str
    sha256: str
    layout: Layout
    context: Context
    new_id: Callable[[], UUID]
    rows: Iterator[SheetRow]
    progress: Progress | None = None
    counts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def table(self) -> TableKind:
        return self.layout.table

    @property
    def ignored(self) -> tuple[str, ...]:
        return self.layout.ignored

    def __iter__(self) -> Iterator[RowOutcome]:
        kinds = self.context.rules.lists("subject_kinds", self.context.today)
        is_first = True
        while chunk := list(islice(self.rows, CHUNK_ROWS)):
            slots = [self._slot(one, kinds) for one in chunk]
            self._record(slots, is_first)
            is_first = False
            for slot in slots:
                assert slot.outcome is not None
                self.counts[slot.outcome.verdict] += 1
                yield slot.outcome
            if self.progress is not None:
                self.progress(self.counts.total(), chunk[-1].share)

    # Reading

    def _slot(self, one: SheetRow, kinds: CodeList) -> _Slot:
        if one.cells is None:
            slot = _Slot(one.number, Label())
            self._conclude(slot, "reject", CellsShifted() if one.is_shifted else RowUnreadable())
            return slot
        texts = hide(self.table, clean(self.layout, one.cells))
        slot = _Slot(one.number, label_of(texts, kinds))
        try:
            check(self.table, texts)
            slot.row = read(one.number, self.table, texts, kinds, str(self.new_id()))
        except Refused as refusal:
            self._conclude(slot, "reject", refusal)
        return slot

    # Recording

    def _record(self, slots: list[_Slot], is_first: bool) -> None:
        """Store a chunk. Killed before the statement, none of it is stored; after it, all that could be recorded is,
        and rows with a doubt are set aside when the file is imported again."""
        open_slots = [slot for slot in slots if slot.row is not None]
        for _ in range(TRIES):
            outcomes = self._decide(open_slots, is_first)
            open_slots = [
                slot
                for slot, outcome in zip(open_slots, outcomes, strict=True)
                if not self._told(slot, outcome)
            ]
            # Somebody registered the subject a moment ago: its stream is found now.
            if not open_slots:
                break
        else:
            for slot in open_slots:
                self._conclude(slot, "reject", CodeTaken(code=slot.row.subject.code if slot.row else ""))
        self._set_aside([slot for slot in slots if slot.outcome is None])

    def _decide(self, slots: list[_Slot], is_first: bool) -> list[Receipt | Refused]:
        rows = [slot.row for slot in slots if slot.row is not None]
        codes = self.register.subjects_by_code({row.subject.code for row in rows if row.subject.code})
        persons = self.register.subjects_by_person({row.person for row in rows if row.person})
        streams: dict[str, UUID] = {**codes, **persons}
        acts: list[Act[Any]] = []
        for row in rows:
            stream = streams.setdefault(row.who, self.new_id())
            one = act_on(SUBJECT, record_row, stream, subject=row.subject, record=row.record)
            acts.append(replace(one, label=row))
        if not is_first:
            return self.register.do_many(acts, self._context_of)
        received = act_on(
            BATCH, receive_batch, UUID(self.batch_id),
            batch_id=self.batch_id, file_name=self.file_name, sha256=self.sha256, table=self.table,
        )  # fmt: skip
        first, *rest = self.register.do_many([received, *acts], self._context_of)
        if isinstance(first, Refused):
            raise first
        return rest

    def _context_of(self, act: Act[Any]) -> Context:
        row = act.label.number if isinstance(act.label, Row) else None
        source = Source(system="import", batch=self.batch_id, row=row)
        return replace(self.context, filing=replace(self.context.filing, source=source))

    def _told(self, slot: _Slot, outcome: Receipt | Refused) -> bool:
        """Note what the register answered; False where the row is to be asked again, its subject's stream found."""
        if isinstance(outcome, Receipt):
            stored = outcome.events[-1]
            slot.outcome = RowOutcome(
                self.file_name, slot.number, "accept", name=slot.label.name, document_no=slot.label.document_no,
                subject=outcome.stream, event_id=f"{outcome.stream}/{stored.version}", position=stored.position,
            )  # fmt: skip
        elif isinstance(outcome, AlreadyRecorded):
            self._conclude(slot, "duplicate", outcome)
        elif isinstance(outcome, Doubt):
            slot.doubt = outcome
        elif isinstance(outcome, CodeTaken | PersonAlreadyFiled):
            return False
        else:
            self._conclude(slot, "reject", outcome)
        return True

    def _set_aside(self, slots: list[_Slot]) -> None:
        acts = [self._aside_act(slot) for slot in slots]
        for slot, outcome in zip(slots, self.register.do_many(acts, self._context_of) if acts else [], strict=True):
            assert slot.doubt is not None
            if isinstance(outcome, AlreadyWaiting):
                self._conclude(slot, "duplicate", outcome)
            elif isinstance(outcome, Refused):
                self._conclude(slot, "reject", outcome)
            else:
                self._conclude(slot, "review", slot.doubt, aside=outcome.stream)

    def _aside_act(self, slot: _Slot) -> Act[Any]:
        row, doubt = slot.row, slot.doubt
        assert row is not None
        assert doubt is not None
        written = json.dumps({"table": row.table, "texts": row.texts}, ensure_ascii=False, sort_keys=True)
        about = json.dumps([row.table, row.who, row.record.document_no], ensure_ascii=False)
        # Keyed, since a certificate number can be found by trying all there are.
        row_key = self.register.vault.keyed_hash(b"row", about.encode()).hex()
        shown = {"table": TABLE_NAMES[row.table], "name": slot.label.name, "code": row.subject.code or ""}
        shown |= {"document_no": row.record.document_no} | {key: str(one) for key, one in doubt.values.items()}
        one = act_on(
            ASIDE, set_row_aside, aside_stream(row_key),
            batch_id=self.batch_id, row=row.number, row_key=row_key,
            row_digest=self.register.vault.keyed_hash(b"row_digest", written.encode()).hex(),
            doubt=doubt.code, reason_zh=doubt.sentence_zh, reason_en=doubt.sentence_en, shown=shown,
            sealed_row=Personal(written, f"{self.batch_id}/{row.number}"),
        )  # fmt: skip
        return replace(one, label=row)

    def _conclude(self, slot: _Slot, verdict: Verdict, refusal: Refused, aside: UUID | None = None) -> None:
        told = refused_as(verdict, self.file_name, slot.number, refusal, slot.label.name, slot.label.document_no)
        slot.outcome = replace(told, aside=aside)


def import_file(
    register: CreditRegister,
    file: BinaryIO,
    file_name: str,
    context: Context,
    new_id: Callable[[], UUID],
    progress: Progress | None = None,
) -> Import:
    """Begin to import a file; nothing is stored before the result is iterated over.

    file       seekable, open until the last row
    file_name  as people know it; tells nothing about the content
    context    moment, officer and rules of the whole import; its filing is kept but for the source
    new_id     makes the ids of new subjects and records (`Clock.new_id`)
    Refused, in this order: FileTooLarge or FileUnreadable, HeadingsMissing; NotAllowed when the first row is asked for.
    """
    sheet = open_sheet(file, file_name)
    batch_id = str(batch_stream(sheet.sha256))
    return Import(
        register, file_name, batch_id, sheet.sha256, sheet.layout, context, new_id, sheet.rows, progress
    )
