"""Strategies: acts at the desk, each a name and its arguments, and whole histories of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.domain.desk import LISTS, Desk

numbers = st.integers(0, 13)
days_back = st.sampled_from([0, 0, 0, 1, 5, 40, 200, 400, 900])
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
starts = st.dates(date(2018, 1, 2), date(2026, 6, 12))


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
}

acts = st.one_of([st.tuples(st.just(name), drawn) for name, drawn in ACTS.items()])


@st.composite
def histories(draw: st.DrawFn, max_size: int = 40) -> Desk:
    """A registered subject after anything whatever."""
    desk = Desk(draw(starts))
    desk.register()
    for name, drawn in draw(st.lists(acts, min_size=5, max_size=max_size)):
        getattr(desk, name)(**drawn)
    return desk
