"""Decisions of repair (信用修复): receive, ask for papers, accept or not, verify, decide, feed back.

The state stands in `repair`, the conditions in `repair_checks`, what a grant does in `repair_execution`.
Basis: 国办发〔2025〕22号; NDRC Orders 58 and 36; 发改办财金〔2019〕527号.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.context import Context, day_of
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.record_classes import gravities
from domain.credit_file.repair import (
    Repair,
    RepairAccepted,
    RepairDecided,
    RepairFeedbackSent,
    RepairNotAccepted,
    RepairReceived,
    RepairSupplementAsked,
    RepairSupplemented,
    RepairVerified,
    Verified,
)
from domain.credit_file.repair_checks import (
    TargetUnknown,
    check_all,
    earlier_repair,
    is_kept,
    missing_papers,
    target_in_force,
)
from domain.credit_file.repair_execution import executed
from domain.credit_file.repair_grounds import check_ours_to_repair, first_after, grounds_of
from domain.credit_file.steps import check_not_moved
from domain.event import Event
from domain.law.answers import NoRule
from domain.law.reading import unbroken_since
from domain.refusals import Refused, RuleMissing, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class RepairUnderWay(Refused):
    zh = "该项已有修复案件在办或已经修复；请在原案中查看。"
    en = "A repair of this entry is under way or was granted; see that case."
    field = "target_id"


class ApplyAtCreditChina(Refused):
    zh = "自 {since} 起，修复申请统一由“信用中国”受理；请协助当事人在“信用中国”提交，窗口收件不起算期限。"
    en = "Since {since} applications are made at 信用中国; help the applicant there, the window starts no clock."
    field = "channel"


class PushTimeMissing(Refused):
    zh = "缺少“信用中国”的推送时间，无法起算受理期限；请按推送记录填写。"
    en = "The time of the push is missing, so the clock cannot start; copy it from the push."
    field = "pushed_at"


class ReceivedInFuture(Refused):
    zh = "申请或推送时间在将来；请核对。"
    en = "The time of application or push lies in the future; check it."
    field = "applied_at"


class RepairUnknown(Refused):
    zh = "档案中没有这一修复案件；请核对案号。"
    en = "The file holds no such repair case; check its number."
    kind = "unknown"


class WrongRepairStep(Refused):
    zh = "本案现在不到这一步：{needed}；请按顺序办理。"
    en = "The case is not at this step: {needed_en}; follow the order."


class NothingMissing(Refused):
    zh = "材料已经齐全，不能要求补正；请决定受理。"
    en = "All papers are there, none may be asked for; decide on acceptance."


class NothingStandsAgainst(Refused):
    zh = "条件全部符合、材料齐全，核实也无不符；应当受理或准予修复，不能不予受理或不予修复。"
    en = "All conditions hold, all papers are there and no finding is adverse; accept the application, or grant it."


class ReasonsMissing(Refused):
    zh = "请写明理由；当事人有权知道为什么。"
    en = "State the reasons; the applicant is entitled to know why."
    field = "reasons"


class NoteMissing(Refused):
    zh = "本系统没有关于“{conditions}”的记载，须由经办人核实并写明依据；请补写说明。"
    en = "The register keeps no record on {conditions_en}; verify it yourself and write down on what it rests."
    field = "findings"


class FindingsIncomplete(Refused):
    zh = "核实意见须对这一版规定的条件逐项写明，缺或多：{differing}；请补全后再提交。"
    en = "The findings must state each condition of the version; missing or unknown: {differing_en}."
    field = "findings"


class PushedBeforeApplied(Refused):
    zh = "推送时间早于申请时间；请按推送记录核对。"
    en = "The push lies before the application; compare the record of the push."
    field = "pushed_at"


class PaperUnknown(Refused):
    zh = "没有“{paper}”这一材料代码；请从材料清单中选择。"
    en = "There is no paper of code {paper}; choose from the list of papers."
    field = "papers"


class NeedsLeader(Refused):
    zh = "严重失信信息的修复由分管领导决定；请送分管领导。"
    en = "Repair of a serious entry is decided by the leader in charge; send it to the leader."
    kind = "forbidden"


class VerifiedAgainst(Refused):
    zh = "核实意见有不符合的条件（{conditions}），不能准予；请先重新核实，或作出不予修复决定。"
    en = "The verification found conditions not met ({conditions}); verify again or refuse the repair."


def open_repair(file: CreditFile, repair_id: str, seen: int | None) -> Repair:
    """The case, still to be decided, as the officer saw it."""
    check_registered(file)
    case = file.repairs.get(repair_id)
    if case is None:
        raise RepairUnknown
    check_not_moved(case.version, seen)
    if not case.is_open:
        raise WrongRepairStep(needed="本案已有结论", needed_en="the case is concluded")
    return case


def check_papers(context: Context, papers: tuple[str, ...]) -> None:
    known = context.rules.lists("repair_papers", context.today)
    for paper in papers:
        if paper not in known:
            raise PaperUnknown(paper=paper)


def check_conditions(file: CreditFile, context: Context, case: Repair) -> None:
    """Raise the first condition of the version that does not hold."""
    for checked in check_all(file, case, context.today, context.rules):
        if checked.refusal is not None:
            raise checked.refusal


def fails_now(file: CreditFile, context: Context, case: Repair) -> bool:
    """Whether anything stands against a grant today: another authority's entry, or a condition that does not hold."""
    try:
        check_ours_to_repair(file, case, context.rules)
        check_conditions(file, context, case)
    except Refused:
        return True
    return False


