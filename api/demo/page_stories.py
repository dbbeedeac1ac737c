"""What a visitor finds on the public pages: objections, a shielded firm, licences that changed, penalties that were
altered, qualifications and honours; and adverse conduct, which only officers see. All firms and papers are 样例.
"""

from __future__ import annotations

from typing import Literal

from api.demo.firm_acts import BUREAU, licence, penalty, registered, shown_licence, shown_penalty
from api.demo.people import DING, GENG, GUI, JIA, YI
from api.demo.script import Script, code, day, named
from domain.credit_file.conduct import AdverseConductRecorded, HonourRecorded, QualificationRecognised
from domain.credit_file.conduct_decisions import (
    end_recognition,
    recognise_qualification,
    record_adverse_conduct,
    record_honour,
)
from domain.credit_file.disclosure import disclose, withdraw_disclosure
from domain.credit_file.objection_decisions import (
    accept_objection,
    decide_objection,
    file_objection,
    verify_objection,
)
from domain.credit_file.record_decisions import correct_record
from domain.credit_file.record_licences import change_licence
from domain.credit_file.record_penalties import alter_penalty, fulfil_obligation
from domain.credit_file.remedy import conclude_remedy, record_remedy
from domain.credit_file.shield import shield_subject

COURT = "营口样例中级人民法院（样例）"
ABOVE = "营口市人民政府（样例）"


def objections() -> Script:
    """棠屿: an objection is under way and the page says so; 砚池: a fine typed wrongly, corrected, shown anew."""
    s = Script("objections")
    for firm, name, number, decided in (
        ("棠屿", "营口样例棠屿食品商行有限公司", 3104417, "2026-05-06"),
        ("砚池", "营口样例砚池文化用品有限公司", 3104428, "2026-05-11"),
    ):
        firm_code = code("210802", number)
        registered(s, firm, f"{decided} 09:00", name, firm_code)
        shown_penalty(
            s, firm, penalty(f"{firm}/罚", name, firm_code, f"营商罚决字〔2026〕第{number % 10000}号", decided)
        )
    case, objection = "异议〔2026〕0012", str(named("异议〔2026〕0012"))
    s.act(
        "2026-11-18 10:00", JIA, file_objection, "棠屿", case, (("异议申请表", "样例异 0012"),),
        objection_id=objection, target_id=str(named("棠屿/罚")), kind="content",
        claim="称处罚决定书所载事实与公示不一致（样例）", channel="window", filed_on=day("2026-11-18"),
    )  # fmt: skip
    s.act("2026-11-20 09:20", JIA, accept_objection, "棠屿", case, (), objection_id=objection)
    case, objection, entry = "异议〔2026〕0007", str(named("异议〔2026〕0007")), str(named("砚池/罚"))
    s.act(
        "2026-06-01 10:00", JIA, file_objection, "砚池", case, (("异议申请表", "样例异 0007"),),
        objection_id=objection, target_id=entry, kind="content", claim="罚款应为二千元，公示为二万元（样例）",
        channel="credit_china", filed_on=day("2026-06-01"),
    )  # fmt: skip
    s.act("2026-06-02 09:20", JIA, accept_objection, "砚池", case, (), objection_id=objection)
    s.act(
        "2026-06-03 15:00", JIA, verify_objection, "砚池", case, (),
        objection_id=objection, unit=BUREAU, finding="wrong", note="核对决定书，罚款为二千元（样例）",
    )  # fmt: skip
    s.act(
        "2026-06-04 10:00", YI, decide_objection, "砚池", case, (("异议处理结果", "营商异字〔2026〕7号（样例）"),),
        objection_id=objection, outcome="corrected", document_no="营商异字〔2026〕7号（样例）",
        reasons="录入有误，予以更正（样例）", field="fine_fen", new="200000",
    )  # fmt: skip
    s.act(
        "2026-06-04 10:20", GENG, correct_record, "砚池", case, (("行政处罚决定书第 2 页", "样例"),),
        entry_id=entry, field="content", new="罚款 0.2 万元", reason="录入有误，以决定书为准（样例）",
    )  # fmt: skip
    s.act("2026-06-05 15:00", DING, disclose, "砚池", case, (), entry_id=entry)
    return s


