"""Repair (信用修复): the inbox, the receipt of an application, the case page and each step of it."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, form_of, requires, requires_power
from api.desk import context_of, go_to, id_of, perform, reading_of
from api.forms import Fields, NotAChoice
from api.officer.act_form import (
    ActForm,
    Asked,
    Group,
    filing_context,
    instant,
    instant_or_none,
    many_of,
    seen_of,
    show_form,
    submit,
)  # fmt: skip
from api.officer.act_offers import steps_of
from api.officer.acts.measure import measure_told
from api.officer.reading_log import note_reading
from api.officer.repair_case import CaseShown, case_shown
from api.officer.repair_told import course_of
from api.officer.subject_file import address_of
from api.officer.subjects import registered_file
from api.officer.words import STAGES, Words, event_words, outcome_words
from api.officer.worklist import OFFICERS, todos_of
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.rendering import form_again, page
from domain.context import Context
from domain.credit_file import repair_decisions as decisions
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import check_registered
from domain.credit_file.repair import Repair, RepairReceived, Verified
from domain.credit_file.repair_application import AppliedFor, name_of, receive_application, siblings
from domain.credit_file.repair_decisions import RepairUnknown
from domain.law.reading import Reading
from domain.refusals import Refused
from domain.register.acts import Receipt
from projections.views import case_history

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
CASE = "/officer/subjects/{subject_id}/repairs/{repair_id}"
STEPS = ("accept", "ask", "came", "decline", "verify", "grant", "refuse", "feed")
STEP_ACTS = (
    "accept_repair", "ask_supplement", "supplement_repair", "not_accept_repair", "verify_repair", "decide_repair",
    "send_feedback",
)  # fmt: skip


@router.get("/officer/repairs")
@requires(*OFFICERS)
def show_repairs(request: Request) -> Response:
    """The cases of repair that wait for a step, the most pressing first."""
    lines = todos_of(request, ("repair",))
    return page(
        request, "officer/repairs/show_repairs.html", mine=[one for one in lines if one.todo.when != "waiting"],
        others=[one for one in lines if one.todo.when == "waiting"],
    )  # fmt: skip


@router.get("/officer/subjects/{subject_id}/repairs/new")
@requires_power("receive_repair")
def new_repair(request: Request, subject_id: UUID) -> Response:
    """The form of an application pushed by 信用中国 or made at the window."""
    return show_form(request, _received_form(request, subject_id))


@router.post("/officer/subjects/{subject_id}/repairs")
@requires_power("receive_repair")
def receive_repair(request: Request, subject_id: UUID) -> Response:
    """Record an application."""
    form = _received_form(request, subject_id)
    repair_id = str(id_of(Fields(form_of(request)).uuid("request_id"), "repair_id"))

    def act(fields: Fields, context: Context) -> Receipt:
        offered = [one for one, _ in form.groups[0].fields[0].options]
        target, also = fields.choice("target_id", offered), many_of(fields, "also", offered)
        file = registered_file(request, subject_id)
        at_window = fields.choice("channel", ("credit_china", "window")) == "window"
        applied: dict[str, Any] = {
            "channel": "window" if at_window else "credit_china",
            "external_no": fields.text("external_no"),
            "applied_at": instant(fields, "applied_at"),
            "pushed_at": None if at_window else instant_or_none(fields, "pushed_at"),
            "papers": many_of(fields, "papers", _paper_codes(reading_of(request))),
        }
        if not [one for one in also if one != target]:
            application = RepairReceived(
                repair_id=repair_id, target_id=target, target_kind=_kind_of(file, target),
                application_no=fields.text("application_no"), **applied,
            )  # fmt: skip
            return perform(request, decisions.receive_repair, subject_id, context, application=application)
        entries = [AppliedFor(repair_id=repair_id, target_id=target, target_kind=_kind_of(file, target))]
        for one in also:
            # The first case is the request's own; each further one follows from the request and its entry.
            sibling = str(id_of(fields.uuid("request_id"), f"repair_id {one}"))
            if one != target:
                entries.append(AppliedFor(repair_id=sibling, target_id=one, target_kind=_kind_of(file, one)))
        return perform(
            request, receive_application, subject_id, context, application_no=fields.text("application_no"),
            entries=tuple(entries), **applied,
        )  # fmt: skip

    return submit(request, form, act, address_of(subject_id, "repairs", repair_id))


@router.get(CASE)
@requires(*OFFICERS)
def show_repair(request: Request, subject_id: UUID, repair_id: str) -> Response:
    """The case: two clocks, facts, papers, checks, what a grant would do, and the choices.

    Refused, in this order: NotYourArea, SubjectUnknown, RepairUnknown.
    """
    note_reading(request, subject_id, "open_case")
    return page(request, "officer/repairs/show_repair.html", **_case_values(request, subject_id, repair_id))


@router.post(f"{CASE}/steps")
@requires_power(*STEP_ACTS)
def take_repair_step(request: Request, subject_id: UUID, repair_id: str) -> Response:
    """Take the step that was chosen; whether its officer may take it is the register's question."""
    fields = Fields(form_of(request))
    repair_of(request, subject_id, repair_id)
    try:
        receipt = _take(request, subject_id, repair_id, fields, filing_context(request, fields))
    except Refused as refusal:
        values = _case_values(request, subject_id, repair_id)
        return form_again(request, "officer/repairs/show_repair.html", refusal, **values)
    return go_to(address_of(subject_id, "repairs", repair_id), receipt)


