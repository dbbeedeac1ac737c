"""Commitment (信用承诺): what the subject promised, whether it kept its word, and how a breach is found.

A commitment is made in writing, with its liability; it may be disclosed where the subject agreed. It is checked, and
ends fulfilled, withdrawn, expired or breached: a breach (违诺) is found only after a notice was served and the
subject's statement was heard or its time is over, and of something promised for a day only when that day is over or the
subject declared that it will not perform. A commitment recorded as kept may still be found false.
The events stand in `commitment_events`, the state in `commitment_state`, what is asked of each step in
`commitment_checks`; publication, checks and the other ends in `commitment_checking`.
Basis: 营商〔2020〕65号 二(一)2; 国办发〔2019〕35号; GB/T 46277-2025.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.context import Context
from domain.credit_file.commitment_checks import (
    STATEMENT,
    CommitmentClosed,
    CommitmentUnknown,
    NoticeMissing,
    NoticeServedAlready,
    OnlyFalseOnceKept,
    TermReversed,
    TypeNotInForce,
    check_codes,
    check_duty_due,
    check_finder,
    check_term,
    check_type,
    open_commitment,
    statement_until,
)
from domain.credit_file.commitment_events import (
    EVENTS,
    BreachKind,
    BreachNoticeServed,
    BreachStatementReceived,
    CommitmentBreached,
    CommitmentFulfilled,
    CommitmentMade,
)
from domain.credit_file.commitment_state import Commitment, Commitments, evolve
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.steps import check_day, check_heard
from domain.event import Event

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

__all__ = [
    "EVENTS", "STATEMENT", "BreachNoticeServed", "BreachStatementReceived", "Commitment", "CommitmentBreached",
    "CommitmentClosed", "CommitmentFulfilled", "CommitmentMade", "CommitmentUnknown", "Commitments", "NoticeMissing",
    "NoticeServedAlready", "OnlyFalseOnceKept", "TermReversed", "TypeNotInForce", "breach_commitment", "evolve",
    "fulfil_commitment", "make_commitment", "open_commitment", "receive_breach_statement", "serve_breach_notice",
    "statement_until",
]  # fmt: skip

# Decisions


def make_commitment(file: CreditFile, context: Context, *, commitment: CommitmentMade) -> list[Event]:
    """Record a commitment (作出承诺).

    Refused, in this order: SubjectUnknown, IdTaken, DayInFuture, TermReversed, PerformanceReversed, TypeNotInForce,
    MatterUnknown, ChannelUnknown.
    Basis: rulebook rows `commitment.types`; 国办发〔2019〕35号.
    """
    check_registered(file)
    check_new_id(file, commitment.commitment_id)
    check_day(context, commitment.made_on)
    check_term(commitment)
    check_type(commitment, context.rules)
    check_codes(commitment, context.rules)
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
    file: CreditFile, context: Context, *, commitment_id: str, received_on: date, summary: str, admits: bool = False,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record the subject's statement on a suspected breach (收到陈述、申辩).

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, NoticeMissing, DayInFuture,
    BeforeStepBefore.
    Basis: 行政处罚法 45 by analogy.
    """
    one = open_commitment(file, commitment_id, seen)
    if one.notice is None:
        raise NoticeMissing
    check_day(context, received_on, one.notice.served_on)
    return [
        BreachStatementReceived(commitment_id=commitment_id, received_on=received_on, summary=summary, admits=admits)
    ]


def breach_commitment(
    file: CreditFile, context: Context, *, commitment_id: str, document_no: str, kind: BreachKind, facts: str,
    consequence: str, loss: str = "", serious: bool = False, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Find a commitment breached (认定违诺), effective today; one recorded as kept only as false.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, OnlyFalseOnceKept,
    NoticeMissing, StatementTimeRunning, DutyNotDue, LeaderMustFind, SameOfficer.
    Basis: 营商〔2020〕65号 二(一)2, 三(一); rulebook rows `commitment.statement`, `commitment.serious_breach`
    (unverified).
    """
    one = open_commitment(file, commitment_id, seen)
    if one.fulfilled is not None and kind != "false":
        raise OnlyFalseOnceKept
    if one.notice is None:
        raise NoticeMissing
    check_heard(context, STATEMENT, one.notice.served_on, was_heard=one.statement is not None)
    check_duty_due(one, kind, context.today)
    check_finder(one, context, serious)
    return [
        CommitmentBreached(
            commitment_id=commitment_id, document_no=document_no, kind=kind, facts=facts, consequence=consequence,
            breached_on=context.today, loss=loss, serious=serious,
        )
    ]  # fmt: skip
