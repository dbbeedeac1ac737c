"""Marks (标注): what the page of a disclosed entry says beside it while somebody contests it.

Derived from the cases, so never forgotten and never left behind: 异议处理中 while an objection runs, 复议中 and 诉讼中
while a reconsideration or a lawsuit does. A mark names nobody and tells no claim.
Basis: 国办发〔2025〕22号; SAMR Order 45 12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.credit_file.objection import entry_of

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

Code = Literal["objection", "reconsideration", "litigation"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark with its first and last day; None while the case runs."""

    code: Code
    first: date
    last: date | None

    def covers(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


def marks_of(file: CreditFile, entry_id: str) -> tuple[Mark, ...]:
    """Every mark the entry ever bore: objections, then remedies, each in the order recorded."""
    return tuple(_of_objections(file, entry_id)) + tuple(
        Mark(one.recorded.kind, one.recorded.filed_on, one.last_day)
        for one in file.remedies.values()
        if one.recorded.target_id == entry_id
    )


def _of_objections(file: CreditFile, entry_id: str) -> Iterator[Mark]:
    for one in file.objections.values():
        if entry_of(file, one) == entry_id:
            yield Mark("objection", one.filed.filed_on, one.last_day)


def marks_on(file: CreditFile, entry_id: str, on: date) -> tuple[Code, ...]:
    """The marks the entry bears on the day, each once."""
    return tuple(dict.fromkeys(one.code for one in marks_of(file, entry_id) if one.covers(on)))
