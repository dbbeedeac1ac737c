"""A tutorial as something that can be done: its commands, what they print, and what is clicked.

- A block of `sh` is typed into one terminal; one that ends in `xinlu serve` into another one, and runs on.
- A block of `text` after it is what was printed; `…` stands for anything.
- A numbered step is done in a browser. Its instructions are `Open`, `type … into`, `choose … in` (or `everywhere in`),
  `tick`, `click … beside`, `says` and `no longer says`; every bold word belongs to one of them, so that no instruction
  is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARTS = re.compile(r"^```(?P<kind>\w+)\n(?P<block>[\s\S]*?)^```$|^\d+\. (?P<step>.+(?:\n   .+)*)", re.M)
INSTRUCTIONS = re.compile(
    r"Open `(?P<open>[^`]+)`"
    r"|`(?P<type>[^`]+)` into \*\*(?P<into>[^*]+)\*\*"
    r"|[Cc]hoose \*\*(?P<choose_all>[^*]+)\*\* everywhere in \*\*(?P<all_of>[^*]+)\*\*"
    r"|[Cc]hoose \*\*(?P<choose>[^*]+)\*\*(?: in \*\*(?P<of>[^*]+)\*\*)?"
    r"|[Tt]ick \*\*(?P<tick>[^*]+)\*\*"
    r"|(?:[Cc]lick|then) \*\*(?P<click>[^*]+)\*\*(?: beside \*\*(?P<beside>[^*]+)\*\*)?"
    r"|no longer says \*\*(?P<says_not>[^*]+)\*\*"
    r"|says \*\*(?P<says>[^*]+)\*\*"
)
DOES = ("open", "type", "choose_all", "choose", "tick", "click", "says_not", "says")
PLACES = ("into", "all_of", "of", "beside")


@dataclass(frozen=True)
class Block:
    """A block of code of a kind."""

    kind: str
    text: str


@dataclass(frozen=True)
class Step:
    """A step in the browser: `does` is one of DOES, `where` the field, group or row it is about."""

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
        does = next(name for name in DOES if found[name])
        yield Step(does, found[does], next((found[name] for name in PLACES if found[name]), ""))


def printed_as(said: str, printed: str) -> bool:
    """Whether a command printed what the text says; `…` stands for anything, spaces at the ends do not count."""
    pattern = ".*".join(re.escape(one) for one in said.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None
