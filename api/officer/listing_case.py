"""A listing as its page shows it: the procedure step by step, which step is next, and what bars the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.officer.act_offers import steps_of
from api.officer.addresses import address_of
from api.officer.case_steps import Step, step_of
from api.officer.listing_told import ADOPTED, RESULTS, hearing_note, statement_note, term_note
from api.officer.words import EXITS, Words
from domain.context import Context
from domain.credit_file import exit as exits
from domain.credit_file import listing_decisions as decisions
from domain.credit_file import listing_service, listing_upward
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.listing_checks import RED, asked_of, kind_of
from domain.law.reading import Reading


@dataclass(frozen=True, slots=True)
class StageShown:
    """One stage of the procedure: done on a day, running now, or still to come; `note` is what was stated."""

    words: Words
    done_on: date | None
    note: str
    look: Literal["done", "now", "to_come", "left_out"]


Row = tuple[Words, date | None, str]


def stages_of(one: Listing, rules: Reading) -> tuple[StageShown, ...]:
    """The stages in order; where a higher body designates, its own. What a list does not ask for is not shown."""
    # Of a listing taken over from paper no step of the procedure is known.
    rows = _upward(one) if one.upward or one.received else _own(one, rules) if one.proposed else []
    rows.append((("列入", "listed"), one.listed.effective_on if one.listed else None, term_note(one, rules)))
    if one.reinstated is not None:
        rows.append((("恢复列入", "reinstated"), one.reinstated.effective_on, one.reinstated.document_no))
    if one.exited is not None:
        rows.append((("退出", "left the list"), one.exited.effective_on, EXITS[one.exited.cause][0]))
    last_done = max((place for place, row in enumerate(rows) if row[1] is not None), default=-1)
    first_open = last_done + 1
    return tuple(
        StageShown(words, on, note, "done" if on else _look(place, last_done, first_open, one))
        for place, (words, on, note) in enumerate(rows)
    )


def _upward(one: Listing) -> list[Row]:
    return [
        (("向上提请", "proposed upward"), one.upward.proposed_on if one.upward else None,
         f"{one.upward.body} {one.upward.document_no}" if one.upward else ""),
        (("收到认定决定", "decision received"), one.received.received_on if one.received else None,
         f"{one.received.body} {one.received.document_no}" if one.received else ""),
    ]  # fmt: skip


def _own(one: Listing, rules: Reading) -> list[Row]:
    is_red = kind_of(one.list_type, rules) == RED
    rows: list[Row] = [
        (("提请", "proposed"), one.proposed.proposed_on if one.proposed else None,
         one.proposed.facts if one.proposed else ""),
        (("公示拟列名单", "shown to the public"), one.announced.announced_on, one.announced.medium) if one.announced
        else (("公示拟列名单", "shown to the public"), None, "") if is_red
        else (("告知", "notice served"), one.notice.served_on if one.notice else None,
              one.notice.document_no if one.notice else ""),
    ]  # fmt: skip
    if not is_red or one.statement is not None:
        rows.append(_statement(one, rules))
    rows += _hearing(one, rules)
    if one.spoke:
        rows.append(
            (("复核", "statement reviewed"), one.weighed.reviewed_on if one.weighed else None,
             dict(ADOPTED)[one.weighed.adopted][0] if one.weighed else "")
        )  # fmt: skip
    rows.append(
        (("法制审核", "legality review"), one.review.reviewed_on if one.review else None,
         one.review.reasons if one.review else "")
    )  # fmt: skip
    rows += _together(one, rules)
    return [
        *rows,
        (("决定", "decision"), one.decision.decided_on if one.decision else None,
         one.decision.document_no if one.decision else ""),
        (("送达", "served"), one.served.served_on if one.served else None, one.served.method if one.served else ""),
    ]  # fmt: skip


def _statement(one: Listing, rules: Reading) -> Row:
    words = ("陈述、申辩", "statement")
    if one.statement is not None:
        return (words, one.statement.received_on, one.statement.summary)
    if one.waived is not None:
        return (words, one.waived.waived_on, f"放弃（{one.waived.document_no}）")
    return (words, None, statement_note(one, rules))


def _hearing(one: Listing, rules: Reading) -> list[Row]:
    """Nothing where the list gives no hearing, or it was given up without having been asked for."""
    note = hearing_note(one, rules)
    if one.hearing_requested is None:
        return [(("听证", "hearing"), None, note)] if note and one.waived is None and one.review is None else []
    called = one.hearing_notice
    return [
        (("要求听证", "hearing requested"), one.hearing_requested.requested_on, one.hearing_requested.summary),
        (("听证", "hearing"), one.hearing.held_on if one.hearing else None,
         one.hearing.record_no if one.hearing else f"{called.hearing_on} {called.place}" if called else ""),
    ]  # fmt: skip


def _together(one: Listing, rules: Reading) -> list[Row]:
    """The superior's consent and the collective discussion, where the list asks for them or they were had."""
    asked_on = one.review.reviewed_on if one.review else one.proposed.proposed_on if one.proposed else date.max
    rows: list[Row] = []
    if one.consent is not None or asked_of("list.consent", one.list_type, rules, designated_on=asked_on):
        rows.append(
            (("上级同意", "superior's consent"), one.consent.decided_on if one.consent else None,
             f"{one.consent.body} {one.consent.document_no}" if one.consent else "")
        )  # fmt: skip
    if one.discussion is not None or asked_of("list.collective", one.list_type, rules, designated_on=asked_on):
        rows.append(
            (("集体讨论", "discussed together"), one.discussion.held_on if one.discussion else None,
             dict(RESULTS)[one.discussion.result][0] if one.discussion else "")
        )  # fmt: skip
    return rows


def _look(place: int, last_done: int, first_open: int, one: Listing) -> Literal["now", "to_come", "left_out"]:
    if place < last_done or one.is_closed:
        return "left_out"
    return "now" if place == first_open else "to_come"


def actions_of(file: CreditFile, one: Listing, context: Context) -> tuple[Step, ...]:
    """Every act of the procedure, then what a case may need besides, each decided on paper."""
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
        *steps_of(file, context, "listings", lid),
    )  # fmt: skip


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
