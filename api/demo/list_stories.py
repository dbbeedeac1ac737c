"""Lists of every kind: with hearing and announcement, of a doubtful basis, honours that a serious listing ended, an
abnormal listing received, and measures. All firms and papers are 样例.
"""

from __future__ import annotations

from api.demo.firm_acts import MEASURES, REMEDIES, REMOVAL, penalty, registered, shown_penalty
from api.demo.people import BING, DING, GENG, JIA, YI
from api.demo.script import Script, code, day, named
from domain.credit_file.disclosure import disclose
from domain.credit_file.exit import revoke_listing
from domain.credit_file.listing_changes import confirm_listing
from domain.credit_file.listing_decisions import (
    decide_listing,
    discuss_listing,
    propose_listing,
    receive_listing_statement,
    review_legality,
    review_listing,
    serve_listing_notice,
)
from domain.credit_file.listing_hearing import hold_hearing, request_hearing, serve_hearing_notice
from domain.credit_file.listing_service import announce_service, list_subject
from domain.credit_file.listing_upward import receive_listing_decision
from domain.credit_file.measure import MeasureApplied, apply_measure, lift_measure
from domain.credit_file.red_list import announce_red_listing, screen_subject

OWN = "bureau_joint_punishment"
RED = "bureau_joint_incentive"
DAILY = "样例日报"
SITES = ("credit_china", "credit_liaoning", "credit_yingkou")
TOGETHER = ("样例局领导", "样例法制科", "样例员丁")


def announced() -> Script:
    """云阔 could not be found: notice and decision announced, a hearing, a discussion; its term is over."""
    s, firm, case = Script("announced"), "云阔", "列入〔2020〕0001"
    listing = str(named(case))
    registered(s, firm, "2020-07-17 09:00", "营口样例云阔商务服务有限公司", code("210802", 1120438))
    s.act(
        "2020-07-20 10:00", JIA, propose_listing, firm, case, (),
        listing_id=listing, list_type=OWN, facts="虚构交易骗取补贴（样例）",
    )  # fmt: skip
    s.act(
        "2020-07-22 10:00", JIA, announce_service, firm, case, (("公告", "样例日报 0722"),),
        listing_id=listing, announced_on=day("2020-07-22"), medium=DAILY,
    )  # fmt: skip
    s.act(
        "2020-09-21 10:00", JIA, serve_listing_notice, firm, case, (("列入告知书", "营商列告字〔2020〕第0001号"),),
        listing_id=listing, document_no="营商列告字〔2020〕第0001号", served_on=day("2020-09-21"), method="公告送达",
    )  # fmt: skip
    s.act(
        "2020-09-23 10:00", JIA, request_hearing, firm, case, (("听证申请", "样例听 1 号"),),
        listing_id=listing, requested_on=day("2020-09-23"), summary="要求听证（样例）",
    )  # fmt: skip
    s.act(
        "2020-09-25 10:00", JIA, serve_hearing_notice, firm, case, (("听证通知书", "营商听字〔2020〕1号（样例）"),),
        listing_id=listing, document_no="营商听字〔2020〕1号（样例）", served_on=day("2020-09-25"), method="直接送达",
        hearing_on=day("2020-10-12"), place="样例会议室",
    )  # fmt: skip
    s.act(
        "2020-10-12 16:00", JIA, hold_hearing, firm, case, (("听证笔录", "样例笔录 1 号"),),
        listing_id=listing, held_on=day("2020-10-12"), chair="样例主持人", attended=True, record_no="样例笔录 1 号",
        summary="称不知情（样例）",
    )  # fmt: skip
    s.act(
        "2020-10-14 10:00", JIA, review_listing, firm, case, (),
        listing_id=listing, opinion="交易记录不支持其陈述（样例）", adopted="not", reasons="证据充分（样例）",
    )  # fmt: skip
    s.act(
        "2020-10-15 10:00", BING, review_legality, firm, case, (),
        listing_id=listing, opinion="lawful", reasons="程序合法（样例）",
    )  # fmt: skip
    s.act(
        "2020-10-16 10:00", YI, discuss_listing, firm, case, (("讨论记录", "样例会 1 号"),),
        listing_id=listing, held_on=day("2020-10-16"), present=TOGETHER, views="一致同意（样例）", result="list",
    )  # fmt: skip
    _decided_own(s, firm, case, "2020-10-19 10:00", "营商列决字〔2020〕第0001号")
    s.act(
        "2020-10-20 10:00", JIA, announce_service, firm, case, (("公告", "样例日报 1020"),),
        listing_id=listing, announced_on=day("2020-10-20"), medium=DAILY,
    )  # fmt: skip
    s.act(
        "2020-12-20 10:00", JIA, list_subject, firm, case, (),
        listing_id=listing, served_on=day("2020-12-20"), method="公告送达", repair_notice_served=False,
    )  # fmt: skip
    s.act("2020-12-21 10:00", YI, disclose, firm, case, (), entry_id=listing)
    return s


