"""Approving an erasure (批准删除): the leader sees how many sealed texts go, and in how many files, before signing."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, requires_power
from api.desk import context_of, perform
from api.forms import Fields
from api.officer.act_form import ActForm, Asked, Group, Told, seen_of, show_form, submit
from api.officer.acts.protection import erasure_told
from api.officer.addresses import address_of
from api.officer.subjects import registered_file
from api.parts import parts_of
from domain.context import Context
from domain.credit_file.erasure import ErasureUnknown, ScopeNotSeen, approve_erasure
from domain.register.acts import Receipt

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
BASE = "/officer/subjects/{subject_id}/erasures/{erasure_id}/approvals"


@router.get(f"{BASE}/new")
@requires_power("approve_erasure")
def new_erasure_approval(request: Request, subject_id: UUID, erasure_id: str) -> Response:
    """The form with the scope as it is now."""
    form, _, _ = _form(request, subject_id, erasure_id)
    return show_form(request, form)


@router.post(BASE)
@requires_power("approve_erasure")
def approve_erasure_of(request: Request, subject_id: UUID, erasure_id: str) -> Response:
    """Approve the scope as it was shown; refused where more has come since (ScopeNotSeen)."""
    form, texts, streams = _form(request, subject_id, erasure_id)

    def act(fields: Fields, context: Context) -> Receipt:
        if (fields.number("texts"), fields.number("streams")) != (texts, streams):
            raise ScopeNotSeen(texts=texts)
        return perform(
            request, approve_erasure, subject_id, context,
            erasure_id=erasure_id, texts=texts, streams=streams, seen=seen_of(fields),
        )  # fmt: skip

    return submit(request, form, act)


def _form(request: Request, subject_id: UUID, erasure_id: str) -> tuple[ActForm, int, int]:
    """The form and the scope. Refused, in this order: NotYourArea, SubjectUnknown, ErasureUnknown."""
    file = registered_file(request, subject_id)
    one, profile = file.erasures.get(erasure_id), file.profile
    if one is None:
        raise ErasureUnknown
    assert profile is not None
    texts, streams = parts_of(request).register.sealed_with(one.proposed.key_id)
    scope = Group(("范围", "Scope"), (
        Asked("texts", ("将不能再读的加密信息（处）", "Sealed texts lost"), "number", required=True, value=str(texts)),
        Asked("streams", ("涉及的档案（份）", "Files they stand in"), "number", required=True, value=str(streams)),
    ))  # fmt: skip
    back = address_of(subject_id, "erasures", erasure_id)
    told = (
        *erasure_told(file, context_of(request, request_id=None), erasure_id),
        Told(("后果", "What follows"), ("密钥销毁后无人能恢复；档案其余部分不变",
                                       "once the key is destroyed nobody can undo it; the rest of the file stands")),
    )  # fmt: skip
    form = ActForm(
        "approve_erasure", f"{back}/approvals", back, profile.name, profile.code, (scope,), one.version, told
    )
    return form, texts, streams
