"""Supervision tiers assigned by a person (评定等级): beside what the file gives, never the ground of a decision."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.tier import Tier, tier_on
from domain.credit_file.tier_assignment import Assignment, assign_tier, assignment_on, override_tier
from domain.law.answers import NoRule

Choices = tuple[tuple[str, Words], ...]

NEVER_ALONE = Told(
    ("用途", "Use"),
    ("只用于安排检查的比例和频次，不单独作为作出决定的依据（个人信息保护法第24条）",
     "It steers how often the bureau looks; it is never by itself the ground of a decision (PIPL 24)"),
)  # fmt: skip


def derived(file: CreditFile, context: Context) -> Tier | None:
    """What the file gives today; None where no scheme or no rule answers."""
    try:
        return tier_on(file, context.today, context.rules)
    except NoRule:
        return None


def grade_words(context: Context, grade: str) -> Words:
    """A grade in words."""
    code = context.rules.rulebook.code_list("tier_grades")[grade]
    return code.zh, code.en


def grades(file: CreditFile, context: Context) -> Choices:
    """The grades of today's scheme."""
    tier = derived(file, context)
    return tuple((one, grade_words(context, one)) for one in (tier.rows[0].names if tier is not None else ()))


def derived_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """What the file gives today and each input that gives it, as it is told to the subject too."""
    tier = derived(file, context)
    if tier is None:
        return (Told(("档案推定", "The file gives"), ("当日没有分级方案", "no scheme today")), NEVER_ALONE)
    inputs = context.rules.rulebook.code_list("tier_inputs")
    is_certain = all(row.is_verified for row in tier.rows)
    told = [Told(("档案推定", "The file gives"), grade_words(context, tier.grade), is_certain)]
    for one in tier.inputs:
        about = title_of_entry(file, one.entry_id)
        told.append(Told(("依据", "By"), (f"{inputs[one.code].zh}　{about}", f"{inputs[one.code].en} {about}")))
    return (*told, NEVER_ALONE)


def title_of_entry(file: CreditFile, entry_id: str) -> str:
    """What officers call an entry: its number or its matter."""
    if (entry := file.records.get(entry_id)) is not None:
        return entry.record.document_no
    if (one := file.commitments.get(entry_id)) is not None:
        return one.made.document_no
    return ""


def assigned_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """What was assigned and why, what the leader changed, and what the file gives today."""
    one: Assignment = file.tiers[case_id]
    now = grade_words(context, one.grade_on(context.today))
    holds = assignment_on(file, context.today) is one
    told = [
        Told(("评定等级", "Assigned"), now if holds else (f"{now[0]}（已失效）", f"{now[1]} (over)")),
        Told(("评定日期", "On"), (str(one.assigned.assigned_on),) * 2),
        Told(("有效至", "Through"), (str(one.assigned.valid_until or "—"),) * 2, False),
        Told(("向当事人的说明", "Explained to the subject"), (one.assigned.explanation,) * 2),
    ]
    for event, _ in one.overridden:
        old, new = grade_words(context, event.from_grade), grade_words(context, event.to_grade)
        said = (f"{old[0]} → {new[0]}：{event.reason}", f"{old[1]} → {new[1]}: {event.reason}")
        told.append(Told((f"{event.overridden_on} 调整", f"Overridden on {event.overridden_on}"), said))
    return (*told, *derived_told(file, context, case_id))


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        assign_tier, "tiers",
        (Group(("", ""), (
            Asked("grade", ("等级", "Grade"), "select", required=True),
            Asked("explanation", ("向当事人的说明", "Explanation to the subject"), "area", required=True),
        )),),
        creates="assignment_id", options={"grade": grades}, told=derived_told,
    ),
    OfficerAct(
        override_tier, "overrides",
        (Group(("", ""), (
            Asked("to_grade", ("调整为", "To grade"), "select", required=True),
            Asked("reason", ("理由", "Reason"), "area", required=True),
        )),),
        collection="tiers", about="assignment_id", options={"to_grade": grades}, told=assigned_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = (
    CaseKind(
        "tiers", ("监管等级评定", "Assigned tier"), lambda file, case_id: str(file.tiers[case_id].assigned.assigned_on),
        assigned_told, lambda file, case_id: file.tiers[case_id].version,
    ),
)  # fmt: skip
