"""Listing a subject step by step at the desk, each step by whom it belongs to, and the ways off the list."""

from __future__ import annotations

from datetime import date, timedelta

from api.demo.people import BING, DING, JIA, YI
from domain.credit_file.disclosure import disclose
from domain.credit_file.listing_decisions import (
    decide_listing,
    propose_listing,
    receive_listing_statement,
    review_legality,
    review_listing,
    serve_listing_notice,
)
from domain.credit_file.listing_service import list_subject
from tests.desk import Desk, Firm
from tests.html import Element
from tests.site import Site

TODAY = date(2026, 11, 23)
BODY = "辽宁省商务厅"


def propose(desk: Desk, firm: Firm) -> str:
    typed = {"list_type": "sample", "case_no": f"列入〔2026〕{firm.code[-5:]}", "facts": "两次未报送（样例）"}
    sent = desk.send(f"{firm.path}/listings/new", **typed)
    assert sent.status == 303, sent.said
    return sent.location.split("?")[0]


def open_acts(page: Element) -> list[str]:
    """The acts that can be begun from the case page."""
    return [one.words for one in page.one("section", aria_labelledby="next").all("a")]


def served(desk: Desk, case: str) -> None:
    typed = {"document_no": "营商列告字〔2026〕样例号", "served_on": "2026-11-23", "method": "直接送达"}
    assert desk.send(f"{case}/notices/new", **typed).status == 303


def test_a_subject_is_listed_step_by_step_and_the_public_sees_it_after_its_release(
    jia: Desk, yi: Desk, bing: Desk, ding: Desk, a_firm: Firm, site: Site
) -> None:
    case = propose(jia, a_firm)
    assert open_acts(jia.open(case)) == ["送达列入告知书", "公告送达"]
    served(jia, case)
    page = bing.open(case)
    assert "期限至 2026-11-30（含当日）" in page.one("section", aria_labelledby="st").words
    assert open_acts(page) == []
    stated = {"received_on": "2026-11-23", "summary": "无异议（样例）"}
    assert jia.send(f"{case}/statements/new", **stated).status == 303
    assert open_acts(bing.open(case)) == []
    assert "下一步：复核" in jia.open(case).one("p", class_="standing").words
    weighed = {"opinion": "事实属实（样例）", "adopted": "not", "reasons": "有催告记录（样例）"}
    assert jia.send(f"{case}/opinions/new", **weighed).status == 303
    assert "不予采纳：有催告记录（样例）" in bing.open(f"{case}/reviews/new").one("main").words
    assert open_acts(bing.open(case)) == ["法制审核"]
    assert "由法制审核员办理" in jia.open(case).one("section", aria_labelledby="next").words
    assert bing.send(f"{case}/reviews/new", opinion="lawful", reasons="事实清楚（样例）").status == 303
    form = f"{case}/decisions/new"
    preview = ding.open(form).one("section", aria_labelledby="follows").words
    assert "今日送达的，至 2029-11-23（样例名单管理办法（样例） 样例第8条）" in preview
    assert "可在 2027-01-22 前（含当日）向营口市人民政府申请行政复议" in preview
    assert "60 日内向营口市人民政府" in ding.open(form).one("textarea", id="f-remedies").text
    decided = {
        "outcome": "list", "document_no": "营商列决字〔2026〕样例号", "facts": "两次未报送（样例）",
        "removal_conditions": "满六个月（样例）", "remedies": "可以复议（样例）",
    }  # fmt: skip
    silent = ding.send(form, **decided)
    assert silent.status == 409
    assert "惩戒措施提示" in silent.said
    assert ding.send(form, **decided, measures_warned="重点监管（样例）").status == 303
    service = {"served_on": "2026-11-23", "method": "直接送达"}
    bare = jia.send(f"{case}/services/new", **service)
    assert bare.status == 409
    assert "两书同达" in bare.said
    assert bare.page.one("input", id="f-served_on").attributes["value"] == "2026-11-23"
    assert jia.send(f"{case}/services/new", **service, repair_notice_served="on").status == 303
    assert "在名单内，自 2026-11-23 至 2029-11-23（含当日）" in jia.open(case).one("p", class_="standing").words
    listing_id = case.rsplit("/", 1)[1]
    with site.client() as public:
        assert "样例名单" not in public.get(a_firm.public).text
        assert yi.send(f"{a_firm.path}/entries/{listing_id}/releases/new").status == 303
        assert "营商列决字〔2026〕样例号" in public.get(a_firm.public).text


def test_a_review_before_the_subject_was_heard_is_refused_with_the_last_day(
    jia: Desk, bing: Desk, a_firm: Firm
) -> None:
    case = propose(jia, a_firm)
    served(jia, case)
    sent = bing.send(f"{case}/reviews/new", opinion="lawful", reasons="样例理由")
    assert sent.status == 409
    assert "2026-11-30" in sent.said
    assert sent.page.one("textarea", id="f-reasons").text.strip() == "样例理由"


