"""Rulebook versions (规则版本): which text of the law the register runs on, and since when it knew it.

The files of a release are a proposal. A version counts from the moment its adoption is recorded; its full text is kept
in the database under its hash, so that a later release cannot change what an old decision rested on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch
from typing import ClassVar
from uuid import UUID

from domain.context import Context
from domain.event import Event, Fact, Origin
from domain.refusals import Refused

STREAM = UUID("00000000-0000-4000-8000-72756c657300")
"""The one stream of rulebook adoptions."""

# Events


class RulebookAdopted(Event):
    """States that the register runs on this version from here on.

    version   SHA-256 of the adopted text, 64 hex digits; `replaces` the version before, "" for the first
    added, altered, gone   names of rows, compared with the version before
    Since v1.
    """

    TOPIC: ClassVar[str] = "casework/RulebookAdopted.v1"
    version: str
    replaces: str
    added: tuple[str, ...]
    altered: tuple[str, ...]
    gone: tuple[str, ...]
    reason: str


EVENTS: tuple[type[Event], ...] = (RulebookAdopted,)

# State


@dataclass(frozen=True, slots=True)
class Versions:
    """The adoptions in order; the last one is in use."""

    version: int = 0
    adopted: tuple[tuple[RulebookAdopted, Origin], ...] = ()

    @classmethod
    def empty(cls, stream_id: UUID) -> Versions:
        """Before the first adoption."""
        return cls()

    @property
    def in_use(self) -> str:
        """The version in use, "" before the first adoption."""
        return self.adopted[-1][0].version if self.adopted else ""


# Evolve


@singledispatch
def evolve(event: Event, versions: Versions, fact: Fact) -> Versions:
    """Fold one event in. An event of another stream is corruption: stop."""
    raise TypeError(f"rulebook versions cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: RulebookAdopted, versions: Versions, fact: Fact) -> Versions:
    return replace(versions, adopted=(*versions.adopted, (event, fact.origin)))


def fold(versions: Versions, fact: Fact) -> Versions:
    """Fold one fact in."""
    return replace(evolve(fact.event, versions, fact), version=fact.originator_version)


# Checks


class VersionInUse(Refused):
    zh = "这一规则版本已在使用；无需再采用。"
    en = "This rulebook version is already in use; there is nothing to adopt."


# Decisions


def adopt_rulebook(
    versions: Versions, context: Context, *, version: str, added: tuple[str, ...], altered: tuple[str, ...],
    gone: tuple[str, ...], reason: str,
) -> list[Event]:  # fmt: skip
    """Adopt a rulebook version (采用规则版本); its text must already be kept.

    Refused, in this order: VersionInUse.
    Basis: design of the register: decisions rest on the adopted text, not on the files of a release.
    """
    if versions.in_use == version:
        raise VersionInUse
    return [
        RulebookAdopted(
            version=version, replaces=versions.in_use, added=added, altered=altered, gone=gone, reason=reason
        )
    ]  # fmt: skip
