"""The page of one case of any kind: what it says now, what it waits for, every act it offers, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, requires
from api.desk import context_of
from api.officer.act_offers import KINDS, steps_of
from api.officer.act_routes import NoSuchCase
from api.officer.act_table import CaseKind
from api.officer.due import Due, due_words
from api.officer.reading_log import note_reading
from api.officer.subjects import registered_file
from api.officer.words import WAITS_FOR, Words, act_words, event_words, outcome_words
from api.officer.worklist import OFFICERS
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.rendering import page
from domain.context import Context
from domain.credit_file import duties
from domain.credit_file.duty import Owed
from domain.credit_file.file import CreditFile
from projections.views import case_history

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the case waits for: an act, whom before it, until when and by which article."""

    act: Words
    whom: Words
    due: Due | None
    citation: str
    is_certain: bool


def show_case(request: Request, kind: CaseKind, subject_id: UUID, case_id: str) -> Response:
    """One case. Refused, in this order: NotYourArea, SubjectUnknown, NoSuchCase."""
    file = registered_file(request, subject_id)
    if case_id not in getattr(file, kind.collection):
        raise NoSuchCase
    note_reading(request, subject_id, "open_case")
    context = context_of(request, request_id=None)
    with snapshot(parts_of(request)) as connection:
        history = case_history.of_case(connection, subject_id, case_id)
        where = positions_in(connection)
    return page(
        request, "officer/cases/show_case.html", where=where, file=file, kind=kind, title=kind.title(file, case_id),
        told=kind.told(file, context, case_id), waiting=waiting_of(file, context, case_id),
        actions=steps_of(file, context, kind.collection, case_id), steps=history,
        event_words=event_words, outcome_words=outcome_words,
    )  # fmt: skip


def waiting_of(file: CreditFile, context: Context, case_id: str) -> tuple[Waiting, ...]:
    """What the case owes today, by the duties of its chapter."""
    return tuple(_waiting(one, context) for one in duties.owed(file, context.rules) if one.case_id == case_id)


def _waiting(one: Owed, context: Context) -> Waiting:
    whom = WAITS_FOR.get(one.waits_for, ("", ""))
    term = one.term
    due_on = one.waits_until if one.waits_for else term.until if term is not None else None
    due = due_words(context.rules, due_on, context.today) if due_on is not None else None
    is_certain = term is None or all(row.is_verified for row in term.rows)
    return Waiting(act_words(one.act), whom, due, term.row.citation if term is not None else "", is_certain)


def add_route(kind: CaseKind) -> None:
    """The route of one kind of case."""

    def show(request: Request, subject_id: UUID, case_id: str) -> Response:
        return show_case(request, kind, subject_id, case_id)

    show.__name__ = f"show_{kind.collection}_case"
    router.get(f"/officer/subjects/{{subject_id}}/{kind.collection}/{{case_id}}")(requires(*OFFICERS)(show))


for _kind in KINDS.values():
    add_route(_kind)
