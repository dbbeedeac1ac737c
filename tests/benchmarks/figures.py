"""What a benchmark says: figures with what they are measured against, and rounds that are fair on a noisy machine.

Two modes are only ever compared within a round, one right after the other, in an order that turns from round to round;
what is printed is the median of the rounds' ratios. Absolute rates tell about the machine, ratios about the program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    rate      how much, in `unit`
    against   what it is compared with, "" where the rate itself is what counts
    ratio     rate by the other's rate, median of the rounds; None without a comparison
    target    what `ratio`, or without one `rate`, must reach; None where nothing was promised
    at_most   whether the target is an upper bound
    """

    part: str
    what: str
    rate: float
    unit: str
    against: str = ""
    ratio: float | None = None
    target: float | None = None
    at_most: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        reached = self.rate if self.ratio is None else self.ratio
        return reached <= self.target if self.at_most else reached >= self.target

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "is_met": self.is_met}


Slice = Callable[[], float]
"""Works for a while and returns its rate."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rates of each mode, round by round."""

    rates: Mapping[str, list[float]]

    def rate(self, mode: str) -> float:
        return median(self.rates[mode])

    def ratio(self, mode: str, other: str) -> float:
        """How many times the other's rate, round by round, then the median."""
        return median(ours / theirs for ours, theirs in zip(self.rates[mode], self.rates[other], strict=True))


def interleave(modes: Mapping[str, Slice], rounds: int) -> Rounds:
    """Run every mode once in each round; the first round warms up and does not count."""
    rates: dict[str, list[float]] = {mode: [] for mode in modes}
    names = list(modes)
    for number in range(rounds + 1):
        turned = names[number % len(names) :] + names[: number % len(names)]
        for name in turned:
            rate = modes[name]()
            if number:
                rates[name].append(rate)
    return Rounds(rates)


def for_a_while(work: Callable[[], int], seconds: float) -> float:
    """Repeat the work until the time is over; what it says it did, per second."""
    done, begun = 0, perf_counter()
    while (passed := perf_counter() - begun) < seconds:
        done += work()
    return done / passed


def percentile(seconds: list[float], share: float) -> float:
    """The time that so many of all stayed within."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)]


def table(figures: list[Figure]) -> list[str]:
    """The figures as lines of text."""
    rows = [("part", "what", "rate", "against", "ratio", "target", "")]
    for one in figures:
        target = "" if one.target is None else f"{'≤' if one.at_most else '≥'} {_number(one.target)}"
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}×"
        met = {True: "met", False: "MISSED", None: ""}[one.is_met]
        rows.append((one.part, one.what, f"{_number(one.rate)} {one.unit}", one.against, ratio, target, met))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
