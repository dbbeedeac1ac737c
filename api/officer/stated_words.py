"""What is stated of a subject, in words (所载): a field's name, its value and what it is about.

The auditor's answers and the preview of an act say the same. A chapter that states something new adds its words here.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.money import show_money
from api.officer.words import (
    ALTERATIONS,
    BASES,
    COMMITMENT_STATES,
    ENTRY_STATES,
    EXITS,
    LICENCE_CHANGES,
    MEASURE_CAUSES,
    OBJECTION_STATES,
    RECOGNITION_ENDS,
    REMEDY_OUTCOMES,
    SHIELD_STATES,
    STAGES,
    Words,
)
from domain.credit_file.stated import Stated
from domain.law.reading import Reading

ITEMS: Mapping[str, Words] = {
    "name": ("名称", "name"),
    "code": ("统一社会信用代码", "credit code"),
    "code.flagged": ("代码校验不符，核定保留", "code flagged"),
    "status": ("登记状态", "status"),
    "person": ("责任人员", "responsible person"),
    "predecessor": ("承继自", "follows"),
    "successor": ("承继主体", "followed by"),
    "joined": ("并入主档案", "joined to the main file"),
    "listing": ("名单", "list"),
    "listing.until": ("列入截止", "listed through"),
    "listing.basis": ("列入依据", "basis of the listing"),
    "licence": ("行政许可", "licence"),
    "licence.until": ("许可有效期至", "licence valid through"),
    "qualification": ("资质", "qualification"),
    "qualification.until": ("资质有效期至", "qualification valid through"),
    "qualification.ended": ("资质终止", "qualification ended"),
    "honour": ("荣誉", "honour"),
    "honour.until": ("荣誉有效期至", "honour through"),
    "honour.ended": ("荣誉终止", "honour ended"),
    "adverse_conduct": ("不良行为", "adverse conduct"),
    "conduct.annulled": ("行为记录撤销", "record of conduct annulled"),
    "penalty": ("行政处罚", "penalty"),
    "penalty.fine": ("罚款", "fine"),
    "penalty.class": ("失信程度", "class"),
    "licence.change": ("许可变更", "change of the licence"),
    "penalty.performed": ("履行完毕", "performed"),
    "penalty.fine_left": ("罚款尚欠", "left of the fine"),
    "penalty.confiscation_left": ("没收尚欠", "left of the confiscation"),
    "penalty.rectified": ("改正于", "conduct put right on"),
    "penalty.altered": ("处罚变更、撤销", "penalty altered or revoked"),
    "record.annulled": ("记录撤销", "record annulled"),
    "disclosure": ("公示", "disclosure"),
    "disclosure.stated_until": ("来文所写公示截止期（与推定不同）", "stated end, not the derived one"),
    "disclosure.refused": ("不予公示的情形", "ground of non-disclosure"),
    "objection": ("异议", "objection"),
    "remedy.reconsideration": ("行政复议", "reconsideration"),
    "remedy.litigation": ("行政诉讼", "lawsuit"),
    "shield": ("暂时屏蔽", "shielding"),
    "disclosure.until": ("公示截止期", "disclosed through"),
    "repair.first_on": ("首次可申请修复", "repair possible from"),
    "commitment": ("信用承诺", "commitment"),
    "commitment.published": ("承诺书公开于", "letter published on"),
    "commitment.check": ("承诺核查结果", "result of the check"),
    "commitment.benefit_revoked": ("已取消的便利", "benefit revoked"),
    "repair": ("信用修复", "repair"),
    "measure": ("惩戒措施", "measure"),
    "tier": ("监管等级", "tier"),
    "tier.assigned": ("评定的等级", "tier assigned"),
    "tier.assigned_until": ("评定有效至", "tier assigned through"),
    "protection.sealed": ("封存", "sealed"),
    "protection.kept_until": ("保存期至", "kept through"),
}
DISCLOSURE: Mapping[str, Words] = {
    **ENTRY_STATES,
    "not_released": ("未批准公示", "not released"),
    "not_disclosed_by_law": ("依规定不公示", "not disclosed by law"),
}
CHECKS: Mapping[str, Words] = {
    "kept": ("已履行", "kept"), "not_due": ("未到期", "not due yet"), "partly": ("部分履行", "kept in part"),
    "not": ("未履行", "not kept"), "false": ("虚假承诺", "false"),
}  # fmt: skip
EFFECTS: Mapping[str, Words] = {
    "disclosure_ended": ("已终止公示", "disclosure ended"),
    "removed_from_list": ("已移出名单", "removed from the list"),
    "revoked": ("修复已撤销", "repair revoked"),
}


def value_of(one: Stated | None, rules: Reading) -> Words:
    """A field's value in words."""
    if one is None:
        return ("没有", "none")
    value = one.value
    match one.item:
        case "penalty.fine" | "penalty.fine_left" | "penalty.confiscation_left":
            return (show_money(int(value)),) * 2
        case "licence.change":
            return LICENCE_CHANGES.get(value, (value, value))
        case "qualification.ended" | "honour.ended":
            return RECOGNITION_ENDS.get(value, (value, value))
        case "adverse_conduct":
            return code_words(rules, "conduct_codes", value)
        case "penalty.altered":
            return ALTERATIONS.get(value, (value, value))
        case "penalty.class":
            return code_words(rules, "classes", value)
        case "listing":
            state, _, cause = value.partition("/")
            return ("在列", "listed") if state == "listed" else EXITS.get(cause, (value, value))
        case "disclosure":
            return DISCLOSURE.get(value, (value, value))
        case "disclosure.refused":
            return code_words(rules, "nondisclosure_grounds", value)
        case "objection":
            return OBJECTION_STATES.get(value, (value, value))
        case "remedy.reconsideration" | "remedy.litigation":
            return ("进行中", "running") if value == "running" else REMEDY_OUTCOMES.get(value, (value, value))
        case "shield":
            return SHIELD_STATES.get(value, (value, value))
        case "status":
            return code_words(rules, "subject_statuses", value)
        case "listing.basis":
            return BASES.get(value, (value, value))
        case "commitment":
            return COMMITMENT_STATES.get(value, (value, value))
        case "measure":
            state, _, cause = value.partition("/")
            if state == "lifted":
                zh, en = MEASURE_CAUSES.get(cause, (cause, cause))
                return (f"已解除（{zh}）", f"lifted: {en}")
            if state == "shielded":
                return ("屏蔽期间暂停", "suspended by the shielding")
            return ("执行中", "running") if state == "running" else ("已结束", "over")
        case "repair":
            return EFFECTS.get(value) or STAGES.get(value, (value, value))
        case "tier" | "tier.assigned":
            return code_words(rules, "tier_grades", value)
        case "commitment.check":
            return CHECKS.get(value, (value, value))
        case "commitment.published":
            names = [code_words(rules, "commitment_channels", one) for one in value.split("、")]
            return "、".join(zh for zh, _ in names), ", ".join(en for _, en in names)
        case "licence.until" if value == "long_term":
            return ("长期", "long-term")
        case _:
            return (value, value)


def about_of(item: str, about: str, rules: Reading) -> str:
    """What a field is about: a list or a measure by its name, anything else as it is."""
    if item == "measure":
        return code_words(rules, "measures", about)[0]
    if item == "person":
        return code_words(rules, "person_roles", about)[0]
    return code_words(rules, "list_types", about)[0] if item.startswith("listing") else about


def code_words(rules: Reading, code_list: str, code: str) -> Words:
    """The code in the words of its list; the code itself where the list has none."""
    found = rules.rulebook.code_list(code_list).get(code)
    return (found.zh, found.en) if found is not None else (code, code)
