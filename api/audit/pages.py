"""The auditor's pages (审计台): search, replay on two clocks, the facts as stored, lists and rulebooks of any day.

Nothing is written here but the line that says who read what. What these pages show, no public page may show.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api import moments
from api.access import DeclaredRoute, officer_of, requires
from api.audit.answers import (
    STRETCHES,
    answer_of,
    as_json,
    ending_of,
    fields_told,
    later_told,
    sentence_of,
    stretch_about,
)
from api.audit.timeline_drawing import draw
from api.clock import day_of
from api.desk import open_file
from api.disclosure.statements import statement_of
from api.officer.reading_log import note_reading
from api.officer.words import act_words, event_words
from api.officer.worklist import OFFICERS
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.refusal_pages import PageUnknown
from api.rendering import form_again, page
from domain.event import Fact
from domain.law.reading import Reading
from domain.officer import WHOLE_CITY
from domain.refusals import Refused, SubjectUnknown
from projections.replay.roster import roster_at
from projections.replay.subject import Replayed, position_of, public_page_at
from projections.views import denials, subject_search

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
READERS = ("auditor", *OFFICERS)
CITY_READERS = tuple(role for role in READERS if role != "county_office")
FOUND_MAX = 50
DENIED_DAYS = 30
"""Days before the last one that the list of denied attempts goes back to at first."""
PAGES_MAX = 10_000
EARLIEST = date(2000, 1, 1)


@router.get("/audit")
@requires(*READERS)
def search_subjects(request: Request, q: str = "") -> Response:
    """Find the subject whose past is asked for."""
    parts, officer = parts_of(request), officer_of(request).officer
    with snapshot(parts) as connection:
        found = subject_search.find(connection, q.strip()[:64], limit=FOUND_MAX)
        where = positions_in(connection)
    found = [one for one in found if officer.area in (WHOLE_CITY, one.division)]
    return page(request, "audit/search_subjects.html", where=where, asked=q.strip(), found=found)


@router.get("/audit/subjects/{subject_id}")
@requires(*READERS)
def show_replay(request: Request, subject_id: UUID, known_at: str = "", in_force_on: str = "") -> Response:
    """The subject as known at a moment, in force on a day; with the event or the rule behind each field.

    Refused, in this order: NotYourArea, SubjectUnknown, MomentUnreadable, DayUnreadable.
    """
    history = history_of(request, subject_id)
    note_reading(request, subject_id, "replay")
    parts, today = parts_of(request), parts_of(request).clock.today()
    try:
        answer = _answer(request, subject_id, known_at, in_force_on)
    except Refused as refusal:
        return form_again(
            request, "audit/show_replay.html", refusal, answer=None, subject_id=subject_id, known_at=known_at,
            in_force_on=in_force_on, name="", code=None, facts=history,
        )  # fmt: skip
    rules = Reading(parts.rulebooks.at(answer.known_at))
    known_on = day_of(answer.known_at_instant) if answer.known_at_instant else today
    if len(known_at) == len("2026-09-30"):
        known_on = date.fromisoformat(known_at)
    file = open_file(request, subject_id)
    assert file.profile is not None
    pieces = [
        (one, STRETCHES[one.kind], stretch_about(one, rules), ending_of(one))
        for one in answer.stretches
    ]
    return page(
        request, "audit/show_replay.html", answer=answer, subject_id=subject_id, facts=history,
        name=answer.standing.name if answer.standing else file.profile.name, code=file.profile.code,
        known_at=known_at or today.isoformat(), in_force_on=answer.in_force_on.isoformat(), known_on=known_on,
        says=sentence_of(answer, rules), later=[later_told(one, rules) for one in answer.later],
        drawing=draw(answer.stretches, answer.in_force_on, known_on, today, rules), pieces=pieces,
        fields=fields_told(answer, history, rules), today=today.isoformat(),
    )  # fmt: skip


@router.get("/audit/subjects/{subject_id}/replay.json")
@requires(*READERS)
def download_replay(request: Request, subject_id: UUID, known_at: str = "", in_force_on: str = "") -> Response:
    """The same as JSON, to be saved. Refused: as `show_replay`."""
    history = history_of(request, subject_id)
    note_reading(request, subject_id, "replay")
    told = as_json(_answer(request, subject_id, known_at, in_force_on), history)
    headers = {"Content-Disposition": 'attachment; filename="replay.json"', "Cache-Control": "private, no-store"}
    return JSONResponse(told, headers=headers)


@router.get("/audit/subjects/{subject_id}/public-page")
@requires(*READERS)
def show_public_page(request: Request, subject_id: UUID, known_at: str = "", in_force_on: str = "") -> Response:
    """What the public page said on a day, from what was known then; told in today's form. Refused: as `show_replay`."""
    history_of(request, subject_id)
    note_reading(request, subject_id, "replay")
    parts = parts_of(request)
    moment, on = moments.known_at(known_at), moments.in_force_on(in_force_on, parts.clock.today())
    position = position_of(parts.register, moment, parts.register.head()[0])
    rules = Reading(parts.rulebooks.at(position))
    file = parts.register.load(subject_id, position)
    shown = public_page_at(parts.register, parts.rulebooks, subject_id, moment, on)
    return page(
        request, "audit/show_public_page.html", subject_id=subject_id, on=on, position=position,
        name=file.profile.name_on(on).name if file.profile else "", code=file.profile.code if file.profile else None,
        statements=[statement_of(one, on, rules) for one in shown],
        query=urlencode({"known_at": known_at, "in_force_on": in_force_on}),
    )  # fmt: skip


