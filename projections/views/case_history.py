"""What happened in a case, step by step: on which day, by whom in which role, on which papers, where in the log?

A case is whatever an event names first by an id: a listing, a repair, a record, an objection, with all that became of
it. One row for each fact of a case, never changed by a later one. For officers and auditors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from domain.context import day_of
from domain.event import Event, Fact
from projections.named_queries import Connection, Queries
from projections.view import FactView

QUERIES = Queries.beside(__file__)

DAYS = (
    "served_on", "received_on", "effective_on", "reviewed_on", "not_accepted_on", "accepted_on", "verified_on",
    "asked_on", "sent_on", "proposed_on", "fulfilled_on", "breached_on", "made_on", "disclosed_from", "ended_on",
    "performed_on", "annulled_on", "revoked_on", "decided_on",
)  # fmt: skip
"""Fields that hold the day of an act; the first one that an event has is its day. An event with none of them has the
first of its days that is not in `LATER`."""

LATER = ("due_on", "new_due_on", "first_possible_on", "hearing_on")
"""Days that an event sets and that are not its own."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a case.

    step          name of the event; on its own day, the day of recording where the act states none
    outcome       what was decided, where the step is a decision: list, not_lawful, granted …
    evidence      {"title", "document_no", "sha256"} of each paper
    """

    subject_id: UUID
    version: int
    case_kind: str
    case_id: str
    step: str
    on_day: date
    outcome: str
    document_no: str
    officer_id: str
    role: str
    section: str
    on_behalf_of: str | None
    case_no: str | None
    evidence: list[dict[str, Any]]
    position: int
    recorded_at: datetime


def rows(fact: Fact) -> list[StepTaken]:
    """The step that the fact is, if it is one."""
    event, envelope = fact.event, fact.envelope
    named, day_field, outcome, document_no = _fields_of(type(event))
    if named is None:
        return []
    assert fact.position is not None
    assert fact.recorded_at is not None
    actor = envelope.actor
    return [
        StepTaken(
            fact.originator_id, fact.originator_version, _kind(event, named), getattr(event, named),
            type(event).__name__,
            _day(event, day_field) or day_of(fact.recorded_at), _text(event, outcome), _text(event, document_no),
            actor.officer_id, actor.role, actor.section, actor.on_behalf_of, envelope.case_no,
            [one.model_dump() for one in envelope.evidence], fact.position, fact.recorded_at,
        )
    ]  # fmt: skip


@cache
def _fields_of(event: type[Event]) -> tuple[str | None, str | None, str | None, str | None]:
    """The fields of an event that hold its case, its day, its outcome and its document's number."""
    own = tuple(event.model_fields)
    named = next((name for name in own if name.endswith("_id")), None)
    other_days = tuple(name for name in own if name.endswith("_on") and name not in LATER)
    names = ((*DAYS, "applied_at", *other_days), ("outcome", "opinion"), ("document_no", "decision_no"))
    found = [next((name for name in some if name in own), None) for some in names]
    return named, found[0], found[1], found[2]


def _kind(event: Event, named: str) -> str:
    """What the id names; an event about a case of any kind says of which."""
    return str(getattr(event, "case_kind", "")) or named.removesuffix("_id")


def _day(event: Event, field: str | None) -> date | None:
    value = getattr(event, field) if field else None
    return day_of(value) if isinstance(value, datetime) else value


def _text(event: Event, field: str | None) -> str:
    return str((getattr(event, field) if field else None) or "")


VIEW = FactView("case_history", StepTaken, rows, json=frozenset({"evidence"}))

# Readers


def of_case(connection: Connection, subject_id: UUID, case_id: str) -> list[StepTaken]:
    """The steps of one case in the order recorded. For officers."""
    return QUERIES.fetch(connection, "of_case", StepTaken, subject_id=subject_id, case_id=case_id)


def of_subject(connection: Connection, subject_id: UUID, *, limit: int = 1000) -> list[StepTaken]:
    """All steps in all cases of a subject in the order recorded, at most `limit`, the newest. For officers."""
    return QUERIES.fetch(connection, "of_subject", StepTaken, subject_id=subject_id, limit=limit)[::-1]