def shielded() -> Script:
    """澜桥: a plan of reorganisation is carried out, and nothing of the firm is on its page meanwhile."""
    s, firm, name = Script("shielded"), "澜桥", "鲅鱼圈样例澜桥冷链物流有限公司"
    firm_code = code("210804", 5207714)
    registered(s, firm, "2025-07-01 09:00", name, firm_code)
    shown_penalty(s, firm, penalty("澜桥/罚", name, firm_code, "营商罚决字〔2026〕第0102号", "2026-07-06"))
    ruling = "（2026）样例破 3 号"
    s.act(
        "2026-09-02 10:00", YI, shield_subject, firm, "屏蔽〔2026〕0001", (("裁定书", ruling),),
        shield_id=str(named("屏蔽〔2026〕0001")), court=COURT, ruling_no=ruling, ruled_on=day("2026-08-31"),
        from_on=day("2026-09-02"),
    )  # fmt: skip
    return s


def changed() -> Script:
    """松岗: one licence renewed, one revoked; 翠堤: a penalty altered in reconsideration, another one revoked."""
    s, firm, name = Script("changed"), "松岗", "营口样例松岗石油销售有限公司"
    firm_code = code("210804", 6613305)
    registered(s, firm, "2023-05-08 09:00", name, firm_code)
    kept, ended = (
        shown_licence(s, firm, licence(f"松岗/{number}", name, firm_code, number, on, day(until), content))
        for number, on, until, content in (
            ("营商许决字〔2023〕第0051号", "2023-05-10", "2026-05-09", "成品油零售经营资格"),
            ("营商许决字〔2024〕第0066号", "2024-06-03", "2029-06-02", "报废机动车回收企业资质"),
        )
    )
    s.act(
        "2026-04-20 10:00", JIA, change_licence, firm, None, (("延续决定", "营商许延字〔2026〕第0008号（样例）"),),
        entry_id=kept, kind="renewed", document_no="营商许延字〔2026〕第0008号（样例）",
        effective_on=day("2026-04-20"), valid_until=day("2029-05-09"), reason="届满前申请延续，条件符合（样例）",
    )  # fmt: skip
    s.act("2026-04-21 15:00", YI, disclose, firm, None, (), entry_id=kept)
    s.act(
        "2026-08-10 10:00", JIA, change_licence, firm, None, (("撤销决定", "营商许撤字〔2026〕第0002号（样例）"),),
        entry_id=ended, kind="revoked", document_no="营商许撤字〔2026〕第0002号（样例）",
        effective_on=day("2026-08-10"), reason="以欺骗手段取得（样例）",
    )  # fmt: skip
    firm, name, firm_code = "翠堤", "营口样例翠堤会展服务有限公司", code("210811", 7190246)
    registered(s, firm, "2026-03-30 09:00", name, firm_code)
    lowered, fallen = (
        shown_penalty(s, firm, penalty(f"翠堤/{number}", name, firm_code, number, on))
        for number, on in (("营商罚决字〔2026〕第0041号", "2026-04-07"), ("营商罚决字〔2026〕第0042号", "2026-04-08"))
    )
    outcomes: tuple[tuple[str, str, Literal["altered", "revoked"]], ...] = (
        (lowered, "样例复 41 号", "altered"), (fallen, "样例复 42 号", "revoked"),
    )  # fmt: skip
    for entry, number, outcome in outcomes:
        remedy = f"复议/{number}"
        s.act(
            "2026-04-20 10:00", JIA, record_remedy, firm, None, (("复议受理通知书", number),),
            remedy_id=str(named(remedy)), target_id=entry, kind="reconsideration", body=ABOVE, docket_no=number,
            filed_on=day("2026-04-17"),
        )  # fmt: skip
        s.act(
            "2026-06-15 10:00", YI, conclude_remedy, firm, None, (("复议决定书", number),),
            remedy_id=str(named(remedy)), outcome=outcome, document_no=number, concluded_on=day("2026-06-15"),
        )  # fmt: skip
        s.act(
            "2026-06-15 11:00", GENG, alter_penalty, firm, None, (("复议决定书", number),),
            entry_id=entry, kind=outcome, body=ABOVE, document_no=number, altered_on=day("2026-06-15"),
        )  # fmt: skip
    for field, new in (("fine_fen", "1000000"), ("content", "罚款 1 万元")):
        s.act(
            "2026-06-15 14:00", GENG, correct_record, firm, None, (("复议决定书", "样例复 41 号"),),
            entry_id=lowered, field=field, new=new, reason="复议决定变更（样例）",
        )  # fmt: skip
    s.act("2026-06-16 10:00", YI, disclose, firm, None, (), entry_id=lowered)
    s.act(
        "2026-06-16 10:30", YI, withdraw_disclosure, firm, None, (),
        entry_id=fallen, cause="annulled", reasons="处罚决定已由复议机关撤销（样例）",
    )  # fmt: skip
    s.act(
        "2026-07-01 10:00", JIA, fulfil_obligation, firm, None, (("缴款票据", "样例票 0701"),),
        entry_id=lowered, obligation="fine", amount_fen=600_000, fulfilled_on=day("2026-06-30"), proof="样例票 0701",
    )  # fmt: skip
    return s


