"""Who was on a list on a day, as known at a position: from the facts, not from the live view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.credit_file.listing import Listed
from domain.law.reading import Reading
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections import log
from projections.replay.subject import Moment, position_of
from projections.views import list_roster
from projections.views.list_roster import Place

STREAMS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Named:
    """A place on a list with the name borne that day, as known at the position."""

    name: str
    code: str | None
    place: Place


def roster_at(
    register: CreditRegister, rulebooks: Rulebooks, list_type: str, known_at: Moment, on: date
) -> list[Named]:
    """Who is on the list on the day, by first day and name. Reads every file that was ever on a list."""
    position = position_of(register, known_at, register.head()[0])
    statement = log.QUERIES.texts["streams_with"]
    rows = register.facts_recorder.select(statement, topics=[Listed.TOPIC], until=position)
    listed: list[UUID] = [stream for (stream,) in rows]
    rulebook = rulebooks.at(position)
    found = []
    for at in range(0, len(listed), STREAMS_AT_ONCE):
        files = register.load_many(listed[at : at + STREAMS_AT_ONCE], position)
        for file in files.values():
            if file.profile is None:
                continue
            name = file.profile.name_on(on).name
            found += [
                Named(name, file.profile.code, one)
                for one in list_roster.rows(file, Reading(rulebook))
                if one.list_type == list_type and one.from_on <= on and (one.until is None or on <= one.until)
            ]
    return sorted(found, key=lambda one: (one.place.from_on, one.name, one.place.listing_id))
