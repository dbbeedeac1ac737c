"""One version of the rulebook: its rows indexed, its text and hash, and how a row is selected.

The parameter names the selecting day; the key picks the timeline; the edition in force on that day
answers, a bureau's overlay first; in it the narrowest row that matches. No row: `NoRule`.
What was answered once is remembered as long as the rulebook object lives, so it can never be stale.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from domain.law.answers import Choice, FactMissing, Facts, NoRule, NotAsked, Selection, Term
from domain.law.calendar_editions import WorkingDays
from domain.law.checking import check_contents, timelines_of
from domain.law.code_lists import Code, CodeList
from domain.law.contents import Contents, parameters_by_name
from domain.law.loading import check_row, parse_toml, read_folder, read_instrument
from domain.law.rows import LAYERS, Instrument, Key, Parameter, Row, RulebookRefused, narrowest_first
from domain.law.text import dump, parse, version_of

Asked = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Layer:
    """The editions of one layer: first days in order, and each edition's rows, narrowest first."""

    starts: tuple[date, ...]
    editions: tuple[tuple[Row, ...], ...]

    def place(self, day: date) -> int:
        return bisect_right(self.starts, day) - 1


@dataclass(frozen=True, slots=True)
class Changes:
    """What one version has that another lacked: names of rows, parameters and calendars."""

    added: tuple[str, ...]
    altered: tuple[str, ...]
    gone: tuple[str, ...]


