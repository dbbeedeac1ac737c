"""From frozen rows to a page: Jinja2 with every variable escaped and none missing, in Chinese or English.

There is one environment for each language. Templates write interface words as `t("检索", "Search")`; statements stay
Chinese, as the documents they come from. No rule, no query and no counting of days belongs into a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api.clock import SHANGHAI, day_of
from api.identity import SignedIn, signed_in
from api.money import show_money
from api.parts import parts_of
from api.positions import Positions, positions
from api.statuses import status_of
from domain.law.rows import Row
from domain.officer import ROLES
from domain.refusals import Refused

FOLDER = Path(__file__).resolve().parent
LANGUAGES = {"zh": "zh-Hans", "en": "en"}
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "theme": ("dark", "light"),
    "contrast": ("more", "no"),
    "text": ("large",),
    "lang": ("en", "zh"),
}
"""What a visitor may set, each a cookie `xinlu_<name>`; the first value is the one the strip offers."""


# Filters


def show_date(value: date | None) -> Markup:
    """A day in ISO, machine-readable; an em dash for none."""
    if value is None:
        return Markup("—")
    return Markup('<time datetime="{0}">{0}</time>').format(value.isoformat())


def show_weekday(value: date) -> str:
    """周一 to 周日."""
    return f"周{WEEKDAYS[value.weekday()]}"


def show_instant(value: datetime | None, language: str = "zh") -> Markup:
    """An instant as Beijing reads it, to the minute."""
    if value is None:
        return Markup("—")
    local = value.astimezone(SHANGHAI)
    words = (
        f"{local:%Y-%m-%d %H:%M}" if language == "en" else f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    )
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="seconds"), words)


def show_code(value: str | None) -> Markup:
    """A unified social credit code in its four parts; copied, it has no spaces."""
    if not value:
        return Markup("—")
    parts = [one for one in (value[:2], value[2:8], value[8:17], value[17:]) if one]
    return Markup('<span class="code">{}</span>').format(Markup("").join(Markup("<i>{}</i>").format(p) for p in parts))


def show_number(value: int) -> str:
    """A count or position with thousands separated."""
    return f"{value:,}"


def show_digest(value: str) -> str:
    """The beginning and the end of a SHA-256, as printed beside a statement."""
    return f"{value[:4]} {value[4:8]} … {value[-4:]}" if value else "—"


def show_article(row: Row) -> Markup:
    """Instrument and article of a rulebook row, with ?待核 where the value was not read in a text."""
    badge = Markup("") if row.is_verified else Markup(' <span class="tag unsure">待核</span>')
    return Markup("{}{}").format(row.citation, badge)


def show_marked(text: str, part: str) -> Markup:
    """A name with the part that was searched for marked."""
    at = text.casefold().find(part.casefold()) if part else -1
    if at < 0:
        return escape(text)
    end = at + len(part)
    return Markup("{}<mark>{}</mark>{}").format(text[:at], text[at:end], text[end:])


FILTERS = {
    "date": show_date, "weekday": show_weekday, "instant": show_instant, "code": show_code, "number": show_number,
    "money": show_money, "digest": show_digest, "article": show_article, "marked": show_marked,
}  # fmt: skip


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.filters["instant"] = partial(show_instant, language=language)
    environment.globals["lang"] = language
    environment.globals["t"] = lambda zh, en: en if language == "en" else zh
    environment.globals["role_name"] = lambda role: ROLES.get(role, role) if language == "zh" else role
    return environment


ENVIRONMENTS = {language: _environment(language) for language in LANGUAGES}


# Pages


@dataclass(frozen=True, slots=True)
class Setting:
    """One switch of the strip: where it leads, its words, whether it is on now."""

    href: str
    zh: str
    en: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What every template may say about its page.

    path       path of the request, without the query
    address    the page's own address, for paper
    now, today the moment the page speaks of
    positions  how far log and views are
    officer    who is signed in, None for the public
    request_id a new id for the form of this page: sent twice, it is one act
    is_behind  whether what was just recorded is not yet in the views
    """

    path: str
    address: str
    lang: str
    chosen: Mapping[str, str]
    settings: tuple[Setting, ...]
    simulated: bool
    now: datetime
    today: date
    positions: Positions
    officer: SignedIn | None
    csrf: str
    request_id: str
    is_behind: bool


