"""The law through time: the editions of a parameter one after the other, and what changed between two days.

For people who read the rules; no decision asks here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from domain.law.checking import timelines_of
from domain.law.rows import Key, Row, narrowest_first
from domain.law.rulebook import Rulebook

DAY = timedelta(days=1)
State = Literal["past", "now", "coming"]
Kind = Literal["begins", "changes", "other_basis", "ends"]


@dataclass(frozen=True, slots=True)
class Edition:
    """The rows of one parameter, timeline and layer that began on one day, narrowest first.

    key        traits of the timeline: channel, list type
    until      last day, None while nothing displaces it
    """

    parameter: str
    key: Key
    layer: str
    from_on: date
    until: date | None
    rows: tuple[Row, ...]

    def state(self, on: date) -> State:
        """Whether the edition is in force on the day, was before it, or will be."""
        if on < self.from_on:
            return "coming"
        return "now" if self.until is None or on <= self.until else "past"


@dataclass(frozen=True, slots=True)
class Change:
    """What is other from a day on for some facts.

    kind     begins: nothing was said of them; changes: another value, or counted from another day; other_basis: the
             same by another text or article; ends: nothing is said of them any more
    before   the row that held, after the one that holds; None where there is none
    """

    on: date
    kind: Kind
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row the change is about: the new one, or the one that ends."""
        found = self.after or self.before
        assert found is not None
        return found


def editions(rulebook: Rulebook, parameter: str) -> tuple[Edition, ...]:
    """Every edition of a parameter, by timeline and layer, the oldest first."""
    found = []
    for (_, key, layer), timeline in sorted(timelines_of(rulebook.rows_of(parameter)).items()):
        starts = [*timeline, None]
        for start, following in pairwise(starts):
            assert start is not None
            rows = tuple(sorted(timeline[start], key=narrowest_first))
            ends = [row.in_force_until for row in rows if row.in_force_until is not None]
            ends += [following - DAY] if following is not None else []
            found.append(Edition(parameter, key, layer, start, min(ends, default=None), rows))
    return tuple(found)


def changes(rulebook: Rulebook, first: date, last: date, channel: str = "") -> Iterator[Change]:
    """What is other after `first` and by `last`, by day, in the order of the parameters.

    channel   only rows of this channel and those of none; "" = all
    """
    found = [
        change
        for parameter in rulebook.parameters
        for change in _of_parameter(rulebook, parameter)
        if first < change.on <= last and channel in ("", change.row.channel or channel)
    ]
    return iter(sorted(found, key=lambda one: one.on))


def _of_parameter(rulebook: Rulebook, parameter: str) -> Iterator[Change]:
    before: Edition | None = None
    for edition in editions(rulebook, parameter):
        is_next = before is not None and (before.key, before.layer) == (edition.key, edition.layer)
        yield from _between(before if is_next else None, edition)
        for row in edition.rows:
            if row.in_force_until is not None:
                yield Change(row.in_force_until + DAY, "ends", row, None)
        before = edition


def _between(before: Edition | None, after: Edition) -> Iterator[Change]:
    old = {row.scope: row for row in before.rows} if before is not None else {}
    for row in after.rows:
        former = old.pop(row.scope, None)
        if former is None:
            yield Change(after.from_on, "begins", None, row)
        elif (former.value, former.unit, former.counts_from) != (row.value, row.unit, row.counts_from):
            yield Change(after.from_on, "changes", former, row)
        elif former.citation != row.citation:
            yield Change(after.from_on, "other_basis", former, row)
    for row in old.values():
        if row.in_force_until is None:
            yield Change(after.from_on, "ends", row, None)
