"""A browser without a screen, for what a tutorial says: opens pages, fills in what has a label, clicks what has words.

It does what the words say and nothing else: what is not on the page once cannot be clicked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

from tests.docs.tutorial import Step
from tests.html import Element, parse

SECONDS_MAX = 20


@dataclass
class Visitor:
    """One browser with its cookies; `typed` is what stands in the fields of the open page."""

    client: httpx.Client = field(default_factory=lambda: httpx.Client(follow_redirects=True, timeout=SECONDS_MAX))
    address: httpx.URL = field(default_factory=lambda: httpx.URL("about:blank"))
    page: Element = field(default_factory=lambda: Element("", {}))
    typed: dict[str, str] = field(default_factory=dict)

    def do(self, step: Step) -> None:
        """Do one step of a text; what the page is said to say must stand there."""
        match step.does:
            case "open":
                self.open(step.what)
            case "type":
                self.type(step.what, step.where)
            case "choose":
                self.choose(step.what, step.where)
            case "choose_all":
                self.choose_everywhere(step.what, step.where)
            case "tick":
                self.tick(step.what)
            case "click":
                self.click(step.what, step.where)
            case "says":
                assert self.says(step.what), f"{self.address} does not say {step.what}: {self.page.words}"
            case "says_not":
                assert not self.says(step.what), f"{self.address} says {step.what}"

    def open(self, address: str) -> None:
        self._show(self.client.get(address))

    def type(self, text: str, label: str) -> None:
        self.typed[self._labelled(label).attributes["name"]] = text

    def choose(self, words: str, label: str) -> None:
        """Choose an option of a list, or without a label a round button."""
        if not label:
            chosen = self._labelled(words)
            assert "disabled" not in chosen.attributes, f"{words} cannot be chosen: {self.page.words}"
            self.typed[chosen.attributes["name"]] = chosen.attributes["value"]
            return
        control = self._labelled(label)
        options = [one for one in control.all("option") if one.words == words]
        assert len(options) == 1, f"{words} is not one of {[one.words for one in control.all('option')]}"
        self.typed[control.attributes["name"]] = options[0].attributes["value"]

    def choose_everywhere(self, words: str, group: str) -> None:
        """In each question of a group choose the round button with these words."""
        groups = [one for one in self.page.all("fieldset") if one.all("legend")[:1] and one.all("legend")[0].all("b")]
        found = [one for one in groups if one.all("legend")[0].all("b")[0].words == group]
        assert len(found) == 1, f"{len(found)} groups are called {group}"
        labels = [one for one in found[0].all("label") if one.words == words]
        assert labels, f"nothing is labelled {words} in {group}"
        for one in labels:
            chosen = self.page.one(id=one.attributes["for"])
            self.typed[chosen.attributes["name"]] = chosen.attributes["value"]

    def tick(self, words: str) -> None:
        box = self._labelled(words)
        self.typed[box.attributes["name"]] = box.attributes.get("value", "on")

    def click(self, words: str, beside: str = "") -> None:
        """Click the one link or button with these words, in the row that says `beside` where one is named."""
        # A reader looks at the page first and only then at what frames every page.
        for part in [*self.page.all("main"), self.page]:
            places = [row for row in part.all("tr") if beside in row.words] if beside else [part]
            found = [one for place in places for one in place.walk() if is_clickable(one) and one.words == words]
            if found:
                assert len(found) == 1, f"{words} is there {len(found)} times"
                self._follow(found[0])
                return
        raise AssertionError(f"nothing says {words} on {self.address}: {self.page.words}")

    def says(self, words: str) -> bool:
        """Whether the page says this, however it breaks its lines."""
        return "".join(words.split()) in "".join(self.page.text.split())

    def _follow(self, clicked: Element) -> None:
        if clicked.tag == "a":
            self.open(str(self.address.join(clicked.attributes["href"])))
            return
        forms = [one for one in self.page.all("form") if clicked in one.walk()]
        assert len(forms) == 1
        fields = filled(forms[0]) | self.typed
        if "name" in clicked.attributes:
            fields[clicked.attributes["name"]] = clicked.attributes["value"]
        target = self.address.join(forms[0].attributes.get("action", str(self.address)))
        if forms[0].attributes.get("method", "get") == "get":
            self._show(self.client.get(target, params=fields))
        elif "multipart" in forms[0].attributes.get("enctype", ""):
            self._show(self.client.post(target, files={name: (None, text) for name, text in fields.items()}))
        else:
            self._show(self.client.post(target, data=fields))

    def _show(self, answer: httpx.Response) -> None:
        assert answer.status_code == 200, f"{answer.status_code} at {answer.url}: {parse(answer.text).words}"
        self.address, self.page, self.typed = answer.url, parse(answer.text), {}

    def _labelled(self, words: str) -> Element:
        found = [one for one in self.page.walk() if one.attributes.get("aria-label") == words and one.tag == "select"]
        ids = [one.attributes["for"] for one in self.page.all("label") if one.words == words]
        found += [self.page.one(id=one) for one in ids]
        assert len(found) == 1, f"{words} labels {len(found)} fields on {self.address}"
        return found[0]


def is_clickable(one: Element) -> bool:
    return one.tag in ("a", "button")


def filled(form: Element) -> dict[str, str]:
    """What a form sends when nothing is changed in it."""
    found = {}
    for one in form.walk():
        name, kind = one.attributes.get("name", ""), one.attributes.get("type", "text")
        if not name or kind in ("submit", "file"):
            continue
        if kind in ("radio", "checkbox"):
            if "checked" in one.attributes:
                found[name] = one.attributes.get("value", "on")
        elif one.tag == "select":
            options = one.all("option")
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            if chosen:
                found[name] = chosen[0].attributes["value"]
        elif one.tag == "textarea":
            found[name] = one.text
        elif one.tag == "input":
            found[name] = one.attributes.get("value", "")
    return found