def page_of(request: Request, where: Positions | None = None, *, says_address: bool = True) -> Page:
    """The page that answers the request; `where` are the positions of the moment its content was read at.

    says_address   False on a page that says no: what was asked for may itself be personal data
    """
    parts = parts_of(request)
    officer = signed_in(request)
    now, where = parts.clock.now(), where or positions(parts)
    chosen = chosen_of(request)
    return Page(
        path=request.url.path if says_address else "/",
        address=f"{request.url.netloc}{request.url.path if says_address else ''}",
        lang=chosen.get("lang", "zh"),
        chosen=chosen,
        settings=_switches(request, chosen, says_address=says_address),
        simulated=parts.simulated,
        now=now,
        today=day_of(now),
        positions=where,
        officer=officer,
        csrf=officer.csrf if officer else "",
        request_id=str(parts.clock.new_id()),
        is_behind=getattr(request.state, "is_behind", False) or _waits_for(request) > where.views,
    )


def page(
    request: Request, template: str, /, *, status: int = 200, headers: Mapping[str, str] | None = None,
    where: Positions | None = None, says_address: bool = True, **values: Any,
) -> HTMLResponse:  # fmt: skip
    """Render a template for the request; `page` is in it, and whatever values are given.

    Nothing a page says may be kept by anybody between: what has ended today must not come out of a cache tomorrow.
    """
    made = page_of(request, where, says_address=says_address)
    text = ENVIRONMENTS[made.lang].get_template(template).render(page=made, **{"refusal": None, "typed": {}, **values})
    return HTMLResponse(text, status, {"Cache-Control": "private, no-store", **(headers or {})})


def form_again(request: Request, template: str, refusal: Refused, /, **values: Any) -> HTMLResponse:
    """The same form again after a refusal: what was typed kept, the sentence above its field, the cursor in it.

    The form keeps its request id: corrected and sent again it is still the same request, decided anew.
    """
    form = getattr(request.state, "form", None)
    typed = {name: value for name, value in form.items() if isinstance(value, str)} if form is not None else {}
    return page(request, template, status=status_of(refusal), refusal=refusal, typed=typed, **values)


def chosen_of(request: Request) -> dict[str, str]:
    """What the visitor set, from the cookies; anything unknown is ignored."""
    found = {}
    for name, values in SETTINGS.items():
        value = request.cookies.get(f"xinlu_{name}", "")
        if value in values:
            found[name] = value
    return found


def local_path(text: str) -> str:
    """The text if it is a path of this site, "/" otherwise: a link may not lead a visitor elsewhere."""
    is_local = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if is_local else "/"


def _switches(request: Request, chosen: Mapping[str, str], *, says_address: bool) -> tuple[Setting, ...]:
    back = request.url.path if says_address else "/"
    if says_address and request.method == "GET" and request.url.query:
        back += f"?{request.url.query}"

    def switch(name: str, value: str, zh: str, en: str) -> Setting:
        is_on = chosen.get(name) == value
        query = urlencode({name: "" if is_on else value, "back": back}, quote_via=quote)
        return Setting(f"/display?{query}", zh, en, is_on)

    return (
        switch("text", "large", "大字", "Large text"),
        switch("contrast", "more", "高对比", "High contrast"),
        switch("theme", "dark", "深色", "Dark"),
    )


def _waits_for(request: Request) -> int:
    """Position that an officer's last act asked this page to have reached, 0 where it asked for none."""
    text = request.query_params.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
