"""Why somebody read a file: asked where no case is open, and written to the log with every reading.

A log line, no event: readings as facts of the register come with a later issue. The purpose is chosen from a list, so
that no line holds what should not be in it.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.access import officer_of
from api.officer.words import PURPOSES
from api.refusal_pages import request_id_of
from api.requests import logger
from domain.refusals import Refused

COOKIE = "xinlu_purpose"
LOG = logger()


class ReasonNotChosen(Refused):
    zh = "请选择查阅事由；内部档案须有事由才能查阅。"
    en = "Choose the reason for reading; internal files are read for a reason."
    field = "purpose"


def purpose_of(request: Request) -> str | None:
    """The purpose this officer stated for this subject in this browser, None where none was."""
    who, _, purpose = request.cookies.get(COOKIE, "").rpartition(":")
    return purpose if purpose in dict(PURPOSES) and who == officer_of(request).officer.officer_id else None


def purpose_cookie(request: Request, response: Response, subject_id: UUID, purpose: str) -> None:
    """Remember the purpose for one subject: the cookie is sent with its pages only."""
    who = officer_of(request).officer.officer_id
    response.set_cookie(
        COOKIE, f"{who}:{purpose}", path=f"/officer/subjects/{subject_id}", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def note_reading(request: Request, subject_id: UUID, purpose: str) -> None:
    """Write who read which file, and why."""
    officer = officer_of(request).officer
    LOG.info(
        "file_read", officer=officer.officer_id, on_behalf_of=officer.on_behalf_of, subject=str(subject_id),
        purpose=purpose, request_id=request_id_of(request),
    )  # fmt: skip
