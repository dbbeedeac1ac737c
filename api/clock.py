"""The only reader of time and randomness.

Everything else is handed instants, dates, ids and tokens, so that a decision can be taken again
later with the same inputs. Instants are UTC; days are those of Asia/Shanghai, which has kept
UTC+8 without summer time since 1991.
"""

from __future__ import annotations

import random
import secrets
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol
from uuid import UUID, uuid4

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """Where the present moment and everything unpredictable come from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """The present day in Asia/Shanghai."""
        ...

    def new_id(self) -> UUID:
        """An identifier that was never given before."""
        ...

    def token(self) -> str:
        """An unguessable text of 43 URL-safe characters (256 bits), for sessions and passwords."""
        ...


def day_of(instant: datetime) -> date:
    """The day in Asia/Shanghai that an aware instant falls on."""
    return instant.astimezone(SHANGHAI).date()


class SystemClock:
    """The clock and the randomness of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return day_of(self.now())

    def new_id(self) -> UUID:
        return uuid4()

    def token(self) -> str:
        return secrets.token_urlsafe(32)


class SimulatedClock:
    """A clock that stands still until it is told to move; only for databases created as simulated.

    start  the first instant, aware
    seed   when given, ids follow from it, so that a test can name them; two clocks of one seed
           give the same ids, therefore never give a seed where data of an earlier run is kept
    """

    def __init__(self, start: datetime, *, seed: int | None = None) -> None:
        self._now = _aware(start)
        self._ids: random.Random = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return day_of(self._now)

    def new_id(self) -> UUID:
        return UUID(int=self._ids.getrandbits(128), version=4)

    def token(self) -> str:
        return secrets.token_urlsafe(32)

    def set(self, instant: datetime) -> None:
        """Move to an instant, not earlier than the present one: time never runs back in the register."""
        if _aware(instant) < self._now:
            raise ValueError("a simulated clock only moves forward")
        self._now = instant.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Move forward by a step of zero or more."""
        self.set(self._now + step)


class ShiftedClock(SystemClock):
    """The machine's clock moved to another moment, from which it runs on: what a visitor of the demonstration lives by.

    start  the instant it shows when it is made, aware
    """

    def __init__(self, start: datetime) -> None:
        self._shift = _aware(start) - SystemClock().now()

    def now(self) -> datetime:
        return super().now() + self._shift


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(UTC)
