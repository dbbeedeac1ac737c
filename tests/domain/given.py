"""Given, when, then: a state reached through decisions, one more decision, and what it records or why it refuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from domain.context import CHINA, Context, Filing, Officer
from domain.credit_file.file import CreditFile, fold
from domain.event import Event, Evidence, Fact
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.officer import check_may
from domain.refusals import Refused
from domain.register.writing import envelope_of

RULEBOOK = Rulebook.from_files()
SUBJECT = UUID(int=1)

JIA = Officer("样例员甲", "handler", "market_order")
YI = Officer("样例员乙", "section_head", "market_order")
BING = Officer("样例员丙", "legality_reviewer", "样例法制科")
DING = Officer("样例员丁", "leader", "样例局领导")
WU = Officer("样例员戊", "auditor", "样例审计")
STRANGER = Officer("样例员己", "county_office", "county_210881", area="210881")
GENG = Officer("样例员庚", "market_order", "market_order")
SYSTEM = Officer("system", "system", "system")

PAPERS: dict[str, Any] = {"evidence": (Evidence(title="样例凭据"),)}
"""What a filing holds where a doubt is confirmed."""

Decide = Callable[..., Sequence[Event]]


def rules() -> Reading:
    return Reading(RULEBOOK)


def at(on: str, hour: int = 12) -> datetime:
    return datetime.combine(date.fromisoformat(on), time(hour), CHINA)


def context(on: str, by: Officer = JIA, **filing: Any) -> Context:
    return Context(at(on), by, rules(), Filing(**filing))


@dataclass(frozen=True)
class Step:
    """One decision, by an officer on a day; `filing` goes into the envelope."""

    on: str
    by: Officer
    decide: Decide
    args: dict[str, Any] = field(default_factory=dict)
    filing: dict[str, Any] = field(default_factory=dict)

    def events(self, state: Any) -> list[Event]:
        check_may(self.by, self.decide.__name__)
        return list(self.decide(state, context(self.on, self.by, **self.filing), **self.args))


def step(on: str, by: Officer, decide: Decide, filing: dict[str, Any] | None = None, **args: Any) -> Step:
    return Step(on, by, decide, args, filing or {})


@dataclass(frozen=True)
class Given:
    """A state with the facts that made it."""

    state: Any
    fold: Callable[[Any, Fact], Any]
    facts: tuple[Fact, ...] = ()

    def after(self, one: Step) -> Given:
        state, facts, envelope = self.state, list(self.facts), envelope_of(context(one.on, one.by, **one.filing))
        for event in one.events(state):
            number = len(facts) + 1
            stored_at = at(one.on) + timedelta(microseconds=number)
            facts.append(Fact(SUBJECT, number, envelope, event, number, stored_at, f"{number:064x}"))
            state = self.fold(state, facts[-1])
        return Given(state, self.fold, tuple(facts))

    def when(
        self, decide: Decide, by: Officer = JIA, on: str = "2026-11-20", filing: dict[str, Any] | None = None,
        **args: Any,
    ) -> When:  # fmt: skip
        try:
            return When(step(on, by, decide, filing, **args).events(self.state), None)
        except Refused as refusal:
            return When([], refusal)


@dataclass(frozen=True)
class When:
    """What came of the decision: events, or a refusal."""

    events: list[Event]
    refusal: Refused | None

    def then(self, *events: Event) -> None:
        assert self.refusal is None, self.refusal
        assert self.events == list(events)

    def refused(self, kind: type[Refused], **values: object) -> Refused:
        """Refused so, with these values in the sentence; both sentences must be complete."""
        assert type(self.refusal) is kind, self.refusal or self.events
        assert self.refusal.sentence_zh
        assert self.refusal.sentence_en
        assert {name: self.refusal.values.get(name) for name in values} == values
        return self.refusal


def given(*steps: Step, empty: Any = None, folded: Callable[[Any, Fact], Any] = fold) -> Given:
    reached = Given(CreditFile.empty(SUBJECT) if empty is None else empty, folded)
    for one in steps:
        reached = reached.after(one)
    return reached
