"""Decisions on objections (异议): filed, accepted or declined, forwarded, verified, decided and carried out, withdrawn.

Who verified does not decide, nor who recorded, classified or corrected the entry. What stays unclear, what is decided
against the finding, and a listing to be revoked go to the leader. Nothing is decided and not done: the correction or
the annulment is recorded in the same act, or was since the objection was filed; a listing of another body is sent there
first.
Basis: 国办发〔2025〕22号; SAMR Order 45 12; 行政处罚法 48; rulebook rows `objection.*` (unverified).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from domain.context import Context
from domain.credit_file.conduct_decisions import annul_conduct, correct_conduct
from domain.credit_file.duty import term_or_none
from domain.credit_file.exit import revoke_listing
from domain.credit_file.listing_changes import correct_listing
from domain.credit_file.listing_events import CorrectableField
from domain.credit_file.objection import (
    Finding,
    Kind,
    Objection,
    ObjectionAccepted,
    ObjectionDecided,
    ObjectionDeclined,
    ObjectionFiled,
    ObjectionForwarded,
    ObjectionVerified,
    ObjectionWithdrawn,
    Outcome,
    authors_behind,
    entry_of,
)
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.record_decisions import annul_record, correct_record
from domain.credit_file.steps import check_day, check_not_moved
from domain.event import Event, Origin
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

LEADER = "leader"
FITS: dict[Finding, tuple[Outcome, ...]] = {"right": ("kept",), "wrong": ("corrected", "deleted"), "unclear": ()}
"""Outcomes that follow from a finding; any other is contested."""

# Checks


class ObjectionUnknown(Refused):
    zh = "档案中没有这件异议；请从主体档案进入。"
    en = "The file holds no such objection; start from the subject's file."
    kind = "unknown"


class ClaimMissing(Refused):
    zh = "没有写明异议内容；请写明认为哪里有误、应当如何。"
    en = "The claim is missing; say what is held to be wrong and what it should be."
    field = "claim"


class AgentNotAuthorised(Refused):
    zh = "代理人提出异议须附授权委托书；请在凭据中填写后再登记。"
    en = "An agent objects with a letter of authorisation; add it to the papers and submit again."
    field = "evidence"


class ResultNotDecided(Refused):
    zh = "该修复申请还没有结果；请在作出决定或不予受理之后再提出异议。"
    en = "That application for repair has no result yet; object once it was decided or declined."


class ObjectionRunning(Refused):
    zh = "对该项同一方面的异议正在处理中（{filed_on} 提出）；请在原异议中补充。"
    en = "An objection of that kind to the entry runs already (filed on {filed_on}); add to that one."


class ObjectionClosed(Refused):
    zh = "该异议已于 {on} 办结；不服结果的，可另行申请行政复议或提起诉讼。"
    en = "The objection was closed on {on}; against the outcome there are reconsideration and lawsuit."


class ObjectionAcceptedAlready(Refused):
    zh = "该异议已经受理；请继续核查。"
    en = "The objection is accepted already; go on to verify it."


class ObjectionNotAccepted(Refused):
    zh = "该异议尚未受理；请先受理或不予受理。"
    en = "The objection is not accepted yet; accept or decline it first."


class ObjectionNotVerified(Refused):
    zh = "该异议尚未核查；请先登记核查结论。"
    en = "The objection is not verified yet; record the finding first."


class ObjectionVerifiedAlready(Refused):
    zh = "该异议已有核查结论；请按结论处理。"
    en = "The objection was verified already; decide it by the finding."


class UnitMissing(Refused):
    zh = "没有填写单位；请写明核查或转办的单位。"
    en = "The unit is missing; name who verifies it or to whom it is sent."


class FindingUnexplained(Refused):
    zh = "没有写明核查情况或理由；请写明核对了什么、结论如何得出。"
    en = "The reasons are missing; say what was compared and how the conclusion was reached."


class AnswerMissing(Refused):
    zh = "没有填写答复文书号或理由；请填写后再办，答复须送申请人。"
    en = "The number of the answer or its reasons are missing; add them, since the answer goes to the applicant."
    field = "document_no"


class ContestedForLeader(Refused):
    zh = "核查结论不明、拟作的处理与结论不一致，或者须撤销列入；请交由局领导处理。"
    en = "The finding is unclear, the outcome departs from it, or a listing is to be revoked; the leader decides."
    kind = "forbidden"


class CorrectionMissing(Refused):
    zh = "没有写明更正哪一项、更正为何，异议提出后也没有作过更正；请填写，或先按修复、归类等程序作出更正。"
    en = "It is not said what is corrected, and nothing was since; fill it in, or correct it by its own act first."
    field = "field"


class CarriedOutElsewhere(Refused):
    zh = "这类信息不能在异议中直接更正或删除；请先按其自身程序办理，再处理异议。"
    en = "Such a thing is not corrected or deleted by an objection; do it by its own act first, then decide."


def objection_as_seen(file: CreditFile, objection_id: str, seen: int | None) -> Objection:
    """The objection as its officer saw it, still running.

    Refused, in this order: SubjectUnknown, ObjectionUnknown, CaseMoved, ObjectionClosed.
    """
    check_registered(file)
    one = file.objections.get(objection_id)
    if one is None:
        raise ObjectionUnknown
    check_not_moved(one.version, seen)
    if one.closed_on is not None:
        raise ObjectionClosed(on=one.closed_on)
    return one


def check_target(file: CreditFile, target_id: str, kind: Kind) -> None:
    """An entry that can be disclosed, or a repair with a result. Refused: EntryUnknown, ResultNotDecided."""
    if kind != "repair_result":
        file.origin_of(target_id)
        return
    case = file.repairs.get(target_id)
    if case is None or case.concluded_on is None:
        raise ResultNotDecided


def _was_changed(file: CreditFile, one: Objection, outcome: Outcome) -> bool:
    """Whether the outcome was carried out by an act of its own since the objection was filed."""
    entry_id = entry_of(file, one)
    if one.filed.kind == "repair_result":
        return outcome == "corrected" and file.repaired_on(entry_id) is not None
    entry = file.records.get(entry_id) or file.conducts.get(entry_id)
    listing = file.listings.get(entry_id)
    if outcome == "deleted":
        gone = listing.exited_by if listing is not None else entry.annulled if entry is not None else None
        return gone is not None and _since((gone,), one)
    restated = entry.restated if entry is not None else listing.restated if listing is not None else ()
    return _since(restated, one)


def _since(changes: Iterable[Origin], one: Objection) -> bool:
    return any(change.version > one.origin.version for change in changes)


def _carried_out(
    file: CreditFile, context: Context, one: Objection, outcome: Outcome, field: str, new: str, reasons: str,
    document_no: str,
) -> list[Event]:  # fmt: skip
    """The facts that do what was decided; none where nothing is to be changed, or it was changed since it was filed.

    Refused: CorrectionMissing, CarriedOutElsewhere, and what the correction, annulment or revocation itself meets.
    """
    if outcome == "kept" or (not field and _was_changed(file, one, outcome)):
        return []
    target_id = one.filed.target_id
    if outcome == "corrected":
        if not field:
            raise CorrectionMissing
        if target_id in file.records:
            return correct_record(file, context, entry_id=target_id, field=field, new=new, reason=reasons)
        if target_id in file.conducts:
            return correct_conduct(file, context, conduct_id=target_id, field=field, new=new, reason=reasons)
        if target_id in file.listings:
            of_listing = cast(CorrectableField, field)
            return correct_listing(file, context, listing_id=target_id, field=of_listing, new=new, reason=reasons)
        raise CarriedOutElsewhere
    if target_id in file.records:
        return annul_record(file, context, entry_id=target_id, reason=reasons)
    if target_id in file.conducts:
        return annul_conduct(file, context, conduct_id=target_id, reason=reasons)
    if target_id in file.listings:
        return revoke_listing(file, context, listing_id=target_id, document_no=document_no)
    raise CarriedOutElsewhere


# Decisions


def file_objection(
    file: CreditFile, context: Context, *, objection_id: str, target_id: str, kind: Kind, claim: str,
    channel: Literal["credit_china", "window"], filed_on: date, applicant: Literal["subject", "agent"] = "subject",
) -> list[Event]:  # fmt: skip
    """Record an objection (提出异议): from that day the public page says that it is being dealt with.

    Refused, in this order: SubjectUnknown, IdTaken, EntryUnknown, ResultNotDecided, ClaimMissing, AgentNotAuthorised,
    DayInFuture, ObjectionRunning.
    Basis: 国办发〔2025〕22号 (via 信用中国 or the department); SAMR Order 45 12.
    """
    check_registered(file)
    check_new_id(file, objection_id)
    check_target(file, target_id, kind)
    if not claim.strip():
        raise ClaimMissing
    if applicant == "agent" and not context.filing.evidence:
        raise AgentNotAuthorised
    check_day(context, filed_on)
    for one in file.objections.values():
        if (one.filed.target_id, one.filed.kind) == (target_id, kind) and one.closed_on is None:
            raise ObjectionRunning(filed_on=one.filed.filed_on)
    return [
        ObjectionFiled(
            objection_id=objection_id, target_id=target_id, kind=kind, claim=claim, channel=channel,
            filed_on=filed_on, applicant=applicant,
        )
    ]  # fmt: skip


def accept_objection(
    file: CreditFile, context: Context, *, objection_id: str, seen: int | None = None
) -> list[Event]:  # fmt: skip
    """Accept an objection (受理异议) for verification.

    Refused, in this order: SubjectUnknown, ObjectionUnknown, CaseMoved, ObjectionClosed, ObjectionAcceptedAlready.
    Basis: rulebook rows `objection.accept` (unverified).
    """
    one = objection_as_seen(file, objection_id, seen)
    if one.accepted is not None:
        raise ObjectionAcceptedAlready
    term_or_none(context.rules, "objection.accept", filed_on=one.filed.filed_on)
    return [ObjectionAccepted(objection_id=objection_id, accepted_on=context.today)]


def decline_objection(
    file: CreditFile, context: Context, *, objection_id: str, reasons: str, seen: int | None = None
) -> list[Event]:
    """Decline an objection (不予受理异议): not of the subject, not of an entry shown, or told before; with reasons.

    Refused, in this order: SubjectUnknown, ObjectionUnknown, CaseMoved, ObjectionClosed, ObjectionAcceptedAlready,
    FindingUnexplained.
    Basis: rulebook rows `objection.accept` (unverified).
    """
    one = objection_as_seen(file, objection_id, seen)
    if one.accepted is not None:
        raise ObjectionAcceptedAlready
    if not reasons.strip():
        raise FindingUnexplained
    return [ObjectionDeclined(objection_id=objection_id, reasons=reasons, declined_on=context.today)]


def forward_objection(
    file: CreditFile, context: Context, *, objection_id: str, to_unit: str, seen: int | None = None
) -> list[Event]:
    """Send an objection to the unit that provided the entry (转办异议), which verifies it within its own time.

    Refused, in this order: SubjectUnknown, ObjectionUnknown, CaseMoved, ObjectionClosed, ObjectionNotAccepted,
    ObjectionVerifiedAlready, UnitMissing.
    Basis: rulebook rows `objection.provider` (unverified).
    """
    one = objection_as_seen(file, objection_id, seen)
    if one.accepted is None:
        raise ObjectionNotAccepted
    if one.verified is not None:
        raise ObjectionVerifiedAlready
    if not to_unit.strip():
        raise UnitMissing
    term = term_or_none(context.rules, "objection.provider", forwarded_on=context.today)
    return [
        ObjectionForwarded(
            objection_id=objection_id, to_unit=to_unit, forwarded_on=context.today,
            due_on=term.until if term is not None else None,
        )
    ]  # fmt: skip


def verify_objection(
    file: CreditFile, context: Context, *, objection_id: str, unit: str, finding: Finding, note: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record what the unit that answers for the entry found (核查异议); of a forwarded one, what its letter says.

    Refused, in this order: SubjectUnknown, ObjectionUnknown, CaseMoved, ObjectionClosed, ObjectionNotAccepted,
    ObjectionVerifiedAlready, UnitMissing, FindingUnexplained.
    Basis: rulebook rows `objection.platform`, `objection.provider` (unverified).
    """
    one = objection_as_seen(file, objection_id, seen)
    if one.accepted is None:
        raise ObjectionNotAccepted
    if one.verified is not None:
        raise ObjectionVerifiedAlready
    if not unit.strip():
        raise UnitMissing
    if not note.strip():
        raise FindingUnexplained
    return [
        ObjectionVerified(
            objection_id=objection_id, unit=unit, finding=finding, note=note, verified_on=context.today
        )
    ]  # fmt: skip


