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
    "commitment": ("信用承诺", "Commitments"),
}

SUBJECT_KINDS: Mapping[str, Words] = {
    "organisation": ("", ""),
    "sole_trader": ("个体工商户", "sole trader"),
    "natural_person": ("自然人", "natural person"),
}


def value_words(value: Any, unit: str) -> Words:
    """A row's value with its unit, in words."""
    if unit in BARE:
        return BARE[unit]
    if unit == "fen" and isinstance(value, int):
        return (f"{value // 100:,} 元", f"{value // 100:,} yuan")
    if unit in UNITS and isinstance(value, int):
        zh, en = UNITS[unit]
        return (f"{value}{zh}", f"{value}{en}")
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    text = "、".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)
    return (text, text)
