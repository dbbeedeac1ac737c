"""Imports (双公示导入): upload a file, follow it, read what became of each row, and settle the rows set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid5

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import UploadFile

from api.access import DeclaredRoute, form_of, officer_of, requires, requires_power
from api.desk import context_of, go_to, settle
from api.exchange.outcomes import as_csv
from api.exchange.review import accept_aside, refuse_aside
from api.forms import FieldMissing, Fields
from api.officer.import_runs import Run, Runs
from api.officer.words import Words
from api.officer.worklist import OFFICERS
from api.parts import parts_of
from api.positions import positions_in, snapshot
from api.refusal_pages import PageUnknown
from api.rendering import form_again, page
from domain.casework.exchange_decisions import RowUnknown
from domain.context import Officer
from domain.credit_code import division_of, is_shaped
from domain.event import Evidence
from domain.officer import WHOLE_CITY, may
from domain.refusals import NotYourArea, Refused
from projections.views import import_review
from projections.views.import_review import Aside

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
RUNS_MAX = 30
BATCHES_MAX = 50
ROWS_MAX = 50
BATCH = "/officer/imports/{batch_id}"
COMPARED: dict[str, tuple[tuple[str, Words], ...]] = {
    "CodeCheckFails": (("code", ("文件", "file")),),
    "NameDiffers": (("given", ("文件", "file")), ("on_file", ("本局", "on file"))),
    "EndBeyondMaximum": (("stated", ("文件", "file")), ("longest", ("最长", "longest"))),
}
"""What is compared for each doubt: key of what may be shown of the row, and where it comes from."""


@dataclass(frozen=True, slots=True)
class AsideShown:
    """A row that waits, with what the file says against what the bureau has on file."""

    row: Aside
    compared: tuple[tuple[Words, str], ...]


@router.get("/officer/imports")
@requires(*OFFICERS)
def show_imports(request: Request) -> Response:
    """The upload form, the runs and the files handed in."""
    return page(request, "officer/imports/show_imports.html", **_list_values(request))


@router.post("/officer/imports")
@requires_power("receive_batch")
def receive_batch(request: Request) -> Response:
    """Begin to import the uploaded file; its page follows it. Refused: FieldMissing."""
    fields = Fields(form_of(request))
    try:
        run_id, file = fields.uuid("request_id"), fields.values.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise FieldMissing("file")
        # The run has a context of its own: its rows are many acts, each told apart by its place in the file.
        context = context_of(request, request_id=None)
        run = Runs(parts_of(request)).start(run_id, file.filename, file.file.read(), context)
    except Refused as refusal:
        return form_again(request, "officer/imports/show_imports.html", refusal, **_list_values(request))
    return go_to(f"/officer/imports/runs/{run.run_id}")


@router.get("/officer/imports/runs/{run_id}")
@requires(*OFFICERS)
def show_run(request: Request, run_id: str) -> Response:
    """How far a run has come, and at its end what became of each row. Refused: PageUnknown."""
    run = _run_of(request, run_id)
    is_polling = request.headers.get("hx-request") == "true"
    if run.state != "done" or is_polling:
        # The page that asks again and again is told to load itself anew once there is a result.
        headers = {"HX-Refresh": "true"} if is_polling and run.state != "running" else None
        return page(request, "officer/imports/show_run.html", headers=headers, run=run)
    return page(request, "officer/imports/show_batch.html", **_batch_values(request, run.batch_id, run))


@router.get("/officer/imports/runs/{run_id}/rows.csv")
@requires(*OFFICERS)
def download_rows(request: Request, run_id: str) -> Response:
    """The outcome of every row as a table, safe to open in a spreadsheet. Refused: PageUnknown."""
    run = _run_of(request, run_id)
    name = quote(f"导入结果-{run.file_name.rsplit('.', 1)[0]}.csv")
    headers = {
        "Content-Disposition": f"attachment; filename=\"rows.csv\"; filename*=UTF-8''{name}",
        "Cache-Control": "private, no-store",
    }
    lines = as_csv(Runs(parts_of(request)).outcomes(run))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get(BATCH)
@requires(*OFFICERS)
def show_batch(request: Request, batch_id: str) -> Response:
    """A file handed in: what is stored, released, and waits. Refused: PageUnknown."""
    values = _batch_values(request, batch_id, None)
    return page(request, "officer/imports/show_batch.html", **{**values, "done": done_words(request)})


@router.post(f"{BATCH}/rows/{{row_no}}/conclusions")
@requires_power("accept_row", "refuse_row")
def conclude_row(request: Request, batch_id: str, row_no: int) -> Response:
    """Accept a row with evidence, or refuse it with a reason; a further doubt is confirmed by sending it again.

    Refused, in this order: RowUnknown, NotYourArea, NotAChoice, then as `accept_aside` or `refuse_aside`.
    """
    parts, fields = parts_of(request), Fields(form_of(request))
    with snapshot(parts) as connection:
        row = import_review.row(connection, batch_id, row_no)
    if row is None:
        raise RowUnknown
    check_row_area(officer_of(request).officer, row)
    try:
        verdict, said = fields.choice("verdict", ("accept", "refuse")), fields.text("evidence")
        evidence = (Evidence(title=said),) if said and verdict == "accept" else ()
        # Each button is an act of its own, so that accepting after a refused try is not the same request.
        request_id = uuid5(fields.uuid("request_id"), f"{row_no}/{verdict}")
        context = context_of(request, request_id=request_id, evidence=evidence)
        if verdict == "accept":
            confirmed = frozenset(fields.many("confirmed"))
            receipt = accept_aside(parts.register, row.stream_id, context, parts.clock.new_id, confirmed).receipt
        else:
            receipt = refuse_aside(parts.register, row.stream_id, context, said)
        settle(request, receipt)
    except Refused as refusal:
        return form_again(
            request, "officer/imports/show_batch.html", refusal, **_batch_values(request, batch_id, None, row_no)
        )
    return go_to(f"/officer/imports/{batch_id}#review", None)


def check_row_area(officer: Officer, row: Aside) -> None:
    """Refuse a county office a row of another county, or one whose county cannot be told."""
    code = row.shown.get("code", "")
    division = division_of(code) if is_shaped(code) else ""
    if officer.area != WHOLE_CITY and division != officer.area:
        raise NotYourArea(area=division or "市本级")


def area_of(officer: Officer) -> str | None:
    """The division an officer is kept to, None for the whole city."""
    return None if officer.area == WHOLE_CITY else officer.area


def _run_of(request: Request, run_id: str) -> Run:
    officer = officer_of(request).officer
    run = Runs(parts_of(request)).find(run_id)
    if run is None or (officer.area != WHOLE_CITY and run.area != officer.area):
        raise PageUnknown
    return run


def _list_values(request: Request) -> dict[str, Any]:
    parts, officer = parts_of(request), officer_of(request).officer
    area = area_of(officer)
    with snapshot(parts) as connection:
        batches = import_review.batches(connection, parts.clock.today(), area=area, limit=BATCHES_MAX)
        where = positions_in(connection)
    runs = [one for one in Runs(parts).newest(RUNS_MAX) if area is None or one.area == area]
    return {
        "where": where, "may_import": may(officer.role, "receive_batch"),
        "batches": [one for one in batches if area is None or one.stored or one.waiting],
        "runs": [one for one in runs if one.state != "done"],
    }  # fmt: skip


def _batch_values(request: Request, batch_id: str, run: Run | None, failed_row: int | None = None) -> dict[str, Any]:
    parts, officer = parts_of(request), officer_of(request).officer
    area, today = area_of(officer), parts.clock.today()
    with snapshot(parts) as connection:
        batch = import_review.of_batch(connection, batch_id, today, area=area)
        waiting = import_review.waiting(connection, batch_id=batch_id, area=area, limit=ROWS_MAX + 1)
        where = positions_in(connection)
    if batch is None and run is None:
        raise PageUnknown
    runs = Runs(parts)
    if run is None:
        run = next((one for one in runs.newest(RUNS_MAX) if one.batch_id == batch_id and one.state == "done"), None)
    counts = [
        ("full", run.count("accept") if run else batch.stored if batch else 0, ("已存入", "stored")),
        ("hatched", run.count("review") if run else batch.waiting if batch else 0, ("待核定", "for review")),
    ]
    if run is not None:
        counts += [
            ("void", run.count("duplicate"), ("重复，未存", "repeated, not stored")),
            ("dashed", run.count("reject"), ("退回，未存", "sent back, not stored")),
        ]
    return {
        "where": where, "batch": batch, "run": run, "batch_id": batch_id, "failed_row": failed_row,
        "waiting": [shown(one) for one in waiting[:ROWS_MAX]], "has_more": len(waiting) > ROWS_MAX,
        "refusals": runs.refusals(run) if run is not None else [],
        "done": ("", ""), "counts": counts, "bar": bar_of(counts),
        "may_review": may(officer.role, "accept_row"), "may_release": may(officer.role, "disclose"),
        "may_classify": may(officer.role, "classify_penalty"),
    }  # fmt: skip


def done_words(request: Request) -> Words:
    """What an act on the whole file has just done, as its redirect says; ("", "") for none."""
    query = request.query_params
    done = {name: query.get(name, "") for name in ("releases", "classes", "refused")}
    if not all(one.isdigit() or not one for one in done.values()):
        return ("", "")
    refused = (f"；{done['refused']} 条未办成，原因见各条", f"; {done['refused']} refused")
    tail = refused if done["refused"] not in ("", "0") else ("", "")
    if done["releases"]:
        return (f"已批准公示 {done['releases']} 条{tail[0]}。", f"{done['releases']} released{tail[1]}.")
    if done["classes"]:
        return (f"已归类 {done['classes']} 条{tail[0]}。", f"{done['classes']} classified{tail[1]}.")
    return ("", "")


def shown(row: Aside) -> AsideShown:
    """What the queue says of a row: never more than what may be shown of it."""
    compared = tuple(
        (words, row.shown[key]) for key, words in COMPARED.get(row.doubt, ()) if row.shown.get(key)
    )
    return AsideShown(row, compared)


def bar_of(counts: list[tuple[str, int, Words]]) -> list[tuple[str, float, float]]:
    """The same proportions as a bar: look, place and width in percent; a part without rows has no place."""
    total = sum(count for _, count, _ in counts)
    parts, at = [], 0.0
    for look, count, _ in counts:
        if count:
            width = count / total * 100
            parts.append((look, round(at, 2), round(max(width - 0.3, 0.3), 2)))
            at += width
    return parts

