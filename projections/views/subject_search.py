"""Which subject is meant? Found by any part of its present or a former name, or by its present or a former code.

Two tables: `subject`, one card for each subject, and `subject_search`, one row for each name and code it bears or bore,
with the characters and pairs of characters in a name. A file joined to the main one of its subject keeps its card,
which leads there, and is found by nobody. The pairs are made here, so that search works in any locale and for one
character too. A former name is public even where everything recorded under it has ended.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.context import day_of
from domain.credit_code import clean
from domain.credit_file.file import CreditFile
from domain.law.reading import Reading
from projections.named_queries import Connection, Queries
from projections.view import View
from projections.views.disclosure import representative_shown

QUERIES = Queries.beside(__file__)
CODE_PART_MIN = 4
"""A shorter part of a code would find nearly everybody."""
QUERY_MAX = 64
SAMPLE = 4_000
HELD_BY_MANY = 10
"""A part that 10 of the first 4,000 names hold (1 in 400) is found by walking: 20 hits within some 8,000 names, where
picking out and sorting all hits would take the longer the more there are. Rarer parts are picked out and sorted."""

# Rows


@dataclass(frozen=True, slots=True)
class Card:
    """Who a subject is, as anybody may read it.

    kind            organisation, sole_trader, natural_person; name of a person: surname and stars
    representative  "" where the rule does not name it
    former_names    {"name", "until"}: each former name with the last day it was borne (ISO), oldest first
    is_code_flagged whether the code fails its check and was kept
    former_codes    {"code", "until"}, as the names
    joined_into     the main file of the same subject, None for every file that is not a second one
    """

    subject_id: UUID
    name: str
    code: str | None
    kind: str
    division: str
    representative: str
    former_names: list[dict[str, Any]]
    is_code_flagged: bool
    registered_on: date
    former_codes: list[dict[str, Any]] = field(default_factory=list)
    joined_into: UUID | None = None


@dataclass(frozen=True, slots=True)
class Findable:
    """One text by which a subject is found: place 0 its name, 1 a former name, 2 a code, borne through `until`."""

    subject_id: UUID
    place: int
    text: str
    plain: str
    until: date | None
    grams: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """One hit with the reason: matched is name, former_name or code; `matched_text` what was matched, borne through
    `matched_until` where it is a former name."""

    subject_id: UUID
    name: str
    code: str | None
    kind: str
    division: str
    matched: str
    matched_text: str
    matched_until: date | None


def plain(text: str) -> str:
    """The text as it is compared: half-width, lower case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def grams(text: str) -> list[str]:
    """Every character and every pair of neighbours in a plain text, once, sorted."""
    return sorted({*text, *(text[at : at + 2] for at in range(len(text) - 1))})


def card(file: CreditFile, rules: Reading) -> list[Card]:
    """The card of the subject."""
    profile = file.profile
    if profile is None:
        return []
    names = [
        {"name": one.name, "until": _last_day(after.from_on)}
        for one, after in zip(profile.names, profile.names[1:], strict=False)
    ]
    codes = [
        {"code": one.code, "until": _last_day(after.from_on)}
        for one, after in zip(profile.codes, profile.codes[1:], strict=False)
    ]
    joined = file.succession.joined
    assert profile.origin.recorded_at is not None
    registered_on = day_of(profile.origin.recorded_at)
    named = representative_shown(file, registered_on, rules)
    return [
        Card(
            file.subject_id, profile.name, profile.code, profile.subject_kind, profile.division,
            profile.representative if named else "", names, profile.flagged is not None, registered_on, codes,
            joined[0].into if joined else None,
        )
    ]  # fmt: skip


def _last_day(next_from_on: date | None) -> str | None:
    return (next_from_on - timedelta(days=1)).isoformat() if next_from_on else None


