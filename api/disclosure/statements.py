"""What the public may read, gathered for one day: a search, a subject, a list, the rules. Pages and JSON share it.

Every answer is read in one snapshot together with the position it prints. It holds only what is shown on the day:
nothing ended, nothing that waits, no count of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.disclosure.doors import Door, doors_of
from api.disclosure.words import MARKS, Words, value_words
from api.parts import Parts
from api.positions import Positions, positions_in, snapshot
from api.term_ruler import Ruler, days_left, ruler
from domain.credit_code import clean, is_shaped
from domain.law.reading import Reading
from projections.views import disclosure, subject_search
from projections.views.disclosure import Shown
from projections.views.subject_search import Card, Found

if TYPE_CHECKING:
    from psycopg import Connection

PAGE_SIZE = 20
LIST_PAGE_SIZE = 50
PAGE_NUMBER_MAX = 500
PERIOD_RULES = ("disclosure.shown", "disclosure.max", "repair.min", "licence.max", "list.term",
                "list.repair_min", "conduct.shown")  # fmt: skip
FEN_OF_WAN = 10_000 * 100
DISCREDIT = ("penalty", "listing")


@dataclass(frozen=True, slots=True)
class Basis:
    """One article the period rests on: its words, how certain it is (False wears ?待核), the rule's parameter."""

    citation: str
    words: Words
    is_certain: bool
    parameter: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One disclosed entry on the day.

    from_on     first day of the period as the law counts it
    days_left   days still to come, 0 on the last day, None without an end
    drawing     the term ruler, None without an end
    classes     the class of a penalty in words
    marks       that somebody contests it today, in words: no names, no claim
    amounts     fen of fine and confiscation that its content does not name already
    """

    entry: Shown
    from_on: date
    days_left: int | None
    drawing: Ruler | None
    bases: tuple[Basis, ...]
    classes: tuple[str, ...]
    amounts: tuple[tuple[Words, int], ...]
    doors: tuple[Door, ...]
    marks: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject's page: who it is, and what is disclosed of it on the day, by kind."""

    card: Card
    division_zh: str
    on: date
    statements: tuple[Statement, ...]
    where: Positions

    def of(self, kind: str) -> tuple[Statement, ...]:
        """The statements of a kind."""
        return tuple(one for one in self.statements if one.entry.kind == kind)

    @property
    def key(self) -> str:
        """What the subject's address ends with."""
        return self.card.code or str(self.card.subject_id)


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject found: why, and how much of each kind is shown on the day."""

    found: Found
    division_zh: str
    counts: dict[str, int]

    @property
    def key(self) -> str:
        return self.found.code or str(self.found.subject_id)

    @property
    def has_discredit(self) -> bool:
        """Whether a penalty or a listing is disclosed on the day."""
        return any(self.counts.get(kind) for kind in DISCREDIT)


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of a search."""

    asked: str
    number: int
    hits: tuple[Hit, ...]
    has_more: bool
    where: Positions


@dataclass(frozen=True, slots=True)
class ListShown:
    """A list type with how many are shown on it on the day."""

    list_type: str
    zh: str
    en: str
    shown: int


@dataclass(frozen=True, slots=True)
class Roll:
    """One page of a list on the day."""

    list_type: str
    zh: str
    en: str
    on: date
    number: int
    members: tuple[disclosure.OnList, ...]
    has_more: bool
    where: Positions


def search(parts: Parts, asked: str, number: int, on: date) -> Hits:
    """One page of the subjects found. A natural person is found only while something of theirs is disclosed."""
    rules = reading(parts)
    number = min(max(number, 1), PAGE_NUMBER_MAX)
    with snapshot(parts) as connection:
        found = subject_search.find(
            connection, asked, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE, public_on=on
        )
        counted = disclosure.counts_of(connection, [one.subject_id for one in found], on)
        where = positions_in(connection)
    counts: dict[UUID, dict[str, int]] = {}
    for count in counted:
        counts.setdefault(count.subject_id, {})[count.kind] = count.shown
    hits = [Hit(one, division_words(rules, one.division), counts.get(one.subject_id, {})) for one in found[:PAGE_SIZE]]
    return Hits(asked, number, tuple(hits), len(found) > PAGE_SIZE, where)


def subject(parts: Parts, key: str, on: date) -> Subject | None:
    """A subject by its code or id with all that is disclosed of it on the day; None where there is none.

    None as well for a natural person of whom nothing is disclosed: whether something ever was is not told; and for a
    second file of a subject, whose page is the main one.
    """
    rules = reading(parts)
    with snapshot(parts) as connection:
        card = _card(connection, key)
        entries = disclosure.of_subject(connection, card.subject_id, on) if card else []
        where = positions_in(connection)
    if card is None or card.joined_into is not None or (card.kind == "natural_person" and not entries):
        return None
    statements = tuple(statement_of(entry, on, rules) for entry in entries)
    return Subject(card, division_words(rules, card.division), on, statements, where)


