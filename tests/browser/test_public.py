"""The public pages in a real browser: for everybody's eyes, by keyboard, on a phone, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SETTINGS

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
HAITONG = "91210803XX27410369"
PAGES = {
    "search": "/?q=样例",
    "subject": f"/s/{HAITONG}",
    "list": "/lists/sample",
    "rules": "/rules",
    "rule": "/rules/repair.min",
    "sign_in": "/sign-in",
    "missing": "/s/nobody",
}
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: OpenPage, name: str, setting: str) -> None:
    page = open_page(PAGES[name], setting=setting)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("width", [320, 390, 640])
@pytest.mark.parametrize("name", [*PAGES, "about"])
def test_no_page_scrolls_sideways(open_page: OpenPage, name: str, width: int) -> None:
    page = open_page(PAGES.get(name, f"/{name}"), width=width)
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_subject_is_found_and_opened_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("海桐商贸")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    page.locator("#main").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "营口样例海桐商贸有限公司":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/s/{HAITONG}")
    assert page.locator("h1").inner_text() == "营口样例海桐商贸有限公司"


def test_where_the_keyboard_is_can_be_seen(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_search_and_settings_work_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/", scripts=False)
    page.fill("#q", "海桐商贸")
    page.click("form[role=search] button")
    page.click("text=营口样例海桐商贸有限公司")
    page.click("text=深色")
    assert page.url.endswith(f"/s/{HAITONG}")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("text=English")
    assert page.get_attribute("html", "lang") == "en"


def test_a_page_asks_for_nothing_but_itself_and_its_stylesheet(open_page: OpenPage) -> None:
    page = open_page("/about")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.replace("/about", f"/s/{HAITONG}"))
    assert [url.rsplit("/", 1)[1] for url in asked] == [HAITONG, "style.css"]


def test_on_paper_the_page_is_light_and_has_no_navigation(open_page: OpenPage) -> None:
    page = open_page(PAGES["subject"], setting="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not page.locator(".mast nav").is_visible()
    assert page.locator(".foot").inner_text().count("打印件以网页为准") == 1
    assert page.pdf(format="A4").startswith(b"%PDF-")
