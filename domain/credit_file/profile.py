"""Profile (主体信息): who the subject is: its names, codes and statuses, each from the day it counts.

A subject is registered once, under its unified social credit code; a natural person under a sealed identity number.
Former names and codes stay in the file and stay searchable. A code that fails the check of GB 32100 is kept and
flagged, since some early codes fail it and are real. A deregistered subject keeps its file: what runs may end, and
nothing new is brought against it. The events stand in `profile_events`; changes of code and status in
`profile_changes`; mergers, splits and joined files in `succession`; responsible persons in `persons`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING

from domain import credit_code
from domain.context import Context
from domain.credit_file.profile_events import (
    CodeChanged,
    CodeFlagged,
    StatusChanged,
    SubjectKind,
    SubjectRegistered,
    SubjectRenamed,
)
from domain.event import Event, Fact, Origin, PersonalData
from domain.officer import check_area
from domain.refusals import Doubt, Refused, SubjectUnknown

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

__all__ = ["CodeFlagged", "Profile", "SubjectKind", "SubjectRegistered", "SubjectRenamed", "evolve"]

MASKED = re.compile(r"[^*\s]{1,2}\*{1,3}")
"""How a natural person's name may be shown: one character, of a double surname two, and stars."""

# State


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the first day it was borne."""

    name: str
    from_on: date | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class BorneCode:
    """A unified social credit code and the first day it was borne."""

    code: str
    from_on: date | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Status:
    """A status with the registration authority, the first day it counts, and the event that said so."""

    changed: StatusChanged
    origin: Origin


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the subject is; names and codes in the order borne, the first with no first day; statuses by first day.

    flags   code → the event by which an officer kept it although its check character is wrong
    """

    subject_kind: SubjectKind
    division: str
    representative: str
    names: tuple[Name, ...]
    codes: tuple[BorneCode, ...]
    origin: Origin
    flags: dict[str, Origin] = field(default_factory=dict)
    statuses: tuple[Status, ...] = ()

    def name_on(self, on: date) -> Name:
        """The name borne on the day."""
        borne = [one for one in self.names if one.from_on is None or one.from_on <= on]
        return borne[-1]

    def code_on(self, on: date) -> BorneCode | None:
        """The code borne on the day; None for a natural person."""
        borne = [one for one in self.codes if one.from_on is None or one.from_on <= on]
        return borne[-1] if borne else None

    def status_on(self, on: date) -> Status | None:
        """The status that was last stated for the day; None while nothing but the registration is known (存续)."""
        stated = [one for one in self.statuses if one.changed.effective_on <= on]
        return stated[-1] if stated else None

    @property
    def ended_on(self) -> date | None:
        """The day from which the subject is no more, by the last status stated; None while it exists."""
        ended = None
        for one in reversed(self.statuses):
            if one.changed.status not in ENDED:
                break
            ended = one.changed.effective_on
        return ended

    @property
    def name(self) -> str:
        """The newest name known."""
        return self.names[-1].name

    @property
    def code(self) -> str | None:
        """The newest code known; None for a natural person."""
        return self.codes[-1].code if self.codes else None

    @property
    def flagged(self) -> Origin | None:
        """The event that flagged the newest code; None where its check character is right."""
        return self.flags.get(self.code or "")

    def bore(self, name: str) -> bool:
        """Whether the subject bears or ever bore the name."""
        return any(one.name == name for one in self.names)

    def bore_code(self, code: str) -> bool:
        """Whether the subject bears or ever bore the code."""
        return any(one.code == code for one in self.codes)


# Evolve


@singledispatch
def evolve(event: Event, profile: Profile | None, fact: Fact) -> Profile:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"the profile cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: SubjectRegistered, profile: Profile | None, fact: Fact) -> Profile:
    name = Name(event.name, None, fact.origin)
    codes = () if event.code is None else (BorneCode(event.code, None, fact.origin),)
    return Profile(event.subject_kind, event.division, event.representative, (name,), codes, fact.origin)


@evolve.register
def _(event: SubjectRenamed, profile: Profile | None, fact: Fact) -> Profile:
    assert profile is not None
    names = [*profile.names, Name(event.name, event.effective_on, fact.origin)]
    names.sort(key=lambda one: one.from_on or date.min)
    return replace(profile, names=tuple(names))


