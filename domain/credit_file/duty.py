"""What a case waits for (待办): one act, who may not do it, and the day the rules set for it.

Each chapter says what its cases wait for in a function `owed(file, rules)`; `duties` joins them. The worklist shows
them, and what was not done in time becomes a fact (`DeadlineMissed`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.event import Origin
from domain.law.answers import FactMissing, NoRule, Term
from domain.law.reading import Reading


@dataclass(frozen=True, slots=True)
class Owed:
    """One act that a case waits for.

    act           name of the decision that does it
    case_kind     kind of the case, as `listing`, `repair`, `objection`; case_id names it, title as officers call it
    origin        where the case comes from: its section, case number and batch
    since_on      the day from which it could be done, or was asked
    term          until when, with its rows; None where no rule sets a day
    waits_for     "" where the bureau must act now; subject, applicant, higher_body before it may; through waits_until
    waits_until   last day of that waiting, None where only an act ends it
    not_officers  who may not do it, since they did an earlier step
    shown_until   for a release: last day on which it still makes sense
    """

    act: str
    case_kind: str
    case_id: str
    title: str
    origin: Origin
    since_on: date
    term: Term | None = None
    waits_for: str = ""
    waits_until: date | None = None
    not_officers: tuple[str, ...] = ()
    shown_until: date | None = None


def term_or_none(rules: Reading, parameter: str, traits: dict[str, str] | None = None, **days: date) -> Term | None:
    """The term of a duty; None where no rule answers for its day."""
    try:
        return rules.term(parameter, days=days, traits=traits or {})
    except (NoRule, FactMissing):
        return None


def earliest(terms: Iterable[Term | None]) -> Term | None:
    """The term that ends first; one without an end only where no other has one."""
    known = [one for one in terms if one is not None]
    ending = [one for one in known if one.until is not None]
    return min(ending, key=lambda one: one.until or date.max, default=next(iter(known), None))
