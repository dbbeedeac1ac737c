"""Who may do what: the role × act table of the bureau as data, and the two checks every act passes.

An act is named by its decision (`record_penalty`, `list_subject`, …); one name through route, decision and table.
Beyond this table a decision keeps officers apart itself: recorder ≠ approver, proposer ≠ reviewer ≠ decider.
Source: the plan 营商〔2020〕65号 (sections, leading group) and the separation of duties a register of this kind needs.
"""

from __future__ import annotations

from domain.context import Officer
from domain.refusals import NotAllowed, NotYourArea

WHOLE_CITY = "210800"

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

_DESK = frozenset({"handler", "section_head", "market_order", "county_office"})
_HEADS = frozenset({"section_head", "market_order"})

POWERS: dict[str, frozenset[str]] = {
    # profile
    "register_subject": _DESK,
    "rename_subject": _DESK,
    # record
    "record_licence": _DESK,
    "record_penalty": _DESK,
    "classify_penalty": _HEADS | {"handler"},
    "record_performance": _DESK,
    "correct_record": _HEADS,
    "annul_record": _HEADS,
    # disclosure
    "disclose": _HEADS | {"leader"},
    "end_disclosure": frozenset({"system"}),
    # commitment
    "make_commitment": _DESK,
    "fulfil_commitment": _DESK,
    "serve_breach_notice": _DESK,
    "receive_breach_statement": _DESK,
    "breach_commitment": frozenset({"section_head", "market_order", "leader"}),
    # listing
    "propose_listing": _DESK,
    "serve_listing_notice": _DESK,
    "receive_listing_statement": _DESK,
    "review_legality": frozenset({"legality_reviewer"}),
    "decide_listing": frozenset({"leader"}),
    "list_subject": _DESK,
    "propose_listing_upward": _HEADS,
    "receive_listing_decision": _HEADS,
    # exit
    "revoke_listing": frozenset({"leader"}),
    "receive_exit_decision": _HEADS,
    "exit_deregistered": _HEADS,
    "end_listing": frozenset({"system"}),
    # repair
    "receive_repair": _DESK,
    "ask_supplement": _DESK,
    "supplement_repair": _DESK,
    "accept_repair": _DESK,
    "not_accept_repair": _DESK,
    "verify_repair": _DESK,
    "decide_repair": frozenset({"section_head", "leader"}),
    "send_feedback": _DESK,
    # casework: officers, rulebook, exchange
    "appoint_officer": frozenset({"administrator", "system"}),
    "dismiss_officer": frozenset({"administrator", "system"}),
    "delegate_power": frozenset({"section_head", "leader"}),
    "adopt_rulebook": frozenset({"leader", "system"}),
    "receive_batch": _DESK,
    "set_row_aside": _DESK,
    "record_row": _DESK,
    "accept_row": _DESK,
    "refuse_row": _DESK,
    "drop_row": frozenset({"system"}),
}


ACTS: dict[str, str] = {
    "register_subject": "登记主体",
    "rename_subject": "更名",
    "record_licence": "登记行政许可",
    "record_penalty": "登记行政处罚",
    "classify_penalty": "归类失信程度",
    "record_performance": "履行并改正",
    "correct_record": "更正",
    "annul_record": "撤销记录",
    "disclose": "批准公示",
    "end_disclosure": "终止公示",
    "make_commitment": "作出承诺",
    "fulfil_commitment": "履诺",
    "serve_breach_notice": "送达违诺告知书",
    "receive_breach_statement": "收到陈述、申辩",
    "breach_commitment": "认定违诺",
    "propose_listing": "提请列入",
    "serve_listing_notice": "送达列入告知书",
    "receive_listing_statement": "收到陈述、申辩",
    "review_legality": "法制审核",
    "decide_listing": "决定列入 / 不予列入",
    "list_subject": "列入",
    "propose_listing_upward": "向上提请",
    "receive_listing_decision": "收到认定决定",
    "revoke_listing": "撤销列入",
    "receive_exit_decision": "收到移出、撤销决定",
    "exit_deregistered": "注销退出",
    "end_listing": "届满退出",
    "receive_repair": "收到修复申请",
    "ask_supplement": "通知补正",
    "supplement_repair": "补正",
    "accept_repair": "受理",
    "not_accept_repair": "不予受理",
    "verify_repair": "核实",
    "decide_repair": "准予 / 不予修复",
    "send_feedback": "返还修复结果",
    "appoint_officer": "任命",
    "dismiss_officer": "免职",
    "delegate_power": "委托",
    "adopt_rulebook": "采用规则版本",
    "receive_batch": "收到批次",
    "set_row_aside": "待核定",
    "record_row": "登记一行",
    "accept_row": "接受",
    "refuse_row": "拒绝",
    "drop_row": "销毁待核定行",
}
"""What each act is called, as its decision says; for sentences that name one."""


def may(role: str, act: str) -> bool:
    """Whether the role may perform the act; an act missing from the table is nobody's."""
    return role in POWERS.get(act, frozenset())


def check_may(officer: Officer, act: str) -> None:
    """Refuse an act that the officer's role does not hold.

    Refused: NotAllowed.
    """
    if not may(officer.role, act):
        raise NotAllowed(
            role=ROLES.get(officer.role, officer.role), role_en=officer.role, act=ACTS.get(act, act), act_en=act
        )


def check_area(officer: Officer, division: str | None) -> None:
    """Refuse a county office a subject of another county; whole-city offices may touch every subject.

    Refused: NotYourArea.
    """
    if officer.area != WHOLE_CITY and division is not None and division != officer.area:
        raise NotYourArea(area=division)
