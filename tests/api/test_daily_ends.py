"""What the daily job notes of commitments and kept entries: once, and without changing any answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from api import daily_ends
from api.clock import SHANGHAI
from api.daily_ends import destroy_erased, ends_over
from api.demo.play import play
from domain.context import Context
from domain.credit_file.standing import standing
from domain.law.reading import Reading
from domain.officer import SYSTEM
from domain.register.acts import Receipt
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from tests.databases import Database

MASTER_KEY = bytes(range(32))
LATER = datetime(2034, 6, 30, 6, tzinfo=SHANGHAI)


@pytest.fixture
def register(simulated_database: Database) -> Any:
    with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as opened:
        play(opened, lambda _: None)
        yield opened


def context_of(register: CreditRegister) -> Context:
    return Context(LATER, SYSTEM, Reading(Rulebooks(register).in_use()))


def test_notes_every_end_once_in_whole_or_by_parts(register: CreditRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(register)
    acts = list(ends_over(register, context))
    names = {one.name for one in acts}
    assert names == {"expire_commitment", "end_retention"}
    subjects = sorted({one.stream for one in acts})

    def answers() -> list[Any]:
        files, rules = register.load_many(subjects), Reading(context.rules.rulebook)
        days = (date(2026, 6, 1), date(2031, 1, 1), LATER.date())
        return [standing(files[subject], on, rules) for subject in subjects for on in days]

    before = answers()
    monkeypatch.setattr(daily_ends, "WHOLE_MAX", 0)
    in_parts = list(ends_over(register, context))
    assert {one.stream for one in in_parts} <= set(subjects)
    assert len(in_parts) < len(acts)
    monkeypatch.undo()
    outcomes = register.do_many(acts, lambda _: context)
    assert all(isinstance(one, Receipt) for one in outcomes)
    assert answers() == before
    assert list(ends_over(register, context)) == []
    destroy_erased(register)