def test_a_list_without_a_basis_of_the_bureau_is_not_offered(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    own = [one.attributes["value"] for one in jia.open(f"{a_firm.path}/listings/new").one("select").all("option")]
    upward = yi.open(f"{a_firm.path}/upward-listings/new").one("select", id="f-list_type")
    assert "sample" in own
    assert "commerce_key_watch" not in own
    assert "commerce_key_watch" in [one.attributes["value"] for one in upward.all("option")]
    action, fields = jia.form(f"{a_firm.path}/listings/new")
    typed = {"list_type": "commerce_key_watch", "case_no": "样例", "facts": "样例"}
    sent = jia.post(action, fields | typed)
    assert sent.status == 409
    assert "由上级" in sent.said


def test_a_proposal_upward_is_answered_with_the_decision_of_the_higher_body(yi: Desk, a_firm: Firm) -> None:
    typed = {"list_type": "commerce_key_watch", "case_no": "提请〔2026〕样例", "body": BODY, "document_no": "样例函",
             "facts": "样例事实"}  # fmt: skip
    case = yi.send(f"{a_firm.path}/upward-listings/new", **typed).location.split("?")[0]
    assert open_acts(yi.open(case)) == ["收到认定决定"]
    answer = {"outcome": "list", "body": BODY, "document_no": "辽商列字样例", "decided_on": "2026-11-20",
              "effective_on": "2026-11-20", "facts": "样例事实"}  # fmt: skip
    assert yi.send(f"{case}/received-decisions/new", **answer).status == 303
    assert a_firm.facts()[-2:] == ["ListingDecisionReceived", "Listed"]


def test_a_decision_nobody_proposed_is_recorded_as_received(yi: Desk, a_firm: Firm) -> None:
    typed = {"list_type": "commerce_key_watch", "case_no": "收文样例", "body": BODY, "document_no": "辽商列字样例",
             "decided_on": "2026-11-20", "effective_on": "2026-11-20", "facts": "样例事实"}  # fmt: skip
    sent = yi.send(f"{a_firm.path}/received-listings/new", **typed)
    assert sent.status == 303
    assert a_firm.facts()[-2:] == ["ListingDecisionReceived", "Listed"]


def test_a_listing_of_a_higher_body_ends_by_its_decision_and_is_not_the_bureaus_to_revoke(
    yi: Desk, ding: Desk, a_firm: Firm
) -> None:
    typed = {"list_type": "commerce_key_watch", "case_no": "收文样例", "body": BODY, "document_no": "辽商列字样例",
             "decided_on": "2026-11-20", "effective_on": "2026-11-20", "facts": "样例事实"}  # fmt: skip
    case = yi.send(f"{a_firm.path}/received-listings/new", **typed).location.split("?")[0]
    barred = ding.send(f"{case}/revocations/new", document_no="样例")
    assert barred.status == 409
    assert "谁认定、谁修复" in barred.said
    assert "收到移出、撤销决定" in open_acts(yi.open(case))
    lifted = {"cause": "repair", "body": BODY, "document_no": "辽商移字样例", "decided_on": "2026-11-23",
              "effective_on": "2026-11-23"}  # fmt: skip
    assert yi.send(f"{case}/received-exits/new", **lifted).status == 303
    assert a_firm.facts()[-1] == "Exited"


def listed(firm: Firm) -> str:
    """A listing in force, recorded without the pages; its id."""
    listing_id = f"样例-{firm.code}"
    one: dict[str, str] = {"listing_id": listing_id}
    firm.act(JIA, propose_listing, **one, list_type="sample", facts="样例")
    firm.act(JIA, serve_listing_notice, **one, document_no="样例", served_on=TODAY, method="直接送达")
    firm.act(JIA, receive_listing_statement, **one, received_on=TODAY, summary="样例")
    firm.act(JIA, review_listing, **one, opinion="样例", adopted="not", reasons="样例")
    firm.act(BING, review_legality, **one, opinion="lawful", reasons="样例")
    decision = {"document_no": "营商列决字样例", "facts": "样例", "removal_conditions": "样例", "remedies": "样例"} | {
        "measures_warned": "样例"
    }
    firm.act(DING, decide_listing, **one, outcome="list", **decision)
    service = {"served_on": TODAY, "method": "直接送达", "repair_notice_served": True}
    firm.act(JIA, list_subject, **one, **service)
    firm.act(YI, disclose, entry_id=listing_id)
    return listing_id


def test_a_revoked_listing_is_gone_from_the_public_list_that_day(ding: Desk, a_firm: Firm, site: Site) -> None:
    case = f"{a_firm.path}/listings/{listed(a_firm)}"
    with site.client() as public:
        assert a_firm.name in public.get("/lists/sample").text
        assert ding.send(f"{case}/revocations/new", document_no="撤销样例").status == 303
        assert a_firm.name not in public.get("/lists/sample").text
    assert "起退出名单（撤销）" in ding.open(case).one("p", class_="standing").words


def test_a_deregistered_subject_leaves_the_list_from_that_day(yi: Desk, a_firm: Firm) -> None:
    case = f"{a_firm.path}/listings/{listed(a_firm)}"
    early = yi.send(f"{case}/deregistrations/new", deregistered_on=str(TODAY - timedelta(days=9)), document_no="样例")
    assert early.status == 409
    bare = yi.send(f"{case}/deregistrations/new", deregistered_on=str(TODAY), document_no="样例")
    assert bare.status == 409
    assert "请先凭登记机关凭据登记变更状态" in bare.said
    ended = {"effective_on": str(TODAY), "authority": "样例登记机关", "document_no": "样例注销通知一号"}
    assert yi.send(f"{a_firm.path}/statuses/new", status="deregistered", **ended).status == 303
    assert yi.send(f"{case}/deregistrations/new", deregistered_on=str(TODAY), document_no="样例").status == 303
    assert a_firm.facts()[-1] == "Exited"


def test_a_step_of_a_case_that_moved_is_refused_and_kept(jia: Desk, a_firm: Firm) -> None:
    case = propose(jia, a_firm)
    action, fields = jia.form(f"{case}/notices/new")
    served(jia, case)
    typed = {"document_no": "样例二号", "served_on": "2026-11-23", "method": "邮寄送达"}
    late = jia.post(action, fields | typed)
    assert late.status == 409
    assert "已有新的办理" in late.said
    assert late.page.one("input", id="f-document_no").attributes["value"] == "样例二号"
    assert a_firm.facts().count("ListingNoticeServed") == 1


def test_the_lists_of_today_are_shown_with_their_members(jia: Desk) -> None:
    page = jia.open("/officer/listings")
    assert "营口样例海桐商贸有限公司" in page.one("section", aria_labelledby="l-sample").words
    assert "营口样例北棠" not in page.one("section", aria_labelledby="l-sample").words


def test_a_subject_that_gives_its_statement_up_is_not_waited_for(jia: Desk, bing: Desk, a_firm: Firm) -> None:
    case = propose(jia, a_firm)
    served(jia, case)
    assert jia.send(f"{case}/waivers/new", waived_on="2026-11-23", document_no="样例放弃一号").status == 303
    assert "放弃（样例放弃一号）" in jia.open(case).one("section", aria_labelledby="st").words
    assert open_acts(bing.open(case)) == ["法制审核"]


def test_a_hearing_that_the_list_does_not_give_is_refused_where_it_is_asked_for(jia: Desk, a_firm: Firm) -> None:
    case = propose(jia, a_firm)
    served(jia, case)
    sent = jia.send(f"{case}/hearing-requests/new", requested_on="2026-11-23", summary="样例")
    assert sent.status == 409
    assert "没有规定可以要求听证" in sent.said


def test_a_decision_announced_counts_as_served_when_its_time_is_over(jia: Desk, a_firm: Firm) -> None:
    case = propose(jia, a_firm)
    announced = {"announced_on": "2026-11-23", "medium": "样例日报"}
    assert jia.send(f"{case}/announcements/new", **announced).status == 303
    typed = {"document_no": "营商列告字样例", "served_on": "2026-11-23", "method": "公告送达"}
    sent = jia.send(f"{case}/notices/new", **typed)
    assert sent.status == 409
    assert "2026-12-23" in sent.said


def test_a_listing_recorded_wrongly_is_corrected_and_released_anew(yi: Desk, ding: Desk, a_firm: Firm) -> None:
    listing_id = listed(a_firm)
    case = f"{a_firm.path}/listings/{listing_id}"
    typed = {"field": "decision_no", "new": "营商列决字样例二", "reason": "笔误（样例）"}
    assert yi.send(f"{case}/corrections/new", **typed).status == 303
    assert a_firm.facts()[-1] == "ListingCorrected"
    assert "更正列入" in yi.open(case).one("section", aria_labelledby="steps").words


def test_a_candidate_for_honours_is_screened_on_the_three_sites(jia: Desk, a_firm: Firm) -> None:
    form = f"{a_firm.path}/screenings/new"
    some = {"list_type": "bureau_joint_incentive", "looked_up-credit_china": "on"}
    sent = jia.send(form, **some)
    assert sent.status == 409
    assert "信用辽宁、信用营口" in sent.said
    both = some | {"looked_up-credit_liaoning": "on", "looked_up-credit_yingkou": "on"}
    assert jia.send(form, **both).status == 303
    assert a_firm.facts()[-1] == "SubjectScreened"
    assert "无不良记录" in jia.open(form).one("main").words


def test_an_abnormal_listing_is_recorded_as_received_and_stands_on_the_roster_without_an_end(
    yi: Desk, a_firm: Firm
) -> None:
    typed = {"list_type": "samr_abnormal", "case_no": "收文样例", "body": "样例市场监管局",
             "document_no": "样例异入一号", "decided_on": "2026-11-20", "effective_on": "2026-11-20",
             "facts": "样例"}  # fmt: skip
    sent = yi.send(f"{a_firm.path}/received-listings/new", **typed)
    assert sent.status == 303
    assert "，无截止日" in yi.open(sent.location.split("?")[0]).one("p", class_="standing").words
    assert a_firm.name in yi.open("/officer/listings").one("section", aria_labelledby="l-samr_abnormal").words
