"""From facts to rows: which streams a batch of facts touches, their files, and the rows of every view.

Files are kept in memory from batch to batch, so that a long catch-up reads each fact once; a stream is read from its
beginning only where its file is not at hand. What cannot be read, folded or derived is told apart stream by stream, so
that one broken stream does not stop the others.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.event import Fact
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.mapper import CreditMapper
from projections import log
from projections.log import StoredRow
from projections.named_queries import Connection
from projections.view import Kind
from projections.views.catalogue import KIND_OF

FILES_MAX = 20_000
"""Files kept in memory; one with a handful of facts takes a few kilobytes."""


@dataclass(slots=True)
class Derived:
    """What one batch changes.

    streams   of each kind, the streams whose rows are replaced, the failed ones included
    rows      of each view, the rows that take their place
    facts     stream and version of the facts whose own rows are replaced
    failed    stream → what failed, in words that quote nothing the facts say
    """

    streams: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    facts: list[tuple[UUID, int]] = field(default_factory=list)
    failed: dict[UUID, str] = field(default_factory=dict)

    def without_rows(self) -> Derived:
        """The same streams, all rows gone."""
        return Derived(self.streams, defaultdict(list), self.facts, self.failed)


class Deriver:
    """Derives rows and remembers files. Not for several threads at once."""

    def __init__(self, mapper: CreditMapper, files_max: int = FILES_MAX) -> None:
        self._mapper = mapper
        self._files_max = files_max
        self._files: OrderedDict[UUID, tuple[int, Any]] = OrderedDict()

    def forget(self) -> None:
        """Drop every file, as after a batch that was not committed."""
        self._files.clear()

    def derive(
        self, connection: Connection, kind: Kind[Any], news: dict[UUID, list[Fact]], until: int,
        rulebook: Rulebook | None, derived: Derived, views: frozenset[str],
    ) -> None:  # fmt: skip
        """The rows of these streams as of a position, in the named views only.

        news   stream → its facts of this batch in order; without any, the stream is read from its beginning
        rulebook   None before the first adoption: then what asks the law has no rows yet
        A kind with none of the views is not folded: a file left behind is read anew when its next fact comes.
        """
        wanted = [view for view in kind.views if view.name in views]
        if not wanted:
            derived.streams[kind.name] += news
            return
        files = self._bring_up(connection, kind, news, until, derived)
        rules = Reading(rulebook) if rulebook is not None else None
        for stream in news:
            derived.streams[kind.name].append(stream)
            if stream not in files or (rules is None and kind.uses_rules):
                continue
            try:
                rows = [(view.name, list(view.rows(files[stream], rules))) for view in wanted]  # type: ignore[arg-type]
            except Exception as error:
                # A rule or a file that this release cannot answer for must not stop everybody else's pages.
                derived.failed[stream] = f"cannot be derived: {type(error).__name__}"
                self._files.pop(stream, None)
                continue
            for name, found in rows:
                derived.rows[name] += found
            if rules is not None:
                rules.forget()
        while len(self._files) > self._files_max:
            self._files.popitem(last=False)

    def derive_steps(self, kind: Kind[Any], facts: Iterable[Fact], derived: Derived, views: frozenset[str]) -> None:
        """The rows that belong to single facts, in the named views only."""
        wanted = [view for view in kind.fact_views if view.name in views]
        if not wanted:
            return
        for fact in facts:
            derived.facts.append((fact.originator_id, fact.originator_version))
            try:
                found = [(view.name, view.rows(fact)) for view in wanted]
            except Exception as error:
                derived.failed[fact.originator_id] = f"cannot be derived: {type(error).__name__}"
                continue
            for name, rows in found:
                derived.rows[name] += rows

    def _bring_up(
        self, connection: Connection, kind: Kind[Any], news: dict[UUID, list[Fact]], until: int, derived: Derived
    ) -> dict[UUID, Any]:
        files: dict[UUID, Any] = {}
        unknown: list[UUID] = []
        for stream, facts in news.items():
            if stream in derived.failed:
                continue
            version, file = self._files.get(stream, (0, None))
            if not facts or facts[0].originator_version != version + 1:
                unknown.append(stream)
                continue
            self._fold(kind, stream, kind.empty(stream) if file is None else file, facts, files, derived)
        for stream, rows in by_stream(log.streams(connection, unknown, until) if unknown else []).items():
            try:
                facts = [self._mapper.to_fact(row) for row in rows]
            except Exception as error:
                derived.failed[stream] = f"cannot be read: {type(error).__name__}"
                continue
            self._fold(kind, stream, kind.empty(stream), facts, files, derived)
        return files

    def _fold(
        self, kind: Kind[Any], stream: UUID, file: Any, facts: Sequence[Fact], files: dict[UUID, Any], derived: Derived
    ) -> None:
        self._files.pop(stream, None)
        try:
            for fact in facts:
                file = kind.fold(file, fact)
        except Exception as error:
            derived.failed[stream] = f"cannot be folded: {type(error).__name__}"
            return
        files[stream] = file
        self._files[stream] = (facts[-1].originator_version, file)


def by_stream(rows: Iterable[StoredRow]) -> dict[UUID, list[StoredRow]]:
    """Rows gathered by stream, in the order given."""
    found: dict[UUID, list[StoredRow]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def kind_of(fact: Fact) -> Kind[Any] | None:
    """The kind of stream a fact belongs to, None for one without views."""
    return KIND_OF.get(type(fact.event))
