"""Commitment (信用承诺): what the subject promised, whether it kept its word, and how a breach is found.

A commitment is made in writing, with its liability; it may be disclosed where the subject agreed. It ends fulfilled,
or breached: a breach (违诺) is found only after a notice was served and the subject's statement was heard or its time
is over. A commitment recorded as kept may still be found false.
Basis: 营商〔2020〕65号 二(一)2; 国办发〔2019〕35号; GB/T 46277-2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.steps import check_day, check_heard, check_not_moved, statement_term, with_step
from domain.event import Event, Fact, Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Events


class CommitmentMade(Event):
    """States that the subject made a commitment.

    commitment_type   code of the list in force that day (rulebook row `commitment.types`)
    liability         what it accepts for the case of a breach (违诺责任)
    accepted_by       unit that took the commitment (承诺受理单位)
    valid_until       last day it binds, included; None = no end
    may_disclose      whether the subject agreed to disclosure or the law asks for it
    Since v1. Basis: 国办发〔2019〕35号 二(一).
    """

    TOPIC: ClassVar[str] = "credit/CommitmentMade.v1"
    commitment_id: str
    commitment_type: str
    document_no: str
    matter: str
    content: str
    liability: str
    accepted_by: str
    made_on: date
    valid_from: date
    valid_until: date | None = None
    may_disclose: bool


class CommitmentFulfilled(Event):
    """States that the commitment was kept, wholly or in part. Since v1."""

    TOPIC: ClassVar[str] = "credit/CommitmentFulfilled.v1"
    commitment_id: str
    fulfilled_on: date
    extent: Literal["full", "partial"]


class BreachNoticeServed(Event):
    """States that the subject was told of the suspected breach, its facts and its rights (告知). Since v1."""

    TOPIC: ClassVar[str] = "credit/BreachNoticeServed.v1"
    commitment_id: str
    document_no: str
    facts: str
    served_on: date
    method: str


class BreachStatementReceived(Event):
    """States that the subject made its statement or defence (陈述、申辩). Since v1."""

    TOPIC: ClassVar[str] = "credit/BreachStatementReceived.v1"
    commitment_id: str
    received_on: date
    summary: str


class CommitmentBreached(Event):
    """States that the bureau found the commitment breached (违诺认定).

    kind   false (虚假承诺), not (未履行) or partly (部分履行)
    Since v1. Basis: 营商〔2020〕65号 二(一)2.
    """

    TOPIC: ClassVar[str] = "credit/CommitmentBreached.v1"
    commitment_id: str
    document_no: str
    kind: Literal["false", "not", "partly"]
    facts: str
    consequence: str
    breached_on: date


# State


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment and what became of it."""

    made: CommitmentMade
    origin: Origin
    version: int
    fulfilled: CommitmentFulfilled | None = None
    notice: BreachNoticeServed | None = None
    statement: BreachStatementReceived | None = None
    breached: CommitmentBreached | None = None
    closed_by: Origin | None = None

    @property
    def is_under_notice(self) -> bool:
        """Whether a suspected breach was notified and is still to be decided."""
        return self.notice is not None and self.breached is None

    @property
    def shown_until(self) -> date | None:
        """Last day on the page: its own end, without one the day it was kept, or the day before it was breached."""
        ends = [self.made.valid_until] if self.made.valid_until else []
        if self.fulfilled and self.made.valid_until is None:
            ends.append(self.fulfilled.fulfilled_on)
        if self.breached:
            ends.append(self.breached.breached_on - timedelta(days=1))
        return min(ends, default=None)

    def state_on(self, on: date) -> Literal["not_yet", "running", "fulfilled", "breached", "expired"]:
        """What the commitment is on a day."""
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
    changed = {"fulfilled": event, "closed_by": fact.origin, "notice": None, "statement": None}
    return with_step(commitments, event.commitment_id, fact, **changed)


@evolve.register
def _(event: BreachNoticeServed, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, notice=event)


@evolve.register
def _(event: BreachStatementReceived, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, statement=event)


@evolve.register
def _(event: CommitmentBreached, commitments: Commitments, fact: Fact) -> Commitments:
    return with_step(commitments, event.commitment_id, fact, breached=event, closed_by=fact.origin)


EVENTS: tuple[type[Event], ...] = (
    CommitmentMade, CommitmentFulfilled, BreachNoticeServed, BreachStatementReceived, CommitmentBreached,
)  # fmt: skip

STATEMENT = "commitment.statement"
"""The parameter that says how long a subject may speak before a breach is found."""

# Checks


class CommitmentUnknown(Refused):
    zh = "档案中没有这项承诺；请核对后再办。"
    en = "The file holds no such commitment; check and try again."
    kind = "unknown"


class TypeNotInForce(Refused):
    zh = "作出之日没有“{commitment_type}”这一承诺类型；请选择当日有效的类型。"
    en = "There was no commitment type {commitment_type} on that day; choose one in force."
    field = "commitment_type"


class TermReversed(Refused):
    zh = "截止日期早于生效日期；请核对承诺书。"
    en = "The commitment ends before it begins; check the letter."
    field = "valid_until"


class CommitmentClosed(Refused):
    zh = "该承诺已有结论；不能再办。"
    en = "The commitment is already concluded; nothing more can be done."


