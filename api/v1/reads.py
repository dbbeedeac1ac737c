"""What the public pages say, as JSON: search, subject, lists, rules, head of the log. Everybody may use it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.access import DeclaredRoute, public
from api.disclosure import statements
from api.disclosure.rules import rules_in_force
from api.disclosure.statements import Statement, Subject
from api.parts import Parts, parts_of
from api.positions import Positions, positions
from api.refusal_pages import PageUnknown
from api.v1.shapes import (
    AsOf,
    BasisTold,
    DoorTold,
    Error,
    FormerName,
    HeadTold,
    HitsTold,
    HitTold,
    ListsTold,
    ListTold,
    MemberTold,
    RollTold,
    RulesTold,
    RuleTold,
    StatementTold,
    SubjectTold,
)  # fmt: skip

Told = dict[int | str, dict[str, Any]]

NOT_FOUND: Told = {404: {"model": Error, "description": "there is no such thing to show"}}
MALFORMED: Told = {422: {"model": Error, "description": "an argument is malformed"}}

router = APIRouter(route_class=DeclaredRoute, prefix="/api/v1", tags=["disclosure"], responses={**MALFORMED})

PageNumber = Annotated[int, Query(ge=1, le=statements.PAGE_NUMBER_MAX)]


@router.get("/head")
@public
def head(request: Request, response: Response) -> HeadTold:
    """How far the log has come, and the views."""
    _keep_nowhere(response)
    where = positions(parts_of(request))
    return HeadTold(position=where.log, recorded_at=where.recorded_at, views_position=where.views)


@router.get("/subjects")
@public
def search(
    request: Request, response: Response, q: Annotated[str, Query(min_length=1, max_length=64)], page: PageNumber = 1
) -> HitsTold:
    """Find subjects by a part of a name or former name, from one character up, or of a code, from four."""
    _keep_nowhere(response)
    parts = parts_of(request)
    found = statements.search(parts, q, page, parts.clock.today())
    subjects = [
        HitTold(
            subject_id=one.found.subject_id, name=one.found.name, code=one.found.code, division=one.found.division,
            matched=one.found.matched, matched_text=one.found.matched_text, shown=one.counts,
        )
        for one in found.hits
    ]  # fmt: skip
    return HitsTold(page=found.number, has_more=found.has_more, subjects=subjects, as_of=_as_of(parts, found.where))


@router.get("/subjects/{key}", responses=NOT_FOUND)
@public
def show_subject(request: Request, response: Response, key: str) -> SubjectTold:
    """Everything disclosed of a subject today, by its code or id."""
    _keep_nowhere(response)
    parts = parts_of(request)
    shown = statements.subject(parts, key, parts.clock.today())
    if shown is None:
        raise PageUnknown
    return _subject(parts, shown)


@router.get("/lists")
@public
def show_lists(request: Request, response: Response) -> ListsTold:
    """The lists on which somebody is shown today."""
    _keep_nowhere(response)
    parts = parts_of(request)
    lists, where = statements.list_types(parts, parts.clock.today())
    told = [ListTold(list_type=one.list_type, zh=one.zh, en=one.en, shown=one.shown) for one in lists]
    return ListsTold(lists=told, as_of=_as_of(parts, where))


@router.get("/lists/{list_type}", responses=NOT_FOUND)
@public
def show_list(request: Request, response: Response, list_type: str, page: PageNumber = 1) -> RollTold:
    """Who is on a list today."""
    _keep_nowhere(response)
    parts = parts_of(request)
    roll = statements.roll(parts, list_type, page, parts.clock.today())
    if roll is None:
        raise PageUnknown
    members = [
        MemberTold(
            subject_id=one.subject_id, name=one.name, code=one.code, document_no=one.document_no,
            decided_on=one.decided_on, authority=one.authority, until_on=one.shown_until, position=one.position,
        )
        for one in roll.members
    ]  # fmt: skip
    return RollTold(
        list_type=roll.list_type, zh=roll.zh, en=roll.en, page=roll.number, has_more=roll.has_more, members=members,
        as_of=_as_of(parts, roll.where),
    )  # fmt: skip


@router.get("/rules")
@public
def show_rules(request: Request, response: Response) -> RulesTold:
    """The rules in force today."""
    _keep_nowhere(response)
    parts = parts_of(request)
    rulebook = parts.rulebooks.in_use()
    rules = [
        RuleTold(
            name=one.name, parameter=one.parameter, zh=one.zh, en=one.en, facts_zh=one.facts[0],
            facts_en=one.facts[1], value_zh=one.value[0],
            value_en=one.value[1], citation=one.citation, in_force_from=one.in_force_from, is_certain=one.is_certain,
        )
        for one in rules_in_force(rulebook, parts.clock.today())
    ]  # fmt: skip
    return RulesTold(version=rulebook.version, rules=rules)


def _subject(parts: Parts, shown: Subject) -> SubjectTold:
    card = shown.card
    return SubjectTold(
        subject_id=card.subject_id, name=card.name, code=card.code, kind=card.kind, division=card.division,
        representative=card.representative, is_code_flagged=card.is_code_flagged,
        former_names=[FormerName(name=one["name"], until=one["until"]) for one in card.former_names],
        statements=[_statement(one, shown.on) for one in shown.statements], as_of=_as_of(parts, shown.where),
    )  # fmt: skip


def _statement(one: Statement, on: date) -> StatementTold:
    entry = one.entry
    return StatementTold(
        kind=entry.kind, document_no=entry.document_no, decided_on=entry.decided_on, authority=entry.authority,
        list_type=entry.list_type, content=entry.statement, from_on=one.from_on, until_on=entry.shown_until,
        minimum_until=entry.minimum_until, days_left=one.days_left, is_firm=entry.is_firm,
        bases=[
            BasisTold(citation=b.citation, words_zh=b.words[0], words_en=b.words[1], is_certain=b.is_certain)
            for b in one.bases
        ],
        doors=[
            DoorTold(
                name=d.name, title_zh=d.title[0], title_en=d.title[1], text_zh=d.text[0], text_en=d.text[1],
                is_open=d.is_open, first_on=d.first_on,
            )
            for d in one.doors
        ],
        marks=list(entry.marks_on(on)), position=entry.position, sha256=entry.digest,
    )  # fmt: skip


def _as_of(parts: Parts, where: Positions) -> AsOf:
    return AsOf(position=where.log, views_position=where.views, at=parts.clock.now(), on=parts.clock.today())


def _keep_nowhere(response: Response) -> None:
    # What is disclosed today may have ended tomorrow: nobody in between may answer from memory.
    response.headers["Cache-Control"] = "private, no-store"
