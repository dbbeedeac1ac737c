"""A listing as its page shows it: the procedure step by step, which step is next, and what bars the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from api.officer.act_form import Told
from api.officer.case_steps import Step, step_of
from api.officer.subject_file import address_of
from api.officer.words import EXITS, Words
from domain.context import Context
from domain.credit_file import exit as exits
from domain.credit_file import listing_decisions as decisions
from domain.credit_file import listing_service, listing_upward
from domain.credit_file.file import CreditFile, foresee
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.listing_checks import statement_until
from domain.credit_file.tier import tier_on
from domain.law.answers import FactMissing, NoRule
from domain.law.reading import Reading
from domain.refusals import Refused

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StageShown:
    """One stage of the procedure: done on a day, running now, or still to come; `note` is what was stated."""

    words: Words
    done_on: date | None
    note: str
    look: Literal["done", "now", "to_come", "left_out"]


def stages_of(one: Listing, rules: Reading) -> tuple[StageShown, ...]:
    """The stages in order; where a higher body designates, its own."""
    if one.upward is not None or (one.received is not None and one.proposed is None):
        rows: list[tuple[Words, date | None, str]] = [
            (("向上提请", "proposed upward"), one.upward.proposed_on if one.upward else None,
             f"{one.upward.body} {one.upward.document_no}" if one.upward else ""),
            (("收到认定决定", "decision received"), one.received.received_on if one.received else None,
             f"{one.received.body} {one.received.document_no}" if one.received else ""),
        ]  # fmt: skip
    else:
        rows = [
            (("提请", "proposed"), one.proposed.proposed_on if one.proposed else None,
             one.proposed.facts if one.proposed else ""),
            (("告知", "notice served"), one.notice.served_on if one.notice else None,
             one.notice.document_no if one.notice else ""),
            (("陈述、申辩", "statement"), one.statement.received_on if one.statement else None,
             one.statement.summary if one.statement else statement_note(one, rules)),
            (("法制审核", "legality review"), one.review.reviewed_on if one.review else None,
             one.review.reasons if one.review else ""),
            (("决定", "decision"), one.decision.decided_on if one.decision else None,
             one.decision.document_no if one.decision else ""),
            (("送达", "served"), one.served.served_on if one.served else None, one.served.method if one.served else ""),
        ]  # fmt: skip
    rows.append((("列入", "listed"), one.listed.effective_on if one.listed else None, term_note(one, rules)))
    if one.exited is not None:
        rows.append((("退出", "left the list"), one.exited.effective_on, EXITS[one.exited.cause][0]))
    last_done = max((place for place, row in enumerate(rows) if row[1] is not None), default=-1)
    first_open = last_done + 1
    return tuple(
        StageShown(words, on, note, "done" if on else _look(place, last_done, first_open, one))
        for place, (words, on, note) in enumerate(rows)
    )


def _look(place: int, last_done: int, first_open: int, one: Listing) -> Literal["now", "to_come", "left_out"]:
    if place < last_done or one.is_closed:
        return "left_out"
    return "now" if place == first_open else "to_come"


def statement_note(one: Listing, rules: Reading) -> str:
    """Until when the subject may state its case; "" before the notice or where no rule says."""
    try:
        until = statement_until(one, rules)
    except (NoRule, FactMissing):
        return ""
    return f"期限至 {until}（含当日）" if until is not None and one.statement is None else ""


def term_note(one: Listing, rules: Reading) -> str:
    """Through which day the listing runs."""
    if one.listed is None:
        return ""
    until, _, _ = end_of(one, rules)
    return f"至 {until}（含当日）" if until is not None else ""


def actions_of(file: CreditFile, one: Listing, context: Context) -> tuple[Step, ...]:
    """Every act of the procedure, in its order, each decided on paper."""
    base, today, officer = address_of(file.subject_id, "listings", one.listing_id), context.today, context.officer
    lid = one.listing_id
    return (
        step_of(decisions.serve_listing_notice, f"{base}/notices/new", file, context, officer, listing_id=lid,
                document_no="", served_on=today, method="直接送达"),
        step_of(decisions.receive_listing_statement, f"{base}/statements/new", file, context, officer,
                listing_id=lid, received_on=today, summary=""),
        step_of(decisions.review_legality, f"{base}/reviews/new", file, context, officer, listing_id=lid,
                opinion="lawful", reasons=""),
        step_of(decisions.decide_listing, f"{base}/decisions/new", file, context, officer, listing_id=lid,
                outcome="not_list", document_no="", facts="", removal_conditions="", remedies=""),
        step_of(listing_service.list_subject, f"{base}/services/new", file, context, officer, listing_id=lid,
                served_on=today, method="直接送达", repair_notice_served=True),
        step_of(listing_upward.receive_listing_decision, f"{base}/received-decisions/new", file, context, officer,
                listing_id=lid, list_type=one.list_type, outcome="not_list", body="", decided_on=today,
                effective_on=today, document_no="", facts=""),
        step_of(exits.revoke_listing, f"{base}/revocations/new", file, context, officer, listing_id=lid,
                document_no=""),
        step_of(exits.receive_exit_decision, f"{base}/received-exits/new", file, context, officer, listing_id=lid,
                cause="repair", body="", document_no="", decided_on=today, effective_on=today),
        step_of(exits.exit_deregistered, f"{base}/deregistrations/new", file, context, officer, listing_id=lid,
                deregistered_on=today, document_no=""),
    )  # fmt: skip


def listed_told(file: CreditFile, one: Listing, context: Context) -> tuple[Told, ...]:
    """What the listing will do if its decision is served today: derived by recording it on paper."""
    rules, today = context.rules, context.today
    decided_on = one.decision.decided_on if one.decision else today
    names = rules.rulebook.code_list("list_types")
    name = names[one.list_type]
    lines = [Told(("名单", "List"), (name.zh, name.en))]
    days, traits = {"designated_on": decided_on, "listed_on": today}, {"list_type": one.list_type}
    for parameter, label in (
        ("list.term", ("列入期", "Term")), ("list.repair_min", ("最早可申请移出", "Removal possible from")),
    ):  # fmt: skip
        try:
            term = rules.term(parameter, days=days, traits=traits)
        except (NoRule, FactMissing):
            continue
        if term.until is None:
            lines.append(Told(label, ("不设期限", "no term") if term.is_none else ("不可移出", "never")))
            continue
        shown = term.until if parameter == "list.term" else term.until + DAY
        value = (f"今日送达的，{'至' if parameter == 'list.term' else '自'} {shown}（{term.row.citation}）",
                 f"if served today, {'through' if parameter == 'list.term' else 'from'} {shown}")  # fmt: skip
        lines.append(Told(label, value, all(row.is_verified for row in term.rows)))
    lines.append(
        Told(("公示", "Disclosure"), ("列入后由另一名有权人员批准公示", "once another authorised officer releases it"))
    )
    return (*lines, *_tier_told(file, one, context))


def _tier_told(file: CreditFile, one: Listing, context: Context) -> tuple[Told, ...]:
    if one.decision is None or one.decision.outcome != "list":
        return ()
    try:
        events = listing_service.list_subject(
            file, context, listing_id=one.listing_id, served_on=context.today, method="直接送达",
            repair_notice_served=True,
        )  # fmt: skip
        after = tier_on(foresee(file, context, events), context.today, context.rules)
    except (Refused, NoRule):
        return ()
    before = tier_on(file, context.today, context.rules)
    if before is None or after is None:
        return ()
    grades = context.rules.rulebook.code_list("tier_grades")
    value = (f"{grades[before.grade].zh} → {grades[after.grade].zh}", f"{before.grade} → {after.grade}")
    return (Told(("监管等级（样例分级）", "Tier (sample table)"), value, False),)


def listing_words(one: Listing, rules: Reading, today: date) -> Words:
    """Where the case stands, in one sentence."""
    if one.listed is not None:
        until, _, _ = end_of(one, rules)
        if one.exited is not None and one.exited.effective_on <= today:
            zh, en = EXITS[one.exited.cause]
            left = one.exited.effective_on
            return (f"{left} 起退出名单（{zh}）。", f"Left the list from {left}: {en}.")
        if until is not None and until < today:
            return (f"列入期已于 {until} 届满。", f"The term ended on {until}.")
        last = (f"至 {until}（含当日）", f"through {until}") if until is not None else ("，无截止日", "without end")
        first = one.listed.effective_on
        return (f"在名单内，自 {first} {last[0]}。", f"Listed from {first} {last[1]}.")
    if one.is_closed:
        return ("不予列入，已办结。", "Not listed; closed.")
    stage = next((row for row in stages_of(one, rules) if row.look == "now"), None)
    if stage is None:
        return ("办理中。", "Under way.")
    note = f"，{stage.note}" if stage.note else ""
    return (f"办理中，下一步：{stage.words[0]}{note}。", f"Under way; next: {stage.words[1]}.")
