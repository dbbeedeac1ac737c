"""Repair (信用修复): a firm that put things right has its penalty's disclosure ended, or is removed from a list.

A case comes from 信用中国 with the time of the push, or from the window: received → accepted or not, with missing
papers named → verified → decided → `Repaired`: disclosure, sharing and use end everywhere the same day, and the result
is fed back. Verifier and decider are two people. Each condition of the version is one check, in the rulebook's order.
Basis: 发改办财金〔2019〕527号; NDRC Order 58; 国办发〔2025〕22号; NDRC Order 36; rulebook rows `repair.*`.
The checks of law and the decisions stand in `repair_checks` and `repair_decisions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import singledispatch
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from domain.context import CHINA, day_of
from domain.credit_file.steps import with_step
from domain.event import Event, Fact, Frozen, Origin
from domain.law.answers import Term
from domain.law.reading import Reading

# Events


class RepairReceived(Event):
    """States that an application for repair reached the bureau.

    target_id     the penalty whose disclosure is to end, or the listing to be removed from
    target_kind   "penalty" or "listing"
    channel       "credit_china" (pushed by 信用中国) or "window"
    external_no   number of the case at 信用中国, "" at the window
    applied_at    instant of the application; pushed_at instant of the push, None at the window
    papers        codes of the papers received, of the rulebook's list `repair.papers`
    Since v1. Basis: 国办发〔2025〕22号.
    """

    TOPIC: ClassVar[str] = "credit/RepairReceived.v1"
    repair_id: str
    target_id: str
    target_kind: Literal["penalty", "listing"]
    channel: Literal["credit_china", "window"]
    external_no: str
    applied_at: AwareDatetime
    pushed_at: AwareDatetime | None = None
    papers: tuple[str, ...]


class RepairSupplementAsked(Event):
    """States that missing papers were named to the applicant (通知补正), and until when they may come. Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairSupplementAsked.v1"
    repair_id: str
    missing: tuple[str, ...]
    note: str
    asked_on: date
    due_on: date | None = None


class RepairSupplemented(Event):
    """States that papers came in later (补正). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairSupplemented.v1"
    repair_id: str
    papers: tuple[str, ...]
    supplemented_on: date


class RepairAccepted(Event):
    """States that the application was accepted (受理). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairAccepted.v1"
    repair_id: str
    accepted_on: date


class RepairNotAccepted(Event):
    """States that the application was not accepted (不予受理), why, and from when it may be made again. Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairNotAccepted.v1"
    repair_id: str
    reasons: tuple[str, ...]
    first_possible_on: date | None = None
    not_accepted_on: date


class Verified(Frozen):
    """One condition as the officer found it."""

    condition: str
    holds: bool
    note: str = ""


class RepairVerified(Event):
    """States what the handler found on each condition (核实). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairVerified.v1"
    repair_id: str
    findings: tuple[Verified, ...]
    verified_on: date


class RepairDecided(Event):
    """States that the repair was granted or refused (准予 / 不予修复), with reasons. Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairDecided.v1"
    repair_id: str
    outcome: Literal["granted", "refused"]
    document_no: str
    reasons: str
    decided_on: date


class Repaired(Event):
    """States that the entry is repaired: from `effective_on` it is neither shown, shared nor used anywhere.

    effect   disclosure_ended (终止公示) or removed_from_list (移出)
    Since v1. Basis: NDRC Order 36 三; 国办发〔2025〕22号.
    """

    TOPIC: ClassVar[str] = "credit/Repaired.v1"
    repair_id: str
    target_id: str
    effect: Literal["disclosure_ended", "removed_from_list"]
    effective_on: date


class RepairFeedbackSent(Event):
    """States that the result was fed back to 信用中国 (返还修复结果). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairFeedbackSent.v1"
    repair_id: str
    sent_on: date
    receipt: str


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
    not_accepted: RepairNotAccepted | None = None
    verified: RepairVerified | None = None
    verified_by: Origin | None = None
    decided: RepairDecided | None = None
    decided_by: Origin | None = None
    repaired: Repaired | None = None
    repaired_by: Origin | None = None
    feedback: RepairFeedbackSent | None = None

    @property
    def repair_id(self) -> str:
        return self.received.repair_id

    @property
    def applied_on(self) -> date:
        return day_of(self.received.applied_at)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided."""
        return self.not_accepted is None and self.decided is None and self.repaired is None

    @property
    def concluded_on(self) -> date | None:
        """The day of the decision or of the non-acceptance, of a case taken over its result; None while it is open."""
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
    """Until when the applicant must have the answer: counted from the application."""
    return rules.term("repair.answer", days={"applied_on": case.applied_on})


def feedback_due(case: Repair, rules: Reading) -> Term:
    """Until when the result must be back at 信用中国: counted from the decision or the non-acceptance."""
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
    return with_step(repairs, event.repair_id, fact, accepted=event)


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


EVENTS: tuple[type[Event], ...] = (
    RepairReceived, RepairSupplementAsked, RepairSupplemented, RepairAccepted, RepairNotAccepted, RepairVerified,
    RepairDecided, Repaired, RepairFeedbackSent,
)  # fmt: skip
