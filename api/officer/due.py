"""How much of a deadline is left, in working days, and the boxes that draw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from api.officer.words import Words
from api.term_ruler import Box, track
from domain.law.answers import Term
from domain.law.reading import Reading

DAY = timedelta(days=1)
DAYS_SHOWN_MAX = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A due day as the desk says it; `look` is the class of its label, "" for plain words."""

    on: date
    look: Literal["late", "today", ""]
    words: Words


@dataclass(frozen=True, slots=True)
class ClockShown:
    """One deadline of a case.

    title     what it is for; `began` when and why it began; `says` the term and its last day
    boxes     one for each working day; the day of the beginning is not counted
    stopped   whether the act it waits for is done
    """

    title: Words
    due: Due | None
    says: Words
    began: Words
    boxes: tuple[Box, ...]
    is_certain: bool
    is_firm: bool
    citation: str
    stopped: bool


def working_days_after(rules: Reading, start: date, until: date) -> list[date]:
    """The working days after `start` through `until`, in order; at most `DAYS_SHOWN_MAX`."""
    days: list[date] = []
    day = start
    while day < until and len(days) < DAYS_SHOWN_MAX:
        day += DAY
        if rules.working_days.is_working(day):
            days.append(day)
    return days


def due_words(rules: Reading, due_on: date, today: date) -> Due:
    """Late by so many working days, today, or so many left."""
    if due_on < today:
        late = len(working_days_after(rules, due_on, today))
        return Due(due_on, "late", (f"逾期 {late} 个工作日", f"{late} working days late"))
    if due_on == today:
        return Due(due_on, "today", ("今日", "today"))
    left = len(working_days_after(rules, today, due_on))
    return Due(due_on, "", (f"剩 {left} 个工作日", f"{left} working days left"))


def clock(
    rules: Reading, title: Words, term: Term | None, start: date, began: Words, today: date, *, stopped: bool
) -> ClockShown:
    """A deadline with its boxes; without a term, or with one that sets none, it only says so."""
    if term is None or term.until is None:
        says = ("没有规定期限", "no term is set")
        return ClockShown(title, None, says, began, (), True, True, term.row.citation if term else "", stopped)
    days = working_days_after(rules, start, term.until)
    last = term.until.isoformat()
    count = len(days)
    says = (f"自次日起 {count} 个工作日，至 {last}", f"{count} working days from the next day, through {last}")
    # The day that runs now is drawn as gone: what is left are the empty boxes.
    return ClockShown(
        title, due_words(rules, term.until, today), says, began, tuple(track(days, today + DAY)),
        all(row.is_verified for row in term.rows), term.is_firm, term.row.citation, stopped,
    )  # fmt: skip