def decide_objection(
    file: CreditFile, context: Context, *, objection_id: str, outcome: Outcome, document_no: str, reasons: str,
    field: str = "", new: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Keep, correct or delete what the objection is about (处理异议), and carry that out in the same act.

    field, new   what is corrected and to what, as in `correct_record`; "" where it was corrected since it was filed
    Refused, in this order: SubjectUnknown, ObjectionUnknown, CaseMoved, ObjectionClosed, ObjectionNotVerified,
    SameOfficer, AnswerMissing, ContestedForLeader, CorrectionMissing, CarriedOutElsewhere, then what the correction,
    the annulment or the revocation meets: of a listing that another body designated, DesignatedElsewhere.
    Basis: 国办发〔2025〕22号; SAMR Order 45 12; rulebook rows `objection.answer` (unverified).
    """
    one = objection_as_seen(file, objection_id, seen)
    if one.verified is None or one.verified_by is None:
        raise ObjectionNotVerified
    if one.verified_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="异议核查人", second="处理人", first_en="verifying", second_en="deciding")
    if context.officer.officer_id in authors_behind(file, one):
        raise SameOfficer(first="登记、归类或更正人", second="处理人", first_en="recording", second_en="deciding")
    if not document_no.strip() or not reasons.strip():
        raise AnswerMissing
    is_contested = outcome not in FITS[one.verified.finding]
    revokes = outcome == "deleted" and one.filed.target_id in file.listings
    if (is_contested or revokes) and context.officer.role != LEADER:
        raise ContestedForLeader
    changes = _carried_out(file, context, one, outcome, field, new, reasons, document_no)
    decided = ObjectionDecided(
        objection_id=objection_id, outcome=outcome, document_no=document_no, reasons=reasons, decided_on=context.today
    )
    return [*changes, decided]


def withdraw_objection(
    file: CreditFile, context: Context, *, objection_id: str, withdrawn_on: date, reason: str = "",
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the applicant took the objection back (撤回异议).

    Refused, in this order: SubjectUnknown, ObjectionUnknown, CaseMoved, ObjectionClosed, DayInFuture, BeforeStepBefore
    (before it was filed).
    Basis: the applicant's letter, as evidence.
    """
    one = objection_as_seen(file, objection_id, seen)
    check_day(context, withdrawn_on, one.filed.filed_on)
    return [ObjectionWithdrawn(objection_id=objection_id, withdrawn_on=withdrawn_on, reason=reason)]