def _take(request: Request, subject_id: UUID, repair_id: str, fields: Fields, context: Context) -> Receipt:
    step, seen = fields.choice("step", STEPS), seen_of(fields)
    note = fields.text("note")
    match step:
        case "accept":
            return perform(request, decisions.accept_repair, subject_id, context, repair_id=repair_id, seen=seen)
        case "ask":
            decide = decisions.ask_supplement
            return perform(request, decide, subject_id, context, repair_id=repair_id, note=note, seen=seen)
        case "came":
            papers = many_of(fields, "papers", _paper_codes(context.rules))
            if not papers:
                raise NotAChoice("papers")
            return perform(
                request, decisions.supplement_repair, subject_id, context, repair_id=repair_id, papers=papers, seen=seen
            )
        case "decline":
            return perform(
                request, decisions.not_accept_repair, subject_id, context, repair_id=repair_id, note=note, seen=seen
            )
        case "verify":
            findings = _findings(request, subject_id, repair_id, fields, context)
            return perform(
                request, decisions.verify_repair, subject_id, context, repair_id=repair_id, findings=findings, seen=seen
            )
        case "feed":
            receipt = fields.text("receipt", required=True)
            decide_feedback = decisions.send_feedback
            return perform(
                request, decide_feedback, subject_id, context, repair_id=repair_id, receipt=receipt, seen=seen
            )
        case _:
            outcome: Literal["granted", "refused"] = "granted" if step == "grant" else "refused"
            return perform(
                request, decisions.decide_repair, subject_id, context, repair_id=repair_id, outcome=outcome,
                document_no=fields.text("document_no", required=True), reasons=note, seen=seen,
            )  # fmt: skip


def _findings(
    request: Request, subject_id: UUID, repair_id: str, fields: Fields, context: Context
) -> tuple[Verified, ...]:
    file, case = repair_of(request, subject_id, repair_id)
    codes = [one.code for one in case_shown(file, case, context).checks if one.asks_finding]
    return tuple(
        Verified(
            condition=one, holds=fields.choice(f"finding-{one}", ("yes", "no")) == "yes",
            note=fields.text(f"finding-note-{one}"),
        )
        for one in codes
    )  # fmt: skip


def repair_of(request: Request, subject_id: UUID, repair_id: str) -> tuple[CreditFile, Repair]:
    """The file and the case. Refused, in this order: NotYourArea, SubjectUnknown, RepairUnknown."""
    file = registered_file(request, subject_id)
    case = file.repairs.get(repair_id)
    if case is None:
        raise RepairUnknown
    return file, case


def _case_values(request: Request, subject_id: UUID, repair_id: str) -> dict[str, Any]:
    file, case = repair_of(request, subject_id, repair_id)
    context = context_of(request, request_id=None)
    shown = case_shown(file, case, context)
    with snapshot(parts_of(request)) as connection:
        history = case_history.of_case(connection, subject_id, repair_id)
        where = positions_in(connection)
    names = reading_of(request).rulebook.code_list("repair_papers")
    return {
        "where": where, "file": file, "case": case, "shown": shown, "stage": STAGES[case.stage], "steps": history,
        "says": standing_words(case, shown), "event_words": event_words, "outcome_words": outcome_words,
        "course": course_of(case), "actions": steps_of(file, context, "repairs", repair_id),
        "siblings": [(one, name_of(file, one.received.target_id)) for one in siblings(file, case)],
        "measures": measures_told(file, case, context),
        "paper_names": [(one.code, (one.zh, one.en)) for one in names.values()],
    }  # fmt: skip


