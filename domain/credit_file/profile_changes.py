"""Changes of code and status (变更代码、变更登记状态), as the registration authority decided them.

A former code belongs to the file for ever and still finds it. A status closes in one direction: 存续, 停业, 迁出 →
清算, 吊销 → 注销, 撤销; the way back is recorded with the authority's reason, for a decision can be taken back.
Basis: GB 32100-2015; 市场主体登记管理条例 31, 40; code list `subject_statuses`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain import credit_code
from domain.context import Context
from domain.credit_file.profile import (
    EXISTING,
    CodeCheckFails,
    CodeMisshapen,
    EffectiveInFuture,
    Profile,
    check_doubt,
    check_registered,
)
from domain.credit_file.profile_events import CodeChanged, CodeFlagged, StatusChanged
from domain.event import Event
from domain.law.code_lists import CodeList
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

STATUSES = "subject_statuses"
DIRECTION = ("open", "closing", "ended")
"""Kinds of statuses, in the order in which one may follow the other."""

# Checks


class PersonIsNotRegistered(Refused):
    zh = "自然人没有统一社会信用代码和登记状态；无需变更。"
    en = "A natural person has neither code nor registration status; there is nothing to change."


class SameCode(Refused):
    zh = "新代码与现代码相同；无需变更。"
    en = "The new code equals the present one; there is nothing to change."
    field = "code"


class StatusUnknown(Refused):
    zh = "没有“{status}”这一登记状态；请从列表中选择。"
    en = "There is no status {status}; choose one of the list."
    field = "status"


class SameStatus(Refused):
    zh = "该主体在 {on} 已是“{status}”；无需变更。"
    en = "On {on} the status is {status_en} already; there is nothing to change."
    field = "status"


class StatusGoesBack(Refused):
    zh = "“{status}”不能接在“{before}”之后；登记机关撤销或更正原决定的，请写明理由。"
    en = "{status_en} does not follow {before_en}; where the authority took its decision back, state the reason."
    field = "reason"


def check_with_code(file: CreditFile) -> Profile:
    """Codes and statuses belong to who is registered with an authority.

    Refused, in this order: SubjectUnknown, PersonIsNotRegistered.
    """
    profile = check_registered(file)
    if profile.subject_kind == "natural_person":
        raise PersonIsNotRegistered
    return profile


def check_direction(profile: Profile, status: str, on: date, reason: str, rules: Reading) -> None:
    """A status neither comes after one that had closed the subject further, nor before one that is further open."""
    if reason.strip():
        return
    names = rules.lists(STATUSES, on)
    stated = profile.status_on(on)
    later = next((one.changed.status for one in profile.statuses if one.changed.effective_on > on), status)
    for before, after in ((stated.changed.status if stated else EXISTING, status), (status, later)):
        if _rank(names, after) < _rank(names, before):
            raise StatusGoesBack(
                status=names[after].zh, status_en=names[after].en, before=names[before].zh, before_en=names[before].en
            )


def _rank(names: CodeList, status: str) -> int:
    return DIRECTION.index(names[status].kind)


# Decisions


def change_code(
    file: CreditFile, context: Context, *, code: str, reason: str, effective_on: date,
    confirmed: frozenset[str] = frozenset(),
) -> list[Event]:  # fmt: skip
    """Record that the subject bears another code (变更代码), flagged where its check character is wrong and confirmed.

    Refused, in this order: SubjectUnknown, PersonIsNotRegistered, CodeMisshapen, SameCode, EffectiveInFuture,
    CodeCheckFails (unless confirmed), DoubtNeedsEvidence.
    Basis: GB 32100-2015; the registration authority's notice, as evidence.
    """
    profile = check_with_code(file)
    code = credit_code.clean(code)
    if not credit_code.is_shaped(code):
        raise CodeMisshapen
    if code == profile.code:
        raise SameCode
    if effective_on > context.today:
        raise EffectiveInFuture(on=effective_on)
    changed = CodeChanged(old_code=profile.code or "", new_code=code, reason=reason, effective_on=effective_on)
    if credit_code.check_holds(code):
        return [changed]
    check_doubt(context, confirmed, CodeCheckFails(code=code))
    return [changed, CodeFlagged(code=code, failed_check="check_character")]


def change_status(
    file: CreditFile, context: Context, *, status: str, effective_on: date, authority: str, document_no: str = "",
    reason: str = "",
) -> list[Event]:  # fmt: skip
    """Record a change of the status with the registration authority (变更登记状态).

    Refused, in this order: SubjectUnknown, PersonIsNotRegistered, EffectiveInFuture, StatusUnknown, SameStatus,
    StatusGoesBack (unless a reason is given).
    Basis: 市场主体登记管理条例 31, 40; the authority's decision, as evidence.
    """
    profile = check_with_code(file)
    if effective_on > context.today:
        raise EffectiveInFuture(on=effective_on)
    names = context.rules.lists(STATUSES, effective_on)
    if status not in names:
        raise StatusUnknown(status=status)
    before = profile.status_on(effective_on)
    if status == (before.changed.status if before else EXISTING):
        raise SameStatus(on=effective_on, status=names[status].zh, status_en=names[status].en)
    check_direction(profile, status, effective_on, reason, context.rules)
    return [
        StatusChanged(
            status=status, effective_on=effective_on, authority=authority, document_no=document_no, reason=reason
        )
    ]  # fmt: skip
