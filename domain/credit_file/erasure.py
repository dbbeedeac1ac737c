"""Erasure of personal data (删除个人信息): a person's key is destroyed, and what was sealed with it is noise for ever.

An officer proposes, the leader approves, and a third officer executes: nobody does two of the three. Who approves sees
what goes: how many sealed texts in how many files. Facts stay whole and fold as before; only the sealed texts of the
one person can no longer be read, here and in every copy and backup. The key is destroyed after the fact is stored; if
the process dies in between, asking again or the daily job does the rest, and doing it twice is harmless.
Basis: 个人信息保护法 47.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal
from uuid import UUID

from domain.context import Context
from domain.credit_file.disclosure_period import disclosed
from domain.credit_file.duty import Owed
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.protection import is_sealed, must_be_kept, text_at
from domain.credit_file.sealed_text import SealedText
from domain.credit_file.steps import check_not_moved, with_step
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

Ground = Literal["request", "retention", "wrong_person"]

# Events


class ErasureProposed(Event):
    """States that an officer proposed to erase the personal data of one person.

    key_id    the person's key; all that was sealed with it goes, in every file
    ground    request (the person asked, `access_id` names it), retention (kept long enough) or wrong_person
    places    where its texts stand in this file, as ``version.field``
    Since v1. Basis: 个人信息保护法 47.
    """

    TOPIC: ClassVar[str] = "credit/ErasureProposed.v1"
    erasure_id: str
    key_id: UUID
    ground: Ground
    access_id: str = ""
    places: tuple[str, ...]
    reason: str
    proposed_on: date


class ErasureApproved(Event):
    """States that the leader approved the erasure, having seen how much goes.

    texts, streams   sealed texts of the person, and files they stand in, as shown to the approver
    Since v1.
    """

    TOPIC: ClassVar[str] = "credit/ErasureApproved.v1"
    erasure_id: str
    texts: int
    streams: int
    approved_on: date


class DataErased(Event):
    """States that the key is destroyed: what was sealed with it can no longer be read by anybody. Since v1."""

    TOPIC: ClassVar[str] = "credit/DataErased.v1"
    erasure_id: str
    key_id: UUID
    erased_on: date


EVENTS: tuple[type[Event], ...] = (ErasureProposed, ErasureApproved, DataErased)

# State


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure; each step is None until it happened, with who did it."""

    proposed: ErasureProposed
    origin: Origin
    version: int
    approved: ErasureApproved | None = None
    approved_by: Origin | None = None
    erased: DataErased | None = None
    erased_by: Origin | None = None


Erasures = dict[str, Erasure]

# Evolve


