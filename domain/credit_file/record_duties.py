"""What records wait for: the finding that a penalty paid in full was performed.

The release of an entry, and its withdrawal once its decision fell away, are the disclosure's to say; what becomes of a
listing that rested on it, the listing's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from domain.credit_file.duty import Owed
from domain.credit_file.record import Entry
from domain.credit_file.record_penalties import MONEY, left_of
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each penalty whose amounts are paid."""
    for entry in file.records.values():
        if (paid_on := _paid_in_full_on(entry)) is not None:
            yield Owed("record_performance", "entry", entry.entry_id, entry.record.document_no, entry.origin, paid_on)


def _paid_in_full_on(entry: Entry) -> date | None:
    """The day of the last payment, where every amount on record is paid and nobody has found it performed yet."""
    if entry.performed_on is not None or entry.annulled_on is not None or any(left_of(entry).values()):
        return None
    return max((one.fulfilled_on for one, _ in entry.paid if one.obligation in MONEY), default=None)
