"""The public pages of the rules: in force on any day, past and to come, each with article and certainty."""

from __future__ import annotations

import re

import httpx
import pytest

from api.disclosure.rule_words import DAYS, LISTS, topic_of
from api.disclosure.rules import name_words as named
from api.disclosure.words import CHANNELS, CHOICES, TRAITS
from api.law_of_release import law_of_release
from tests.api.test_public_pages import get


def rows(page: object) -> list[str]:
    return [one.words for one in page.all("tr")]  # type: ignore[attr-defined]


def test_the_rules_stand_under_their_topics_and_lead_to_their_history(stranger: httpx.Client) -> None:
    page = get(stranger, "/rules")
    assert [one.words for one in page.all("h2")][:3] == ["失信等次", "公示", "信用修复"]
    assert "/rules/repair.min" in [one.attributes["href"] for one in page.all("a")]


def test_the_rules_of_a_past_day_are_those_in_force_then(stranger: httpx.Client) -> None:
    then = rows(get(stranger, "/rules", in_force_on="2022-01-10"))
    assert any("最短公示期" in one and "527" in one and "6 个月" in one for one in then)
    assert not any("最短公示期" in one and "第36号" in one and "2026-04-01" not in one for one in then)
    assert "2022-01-10" in get(stranger, "/rules", in_force_on="2022-01-10").one("p", "standing").words


def test_what_is_to_come_and_what_changed_lately_is_told_with_both_values(stranger: httpx.Client) -> None:
    page = get(stranger, "/rules", in_force_on="2021-07-01")
    assert any("2021-07-15" in one and "3 日" in one and "5 个工作日" in one for one in rows(page))
    later = get(stranger, "/rules", in_force_on="2021-08-01")
    assert any("2021-07-15" in one and "3 日" in one and "5 个工作日" in one for one in rows(later))


def test_a_day_that_is_none_is_told_in_its_field(stranger: httpx.Client) -> None:
    answer = stranger.get("/rules", params={"in_force_on": "昨天"})
    assert answer.status_code in (400, 422)
    assert "不是日期" in answer.text


def test_a_rule_has_a_page_with_every_edition_the_newest_first(stranger: httpx.Client) -> None:
    page = get(stranger, "/rules/repair.min")
    assert page.one("h1").words == "最短公示期"
    assert "决定之日" in page.one("p", "standing").words
    starts = [one.words[:10] for one in page.all("th", role="rowheader") if one.words[:2] == "20"]
    assert {"2019-07-01", "2023-05-01", "2025-06-22", "2026-04-01"} <= set(starts)
    words = page.one("main").words
    assert "现行" in words
    assert "已被取代" in words
    assert "待核" in words


@pytest.mark.parametrize("path", ["/rules/no.such", "/rules/repair", "/rules/<script>"])
def test_a_rule_that_is_none_is_an_unknown_page(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code == 404


def test_every_rule_has_its_page_in_both_languages(stranger: httpx.Client) -> None:
    links = {one.attributes["href"] for one in get(stranger, "/rules").all("a")}
    named = sorted(one for one in links if one.startswith("/rules/"))
    assert len(named) > 40
    for path in named:
        assert stranger.get(path).status_code == 200
        assert stranger.get(path, headers={"Cookie": "xinlu_lang=en"}).status_code == 200


def test_a_page_says_whether_a_later_rule_reaches_back(stranger: httpx.Client) -> None:
    assert "不溯及" in get(stranger, "/rules/repair.min").one("p", "standing").words
    assert "从其规定" in get(stranger, "/rules/disclosure.max").one("p", "standing").words
    assert "/rules/transition.repair" in {one.attributes["href"] for one in get(stranger, "/rules/repair.min").all("a")}
    assert "从其规定" not in get(stranger, "/rules/upload.due").one("p", "standing").words


def test_every_trait_and_each_of_its_names_has_words() -> None:
    law = law_of_release(with_samples=True)
    asked = {(trait, name) for row in law.rows for trait, names in row.scope for name in names}
    asked |= {pair for row in law.rows for pair in row.key}
    assert {trait for trait, _ in asked} <= set(TRAITS)
    plain = [pair for pair in sorted(asked) if not re.search(r"[\u4e00-\u9fff]|^[A-D]$", named(law, *pair))]
    assert plain == []


def test_every_day_topic_and_list_of_codes_has_words() -> None:
    law = law_of_release()
    assert set(DAYS) >= set(law.contents.head.days)
    assert [name for name in law.parameters if topic_of(name) == "other"] == []
    lists = {name for name, one in law.parameters.items() if one.units == ("list",)}
    assert lists == set(LISTS)
    unknown = {
        (row.parameter, code)
        for row in law.rows
        if row.parameter in LISTS
        for code in row.names
        if code not in law.code_list(LISTS[row.parameter])
    }
    assert unknown == set()


def test_every_choice_of_a_rule_has_words() -> None:
    chosen = {row.choice for row in law_of_release(with_samples=True).rows if row.unit == "choice"}
    assert chosen <= set(CHOICES) | set(CHANNELS)
