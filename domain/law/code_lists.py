"""Dated code lists: penalty kinds, licence kinds, divisions, conduct, list types.

A code is for ever; the days on which it may be used are dated, as the law that names it is.
Old records keep their code and name after its last day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list.

    place       order of display, from 0
    zh          the name as printed in files and on pages
    aliases     other spellings met in files
    kind        a grouping, e.g. serious, watch, red, sample for list types
    from_on     first day it may be used
    until_on    last day it may be used; None: no end known
    """

    list_name: str
    code: str
    place: int
    zh: str
    en: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    from_on: date = date.min
    until_on: date | None = None
    note: str = ""

    def is_used_on(self, day: date) -> bool:
        """Whether the code may be used on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class CodeList(Mapping[str, Code]):
    """The codes of one list, in order of display, by code."""

    def __init__(self, name: str, codes: tuple[Code, ...]) -> None:
        self.name = name
        self._codes = {one.code: one for one in sorted(codes, key=lambda one: one.place)}
        # The list is the same between two days on which a code comes or goes.
        ends = {one.until_on + DAY for one in codes if one.until_on is not None}
        self._turns = sorted({one.from_on for one in codes} | ends)
        self._eras: dict[int, CodeList] = {}
        self._found: dict[str, Code] = {}
        for one in self._codes.values():
            for spelling in (one.code, one.zh, *one.aliases):
                self._found.setdefault(spelling, one)

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def on(self, day: date) -> CodeList:
        """The codes that may be used on a day."""
        era = bisect_right(self._turns, day)
        if era not in self._eras:
            self._eras[era] = CodeList(self.name, tuple(one for one in self._codes.values() if one.is_used_on(day)))
        return self._eras[era]

    def find(self, spelling: str) -> Code | None:
        """The code written so: as code, Chinese name or alias; None if no code is written so."""
        return self._found.get(spelling)
