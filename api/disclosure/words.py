"""Words for what the rulebook answers: terms, channels, kinds. The numbers themselves come from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Words = tuple[str, str]
"""The same in Chinese and in English."""

UNITS: Mapping[str, Words] = {
    "days": (" 日", " days"),
    "working_days": (" 个工作日", " working days"),
    "months": (" 个月", " months"),
    "years": (" 年", " years"),
    "day_of_month": (" 日前（每月）", "th of the month"),
    "count": (" 次", " times"),
    "percent": ("%", "%"),
}

BARE: Mapping[str, Words] = {"none": ("不设期限", "no term"), "never": ("不予修复", "never")}

CHANNELS: Mapping[str, Words] = {
    "credit_china": ("在“信用中国”网站申请", "apply at Credit China"),
    "credit_china_or_unit": ("在“信用中国”网站或向作出决定的机关申请", "apply at Credit China or the deciding body"),
    "unit": ("向认定机关申请", "apply to the designating body"),
    "publicity_system": (
        "在国家企业信用信息公示系统申请",
        "apply at the National Enterprise Credit Information Publicity System",
    ),
}

KINDS: Mapping[str, Words] = {
    "penalty": ("行政处罚", "Penalties"),
    "listing": ("名单", "Lists"),
    "licence": ("行政许可", "Licences"),
    "qualification": ("资质", "Qualifications"),
    "honour": ("荣誉", "Honours"),
    "adverse_conduct": ("不良行为", "Adverse conduct"),
    "commitment": ("信用承诺", "Commitments"),
}

SUBJECT_KINDS: Mapping[str, Words] = {
    "organisation": ("", ""),
    "sole_trader": ("个体工商户", "sole trader"),
    "natural_person": ("自然人", "natural person"),
}


MARKS: Mapping[str, Words] = {
    "objection": ("异议处理中", "an objection is being dealt with"),
    "reconsideration": ("复议中", "under reconsideration"),
    "litigation": ("诉讼中", "in court"),
}


CHOICES: Mapping[str, Words] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "bureau": ("本局认定", "designated by the bureau"),
    "province": ("省级商务主管部门认定", "designated by the province"),
    "ministry": ("商务部认定", "designated by the ministry"),
    "market_regulation": ("市场监管部门认定", "designated by market regulation"),
    "city_government": ("市人民政府", "the city government"),
    "lenient": ("从旧兼从轻", "the more favourable later rule"),
    "strict": ("依行为时规定", "the rule of the day"),
    "city_government_or_provincial_department": ("市人民政府或省级主管部门", "the city government or the province"),
    "longest": ("从其最长", "the longest one"),
    "restarts": ("重新起算", "begins anew"),
    "continues": ("继续计算", "runs on"),
    "leader": ("分管领导", "the leader in charge"),
    "head": ("科室负责人", "the section head"),
    "if_ordered": ("依决定或裁定停止", "where it is ordered"),
}

TRAITS: Mapping[str, Words] = {
    "channel": ("渠道", "channel"),
    "list_type": ("名单", "list"),
    "class.2019": ("等次", "class"),
    "class.2025": ("失信程度", "class"),
    "measure": ("处罚种类", "measure"),
    "procedure": ("程序", "procedure"),
    "authority": ("处罚机关", "authority"),
    "field": ("领域", "field"),
    "subject_kind": ("主体类型", "kind of subject"),
    "target": ("修复对象", "target"),
    "grade": ("等级", "grade"),
    "conduct": ("记录种类", "kind of record"),
    "conduct_field": ("行为领域", "field of conduct"),
}

NAMES: Mapping[str, str] = {
    "credit_site": "信用网站", "publicity_system": "公示系统", "warning_only": "仅警告", "criticism_only": "仅通报批评",
    "small_fine": "小额罚款", "ordinary": "普通程序", "summary": "简易程序", "commerce": "商务",
    "market_regulation": "市场监管", "emergency": "应急管理", "food": "食品", "drugs": "药品",
    "special_equipment": "特种设备", "penalty": "行政处罚", "listing": "名单", "qualification": "资质",
    "honour": "荣誉", "adverse": "不良行为", "foreign_trade": "对外贸易", "outbound_investment": "对外投资",
    "contracting_labour": "对外承包工程、对外劳务合作",
}  # fmt: skip
"""Names of traits that no code list of the rulebook has."""


def value_words(value: Any, unit: str, parameter: str = "") -> Words:
    """A row's value with its unit, in words."""
    if unit in BARE:
        return ("没有依据", "no basis") if parameter == "list.basis" else BARE[unit]
    if unit == "choice" and isinstance(value, str):
        return CHOICES.get(value) or CHANNELS.get(value) or (value, value)
    if unit == "fen" and isinstance(value, int):
        return (f"{value // 100:,} 元", f"{value // 100:,} yuan")
    if unit in UNITS and isinstance(value, int):
        zh, en = UNITS[unit]
        return (f"{value}{zh}", f"{value}{en}")
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    text = "、".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)
    return (text, text)