def conduct() -> Script:
    """和煦: a qualification and honours on its page, one taken back; 远帆: adverse conduct, for officers only."""
    s, firm = Script("conduct"), "和煦"
    registered(s, firm, "2024-03-04 09:00", "营口样例和煦百货有限公司", code("210802", 4021196))
    qualification = QualificationRecognised(
        conduct_id=str(named("和煦/绿色商场")), kind="绿色商场（样例）", grade="一级",
        certificate_no="样例绿商 2024-03", authority="辽宁省商务厅", decided_on=day("2024-05-20"),
        valid_from=day("2024-06-01"), valid_until=day("2029-05-31"),
    )  # fmt: skip
    s.act(
        "2024-05-22 10:00", JIA, recognise_qualification, firm, None, (("证书", qualification.certificate_no),),
        qualification=qualification,
    )  # fmt: skip
    s.act("2024-05-22 15:00", YI, disclose, firm, None, (), entry_id=qualification.conduct_id)
    for name, title, decided, until in (
        ("和煦/诚信典型", "诚信兴商典型（样例）", "2025-06-10", "2027-06-09"),
        ("和煦/文明窗口", "文明服务窗口（样例）", "2025-09-01", None),
    ):
        honour = HonourRecorded(
            conduct_id=str(named(name)), title=title, level="city", authority=BUREAU,
            document_no=f"营商誉字〔2025〕{title[:2]}（样例）", decided_on=day(decided),
            valid_until=day(until) if until else None,
        )  # fmt: skip
        s.act(
            f"{decided} 10:00", JIA, record_honour, firm, None, (("表彰决定", honour.document_no),), honour=honour
        )  # fmt: skip
        s.act(f"{decided} 15:00", YI, disclose, firm, None, (), entry_id=honour.conduct_id)
    s.act(
        "2026-07-20 10:00", GENG, end_recognition, firm, None, (("撤销决定", "营商誉撤〔2026〕1号（样例）"),),
        conduct_id=str(named("和煦/文明窗口")), cause="revoked", effective_on=day("2026-07-20"),
        document_no="营商誉撤〔2026〕1号（样例）",
    )  # fmt: skip
    firm = "远帆"
    registered(s, firm, "2025-08-04 09:00", "营口样例远帆国际经济合作有限公司", code("210800", 8810934))
    for person, name, conduct_code, country, section, found in (
        (GUI, "远帆/贸易", "FT03", "", "foreign_trade", "2026-03-09"),
        (JIA, "远帆/劳务", "CL06", "样例国", "overseas_cooperation", "2026-08-12"),
    ):
        adverse = AdverseConductRecorded(
            conduct_id=str(named(name)), conduct_code=conduct_code, facts="经核查属实（样例）", country=country,
            source_section=section, found_on=day(found), document_no=f"样例核查 {found}",
        )  # fmt: skip
        s.act(
            f"{found} 16:00", person, record_adverse_conduct, firm, None, (("核查报告", adverse.document_no),),
            conduct=adverse,
        )  # fmt: skip
    return s
