"""What may be typed for the two clocks, and what it means."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from api.moments import DayUnreadable, MomentUnreadable, in_force_on, known_at


def test_a_day_means_its_last_instant_in_china() -> None:
    moment = known_at("2026-09-30")
    assert isinstance(moment, datetime)
    assert moment.astimezone(UTC) == datetime(2026, 9, 30, 15, 59, 59, 999999, UTC)


def test_a_time_without_a_zone_is_beijings() -> None:
    moment = known_at("2026-09-30T15:00")
    assert isinstance(moment, datetime)
    assert moment.astimezone(UTC) == datetime(2026, 9, 30, 7, tzinfo=UTC)


def test_a_time_with_a_zone_is_taken_as_it_says() -> None:
    moment = known_at("2026-09-30T15:00+00:00")
    assert isinstance(moment, datetime)
    assert moment.astimezone(UTC) == datetime(2026, 9, 30, 15, tzinfo=UTC)


def test_digits_are_a_position_and_nothing_means_now() -> None:
    assert known_at(" 114 ") == 114
    assert known_at("") is None


@pytest.mark.parametrize("text", ["x", "2026-13-01", "２０２６", "-1", "2026-09-30T"])
def test_refuses_what_is_no_moment(text: str) -> None:
    with pytest.raises(MomentUnreadable):
        known_at(text)


def test_the_day_in_force_is_today_unless_told() -> None:
    assert in_force_on("", date(2026, 11, 23)) == date(2026, 11, 23)
    assert in_force_on("2026-06-20", date(2026, 11, 23)) == date(2026, 6, 20)


def test_refuses_what_is_no_day() -> None:
    with pytest.raises(DayUnreadable):
        in_force_on("2026-02-30", date(2026, 11, 23))
