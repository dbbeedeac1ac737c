"""Sealed texts of the file (加密保存的个人信息): where each stands and under whose key, whatever chapter brought it in.

A text of an entry that was undone is still stored, so it is still here: what is erased must be all of it.
Basis: 个人信息保护法 47, 51.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.event import Fact
from domain.personal_data import sealed_in


@dataclass(frozen=True, slots=True)
class SealedText:
    """One sealed text: fact `version` of the file, path `field` in it, the person's key; `entry_id` where it is part
    of an entry, else ""."""

    version: int
    field: str
    key_id: UUID
    entry_id: str

    @property
    def place(self) -> str:
        """Its place in the file in one word, as forms name it."""
        return f"{self.version}.{self.field}"


def texts_in(fact: Fact) -> Iterator[SealedText]:
    """The sealed texts that a fact brings in; none while it is decided but not yet stored."""
    for path, sealed in sealed_in(fact.event):
        entry_id = str(getattr(fact.event, "entry_id", ""))
        yield SealedText(fact.originator_version, path, sealed.key_id, entry_id)
