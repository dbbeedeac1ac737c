"""Columns of the V2 tables: which table a file is, and which cell of it belongs to which value.

The tables are data, `v2.toml`. Headings are recognised by what is left of them after width, case, spaces, brackets
and marks are taken away: `罚款金额（万元）` and `罚款金额_万元` are one.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from domain.casework.exchange import TableKind

CellKind = Literal["name", "code", "number", "identity", "document_no", "text", "date", "end", "amount", "kinds"]

TABLES: tuple[TableKind, ...] = ("licence", "penalty")
PREFIXES: dict[TableKind, str] = {"licence": "XK_", "penalty": "CF_"}
TABLE_NAMES: dict[TableKind, str] = {"licence": "行政许可", "penalty": "行政处罚"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    title     its heading, as shown to people
    length    characters it takes, None where the kind says enough
    needed    whether a row without it is rejected
    """

    field: str
    kind: CellKind
    title: str
    names: tuple[str, ...]
    length: int | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out.

    table     which table it is
    places    the column of each cell, None for a cell that is not read
    ignored   headings that are not read
    """

    table: TableKind
    places: tuple[Column | None, ...]
    ignored: tuple[str, ...]


@cache
def columns_of(table: TableKind) -> dict[str, Column]:
    """The columns of a table by field."""
    text = files("api.exchange").joinpath("v2.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    prefix = PREFIXES[table]
    found: dict[str, Column] = {}
    for shared, one in [(True, one) for one in raw["shared"]] + [(False, one) for one in raw[table]]:
        names = tuple(prefix + name if shared and name.isascii() else name for name in one["names"])
        title = next(name for name in names if not name.isascii())
        # The remark has one code in both tables.
        names += tuple(name for name in one["names"] if name == "BZ")
        found[one["field"]] = Column(
            one["field"], one["kind"], title, names, one.get("length"), one.get("needed", False)
        )
    return found


@cache
def _columns_by_heading(table: TableKind) -> dict[str, Column]:
    return {bare(name): column for column in columns_of(table).values() for name in column.names}


def bare(heading: str) -> str:
    """What is left of a heading when width, case, spaces and marks do not count."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", heading) if letter.isalnum()).upper()


def find_layout(headings: Sequence[str]) -> Layout | None:
    """The layout a row of headings gives, None when it is not one: no heading of a name or of a decision number.

    Where a heading comes twice, the first one is read.
    """
    for table in TABLES:
        known = _columns_by_heading(table)
        places: list[Column | None] = []
        ignored: list[str] = []
        seen: set[str] = set()
        for heading in headings:
            column = known.get(bare(heading))
            if column is not None and column.field in seen:
                column = None
            if column is None and heading.strip():
                ignored.append(heading.strip())
            if column is not None:
                seen.add(column.field)
            places.append(column)
        if {"counterpart_name", "document_no"} <= seen:
            return Layout(table, tuple(places), tuple(ignored))
    return None
