"""Missed deadlines (逾期未办): a duty that was not done in time becomes a fact, once, with the day and the rule.

The register notices by itself: with the next act on the file or in the daily job, whichever comes first, so that a duty
done late leaves its lateness behind. It says nothing of the subject and changes no answer for any date: what is owed
and since when follows from the file and the rules, whether or not it was noticed.
Basis: the row that sets the term, in the envelope of each fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar

from domain.context import Context
from domain.credit_file.duties import owed
from domain.credit_file.duty import Owed
from domain.credit_file.profile import check_registered
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Events


class DeadlineMissed(Event):
    """States that the bureau had not done a duty when its last day was over.

    duty        name of the act that was due, as `accept_repair`; case_kind and case_id name the case
    due_on      last day, included, by the rows in the envelope and the calendar of its rulebook version
    section     that opened the case
    noticed_on  the day the register noticed
    Since v1. Basis: the row that sets the term.
    """

    TOPIC: ClassVar[str] = "credit/DeadlineMissed.v1"
    duty: str
    case_kind: str
    case_id: str
    due_on: date
    section: str
    noticed_on: date


# State


@dataclass(frozen=True, slots=True)
class Missed:
    """One deadline that was missed, and the fact that says so."""

    missed: DeadlineMissed
    origin: Origin


Deadlines = dict[str, Missed]
"""Missed deadlines by `key_of`."""


def key_of(case_id: str, duty: str, due_on: date) -> str:
    """What names one duty of one case: a term that begins anew has another last day, and is another duty."""
    return f"{case_id} {duty} {due_on}"


# Evolve


@singledispatch
def evolve(event: Event, deadlines: Deadlines, fact: Fact) -> Deadlines:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"deadlines cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: DeadlineMissed, deadlines: Deadlines, fact: Fact) -> Deadlines:
    return deadlines | {key_of(event.case_id, event.duty, event.due_on): Missed(event, fact.origin)}


EVENTS: tuple[type[Event], ...] = (DeadlineMissed,)

# Checks


class NotedAlready(Refused):
    zh = "该项逾期已经记录；无需再办。"
    en = "This missed deadline is on record; there is nothing more to do."


class NotOverdue(Refused):
    zh = "该项没有逾期：不在待办之列、正等待他人、没有确定的期限，或者期限未满；期满仍未办的，次日起记录。"
    en = (
        "Nothing is overdue here: it is not owed, waits for somebody else, has no certain last day, or that day is "
        "not over; record it from the day after."
    )


def is_overdue(one: Owed, on: date) -> bool:
    """Whether the bureau has let the last day of a duty go by.

    Not while somebody outside must act first, not where the day rests on a calendar that is not published yet, and not
    a release that would have come too late to show anything on its own last day.
    """
    if one.term is None or one.term.until is None or not one.term.is_firm:
        return False
    is_waiting = bool(one.waits_for) and (one.waits_until is None or on <= one.waits_until)
    is_pointless = one.shown_until is not None and one.shown_until < one.term.until
    return one.term.until < on and not is_waiting and not is_pointless


def overdue(file: CreditFile, on: date, rules: Reading) -> Iterator[Owed]:
    """The duties whose last day is over, and that are not on record as missed."""
    for one in owed(file, rules):
        if is_overdue(one, on) and _key(one) not in file.deadlines:
            yield one


def _key(one: Owed) -> str:
    assert one.term is not None
    assert one.term.until is not None
    return key_of(one.case_id, one.act, one.term.until)


# Decisions


def miss_deadline(file: CreditFile, context: Context, *, duty: str, case_id: str, due_on: date) -> list[Event]:
    """Record that a duty was not done in time (逾期未办); the register itself does, and no answer changes.

    Refused, in this order: SubjectUnknown, NotedAlready, NotOverdue.
    Basis: the row that sets the term of the duty.
    """
    check_registered(file)
    if key_of(case_id, duty, due_on) in file.deadlines:
        raise NotedAlready
    # What is owed is asked with a reading of its own: the fact rests on the rows of its own term and on no others.
    asked = Reading(context.rules.rulebook, context.rules.channel)
    for one in overdue(file, context.today, asked):
        if (one.case_id, one.act) == (case_id, duty) and one.term is not None and one.term.until == due_on:
            context.rules.rest_on(one.term.rows)
            return [
                DeadlineMissed(
                    duty=duty, case_kind=one.case_kind, case_id=case_id, due_on=due_on, section=one.origin.section,
                    noticed_on=context.today,
                )
            ]  # fmt: skip
    raise NotOverdue
