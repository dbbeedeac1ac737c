"""What is typed for the two clocks: a day, an instant or a position for "known at", a day for "in force on"."""

from __future__ import annotations

from datetime import date, datetime, time

from api.clock import SHANGHAI
from domain.refusals import Refused
from projections.replay.subject import Moment


class MomentUnreadable(Refused):
    zh = "“{given}”读不懂；请写日期 2026-09-30、时间 2026-09-30T15:00 或日志位置（数字）。"
    en = "“{given}” cannot be read; write a day 2026-09-30, a time 2026-09-30T15:00 or a position (digits)."
    field = "known_at"
    kind = "malformed"


class DayUnreadable(Refused):
    zh = "“{given}”不是日期；请写成 2026-06-20。"
    en = "“{given}” is no day; write it as 2026-06-20."
    field = "in_force_on"
    kind = "malformed"


GIVEN_MAX = 40


def known_at(text: str) -> Moment:
    """The moment meant; "" means now. A day means its last instant, a time is Beijing's unless it says otherwise.

    Refused: MomentUnreadable.
    """
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    try:
        if len(text) == len("2026-09-30"):
            return datetime.combine(date.fromisoformat(text), time.max, SHANGHAI)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise MomentUnreadable(given=text[:GIVEN_MAX]) from None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=SHANGHAI)


def in_force_on(text: str, today: date) -> date:
    """The day meant; "" means today. Refused: DayUnreadable."""
    text = text.strip()
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayUnreadable(given=text[:GIVEN_MAX]) from None
