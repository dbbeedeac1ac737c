"""What an auditor asks: what was known when, what held when, and where it is written."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from api.access import access_of
from api.demo.script import named
from api.v1.description import declared_routes
from tests.desk import Desk, desk
from tests.html import Element
from tests.site import Site

HAITONG = f"/audit/subjects/{named('海桐')}"
NUMBER = "营商罚决字〔2026〕第0031号"


def asked(known_at: str, in_force_on: str) -> str:
    return f"{HAITONG}?known_at={known_at}&in_force_on={in_force_on}"


def field(page: Element, label: str, about: str = "") -> Element:
    rows = page.one("section", aria_labelledby="st").all("tr")[1:]
    found = [
        one
        for one in rows
        if (head := one.one("th", role="rowheader")).words.startswith(label) and head.words.endswith(about)
    ]
    assert found, label
    return found[-1]


def test_a_fine_corrected_later_is_told_as_it_was_known_and_what_was_learnt_after(wu: Desk) -> None:
    page = wu.open(asked("2026-09-30", "2026-06-20"))
    says = page.one("p", class_="standing").words
    assert "据 2026-09-30 终了时已知的事实" in says
    assert "2026-06-20 这一天：在样例名单内；行政处罚 1 条公示中，罚款 3 万元" in says
    later = " ".join(one.words for one in page.all("p", class_="note"))
    assert f"更正：罚款 {NUMBER} 3 万元 → 2 万元" in later
    assert "3 万元（此后更正）" in field(page, "罚款", NUMBER).words


def test_with_what_is_known_today_the_same_day_has_the_corrected_fine_and_nothing_later(wu: Desk) -> None:
    page = wu.open(asked("2026-11-23", "2026-06-20"))
    assert "罚款 2 万元" in page.one("p", class_="standing").words
    assert page.all("p", class_="note") == []


def test_each_field_has_its_event_or_is_derived_from_the_date_by_a_rule(wu: Desk) -> None:
    page = wu.open(asked("2026-09-30", "2026-06-20"))
    fine = field(page, "罚款", NUMBER)
    assert "PenaltyRecorded.v1" in fine.words
    assert "jia（科室经办人）" in fine.words
    until = field(page, "公示截止期", NUMBER)
    assert "2027-06-12" in until.words
    assert "由日期推定，没有事件" in until.words
    assert "disclosure.max 国家发展和改革委员会令第36号" in until.words
    assert until.all("a") == []


def test_an_unverified_rule_wears_its_badge(wu: Desk) -> None:
    assert "待核" in field(wu.open(asked("2026-09-30", "2026-06-20")), "监管等级").words


def test_before_the_subject_was_registered_nothing_was_known(wu: Desk) -> None:
    page = wu.open(asked("2020-12-31", "2026-06-20"))
    assert "当时尚未登记该主体" in page.one("p", class_="standing").words
    assert page.all("section", aria_labelledby="st") == []


def test_a_position_is_a_moment_too(wu: Desk) -> None:
    page = wu.open(asked("20", "2021-06-20"))
    assert "据位置 20 之前已知的事实" in page.one("p", class_="standing").words


@pytest.mark.parametrize(("known_at", "in_force_on"), [("yesterday", "2026-06-20"), ("2026-09-30", "2026-13-01")])
def test_what_cannot_be_read_is_told_beside_its_field(wu: Desk, known_at: str, in_force_on: str) -> None:
    answer = wu.client.get(asked(known_at, in_force_on))
    assert answer.status_code == 422
    assert "请写" in answer.text


def test_the_picture_has_both_clocks_and_the_table_below_says_the_same(wu: Desk) -> None:
    page = wu.open(asked("2026-09-30", "2026-06-20"))
    svg = page.one("svg", class_="timeline")
    assert svg.attributes["role"] == "img"
    words = " ".join(one.words for one in svg.all("text"))
    assert "效力所在日 06-20" in words
    assert "已知截至 09-30" in words
    assert "0031号，至 2027-06-12" in words
    assert [one.attributes.get("style") for one in svg.walk() if "style" in one.attributes] == []
    rows = [one.words for one in page.one("section", aria_labelledby="tt").all("tr")[1:]]
    assert any(NUMBER in one and "2026-06-17" in one and "2027-06-12" in one for one in rows)
    assert any("修复移出（原至 2024-06-01）" in one for one in rows)


def test_the_download_says_what_the_page_says(wu: Desk) -> None:
    told = wu.client.get(f"{HAITONG}/replay.json?known_at=2026-09-30&in_force_on=2026-06-20")
    assert told.headers["content-disposition"].startswith("attachment")
    body = told.json()
    fine = next(one for one in body["fields"] if one["item"] == "penalty.fine" and one["about"] == NUMBER)
    assert fine["value"] == "3000000"
    assert fine["event"]["topic"] == "credit/PenaltyRecorded.v1"
    assert [one["changes"][0]["after"] for one in body["known_later"]] == ["2000000", "罚款 2 万元", "2027-06-12"]
    until = next(one for one in body["fields"] if one["item"] == "disclosure.until" and one["about"] == NUMBER)
    assert until["event"] is None
    assert until["rules"][0]["citation"]


def test_a_fact_is_shown_exactly_as_stored_with_the_digest_of_its_bytes(wu: Desk, site: Site) -> None:
    page = wu.open(f"{HAITONG}/events/3")
    stored = next(row for row in site.parts.register.facts_recorder.select_streams([named("海桐")]) if row[1] == 3)
    assert hashlib.sha256(stored[3]).hexdigest() in page.one("main").words
    envelope, act = [json.loads(one.text) for one in page.all("pre")]
    assert {"envelope": envelope, "act": act} == json.loads(stored[3])


def test_what_is_sealed_stays_sealed(wu: Desk, site: Site) -> None:
    # Rows set aside hold sealed data too, in streams that are no subject's.
    statement = (
        "SELECT originator_id, originator_version FROM credit_events"
        " WHERE state LIKE %(p)s AND topic LIKE 'credit/%%' ORDER BY notification_id LIMIT 1"
    )
    found = site.parts.register.facts_recorder.select(statement, p=b'%"ciphertext":%')
    subject, version = found[0]
    text = wu.client.get(f"/audit/subjects/{subject}/events/{version}").text
    assert "ciphertext" in text
    assert re.findall(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])", text) == []


def test_all_facts_of_a_subject_are_listed_in_order(wu: Desk, site: Site) -> None:
    page = wu.open(f"{HAITONG}/events")
    positions = [int(one.one("td", data_th="位置").words.replace(",", "")) for one in page.one("table").all("tr")[1:]]
    assert positions == sorted(positions)
    assert len(positions) == len(site.parts.register.history(named("海桐")))


def test_the_public_page_of_a_past_day_is_reproduced_and_labelled(wu: Desk) -> None:
    page = wu.open(f"{HAITONG}/public-page?known_at=2022-06-01&in_force_on=2022-06-01")
    assert "内部重现" in page.one("p", class_="note").words
    assert "营商罚决字〔2022〕第0018号" in page.one("main").words
    now = wu.open(f"{HAITONG}/public-page")
    assert "营商罚决字〔2022〕第0018号" not in now.one("main").words


def test_a_list_of_a_past_day_has_who_was_on_it_then(wu: Desk) -> None:
    page = wu.open("/audit/lists?list_type=sample&in_force_on=2021-12-01")
    assert [one.one("a").words for one in page.one("table").all("th", role="rowheader")] == ["营口样例海桐百货有限公司"]
    empty = wu.open("/audit/lists?list_type=sample&in_force_on=2023-01-01")
    assert "在列 0 家" in empty.one("p", class_="standing").words


def test_every_adopted_version_of_the_law_is_told_with_its_changes(wu: Desk, site: Site) -> None:
    page = wu.open("/audit/rules")
    assert len(page.one("table").all("tr")) - 1 == len(site.parts.rulebooks.versions().adopted)
    assert "新增" in page.one("table").words


def test_auditors_write_nothing(site: Site) -> None:
    for route in declared_routes(site.app):
        if route.path.startswith("/audit"):
            assert (route.methods or set()) <= {"GET", "HEAD"}
        access = access_of(route.endpoint)
        if access is not None and access.roles is not None and "auditor" in access.roles and "POST" in route.methods:
            assert route.path in ("/sign-out", "/sign-in/powers") or route.path.startswith("/api/v1/sessions")


def test_every_reading_leaves_a_line_without_names_or_numbers(
    wu: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    wu.open(HAITONG)
    lines = [json.loads(one) for one in capfd.readouterr().err.splitlines() if '"file_read"' in one]
    assert lines[-1]["officer"] == "wu"
    assert lines[-1]["subject"] == str(named("海桐"))
    assert lines[-1]["purpose"] == "replay"
    assert "海桐" not in json.dumps(lines, ensure_ascii=False)


def test_a_county_office_replays_its_own_county_only(site: Site) -> None:
    with desk(site, "ji") as ji:
        assert ji.client.get(HAITONG).status_code == 200
        assert ji.client.get(f"/audit/subjects/{named('汇岫')}").status_code == 403
        assert ji.client.get("/audit/lists").status_code == 403
        assert "大石桥样例汇岫商贸店" not in ji.open("/audit?q=汇岫").one("main").words


def test_a_subject_or_fact_that_does_not_exist_is_not_found(wu: Desk) -> None:
    nobody = "/audit/subjects/00000000-0000-4000-8000-000000000001"
    assert [wu.client.get(one).status_code for one in (nobody, f"{HAITONG}/events/9999")] == [404, 404]
