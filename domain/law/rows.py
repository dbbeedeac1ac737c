"""What one rule is: a value of one parameter, from a day on, by an instrument and article.

A `Parameter` says once how a question is asked (which day selects, from which day is counted);
a `Row` is one instrument's answer to it; an `Instrument` is the text the row comes from.
Nothing here holds a number of law: the numbers are in `rules/*.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Value = int | bool | str | tuple[str, ...] | None
Key = tuple[tuple[str, str], ...]
Scope = tuple[tuple[str, tuple[str, ...]], ...]

COUNTED_UNITS = frozenset({"working_days", "days", "months", "years", "day_of_month"})
NUMBER_UNITS = COUNTED_UNITS | {"count", "percent", "fen"}
BARE_UNITS = frozenset({"none", "never"})
UNITS = NUMBER_UNITS | BARE_UNITS | {"flag", "choice", "list", "text"}
LAYERS = ("national", "overlay")
CERTAINTIES = ("verified", "unverified")


class RulebookRefused(ValueError):
    """The rulebook cannot be loaded as written; the sentence says which row and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"规则表未能载入：{zh} / Rulebook refused: {en}")
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class Parameter:
    """A question that the register asks of the law.

    name         stable for ever, e.g. `repair.min`
    selected_by  the day that selects the edition
    counts_from  the day a term is counted from; empty where nothing is counted
    units        units a row may use; `none` and `never` must be named to be allowed
    key          traits that pick the timeline (channel, list type); every row states them all
    varies_by    traits a row's scope may name
    covers       parameter whose list of classes every edition must answer for; empty: none
    bounds       "minimum" or "maximum": what the term bounds, so which end is more favourable
    later        "own": the edition of the selecting day; "more_favourable": later ones may win
    transition   parameter that switches the more favourable rule on or off
    favourable   the choice that is better for the subject, for choices with later law
    choices      values a `choice` row may take
    names        values a `list` row may hold; empty: any
    overlay      a bureau may lay its own row on top
    certainty    how certain the selecting day is, itself mostly unsettled law
    """

    name: str
    selected_by: str
    units: tuple[str, ...]
    counts_from: str = ""
    key: tuple[str, ...] = ()
    varies_by: tuple[str, ...] = ()
    covers: str = ""
    bounds: str = ""
    later: str = "own"
    transition: str = ""
    favourable: str = ""
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    overlay: bool = False
    certainty: str = "verified"
    note: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A text that rows come from: law, regulation, rule, document, or a marked default.

    name           as cited, e.g. 国办发〔2025〕22号
    title          full title
    kind           one of the head's kinds; the check of a list's basis reads it
    known_from     the day anybody could read it
    """

    name: str
    title: str
    kind: str
    in_force_from: date
    known_from: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One instrument's answer to one parameter.

    value          fits `unit`; None for `none` (the law sets no term) and `never` (no day will do)
    key            pairs (trait, name) that pick the timeline
    scope          pairs (trait, names): the row answers for facts that have one of the names
    article        as cited, may be empty where the number is not known
    in_force_from  first day; `in_force_until` only for a text that limits itself
    known_from     the day anybody could read it; may lie after `in_force_from`
    certainty      verified or unverified; pages show the latter as a badge
    rolls          for `days`: does a last day off go to the next working day
    counts_from    another day than the parameter's; empty: the parameter's
    layer          national or overlay
    """

    parameter: str
    unit: str
    value: Value
    key: Key
    scope: Scope
    instrument: str
    kind: str
    article: str
    in_force_from: date
    in_force_until: date | None
    known_from: date
    certainty: str
    note: str = ""
    rolls: bool | None = None
    counts_from: str = ""
    layer: str = "national"
    name: str = field(init=False)

    def __post_init__(self) -> None:
        where = [f"{trait}={value}" for trait, value in self.key]
        where += [f"{trait}={'|'.join(names)}" for trait, names in self.scope]
        layer = "" if self.layer == "national" else f"+{self.layer}"
        tail = f"[{','.join(where)}]" if where else ""
        object.__setattr__(self, "name", f"{self.parameter}@{self.in_force_from}{layer}{tail}")

    @property
    def channel(self) -> str | None:
        """The channel of disclosure the row belongs to, or None."""
        return dict(self.key).get("channel")

    @property
    def is_none(self) -> bool:
        """Whether the law sets no term here."""
        return self.unit == "none"

    @property
    def is_never(self) -> bool:
        """Whether no day will do."""
        return self.unit == "never"

    @property
    def is_verified(self) -> bool:
        """Whether the value was read in a text, so that no badge is shown."""
        return self.certainty == "verified"

    @property
    def citation(self) -> str:
        """Instrument and article as printed beside a statement."""
        return f"{self.instrument} {self.article}".strip()

    @property
    def number(self) -> int:
        """The value of a row with a number, in the row's unit."""
        if self.unit in NUMBER_UNITS and type(self.value) is int:
            return self.value
        raise self._not("a number")

    @property
    def names(self) -> tuple[str, ...]:
        """The value of a `list` row."""
        if self.unit == "list" and isinstance(self.value, tuple):
            return self.value
        raise self._not("a list")

    @property
    def choice(self) -> str:
        """The value of a `choice` row."""
        if self.unit == "choice" and isinstance(self.value, str):
            return self.value
        raise self._not("a choice")

    @property
    def text(self) -> str:
        """The value of a `text` row."""
        if self.unit == "text" and isinstance(self.value, str):
            return self.value
        raise self._not("a text")

    @property
    def flag(self) -> bool:
        """The value of a `flag` row."""
        if self.unit == "flag" and isinstance(self.value, bool):
            return self.value
        raise self._not("a flag")

    def matches(self, traits: Mapping[str, str]) -> bool:
        """Whether the row's scope admits these traits."""
        return all(traits.get(trait) in names for trait, names in self.scope)

    def may_meet(self, other: Row) -> bool:
        """Whether some facts fall under both rows."""
        own, others = dict(self.scope), dict(other.scope)
        return all(set(own[trait]) & set(others[trait]) for trait in own.keys() & others.keys())

    def is_narrower_than(self, other: Row) -> bool:
        """Whether every fact of this row is one of the other's, and not the other way round."""
        own, others = dict(self.scope), dict(other.scope)
        return own != others and all(trait in own and set(own[trait]) <= set(names) for trait, names in others.items())

    def _not(self, wanted: str) -> TypeError:
        return TypeError(f"{self.name} is {self.unit}, not {wanted}")


def narrowest_first(row: Row) -> tuple[int, int, Scope]:
    """Sort key that puts a narrower row before every wider one it overlaps."""
    return (-len(row.scope), sum(len(names) for _, names in row.scope), row.scope)
