"""Listings (列入): the lists, a case step by step, and how one begins: proposed here, upward, or decided elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, form_of, officer_of, requires, requires_power
from api.desk import context_of, id_of, perform, reading_of
from api.forms import Fields
from api.officer.act_form import ActForm, Asked, Group, Told, show_form, submit
from api.officer.addresses import address_of
from api.officer.listing_case import actions_of, listing_words, stages_of
from api.officer.reading_log import note_reading
from api.officer.subjects import registered_file
from api.officer.words import Words, event_words, outcome_words
from api.officer.worklist import OFFICERS, todos_of
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.rendering import page
from domain.context import Context
from domain.credit_file import listing_decisions as decisions
from domain.credit_file import listing_upward as upward
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listing
from domain.credit_file.listing_checks import OWN, ListingUnknown
from domain.credit_file.profile import check_registered
from domain.law.answers import FactMissing, NoRule
from domain.law.reading import Reading
from domain.officer import WHOLE_CITY
from domain.register.acts import Receipt
from projections.views import case_history, list_roster

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
LISTING = "/officer/subjects/{subject_id}/listings/{listing_id}"
OUTCOMES: tuple[tuple[str, Words], ...] = (("list", ("决定列入", "to list")), ("not_list", ("不予列入", "not to list")))
FACTS = Asked("facts", ("事实", "Facts"), "area", required=True)
CASE_NO = Asked(
    "case_no", ("案号", "Case number"), required=True, hint=("如 列入〔2026〕0007", "such as 列入〔2026〕0007")
)
DOCUMENT = Asked("document_no", ("文书号", "Document number"), required=True)


@router.get("/officer/listings")
@requires(*OFFICERS)
def show_listings(request: Request) -> Response:
    """Cases under way, and who is on which list today."""
    parts, officer, rules = parts_of(request), officer_of(request).officer, reading_of(request)
    lines = todos_of(request, ("listing",))
    names = rules.rulebook.code_list("list_types")
    with snapshot(parts) as connection:
        rosters = [
            (one, [row for row in list_roster.on_day(connection, one.code, parts.clock.today())
                   if officer.area in (WHOLE_CITY, row.division)])
            for one in names.values()
        ]  # fmt: skip
        where = positions_in(connection)
    return page(
        request, "officer/listings/show_listings.html", where=where, lines=lines,
        rosters=[(one, rows) for one, rows in rosters if rows],
    )  # fmt: skip


@router.get("/officer/subjects/{subject_id}/listings/new")
@requires_power("propose_listing")
def new_listing(request: Request, subject_id: UUID) -> Response:
    """The form of a proposal."""
    return show_form(request, _form(request, subject_id, "propose_listing", "listings", (CASE_NO, FACTS), own=True))


@router.post("/officer/subjects/{subject_id}/listings")
@requires_power("propose_listing")
def propose_listing(request: Request, subject_id: UUID) -> Response:
    """Propose to list the subject on a list that the bureau designates."""
    form = _form(request, subject_id, "propose_listing", "listings", (CASE_NO, FACTS), own=True)
    listing_id = _new_listing(request)

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, decisions.propose_listing, subject_id, context, listing_id=listing_id,
            list_type=fields.text("list_type", required=True), facts=fields.text("facts", required=True),
        )  # fmt: skip

    return submit(request, form, act, address_of(subject_id, "listings", listing_id))


@router.get(LISTING)
@requires(*OFFICERS)
def show_listing(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The case: its stages, the next act, and what stands against the others.

    Refused, in this order: NotYourArea, SubjectUnknown, ListingUnknown.
    """
    file, one = listing_of(request, subject_id, listing_id)
    note_reading(request, subject_id, "open_case")
    context = context_of(request, request_id=None)
    with snapshot(parts_of(request)) as connection:
        history = case_history.of_case(connection, subject_id, listing_id)
        where = positions_in(connection)
    name = context.rules.rulebook.code_list("list_types")[one.list_type]
    return page(
        request, "officer/listings/show_listing.html", where=where, file=file, one=one, list_words=(name.zh, name.en),
        stages=stages_of(one, context.rules), actions=actions_of(file, one, context), steps=history,
        says=listing_words(one, context.rules, context.today), event_words=event_words, outcome_words=outcome_words,
    )  # fmt: skip


UPWARD = (CASE_NO, Asked("body", ("提请的认定机关", "Designating body"), required=True), DOCUMENT, FACTS)


@router.get("/officer/subjects/{subject_id}/upward-listings/new")
@requires_power("propose_listing_upward")
def new_upward_listing(request: Request, subject_id: UUID) -> Response:
    """The form of a proposal to a higher body."""
    return show_form(request, _form(request, subject_id, "propose_listing_upward", "upward-listings", UPWARD))


