"""What will follow, in words (预览): the lines of a preview as the officer reads them before signing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.officer.stated_words import ITEMS, about_of, value_of
from api.officer.words import Words, act_words
from domain.credit_file.preview import Line, Preview
from domain.credit_file.stated import Stated
from domain.law.reading import Reading
from domain.law.rows import Row

NOTHING: Words = ("无", "nothing")
CASES: dict[str, Words] = {"duty": ("待办", "to do"), "open": ("同时在办，请核对", "open beside it; compare")}


@dataclass(frozen=True, slots=True)
class LineTold:
    """One line of the preview in words."""

    on: date
    label: Words
    about: str
    before: Words
    after: Words
    rows: tuple[Row, ...]


def told_lines(preview: Preview, rules: Reading) -> tuple[LineTold, ...]:
    """Every line, in the order of the preview."""
    return tuple(_told(one, rules) for one in preview.lines)


def _told(line: Line, rules: Reading) -> LineTold:
    if line.item in CASES:
        before, after = (tuple(act_words(act) for act in some) for some in (line.before, line.after))
        return LineTold(line.on, CASES[line.item], line.about.partition("/")[2], _joined(before), _joined(after), ())
    before, after = (
        tuple(value_of(Stated(line.item, line.about, value, None), rules) for value in some)
        for some in (line.before, line.after)
    )
    label = ITEMS.get(line.item, (line.item, line.item))
    about = about_of(line.item, line.about, rules)
    return LineTold(line.on, label, about, _joined(before), _joined(after), line.rows)


def _joined(words: tuple[Words, ...]) -> Words:
    return ("、".join(zh for zh, _ in words), ", ".join(en for _, en in words)) if words else NOTHING
