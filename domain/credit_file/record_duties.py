"""What records wait for: the finding that a penalty paid in full was performed, and the listing that lost its ground.

The release of an entry, and its withdrawal once its decision fell away, are the disclosure's to say.
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
    """Each penalty whose amounts are paid, and each of the bureau's own listings that rests on what fell away."""
    for entry in file.records.values():
        if (paid_on := _paid_in_full_on(entry)) is not None:
            yield Owed("record_performance", "entry", entry.entry_id, entry.record.document_no, entry.origin, paid_on)
    yield from _listings_without_ground(file)


def _paid_in_full_on(entry: Entry) -> date | None:
    """The day of the last payment, where every amount on record is paid and nobody has found it performed yet."""
    if entry.performed_on is not None or entry.annulled_on is not None or any(left_of(entry).values()):
        return None
    return max((one.fulfilled_on for one, _ in entry.paid if one.obligation in MONEY), default=None)


def _listings_without_ground(file: CreditFile) -> Iterator[Owed]:
    """The leader must look: whether the listing stands without that entry is not for the register to say."""
    for one in file.listings.values():
        if one.listed is None or one.exited is not None or one.is_designated_elsewhere:
            continue
        if one.confirmed is not None and one.confirmed.result == "to_revoke":
            # Its revocation is owed already, and no case waits for the same act twice.
            continue
        grounds = [file.records[entry_id] for entry_id in one.based_on if entry_id in file.records]
        fallen = [entry.annulled_on for entry in grounds if entry.annulled_on is not None]
        if fallen:
            yield Owed("revoke_listing", "listing", one.listing_id, one.list_type, one.origin, min(fallen))
