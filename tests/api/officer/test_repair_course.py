"""Repair at the desk beyond its main steps: several entries, more time, taken back, revoked; and measures."""

from __future__ import annotations

from tests.api.officer.test_repairs import FINDINGS, receive
from tests.desk import Desk, Firm
from tests.site import Site

MEASURE = {
    "measure_code": "funds_limited", "matter": "样例专项资金", "section": "market_order", "effect": "不予安排（样例）",
    "from_on": "2026-11-02", "until": "2027-11-01",
}  # fmt: skip


def granted(jia: Desk, yi: Desk, firm: Firm, entry_id: str) -> str:
    """The path of a case in which the repair was granted."""
    case = receive(jia, firm, entry_id)
    assert jia.send(case, step="accept").status == 303
    assert jia.send(case, step="verify", **FINDINGS).status == 303
    assert yi.send(case, step="grant", document_no="样例修决一号", note="条件符合（样例）").status == 303
    return case


def test_one_application_for_two_penalties_opens_two_cases_that_name_each_other(jia: Desk, a_firm: Firm) -> None:
    first, second = a_firm.penalty(), a_firm.penalty("2026-05-07")
    numbers = {
        one: a_firm.site.parts.register.load(a_firm.subject_id).records[one].record.document_no
        for one in (first, second)
    }
    case = receive(jia, a_firm, first, **{f"also-{second}": "on", "application_no": "样例申请一号"})
    assert a_firm.facts().count("RepairReceived") == 2
    page = jia.open(case)
    assert numbers[second] in page.one("main").words
    assert "样例申请一号" in page.one("main").words
    links = [
        one.attributes["href"] for one in page.all("a") if one.attributes["href"].startswith(f"{a_firm.path}/repairs/")
    ]
    assert numbers[first] in jia.open(links[0]).one("main").words


def test_an_application_for_several_without_a_number_is_refused_and_keeps_what_was_ticked(
    jia: Desk, a_firm: Firm
) -> None:
    first, second = a_firm.penalty(), a_firm.penalty("2026-05-07")
    sent = jia.send(
        f"{a_firm.path}/repairs/new", **{"target_id": first, f"also-{second}": "on"}, case_no="修复〔2026〕样例",
        channel="credit_china", applied_at="2026-11-20T09:00", pushed_at="2026-11-20T10:00",
    )  # fmt: skip
    assert sent.status == 409
    assert "申请编号" in sent.said
    assert "checked" in sent.page.one("input", id=f"f-also-{second}").attributes
    assert "RepairReceived" not in a_firm.facts()


def test_the_time_is_extended_and_the_clock_shows_the_later_day(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty())
    assert "2026-12-04" in jia.open(case).one("main").words
    sent = yi.send(f"{case}/extensions/new", reason="案情复杂（样例）", told_on="2026-11-23")
    assert sent.status == 303, sent.said
    page = jia.open(case).one("main").words
    assert "2026-12-18" in page
    assert "已延长" in page


def test_an_application_taken_back_is_closed_once_the_result_is_fed_back(jia: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty())
    assert jia.send(f"{case}/withdrawals/new", withdrawn_on="2026-11-23", reason="样例").status == 303
    assert "申请人已撤回申请" in jia.open(case).one("p", class_="standing").words
    assert jia.send(case, step="feed", receipt="样例回执").status == 303
    assert "申请人已撤回申请。" in jia.open(case).one("p", class_="standing").words


def test_a_repair_on_false_papers_is_revoked_and_shown_again_only_once_released(
    jia: Desk, yi: Desk, ding: Desk, a_firm: Firm, site: Site
) -> None:
    entry_id = a_firm.penalty()
    number = site.parts.register.load(a_firm.subject_id).records[entry_id].record.document_no
    case = granted(jia, yi, a_firm, entry_id)
    notice = {
        "document_no": "样例撤告一号", "facts": "证明虚假（样例）", "served_on": "2026-11-23", "method": "直接送达"
    }  # fmt: skip
    assert jia.send(f"{case}/revocation-notices/new", **notice).status == 303
    said = {"received_on": "2026-11-23", "summary": "样例陈述"}
    assert jia.send(f"{case}/revocation-statements/new", **said).status == 303
    typed = {
        "cause": "false_papers", "facts": "证明虚假（样例）", "document_no": "样例撤销一号", "found_on": "2026-11-23"
    }  # fmt: skip
    preview = ding.preview(f"{case}/revocations/new", **typed)
    assert "RepairRevoked" not in a_firm.facts()
    assert ding.sign(preview).status == 303
    page = jia.open(case).one("main").words
    assert "修复已撤销" in page
    assert "提交虚假材料" in page
    site.settled()
    assert number not in jia.open(a_firm.public).words
    assert yi.send(f"{a_firm.path}/entries/{entry_id}/releases/new").status == 303
    site.settled()
    assert number in jia.open(a_firm.public).words


def test_a_measure_is_shown_on_the_case_and_lifted_with_the_repair(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    entry_id = a_firm.penalty()
    preview = yi.preview(f"{a_firm.path}/measures/new", target_id=entry_id, **MEASURE)
    assert yi.sign(preview).status == 303
    case = receive(jia, a_firm, entry_id)
    page = jia.open(case).one("main").words
    assert "解除惩戒措施：限制申请财政性资金项目（样例专项资金）" in page
    assert jia.send(case, step="accept").status == 303
    assert jia.send(case, step="verify", **FINDINGS).status == 303
    assert yi.send(case, step="grant", document_no="样例修决二号", note="条件符合（样例）").status == 303
    assert a_firm.facts()[-3:] == ["Repaired", "SharingStopped", "MeasureLifted"]
    measure = next(iter(a_firm.site.parts.register.load(a_firm.subject_id).measures))
    told = jia.open(f"{a_firm.path}/measures/{measure}").one("main").words
    assert "2026-11-23 解除（修复）" in told


def test_a_measure_is_lifted_by_an_act_of_its_own(yi: Desk, a_firm: Firm) -> None:
    entry_id = a_firm.penalty()
    assert yi.sign(yi.preview(f"{a_firm.path}/measures/new", target_id=entry_id, **MEASURE)).status == 303
    measure = next(iter(a_firm.site.parts.register.load(a_firm.subject_id).measures))
    path = f"{a_firm.path}/measures/{measure}"
    bare = yi.send(f"{path}/liftings/new", cause="other", lifted_on="2026-11-23")
    assert bare.status == 409
    assert "请写明理由" in bare.said
    assert yi.send(f"{path}/liftings/new", cause="other", lifted_on="2026-11-23", reason="样例").status == 303
    assert a_firm.facts()[-1] == "MeasureLifted"
