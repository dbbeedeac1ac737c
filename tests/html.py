"""Pages as trees, for tests: searched by tag, class and attribute, and checked for what a browser would forgive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "line", "path", "circle", "rect"}


@dataclass
class Element:
    """One element: its attributes, and its children, texts among them, in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    @property
    def words(self) -> str:
        """The text with runs of space made one."""
        return " ".join(self.text.split())

    def all(self, tag: str = "", class_: str = "", **attributes: str) -> list[Element]:
        return [one for one in self.walk() if one.is_like(tag, class_, attributes)]

    def one(self, tag: str = "", class_: str = "", **attributes: str) -> Element:
        found = self.all(tag, class_, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} class={class_} {attributes}>"
        return found[0]

    def walk(self) -> Iterator[Element]:
        for one in self.children:
            if isinstance(one, Element):
                yield one
                yield from one.walk()

    def is_like(self, tag: str, class_: str, attributes: dict[str, str]) -> bool:
        return (
            tag in ("", self.tag)
            and (not class_ or class_ in self.attributes.get("class", "").split())
            and all(
                self.attributes.get(name.strip("_").replace("_", "-")) == value for name, value in attributes.items()
            )
        )


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(text: str) -> Element:
    """The page; every element must be closed where it was opened, and every id be there once."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert builder.open == [builder.root]
    ids = [one.attributes["id"] for one in builder.root.walk() if "id" in one.attributes]
    assert len(ids) == len(set(ids)), f"an id is there twice: {sorted(ids)}"
    return builder.root
