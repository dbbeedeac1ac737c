"""Preparing a disclosure (准备公示): the handler hides what may not be shown, and an approver releases just that text.

What needs no hiding is released without a preparation. What an approver refuses to disclose (不予公示) stays in the
file; it, and what was taken off the page (撤回公示), is released only after it was prepared anew.
Basis: 营商〔2020〕65号 二(一)3; 政府信息公开条例 14, 15; 国家市场监督管理总局令第45号 5, 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar

from domain.context import Context
from domain.credit_file.disclosure_period import is_released
from domain.credit_file.profile import check_registered
from domain.credit_file.redaction import (
    Mask,
    full_texts,
    hash_of,
    masked,
    masks_of,
    needs_preparation,
    number_of,
    shows_number,
)
from domain.credit_file.stated import Stated
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Events


class DisclosurePrepared(Event):
    """States which text of an entry the public is to see, as its handler prepared it.

    masks         each field whose public text is not what it says, with that text; none where nothing is hidden
    method        codes of the list `redaction_conventions`: what was hidden
    hash_full, hash_public   SHA-256 (hex) of the texts as they are and as the public reads them
    planned_from  first day it is to be shown, not before its release
    Since v1. Basis: 国家市场监督管理总局令第45号 7 (the published text otherwise equals the served one).
    """

    TOPIC: ClassVar[str] = "credit/DisclosurePrepared.v1"
    entry_id: str
    masks: tuple[Mask, ...] = ()
    method: tuple[str, ...] = ()
    hash_full: str
    hash_public: str
    prepared_on: date
    planned_from: date


class DisclosureRefused(Event):
    """States that an approver refused to disclose an entry; it stays in the file. Since v1.

    ground   code of the list `nondisclosure_grounds`
    Basis: 政府信息公开条例 14, 15; 营商〔2020〕65号 二(一)3.
    """

    TOPIC: ClassVar[str] = "credit/DisclosureRefused.v1"
    entry_id: str
    ground: str
    reason: str
    refused_on: date


# State


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was prepared for an entry last, and whether it was refused; a new preparation takes the place of both."""

    entry_id: str
    prepared: DisclosurePrepared | None = None
    prepared_by: Origin | None = None
    refused: DisclosureRefused | None = None
    refused_by: Origin | None = None


Preparations = dict[str, Preparation]

# Evolve


@singledispatch
def evolve(event: Event, preparations: Preparations, fact: Fact) -> Preparations:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"preparations cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: DisclosurePrepared, preparations: Preparations, fact: Fact) -> Preparations:
    return preparations | {event.entry_id: Preparation(event.entry_id, event, fact.origin)}


@evolve.register
def _(event: DisclosureRefused, preparations: Preparations, fact: Fact) -> Preparations:
    before = preparations.get(event.entry_id, Preparation(event.entry_id))
    return preparations | {event.entry_id: replace(before, refused=event, refused_by=fact.origin)}


EVENTS: tuple[type[Event], ...] = (DisclosurePrepared, DisclosureRefused)

