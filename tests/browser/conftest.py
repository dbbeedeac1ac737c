"""A real browser on a real site. Without a browser these tests skip, saying so; on the build machine they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.databases import Server
from tests.site import Site, running_site

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The sandbox needs rights that a container lacks; the rest keeps a closed network quiet.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SETTINGS: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"theme": "dark"},
    "narrow": {},
    "contrast": {"contrast": "more"},
    "large": {"text": "large"},
}
WIDTHS = {"narrow": 320}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in CANDIDATES if (found := shutil.which(name))), None)
    if path is None:
        why = f"no browser on PATH (looked for {', '.join(CANDIDATES)})"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(postgres18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("site")
    with running_site(postgres18, folder) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_page("/s/…", setting="dark", scripts=False)`: a page in a browser of its own; closed after the test."""
    contexts = []

    def open_one(path: str, *, setting: str = "light", scripts: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": WIDTHS.get(setting, width), "height": 900}, java_script_enabled=scripts, locale="zh-CN"
        )
        contexts.append(context)
        context.add_cookies(
            [
                {"name": f"xinlu_{name}", "value": value, "url": site.address}
                for name, value in SETTINGS[setting].items()
            ]
        )
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(site.address + path)
        return page

    said: list[str] = []
    yield open_one
    for context in contexts:
        context.close()
    # What the policy of the page forbids, the browser tells on its console.
    assert [text for text in said if "Content Security Policy" in text] == []