# Decisions


def receive_repair(file: CreditFile, context: Context, *, application: RepairReceived) -> list[Event]:
    """Record an application for repair (收到修复申请), pushed by 信用中国 or made at the window.

    Refused, in this order: SubjectUnknown, IdTaken, TargetUnknown, RepairUnderWay, ReceivedInFuture, PaperUnknown,
    RuleMissing, ApplyAtCreditChina, PushTimeMissing, PushedBeforeApplied.
    Basis: rulebook row `repair.channel`; 国办发〔2025〕22号.
    """
    check_registered(file)
    check_new_id(file, application.repair_id)
    target, kind = application.target_id, application.target_kind
    if not target_in_force(file, target, kind, context.today, context.rules):
        raise TargetUnknown
    if earlier_repair(file.repairs, target) is not None:
        raise RepairUnderWay
    if max(application.applied_at, application.pushed_at or application.applied_at) > context.now:
        raise ReceivedInFuture
    check_papers(context, application.papers)
    days = {"applied_on": day_of(application.applied_at)}
    try:
        row = context.rules.select("repair.channel", days=days, traits={"target": kind})
    except NoRule as silent:
        raise RuleMissing(parameter=silent.parameter) from None
    if application.channel == "window" and row.choice == "credit_china":
        raise ApplyAtCreditChina(rule=row, since=unbroken_since(context.rules, row, {"target": kind}))
    if application.channel == "credit_china" and application.pushed_at is None:
        raise PushTimeMissing
    if application.pushed_at is not None and application.pushed_at < application.applied_at:
        raise PushedBeforeApplied
    return [application]


def ask_supplement(
    file: CreditFile, context: Context, *, repair_id: str, note: str, seen: int | None = None
) -> list[Event]:
    """Name the missing papers to the applicant (通知补正).

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep, NothingMissing.
    Basis: rulebook rows `repair.papers`, `repair.supplement` (unverified).
    """
    case = open_repair(file, repair_id, seen)
    if case.accepted is not None:
        raise WrongRepairStep(needed="须尚未受理", needed_en="not yet accepted")
    missing = missing_papers(file, case, context.rules)
    if not missing:
        raise NothingMissing
    due = context.rules.term("repair.supplement", days={"asked_on": context.today})
    return [
        RepairSupplementAsked(
            repair_id=repair_id, missing=missing, note=note, asked_on=context.today, due_on=due.until
        )
    ]  # fmt: skip


def supplement_repair(
    file: CreditFile, context: Context, *, repair_id: str, papers: tuple[str, ...], seen: int | None = None
) -> list[Event]:
    """Record papers that came in later (补正).

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep, PaperUnknown.
    Basis: rulebook rows `repair.papers`.
    """
    case = open_repair(file, repair_id, seen)
    if case.accepted is not None:
        raise WrongRepairStep(needed="须尚未受理", needed_en="not yet accepted")
    check_papers(context, papers)
    return [RepairSupplemented(repair_id=repair_id, papers=papers, supplemented_on=context.today)]


def accept_repair(file: CreditFile, context: Context, *, repair_id: str, seen: int | None = None) -> list[Event]:
    """Accept the application (受理).

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep, DesignatedElsewhere, then the
    conditions of the version in the order of its row `repair.conditions` (TargetUnknown, NotClassified or RuleMissing,
    NotRepairable, TooEarly, NotPerformed, NotCorrected, PapersMissing, FraudRecorded, BanRunning, RepairedRecently,
    RepairedTooOften).
    Basis: 国办发〔2025〕22号 (谁认定、谁修复); rulebook rows `repair.conditions`, `repair.min`, `repair.papers`.
    """
    case = open_repair(file, repair_id, seen)
    if case.accepted is not None:
        raise WrongRepairStep(needed="须尚未受理", needed_en="not yet accepted")
    check_ours_to_repair(file, case, context.rules)
    check_conditions(file, context, case)
    return [RepairAccepted(repair_id=repair_id, accepted_on=context.today)]


def not_accept_repair(
    file: CreditFile, context: Context, *, repair_id: str, note: str = "", seen: int | None = None
) -> list[Event]:
    """Decline the application (不予受理) because a condition fails; the reasons and the first possible day are stated.

    Missing papers are a ground only once they were asked for and their day is over; a class or a rule that the bureau
    still owes never is.
    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep, NotClassified or RuleMissing,
    PapersNotDue, NothingStandsAgainst.
    Basis: rulebook rows `repair.conditions`; 国办发〔2025〕22号 (complete papers must be accepted).
    """
    case = open_repair(file, repair_id, seen)
    if case.accepted is not None:
        raise WrongRepairStep(needed="须尚未受理", needed_en="not yet accepted")
    failed = grounds_of(file, context, case)
    if not failed:
        raise NothingStandsAgainst
    reasons = (*(one.sentence_zh for one in failed), *((note,) if note.strip() else ()))
    first = first_after(file, context, case, failed)
    return [
        RepairNotAccepted(
            repair_id=repair_id, reasons=reasons, first_possible_on=first, not_accepted_on=context.today
        )
    ]  # fmt: skip


