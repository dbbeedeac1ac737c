"""Numbers of law are rows: the syntax trees of these folders hold no other number than counting needs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("domain/law", "domain/credit_file", "domain/casework")
# 2099 with 12 and 31: how the V2 table writes "long-term", which is a mark and not a term.
# 5: the first weekend day; 12: months of a year; 31: the longest month; 100: what a percentage is of.
ALLOWED = {0, 1, 2, 5, 12, 24, 31, 100, 2099}


def numbers_in(path: Path) -> list[tuple[int, object]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float | complex)
        and not isinstance(node.value, bool)
        and node.value not in ALLOWED
    ]


@pytest.mark.parametrize("path", [one for folder in FOLDERS for one in sorted((ROOT / folder).rglob("*.py"))], ids=str)
def test_no_number_of_law_is_written_in_python(path: Path) -> None:
    assert numbers_in(path) == []


def test_the_search_finds_a_number_where_there_is_one(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("term = 3\nshare = 0.2\nready = True\nfirst = 1\nname = '7'\n", encoding="utf-8")
    assert numbers_in(sample) == [(1, 3), (2, 0.2)]
