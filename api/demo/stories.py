"""The oldest invented cases of the demonstration beside 海桐, and everything together.

A late acceptance, listings under way, an upward proposal, a breach, a supplement. All firms and papers are 样例.
"""

from __future__ import annotations

from api.demo.firm_acts import LATER, all_hold, commitment, listed, penalty, pushed, registered
from api.demo.firm_stories import files, firms
from api.demo.haitong import haitong
from api.demo.list_stories import announced, doubtful, honours, received
from api.demo.page_stories import changed, conduct, objections, shielded
from api.demo.people import DING, GENG, JIA, YI
from api.demo.promise_stories import broken, kept
from api.demo.repair_stories import false_repair, late, several
from api.demo.script import Script, code, day, named
from domain.credit_file.commitment import (
    breach_commitment,
    make_commitment,
    receive_breach_statement,
    serve_breach_notice,
)
from domain.credit_file.disclosure import disclose
from domain.credit_file.exit import revoke_listing
from domain.credit_file.listing_decisions import (
    propose_listing,
    receive_listing_statement,
    review_listing,
    serve_listing_notice,
)
from domain.credit_file.listing_upward import propose_listing_upward, receive_listing_decision
from domain.credit_file.record_decisions import (
    classify_penalty,
    record_penalty,
    record_performance,
)
from domain.credit_file.repair_decisions import (
    accept_repair,
    ask_supplement,
    decide_repair,
    receive_repair,
    verify_repair,
)


def hegu() -> Script:
    """禾谷: the acceptance of a repair is late; 锦渟: granted, the feedback is due."""
    s = Script("hegu")
    for firm, name, division, number, decided in (
        ("禾谷", "盖州样例禾谷再生资源回收有限公司", "210881", 417229, "2026-02-04"),
        ("锦渟", "营口样例锦渟报废汽车回收有限公司", "210800", 8692427, "2026-05-06"),
    ):
        firm_code = code(division, number)
        registered(s, firm, f"{decided} 08:50", name, firm_code)
        one = penalty(
            f"{firm}/罚",
            name,
            firm_code,
            f"营商罚决字〔2026〕第{number % 10000:04d}号",
            decided,
            conduct="未如实记录回收信息",
            facts="未如实记录回收信息（样例）。",
            penalty_basis="《报废机动车回收管理办法》第二十三条",
        )
        s.act(f"{decided} 10:00", JIA, record_penalty, firm, None, (("行政处罚决定书", one.document_no),), penalty=one)
        s.act(
            f"{decided} 14:00",
            JIA,
            classify_penalty,
            firm,
            None,
            (),
            entry_id=one.entry_id,
            scheme="class.2025",
            penalty_class="general",
            reason="罚款（样例）",
        )
        s.act(f"{decided} 15:00", YI, disclose, firm, None, (), entry_id=one.entry_id)
        s.act(
            "2026-06-01 10:00",
            JIA,
            record_performance,
            firm,
            None,
            (("缴款票据", f"样例票 {number}"),),
            entry_id=one.entry_id,
            performed_on=day("2026-05-28"),
            corrected_on=day("2026-05-28"),
        )
    case = "修复〔2026〕0087"
    s.act(
        "2026-11-17 16:30",
        JIA,
        receive_repair,
        "禾谷",
        case,
        (),
        application=pushed(
            case, "禾谷/罚", "XYXF-2026-1117-0311", "2026-11-16 11:00", "2026-11-17 16:20", ("proof", "commitment")
        ),
    )
    case = "修复〔2026〕0083"
    s.act(
        "2026-11-09 10:10",
        JIA,
        receive_repair,
        "锦渟",
        case,
        (),
        application=pushed(
            case, "锦渟/罚", "XYXF-2026-1109-0120", "2026-11-09 08:40", "2026-11-09 09:50", ("proof", "commitment")
        ),
    )
    s.act("2026-11-10 10:00", JIA, accept_repair, "锦渟", case, (), repair_id=case)
    s.act("2026-11-16 14:00", JIA, verify_repair, "锦渟", case, (), repair_id=case, findings=all_hold(LATER))
    s.act(
        "2026-11-20 16:00",
        YI,
        decide_repair,
        "锦渟",
        case,
        (("准予修复决定书", "营商修决字〔2026〕第0083号"),),
        repair_id=case,
        outcome="granted",
        document_no="营商修决字〔2026〕第0083号",
        reasons="条件符合（样例）",
    )
    return s


