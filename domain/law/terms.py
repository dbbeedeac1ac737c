"""From rows to answers: until when, and which choice, with the more favourable later law.

A later edition wins only where the parameter allows it, the transition switch in force on that
edition's first day says lenient, and the subject is better off; never before the edition began.
"""

from __future__ import annotations

from datetime import date, timedelta

from domain.law.answers import Choice, FactMissing, Facts, Term
from domain.law.counting import count
from domain.law.rows import Parameter, Row
from domain.law.rulebook import Rulebook

DAY = timedelta(days=1)
LENIENT = "lenient"


def term(rules: Rulebook, parameter: str, facts: Facts) -> Term:
    """Until when a term runs for these facts.

    Raises NotAsked, FactMissing, NoRule; TypeError where the parameter is no term.
    """
    selection = rules.select(parameter, facts, LENIENT)
    asked = rules.asked(parameter, facts)
    found = rules.terms.get(asked)
    if found is None:
        declared = rules.parameters[parameter]
        best = _counted(rules, declared, selection.row, facts, (selection.row,), selection.silent)
        for row in selection.later:
            best = _better(rules, declared, best, row, facts)
        found = rules.terms[asked] = best
    return found


def choose(rules: Rulebook, parameter: str, facts: Facts) -> Choice:
    """Which choice holds for these facts, and from when a later law makes it the favourable one.

    Raises NotAsked, FactMissing, NoRule; TypeError where the parameter is no choice.
    """
    selection = rules.select(parameter, facts, LENIENT)
    asked = rules.asked(parameter, facts)
    found = rules.choices.get(asked)
    if found is None:
        declared = rules.parameters[parameter]
        found = Choice(selection.row.choice, selection.row, (selection.row,))
        for row in selection.later:
            if found.value != declared.favourable and row.choice == declared.favourable:
                switch = _switch(rules, declared, row)
                used = (*found.rows, switch)
                if switch.choice == LENIENT:
                    found = Choice(found.value, found.row, (*used, row), row.in_force_from, row.choice)
                    break
                found = Choice(found.value, found.row, used)
        rules.choices[asked] = found
    return found


def _better(rules: Rulebook, parameter: Parameter, best: Term, row: Row, facts: Facts) -> Term:
    later = _counted(rules, parameter, row, facts, best.rows, best.silent)
    before = row.in_force_from - DAY
    end, end_of_best = _last_day(parameter, later), _last_day(parameter, best)
    # The later law cannot have ended anything before it began.
    reached = max(end, before)
    if reached >= end_of_best:
        return best
    switch = _switch(rules, parameter, row)
    if switch.choice != LENIENT:
        return Term(best.until, best.is_none, best.is_never, best.is_firm, best.row, (*best.rows, switch), best.silent)
    is_firm = later.is_firm if end > before else True
    return Term(reached, False, False, is_firm, row, (*best.rows, switch, row), best.silent)


def _last_day(parameter: Parameter, found: Term) -> date:
    """The term as a day to compare: an absent minimum ends at once, an absent maximum never does."""
    if found.until is not None:
        return found.until
    return date.max if found.is_never == (parameter.bounds == "minimum") else date.min


def _counted(
    rules: Rulebook, parameter: Parameter, row: Row, facts: Facts, rows: tuple[Row, ...], silent: tuple[date, ...]
) -> Term:
    if row.is_none or row.is_never:
        return Term(None, row.is_none, row.is_never, True, row, rows, silent)
    counts_from = row.counts_from or parameter.counts_from
    start = facts.days.get(counts_from)
    if start is None:
        raise FactMissing(parameter.name, counts_from)
    due = count(row, start, rules.working_days)
    if due is None:
        raise TypeError(f"{row.name} is no term")
    return Term(due.on, False, False, due.is_firm, row, rows, silent)


def _switch(rules: Rulebook, parameter: Parameter, row: Row) -> Row:
    return rules.select(parameter.transition, Facts({"edition_on": row.in_force_from})).row
