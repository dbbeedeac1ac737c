"""The rules in force on a day, as everybody may read them: value, article, since when, how certain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.disclosure.words import NAMES, TRAITS, Words, value_words
from domain.law.rows import Row
from domain.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One row of the rulebook. `facts` are the traits it answers for, `is_certain` False wears ?待核."""

    name: str
    parameter: str
    zh: str
    en: str
    facts: Words
    value: Words
    citation: str
    title: str
    in_force_from: date
    is_certain: bool
    note: str


def rules_in_force(rulebook: Rulebook, on: date) -> tuple[RuleShown, ...]:
    """Each parameter's rows of the edition in force on the day, by parameter and timeline."""
    editions: dict[tuple[str, object, str], date] = {}
    for row in rulebook.rows:
        at = (row.parameter, row.key, row.layer)
        if row.in_force_from <= on and row.in_force_from > editions.get(at, date.min):
            editions[at] = row.in_force_from
    rows = [
        row
        for row in rulebook.rows
        if editions.get((row.parameter, row.key, row.layer)) == row.in_force_from
        and (row.in_force_until is None or on <= row.in_force_until)
    ]
    rows.sort(key=lambda row: (list(rulebook.parameters).index(row.parameter), row.key, row.layer, row.scope))
    return tuple(_shown(row, rulebook) for row in rows)


def _fact(rulebook: Rulebook, trait: str, names: tuple[str, ...]) -> Words:
    """One trait with the names it may have: words from the code lists where they have them."""
    words = TRAITS.get(trait, (trait, trait))
    return (f"{words[0]}：{'、'.join(_name(rulebook, trait, one) for one in names)}", f"{words[1]}: {', '.join(names)}")


def _name(rulebook: Rulebook, trait: str, name: str) -> str:
    lists = {"list_type": "list_types", "measure": "penalty_kinds", "subject_kind": "subject_kinds"}
    try:
        if trait.startswith("class."):
            return rulebook.code_list("classes")[f"{trait}/{name}"].zh
        return rulebook.code_list(lists[trait])[name].zh
    except KeyError:
        return NAMES.get(name, name)


def _shown(row: Row, rulebook: Rulebook) -> RuleShown:
    parameter = rulebook.parameters[row.parameter]
    facts = [_fact(rulebook, trait, (name,)) for trait, name in row.key]
    facts += [_fact(rulebook, trait, names) for trait, names in row.scope]
    instrument = rulebook.instruments.get(row.instrument)
    return RuleShown(
        row.name, row.parameter, parameter.zh, parameter.en,
        ("；".join(zh for zh, _ in facts), "; ".join(en for _, en in facts)),
        value_words(row.value, row.unit, row.parameter),
        row.citation, instrument.title if instrument else "", row.in_force_from, row.is_verified, row.note,
    )  # fmt: skip
