"""Exit (退出): how a subject leaves a list — end of term, repair, revocation, deregistration.

The end of the term follows from the date alone; the daily job records that it has come and changes no answer for any
date. Removal by repair (修复移出) is decided in `repair`, revocation (撤销) by the leader when the basis falls away.
Basis: 国办发〔2020〕49号 十; rulebook rows `list.term`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.listing import Exited, Listing, end_of
from domain.credit_file.listing_decisions import ListingUnknown
from domain.credit_file.profile import check_registered
from domain.credit_file.steps import check_day, check_not_moved
from domain.event import Event
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class NotOnList(Refused):
    zh = "该主体现不在这一名单内；无需退出。"
    en = "The subject is not on this list now; there is nothing to exit from."


class TermRunning(Refused):
    zh = "列入期到 {until} 为止（含当日），尚未届满；期满次日再记。"
    en = "The listing runs through {until}; record its end on the day after."


def listing_in_force(file: CreditFile, context: Context, listing_id: str, seen: int | None) -> Listing:
    """The listing as the officer saw it, listed and not yet exited by an act."""
    check_registered(file)
    one = file.listings.get(listing_id)
    if one is None:
        raise ListingUnknown
    check_not_moved(one.version, seen)
    if one.listed is None or one.exited is not None:
        raise NotOnList
    return one


def check_term_not_over(one: Listing, context: Context) -> None:
    last, _, _ = end_of(one, context.rules)
    if last is not None and last < context.today:
        raise NotOnList


# Decisions


def revoke_listing(
    file: CreditFile, context: Context, *, listing_id: str, document_no: str, seen: int | None = None
) -> list[Event]:
    """Revoke a listing (撤销列入) whose basis fell away, from today on.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList.
    Basis: 国办发〔2020〕49号 十; 行政处罚法 48 (withdrawal).
    """
    one = listing_in_force(file, context, listing_id, seen)
    check_term_not_over(one, context)
    return [Exited(listing_id=listing_id, cause="revocation", effective_on=context.today, document_no=document_no)]


def exit_deregistered(
    file: CreditFile, context: Context, *, listing_id: str, deregistered_on: date, document_no: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that a subject left the list because it was deregistered (注销退出), from that day on.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList, DayInFuture, BeforeStepBefore.
    Basis: 国办发〔2020〕49号 十.
    """
    one = listing_in_force(file, context, listing_id, seen)
    check_term_not_over(one, context)
    assert one.listed is not None
    check_day(context, deregistered_on, one.listed.effective_on)
    return [
        Exited(
            listing_id=listing_id, cause="deregistration", effective_on=deregistered_on, document_no=document_no
        )
    ]  # fmt: skip


def end_listing(file: CreditFile, context: Context, *, listing_id: str) -> list[Event]:
    """Record that the term of a listing is over (届满退出); the daily job does, and no answer changes.

    Refused, in this order: SubjectUnknown, ListingUnknown, NotOnList, TermRunning.
    Basis: rulebook rows `list.term`.
    """
    one = listing_in_force(file, context, listing_id, None)
    last, _, _ = end_of(one, context.rules)
    if last is None or last >= context.today:
        raise TermRunning(until=last or "—")
    return [Exited(listing_id=listing_id, cause="term", effective_on=last + timedelta(days=1))]
