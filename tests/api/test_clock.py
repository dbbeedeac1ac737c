"""Days are those of Asia/Shanghai, and a simulated clock never runs back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from api.clock import SimulatedClock, SystemClock

EVENING = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


def test_the_day_is_that_of_shanghai_when_greenwich_has_the_day_before() -> None:
    assert SimulatedClock(EVENING).today() == date(2026, 3, 2)
    assert SystemClock().now().tzinfo is UTC


def test_a_simulated_clock_moves_only_when_told_and_only_forward() -> None:
    clock = SimulatedClock(EVENING)
    clock.advance(timedelta(hours=8))
    assert clock.now() == EVENING + timedelta(hours=8)
    with pytest.raises(ValueError, match="forward"):
        clock.set(EVENING)
    assert clock.now() == EVENING + timedelta(hours=8)


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SimulatedClock(EVENING.replace(tzinfo=None))


def test_ids_follow_from_the_seed_and_differ_without_one() -> None:
    one, other = SimulatedClock(EVENING, seed=7), SimulatedClock(EVENING, seed=7)
    assert [one.new_id() for _ in range(3)] == [other.new_id() for _ in range(3)]
    assert SimulatedClock(EVENING).new_id() != SimulatedClock(EVENING).new_id()
    assert one.new_id().version == 4


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {SystemClock().token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 43 for token in tokens)
