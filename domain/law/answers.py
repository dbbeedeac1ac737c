"""What is asked of the law and what it answers: facts in; rows, due days, terms and choices out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.law.rows import Row


class NoRule(LookupError):
    """No row answers for these facts: a fact is missing (mostly the class), or the law is silent."""

    def __init__(self, parameter: str, on: date, traits: Mapping[str, str]) -> None:
        seen = "、".join(f"{trait}={name}" for trait, name in sorted(traits.items())) or "—"
        super().__init__(
            f"{on} 没有适用的规则（{parameter}；{seen}），请补充所缺事实，如失信等次 / "
            f"No rule for {parameter} on {on} with {seen}; add the missing fact, such as the class"
        )
        self.parameter = parameter
        self.on = on


class NotAsked(NoRule):
    """This version of the rulebook lacks the parameter: it was not asked then."""

    def __init__(self, parameter: str) -> None:
        LookupError.__init__(
            self,
            f"本版规则表没有参数 {parameter}，当时不作此要求 / "
            f"This rulebook version lacks {parameter}: it was not asked then",
        )
        self.parameter = parameter
        self.on = date.min


class FactMissing(LookupError):
    """A day or trait that the parameter reads was not stated."""

    def __init__(self, parameter: str, fact: str) -> None:
        super().__init__(
            f"判断 {parameter} 需要事实 {fact}，请先填写 / {parameter} needs the fact {fact}; state it first"
        )
        self.parameter = parameter
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Facts:
    """Days and traits by name, nothing else."""

    days: Mapping[str, date] = field(default_factory=dict)
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """The row that answers; later rows for the same facts; days since which a later edition has none."""

    row: Row
    later: tuple[Row, ...] = ()
    silent: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A counted day; `is_firm` is false while a year it passes has no published calendar."""

    on: date
    is_firm: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Term:
    """The answer to "until when".

    until     last day of the term, included; None when there is none or no day will do
    is_none   the law sets no term
    is_never  no day will do
    is_firm   false while a year it passes has no published calendar
    row       the row that governs
    rows      every row used: the selected one, the one that won, the transition switch
    silent    days since which a later edition has no row for these facts (mostly: not yet classed)
    """

    until: date | None
    is_none: bool
    is_never: bool
    is_firm: bool
    row: Row
    rows: tuple[Row, ...]
    silent: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer to a choice that a later, more favourable law may change.

    value       as of the selecting day
    changes_on  first day of the later value, None if it never changes
    later       the later value, None if it never changes
    rows        every row used
    """

    value: str
    row: Row
    rows: tuple[Row, ...]
    changes_on: date | None = None
    later: str | None = None

    def on(self, day: date) -> str:
        """The value that holds on a day."""
        if self.later is not None and self.changes_on is not None and day >= self.changes_on:
            return self.later
        return self.value
