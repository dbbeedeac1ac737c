"""Execution of a repair (修复的执行): what a grant does the same day, each effect a fact of its own, none forgotten.

Disclosure ends or the subject leaves the list (`Repaired`, `Exited`), sharing and use stop (`SharingStopped`), and
every measure that rests on the entry is lifted (`MeasureLifted`). Whoever records a repair, of today or from paper,
records all of it with `executed`. The daily job's note that a disclosure ended adds nothing to it.
Basis: NDRC Order 36 三 (end display, stop sharing and use, lift measures); 国办发〔2025〕22号.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.credit_file.listing_events import Exited
from domain.credit_file.measure import lifted_by
from domain.credit_file.repair_events import Repaired, SharingStopped
from domain.event import Event

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


def executed(
    file: CreditFile, *, repair_id: str, target_id: str, target_kind: Literal["penalty", "listing"], on: date,
    document_no: str,
) -> list[Event]:  # fmt: skip
    """What a granted repair of the entry does on its day: every effect, in the order of the law."""
    done: list[Event] = []
    if target_kind == "listing":
        done += [
            Repaired(repair_id=repair_id, target_id=target_id, effect="removed_from_list", effective_on=on),
            Exited(listing_id=target_id, cause="repair", effective_on=on, document_no=document_no),
        ]
    else:
        done += [Repaired(repair_id=repair_id, target_id=target_id, effect="disclosure_ended", effective_on=on)]
    stopped = SharingStopped(repair_id=repair_id, target_id=target_id, effective_on=on)
    return [*done, stopped, *lifted_by(file, target_id, on, "repair")]
