"""Service of the decision (送达): by each lawful way, and only then is the subject listed.

In person, left at the place, by post, electronically with consent, by an entrusted office, through the unit; and by
announcement where nothing else reaches the subject: then the document counts as served once the time of the
announcement is over. The decision tells which remedies there are, before whom and how long.
Basis: 民事诉讼法 (service); 行政处罚法 61 by analogy; 行政复议法; 行政诉讼法 46; 国办发〔2025〕22号 (两书同达).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.exit import end_red_listings
from domain.credit_file.listing import Listing
from domain.credit_file.listing_checks import OWN, WrongStep, open_listing
from domain.credit_file.listing_events import Listed, ListingServed, ServiceAnnounced
from domain.credit_file.steps import check_day
from domain.event import Event
from domain.law.answers import NoRule, Term
from domain.law.code_lists import Code
from domain.law.reading import Reading, unbroken_since
from domain.law.rows import Row
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

METHODS = "service_methods"
"""The code list of ways of service; kind `consent` asks for the subject's consent, `announcement` for its time."""

# Checks


class ServiceMethodUnknown(Refused):
    zh = "“{method}”不是当日可用的送达方式；请从送达方式代码表中选择。"
    en = "“{method}” is no way of service that may be used that day; choose one of the code list of ways of service."
    field = "method"


class ElectronicWithoutConsent(Refused):
    zh = "电子送达须经受送达人同意；请填写其同意（确认书）文号，或改用其他方式。"
    en = "Electronic service needs the subject's consent; give the number of its consent, or serve it another way."
    field = "consent"


class NotAnnounced(Refused):
    zh = "公告送达须先登记公告；请先办理“公告送达”的公告。"
    en = "Service by announcement needs the announcement first; record the announcement."
    field = "method"


class AnnouncementRunning(Refused):
    zh = "公告期到 {until} 为止（含当日），期满次日才视为送达；请届时登记。"
    en = "The announcement runs through {until}, and the document counts as served the day after; record it then."
    field = "served_on"


class RepairNoticeMissing(Refused):
    zh = "自 {since} 起，信用修复告知书须与决定书一并送达（两书同达）；请一并送达后登记。"
    en = "Since {since} the repair notice must be served with the decision; serve both, then record it."
    field = "repair_notice_served"


def method_of(method: str, on: date, rules: Reading) -> Code | None:
    """The way of service written so, by name or code; None where the version keeps no list of them.

    Refused: ServiceMethodUnknown.
    """
    try:
        known = rules.lists(METHODS, on)
    except KeyError:
        return None
    found = known.find(method)
    if found is None:
        raise ServiceMethodUnknown(method=method)
    return found


def announced_until(announced: ServiceAnnounced, rules: Reading) -> Term:
    """How long an announcement runs; what it announces counts as served the day after."""
    return rules.term("service.announcement", days={"announced_on": announced.announced_on})


def check_service(one: Listing, context: Context, document: str, method: str, served_on: date, consent: str) -> str:
    """The word of a lawful way of service, if it was taken lawfully.

    Refused, in this order: ServiceMethodUnknown, ElectronicWithoutConsent, NotAnnounced, AnnouncementRunning.
    """
    way = method_of(method, served_on, context.rules)
    if way is None:
        return method
    if way.kind == "consent" and not consent.strip():
        raise ElectronicWithoutConsent
    if way.kind == "announcement":
        if one.service is None or one.service.document != document:
            raise NotAnnounced
        term = announced_until(one.service, context.rules)
        if term.until is not None and served_on <= term.until:
            raise AnnouncementRunning(rule=term.row, until=term.until)
    return way.zh


# Remedies


@dataclass(frozen=True, slots=True)
class Remedies:
    """What stands open against a decision served on a day (救济途径): before whom, and through which day."""

    body: Code
    reconsideration: Term
    litigation: Term
    rows: tuple[Row, ...]


def remedies_of(served_on: date, rules: Reading) -> Remedies | None:
    """Reconsideration and litigation after service on the day; None where no rule answers for it."""
    days = {"served_on": served_on}
    try:
        body = rules.select("remedy.body", days=days)
        reconsideration = rules.term("remedy.reconsideration", days=days)
        litigation = rules.term("remedy.litigation", days=days)
    except NoRule:
        return None
    rows = (body, *reconsideration.rows, *litigation.rows)
    return Remedies(rules.rulebook.code_list("remedy_bodies")[body.choice], reconsideration, litigation, rows)


# Decisions


def announce_service(
    file: CreditFile, context: Context, *, listing_id: str, announced_on: date, medium: str, seen: int | None = None
) -> list[Event]:
    """Record that the notice or the decision was announced (公告送达), since it could not be served otherwise.

    What the case waits to serve is what is announced: the notice before it was served, else the decision.
    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore.
    Basis: rulebook row `service.announcement`.
    """
    one = open_listing(file, listing_id, seen)
    waits = one.listed is None and one.service is None
    if waits and one.proposed is not None and one.notice is None:
        check_day(context, announced_on, one.proposed.proposed_on)
        return [
            ServiceAnnounced(listing_id=listing_id, document="notice", announced_on=announced_on, medium=medium)
        ]  # fmt: skip
    if waits and one.decision is not None:
        check_day(context, announced_on, one.decision.decided_on)
        return [
            ServiceAnnounced(listing_id=listing_id, document="decision", announced_on=announced_on, medium=medium)
        ]  # fmt: skip
    raise WrongStep(needed="须有待送达、尚未公告的文书", needed_en="a document waits to be served and is not announced")


def list_subject(
    file: CreditFile, context: Context, *, listing_id: str, served_on: date, method: str, repair_notice_served: bool,
    receipt: str = "", consent: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """List the subject (列入) by recording that the decision was served; it counts from the day of service.

    The list names the bureau as the rulebook's list of designators writes it. A place on a serious list ends one on a
    red list the same day.
    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, DayInFuture, BeforeStepBefore,
    ServiceMethodUnknown, ElectronicWithoutConsent, NotAnnounced, AnnouncementRunning, RepairNoticeMissing.
    Basis: rulebook rows `list.two_documents`, `service.announcement`; 国办发〔2025〕22号.
    """
    one = open_listing(file, listing_id, seen)
    if one.decision is None or one.listed is not None:
        raise WrongStep(needed="须已决定列入、尚未送达", needed_en="decided and not yet served")
    check_day(context, served_on, one.decision.decided_on)
    way = check_service(one, context, "decision", method, served_on, consent)
    both = context.rules.select("list.two_documents", days={"designated_on": one.decision.decided_on})
    if both.choice == "yes" and not repair_notice_served:
        raise RepairNoticeMissing(rule=both, since=unbroken_since(context.rules, both))
    bureau = context.rules.lists("designators", one.decision.decided_on)[OWN].zh
    return [
        ListingServed(
            listing_id=listing_id, served_on=served_on, method=way, repair_notice_served=repair_notice_served,
            receipt=receipt, consent=consent,
        ),
        Listed(
            listing_id=listing_id, list_type=one.list_type, designated_by=bureau,
            decision_no=one.decision.document_no, decided_on=one.decision.decided_on, effective_on=served_on,
            facts=one.decision.facts,
        ),
        *end_red_listings(file, one.list_type, served_on, one.decision.document_no, context.rules),
    ]  # fmt: skip
