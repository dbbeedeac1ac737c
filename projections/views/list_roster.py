"""Who is or was on which list, from which day through which, and why it ends? For officers; periods are derived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.credit_file.file import CreditFile
from domain.credit_file.listing import end_of
from domain.law.reading import Reading
from projections.named_queries import Connection, Queries
from projections.view import View

QUERIES = Queries.beside(__file__)


@dataclass(frozen=True, slots=True)
class Place:
    """One listing that was decided and served.

    from_on   first day on the list; until the last one, None = no end known; is_firm whether its calendar is published
    exit_cause   None until an exit is recorded; the term may be over all the same
    """

    subject_id: UUID
    listing_id: str
    list_type: str
    from_on: date
    until: date | None
    is_firm: bool
    exit_cause: str | None
    designated_by: str
    decision_no: str
    decided_on: date
    position: int


@dataclass(frozen=True, slots=True)
class OnRoster:
    """A place with who holds it."""

    subject_id: UUID
    name: str
    code: str | None
    division: str
    listing_id: str
    list_type: str
    from_on: date
    until: date | None
    is_firm: bool
    exit_cause: str | None
    designated_by: str
    decision_no: str
    decided_on: date
    position: int


def rows(file: CreditFile, rules: Reading) -> list[Place]:
    """Every listing of the file that came into force, with its last stay on the list; none of a joined file."""
    places: list[Place] = []
    if file.succession.joined is not None:
        return places
    for one in file.listings.values():
        if one.listed is None or one.begins_on is None:
            continue
        until, _, is_firm = end_of(one, rules)
        assert one.listed_by is not None
        assert one.listed_by.position is not None
        places.append(
            Place(
                file.subject_id, one.listing_id, one.list_type, one.begins_on, until, is_firm,
                one.exited.cause if one.exited else None, one.listed.designated_by, one.listed.decision_no,
                one.listed.decided_on, one.listed_by.position,
            )
        )  # fmt: skip
    return places


VIEW: View[CreditFile] = View("list_roster", Place, rows)

# Readers


def on_day(connection: Connection, list_type: str, on: date, *, limit: int = 200, offset: int = 0) -> list[OnRoster]:
    """Who is on the list on the day, by first day and name; at most `limit` after `offset`. For officers."""
    return QUERIES.fetch(connection, "on_day", OnRoster, list_type=list_type, on=on, limit=limit, offset=offset)


def ended(connection: Connection, on: date, *, limit: int = 1000) -> list[tuple[UUID, str]]:
    """Subject and listing whose term was over before the day with no exit recorded: the daily job's work."""
    rows_ended = QUERIES.fetch_plain(connection, "ended", on=on, limit=limit)
    return [(subject_id, listing_id) for subject_id, listing_id in rows_ended]
