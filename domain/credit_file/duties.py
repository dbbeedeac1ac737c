"""What the cases of a file wait for (待办): which act comes next, who may not do it, and the day the rules set for it.

Derived, never stored: a duty is gone when the fact is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from domain.credit_file import (
    access,
    commitment_duties,
    erasure,
    listing_duties,
    measure,
    objection,
    record_duties,
    release_duties,
    remedy,
    repair_duties,
    shield,
    succession,
    tier_assignment,
    transfer,
)
from domain.credit_file.duty import Owed
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

CHAPTERS: tuple[Callable[[CreditFile, Reading], Iterator[Owed]], ...] = (
    record_duties.owed, release_duties.owed, commitment_duties.owed, listing_duties.owed, repair_duties.owed,
    measure.owed, objection.owed, remedy.owed, shield.owed,
    succession.owed, transfer.owed, tier_assignment.owed, access.owed, erasure.owed,
)  # fmt: skip
"""What each chapter owes, in the order of the file; a chapter adds its own `owed`."""


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Every duty of the file, in the order of its chapters, each at the office that the case was transferred to.

    A file joined to another owes nothing: it takes no act.
    """
    if file.succession.joined is not None:
        return
    for chapter in CHAPTERS:
        for one in chapter(file, rules):
            yield transfer.moved(file, one)
