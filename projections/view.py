"""What a view is: a question, the rows that answer it, and how they follow from one stream.

Rows follow purely from a stream's file and the rulebook, with periods instead of "is so now": the live page, the page
of a past day and a rebuilt page are then the same thing. A table has the columns of its row class, in that order, and
the rows of one stream are written together, so that applying a fact twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.event import Event, Fact
from domain.law.reading import Reading

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class View(Generic[F]):
    """One table of the schema `view`.

    name    of the table
    row     frozen dataclass of its columns; `key` is the column that holds the stream
    rows    the rows of one stream's file; pure
    json    columns that hold JSON
    """

    name: str
    row: type[Any]
    rows: Callable[[F, Reading], Sequence[Any]]
    key: str = "subject_id"
    json: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(one.name for one in fields(self.row))


@dataclass(frozen=True, slots=True)
class FactView:
    """One table with at most one row for each fact, which no later fact changes; keyed by stream and version."""

    name: str
    row: type[Any]
    rows: Callable[[Fact], Sequence[Any]]
    key: str = "subject_id"
    json: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(one.name for one in fields(self.row))


@dataclass(frozen=True, slots=True)
class Kind(Generic[F]):
    """A kind of stream that views are derived from.

    events      what such a stream holds; `begins_with` the event it begins with
    uses_rules  whether the rows depend on the rulebook, so that a new version derives every stream anew
    """

    name: str
    events: frozenset[type[Event]]
    begins_with: type[Event]
    empty: Callable[[UUID], F]
    fold: Callable[[F, Fact], F]
    views: tuple[View[F], ...]
    fact_views: tuple[FactView, ...] = ()
    uses_rules: bool = True
