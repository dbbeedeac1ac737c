"""What stands against a step of a commitment (信用承诺): its codes, its days, who may find a breach, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.commitment_events import CommitmentMade
from domain.credit_file.commitment_state import Commitment
from domain.credit_file.profile import check_registered
from domain.credit_file.steps import check_not_moved, statement_term
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

STATEMENT = "commitment.statement"
"""The parameter that says how long a subject may speak before a breach is found."""

MATTERS, CHANNELS = "commitment_matters", "commitment_channels"
"""The code lists of what commitments are made for, and of where they are published."""


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


class PerformanceReversed(Refused):
    zh = "履行期限早于作出日期，或晚于截止日期；请核对承诺书。"
    en = "The day of performance lies before the commitment was made or after its end; check the letter."
    field = "perform_by"


class MatterUnknown(Refused):
    zh = "作出之日没有“{matter_kind}”这一承诺事项类别；请选择当日有效的类别。"
    en = "There was no kind of matter {matter_kind} on that day; choose one in force."
    field = "matter_kind"


class ChannelUnknown(Refused):
    zh = "当日没有“{channel}”这一公开渠道；请选择当日有效的渠道。"
    en = "There was no channel {channel} on that day; choose one in force."
    field = "channels"


class CommitmentClosed(Refused):
    zh = "该承诺已有结论；不能再办。"
    en = "The commitment is already concluded; nothing more can be done."


class OnlyFalseOnceKept(Refused):
    zh = "该承诺已登记履行，只能认定为虚假承诺；其他情形不再认定违诺。"
    en = "The commitment is recorded as kept, so it can only be found false, not unkept."
    field = "kind"


class DutyNotDue(Refused):
    zh = "承诺的履行期限到 {until} 为止（含当日），当事人也没有表示不履行；请在期满后再认定。"
    en = "The day of performance is {until}, and the subject did not declare that it will not perform; wait until then."


class LeaderMustFind(Refused):
    zh = "后果严重的违诺须由分管领导认定；请报送分管领导。"
    en = "A breach with a serious consequence is found by the leader; hand it up."
    kind = "forbidden"


class NoticeMissing(Refused):
    zh = "尚未送达告知书，不能认定违诺；请先告知并听取陈述、申辩。"
    en = "No notice was served, so no breach can be found; serve it and hear the subject first."


class NoticeServedAlready(Refused):
    zh = "告知书已经送达；请等待陈述、申辩或期满。"
    en = "The notice is already served; wait for the statement or the end of its time."


def open_commitment(file: CreditFile, commitment_id: str, seen: int | None) -> Commitment:
    """The commitment as the officer saw it, neither found breached nor withdrawn; kept or not, for it may turn out
    false later.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed.
    """
    check_registered(file)
    one = file.commitments.get(commitment_id)
    if one is None:
        raise CommitmentUnknown
    check_not_moved(one.version, seen)
    if one.breached is not None or one.withdrawn is not None:
        raise CommitmentClosed
    return one


def check_duty_due(one: Commitment, kind: str, today: date) -> None:
    """What was promised for a day is not unkept before that day is over, unless the subject says so itself; what was
    promised as a conduct that never pauses may be broken on any day, and a false commitment is false at once.

    Refused: DutyNotDue.
    """
    until = one.made.perform_by
    has_declared = one.statement is not None and one.statement.admits
    if kind in ("not", "partly") and until is not None and today <= until and not has_declared:
        raise DutyNotDue(until=until)


def check_finder(one: Commitment, context: Context, serious: bool) -> None:
    """Who may find the breach: the leader where the row asks for it, and nobody who recorded the commitment,
    checked it or served the notice.

    Refused: LeaderMustFind, SameOfficer.
    """
    assert one.notice is not None
    if serious and context.rules.asks("commitment.serious_breach"):
        row = context.rules.select("commitment.serious_breach", notice_served_on=one.notice.served_on)
        if row.choice == "leader" and context.officer.role != "leader":
            raise LeaderMustFind(rule=row)
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="承诺登记人", second="违诺认定人", first_en="recording", second_en="finding the breach")
    if context.officer.officer_id in {origin.officer_id for _, origin in one.checks}:
        raise SameOfficer(first="承诺核查人", second="违诺认定人", first_en="checking", second_en="finding the breach")
    if one.notice_by is not None and one.notice_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="告知人", second="违诺认定人", first_en="serving the notice", second_en="finding it")


def check_codes(commitment: CommitmentMade, rules: Reading) -> None:
    """The codes of a commitment are codes of its day.

    Refused, in this order: MatterUnknown, ChannelUnknown.
    """
    if commitment.matter_kind and commitment.matter_kind not in rules.lists(MATTERS, commitment.made_on):
        raise MatterUnknown(matter_kind=commitment.matter_kind)
    check_channels(commitment.channels, commitment.made_on, rules)


def check_channels(channels: tuple[str, ...], on: date, rules: Reading) -> None:
    """Refused: ChannelUnknown."""
    if not channels:
        return
    codes = rules.lists(CHANNELS, on)
    for channel in channels:
        if channel not in codes:
            raise ChannelUnknown(channel=channel)


def statement_until(one: Commitment, rules: Reading) -> date | None:
    """Last day for the statement after the notice; None before it."""
    return None if one.notice is None else statement_term(STATEMENT, one.notice.served_on, rules).until


def check_term(commitment: CommitmentMade) -> None:
    """Refused, in this order: TermReversed, PerformanceReversed."""
    if commitment.valid_until is not None and commitment.valid_until < commitment.valid_from:
        raise TermReversed
    perform_by, last = commitment.perform_by, commitment.valid_until or date.max
    if perform_by is not None and not commitment.made_on <= perform_by <= last:
        raise PerformanceReversed


def check_type(commitment: CommitmentMade, rules: Reading) -> None:
    """Refused: TypeNotInForce."""
    try:
        types = rules.select("commitment.types", days={"made_on": commitment.made_on})
    except NoRule:
        raise TypeNotInForce(commitment_type=commitment.commitment_type) from None
    if commitment.commitment_type not in types.names:
        raise TypeNotInForce(rule=types, commitment_type=commitment.commitment_type)
