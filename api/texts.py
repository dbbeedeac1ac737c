"""Texts that no database and no answer can hold: with a NUL, or with half of a surrogate pair.

They are refused where they come in, in addresses, forms and JSON alike; everything after may take any text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from domain.refusals import Refused

IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


class TextImpossible(Refused):
    zh = "“{where}”含有无法保存的字符；请删去后重新输入。"
    en = "“{where}” holds a character that nothing can keep; remove it and type it again."
    kind = "malformed"

    @property
    def field(self) -> str:  # type: ignore[override]
        return str(self.values["where"])


def check_texts(named: Iterable[tuple[str, object]]) -> None:
    """Refuse names and texts that cannot be kept; what is no text is passed over. Refused: TextImpossible."""
    for name, value in named:
        if IMPOSSIBLE.search(name):
            raise TextImpossible(where=IMPOSSIBLE.sub("?", name))
        if isinstance(value, str) and IMPOSSIBLE.search(value):
            raise TextImpossible(where=name)


def find_impossible(value: object, where: str = "body") -> str | None:
    """Name of the first text in a JSON value that cannot be kept, None where all can; names are looked at too."""
    if isinstance(value, str):
        return where if IMPOSSIBLE.search(value) else None
    if isinstance(value, Mapping):
        parts = [(str(name), part) for name, part in value.items()]
        if any(IMPOSSIBLE.search(name) for name, _ in parts):
            return where
    elif isinstance(value, list | tuple):
        parts = [(where, part) for part in value]
    else:
        return None
    return next((found for name, part in parts if (found := find_impossible(part, name)) is not None), None)
