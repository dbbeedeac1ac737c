"""Everything one rulebook version holds, before it is indexed: head, parameters, rows, calendars, codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.law.calendar_editions import CalendarEdition
from domain.law.code_lists import Code
from domain.law.rows import Instrument, Parameter, Row, RulebookRefused

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Head:
    """The vocabularies: what days, traits and kinds of instruments there are.

    horizon   the first day the rulebook means to answer for
    traits    trait → the names it may take
    """

    format: int
    horizon: date
    days: tuple[str, ...]
    traits: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts of one version, in no particular order."""

    head: Head
    parameters: tuple[Parameter, ...]
    instruments: tuple[Instrument, ...]
    rows: tuple[Row, ...]
    calendars: tuple[CalendarEdition, ...]
    codes: tuple[Code, ...]


def parameters_by_name(parameters: tuple[Parameter, ...]) -> dict[str, Parameter]:
    """The parameters by name; refused where one is declared twice."""
    found: dict[str, Parameter] = {}
    for one in parameters:
        if one.name in found:
            raise RulebookRefused(f"参数 {one.name} 声明了两次", f"parameter {one.name} is declared twice")
        found[one.name] = one
    return found
