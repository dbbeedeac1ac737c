"""The public pages: search, subject, lists, rules, about. They say what is disclosed today and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import moments
from api.access import DeclaredRoute, public
from api.disclosure import statements
from api.disclosure.rules import by_topic, changes_shown, question, rules_in_force
from api.parts import parts_of
from api.refusal_pages import PageUnknown
from api.rendering import form_again, page
from domain.credit_code import check_holds, clean, is_shaped

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
ASKED_MAX = 64
CHANGES_SHOWN = timedelta(days=366)


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
    """Everything disclosed of one subject today; a second file of a subject leads to the main one.

    Refused: PageUnknown, in the same words whether there never was such a subject or nothing of it is left to show.
    """
    parts = parts_of(request)
    if (main := statements.main_file_of(parts, key)) is not None:
        return RedirectResponse(f"/s/{main}", 301, {"Cache-Control": "no-store"})
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
def show_rules(request: Request, in_force_on: str = "") -> Response:
    """The rules in force on a day, today if none is named, with their articles and how certain each is.

    Refused: DayUnreadable.
    """
    parts = parts_of(request)
    rulebook, today = parts.rulebooks.in_use(), parts.clock.today()
    refusal, day = None, today
    try:
        day = moments.in_force_on(in_force_on, today)
    except moments.DayUnreadable as unreadable:
        refusal = unreadable
    shown: dict[str, Any] = {
        "topics": by_topic(rules_in_force(rulebook, day)), "on": day, "today": today,
        "version": rulebook.version, "coming": changes_shown(rulebook, day, date.max),
        "lately": changes_shown(rulebook, day - CHANGES_SHOWN, day)[::-1],
    }  # fmt: skip
    if refusal is not None:
        return form_again(request, "disclosure/show_rules.html", refusal, **shown)
    return page(request, "disclosure/show_rules.html", **shown)


@router.get("/rules/{parameter}")
@public
def show_rule(request: Request, parameter: str) -> Response:
    """One question that the register asks of the law, with every edition of its rule. Refused: PageUnknown."""
    parts = parts_of(request)
    rulebook, today = parts.rulebooks.in_use(), parts.clock.today()
    asked = question(rulebook, parameter, today)
    if asked is None:
        raise PageUnknown
    return page(request, "disclosure/show_rule.html", question=asked, today=today, version=rulebook.version)


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
