"""Disclosure (公示): what the public may see of the file, by whose release, and what an approver may not release.

Nothing recorded is public by itself. An approver who neither recorded, changed nor prepared it releases it, and the
release covers the text and the class that its approver saw: once either is changed, the entry is off the page until it
is released anew. What was released wrongly, or whose decision fell away, is withdrawn (撤回公示) at once. From which
day through which day a released entry is shown is derived in `disclosure_period`.
Basis: rulebook rows `disclosure.shown`, `disclosure.own_field`, `disclosure.max`; 营商〔2020〕65号 二(一)3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar

from domain.context import Context
from domain.credit_file.disclosure_period import (
    DAY,
    Cause,
    EntryUnknown,
    Release,
    Releases,
    conduct_period,
    disclosed,
    is_released,
    judge_entry,
    own_field_ends,
    period_of,
)
from domain.credit_file.disclosure_preparing import check_not_preparer, preparation_wanted, prepared_of
from domain.credit_file.profile import check_registered
from domain.credit_file.record import Entry
from domain.credit_file.redaction import Mask, full_texts, hash_of, masked
from domain.event import Event, Fact, Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused, RuleMissing, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

PERIOD_PARAMETERS = ("disclosure.max", "licence.max", "list.term")

# Events


class Disclosed(Event):
    """States that an approver released an entry of the file to the public from `disclosed_from` on.

    entry_id   a licence, a penalty, a commitment or a listing of this file
    masks      the fields that the public reads otherwise than they are, as prepared
    hash_full, hash_public   SHA-256 (hex) of the texts as they are and as released; "" before they were kept
    Since v1. Basis: 营商〔2020〕65号 二(一)3 (content is checked before disclosure).
    """

    TOPIC: ClassVar[str] = "credit/Disclosed.v1"
    entry_id: str
    disclosed_from: date
    masks: tuple[Mask, ...] = ()
    hash_full: str = ""
    hash_public: str = ""


class DisclosureWithdrawn(Event):
    """States that a disclosure was taken off the page, with the reasons as the notice of withdrawal gives them.

    The notice itself is published where the bureau publishes its notices: no page of the register names what was taken
    off it.
    cause         code of the list `withdrawal_causes`
    withdrawn_on  the first day it is not shown
    Since v1. Basis: 行政处罚法 48 (withdrawn within three days, with reasons); SAMR Order 45 11.
    """

    TOPIC: ClassVar[str] = "credit/DisclosureWithdrawn.v1"
    entry_id: str
    cause: str
    reasons: str
    withdrawn_on: date
    document_no: str = ""


class DisclosureEnded(Event):
    """States that the daily job noticed the end of a disclosure; it changes no answer for any date. Since v1.

    ended_on   the first day it was no longer shown
    """

    TOPIC: ClassVar[str] = "credit/DisclosureEnded.v1"
    entry_id: str
    cause: Cause
    ended_on: date


# Evolve


@singledispatch
def evolve(event: Event, releases: Releases, fact: Fact) -> Releases:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"releases cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: Disclosed, releases: Releases, fact: Fact) -> Releases:
    before = releases.get(event.entry_id)
    earlier = (*before.earlier, replace(before, earlier=())) if before is not None else ()
    release = Release(event.entry_id, event.disclosed_from, fact.origin, earlier=earlier, masks=event.masks)
    return releases | {event.entry_id: release}


@evolve.register
def _(event: DisclosureWithdrawn, releases: Releases, fact: Fact) -> Releases:
    withdrawn = replace(releases[event.entry_id], withdrawn=event, withdrawn_by=fact.origin)
    return releases | {event.entry_id: withdrawn}


@evolve.register
def _(event: DisclosureEnded, releases: Releases, fact: Fact) -> Releases:
    return releases | {event.entry_id: replace(releases[event.entry_id], noticed=fact.origin)}


EVENTS: tuple[type[Event], ...] = (Disclosed, DisclosureEnded, DisclosureWithdrawn)

# Checks


class NotClassified(Refused):
    zh = "该处罚尚未归类失信程度，公示期无法推定；请先归类。"
    en = "The penalty has no class yet, so its period cannot be derived; classify it first."


class NotDisclosedByLaw(Refused):
    zh = "按决定日期适用的规定，此类信息不公示；已存入档案，无需再办。"
    en = "The rule of the decision date does not disclose such information; it stays in the file, nothing more to do."


class LicenceNotValid(Refused):
    zh = "该许可的当前状态为无效，不予公示；状态有误的，请由许可机关更正后重新报送。"
    en = "The licence is marked as not valid, so it is not disclosed; have the authority correct a wrong status."


class DisclosureNotAgreed(Refused):
    zh = "承诺人没有同意公示该承诺；征得同意后另行登记。"
    en = "The subject did not agree to the disclosure of its commitment; record one with its consent."


class AlreadyDisclosed(Refused):
    zh = "该项已经批准公示；无需再办。"
    en = "The entry is already released; there is nothing more to do."


class DisclosureOver(Refused):
    zh = "该项的公示期已于 {until} 结束；不再公示。"
    en = "The entry's period of disclosure ended on {until}; it is not disclosed any more."


class StillDisclosed(Refused):
    zh = "该项仍在公示期内；到期之后再记。"
    en = "The entry is still within its period; record the end when it is over."


class NothingToNotice(Refused):
    zh = "没有可记的结束；无需再办。"
    en = "There is no end to record; nothing more to do."


class NotOnThePage(Refused):
    zh = "该项没有在公示（未批准、已撤回、已到期或已停止公示）；无需撤回。"
    en = "The entry is not on the page: never released, withdrawn, or over; there is nothing to withdraw."


class CauseNotListed(Refused):
    zh = "撤回的原因不在清单内；请从清单中选择。"
    en = "The list has no such cause for a withdrawal; choose one from it."
    field = "cause"


class WithdrawalUnexplained(Refused):
    zh = "没有写明撤回的理由；请写明撤回通知中的理由。"
    en = "The reasons are missing; give those of the notice of withdrawal."
    field = "reasons"


def unanswered(entry: Entry | None, silent: NoRule, rules: Reading) -> Refused:
    """Why no rule answers for an entry: the scheme of its day asks for a class it lacks, or the law says nothing."""
    if entry is not None and rules.asks("class.scheme"):
        try:
            scheme = rules.select("class.scheme", days={"decided_on": entry.record.decided_on})
        except NoRule:
            return RuleMissing(parameter=silent.parameter)
        if scheme.names and not any(one.split("/", 1)[0] in entry.classes for one in scheme.names):
            return NotClassified(rule=scheme)
    return RuleMissing(parameter=silent.parameter)


def authors_of(file: CreditFile, entry_id: str) -> tuple[tuple[Origin, ...], tuple[Origin, ...]]:
    """Who recorded an entry, and who corrected or classified it. Raises EntryUnknown."""
    entry = file.records.get(entry_id) or file.conducts.get(entry_id) or file.listings.get(entry_id)
    return (file.origin_of(entry_id),), entry.restated if entry is not None else ()


def officers_behind(file: CreditFile, entry_id: str) -> frozenset[str]:
    """The officers who may not release an entry, since they recorded, corrected, classified or prepared it."""
    preparation = file.preparations.get(entry_id)
    prepared_by = preparation.prepared_by if preparation is not None else None
    prepared = frozenset({prepared_by.officer_id}) if prepared_by is not None else frozenset()
    return prepared | frozenset(one.officer_id for group in authors_of(file, entry_id) for one in group)


def why_not_disclosed(file: CreditFile, entry_id: str, today: date, rules: Reading) -> Refused:
    """Why an entry without a period is not disclosed."""
    if entry_id in file.commitments:
        return DisclosureNotAgreed()
    if (listing := file.listings.get(entry_id)) is not None:
        assert listing.listed is not None
        return NotDisclosedByLaw(rule=own_field_ends(False, listing.listed.decided_on, rules)[1])
    if (conduct := file.conducts.get(entry_id)) is not None:
        kept_off = conduct_period(conduct, today, rules)
        return NotDisclosedByLaw(rule=kept_off if isinstance(kept_off, Row) else None)
    forbidden = judge_entry(file, file.records[entry_id], today, rules)
    return NotDisclosedByLaw(rule=forbidden) if isinstance(forbidden, Row) else LicenceNotValid()


def check_not_author(file: CreditFile, context: Context, entry_id: str) -> None:
    """Nobody releases what they recorded, corrected, classified or prepared themselves."""
    recorders, changers = authors_of(file, entry_id)
    if any(one.officer_id == context.officer.officer_id for one in recorders):
        raise SameOfficer(first="登记人", second="批准公示人", first_en="recording", second_en="releasing")
    if any(one.officer_id == context.officer.officer_id for one in changers):
        raise SameOfficer(
            first="更正人或归类人", second="批准公示人", first_en="correcting or classifying", second_en="releasing"
        )
    check_not_preparer(file, context, entry_id, "批准公示人", "releasing")


# Decisions


def disclose(file: CreditFile, context: Context, *, entry_id: str) -> list[Event]:
    """Release an entry to the public (批准公示) from today, or the day its preparation plans, on; again, once its text
    or class was changed. Where nothing had to be hidden, the text as it is.

    Refused, in this order: SubjectUnknown, EntryUnknown, SameOfficer, AlreadyDisclosed, NotClassified or RuleMissing,
    NotDisclosedByLaw, LicenceNotValid or DisclosureNotAgreed, DisclosureOver, DisclosureBarred, PreparationStale,
    PreparationMissing.
    Basis: rulebook rows `disclosure.shown`, `disclosure.own_field`, `disclosure.max`; 营商〔2020〕65号 二(一)3.
    """
    check_registered(file)
    check_not_author(file, context, entry_id)
    if is_released(file, entry_id):
        raise AlreadyDisclosed
    try:
        period = period_of(file, entry_id, context.today, context.rules)
        if period is None:
            raise why_not_disclosed(file, entry_id, context.today, context.rules)
    except NoRule as silent:
        raise unanswered(file.records.get(entry_id), silent, context.rules) from None
    if period.until is not None and period.until < context.today:
        row = next((one for one in period.rows if one.parameter in PERIOD_PARAMETERS), None)
        raise DisclosureOver(rule=row, until=period.until)
    if (wanted := preparation_wanted(file, entry_id, context.rules)) is not None:
        raise wanted
    prepared, texts = prepared_of(file, entry_id), full_texts(file, entry_id)
    masks = prepared.masks if prepared is not None else ()
    return [
        Disclosed(
            entry_id=entry_id, disclosed_from=max(context.today, prepared.planned_from) if prepared else context.today,
            masks=masks, hash_full=hash_of(texts), hash_public=hash_of(masked(texts, masks)),
        )
    ]  # fmt: skip


def is_on_the_page(file: CreditFile, entry_id: str, on: date, rules: Reading) -> bool:
    """Whether a release of the entry is shown on the day or later, or left it only because its record was annulled."""
    period = disclosed(file, rules).get(entry_id)
    if period is None or file.releases[entry_id].withdrawn is not None:
        return False
    return period.cause == "annulled" or (period.cause != "restated" and (period.until is None or period.until >= on))


def withdraw_disclosure(
    file: CreditFile, context: Context, *, entry_id: str, cause: str, reasons: str, document_no: str = ""
) -> list[Event]:
    """Take a disclosure off the page at once (撤回公示), with reasons; of an annulled record, tell why it is gone.

    Refused, in this order: SubjectUnknown, EntryUnknown, NotOnThePage, CauseNotListed, WithdrawalUnexplained.
    Basis: 行政处罚法 48; SAMR Order 45 11; rulebook rows `withdraw`; code list `withdrawal_causes`.
    """
    check_registered(file)
    file.origin_of(entry_id)
    if not is_on_the_page(file, entry_id, context.today, context.rules):
        raise NotOnThePage
    if cause not in context.rules.lists("withdrawal_causes", context.today):
        raise CauseNotListed
    if not reasons.strip():
        raise WithdrawalUnexplained
    return [
        DisclosureWithdrawn(
            entry_id=entry_id, cause=cause, reasons=reasons, withdrawn_on=context.today, document_no=document_no
        )
    ]  # fmt: skip


def end_disclosure(file: CreditFile, context: Context, *, entry_id: str) -> list[Event]:
    """Record that a disclosure has ended (终止公示) by date; the answer for every date stays what it was.

    Refused, in this order: EntryUnknown, NothingToNotice, StillDisclosed.
    Basis: rulebook rows `disclosure.max`.
    """
    release = file.releases.get(entry_id)
    if release is None:
        raise EntryUnknown
    period = disclosed(file, context.rules).get(entry_id)
    if release.noticed is not None or period is None or period.until is None:
        raise NothingToNotice
    if period.until >= context.today:
        raise StillDisclosed
    return [DisclosureEnded(entry_id=entry_id, cause=period.cause, ended_on=period.until + DAY)]
