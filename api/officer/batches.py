"""A file in one act (批次): classify its penalties, and release what may be shown, after seeing until when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid5

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, form_of, officer_of, requires_power
from api.desk import context_of, go_to, reading_of, settle
from api.forms import FieldMissing, Fields
from api.officer.imports import BATCH, area_of
from api.officer.words import ENTRY_STATES, Words
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.refusal_pages import PageUnknown
from api.rendering import form_again, page
from domain.context import Context
from domain.credit_file.disclosure import disclose
from domain.credit_file.record import Entry, PenaltyRecorded
from domain.credit_file.record_classes import classes_on, proposed_class
from domain.credit_file.record_decisions import classify_penalty
from domain.law.reading import Reading
from domain.refusals import Refused
from domain.register.acts import Act, Receipt
from domain.register.register import act
from projections.views import import_review
from projections.views.import_review import EntryOfBatch

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
RELEASED_MAX = 5000
CLASSIFIED_MAX = 200
CANNOT = ("unclassified", "unprepared", "undisclosed", "over", "barred", "annulled")


YOURS: Words = ("由您登记、更正或归类，须由另一人批准", "recorded or changed by you; another must release it")


@dataclass(frozen=True, slots=True)
class ToClassify:
    """A penalty without its class: what it is, the class its kinds suggest, and the classes to choose from."""

    entry: EntryOfBatch
    content: str
    kinds: str
    proposed: str
    options: tuple[tuple[str, str], ...]


@router.get(f"{BATCH}/releases")
@requires_power("disclose")
def new_batch_release(request: Request, batch_id: str) -> Response:
    """Which entries will be shown until when, and which cannot be released and why."""
    return page(request, "officer/batches/new_batch_release.html", **_release_values(request, batch_id))


@router.post(f"{BATCH}/releases")
@requires_power("disclose")
def disclose_batch(request: Request, batch_id: str) -> Response:
    """Release the entries that were seen, each an event of its own; what changed meanwhile is refused one by one.

    Refused: FieldMissing for nothing to release.
    """
    fields = Fields(form_of(request))
    values = _release_values(request, batch_id)
    try:
        request_id, seen = fields.uuid("request_id"), set(fields.text("entries").split())
        if not seen:
            raise FieldMissing("entries")
        entries = [one for one in _entries(request, batch_id, ("waiting", "released")) if one.entry_id in seen]
        acts = [replace(act(disclose, one.subject_id, entry_id=one.entry_id), label=one.entry_id) for one in entries]

        def context_for(one: Act[Any]) -> Context:
            return context_of(request, request_id=uuid5(request_id, str(one.label)))

        outcomes = parts_of(request).register.do_many(acts, context_for) if acts else []
    except Refused as refusal:
        return form_again(request, "officer/batches/new_batch_release.html", refusal, **values)
    return _told(request, batch_id, "releases", outcomes)


@router.get(f"{BATCH}/classes")
@requires_power("classify_penalty")
def new_batch_classes(request: Request, batch_id: str) -> Response:
    """The penalties without a class, each with the class its kinds suggest, for a person to confirm or change."""
    return page(request, "officer/batches/new_batch_classes.html", **_class_values(request, batch_id))


@router.post(f"{BATCH}/classes")
@requires_power("classify_penalty")
def classify_batch(request: Request, batch_id: str) -> Response:
    """Put the penalties into the classes that were confirmed; one left empty stays as it is.

    Refused, in this order: FieldMissing.
    """
    fields = Fields(form_of(request))
    values = _class_values(request, batch_id)
    try:
        request_id, reason = fields.uuid("request_id"), fields.text("reason", required=True)
        acts = []
        for one in _entries(request, batch_id, ("unclassified", "waiting", "released", "undisclosed", "over")):
            chosen = fields.text(f"class-{one.entry_id}")
            if "/" in chosen:
                scheme, penalty_class = chosen.split("/", 1)
                named = act(
                    classify_penalty, one.subject_id, entry_id=one.entry_id, scheme=scheme,
                    penalty_class=penalty_class, reason=reason,
                )  # fmt: skip
                acts.append(replace(named, label=one.entry_id))
        if not acts:
            raise FieldMissing("classes")

        def context_for(one: Act[Any]) -> Context:
            return context_of(request, request_id=uuid5(request_id, str(one.label)))

        outcomes = parts_of(request).register.do_many(acts, context_for)
    except Refused as refusal:
        return form_again(request, "officer/batches/new_batch_classes.html", refusal, **values)
    return _told(request, batch_id, "classes", outcomes)


def _told(request: Request, batch_id: str, noun: str, outcomes: list[Receipt | Refused]) -> Response:
    receipts = [one for one in outcomes if isinstance(one, Receipt)]
    newest = max(receipts, key=lambda one: one.position, default=None)
    if newest is not None:
        settle(request, newest)
    done, refused = len(receipts), len(outcomes) - len(receipts)
    return go_to(f"/officer/imports/{batch_id}?{noun}={done}&refused={refused}", newest)


def _entries(request: Request, batch_id: str, states: tuple[str, ...], limit: int = RELEASED_MAX) -> list[EntryOfBatch]:
    with snapshot(parts_of(request)) as connection:
        area = area_of(officer_of(request).officer)
        return import_review.entries_in(connection, batch_id, states, area=area, limit=limit)


def _release_values(request: Request, batch_id: str) -> dict[str, Any]:
    parts, officer = parts_of(request), officer_of(request).officer
    area, today = area_of(officer), parts.clock.today()
    with snapshot(parts) as connection:
        batch = import_review.of_batch(connection, batch_id, today, area=area)
        waiting = import_review.entries_in(connection, batch_id, ("waiting",), area=area, limit=RELEASED_MAX)
        cannot = import_review.entries_in(connection, batch_id, CANNOT, area=area, limit=RELEASED_MAX)
        where = positions_in(connection)
    if batch is None:
        raise PageUnknown
    running = [one for one in waiting if one.until is None or one.until >= today]
    mine = [one for one in running if officer.officer_id not in one.authors]
    reasons: list[tuple[EntryOfBatch, Words]] = [(one, ENTRY_STATES[one.state]) for one in cannot]
    for one in waiting:
        if one.until is not None and one.until < today:
            reasons.append((one, ("公示期已过", "its period is over")))
        elif officer.officer_id in one.authors:
            reasons.append((one, YOURS))
    return {"where": where, "batch": batch, "batch_id": batch_id, "entries": mine, "cannot": reasons}


def _class_values(request: Request, batch_id: str) -> dict[str, Any]:
    parts, rules = parts_of(request), reading_of(request)
    found = _entries(request, batch_id, ("unclassified",), CLASSIFIED_MAX + 1)
    with snapshot(parts) as connection:
        area = area_of(officer_of(request).officer)
        batch = import_review.of_batch(connection, batch_id, parts.clock.today(), area=area)
        where = positions_in(connection)
    if batch is None:
        raise PageUnknown
    files = parts.register.load_many({one.subject_id for one in found})
    entries = [
        _to_classify(one, entry, rules)
        for one in found[:CLASSIFIED_MAX]
        if (entry := files[one.subject_id].records.get(one.entry_id)) is not None
    ]
    has_more = len(found) > CLASSIFIED_MAX
    return {"where": where, "batch": batch, "batch_id": batch_id, "entries": entries, "has_more": has_more}


def _to_classify(one: EntryOfBatch, entry: Entry, rules: Reading) -> ToClassify:
    codes = rules.rulebook.code_list("classes")
    options = tuple(
        (name, f"{codes[name].zh}（{name.split('/')[0].removeprefix('class.')}）")
        for name in classes_on(entry.record.decided_on, rules)
    )
    proposed = proposed_class(entry, rules)
    kinds = "、".join(entry.record.penalty_kinds) if isinstance(entry.record, PenaltyRecorded) else ""
    return ToClassify(one, entry.record.content, kinds, proposed.name if proposed else "", options)
