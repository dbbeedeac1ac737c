"""The law as this release knows it, and its adoption where a register has none yet."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from domain.context import Context, Officer
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks

SYSTEM = Officer("system", "system", "system")
"""The register acting by itself: first adoption, appointments from the command line, the daily job."""


@cache
def law_of_release(*, with_samples: bool = False, overlay: Path | None = None) -> Rulebook:
    """The law in the files of this release, with a bureau's own rows laid over it.

    with_samples   the invented sample instruments too: only for a simulated register
    overlay        folder of the bureau's own rows, in the form of `domain/law/rules`
    Raises `RulebookRefused` where an overlay row may not be said.
    """
    law = Rulebook.from_files(overlay)
    return law if with_samples else law.without("sample")


def law_in_use(register: CreditRegister, now: datetime) -> Rulebook:
    """The rulebook in use; where none was adopted, that of this release is, so that a new register can decide.

    A later release changes nothing by itself: its rulebook is a proposal until `xinlu rules adopt`.
    """
    rulebooks = Rulebooks(register)
    if not rulebooks.versions().adopted:
        law = law_of_release(with_samples=register.is_simulated)
        rulebooks.adopt(law, Context(now, SYSTEM, Reading(law)), reason="首次采用 first adoption")
    return rulebooks.in_use()


def present_moment(register: CreditRegister, now: datetime) -> datetime:
    """The moment a command acts at: in a simulated register the one its log has come to, else now."""
    _, recorded_at = register.head()
    return recorded_at if register.is_simulated and recorded_at is not None else now
