"""The order and the days of a case: what every step of every procedure asks, whichever chapter it stands in.

A step is taken on the case as its officer saw it, has come already, and does not lie before the step before it. Nothing
is concluded against a subject before it was heard or its time to speak is over.
Basis: 行政处罚法 44, 45, and by analogy for commitments and lists; rulebook rows `commitment.statement`,
`list.statement` (unverified).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from domain.context import Context
from domain.event import Fact
from domain.law.answers import Term
from domain.law.reading import Reading
from domain.refusals import CaseMoved, Refused


class DayInFuture(Refused):
    zh = "日期 {on} 在将来；请在当日或之后登记。"
    en = "The day {on} lies in the future; record it on that day or later."


class BeforeStepBefore(Refused):
    zh = "日期 {on} 早于上一步的 {before}；请核对。"
    en = "The day {on} lies before the step before it ({before}); check it."


class StatementTimeRunning(Refused):
    zh = "陈述、申辩期限到 {until} 为止（含当日）；请在收到陈述或期满后再办。"
    en = "The time for a statement runs through {until}; go on when the statement came or the time is over."


C = TypeVar("C")


def texts_in(value: Any) -> Iterator[str]:
    """Every text in an event or in the arguments of an act, however deep: an id may stand in any of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for _, part in value:
            yield from texts_in(part)
    elif isinstance(value, Mapping):
        yield from texts_in(tuple(value.values()))
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from texts_in(part)


def with_step(cases: dict[str, C], case_id: str, fact: Fact, **step: Any) -> dict[str, C]:
    """The cases of a chapter after one of them took a step; its version is the fact's, which forms compare."""
    case: Any = cases[case_id]
    return cases | {case_id: replace(case, version=fact.originator_version, **step)}


def check_not_moved(version: int, seen: int | None) -> None:
    """A form carries the case version its officer saw; anything newer in the case makes the register ask again."""
    if seen is not None and seen != version:
        raise CaseMoved


def check_not_before(on: date, before: date) -> None:
    """What follows from a step does not begin before it."""
    if on < before:
        raise BeforeStepBefore(on=on, before=before)


def check_day(context: Context, on: date, not_before: date | None = None) -> None:
    """The day of a step: come already, and not before the step before it."""
    if on > context.today:
        raise DayInFuture(on=on)
    if not_before is not None:
        check_not_before(on, not_before)


def statement_term(parameter: str, served_on: date, rules: Reading) -> Term:
    """How long the subject may speak after the notice; an unverified parameter that a bureau may overlay."""
    return rules.term(parameter, days={"notice_served_on": served_on})


def check_heard(context: Context, parameter: str, served_on: date, was_heard: bool) -> None:
    """The subject made its statement, or its time is over."""
    if was_heard:
        return
    term = statement_term(parameter, served_on, context.rules)
    if term.until is not None and context.today <= term.until:
        raise StatementTimeRunning(rule=term.row, until=term.until)