class Rulebook:
    """An immutable version of the law as data.

    version     64 hexadecimal digits, SHA-256 of `text`
    text        the canonical bytes; for an adopted version exactly those that were stored
    """

    def __init__(self, contents: Contents, text: bytes | None = None) -> None:
        self.contents = contents
        self.text = dump(contents) if text is None else text
        self.version = version_of(self.text)
        self.parameters: Mapping[str, Parameter] = parameters_by_name(contents.parameters)
        self.instruments: Mapping[str, Instrument] = {one.name: one for one in contents.instruments}
        self.working_days = WorkingDays(contents.calendars)
        self.terms: dict[Asked, Term] = {}
        self.choices: dict[Asked, Choice] = {}
        self._chosen: dict[Asked, Selection] = {}
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._layers: dict[tuple[str, Key], dict[str, _Layer]] = defaultdict(dict)
        for (name, key, layer), timeline in sorted(timelines_of(contents.rows).items()):
            editions = tuple(tuple(sorted(rows, key=narrowest_first)) for rows in timeline.values())
            self._layers[name, key][layer] = _Layer(tuple(timeline), editions)
            self._rows[name] += [row for rows in editions for row in rows]
        self._reads = {name: self._read_by(one) for name, one in self.parameters.items()}
        self._codes: dict[str, list[Code]] = defaultdict(list)
        for code in contents.codes:
            self._codes[code.list_name].append(code)
        self._lists = {name: CodeList(name, tuple(codes)) for name, codes in self._codes.items()}

    # Making one

    @classmethod
    def from_files(cls, overlay: Path | None = None, folder: Path | None = None) -> Rulebook:
        """Read and check the files of the release, and a bureau's overlay folder on top."""
        return cls.from_contents(read_folder(overlay=overlay) if folder is None else read_folder(folder, overlay))

    @classmethod
    def from_contents(cls, contents: Contents) -> Rulebook:
        """Check the contents and make a version of them."""
        check_contents(contents)
        return cls(contents)

    @classmethod
    def from_text(cls, text: bytes) -> Rulebook:
        """Read a stored text back; its hash is that of the bytes given, no file is needed."""
        return cls(parse(text), text)

    def replacing(self, fields_by_row: Mapping[str, Mapping[str, Any]]) -> Rulebook:
        """A draft with fields of some rows replaced, by row name; all load checks run."""
        unknown = set(fields_by_row) - {row.name for row in self.contents.rows}
        if unknown:
            named = "、".join(sorted(unknown))
            raise RulebookRefused(f"没有名为 {named} 的规则行", f"no row is named {named}")
        return self._with_rows(
            replace(row, **fields_by_row[row.name]) if row.name in fields_by_row else row for row in self.contents.rows
        )

    def adding(self, rows: Iterable[Row], instrument: Instrument | None = None) -> Rulebook:
        """A draft with the rows of a draft instrument added; all load checks run."""
        added = () if instrument is None else (instrument,)
        widened = replace(self.contents, instruments=(*self.contents.instruments, *added))
        return Rulebook(widened)._with_rows((*self.contents.rows, *rows))

    def adding_file(self, text: str, place: str = "draft", layer: str = LAYERS[0]) -> Rulebook:
        """A draft with the rows of one more instrument, written as its file would be."""
        head, parameters = self.contents.head, self.contents.parameters
        instrument, rows = read_instrument(parse_toml(text, place), place, head, parameters, layer)
        return self.adding(rows, instrument)

    def as_known(self, day: date) -> Rulebook:
        """The rows and calendars that could be read on a day."""
        return Rulebook.from_contents(
            replace(
                self.contents,
                rows=tuple(one for one in self.contents.rows if one.known_from <= day),
                instruments=tuple(one for one in self.contents.instruments if one.known_from <= day),
                calendars=tuple(one for one in self.contents.calendars if one.known_from <= day),
            )
        )

    def without(self, kind: str) -> Rulebook:
        """The version without the instruments of one kind: a real register knows no invented samples."""
        return Rulebook.from_contents(
            replace(
                self.contents,
                rows=tuple(one for one in self.contents.rows if one.kind != kind),
                instruments=tuple(one for one in self.contents.instruments if one.kind != kind),
            )
        )

    def known_days(self) -> tuple[date, ...]:
        """The days on which something became known, in order: one version for each."""
        rows = {one.known_from for one in self.contents.rows}
        return tuple(sorted(rows | {one.known_from for one in self.contents.calendars}))

    def _with_rows(self, rows: Iterable[Row]) -> Rulebook:
        contents = replace(self.contents, rows=tuple(rows))
        for row in contents.rows:
            if row.parameter not in self.parameters:
                raise RulebookRefused(f"参数 {row.parameter} 未声明", f"undeclared parameter {row.parameter}")
            check_row(row, self.parameters[row.parameter], contents.head, "draft")
        return Rulebook.from_contents(contents)

    # Asking

    def asks(self, parameter: str) -> bool:
        """Whether this version knows the parameter; an older one may not, and then it was not asked."""
        return parameter in self.parameters

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of the version."""
        return tuple(self.contents.rows)

    def rows_of(self, parameter: str) -> tuple[Row, ...]:
        """All rows of a parameter: by key, layer and first day, narrowest first."""
        return tuple(self._rows.get(parameter, ()))

    def row(self, name: str) -> Row:
        """The row of a name, as events keep it; KeyError if this version has none."""
        for one in self._rows.get(name.split("@", 1)[0], ()):
            if one.name == name:
                return one
        raise KeyError(name)

    def code_list(self, name: str) -> CodeList:
        """A code list with all its codes, whenever used; KeyError if this version has none."""
        return self._lists[name]

    def asked(self, parameter: str, facts: Facts) -> Asked:
        """What an answer depends on: the days and traits that the parameter reads."""
        days, traits = self._reads[parameter]
        return (
            parameter,
            *[facts.days.get(day) for day in days],
            *[facts.traits.get(trait) for trait in traits],
        )

    def select(self, parameter: str, facts: Facts, transition: str = "strict") -> Selection:
        """The row for these facts; with `transition` "lenient" the later editions' rows as well.

        Raises NotAsked, FactMissing, NoRule.
        """
        declared = self.parameters.get(parameter)
        if declared is None:
            raise NotAsked(parameter)
        asked = (transition, *self.asked(parameter, facts))
        found = self._chosen.get(asked)
        if found is None:
            found = self._chosen[asked] = self._choose(declared, facts, transition)
        return found

    def _choose(self, parameter: Parameter, facts: Facts, transition: str) -> Selection:
        on, traits = facts.days.get(parameter.selected_by), facts.traits
        if on is None:
            raise FactMissing(parameter.name, parameter.selected_by)
        for trait in parameter.key:
            if trait not in traits:
                raise FactMissing(parameter.name, trait)
        layers = self._layers.get((parameter.name, tuple((trait, traits[trait]) for trait in sorted(parameter.key))))
        row = _row_on(layers, on, traits) if layers else None
        if layers is None or row is None:
            seen = {one: traits[one] for one in (*parameter.key, *parameter.varies_by) if one in traits}
            raise NoRule(parameter.name, on, seen)
        if transition == "strict" or parameter.later == "own":
            return Selection(row)
        later: list[Row] = []
        silent: list[date] = []
        for day in sorted({start for layer in layers.values() for start in layer.starts if start > on}):
            other = _row_on(layers, day, traits)
            if other is None:
                silent.append(day)
            elif other.in_force_from == day:
                later.append(other)
        return Selection(row, tuple(later), tuple(silent))

    def _read_by(self, parameter: Parameter) -> tuple[tuple[str, ...], tuple[str, ...]]:
        counted = {row.counts_from for row in self._rows.get(parameter.name, ())} | {parameter.counts_from}
        days = dict.fromkeys((parameter.selected_by, *sorted(counted - {""})))
        return tuple(days), (*parameter.key, *parameter.varies_by)

    # Reporting

    def report(self) -> tuple[str, ...]:
        """What an approver should see: timelines that begin after the horizon, overlays fallen silent."""
        lines = []
        for (name, key), layers in sorted(self._layers.items()):
            named = ",".join(f"{trait}={value}" for trait, value in key)
            national = layers[LAYERS[0]]
            if national.starts[0] > self.contents.head.horizon:
                lines.append(f"{name}[{named}] begins on {national.starts[0]}")
            for start in layers[LAYERS[1]].starts if LAYERS[1] in layers else ():
                following = national.place(start) + 1
                if following < len(national.starts):
                    lines.append(f"{name}@{start}+overlay silent from {national.starts[following]}")
        return tuple(lines)

    def changes_from(self, older: Rulebook) -> Changes:
        """What this version added, altered and dropped against an older one, by name."""
        ours, theirs = _named(self.contents), _named(older.contents)
        return Changes(
            tuple(sorted(ours.keys() - theirs.keys())),
            tuple(sorted(name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name])),
            tuple(sorted(theirs.keys() - ours.keys())),
        )


def _row_on(layers: Mapping[str, _Layer], day: date, traits: Mapping[str, str]) -> Row | None:
    national = layers[LAYERS[0]]
    place = national.place(day)
    if place < 0:
        return None
    rows = national.editions[place]
    over = layers.get(LAYERS[1])
    if over is not None and (laid := over.place(day)) >= 0 and national.place(over.starts[laid]) == place:
        # An overlay lies on one national edition; when that one is replaced it falls silent.
        rows = (*over.editions[laid], *rows)
    return next((row for row in rows if row.matches(traits)), None)


def _named(contents: Contents) -> dict[str, object]:
    named: dict[str, object] = {row.name: row for row in contents.rows}
    named |= {f"parameter.{one.name}": one for one in contents.parameters}
    named |= {one.name: one for one in contents.calendars}
    return named | {f"code.{one.list_name}.{one.code}": one for one in contents.codes}
