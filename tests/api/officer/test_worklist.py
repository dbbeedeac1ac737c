"""Today's work: what is late, due and waiting, for whom, by which rule."""

from __future__ import annotations

from tests.desk import Desk
from tests.html import Element


def group(page: Element, name: str) -> list[str]:
    found = page.all("tbody", id=name)
    return [one.words for one in found[0].all("tr")[1:]] if found else []


def test_the_late_acceptance_of_the_demonstration_stands_first_with_its_rule(jia: Desk) -> None:
    page = jia.open("/officer")
    late = group(page, "late")
    assert "盖州样例禾谷再生资源回收有限公司修复〔2026〕0087" in late[0].replace(" ", "")
    assert "2026-11-20 周五" in late[0]
    assert "逾期 1 个工作日" in late[0]
    assert "修复受理期限 3 个工作日" in late[0]
    assert f"逾期 {len(late)} 件" in page.one("p", class_="standing").words


def test_ten_working_days_are_shown_today_first_and_weekends_left_out(jia: Desk) -> None:
    days = [one.words.split()[0] for one in jia.open("/officer").one("ol", class_="days").all("li")]
    assert days == ["23日", "24日", "25日", "26日", "27日", "30日", "1日", "2日", "3日", "4日"]


def test_who_waits_for_somebody_is_told_for_whom_and_until_when(jia: Desk) -> None:
    waiting = " ".join(group(jia.open("/officer"), "wait"))
    assert "等申请人，至 2026-11-27（含当日）" in waiting
    assert "等 法制审核员，自 2026-11-11" in waiting


def test_each_officer_sees_what_is_theirs_to_do(bing: Desk, ding: Desk) -> None:
    assert "青栎" in bing.open("/officer").one("main").words
    assert "禾谷" not in bing.open("/officer").one("main").words
    assert "法制审核" not in ding.open("/officer").one("main").words


def test_a_county_office_sees_its_own_county_and_may_not_widen_it(ji: Desk) -> None:
    page = ji.open("/officer?scope=all")
    assert [one.attributes["value"] for one in page.one("select", id="scope").all("option")] == ["section", "mine"]
    assert "禾谷" not in page.one("main").words


def test_a_kind_narrows_the_list(jia: Desk) -> None:
    page = jia.open("/officer?kind=repair")
    acts = {one.one("a").words for one in page.all("tr") if one.all("a")}
    assert acts <= {"决定是否受理修复申请", "返还修复结果", "核实修复条件", "决定是否准予修复"}
    assert acts


def test_an_unverified_term_wears_its_badge(jia: Desk) -> None:
    assert "待核" in jia.open("/officer").one("tbody", id="late").one("span", class_="unsure").words


def test_every_line_leads_to_a_page_that_opens(jia: Desk, yi: Desk) -> None:
    for desk in (jia, yi):
        page = desk.open("/officer?scope=all")
        for link in [one.attributes["href"] for one in page.one("table").all("a")]:
            assert desk.client.get(link).status_code in (200, 403), link
