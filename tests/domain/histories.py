"""Strategies: acts at the desk, each a name and its arguments, and whole histories of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.domain.desk import LISTS, Desk
from tests.domain.desk_acts import (
    JOINING,
    NOTES,
    PERSONS,
    PROMISES,
    RECORDS,
    REPAIRS,
    SHOWING,
    SUBJECT,
    Row,
)
from tests.domain.desk_acts import LISTS as LISTING

numbers = st.integers(0, 13)
days_back = st.sampled_from([0, 0, 0, 1, 5, 40, 200, 400, 900])
recent = st.sampled_from([0, 0, 0, 0, 1, 5])
waits = st.sampled_from([0, 1, 3, 8, 31, 93, 184, 367, 1100])
classes = st.sampled_from(
    [
        ("class.2019", "general"),
        ("class.2019", "serious"),
        ("class.2019", "specific"),
        ("class.2025", "minor"),
        ("class.2025", "general"),
        ("class.2025", "serious"),
    ]
)
starts = st.one_of(
    st.dates(date(2018, 1, 2), date(2026, 6, 12)), st.dates(date(2020, 7, 16), date(2020, 11, 2)),
    st.dates(date(2023, 5, 1), date(2026, 6, 12)),
)  # fmt: skip
"""Most days, and some more in the months in which the bureau still listed, and near those of today's law."""


def args(**drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(drawn)


ACTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "wait": args(days=waits),
    "rename": args(number=numbers, back=days_back),
    "record": args(number=numbers, back=days_back, warning=st.booleans()),
    "record_and_release": args(number=numbers, penalty_class=st.sampled_from(["general", "serious", "minor"])),
    "license": args(number=numbers, days=waits),
    "classify": st.builds(
        lambda number, one: {"number": number, "scheme": one[0], "penalty_class": one[1]}, numbers, classes
    ),
    "perform": args(number=numbers),
    "annul": args(number=numbers),
    "correct": args(number=numbers, back=days_back),
    "release": args(number=numbers),
    "propose": args(number=numbers, list_type=st.sampled_from(LISTS)),
    "list_at_once": args(number=numbers),
    "receive": args(number=numbers, back=days_back, outcome=st.sampled_from(["list", "list", "not_list"])),
    "work_listing": args(number=numbers, choice=numbers),
    "revoke": args(number=numbers),
    "deregister": args(number=numbers, back=days_back),
    "apply": args(number=numbers, complete=st.booleans()),
    "repair_at_once": args(number=numbers, days=waits),
    "work_repair": args(number=numbers, choice=numbers),
    "promise": args(number=numbers, days=waits),
    "keep_promise": args(number=numbers, back=days_back),
    "breach": args(number=numbers, choice=numbers),
    "run_daily_job": st.just({}),
    "follow": args(number=numbers, choice=numbers, back=recent),
    "repair_newest": args(days=waits, on_list=st.booleans()),
    "repair_by_falsehood": args(number=numbers, choice=numbers),
    "list_formally": args(number=numbers),
    "open_much": args(number=numbers),
    "sit_alone": args(who=numbers),
    "undo": args(number=numbers),
}


def further(*chapters: dict[str, Row]) -> st.SearchStrategy[dict[str, Any]]:
    """The further acts of some chapters."""
    names = [name for chapter in chapters for name in chapter]
    return args(name=st.sampled_from(names), number=numbers, choice=numbers, back=st.one_of(recent, days_back))


ACTS["work"] = st.one_of(
    further(RECORDS), further(SHOWING), further(LISTING), further(REPAIRS), further(PROMISES),
    further(SUBJECT, JOINING), further(PERSONS, NOTES),
)  # fmt: skip

MOSTLY = ("work", "follow") * 12
acts = st.one_of([st.tuples(st.just(name), ACTS[name]) for name in (*ACTS, *MOSTLY)])


@st.composite
def histories(draw: st.DrawFn, max_size: int = 30) -> Desk:
    """A registered subject after anything whatever."""
    desk = Desk(draw(starts))
    desk.register()
    if draw(st.integers(0, 4)):
        desk.open_much(draw(numbers))
    for name, drawn in draw(st.lists(acts, min_size=max_size // 2, max_size=max_size)):
        getattr(desk, name)(**drawn)
    return desk
