"""Sign in (登录), sign out, and choose on whose behalf to act."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.access import FORM_COOKIE, DeclaredRoute, form_of, officer_of, public, requires
from api.accounts import SESSION_MAX, Accounts
from api.identity import COOKIE, powers_lent_to, token_of
from api.parts import parts_of
from api.rendering import form_again, local_path, page
from domain.officer import ROLES
from domain.refusals import Refused

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)

ANY_OFFICER = tuple(role for role in ROLES if role != "system")
DESK = "/desk"
FIRST_PAGES = {"auditor": "/audit", "administrator": "/about"}
"""Where a role's work begins, unless it is the worklist."""


class PowerNotLent(Refused):
    zh = "该权限今天没有委托给您；请重新选择。"
    en = "This power is not lent to you today; choose again."
    field = "acting_for"
    kind = "forbidden"


@router.get("/sign-in")
@public
def show_sign_in(request: Request, next: str = DESK) -> Response:
    """The form, with a token that is also a cookie: another site can set neither to match the other."""
    token = request.cookies.get(FORM_COOKIE) or parts_of(request).clock.token()
    response = page(request, "sign_in/sign_in.html", token=token, next_path=local_path(next))
    response.set_cookie(FORM_COOKIE, token, httponly=True, samesite="lax", secure=_is_https(request), path="/sign-in")
    return response


@router.post("/sign-in")
@public
def sign_in(request: Request) -> Response:
    """Open a session. A session that the browser already had is ended: a new one never continues an old one."""
    parts, form = parts_of(request), form_of(request)
    accounts, now = Accounts(parts.pool), parts.clock.now()
    officer_id, password = str(form.get("officer_id", "")).strip(), str(form.get("password", ""))
    next_path = local_path(str(form.get("next", DESK)))
    address = request.client.host if request.client else ""
    try:
        account = accounts.check_password(officer_id, password, address, now)
    except Refused as refusal:
        token = request.cookies.get(FORM_COOKIE, "")
        return form_again(request, "sign_in/sign_in.html", refusal, token=token, next_path=next_path)
    old, _ = token_of(request)
    if old:
        accounts.end_session(old)
    token = parts.clock.token()
    accounts.open_session(account.officer_id, token, now)
    response = RedirectResponse(next_path, 303, {"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE, token, max_age=int(SESSION_MAX.total_seconds()), httponly=True, samesite="lax",
        secure=_is_https(request),
    )  # fmt: skip
    return response


@router.get(DESK)
@requires(*ANY_OFFICER)
def open_desk(request: Request) -> Response:
    """Go where the officer's work begins: whose role may not open the worklist is not sent there."""
    first = FIRST_PAGES.get(officer_of(request).officer.role, "/officer")
    return RedirectResponse(first, 303, {"Cache-Control": "no-store"})


@router.post("/sign-out")
@requires(*ANY_OFFICER)
def sign_out(request: Request) -> Response:
    """End the session on the server; the cookie left behind opens nothing."""
    Accounts(parts_of(request).pool).end_session(token_of(request)[0])
    response = RedirectResponse("/", 303, {"Cache-Control": "no-store", "Clear-Site-Data": '"cache"'})
    response.delete_cookie(COOKIE)
    return response


@router.get("/sign-in/powers")
@requires(*ANY_OFFICER)
def show_powers(request: Request) -> Response:
    """The powers lent to the officer today."""
    return page(request, "sign_in/choose_power.html", lent=powers_lent_to(parts_of(request), _own_id(request)))


@router.post("/sign-in/powers")
@requires(*ANY_OFFICER)
def choose_power(request: Request) -> Response:
    """Act on somebody's behalf from now on, or for oneself again."""
    parts = parts_of(request)
    chosen = str(form_of(request).get("acting_for", ""))
    lent = powers_lent_to(parts, _own_id(request))
    if chosen and not any(hmac.compare_digest(one.officer_id.encode(), chosen.encode()) for one in lent):
        return form_again(request, "sign_in/choose_power.html", PowerNotLent(), lent=lent)
    Accounts(parts.pool).act_for(token_of(request)[0], chosen or None)
    return RedirectResponse(DESK, 303, {"Cache-Control": "no-store"})


def _own_id(request: Request) -> str:
    """Account of the person at the keyboard: acting for another, they stay themselves."""
    return officer_of(request).officer.officer_id


def _is_https(request: Request) -> bool:
    return request.url.scheme == "https"