def _decided_own(s: Script, firm: str, case: str, when: str, number: str) -> None:
    s.act(
        when, DING, decide_listing, firm, case, (("列入决定书", number),),
        listing_id=str(named(case)), outcome="list", document_no=number, facts="虚构交易骗取补贴（样例）",
        measures_warned=MEASURES, removal_conditions=REMOVAL, remedies=REMEDIES,
    )  # fmt: skip


def doubtful() -> Script:
    """川渡: decided while 国办发〔2020〕49号 was in force and nobody could read it; revoked in January."""
    s, firm, case = Script("doubtful"), "川渡", "列入〔2020〕0002"
    listing = str(named(case))
    registered(s, firm, "2020-10-09 09:00", "营口样例川渡供应链有限公司", code("210804", 1127059))
    s.act(
        "2020-11-02 10:00", JIA, propose_listing, firm, case, (),
        listing_id=listing, list_type=OWN, facts="虚构交易骗取补贴（样例）",
    )  # fmt: skip
    s.act(
        "2020-11-04 10:00", JIA, serve_listing_notice, firm, case, (("列入告知书", "营商列告字〔2020〕第0002号"),),
        listing_id=listing, document_no="营商列告字〔2020〕第0002号", served_on=day("2020-11-04"), method="直接送达",
    )  # fmt: skip
    s.act(
        "2020-11-09 10:00", JIA, receive_listing_statement, firm, case, (),
        listing_id=listing, received_on=day("2020-11-09"), summary="请求从轻（样例）",
    )  # fmt: skip
    s.act(
        "2020-11-10 10:00", JIA, review_listing, firm, case, (),
        listing_id=listing, opinion="请求从轻没有依据（样例）", adopted="not", reasons="证据充分（样例）",
    )  # fmt: skip
    s.act(
        "2020-11-11 10:00", BING, review_legality, firm, case, (),
        listing_id=listing, opinion="lawful", reasons="程序合法（样例）",
    )  # fmt: skip
    s.act(
        "2020-11-13 10:00", YI, discuss_listing, firm, case, (("讨论记录", "样例会 2 号"),),
        listing_id=listing, held_on=day("2020-11-13"), present=TOGETHER, views="一致同意（样例）", result="list",
    )  # fmt: skip
    _decided_own(s, firm, case, "2020-12-10 10:00", "营商列决字〔2020〕第0002号")
    s.act(
        "2020-12-14 10:00", JIA, list_subject, firm, case, (),
        listing_id=listing, served_on=day("2020-12-14"), method="直接送达", repair_notice_served=False,
    )  # fmt: skip
    s.act("2020-12-15 10:00", YI, disclose, firm, case, (), entry_id=listing)
    s.act(
        "2021-01-05 10:00", DING, confirm_listing, firm, case, (("核定意见", "样例核 1 号"),),
        listing_id=listing, result="to_revoke", reasons="没有法律、法规或者中央文件依据（样例）",
    )  # fmt: skip
    s.act(
        "2021-01-06 10:00", DING, revoke_listing, firm, case, (("撤销决定", "营商撤字〔2021〕1号（样例）"),),
        listing_id=listing, document_no="营商撤字〔2021〕1号（样例）",
    )  # fmt: skip
    return s


