"""A tutorial as something that can be done: its commands, what they print, and what is clicked.

- A block of `sh` is typed into one terminal; one that ends in `xinlu serve` into another one, and runs on.
- A block of `text` after it is what was printed; `…` stands for anything.
- A numbered step is done in a browser. Its instructions are `Open`, `type … into`, `choose … in`, `click … beside`,
  and `says`; every bold word belongs to one of them, so that no instruction is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARTS = re.compile(r"^```(?P<kind>\w+)\n(?P<block>[\s\S]*?)^```$|^\d+\. (?P<step>.+(?:\n   .+)*)", re.M)
INSTRUCTIONS = re.compile(
    r"Open `(?P<open>[^`]+)`"
    r"|`(?P<type>[^`]+)` into \*\*(?P<into>[^*]+)\*\*"
    r"|[Cc]hoose \*\*(?P<choose>[^*]+)\*\*(?: in \*\*(?P<of>[^*]+)\*\*)?"
    r"|(?:[Cc]lick|then) \*\*(?P<click>[^*]+)\*\*(?: beside \*\*(?P<beside>[^*]+)\*\*)?"
    r"|says \*\*(?P<says>[^*]+)\*\*"
)


@dataclass(frozen=True)
class Block:
    """A block of code of a kind."""

    kind: str
    text: str


@dataclass(frozen=True)
class Step:
    """A step in the browser: `does` is open, type, choose, click or says."""

    does: str
    what: str
    where: str = ""


def parts(text: str) -> Iterator[Block | Step]:
    """What is to be done, in the order of the text."""
    for found in PARTS.finditer(text):
        if found["kind"]:
            yield Block(found["kind"], found["block"])
        else:
            yield from steps(found["step"])


def steps(text: str) -> Iterator[Step]:
    """The instructions of one numbered step."""
    text = " ".join(text.split())
    assert "**" not in INSTRUCTIONS.sub("", text), f"no instruction: {text}"
    for found in INSTRUCTIONS.finditer(text):
        does = next(name for name in ("open", "type", "choose", "click", "says") if found[name])
        yield Step(does, found[does], found["into"] or found["of"] or found["beside"] or "")


def printed_as(said: str, printed: str) -> bool:
    """Whether a command printed what the text says; `…` stands for anything, spaces at the ends do not count."""
    pattern = ".*".join(re.escape(one) for one in said.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None
