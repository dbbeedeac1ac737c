"""How an officer's form becomes an act: its context and papers, the register, and waiting for the views.

A route reads typed values from the form (`api.forms`), calls `perform` with the decision, and redirects to a page that
shows the result; a refusal goes back to the same form with `api.rendering.form_again`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID, uuid5

from fastapi import Request
from fastapi.responses import RedirectResponse

from api.access import officer_of
from api.denials import noted
from api.papers import PaperNotKept
from api.parts import parts_of
from api.refusal_pages import request_id_of
from domain.context import Context, Filing
from domain.credit_file.file import CreditFile
from domain.credit_file.preview import Preview
from domain.credit_file.takeover import source_of
from domain.credit_file.transfer import check_reach
from domain.event import Event, Evidence
from domain.law.reading import Reading
from domain.register.acts import Receipt
from domain.register.register import CreditRegister

P = ParamSpec("P")
VIEWS_SECONDS_MAX = 2.0


class PreviewAsked(Exception):
    """The act was taken on paper only, and this is what would follow."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview


def reading_of(request: Request) -> Reading:
    """The law in use now, read for one purpose."""
    return Reading(parts_of(request).rulebooks.in_use())


def context_of(
    request: Request, *, request_id: UUID | None, case_no: str | None = None, evidence: tuple[Evidence, ...] = (),
    preview: str = "",
) -> Context:  # fmt: skip
    """The surroundings of an act by the officer of the request.

    request_id  the id of the form, so that sending it twice is one act; None for a question that records nothing
    preview     hash of what the officer saw would follow, "" where nothing was shown
    Refused: PaperNotKept, where the evidence names a scan that nobody uploaded.
    """
    if not all(parts_of(request).papers.holds(one.sha256) for one in evidence if one.sha256 is not None):
        raise PaperNotKept
    correlation_id = UUID(request_id_of(request))
    filing = Filing(
        case_no=case_no, evidence=evidence, request_id=request_id, correlation_id=correlation_id, preview=preview
    )
    return Context(parts_of(request).clock.now(), officer_of(request).officer, reading_of(request), filing)


def open_file(request: Request, subject_id: UUID) -> CreditFile:
    """The subject's credit file as the officer may see it.

    Refused: NotYourArea, unless a case of the file was sent to the officer's office. An unregistered subject is an
    empty file, which every decision refuses.
    """
    file = parts_of(request).register.load(subject_id)
    check_reach(file, officer_of(request).officer)
    return file


@noted
def perform(
    request: Request,
    decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]],
    subject_id: UUID,
    context: Context,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Receipt:
    """Take the decision as the officer of the request and wait until the views show it.

    If the process dies after the register answered, the fact is stored and the same form sent again gets its receipt.
    Where the form is to show what follows first, nothing is recorded: raises PreviewAsked.
    What is refused for role, area or separation of duties is noted as a denied attempt.
    What was done on paper before go-live is marked as taken over.
    Refused, in this order: NotYourArea, then as `CreditRegister.do`.
    """
    check_reach(open_file(request, subject_id), officer_of(request).officer, kwargs)
    if (source := source_of(decide.__name__, kwargs, context.rules)) is not None:
        context = replace(context, filing=replace(context.filing, source=source))
    register: CreditRegister = parts_of(request).register
    if getattr(request.state, "asks_preview", False):
        raise PreviewAsked(register.preview(decide, subject_id, context, *args, **kwargs))
    receipt = register.do(decide, subject_id, context, *args, **kwargs)
    settle(request, receipt)
    return receipt


def settle(request: Request, receipt: Receipt) -> None:
    """Wait until the views reached the receipt's position, at most 2 s; then the page says that it is behind."""
    request.state.is_behind = not parts_of(request).engine.wait_for(receipt.position, VIEWS_SECONDS_MAX)


def id_of(request_id: UUID, name: str) -> UUID:
    """The id of what a request creates: it follows from the request, so that the same request never makes two."""
    return uuid5(request_id, name)


def go_to(path: str, receipt: Receipt | None = None) -> RedirectResponse:
    """Show another page after an act (303); it says so while it is behind the receipt."""
    query = f"{'&' if '?' in path else '?'}{urlencode({'after': receipt.position})}" if receipt is not None else ""
    return RedirectResponse(path + query, 303, {"Cache-Control": "no-store"})
