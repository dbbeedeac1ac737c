"""How days are counted: working days, months, years, calendar days, a day of the month.

The day a term starts from never counts. Months and years end on the same day-number, or the
month's last day where it has none, and never roll. Only `days` rows that say so roll over days off.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from domain.law.answers import Due
from domain.law.calendar_editions import WorkingDays
from domain.law.rows import BARE_UNITS, Row

MONTHS_OF_A_YEAR = 12


def months_after(start: date, months: int) -> date:
    """The same day-number `months` later, or that month's last day; always counted in one step."""
    years, month = divmod(start.month - 1 + months, MONTHS_OF_A_YEAR)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def count(row: Row, start: date, working_days: WorkingDays) -> Due | None:
    """Count a row's term from `start`; None for `none` and `never`.

    Raises TypeError for a row that is no term.
    """
    if row.unit in BARE_UNITS:
        return None
    if row.unit == "working_days":
        on = working_days.after(start, row.number)
        return Due(on, working_days.is_firm(start, on), row)
    if row.unit == "months":
        return Due(months_after(start, row.number), True, row)
    if row.unit == "years":
        return Due(months_after(start, row.number * MONTHS_OF_A_YEAR), True, row)
    if row.unit == "day_of_month":
        return Due(start.replace(day=min(row.number, monthrange(start.year, start.month)[1])), True, row)
    if row.unit == "days":
        on = start + timedelta(days=row.number)
        if not row.rolls:
            return Due(on, True, row)
        rolled = working_days.rolled(on)
        return Due(rolled, working_days.is_firm(on, rolled), row)
    raise TypeError(f"{row.name} is {row.unit}, which is no term")
