"""Subjects (信用主体): find one, register one, read its file for a reason, record a new name."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.access import DeclaredRoute, form_of, officer_of, requires, requires_power
from api.desk import context_of, id_of, open_file, perform, reading_of
from api.disclosure.statements import division_words
from api.disclosure.words import SUBJECT_KINDS
from api.forms import Fields
from api.officer.act_form import ActForm, Asked, Group, confirmed_of, show_form, submit
from api.officer.reading_log import ReasonNotChosen, note_reading, purpose_cookie, purpose_of
from api.officer.subject_file import address_of, file_shown
from api.officer.words import PURPOSES, Words, event_words, outcome_words
from api.officer.worklist import OFFICERS
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.rendering import form_again, page
from domain.context import Context
from domain.credit_code import clean
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import register_subject as decide_registration
from domain.credit_file.profile_changes import STATUSES
from domain.officer import WHOLE_CITY, may
from domain.refusals import SubjectUnknown
from domain.register.acts import Receipt
from projections.views import case_history, subject_search

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
FOUND_MAX = 50
STEPS_MAX = 60
KINDS = ("organisation", "sole_trader")
"""Kinds of subject that the desk registers; a natural person comes in by import, sealed."""


@router.get("/officer/subjects")
@requires(*OFFICERS)
def search_subjects(request: Request, q: str = "") -> Response:
    """Find a subject; a county office finds its own only."""
    parts, officer, rules = parts_of(request), officer_of(request).officer, reading_of(request)
    with snapshot(parts) as connection:
        found = subject_search.find(connection, q.strip()[:64], limit=FOUND_MAX)
        where = positions_in(connection)
    seen = [one for one in found if officer.area in (WHOLE_CITY, one.division)]
    return page(
        request, "officer/subjects/search_subjects.html", where=where, asked=q.strip(), found=seen,
        divisions={one.division: division_words(rules, one.division) for one in seen},
        may_register=may(officer.role, "register_subject"), kinds=SUBJECT_KINDS,
    )  # fmt: skip


@router.get("/officer/subjects/new")
@requires_power("register_subject")
def new_subject(request: Request) -> Response:
    """The form that opens a file."""
    return show_form(request, _registration_form(request))


@router.post("/officer/subjects")
@requires_power("register_subject")
def register_subject(request: Request) -> Response:
    """Open a credit file. Refused as the decision."""
    form = _registration_form(request)
    made = id_of(Fields(form_of(request)).uuid("request_id"), "subject")

    def act(fields: Fields, context: Context) -> Receipt:
        division = fields.choice("division", dict(form.groups[0].fields[3].options))
        return perform(
            request, decide_registration, made, context,
            subject_kind="sole_trader" if fields.choice("subject_kind", KINDS) == "sole_trader" else "organisation",
            name=fields.text("name"), code=clean(fields.text("code", required=True)), division=division,
            representative=fields.text("representative"), business_no=fields.text("business_no"),
            organisation_code=fields.text("organisation_code"), tax_no=fields.text("tax_no"),
            institution_no=fields.text("institution_no"), society_no=fields.text("society_no"),
            confirmed=confirmed_of(fields),
        )  # fmt: skip

    return submit(request, form, act, address_of(made))


@router.get("/officer/subjects/{subject_id}")
@requires(*OFFICERS)
def show_subject(request: Request, subject_id: UUID) -> Response:
    """The whole file, what is not released too. Where no case is open, the reason for reading is asked first.

    Refused, in this order: NotYourArea, SubjectUnknown.
    """
    file = registered_file(request, subject_id)
    parts, rules = parts_of(request), reading_of(request)
    shown = file_shown(file, context_of(request, request_id=None))
    purpose = "open_case" if shown.has_open_case else purpose_of(request)
    if purpose is None:
        return page(request, "officer/subjects/ask_purpose.html", file=file, purposes=PURPOSES)
    note_reading(request, subject_id, purpose)
    with snapshot(parts) as connection:
        steps = case_history.of_subject(connection, subject_id, limit=STEPS_MAX)
        joined = subject_search.joined_to(connection, subject_id)
        where = positions_in(connection)
    assert file.profile is not None
    return page(
        request, "officer/subjects/show_subject.html", where=where, file=file, shown=shown,
        division=division_words(rules, file.profile.division), steps=steps[::-1], kind=SUBJECT_KINDS,
        event_words=event_words, outcome_words=outcome_words, joined=joined,
        subject_status=status_words(file, request),
    )  # fmt: skip


def status_words(file: CreditFile, request: Request) -> Words:
    """The status with the registration authority that was stated last; ("", "") where none was."""
    assert file.profile is not None
    stated = file.profile.status_on(parts_of(request).clock.today())
    if stated is None:
        return ("", "")
    name = reading_of(request).rulebook.code_list(STATUSES)[stated.changed.status]
    return (name.zh, name.en)


@router.post("/officer/subjects/{subject_id}/readings")
@requires(*OFFICERS)
def read_subject(request: Request, subject_id: UUID) -> Response:
    """State why the file is read; kept in the browser for this subject until it closes.

    Refused, in this order: NotYourArea, SubjectUnknown, ReasonNotChosen.
    """
    file = registered_file(request, subject_id)
    purpose = Fields(form_of(request)).text("purpose")
    if purpose not in dict(PURPOSES):
        return form_again(
            request, "officer/subjects/ask_purpose.html", ReasonNotChosen(), file=file, purposes=PURPOSES
        )
    response = RedirectResponse(address_of(subject_id), 303, {"Cache-Control": "no-store"})
    purpose_cookie(request, response, subject_id, purpose)
    return response


def registered_file(request: Request, subject_id: UUID) -> CreditFile:
    """The file of a registered subject. Refused, in this order: NotYourArea, SubjectUnknown."""
    file = open_file(request, subject_id)
    if file.profile is None:
        raise SubjectUnknown
    return file


def _registration_form(request: Request) -> ActForm:
    rules, area = reading_of(request), officer_of(request).officer.area
    divisions = tuple(
        (one.code, (one.zh, one.en))
        for one in rules.rulebook.code_list("divisions").values()
        if one.kind != "statistical" and area in (WHOLE_CITY, one.code)
    )
    kinds = rules.rulebook.code_list("subject_kinds")
    fields = (
        Asked("subject_kind", ("主体类别", "Kind"), "select",
              options=tuple((one, (kinds[one].zh, kinds[one].en)) for one in KINDS)),
        Asked("name", ("名称（按证照）", "Name as on the certificate"), required=True),
        Asked("code", ("统一社会信用代码", "Unified social credit code"), required=True),
        Asked("division", ("属地", "Division"), "select", options=divisions),
        Asked("representative", ("法定代表人", "Legal representative")),
    )  # fmt: skip
    others = (
        Asked("business_no", ("工商注册号", "Business number")),
        Asked("organisation_code", ("组织机构代码", "Organisation code")),
        Asked("tax_no", ("税务登记号", "Tax number")),
        Asked("institution_no", ("事业单位证书号", "Public institution number")),
        Asked("society_no", ("社会组织登记证号", "Society number")),
    )
    groups = (Group(("", ""), fields), Group(("其他号码（可以不填）", "Other numbers, optional"), others))
    return ActForm("register_subject", "/officer/subjects", "/officer/subjects", "", None, groups)
