"""Papers beside a case: served only to officers whose area the subject belongs to, and only where a fact names them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, requires
from api.desk import open_file
from api.parts import parts_of
from api.refusal_pages import PageUnknown
from domain.officer import ROLES

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
READERS = tuple(role for role in ROLES if role not in ("system", "administrator"))


@router.get("/officer/subjects/{subject_id}/papers/{sha256}")
@requires(*READERS)
def show_paper(request: Request, subject_id: UUID, sha256: str) -> Response:
    """Hand out a scan as a file to be saved; it is never shown inside a page.

    Refused, in this order: NotYourArea, PageUnknown. Knowing a digest opens nothing: a fact of the subject names it.
    """
    open_file(request, subject_id)
    history = parts_of(request).register.history(subject_id)
    named = {one.sha256 for fact in history for one in fact.envelope.evidence if one.sha256 is not None}
    paper = parts_of(request).papers.read(sha256) if sha256 in named else None
    if paper is None:
        raise PageUnknown
    return Response(
        paper.content,
        media_type=paper.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{paper.sha256[:12]}.{paper.suffix}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
