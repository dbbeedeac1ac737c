"""Decisions of the listing (列入): the bureau's own procedure, from the proposal to the leader's decision.

Order of the steps: propose, serve the notice, hear the subject (or let its time pass, or record its waiver), review
what it said, review legality, receive the superior's consent and discuss together where the list asks for it, decide.
Service stands in `listing_service`, the hearing in `listing_hearing`, the way upward in `listing_upward`, what comes
after the listing in `listing_changes` and `exit`. A red list burdens nobody: it is shown to the public instead of
notified, and its candidate is screened first (`red_list`). Events and state stand in `listing`.
Basis: 国办发〔2020〕49号 六–八; 行政处罚法 44, 45, 57, 58, 62 by analogy.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.context import Context
from domain.credit_file.listing import Listing
from domain.credit_file.listing_checks import (
    RED,
    STATEMENT,
    WrongStep,
    asked_of,
    check_based_on,
    check_not_listed,
    check_own_list,
    kind_of,
    open_listing,
)
from domain.credit_file.listing_events import (
    LegalityReviewed,
    ListingDecided,
    ListingDiscussed,
    ListingNoticeServed,
    ListingProposed,
    ListingReviewed,
    ListingStatementReceived,
    StatementWaived,
)
from domain.credit_file.listing_hearing import HearingNotHeld, check_hearing_settled
from domain.credit_file.listing_service import check_service
from domain.credit_file.profile import check_existing, check_new_id
from domain.credit_file.red_list import check_clean, check_shown
from domain.credit_file.steps import check_day, check_heard
from domain.event import Event
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class StatementNotWeighed(Refused):
    zh = "当事人的陈述、申辩或听证意见尚未复核；请先登记复核意见及是否采纳。"
    en = "What the subject said was not reviewed yet; record the review and whether it was adopted first."


class ReviewedUnlawful(Refused):
    zh = "法制审核意见为不合法，不能决定列入；请决定不予列入。"
    en = "The legality review found it unlawful, so it cannot be listed; decide not to list."
    field = "outcome"


class ConsentMissing(Refused):
    zh = "列入这一名单须先经上一级同意；请先登记收到的同意。"
    en = "A listing on this list needs the consent of the next higher body; record the consent received first."
    field = "outcome"


class NotDiscussed(Refused):
    zh = "列入这一名单须经集体讨论；请先登记集体讨论的日期、参加人、意见和结果。"
    en = "A listing on this list is discussed by those in charge together; record day, people, views and result first."
    field = "outcome"


class DiscussedAgainst(Refused):
    zh = "集体讨论的结果是不予列入，不能决定列入；请决定不予列入。"
    en = "The collective discussion resolved not to list, so it cannot be listed; decide not to list."
    field = "outcome"


class DiscussedAlone(Refused):
    zh = "集体讨论不能只有登记人一人参加；请写明全部参加人。"
    en = "A collective discussion is not held by one person; name everybody who took part."
    field = "present"


class DecisionIncomplete(Refused):
    zh = "列入决定书须载明{missing}；请补充后再决定。"
    en = "The decision to list must state {missing_en}; add it, then decide."


def check_content(one: Listing, context: Context, told: dict[str, str]) -> None:
    """The decision tells facts, measures, conditions of removal and remedies; an honour needs its facts only."""
    words = {
        "facts": ("事实", "the facts"), "measures_warned": ("惩戒措施提示", "the measures that follow"),
        "removal_conditions": ("移出条件和程序", "how it can be removed"),
        "remedies": ("救济途径和期限", "the remedies and their time"),
    }  # fmt: skip
    asked = ("facts",) if kind_of(one.list_type, context.rules) == RED else tuple(words)
    missing = [words[name] for name in asked if not told[name].strip()]
    if missing:
        raise DecisionIncomplete(
            missing="、".join(zh for zh, _ in missing), missing_en=", ".join(en for _, en in missing)
        )


def check_may_list(file: CreditFile, context: Context, one: Listing) -> None:
    """What a decision to list needs besides its own content.

    Refused, in this order: ReviewedUnlawful, ConsentMissing, NotDiscussed, DiscussedAgainst, BasisEntryUnknown.
    """
    assert one.review is not None
    if one.review.opinion == "not_lawful":
        raise ReviewedUnlawful
    consent = asked_of("list.consent", one.list_type, context.rules, designated_on=context.today)
    if consent is not None and one.consent is None:
        raise ConsentMissing(rule=consent)
    collective = asked_of("list.collective", one.list_type, context.rules, designated_on=context.today)
    if collective is not None and one.discussion is None:
        raise NotDiscussed(rule=collective)
    if one.discussion is not None and one.discussion.result == "not_list":
        raise DiscussedAgainst(rule=collective)
    check_based_on(file, one.based_on)


# Decisions


def propose_listing(
    file: CreditFile, context: Context, *, listing_id: str, list_type: str, facts: str, based_on: tuple[str, ...] = ()
) -> list[Event]:
    """Propose to list the subject (提请列入) on a list that the bureau itself designates.

    Refused, in this order: SubjectUnknown, Deregistered, IdTaken, ListHasNoBasis, NotOursToDesignate, AlreadyListed,
    then on a red list NotScreened, ScreenedAdverse, BadRecordStands; BasisEntryUnknown.
    Basis: rulebook rows `list.basis`, `list.screening_valid`.
    """
    check_existing(file, context.today)
    check_new_id(file, listing_id)
    check_own_list(list_type, context.today, context.rules)
    check_not_listed(file, list_type, context.today, context.rules)
    check_clean(file, context, list_type)
    check_based_on(file, based_on)
    return [
        ListingProposed(
            listing_id=listing_id, list_type=list_type, facts=facts, based_on=based_on, proposed_on=context.today
        )
    ]


def serve_listing_notice(
    file: CreditFile, context: Context, *, listing_id: str, document_no: str, served_on: date, method: str,
    receipt: str = "", consent: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the notice was served (送达列入告知书).

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore,
    ServiceMethodUnknown, ElectronicWithoutConsent, NotAnnounced, AnnouncementRunning.
    Basis: 国办发〔2020〕49号 八; rulebook row `service.announcement`.
    """
    one = open_listing(file, listing_id, seen)
    if one.proposed is None or one.notice is not None or kind_of(one.list_type, context.rules) == RED:
        raise WrongStep(needed="须已提请、尚未告知；守信激励名单不告知，只公示", needed_en="proposed, not yet notified")
    check_day(context, served_on, one.proposed.proposed_on)
    way = check_service(one, context, "notice", method, served_on, consent)
    return [
        ListingNoticeServed(
            listing_id=listing_id, document_no=document_no, served_on=served_on, method=way, receipt=receipt,
            consent=consent,
        )
    ]  # fmt: skip


