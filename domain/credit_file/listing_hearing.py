"""Hearing (听证) before a listing: asked for in time, announced in time, held by somebody who does not handle the case.

Only where the list's own rule gives one. While a hearing is asked for and neither held nor given up, nothing is
concluded against the subject.
Basis: rulebook rows `list.hearing` (unverified), `hearing.request`, `hearing.notice`; 行政处罚法 62–65 by analogy.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.listing import Listing
from domain.credit_file.listing_checks import WrongStep, asked_of, list_words, open_listing
from domain.credit_file.listing_events import HearingHeld, HearingNoticeServed, HearingRequested
from domain.credit_file.listing_service import check_service
from domain.credit_file.steps import check_day
from domain.event import Event
from domain.law.answers import Term
from domain.law.reading import Reading
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class HearingNotGiven(Refused):
    zh = "列入“{list_type}”没有规定可以要求听证；请登记陈述、申辩。"
    en = "No rule gives a hearing before a listing on {list_type_en}; record a statement instead."


class HearingRequestedLate(Refused):
    zh = "要求听证的期限到 {until} 为止（含当日），已过；请登记陈述、申辩。"
    en = "The time to ask for a hearing ran through {until} and is over; record a statement instead."
    field = "requested_on"


class HearingTooSoon(Refused):
    zh = "听证通知须提前送达，最早可于 {first_on} 举行听证；请改定日期。"
    en = "The notice must reach the subject in time: the hearing may be held on {first_on} at the earliest; change it."
    field = "hearing_on"


class HearingNotHeld(Refused):
    zh = "当事人已要求听证，尚未举行；请先举行听证，或登记其放弃。"
    en = "The subject asked for a hearing that was not held; hold it, or record that the subject gave it up."


class HearingTimeRunning(Refused):
    zh = "要求听证的期限到 {until} 为止（含当日）；请在期满、放弃或听证之后再办。"
    en = "The subject may ask for a hearing through {until}; go on when that is over, given up, or a hearing was held."


def request_term(one: Listing, rules: Reading) -> Term | None:
    """How long the subject may ask for a hearing; None where its list gives none, or before the notice."""
    if one.notice is None:
        return None
    served_on = one.notice.served_on
    if asked_of("list.hearing", one.list_type, rules, notice_served_on=served_on) is None:
        return None
    return rules.term("hearing.request", days={"notice_served_on": served_on})


def check_hearing_settled(one: Listing, context: Context) -> None:
    """A hearing asked for was held or given up, and one that may still be asked for is out of time or given up.

    Refused, in this order: HearingNotHeld, HearingTimeRunning.
    """
    if one.awaits_hearing:
        raise HearingNotHeld
    if one.hearing is not None or one.waived is not None:
        return
    term = request_term(one, context.rules)
    if term is not None and term.until is not None and context.today <= term.until:
        raise HearingTimeRunning(rule=term.row, until=term.until)


# Decisions


def request_hearing(
    file: CreditFile, context: Context, *, listing_id: str, requested_on: date, summary: str, seen: int | None = None
) -> list[Event]:
    """Record that the subject asked for a hearing (要求听证); a legality review given before it is given anew.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, HearingNotGiven, DayInFuture,
    BeforeStepBefore, HearingRequestedLate.
    Basis: rulebook rows `list.hearing` (unverified), `hearing.request`.
    """
    one = open_listing(file, listing_id, seen)
    is_free = one.hearing_requested is None and one.waived is None
    if one.notice is None or one.decision is not None or not is_free:
        raise WrongStep(
            needed="须已告知、尚未决定，且没有要求或放弃听证",
            needed_en="notified and not yet decided, and a hearing neither asked for nor given up",
        )
    term = request_term(one, context.rules)
    if term is None:
        raise HearingNotGiven(**list_words(one.list_type, context.rules))
    check_day(context, requested_on, one.notice.served_on)
    if term.until is not None and requested_on > term.until:
        raise HearingRequestedLate(rule=term.row, until=term.until)
    return [HearingRequested(listing_id=listing_id, requested_on=requested_on, summary=summary)]


def serve_hearing_notice(
    file: CreditFile, context: Context, *, listing_id: str, document_no: str, served_on: date, method: str,
    hearing_on: date, place: str, consent: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that the notice of the hearing was served (送达听证通知书); a new one sets a new day.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore,
    ServiceMethodUnknown, ElectronicWithoutConsent, NotAnnounced, HearingTooSoon.
    Basis: rulebook row `hearing.notice`; 行政处罚法 64.
    """
    one = open_listing(file, listing_id, seen)
    if one.hearing_requested is None or not one.awaits_hearing:
        raise WrongStep(needed="须已要求听证、尚未举行", needed_en="a hearing was asked for and not yet held")
    check_day(context, served_on, one.hearing_requested.requested_on)
    way = check_service(one, context, "hearing", method, served_on, consent)
    term = context.rules.term("hearing.notice", days={"hearing_notice_on": served_on})
    if term.until is not None and hearing_on < term.until:
        raise HearingTooSoon(rule=term.row, first_on=term.until)
    return [
        HearingNoticeServed(
            listing_id=listing_id, document_no=document_no, served_on=served_on, method=way, hearing_on=hearing_on,
            place=place,
        )
    ]  # fmt: skip


def hold_hearing(
    file: CreditFile, context: Context, *, listing_id: str, held_on: date, chair: str, attended: bool, record_no: str,
    summary: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record the hearing (举行听证), or that the subject stayed away.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore,
    SameOfficer (the chair handled the case).
    Basis: 行政处罚法 64, 65.
    """
    one = open_listing(file, listing_id, seen)
    if one.hearing_notice is None or not one.awaits_hearing:
        raise WrongStep(
            needed="须已送达听证通知书、尚未举行", needed_en="the notice of hearing was served, none held yet"
        )
    check_day(context, held_on, one.hearing_notice.hearing_on)
    if chair == one.origin.officer_id:
        raise SameOfficer(first="提请人", second="听证主持人", first_en="proposing", second_en="chairing the hearing")
    return [
        HearingHeld(
            listing_id=listing_id, held_on=held_on, chair=chair, attended=attended, record_no=record_no,
            summary=summary,
        )
    ]  # fmt: skip
