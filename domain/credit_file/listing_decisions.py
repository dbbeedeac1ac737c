"""Decisions of the listing (列入): each step of the bureau's own procedure, and the way upward.

Order of the steps: propose, serve the notice, hear the subject (or let its time pass), review, decide, serve and list.
Events, state and the whole process stand in `listing`.
Basis: 国办发〔2020〕49号 六–八; 商秩规发〔2019〕222号 四; 国办发〔2025〕22号 (两书同达).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from domain.context import Context
from domain.credit_file.listing import (
    LegalityReviewed,
    Listed,
    Listing,
    ListingDecided,
    ListingDecisionReceived,
    ListingNoticeServed,
    ListingProposed,
    ListingProposedUpward,
    ListingServed,
    ListingStatementReceived,
    end_of,
)
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.steps import check_day, check_heard, check_not_before, check_not_moved, statement_term
from domain.event import Event
from domain.law.answers import NoRule
from domain.law.reading import Reading, unbroken_since
from domain.law.rows import Row
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

OWN = "bureau"
"""The designator code of the bureau itself in `list.basis` rows."""

STATEMENT = "list.statement"
"""The parameter that says how long a subject may speak before it is listed."""

# Checks


class ListHasNoBasis(Refused):
    zh = "{on} 没有列入“{list_type}”的有效依据，不能列入；请由市场秩序科核对规则库中的依据。"
    en = "No basis for listing on {list_type_en} is in force on {on}; have the Market Order Section check the rulebook."
    field = "list_type"


class NotOursToDesignate(Refused):
    zh = "“{list_type}”由上级（{designator}）认定，本局不能自行列入；请办理“向上提请”。"
    en = "{list_type_en} is designated by a higher body ({designator_en}), not by the bureau; propose it upward."
    field = "list_type"


class OursToDesignate(Refused):
    zh = "“{list_type}”由本局认定，不需要向上提请；请按本局程序提请列入。"
    en = "{list_type_en} is designated by the bureau itself; use its own procedure instead of proposing upward."
    field = "list_type"


class AlreadyListed(Refused):
    zh = "该主体已在这一名单内或正在办理列入；请在原案中继续。"
    en = "The subject is on this list or its listing is being handled; go on with that case."
    field = "list_type"


class ListingUnknown(Refused):
    zh = "档案中没有这一列入案件；请核对案号。"
    en = "The file holds no such listing case; check its number."
    kind = "unknown"


class WrongStep(Refused):
    zh = "本案现在不到这一步：{needed}；请按顺序办理。"
    en = "The case is not at this step: {needed_en}; follow the order."


class ReviewedUnlawful(Refused):
    zh = "法制审核意见为不合法，不能决定列入；请决定不予列入。"
    en = "The legality review found it unlawful, so it cannot be listed; decide not to list."
    field = "outcome"


class RepairNoticeMissing(Refused):
    zh = "自 {since} 起，信用修复告知书须与决定书一并送达（两书同达）；请一并送达后登记。"
    en = "Since {since} the repair notice must be served with the decision; serve both, then record it."
    field = "repair_notice_served"


class BasisEntryUnknown(Refused):
    zh = "列入所依据的“{entry_id}”不在档案中，或已撤销、已修复；请选择档案中现行有效的记录。"
    en = "It rests on {entry_id}, which is not in the file, or was annulled or repaired; choose one that stands."
    field = "based_on"


class OtherList(Refused):
    zh = "本案提请的是“{proposed}”，收到的决定写的是“{list_type}”；请核对决定书，另一名单请另立案。"
    en = (
        "The case proposed {proposed_en} but the decision names {list_type_en}; check it, or open a case for that list."
    )
    field = "list_type"


def list_words(list_type: str, rules: Reading, value: str = "list_type") -> dict[str, Any]:
    """A list by its names in both languages, as the sentences of refusals take them; an unknown code as it is."""
    known = rules.rulebook.code_list("list_types").get(list_type)
    return {value: known.zh if known else list_type, f"{value}_en": known.en if known else list_type}


def basis_of(list_type: str, on: date, rules: Reading) -> Row:
    """The row that names who designates this list on the day.

    Refused: ListHasNoBasis.
    """
    try:
        row = rules.select("list.basis", days={"designated_on": on}, traits={"list_type": list_type})
    except NoRule:
        raise ListHasNoBasis(on=on, **list_words(list_type, rules)) from None
    if row.is_none:
        raise ListHasNoBasis(rule=row, on=on, **list_words(list_type, rules))
    return row


def check_higher_list(list_type: str, on: date, rules: Reading) -> None:
    row = basis_of(list_type, on, rules)
    if row.choice == OWN:
        raise OursToDesignate(rule=row, **list_words(list_type, rules))


def check_own_list(list_type: str, on: date, rules: Reading) -> None:
    row = basis_of(list_type, on, rules)
    if row.choice != OWN:
        higher = rules.rulebook.code_list("designators")[row.choice]
        raise NotOursToDesignate(
            rule=row, designator=higher.zh, designator_en=higher.en, **list_words(list_type, rules)
        )  # fmt: skip


def check_not_listed(
    file: CreditFile, list_type: str, from_on: date, rules: Reading, until: date | None = None
) -> None:
    """One place on one list at a time, cases under way included; a place from `from_on` through `until`, or open."""
    for one in file.listings.values():
        if one.list_type != list_type:
            continue
        if one.listed is None:
            if one.is_closed:
                continue
            raise AlreadyListed
        last, _, _ = end_of(one, rules)
        is_before = until is not None and until < one.listed.effective_on
        if not is_before and (last is None or from_on <= last):
            raise AlreadyListed


def check_based_on(file: CreditFile, based_on: tuple[str, ...]) -> None:
    """A listing rests on records and commitments of this file that stand."""
    for entry_id in based_on:
        entry = file.records.get(entry_id)
        stands = entry.annulled_on is None if entry is not None else entry_id in file.commitments
        if not stands or file.repaired_on(entry_id) is not None:
            raise BasisEntryUnknown(entry_id=entry_id)


def open_listing(file: CreditFile, listing_id: str, seen: int | None) -> Listing:
    """The case, not closed, as the officer saw it."""
    check_registered(file)
    one = file.listings.get(listing_id)
    if one is None:
        raise ListingUnknown
    check_not_moved(one.version, seen)
    if one.is_closed:
        raise WrongStep(needed="本案已办结", needed_en="the case is closed")
    return one


def statement_until(one: Listing, rules: Reading) -> date | None:
    """Last day for the statement after the notice; None before it."""
    return None if one.notice is None else statement_term(STATEMENT, one.notice.served_on, rules).until


# Decisions


def propose_listing(
    file: CreditFile, context: Context, *, listing_id: str, list_type: str, facts: str, based_on: tuple[str, ...] = ()
) -> list[Event]:
    """Propose to list the subject (提请列入) on a list that the bureau itself designates.

    Refused, in this order: SubjectUnknown, IdTaken, ListHasNoBasis, NotOursToDesignate, AlreadyListed,
    BasisEntryUnknown.
    Basis: rulebook rows `list.basis`.
    """
    check_registered(file)
    check_new_id(file, listing_id)
    check_own_list(list_type, context.today, context.rules)
    check_not_listed(file, list_type, context.today, context.rules)
    check_based_on(file, based_on)
    return [
        ListingProposed(
            listing_id=listing_id, list_type=list_type, facts=facts, based_on=based_on, proposed_on=context.today
        )
    ]


def serve_listing_notice(
    file: CreditFile, context: Context, *, listing_id: str, document_no: str, served_on: date, method: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the notice was served (送达列入告知书).

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore.
    Basis: 国办发〔2020〕49号 八.
    """
    one = open_listing(file, listing_id, seen)
    if one.proposed is None or one.notice is not None:
        raise WrongStep(needed="须已提请、尚未告知", needed_en="proposed and not yet notified")
    check_day(context, served_on, one.proposed.proposed_on)
    return [ListingNoticeServed(listing_id=listing_id, document_no=document_no, served_on=served_on, method=method)]