# What it states


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Each entry that an approver refused to disclose, with the ground; until it was prepared anew."""
    for one in file.preparations.values():
        if one.refused is not None and one.refused.refused_on <= on:
            yield Stated("disclosure.refused", number_of(file, one.entry_id), one.refused.ground, one.refused_by)


# Checks


class DisclosedAsIs(Refused):
    zh = "该项已经批准公示；要改公示文本的，先撤回公示。"
    en = "The entry is released already; withdraw its disclosure before its public text is changed."


class PassageNotFound(Refused):
    zh = "“{passage}”不在该项的公示文本中；请从原文复制要遮盖的文字，每行一处。"
    en = "“{passage}” does not stand in the text; copy what is to be hidden from it, one passage on each line."
    field = "withheld"


class ConventionMissing(Refused):
    zh = "没有选择遮盖的是哪一类信息，或者所选不在清单内；请从脱敏规则中选择。"
    en = "It is not said which kind of information is hidden, or the list has no such kind; choose from the list."
    field = "method"


class NumberStillShown(Refused):
    zh = "遮盖后的文本里仍有证件号码或手机号码；请把它列入要遮盖的文字。"
    en = "The public text still shows an identity or telephone number; add it to what is hidden."
    field = "withheld"


class PlannedInPast(Refused):
    zh = "拟公示日期 {on} 已过；请填写今日或之后的日期。"
    en = "The planned day {on} is over; give today or a later day."
    field = "planned_from"


class GroundNotListed(Refused):
    zh = "不予公示的理由不在清单内；请从清单中选择。"
    en = "The list has no such ground for not disclosing; choose one from it."
    field = "ground"


class GroundNotExplained(Refused):
    zh = "没有写明不予公示的具体理由；请说明哪些内容、为什么。"
    en = "The reason is missing; say which content may not be disclosed and why."
    field = "reason"


class DisclosureBarred(Refused):
    zh = "该项已于 {on} 不予公示或撤回公示；经办人重新准备公示文本之后，才能批准。"
    en = "On {on} the entry was refused or withdrawn; it is released only after its text was prepared anew."


class PreparationMissing(Refused):
    zh = "该项涉及自然人或有须遮盖的内容（如号码、举报人、商业秘密）；请经办人先准备公示文本。"
    en = "The entry is of a natural person or has content that may need hiding; a handler prepares its text first."


class PreparationStale(Refused):
    zh = "该项在准备公示之后又作了更正；请经办人按现在的内容重新准备。"
    en = "The entry was corrected after its text was prepared; a handler prepares it anew."


def barred_on(file: CreditFile, entry_id: str) -> date | None:
    """The day of a refusal or a withdrawal that no later preparation lifted; None where nothing bars the release."""
    preparation, release = file.preparations.get(entry_id), file.releases.get(entry_id)
    if preparation is not None and preparation.refused is not None:
        return preparation.refused.refused_on
    if release is None or release.withdrawn is None or release.withdrawn_by is None:
        return None
    prepared_by = preparation.prepared_by if preparation is not None else None
    is_lifted = prepared_by is not None and prepared_by.version > release.withdrawn_by.version
    return None if is_lifted else release.withdrawn.withdrawn_on


def prepared_of(file: CreditFile, entry_id: str) -> DisclosurePrepared | None:
    """What was prepared for the entry, as it reads now; None where nothing was, or its text was changed since.

    Raises EntryUnknown.
    """
    preparation = file.preparations.get(entry_id)
    if preparation is None or preparation.prepared is None:
        return None
    is_same = preparation.prepared.hash_full == hash_of(full_texts(file, entry_id))
    return preparation.prepared if is_same else None


def preparation_wanted(file: CreditFile, entry_id: str, rules: Reading) -> Refused | None:
    """What a handler must do before an approver may release the entry; None where nothing."""
    if (on := barred_on(file, entry_id)) is not None:
        return DisclosureBarred(on=on)
    if prepared_of(file, entry_id) is not None:
        return None
    preparation = file.preparations.get(entry_id)
    if preparation is not None and preparation.prepared is not None and preparation.prepared.masks:
        return PreparationStale()
    return PreparationMissing() if needs_preparation(file, entry_id, rules) else None


def public_texts(file: CreditFile, entry_id: str) -> dict[str, str]:
    """The texts of an entry as the public reads them under its release; as they are where nothing was hidden.

    Raises EntryUnknown.
    """
    texts, release = full_texts(file, entry_id), file.releases.get(entry_id)
    return masked(texts, release.masks if release is not None else ())


# Decisions


def prepare_disclosure(
    file: CreditFile, context: Context, *, entry_id: str, withheld: tuple[str, ...] = (), method: tuple[str, ...] = (),
    planned_from: date | None = None,
) -> list[Event]:  # fmt: skip
    """Prepare the text the public is to see (准备公示): the passages named in `withheld` give way to stars.

    Refused, in this order: SubjectUnknown, EntryUnknown, DisclosedAsIs, PassageNotFound, ConventionMissing,
    NumberStillShown, PlannedInPast.
    Basis: 政府信息公开条例 15; 国家市场监督管理总局令第45号 7; code list `redaction_conventions`.
    """
    check_registered(file)
    texts = full_texts(file, entry_id)
    if is_released(file, entry_id):
        raise DisclosedAsIs
    withheld = tuple(one.strip() for one in withheld if one.strip())
    for passage in withheld:
        if not any(passage in text for text in texts.values()):
            raise PassageNotFound(passage=passage)
    known = context.rules.lists("redaction_conventions", context.today)
    if (withheld and not method) or any(one not in known for one in method):
        raise ConventionMissing
    masks = masks_of(texts, withheld)
    public = masked(texts, masks)
    if shows_number(public):
        raise NumberStillShown
    planned = planned_from or context.today
    if planned < context.today:
        raise PlannedInPast(on=planned)
    return [
        DisclosurePrepared(
            entry_id=entry_id, masks=masks, method=method, hash_full=hash_of(texts), hash_public=hash_of(public),
            prepared_on=context.today, planned_from=planned,
        )
    ]  # fmt: skip


def refuse_disclosure(file: CreditFile, context: Context, *, entry_id: str, ground: str, reason: str) -> list[Event]:
    """Refuse to disclose an entry (不予公示): it stays in the file, and off the page until it is prepared anew.

    Refused, in this order: SubjectUnknown, EntryUnknown, SameOfficer, DisclosedAsIs, DisclosureBarred,
    GroundNotListed, GroundNotExplained.
    Basis: 政府信息公开条例 14, 15; 营商〔2020〕65号 二(一)3; code list `nondisclosure_grounds`.
    """
    check_registered(file)
    full_texts(file, entry_id)
    check_not_preparer(file, context, entry_id, "不予公示的决定人", "refusing")
    if is_released(file, entry_id):
        raise DisclosedAsIs
    if (on := barred_on(file, entry_id)) is not None:
        raise DisclosureBarred(on=on)
    if ground not in context.rules.lists("nondisclosure_grounds", context.today):
        raise GroundNotListed
    if not reason.strip():
        raise GroundNotExplained
    return [DisclosureRefused(entry_id=entry_id, ground=ground, reason=reason, refused_on=context.today)]


def check_not_preparer(file: CreditFile, context: Context, entry_id: str, second: str, second_en: str) -> None:
    """Who prepared a text decides nothing about it."""
    preparation = file.preparations.get(entry_id)
    by = preparation.prepared_by if preparation is not None else None
    if by is not None and by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="公示准备人", second=second, first_en="preparing", second_en=second_en)
