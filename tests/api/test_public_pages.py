"""What the public sees, in the demonstration's cases, and what it never sees."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import httpx
import pytest

from tests.html import Element, parse
from tests.site import Site

HAITONG = "91210803XX27410369"
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "pages" / "show_subject.html"


def get(client: httpx.Client, path: str, **query: str) -> Element:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return parse(answer.text)


def names(page: Element) -> list[str]:
    return [one.one("a").words for one in page.all("th", role="rowheader")]


def test_a_subject_is_found_by_one_character_of_its_name(stranger: httpx.Client) -> None:
    assert "营口样例海桐商贸有限公司" in names(get(stranger, "/", q="桐"))


def test_a_renamed_subject_is_found_by_its_former_name_and_the_page_says_why(stranger: httpx.Client) -> None:
    page = get(stranger, "/", q="海桐百货")
    row = page.one("th", role="rowheader")
    assert row.one("a").words == "营口样例海桐商贸有限公司"
    assert row.one("small").words == "曾用名：营口样例海桐百货有限公司"
    assert row.one("mark").words == "海桐百货"


def test_a_subject_is_found_by_its_code_in_any_width_and_case(stranger: httpx.Client) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in HAITONG.lower())
    assert names(get(stranger, "/", q=wide)) == ["营口样例海桐商贸有限公司"]


def test_a_wrong_code_is_said_to_be_wrong(stranger: httpx.Client) -> None:
    page = get(stranger, "/", q="91210803XX27410360")
    assert "末位校验不符" in page.one("main").words


def test_what_was_searched_is_shown_as_text_and_never_as_markup(stranger: httpx.Client) -> None:
    answer = stranger.get("/", params={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    assert parse(answer.text).one("input", id="q").attributes["value"] == "<script>alert(1)</script>"


def test_no_subject_is_called_free_of_discredit(stranger: httpx.Client) -> None:
    text = stranger.get("/", params={"q": "样例"}).text
    assert "没有公示中的失信信息" in text
    assert "无失信记录" not in text
    assert "信用良好" not in text


def test_each_statement_says_what_by_whom_number_basis_period_and_where_to_turn(stranger: httpx.Client) -> None:
    page = get(stranger, f"/s/{HAITONG}")
    assert page.one("h1").words == "营口样例海桐商贸有限公司"
    assert [one.words for one in page.all("h2")] == [
        "行政处罚 1 条公示中",
        "名单 1 项在列",
        "行政许可 2 件",
        "信用承诺 2 项",
    ]
    penalty, listing = page.all("article")
    facts = dict(zip([one.words for one in penalty.one("dl", "facts").all("dt")],
                     [one.words for one in penalty.one("dl", "facts").all("dd")], strict=True))  # fmt: skip
    assert facts["决定书文号"] == "营商罚决字〔2026〕第0031号，2026-06-12 决定"
    assert facts["处罚机关"] == "营口市商务局"
    assert facts["处罚内容"] == "罚款 2 万元"
    assert facts["处罚依据"].startswith("《单用途商业预付卡管理办法（试行）》")
    assert facts["公示期"].startswith("2026-06-12 至 2027-06-12（含当日），还剩 201 天")
    assert "最长公示期 1 年；最短公示期 3 个月" in facts["期限依据"]
    assert [one.words for one in penalty.one("dl", "doors").all("dt")] == ["信用修复", "异议", "行政复议、行政诉讼"]
    assert "现在可以申请终止公示" in penalty.one("dl", "doors").words
    assert re.fullmatch(r"凭据 位置 [\d,]+ 指纹 [0-9a-f]{4} [0-9a-f]{4} … [0-9a-f]{4}", penalty.one("p", "proof").words)
    assert "2026-03-20 至 2029-03-20" in listing.words
    assert "日志位置" in page.one("p", "asof").words


def test_a_penalty_within_its_minimum_says_from_which_day_repair_is_possible(
    site: Site, stranger: httpx.Client
) -> None:
    found = [
        one
        for hit in stranger.get("/api/v1/subjects", params={"q": "样例"}).json()["subjects"]
        for one in stranger.get(f"/api/v1/subjects/{hit['subject_id']}").json()["statements"]
        if one["kind"] == "penalty" and one["minimum_until"] and one["minimum_until"] >= "2026-11-23"
    ]
    for one in found:
        door = one["doors"][0]
        assert door["is_open"] is False
        assert door["text_zh"].startswith(f"自 {door['first_on']} 起")
        assert door["first_on"] > one["minimum_until"]


def test_what_was_repaired_is_nowhere(stranger: httpx.Client) -> None:
    old = ["营商罚决字〔2021〕", "营商列决字〔2021〕第0002号", "修复〔2026〕", "XYXF"]
    pages = ["/", "/lists", "/lists/sample", "/rules", "/about", f"/s/{HAITONG}", "/?q=海桐"]
    pages += ["/api/v1/lists/sample", f"/api/v1/subjects/{HAITONG}", "/api/v1/subjects?q=海桐"]
    for path in pages:
        text = stranger.get(path).text
        assert [one for one in old if one in text] == [], path


def test_nothing_public_names_an_identity_number(stranger: httpx.Client) -> None:
    number = re.compile(r"(?<![0-9A-Z])\d{17}[0-9X](?![0-9A-Z])")
    for page in range(1, 4):
        text = stranger.get("/", params={"q": "样例", "n": str(page)}).text
        for key in re.findall(r'href="/s/([^"]+)"', text):
            # A credit code has letters or a check of its own; an identity number is all digits but the last.
            body = stranger.get(f"/s/{key}").text.replace(key, "")
            assert number.findall(re.sub(r"[0-9a-f]{64}", "", body)) == [], key


@pytest.mark.parametrize("key", ["91210803XX27410360", "no-such", "00000000-0000-0000-0000-000000000007"])
def test_an_unknown_subject_is_not_there_in_the_same_words(stranger: httpx.Client, key: str) -> None:
    answer = stranger.get(f"/s/{key}")
    assert answer.status_code == 404
    assert parse(answer.text).one("p", "standing").words == "没有这个页面或这个主体；请从检索进入。"


def test_a_subject_asked_for_by_id_is_shown_under_its_code(stranger: httpx.Client) -> None:
    subject_id = stranger.get(f"/api/v1/subjects/{HAITONG}").json()["subject_id"]
    answer = stranger.get(f"/s/{subject_id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{HAITONG}")


def test_a_list_shows_who_is_on_it_today(stranger: httpx.Client) -> None:
    page = get(stranger, "/lists/sample")
    assert page.one("h1").words == "样例名单"
    assert "营口样例海桐商贸有限公司" in names(page)
    assert "样例名单" in names(get(stranger, "/lists"))
    assert stranger.get("/lists/no_such_list").status_code == 404


def test_the_rules_are_listed_with_article_and_certainty(stranger: httpx.Client) -> None:
    page = get(stranger, "/rules")
    rows = [one.words for one in page.all("tr")]
    assert any("最短公示期" in row and "3 个月" in row and "36" in row for row in rows)
    assert any("待核" in row for row in rows)


@pytest.mark.parametrize("path", ["/", "/?q=样例", f"/s/{HAITONG}", "/lists", "/rules", "/about", "/accessibility"])
def test_every_page_says_that_it_is_a_demonstration_and_where_the_log_stands(
    site: Site, stranger: httpx.Client, path: str
) -> None:
    page = get(stranger, path)
    assert "演示" in page.one("div", "strip").words
    position, _ = site.parts.register.head()
    assert f"日志位置 {position:,}" in page.one("body").words


@pytest.mark.parametrize("path", ["/", f"/s/{HAITONG}", "/api/v1/head", "/no-such-page"])
def test_no_answer_may_be_kept_framed_or_scripted_from_elsewhere(stranger: httpx.Client, path: str) -> None:
    headers = stranger.get(path).headers
    assert "no-store" in headers["cache-control"]
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert "etag" not in headers
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("path", ["/", f"/s/{HAITONG}", "/lists/sample", "/sign-in", "/no-such-page"])
def test_no_page_has_inline_style_or_script(stranger: httpx.Client, path: str) -> None:
    page = parse(stranger.get(path).text)
    assert [one for one in page.walk() if "style" in one.attributes] == []
    assert [one for one in page.all("script") if "src" not in one.attributes] == []
    assert [name for one in page.walk() for name in one.attributes if name.startswith("on")] == []


def test_display_settings_are_kept_in_cookies_and_lead_back_to_the_page(site: Site) -> None:
    with site.client(follow_redirects=True) as client:
        page = get(client, f"/s/{HAITONG}")
        for words in ("大字", "高对比", "深色"):
            link = next(one for one in page.one("div", "strip").all("a") if one.words == words)
            answer = client.get(link.attributes["href"])
            assert answer.url.path == f"/s/{HAITONG}"
            page = parse(answer.text)
        html = page.one("html").attributes
        assert (html["data-text"], html["data-contrast"], html["data-theme"]) == ("large", "more", "dark")
        off = next(one for one in page.one("div", "strip").all("a") if one.words == "深色 ✓")
        assert "data-theme" not in parse(client.get(off.attributes["href"]).text).one("html").attributes


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"])
def test_display_settings_never_lead_to_another_site(stranger: httpx.Client, back: str) -> None:
    assert stranger.get("/display", params={"theme": "dark", "back": back}).headers["location"] == "/"


def test_english_words_come_by_switch_and_statements_stay_chinese(site: Site) -> None:
    with site.client(cookies={"xinlu_lang": "en"}) as client:
        page = get(client, f"/s/{HAITONG}")
    assert page.one("html").attributes["lang"] == "en"
    assert page.all("h2")[0].words == "Penalties 1 disclosed"
    assert page.one("p", "standing").words == "Today: penalties disclosed: 1, lists: 1; licences: 2; commitments: 2."
    assert "未按规定登记购卡人信息" in page.words
    assert page.one("div", "strip").words.startswith("Demonstration")


def test_the_page_of_a_subject_is_as_it_was(stranger: httpx.Client, request: pytest.FixtureRequest) -> None:
    text = stranger.get(f"/s/{HAITONG}").text
    text = re.sub(r"(位置|position) [\d,]+", r"\1 N", re.sub(r"127\.0\.0\.1:\d+", "xinlu.example", text))
    text = re.sub(r"(e-)\d+", r"\1N", re.sub(r"[0-9a-f]{4} [0-9a-f]{4} … [0-9a-f]{4}", "DIGEST", text))
    if request.config.getoption("--update-golden") and not GOLDEN.exists():
        GOLDEN.parent.mkdir(parents=True, exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_a_page_with_its_stylesheet_is_light(stranger: httpx.Client) -> None:
    page, sheet = stranger.get(f"/s/{HAITONG}").content, stranger.get("/static/style.css").content
    assert len(page) < 40_000
    assert len(sheet) < 14_000


def test_the_log_has_no_names_codes_or_queries(
    site: Site, stranger: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    stranger.get("/", params={"q": "海桐"})
    stranger.get(f"/s/{HAITONG}")
    told = capfd.readouterr().err
    assert '"route": "/s/{key}", "status": 200' in told
    assert "海桐" not in told
    assert HAITONG not in told
    assert "%E6" not in told


def test_the_script_is_the_one_its_publisher_signed_for_with_its_licence(stranger: httpx.Client) -> None:
    folder = Path(__file__).resolve().parents[2] / "api" / "static" / "vendor"
    named = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert {one.name for one in folder.iterdir()} - {"SHA256SUMS"} == {"htmx.min.js", "htmx.LICENSE.txt"}
    for name, sha256 in named.items():
        assert hashlib.sha256(stranger.get(f"/static/vendor/{name}").content).hexdigest() == sha256
    assert "Zero-Clause BSD" in (folder / "htmx.LICENSE.txt").read_text()
