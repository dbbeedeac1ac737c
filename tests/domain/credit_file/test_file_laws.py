"""Laws of the credit file, whatever was done to it: folding, foreseeing, what was known, what is shown."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.casework.rulebook_versions import RulebookAdopted
from domain.credit_file.disclosure_period import disclosed
from domain.credit_file.file import CreditFile, fold, fold_all
from domain.credit_file.record import RecordCorrected
from domain.credit_file.repair import Repaired
from domain.credit_file.repair_events import RepairRevoked
from tests.domain import naive
from tests.domain.desk import Desk, check_file, check_nothing_shown_against_the_law, known_to_naive
from tests.domain.given import SUBJECT, rules
from tests.domain.histories import ACTS, acts, histories

some_day = st.dates(date(2017, 1, 1), date(2040, 12, 31))
law = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@law
@given(desk=histories())
def test_every_prefix_of_a_history_is_a_file(desk: Desk) -> None:
    for version in range(len(desk.facts) + 1):
        assert fold_all(SUBJECT, desk.facts[:version]) == desk.past[version]


@law
@given(desk=histories(), data=st.data())
def test_what_was_known_at_a_version_is_known_at_it_for_ever(desk: Desk, data: st.DataObject) -> None:
    version = len(desk.facts)
    known, on = desk.file, data.draw(some_day)
    answer = desk.standing(on)
    for name, args in data.draw(st.lists(acts, max_size=10)):
        getattr(desk, name)(**args)
    assert desk.past[version] == known
    assert desk.facts[:version] == desk.reached.facts[:version]
    later = Desk(desk.today)
    later.reached = replace(later.reached, state=desk.past[version])
    assert later.standing(on) == answer


@law
@given(desk=histories())
def test_a_fact_is_folded_once_and_in_its_place(desk: Desk) -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        fold(desk.file, desk.facts[-1])
    if len(desk.facts) > 1:
        with pytest.raises(ValueError, match="cannot follow"):
            fold_all(SUBJECT, desk.facts[1:])


@law
@given(desk=histories(max_size=5))
def test_a_fact_of_no_chapter_is_corruption(desk: Desk) -> None:
    stranger = RulebookAdopted(version="a" * 64, replaces="", added=(), altered=(), gone=(), reason="样例")
    fact = replace(desk.facts[-1], originator_version=len(desk.facts) + 1, event=stranger)
    with pytest.raises(TypeError, match="belongs to no chapter"):
        fold(desk.file, fact)


@law
@given(desk=histories(), on=some_day)
def test_standing_says_what_the_plain_model_says(desk: Desk, on: date) -> None:
    answer = desk.standing(on)
    assert answer is not None
    assert known_to_naive(desk, answer.shown) == naive.shown(desk.facts, on)
    lists = [one for one in answer.on_lists if one in naive.KNOWN_LISTS]
    assert sorted(lists) == sorted(naive.on_lists(desk.facts, on))


@law
@given(desk=histories(), on=some_day)
def test_nothing_is_shown_that_disclosure_forbids_on_the_day(desk: Desk, on: date) -> None:
    shown = {entry_id for entry_id, period in disclosed(desk.file, rules()).items() if period.covers(on)}
    check_nothing_shown_against_the_law(desk, shown, on)


@law
@given(desk=histories(), data=st.data())
def test_after_a_repair_nothing_shows_the_entry_again_whatever_is_done(desk: Desk, data: st.DataObject) -> None:
    desk.repair_at_once(data.draw(st.integers(0, 5)), 1100)
    repaired = [fact.event for fact in desk.facts if isinstance(fact.event, Repaired)]
    for name, args in data.draw(st.lists(acts, max_size=10)):
        getattr(desk, name)(**args)
    false = {fact.event.repair_id for fact in desk.facts if isinstance(fact.event, RepairRevoked)}
    for one in repaired:
        if one.repair_id in false or one.repair_id not in desk.file.repairs:
            continue
        for on in (one.effective_on, data.draw(st.dates(one.effective_on, date(2045, 1, 1)))):
            answer = desk.standing(on)
            assert answer is not None
            assert one.target_id not in answer.shown
            listing = desk.file.listings.get(one.target_id)
            others = [each for each in desk.file.listings.values() if each.listing_id != one.target_id]
            if listing is not None and not any(each.list_type == listing.list_type for each in others):
                assert listing.list_type not in answer.on_lists


@law
@given(desk=histories())
def test_correcting_adds_to_the_history_and_takes_nothing_from_it(desk: Desk) -> None:
    for version, fact in enumerate(desk.facts, start=1):
        if isinstance(fact.event, RecordCorrected):
            before = desk.past[version - 1].records[fact.event.entry_id]
            after = desk.past[version].records[fact.event.entry_id]
            assert after.corrections == (*before.corrections, (fact.event, fact.origin))
            assert after.origin == before.origin
            assert str(getattr(before.record, fact.event.field)) == fact.event.old
            assert str(getattr(after.record, fact.event.field)) == fact.event.new


CASES = tuple(
    one.name for one in fields(CreditFile) if one.name not in {"preparations", "releases", "deadlines", "transfers"}
)
"""The fields by id whose entries each have one origin for ever; a release or a transfer follows the one before it."""


@law
@given(desk=histories())
def test_no_chapter_ever_forgets_an_entry(desk: Desk) -> None:
    for before, after in zip(desk.past, desk.past[1:], strict=False):
        if len(after.undoings) > len(before.undoings):
            continue
        for chapter in (*CASES, "releases"):
            old, new = getattr(before, chapter), getattr(after, chapter)
            if isinstance(old, dict):
                assert old.keys() <= new.keys(), chapter
        for chapter in ("records", "conducts", "commitments", "listings", "repairs", "measures", "tiers"):
            old, new = getattr(before, chapter), getattr(after, chapter)
            assert {name: one.origin for name, one in old.items()}.items() <= {
                name: one.origin for name, one in new.items()
            }.items(), chapter
        for entry_id, release in before.releases.items():
            kept = after.releases[entry_id]
            assert release.origin in {one.origin for one in (*kept.earlier, kept)}


@law
@given(desk=histories())
def test_the_daily_job_changes_no_answer_for_any_date(desk: Desk) -> None:
    desk.wait(1100)
    desk.run_daily_job()


@law
@given(desk=histories())
def test_everything_that_holds_of_every_file_holds(desk: Desk) -> None:
    check_file(desk)


@given(on=some_day)
def test_a_file_without_a_subject_says_nothing_on_any_day(on: date) -> None:
    desk = Desk(on)
    assert desk.standing(on) is None
    assert desk.file == CreditFile.empty(UUID(int=1))


def test_the_desk_has_a_strategy_for_each_of_its_acts() -> None:
    others = {
        "do",
        "seated",
        "not_here",
        "with_misses",
        "take",
        "pick",
        "fresh",
        "standing",
        "file",
        "facts",
        "register",
        "take_away",
    }
    own = {name for name in vars(Desk) if not name.startswith("_")} - others
    assert own == set(ACTS)
