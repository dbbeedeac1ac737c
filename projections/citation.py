"""How a rulebook row is cited beside a statement: what it answers, with what, by which article, how surely."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.law.reading import Reading
from domain.law.rows import Row

Citation = dict[str, Any]
"""row, parameter, zh and en (what it is about), citation, value, unit, in_force_from, certainty."""


def cite(row: Row, rules: Reading) -> Citation:
    """One row as JSON. `value` is a number, a code, a list of codes or None; `certainty` unverified wears a badge."""
    parameter = rules.rulebook.parameters.get(row.parameter)
    return {
        "row": row.name,
        "parameter": row.parameter,
        "zh": parameter.zh if parameter else "",
        "en": parameter.en if parameter else "",
        "citation": row.citation,
        "value": list(row.value) if isinstance(row.value, tuple) else row.value,
        "unit": row.unit,
        "in_force_from": row.in_force_from.isoformat(),
        "certainty": row.certainty,
    }


def cite_all(rows: Iterable[Row], rules: Reading) -> list[Citation]:
    """Each row once, in the order asked."""
    return [cite(row, rules) for row in {row.name: row for row in rows}.values()]
