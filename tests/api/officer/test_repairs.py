"""Repair at the desk: from the push to the public page on which the penalty is no more."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.desk import Desk, Firm
from tests.html import Element
from tests.site import Site

CONDITIONS = (
    "repairable", "minimum_over", "performed", "corrected", "commitment", "no_fraud_record", "no_ban_running",
)  # fmt: skip
FINDINGS = {f"finding-{one}": "yes" for one in CONDITIONS} | {"finding-note-no_fraud_record": "已查修复台账（样例）"}
CHOICES = ["accept", "ask", "came", "decline", "verify", "grant", "refuse", "feed"]


def receive(desk: Desk, firm: Firm, entry_id: str, **given: str) -> str:
    """The path of a new case."""
    typed = {
        "target_id": entry_id, "case_no": f"修复〔2026〕{firm.code[-5:]}", "channel": "credit_china",
        "external_no": "XYXF-2026-样例", "applied_at": "2026-11-20T09:00", "pushed_at": "2026-11-20T10:00",
        "papers-proof": "on", "papers-commitment": "on",
    } | given  # fmt: skip
    sent = desk.send(f"{firm.path}/repairs/new", **typed)
    assert sent.status == 303, sent.said
    return sent.location.split("?")[0]


def choices(page: Element) -> dict[str, bool]:
    """Name of each choice → whether it can be chosen."""
    return {one.attributes["value"]: "disabled" not in one.attributes for one in page.all("input", name="step")}


def open_choices(page: Element) -> list[str]:
    return [name for name, is_open in choices(page).items() if is_open]


def test_the_whole_way_of_a_repair_ends_the_disclosure_the_same_day(
    jia: Desk, yi: Desk, a_firm: Firm, site: Site
) -> None:
    entry_id = a_firm.penalty()
    number = site.parts.register.load(a_firm.subject_id).records[entry_id].record.document_no
    case = receive(jia, a_firm, entry_id)
    assert open_choices(jia.open(case)) == ["accept", "came"]
    assert jia.send(case, step="accept").status == 303
    page = jia.open(case)
    assert open_choices(page) == ["verify"]
    # The register keeps no record of falsehoods: it may not claim that this condition holds.
    assert "7 项核对符合，1 项待人工核实" in page.one("p", class_="standing").words
    bare = jia.send(case, step="verify", **FINDINGS | {"finding-note-no_fraud_record": ""})
    assert bare.status == 409
    assert "没有关于“没有在期的虚假修复记录”的记载" in bare.said
    assert jia.send(case, step="verify", **FINDINGS).status == 303
    page = yi.open(case)
    assert open_choices(page) == ["verify", "grant"]
    assert "8 项核对全部符合" in page.one("p", class_="standing").words
    assert "没有在期的虚假修复记录：" in page.one("section", aria_labelledby="k").words
    assert "no_fraud_record" not in page.one("section", aria_labelledby="k").words
    assert "公示终止" in page.one("section", aria_labelledby="k").words
    with site.client() as public:
        assert number in public.get(a_firm.public).text
        sent = yi.send(case, step="grant", document_no="营商修决字〔2026〕样例号", note="条件符合（样例）")
        assert sent.status == 303, sent.said
        assert number not in public.get(a_firm.public).text
    assert "2026-11-26 前须返还修复结果" in jia.open(case).one("p", class_="standing").words
    assert jia.send(case, step="feed", receipt="样例回执").status == 303
    closed = jia.open(case)
    assert "已准予修复，2026-11-23 起终止公示" in closed.one("p", class_="standing").words
    assert closed.one("main").all("form") == []
    assert a_firm.facts()[-7:] == [
        "RepairReceived", "RepairAccepted", "RepairVerified", "RepairDecided", "Repaired", "SharingStopped",
        "RepairFeedbackSent",
    ]  # fmt: skip


def test_every_case_offers_the_same_choices_in_the_same_order_and_says_why_one_is_barred(
    jia: Desk, a_firm: Firm
) -> None:
    case = receive(jia, a_firm, a_firm.penalty(), **{"papers-commitment": ""})
    page = jia.open(case)
    assert list(choices(page)) == CHOICES
    assert open_choices(page) == ["ask", "came"]
    assert "尚未通知补正" in page.one("span", id="w-decline").words
    assert "待人工核实" in page.one("section", aria_labelledby="k").words
    assert "缺少材料：信用修复承诺书" in page.one("span", id="w-accept").words
    assert "须先受理" in page.one("span", id="w-verify").words


def test_a_barred_choice_sent_all_the_same_is_refused_and_what_was_typed_is_kept(jia: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty(), **{"papers-commitment": ""})
    sent = jia.send(case, step="accept", note="样例说明文字")
    assert sent.status == 409
    assert "缺少材料：信用修复承诺书" in sent.said
    assert sent.page.one("textarea", id="f-note").text.strip() == "样例说明文字"
    assert a_firm.facts()[-1] == "RepairReceived"


def test_a_missing_paper_is_asked_for_comes_and_the_case_goes_on(jia: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty(), **{"papers-commitment": ""})
    assert "缺" in jia.open(case).one("section", aria_labelledby="f").words
    assert jia.send(case, step="ask", note="请补交承诺书（样例）").status == 303
    page = jia.open(case)
    assert "补正至 2026-11-30" in page.one("section", aria_labelledby="f").words
    nothing = jia.send(case, step="came")
    assert nothing.status == 422
    assert jia.send(case, step="came", **{"papers-commitment": "on"}).status == 303
    assert open_choices(jia.open(case)) == ["accept", "came"]


def test_two_clocks_are_shown_each_with_its_start_its_rule_and_its_last_day(jia: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty())
    accept, answer = jia.open(case).all("div", class_="clock")
    assert "自次日起 3 个工作日，至 2026-11-25" in accept.words
    assert "2026-11-20 10:00 收到推送，当日不计" in accept.words
    assert "自次日起 10 个工作日，至 2026-12-04" in answer.words
    assert [len(one.all("rect")) for one in (accept, answer)] == [3, 10]
    assert len(accept.all("rect", class_="full")) == 1


def test_an_application_too_early_is_declined_with_the_first_possible_day(jia: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty("2026-10-08", is_performed=False))
    page = jia.open(case)
    assert "最短公示期至 2027-01-08 届满，2027-01-09 起才可以申请" in page.one("section", aria_labelledby="k").words
    assert jia.send(case, step="decline", note="样例").status == 303
    assert a_firm.facts()[-1] == "RepairNotAccepted"
    assert "首次可申请日 2027-01-09" in jia.open(case).one("p", class_="standing").words


def test_the_verifier_is_not_the_one_who_decides(yi: Desk, jia: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty())
    jia.send(case, step="accept")
    yi.send(case, step="verify", **FINDINGS)
    page = yi.open(case)
    assert not choices(page)["grant"]
    assert "核实人与决定人不能是同一人" in page.one("span", id="w-grant").words
    assert "由" in jia.open(case).one("span", id="w-grant").words


def test_a_refusal_needs_reasons_and_leaves_the_disclosure(jia: Desk, yi: Desk, a_firm: Firm, site: Site) -> None:
    entry_id = a_firm.penalty()
    number = site.parts.register.load(a_firm.subject_id).records[entry_id].record.document_no
    case = receive(jia, a_firm, entry_id)
    jia.send(case, step="accept")
    jia.send(case, step="verify", **FINDINGS | {"finding-corrected": "no"})
    barred = yi.send(case, step="grant", document_no="样例号")
    assert barred.status == 409
    assert "不符合" in barred.said
    bare = yi.send(case, step="refuse", document_no="样例号")
    assert bare.status == 409
    assert "请写明理由" in bare.said
    assert yi.send(case, step="refuse", document_no="样例号", note="改正未经复查确认（样例）").status == 303
    with site.client() as public:
        assert number in public.get(a_firm.public).text


def test_a_step_taken_meanwhile_is_told_and_the_form_shows_the_new_case(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty())
    action, fields = yi.form(case)
    assert jia.send(case, step="accept").status == 303
    late = yi.post(action, fields | {"step": "decline", "note": "样例"})
    assert late.status == 409
    assert "已有新的办理" in late.said
    assert open_choices(late.page) == ["verify"]


def test_a_step_sent_twice_is_taken_once(jia: Desk, a_firm: Firm) -> None:
    case = receive(jia, a_firm, a_firm.penalty())
    action, fields = jia.form(case)
    first, second = (jia.post(action, fields | {"step": "accept"}) for _ in range(2))
    assert first.location == second.location
    assert a_firm.facts().count("RepairAccepted") == 1


@pytest.mark.parametrize("field", ["applied_at", "case_no", "target_id"])
def test_an_application_without_what_it_needs_is_not_received(jia: Desk, a_firm: Firm, field: str) -> None:
    entry_id = a_firm.penalty()
    typed = {"target_id": entry_id, "case_no": "修复〔2026〕样例", "applied_at": "2026-11-20T09:00",
             "pushed_at": "2026-11-20T10:00"}  # fmt: skip
    sent = jia.send(f"{a_firm.path}/repairs/new", **typed | {field: ""})
    assert sent.status == 422
    assert "RepairReceived" not in a_firm.facts()


def test_a_window_starts_no_clock_since_applications_go_to_credit_china(jia: Desk, a_firm: Firm) -> None:
    typed = {"target_id": a_firm.penalty(), "case_no": "修复〔2026〕窗口", "channel": "window",
             "applied_at": "2026-11-20T09:00"}  # fmt: skip
    sent = jia.send(f"{a_firm.path}/repairs/new", **typed)
    assert sent.status == 409
    assert "统一由“信用中国”受理" in sent.said
    assert sent.page.one("input", id="f-applied_at").attributes["value"] == "2026-11-20T09:00"


def test_the_case_of_the_demonstration_is_found_from_the_inbox(jia: Desk) -> None:
    inbox = jia.open("/officer/repairs")
    links = [one.attributes["href"] for one in inbox.all("a") if quote("修复〔2026〕0090") in one.attributes["href"]]
    page = jia.open(links[0])
    assert "2026-11-24 前须决定是否受理" in page.one("p", class_="standing").words
    assert "罚款金额 3 万元 → 2 万元" in page.one("section", aria_labelledby="f").words
