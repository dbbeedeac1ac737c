"""Exchange (双公示 import): batches that a county office sends, and the rows set aside until an officer has looked.

A batch is a stream that says which file was handed in. A row that can be recorded goes to its subject's stream and
leaves no trace here. A row with a doubt is set aside, sealed, with the reason, in a stream of its own, found by what
the row is about (table, subject, document number): so a decision waits once, however often and in whichever file it
comes. An officer accepts it with evidence or refuses it. What was refused is not set aside again unless the row says
something else now. A sealed row is dropped (its key destroyed) after a term.
The decisions stand in `exchange_decisions`.
Basis: 发改办财金〔2018〕424号; rulebook row `import.kept` (unverified).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import ClassVar, Literal
from uuid import UUID, uuid5

from domain.event import Event, Fact, Origin, PersonalData, Sealed

TableKind = Literal["licence", "penalty"]

_BATCHES = UUID("6f1d0c1e-5b0e-5d57-9a53-0d6b7a0c2a01")
_ASIDE = UUID("6f1d0c1e-5b0e-5d57-9a53-0d6b7a0c2a02")


def batch_stream(sha256: str) -> UUID:
    """The stream of the batch that a file's bytes (SHA-256, hex) make; its text is the `batch_id`."""
    return uuid5(_BATCHES, sha256)


def aside_stream(row_key: str) -> UUID:
    """The stream in which a row with this key waits."""
    return uuid5(_ASIDE, row_key)


# Events


class BatchReceived(Event):
    """States that a file was handed in: its name, the SHA-256 of its bytes (hex), its table.

    batch_id   follows from the bytes: the same file handed in twice is one batch
    Since v1.
    """

    TOPIC: ClassVar[str] = "casework/BatchReceived.v1"
    batch_id: str
    file_name: str
    sha256: str
    table: TableKind
    received_on: date


class RowSetAside(Event):
    """States that a row waits for an officer.

    row          number in the file, the heading is 1
    row_key      keyed hash (hex) of table, subject and document number: names the stream
    doubt        code of the doubt; `reason_zh`, `reason_en` its sentences
    shown        what the review queue may show: table, name, code, document_no, and what is compared
    sealed_row   the whole row as JSON, sealed under a key of its own
    kept_until   last day before the sealed row may be dropped; None where no rule says
    row_digest   keyed hash (hex) of everything the row says
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
    row_digest: str = ""


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
class Batch:
    """One batch: what was received, if anything yet."""

    version: int = 0
    received: BatchReceived | None = None

    @classmethod
    def empty(cls, stream_id: UUID) -> Batch:
        """Before anything was received."""
        return cls()


@dataclass(frozen=True, slots=True)
class AsideRow:
    """What waits, or waited last, under one row key, and what became of it.

    event, aside_version, origin   the newest setting aside, its version in the stream, who imported it
    concluded, refusal             how that one ended and why it was refused; None while it waits
    dropped                        whether its sealed text is gone
    """

    stream_id: UUID
    version: int = 0
    event: RowSetAside | None = None
    aside_version: int = 0
    origin: Origin | None = None
    concluded: Literal["accepted", "refused"] | None = None
    refusal: str = ""
    dropped: bool = False

    @classmethod
    def empty(cls, stream_id: UUID) -> AsideRow:
        """Before anything was set aside."""
        return cls(stream_id)

    @property
    def is_waiting(self) -> bool:
        return self.event is not None and self.concluded is None and not self.dropped

    @property
    def key_id(self) -> UUID | None:
        """The key of the sealed row, None before anything was set aside."""
        return self.event.sealed_row.key_id if self.event and isinstance(self.event.sealed_row, Sealed) else None


# Evolve


def fold(batch: Batch, fact: Fact) -> Batch:
    """Fold one fact of a batch in. An event of another stream is corruption: stop."""
    if not isinstance(fact.event, BatchReceived):
        raise TypeError(f"a batch cannot evolve on {type(fact.event).__name__}")
    return replace(batch, received=fact.event, version=fact.originator_version)


@singledispatch
def evolve(event: Event, aside: AsideRow, fact: Fact) -> AsideRow:
    """Fold one event in. An event of another stream is corruption: stop."""
    raise TypeError(f"a row set aside cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: RowSetAside, aside: AsideRow, fact: Fact) -> AsideRow:
    version = fact.originator_version
    return AsideRow(aside.stream_id, version, event, aside_version=version, origin=fact.origin)


@evolve.register
def _(event: RowAccepted, aside: AsideRow, fact: Fact) -> AsideRow:
    return replace(aside, concluded="accepted")


@evolve.register
def _(event: RowRefused, aside: AsideRow, fact: Fact) -> AsideRow:
    return replace(aside, concluded="refused", refusal=event.reason)


@evolve.register
def _(event: RowDropped, aside: AsideRow, fact: Fact) -> AsideRow:
    return replace(aside, dropped=True)


def fold_row(aside: AsideRow, fact: Fact) -> AsideRow:
    """Fold one fact of a row set aside in."""
    return replace(evolve(fact.event, aside, fact), version=fact.originator_version)
