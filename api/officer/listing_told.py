"""What a listing's forms tell before they are signed: what the case holds, what follows, which remedies stand.

The page of the case and the forms of its steps ask here, so that both say the same.
"""

from __future__ import annotations

from datetime import timedelta

from api.officer.act_form import Told
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.file import CreditFile, foresee
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.listing_changes import open_doubt
from domain.credit_file.listing_checks import statement_until
from domain.credit_file.listing_hearing import request_term
from domain.credit_file.listing_service import list_subject, remedies_of
from domain.credit_file.tier import tier_on
from domain.law.answers import FactMissing, NoRule
from domain.law.reading import Reading
from domain.refusals import Refused

DAY = timedelta(days=1)
OPINIONS: tuple[tuple[str, Words], ...] = (("lawful", ("合法", "lawful")), ("not_lawful", ("不合法", "not lawful")))
ADOPTED: tuple[tuple[str, Words], ...] = (
    ("full", ("全部采纳", "adopted in full")), ("part", ("部分采纳", "adopted in part")),
    ("not", ("不予采纳", "not adopted")),
)  # fmt: skip
RESULTS: tuple[tuple[str, Words], ...] = (("list", ("同意列入", "to list")), ("not_list", ("不予列入", "not to list")))


def case_told(file: CreditFile, context: Context, listing_id: str) -> tuple[Told, ...]:
    """What the case holds so far, step by step."""
    one, rules = file.listings[listing_id], context.rules
    name = rules.rulebook.code_list("list_types")[one.list_type]
    told = [Told(("名单", "List"), (name.zh, name.en))]
    if one.proposed is not None:
        told.append(Told(("提请事实", "Facts proposed"), (one.proposed.facts,) * 2))
    if one.statement is not None:
        told.append(Told(("陈述、申辩", "Statement"), (one.statement.summary,) * 2))
    elif note := statement_note(one, rules):
        told.append(Told(("陈述、申辩", "Statement"), (note,) * 2, False))
    if one.hearing is not None:
        told.append(Told(("听证", "Hearing"), (f"{one.hearing.held_on} {one.hearing.summary}",) * 2))
    if one.weighed is not None:
        (zh, en), reasons = dict(ADOPTED)[one.weighed.adopted], one.weighed.reasons
        told.append(Told(("复核", "Statement reviewed"), (f"{zh}：{reasons}", f"{en}: {reasons}")))
    if one.review is not None:
        opinion = dict(OPINIONS)[one.review.opinion][0]
        told.append(Told(("法制审核", "Review"), (f"{opinion}：{one.review.reasons}",) * 2))
    if one.discussion is not None:
        (zh, en), held_on = dict(RESULTS)[one.discussion.result], one.discussion.held_on
        told.append(Told(("集体讨论", "Discussed"), (f"{held_on} {zh}", f"{held_on} {en}")))
    if one.decision is not None:
        told.append(Told(("决定", "Decision"), (f"{one.decision.document_no} {one.decision.decided_on}",) * 2))
    if one.listed is not None:
        told.append(Told(("认定机关", "Designated by"), (one.listed.designated_by,) * 2))
        told.append(Told(("生效日期", "Listed from"), (one.listed.effective_on.isoformat(),) * 2))
    if (doubt := open_doubt(one, rules)) is not None:
        told.append(
            Told(("依据存疑", "Basis in doubt"), (f"{doubt.citation}：{doubt.note}", f"{doubt.citation}: {doubt.note}"),
                 doubt.is_verified)
        )  # fmt: skip
    return tuple(told)


def remedies_told(context: Context) -> tuple[Told, ...]:
    """The remedies against a decision served today, for its text."""
    found = remedies_of(context.today, context.rules)
    if found is None:
        return ()
    last, court = found.reconsideration.until, found.litigation.until
    zh = f"今日送达的，可在 {last} 前（含当日）向{found.body.zh}申请行政复议，或在 {court} 前（含当日）提起行政诉讼"
    en = f"if served today: reconsideration by {found.body.en} through {last}, or litigation through {court}"
    return (Told(("救济途径", "Remedies"), (zh, en), all(row.is_verified for row in found.rows)),)


def remedies_text(context: Context) -> str:
    """The words of the remedies as a decision tells them; "" where no rule answers for the day."""
    found = remedies_of(context.today, context.rules)
    if found is None:
        return ""
    days, months = found.reconsideration.row.number, found.litigation.row.number
    return (
        f"如不服本决定，可自收到之日起 {days} 日内向{found.body.zh}申请行政复议，"
        f"或者自收到之日起 {months} 个月内依法提起行政诉讼。"
    )


def hearing_note(one: Listing, rules: Reading) -> str:
    """Until when a hearing may be asked for; "" where the list gives none."""
    try:
        term = request_term(one, rules)
    except (NoRule, FactMissing):
        return ""
    return f"要求听证的期限至 {term.until}（含当日）" if term is not None and term.until is not None else ""


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
    return (*lines, *remedies_told(context), *_tier_told(file, one, context))


def _tier_told(file: CreditFile, one: Listing, context: Context) -> tuple[Told, ...]:
    if one.decision is None or one.decision.outcome != "list":
        return ()
    try:
        events = list_subject(
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