def receive_listing_statement(
    file: CreditFile, context: Context, *, listing_id: str, received_on: date, summary: str, seen: int | None = None
) -> list[Event]:
    """Record the subject's statement or defence (收到陈述、申辩).

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore.
    Basis: 国办发〔2020〕49号 八.
    """
    one = open_listing(file, listing_id, seen)
    if one.notice is None or one.decision is not None:
        raise WrongStep(needed="须已告知、尚未决定", needed_en="notified and not yet decided")
    check_day(context, received_on, one.notice.served_on)
    return [ListingStatementReceived(listing_id=listing_id, received_on=received_on, summary=summary)]


def review_legality(
    file: CreditFile, context: Context, *, listing_id: str, opinion: Literal["lawful", "not_lawful"], reasons: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Give the legality opinion (法制审核) after the subject was heard or its time is over.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, StatementTimeRunning,
    SameOfficer.
    Basis: rulebook row `list.statement` (unverified); 行政处罚法 58 by analogy.
    """
    one = open_listing(file, listing_id, seen)
    if one.notice is None or one.review is not None:
        raise WrongStep(needed="须已告知、尚未审核", needed_en="notified and not yet reviewed")
    check_heard(context, STATEMENT, one.notice.served_on, was_heard=one.statement is not None)
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="提请人", second="法制审核人", first_en="proposing", second_en="reviewing")
    return [
        LegalityReviewed(listing_id=listing_id, opinion=opinion, reasons=reasons, reviewed_on=context.today)
    ]  # fmt: skip


def decide_listing(
    file: CreditFile, context: Context, *, listing_id: str, outcome: Literal["list", "not_list"], document_no: str,
    facts: str, removal_conditions: str, remedies: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Decide to list or not to list (决定列入 / 不予列入), today.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, SameOfficer, then, when listing:
    ListHasNoBasis, NotOursToDesignate, ReviewedUnlawful, BasisEntryUnknown.
    Basis: rulebook rows `list.basis`; 国办发〔2020〕49号 八.
    """
    one = open_listing(file, listing_id, seen)
    if one.review is None or one.reviewed_by is None or one.decision is not None:
        raise WrongStep(needed="须已法制审核、尚未决定", needed_en="reviewed and not yet decided")
    if one.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="提请人", second="决定人", first_en="proposing", second_en="deciding")
    if one.reviewed_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="法制审核人", second="决定人", first_en="reviewing", second_en="deciding")
    if outcome == "list":
        check_own_list(one.list_type, context.today, context.rules)
        if one.review.opinion == "not_lawful":
            raise ReviewedUnlawful
        check_based_on(file, one.based_on)
    return [
        ListingDecided(
            listing_id=listing_id, outcome=outcome, document_no=document_no, decided_on=context.today, facts=facts,
            removal_conditions=removal_conditions, remedies=remedies,
        )
    ]  # fmt: skip


