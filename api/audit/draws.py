"""Draws of commitments as the auditor reads them: each is drawn again from the log when its page is opened."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, requires
from api.officer.draws import draw_page, draws_page

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
BASE = "/audit/draws"


@router.get(BASE)
@requires("auditor")
def audit_draws(request: Request) -> Response:
    """Every draw, the newest first."""
    return draws_page(request, BASE)


@router.get(f"{BASE}/{{draw_id}}")
@requires("auditor")
def audit_draw(request: Request, draw_id: UUID) -> Response:
    """One draw, drawn again now. Refused: DrawUnknown."""
    return draw_page(request, draw_id, BASE)
