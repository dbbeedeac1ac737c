"""Which attempts were denied, to whom, when, and by which rule of the role × act table? For auditors only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.casework.denials import AttemptDenied
from domain.context import day_of
from domain.event import Fact
from projections.named_queries import Connection, Queries
from projections.view import FactView

QUERIES = Queries.beside(__file__)


@dataclass(frozen=True, slots=True)
class Denied:
    """One denied attempt; subject_id is None where it concerned no file."""

    denial_id: UUID
    version: int
    on_day: date
    act: str
    officer_id: str
    role: str
    section: str
    on_behalf_of: str | None
    subject_id: UUID | None
    refusal: str
    channel: str
    position: int
    recorded_at: datetime


def rows(fact: Fact) -> list[Denied]:
    """The attempt that the fact is."""
    event = fact.event
    assert isinstance(event, AttemptDenied)
    assert fact.position is not None
    assert fact.recorded_at is not None
    return [
        Denied(
            fact.originator_id, fact.originator_version, day_of(fact.recorded_at), event.act, event.officer_id,
            event.role, event.section, event.on_behalf_of, event.subject_id, event.refusal, event.channel,
            fact.position, fact.recorded_at,
        )
    ]  # fmt: skip


VIEW = FactView("denial", Denied, rows, key="denial_id")

# Readers


def between(connection: Connection, from_on: date, until_on: date, *, limit: int, offset: int = 0) -> list[Denied]:
    """The attempts denied on these days, both included, the newest first. For auditors."""
    return QUERIES.fetch(
        connection, "between", Denied, from_on=from_on, until_on=until_on, limit=limit, offset=offset
    )  # fmt: skip
