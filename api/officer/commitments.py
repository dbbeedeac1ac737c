"""Commitments (信用承诺): make, fulfil, and the procedure of a suspected breach, step by step."""

from __future__ import annotations

from typing import Literal, cast
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, officer_of, requires, requires_power
from api.desk import context_of, id_of, perform, reading_of
from api.forms import Fields
from api.officer.act_form import ActForm, Asked, Group, Told, many_of, seen_of, show_form, submit
from api.officer.act_offers import steps_of
from api.officer.acts.commitment import commitment_told
from api.officer.case_steps import step_of
from api.officer.reading_log import note_reading
from api.officer.subject_file import address_of
from api.officer.subjects import registered_file
from api.officer.words import COMMITMENT_STATES, METHODS, Words, event_words, outcome_words
from api.officer.worklist import OFFICERS
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.rendering import page
from domain.context import Context
from domain.credit_file import commitment as decisions
from domain.credit_file.commitment import Commitment, CommitmentMade, CommitmentUnknown, statement_until
from domain.credit_file.commitment_checks import CHANNELS, MATTERS
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import check_registered
from domain.law.answers import NoRule
from domain.register.acts import Receipt
from projections.views import case_history

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
CASE = "/officer/subjects/{subject_id}/commitments/{commitment_id}"
KINDS: tuple[tuple[str, Words], ...] = (
    ("false", ("虚假承诺", "false commitment")),
    ("not", ("未履行", "not performed")),
    ("partly", ("部分履行", "partly performed")),
)
EXTENTS: tuple[tuple[str, Words], ...] = (("full", ("全部履行", "in full")), ("partial", ("部分履行", "in part")))
DOCUMENT = Asked("document_no", ("文书号", "Document number"), required=True)
FACTS = Asked("facts", ("事实", "Facts"), "area", required=True)
CASE_NO = Asked("case_no", ("案号", "Case number"))


@router.get("/officer/subjects/{subject_id}/commitments/new")
@requires_power("make_commitment")
def new_commitment(request: Request, subject_id: UUID) -> Response:
    """The form of a commitment."""
    return show_form(request, _made_form(request, subject_id))


@router.post("/officer/subjects/{subject_id}/commitments")
@requires_power("make_commitment")
def make_commitment(request: Request, subject_id: UUID) -> Response:
    """Record a commitment."""

    def act(fields: Fields, context: Context) -> Receipt:
        texts = ("document_no", "matter", "content", "liability", "accepted_by", "commitment_type")
        channels = parts_of(request).rulebooks.in_use().code_list(CHANNELS)
        made = CommitmentMade(
            commitment_id=str(id_of(fields.uuid("request_id"), "commitment_id")),
            **{name: fields.text(name, required=True) for name in texts},
            **{name: fields.text(name) for name in ("matter_kind", "accepted_by_code", "benefit")},
            channels=many_of(fields, "channels", channels),
            perform_by=fields.day_or_none("perform_by"),
            made_on=fields.day("made_on"),
            valid_from=fields.day("valid_from"),
            valid_until=fields.day_or_none("valid_until"),
            may_disclose=fields.flag("may_disclose"),
        )
        return perform(request, decisions.make_commitment, subject_id, context, commitment=made)

    return submit(request, _made_form(request, subject_id), act)


