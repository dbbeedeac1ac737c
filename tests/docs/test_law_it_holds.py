"""The page on what the law leaves out names only parameters that exist, all dates that matter, and every parameter."""

from __future__ import annotations

import re
from datetime import date

import pytest

from api.law_of_release import law_of_release
from tests.docs.test_documents import DOCS

LAW = law_of_release()
TEXT = (DOCS / "explanation" / "the-law-it-holds.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)*)`", TEXT))
DATES = re.findall(r"^\| (\d{4}-\d{2}-\d{2}) \|", TEXT, re.M)


def test_it_names_only_parameters_that_there_are() -> None:
    assert set(LAW.parameters) >= NAMED


@pytest.mark.parametrize("on", DATES)
def test_each_of_its_dates_is_the_first_day_of_a_rule(on: str) -> None:
    assert [row.name for row in LAW.rows if row.in_force_from == date.fromisoformat(on)]


def test_it_has_every_date_on_which_the_law_changed_since_the_plan() -> None:
    wanted = (
        "2020-07-16", "2020-12-07", "2021-07-15", "2021-09-01", "2021-11-01", "2022-01-01", "2023-05-01", "2025-06-22",
        "2025-12-25", "2026-03-01", "2026-04-01",
    )  # fmt: skip
    assert set(wanted) <= set(DATES)


def test_what_is_told_as_left_out_says_why() -> None:
    rows = re.findall(r"^\| ([^|]+) \| (—|`[^|]+) \| ([^|]+) \|$", TEXT, re.M)
    assert len(rows) > 25
    assert [question for question, parameter, why in rows if parameter == "—" and why.strip() == "—"] == []
