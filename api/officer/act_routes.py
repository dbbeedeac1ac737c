"""The routes of every act that has a row: its form under ``…/new``, and what the form is sent to.

Each is declared for the roles that hold the act. The register asks again, of the officer and of the file as it then is.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, form_of, requires_power
from api.arguments import arguments_of
from api.desk import context_of, id_of, perform
from api.forms import Fields
from api.officer.act_form import ActForm, as_seen, show_form, submit, version_of
from api.officer.act_offers import KINDS, PAGES_BY_HAND, asked_of, cases_of, groups_of, has_page
from api.officer.act_table import OfficerAct
from api.officer.act_values import check_row, values_of
from api.officer.acts import ACTS
from api.officer.addresses import address_of
from api.officer.subjects import registered_file
from api.parts import parts_of
from domain.context import Context
from domain.credit_code import clean
from domain.refusals import Refused, SubjectUnknown
from domain.register.acts import Receipt

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)


class NoSuchCase(Refused):
    zh = "档案中没有这一件；请从主体档案进入。"
    en = "The file has no such case; start from the subject's file."
    kind = "unknown"


def form_of_row(request: Request, row: OfficerAct, subject_id: UUID, case_id: str) -> ActForm:
    """The form of the act. Refused, in this order: NotYourArea, SubjectUnknown, NoSuchCase."""
    file, context = registered_file(request, subject_id), context_of(request, request_id=None)
    profile, about = file.profile, (row.collection, case_id) if row.collection else ()
    assert profile is not None
    if row.collection and case_id not in cases_of(file, row.collection):
        raise NoSuchCase
    back = address_of(subject_id, *(about if has_page(row.collection) else ()))
    return ActForm(
        row.decide.__name__, address_of(subject_id, *about, row.noun), back, profile.name, profile.code,
        groups_of(row, file, context), version_of(file, case_id) if row.collection else file.version,
        row.told(file, context, case_id) if row.told else (),
    )  # fmt: skip


def send_row(request: Request, row: OfficerAct, subject_id: UUID, case_id: str) -> Response:
    """Take the decision with what was typed; what it created is shown where it has a page."""
    form = form_of_row(request, row, subject_id, case_id)

    def act(fields: Fields, context: Context) -> Receipt:
        values = values_of(row, fields, case_id, asked_of(form.groups))
        for name, code in row.subjects.items():
            values[name] = subject_of(request, fields.text(code))
        decide = row.decide
        if row.collection and "seen" not in arguments_of(decide):
            decide = as_seen(decide, case_id, fields.number("seen"))
        return perform(request, decide, subject_id, context, **values)

    def made() -> str:
        new_id = str(id_of(Fields(form_of(request)).uuid("request_id"), row.creates))
        file = registered_file(request, subject_id)
        pages = (*KINDS, *sorted(PAGES_BY_HAND))
        collection = next((one for one in pages if new_id in getattr(file, one)), "")
        return address_of(subject_id, collection, new_id) if collection else form.back

    return submit(request, form, act, made if row.creates else None)


def subject_of(request: Request, code: str) -> UUID:
    """The subject that bears or bore the code. Refused: SubjectUnknown."""
    found = parts_of(request).register.subject_by_code(clean(code))
    if found is None:
        raise SubjectUnknown
    return found


def add_routes(row: OfficerAct) -> None:
    """The two routes of one act."""
    act, base = row.decide.__name__, "/officer/subjects/{subject_id}"
    if row.collection:
        base += f"/{row.collection}/{{case_id}}"

    def new_of(request: Request, subject_id: UUID, case_id: str = "") -> Response:
        return show_form(request, form_of_row(request, row, subject_id, case_id))

    def send_of(request: Request, subject_id: UUID, case_id: str = "") -> Response:
        return send_row(request, row, subject_id, case_id)

    router.get(f"{base}/{row.noun}/new")(_named(new_of, f"new_{act}", act))
    router.post(f"{base}/{row.noun}")(_named(send_of, act, act))


def _named(endpoint: Callable[..., Response], name: str, act: str) -> Callable[..., Response]:
    """Without a case in its path, the framework would take the case from the query: nothing reads it there."""
    endpoint.__name__ = name
    return requires_power(act)(endpoint)


for _row in ACTS:
    check_row(_row)
    add_routes(_row)
