"""The public pages: search, subject, lists, rules, about. They say what is disclosed today and nothing else."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.access import DeclaredRoute, public
from api.disclosure import statements
from api.disclosure.rules import rules_in_force
from api.parts import parts_of
from api.refusal_pages import PageUnknown
from api.rendering import page
from domain.credit_code import check_holds, clean, is_shaped

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
ASKED_MAX = 64


@router.get("/")
@public
def search(request: Request, q: str = "", n: int = 1) -> Response:
    """Find a subject by any part of a name, a former name, or its code."""
    parts = parts_of(request)
    asked = q.strip()[:ASKED_MAX]
    if not asked:
        return page(request, "disclosure/search.html", found=None, asked="", is_wrong_code=False)
    found = statements.search(parts, asked, n, parts.clock.today())
    code = clean(asked)
    is_wrong_code = is_shaped(code) and not check_holds(code) and not found.hits
    return page(
        request, "disclosure/search.html", where=found.where, found=found, asked=asked, is_wrong_code=is_wrong_code
    )


@router.get("/s/{key}")
@public
def show_subject(request: Request, key: str) -> Response:
    """Everything disclosed of one subject today.

    Refused: PageUnknown, in the same words whether there never was such a subject or nothing of it is left to show.
    """
    parts = parts_of(request)
    shown = statements.subject(parts, key, parts.clock.today())
    if shown is None:
        raise PageUnknown
    if key != shown.key:
        return RedirectResponse(f"/s/{shown.key}", 303, {"Cache-Control": "no-store"})
    return page(request, "disclosure/show_subject.html", where=shown.where, subject=shown)


@router.get("/lists")
@public
def show_lists(request: Request) -> Response:
    """The lists on which somebody is shown today."""
    parts = parts_of(request)
    lists, where = statements.list_types(parts, parts.clock.today())
    return page(request, "disclosure/show_lists.html", where=where, lists=lists)


@router.get("/lists/{list_type}")
@public
def show_list(request: Request, list_type: str, n: int = 1) -> Response:
    """Who is on a list today, the newest decision first. Refused: PageUnknown."""
    parts = parts_of(request)
    roll = statements.roll(parts, list_type, n, parts.clock.today())
    if roll is None:
        raise PageUnknown
    return page(request, "disclosure/show_list.html", where=roll.where, roll=roll)


@router.get("/rules")
@public
def show_rules(request: Request) -> Response:
    """The rules in force today with their articles and how certain each is."""
    parts = parts_of(request)
    rulebook = parts.rulebooks.in_use()
    rules = rules_in_force(rulebook, parts.clock.today())
    return page(request, "disclosure/show_rules.html", rules=rules, version=rulebook.version)


@router.get("/about")
@public
def about(request: Request) -> Response:
    """What this site shows and does not show, and whom to ask."""
    return page(request, "disclosure/about.html")


@router.get("/accessibility")
@public
def accessibility(request: Request) -> Response:
    """How the pages can be used by everybody, and what was not tested."""
    return page(request, "disclosure/accessibility.html")
