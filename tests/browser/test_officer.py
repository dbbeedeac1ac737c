"""The officers' and auditors' pages in a real browser, and two whole ways: a repair, and a file from upload to page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.demo.people import PASSWORD
from api.demo.script import named
from tests.browser.conftest import SETTINGS
from tests.browser.test_public import OPTIONS, SIDEWAYS
from tests.databases import Server
from tests.desk import firm, new_code
from tests.site import Site, running_site

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "双公示"
OpenAs = Callable[..., Page]


def subject(name: str) -> str:
    return f"/officer/subjects/{named(name)}"


REPLAY = f"/audit/subjects/{named('海桐')}"
PAGES: dict[str, tuple[str, str]] = {
    "worklist": ("jia", "/officer"),
    "repairs": ("jia", "/officer/repairs"),
    "repair": ("jia", f"{subject('海桐')}/repairs/{quote('修复〔2026〕0090')}"),
    "listings": ("jia", "/officer/listings"),
    "listing": ("jia", f"{subject('青栎')}/listings/{named('列入〔2026〕0005')}"),
    "decision": ("ding", f"{subject('青栎')}/listings/{named('列入〔2026〕0005')}/decisions/new"),
    "review": ("bing", f"{subject('青栎')}/listings/{named('列入〔2026〕0005')}/reviews/new"),
    "subject": ("yi", subject("海桐")),
    "purpose": ("yi", subject("北棠")),
    "penalty": ("jia", f"{subject('海桐')}/penalties/new"),
    "commitment": ("jia", f"{subject('云埠')}/commitments/{named('云埠/培训')}"),
    "imports": ("jia", "/officer/imports"),
    "releases": ("yi", "/officer/releases"),
    "audit": ("wu", "/audit?q=样例"),
    "replay": ("wu", f"{REPLAY}?known_at=2026-09-30&in_force_on=2026-06-20"),
    "public-page": ("wu", f"{REPLAY}/public-page?known_at=2022-06-01&in_force_on=2022-06-01"),
    "events": ("wu", f"{REPLAY}/events"),
    "event": ("wu", f"{REPLAY}/events/3"),
    "roster": ("wu", "/audit/lists?list_type=sample&in_force_on=2021-12-01"),
    "rulebooks": ("wu", "/audit/rules"),
}
BATCH_PAGES = ("", "/classes", "/releases")


@pytest.fixture(scope="module")
def site(postgres18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with running_site(postgres18, folder) as running:
        yield running


@pytest.fixture(scope="module")
def cookies(site: Site) -> dict[str, list[dict[str, str]]]:
    """A session of each officer, opened once."""
    found = {}
    for officer_id in ("jia", "yi", "bing", "ding", "wu"):
        with site.signed_in(officer_id) as client:
            token = client.cookies["xinlu_session"]
        found[officer_id] = [{"name": "xinlu_session", "value": token, "url": site.address}]
    return found


@pytest.fixture
def open_as(browser: Browser, site: Site, cookies: dict[str, list[dict[str, str]]]) -> Iterator[OpenAs]:
    """`open_as("jia", "/officer", setting="dark", scripts=False)`: a page of an officer signed in."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_one(
        officer_id: str, path: str, *, setting: str = "light", scripts: bool = True, width: int = 1280
    ) -> Page:
        context = browser.new_context(
            viewport={"width": 320 if setting == "narrow" else width, "height": 900}, java_script_enabled=scripts,
            locale="zh-CN",
        )  # fmt: skip
        contexts.append(context)
        chosen = [{"name": f"xinlu_{k}", "value": v, "url": site.address} for k, v in SETTINGS[setting].items()]
        context.add_cookies([*cookies[officer_id], *chosen])  # type: ignore[list-item]
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        answer = page.goto(site.address + path)
        assert answer is not None
        assert answer.status == 200, path
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [text for text in said if "Content Security Policy" in text] == []


def batch(site: Site) -> str:
    """A file of the demonstration with penalties to classify."""
    with site.signed_in("yi") as client:
        text = client.get("/officer/imports").text
        links = {part.split('"')[0] for part in text.split('href="')[1:] if part.startswith("/officer/imports/")}
        return next(one for one in sorted(links) if f"{one}/classes" in client.get(one).text)


# The stylesheet is one: colours and sizes are looked at on the three densest pages, the rest on a screen and a phone.
LOOKS = [
    (name, setting)
    for name in PAGES
    for setting in (SETTINGS if name in ("worklist", "repair", "replay") else ("light", "narrow"))
]


@pytest.mark.parametrize(("name", "setting"), LOOKS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_as: OpenAs, name: str, setting: str) -> None:
    page = open_as(*PAGES[name], setting=setting)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [1280, 390])
def test_every_check_of_a_repair_is_a_line_to_read_and_not_a_column_of_characters(open_as: OpenAs, width: int) -> None:
    page = open_as(*PAGES["repair"], width=width)
    widths = page.eval_on_selector_all(".checks > li > div", "all => all.map(one => one.getBoundingClientRect().width)")
    assert len(widths) > 5
    assert min(widths) > 200