@evolve.register
def _(event: CodeFlagged, profile: Profile | None, fact: Fact) -> Profile:
    assert profile is not None
    return replace(profile, flags=profile.flags | {event.code: fact.origin})


@evolve.register
def _(event: CodeChanged, profile: Profile | None, fact: Fact) -> Profile:
    assert profile is not None
    codes = [*profile.codes, BorneCode(event.new_code, event.effective_on, fact.origin)]
    codes.sort(key=lambda one: one.from_on or date.min)
    return replace(profile, codes=tuple(codes))


@evolve.register
def _(event: StatusChanged, profile: Profile | None, fact: Fact) -> Profile:
    assert profile is not None
    # Of two statements for one day the later one counts: sorting keeps the order in which they came.
    statuses = sorted((*profile.statuses, Status(event, fact.origin)), key=lambda one: one.changed.effective_on)
    return replace(profile, statuses=tuple(statuses))


EVENTS: tuple[type[Event], ...] = (SubjectRegistered, SubjectRenamed, CodeFlagged, CodeChanged, StatusChanged)

EXISTING = "existing"
"""The status of a registered subject of which no other was stated (存续)."""

ENDED = frozenset({"deregistered", "registration_revoked"})
"""Statuses of a subject that is no more (注销, 撤销登记): the codes of kind `ended` in the list `subject_statuses`."""

# Checks


class AlreadyRegistered(Refused):
    zh = "该主体已登记；请直接在其档案中办理。"
    en = "The subject is already registered; work in its file."


class NameMissing(Refused):
    zh = "没有填写名称；请按证照填写。"
    en = "The name is missing; enter it as the certificate has it."
    field = "name"


class CodeMisshapen(Refused):
    zh = "统一社会信用代码应为 18 位数字或大写字母；请核对。"
    en = "A unified social credit code has 18 digits or capital letters; check it."
    field = "code"


class CodeCheckFails(Doubt):
    zh = "统一社会信用代码 {code} 的校验位不符；请核对证照，确属早年赋码的，附凭据后保留并标注。"
    en = "The check character of {code} is wrong; compare the certificate, or keep it flagged with evidence."
    field = "code"


class PersonNotSealed(Refused):
    zh = "登记自然人须填写姓名和证件号码（加密保存）；请补充后登记。"
    en = "A natural person is registered with name and identity number, both sealed; fill them in."
    field = "identity_number"


class PersonNameShown(Refused):
    zh = "自然人的名称只能写姓氏加星号（如“王**”）；请改写，姓名全文只填在姓名栏。"
    en = "A natural person is shown by the surname and stars only, such as 王**; the full name goes into its own field."
    field = "name"


class DoubtNeedsEvidence(Refused):
    zh = "确认存疑的内容须附凭据（名称或文号）；请填写凭据后再提交。"
    en = "Confirming a doubt needs evidence, its title or number; fill it in and submit again."
    field = "evidence"


class SameName(Refused):
    zh = "新名称与现名称相同；无需更名。"
    en = "The new name equals the present one; there is nothing to change."
    field = "name"


class EffectiveInFuture(Refused):
    zh = "生效日 {on} 尚未到来；请在当日或之后登记。"
    en = "The effective day {on} lies in the future; record it on that day or later."
    field = "effective_on"


class IdTaken(Refused):
    zh = "编号 {taken} 在本档案中已经使用；请刷新页面后重新提交。"
    en = "The id {taken} is already used in this file; reload the page and submit again."


class FileIsJoined(Refused):
    zh = "本档案已并入代码为 {code} 的主档案；请在主档案办理。"
    en = "This file was joined to the main file of code {code}; act there."


class Deregistered(Refused):
    zh = "该主体自 {since} 起已不存续（注销、撤销登记或被合并）；不能新列入或新办，只能办理退出和归档。"
    en = "The subject ended on {since}; nothing new is brought against it, only exits and archiving."


def check_registered(file: CreditFile) -> Profile:
    """Every act on a file needs a registered subject, and a file that was not joined to another.

    Refused, in this order: SubjectUnknown, FileIsJoined.
    """
    if file.profile is None:
        raise SubjectUnknown
    if file.succession.joined is not None:
        raise FileIsJoined(code=file.succession.joined[0].into_code)
    return file.profile


