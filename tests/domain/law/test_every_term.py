"""Every statutory term of the rulebook across the feasts, the make-up days and the end of the published calendars.

What is due is counted here once more, day by day, from the published calendars of another source.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import chinese_calendar
import pytest

from domain.law.counting import count
from domain.law.reading import Reading
from domain.law.rows import Parameter, Row
from domain.law.rulebook import Rulebook
from tests.domain.law.small import with_notice_of_2027

DAY = timedelta(days=1)
LAW = Rulebook.from_files()
TERM_UNITS = {"working_days", "days", "months", "years"}
TERMS = [one for one in LAW.parameters.values() if TERM_UNITS & set(one.units) and one.counts_from]
FEASTS = [
    # The day before a feast begins, a day inside it, the Saturday or Sunday worked before or after it.
    "2020-01-23", "2020-01-19", "2020-09-30", "2020-10-10",
    "2021-02-10", "2021-02-07", "2021-02-20", "2021-09-30", "2021-10-09",
    "2022-01-29", "2022-02-02", "2022-09-30", "2022-10-08",
    "2023-01-20", "2023-01-28", "2023-04-23", "2023-09-28", "2023-10-07",
    "2024-02-09", "2024-02-18", "2024-05-11", "2024-09-30", "2024-10-12",
    "2025-01-26", "2025-01-27", "2025-02-08", "2025-06-22", "2025-09-30", "2025-10-11",
    "2026-02-13", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-09-30", "2026-10-10",
]  # fmt: skip
LAST_PUBLISHED = date(2026, 12, 31)


def rows_in_force(parameter: Parameter, on: date) -> list[Row]:
    """The rows of a parameter that answer on the day, one for each edition's row."""
    before = [row for row in LAW.rows_of(parameter.name) if row.in_force_from <= on and row.layer == "national"]
    newest = {row.key: max(one.in_force_from for one in before if one.key == row.key) for row in before}
    return [row for row in before if row.in_force_from == newest[row.key]]


def counted_by_hand(row: Row, start: date) -> date | None:
    """The last day as a person with a wall calendar would find it; None beyond the published years."""
    if row.unit == "working_days":
        day = start
        for _ in range(row.number):
            day += DAY
            while day <= LAST_PUBLISHED and not chinese_calendar.is_workday(day):
                day += DAY
        return day if day <= LAST_PUBLISHED else None
    if row.unit == "days":
        day = start + row.number * DAY
        while row.rolls and day <= LAST_PUBLISHED and not chinese_calendar.is_workday(day):
            day += DAY
        return day if day <= LAST_PUBLISHED else None
    months = row.number * (12 if row.unit == "years" else 1) + start.month - 1
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


@pytest.mark.parametrize("parameter", TERMS, ids=lambda one: one.name)
def test_a_term_ends_on_the_day_a_wall_calendar_shows_whatever_feast_it_crosses(parameter: Parameter) -> None:
    compared = 0
    for start in map(date.fromisoformat, FEASTS):
        for row in rows_in_force(parameter, start):
            due = count(row, start, LAW.working_days)
            if row.is_none or row.is_never:
                assert due is None
                continue
            by_hand = counted_by_hand(row, start)
            assert due is not None
            if by_hand is not None:
                assert due.on == by_hand, (row.name, start)
                compared += 1
    assert compared or not [row for row in LAW.rows_of(parameter.name) if row.unit in TERM_UNITS]


@pytest.mark.parametrize("parameter", TERMS, ids=lambda one: one.name)
def test_a_term_is_the_same_for_ever_from_the_stored_text(parameter: Parameter) -> None:
    again = Rulebook.from_text(LAW.text)
    assert again.version == LAW.version
    for start in map(date.fromisoformat, FEASTS):
        for row in rows_in_force(parameter, start):
            stored = again.row(row.name)
            assert count(stored, start, again.working_days) == count(row, start, LAW.working_days)


@pytest.mark.parametrize(
    ("parameter", "counts_from", "start", "last"),
    [
        ("repair.accept", "pushed_on", "2026-02-13", "2026-02-25"),
        ("repair.accept", "pushed_on", "2026-09-30", "2026-10-10"),
        ("repair.answer", "applied_on", "2026-09-28", "2026-10-16"),
        ("repair.department_result", "accepted_on", "2026-04-30", "2026-05-13"),
        ("upload.due", "decided_on", "2021-02-10", "2021-02-25"),
        ("upload.due", "decided_on", "2025-09-30", "2025-10-16"),
        ("hearing.request", "notice_served_on", "2021-07-14", "2021-07-19"),
        ("hearing.request", "notice_served_on", "2021-09-30", "2021-10-13"),
        ("service.due", "decided_on", "2022-01-29", "2022-02-14"),
        ("list.statement", "notice_served_on", "2023-09-28", "2023-10-11"),
        ("remedy.reconsideration", "served_on", "2024-08-05", "2024-10-08"),
    ],
)
def test_these_last_days_were_read_off_the_calendar(parameter: str, counts_from: str, start: str, last: str) -> None:
    found = Reading(LAW).term(parameter, days={counts_from: date.fromisoformat(start)})
    assert (found.until, found.is_firm) == (date.fromisoformat(last), True)


WORKING_DAY_TERMS = [one for one in TERMS if any(row.unit == "working_days" for row in LAW.rows_of(one.name))]


@pytest.mark.parametrize("parameter", WORKING_DAY_TERMS, ids=lambda one: one.name)
def test_over_the_last_published_year_a_term_is_provisional_and_firm_once_the_notice_is_there(
    parameter: Parameter,
) -> None:
    published, start = with_notice_of_2027(LAW), date(2026, 12, 31)
    for row in rows_in_force(parameter, start):
        if row.unit != "working_days":
            continue
        before, after = count(row, start, LAW.working_days), count(row, start, published.working_days)
        assert before is not None
        assert after is not None
        assert (before.is_firm, after.is_firm) == (False, True)
        # 2027-01-04 fell away and Saturday 01-09 came in: terms that end in that week end a working day later.
        assert after.on != before.on if before.on < date(2027, 1, 9) else after.on == before.on


def test_a_calendar_is_part_of_the_version_and_of_what_an_adoption_says_it_adds() -> None:
    published = with_notice_of_2027(LAW)
    assert published.version != LAW.version
    assert published.changes_from(LAW).added == ("calendar.2027@2026-11-30+notice",)
