"""Commitment (信用承诺), further: publish the letter, check what became of it, take its benefit back, withdraw it.

A check is planned first: drawn at random, for all, or on a report. Its result decides nothing: a bad one asks for the
notice of breach, and the breach has its own procedure in `commitment`. What was granted on the strength of a commitment
is taken back only after the breach was found. A commitment by which nothing was obtained yet may be withdrawn.
Basis: 营商〔2020〕65号 二(一)2; 国办发〔2019〕35号 二(一); rulebook rows `commitment.check` (unverified).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.commitment_checks import (
    CommitmentClosed,
    CommitmentUnknown,
    NoticeServedAlready,
    check_channels,
    check_duty_due,
    open_commitment,
)
from domain.credit_file.commitment_events import (
    BenefitRevoked,
    CheckMethod,
    CheckResult,
    CommitmentChecked,
    CommitmentCheckPlanned,
    CommitmentExpired,
    CommitmentPublished,
    CommitmentWithdrawn,
)
from domain.credit_file.disclosure import DisclosureNotAgreed, NothingToNotice
from domain.credit_file.disclosure_period import disclosed
from domain.credit_file.duty import term_or_none
from domain.credit_file.profile import check_registered
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day, check_not_moved
from domain.event import Event
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

CHECK = "commitment.check"
"""The parameter that says how long a planned check may wait."""

# Checks


class CommitmentNotReleased(Refused):
    zh = "该承诺没有在公示期内的批准公示；请先批准公示，再公开承诺书。"
    en = "The commitment is not released, or not shown any more; release it before its letter is published."


class ChannelMissing(Refused):
    zh = "没有选择公开渠道；请至少选择一个。"
    en = "No channel is chosen; choose at least one."
    field = "channels"


class ChannelNotAgreed(Refused):
    zh = "承诺人没有同意在“{channel}”公开；请只选择其同意的渠道。"
    en = "The subject did not agree to be published on {channel}; choose only channels it agreed to."
    field = "channels"


class PublishedThere(Refused):
    zh = "承诺书已在所选渠道公开；无需再办。"
    en = "The letter is already published on these channels; there is nothing more to do."
    field = "channels"


class CheckPlannedAlready(Refused):
    zh = "该承诺已经安排核查（或已因同一次抽取核查过）；请先登记核查结果。"
    en = "A check of the commitment is already planned, or was made after the same draw; record its result first."


class CheckNotPlanned(Refused):
    zh = "没有安排对该承诺的核查；请先安排核查（随机抽查、全覆盖或举报）。"
    en = "No check of the commitment is planned; plan it first: at random, for all, or on a report."


class DrawMissing(Refused):
    zh = "随机抽查须注明抽取编号，其他方式没有抽取编号；请核对。"
    en = "A check at random names its draw, and no other does; check it."
    field = "draw_id"


class BreachNotFound(Refused):
    zh = "尚未认定违诺，不能取消便利；请先告知、听取陈述并认定违诺。"
    en = "No breach was found, so no benefit is revoked; serve the notice, hear the subject and find the breach first."


class BenefitUnknown(Refused):
    zh = "没有写明取消的便利；请写明因承诺取得的便利。"
    en = "The benefit to be revoked is not named; name what was granted on the commitment."
    field = "benefit"


class BenefitRevokedAlready(Refused):
    zh = "该便利已经取消；无需再办。"
    en = "This benefit is already revoked; there is nothing more to do."
    field = "benefit"


class BenefitObtained(Refused):
    zh = "承诺人已凭该承诺取得“{benefit}”，不能撤回承诺；请依承诺履行。"
    en = "By this commitment {benefit} was obtained already, so it cannot be withdrawn; it must be performed."


class WithdrawalReasonMissing(Refused):
    zh = "没有写明撤回的理由；请按当事人的申请填写。"
    en = "The reason of the withdrawal is missing; enter it as the subject's request has it."
    field = "reason"


class CommitmentRunning(Refused):
    zh = "承诺仍在有效期内，或没有截止日期；到期之后再记。"
    en = "The commitment still binds or has no end; record its end when it is over."


# Decisions


def publish_commitment(
    file: CreditFile, context: Context, *, commitment_id: str, channels: tuple[str, ...], published_on: date,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the letter of commitment was published (公开承诺书), by consent and under a release.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, DisclosureNotAgreed,
    CommitmentNotReleased, ChannelMissing, ChannelUnknown, ChannelNotAgreed, PublishedThere, DayInFuture,
    BeforeStepBefore.
    Basis: 国办发〔2019〕35号 二(一); 营商〔2020〕65号 二(一)2, 3.
    """
    one = open_commitment(file, commitment_id, seen)
    if not one.made.may_disclose:
        raise DisclosureNotAgreed
    period = disclosed(file, context.rules).get(commitment_id)
    if period is None or not period.covers(context.today):
        raise CommitmentNotReleased
    if not channels:
        raise ChannelMissing
    check_channels(channels, published_on, context.rules)
    for channel in channels:
        if one.made.channels and channel not in one.made.channels:
            raise ChannelNotAgreed(channel=channel)
    if set(channels) <= one.channels:
        raise PublishedThere
    check_day(context, published_on, period.from_on)
    return [CommitmentPublished(commitment_id=commitment_id, channels=channels, published_on=published_on)]


