"""The picture of a timeline: dates become places on a line here, so that the template only draws.

Fill tells the kind: solid a listing, hatched a disclosure, dashed what an act cut off, hollow a commitment or licence,
a diamond a repair. The table below the picture says the same in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from api.audit.answers import ending_of, stretch_about
from api.officer.words import Words
from domain.law.reading import Reading
from projections.replay.timeline import Stretch

LEFT, RIGHT = 150.0, 1000.0
LANE_TOP, ROW_HEIGHT = 24, 38
YEARS_MAX = 16
LABEL_MAX = 14
WIDE, NARROW = 13.0, 7.0
NUMBER = re.compile(r"第\s*(\d+)\s*号")
SHORT: dict[str, Words] = {"removed_from_list": ("移出", "removed"), "disclosure_ended": ("终止公示", "ended")}
LANES: tuple[tuple[str, Words], ...] = (
    ("listing", ("名单", "Lists")),
    ("disclosure", ("处罚公示期", "Penalties")),
    ("repair", ("信用修复", "Repair")),
    ("commitment", ("信用承诺", "Commitments")),
    ("licence", ("行政许可", "Licences")),
)
Look = Literal["full", "hatched", "void", "dashed"]
LOOKS: dict[str, Look] = {"listing": "full", "disclosure": "hatched", "commitment": "void", "licence": "void"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a lane: place, width and look, with its words below."""

    x: float
    y: int
    width: float
    look: Look
    label: Words


@dataclass(frozen=True, slots=True)
class Mark:
    """A single day of a lane."""

    x: float
    y: int
    label: Words


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of piece."""

    title: Words
    y: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture; the clocks are two lines: solid in force on, dashed known at."""

    years: tuple[tuple[int, float], ...]
    lanes: tuple[Lane, ...]
    height: int
    in_force: float
    known: float
    first_year: int
    last_year: int
    in_force_anchor: str = field(default="end")


def draw(
    stretches: Sequence[Stretch], in_force_on: date, known_on: date, today: date, rules: Reading
) -> Drawing | None:
    """The picture, None where there is nothing to draw."""
    if not stretches:
        return None
    days = [one.from_on for one in stretches] + [in_force_on, known_on, today]
    ends = [one.rest_until or one.until for one in stretches]
    first = min(days).year
    last = min(max(max(days), max((one for one in ends if one), default=today)).year, max(days).year + 3)
    first = max(first, last - YEARS_MAX + 1)
    begin, end = date(first, 1, 1), date(last + 1, 1, 1)

    def at(day: date) -> float:
        inside = min(max(day, begin), end)
        return round(LEFT + (inside - begin).days / (end - begin).days * (RIGHT - LEFT), 1)

    lanes, y = [], LANE_TOP
    # A listing, a commitment or a licence has a lane of its own; how long it is shown is told in the table.
    elsewhere = {one.entry_id for one in stretches if one.kind in ("listing", "commitment", "licence")}
    for kind, title in LANES:
        own = [
            one for one in stretches if one.kind == kind and not (kind == "disclosure" and one.entry_id in elsewhere)
        ]
        if not own:
            continue
        rows = _rows(own, at, rules)
        bars: list[Bar] = []
        marks: list[Mark] = []
        for place, row in enumerate(rows):
            top = y + 10 + place * ROW_HEIGHT
            for one in row:
                label = _label(one, rules)
                if kind == "repair":
                    marks.append(Mark(at(one.from_on), top, label))
                    continue
                until = one.until or end
                if until >= one.from_on:
                    bars.append(
                        Bar(at(one.from_on), top, round(max(at(until) - at(one.from_on), 2), 1), LOOKS[kind], label)
                    )
                if one.rest_until is not None and one.rest_until > until:
                    x = at(until)
                    bars.append(Bar(x, top, round(max(at(one.rest_until) - x, 2), 1), "dashed", ("", "")))
        lanes.append(Lane(title, y, tuple(bars), tuple(marks)))
        y += 14 + len(rows) * ROW_HEIGHT
    years = tuple((year, at(date(year, 1, 1))) for year in range(first, last + 1))
    known = at(known_on)
    return Drawing(
        years, tuple(lanes), y + 30, at(in_force_on), known, first, last,
        "end" if at(in_force_on) <= known else "start",
    )  # fmt: skip


def _rows(stretches: Sequence[Stretch], at: Callable[[date], float], rules: Reading) -> list[list[Stretch]]:
    """Pieces whose bars and words do not run into each other share a row."""
    rows: list[tuple[float, list[Stretch]]] = []
    for one in sorted(stretches, key=lambda piece: piece.from_on):
        begins = at(one.from_on)
        ends = at(max((day for day in (one.until, one.rest_until) if day is not None), default=date.max))
        ends = max(ends if one.until is not None else RIGHT, begins + _width(_label(one, rules)[0])) + NARROW
        for place, (taken, row) in enumerate(rows):
            if taken <= begins:
                row.append(one)
                rows[place] = (ends, row)
                break
        else:
            rows.append((ends, [one]))
    return [row for _, row in rows]


def _width(text: str) -> float:
    return sum(NARROW if one.isascii() else WIDE for one in text)


def _label(one: Stretch, rules: Reading) -> Words:
    if one.kind == "repair":
        return SHORT.get(one.ended, (one.ended, one.ended))
    about = stretch_about(one, rules)
    number = NUMBER.search(about)
    short = f"{number[1]}号" if number else about if len(about) <= LABEL_MAX else f"{about[:LABEL_MAX]}…"
    zh, en = ending_of(one)
    if one.ended:
        return (f"{short}，{zh}", f"{short}, {en}")
    if one.until is None:
        return (f"{short}，长期", f"{short}, long-term")
    return (f"{short}，至 {one.until}", f"{short}, to {one.until}")
