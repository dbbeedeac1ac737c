"""Repairs beyond the plain one: three entries in one application, more time, one withdrawn, one late.

And one that rested on false papers. All firms and papers are 样例.
"""

from __future__ import annotations

from api.demo.firm_acts import LATER, PAPERS, all_hold, listed, penalty, performed, pushed, registered, shown_penalty
from api.demo.people import DING, GENG, JIA, REN, YI
from api.demo.script import Script, at, code, day, named
from domain.credit_file.disclosure import disclose
from domain.credit_file.listing_changes import reinstate_listing
from domain.credit_file.measure import MeasureApplied, apply_measure
from domain.credit_file.repair import Verified
from domain.credit_file.repair_application import AppliedFor, receive_application
from domain.credit_file.repair_course import extend_repair, withdraw_repair
from domain.credit_file.repair_decisions import (
    accept_repair,
    decide_repair,
    receive_repair,
    send_feedback,
    verify_repair,
)
from domain.credit_file.repair_revocation import (
    receive_revocation_statement,
    revoke_repair,
    serve_revocation_notice,
)


def several() -> Script:
    """星屿: one application for three penalties; one granted, one extended and refused, one withdrawn."""
    s, firm, name = Script("several"), "星屿", "营口样例星屿汽车销售有限公司"
    firm_code = code("210803", 6408815)
    registered(s, firm, "2025-08-04 09:00", name, firm_code)
    entries = [
        shown_penalty(
            s, firm, penalty(f"星屿/{number}", name, firm_code, number, on, penalty_kinds=kinds), penalty_class
        )
        for number, on, kinds, penalty_class in (
            ("营商罚决字〔2025〕第0071号", "2025-09-01", ("罚款",), "general"),
            ("营商罚决字〔2025〕第0072号", "2025-09-01", ("责令停产停业",), "serious"),
            ("营商罚决字〔2026〕第0010号", "2026-01-12", ("罚款",), "general"),
        )
    ]
    for entry in entries[:2]:
        performed(s, firm, entry, "2026-01-15")
    cases = ("修复〔2026〕0061", "修复〔2026〕0062", "修复〔2026〕0063")
    s.act(
        "2026-09-07 10:30", JIA, receive_application, firm, cases[0], (("信用修复申请表", "XYXF-2026-0904-0061"),),
        application_no="XYXF-2026-0904-0061", channel="credit_china", external_no="XYXF-2026-0904-0061",
        applied_at=at("2026-09-04 15:00"), pushed_at=at("2026-09-07 10:00"), papers=("proof", "commitment"),
        entries=tuple(
            AppliedFor(repair_id=case, target_id=entry, target_kind="penalty")
            for case, entry in zip(cases, entries, strict=True)
        ),
    )  # fmt: skip
    first, second, third = cases
    for case in (first, second):
        s.act("2026-09-09 10:00", JIA, accept_repair, firm, case, (), repair_id=case)
    s.act("2026-09-10 10:00", JIA, verify_repair, firm, first, (), repair_id=first, findings=all_hold(LATER))
    number = "营商修决字〔2026〕第0061号"
    s.act(
        "2026-09-10 15:00", YI, decide_repair, firm, first, (("准予修复决定书", number),),
        repair_id=first, outcome="granted", document_no=number, reasons="条件符合（样例）",
    )  # fmt: skip
    s.act("2026-09-11 10:00", JIA, send_feedback, firm, first, (), repair_id=first, receipt="样例回执 0911")
    s.act(
        "2026-09-10 16:00", JIA, withdraw_repair, firm, third, (("撤回申请", "样例撤 0063"),),
        repair_id=third, withdrawn_on=day("2026-09-10"), reason="尚未缴清罚款（样例）",
    )  # fmt: skip
    s.act("2026-09-11 10:20", JIA, send_feedback, firm, third, (), repair_id=third, receipt="样例回执 0911 二")
    s.act(
        "2026-09-17 10:00", YI, extend_repair, firm, second, (("延期告知书", "营商修延字〔2026〕2号（样例）"),),
        repair_id=second, reason="需要实地核查（样例）", told_on=day("2026-09-16"),
    )  # fmt: skip
    found = tuple(
        Verified(
            condition=one, holds=one != "corrected", note="实地核查，仍未改正（样例）" if one == "corrected" else "样例"
        )
        for one in LATER
    )
    s.act("2026-09-24 15:00", JIA, verify_repair, firm, second, (), repair_id=second, findings=found)
    number = "营商修决字〔2026〕第0062号"
    s.act(
        "2026-09-28 10:00", DING, decide_repair, firm, second, (("不予修复决定书", number),),
        repair_id=second, outcome="refused", document_no=number, reasons="实地核查仍未改正（样例）",
    )  # fmt: skip
    s.act("2026-09-29 10:00", JIA, send_feedback, firm, second, (), repair_id=second, receipt="样例回执 0929")
    return s