def list_subject(
    file: CreditFile, context: Context, *, listing_id: str, served_on: date, method: str, repair_notice_served: bool,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """List the subject (列入) by recording that the decision was served; it counts from the day of service.

    The list names the bureau as the rulebook's list of designators writes it.
    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore,
    RepairNoticeMissing.
    Basis: rulebook row `list.two_documents`; 国办发〔2025〕22号.
    """
    one = open_listing(file, listing_id, seen)
    if one.decision is None or one.listed is not None:
        raise WrongStep(needed="须已决定列入、尚未送达", needed_en="decided and not yet served")
    check_day(context, served_on, one.decision.decided_on)
    both = context.rules.select("list.two_documents", days={"designated_on": one.decision.decided_on})
    if both.choice == "yes" and not repair_notice_served:
        raise RepairNoticeMissing(rule=both, since=unbroken_since(context.rules, both))
    bureau = context.rules.lists("designators", one.decision.decided_on)[OWN].zh
    return [
        ListingServed(
            listing_id=listing_id, served_on=served_on, method=method, repair_notice_served=repair_notice_served
        ),
        Listed(
            listing_id=listing_id, list_type=one.list_type, designated_by=bureau,
            decision_no=one.decision.document_no, decided_on=one.decision.decided_on, effective_on=served_on,
            facts=one.decision.facts,
        ),
    ]  # fmt: skip


def propose_listing_upward(
    file: CreditFile, context: Context, *, listing_id: str, list_type: str, body: str, document_no: str, facts: str,
    based_on: tuple[str, ...] = (),
) -> list[Event]:  # fmt: skip
    """Propose the listing to the body that designates it (向上提请).

    Refused, in this order: SubjectUnknown, IdTaken, ListHasNoBasis, OursToDesignate, AlreadyListed,
    BasisEntryUnknown.
    Basis: 商秩规发〔2019〕222号 四; rulebook rows `list.basis`.
    """
    check_registered(file)
    check_new_id(file, listing_id)
    check_higher_list(list_type, context.today, context.rules)
    check_not_listed(file, list_type, context.today, context.rules)
    check_based_on(file, based_on)
    return [
        ListingProposedUpward(
            listing_id=listing_id, list_type=list_type, body=body, document_no=document_no, facts=facts,
            based_on=based_on, proposed_on=context.today,
        )
    ]  # fmt: skip


def receive_listing_decision(
    file: CreditFile, context: Context, *, listing_id: str, list_type: str, outcome: Literal["list", "not_list"],
    body: str, document_no: str, decided_on: date, effective_on: date, facts: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record the decision received from the designating body (收到认定决定), proposed by the bureau or not.

    Refused, in this order: SubjectUnknown, IdTaken, CaseMoved, WrongStep, OtherList, DayInFuture, then, unless it ends
    a case by not listing: ListHasNoBasis, OursToDesignate, BeforeStepBefore (effective before it was decided),
    AlreadyListed.
    Basis: rulebook rows `list.basis` on the decision day; 商秩规发〔2019〕222号 四.
    """
    check_registered(file)
    if listing_id in file.listings:
        one = open_listing(file, listing_id, seen)
        if one.upward is None or one.received is not None:
            raise WrongStep(needed="须已向上提请、尚未收到决定", needed_en="proposed upward and not yet answered")
        if one.list_type != list_type:
            raise OtherList(
                **list_words(one.list_type, context.rules, "proposed"), **list_words(list_type, context.rules)
            )
    else:
        check_new_id(file, listing_id)
    check_day(context, decided_on)
    if outcome == "list" or listing_id not in file.listings:
        check_higher_list(list_type, decided_on, context.rules)
    if outcome == "list":
        # The first day may still come, but a listing never reaches back behind its decision.
        check_not_before(effective_on, decided_on)
        others = replace(file, listings={name: one for name, one in file.listings.items() if name != listing_id})
        days = {"designated_on": decided_on, "listed_on": effective_on}
        term = context.rules.term("list.term", days=days, traits={"list_type": list_type})
        check_not_listed(others, list_type, effective_on, context.rules, term.until)
    received = ListingDecisionReceived(
        listing_id=listing_id, list_type=list_type, outcome=outcome, body=body, document_no=document_no,
        decided_on=decided_on, received_on=context.today,
    )  # fmt: skip
    if outcome == "not_list":
        return [received]
    listed = Listed(
        listing_id=listing_id, list_type=list_type, designated_by=body, decision_no=document_no,
        decided_on=decided_on, effective_on=effective_on, facts=facts,
    )  # fmt: skip
    return [received, listed]
