"""Denied attempts are noted (被拒办理): who was refused an act for role, area or separation of duties leaves a fact.

Noted after the refusal and before the answer, once for each request. Where noting fails, the log has a line and the
answer is the same: a refusal never waits for its record.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from fastapi import Request

from api.access import acts_of
from api.identity import signed_in
from api.lines import logger
from api.parts import parts_of
from domain.casework import denials
from domain.casework.denials import Denial
from domain.context import Context, Filing
from domain.law.reading import Reading
from domain.officer import SYSTEM
from domain.refusals import Refused
from domain.register.acts import StreamKind

DENIALS: StreamKind[Denial] = StreamKind(Denial.empty, denials.fold)
E = TypeVar("E", bound=Callable[..., Any])
LOG = logger()
NOT_ABOUT_POWER = frozenset({"FormTokenWrong"})
"""Refusals of kind `forbidden` that say nothing of the officer's power."""


def noted(perform: E) -> E:
    """A way of performing an act that notes what it is denied, before anybody answers."""

    @wraps(perform)
    def perform_noted(
        request: Request, decide: Any, subject_id: UUID, context: Context, /, *args: Any, **kwargs: Any
    ) -> Any:  # fmt: skip
        try:
            return perform(request, decide, subject_id, context, *args, **kwargs)
        except Refused as refusal:
            note_denial(request, refusal, decide.__name__, context.filing.request_id)
            raise

    return cast(E, perform_noted)


def note_denial(request: Request, refusal: Refused, act: str = "", request_id: UUID | None = None) -> None:
    """Note that the officer of the request was denied the act; "" stands for the act that its route serves.

    A page that only shows serves no act, and a stranger has no power to be denied: nothing is noted then. If the
    process dies before the note is stored, nothing was done and nothing is known of it.
    """
    if refusal.kind != "forbidden" or refusal.code in NOT_ABOUT_POWER or getattr(request.state, "is_noted", False):
        return
    served = acts_of(request.scope.get("endpoint", note_denial))
    officer = signed_in(request)
    if officer is None or not (act or served):
        return
    request.state.is_noted = True
    parts = parts_of(request)
    channel: denials.Channel = "api" if request.url.path.startswith("/api/") else "desk"
    try:
        named = request_id or UUID(str(request.state.request_id))
        tried = act or served[0]
        stream = denials.stream_of(named, officer.officer, tried, refusal.code)
        context = Context(
            parts.clock.now(), SYSTEM, Reading(parts.rulebooks.in_use()),
            Filing(correlation_id=UUID(str(request.state.request_id))),
        )  # fmt: skip
        parts.register.do_on(
            DENIALS, denials.note_denial, stream, context, act=tried, tried_by=officer.officer,
            subject_id=_subject_of(request), refusal=refusal.code, channel=channel,
        )  # fmt: skip
    except Exception as error:
        LOG.error("denial_not_noted", kind=type(error).__name__, request_id=str(request.state.request_id))


def _subject_of(request: Request) -> UUID | None:
    try:
        return UUID(str(request.path_params.get("subject_id", "")))
    except ValueError:
        return None
