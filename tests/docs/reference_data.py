"""Reference pages of what is kept: the rules of law as rows, and the tables of the database with their comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from api.disclosure.words import value_words
from api.law_of_release import law_of_release
from api.migrations import FOUNDATION, steps
from domain.law.rows import Parameter, Row
from tests.docs.markdown import page, table

# Rules


def rules() -> str:
    """Every parameter with its rows by date."""
    law = law_of_release()
    parts = []
    for parameter in law.parameters.values():
        rows = sorted(
            (row for row in law.contents.rows if row.parameter == parameter.name),
            key=lambda row: (row.key, row.in_force_from, row.scope, row.layer),
        )
        parts.append(_parameter(parameter, [_row(row) for row in rows]))
    instruments = sorted(law.instruments.values(), key=lambda one: (one.in_force_from, one.name))
    sources = table(
        ("in force from", "instrument", "title", "kind"),
        [(str(one.in_force_from), one.name, one.title, f"`{one.kind}`") for one in instruments],
    )
    return page("Rules", RULES, *parts, f"## Instruments\n\n{sources}")


RULES = """The law as this release proposes it, row by row; a register runs on the version it adopted, see
[change a rule](../how-to/change-a-rule.md). A row answers from its first day until a later edition of the same
question; it has no end of its own. *Unverified* (待核实): the number or the article was not read in a text; pages that
rest on such a row say so. The invented instruments of the demonstration are left out."""
HEADINGS = ("in force from", "for", "value", "source", "certainty", "note")


def _parameter(one: Parameter, rows: list[tuple[str, ...]]) -> str:
    said = [f"selected by `{one.selected_by}`"]
    if one.counts_from:
        said.append(f"counted from `{one.counts_from}`")
    if one.later == "more_favourable":
        said.append("a later, more favourable edition may win")
    if one.overlay:
        said.append("a bureau may lay its own row over it")
    if one.certainty != "verified":
        said.append(f"the selecting day is unverified ({one.note})")
    listed = table(HEADINGS, rows) or "No row yet: where it is asked, the register refuses."
    return f"## `{one.name}` {one.zh}, {one.en}\n\n{'; '.join(said).capitalize()}.\n\n{listed}"


def _row(row: Row) -> tuple[str, ...]:
    facts = [f"{trait} = {name}" for trait, name in row.key]
    facts += [f"{trait} = {', '.join(names)}" for trait, names in row.scope]
    _, value = value_words(row.value, row.unit)
    start = str(row.in_force_from)
    if row.known_from != row.in_force_from:
        start += f" (known from {row.known_from})"
    if row.in_force_until:
        start += f" until {row.in_force_until}"
    return start, "; ".join(facts), value, row.citation, row.certainty, row.note


# Tables


@dataclass
class Table:
    """A table as its DDL has it."""

    name: str
    columns: dict[str, str]
    said: str = ""
    notes: dict[str, str] = field(default_factory=dict)


NONE_YET: Mapping[str, Table] = {}
TABLES = """Every table of the database, from the files that make it. `view.*`, `view_progress` and `view_parked` can be
dropped and derived again from `credit_events`; the other tables can not."""


def tables() -> str:
    """Every table with its columns and comments."""
    parts = []
    made: dict[str, Table] = {}
    for name, text in sources():
        found = read_ddl(text, made)
        made |= found
        if found:
            parts.append(f"## `{name}`")
        for one in found.values():
            rows = [(f"`{column}`", kind, one.notes.get(column, "")) for column, kind in one.columns.items()]
            parts.append(f"### `{one.name}`\n\n{one.said}\n\n{table(('column', 'type', 'meaning'), rows)}")
    return page("Tables", TABLES, *parts)


def sources() -> list[tuple[str, str]]:
    """Name and text of what makes tables, in the order it is run."""
    return [("api/migrations.py", FOUNDATION), *((step.name, step.text) for step in steps())]


def read_ddl(text: str, made: Mapping[str, Table] = NONE_YET) -> dict[str, Table]:
    """The tables a file creates, changes or explains anew, whole, with their comments; `made` are those before it."""
    found: dict[str, Table] = {}

    def known(name: str) -> Table:
        if name not in found:
            found[name] = replace(made[name], columns=dict(made[name].columns), notes=dict(made[name].notes))
        return found[name]

    for name, column, kind in re.findall(rf"ALTER TABLE ([\w.]+) ADD COLUMN (\w+)\s+({TYPES})", text):
        known(name).columns[column] = kind
    for name, body in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?([\w.]+) \(\n(.*?)\n\)", text, re.S):
        columns = re.findall(rf"^\s+([a-z][a-z0-9_]*)\s+({TYPES})", body, re.M)
        found[name] = Table(name, dict(columns))
    for name, said in re.findall(r"COMMENT ON TABLE ([\w.]+) IS\s+'((?:[^']|'')*)'", text):
        known(name).said = said.replace("''", "'")
    for name, column, said in re.findall(r"COMMENT ON COLUMN ([\w.]+)\.(\w+) IS\s+'((?:[^']|'')*)'", text):
        known(name).notes[column] = said.replace("''", "'")
    return found


TYPES = r"(?:uuid|text|bigint|int|smallint|date|boolean|jsonb|bytea|timestamptz|numeric|double precision)(?:\[\])?"
