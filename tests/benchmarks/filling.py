"""A register filled with invented penalties, classed and released as a bureau would."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from api.clock import SystemClock
from api.exchange.importing import import_file
from domain.context import Context, Officer
from domain.credit_file.disclosure import disclose
from domain.credit_file.record_decisions import classify_penalty
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.acts import Act, Receipt
from domain.register.register import CreditRegister, act
from domain.register.rulebooks import Rulebooks
from tests.benchmarks.files import write_penalties

RULEBOOK = Rulebook.from_files()
HANDLER = Officer("样例员甲", "handler", "market_order")
HEAD = Officer("样例员乙", "section_head", "market_order")
SYSTEM = Officer("system", "system", "system")
ACTS_AT_ONCE = 500
RELEASED_OF = 4
"""One record in so many is classed and released: about what is public of what a bureau keeps."""


def fill(register: CreditRegister, rows: int) -> list[UUID]:
    """Adopt the rulebook, import so many rows, class and release a part; the subjects of which something is public."""
    Rulebooks(register).adopt(RULEBOOK, context(SYSTEM), reason="样例")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "样例.csv"
        write_penalties(path, rows, context(HANDLER).today)
        with path.open("rb") as file:
            outcomes = list(import_file(register, file, path.name, context(HANDLER), SystemClock().new_id))
    subjects = {one.subject for one in outcomes[::RELEASED_OF] if one.subject is not None}
    acts: list[Act[Any]] = []
    for subject, file_of in register.load_many(subjects).items():
        for entry_id in file_of.records:
            classed = {"entry_id": entry_id, "scheme": "class.2025", "penalty_class": "general"}
            acts += [act(classify_penalty, subject, **classed), act(disclose, subject, entry_id=entry_id)]
    for at in range(0, len(acts), ACTS_AT_ONCE):
        made = register.do_many(
            acts[at : at + ACTS_AT_ONCE], lambda one: context(HEAD if one.decide is disclose else HANDLER)
        )
        assert all(isinstance(one, Receipt) for one in made), made[0]
    return sorted(subjects)


def context(officer: Officer) -> Context:
    return Context(SystemClock().now(), officer, Reading(RULEBOOK))
