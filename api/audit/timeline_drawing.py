"""The picture of a timeline: dates become places on a line here, so that the template only draws.

Fill tells the kind: solid a listing, hatched a disclosure, dashed what an act cut off, hollow a commitment or licence,
a diamond a repair. The table below the picture says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from api.audit.answers import ENDINGS, stretch_about
from api.officer.words import Words
from domain.law.reading import Reading
from projections.replay.timeline import Stretch

LEFT, RIGHT = 150.0, 1000.0
LANE_TOP, BAR_HEIGHT, ROW_HEIGHT = 24, 12, 34
YEARS_MAX = 16
LABEL_MAX = 18
LANES: tuple[tuple[str, Words], ...] = (
    ("listing", ("名单", "Lists")),
    ("disclosure", ("公示期", "Disclosure")),
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
    for kind, title in LANES:
        own = [one for one in stretches if one.kind == kind]
        if not own:
            continue
        rows = _rows(own) if kind != "repair" else [own]
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
        y += 16 + len(rows) * ROW_HEIGHT
    years = tuple((year, at(date(year, 1, 1))) for year in range(first, last + 1))
    known = at(known_on)
    return Drawing(
        years, tuple(lanes), y + 30, at(in_force_on), known, first, last,
        "end" if at(in_force_on) <= known else "start",
    )  # fmt: skip


def _rows(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Pieces that do not overlap share a row."""
    rows: list[list[Stretch]] = []
    for one in sorted(stretches, key=lambda piece: piece.from_on):
        for row in rows:
            last = row[-1]
            ends_on = max((day for day in (last.until, last.rest_until) if day is not None), default=date.max)
            if last.until is not None and ends_on < one.from_on:
                row.append(one)
                break
        else:
            rows.append([one])
    return rows


def _label(one: Stretch, rules: Reading) -> Words:
    about = stretch_about(one, rules)
    short = about if len(about) <= LABEL_MAX else f"…{about[-LABEL_MAX:]}"
    zh, en = ENDINGS.get(one.ended, (one.ended, one.ended))
    if one.ended:
        return (f"{short}，{zh}", f"{short}, {en}")
    if one.until is None:
        return (f"{short}，长期", f"{short}, long-term")
    return (f"{short}，至 {one.until}", f"{short}, to {one.until}")
