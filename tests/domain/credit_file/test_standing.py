"""What the file says on a day, field by field, and the tier that follows; the file as foreseen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.credit_file.commitment import fulfil_commitment
from domain.credit_file.disclosure import end_disclosure
from domain.credit_file.exit import end_listing, revoke_listing
from domain.credit_file.file import fold_all, foresee
from domain.credit_file.profile import rename_subject
from domain.credit_file.record_decisions import correct_record, record_penalty
from domain.credit_file.repair_decisions import ask_supplement, send_feedback
from domain.credit_file.standing import standing
from domain.credit_file.stated import Stated
from domain.credit_file.tier import tier_on
from domain.event import Source
from tests.domain.credit_file.samples import (
    LIST,
    NAME,
    REGISTERED,
    accepted,
    annulled,
    applied,
    breach_noticed,
    classified,
    day,
    disclosed,
    findings,
    general_penalty,
    granted,
    licence,
    own_listing,
    penalty,
    promise,
    promised,
    received,
    recorded,
    recorded_licence,
    removed,
    verified,
)
from tests.domain.given import DING, GENG, JIA, PAPERS, SUBJECT, SYSTEM, YI, Given, Step, context, given, rules, step

REPAIR = [applied("2026-09-14"), accepted("2026-09-14"), verified("2026-09-14"), granted("2026-09-14")]


def said(state: Given, on: str) -> dict[str, str]:
    answer = standing(state.state, day(on), rules())
    assert answer is not None
    return {one.item: one.value for one in answer.fields}


def stated(state: Given, on: str, item: str) -> Stated:
    answer = standing(state.state, day(on), rules())
    assert answer is not None
    return next(one for one in answer.fields if one.item == item)


def test_says_nothing_of_a_subject_nobody_registered() -> None:
    assert standing(given().state, day("2026-11-20"), rules()) is None


@pytest.mark.parametrize("on", ["1990-01-01", "2018-05-10", "2019-06-30"])
def test_answers_for_a_day_before_the_first_rule_without_a_tier(on: str) -> None:
    answer = standing(given(*general_penalty()).state, day(on), rules())
    assert answer is not None
    assert answer.tier is None
    assert answer.shown == {}


def test_tells_the_name_of_the_day_with_the_event_behind_it() -> None:
    new = "营口样例新海通商贸有限公司"
    renamed = step("2026-03-05", YI, rename_subject, name=new, effective_on=day("2026-03-01"))
    state = given(REGISTERED, renamed)
    assert said(state, "2026-02-28")["name"] == NAME
    assert said(state, "2026-03-01")["name"] == new
    origin = stated(state, "2026-03-01", "name").origin
    assert origin is not None
    assert (origin.version, origin.officer_id) == (2, YI.officer_id)


def test_tells_of_a_penalty_from_its_decision_on_and_of_performance_from_its_day_on() -> None:
    state = given(*general_penalty())
    assert "penalty" not in said(state, "2026-06-11")
    first = said(state, "2026-06-12")
    assert first["penalty.fine"] == "2000000"
    assert first["penalty.class"] == "class.2025/general"
    assert first["disclosure"] == "shown"
    assert first["disclosure.until"] == "2027-06-12"
    assert first["repair.first_on"] == "2026-09-13"
    assert "penalty.performed" not in first
    assert said(state, "2026-06-15")["penalty.performed"] == "2026-06-15"


def test_names_the_event_behind_what_an_act_set_and_the_rows_behind_what_the_date_derives() -> None:
    state = given(*general_penalty())
    released = stated(state, "2026-07-01", "disclosure").origin
    assert released is not None
    assert released.officer_id == YI.officer_id
    until = stated(state, "2026-07-01", "disclosure.until")
    assert until.origin is None
    assert {row.parameter for row in until.rows} == {"disclosure.shown", "disclosure.max", "repair.min"}


def test_tells_why_a_disclosure_ended() -> None:
    over = given(*general_penalty())
    assert said(over, "2027-06-13")["disclosure"] == "ended/term"
    repaired = given(*general_penalty(), *REPAIR)
    assert said(repaired, "2026-09-13")["disclosure"] == "shown"
    assert said(repaired, "2026-09-14")["disclosure"] == "ended/repair"
    origin = stated(repaired, "2026-09-14", "disclosure").origin
    assert origin is not None
    assert origin.officer_id == DING.officer_id
    assert said(repaired, "2026-09-14")["repair"] == "disclosure_ended"
    # The last day follows from the act, not from the longest period, and names it.
    until = stated(repaired, "2026-09-14", "disclosure.until")
    assert (until.value, until.origin, until.rows) == ("2026-09-13", origin, ())


def test_a_repair_granted_after_the_term_is_not_the_reason_of_the_end() -> None:
    late = [step(one.on.replace("2026-09-14", "2027-07-01"), one.by, one.decide, **one.args) for one in REPAIR]
    late[0] = applied("2027-07-01")
    ended = stated(given(*general_penalty(), *late), "2027-07-01", "disclosure")
    assert ended.value == "ended/term"
    assert ended.origin is None
    assert ended.rows


def test_tells_only_of_the_annulment_once_a_record_was_annulled() -> None:
    state = given(*general_penalty(), annulled("2026-07-01"))
    assert said(state, "2026-06-30")["disclosure"] == "shown"
    after = said(state, "2026-07-01")
    assert after["record.annulled"] == "2026-07-01"
    assert "penalty" not in after


@pytest.mark.parametrize(
    ("steps", "on", "value"),
    [
        ([recorded(penalty())], "2026-06-12", "not_released"),
        ([recorded(penalty()), classified("2026-06-12", "general"), disclosed("2026-07-01")], "2026-06-30", "not_yet"),
        (
            [recorded(penalty()), classified("2026-06-12", "general"), disclosed("2026-06-12"),
             classified("2026-06-13", "minor")],
            "2026-06-14", "not_disclosed_by_law",
        ),
    ],
)  # fmt: skip
def test_tells_why_an_entry_is_not_shown(steps: list[Step], on: str, value: str) -> None:
    assert said(given(REGISTERED, *steps), on)["disclosure"] == value


def test_tells_that_a_release_no_longer_covers_a_changed_entry_and_from_when_a_new_one_does() -> None:
    fix = step("2026-07-01", GENG, correct_record, entry_id="p1", field="content", new="样例", reason="样例")
    state = given(*general_penalty(), fix, disclosed("2026-07-03"))
    days = ("2026-06-30", "2026-07-01", "2026-07-02", "2026-07-03")
    told = {on: said(state, on)["disclosure"] for on in days}
    assert told == {
        "2026-06-30": "shown", "2026-07-01": "ended/restated", "2026-07-02": "ended/restated", "2026-07-03": "shown"
    }  # fmt: skip
    assert stated(state, "2026-07-02", "disclosure").origin == state.state.records["p1"].restated[-1]
    first, second = (stated(state, on, "disclosure").origin for on in ("2026-06-30", "2026-07-03"))
    assert first is not None
    assert second is not None
    assert (first.version, second.version) == (4, 7)


def test_tells_the_corrected_value_with_the_correction_behind_it() -> None:
    fix = step("2026-06-20", YI, correct_record, entry_id="p1", field="fine_fen", new="100", reason="样例")
    fine = stated(given(*general_penalty(), fix), "2026-06-12", "penalty.fine")
    assert fine.value == "100"
    assert fine.origin is not None
    assert fine.origin.officer_id == YI.officer_id


def test_tells_of_a_licence_and_until_when_it_is_valid() -> None:
    dated = licence(valid_until=day("2026-12-31"))
    assert said(given(REGISTERED, recorded_licence(dated)), "2026-06-01")["licence.until"] == "2026-12-31"
    assert said(given(REGISTERED, recorded_licence(licence())), "2026-06-01")["licence.until"] == "long_term"


def test_tells_of_a_listing_through_its_term_and_how_it_was_left() -> None:
    state = given(REGISTERED, *own_listing("2026-01-05"))
    assert "listing" not in said(state, "2026-01-04")
    assert said(state, "2029-01-05")["listing"] == "listed"
    assert said(state, "2029-01-05")["listing.until"] == "2029-01-05"
    assert said(state, "2029-01-06")["listing"] == "exited/term"
    revoked = step("2026-04-01", DING, revoke_listing, listing_id="s1", document_no="样例撤销一号")
    left = given(REGISTERED, *own_listing("2026-01-05"), revoked)
    assert said(left, "2026-03-31")["listing"] == "listed"
    assert said(left, "2026-04-01")["listing"] == "exited/revocation"
    assert stated(left, "2026-04-01", "listing").origin is not None


def test_the_daily_job_changes_no_field_of_any_day() -> None:
    before = given(*general_penalty(), *own_listing("2026-06-20"))
    after = replace(before)
    for one in (
        step("2027-06-13", SYSTEM, end_disclosure, entry_id="p1"),
        step("2029-06-21", SYSTEM, end_listing, listing_id="s1"),
    ):
        after = after.after(one)
    for on in ("2026-06-12", "2027-06-12", "2027-06-13", "2029-06-20", "2029-06-21", "2035-01-01"):
        assert standing(after.state, day(on), rules()) == standing(before.state, day(on), rules())


def test_tells_of_commitments_and_open_repairs() -> None:
    kept = step("2026-02-01", JIA, fulfil_commitment, commitment_id="c1", fulfilled_on=day("2026-02-01"), extent="full")
    assert said(given(REGISTERED, promised(promise()), kept), "2026-01-31")["commitment"] == "running"
    assert said(given(REGISTERED, promised(promise()), kept), "2026-02-01")["commitment"] == "fulfilled"
    assert said(given(*general_penalty(), *REPAIR[:2]), "2026-09-14")["repair"] == "accepted"
    assert "repair" not in said(given(*general_penalty(), *REPAIR), "2026-09-13")


def test_tells_what_a_repair_waited_for_on_each_day_by_the_day_of_each_step() -> None:
    bad = verified("2026-10-13", found=findings("performed"))
    steps = [applied("2026-10-10"), accepted("2026-10-12"), bad, granted("2026-10-14")]
    back = step("2026-10-16", JIA, send_feedback, repair_id="r1", receipt="样例")
    refused = granted("2026-10-14", outcome="refused")
    state = given(*general_penalty(), *steps[:-1], refused, back)
    days = ("2026-10-10", "2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-16")
    assert [said(state, on)["repair"] for on in days] == [
        "received", "accepted", "verified", "feedback", "feedback", "closed"
    ]  # fmt: skip
    decided = stated(state, "2026-10-14", "repair").origin
    assert decided is not None
    assert decided.officer_id == DING.officer_id


def test_tells_that_a_repair_waited_for_papers_from_the_day_they_were_asked_for() -> None:
    asked = step("2026-10-12", JIA, ask_supplement, repair_id="r1", note="样例")
    state = given(*general_penalty(), applied("2026-10-10", papers=()), asked)
    assert [said(state, on)["repair"] for on in ("2026-10-11", "2026-10-12")] == ["received", "supplement"]


# The tier


def grade(state: Given, on: str) -> tuple[str, list[str]]:
    tier = tier_on(state.state, day(on), rules())
    assert tier is not None
    return tier.grade, [one.code for one in tier.inputs]


def test_gives_the_ordinary_grade_to_a_file_in_which_nothing_counts() -> None:
    assert grade(given(REGISTERED), "2022-01-12") == ("bureau_normal", [])
    assert grade(given(REGISTERED), "2022-01-13") == ("B", [])


@pytest.mark.parametrize(
    ("steps", "on", "expected"),
    [
        ([recorded(penalty()), classified("2026-06-12", "general"), disclosed("2026-06-12")], "2027-06-12", "C"),
        ([recorded(penalty()), classified("2026-06-12", "general"), disclosed("2026-06-12")], "2027-06-13", "B"),
        ([recorded(penalty()), classified("2026-06-12", "general")], "2026-06-12", "C"),
        ([recorded(penalty()), classified("2026-06-12", "general")], "2027-06-13", "B"),
        ([recorded(penalty()), classified("2026-06-12", "serious"), disclosed("2026-06-12")], "2026-06-12", "D"),
        (own_listing("2026-01-05"), "2026-01-05", "C"),
        ([received("2026-01-05")], "2026-01-05", "D"),
        ([received("2026-01-05", list_type="commerce_key_watch")], "2026-01-05", "C"),
        ([*own_listing("2026-01-05"), *removed("2026-07-06")], "2026-07-06", "B"),
    ],
)
def test_gives_the_worst_grade_that_finds_an_input(steps: list[Step], on: str, expected: str) -> None:
    assert grade(given(REGISTERED, *steps), on)[0] == expected


def test_a_kept_promise_raises_the_grade_and_a_penalty_stands_over_it() -> None:
    kept = step("2026-02-01", JIA, fulfil_commitment, commitment_id="c1", fulfilled_on=day("2026-02-01"), extent="full")
    good = [REGISTERED, promised(promise()), kept]
    assert grade(given(*good), "2026-02-01") == ("A", ["fulfilment"])
    partly = replace(kept, args=kept.args | {"extent": "partial"})
    assert grade(given(*good[:-1], partly), "2026-02-01") == ("B", [])
    worse = [recorded(penalty()), classified("2026-06-12", "general"), disclosed("2026-06-12")]
    assert grade(given(*good, *worse), "2026-06-12") == ("C", ["penalty_general"])


# The file foreseen


def test_foresees_the_file_as_it_will_be_stored_now_but_for_its_place() -> None:
    state = given(REGISTERED)
    here = context("2026-06-12", YI, case_no="样例案一", source=Source(system="import", batch="样例批", row=2))
    foreseen = foresee(state.state, here, [penalty()])
    origin = foreseen.records["p1"].origin
    assert (origin.officer_id, origin.case_no, origin.batch) == (YI.officer_id, "样例案一", "样例批")
    assert (origin.version, origin.position, origin.recorded_at, origin.digest) == (2, None, here.now, "")
    assert state.state.version == 1


def test_every_step_of_a_long_story_leaves_a_file_that_folds() -> None:
    story = given(
        *general_penalty(), *REPAIR, promised(promise("2026-09-15")), breach_noticed("2026-09-16"),
        *own_listing("2026-09-17"), received("2026-09-18"), recorded(penalty("2026-09-19", "p2")),
    )  # fmt: skip
    assert fold_all(SUBJECT, story.facts) == story.state
    assert said(story, "2026-09-20")["name"] == NAME
    assert set(story.state.listings) == {"s1", "u1"}
    assert story.state.listings["u1"].list_type == LIST


def test_an_end_that_the_letter_stated_otherwise_is_told_beside_the_derived_one_with_its_row() -> None:
    for stated_until, expected in (("2027-06-12", []), ("2028-06-12", ["2028-06-12"])):
        one = penalty(stated_until=day(stated_until))
        confirmed = step(
            "2026-06-12", JIA, record_penalty, PAPERS, penalty=one, confirmed=frozenset({"EndBeyondMaximum"})
        )
        state = given(REGISTERED, confirmed, classified("2026-06-12", "general"), disclosed("2026-06-13"))
        told = standing(state.state, day("2026-07-01"), rules())
        assert told is not None
        found = [one for one in told.fields if one.item == "disclosure.stated_until"]
        assert [one.value for one in found] == expected
        assert all("第36号" in one.rows[0].citation for one in found)
