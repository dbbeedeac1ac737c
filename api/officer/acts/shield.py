"""Shielding in bankruptcy (暂时屏蔽): its begin, its end, and its page."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.words import SHIELD_STATES, Words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.shield import end_shield, shield_subject

CAUSES: tuple[tuple[str, Words], ...] = tuple((one, words) for one, words in SHIELD_STATES.items() if one != "running")
RULING = Asked("ruling_no", ("裁定书文号", "Number of the ruling"), required=True)


def shield_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """Where the shielding stands; after completion, what the firm is to be told."""
    one = file.shields[case_id]
    state = one.ended.cause if one.ended is not None else "running"
    told = [
        Told(("状态", "State"), SHIELD_STATES[state]),
        Told(("法院", "Court"), (one.shielded.court,) * 2),
        Told(("裁定", "Ruling"), (f"{one.shielded.ruling_no}　{one.shielded.ruled_on}",) * 2),
        Told(("屏蔽自", "Shielded from"), (one.shielded.from_on.isoformat(),) * 2),
    ]
    if one.ended is not None:
        told.append(Told(("结束", "Ended"), (f"{one.ended.ruling_no}　{one.ended.ended_on}",) * 2))
    if state == "completed":
        told.append(
            Told(("下一步", "Next"), (
                "不恢复公示；请告知主体或管理人，可持裁定书申请信用修复",
                "nothing is shown again; tell the firm or its administrator that it may apply for repair",
            ))
        )  # fmt: skip
    return tuple(told)


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        shield_subject, "shields",
        (Group(("", ""), (
            Asked("court", ("法院", "Court"), required=True), RULING,
            Asked("ruled_on", ("批准计划或认可协议的日期", "Plan or settlement approved on"), "date", required=True),
            Asked("from_on", ("屏蔽自", "Shielded from"), "date", required=True),
        )),),
        creates="shield_id",
    ),
    OfficerAct(
        end_shield, "ends",
        (Group(("", ""), (
            Asked("cause", ("结束情形", "How it ended"), "select", options=CAUSES), RULING,
            Asked("ended_on", ("结束日期", "Ended on"), "date", required=True),
        )),),
        collection="shields", about="shield_id", told=shield_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = (
    CaseKind(
        "shields", ("暂时屏蔽", "shielding"), lambda file, one: file.shields[one].shielded.ruling_no, shield_told,
        lambda file, one: file.shields[one].version,
    ),
)  # fmt: skip