@router.get(CASE)
@requires(*OFFICERS)
def show_commitment(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """One commitment: what was promised, what became of it, and which step is possible now."""
    file, one = commitment_of(request, subject_id, commitment_id)
    note_reading(request, subject_id, "open_case")
    context, officer = context_of(request, request_id=None), officer_of(request).officer
    base = address_of(subject_id, "commitments", commitment_id)
    today = context.today
    steps = (
        step_of(decisions.fulfil_commitment, f"{base}/fulfilments/new", file, context, officer,
                commitment_id=commitment_id, fulfilled_on=today, extent="full"),
        step_of(decisions.serve_breach_notice, f"{base}/notices/new", file, context, officer,
                commitment_id=commitment_id, document_no="", facts="", served_on=today, method=""),
        step_of(decisions.receive_breach_statement, f"{base}/statements/new", file, context, officer,
                commitment_id=commitment_id, received_on=today, summary=""),
        step_of(decisions.breach_commitment, f"{base}/breaches/new", file, context, officer,
                commitment_id=commitment_id, document_no="", facts="", kind="not", consequence=""),
        *steps_of(file, context, "commitments", commitment_id),
    )  # fmt: skip
    with snapshot(parts_of(request)) as connection:
        history = case_history.of_case(connection, subject_id, commitment_id)
        where = positions_in(connection)
    return page(
        request, "officer/commitments/show_commitment.html", where=where, file=file, one=one, actions=steps,
        steps=history, state=COMMITMENT_STATES[one.state_on(today)], statement_until=_until(request, one),
        event_words=event_words, outcome_words=outcome_words,
    )  # fmt: skip


@router.get(f"{CASE}/fulfilments/new")
@requires_power("fulfil_commitment")
def new_fulfilment(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """The form of fulfilment."""
    return show_form(request, _form(request, subject_id, commitment_id, "fulfil_commitment"))


@router.post(f"{CASE}/fulfilments")
@requires_power("fulfil_commitment")
def fulfil_commitment(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """Record that a commitment was kept."""

    def act(fields: Fields, context: Context) -> Receipt:
        extent = cast(Literal["full", "partial"], fields.choice("extent", dict(EXTENTS)))
        return perform(
            request, decisions.fulfil_commitment, subject_id, context, commitment_id=commitment_id,
            fulfilled_on=fields.day("fulfilled_on"), extent=extent, seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, commitment_id, "fulfil_commitment"), act)


@router.get(f"{CASE}/notices/new")
@requires_power("serve_breach_notice")
def new_breach_notice(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """The form of the notice."""
    return show_form(request, _form(request, subject_id, commitment_id, "serve_breach_notice"))


@router.post(f"{CASE}/notices")
@requires_power("serve_breach_notice")
def serve_breach_notice(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """Record that the notice of a suspected breach was served."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, decisions.serve_breach_notice, subject_id, context, commitment_id=commitment_id,
            document_no=fields.text("document_no", required=True), facts=fields.text("facts", required=True),
            served_on=fields.day("served_on"), method=fields.choice("method", dict(METHODS)), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, commitment_id, "serve_breach_notice"), act)


@router.get(f"{CASE}/statements/new")
@requires_power("receive_breach_statement")
def new_breach_statement(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """The form of the statement."""
    return show_form(request, _form(request, subject_id, commitment_id, "receive_breach_statement"))


@router.post(f"{CASE}/statements")
@requires_power("receive_breach_statement")
def receive_breach_statement(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """Record the subject's statement."""

    def act(fields: Fields, context: Context) -> Receipt:
        return perform(
            request, decisions.receive_breach_statement, subject_id, context, commitment_id=commitment_id,
            received_on=fields.day("received_on"), summary=fields.text("summary", required=True),
            admits=fields.flag("admits"), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, commitment_id, "receive_breach_statement"), act)


@router.get(f"{CASE}/breaches/new")
@requires_power("breach_commitment")
def new_breach(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """The form of the finding, with what it brings about."""
    return show_form(request, _form(request, subject_id, commitment_id, "breach_commitment"))


@router.post(f"{CASE}/breaches")
@requires_power("breach_commitment")
def breach_commitment(request: Request, subject_id: UUID, commitment_id: str) -> Response:
    """Find the commitment breached."""

    def act(fields: Fields, context: Context) -> Receipt:
        kind = cast(Literal["false", "not", "partly"], fields.choice("kind", dict(KINDS)))
        return perform(
            request, decisions.breach_commitment, subject_id, context, commitment_id=commitment_id, kind=kind,
            document_no=fields.text("document_no", required=True), facts=fields.text("facts", required=True),
            consequence=fields.text("consequence", required=True), loss=fields.text("loss"),
            serious=fields.flag("serious"), seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, _form(request, subject_id, commitment_id, "breach_commitment"), act)


def commitment_of(request: Request, subject_id: UUID, commitment_id: str) -> tuple[CreditFile, Commitment]:
    """The file and the commitment. Refused, in this order: NotYourArea, SubjectUnknown, CommitmentUnknown."""
    file = registered_file(request, subject_id)
    one = file.commitments.get(commitment_id)
    if one is None:
        raise CommitmentUnknown
    return file, one


def _until(request: Request, one: Commitment) -> str:
    try:
        until = statement_until(one, reading_of(request))
    except NoRule:
        return ""
    return until.isoformat() if until is not None else ""


FORMS: dict[str, tuple[str, tuple[Asked, ...]]] = {
    "fulfil_commitment": ("fulfilments", (
        Asked("fulfilled_on", ("履行日期", "Fulfilled on"), "date", required=True),
        Asked("extent", ("程度", "Extent"), "select", options=EXTENTS),
    )),
    "serve_breach_notice": ("notices", (
        CASE_NO, DOCUMENT, FACTS,
        Asked("served_on", ("送达日期", "Served on"), "date", required=True),
        Asked("method", ("送达方式", "Method"), "select", options=METHODS),
    )),
    "receive_breach_statement": ("statements", (
        CASE_NO,
        Asked("received_on", ("收到日期", "Received on"), "date", required=True),
        Asked("summary", ("陈述、申辩要点", "Summary"), "area", required=True),
        Asked("admits", ("当事人表示不履行", "The subject declares that it will not perform"), "check"),
    )),
    "breach_commitment": ("breaches", (
        CASE_NO, DOCUMENT, Asked("kind", ("违诺类型", "Kind"), "select", options=KINDS), FACTS,
        Asked("consequence", ("处理结果", "Consequence"), "area", required=True),
        Asked("loss", ("造成的损失", "Harm done"), "area"),
        Asked("serious", ("后果严重（由分管领导认定）", "Serious consequence, found by the leader"), "check"),
    )),
}  # fmt: skip


def _form(request: Request, subject_id: UUID, commitment_id: str, act: str) -> ActForm:
    file, one = commitment_of(request, subject_id, commitment_id)
    profile = check_registered(file)
    noun, fields = FORMS[act]
    back = address_of(subject_id, "commitments", commitment_id)
    follows: tuple[Told, ...] = ()
    if act == "breach_commitment":
        follows = (
            Told(("承诺公示", "Disclosure"), ("自今日起不再作为履行中的承诺公示", "ends today")),
            Told(("监管等级", "Tier"), ("违诺计入监管等级（样例分级）", "the breach counts (sample)"), False),
        )
    told = commitment_told(file, context_of(request, request_id=None), commitment_id)
    return ActForm(
        act, f"{back}/{noun}", back, profile.name, profile.code, (Group(("", ""), fields),), one.version, told, follows
    )


def _made_form(request: Request, subject_id: UUID) -> ActForm:
    profile, rules = check_registered(registered_file(request, subject_id)), reading_of(request)
    today = parts_of(request).clock.today()
    types, matters, channels = (
        tuple((one.code, (one.zh, one.en)) for one in rules.lists(name, today).values())
        for name in ("commitment_types", MATTERS, CHANNELS)
    )
    fields = (
        Asked("commitment_type", ("承诺类型", "Type"), "select",
              options=types),
        DOCUMENT,
        Asked("matter", ("承诺事项", "Matter"), required=True),
        Asked("matter_kind", ("事项类别", "Kind of matter"), "select", options=(("", ("—", "—")), *matters)),
        Asked("accepted_by", ("承诺受理单位", "Taken by"), required=True),
        Asked("accepted_by_code", ("受理单位统一社会信用代码", "Its credit code")),
        Asked("content", ("承诺内容", "Content"), "area", required=True),
        Asked("liability", ("违诺责任", "Liability"), "area", required=True),
        Asked("made_on", ("作出日期", "Made on"), "date", required=True),
        Asked("valid_from", ("生效日期", "In force from"), "date", required=True),
        Asked("valid_until", ("截止日期", "Through"), "date", hint=("没有的不填", "leave empty for none")),
        Asked("perform_by", ("履行期限", "To be performed by"), "date",
              hint=("没有固定日期的不填", "leave empty for a conduct that never pauses")),
        Asked("benefit", ("因承诺取得的便利", "Granted on the strength of it"), hint=("没有的不填", "none: empty")),
        Asked("channels", ("同意的公开渠道", "Channels agreed"), "many", options=channels,
              hint=("不选为不限", "none chosen: any")),
        Asked("may_disclose", ("当事人同意公示，或规定要求公示", "The subject agreed, or the law asks it"),
              "check"),
    )  # fmt: skip
    back = address_of(subject_id)
    return ActForm(
        "make_commitment", f"{back}/commitments", back, profile.name, profile.code, (Group(("", ""), fields),)
    )