def receive_listing_statement(
    file: CreditFile, context: Context, *, listing_id: str, received_on: date, summary: str, seen: int | None = None
) -> list[Event]:
    """Record the subject's statement or defence (收到陈述、申辩); on a red list, what somebody said against it.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore.
    Basis: 国办发〔2020〕49号 八.
    """
    one = open_listing(file, listing_id, seen)
    told_on = one.notice.served_on if one.notice else one.announced.announced_on if one.announced else None
    if told_on is None or one.decision is not None:
        raise WrongStep(needed="须已告知、尚未决定", needed_en="notified and not yet decided")
    check_day(context, received_on, told_on)
    return [ListingStatementReceived(listing_id=listing_id, received_on=received_on, summary=summary)]


def waive_statement(
    file: CreditFile, context: Context, *, listing_id: str, waived_on: date, document_no: str, seen: int | None = None
) -> list[Event]:
    """Record that the subject gave up its statement and its hearing (放弃陈述、申辩); nobody waits for it any longer.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore.
    Basis: 行政处罚法 45, 62, 64 by analogy.
    """
    one = open_listing(file, listing_id, seen)
    if one.notice is None or one.decision is not None or one.waived is not None:
        raise WrongStep(needed="须已告知、尚未决定、尚未放弃", needed_en="notified, not yet decided, not yet given up")
    check_day(context, waived_on, one.notice.served_on)
    return [StatementWaived(listing_id=listing_id, waived_on=waived_on, document_no=document_no)]