def plan_commitment_check(
    file: CreditFile, context: Context, *, commitment_id: str, method: CheckMethod, draw_id: str = "",
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Plan the check of a commitment (安排核查), as one that was drawn at random, as one of all, or on a report.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, CheckPlannedAlready,
    DrawMissing.
    Basis: 营商〔2020〕65号 二(一)2; rulebook row `commitment.check` (unverified).
    """
    one = open_commitment(file, commitment_id, seen)
    if one.planned is not None or draw_id.strip() in one.drawn_in:
        raise CheckPlannedAlready
    if (method == "random") != bool(draw_id.strip()):
        raise DrawMissing
    term = term_or_none(context.rules, CHECK, asked_on=context.today)
    return [
        CommitmentCheckPlanned(
            commitment_id=commitment_id, method=method, draw_id=draw_id.strip(), planned_on=context.today,
            due_on=term.until if term else None,
        )
    ]  # fmt: skip


def check_commitment(
    file: CreditFile, context: Context, *, commitment_id: str, checked_on: date, checker: str, result: CheckResult,
    facts: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record what the check of a commitment found (核查承诺); it decides nothing.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, CheckNotPlanned,
    DutyNotDue, DayInFuture, BeforeStepBefore.
    Basis: 营商〔2020〕65号 二(一)2.
    """
    one = open_commitment(file, commitment_id, seen)
    if one.planned is None:
        raise CheckNotPlanned
    check_duty_due(one, result, checked_on)
    check_day(context, checked_on, one.planned.planned_on)
    return [
        CommitmentChecked(
            commitment_id=commitment_id, checked_on=checked_on, checker=checker, result=result, facts=facts
        )
    ]


def revoke_benefit(
    file: CreditFile, context: Context, *, commitment_id: str, benefit: str, document_no: str, effective_on: date,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Take back what was granted on the strength of a commitment that was breached (取消便利).

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, BreachNotFound, BenefitUnknown,
    BenefitRevokedAlready, DayInFuture, BeforeStepBefore.
    Basis: 国办发〔2019〕35号 二(一); 营商〔2020〕65号 二(一)2.
    """
    check_registered(file)
    one = file.commitments.get(commitment_id)
    if one is None:
        raise CommitmentUnknown
    check_not_moved(one.version, seen)
    if one.breached is None:
        raise BreachNotFound
    if not benefit.strip():
        raise BenefitUnknown
    if any(earlier.benefit == benefit.strip() for earlier, _ in one.revoked):
        raise BenefitRevokedAlready
    check_day(context, effective_on, one.breached.breached_on)
    return [
        BenefitRevoked(
            commitment_id=commitment_id, benefit=benefit.strip(), document_no=document_no, effective_on=effective_on
        )
    ]


def withdraw_commitment(
    file: CreditFile, context: Context, *, commitment_id: str, withdrawn_on: date, reason: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the subject withdrew its commitment (撤回承诺) before anything was obtained by it.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed (kept, breached or
    withdrawn already), NoticeServedAlready, BenefitObtained, WithdrawalReasonMissing, DayInFuture, BeforeStepBefore.
    Basis: 国办发〔2019〕35号 二(一); a commitment binds who obtained something by it.
    """
    one = open_commitment(file, commitment_id, seen)
    if one.fulfilled is not None:
        raise CommitmentClosed
    if one.notice is not None:
        raise NoticeServedAlready
    if one.made.benefit:
        raise BenefitObtained(benefit=one.made.benefit)
    if not reason.strip():
        raise WithdrawalReasonMissing
    check_day(context, withdrawn_on, one.made.made_on)
    return [CommitmentWithdrawn(commitment_id=commitment_id, withdrawn_on=withdrawn_on, reason=reason.strip())]


def expire_commitment(file: CreditFile, context: Context, *, commitment_id: str) -> list[Event]:
    """Record that a commitment reached its end (承诺到期); the answer for every date stays what it was.

    Refused, in this order: CommitmentUnknown, NothingToNotice, CommitmentRunning.
    Basis: the letter of commitment itself.
    """
    one = file.commitments.get(commitment_id)
    if one is None:
        raise CommitmentUnknown
    until = one.made.valid_until
    if one.noted is not None or one.closed_by is not None:
        raise NothingToNotice
    if until is None or context.today <= until:
        raise CommitmentRunning
    return [CommitmentExpired(commitment_id=commitment_id, expired_on=until + timedelta(days=1))]


# What is stated


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Of each commitment: where it was published by the day, the last result of a check, each benefit taken back."""
    for one in file.commitments.values():
        about = one.made.matter
        for published, origin in one.published:
            if published.published_on <= on:
                yield Stated("commitment.published", about, "、".join(published.channels), origin)
        for checked, origin in [pair for pair in one.checks if pair[0].checked_on <= on][-1:]:
            yield Stated("commitment.check", about, checked.result, origin)
        for revoked, origin in one.revoked:
            if revoked.effective_on <= on:
                yield Stated("commitment.benefit_revoked", about, revoked.benefit, origin)
