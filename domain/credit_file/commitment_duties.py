"""What a commitment waits for: the finding on a suspected breach, once the subject was heard or its time is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.credit_file.commitment import STATEMENT
from domain.credit_file.duty import Owed, term_or_none
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each commitment under notice."""
    for one in file.commitments.values():
        if one.notice is None or not one.is_under_notice:
            continue
        statement = term_or_none(rules, STATEMENT, notice_served_on=one.notice.served_on)
        until = statement.until if statement is not None and one.statement is None else None
        since = one.statement.received_on if one.statement else (until or one.notice.served_on)
        yield Owed(
            "breach_commitment", "commitment", one.made.commitment_id, one.made.document_no, one.origin, since,
            waits_for="subject" if until else "", waits_until=until, not_officers=(one.origin.officer_id,),
        )  # fmt: skip
