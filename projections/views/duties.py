"""Which act comes next in each case of a file, who may do it, and which day the rules set for it, as rows of a view.

What is owed is the chapters' to say (`domain.credit_file.duties`); here it gets its roles and its citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.credit_file.deadline import key_of
from domain.credit_file.duties import owed
from domain.credit_file.duty import Owed
from domain.credit_file.file import CreditFile
from domain.law.reading import Reading
from domain.officer import POWERS
from projections.citation import Citation, cite_all


@dataclass(frozen=True, slots=True)
class Duty:
    """One act that a case waits for.

    act           name of the decision that does it
    case_kind     listing, repair, commitment or entry; case_id names it, case_no and title as officers call it
    due_on        last day, None where nothing sets one; is_firm whether its calendar is published
    since_on      the day from which it could be done, or was asked
    waits_for     "" where the bureau must act now; subject, applicant or higher_body before it may; through waits_until
    waits_until   last day of that waiting, None where only an act ends it
    roles         who may do it; not_officers may not, since they did an earlier step
    section       that opened the case; batch_id the file the entry came from
    shown_until   for a release: last day on which it still makes sense
    noted_on      the day on which the register noted that this day was missed, None while it has not
    area          division of the office that the case was sent to, None where it was not
    """

    subject_id: UUID
    act: str
    case_kind: str
    case_id: str
    case_no: str | None
    title: str
    due_on: date | None
    is_firm: bool
    since_on: date
    waits_for: str
    waits_until: date | None
    roles: list[str]
    not_officers: list[str]
    section: str
    batch_id: str | None
    shown_until: date | None
    rules: list[Citation]
    noted_on: date | None
    area: str | None


def duties_of(file: CreditFile, rules: Reading) -> Iterator[Duty]:
    """Every duty of the file, in the order of its chapters."""
    for one in owed(file, rules):
        yield _row(file, one, rules)


def _row(file: CreditFile, one: Owed, rules: Reading) -> Duty:
    term, origin = one.term, one.origin
    until = term.until if term else None
    noted = file.deadlines.get(key_of(one.case_id, one.act, until)) if until else None
    return Duty(
        file.subject_id, one.act, one.case_kind, one.case_id, origin.case_no, one.title, until,
        term.is_firm if term else True, one.since_on, one.waits_for, one.waits_until, sorted(POWERS[one.act]),
        sorted(one.not_officers), origin.section, origin.batch, one.shown_until,
        cite_all(term.rows, rules) if term else [], noted.missed.noticed_on if noted else None,
        sent.sent.to_area if (sent := file.transfers.get(one.case_id)) else None,
    )  # fmt: skip
