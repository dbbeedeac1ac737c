"""The steps of a listing, each with its form: notice, statement, review, decision, service, and the ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, requires_power
from api.desk import context_of, perform
from api.forms import Fields
from api.officer.act_form import ActForm, Asked, Group, seen_of, show_form, submit, why_not
from api.officer.addresses import address_of
from api.officer.listing_told import OPINIONS, case_told, listed_told, remedies_text
from api.officer.listings import DOCUMENT, FACTS, LISTING, OUTCOMES, RECEIVED, listing_of, received
from api.officer.words import EXITS, METHODS, Words
from domain.context import Context
from domain.credit_file import exit as exits
from domain.credit_file import listing_decisions as decisions
from domain.credit_file import listing_service as service
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listing
from domain.credit_file.profile import check_registered
from domain.refusals import Refused
from domain.register.acts import Receipt

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
SERVED_ON = Asked("served_on", ("送达日期", "Served on"), "date", required=True)
RECEIPT = Asked("receipt", ("送达回证号", "Number of the receipt"))
CONSENT = Asked("consent", ("同意电子送达的确认书（电子送达时）", "Consent to electronic service, where served so"))
METHOD = Asked("method", ("送达方式", "Method"), "select", options=METHODS)
LIFTED: tuple[tuple[str, Words], ...] = tuple((one, EXITS[one]) for one in ("repair", "revocation", "early"))
REASONS = Asked("reasons", ("理由", "Reasons"), "area", required=True)

FIELDS: dict[str, tuple[str, tuple[Asked, ...]]] = {
    "serve_listing_notice": ("notices", (DOCUMENT, SERVED_ON, METHOD, RECEIPT, CONSENT)),
    "receive_listing_statement": ("statements", (
        Asked("received_on", ("收到日期", "Received on"), "date", required=True),
        Asked("summary", ("陈述、申辩要点", "Summary"), "area", required=True),
    )),
    "review_legality": ("reviews", (Asked("opinion", ("审核意见", "Opinion"), "select", options=OPINIONS), REASONS)),
    "decide_listing": ("decisions", (
        Asked("outcome", ("决定", "Decision"), "select", options=OUTCOMES), DOCUMENT, FACTS,
        Asked("measures_warned", ("惩戒措施提示（须告知）", "Measures that follow, to be told"), "area"),
        Asked("removal_conditions", ("移出条件（须告知）", "Conditions of removal, to be told"), "area", required=True),
        Asked("remedies", ("救济途径和期限（须告知）", "Remedies and their time, to be told"), "area", required=True),
    )),
    "list_subject": ("services", (
        SERVED_ON, METHOD,
        Asked("repair_notice_served", ("信用修复告知书已一并送达（两书同达）", "Repair notice served too"), "check"),
        RECEIPT, CONSENT,
    )),
    "receive_listing_decision": ("received-decisions", (
        Asked("outcome", ("决定", "Decision"), "select", options=OUTCOMES), *RECEIVED[1:],
    )),
    "revoke_listing": ("revocations", (DOCUMENT,)),
    "receive_exit_decision": ("received-exits", (
        Asked("cause", ("决定", "Decision"), "select", options=LIFTED), *RECEIVED[1:-1],
    )),
    "exit_deregistered": ("deregistrations", (
        Asked("deregistered_on", ("注销日期", "Deregistered on"), "date", required=True), DOCUMENT,
    )),
}  # fmt: skip
"""Act → noun it creates, and what its form asks."""


@router.get(f"{LISTING}/notices/new")
@requires_power("serve_listing_notice")
def new_listing_notice(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of the notice."""
    return show_form(request, _form(request, subject_id, listing_id, "serve_listing_notice"))


@router.post(f"{LISTING}/notices")
@requires_power("serve_listing_notice")
def serve_listing_notice(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Record that the notice was served."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, decisions.serve_listing_notice, subject_id, context, listing_id=listing_id,
            document_no=fields.text("document_no", required=True), served_on=fields.day("served_on"),
            method=fields.choice("method", dict(METHODS)), receipt=fields.text("receipt"),
            consent=fields.text("consent"), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "serve_listing_notice"), act)