@pytest.mark.parametrize("setting", ["light", "narrow"])
@pytest.mark.parametrize("tail", BATCH_PAGES)
def test_axe_finds_nothing_on_the_pages_of_a_file(open_as: OpenAs, site: Site, tail: str, setting: str) -> None:
    page = open_as("yi", batch(site) + tail, setting=setting)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate(SIDEWAYS) <= 0


def test_the_whole_way_of_a_repair_from_the_worklist_to_the_public_page(open_as: OpenAs, site: Site) -> None:
    """Without scripts, so that it is the plain page that works."""
    one = "盖州样例禾谷再生资源回收有限公司"
    public = open_as("jia", f"/?q={quote('禾谷')}", scripts=False)
    public.click(f"text={one}")
    expect(public.locator("main")).to_contain_text("行政处罚 1 条公示中")
    jia = open_as("jia", "/officer", scripts=False)
    jia.click("#late a")
    jia.check("#d-accept")
    jia.click("text=签发")
    expect(jia.locator("h1")).to_contain_text(one)
    jia.check("#d-verify")
    for condition in jia.locator("[id^='y-']").all():
        condition.check()
    for rests_on in jia.locator("[id^='b-']:not([aria-label])").all():
        rests_on.fill("已向执行机关核实（样例）")
    jia.click("text=签发")
    expect(jia.locator("#d-verify")).to_be_visible()
    yi = open_as("yi", "/officer/repairs", scripts=False)
    yi.locator("tr", has_text=one).locator("a").click()
    yi.check("#d-grant")
    yi.fill("#f-document_no", "营商修决字〔2026〕第0087号（样例）")
    yi.fill("#f-note", "条件符合（样例）")
    yi.click("text=签发")
    expect(yi.locator(".standing")).to_contain_text("已准予修复，2026-11-23 起终止公示")
    public.reload()
    expect(public.locator("main")).to_contain_text("没有公示中的失信信息")


def test_a_file_goes_from_upload_over_its_release_to_the_public_page(
    open_as: OpenAs, site: Site, tmp_path: Path
) -> None:
    with (SAMPLES / "行政处罚-1.csv").open(encoding="utf-8-sig", newline="") as file:
        sample = next(csv.DictReader(file))
    code = new_code()
    number, name = f"营商罚决字〔2026〕第{code[-6:]}号", "营口样例浏览器导入有限公司"
    sample |= {
        "行政相对人代码_1（统一社会信用代码）": code, "行政处罚决定书文号": number, "行政相对人名称": name,
        "处罚决定日期": "2026/11/02", "公示截止期": "2027/11/02",
    }  # fmt: skip
    out = io.StringIO()
    writer = csv.DictWriter(out, list(sample))
    writer.writeheader()
    writer.writerow(sample)
    path = tmp_path / "处罚-浏览器.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    jia = open_as("jia", "/officer/imports")
    jia.set_input_files("#f-file", path)
    jia.click("text=上传并导入")
    expect(jia.locator(".counts")).to_contain_text("1已存入")
    jia.click("text=归类失信程度 1 条")
    expect(jia.locator("select")).to_have_value("class.2025/general")
    jia.fill("#f-reason", "核对决定书（样例）")
    jia.click("text=确认归类")
    expect(jia.locator("[role=status]")).to_be_visible()
    yi = open_as("yi", "/officer/releases")
    yi.locator("tr", has_text="处罚-浏览器.csv").locator("a").click()
    expect(yi.locator("[aria-labelledby=will]")).to_contain_text("2027-11-02")
    yi.click("button:has-text('批准公示 1 条')")
    expect(yi.locator("[role=status]")).to_contain_text("已批准公示 1 条")
    yi.goto(f"{site.address}/s/{code}")
    expect(yi.locator("main")).to_contain_text(number)


def test_a_refused_form_puts_the_keyboard_where_it_has_to_go_on(open_as: OpenAs, site: Site) -> None:
    one = firm(site)
    page = open_as("jia", f"{one.path}/names/new")
    page.fill("#f-name", "营口样例焦点有限公司")
    page.fill("#f-effective_on", "2026-12-31")
    page.keyboard.press("Enter")
    page.wait_for_selector("#e-effective_on")
    assert page.evaluate("document.activeElement.id") == "f-effective_on"
    assert page.input_value("#f-name") == "营口样例焦点有限公司"
    assert page.get_attribute("#f-effective_on", "aria-describedby") == "e-effective_on"


def test_a_person_signs_in_by_the_form_and_reaches_the_worklist(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.address}/officer")
    page.fill("[name=officer_id]", "geng")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("今日办件")
    page.close()


def test_the_timeline_scrolls_inside_its_region_on_a_phone_and_by_keyboard(open_as: OpenAs) -> None:
    page = open_as("wu", PAGES["replay"][1], width=320)
    region = page.locator(".scroll").first
    assert region.evaluate("one => one.scrollWidth > one.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert region.evaluate("one => one.scrollLeft") > 0
    assert page.evaluate(SIDEWAYS) <= 0


def test_the_pages_speak_english_when_asked(open_as: OpenAs, site: Site) -> None:
    page = open_as("jia", "/officer")
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Worklist")
    assert page.get_attribute("html", "lang") == "en"
