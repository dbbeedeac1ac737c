"""The course of a repair case (办理期限与撤回): its time is extended once, or its applicant takes it back.

Basis: 国办发〔2025〕22号 (extension where complex); NDRC Order 36 第三章 (the applicant is told beforehand); rulebook
rows `repair.extension`, `repair.extension_times` (unverified).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.repair import answer_due, extended_term
from domain.credit_file.repair_decisions import ReasonsMissing, open_repair
from domain.credit_file.repair_events import RepairExtended, RepairWithdrawn
from domain.credit_file.steps import check_day
from domain.event import Event
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class NoExtension(Refused):
    zh = "按申请之日适用的规定，办理期限不能延长；请在 {until} 前（含当日）答复。"
    en = "The rule of the day of the application knows no extension; answer by {until}."


class ExtendedAlready(Refused):
    zh = "办理期限已经延长 {times} 次，不能再延长；请在 {until} 前（含当日）答复。"
    en = "The time to answer was extended {times} times and cannot be extended again; answer by {until}."


class AnswerOverdue(Refused):
    zh = "办理期限已于 {until} 届满，届满之后不能延长；请尽快答复。"
    en = "The time to answer was over on {until} and cannot be extended any more; answer as soon as possible."


# Decisions


def extend_repair(
    file: CreditFile, context: Context, *, repair_id: str, reason: str, told_on: date, seen: int | None = None
) -> list[Event]:
    """Extend the time to answer (延长办理期限) while it runs; the applicant was told before, and why.

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep (concluded), ReasonsMissing,
    DayInFuture, BeforeStepBefore (told before the application), AnswerOverdue, NoExtension, ExtendedAlready.
    Basis: 国办发〔2025〕22号; NDRC Order 36 第三章; rulebook rows `repair.extension`, `repair.extension_times`.
    """
    case = open_repair(file, repair_id, seen)
    if not reason.strip():
        raise ReasonsMissing
    check_day(context, told_on, case.applied_on)
    term = answer_due(case, context.rules)
    assert term.until is not None
    if term.until < context.today:
        raise AnswerOverdue(rule=term.row, until=term.until)
    times = context.rules.select("repair.extension_times", days={"applied_on": case.applied_on})
    if times.is_none:
        raise NoExtension(rule=times, until=term.until)
    if len(case.extended) >= times.number:
        raise ExtendedAlready(rule=times, times=times.number, until=term.until)
    new = extended_term(case, term, context.rules)
    assert new.until is not None
    return [RepairExtended(repair_id=repair_id, reason=reason, new_due_on=new.until, told_on=told_on)]


def withdraw_repair(
    file: CreditFile, context: Context, *, repair_id: str, withdrawn_on: date, reason: str, seen: int | None = None
) -> list[Event]:
    """Record that the applicant took the application back (撤回修复申请); it may apply anew.

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep (concluded), DayInFuture,
    BeforeStepBefore (before the application).
    Basis: 国办发〔2025〕22号 (repair on application of the subject).
    """
    case = open_repair(file, repair_id, seen)
    check_day(context, withdrawn_on, case.applied_on)
    return [RepairWithdrawn(repair_id=repair_id, withdrawn_on=withdrawn_on, reason=reason)]
