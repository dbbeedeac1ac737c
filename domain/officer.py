"""Who may do what: the role × act table of the bureau (`powers.toml`) as data, and the two checks every act passes.

An act is named by its decision (`record_penalty`, `list_subject`, …); one name through route, decision and table.
Beyond this table a decision keeps officers apart itself: recorder ≠ approver, proposer ≠ reviewer ≠ decider.
Source: the plan 营商〔2020〕65号 (sections, leading group) and the separation of duties a register of this kind needs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from domain.context import Officer
from domain.refusals import NotAllowed, NotYourArea

WHOLE_CITY = "210800"

SYSTEM = Officer("system", "system", "system")
"""Who acts where the register itself notes what time alone has brought about."""

ROLES: dict[str, str] = {
    "handler": "科室经办人",
    "section_head": "科室负责人",
    "leader": "分管领导",
    "market_order": "市场秩序科",
    "county_office": "县（市）区商务主管部门",
    "legality_reviewer": "法制审核员",
    "auditor": "审计",
    "administrator": "系统管理员",
    "system": "系统",
}

_TABLE: dict[str, Any] = tomllib.loads(files("domain").joinpath("powers.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Power:
    """One row of the table: its chapter, what the act is called in both languages, which roles hold it, and what says
    so."""

    act: str
    chapter: str
    zh: str
    en: str
    roles: frozenset[str]
    basis: str
    is_previewed: bool


def _row(chapter: str, act: str, row: Mapping[str, Any]) -> Power:
    groups: Mapping[str, list[str]] = _TABLE["group"]
    roles = frozenset(role for one in row["roles"] for role in groups.get(one, [one]))
    basis, is_previewed = row.get("basis", _TABLE["basis"]), row.get("previewed", False)
    return Power(act, chapter, row["zh"], row["en"], roles, basis, is_previewed)


TABLE: dict[str, Power] = {
    act: _row(chapter, act, row) for chapter, rows in _TABLE["act"].items() for act, row in rows.items()
}
"""The role × act table, by act."""

POWERS: dict[str, frozenset[str]] = {act: power.roles for act, power in TABLE.items()}
"""The roles that hold each act."""

ACTS: dict[str, str] = {act: power.zh for act, power in TABLE.items()}
"""What each act is called, as its decision says; for sentences that name one."""


def may(role: str, act: str) -> bool:
    """Whether the role may perform the act; an act missing from the table is nobody's."""
    return role in POWERS.get(act, frozenset())


def check_may(officer: Officer, act: str) -> None:
    """Refuse an act that the officer's role does not hold.

    Refused: NotAllowed.
    """
    if not may(officer.role, act):
        power = TABLE.get(act)
        raise NotAllowed(
            role=ROLES.get(officer.role, officer.role), role_en=officer.role, act=power.zh if power else act,
            act_en=act, by=power.basis if power else _TABLE["basis"],
        )  # fmt: skip


def check_area(officer: Officer, division: str | None) -> None:
    """Refuse a county office a subject of another county; whole-city offices may touch every subject.

    Refused: NotYourArea.
    """
    if officer.area != WHOLE_CITY and division is not None and division != officer.area:
        raise NotYourArea(area=division)