@router.get("/audit/subjects/{subject_id}/events")
@requires(*READERS)
def show_events(request: Request, subject_id: UUID) -> Response:
    """Every fact of the subject in order. Refused, in this order: NotYourArea, SubjectUnknown."""
    history = history_of(request, subject_id)
    note_reading(request, subject_id, "events")
    profile = open_file(request, subject_id).profile
    assert profile is not None
    return page(
        request, "audit/show_events.html", subject_id=subject_id, name=profile.name, code=profile.code, facts=history,
        topics=[type(fact.event).TOPIC for fact in history],
        words=[event_words(type(fact.event).__name__) for fact in history],
    )  # fmt: skip


@router.get("/audit/subjects/{subject_id}/events/{version}")
@requires(*READERS)
def show_event(request: Request, subject_id: UUID, version: int) -> Response:
    """One fact exactly as stored: its bytes, what they say, and their digest; what is sealed stays sealed.

    Refused, in this order: NotYourArea, SubjectUnknown, PageUnknown.
    """
    history = history_of(request, subject_id)
    note_reading(request, subject_id, "events")
    fact = next((one for one in history if one.originator_version == version), None)
    if fact is None:
        raise PageUnknown
    rows = parts_of(request).register.facts_recorder.select_streams([subject_id])
    stored = next(row for row in rows if row[1] == version)
    text = json.loads(stored[3])
    parts = [(name, json.dumps(text[name], ensure_ascii=False, indent=2)) for name in ("envelope", "act")]
    return page(
        request, "audit/show_event.html", subject_id=subject_id, fact=fact, topic=stored[2], parts=parts,
        size=len(stored[3]), event=event_words(type(fact.event).__name__), count=len(history),
    )  # fmt: skip


@router.get("/audit/lists")
@requires(*CITY_READERS)
def show_roster(request: Request, list_type: str = "", known_at: str = "", in_force_on: str = "") -> Response:
    """Who was on a list on a day, as known at a moment. Refused, in this order: MomentUnreadable, DayUnreadable."""
    parts = parts_of(request)
    names = parts.rulebooks.in_use().code_list("list_types")
    values: dict[str, Any] = {
        "names": list(names.values()), "list_type": list_type, "known_at": known_at, "in_force_on": in_force_on,
    }  # fmt: skip
    if list_type not in names:
        return page(request, "audit/show_roster.html", roster=None, position=0, **values)
    try:
        moment, on = moments.known_at(known_at), moments.in_force_on(in_force_on, parts.clock.today())
    except Refused as refusal:
        return form_again(request, "audit/show_roster.html", refusal, roster=None, position=0, **values)
    roster = roster_at(parts.register, parts.rulebooks, list_type, moment, on)
    values["in_force_on"] = on.isoformat()
    position = position_of(parts.register, moment, parts.register.head()[0])
    return page(request, "audit/show_roster.html", roster=roster, position=position, **values)


@router.get("/audit/rules")
@requires(*READERS)
def show_rulebooks(request: Request) -> Response:
    """Every adopted version of the law: when, by whom, why, and which rows it changed."""
    versions = parts_of(request).rulebooks.versions()
    return page(request, "audit/show_rulebooks.html", adopted=versions.adopted[::-1], in_use=versions.in_use)


def history_of(request: Request, subject_id: UUID) -> list[Fact]:
    """The facts of a registered subject. Refused, in this order: NotYourArea, SubjectUnknown."""
    if open_file(request, subject_id).profile is None:
        raise SubjectUnknown
    return parts_of(request).register.history(subject_id)


def _answer(request: Request, subject_id: UUID, known_at: str, in_force_on: str) -> Replayed:
    parts = parts_of(request)
    return answer_of(parts.register, parts.rulebooks, subject_id, known_at, in_force_on, parts.clock.today())


@router.get("/audit/denials")
@requires("auditor")
def show_denials(request: Request, from_on: str = "", until_on: str = "", number: int = 1) -> Response:
    """Attempts that were denied, the newest first, fifty a page, on days that may be chosen.

    Refused, in this order: DayUnreadable.
    """
    today, number = parts_of(request).clock.today(), min(max(number, 1), PAGES_MAX)
    until = moments.in_force_on(until_on, today)
    since = moments.in_force_on(from_on, max(until, EARLIEST) - timedelta(days=DENIED_DAYS))
    with snapshot(parts_of(request)) as connection:
        found = denials.between(connection, since, until, limit=FOUND_MAX + 1, offset=(number - 1) * FOUND_MAX)
        where = positions_in(connection)
    return page(
        request, "audit/show_denials.html", where=where, found=found[:FOUND_MAX], has_more=len(found) > FOUND_MAX,
        number=number, since=since, until=until, act_words=act_words,
    )  # fmt: skip