def check_existing(file: CreditFile, on: date) -> Profile:
    """What is brought against a subject anew needs one that exists on the day.

    Refused, in this order: SubjectUnknown, FileIsJoined, Deregistered.
    """
    profile = check_registered(file)
    status = profile.status_on(on)
    ends = [status.changed.effective_on] if status is not None and status.changed.status in ENDED else []
    if (replaced_on := file.succession.ended_on) is not None and replaced_on <= on:
        ends.append(replaced_on)
    if ends:
        raise Deregistered(since=min(ends))
    return profile


def check_new_id(file: CreditFile, new: str) -> None:
    """An id names one thing of the file for ever: a second thing under it would hide the first."""
    chapters = (getattr(file, one.name) for one in fields(file))
    if any(isinstance(chapter, dict) and new in chapter for chapter in chapters):
        raise IdTaken(taken=new)


def check_doubt(context: Context, confirmed: frozenset[str], doubt: Doubt) -> None:
    """Refuse with the doubt unless the officer confirmed it by name, and then unless there is evidence.

    Refused: the doubt, DoubtNeedsEvidence.
    """
    if doubt.code not in confirmed:
        raise doubt
    if not any(one.title.strip() or one.document_no.strip() for one in context.filing.evidence):
        raise DoubtNeedsEvidence


def check_masked(subject_kind: SubjectKind, name: str) -> None:
    """Of a natural person nothing but the surname and stars is shown.

    Refused: PersonNameShown.
    """
    if subject_kind == "natural_person" and MASKED.fullmatch(name) is None:
        raise PersonNameShown


def check_person(event: SubjectRegistered) -> None:
    """A natural person is known by what is sealed, and shown masked.

    Refused, in this order: PersonNotSealed, PersonNameShown.
    """
    if event.subject_kind == "natural_person" and (event.person_name is None or event.identity_number is None):
        raise PersonNotSealed
    check_masked(event.subject_kind, event.name)


def check_code_shape(event: SubjectRegistered) -> None:
    if event.subject_kind != "natural_person" and not credit_code.is_shaped(event.code or ""):
        raise CodeMisshapen


# Decisions


def register_subject(
    file: CreditFile,
    context: Context,
    *,
    subject_kind: SubjectKind,
    name: str,
    code: str | None,
    division: str,
    representative: str = "",
    business_no: str = "",
    organisation_code: str = "",
    tax_no: str = "",
    institution_no: str = "",
    society_no: str = "",
    person_name: PersonalData | None = None,
    identity_number: PersonalData | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> list[Event]:
    """Register the subject (登记主体) under its cleaned code, flagged where the officer confirmed a code whose
    check character is wrong.

    Refused, in this order: NotYourArea, AlreadyRegistered, NameMissing, PersonNotSealed, PersonNameShown,
    CodeMisshapen, CodeCheckFails (unless confirmed), DoubtNeedsEvidence.
    Basis: GB 32100-2015; 营商〔2020〕65号 二(四)3.
    """
    check_area(context.officer, division)
    code = None if code is None else credit_code.clean(code)
    event = SubjectRegistered(
        subject_kind=subject_kind, name=name, code=code, division=division, representative=representative,
        business_no=business_no, organisation_code=organisation_code, tax_no=tax_no, institution_no=institution_no,
        society_no=society_no, person_name=person_name, identity_number=identity_number,
    )  # fmt: skip
    if file.profile is not None:
        raise AlreadyRegistered
    if not name.strip():
        raise NameMissing
    check_person(event)
    check_code_shape(event)
    if code is None or credit_code.check_holds(code):
        return [event]
    check_doubt(context, confirmed, CodeCheckFails(code=code))
    return [event, CodeFlagged(code=code, failed_check="check_character")]


def rename_subject(file: CreditFile, context: Context, *, name: str, effective_on: date) -> list[Event]:
    """Record that the subject was renamed (更名); the former name is kept.

    Refused, in this order: SubjectUnknown, NameMissing, PersonNameShown, SameName, EffectiveInFuture.
    Basis: the registration authority's notice of change, as evidence.
    """
    profile = check_registered(file)
    if not name.strip():
        raise NameMissing
    check_masked(profile.subject_kind, name)
    if name == profile.name:
        raise SameName
    if effective_on > context.today:
        raise EffectiveInFuture(on=effective_on)
    return [SubjectRenamed(name=name, effective_on=effective_on)]
