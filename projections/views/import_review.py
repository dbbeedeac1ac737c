"""Which rows of which file wait for an officer, and what was stored of a file and is not released yet?

Three tables: `import_batch`, one row for each file handed in; `import_review`, one for each row set aside; and
`batch_entry`, one for each entry that came from a file, so that an approver can release a file in one act. Nothing
here tells more of a sealed row than the review queue may show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.casework.exchange import AsideRow, Batch
from domain.context import day_of
from domain.credit_file.disclosure import officers_behind
from domain.credit_file.file import CreditFile
from domain.credit_file.release_duties import release_state
from domain.law.answers import FactMissing, NoRule, Term
from domain.law.reading import Reading
from projections.citation import cite_all
from projections.named_queries import Connection, Queries
from projections.view import View

QUERIES = Queries.beside(__file__)

# Rows


@dataclass(frozen=True, slots=True)
class ReceivedBatch:
    """One file handed in; its bytes name it."""

    stream_id: UUID
    batch_id: str
    file_name: str
    sha256: str
    table_kind: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Aside:
    """One row set aside, or set aside last under its key.

    state       waiting, accepted, refused or dropped; refusal why it was refused
    shown       name, code, document number and what is compared; never an identity number
    due_on      until when it should be reviewed, None where no rule says; certainty of that rule
    """

    stream_id: UUID
    batch_id: str
    row_no: int
    version: int
    state: str
    doubt: str
    reason_zh: str
    reason_en: str
    shown: dict[str, str]
    refusal: str
    set_aside_on: date
    section: str
    officer_id: str
    due_on: date | None
    is_firm: bool
    rules: list[dict[str, object]]
    kept_until: date | None
    position: int


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """One entry that came from a file.

    state   released; waiting for release, or for another one since it was changed; unclassified (a penalty without the
            class its period needs); unprepared (its text may need hiding first); undisclosed (the version
            in force does not disclose it); over (its period ended before it was released); barred (refused or
            withdrawn); annulled
    until   last day it would be shown if released, None = no end known
    authors recorded, corrected or classified it: none of them may release it
    """

    subject_id: UUID
    entry_id: str
    batch_id: str
    kind: str
    document_no: str
    state: str
    until: date | None
    authors: list[str]
    division: str
    position: int


def batch(file: Batch, rules: Reading) -> list[ReceivedBatch]:
    """The row of a file handed in; the stream's id is the batch's."""
    one = file.received
    if one is None:
        return []
    stream_id = UUID(one.batch_id)
    return [ReceivedBatch(stream_id, one.batch_id, one.file_name, one.sha256, one.table, one.received_on)]


def aside(file: AsideRow, rules: Reading) -> list[Aside]:
    """The row set aside."""
    one, origin = file.event, file.origin
    if one is None or origin is None:
        return []
    assert origin.recorded_at is not None
    assert origin.position is not None
    set_aside_on = day_of(origin.recorded_at)
    term: Term | None
    try:
        term = rules.term("import.review_due", days={"imported_on": set_aside_on})
    except (NoRule, FactMissing):
        term = None
    state = "dropped" if file.dropped and file.concluded is None else file.concluded or "waiting"
    return [
        Aside(
            file.stream_id, one.batch_id, one.row, file.version, state, one.doubt, one.reason_zh, one.reason_en,
            dict(one.shown), file.refusal, set_aside_on, origin.section, origin.officer_id,
            term.until if term else None, term.is_firm if term else True,
            cite_all(term.rows, rules) if term else [], one.kept_until, origin.position,
        )
    ]  # fmt: skip


def entries(file: CreditFile, rules: Reading) -> list[BatchEntry]:
    """The entries of the subject that came from files."""
    if file.profile is None:
        return []
    found = []
    for one in file.records.values():
        origin = one.origin
        if origin.batch is None:
            continue
        state, until = release_state(file, one.entry_id, rules)
        assert origin.position is not None
        found.append(
            BatchEntry(
                file.subject_id, one.entry_id, origin.batch, "penalty" if one.is_penalty else "licence",
                one.record.document_no, state, until, sorted(officers_behind(file, one.entry_id)),
                file.profile.division, origin.position,
            )
        )  # fmt: skip
    return found


REVIEW: View[AsideRow] = View("import_review", Aside, aside, "stream_id", frozenset({"shown", "rules"}))
ENTRIES: View[CreditFile] = View("batch_entry", BatchEntry, entries)


BATCHES: View[Batch] = View("import_batch", ReceivedBatch, batch, "stream_id")

# Readers


@dataclass(frozen=True, slots=True)
class EntryOfBatch(BatchEntry):
    """An entry of a file with the subject it is about."""

    subject_name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """What became of one file.

    stored      entries that came from it; of them released, and releasable on the day; unclassified wait for a class,
                unprepared for a text in which nothing stands that may not be shown
    waiting     rows that wait for an officer; accepted and refused by one
    """

    batch_id: str
    file_name: str
    table_kind: str
    received_on: date
    stored: int
    released: int
    releasable: int
    unclassified: int
    unprepared: int
    undisclosed: int
    waiting: int
    accepted: int
    refused: int


def batches(
    connection: Connection, on: date, *, area: str | None = None, limit: int = 50, offset: int = 0
) -> list[BatchCounts]:
    """The files handed in, newest first, with counts; of one division's entries only where `area` is given."""
    return QUERIES.fetch(connection, "batches", BatchCounts, on=on, area=area, limit=limit, offset=offset)


def of_batch(connection: Connection, batch_id: str, on: date, *, area: str | None = None) -> BatchCounts | None:
    """One file with its counts, of one division's entries where `area` is given; None where it was never handed in."""
    found = QUERIES.fetch(connection, "of_batch", BatchCounts, batch_id=batch_id, on=on, area=area)
    return found[0] if found else None


def releasable(
    connection: Connection, batch_id: str, on: date, officer_id: str, *, limit: int = 5000
) -> list[BatchEntry]:
    """The entries of a file that this officer may release on the day: not over, and neither recorded nor
    changed by the officer."""
    return QUERIES.fetch(
        connection, "releasable", BatchEntry, batch_id=batch_id, on=on, officer_id=officer_id, limit=limit
    )


def entries_in(
    connection: Connection, batch_id: str, states: Sequence[str], *, area: str | None = None, limit: int = 5000,
    offset: int = 0,
) -> list[EntryOfBatch]:  # fmt: skip
    """The entries of a file in any of these states, in the order recorded; of one division only where `area` is given.

    At most `limit` after `offset`.
    """
    return QUERIES.fetch(
        connection, "entries", EntryOfBatch, batch_id=batch_id, states=list(states), area=area, limit=limit,
        offset=offset,
    )  # fmt: skip


def waiting(
    connection: Connection, *, batch_id: str | None = None, area: str | None = None, limit: int = 50, offset: int = 0
) -> list[Aside]:
    """The rows that wait for an officer, by file and row; of one file where it is named.

    `area` narrows to rows whose code names the division; a row without a readable code is nobody's but the city's.
    """
    return QUERIES.fetch(connection, "waiting", Aside, batch_id=batch_id, area=area, limit=limit, offset=offset)


def row(connection: Connection, batch_id: str, row_no: int) -> Aside | None:
    """One row set aside, whatever became of it."""
    found = QUERIES.fetch(connection, "row", Aside, batch_id=batch_id, row_no=row_no)
    return found[0] if found else None
