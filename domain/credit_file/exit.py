"""Exit (退出): how a subject leaves a list, and what its leaving ends elsewhere in the file.

Causes: end of term (届满), repair (修复), revocation (撤销), deregistration (注销), early removal as received from the
body that designated (提前移出), and, for a red list, a place on a serious one. Whatever the cause, the disclosure of
the listing ends with its last day, and every measure that rests on it is lifted in the same act.

The end of the term follows from the date alone; the daily job records that it has come and changes no answer for any
date. Removal by repair (修复移出) is decided in `repair`, revocation (撤销) by the leader when the basis falls away.
Who designated lifts what it imposed (谁认定、谁修复): from a list of a higher body the subject is taken off by that
body's decision, received and recorded, never by the bureau.
Basis: 国办发〔2020〕49号 十; 国办发〔2025〕22号; 发改财金规〔2017〕1798号 (red lists); rulebook rows `list.term`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from domain.context import Context
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.listing_checks import RED, SERIOUS, ListHasNoBasis, basis_of, kind_of, listing_as_seen
from domain.credit_file.listing_events import Exited
from domain.credit_file.measure import lifted_by
from domain.credit_file.steps import check_day
from domain.credit_file.succession import ended_since
from domain.event import Event
from domain.law.reading import Reading
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


class DesignatedElsewhere(Refused):
    zh = "该名单（或处罚）由{body}认定，谁认定、谁修复，本局不能撤销或修复；请转送认定机关，收到决定后登记。"
    en = "It was designated by {body}, who alone may revoke or repair it; send it there, then record the answer."


class OursToLift(Refused):
    zh = "该名单由本局认定，没有上级的退出决定可收；请按本局的撤销或修复程序办理。"
    en = "The bureau designated this listing itself, so no higher decision ends it; revoke or repair it here."


class NotDeregistered(Refused):
    zh = "档案没有记载该主体在 {on} 已注销、合并或分立，不能按注销退出；请先凭登记机关凭据登记变更状态。"
    en = "The file does not say that the subject had ended by {on}; record its change of status on a paper first."
    field = "deregistered_on"


def check_ours(one: Listing, rules: Reading) -> None:
    """Only a listing that the bureau decided itself is revoked or repaired by the bureau."""
    if one.is_designated_elsewhere:
        assert one.listed is not None
        try:
            row = basis_of(one.list_type, one.listed.decided_on, rules)
        except ListHasNoBasis:
            # A basis found wanting later leaves it the other body's listing all the same.
            row = None
        raise DesignatedElsewhere(rule=row, body=one.listed.designated_by)


def listing_in_force(file: CreditFile, context: Context, listing_id: str, seen: int | None) -> Listing:
    """The listing as the officer saw it, listed and not yet exited by an act."""
    one = listing_as_seen(file, listing_id, seen)
    if one.listed is None or one.exited is not None:
        raise NotOnList
    return one


def check_term_not_over(one: Listing, context: Context) -> None:
    last, _, _ = end_of(one, context.rules)
    if last is not None and last < context.today:
        raise NotOnList


def end_red_listings(
    file: CreditFile, list_type: str, on: date, document_no: str, rules: Reading
) -> list[Event]:  # fmt: skip
    """What a place on a serious list does to honours: each red listing that would run on ends that day.

    One that begins later ends on its first day, before it ever counts.
    """
    if kind_of(list_type, rules) != SERIOUS:
        return []
    ended: list[Event] = []
    for one in file.listings.values():
        begins_on = one.begins_on
        if begins_on is None or one.exited is not None or kind_of(one.list_type, rules) != RED:
            continue
        last, _, _ = end_of(one, rules)
        if last is None or last >= on:
            ended.append(
                Exited(
                    listing_id=one.listing_id, cause="serious_listing", effective_on=max(on, begins_on),
                    document_no=document_no,
                )
            )  # fmt: skip
    return ended


# Decisions


def revoke_listing(
    file: CreditFile, context: Context, *, listing_id: str, document_no: str, seen: int | None = None
) -> list[Event]:
    """Revoke a listing (撤销列入) of the bureau whose basis fell away, from today on.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList, DesignatedElsewhere.
    Basis: 国办发〔2020〕49号 十; 行政处罚法 48 (withdrawal); rulebook rows `list.basis` on the decision day.
    """
    one = listing_in_force(file, context, listing_id, seen)
    check_term_not_over(one, context)
    check_ours(one, context.rules)
    return [
        Exited(listing_id=listing_id, cause="revocation", effective_on=context.today, document_no=document_no),
        *lifted_by(file, listing_id, context.today, "revocation"),
    ]


def receive_exit_decision(
    file: CreditFile, context: Context, *, listing_id: str, cause: Literal["repair", "revocation", "early"], body: str,
    document_no: str, decided_on: date, effective_on: date, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record the designating body's decision to take the subject off its list (收到移出、撤销决定), early ones too.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList, OursToLift, DayInFuture,
    BeforeStepBefore (decided before the listing, or effective before it was decided).
    Basis: 国办发〔2025〕22号 (谁认定、谁修复); 国办发〔2020〕49号 十.
    """
    one = listing_in_force(file, context, listing_id, seen)
    check_term_not_over(one, context)
    if not one.is_designated_elsewhere:
        raise OursToLift
    assert one.listed is not None
    check_day(context, decided_on, one.reinstated.effective_on if one.reinstated else one.listed.decided_on)
    check_day(context, effective_on, decided_on)
    return [
        Exited(
            listing_id=listing_id, cause=cause, effective_on=effective_on, document_no=document_no, body=body,
            decided_on=decided_on,
        ),
        *lifted_by(file, listing_id, effective_on, "revocation" if cause == "revocation" else "repair"),
    ]  # fmt: skip


def exit_deregistered(
    file: CreditFile, context: Context, *, listing_id: str, deregistered_on: date, document_no: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that a subject left the list because it was deregistered (注销退出), from that day on.

    The end of the subject stands in its file already, on the registration authority's paper: nobody else than who
    designated a listing lifts it otherwise (谁认定、谁修复).
    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList, DayInFuture, BeforeStepBefore,
    NotDeregistered.
    Basis: 国办发〔2020〕49号 十.
    """
    one = listing_in_force(file, context, listing_id, seen)
    check_term_not_over(one, context)
    assert one.begins_on is not None
    check_day(context, deregistered_on, one.begins_on)
    ended_on = ended_since(file)
    if ended_on is None or ended_on > deregistered_on:
        raise NotDeregistered(on=deregistered_on)
    return [
        Exited(
            listing_id=listing_id, cause="deregistration", effective_on=deregistered_on, document_no=document_no
        ),
        *lifted_by(file, listing_id, deregistered_on, "other"),
    ]  # fmt: skip


def end_listing(file: CreditFile, context: Context, *, listing_id: str) -> list[Event]:
    """Record that the term of a listing is over (届满退出); the daily job does, and no answer changes.

    Refused, in this order: SubjectUnknown, ListingUnknown, NotOnList, TermRunning.
    Basis: rulebook rows `list.term`.
    """
    one = listing_in_force(file, context, listing_id, None)
    last, rows, _ = end_of(one, context.rules)
    if last is None or last >= context.today:
        raise TermRunning(rule=rows[0], until=last or "—")
    first_off = last + timedelta(days=1)
    return [
        Exited(listing_id=listing_id, cause="term", effective_on=first_off),
        *lifted_by(file, listing_id, first_off, "term"),
    ]
