"""What did the register know of a subject at T, and what held on day D? (回放)

"Known at" is a prefix of the log, so an answer for a past position never changes whatever is recorded later; "in force
on" is a day of its own. What was recorded after T and changes the answer for D is told beside it, found by comparing
the answers before and after each later fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.casework.rulebook_versions import STREAM as ADOPTIONS
from domain.casework.rulebook_versions import RulebookAdopted
from domain.credit_file.file import CreditFile, fold, fold_all
from domain.credit_file.standing import Standing, standing
from domain.credit_file.stated import Stated
from domain.event import Fact
from domain.law.reading import Reading
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections import log
from projections.replay.timeline import Stretch, timeline
from projections.views import disclosure
from projections.views.disclosure import Shown

Moment = datetime | int | None
"""Known at: an instant (aware), a position, or None for the head of the log."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two answers; None on the side that lacks it."""

    item: str
    about: str
    before: Stated | None
    after: Stated | None


@dataclass(frozen=True, slots=True)
class LearntLater:
    """A fact recorded after the moment asked for that changes the answer for the day.

    event   name of the event; `RulebookAdopted` where a new version of the law changes it
    """

    event: str
    version: int
    position: int
    recorded_at: datetime
    officer_id: str
    role: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """The whole answer.

    known_at          the position meant; `known_at_instant` its instant, None for an empty log
    rulebook_version  the version in use then, by which the day was answered
    standing          None where the subject was not registered then
    later             what was learnt afterwards and changes the answer, in order
    stretches         the file as known then, as pieces of a timeline
    head              the last position of the log when asked
    """

    subject_id: UUID
    known_at: int
    known_at_instant: datetime | None
    in_force_on: date
    rulebook_version: str
    standing: Standing | None
    later: tuple[LearntLater, ...]
    stretches: tuple[Stretch, ...]
    head: int


def replay(
    register: CreditRegister, rulebooks: Rulebooks, subject_id: UUID, known_at: Moment, in_force_on: date
) -> Replayed:
    """The subject at a moment and a day. Reads one stream. Raises NoRulebook where none was ever adopted."""
    head, _ = register.head()
    position = position_of(register, known_at, head)
    history = register.history(subject_id, head)
    before = [fact for fact in history if _at(fact) <= position]
    file = fold_all(subject_id, before)
    rulebook = rulebooks.at(position)
    answer = standing(file, in_force_on, Reading(rulebook))
    return Replayed(
        subject_id, position, instant_of(register, position), in_force_on, rulebook.version, answer,
        tuple(_later(register, rulebooks, file, history[len(before) :], answer, in_force_on, position)),
        tuple(timeline(file, Reading(rulebook))), head,
    )  # fmt: skip


def public_page_at(
    register: CreditRegister, rulebooks: Rulebooks, subject_id: UUID, known_at: Moment, on: date
) -> list[Shown]:
    """The statements the public page of that day showed, from what was known then: for auditors, never for the public.

    Given in today's shape; the order is that of the page.
    """
    position = position_of(register, known_at, register.head()[0])
    file = register.load(subject_id, position)
    if file.profile is None:
        return []
    shown = [
        one
        for one in disclosure.rows(file, Reading(rulebooks.at(position)))
        if one.shown_from <= on and (one.shown_until is None or on <= one.shown_until)
    ]
    return sorted(shown, key=_page_order)


def difference(before: Standing | None, after: Standing | None) -> tuple[Change, ...]:
    """The fields that differ between two answers, in the order of the file; a field is told by item, subject, place."""
    ours, theirs = _keyed(before), _keyed(after)
    keys = [*ours, *(key for key in theirs if key not in ours)]
    return tuple(
        Change(key[0], key[1], ours.get(key), theirs.get(key))
        for key in keys
        if _value(ours.get(key)) != _value(theirs.get(key))
    )


def position_of(register: CreditRegister, known_at: Moment, head: int) -> int:
    """The position a moment means, within the log: an instant means the last fact recorded at or before it."""
    if isinstance(known_at, datetime):
        rows = register.facts_recorder.select(log.QUERIES.texts["position_at"], instant=known_at)
        return min(int(rows[0][0]), head)
    return head if known_at is None else max(0, min(known_at, head))


def instant_of(register: CreditRegister, position: int) -> datetime | None:
    """The instant of a position, None for a position without a fact."""
    rows = register.facts_recorder.select(log.QUERIES.texts["recorded_at"], position=position)
    return rows[0][0] if rows else None


def _later(
    register: CreditRegister, rulebooks: Rulebooks, file: CreditFile, later: list[Fact], answer: Standing | None,
    on: date, position: int,
) -> Iterable[LearntLater]:  # fmt: skip
    adoptions = [fact for fact in register.history(ADOPTIONS) if _at(fact) > position]
    rulebook = rulebooks.at(position)
    for fact in sorted([*later, *adoptions], key=_at):
        if isinstance(fact.event, RulebookAdopted):
            rulebook = rulebooks.of_version(fact.event.version)
        else:
            file = fold(file, fact)
        after = standing(file, on, Reading(rulebook))
        changes = difference(answer, after)
        if changes:
            assert fact.recorded_at is not None
            actor = fact.envelope.actor
            yield LearntLater(
                type(fact.event).__name__, fact.originator_version, _at(fact), fact.recorded_at, actor.officer_id,
                actor.role, changes,
            )  # fmt: skip
        answer = after


def _keyed(answer: Standing | None) -> dict[tuple[str, str, int], Stated]:
    found: dict[tuple[str, str, int], Stated] = {}
    for one in answer.fields if answer else ():
        place = sum(key[:2] == (one.item, one.about) for key in found)
        found[one.item, one.about, place] = one
    return found


def _value(one: Stated | None) -> str | None:
    return one.value if one is not None else None


def _page_order(one: Shown) -> tuple[int, int, int]:
    return disclosure.KINDS.index(one.kind), -one.decided_on.toordinal(), -one.position


def _at(fact: Fact) -> int:
    assert fact.position is not None
    return fact.position