@router.post("/officer/subjects/{subject_id}/upward-listings")
@requires_power("propose_listing_upward")
def propose_listing_upward(request: Request, subject_id: UUID) -> Response:
    """Propose the listing to the body that designates it."""
    form = _form(request, subject_id, "propose_listing_upward", "upward-listings", UPWARD)
    listing_id = _new_listing(request)

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, upward.propose_listing_upward, subject_id, context, listing_id=listing_id,
            list_type=fields.text("list_type", required=True), body=fields.text("body", required=True),
            document_no=fields.text("document_no", required=True), facts=fields.text("facts", required=True),
        )  # fmt: skip

    return submit(request, form, act, address_of(subject_id, "listings", listing_id))


RECEIVED = (
    CASE_NO,
    Asked("body", ("认定机关", "Designating body"), required=True),
    DOCUMENT,
    Asked("decided_on", ("认定日期", "Decided on"), "date", required=True),
    Asked("effective_on", ("生效日期", "In force from"), "date", required=True),
    FACTS,
)


@router.get("/officer/subjects/{subject_id}/received-listings/new")
@requires_power("receive_listing_decision")
def new_received_listing(request: Request, subject_id: UUID) -> Response:
    """The form of a decision that the bureau did not propose."""
    return show_form(request, _form(request, subject_id, "receive_listing_decision", "received-listings", RECEIVED))


@router.post("/officer/subjects/{subject_id}/received-listings")
@requires_power("receive_listing_decision")
def receive_listing_decision(request: Request, subject_id: UUID) -> Response:
    """Record a listing that a higher body decided of its own accord."""
    form = _form(request, subject_id, "receive_listing_decision", "received-listings", RECEIVED)
    listing_id = _new_listing(request)

    def act(fields: Fields, context: Context) -> Receipt:
        return received(request, subject_id, listing_id, fields, context, fields.text("list_type", required=True), None)

    return submit(request, form, act, address_of(subject_id, "listings", listing_id))


def received(
    request: Request, subject_id: UUID, listing_id: str, fields: Fields, context: Context, list_type: str,
    seen: int | None,
) -> Receipt:  # fmt: skip
    """Record the designating body's decision as typed; without an outcome field it is one to list."""
    outcome = fields.choice("outcome", dict(OUTCOMES)) if seen is not None else "list"
    return perform(
        request, upward.receive_listing_decision, subject_id, context, listing_id=listing_id, list_type=list_type,
        outcome=cast(Literal["list", "not_list"], outcome), body=fields.text("body", required=True),
        document_no=fields.text("document_no", required=True), decided_on=fields.day("decided_on"),
        effective_on=fields.day("effective_on"), facts=fields.text("facts", required=True), seen=seen,
    )  # fmt: skip


def listing_of(request: Request, subject_id: UUID, listing_id: str) -> tuple[CreditFile, Listing]:
    """The file and the case. Refused, in this order: NotYourArea, SubjectUnknown, ListingUnknown."""
    file = registered_file(request, subject_id)
    one = file.listings.get(listing_id)
    if one is None:
        raise ListingUnknown
    return file, one


def _new_listing(request: Request) -> str:
    return str(id_of(Fields(form_of(request)).uuid("request_id"), "listing_id"))


def _form(
    request: Request, subject_id: UUID, act: str, noun: str, fields: tuple[Asked, ...], *, own: bool = False
) -> ActForm:
    profile, rules = check_registered(registered_file(request, subject_id)), reading_of(request)
    options, told = list_options(rules, parts_of(request).clock.today(), own=own)
    asked = (Asked("list_type", ("名单", "List"), "select", options=options), *fields)
    back = address_of(subject_id)
    return ActForm(
        act, f"{back}/{noun}", back, profile.name, profile.code, (Group(("", ""), asked),), told=told
    )  # fmt: skip


def list_options(rules: Reading, today: date, *, own: bool) -> tuple[tuple[tuple[str, Words], ...], tuple[Told, ...]]:
    """The lists of the rulebook, and for each who designates it today and on what basis."""
    names, bodies = rules.rulebook.code_list("list_types"), rules.rulebook.code_list("designators")
    options, told = [], []
    for one in names.values():
        try:
            row = rules.select("list.basis", days={"designated_on": today}, traits={"list_type": one.code})
        except (NoRule, FactMissing):
            continue
        if row.is_none or (row.choice == OWN) != own:
            continue
        options.append((one.code, (one.zh, one.en)))
        body = bodies[row.choice]
        told.append(
            Told((one.zh, one.en), (f"由{body.zh}认定：{row.citation}", f"designated by {body.en}: {row.citation}"),
                 row.is_verified)
        )  # fmt: skip
    return tuple(options), tuple(told)