def listings() -> Script:
    """泽稷 and 青栎: listings under way; 海岚: proposed upward, listed by the province; 北棠: listed and revoked."""
    s = Script("listings")
    firms = {
        "泽稷": ("营口样例泽稷贸易有限公司", "210881", 3927653),
        "青栎": ("营口样例青栎拍卖有限公司", "210802", 5510432),
        "海岚": ("营口样例海岚对外经济合作有限公司", "210800", 8831507),
        "北棠": ("老边样例北棠酒店管理有限公司", "210811", 6521034),
    }
    for firm, (name, division, number) in firms.items():
        registered(s, firm, "2023-06-01 09:00", name, code(division, number), representative="样例人丙")
    for firm, case, proposed, noticed in (
        ("泽稷", "列入〔2026〕0006", "2026-11-12 09:00", "2026-11-16 10:00"),
        ("青栎", "列入〔2026〕0005", "2026-11-02 09:00", "2026-11-05 10:00"),
    ):
        listing_id, notice_no = str(named(case)), f"营商列告字〔2026〕第{case[-4:]}号"
        s.act(
            proposed,
            JIA,
            propose_listing,
            firm,
            case,
            (),
            listing_id=listing_id,
            list_type="sample",
            facts="两次未按规定报送信息（样例）",
        )
        s.act(
            noticed,
            JIA,
            serve_listing_notice,
            firm,
            case,
            (("列入告知书", notice_no),),
            listing_id=listing_id,
            document_no=notice_no,
            served_on=day(noticed[:10]),
            method="直接送达",
        )
    s.act(
        "2026-11-11 15:00",
        JIA,
        receive_listing_statement,
        "青栎",
        "列入〔2026〕0005",
        (),
        listing_id=str(named("列入〔2026〕0005")),
        received_on=day("2026-11-11"),
        summary="称信息系统故障（样例）",
    )
    s.act(
        "2026-11-11 17:00",
        JIA,
        review_listing,
        "青栎",
        "列入〔2026〕0005",
        (),
        listing_id=str(named("列入〔2026〕0005")),
        opinion="故障记录与两次未报送的时间不符（样例）",
        adopted="not",
        reasons="系统日志可以核对（样例）",
    )
    case, upward = "提请〔2024〕0001", str(named("提请〔2024〕0001"))
    s.act(
        "2024-03-04 10:00",
        GENG,
        propose_listing_upward,
        "海岚",
        case,
        (("提请函", "营商提字〔2024〕1号（样例）"),),
        listing_id=upward,
        list_type="commerce_key_watch",
        body="辽宁省商务厅",
        facts="违规外派劳务（样例）",
        document_no="营商提字〔2024〕1号（样例）",
    )
    s.act(
        "2024-05-13 10:00",
        GENG,
        receive_listing_decision,
        "海岚",
        case,
        (("认定决定", "辽商列字〔2024〕样例7号"),),
        listing_id=upward,
        list_type="commerce_key_watch",
        outcome="list",
        body="辽宁省商务厅",
        document_no="辽商列字〔2024〕样例7号",
        decided_on=day("2024-05-06"),
        effective_on=day("2024-05-06"),
        facts="违规外派劳务（样例）",
    )
    s.act("2024-05-14 09:30", YI, disclose, "海岚", case, (), entry_id=upward)
    listed(
        s,
        "北棠",
        "列入〔2025〕0003",
        (
            "2025-08-04 09:30",
            "2025-08-06 10:00",
            "2025-08-11 15:00",
            "2025-08-15 10:00",
            "2025-08-20 16:00",
            "2025-08-22 15:00",
        ),
        "虚报家政培训人数（样例）",
        ("营商列告字〔2025〕第0003号", "营商列决字〔2025〕第0003号"),
    )
    s.act(
        "2026-01-12 10:00",
        DING,
        revoke_listing,
        "北棠",
        "列入〔2025〕0003",
        (("撤销决定", "营商撤字〔2026〕1号（样例）"),),
        listing_id=str(named("列入〔2025〕0003")),
        document_no="营商撤字〔2026〕1号（样例）",
    )
    return s


