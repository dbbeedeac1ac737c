"""A real register runs on the law without the invented samples; the demonstration keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook

ASKED = {"days": {"designated_on": date(2026, 3, 20)}, "traits": {"list_type": "sample"}}


def test_the_sample_list_has_a_basis_only_while_samples_are_kept() -> None:
    law = Rulebook.from_files()
    assert Reading(law).select("list.basis", **ASKED).choice == "bureau"
    with pytest.raises(NoRule):
        Reading(law.without("sample")).select("list.basis", **ASKED)


def test_every_other_row_is_kept_without_samples() -> None:
    law = Rulebook.from_files()
    kept = {row.name for row in law.without("sample").rows}
    assert kept == {row.name for row in law.rows if row.kind != "sample"}
    assert len(kept) > 100
