"""An officer at the desk: opens forms as a browser does, fills them in and sends them; and firms to do it to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.demo.firm_acts import penalty
from api.demo.people import JIA, YI, Person
from api.demo.script import code
from domain.context import Context, Filing
from domain.credit_file.disclosure import disclose
from domain.credit_file.profile import register_subject
from domain.credit_file.record_decisions import classify_penalty, record_penalty, record_performance
from domain.law.reading import Reading
from domain.register.acts import Receipt
from tests.html import Element, parse
from tests.site import Site

FIRST_NUMBER = 7_000_000
made: list[int] = []


@dataclass
class Sent:
    """An answer to a form: its status, where it leads, and the page if it is one."""

    answer: httpx.Response

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def page(self) -> Element:
        return parse(self.answer.text)

    @property
    def location(self) -> str:
        assert self.status == 303, self.said
        return self.answer.headers["location"]

    @property
    def said(self) -> str:
        """The sentence of the refusal."""
        return " ".join(one.words for one in self.page.all("p", class_="note") + self.page.all("span", class_="note"))


@dataclass
class Desk:
    """One officer's browser."""

    client: httpx.Client

    def open(self, path: str) -> Element:
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[-600:]}"
        return parse(answer.text)

    def form(self, path: str, number: int = -1) -> tuple[str, dict[str, str]]:
        """Address and fields of a form as the page offers them, as a browser would send them untouched."""
        forms = [one for one in self.open(path).one("main").all("form") if one.attributes.get("method") == "post"]
        assert forms, f"{path} has no form to send"
        return fields_of(forms[number])

    def send(self, path: str, files: Any = None, /, form: int = -1, **typed: Any) -> Sent:
        """Open the page, fill in its form and send it; what is previewed is looked at and signed."""
        action, fields = self.form(path, form)
        sent = self.post(action, fields | typed, files)
        return self.sign(sent) if is_preview(sent) else sent

    def preview(self, path: str, **typed: Any) -> Sent:
        """Open the page, fill in its form and look at what would follow."""
        action, fields = self.form(path)
        sent = self.post(action, fields | typed)
        assert is_preview(sent), f"{sent.status}: {sent.said}"
        return sent

    def sign(self, preview: Sent) -> Sent:
        """Sign what a preview shows, as it was typed."""
        forms = [one for one in preview.page.one("main").all("form") if one.attributes.get("method") == "post"]
        return self.post(*fields_of(forms[-1]))

    def post(self, action: str, fields: dict[str, Any], files: Any = None) -> Sent:
        return Sent(self.client.post(action, data={k: v for k, v in fields.items() if v is not None}, files=files))

    def follow(self, sent: Sent) -> Element:
        return self.open(sent.location)


def is_preview(sent: Sent) -> bool:
    """Whether the answer shows what would follow and waits to be signed."""
    return sent.status == 200 and any(one.attributes.get("name") == "preview" for one in sent.page.all("input"))


def fields_of(form: Element) -> tuple[str, dict[str, str]]:
    fields: dict[str, str] = {}
    for one in form.walk():
        name, kind = one.attributes.get("name"), one.attributes.get("type", "text")
        if name is None or "disabled" in one.attributes or kind == "file" or one.tag == "button":
            continue
        if one.tag == "textarea":
            fields[name] = one.text
        elif one.tag == "select":
            chosen = [option for option in one.all("option") if "selected" in option.attributes]
            fields[name] = (chosen or one.all("option"))[0].attributes["value"]
        elif kind not in ("radio", "checkbox") or "checked" in one.attributes:
            fields[name] = one.attributes.get("value", "")
    return form.attributes["action"], fields


@contextmanager
def desk(site: Site, officer_id: str) -> Iterator[Desk]:
    """The officer, signed in."""
    with site.signed_in(officer_id) as client:
        yield Desk(client)


@dataclass
class Firm:
    """An invented firm of its own for one test, and its entries recorded without the pages."""

    site: Site
    subject_id: UUID
    name: str
    code: str

    @property
    def path(self) -> str:
        return f"/officer/subjects/{self.subject_id}"

    @property
    def public(self) -> str:
        return f"/s/{self.code}"

    def facts(self) -> list[str]:
        """Names of the firm's events in order."""
        return [type(fact.event).__name__ for fact in self.site.parts.register.history(self.subject_id)]

    def act(self, person: Person, decide: Any, **given: Any) -> Receipt:
        receipt = self.site.parts.register.do(decide, self.subject_id, context(self.site, person), **given)
        self.site.settled()
        return receipt

    def penalty(self, decided: str = "2026-05-06", *, is_shown: bool = True, is_performed: bool = True) -> str:
        """A penalty of class general; its entry id."""
        number = f"营商罚决字〔2026〕第{len(self.facts())}-{self.code[-4:]}号"
        one = penalty(str(uuid4()), self.name, self.code, number, decided)
        self.act(JIA, record_penalty, penalty=one)
        if is_shown:
            given = {"scheme": "class.2025", "penalty_class": "general", "reason": "样例"}
            self.act(JIA, classify_penalty, entry_id=one.entry_id, **given)
            self.act(YI, disclose, entry_id=one.entry_id)
        if is_performed:
            days = {"performed_on": date(2026, 5, 20), "corrected_on": date(2026, 5, 20)}
            self.act(JIA, record_performance, entry_id=one.entry_id, **days)
        return one.entry_id


def context(site: Site, person: Person) -> Context:
    return Context(site.clock.now(), person.officer, Reading(site.parts.rulebooks.in_use()), Filing())


def new_code(division: str = "210803") -> str:
    """A code that no other test uses."""
    made.append(len(made))
    return code(division, FIRST_NUMBER + len(made))


def firm(site: Site, division: str = "210803") -> Firm:
    """A newly registered firm."""
    firm_code = new_code(division)
    name = f"营口样例试{len(made)}有限公司"
    one = Firm(site, uuid4(), name, firm_code)
    one.act(JIA, register_subject, subject_kind="organisation", name=name, code=firm_code, division=division)
    return one
