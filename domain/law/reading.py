"""The law as one decision reads it, remembering each row it was handed.

A fresh reading for each decision is cheap: answers are remembered in the rulebook. The register
stamps `legal_basis` and the rows of an event from `used`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from domain.law.answers import Choice, Facts, NoRule, Term
from domain.law.calendar_editions import WorkingDays
from domain.law.code_lists import CodeList
from domain.law.counting import count
from domain.law.rows import Row
from domain.law.rulebook import Rulebook
from domain.law.terms import choose, term

CREDIT_SITE = "credit_site"
PUBLICITY_SYSTEM = "publicity_system"
NOTHING: Mapping[str, str] = {}
NO_DAYS: Mapping[str, date] = {}


class Reading:
    """One decision's view of a rulebook version.

    channel   the trait `channel` of every question that names none; the bureau's own records
              go to the credit site (信用网站)
    """

    __slots__ = ("_used", "channel", "rulebook")

    def __init__(self, rulebook: Rulebook, channel: str = CREDIT_SITE) -> None:
        self.rulebook = rulebook
        self.channel = channel
        self._used: dict[str, Row] = {}

    @property
    def version(self) -> str:
        """The rulebook version read."""
        return self.rulebook.version

    @property
    def working_days(self) -> WorkingDays:
        """The calendar known to the version."""
        return self.rulebook.working_days

    @property
    def used(self) -> tuple[Row, ...]:
        """Each row handed out since the start or the last `forget`, in order, once."""
        return tuple(self._used.values())

    def forget(self) -> None:
        """Begin anew, as for the next decision."""
        self._used.clear()

    def rest_on(self, rows: Iterable[Row]) -> None:
        """Keep rows that another reading was handed as read by this one."""
        for row in rows:
            self._keep(row)

    def asks(self, parameter: str) -> bool:
        """Whether the version knows the parameter; if not, it was not asked then."""
        return self.rulebook.asks(parameter)

    def select(
        self,
        parameter: str,
        *,
        traits: Mapping[str, str] = NOTHING,
        days: Mapping[str, date] = NO_DAYS,
        **on: date,
    ) -> Row:
        """The row for these facts, by the parameter's own selecting day.

        Raises NotAsked, FactMissing, NoRule.
        """
        return self._keep(self.rulebook.select(parameter, self._facts(traits, days, on)).row)

    def term(
        self,
        parameter: str,
        *,
        traits: Mapping[str, str] = NOTHING,
        days: Mapping[str, date] = NO_DAYS,
        **on: date,
    ) -> Term:
        """Until when, with the more favourable later law where the parameter allows it.

        Raises NotAsked, FactMissing, NoRule; TypeError where the parameter is no term.
        """
        found = term(self.rulebook, parameter, self._facts(traits, days, on))
        for row in found.rows:
            self._keep(row)
        return found

    def choose(
        self,
        parameter: str,
        *,
        traits: Mapping[str, str] = NOTHING,
        days: Mapping[str, date] = NO_DAYS,
        **on: date,
    ) -> Choice:
        """Which choice, and from when a later law makes it the favourable one.

        Raises NotAsked, FactMissing, NoRule; TypeError where the parameter is no choice.
        """
        found = choose(self.rulebook, parameter, self._facts(traits, days, on))
        for row in found.rows:
            self._keep(row)
        return found

    def lists(self, name: str, on: date) -> CodeList:
        """The codes of a list that may be used on a day; KeyError if the version has no such list."""
        return self.rulebook.code_list(name).on(on)

    def _facts(self, traits: Mapping[str, str], days: Mapping[str, date], on: Mapping[str, date]) -> Facts:
        return Facts({**days, **on} if days else on, {"channel": self.channel, **traits})

    def _keep(self, row: Row) -> Row:
        self._used.setdefault(row.name, row)
        return row


def unbroken_since(reading: Reading, row: Row, traits: Mapping[str, str] = NOTHING) -> date:
    """First day since which the law has said without a break, for these traits, what the row says.

    A later edition that says the same again does not begin anew. Rows looked at on the way are not kept as read.
    """
    rules, asked = reading.rulebook, {"channel": reading.channel, **traits}
    selected_by, since = rules.parameters[row.parameter].selected_by, row.in_force_from
    starts = {one.in_force_from for one in rules.rows_of(row.parameter)}
    for day in sorted((one for one in starts if one < since), reverse=True):
        try:
            earlier = rules.select(row.parameter, Facts({selected_by: day}, asked)).row
        except NoRule:
            break
        if (earlier.value, earlier.unit) != (row.value, row.unit):
            break
        since = earlier.in_force_from
    return since


def longest_disclosure(reading: Reading, decided_on: date) -> date | None:
    """The latest last day of disclosure of any class of the scheme in force on the decision day.

    None where the version knows no scheme or no maximum on that day: then nothing is beyond it.
    """
    rules = reading.rulebook
    facts = Facts({"decided_on": decided_on}, {"channel": reading.channel})
    scheme = rules.select("class.scheme", facts).row if _answers(reading, "class.scheme", facts) else None
    if scheme is None:
        return None
    reading._keep(scheme)
    best: date | None = None
    longest: Row | None = None
    for traits in [dict([one.split("/", 1)]) for one in scheme.names] or [{}]:
        row = rules.select("disclosure.max", Facts(facts.days, {**facts.traits, **traits})).row
        due = count(row, decided_on, rules.working_days)
        if due is None:
            return None
        if best is None or due.on > best:
            best, longest = due.on, row
    if longest is not None:
        reading._keep(longest)
    return best


def _answers(reading: Reading, parameter: str, facts: Facts) -> bool:
    rows = reading.rulebook.rows_of(parameter)
    on = facts.days["decided_on"]
    return any(row.channel == reading.channel and row.in_force_from <= on for row in rows)
