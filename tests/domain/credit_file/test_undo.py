"""Undoing a wrong entry: whose, when, what may not rest on it, and that the file is as if it had not been made."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.credit_file.file import CreditFile, fold, take
from domain.credit_file.objection_decisions import file_objection
from domain.credit_file.persons import link_person
from domain.credit_file.profile import FileIsJoined, rename_subject
from domain.credit_file.record_decisions import record_penalty
from domain.credit_file.undo import (
    BuiltUpon,
    EntryUndone,
    FactUnknown,
    NotAnEntry,
    NotOfToday,
    NotYourEntry,
    UndoneAlready,
    UndoReasonMissing,
    undo_entry,
)
from domain.event import Fact, Personal, Source
from domain.refusals import SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    applied,
    classified,
    day,
    disclosed,
    general_penalty,
    own_listing,
    penalty,
    performed,
    promise,
    promised,
    proposed,
    received,
    recorded,
)
from tests.domain.credit_file.test_succession import joined
from tests.domain.given import GENG, JIA, SUBJECT, YI, Given, Step, given, step

ON = "2026-06-12"
REASON = "样例录错主体"


def undone(version: int, on: str = ON, by: Any = JIA) -> Step:
    return step(on, by, undo_entry, version=version, reason=REASON)


def renamed(on: str, name: str = "样例误录名称") -> Step:
    return step(on, JIA, rename_subject, name=name, effective_on=day(on))


def without(reached: Given, *left_out: int) -> CreditFile:
    """The file of the same facts, in their places, without these and without the undoings."""
    file = CreditFile.empty(SUBJECT)
    for fact in reached.facts:
        if fact.originator_version not in left_out and not isinstance(fact.event, EntryUndone):
            file = take(file, fact)
    return file


def assert_same(file: CreditFile, other: CreditFile) -> None:
    """Every chapter is the same but for the record of what was undone."""
    for one in fields(CreditFile):
        if one.name not in ("version", "undoings", "day"):
            assert getattr(file, one.name) == getattr(other, one.name), one.name


ENTRIES: dict[str, Step] = {
    "penalty": recorded(penalty(ON)),
    "commitment": promised(promise(ON)),
    "name": renamed(ON),
    "person": step(
        ON, JIA, link_person, link_id="k1", role="person_in_charge", shown_name="样**",
        person_name=Personal("样例人", "样例号"), from_on=day(ON),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRIES)
def test_the_file_is_as_if_the_entry_had_not_been_made(name: str) -> None:
    reached = given(REGISTERED, ENTRIES[name])
    reached.when(undo_entry, on=ON, version=2, reason=REASON).then(
        EntryUndone(of_version=2, through_version=2, reason=REASON)
    )
    after = reached.after(undone(2)).state
    assert_same(after, given(REGISTERED).state)
    assert after.version == 3
    assert set(after.undoings) == {2}


def test_what_was_recorded_around_the_entry_stays() -> None:
    reached = given(
        REGISTERED, recorded(penalty(ON, "p1")), promised(promise(ON)), recorded(penalty(ON, "p2")), performed(ON, "p2")
    )
    after = reached.after(undone(2))
    assert_same(after.state, without(after, 2))
    assert set(after.state.records) == {"p2"}
    again = after.after(undone(5))
    assert_same(again.state, without(again, 2, 5))
    assert again.state.records["p2"].performed_on is None
    assert set(again.state.undoings) == {2, 5}


def test_a_number_and_an_id_undone_are_free_again() -> None:
    reached = given(REGISTERED, recorded(penalty(ON)), undone(2))
    reached.when(record_penalty, on=ON, penalty=penalty(ON)).then(penalty(ON))


def test_facts_of_the_next_day_are_folded_on_the_file_as_it_then_stands() -> None:
    reached = given(REGISTERED, recorded(penalty(ON)), undone(2), recorded(penalty("2026-06-13", "p2")))
    assert_same(reached.state, without(reached, 2))
    assert [one.originator_version for one in reached.state.day.facts] == [4]


def test_an_act_of_several_facts_is_undone_whole() -> None:
    decision = received(ON, "u1")
    one_request = Step(decision.on, decision.by, decision.decide, decision.args, {"request_id": UUID(int=5)})
    reached = given(REGISTERED, one_request)
    assert len(reached.facts) == 3
    for version in (2, 3):
        reached.when(undo_entry, by=YI, on=ON, version=version, reason=REASON).then(
            EntryUndone(of_version=2, through_version=3, reason=REASON)
        )
    assert_same(reached.after(undone(2, by=YI)).state, given(REGISTERED).state)


def test_a_joined_file_takes_no_act_but_the_undoing_of_the_joining() -> None:
    reached = given(REGISTERED, joined(ON))
    reached.when(rename_subject, name="样例", effective_on=day(ON)).refused(FileIsJoined)
    back = reached.after(undone(2, by=GENG))
    assert_same(back.state, given(REGISTERED).state)
    assert back.when(rename_subject, name="样例新名", effective_on=day(ON)).refusal is None


def test_refuses_in_a_file_of_nobody_and_what_the_file_does_not_hold() -> None:
    given().when(undo_entry, version=1, reason=REASON).refused(SubjectUnknown)
    for version in (0, 2):
        given(REGISTERED).when(undo_entry, version=version, reason=REASON).refused(FactUnknown, version=version)


def test_refuses_what_was_undone_already() -> None:
    given(REGISTERED, recorded(penalty(ON)), undone(2)).when(undo_entry, on=ON, version=2, reason="").refused(
        UndoneAlready, version=2
    )


def test_refuses_from_the_next_day_on_also_where_the_day_is_still_the_last() -> None:
    reached = given(REGISTERED, recorded(penalty(ON)))
    reached.when(undo_entry, by=YI, on="2026-06-13", version=2, reason="").refused(NotOfToday)
    later = reached.after(recorded(penalty("2026-06-13", "p2")))
    later.when(undo_entry, on="2026-06-13", version=2, reason=REASON).refused(NotOfToday)


def test_refuses_the_entry_of_somebody_else_before_it_says_what_it_is() -> None:
    reached = given(REGISTERED, recorded(penalty(ON)), classified(ON, "general"), disclosed(ON))
    reached.when(undo_entry, by=JIA, on=ON, version=4, reason=REASON).refused(NotYourEntry)


@pytest.mark.parametrize("steps", [
    [recorded(penalty(ON)), classified(ON, "general"), disclosed(ON)], [proposed(ON)], own_listing(ON),
])  # fmt: skip
def test_refuses_what_is_a_decision_a_service_or_a_release(steps: list[Step]) -> None:
    reached = given(REGISTERED, *steps)
    by, last = steps[-1].by, len(reached.facts)
    reached.when(undo_entry, by=by, on=ON, version=last, reason=REASON).refused(NotAnEntry)


def test_refuses_what_the_subject_filed_itself() -> None:
    reached = given(*general_penalty(), applied("2026-09-14"))
    reached.when(undo_entry, on="2026-09-14", version=len(reached.facts), reason=REASON).refused(NotAnEntry)
    objected = step(
        ON, JIA, file_objection, objection_id="o1", target_id="p1", kind="content", claim="样例", channel="window",
        filed_on=day(ON),
    )  # fmt: skip
    asked = given(REGISTERED, recorded(penalty(ON)), objected)
    asked.when(undo_entry, on=ON, version=3, reason=REASON).refused(NotAnEntry)


def test_refuses_a_registration_and_a_row_of_a_file() -> None:
    given(step(ON, JIA, REGISTERED.decide, **REGISTERED.args)).when(
        undo_entry, on=ON, version=1, reason=REASON
    ).refused(NotAnEntry)
    imported = Step(ON, JIA, record_penalty, {"penalty": penalty(ON)}, {"source": Source(system="import", row=1)})
    given(REGISTERED, imported).when(undo_entry, on=ON, version=2, reason=REASON).refused(NotAnEntry)


def test_refuses_what_a_later_fact_names_and_then_asks_for_a_reason() -> None:
    reached = given(REGISTERED, recorded(penalty(ON)), classified(ON, "general"))
    reached.when(undo_entry, on=ON, version=2, reason="").refused(BuiltUpon, later=3)
    given(REGISTERED, recorded(penalty(ON))).when(undo_entry, on=ON, version=2, reason=" ").refused(UndoReasonMissing)


def test_what_was_undone_itself_does_not_stand_in_the_way() -> None:
    reached = given(REGISTERED, recorded(penalty(ON)), performed(ON), undone(3))
    reached.when(undo_entry, on=ON, version=2, reason=REASON).then(
        EntryUndone(of_version=2, through_version=2, reason=REASON)
    )
    assert_same(reached.after(undone(2)).state, given(REGISTERED).state)


def test_on_an_act_about_the_subject_as_a_whole_everything_later_rests() -> None:
    given(REGISTERED, renamed(ON), promised(promise(ON))).when(
        undo_entry, on=ON, version=2, reason=REASON
    ).refused(BuiltUpon, later=3)  # fmt: skip


def test_undoing_what_is_of_another_day_is_corruption() -> None:
    reached = given(REGISTERED, recorded(penalty(ON)))
    last = reached.facts[-1]
    assert last.recorded_at is not None
    event = EntryUndone(of_version=2, through_version=2, reason=REASON)
    late = Fact(SUBJECT, 3, last.envelope, event, 3, last.recorded_at + timedelta(days=1), "")
    with pytest.raises(ValueError, match="another day"):
        fold(reached.state, late)


def test_a_day_ends_at_midnight_in_china() -> None:
    ends_at = given(REGISTERED, recorded(penalty(ON))).state.day.ends_at
    assert ends_at.isoformat() == "2026-06-13T00:00:00+08:00"
