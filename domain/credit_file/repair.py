"""Repair (信用修复): a firm that put things right has its penalty's disclosure ended, or is removed from a list.

A case comes from 信用中国 with the time of the push, or from the window, and is about one entry: received → accepted or
not, with missing papers named → verified → decided → repaired: disclosure, sharing and use end everywhere that day, the
measures are lifted, and the result is fed back. Verifier and decider are two people. Each condition of the version is
one check, in the rulebook's order. What was granted on a falsehood is revoked by the leader, after notice.
Events stand in `repair_events`, checks of law in `repair_checks`, decisions in `repair_decisions`, `repair_application`
(several entries), `repair_course` (time and withdrawal), `repair_execution`, `repair_revocation`.
Basis: 发改办财金〔2019〕527号; NDRC Order 58; 国办发〔2025〕22号; NDRC Order 36; rulebook rows `repair.*`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import singledispatch
from typing import Literal

from domain.context import CHINA, day_of
from domain.credit_file.repair_events import (
    RepairAccepted,
    RepairDecided,
    Repaired,
    RepairExtended,
    RepairFeedbackSent,
    RepairNotAccepted,
    RepairReceived,
    RepairRevocationNoticeServed,
    RepairRevocationStatementReceived,
    RepairRevoked,
    RepairSupplementAsked,
    RepairSupplemented,
    RepairVerified,
    RepairWithdrawn,
    SharingStopped,
    Verified,
)
from domain.credit_file.steps import with_step
from domain.event import Event, Fact, Origin
from domain.law.answers import Term
from domain.law.reading import Reading

__all__ = [
    "EVENTS", "Repair", "RepairAccepted", "RepairDecided", "RepairFeedbackSent", "RepairNotAccepted", "RepairReceived",
    "RepairSupplementAsked", "RepairSupplemented", "RepairVerified", "Repaired", "Repairs", "Verified", "accept_due",
    "answer_due", "evolve", "feedback_due",
]  # fmt: skip

# State


@dataclass(frozen=True, slots=True)
class Repair:
    """One case of repair; each step is None until it happened."""

    received: RepairReceived
    origin: Origin
    version: int
    papers: tuple[str, ...]
    supplement: RepairSupplementAsked | None = None
    accepted: RepairAccepted | None = None
    accepted_by: Origin | None = None
    not_accepted: RepairNotAccepted | None = None
    verified: RepairVerified | None = None
    verified_by: Origin | None = None
    decided: RepairDecided | None = None
    decided_by: Origin | None = None
    repaired: Repaired | None = None
    repaired_by: Origin | None = None
    feedback: RepairFeedbackSent | None = None
    extended: tuple[RepairExtended, ...] = ()
    withdrawn: RepairWithdrawn | None = None
    stopped: SharingStopped | None = None
    notice: RepairRevocationNoticeServed | None = None
    statement: RepairRevocationStatementReceived | None = None
    revoked: RepairRevoked | None = None
    revoked_by: Origin | None = None

    @property
    def repair_id(self) -> str:
        return self.received.repair_id

    @property
    def applied_on(self) -> date:
        return day_of(self.received.applied_at)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided."""
        ended = (self.not_accepted, self.decided, self.repaired, self.withdrawn)
        return all(one is None for one in ended)

    @property
    def concluded_on(self) -> date | None:
        """The day of what last concluded it: decision, non-acceptance, withdrawal, revocation; None while open."""
        if self.revoked is not None:
            return self.revoked.revoked_on
        if self.withdrawn is not None:
            return self.withdrawn.withdrawn_on
        if self.not_accepted is not None:
            return self.not_accepted.not_accepted_on
        if self.decided is not None:
            return self.decided.decided_on
        return self.repaired.effective_on if self.repaired is not None else None

    @property
    def is_taken_over(self) -> bool:
        """Whether only the result is known: granted on paper before go-live."""
        return self.repaired is not None and self.decided is None

    @property
    def is_granted(self) -> bool:
        """Whether a repair was granted and stands."""
        return self.repaired is not None and self.revoked is None

    def repairs_on(self, on: date) -> bool:
        """Whether the entry was repaired by this case that day: granted, and not or not yet revoked."""
        if self.repaired is None or on < self.repaired.effective_on:
            return False
        return self.revoked is None or on < self.revoked.revoked_on

    @property
    def stage(self) -> Literal["received", "supplement", "accepted", "verified", "feedback", "closed"]:
        """What the case waits for."""
        if not self.is_open:
            return "closed" if self.feedback or self.received.channel == "window" else "feedback"
        if self.verified is not None:
            return "verified"
        if self.accepted is not None:
            return "accepted"
        return "supplement" if self.supplement is not None else "received"


