"""The way upward (向上提请): a list that a higher body designates, proposed to it, and its decision received.

A city bureau finds, checks, proposes and records; it does not designate. So too the lists that other departments keep
(严重违法失信名单, 经营异常名录): received and recorded, for officers. And the superior's consent, where a list of the
bureau's own asks for it.
Basis: 商秩规发〔2019〕222号 四; rulebook rows `list.basis` on the decision day, `list.consent`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.context import Context
from domain.credit_file.exit import end_red_listings
from domain.credit_file.listing_checks import (
    WrongStep,
    check_based_on,
    check_higher_list,
    check_not_listed,
    list_words,
    open_listing,
)
from domain.credit_file.listing_events import (
    Listed,
    ListingDecisionReceived,
    ListingProposedUpward,
    SuperiorConsentReceived,
)
from domain.credit_file.profile import check_existing, check_new_id, check_registered
from domain.credit_file.red_list import check_clean
from domain.credit_file.steps import check_day, check_not_before
from domain.event import Event
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class OtherList(Refused):
    zh = "本案提请的是“{proposed}”，收到的决定写的是“{list_type}”；请核对决定书，另一名单请另立案。"
    en = (
        "The case proposed {proposed_en} but the decision names {list_type_en}; check it, or open a case for that list."
    )
    field = "list_type"


# Decisions


def propose_listing_upward(
    file: CreditFile, context: Context, *, listing_id: str, list_type: str, body: str, document_no: str, facts: str,
    based_on: tuple[str, ...] = (),
) -> list[Event]:  # fmt: skip
    """Propose the listing to the body that designates it (向上提请).

    Refused, in this order: SubjectUnknown, Deregistered, IdTaken, ListHasNoBasis, OursToDesignate, AlreadyListed, then
    on a red list NotScreened, ScreenedAdverse, BadRecordStands; BasisEntryUnknown.
    Basis: 商秩规发〔2019〕222号 四; rulebook rows `list.basis`.
    """
    check_existing(file, context.today)
    check_new_id(file, listing_id)
    check_higher_list(list_type, context.today, context.rules)
    check_not_listed(file, list_type, context.today, context.rules)
    check_clean(file, context, list_type)
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

    A place on a serious list ends one on a red list from its first day.
    Refused, in this order: SubjectUnknown, IdTaken, CaseMoved, WrongStep, OtherList, DayInFuture, then, unless it ends
    a case by not listing: ListHasNoBasis, OursToDesignate, Deregistered (when it was decided), BeforeStepBefore
    (effective before it was decided), AlreadyListed, and on a red list NotScreened, ScreenedAdverse, BadRecordStands.
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
        check_existing(file, decided_on)
        # The first day may still come, but a listing never reaches back behind its decision.
        check_not_before(effective_on, decided_on)
        others = replace(file, listings={name: one for name, one in file.listings.items() if name != listing_id})
        days = {"designated_on": decided_on, "listed_on": effective_on}
        term = context.rules.term("list.term", days=days, traits={"list_type": list_type})
        check_not_listed(others, list_type, effective_on, context.rules, term.until)
        check_clean(file, context, list_type)
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
    return [received, listed, *end_red_listings(file, list_type, effective_on, document_no, context.rules)]


def receive_consent(
    file: CreditFile, context: Context, *, listing_id: str, body: str, document_no: str, decided_on: date,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the next higher body consented to the bureau's own listing (收到上级同意).

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore.
    Basis: rulebook row `list.consent`.
    """
    one = open_listing(file, listing_id, seen)
    if one.proposed is None or one.consent is not None or one.decision is not None:
        raise WrongStep(
            needed="须已提请、尚未决定、尚未收到同意", needed_en="proposed, not yet decided, no consent received yet"
        )
    check_day(context, decided_on, one.proposed.proposed_on)
    return [
        SuperiorConsentReceived(listing_id=listing_id, body=body, document_no=document_no, decided_on=decided_on)
    ]  # fmt: skip
