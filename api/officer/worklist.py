"""Today's work (今日办件): what is late, due today, coming in ten working days, and waiting for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, officer_of, requires
from api.desk import reading_of
from api.disclosure.words import value_words
from api.officer.act_offers import has_page
from api.officer.due import Due, due_words
from api.officer.words import WAITS_FOR, Words, act_words
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.rendering import page
from domain.context import Officer
from domain.law.reading import Reading
from domain.officer import ROLES, WHOLE_CITY
from projections.views import worklist
from projections.views.worklist import Desk, ToDo, desk_of, working_days_ahead

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)

OFFICERS = ("handler", "section_head", "leader", "market_order", "county_office", "legality_reviewer")
"""Who may open the desk: everybody who has something to do there."""

DAYS_AHEAD = 9
LINES_MAX = 500
SCOPES: tuple[tuple[str, Words], ...] = (
    ("section", ("本科室", "my section")),
    ("mine", ("轮到我办的", "mine to do")),
    ("all", ("各科室与县（市）区", "all sections and counties")),
)
KINDS: tuple[tuple[str, Words, tuple[str, ...]], ...] = (
    ("", ("全部", "all"), ()),
    ("repair", ("信用修复", "repair"), ("repair",)),
    ("record", ("双公示", "licences and penalties"), ("entry", "batch")),
    ("listing", ("名单", "lists"), ("listing",)),
    ("commitment", ("信用承诺", "commitments"), ("commitment",)),
    ("objection", ("异议与救济", "objections"), ("objection", "remedy", "shield")),
    ("protection", ("个人信息", "personal data"), ("access_request", "erasure")),
)
ENTRY_FORMS = {
    "disclose": "releases", "prepare_disclosure": "preparations", "withdraw_disclosure": "withdrawals",
}  # fmt: skip
"""Duties on an entry with the form that does them."""

ALL_SCOPE_SECTION = "market_order"
GROUPS: tuple[tuple[str, Words, tuple[str, ...]], ...] = (
    ("late", ("逾期", "Late"), ("late",)),
    ("today", ("今日到期", "Due today"), ("today",)),
    ("soon", ("十个工作日内到期", "Due within ten working days"), ("soon",)),
    ("open", ("以后到期或没有期限", "Later, or without a day"), ("later", "no_day")),
    ("wait", ("等待他人", "Waiting for others"), ("waiting",)),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    todo: ToDo
    what: Words
    href: str
    due: Due | None
    basis: tuple[str, Words] | None
    is_certain: bool
    state: Words


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One of ten working days with how many lines are due on it."""

    on: date
    is_today: bool
    due: int


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines under one head."""

    name: str
    title: Words
    lines: tuple[Line, ...]


@router.get("/officer")
@requires(*OFFICERS)
def show_worklist(request: Request, scope: str = "section", kind: str = "") -> Response:
    """The officer's worklist as of today."""
    parts, officer, rules = parts_of(request), officer_of(request).officer, reading_of(request)
    today = parts.clock.today()
    ahead = [today, *working_days_ahead(rules, today, DAYS_AHEAD)]
    scopes = scopes_of(officer)
    scope = scope if scope in dict(scopes) else "section"
    kind = kind if any(kind == name for name, _, _ in KINDS) else ""
    with snapshot(parts) as connection:
        found = worklist.of_desk(connection, desk_in(officer, scope), today, ahead[-1], limit=LINES_MAX)
        where = positions_in(connection)
    wanted = next(case_kinds for name, _, case_kinds in KINDS if name == kind)
    todos = [one for one in found if not wanted or one.case_kind in wanted]
    days = tuple(
        DayAhead(on, on == today, sum(one.due_on == on and one.when != "waiting" for one in todos)) for on in ahead
    )
    lines = [line_of(one, rules, today, officer) for one in todos]
    groups = tuple(
        LineGroup(name, title, tuple(one for one in lines if one.todo.when in whens)) for name, title, whens in GROUPS
    )
    return page(
        request, "officer/worklist/show_worklist.html", where=where, groups=groups, days=days, scopes=scopes,
        scope=scope, kinds=[(name, words) for name, words, _ in KINDS], kind=kind, is_cut=len(found) == LINES_MAX,
        count={name: len(group.lines) for name, group in zip((one[0] for one in GROUPS), groups, strict=True)},
        is_firm=all(one.is_firm for one in todos),
    )  # fmt: skip