def yunbu() -> Script:
    """云埠: a commitment found breached after notice and statement; a supplement asked of 汇岫."""
    s, firm = Script("yunbu"), "云埠"
    registered(s, firm, "2025-02-10 09:00", "营口样例云埠家政服务有限公司", code("210802", 4418820))
    promise = commitment(
        "云埠/培训",
        "missing_papers",
        "家政培训补贴容缺受理",
        "三十日内补齐培训名册（样例）",
        "2025-02-10",
        "2025-02-10",
        "2026-02-09",
    )
    commitment_id = promise.commitment_id
    s.act("2025-02-10 10:00", JIA, make_commitment, firm, None, (), commitment=promise)
    s.act("2025-02-10 15:00", YI, disclose, firm, None, (), entry_id=commitment_id)
    s.act(
        "2025-09-01 10:00",
        JIA,
        serve_breach_notice,
        firm,
        "违诺〔2025〕0002",
        (("违诺告知书", "营商违告字〔2025〕2号（样例）"),),
        commitment_id=commitment_id,
        document_no="营商违告字〔2025〕2号（样例）",
        facts="逾期未补齐名册（样例）",
        served_on=day("2025-09-01"),
        method="直接送达",
    )
    s.act(
        "2025-09-05 10:00",
        JIA,
        receive_breach_statement,
        firm,
        "违诺〔2025〕0002",
        (),
        commitment_id=commitment_id,
        received_on=day("2025-09-05"),
        summary="承认逾期（样例）",
    )
    s.act(
        "2025-09-12 16:00",
        YI,
        breach_commitment,
        firm,
        "违诺〔2025〕0002",
        (("违诺认定书", "营商违决字〔2025〕2号（样例）"),),
        commitment_id=commitment_id,
        document_no="营商违决字〔2025〕2号（样例）",
        kind="not",
        facts="逾期未补齐名册（样例）",
        consequence="追回补贴，一年内不适用容缺受理（样例）",
    )
    trader, trader_code = "汇岫", code("210882", 2298664, kind="92")
    name = "大石桥样例汇岫商贸店"
    registered(s, trader, "2026-01-10 08:50", name, trader_code, kind="sole_trader")
    one = penalty(
        "汇岫/罚",
        name,
        trader_code,
        "营商罚决字〔2026〕第0009号",
        "2026-01-10",
        conduct="未按规定公示信息",
        facts="未按规定公示信息（样例）。",
        content="罚款 0.5 万元",
        fine_fen=500_000,
    )
    s.act("2026-01-12 10:00", JIA, record_penalty, trader, None, (("行政处罚决定书", one.document_no),), penalty=one)
    s.act(
        "2026-01-13 10:00",
        JIA,
        classify_penalty,
        trader,
        None,
        (),
        entry_id=one.entry_id,
        scheme="class.2025",
        penalty_class="general",
        reason="罚款（样例）",
    )
    s.act("2026-01-13 11:00", YI, disclose, trader, None, (), entry_id=one.entry_id)
    case = "修复〔2026〕0089"
    s.act(
        "2026-11-18 14:00",
        JIA,
        receive_repair,
        trader,
        case,
        (),
        application=pushed(case, "汇岫/罚", "XYXF-2026-1118-0101", "2026-11-17 09:00", "2026-11-18 11:30", ("proof",)),
    )
    s.act("2026-11-20 09:00", JIA, ask_supplement, trader, case, (), repair_id=case, note="请补交信用承诺书（样例）")
    return s


STORIES = (
    hegu, listings, yunbu,
    objections, shielded, changed, conduct,
    announced, doubtful, honours, received,
    several, false_repair, late,
    kept, broken,
    firms, files,
)  # fmt: skip


def all_stories() -> Script:
    """Every story, in one script."""
    return haitong().together_with(*(story() for story in STORIES))
