"""Sign in of programs: a token for an officer's password, to be sent as `Authorization: Bearer …`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from api.access import DeclaredRoute, public, requires
from api.accounts import Accounts
from api.identity import token_of
from api.parts import parts_of
from api.sign_in import ANY_OFFICER
from api.v1.shapes import Credentials, Error, SessionTold

REFUSALS: dict[int | str, dict[str, Any]] = {
    403: {"model": Error, "description": "account or password is wrong"},
    429: {"model": Error, "description": "too many failed tries"},
}

router = APIRouter(route_class=DeclaredRoute, prefix="/api/v1/sessions", tags=["sessions"])


@router.post("", status_code=201, responses={**REFUSALS, 422: {"model": Error, "description": "malformed"}})
@public
def open_session(request: Request, response: Response, body: Credentials) -> SessionTold:
    """Open a session."""
    parts = parts_of(request)
    accounts, now = Accounts(parts.pool), parts.clock.now()
    address = request.client.host if request.client else ""
    account = accounts.check_password(body.officer_id, body.password, address, now)
    token = parts.clock.token()
    response.headers["Cache-Control"] = "no-store"
    return SessionTold(token=token, ends_at=accounts.open_session(account.officer_id, token, now))


@router.delete("/current", status_code=204, responses={401: {"model": Error, "description": "no session"}})
@requires(*ANY_OFFICER)
def end_session(request: Request) -> None:
    """End the session of the token that is sent."""
    Accounts(parts_of(request).pool).end_session(token_of(request)[0])
