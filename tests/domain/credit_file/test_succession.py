"""Mergers, splits and successors, and two files of one subject."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.credit_file.commitment import make_commitment
from domain.credit_file.duties import owed
from domain.credit_file.exit import exit_deregistered
from domain.credit_file.joined import StillRunning, join_file
from domain.credit_file.profile import (
    CodeMisshapen,
    Deregistered,
    EffectiveInFuture,
    FileIsJoined,
    check_existing,
    rename_subject,
)
from domain.credit_file.succession import (
    FileJoined,
    InheritedUnknown,
    MergedAlready,
    PredecessorReceived,
    SubjectMerged,
    SubjectSplit,
    SuccessorIsSelf,
    SuccessorNamed,
    merge_subject,
    receive_predecessor,
    split_subject,
    stated,
)
from domain.refusals import SubjectUnknown
from tests.domain.credit_file.samples import (
    CODE,
    REGISTERED,
    annulled,
    classified,
    day,
    general_penalty,
    own_listing,
    penalty,
    promise,
    recorded,
)
from tests.domain.given import GENG, SUBJECT, YI, Step, context, given, rules, step

OTHER = "91210811MA0ABCD985"
MAIN = UUID(int=77)
MERGER: dict[str, Any] = {"other_code": OTHER, "effective_on": day("2026-03-01"), "document_no": "样例合并通知"}
SPLIT: dict[str, Any] = MERGER | {"survives": True}
FOLLOWED: dict[str, Any] = MERGER | {"kind": "merger"}
JOIN: dict[str, Any] = {"into": MAIN, "into_code": OTHER, "reason": "样例重复建档"}


def merged(on: str, **given: Any) -> Step:
    return step(on, YI, merge_subject, **MERGER | given)


def split(on: str, **given: Any) -> Step:
    return step(on, YI, split_subject, **SPLIT | given)


def joined(on: str) -> Step:
    return step(on, GENG, join_file, **JOIN)


# Mergers and splits


def test_a_subject_merges_into_another_and_names_what_passes_on() -> None:
    reached = given(REGISTERED, recorded(penalty()))
    reached.when(merge_subject, by=YI, **MERGER, inherits=("p1",)).then(
        SubjectMerged(
            successor_code=OTHER, effective_on=day("2026-03-01"), document_no="样例合并通知", inherits=("p1",)
        )
    )  # fmt: skip


def test_a_subject_that_merged_away_is_no_more_from_that_day() -> None:
    file = given(REGISTERED, merged("2026-03-05")).state
    check_existing(file, day("2026-02-28"))
    with pytest.raises(Deregistered):
        check_existing(file, day("2026-03-01"))
    assert [one.value for one in stated(file, day("2026-03-01"), rules())] == [OTHER]
    assert list(stated(file, day("2026-02-28"), rules())) == []


def test_a_subject_that_split_and_survives_goes_on_and_one_that_dissolved_does_not() -> None:
    check_existing(given(REGISTERED, split("2026-03-05")).state, day("2026-03-05"))
    with pytest.raises(Deregistered):
        check_existing(given(REGISTERED, split("2026-03-05", survives=False)).state, day("2026-03-05"))


def test_each_successor_of_a_split_is_named_once() -> None:
    third = CODE[:-1] + "3"
    reached = given(REGISTERED, split("2026-03-05"))
    reached.when(split_subject, by=YI, **SPLIT).refused(SuccessorNamed, code=OTHER)
    reached.when(split_subject, by=YI, **SPLIT | {"other_code": third}).then(
        SubjectSplit(
            successor_code=third, survives=True, effective_on=day("2026-03-01"), document_no="样例合并通知", inherits=()
        )
    )  # fmt: skip


def test_the_successor_names_whom_it_followed_and_entries_that_stay_in_the_other_file() -> None:
    received = PredecessorReceived(
        predecessor_code=OTHER, kind="merger", effective_on=day("2026-03-01"), document_no="样例合并通知",
        inherits=("p9",),
    )  # fmt: skip
    given(REGISTERED).when(receive_predecessor, by=YI, **FOLLOWED, inherits=("p9",)).then(received)
    again = given(REGISTERED, step("2026-03-05", YI, receive_predecessor, **FOLLOWED))
    again.when(receive_predecessor, by=YI, **FOLLOWED).refused(SuccessorNamed)
    assert again.state.records == {}


def test_refuses_to_merge_split_or_follow_in_the_order_of_the_docstring() -> None:
    for decide, asked in ((merge_subject, MERGER), (split_subject, SPLIT), (receive_predecessor, FOLLOWED)):
        future = asked | {"effective_on": day("2026-12-01")}
        given().when(decide, by=YI, **future).refused(SubjectUnknown)
        given(REGISTERED).when(decide, by=YI, **future | {"other_code": "样例"}).refused(CodeMisshapen)
        given(REGISTERED).when(decide, by=YI, **future | {"other_code": CODE}).refused(SuccessorIsSelf)
        given(REGISTERED).when(decide, by=YI, **future).refused(EffectiveInFuture)
    for decide, asked in ((merge_subject, MERGER), (split_subject, SPLIT)):
        given(REGISTERED).when(decide, by=YI, **asked, inherits=("p9",)).refused(InheritedUnknown, entry_id="p9")
        given(REGISTERED, merged("2026-03-05")).when(
            decide, by=YI, **asked | {"effective_on": day("2026-12-01")}
        ).refused(MergedAlready)


def test_what_dissolved_in_a_split_cannot_merge() -> None:
    given(REGISTERED, split("2026-03-05", survives=False)).when(merge_subject, by=YI, **MERGER).refused(MergedAlready)


def test_a_place_on_a_list_that_outlived_its_subject_is_owed_an_exit() -> None:
    reached = given(REGISTERED, *own_listing("2026-01-05"), merged("2026-03-05"))
    found = [one for one in owed(reached.state, rules()) if one.act == "exit_deregistered"]
    assert [(one.case_id, one.since_on) for one in found] == [("s1", day("2026-03-01"))]
    left = step(
        "2026-03-06", YI, exit_deregistered,
        listing_id="s1", deregistered_on=day("2026-03-01"), document_no="样例通知",
    )  # fmt: skip
    assert [one for one in owed(reached.after(left).state, rules()) if one.act == "exit_deregistered"] == []
    still_there = owed(given(REGISTERED, *own_listing("2026-01-05")).state, rules())
    assert "exit_deregistered" not in {one.act for one in still_there}


# Two files of one subject


def test_a_file_joined_to_the_main_one_takes_no_act_and_owes_nothing() -> None:
    given(REGISTERED).when(join_file, by=GENG, on="2026-11-20", **JOIN).then(
        FileJoined(into=MAIN, into_code=OTHER, reason="样例重复建档", joined_on=day("2026-11-20"))
    )
    reached = given(REGISTERED, joined("2026-11-20"))
    reached.when(rename_subject, name="样例", effective_on=day("2026-11-20")).refused(FileIsJoined, code=OTHER)
    reached.when(make_commitment, commitment=promise("2026-11-20")).refused(FileIsJoined)
    reached.when(join_file, by=GENG, **JOIN).refused(FileIsJoined)
    assert list(owed(reached.state, rules())) == []
    assert [one.item for one in stated(reached.state, day("2026-11-20"), rules())] == ["joined"]
    assert list(stated(reached.state, day("2026-11-19"), rules())) == []


def test_refuses_to_join_a_file_to_itself_or_to_no_code() -> None:
    given().when(join_file, by=GENG, **JOIN).refused(SubjectUnknown)
    given(REGISTERED).when(join_file, by=GENG, **JOIN | {"into_code": "样例"}).refused(CodeMisshapen)
    given(REGISTERED).when(join_file, by=GENG, **JOIN | {"into_code": CODE}).refused(SuccessorIsSelf)
    given(REGISTERED).when(join_file, by=GENG, **JOIN | {"into": SUBJECT}).refused(SuccessorIsSelf)


def test_refuses_to_join_a_file_that_is_shown_listed_or_owes_a_step() -> None:
    for steps in (
        general_penalty(),
        [REGISTERED, *own_listing("2026-01-05")],
        [REGISTERED, recorded(penalty()), classified("2026-06-12", "general")],
    ):
        given(*steps).when(join_file, by=GENG, **JOIN).refused(StillRunning)


def test_joins_a_file_once_what_it_owed_has_been_taken_back() -> None:
    waiting = given(REGISTERED, recorded(penalty()), classified("2026-06-12", "general"))
    waiting.when(join_file, by=GENG, **JOIN).refused(StillRunning, what="营商罚样〔2026〕p1号")
    assert waiting.after(annulled("2026-07-01")).when(join_file, by=GENG, **JOIN).refusal is None


def test_joins_a_file_whose_disclosure_is_over() -> None:
    assert given(*general_penalty()).when(join_file, by=GENG, on="2030-01-02", **JOIN).refusal is None
    assert context("2030-01-02").today == day("2030-01-02")
