"""海桐, the firm a newcomer looks at first: repaired in 2022, shown today, corrected, and waiting for a paper."""

from __future__ import annotations

from api.demo.firm_acts import EARLY, PAPERS, all_hold, commitment, licence, listed, penalty, pushed, registered
from api.demo.people import DING, GENG, JIA, YI
from api.demo.script import Script, code, day, named
from domain.credit_file.commitment import (
    fulfil_commitment,
    make_commitment,
)
from domain.credit_file.disclosure import disclose
from domain.credit_file.profile import rename_subject
from domain.credit_file.record_decisions import (
    classify_penalty,
    correct_record,
    record_licence,
    record_penalty,
    record_performance,
)
from domain.credit_file.repair_decisions import (
    accept_repair,
    decide_repair,
    receive_repair,
    send_feedback,
    verify_repair,
)


def haitong() -> Script:
    """海桐: the firm a newcomer looks at first."""
    s, firm = Script("haitong"), "海桐"
    firm_code = code("210803", 2741036)
    old, new = "营口样例海桐百货有限公司", "营口样例海桐商贸有限公司"
    registered(s, firm, "2021-03-08 09:20", old, firm_code)
    listed(
        s,
        firm,
        "列入〔2021〕0002",
        (
            "2021-05-10 09:30",
            "2021-05-12 10:00",
            "2021-05-17 15:00",
            "2021-05-21 10:00",
            "2021-05-28 16:00",
            "2021-06-01 10:30",
        ),
        "未按期报送预收资金信息，经责令仍未报送（样例）",
        ("营商列告字〔2021〕第0002号", "营商列决字〔2021〕第0002号"),
    )
    promise = commitment(
        "海桐/资金存管",
        "industry",
        "资金存管专项承诺",
        "预收资金全部存管，按季报送（样例）",
        "2021-09-01",
        "2021-09-01",
        "2022-08-31",
    )
    s.act("2021-09-02 09:10", JIA, make_commitment, firm, None, (), commitment=promise)
    case = "修复〔2021〕0031"
    s.act(
        "2021-12-20 11:00",
        JIA,
        receive_repair,
        firm,
        case,
        (),
        application=pushed(
            case, "列入〔2021〕0002", "XYXF-2021-1220-0031", "2021-12-19 10:00", "2021-12-20 09:05", PAPERS, "listing"
        ),
    )
    s.act("2021-12-21 10:00", JIA, accept_repair, firm, case, (), repair_id=case)
    s.act("2021-12-28 14:00", JIA, verify_repair, firm, case, (), repair_id=case, findings=all_hold(EARLY))
    s.act(
        "2022-01-14 10:20",
        DING,
        decide_repair,
        firm,
        case,
        (("移出决定书", "营商移决字〔2022〕第0001号"),),
        repair_id=case,
        outcome="granted",
        document_no="营商移决字〔2022〕第0001号",
        reasons="条件符合（样例）",
    )
    s.act("2022-01-14 15:00", JIA, send_feedback, firm, case, (), repair_id=case, receipt="样例回执 0114")
    earlier = penalty(
        "海桐/0018",
        old,
        firm_code,
        "营商罚决字〔2022〕第0018号",
        "2022-04-11",
        conduct="未按规定报送预收资金信息",
        facts="未按季报送预收资金信息（样例）。",
        content="罚款 1 万元",
        fine_fen=1_000_000,
    )
    entry = earlier.entry_id
    s.act(
        "2022-04-13 10:00", JIA, record_penalty, firm, None, (("行政处罚决定书", earlier.document_no),), penalty=earlier
    )
    s.act(
        "2022-04-14 09:00",
        JIA,
        classify_penalty,
        firm,
        None,
        (),
        entry_id=entry,
        scheme="class.2019",
        penalty_class="general",
        reason="罚款数额较小（样例）",
    )
    s.act("2022-04-14 09:30", YI, disclose, firm, None, (), entry_id=entry)
    s.act(
        "2022-05-20 10:00",
        JIA,
        record_performance,
        firm,
        None,
        (("缴款票据", "样例票 0520018"),),
        entry_id=entry,
        performed_on=day("2022-05-18"),
        corrected_on=day("2022-05-10"),
    )
    s.act(
        "2022-09-05 10:00",
        JIA,
        fulfil_commitment,
        firm,
        None,
        (),
        commitment_id=str(named("海桐/资金存管")),
        fulfilled_on=day("2022-08-31"),
        extent="full",
    )
    case = "修复〔2022〕0044"
    s.act(
        "2022-10-14 09:40",
        JIA,
        receive_repair,
        firm,
        case,
        (),
        application=pushed(case, "海桐/0018", "XYXF-2022-1013-0207", "2022-10-13 10:00", "2022-10-14 09:05", PAPERS),
    )
    s.act("2022-10-17 10:00", JIA, accept_repair, firm, case, (), repair_id=case)
    s.act("2022-10-24 14:00", JIA, verify_repair, firm, case, (), repair_id=case, findings=all_hold(EARLY))
    s.act(
        "2022-10-28 16:02",
        YI,
        decide_repair,
        firm,
        case,
        (("准予修复决定书", "营商修决字〔2022〕第0044号"),),
        repair_id=case,
        outcome="granted",
        document_no="营商修决字〔2022〕第0044号",
        reasons="条件符合（样例）",
    )
    s.act("2022-10-31 09:30", JIA, send_feedback, firm, case, (), repair_id=case, receipt="样例回执 1031")
    s.act(
        "2023-03-15 10:22",
        JIA,
        rename_subject,
        firm,
        None,
        (("登记机关变更通知", "（样例）名称变更〔2023〕031"),),
        name=new,
        effective_on=day("2023-03-15"),
    )
    for number, decided, until, content in (
        ("营商许决字〔2023〕第0042号", "2023-04-03", None, "对外劳务合作经营资格"),
        ("营商许决字〔2024〕第0117号", "2024-05-20", day("2029-05-19"), "成品油零售经营资格"),
    ):
        one = licence(f"海桐/{number}", new, firm_code, number, decided, until, content)
        s.act(f"{decided} 14:00", JIA, record_licence, firm, None, (("许可决定书", number),), licence=one)
        s.act(f"{decided} 16:30", YI, disclose, firm, None, (), entry_id=one.entry_id)
    for name, kind, matter, made, ends in (
        ("海桐/诚信经营", "voluntary", "诚信经营、明码标价、七日无理由退货", "2025-03-15", "2028-03-14"),
        ("海桐/预收资金", "industry", "预收资金按规定比例存管，按季报送", "2026-07-01", "2027-06-30"),
    ):
        promise = commitment(name, kind, matter, f"{matter}（样例）", made, made, ends)
        s.act(f"{made} 09:50", JIA, make_commitment, firm, None, (), commitment=promise)
        s.act(f"{made} 15:20", YI, disclose, firm, None, (), entry_id=promise.commitment_id)
    listed(
        s,
        firm,
        "列入〔2026〕0004",
        (
            "2026-02-24 09:30",
            "2026-02-26 10:00",
            "2026-03-04 15:00",
            "2026-03-10 10:00",
            "2026-03-17 16:00",
            "2026-03-20 15:04",
        ),
        "一年内两次未按期报送预收资金信息，经告知、陈述和合法性审查后决定列入（样例）",
        ("营商列告字〔2026〕第0004号", "营商列决字〔2026〕第0004号"),
    )
    latest = penalty(
        "海桐/0031",
        new,
        firm_code,
        "营商罚决字〔2026〕第0031号",
        "2026-06-12",
        content="罚款 3 万元",
        fine_fen=3_000_000,
    )
    entry = latest.entry_id
    s.act(
        "2026-06-15 11:40", JIA, record_penalty, firm, None, (("行政处罚决定书", latest.document_no),), penalty=latest
    )
    s.act(
        "2026-06-16 09:15",
        JIA,
        classify_penalty,
        firm,
        None,
        (),
        entry_id=entry,
        scheme="class.2025",
        penalty_class="general",
        reason="较大数额罚款（样例）",
    )
    s.act("2026-06-17 14:31", YI, disclose, firm, None, (), entry_id=entry)
    s.act(
        "2026-08-05 10:00",
        JIA,
        record_performance,
        firm,
        None,
        (("缴款票据", "样例票 0620251"),),
        entry_id=entry,
        performed_on=day("2026-06-25"),
        corrected_on=day("2026-08-03"),
    )
    for field, new_value in (("fine_fen", "2000000"), ("content", "罚款 2 万元")):
        s.act(
            "2026-10-09 10:00",
            GENG,
            correct_record,
            firm,
            None,
            (("行政处罚决定书第 2 页", latest.document_no),),
            entry_id=entry,
            field=field,
            new=new_value,
            reason="录入有误，以决定书为准（样例）",
        )
    s.act("2026-10-09 15:00", YI, disclose, firm, None, (), entry_id=entry)
    case = "修复〔2026〕0090"
    s.act(
        "2026-11-19 09:30",
        JIA,
        receive_repair,
        firm,
        case,
        (),
        application=pushed(
            case, "海桐/0031", "XYXF-2026-1118-0452", "2026-11-18 15:32", "2026-11-19 09:10", ("proof",)
        ),
    )
    return s