def standing_words(case: Repair, shown: CaseShown) -> Words:
    """The case in one sentence: what has to be done until when, and what stands against it."""
    result = result_words(case)
    if case.stage == "closed":
        return (f"{result[0]}。", f"{result[1]}.") if result[0] else ("已办结。", "Closed.")
    running = next((one for one in shown.clocks if not one.stopped and one.due is not None), None)
    until = (f"{running.due.on} 前须", f"by {running.due.on}: ") if running and running.due else ("须", "")
    todo = {
        "received": ("决定是否受理", "decide on acceptance"), "supplement": ("等申请人补正", "papers are to come"),
        "accepted": ("核实并答复", "verify and answer"), "verified": ("决定并答复", "decide and answer"),
        "feedback": ("返还修复结果", "feed back the result"),
    }[case.stage]  # fmt: skip
    if result[0] or not shown.checks:
        lead = (f"{result[0]}；", f"{result[1]}; ") if result[0] else ("", "")
        return (f"{lead[0]}{until[0]}{todo[0]}。", f"{lead[1]}{until[1]}{todo[1]}.")
    failed, asked = len(shown.failed), 0 if case.verified is not None else len(shown.unanswered)
    held = len(shown.checks) - failed - asked
    if asked:
        against = (f"{failed} 项核对不符合，", f"{failed} conditions do not hold, ") if failed else ("", "")
        return (
            f"{until[0]}{todo[0]}；{against[0]}{held} 项核对符合，{asked} 项待人工核实。",
            f"{until[1]}{todo[1]}; {against[1]}{held} hold, {asked} a person has to verify.",
        )
    if not failed:
        return (f"{until[0]}{todo[0]}；{held} 项核对全部符合。", f"{until[1]}{todo[1]}; all {held} conditions hold.")
    return (
        f"{until[0]}{todo[0]}；{failed} 项核对不符合，其余 {held} 项符合。",
        f"{until[1]}{todo[1]}; {failed} conditions do not hold, {held} do.",
    )


def result_words(case: Repair) -> Words:
    """How the case was concluded; ("", "") while it is open."""
    if case.revoked is not None:
        on = case.revoked.revoked_on
        return (f"修复已撤销，{on} 起不再视为修复", f"revoked: not repaired any more from {on} on")
    if case.withdrawn is not None:
        return ("申请人已撤回申请", "taken back by the applicant")
    if case.repaired is not None:
        on = case.repaired.effective_on
        return (f"已准予修复，{on} 起终止公示、停止使用", f"granted: ended everywhere from {on} on")
    if case.not_accepted is not None:
        first = case.not_accepted.first_possible_on
        more = (f"，首次可申请日 {first}", f", possible from {first}") if first else ("", "")
        return (f"已不予受理{more[0]}", f"declined{more[1]}")
    if case.decided is not None:
        return ("已不予修复，公示至期满", "refused: disclosed until its period ends")
    return ("", "")


def _received_form(request: Request, subject_id: UUID) -> ActForm:
    file, rules = registered_file(request, subject_id), reading_of(request)
    profile = check_registered(file)
    targets = [
        (one.entry_id, (f"处罚 {one.record.document_no}", f"penalty {one.record.document_no}"))
        for one in file.records.values()
        if one.is_penalty and one.annulled_on is None
    ]
    names = rules.rulebook.code_list("list_types")
    targets += [
        (one.listing_id, (f"{names[one.list_type].zh} {one.listed.decision_no}", names[one.list_type].en))
        for one in file.listings.values()
        if one.listed is not None and one.exited is None
    ]
    papers = rules.rulebook.code_list("repair_papers")
    about = Group(("申请", "Application"), (
        Asked("target_id", ("修复哪一项", "What is to be repaired"), "select", options=tuple(targets)),
        Asked("also", ("同一申请一并修复", "Also in this application"), "many", options=tuple(targets),
              hint=("一份申请涉及多项的，勾选其余各项；各项分别成案、分别决定",
                    "tick the others where one application covers several; each is a case and decided for itself")),
        Asked("application_no", ("申请编号", "Number of the application"),
              hint=("一并修复多项时填写，各案以此关联", "needed for several entries: it ties their cases together")),
        Asked("case_no", ("本局案号", "Case number"), required=True,
              hint=("如 修复〔2026〕0091", "such as 修复〔2026〕0091")),
        Asked("channel", ("渠道", "Channel"), "select",
              options=(("credit_china", ("信用中国推送", "pushed by Credit China")), ("window", ("窗口", "window")))),
        Asked("external_no", ("信用中国业务号", "Number at Credit China")),
        Asked("applied_at", ("申请时间", "Applied at"), "datetime-local", required=True),
        Asked("pushed_at", ("推送时间", "Pushed at"), "datetime-local",
              hint=("窗口收件不填", "leave empty at the window")),
    ))  # fmt: skip
    came = Group(("材料", "Papers"), (
        Asked("papers", ("已收到的材料", "Papers received"), "many",
              options=tuple((one.code, (one.zh, one.en)) for one in papers.values())),
    ))  # fmt: skip
    back = address_of(subject_id)
    return ActForm("receive_repair", f"{back}/repairs", back, profile.name, profile.code, (about, came))


def _kind_of(file: CreditFile, target_id: str) -> Literal["penalty", "listing"]:
    return "listing" if target_id in file.listings else "penalty"


def measures_told(file: CreditFile, case: Repair, context: Context) -> tuple[tuple[str, Words, Words], ...]:
    """The measures that rest on the entry: id, name, state."""
    found = []
    for one in file.measures.values():
        if one.applied.target_id == case.received.target_id:
            state, name, *_ = measure_told(file, context, one.measure_id)
            found.append((one.measure_id, name.value, state.value))
    return tuple(found)


def _paper_codes(rules: Reading) -> list[str]:
    return list(rules.rulebook.code_list("repair_papers"))
