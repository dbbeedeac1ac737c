"""Display settings (显示设置): text size, contrast, theme and language, kept in cookies and nowhere else."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from api.access import DeclaredRoute, public
from api.rendering import SETTINGS, local_path

router = APIRouter(route_class=DeclaredRoute)
SECONDS_KEPT = 365 * 24 * 3600


@router.get("/display", include_in_schema=False)
@public
def set_display(request: Request, back: str = "/") -> RedirectResponse:
    """Set or unset what the query names and go back to the page; works without JavaScript."""
    response = RedirectResponse(local_path(back), 303, {"Cache-Control": "no-store"})
    for name, values in SETTINGS.items():
        value = request.query_params.get(name)
        if value is None:
            continue
        if value in values:
            response.set_cookie(f"xinlu_{name}", value, max_age=SECONDS_KEPT, samesite="lax", httponly=True)
        else:
            response.delete_cookie(f"xinlu_{name}")
    return response
