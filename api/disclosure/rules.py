"""The rules as everybody may read them: value, article, since when, how certain; on a day, and through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.disclosure.rule_words import CHANGES, LISTS, STATES, TOPICS, day_words, topic_of
from api.disclosure.words import NAMES, TRAITS, Words, value_words
from domain.law.answers import Facts
from domain.law.editions import Change, Edition, changes, editions
from domain.law.rows import Key, Parameter, Row, Scope
from domain.law.rulebook import Rulebook
from domain.law.terms import LENIENT


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
    channel: str | None = None


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


# By topic


@dataclass(frozen=True, slots=True)
class Topic:
    """The rules of one topic in force on a day."""

    code: str
    words: Words
    rules: tuple[RuleShown, ...]


def by_topic(rules: tuple[RuleShown, ...]) -> tuple[Topic, ...]:
    """The rules under the heads of the page, topics without any left out."""
    found = []
    for code, words in TOPICS.items():
        mine = tuple(one for one in rules if topic_of(one.parameter) == code)
        if mine:
            found.append(Topic(code, words, mine))
    return tuple(found)


# Through time


@dataclass(frozen=True, slots=True)
class EditionShown:
    """One edition of a rule. `state` is past, now or coming; `known_from` is told where it is not the first day."""

    state: str
    words: Words
    from_on: date
    until: date | None
    known_from: date | None
    is_own: bool
    rows: tuple[RuleShown, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The editions of a rule for one channel or list, the newest first."""

    name: Words
    editions: tuple[EditionShown, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One parameter: which day picks its rule, from which day is counted, and its editions through time.

    transition   parameter that says whether a later rule reaches back, "" where none may; is_lenient what it says today
    """

    parameter: Parameter
    topic: Words
    selected_by: Words
    counts_from: Words | None
    transition: str
    is_lenient: bool
    timelines: tuple[Timeline, ...]


def question(rulebook: Rulebook, name: str, on: date) -> Question | None:
    """A parameter with all its editions as they stand to the day; None where the version does not know it."""
    parameter = rulebook.parameters.get(name)
    if parameter is None:
        return None
    found: dict[Key, list[EditionShown]] = {}
    for one in editions(rulebook, name):
        found.setdefault(one.key, []).insert(0, _edition(rulebook, one, on))
    timelines = tuple(Timeline(_facts(rulebook, key, ()), tuple(shown)) for key, shown in found.items())
    counts_from = day_words(parameter.counts_from) if parameter.counts_from else None
    topic = TOPICS[topic_of(name)]
    switch = parameter.transition if parameter.later == "more_favourable" else ""
    is_lenient = bool(switch) and rulebook.select(switch, Facts({"edition_on": on})).row.choice == LENIENT
    selected_by = day_words(parameter.selected_by)
    return Question(parameter, topic, selected_by, counts_from, switch, is_lenient, timelines)


def _edition(rulebook: Rulebook, one: Edition, on: date) -> EditionShown:
    state, known = one.state(on), max(row.known_from for row in one.rows)
    rows = tuple(_shown(row, rulebook, with_key=False) for row in one.rows)
    late = known if known > one.from_on else None
    return EditionShown(state, STATES[state], one.from_on, one.until, late, one.layer == "overlay", rows)


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One difference between two days in words; `before` and `after` are None where there is none."""

    on: date
    kind: str
    words: Words
    rule: RuleShown
    before: Words | None
    after: Words | None
    before_citation: str


def changes_shown(rulebook: Rulebook, first: date, last: date, channel: str = "") -> tuple[ChangeShown, ...]:
    """What is other after the first day and by the last, by day."""
    return tuple(_change(rulebook, one) for one in changes(rulebook, first, last, channel))


def _change(rulebook: Rulebook, one: Change) -> ChangeShown:
    before, after = (value_of(rulebook, row) if row is not None else None for row in (one.before, one.after))
    citation = one.before.citation if one.before is not None else ""
    return ChangeShown(one.on, one.kind, CHANGES[one.kind], _shown(one.row, rulebook), before, after, citation)


# One row in words


def _fact(rulebook: Rulebook, trait: str, names: tuple[str, ...]) -> Words:
    """One trait with the names it may have: words from the code lists where they have them."""
    words = TRAITS.get(trait, (trait, trait))
    zh = "、".join(name_words(rulebook, trait, one) for one in names)
    return f"{words[0]}：{zh}", f"{words[1]}: {', '.join(names)}"


def name_words(rulebook: Rulebook, trait: str, name: str) -> str:
    """What a name of a trait is called: by its code list, else by the table of words."""
    lists = {
        "list_type": "list_types", "measure": "penalty_kinds", "subject_kind": "subject_kinds",
        "authority": "authorities", "grade": "tier_grades",
    }  # fmt: skip
    try:
        if trait.startswith("class."):
            return rulebook.code_list("classes")[f"{trait}/{name}"].zh
        return rulebook.code_list(lists[trait])[name].zh
    except KeyError:
        return NAMES.get(name, name)


def fact_words(rulebook: Rulebook, row: Row) -> Words:
    """The facts a row answers for, "" where it answers for all."""
    return _facts(rulebook, row.key, row.scope)


def _facts(rulebook: Rulebook, key: Key, scope: Scope) -> Words:
    facts = [_fact(rulebook, trait, (name,)) for trait, name in key]
    facts += [_fact(rulebook, trait, names) for trait, names in scope]
    return "；".join(zh for zh, _ in facts), "; ".join(en for _, en in facts)


def value_of(rulebook: Rulebook, row: Row) -> Words:
    """The value in words: codes by their code list, numbers with their unit."""
    if row.unit != "list" or row.parameter not in LISTS:
        return value_words(row.value, row.unit, row.parameter)
    if not row.names:
        return "无", "none"
    known = rulebook.code_list(LISTS[row.parameter])
    found = [known.get(one) for one in row.names]
    zh = [one.zh if one else name for one, name in zip(found, row.names, strict=True)]
    en = [one.en if one and one.en else name for one, name in zip(found, row.names, strict=True)]
    return "、".join(zh), ", ".join(en)


def _shown(row: Row, rulebook: Rulebook, *, with_key: bool = True) -> RuleShown:
    parameter = rulebook.parameters[row.parameter]
    instrument = rulebook.instruments.get(row.instrument)
    return RuleShown(
        row.name, row.parameter, parameter.zh, parameter.en,
        _facts(rulebook, row.key if with_key else (), row.scope),
        value_of(rulebook, row),
        row.citation, instrument.title if instrument else "", row.in_force_from, row.is_verified, row.note, row.channel,
    )  # fmt: skip