def false_repair() -> Script:
    """岚桥: removed from a list on forged papers; after a hearing of its side revoked by another leader, reinstated."""
    s, firm, listing_case = Script("false_repair"), "岚桥", "列入〔2024〕0001"
    listing, case = str(named(listing_case)), "修复〔2024〕0058"
    registered(s, firm, "2024-01-08 09:00", "营口样例岚桥劳务服务有限公司", code("210881", 5530861))
    listed(
        s, firm, listing_case,
        (
            "2024-02-19 09:30", "2024-02-20 10:00", "2024-02-26 15:00", "2024-02-28 10:00", "2024-03-01 16:00",
            "2024-03-04 15:00",
        ),
        "虚报外派人数（样例）", ("营商列告字〔2024〕第0001号", "营商列决字〔2024〕第0001号"),
    )  # fmt: skip
    _measure(s, firm, listing, "措施〔2024〕0001", "2024-03-06")
    s.act(
        "2024-10-08 11:00", JIA, receive_repair, firm, case, (),
        application=pushed(
            case, listing_case, "XYXF-2024-1007-0058", "2024-10-08 09:00", "2024-10-08 10:00", PAPERS, "listing"
        ),
    )  # fmt: skip
    s.act("2024-10-09 10:00", JIA, accept_repair, firm, case, (), repair_id=case)
    s.act("2024-10-10 14:00", JIA, verify_repair, firm, case, (), repair_id=case, findings=all_hold(LATER))
    number = "营商移决字〔2024〕第0002号"
    s.act(
        "2024-10-11 10:00", DING, decide_repair, firm, case, (("移出决定书", number),),
        repair_id=case, outcome="granted", document_no=number, reasons="条件符合（样例）",
    )  # fmt: skip
    s.act("2024-10-11 15:00", JIA, send_feedback, firm, case, (), repair_id=case, receipt="样例回执 1011")
    number = "营商修撤告字〔2025〕1号（样例）"
    s.act(
        "2025-03-11 10:00", JIA, serve_revocation_notice, firm, case, (("撤销修复告知书", number),),
        repair_id=case, document_no=number, facts="履行证明系伪造（样例）", served_on=day("2025-03-11"),
        method="直接送达",
    )  # fmt: skip
    s.act(
        "2025-03-14 10:00", JIA, receive_revocation_statement, firm, case, (),
        repair_id=case, received_on=day("2025-03-14"), summary="称由代理机构办理（样例）",
    )  # fmt: skip
    number = "营商修撤字〔2025〕1号（样例）"
    s.act(
        "2025-03-18 10:00", REN, revoke_repair, firm, case, (("撤销修复决定书", number),),
        repair_id=case, cause="false_papers", facts="履行证明系伪造（样例）", document_no=number,
        found_on=day("2025-03-10"),
    )  # fmt: skip
    s.act("2025-03-19 10:00", JIA, send_feedback, firm, case, (), repair_id=case, receipt="样例回执 0319")
    number = "营商列复字〔2025〕1号（样例）"
    s.act(
        "2025-03-20 10:00", REN, reinstate_listing, firm, listing_case, (("恢复列入决定书", number),),
        listing_id=listing, document_no=number, effective_on=day("2025-03-20"),
    )  # fmt: skip
    s.act("2025-03-21 10:00", YI, disclose, firm, listing_case, (), entry_id=listing)
    _measure(s, firm, listing, "措施〔2025〕0001", "2025-03-24")
    return s


def _measure(s: Script, firm: str, listing: str, number: str, on: str) -> None:
    measure = MeasureApplied(
        measure_id=str(named(number)), target_id=listing, measure_code="honours_limited", matter="评先评优（样例）",
        section="market_order", effect="不推荐评先评优（样例）", from_on=day(on),
    )  # fmt: skip
    s.act(f"{on} 10:00", GENG, apply_measure, firm, number, (("措施通知", number),), measure=measure)


def late() -> Script:
    """素原: an application of June lay for too long; the register noted the missed day by itself."""
    s, firm, name = Script("late"), "素原", "营口样例素原美容服务有限公司"
    firm_code = code("210802", 6871150)
    registered(s, firm, "2026-01-05 09:00", name, firm_code)
    entry = shown_penalty(s, firm, penalty("素原/罚", name, firm_code, "营商罚决字〔2026〕第0005号", "2026-01-06"))
    performed(s, firm, entry, "2026-02-03")
    case = "修复〔2026〕0035"
    s.act(
        "2026-06-01 11:00", JIA, receive_repair, firm, case, (),
        application=pushed(
            case, "素原/罚", "XYXF-2026-0601-0035", "2026-06-01 09:00", "2026-06-01 10:00", ("proof", "commitment")
        ),
    )  # fmt: skip
    s.act("2026-06-09 10:00", JIA, accept_repair, firm, case, (), repair_id=case)
    s.act("2026-06-10 10:00", JIA, verify_repair, firm, case, (), repair_id=case, findings=all_hold(LATER))
    number = "营商修决字〔2026〕第0035号"
    s.act(
        "2026-06-11 10:00", YI, decide_repair, firm, case, (("准予修复决定书", number),),
        repair_id=case, outcome="granted", document_no=number, reasons="条件符合（样例）",
    )  # fmt: skip
    s.act("2026-06-11 15:00", JIA, send_feedback, firm, case, (), repair_id=case, receipt="样例回执 0611")
    return s