def review_listing(
    file: CreditFile, context: Context, *, listing_id: str, opinion: str, adopted: Literal["full", "part", "not"],
    reasons: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Review what the subject said (复核意见), and say whether it is taken up; the legality review comes after.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, HearingNotHeld.
    Basis: 国办发〔2020〕49号 八 (objections are verified and answered in time); 行政处罚法 45 by analogy.
    """
    one = open_listing(file, listing_id, seen)
    if not (one.spoke or one.awaits_hearing) or one.weighed is not None or one.review is not None:
        raise WrongStep(
            needed="须已收到陈述、申辩或已听证，尚未复核",
            needed_en="the subject was heard, what it said is not reviewed",
        )
    if one.awaits_hearing:
        raise HearingNotHeld
    return [
        ListingReviewed(
            listing_id=listing_id, opinion=opinion, adopted=adopted, reasons=reasons, reviewed_on=context.today
        )
    ]


def review_legality(
    file: CreditFile, context: Context, *, listing_id: str, opinion: Literal["lawful", "not_lawful"], reasons: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Give the legality opinion (法制审核) after the subject was heard, or its time is over.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, then HearingNotHeld,
    StatementTimeRunning, HearingTimeRunning, or on a red list NotShown, PublicNoticeRunning; StatementNotWeighed,
    SameOfficer.
    Basis: rulebook rows `list.statement`, `list.hearing`, `list.public_notice` (unverified); 行政处罚法 58 by analogy.
    """
    one = open_listing(file, listing_id, seen)
    is_red = kind_of(one.list_type, context.rules) == RED
    is_begun = one.proposed is not None and (is_red or one.notice is not None)
    if not is_begun or one.review is not None:
        raise WrongStep(needed="须已告知、尚未审核", needed_en="notified and not yet reviewed")
    if one.notice is None:
        check_shown(one, context)
    else:
        if one.awaits_hearing:
            raise HearingNotHeld
        was_heard = one.statement is not None or one.hearing is not None or one.waived is not None
        check_heard(context, STATEMENT, one.notice.served_on, was_heard=was_heard)
        check_hearing_settled(one, context)
    if one.spoke and one.weighed is None:
        raise StatementNotWeighed
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="提请人", second="法制审核人", first_en="proposing", second_en="reviewing")
    return [
        LegalityReviewed(listing_id=listing_id, opinion=opinion, reasons=reasons, reviewed_on=context.today)
    ]  # fmt: skip


def discuss_listing(
    file: CreditFile, context: Context, *, listing_id: str, held_on: date, present: tuple[str, ...], views: str,
    result: Literal["list", "not_list"], seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that those in charge discussed the case together (集体讨论), after its legality was reviewed.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore,
    DiscussedAlone.
    Basis: rulebook row `list.collective` (unverified); 行政处罚法 57 by analogy.
    """
    one = open_listing(file, listing_id, seen)
    if one.review is None or one.discussion is not None or one.decision is not None:
        raise WrongStep(
            needed="须已法制审核、尚未讨论和决定", needed_en="its legality reviewed, neither discussed nor decided yet"
        )
    check_day(context, held_on, one.review.reviewed_on)
    if not {one_present.strip() for one_present in present} - {"", context.officer.officer_id}:
        raise DiscussedAlone
    return [
        ListingDiscussed(listing_id=listing_id, held_on=held_on, present=present, views=views, result=result)
    ]  # fmt: skip


def decide_listing(
    file: CreditFile, context: Context, *, listing_id: str, outcome: Literal["list", "not_list"], document_no: str,
    facts: str, removal_conditions: str, remedies: str, measures_warned: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Decide to list or not to list (决定列入 / 不予列入), today.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, HearingNotHeld, WrongStep, SameOfficer, then,
    when listing: Deregistered, ListHasNoBasis, NotOursToDesignate, on a red list NotScreened, ScreenedAdverse,
    BadRecordStands; ReviewedUnlawful, ConsentMissing, NotDiscussed, DiscussedAgainst, BasisEntryUnknown,
    DecisionIncomplete.
    Basis: rulebook rows `list.basis`, `list.consent`, `list.collective`; 国办发〔2020〕49号 八.
    """
    one = open_listing(file, listing_id, seen)
    if one.awaits_hearing:
        raise HearingNotHeld
    if one.review is None or one.reviewed_by is None or one.decision is not None:
        raise WrongStep(needed="须已法制审核、尚未决定", needed_en="reviewed and not yet decided")
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="提请人", second="决定人", first_en="proposing", second_en="deciding")
    if one.reviewed_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="法制审核人", second="决定人", first_en="reviewing", second_en="deciding")
    basis = ""
    if outcome == "list":
        check_existing(file, context.today)
        basis = check_own_list(one.list_type, context.today, context.rules).citation
        check_clean(file, context, one.list_type)
        check_may_list(file, context, one)
        told = {
            "facts": facts, "measures_warned": measures_warned, "removal_conditions": removal_conditions,
            "remedies": remedies,
        }  # fmt: skip
        check_content(one, context, told)
    return [
        ListingDecided(
            listing_id=listing_id, outcome=outcome, document_no=document_no, decided_on=context.today, facts=facts,
            removal_conditions=removal_conditions, remedies=remedies, basis=basis, measures_warned=measures_warned,
        )
    ]  # fmt: skip
