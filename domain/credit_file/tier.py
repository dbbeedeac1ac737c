"""Supervision tier (信用分类监管等级): which grade the file gives on a day, and what in the file gives it.

The grades, best first, are the row `tier.scheme`; what puts a subject into a grade is the row `tier.grade_inputs` of
that grade. The worst grade that finds an input wins. A tier is derived, explained, and decides nothing by itself.
Basis: 营商〔2020〕65号 二(一)4; 国市监信发〔2022〕6号 (A–D); 个人信息保护法 24. The table is an unverified sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.credit_file.conduct import counts_on
from domain.credit_file.listing import covers
from domain.credit_file.record import Entry
from domain.credit_file.record_classes import gravities
from domain.credit_file.red_list import penalty_counts
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

CONDUCT_INPUTS = {"adverse": "adverse_conduct", "honour": "honour"}
"""What of conduct the table may ask for; a qualification says what the subject can do, not how far to trust it."""

LIST_KINDS = "list_types"
"""The code list that says of what kind a list is: serious, watch, red or sample."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing in the file that counts: its code in the table and the entry it comes from ("" for none)."""

    code: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A grade with its reasons: the inputs that gave it and the rows that say so."""

    grade: str
    inputs: tuple[Input, ...]
    rows: tuple[Row, ...]


def inputs_on(file: CreditFile, on: date, rules: Reading) -> list[Input]:
    """Everything in the file that the table may ask for, on a day; a penalty counts whether it is released or not."""
    found = [
        Input(f"{_kind_of(one.list_type, on, rules)}_list", one.listing_id)
        for one in file.listings.values()
        if covers(one, on, rules)
    ]
    for one in file.commitments.values():
        if one.state_on(on) == "breached" and one.breached is not None:
            found.append(Input("breach_serious" if one.breached.serious else "breach", one.made.commitment_id))
        elif one.state_on(on) == "fulfilled" and one.fulfilled is not None and one.fulfilled.extent == "full":
            found.append(Input("fulfilment", one.made.commitment_id))
    for conduct_id, conduct in file.conducts.items():
        if conduct.kind in CONDUCT_INPUTS and counts_on(conduct, on, rules):
            found.append(Input(CONDUCT_INPUTS[conduct.kind], conduct_id))
    for entry_id, entry in file.records.items():
        if entry.is_penalty and penalty_counts(file, entry, on, rules):
            found.append(Input(f"penalty_{_worst_of(entry, rules)}", entry_id))
    return found


def tier_on(file: CreditFile, on: date, rules: Reading) -> Tier | None:
    """The grade on a day; None where the version knows no scheme for it."""
    try:
        scheme = rules.select("tier.scheme", days={"on": on})
    except NoRule:
        return None
    inputs = inputs_on(file, on, rules)
    for grade in reversed(scheme.names):
        row = rules.select("tier.grade_inputs", days={"on": on}, traits={"grade": grade})
        counted = tuple(one for one in inputs if one.code in row.names)
        if counted:
            return Tier(grade, counted, (scheme, row))
    return Tier(_ordinary(scheme, on, rules), (), (scheme,))


def _ordinary(scheme: Row, on: date, rules: Reading) -> str:
    """The grade of a file in which nothing counts: the one whose row names `nothing`."""
    for grade in scheme.names:
        if "nothing" in rules.select("tier.grade_inputs", days={"on": on}, traits={"grade": grade}).names:
            return grade
    return scheme.names[0]


def _worst_of(entry: Entry, rules: Reading) -> str:
    """The gravest class of a penalty; one without a class, or with several that are not all minor, is general."""
    classes = gravities(entry, rules)
    if "serious" in classes:
        return "serious"
    return "minor" if classes == {"minor"} else "general"


def _kind_of(list_type: str, on: date, rules: Reading) -> str:
    code = rules.lists(LIST_KINDS, on).get(list_type)
    return code.kind if code is not None else "unknown"
