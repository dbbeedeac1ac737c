"""Looking at one sealed field (查看敏感信息): for one purpose of the list, recorded before it is opened, shown once.

The answer is never kept: no page of an officer is, by the browser or between, and no log holds what a page says. Sent
again, the same form opens nothing: a second look is a second act.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, form_of, requires_power
from api.desk import context_of, perform
from api.forms import Fields
from api.officer.act_form import ActForm, Asked, Group, Told, show_form
from api.officer.acts.protection import place_words, places
from api.officer.addresses import address_of
from api.officer.subjects import registered_file
from api.parts import parts_of
from api.rendering import form_again, page
from domain.credit_file.file import CreditFile
from domain.credit_file.protection import PURPOSES, text_at, view_sensitive
from domain.event import Sealed
from domain.personal_data import sealed_in
from domain.refusals import Refused

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
BASE = "/officer/subjects/{subject_id}/looks"


class LookedAlready(Refused):
    zh = "这次查看已经记录并显示过；确需再看的，请重新选择并说明用途。"
    en = "This look was recorded and shown already; choose again and say what for, should you need another."


@router.get(f"{BASE}/new")
@requires_power("view_sensitive")
def new_look(request: Request, subject_id: UUID) -> Response:
    """The form: which field, and what for."""
    return show_form(request, _form(request, registered_file(request, subject_id)))


@router.post(BASE)
@requires_power("view_sensitive")
def look(request: Request, subject_id: UUID) -> Response:
    """Record the look, then open the field and show it once.

    If the process dies in between, a look is recorded that nobody had, never the other way round.
    """
    file = registered_file(request, subject_id)
    form, fields = _form(request, file), Fields(form_of(request))
    try:
        context = context_of(request, request_id=fields.uuid("request_id"))
        place, purpose = fields.text("place", required=True), fields.text("purpose", required=True)
        receipt = perform(request, view_sensitive, subject_id, context, place=place, purpose=purpose)
        if receipt.repeated:
            raise LookedAlready
        text = _opened(request, file, place, context.rules.lists(PURPOSES, context.today)[purpose].zh)
    except Refused as refusal:
        return form_again(
            request, "officer/act.html", refusal, form=form, confirmed=(), is_doubt=False, kept="", preview=None,
            told_lines=(),
        )  # fmt: skip
    return page(
        request, "officer/sealed_fields/look.html", file=file, text=text, words=place_words(text_at(file, place))
    )


def _opened(request: Request, file: CreditFile, place: str, purpose: str) -> str:
    """The text at the place. Refused, in this order: SealedTextUnknown, TextErased, KeyDestroyed, SealBroken."""
    register, at = parts_of(request).register, text_at(file, place)
    fact = register.history(file.subject_id)[at.version - 1]
    sealed: Sealed = dict(sealed_in(fact.event))[at.field]
    context = context_of(request, request_id=None)
    return register.vault.open(
        sealed, purpose, officer_id=context.officer.officer_id, stream=file.subject_id, version=at.version,
        field=at.field,
    )  # fmt: skip


def _form(request: Request, file: CreditFile) -> ActForm:
    context, profile = context_of(request, request_id=None), file.profile
    assert profile is not None
    purposes = context.rules.lists(PURPOSES, context.today).values()
    fields = (
        Asked("place", ("查看的信息", "Field"), "select", required=True,
              options=(("", ("请选择", "choose")), *places(file, context))),
        Asked("purpose", ("用途", "What for"), "select", required=True,
              options=tuple((one.code, (one.zh, one.en)) for one in purposes)),
    )  # fmt: skip
    told = (
        Told(("提示", "Note"), ("每次查看都记录查看人、信息和用途，内容只显示一次",
                              "each look is recorded with who, which field and what for; the text is shown once")),
    )  # fmt: skip
    back = address_of(file.subject_id)
    return ActForm(
        "view_sensitive", f"{back}/looks", back, profile.name, profile.code, (Group(("", ""), fields),), None, told,
        asks_evidence=False,
    )  # fmt: skip