Repairs = dict[str, Repair]


def accept_due(case: Repair, rules: Reading) -> Term:
    """Until when acceptance must be decided: counted from the push, at the window from the application."""
    pushed = case.received.pushed_at or case.received.applied_at
    days = {"pushed_on": day_of(pushed), "applied_on": case.applied_on}
    return rules.term("repair.accept", days=days)


def answer_due(case: Repair, rules: Reading) -> Term:
    """Until when the applicant must have the answer: counted from the application, and on from there if extended."""
    term = rules.term("repair.answer", days={"applied_on": case.applied_on})
    for _ in case.extended:
        term = extended_term(case, term, rules)
    return term


def extended_term(case: Repair, term: Term, rules: Reading) -> Term:
    """The term after one extension: counted from its last day."""
    assert term.until is not None
    days = {"applied_on": case.applied_on, "answer_due_on": term.until}
    return rules.term("repair.extension", days=days)


def feedback_due(case: Repair, rules: Reading) -> Term:
    """Until when the result must be back at 信用中国: counted from what concluded it last."""
    assert case.concluded_on is not None
    return rules.term("repair.feedback", days={"decided_on": case.concluded_on})


# Evolve


@singledispatch
def evolve(event: Event, repairs: Repairs, fact: Fact) -> Repairs:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"repairs cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: RepairReceived, repairs: Repairs, fact: Fact) -> Repairs:
    return repairs | {event.repair_id: Repair(event, fact.origin, fact.originator_version, event.papers)}


@evolve.register
def _(event: RepairSupplementAsked, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, supplement=event)


@evolve.register
def _(event: RepairSupplemented, repairs: Repairs, fact: Fact) -> Repairs:
    papers = (*repairs[event.repair_id].papers, *event.papers)
    return with_step(repairs, event.repair_id, fact, papers=papers, supplement=None)


@evolve.register
def _(event: RepairAccepted, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, accepted=event, accepted_by=fact.origin)


@evolve.register
def _(event: RepairNotAccepted, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, not_accepted=event)


@evolve.register
def _(event: RepairVerified, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, verified=event, verified_by=fact.origin)


@evolve.register
def _(event: RepairDecided, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, decided=event, decided_by=fact.origin)


@evolve.register
def _(event: Repaired, repairs: Repairs, fact: Fact) -> Repairs:
    if event.repair_id not in repairs:
        repairs = repairs | {event.repair_id: _taken_over(event, fact)}
    return with_step(repairs, event.repair_id, fact, repaired=event, repaired_by=fact.origin)


def _taken_over(event: Repaired, fact: Fact) -> Repair:
    """A repair granted on paper: only its result is known, so it stands as a case closed at the window that day."""
    kind: Literal["penalty", "listing"] = "listing" if event.effect == "removed_from_list" else "penalty"
    received = RepairReceived(
        repair_id=event.repair_id, target_id=event.target_id, target_kind=kind, channel="window", external_no="",
        applied_at=datetime.combine(event.effective_on, time(), CHINA), papers=(),
    )  # fmt: skip
    return Repair(received, fact.origin, fact.originator_version, ())


@evolve.register
def _(event: RepairFeedbackSent, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, feedback=event)


@evolve.register
def _(event: RepairExtended, repairs: Repairs, fact: Fact) -> Repairs:
    extended = (*repairs[event.repair_id].extended, event)
    return with_step(repairs, event.repair_id, fact, extended=extended)


@evolve.register
def _(event: RepairWithdrawn, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, withdrawn=event)


@evolve.register
def _(event: SharingStopped, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, stopped=event)


@evolve.register
def _(event: RepairRevocationNoticeServed, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, notice=event)


@evolve.register
def _(event: RepairRevocationStatementReceived, repairs: Repairs, fact: Fact) -> Repairs:
    return with_step(repairs, event.repair_id, fact, statement=event)


@evolve.register
def _(event: RepairRevoked, repairs: Repairs, fact: Fact) -> Repairs:
    # What 信用中国 was told is no longer so: it is owed the result anew.
    return with_step(repairs, event.repair_id, fact, revoked=event, revoked_by=fact.origin, feedback=None)


EVENTS: tuple[type[Event], ...] = (
    RepairReceived, RepairSupplementAsked, RepairSupplemented, RepairAccepted, RepairNotAccepted, RepairVerified,
    RepairExtended, RepairWithdrawn, RepairDecided, Repaired, SharingStopped, RepairFeedbackSent,
    RepairRevocationNoticeServed, RepairRevocationStatementReceived, RepairRevoked,
)  # fmt: skip
