"""The term ruler (期间尺) and the day boxes: dates become places on a line here, so that templates never count days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

EDGE = 8.0


@dataclass(frozen=True, slots=True)
class Ruler:
    """Places in percent from the left, and how the words beside them are anchored so that they stay on the page."""

    today: float
    anchor: str
    minimum: float | None
    minimum_label: float
    minimum_anchor: str
    words_zh: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Box:
    """One working day of a deadline: its place and width in percent, whether it is over, and its words."""

    x: float
    width: float
    is_gone: bool
    words: str


def days_left(until: date, today: date) -> int:
    """Days still to come until the last day, 0 on the last day itself."""
    return (until - today).days


def ruler(from_on: date, until: date, today: date, minimum_until: date | None, words: tuple[str, str]) -> Ruler:
    """The line from the first to the last day, with today and the end of the minimum; `words` in zh and en."""
    at = _place(today, from_on, until)
    minimum = None if minimum_until is None else _place(minimum_until, from_on, until)
    shown = minimum or 0.0
    return Ruler(
        today=at,
        anchor="start" if at < EDGE else "end" if at > 100 - EDGE else "middle",
        minimum=minimum,
        minimum_label=shown,
        minimum_anchor="end" if shown > 50 else "start",
        words_zh=f"{words[0]} {minimum_until}" if minimum_until else "",
        words_en=f"{words[1]} {minimum_until}" if minimum_until else "",
    )


def track(days: Sequence[date], today: date) -> list[Box]:
    """The working days of a deadline, the first and each Monday with its month, every one with its day."""
    width = 100 / len(days) if days else 100.0
    return [
        Box(round(place * width, 2), round(width - 1, 2), day < today, str(day.day)) for place, day in enumerate(days)
    ]


def _place(day: date, from_on: date, until: date) -> float:
    length = (until - from_on).days
    return 0.0 if length <= 0 else round(min(max((day - from_on).days / length, 0), 1) * 100, 1)
