"""Which days are working days, by edition: each year's notice, and what held before it was known.

A notice of the State Council's General Office beats a provisional edition, a later notice an
earlier one. A provisional edition holds the statutory days only; nothing rests firmly on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class CalendarEdition:
    """One published (notice) or assumed (provisional) calendar of a year.

    weekdays_off      Mondays to Fridays that are not worked
    weekends_worked   Saturdays and Sundays that are worked
    known_from        the day it could be read
    """

    year: int
    status: str
    instrument: str
    known_from: date
    weekdays_off: tuple[date, ...]
    weekends_worked: tuple[date, ...]

    @property
    def name(self) -> str:
        """Year, status and day known, unique among editions."""
        return f"calendar.{self.year}@{self.known_from}+{self.status}"

    @property
    def is_notice(self) -> bool:
        """Whether it was published, so that a day counted with it is firm."""
        return self.status == "notice"


class WorkingDays:
    """The calendar known to one rulebook version: one edition for each year.

    A year without any edition counts Mondays to Fridays, and nothing in it is firm.
    """

    def __init__(self, editions: Iterable[CalendarEdition]) -> None:
        self._editions: dict[int, CalendarEdition] = {}
        for edition in sorted(editions, key=lambda one: (one.is_notice, one.known_from)):
            self._editions[edition.year] = edition
        self._off = {day for one in self._editions.values() for day in one.weekdays_off}
        self._worked = {day for one in self._editions.values() for day in one.weekends_worked}
        self._index = self._listed()

    def is_working(self, day: date) -> bool:
        """Whether a day is worked."""
        return day in self._worked or (day.weekday() < WEEKDAYS and day not in self._off)

    def is_firm(self, start: date, end: date) -> bool:
        """Whether every year from `start` to `end` has a published calendar."""
        return all(
            year in self._editions and self._editions[year].is_notice for year in range(start.year, end.year + 1)
        )

    def after(self, start: date, count: int) -> date:
        """The count-th working day after `start`, which itself never counts."""
        place = bisect_right(self._index, start) + count - 1
        if self._index and self._index[0] <= start and place < len(self._index):
            return self._index[place]
        day = start
        while count:
            day += DAY
            count -= self.is_working(day)
        return day

    def rolled(self, day: date) -> date:
        """The day itself if it is worked, else the next working day."""
        return day if self.is_working(day) else self.after(day, 1)

    def _listed(self) -> list[date]:
        if not self._editions:
            return []
        day, last = date(min(self._editions), 1, 1), date(max(self._editions), 12, 31)
        listed = []
        while day <= last:
            if self.is_working(day):
                listed.append(day)
            day += DAY
        return listed