@singledispatch
def evolve(event: Event, erasures: Erasures, fact: Fact) -> Erasures:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"erasures cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: ErasureProposed, erasures: Erasures, fact: Fact) -> Erasures:
    return erasures | {event.erasure_id: Erasure(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: ErasureApproved, erasures: Erasures, fact: Fact) -> Erasures:
    return with_step(erasures, event.erasure_id, fact, approved=event, approved_by=fact.origin)


@evolve.register
def _(event: DataErased, erasures: Erasures, fact: Fact) -> Erasures:
    return with_step(erasures, event.erasure_id, fact, erased=event, erased_by=fact.origin)


# Checks


class ErasureUnknown(Refused):
    zh = "档案中没有这项删除提请；请核对后再办。"
    en = "The file holds no such proposal to erase; check and try again."
    kind = "unknown"


class ErasureRunning(Refused):
    zh = "对该人信息的删除已经提请；请办结后再提。"
    en = "An erasure of this person's data is already proposed; conclude it first."


class ErasureReasonMissing(Refused):
    zh = "没有填写删除的理由；请填写。"
    en = "The reason for the erasure is missing; fill it in."
    field = "reason"


class WrongPersonUnproven(Refused):
    zh = "没有证明登记错人的凭据；请附凭据后再提。"
    en = "There is no evidence that the wrong person was recorded; attach it and propose again."
    field = "evidence"


class RequestNotGranted(Refused):
    zh = "没有本人的删除申请，或尚未答复准予；请先登记申请并答复。"
    en = "There is no request of the person to erase that was granted; record it and answer it first."
    field = "access_id"


class RetentionNotOver(Refused):
    zh = "含有该人信息的记录尚在保存期内；请待届满，或先封存。"
    en = "An entry with this person's data is still to be kept; wait for the end of its time, or seal it meanwhile."


class StillNeeded(Refused):
    zh = "含有该人信息的记录仍在公示；请待公示结束后再提。"
    en = "An entry with this person's data is still shown to the public; propose the erasure when it is over."


class ScopeNotSeen(Refused):
    zh = "批准的范围与档案不符（至少 {texts} 处）；请刷新页面，看过范围后再批准。"
    en = "The scope approved is not that of the file (at least {texts} texts); reload the page and look at it again."


class NotApproved(Refused):
    zh = "删除尚未批准；请由分管领导批准后再执行。"
    en = "The erasure is not approved yet; the leader approves it first."


class ErasureConcluded(Refused):
    zh = "该项删除已经办过这一步；请刷新页面查看。"
    en = "This step of the erasure is already done; reload the page to see it."


def texts_of(file: CreditFile, key_id: UUID) -> tuple[SealedText, ...]:
    """Every sealed text of the file under one person's key."""
    return tuple(one for one in file.sealed if one.key_id == key_id)


def check_ground(file: CreditFile, context: Context, ground: Ground, access_id: str, key_id: UUID) -> None:
    """Nothing is erased that the bureau must still show or keep, on request only what a request asked for, and of a
    wrong person only with proof.

    Refused, in this order: WrongPersonUnproven, StillNeeded, RequestNotGranted, RetentionNotOver.
    """
    if ground == "wrong_person" and not context.filing.evidence:
        raise WrongPersonUnproven
    check_not_shown(file, context, key_id)
    if ground == "request":
        asked = file.access_requests.get(access_id)
        if asked is None or asked.requested.wants != "delete" or asked.outcome not in ("granted", "partly"):
            raise RequestNotGranted
    check_not_kept(file, context, ground, key_id)


def entries_of(file: CreditFile, key_id: UUID) -> set[str]:
    """The entries of the file in which a sealed text of the person stands."""
    return {one.entry_id for one in texts_of(file, key_id) if one.entry_id}


def check_not_shown(file: CreditFile, context: Context, key_id: UUID) -> None:
    """No entry of the file with the person's texts is shown today. Refused: StillNeeded."""
    shown = disclosed(file, context.rules)
    if any(one in shown and shown[one].covers(context.today) for one in entries_of(file, key_id)):
        raise StillNeeded


def check_not_kept(file: CreditFile, context: Context, ground: Ground, key_id: UUID) -> None:
    """No entry of the file with the person's texts is still to be kept: a request ends no time the law sets, and what
    is erased for its age is sealed already; of the wrong person nothing is kept.

    Refused: RetentionNotOver.
    """
    today, rules = context.today, context.rules
    if ground == "wrong_person":
        return
    for one in entries_of(file, key_id):
        if must_be_kept(file, one, today, rules) or (ground == "retention" and not is_sealed(file, one, today, rules)):
            raise RetentionNotOver


def check_other_file(file: CreditFile, context: Context, ground: Ground, key_id: UUID) -> None:
    """The same key stands in another file: nothing goes that is shown or kept there. Names no other subject.

    Refused, in this order: StillNeeded, RetentionNotOver.
    """
    check_not_shown(file, context, key_id)
    check_not_kept(file, context, ground, key_id)


def open_erasure(file: CreditFile, erasure_id: str, seen: int | None) -> Erasure:
    """The erasure as the officer saw it.

    Refused, in this order: SubjectUnknown, ErasureUnknown, CaseMoved.
    """
    check_registered(file)
    one = file.erasures.get(erasure_id)
    if one is None:
        raise ErasureUnknown
    check_not_moved(one.version, seen)
    return one


# Decisions


def propose_erasure(
    file: CreditFile, context: Context, *, erasure_id: str, place: str, ground: Ground, reason: str,
    access_id: str = "",
) -> list[Event]:  # fmt: skip
    """Propose to erase the personal data of the person whose sealed text stands at the place (提请删除).

    Refused, in this order: SubjectUnknown, IdTaken, SealedTextUnknown, TextErased, ErasureRunning,
    ErasureReasonMissing, WrongPersonUnproven, StillNeeded, RequestNotGranted, RetentionNotOver; the register asks of
    every other file with the person's key as well (`check_other_file`).
    Basis: 个人信息保护法 47.
    """
    check_registered(file)
    check_new_id(file, erasure_id)
    text = text_at(file, place)
    if any(one.proposed.key_id == text.key_id for one in file.erasures.values()):
        raise ErasureRunning
    if not reason.strip():
        raise ErasureReasonMissing
    check_ground(file, context, ground, access_id, text.key_id)
    places = tuple(one.place for one in texts_of(file, text.key_id))
    return [
        ErasureProposed(
            erasure_id=erasure_id, key_id=text.key_id, ground=ground, access_id=access_id, places=places,
            reason=reason.strip(), proposed_on=context.today,
        )
    ]  # fmt: skip


def approve_erasure(
    file: CreditFile, context: Context, *, erasure_id: str, texts: int, streams: int, seen: int | None = None
) -> list[Event]:
    """Approve the erasure (批准删除), having seen how many sealed texts go and in how many files they stand; the
    register compares both with what is stored (ScopeNotSeen).

    Refused, in this order: SubjectUnknown, ErasureUnknown, CaseMoved, ErasureConcluded, ScopeNotSeen, SameOfficer.
    Basis: 个人信息保护法 47; 营商〔2020〕65号 三(一).
    """
    one = open_erasure(file, erasure_id, seen)
    if one.approved is not None:
        raise ErasureConcluded
    least = len(texts_of(file, one.proposed.key_id))
    if texts < least or streams < 1:
        raise ScopeNotSeen(texts=least)
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="删除提请人", second="删除批准人", first_en="proposing", second_en="approving")
    return [ErasureApproved(erasure_id=erasure_id, texts=texts, streams=streams, approved_on=context.today)]