def main_file_of(parts: Parts, key: str) -> str | None:
    """What the address of the main file ends with, where this is a second file of its subject; None for any other."""
    with snapshot(parts) as connection:
        card = _card(connection, key)
        main = subject_search.by_id(connection, card.joined_into) if card and card.joined_into else None
    return None if main is None else main.code or str(main.subject_id)


def list_types(parts: Parts, on: date) -> tuple[tuple[ListShown, ...], Positions]:
    """The lists of the rulebook that are the bureau's to show, with how many are on them on the day."""
    rules = reading(parts)
    with snapshot(parts) as connection:
        counted = disclosure.counts(connection, on)
        where = positions_in(connection)
    shown = {one.list_type: one.shown for one in counted if one.list_type is not None}
    codes = rules.rulebook.code_list("list_types").values()
    found = [ListShown(one.code, one.zh, one.en, shown.get(one.code, 0)) for one in codes if one.code in shown]
    return tuple(found), where


def roll(parts: Parts, list_type: str, number: int, on: date) -> Roll | None:
    """One page of a list on the day, None for a list that the rulebook does not know."""
    rules = reading(parts)
    code = rules.rulebook.code_list("list_types").get(list_type)
    if code is None:
        return None
    number = min(max(number, 1), PAGE_NUMBER_MAX)
    with snapshot(parts) as connection:
        members = disclosure.of_list(
            connection, list_type, on, limit=LIST_PAGE_SIZE + 1, offset=(number - 1) * LIST_PAGE_SIZE
        )
        where = positions_in(connection)
    page = tuple(members[:LIST_PAGE_SIZE])
    return Roll(list_type, code.zh, code.en, on, number, page, len(members) > LIST_PAGE_SIZE, where)


def reading(parts: Parts) -> Reading:
    """The law in use now."""
    return Reading(parts.rulebooks.in_use())


def division_words(rules: Reading, division: str) -> str:
    """The name of a division; the city itself is 市本级."""
    code = rules.rulebook.code_list("divisions").get(division)
    if code is None:
        return division
    return "市本级" if code.kind == "city" else code.zh


def _card(connection: Connection[tuple[Any, ...]], key: str) -> Card | None:
    if is_shaped(clean(key)):
        return subject_search.by_code(connection, key)
    try:
        return subject_search.by_id(connection, UUID(key))
    except ValueError:
        return None


def statement_of(entry: Shown, on: date, rules: Reading) -> Statement:
    """The entry as the page of a day says it, with days left, drawing and doors."""
    minimum = ("最短列入期至", "minimum to") if entry.kind == "listing" else ("最短公示期至", "minimum to")
    drawing = None
    if entry.shown_until is not None and entry.kind in DISCREDIT:
        drawing = ruler(entry.counts_from, entry.shown_until, on, entry.minimum_until, minimum)
    return Statement(
        entry,
        entry.counts_from,
        None if entry.shown_until is None else days_left(entry.shown_until, on),
        drawing,
        _bases(entry),
        tuple(one["zh"] for one in entry.statement.get("classes", []) if one["zh"]),
        _amounts(entry),
        doors_of(entry, on, rules),
        tuple(MARKS[code] for code in entry.marks_on(on)),
    )


def _amounts(entry: Shown) -> tuple[tuple[Words, int], ...]:
    content = "".join(str(entry.statement.get("content", "")).replace(",", "").split())
    found = []
    for field, words in (("fine_fen", ("罚款", "fine")), ("confiscation_fen", ("没收", "confiscation"))):
        fen = entry.statement.get(field)
        if fen and not any(said in content for said in (f"{fen // 100}元", f"{fen // FEN_OF_WAN}万元")):
            found.append((words, fen))
    return tuple(found)


def _bases(entry: Shown) -> tuple[Basis, ...]:
    found: dict[str, Basis] = {}
    for rule in entry.rules:
        if rule["parameter"] not in PERIOD_RULES:
            continue
        has_term = not rule["parameter"].endswith(".shown")
        zh, en = value_words(rule["value"], rule["unit"]) if has_term else ("", "")
        words = (f"{rule['zh']} {zh}", f"{rule['en']}: {en}") if has_term else ("", "")
        known = found.get(rule["citation"])
        if known is not None:
            joined = tuple("；".join(one for one in pair if one) for pair in zip(known.words, words, strict=True))
            words = (joined[0], joined[1])
        certain = rule["certainty"] == "verified" and (known is None or known.is_certain)
        found[rule["citation"]] = Basis(rule["citation"], words, certain, rule["parameter"])
    return tuple(found.values())