def scopes_of(officer: Officer) -> tuple[tuple[str, Words], ...]:
    """The scopes an officer may choose: a section keeps to its own; the market order section oversees all."""
    sees_all = officer.area == WHOLE_CITY and ALL_SCOPE_SECTION in (officer.section, officer.role)
    return SCOPES if sees_all else SCOPES[:2]


def desk_in(officer: Officer, scope: str) -> Desk:
    """The desk seen through a scope the officer may choose."""
    desk = desk_of(officer)
    if scope == "mine":
        return replace(desk, only_own_acts=True)
    if scope == "all":
        return replace(desk, sections=None)
    return desk


def todos_of(request: Request, case_kinds: Iterable[str], acts: Iterable[str] = ()) -> tuple[Line, ...]:
    """The lines of some kinds of case, for the inboxes; of the widest scope the officer may choose."""
    parts, officer, rules = parts_of(request), officer_of(request).officer, reading_of(request)
    today = parts.clock.today()
    wanted, wanted_acts = set(case_kinds), set(acts)
    scope = "all" if "all" in dict(scopes_of(officer)) else "section"
    soon_until = working_days_ahead(rules, today, DAYS_AHEAD)[-1]
    with snapshot(parts) as connection:
        found = worklist.of_desk(connection, desk_in(officer, scope), today, soon_until, limit=LINES_MAX)
    return tuple(
        line_of(one, rules, today, officer)
        for one in found
        if one.case_kind in wanted and (not wanted_acts or one.act in wanted_acts)
    )


def line_of(todo: ToDo, rules: Reading, today: date, officer: Officer) -> Line:
    """A duty with its words, its link and the state of its case."""
    what = act_words(todo.act)
    if todo.case_kind == "batch":
        what = (f"{what[0]} {todo.count} 条", f"{what[1]}, {todo.count}")
    due = due_words(rules, todo.due_on, today) if todo.due_on else None
    basis = None
    if todo.rules:
        cited = todo.rules[0]
        zh, en = value_words(cited["value"], cited["unit"])
        basis = (cited["citation"], (f"{cited['zh']} {zh}", f"{cited['en']}: {en}"))
    certain = all(one["certainty"] == "verified" for one in todo.rules)
    return Line(todo, what, href_of(todo), due, basis, certain, state_of(todo, officer))


def state_of(todo: ToDo, officer: Officer) -> Words:
    """Whom the case waits for, and since when."""
    since = todo.since_on.isoformat()
    if todo.waits_for in WAITS_FOR:
        zh, en = WAITS_FOR[todo.waits_for]
        if todo.waits_until is not None:
            return (f"等{zh}，至 {todo.waits_until}（含当日）", f"waits for {en} through {todo.waits_until}")
        return (f"等{zh}，自 {since}", f"waits for {en} since {since}")
    if todo.waits_for:
        others = [one for one in todo.roles if one != "system"]
        if officer.role in others:
            return (f"等另一名有权人员，自 {since}", f"waits for another authorised officer since {since}")
        names = "、".join(ROLES.get(one, one) for one in others)
        return (f"等 {names}，自 {since}", f"waits for {', '.join(others)} since {since}")
    if todo.noted_on is not None:
        noted = todo.noted_on.isoformat()
        return (f"逾期已于 {noted} 记录在案", f"its lateness is on record since {noted}")
    return (f"自 {since} 可办", f"can be done since {since}")


def href_of(todo: ToDo) -> str:
    """Where the duty is done."""
    if todo.case_kind == "batch":
        tail = {"classify_penalty": "/classes", "disclose": "/releases"}.get(todo.act, "")
        return f"/officer/imports/{todo.case_id}{tail}"
    subject = f"/officer/subjects/{todo.subject_id}"
    if todo.act == "classify_penalty":
        return f"{subject}/records/{quote(todo.case_id, safe='')}/classes/new"
    if todo.act in ENTRY_FORMS:
        return f"{subject}/entries/{quote(todo.case_id, safe='')}/{ENTRY_FORMS[todo.act]}/new"
    collection = "remedies" if todo.case_kind == "remedy" else f"{todo.case_kind}s"
    return f"{subject}/{collection}/{quote(todo.case_id, safe='')}" if has_page(collection) else subject
