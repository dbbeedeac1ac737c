"""The daily job (每日记录): records what was missed and what is over, and drops set-aside rows past their term.

It changes no answer for any date: what has ended follows from the date, whether or not the job ran. Each act is one
the register refuses once it is done, so running twice, or in two processes at once, records nothing twice; killed in
the middle, it goes on with the rest the next time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event as Signal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import structlog

from api.daily_ends import destroy_erased, ends_over
from api.exchange.importing import ASIDE
from api.exchange.review import drop_aside
from api.parts import Parts
from domain.casework.exchange import RowSetAside
from domain.context import Context, Filing
from domain.credit_file.disclosure import end_disclosure
from domain.credit_file.exit import end_listing
from domain.credit_file.file import CreditFile
from domain.event import Source
from domain.law.reading import Reading
from domain.officer import SYSTEM
from domain.refusals import Refused
from domain.register.acts import Act, Receipt
from domain.register.register import CreditRegister, act, missing
from domain.register.rulebooks import NoRulebook, Rulebooks
from projections import log
from projections.views import disclosure, list_roster, worklist

if TYPE_CHECKING:
    from psycopg import Connection

AT_ONCE = 500
FOUND_MAX = 1_000_000
FIRST_AFTER = timedelta(minutes=1)
AGAIN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one run recorded: ends of disclosure, listing, commitments and kept entries, rows dropped, deadlines missed;
    and acts refused meanwhile."""

    disclosures: int = 0
    listings: int = 0
    rows: int = 0
    refused: int = 0
    missed: int = 0
    ends: int = 0


def run_daily(register: CreditRegister, rulebooks: Rulebooks, connection: Connection[Any], now: datetime) -> Recorded:
    """Record everything that is over as of the instant.

    connection   of the application's login: asks the views what is over, as they stand
    Raises NoRulebook where none was adopted.
    """
    context = _context(rulebooks, now)
    today = context.today
    late = _all(register, [
        missing(one.subject_id, context, one.act, one.case_id, one.due_on, one.case_no)
        for one in worklist.missed(connection, today, limit=FOUND_MAX)
    ])  # fmt: skip
    ended = _all(register, [
        (act(end_disclosure, subject_id, entry_id=entry_id), context)
        for subject_id, entry_id in disclosure.ended(connection, today, limit=FOUND_MAX)
    ])  # fmt: skip
    listed = _all(register, [
        (act(end_listing, subject_id, listing_id=listing_id), context)
        for subject_id, listing_id in list_roster.ended(connection, today, limit=FOUND_MAX)
    ])  # fmt: skip
    noted = _all(register, [(one, context) for one in ends_over(register, context)])
    dropped = drop_rows(register, context)
    destroy_erased(register)
    refused = late[1] + ended[1] + listed[1] + noted[1]
    return Recorded(ended[0], listed[0], dropped, refused, late[0], noted[0])


def drop_rows(register: CreditRegister, context: Context) -> int:
    """Destroy the keys of rows that are concluded, or whose term is over; how many."""
    head, _ = register.head()
    statement = log.QUERIES.texts["streams_with"]
    found = register.facts_recorder.select(statement, topics=[RowSetAside.TOPIC], until=head)
    streams: list[UUID] = [stream for (stream,) in found]
    dropped = 0
    for at in range(0, len(streams), AT_ONCE):
        for stream, held in register.load_many_on(ASIDE, streams[at : at + AT_ONCE]).items():
            kept = held.event.kept_until if held.event is not None else None
            is_over = held.concluded is not None or (kept is not None and kept < context.today)
            if held.dropped or not is_over:
                continue
            try:
                drop_aside(register, stream, context)
            except Refused:
                # Somebody else concluded or dropped it this very moment.
                continue
            dropped += 1
    return dropped


def run_every_day(parts: Parts, stop: Signal, told: structlog.stdlib.BoundLogger) -> None:
    """Run once shortly after the start and then every day until told to stop; an error is told, and tried again."""
    wait = FIRST_AFTER
    while not stop.wait(wait.total_seconds()):
        wait = AGAIN_AFTER
        try:
            with parts.pool.connection() as connection:
                done = run_daily(parts.register, parts.rulebooks, connection, parts.clock.now())
        except NoRulebook:
            continue
        except Exception as error:
            told.error("daily_failed", kind=type(error).__name__)
            wait = FIRST_AFTER
            continue
        told.info(
            "daily", missed=done.missed, disclosures=done.disclosures, listings=done.listings, rows=done.rows,
            ends=done.ends,
        )  # fmt: skip


def _context(rulebooks: Rulebooks, now: datetime) -> Context:
    return Context(now, SYSTEM, Reading(rulebooks.in_use()), Filing(source=Source(system="daily")))


def _all(register: CreditRegister, acts: Sequence[tuple[Act[CreditFile], Context]]) -> tuple[int, int]:
    done = refused = 0
    for at in range(0, len(acts), AT_ONCE):
        named = [replace(one, label=context) for one, context in acts[at : at + AT_ONCE]]
        outcomes = register.do_many(named, lambda one: cast(Context, one.label))
        done += sum(isinstance(one, Receipt) for one in outcomes)
        refused += sum(isinstance(one, Refused) for one in outcomes)
    return done, refused
