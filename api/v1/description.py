"""The description of the JSON API (OpenAPI 3.1), complete: every route, every error, and who may use it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

from api.access import DeclaredRoute, access_of, public

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
BEARER = "bearer"


@router.get("/api/v1/openapi.json")
@public
def show_description(request: Request) -> Response:
    """The description itself."""
    return JSONResponse(description_of(request.app), headers={"Cache-Control": "no-store"})


def description_of(app: FastAPI) -> dict[str, Any]:
    """OpenAPI of the routes below /api/v1; `x-roles` says which officers may use a route, empty for everybody."""
    if app.openapi_schema is None:
        app.openapi_schema = _describe(app)
    return app.openapi_schema


def _describe(app: FastAPI) -> dict[str, Any]:
    described = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemes = described.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes[BEARER] = {"type": "http", "scheme": "bearer", "description": "token of POST /api/v1/sessions"}
    for route in declared_routes(app):
        if not route.include_in_schema:
            continue
        roles = access_of(route.endpoint).roles  # type: ignore[union-attr]
        for method in route.methods or ():
            operation = described["paths"][route.path_format][method.lower()]
            operation["x-roles"] = sorted(roles or ())
            if roles is not None:
                operation["security"] = [{BEARER: []}]
    return described


def declared_routes(app: FastAPI) -> list[DeclaredRoute]:
    """Every route of the application that declares who may use it."""
    return [route for route in app.routes if isinstance(route, DeclaredRoute)]
