"""What has to be done next, by whom, and until when? (今日办件)

One row for each duty, derived from the file and the rules: the act that comes next in a case, the day it is due, the
row that says so, who may do it, and whether it waits for somebody outside first. No row is ever ticked off: a duty is
gone when the fact is recorded. What comes from an imported file is gathered by file when read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from domain.context import Officer
from domain.credit_file.file import CreditFile
from domain.law.reading import Reading
from domain.officer import POWERS, WHOLE_CITY
from projections.citation import Citation
from projections.named_queries import Connection, Queries
from projections.view import View
from projections.views.duties import Duty, duties_of

QUERIES = Queries.beside(__file__)
When = Literal["late", "today", "soon", "later", "no_day", "waiting"]


def rows(file: CreditFile, rules: Reading) -> list[Duty]:
    """Every duty of the file."""
    return list(duties_of(file, rules)) if file.profile is not None else []


VIEW: View[CreditFile] = View("worklist", Duty, rows, json=frozenset({"rules"}))

# Readers


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of the worklist on a day.

    when        late, today, soon (through `soon_until`), later, no_day (nothing sets a day), or waiting: for somebody
                outside, or for another role or officer
    act         name of the decision, or `review_rows` for rows of a file that wait
    case_kind   listing, repair, commitment, entry; batch where `count` entries or rows of one file are one line
    waits_for   "" where the bureau must act; subject, applicant, higher_body; colleagues where others must
    rules       the rows that set the day; unverified ones wear a badge
    noted_on    the day on which the register recorded that the day was missed
    """

    when: When
    act: str
    case_kind: str
    case_id: str
    subject_id: UUID | None
    subject_name: str
    code: str | None
    case_no: str | None
    title: str
    count: int
    due_on: date | None
    is_firm: bool
    since_on: date
    waits_for: str
    waits_until: date | None
    roles: list[str]
    section: str
    division: str
    rules: list[Citation]
    noted_on: date | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """One duty whose last day is over while nothing records that."""

    subject_id: UUID
    act: str
    case_id: str
    due_on: date
    case_no: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose worklist it is.

    sections   None = every section's cases; else only those opened by one of these
    area       division whose subjects are seen, None = the whole city
    only_own_acts   whether nothing is seen but what this role may do
    """

    officer_id: str
    role: str
    sections: tuple[str, ...] | None
    area: str | None
    only_own_acts: bool = False


def desk_of(officer: Officer) -> Desk:
    """What an officer sees: a section its own cases; the market order section all; leader and legality reviewer, who
    serve every section, only what is theirs to do."""
    area = None if officer.area == WHOLE_CITY else officer.area
    if officer.role in ("leader", "legality_reviewer"):
        return Desk(officer.officer_id, officer.role, None, area, only_own_acts=True)
    sections = None if officer.role in ("market_order", "auditor") else (officer.section,)
    return Desk(officer.officer_id, officer.role, sections, area)


def of_desk(
    connection: Connection, desk: Desk, on: date, soon_until: date, *, limit: int = 500, offset: int = 0
) -> list[ToDo]:
    """The duties an officer sees on a day: late, today, soon, later, without a day, waiting; in each by due day.

    At most `limit` after `offset`.
    """
    return QUERIES.fetch(
        connection, "of_desk", ToDo, officer_id=desk.officer_id, role=desk.role,
        sections=list(desk.sections) if desk.sections is not None else None, area=desk.area,
        only_own_acts=desk.only_own_acts, on=on,
        soon_until=soon_until, review_roles=sorted(POWERS["accept_row"]), limit=limit, offset=offset,
    )  # fmt: skip


def counts(connection: Connection, desk: Desk, on: date, soon_until: date) -> dict[When, int]:
    """How many lines of `of_desk` there are of each kind; a kind without any is 0."""
    kinds: tuple[When, ...] = ("late", "today", "soon", "later", "no_day", "waiting")
    found = of_desk(connection, desk, on, soon_until, limit=100_000)
    return {when: sum(one.when == when for one in found) for when in kinds}


def missed(connection: Connection, on: date, *, limit: int = 1000) -> list[Overdue]:
    """The duties whose day was over before `on`, not on record as missed: the daily job's work."""
    return QUERIES.fetch(connection, "missed", Overdue, on=on, limit=limit)


def of_case(connection: Connection, subject_id: UUID, case_id: str) -> list[Duty]:
    """What has to be done next in one case."""
    return QUERIES.fetch(connection, "of_case", Duty, subject_id=subject_id, case_id=case_id)


def working_days_ahead(rules: Reading, on: date, days: int) -> list[date]:
    """The next working days after a day, in order; `days` of them."""
    ahead: list[date] = []
    while len(ahead) < days:
        ahead.append(rules.working_days.after(ahead[-1] if ahead else on, 1))
    return ahead