def verify_repair(
    file: CreditFile, context: Context, *, repair_id: str, findings: tuple[Verified, ...], seen: int | None = None
) -> list[Event]:
    """Record what the handler found on each condition (核实); a later verification stands over an earlier one.

    Where the register keeps no record that could answer a condition, the finding says what it rests on.
    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep, FindingsIncomplete, NoteMissing.
    Basis: rulebook rows `repair.conditions`.
    """
    case = open_repair(file, repair_id, seen)
    if case.accepted is None:
        raise WrongRepairStep(needed="须先受理", needed_en="accept it first")
    asked = context.rules.select("repair.conditions", days={"applied_on": case.applied_on})
    differing = sorted({one.condition for one in findings} ^ set(asked.names))
    words = context.rules.lists("repair_conditions", context.today)
    if differing or len(findings) != len(asked.names):
        named = "、".join(words[one].zh if one in words else one for one in differing)
        raise FindingsIncomplete(rule=asked, differing=named or "重复", differing_en=", ".join(differing) or "repeated")
    bare = [one.condition for one in findings if not one.note.strip() and not is_kept(file, case, one.condition)]
    if bare:
        raise NoteMissing(
            rule=asked, conditions="、".join(words[one].zh for one in bare),
            conditions_en=", ".join(words[one].en for one in bare),
        )  # fmt: skip
    return [RepairVerified(repair_id=repair_id, findings=findings, verified_on=context.today)]


def decide_repair(
    file: CreditFile, context: Context, *, repair_id: str, outcome: Literal["granted", "refused"], document_no: str,
    reasons: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Grant or refuse the repair (准予 / 不予修复); granted, it takes effect today.

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep, SameOfficer, NeedsLeader,
    ReasonsMissing and NothingStandsAgainst (when refusing: no condition fails now and no finding is adverse),
    VerifiedAgainst, DesignatedElsewhere, then the conditions as in `accept_repair`
    (when granting).
    Basis: NDRC Order 36 三; 国办发〔2025〕22号 (谁认定、谁修复); rulebook rows `repair.conditions`.
    """
    case = open_repair(file, repair_id, seen)
    if case.verified is None or case.verified_by is None:
        raise WrongRepairStep(needed="须先受理并核实", needed_en="accept and verify it first")
    if case.verified_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="核实人", second="决定人", first_en="verifying", second_en="deciding")
    if case.accepted_by is not None and case.accepted_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="受理人", second="决定人", first_en="accepting", second_en="deciding")
    check_leader(file, context, case)
    decided = RepairDecided(
        repair_id=repair_id, outcome=outcome, document_no=document_no, reasons=reasons, decided_on=context.today
    )
    against = [one.condition for one in case.verified.findings if not one.holds]
    if outcome == "refused":
        if not reasons.strip():
            raise ReasonsMissing
        if not against and not fails_now(file, context, case):
            raise NothingStandsAgainst
        return [decided]
    if against:
        raise VerifiedAgainst(conditions="、".join(against))
    check_ours_to_repair(file, case, context.rules)
    check_conditions(file, context, case)
    return [decided, *execution(file, case, context.today, document_no)]


def execution(file: CreditFile, case: Repair, on: date, document_no: str) -> list[Event]:
    """What granting this case does, the same day."""
    received = case.received
    return executed(
        file, repair_id=case.repair_id, target_id=received.target_id, target_kind=received.target_kind, on=on,
        document_no=document_no,
    )  # fmt: skip


def check_leader(file: CreditFile, context: Context, case: Repair) -> None:
    """A serious entry, and any listing, is decided by the leader in charge."""
    entry = file.records.get(case.received.target_id)
    serious = entry is None or "serious" in gravities(entry, context.rules)
    if serious and context.officer.role != "leader":
        raise NeedsLeader


def send_feedback(
    file: CreditFile, context: Context, *, repair_id: str, receipt: str, seen: int | None = None
) -> list[Event]:
    """Record that the result was fed back to 信用中国 (返还修复结果): also a non-acceptance, withdrawal or revocation.

    Refused, in this order: SubjectUnknown, RepairUnknown, CaseMoved, WrongRepairStep.
    Basis: 国办发〔2025〕22号; rulebook row `repair.feedback` (unverified).
    """
    check_registered(file)
    case = file.repairs.get(repair_id)
    if case is None:
        raise RepairUnknown
    check_not_moved(case.version, seen)
    if case.stage != "feedback":
        raise WrongRepairStep(needed="须已有结论、尚未反馈", needed_en="concluded and not yet fed back")
    return [RepairFeedbackSent(repair_id=repair_id, sent_on=context.today, receipt=receipt)]