def honours() -> Script:
    """锦程: on the list of honours in 2020 until the province listed it as serious."""
    s, firm, case = Script("honours"), "锦程", "红名单〔2020〕0001"
    listing = str(named(case))
    registered(s, firm, "2020-07-20 09:00", "营口样例锦程外贸有限公司", code("210800", 1190726))
    s.act(
        "2020-08-03 10:00", JIA, screen_subject, firm, case, (),
        screening_id=str(named("筛查〔2020〕0001")), list_type=RED, looked_up=SITES, adverse=(), note="未发现（样例）",
    )  # fmt: skip
    s.act(
        "2020-08-04 10:00", JIA, propose_listing, firm, case, (),
        listing_id=listing, list_type=RED, facts="连续三年无失信记录（样例）",
    )  # fmt: skip
    s.act(
        "2020-08-05 10:00", YI, announce_red_listing, firm, case, (("拟列名单公示", "样例公示 1 号"),),
        listing_id=listing, announced_on=day("2020-08-05"), medium="样例网站",
    )  # fmt: skip
    s.act(
        "2020-08-13 10:00", BING, review_legality, firm, case, (),
        listing_id=listing, opinion="lawful", reasons="程序合法（样例）",
    )  # fmt: skip
    s.act(
        "2020-08-14 10:00", DING, decide_listing, firm, case, (("列入决定书", "营商红字〔2020〕1号（样例）"),),
        listing_id=listing, outcome="list", document_no="营商红字〔2020〕1号（样例）",
        facts="连续三年无失信记录（样例）", removal_conditions="出现失信记录的，退出名单（样例）", remedies=REMEDIES,
    )  # fmt: skip
    s.act(
        "2020-08-17 10:00", JIA, list_subject, firm, case, (),
        listing_id=listing, served_on=day("2020-08-17"), method="直接送达", repair_notice_served=False,
    )  # fmt: skip
    s.act("2020-08-18 10:00", YI, disclose, firm, case, (), entry_id=listing)
    case, number = "收文〔2020〕0003", "辽商联惩〔2020〕样例3号"
    serious = str(named(case))
    s.act(
        "2020-11-16 10:00", GENG, receive_listing_decision, firm, case, (("认定决定", number),),
        listing_id=serious, list_type="commerce_joint_punishment", outcome="list",
        body="辽宁省商务厅", document_no=number, decided_on=day("2020-11-10"), effective_on=day("2020-11-20"),
        facts="骗取出口退税（样例）",
    )  # fmt: skip
    s.act("2020-11-17 10:00", YI, disclose, firm, case, (), entry_id=serious)
    return s


def received() -> Script:
    """古榆: an abnormal listing, for officers; 临涧: a listing whose basis is unverified; 霁野: measures."""
    s, firm = Script("received"), "古榆"
    registered(s, firm, "2025-04-07 09:00", "老边样例古榆二手车市场有限公司", code("210811", 9034412))
    number = "营市监异〔2026〕样例118号"
    s.act(
        "2026-07-13 10:00", GENG, receive_listing_decision, firm, "收文〔2026〕0118", (("异常名录决定", number),),
        listing_id=str(named("收文〔2026〕0118")), list_type="samr_abnormal", outcome="list",
        body="营口市市场监督管理局", document_no=number, decided_on=day("2026-07-06"),
        effective_on=day("2026-07-06"), facts="未按期公示年度报告（样例）",
    )  # fmt: skip
    firm = "临涧"
    registered(s, firm, "2025-05-12 09:00", "营口样例临涧对外劳务合作有限公司", code("210802", 9040163))
    case, number = "收文〔2026〕0131", "辽商列字〔2026〕样例5号"
    s.act(
        "2026-09-14 10:00", GENG, receive_listing_decision, firm, case, (("认定决定", number),),
        listing_id=str(named(case)), list_type="commerce_key_watch", outcome="list", body="辽宁省商务厅",
        document_no=number, decided_on=day("2026-09-07"), effective_on=day("2026-09-07"), facts="违规外派劳务（样例）",
    )  # fmt: skip
    s.act("2026-09-15 10:00", YI, disclose, firm, case, (), entry_id=str(named(case)))
    firm, name, firm_code = "霁野", "营口样例霁野家电回收有限公司", code("210811", 9350027)
    registered(s, firm, "2026-01-19 09:00", name, firm_code)
    entry = shown_penalty(s, firm, penalty("霁野/罚", name, firm_code, "营商罚决字〔2026〕第0016号", "2026-01-20"))
    for number, measure_code, effect in (
        ("措施〔2026〕0003", "funds_limited", "不安排以旧换新补贴资金（样例）"),
        ("措施〔2026〕0004", "honours_limited", "不推荐评先评优（样例）"),
    ):
        measure = MeasureApplied(
            measure_id=str(named(number)), target_id=entry, measure_code=measure_code, matter="以旧换新（样例）",
            section="market_order", effect=effect, from_on=day("2026-02-02"), until=day("2027-01-20"),
        )  # fmt: skip
        s.act("2026-02-02 10:00", GENG, apply_measure, firm, number, (("措施通知", number),), measure=measure)
    s.act(
        "2026-09-14 10:00", GENG, lift_measure, firm, "措施〔2026〕0004", (),
        measure_id=str(named("措施〔2026〕0004")), cause="other", lifted_on=day("2026-09-14"),
        reason="评选办法修订，不再适用（样例）",
    )  # fmt: skip
    return s
