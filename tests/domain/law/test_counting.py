"""Counting, by the examples worked out by hand against the published calendars."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from domain.law.answers import Facts
from domain.law.calendar_editions import WorkingDays
from domain.law.counting import count, months_after
from domain.law.rows import Row
from domain.law.rulebook import Rulebook
from domain.law.terms import term
from tests.domain.law.small import SWITCH, calendar, instrument, load

DAY = timedelta(days=1)


def row(unit: str, value: int | None, rolls: bool | None = None) -> Row:
    return Row(
        parameter="样例",
        unit=unit,
        value=value,
        key=(),
        scope=(),
        instrument="样例",
        kind="sample",
        article="",
        in_force_from=date(2019, 1, 1),
        in_force_until=None,
        known_from=date(2019, 1, 1),
        certainty="unverified",
        rolls=rolls,
    )


def days(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_each_day_is_worked_as_the_published_calendar_says(rules: Rulebook, year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        assert rules.working_days.is_working(day) == chinese_calendar.is_workday(day), day
        day += DAY


def test_every_provisional_day_off_is_off_in_the_notice_too(rules: Rulebook) -> None:
    provisional = [one for one in rules.contents.calendars if not one.is_notice and one.year <= 2026]
    assert len(provisional) == 8
    for edition in provisional:
        assert edition.weekends_worked == ()
        for day in edition.weekdays_off:
            assert not rules.working_days.is_working(day), day


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        ("2022-09-23", 7, "2022-10-09"),
        ("2021-04-23", 5, "2021-04-29"),
        ("2024-04-26", 5, "2024-05-07"),
        ("2023-01-18", 3, "2023-01-28"),
        ("2020-01-22", 3, "2020-02-04"),
        ("2022-10-01", 1, "2022-10-08"),
        ("2022-12-28", 5, "2023-01-05"),
    ],
)
def test_working_days_are_counted_from_the_day_after(rules: Rulebook, start: str, number: int, due: str) -> None:
    found = count(row("working_days", number), days(start), rules.working_days)
    assert found is not None
    assert (found.on, found.is_firm) == (days(due), True)


def test_counts_the_same_with_and_without_the_index(rules: Rulebook) -> None:
    empty = WorkingDays(())
    start = date(2017, 12, 28)
    assert rules.working_days.after(start, 3) == empty.after(start, 3) == date(2018, 1, 2)
    last = date(2028, 12, 29)
    assert rules.working_days.after(last, 2) == date(2029, 1, 2)


@pytest.mark.parametrize(
    ("known", "start", "number", "due", "is_firm"),
    [
        ("2022-11-30", "2022-12-28", 5, "2023-01-04", False),
        ("2022-12-08", "2022-12-28", 5, "2023-01-05", True),
        ("2020-01-20", "2020-01-22", 3, "2020-02-01", True),
        ("2020-01-26", "2020-01-22", 3, "2020-02-04", True),
        ("2019-03-21", "2019-04-26", 2, "2019-04-30", True),
        ("2019-03-22", "2019-04-26", 2, "2019-04-29", True),
    ],
)
def test_a_calendar_counts_as_it_was_known(
    rules: Rulebook, known: str, start: str, number: int, due: str, is_firm: bool
) -> None:
    found = count(row("working_days", number), days(start), rules.as_known(days(known)).working_days)
    assert found is not None
    assert (found.on, found.is_firm) == (days(due), is_firm)


@pytest.mark.parametrize("start", ["2026-12-28", "2027-03-01", "2031-05-05", "2018-12-28"])
def test_a_working_day_in_a_year_without_a_notice_is_not_firm(rules: Rulebook, start: str) -> None:
    found = count(row("working_days", 5), days(start), rules.working_days)
    assert found is not None
    assert not found.is_firm


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2022-11-30", 3, "2023-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2023-02-28", 1, "2023-03-28"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-01-31", 2, "2023-03-31"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-11-30", 1, "2023-12-30"),
    ],
)
def test_months_end_on_the_same_day_number_or_the_last_day(start: str, months: int, due: str) -> None:
    assert months_after(days(start), months) == days(due)


def test_counting_month_by_month_is_not_the_same_as_counting_at_once() -> None:
    assert months_after(months_after(date(2023, 1, 31), 1), 1) == date(2023, 3, 28)


def test_years_are_twelve_months_and_never_roll(rules: Rulebook) -> None:
    found = count(row("years", 1), date(2022, 10, 1), rules.working_days)
    assert found is not None
    assert (found.on, found.is_firm) == (date(2023, 10, 1), True)


@pytest.mark.parametrize(
    ("start", "number", "rolls", "due"),
    [
        ("2024-03-06", 60, True, "2024-05-06"),
        ("2021-03-17", 3, True, "2021-03-22"),
        ("2022-06-03", 30, False, "2022-07-03"),
        ("2022-06-03", 30, True, "2022-07-04"),
    ],
)
def test_days_roll_over_days_off_only_where_the_row_says_so(
    rules: Rulebook, start: str, number: int, rolls: bool, due: str
) -> None:
    found = count(row("days", number, rolls), days(start), rules.working_days)
    assert found is not None
    assert found.on == days(due)


@pytest.mark.parametrize(
    ("month", "due"), [("2023-02-01", "2023-02-28"), ("2024-02-11", "2024-02-29"), ("2020-07-31", "2020-07-30")]
)
def test_a_day_of_the_month_is_the_last_one_where_there_is_none(rules: Rulebook, month: str, due: str) -> None:
    found = term(rules, "use.monthly_due", Facts({"month_on": max(days(month), date(2020, 7, 16))}))
    assert found.until == days(due)


def test_a_last_day_that_rolls_into_a_year_without_a_notice_is_not_firm() -> None:
    working_days = load(calendars=(calendar(2020, off="2020-12-31"),)).working_days
    found = count(row("days", 3, rolls=True), date(2020, 12, 28), working_days)
    assert found is not None
    assert (found.on, found.is_firm) == (date(2021, 1, 1), False)


def test_a_notice_beats_a_provisional_edition_and_a_later_notice_an_earlier_one() -> None:
    editions = (
        calendar(2020, known="2019-01-02", off="2020-06-02"),
        calendar(2020, known="2019-01-03", off="2020-06-03"),
        calendar(2020, "provisional", known="2019-01-04", off="2020-06-04"),
    )
    working_days = load(calendars=editions).working_days
    assert [working_days.is_working(date(2020, 6, day)) for day in (2, 3, 4)] == [True, False, True]


def test_none_and_never_count_nothing_and_a_choice_cannot_be_counted(rules: Rulebook) -> None:
    assert count(row("none", None), date(2023, 1, 1), rules.working_days) is None
    assert count(row("never", None), date(2023, 1, 1), rules.working_days) is None
    with pytest.raises(TypeError, match="which is no term"):
        count(row("percent", 20), date(2023, 1, 1), rules.working_days)


def test_a_term_in_a_small_calendar_uses_its_days_off() -> None:
    rules = load(
        instrument("甲", "2020-01-01", '{ parameter = "accept", value = 2, unit = "working_days" }', SWITCH),
        calendars=(calendar(2020, off="2020-06-02", worked="2020-06-06"),),
    )
    assert term(rules, "accept", Facts({"pushed_on": date(2020, 6, 1)})).until == date(2020, 6, 4)
    assert term(rules, "accept", Facts({"pushed_on": date(2020, 6, 4)})).until == date(2020, 6, 6)
