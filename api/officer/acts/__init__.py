"""The acts of the desk whose forms follow from a row, and the cases that have a page, chapter by chapter.

Each module says `ACTS` and `CASES`. A chapter's module is added to `CHAPTERS`; its routes, forms and pages follow.
"""

from __future__ import annotations

from types import ModuleType

from api.officer.act_table import CaseKind, OfficerAct
from api.officer.acts import (
    commitment,
    conduct,
    disclosure,
    listing,
    measure,
    objection,
    profile,
    protection,
    record,
    repair,
    shield,
    takeover,
    tier,
)

CHAPTERS: tuple[ModuleType, ...] = (
    profile, takeover, record, conduct, disclosure, listing, measure, repair, objection, shield,
    commitment, tier, protection,
)  # fmt: skip
"""In the order in which pages offer them."""

ACTS: tuple[OfficerAct, ...] = tuple(row for chapter in CHAPTERS for row in chapter.ACTS)
CASES: tuple[CaseKind, ...] = tuple(kind for chapter in CHAPTERS for kind in chapter.CASES)
