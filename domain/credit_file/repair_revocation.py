"""Revocation of a repair (撤销修复): granted on false papers or a false commitment, it is taken back by the leader.

Only after notice, and once the subject spoke or its time to speak is over. From that day the entry is not repaired any
more: it runs through its original last day, and the public sees it once it is released anew; on a list the leader
reinstates it (`reinstate_listing`). Lifted measures stay lifted until they are taken anew. The falsehood is recorded,
and no application is possible until the time that the version sets is over.
Basis: NDRC Order 58 25 (recollection); NDRC Order 36 第五章 (its numbers are not legible); 行政处罚法
44, 45 by analogy; rulebook rows `repair.revocation_statement`, `repair.fraud_block` (unverified).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.profile import check_registered
from domain.credit_file.repair import Repair
from domain.credit_file.repair_checks import TargetUnknown
from domain.credit_file.repair_decisions import RepairUnknown
from domain.credit_file.repair_events import (
    RepairRevocationNoticeServed,
    RepairRevocationStatementReceived,
    RepairRevoked,
    RevocationCause,
)
from domain.credit_file.steps import check_day, check_heard, check_not_moved
from domain.event import Event
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

STATEMENT = "repair.revocation_statement"

# Checks


class NotGranted(Refused):
    zh = "本案没有现行有效的修复，无从撤销；请核对。"
    en = "No repair in force was granted in this case, so there is none to revoke; check the case."


class RevocationNoticed(Refused):
    zh = "撤销修复的告知书已经送达；请等待陈述、申辩或期满后决定。"
    en = "The notice of revocation was served already; wait for the statement or the end of its time, then decide."


class RevocationNotNoticed(Refused):
    zh = "尚未送达撤销修复告知书；请先告知当事人并听取陈述、申辩。"
    en = "The notice of revocation was not served; tell the subject and hear it first."


class RevocationHeard(Refused):
    zh = "陈述、申辩已经收到；请据此决定。"
    en = "The statement was received already; decide on it."


def granted_repair(file: CreditFile, repair_id: str, seen: int | None) -> Repair:
    """The case with a repair in force, as the officer saw it.

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, NotGranted.
    """
    check_registered(file)
    case = file.repairs.get(repair_id)
    if case is None:
        raise RepairUnknown
    check_not_moved(case.version, seen)
    if not case.is_granted:
        raise NotGranted
    return case


def check_not_annulled(file: CreditFile, case: Repair) -> None:
    """An entry annulled since does not come back, whatever its repair rested on."""
    entry = file.records.get(case.received.target_id)
    if entry is not None and entry.annulled_on is not None:
        raise TargetUnknown


# Decisions


def serve_revocation_notice(
    file: CreditFile, context: Context, *, repair_id: str, document_no: str, facts: str, served_on: date, method: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Serve the notice that a repair is to be revoked (送达撤销修复告知书), with the facts and the right to speak.

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, NotGranted, RevocationNoticed, TargetUnknown
    (annulled since), DayInFuture, BeforeStepBefore (before the repair).
    Basis: 行政处罚法 44 by analogy; NDRC Order 36 第五章.
    """
    case = granted_repair(file, repair_id, seen)
    if case.notice is not None:
        raise RevocationNoticed
    check_not_annulled(file, case)
    assert case.repaired is not None
    check_day(context, served_on, case.repaired.effective_on)
    return [
        RepairRevocationNoticeServed(
            repair_id=repair_id, document_no=document_no, facts=facts, served_on=served_on, method=method
        )
    ]  # fmt: skip


def receive_revocation_statement(
    file: CreditFile, context: Context, *, repair_id: str, received_on: date, summary: str, seen: int | None = None
) -> list[Event]:
    """Record what the subject said on the revocation (收到陈述、申辩).

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, NotGranted, RevocationNotNoticed, RevocationHeard,
    DayInFuture, BeforeStepBefore (before the notice).
    Basis: 行政处罚法 45 by analogy.
    """
    case = granted_repair(file, repair_id, seen)
    if case.notice is None:
        raise RevocationNotNoticed
    if case.statement is not None:
        raise RevocationHeard
    check_day(context, received_on, case.notice.served_on)
    return [RepairRevocationStatementReceived(repair_id=repair_id, received_on=received_on, summary=summary)]


def revoke_repair(
    file: CreditFile, context: Context, *, repair_id: str, cause: RevocationCause, facts: str, document_no: str,
    found_on: date, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Revoke a repair (撤销修复) for false papers or a commitment false or wilfully not kept, from today on.

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, NotGranted, RevocationNotNoticed,
    StatementTimeRunning, SameOfficer (decided the repair), TargetUnknown (annulled since), DayInFuture,
    BeforeStepBefore (found before the application).
    Basis: NDRC Order 58 25 (recollection); NDRC Order 36 第五章; rulebook rows `repair.revocation_statement`,
    `repair.fraud_block` (unverified).
    """
    case = granted_repair(file, repair_id, seen)
    if case.notice is None:
        raise RevocationNotNoticed
    check_heard(context, STATEMENT, case.notice.served_on, was_heard=case.statement is not None)
    if case.decided_by is not None and case.decided_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="修复决定人", second="撤销人", first_en="granting", second_en="revoking")
    check_not_annulled(file, case)
    check_day(context, found_on, case.applied_on)
    # Until when no application is possible follows from this row: the fact rests on it.
    context.rules.select("repair.fraud_block", days={"found_on": found_on})
    return [
        RepairRevoked(
            repair_id=repair_id, cause=cause, facts=facts, document_no=document_no, found_on=found_on,
            revoked_on=context.today,
        )
    ]  # fmt: skip
