"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def page(title: str, intro: str, *parts: str) -> str:
    """A page that was made by a program, and says so."""
    note = "<!-- Written by `python -m tests.docs.reference --update`; edits here are lost. -->"
    return "\n\n".join([f"# {title}", note, intro, *parts]).rstrip() + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty where there are no rows."""
    lines = [_line([cell(one) for one in row]) for row in rows]
    return "\n".join([_line(headings), _line(["---"] * len(headings)), *lines]) if lines else ""


def cell(text: str) -> str:
    """A text as it may stand in a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
