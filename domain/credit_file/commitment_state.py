"""State of the commitment (信用承诺): what was promised and what became of it, folded from `commitment_events`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import Literal

from domain.credit_file.commitment_events import (
    BenefitRevoked,
    BreachNoticeServed,
    BreachStatementReceived,
    CommitmentBreached,
    CommitmentChecked,
    CommitmentCheckPlanned,
    CommitmentExpired,
    CommitmentFulfilled,
    CommitmentMade,
    CommitmentPublished,
    CommitmentWithdrawn,
)
from domain.credit_file.steps import with_step
from domain.event import Event, Fact, Origin

CommitmentState = Literal["not_yet", "running", "fulfilled", "breached", "withdrawn", "expired"]

# State


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment and what became of it.

    planned, planned_by   the check that is to be made, None when there is none or its result is recorded
    drawn_in              the draws after which its check was planned
    published, revoked    each publication of the letter, each benefit taken back, with who recorded it
    checks                the results of its checks, in order, with who recorded each
    noted                 the daily job's note that it expired
    """

    made: CommitmentMade
    origin: Origin
    version: int
    published: tuple[tuple[CommitmentPublished, Origin], ...] = ()
    planned: CommitmentCheckPlanned | None = None
    planned_by: Origin | None = None
    drawn_in: frozenset[str] = frozenset()
    checks: tuple[tuple[CommitmentChecked, Origin], ...] = ()
    fulfilled: CommitmentFulfilled | None = None
    notice: BreachNoticeServed | None = None
    notice_by: Origin | None = None
    statement: BreachStatementReceived | None = None
    breached: CommitmentBreached | None = None
    revoked: tuple[tuple[BenefitRevoked, Origin], ...] = ()
    withdrawn: CommitmentWithdrawn | None = None
    noted: Origin | None = None
    closed_by: Origin | None = None

    @property
    def channels(self) -> frozenset[str]:
        """Where the letter was published."""
        return frozenset(channel for one, _ in self.published for channel in one.channels)

    @property
    def bad_check(self) -> CommitmentChecked | None:
        """The last check, where it found a breach that was not notified since."""
        last = self.checks[-1][0] if self.checks else None
        if last is None or last.result not in ("partly", "not", "false") or self.breached or self.withdrawn:
            return None
        return last if self.notice is None else None

    @property
    def is_under_notice(self) -> bool:
        """Whether a suspected breach was notified and is still to be decided."""
        return self.notice is not None and self.breached is None

    @property
    def shown_until(self) -> date | None:
        """Last day on the page: its own end, without one the day it was kept, or the day before it was breached or
        withdrawn."""
        ends = [self.made.valid_until] if self.made.valid_until else []
        if self.fulfilled and self.made.valid_until is None:
            ends.append(self.fulfilled.fulfilled_on)
        if self.breached:
            ends.append(self.breached.breached_on - timedelta(days=1))
        if self.withdrawn:
            ends.append(self.withdrawn.withdrawn_on - timedelta(days=1))
        return min(ends, default=None)

    def state_on(self, on: date) -> CommitmentState:
        """What the commitment is on a day."""
        if self.withdrawn and self.withdrawn.withdrawn_on <= on:
            return "withdrawn"
        if on < self.made.valid_from:
            return "not_yet"
        if self.breached and self.breached.breached_on <= on:
            return "breached"
        if self.fulfilled and self.fulfilled.fulfilled_on <= on:
            return "fulfilled"
        return "expired" if self.made.valid_until and self.made.valid_until < on else "running"


Commitments = dict[str, Commitment]

# Evolve


@singledispatch
def evolve(event: Event, commitments: Commitments, fact: Fact) -> Commitments:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"commitments cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: CommitmentMade, commitments: Commitments, fact: Fact) -> Commitments:
    return commitments | {event.commitment_id: Commitment(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: CommitmentFulfilled, commitments: Commitments, fact: Fact) -> Commitments:
    # A notice served before was about keeping it; finding it false later asks for a notice of its own.
    changed = {"fulfilled": event, "closed_by": fact.origin, "notice": None, "notice_by": None, "statement": None}
    return with_step(commitments, event.commitment_id, fact, **changed)


@evolve.register
def _(event: BreachNoticeServed, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, notice=event, notice_by=fact.origin)


@evolve.register
def _(event: BreachStatementReceived, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, statement=event)


@evolve.register
def _(event: CommitmentBreached, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, breached=event, planned=None, closed_by=fact.origin)


@evolve.register
def _(event: CommitmentPublished, commitments: Commitments, fact: Fact) -> Commitments:
    published = (*commitments[event.commitment_id].published, (event, fact.origin))
    return with_step(commitments, event.commitment_id, fact, published=published)


@evolve.register
def _(event: CommitmentCheckPlanned, commitments: Commitments, fact: Fact) -> Commitments:
    drawn_in = commitments[event.commitment_id].drawn_in | ({event.draw_id} if event.draw_id else set())
    return with_step(commitments, event.commitment_id, fact, planned=event, planned_by=fact.origin, drawn_in=drawn_in)


@evolve.register
def _(event: CommitmentChecked, commitments: Commitments, fact: Fact) -> Commitments:
    checks = (*commitments[event.commitment_id].checks, (event, fact.origin))
    return with_step(commitments, event.commitment_id, fact, checks=checks, planned=None)


@evolve.register
def _(event: BenefitRevoked, commitments: Commitments, fact: Fact) -> Commitments:
    revoked = (*commitments[event.commitment_id].revoked, (event, fact.origin))
    return with_step(commitments, event.commitment_id, fact, revoked=revoked)


@evolve.register
def _(event: CommitmentWithdrawn, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, withdrawn=event, planned=None, closed_by=fact.origin)


@evolve.register
def _(event: CommitmentExpired, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, noted=fact.origin)