def erase_data(file: CreditFile, context: Context, *, erasure_id: str, seen: int | None = None) -> list[Event]:
    """Erase the personal data (删除个人信息): the key is destroyed as soon as this is stored.

    Refused, in this order: SubjectUnknown, ErasureUnknown, CaseMoved, NotApproved, ErasureConcluded, SameOfficer,
    StillNeeded, RetentionNotOver; of every other file with the person's key as well.
    Basis: 个人信息保护法 47; proposer, approver and who executes are three people.
    """
    one = open_erasure(file, erasure_id, seen)
    if one.approved is None or one.approved_by is None:
        raise NotApproved
    if one.erased is not None:
        raise ErasureConcluded
    if context.officer.officer_id in (one.origin.officer_id, one.approved_by.officer_id):
        raise SameOfficer(
            first="删除提请人或批准人", second="删除执行人", first_en="proposing or approving", second_en="erasing"
        )
    # What was recorded since the approval may be shown by now.
    check_other_file(file, context, one.proposed.ground, one.proposed.key_id)
    return [DataErased(erasure_id=erasure_id, key_id=one.proposed.key_id, erased_on=context.today)]


# What is owed


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each erasure that waits for its approval or its execution."""
    for one in file.erasures.values():
        proposed, title = one.proposed, one.proposed.proposed_on.isoformat()
        if one.approved is None:
            yield Owed(
                "approve_erasure", "erasure", proposed.erasure_id, title, one.origin, proposed.proposed_on,
                not_officers=(one.origin.officer_id,),
            )  # fmt: skip
        elif one.erased is None and one.approved_by is not None:
            yield Owed(
                "erase_data", "erasure", proposed.erasure_id, title, one.origin, one.approved.approved_on,
                not_officers=(one.origin.officer_id, one.approved_by.officer_id),
            )  # fmt: skip
