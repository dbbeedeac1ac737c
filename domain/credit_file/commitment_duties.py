"""What a commitment waits for: its planned check, the notice after a bad one, the finding once the subject was heard or
its time is over, and after a breach the end of what was granted on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.credit_file.commitment_checking import CHECK
from domain.credit_file.commitment_checks import STATEMENT
from domain.credit_file.commitment_state import Commitment
from domain.credit_file.duty import Owed, term_or_none
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Of each commitment, in the order of its procedure."""
    for one in file.commitments.values():
        yield from _check(one, rules)
        yield from _notice(one)
        yield from _finding(one, rules)
        yield from _benefit(one)


def _check(one: Commitment, rules: Reading) -> Iterator[Owed]:
    if one.planned is not None and one.planned_by is not None:
        term = term_or_none(rules, CHECK, asked_on=one.planned.planned_on)
        yield Owed(
            "check_commitment", "commitment", one.made.commitment_id, one.made.document_no, one.planned_by,
            one.planned.planned_on, term,
        )  # fmt: skip


def _notice(one: Commitment) -> Iterator[Owed]:
    if (found := one.bad_check) is not None:
        origin = one.checks[-1][1]
        yield Owed(
            "serve_breach_notice", "commitment", one.made.commitment_id, one.made.document_no, origin, found.checked_on
        )


def _finding(one: Commitment, rules: Reading) -> Iterator[Owed]:
    if one.notice is None or not one.is_under_notice:
        return
    statement = term_or_none(rules, STATEMENT, notice_served_on=one.notice.served_on)
    until = statement.until if statement is not None and one.statement is None else None
    since = one.statement.received_on if one.statement else (until or one.notice.served_on)
    behind = (one.origin, *(origin for _, origin in one.checks), *((one.notice_by,) if one.notice_by else ()))
    yield Owed(
        "breach_commitment", "commitment", one.made.commitment_id, one.made.document_no, one.origin, since,
        waits_for="subject" if until else "", waits_until=until,
        not_officers=tuple({origin.officer_id: None for origin in behind}),
    )  # fmt: skip


def _benefit(one: Commitment) -> Iterator[Owed]:
    if one.breached is not None and one.closed_by is not None and one.made.benefit and not one.revoked:
        yield Owed(
            "revoke_benefit", "commitment", one.made.commitment_id, one.made.document_no, one.closed_by,
            one.breached.breached_on,
        )  # fmt: skip
