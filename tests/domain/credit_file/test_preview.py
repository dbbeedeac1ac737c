"""Previews: what is said before an act is signed is what the file says once it is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.context import Filing
from domain.credit_file.file import CreditFile
from domain.credit_file.preview import Line, PreviewChanged, check_preview, preview
from domain.credit_file.standing import standing
from tests.domain.credit_file.samples import (
    REGISTERED,
    accepted,
    applied,
    decided,
    general_penalty,
    granted,
    heard,
    listed,
    noticed,
    proposed,
    reviewed,
    verified,
    weighed,
)
from tests.domain.desk import Desk
from tests.domain.given import Given, Step, context, rules
from tests.domain.given import given as reached
from tests.domain.histories import histories

CASES = ("duty", "open")


def values(file: CreditFile, line: Line) -> tuple[str, ...]:
    found = standing(file, line.on, rules())
    fields = found.fields if found is not None else ()
    return tuple(sorted(one.value for one in fields if (one.item, one.about) == (line.item, line.about)))


def all_values(file: CreditFile, on: date) -> dict[tuple[str, str], list[str]]:
    found, told = standing(file, on, rules()), {}
    for one in found.fields if found is not None else ():
        told.setdefault((one.item, one.about), []).append(one.value)
    return {key: sorted(some) for key, some in told.items()}


def foreseen(state: Given, one: Step) -> dict[tuple[str, str], Line]:
    """The first line of each thing in the preview of a step."""
    found: dict[tuple[str, str], Line] = {}
    for line in preview(state.state, context(one.on, one.by, **one.filing), one.events(state.state)).lines:
        found.setdefault((line.item, line.about), line)
    return found


# Laws


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(desk=histories(max_size=25), data=st.data())
def test_what_a_preview_says_is_what_the_file_then_says(desk: Desk, data: st.DataObject) -> None:
    before, one = data.draw(st.sampled_from(desk.taken))
    file, after = before.state, before.after(one).state
    here = context(one.on, one.by, **one.filing)
    found = preview(file, here, one.events(file))
    for line in found.lines:
        if line.item not in CASES:
            assert (values(file, line), values(after, line)) == (line.before, line.after), line
    today = {(line.item, line.about) for line in found.lines if line.on == here.today}
    old, new = all_values(file, here.today), all_values(after, here.today)
    assert {key for key in {*old, *new} if old.get(key) != new.get(key)} <= today


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(desk=histories(max_size=15))
def test_the_same_act_on_the_same_file_and_day_has_the_same_hash(desk: Desk) -> None:
    before, one = desk.taken[-1]
    here = context(one.on, one.by, **one.filing)
    once, again = (preview(before.state, here, one.events(before.state)) for _ in range(2))
    assert once.hash == again.hash
    assert len(once.hash) == 64


# What a preview says


CASE = (REGISTERED, proposed("2026-09-01"), noticed("2026-09-02"), heard("2026-09-03"), weighed("2026-09-04"))


def test_a_preview_of_a_listing_tells_the_list_its_last_day_and_the_tier() -> None:
    state = reached(*CASE, reviewed("2026-09-04"), decided("2026-09-07"))
    lines = foreseen(state, listed("2026-09-08"))
    assert (lines["listing", "sample"].before, lines["listing", "sample"].after) == ((), ("listed",))
    until = lines["listing.until", "sample"]
    assert until.rows
    assert date.fromisoformat(until.after[0]) > date(2026, 9, 8)
    one = listed("2026-09-08")
    told = preview(state.state, context(one.on, one.by), one.events(state.state)).lines
    ended = [line.on for line in told if (line.item, line.after) == ("listing", ("exited/term",))]
    assert ended == [date.fromisoformat(until.after[0]) + timedelta(days=1)]


def test_a_preview_of_a_repair_tells_that_the_disclosure_ends_and_which_case_it_settles() -> None:
    state = reached(*general_penalty(), applied("2026-10-12"), accepted("2026-10-13"), verified("2026-10-14"))
    lines = foreseen(state, granted("2026-10-15"))
    number = state.state.records["p1"].record.document_no
    assert lines["disclosure", number].before == ("shown",)
    assert lines["disclosure", number].after == ("ended/repair",)
    duties = [line for (item, about), line in lines.items() if item == "duty" and about.startswith("repair/")]
    assert [(line.before, line.after) for line in duties] == [(("decide_repair",), ("send_feedback",))]


def test_a_preview_tells_the_open_cases_that_go_on_beside_the_act() -> None:
    state = reached(*CASE, *general_penalty()[1:], applied("2026-10-12"))
    lines = foreseen(state, reviewed("2026-10-13"))
    assert [line.before for (item, _), line in lines.items() if item == "open"] == [("accept_repair",)]


# Signing


def test_refuses_an_act_whose_preview_was_of_another_file_and_shows_the_new_one() -> None:
    state = reached(*general_penalty(), applied("2026-10-12"), accepted("2026-10-13"), verified("2026-10-14"))
    one = granted("2026-10-15")
    here, events = context(one.on, one.by), one.events(state.state)
    seen = preview(state.state, here, events).hash
    signing = replace(here, filing=replace(here.filing, preview=seen))
    check_preview(state.state, signing, events)
    later = state.after(proposed("2026-10-15"))
    with pytest.raises(PreviewChanged) as refused:
        check_preview(later.state, signing, events)
    assert refused.value.values["preview"] == preview(later.state, here, events)
    assert refused.value.values["preview"].hash != seen


def test_an_act_without_a_preview_is_not_compared() -> None:
    state = reached(*general_penalty())
    here = context("2026-10-15")
    check_preview(state.state, here, [])
    with pytest.raises(PreviewChanged):
        check_preview(state.state, replace(here, filing=Filing(preview="0" * 64)), [])
