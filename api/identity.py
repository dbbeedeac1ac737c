"""Who is asking (身份): the officer behind a request, from the session's token and the appointments on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import Request

from api.accounts import Accounts, Session, csrf_of
from api.parts import Parts, parts_of
from domain.casework import officers
from domain.casework.officers import Appointments
from domain.context import Officer
from domain.register.acts import StreamKind

OFFICERS: StreamKind[Appointments] = StreamKind(Appointments.empty, officers.fold)
COOKIE = "xinlu_session"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer at the keyboard.

    officer      who acts, in which role, for which area; with `on_behalf_of` where a lent power is used
    display_name, office   as pages name the person at the keyboard
    csrf         the token every form of the session carries
    is_bearer    whether a program sent its token itself: no other site can make it do so
    """

    officer: Officer
    display_name: str
    office: str
    csrf: str
    is_bearer: bool


@dataclass(frozen=True, slots=True)
class Lent:
    """A power lent to the officer at the keyboard: by whom, and what may be exercised."""

    officer_id: str
    display_name: str
    officer: Officer


def token_of(request: Request) -> tuple[str, bool]:
    """The session token a request carries, and whether it came as a bearer token; "" where there is none."""
    header = request.headers.get("authorization", "")
    if header.lower().startswith("bearer "):
        return header[7:].strip(), True
    return request.cookies.get(COOKIE, ""), False


def signed_in(request: Request) -> SignedIn | None:
    """The officer of the request, None for a stranger, an ended session, or somebody no longer in office."""
    if hasattr(request.state, "signed_in"):
        found: SignedIn | None = request.state.signed_in
        return found
    request.state.signed_in = found = _signed_in(request)
    return found


def _signed_in(request: Request) -> SignedIn | None:
    token, is_bearer = token_of(request)
    if not token:
        return None
    parts = parts_of(request)
    session = Accounts(parts.pool).session(token, parts.clock.now())
    if session is None:
        return None
    officer, own = _officer(parts, session, parts.clock.today())
    if officer is None or own.appointed is None:
        return None
    return SignedIn(officer, own.appointed.display_name, own.appointed.office, csrf_of(token), is_bearer)


def _officer(parts: Parts, session: Session, today: date) -> tuple[Officer | None, Appointments]:
    streams = [session.stream_id, *([session.acting_for_stream] if session.acting_for_stream else [])]
    held = parts.register.load_many_on(OFFICERS, streams)
    own = held[session.stream_id]
    if session.acting_for_stream is not None:
        lent = held[session.acting_for_stream].lent_to(session.officer_id, today)
        if lent is not None and own.in_office(today):
            return lent, own
    return own.as_officer(today), own


def powers_lent_to(parts: Parts, officer_id: str) -> list[Lent]:
    """The powers that others lent to the officer for today, by account name."""
    accounts = [one for one in Accounts(parts.pool).all() if one.officer_id != officer_id]
    held = parts.register.load_many_on(OFFICERS, [one.stream_id for one in accounts])
    found = []
    for account in accounts:
        appointments = held[account.stream_id]
        lent = appointments.lent_to(officer_id, parts.clock.today())
        if lent is not None and appointments.appointed is not None:
            found.append(Lent(account.officer_id, appointments.appointed.display_name, lent))
    return found