class OnlyFalseOnceKept(Refused):
    zh = "该承诺已登记履行，只能认定为虚假承诺；其他情形不再认定违诺。"
    en = "The commitment is recorded as kept, so it can only be found false, not unkept."
    field = "kind"


class NoticeMissing(Refused):
    zh = "尚未送达告知书，不能认定违诺；请先告知并听取陈述、申辩。"
    en = "No notice was served, so no breach can be found; serve it and hear the subject first."


class NoticeServedAlready(Refused):
    zh = "告知书已经送达；请等待陈述、申辩或期满。"
    en = "The notice is already served; wait for the statement or the end of its time."


def open_commitment(file: CreditFile, commitment_id: str, seen: int | None) -> Commitment:
    """The commitment as the officer saw it, not found breached; kept or not, for it may turn out false later."""
    check_registered(file)
    one = file.commitments.get(commitment_id)
    if one is None:
        raise CommitmentUnknown
    check_not_moved(one.version, seen)
    if one.breached is not None:
        raise CommitmentClosed
    return one


def statement_until(one: Commitment, rules: Reading) -> date | None:
    """Last day for the statement after the notice; None before it."""
    return None if one.notice is None else statement_term(STATEMENT, one.notice.served_on, rules).until


# Decisions


def make_commitment(file: CreditFile, context: Context, *, commitment: CommitmentMade) -> list[Event]:
    """Record a commitment (作出承诺).

    Refused, in this order: SubjectUnknown, IdTaken, DayInFuture, TermReversed, TypeNotInForce.
    Basis: rulebook rows `commitment.types`; 国办发〔2019〕35号.
    """
    check_registered(file)
    check_new_id(file, commitment.commitment_id)
    check_day(context, commitment.made_on)
    if commitment.valid_until is not None and commitment.valid_until < commitment.valid_from:
        raise TermReversed
    try:
        types = context.rules.select("commitment.types", days={"made_on": commitment.made_on})
    except NoRule:
        raise TypeNotInForce(commitment_type=commitment.commitment_type) from None
    if commitment.commitment_type not in types.names:
        raise TypeNotInForce(rule=types, commitment_type=commitment.commitment_type)
    return [commitment]


def fulfil_commitment(
    file: CreditFile, context: Context, *, commitment_id: str, fulfilled_on: date,
    extent: Literal["full", "partial"], seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that a commitment was kept (履诺).

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, DayInFuture,
    BeforeStepBefore.
    Basis: 营商〔2020〕65号 二(一)2.
    """
    one = open_commitment(file, commitment_id, seen)
    if one.fulfilled is not None:
        raise CommitmentClosed
    check_day(context, fulfilled_on, one.made.made_on)
    return [CommitmentFulfilled(commitment_id=commitment_id, fulfilled_on=fulfilled_on, extent=extent)]


def serve_breach_notice(
    file: CreditFile, context: Context, *, commitment_id: str, document_no: str, facts: str, served_on: date,
    method: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the notice of a suspected breach was served (送达违诺告知书), of a kept commitment too.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, NoticeServedAlready,
    DayInFuture, BeforeStepBefore.
    Basis: 行政处罚法 44, 45 by analogy; rulebook row `commitment.statement` (unverified).
    """
    one = open_commitment(file, commitment_id, seen)
    if one.notice is not None:
        raise NoticeServedAlready
    check_day(context, served_on, one.fulfilled.fulfilled_on if one.fulfilled else one.made.made_on)
    return [
        BreachNoticeServed(
            commitment_id=commitment_id, document_no=document_no, facts=facts, served_on=served_on, method=method
        )
    ]


def receive_breach_statement(
    file: CreditFile, context: Context, *, commitment_id: str, received_on: date, summary: str, seen: int | None = None
) -> list[Event]:
    """Record the subject's statement on a suspected breach (收到陈述、申辩).

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, NoticeMissing, DayInFuture,
    BeforeStepBefore.
    Basis: 行政处罚法 45 by analogy.
    """
    one = open_commitment(file, commitment_id, seen)
    if one.notice is None:
        raise NoticeMissing
    check_day(context, received_on, one.notice.served_on)
    return [BreachStatementReceived(commitment_id=commitment_id, received_on=received_on, summary=summary)]


def breach_commitment(
    file: CreditFile, context: Context, *, commitment_id: str, document_no: str,
    kind: Literal["false", "not", "partly"], facts: str, consequence: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Find a commitment breached (认定违诺), effective today; one recorded as kept only as false.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, OnlyFalseOnceKept,
    NoticeMissing, StatementTimeRunning, SameOfficer.
    Basis: 营商〔2020〕65号 二(一)2; rulebook row `commitment.statement` (unverified).
    """
    one = open_commitment(file, commitment_id, seen)
    if one.fulfilled is not None and kind != "false":
        raise OnlyFalseOnceKept
    if one.notice is None:
        raise NoticeMissing
    check_heard(context, STATEMENT, one.notice.served_on, was_heard=one.statement is not None)
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="承诺登记人", second="违诺认定人", first_en="recording", second_en="finding the breach")
    return [
        CommitmentBreached(
            commitment_id=commitment_id, document_no=document_no, kind=kind, facts=facts, consequence=consequence,
            breached_on=context.today,
        )
    ]  # fmt: skip
