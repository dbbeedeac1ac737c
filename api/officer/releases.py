"""Release (批准公示): one entry, seen before it is signed; and what else waits for release."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, requires, requires_power
from api.desk import context_of, perform
from api.forms import Fields
from api.officer.act_form import ActForm, Told, as_seen, seen_of, show_form, submit, version_of, why_not
from api.officer.acts.conduct import conduct_told
from api.officer.acts.record import told_of
from api.officer.public_text import compared
from api.officer.subject_file import address_of
from api.officer.subjects import registered_file
from api.officer.worklist import OFFICERS, todos_of
from api.parts import parts_of
from api.rendering import page
from domain.context import Context
from domain.credit_file.disclosure import disclose as decide_release
from domain.credit_file.disclosure_period import EntryUnknown, Period, period_of
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import check_registered
from domain.credit_file.record import PenaltyRecorded
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.register.acts import Receipt

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
ACTS = ("disclose", "classify_penalty", "prepare_disclosure", "withdraw_disclosure")
"""Duties that the page of releases gathers."""


@router.get("/officer/releases")
@requires(*OFFICERS)
def show_releases(request: Request) -> Response:
    """What waits for a class or for an approver, imported files gathered."""
    lines = todos_of(request, ("entry", "batch", "commitment", "listing"), ACTS)
    mine = tuple(one for one in lines if one.todo.when != "waiting")
    return page(
        request, "officer/releases/show_releases.html", mine=mine,
        others=tuple(one for one in lines if one.todo.when == "waiting"),
    )  # fmt: skip


@router.get("/officer/subjects/{subject_id}/entries/{entry_id}/releases/new")
@requires_power("disclose")
def new_release(request: Request, subject_id: UUID, entry_id: str) -> Response:
    """What the public would see, on which basis and until when; or why it cannot be released."""
    return show_form(request, _form(request, subject_id, entry_id))


@router.post("/officer/subjects/{subject_id}/entries/{entry_id}/releases")
@requires_power("disclose")
def disclose(request: Request, subject_id: UUID, entry_id: str) -> Response:
    """Release the entry from today on."""

    def act(fields: Fields, context: Context) -> Receipt:
        decide = as_seen(decide_release, entry_id, seen_of(fields))
        return perform(request, decide, subject_id, context, entry_id=entry_id)

    return submit(request, _form(request, subject_id, entry_id), act)


def _form(request: Request, subject_id: UUID, entry_id: str) -> ActForm:
    file = registered_file(request, subject_id)
    file.origin_of(entry_id)
    profile, context = check_registered(file), context_of(request, request_id=None)
    period = None
    try:
        period = period_of(file, entry_id, parts_of(request).clock.today(), context.rules)
    except NoRule:
        # The decision tells why in its own words.
        period = None
    back = address_of(subject_id)
    return ActForm(
        "disclose", address_of(subject_id, "entries", entry_id, "releases"), back, profile.name, profile.code,
        seen=version_of(file, entry_id), told=_told(file, entry_id, context.rules),
        follows=(*period_told(period, context.rules), *_stated_told(file, entry_id, period)) if period else (),
        barred=why_not(decide_release, file, context, entry_id=entry_id), asks_evidence=False,
        compared=compared(file, entry_id),
    )  # fmt: skip


def _told(file: CreditFile, entry_id: str, rules: Reading) -> tuple[Told, ...]:
    if (entry := file.records.get(entry_id)) is not None:
        return told_of(entry)
    if (conduct := file.conducts.get(entry_id)) is not None:
        return conduct_told(conduct, rules)
    if (commitment := file.commitments.get(entry_id)) is not None:
        made = commitment.made
        return (
            Told(("承诺事项", "Matter"), (made.matter,) * 2),
            Told(("承诺内容", "Content"), (made.content,) * 2),
            Told(("作出日期", "Made on"), (made.made_on.isoformat(),) * 2),
        )
    listing = file.listings.get(entry_id)
    if listing is None or listing.listed is None:
        raise EntryUnknown
    name = rules.rulebook.code_list("list_types")[listing.list_type]
    return (
        Told(("名单", "List"), (name.zh, name.en)),
        Told(("列入决定", "Decision"), (listing.listed.decision_no,) * 2),
        Told(("列入事由", "Grounds"), (listing.listed.facts,) * 2),
    )


def _stated_told(file: CreditFile, entry_id: str, period: Period) -> tuple[Told, ...]:
    """The end that the letter stated, where the rules derive another one: theirs counts."""
    entry = file.records.get(entry_id)
    stated = entry.record.stated_until if entry is not None and isinstance(entry.record, PenaltyRecorded) else None
    if stated is None or stated == period.until:
        return ()
    told = (f"{stated}，与推定不同，以推定为准", f"{stated}; the derived day counts")
    return (Told(("来文所写公示截止期", "End as stated"), told, is_certain=False),)


def period_told(period: Period, rules: Reading) -> tuple[Told, ...]:
    """A period as the approver reads it before signing: from, through, minimum, and each rule behind them."""
    until = period.until.isoformat() if period.until else None
    lines = [
        Told(("公示", "Shown"),
             (f"自 {period.from_on} 至 {until}（含当日）" if until else f"自 {period.from_on} 起，无截止日",
              f"from {period.from_on} through {until}" if until else f"from {period.from_on}, without end"),
             period.is_firm)
    ]  # fmt: skip
    if period.minimum_until is not None:
        minimum = period.minimum_until.isoformat()
        lines.append(
            Told(("最短公示期", "Minimum"), (f"至 {minimum}，其后可以申请修复", f"through {minimum}, then repair"))
        )
    for row in {row.name: row for row in period.rows}.values():
        declared = rules.rulebook.parameters[row.parameter]
        lines.append(Told((declared.zh, declared.en), (row.citation,) * 2, row.is_verified))
    return tuple(lines)