@router.get(f"{LISTING}/statements/new")
@requires_power("receive_listing_statement")
def new_listing_statement(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of the statement."""
    return show_form(request, _form(request, subject_id, listing_id, "receive_listing_statement"))


@router.post(f"{LISTING}/statements")
@requires_power("receive_listing_statement")
def receive_listing_statement(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Record the subject's statement or defence."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, decisions.receive_listing_statement, subject_id, context, listing_id=listing_id,
            received_on=fields.day("received_on"), summary=fields.text("summary", required=True),
            seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "receive_listing_statement"), act)


@router.get(f"{LISTING}/reviews/new")
@requires_power("review_legality")
def new_legality_review(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of the legality review."""
    return show_form(request, _form(request, subject_id, listing_id, "review_legality"))


@router.post(f"{LISTING}/reviews")
@requires_power("review_legality")
def review_legality(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Give the legality opinion."""

    def act(fields: Fields, context: Context) -> Receipt:
        opinion = cast(Literal["lawful", "not_lawful"], fields.choice("opinion", dict(OPINIONS)))
        return perform(
            request, decisions.review_legality, subject_id, context, listing_id=listing_id, opinion=opinion,
            reasons=fields.text("reasons", required=True), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "review_legality"), act)


@router.get(f"{LISTING}/decisions/new")
@requires_power("decide_listing")
def new_listing_decision(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of the decision, with what the listing will do."""
    return show_form(request, _form(request, subject_id, listing_id, "decide_listing"))


@router.post(f"{LISTING}/decisions")
@requires_power("decide_listing")
def decide_listing(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Decide to list or not to list."""

    def act(fields: Fields, context: Context) -> Receipt:
        outcome = cast(Literal["list", "not_list"], fields.choice("outcome", dict(OUTCOMES)))
        return perform(
            request, decisions.decide_listing, subject_id, context, listing_id=listing_id, outcome=outcome,
            document_no=fields.text("document_no", required=True), facts=fields.text("facts", required=True),
            measures_warned=fields.text("measures_warned"),
            removal_conditions=fields.text("removal_conditions", required=True),
            remedies=fields.text("remedies", required=True), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "decide_listing"), act)


@router.get(f"{LISTING}/services/new")
@requires_power("list_subject")
def new_listing_service(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of service, with what the listing will do."""
    return show_form(request, _form(request, subject_id, listing_id, "list_subject"))


@router.post(f"{LISTING}/services")
@requires_power("list_subject")
def list_subject(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Record that the decision was served: the subject is listed."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, service.list_subject, subject_id, context, listing_id=listing_id,
            served_on=fields.day("served_on"), method=fields.choice("method", dict(METHODS)),
            repair_notice_served=fields.flag("repair_notice_served"), receipt=fields.text("receipt"),
            consent=fields.text("consent"), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "list_subject"), act)


@router.get(f"{LISTING}/received-decisions/new")
@requires_power("receive_listing_decision")
def new_received_decision(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of the answer to a proposal upward."""
    return show_form(request, _form(request, subject_id, listing_id, "receive_listing_decision"))


@router.post(f"{LISTING}/received-decisions")
@requires_power("receive_listing_decision")
def answer_upward_listing(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Record the designating body's answer to the bureau's proposal."""
    _, one = listing_of(request, subject_id, listing_id)

    def act(fields: Fields, context: Context) -> Receipt:
        return received(request, subject_id, listing_id, fields, context, one.list_type, seen_of(fields))

    return submit(request, _form(request, subject_id, listing_id, "receive_listing_decision"), act)


@router.get(f"{LISTING}/revocations/new")
@requires_power("revoke_listing")
def new_listing_revocation(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of a revocation."""
    return show_form(request, _form(request, subject_id, listing_id, "revoke_listing"))


@router.post(f"{LISTING}/revocations")
@requires_power("revoke_listing")
def revoke_listing(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Revoke a listing whose basis fell away."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, exits.revoke_listing, subject_id, context, listing_id=listing_id,
            document_no=fields.text("document_no", required=True), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "revoke_listing"), act)


@router.get(f"{LISTING}/received-exits/new")
@requires_power("receive_exit_decision")
def new_received_exit(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of a decision to lift, received from the body that designated."""
    return show_form(request, _form(request, subject_id, listing_id, "receive_exit_decision"))


@router.post(f"{LISTING}/received-exits")
@requires_power("receive_exit_decision")
def receive_exit_decision(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Record that the designating body took the subject off its list."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, exits.receive_exit_decision, subject_id, context, listing_id=listing_id,
            cause=cast(Literal["repair", "revocation"], fields.choice("cause", dict(LIFTED))),
            body=fields.text("body", required=True), document_no=fields.text("document_no", required=True),
            decided_on=fields.day("decided_on"), effective_on=fields.day("effective_on"), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "receive_exit_decision"), act)


@router.get(f"{LISTING}/deregistrations/new")
@requires_power("exit_deregistered")
def new_deregistration(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """The form of an exit by deregistration."""
    return show_form(request, _form(request, subject_id, listing_id, "exit_deregistered"))


@router.post(f"{LISTING}/deregistrations")
@requires_power("exit_deregistered")
def exit_deregistered(request: Request, subject_id: UUID, listing_id: str) -> Response:
    """Record that the subject left the list because it was deregistered."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, exits.exit_deregistered, subject_id, context, listing_id=listing_id,
            deregistered_on=fields.day("deregistered_on"), document_no=fields.text("document_no", required=True),
            seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, listing_id, "exit_deregistered"), act)


# Forms


def _form(request: Request, subject_id: UUID, listing_id: str, act: str) -> ActForm:
    file, one = listing_of(request, subject_id, listing_id)
    profile, context = check_registered(file), context_of(request, request_id=None)
    noun, fields = FIELDS[act]
    back = address_of(subject_id, "listings", listing_id)
    told = case_told(file, context, listing_id)
    if act == "decide_listing":
        fields = tuple(
            replace(asked, value=remedies_text(context)) if asked.name == "remedies" else asked for asked in fields
        )
    follows = listed_told(file, one, context) if act in ("decide_listing", "list_subject") else ()
    barred = barred_of(act, file, one, context)
    groups = (Group(("", ""), fields),)
    return ActForm(
        act, f"{back}/{noun}", back, profile.name, profile.code, groups, one.version, told, follows, barred,
        case_no=one.origin.case_no or "",
    )  # fmt: skip


def barred_of(act: str, file: CreditFile, one: Listing, context: Context) -> Refused | None:
    """Why the decision cannot be taken at all today; for the two that announce what will happen."""
    if act == "decide_listing":
        return why_not(
            decisions.decide_listing, file, context, listing_id=one.listing_id, outcome="not_list", document_no="",
            facts="", removal_conditions="", remedies="",
        )  # fmt: skip
    if act == "list_subject":
        return why_not(
            service.list_subject, file, context, listing_id=one.listing_id, served_on=context.today,
            method=METHODS[0][0], repair_notice_served=True,
        )  # fmt: skip
    return None
