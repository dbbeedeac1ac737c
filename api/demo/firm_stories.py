"""What becomes of the firms themselves, and of their files: status, persons, merger, a second file, a case sent on.

And acts on paper, a slip undone, requests for access. All firms and papers are 样例.
"""

from __future__ import annotations

from api.demo.firm_acts import penalty, registered, shown_penalty
from api.demo.people import GENG, GUI, JIA, YI
from api.demo.script import Script, code, day, named
from domain.credit_file.access import Wants, answer_access, request_access
from domain.credit_file.joined import join_file
from domain.credit_file.listing_decisions import propose_listing
from domain.credit_file.persons import link_person, unlink_person
from domain.credit_file.profile_changes import change_status
from domain.credit_file.succession import merge_subject, receive_predecessor
from domain.credit_file.takeover import take_over_listing
from domain.credit_file.transfer import receive_transfer, transfer_case
from domain.credit_file.undo import undo_entry
from domain.event import Personal

AUTHORITY = "营口市市场监督管理局（样例）"


def firms() -> Script:
    """雁回: out of business for a time, its representative changed, a request for access; 溪川 merged into 平川."""
    s, firm = Script("firms"), "雁回"
    registered(s, firm, "2024-02-19 09:00", "营口样例雁回餐饮有限公司", code("210803", 7701126))
    for link, shown, person, from_on in (
        ("雁回/任一", "样*", "样例人辛", "2024-02-19"),
        ("雁回/任二", "样*", "样例人壬", "2026-05-12"),
    ):
        s.act(
            f"{from_on} 10:00", JIA, link_person, firm, None, (("登记机关通知", f"样例通知 {from_on}"),),
            link_id=str(named(link)), role="legal_representative", shown_name=shown,
            person_name=Personal(person, link), from_on=day(from_on),
        )  # fmt: skip
    s.act(
        "2026-05-12 09:30", JIA, unlink_person, firm, None, (("登记机关通知", "样例通知 0512"),),
        link_id=str(named("雁回/任一")), until_on=day("2026-05-11"),
    )  # fmt: skip
    s.act(
        "2026-09-01 10:00", JIA, change_status, firm, None, (("歇业备案", "样例歇 0901"),),
        status="suspended", effective_on=day("2026-09-01"), authority=AUTHORITY, document_no="样例歇 0901",
        reason="歇业（样例）",
    )  # fmt: skip
    requests: tuple[tuple[str, Wants, str], ...] = (
        ("查阅〔2026〕0002", "copy", "2026-06-08"), ("查阅〔2026〕0005", "view", "2026-11-17"),
    )  # fmt: skip
    for number, wants, on in requests:
        s.act(
            f"{on} 10:00", JIA, request_access, firm, number, (("查阅申请表", number),),
            access_id=str(named(number)), wants=wants, what="法定代表人的任职记录（样例）", requested_on=day(on),
        )  # fmt: skip
    s.act(
        "2026-06-12 10:00", YI, answer_access, firm, "查阅〔2026〕0002", (("答复书", "营商查复〔2026〕2号（样例）"),),
        access_id=str(named("查阅〔2026〕0002")), outcome="granted", document_no="营商查复〔2026〕2号（样例）",
        answered_on=day("2026-06-12"),
    )  # fmt: skip
    old, new = code("210881", 7715503), code("210881", 7715514)
    registered(s, "溪川", "2024-01-08 09:00", "盖州样例溪川粮油有限公司", old)
    registered(s, "平川", "2024-01-08 09:10", "盖州样例平川粮油有限公司", new)
    entry = shown_penalty(
        s, "溪川", penalty("溪川/罚", "盖州样例溪川粮油有限公司", old, "营商罚决字〔2026〕第0077号", "2026-03-02")
    )
    number = "样例合并 0908"
    s.act(
        "2026-09-08 10:00", YI, merge_subject, "溪川", None, (("登记机关通知", number),),
        other_code=new, effective_on=day("2026-09-07"), document_no=number, inherits=(entry,),
    )  # fmt: skip
    s.act(
        "2026-09-08 10:30", YI, receive_predecessor, "平川", None, (("登记机关通知", number),),
        other_code=old, kind="merger", effective_on=day("2026-09-07"), document_no=number, inherits=(entry,),
    )  # fmt: skip
    return s


def files() -> Script:
    """听澜 had two files, now joined; 朔方's case went to another section; 故园 was listed on paper, once wrongly."""
    s, main = Script("files"), code("210804", 4502218)
    registered(s, "听澜", "2023-03-01 09:00", "营口样例听澜酒店有限公司", main)
    registered(s, "听澜副", "2026-02-02 09:00", "营口样例听澜大酒店有限公司", code("210804", 4502281))
    s.act(
        "2026-02-09 10:00", GENG, join_file, "听澜副", None, (("核对说明", "样例核 0209"),),
        into=named("听澜"), into_code=main, reason="同一企业误立两档（样例）",
    )  # fmt: skip
    registered(s, "朔方", "2026-10-12 09:00", "营口样例朔方进出口有限公司", code("210800", 4590037))
    case, listing = "列入〔2026〕0007", str(named("列入〔2026〕0007"))
    s.act(
        "2026-11-09 10:00", JIA, propose_listing, "朔方", case, (),
        listing_id=listing, list_type="sample", facts="虚报出口业绩（样例）",
    )  # fmt: skip
    s.act(
        "2026-11-10 10:00", JIA, transfer_case, "朔方", case, (("移送函", "营商移〔2026〕3号（样例）"),),
        case_id=listing, to_section="foreign_trade", to_area="210800", reason="属对外贸易领域（样例）",
        transferred_on=day("2026-11-10"),
    )  # fmt: skip
    s.act(
        "2026-11-11 10:00", GUI, receive_transfer, "朔方", case, (), case_id=listing, received_on=day("2026-11-11")
    )  # fmt: skip
    registered(s, "故园", "2020-07-20 09:00", "营口样例故园旅行社有限公司", code("210802", 1103390))
    for when, number, decided in (
        ("2020-07-22 10:00", "辽商列字〔2020〕样例1号", "2020-03-02"),
        ("2020-07-22 14:00", "辽商列字〔2020〕样例2号", "2020-03-02"),
    ):
        s.act(
            when, YI, take_over_listing, "故园", number, (("列入决定书（纸质）", number),),
            listing_id=str(named(number)), list_type="commerce_key_watch", body="辽宁省商务厅", document_no=number,
            decided_on=day(decided), effective_on=day(decided), facts="违规外派（样例）",
        )  # fmt: skip
        if number.endswith("1号"):
            s.act(
                "2020-07-22 11:00", YI, undo_entry, "故园", number, (),
                version=2, reason="录入了另一企业的文书（样例）",
            )  # fmt: skip
    return s
