"""Measures (惩戒措施): taking one because of an entry that stands, and lifting it."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.words import MEASURE_CAUSES, Words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.measure import apply_measure, lift_measure, runs_on, stands, would_run_on

Choices = tuple[tuple[str, Words], ...]


def name_of(file: CreditFile, context: Context, target_id: str) -> Words:
    """What officers call the entry that a measure rests on."""
    if (listing := file.listings.get(target_id)) is not None:
        code = context.rules.rulebook.code_list("list_types")[listing.list_type]
        return (f"列入 {code.zh}", f"listing: {code.en}")
    if (entry := file.records.get(target_id)) is not None:
        return (f"处罚 {entry.record.document_no}", f"penalty {entry.record.document_no}")
    if (conduct := file.conducts.get(target_id)) is not None:
        return (f"不良行为 {conduct.number}", f"adverse conduct {conduct.number}")
    matter = file.commitments[target_id].made.matter
    return (f"违诺 {matter}", f"breach: {matter}")


def grounds(file: CreditFile, context: Context) -> Choices:
    """The entries that stand today and may carry a measure."""
    ids = (*file.listings, *file.records, *file.conducts, *file.commitments)
    standing = [one for one in ids if stands(file, one, context.today, context.rules)]
    return tuple((one, name_of(file, context, one)) for one in standing)


def measures(file: CreditFile, context: Context) -> Choices:
    """The list of measures in force today."""
    return tuple((one.code, (one.zh, one.en)) for one in context.rules.lists("measures", context.today).values())


def sections(file: CreditFile, context: Context) -> Choices:
    """The sections and county offices that may carry one out."""
    return tuple((one.code, (one.zh, one.en)) for one in context.rules.lists("sections", context.today).values())


def measure_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """What the measure is, on what it rests, and whether it runs."""
    one = file.measures[case_id]
    applied, code = one.applied, context.rules.rulebook.code_list("measures")[one.applied.measure_code]
    state: Words = ("已结束", "over")
    if one.lifted is not None:
        zh, en = MEASURE_CAUSES[one.lifted.cause]
        state = (f"{one.lifted.lifted_on} 解除（{zh}）", f"lifted on {one.lifted.lifted_on}: {en}")
    elif runs_on(file, one, context.today, context.rules):
        state = ("执行中", "running")
    elif would_run_on(file, one, context.today, context.rules):
        state = ("屏蔽期间暂停", "suspended by the shielding")
    until: Words = (str(applied.until),) * 2 if applied.until else ("随列入结束", "as long as the listing")
    return (
        Told(("状态", "State"), state),
        Told(("惩戒措施", "Measure"), (code.zh, code.en)),
        Told(("依据的信息", "It rests on"), name_of(file, context, applied.target_id)),
        Told(("事项", "Matter"), (applied.matter,) * 2),
        Told(("效果", "Effect"), (applied.effect,) * 2),
        Told(("期间", "Period"), (f"{applied.from_on} 至 {until[0]}", f"{applied.from_on} to {until[1]}")),
    )  # fmt: skip


def title_of(file: CreditFile, case_id: str) -> str:
    """What the page of a measure is called."""
    return file.measures[case_id].applied.matter


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        apply_measure, "measures",
        (Group(("", ""), (
            Asked("target_id", ("依据的信息", "Because of"), "select", required=True),
            Asked("measure_code", ("惩戒措施", "Measure"), "select", required=True),
            Asked("matter", ("事项", "Matter"), required=True),
            Asked("section", ("执行科室", "Carried out by"), "select", required=True),
            Asked("effect", ("效果", "Effect"), "area", required=True),
            Asked("from_on", ("起始日期", "From"), "date", required=True),
            Asked("until", ("截止日期", "Through"), "date",
                  hint=("以列入为依据的可不填，随列入结束", "empty for a listing: it ends with it")),
        )),),
        creates="measure_id", options={"target_id": grounds, "measure_code": measures, "section": sections},
    ),
    OfficerAct(
        lift_measure, "liftings",
        (Group(("", ""), (
            Asked("cause", ("解除原因", "Cause"), "select", options=tuple(MEASURE_CAUSES.items())),
            Asked("lifted_on", ("解除日期（当日起不再执行）", "First day without it"), "date", required=True),
            Asked("reason", ("理由（其他原因必填）", "Reason, where the cause is another"), "area"),
        )),),
        collection="measures", about="measure_id", told=measure_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = (
    CaseKind(
        "measures", ("惩戒措施", "measure"), title_of, measure_told, lambda file, one: file.measures[one].version
    ),
)  # fmt: skip