def findable(file: CreditFile, rules: Reading) -> list[Findable]:
    """The texts the subject is found by; none where the file was joined to another."""
    found = []
    for one in card(file, rules):
        if one.joined_into is not None:
            continue
        found.append(_findable(one, 0, one.name, None))
        borne = {one.name}
        for former in one.former_names:
            if former["name"] not in borne:
                borne.add(former["name"])
                found.append(_findable(one, 1, former["name"], _day(former["until"])))
        if one.code:
            found.append(Findable(one.subject_id, 2, one.code, clean(one.code), None, []))
        borne = {one.code or ""}
        for former in reversed(one.former_codes):
            if former["code"] not in borne:
                borne.add(former["code"])
                plain_code = clean(former["code"])
                found.append(Findable(one.subject_id, 2, former["code"], plain_code, _day(former["until"]), []))
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _findable(one: Card, place: int, text: str, until: date | None) -> Findable:
    return Findable(one.subject_id, place, text, plain(text), until, grams(plain(text)))


CARDS: View[CreditFile] = View("subject", Card, card, json=frozenset({"former_names", "former_codes"}))
VIEW: View[CreditFile] = View("subject_search", Findable, findable)

# Readers


def find(
    connection: Connection, asked: str, *, limit: int = 20, offset: int = 0, public_on: date | None = None
) -> list[Found]:
    """Subjects found by a part of a name (from one character up) or of a code (its beginning, from four).

    The exact name first, then codes, then names, then former names; one hit for each subject. Within names and former
    names sorted by text, unless the part is so frequent that any order would do: then in one that stays the same.
    At most `limit` after `offset`; ask for one more to learn whether there are more. [] for an empty text.

    public_on   leave out natural persons of whom nothing is disclosed on the day: even how many are left out is not
                told; None for officers, who find everybody
    """
    wanted, code = plain(asked[:QUERY_MAX]), clean(asked[:QUERY_MAX])
    if not wanted:
        return []
    many = limit + offset
    firsts = QUERIES.fetch(connection, "exact", Found, plain=wanted, limit=many, public_on=public_on)
    if len(code) >= CODE_PART_MIN and code.isascii() and code.isalnum():
        # Above every text that begins so, below every other: the way to ask an ordered index for a beginning.
        above = code + chr(0x10FFFF)
        firsts += QUERIES.fetch(connection, "code_begins", Found, code=code, above=above, limit=many)
    if len(firsts) >= many:
        return firsts[offset:many]
    page = {
        "plain": wanted, "limit": many - max(len(firsts), offset), "offset": max(0, offset - len(firsts)),
        "public_on": public_on,
    }  # fmt: skip
    ((held, looked_at),) = QUERIES.fetch_plain(connection, "sample", plain=wanted, size=SAMPLE)
    if looked_at == SAMPLE and held >= HELD_BY_MANY:
        return firsts[offset:] + QUERIES.fetch(connection, "walk", Found, **page)
    pairs = grams(wanted) if len(wanted) == 1 else [wanted[at : at + 2] for at in range(len(wanted) - 1)]
    return firsts[offset:] + QUERIES.fetch(connection, "pick", Found, grams=pairs, **page)


def by_id(connection: Connection, subject_id: UUID) -> Card | None:
    """The card of a subject, None where there is none."""
    found = QUERIES.fetch(connection, "by_id", Card, subject_id=subject_id)
    return found[0] if found else None


def by_code(connection: Connection, code: str) -> Card | None:
    """The card of the subject that bears or bore exactly this code, however it is written; None where there is none."""
    found = QUERIES.fetch(connection, "by_code", Card, code=clean(code))
    return found[0] if found else None


def joined_to(connection: Connection, subject_id: UUID) -> list[Card]:
    """The cards of the files that were joined to this one, by name. For officers."""
    return QUERIES.fetch(connection, "joined_to", Card, subject_id=subject_id)


def by_ids(connection: Connection, subject_ids: list[UUID]) -> dict[UUID, Card]:
    """The cards of these subjects; one without a card is left out."""
    return {one.subject_id: one for one in QUERIES.fetch(connection, "by_ids", Card, subject_ids=subject_ids)}
