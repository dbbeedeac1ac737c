"""Decisions of the exit: revocation, deregistration, end of term."""

from __future__ import annotations

from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.exit import (
    DesignatedElsewhere,
    NotDeregistered,
    NotOnList,
    OursToLift,
    TermRunning,
    end_listing,
    exit_deregistered,
    receive_exit_decision,
    revoke_listing,
)
from domain.credit_file.listing import Exited, covers
from domain.credit_file.listing_checks import ListingUnknown
from domain.credit_file.measure import MeasureApplied, MeasureLifted, apply_measure, measures_on
from domain.credit_file.profile_changes import change_status
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.law.reading import Reading
from domain.refusals import CaseMoved, Refused, SubjectUnknown
from tests.domain.credit_file.samples import REGISTERED, day, own_listing, received, removed
from tests.domain.given import DING, JIA, RULEBOOK, SYSTEM, YI, Given, Step, given, rules, step

REVOKE: dict[str, Any] = {"listing_id": "s1", "document_no": "样例撤销一号"}
LIFT: dict[str, Any] = {
    "listing_id": "u1", "cause": "repair", "body": "样例省厅", "document_no": "样例省移出一号",
    "decided_on": day("2026-10-12"), "effective_on": day("2026-10-13"),
}  # fmt: skip
LEAVE: dict[str, Any] = {"listing_id": "s1", "document_no": "样例注销一号", "deregistered_on": day("2026-05-04")}
END: dict[str, Any] = {"listing_id": "s1"}
EXITS = [
    (revoke_listing, DING, REVOKE), (exit_deregistered, YI, LEAVE),
    (receive_exit_decision, YI, LIFT | {"listing_id": "s1"}), (end_listing, SYSTEM, END),
]  # fmt: skip


def gone(on: str = "2026-05-04") -> Step:
    return step(
        on, JIA, change_status, status="deregistered", effective_on=day(on), authority="样例登记机关",
        document_no="样例注销通知一号",
    )  # fmt: skip


def listed(*more: Any) -> Given:
    return given(REGISTERED, *own_listing("2026-03-02"), *more)


REVOKED = step("2026-04-01", DING, revoke_listing, **REVOKE)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS)
def test_refuses_an_exit_of_a_subject_nobody_registered(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given().when(decide, by=officer, **args).refused(SubjectUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS)
def test_refuses_an_exit_from_a_listing_the_file_lacks(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given(REGISTERED).when(decide, by=officer, **args).refused(ListingUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS)
@pytest.mark.parametrize("state", [listed(REVOKED), given(REGISTERED, *own_listing("2026-03-02")[:5])])
def test_refuses_an_exit_from_a_list_the_subject_is_not_on(
    state: Given, decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    state.when(decide, by=officer, on="2026-05-05", **args).refused(NotOnList)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS[:3])
def test_tells_that_the_case_moved_before_it_looks_at_the_list(
    decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    listed(REVOKED).when(decide, by=officer, **args, seen=8).refused(CaseMoved)


@pytest.mark.parametrize(("decide", "officer", "args"), EXITS[:2])
def test_refuses_to_take_a_subject_off_a_list_whose_term_is_over(
    decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    listed(gone()).when(decide, by=officer, on="2029-03-03", **args).refused(NotOnList)
    assert listed(gone()).when(decide, by=officer, on="2029-03-02", **args).events


def test_revokes_a_listing_from_today() -> None:
    listed().when(revoke_listing, by=DING, on="2026-05-05", **REVOKE).then(
        Exited(listing_id="s1", cause="revocation", effective_on=day("2026-05-05"), document_no="样例撤销一号")
    )
    one = listed(REVOKED).state.listings["s1"]
    assert covers(one, day("2026-03-31"), rules())
    assert not covers(one, day("2026-04-01"), rules())


def test_takes_a_deregistered_subject_off_from_the_day_it_was_deregistered() -> None:
    listed(gone()).when(exit_deregistered, by=YI, on="2026-05-05", **LEAVE).then(
        Exited(listing_id="s1", cause="deregistration", effective_on=day("2026-05-04"), document_no="样例注销一号")
    )


def test_refuses_a_deregistration_of_tomorrow_or_before_the_listing() -> None:
    listed().when(exit_deregistered, by=YI, on="2026-05-03", **LEAVE).refused(DayInFuture)
    early = LEAVE | {"deregistered_on": day("2026-03-01")}
    listed().when(exit_deregistered, by=YI, **early).refused(BeforeStepBefore, before=day("2026-03-02"))


def test_takes_nobody_off_as_deregistered_whose_file_does_not_say_that_it_had_ended_by_then() -> None:
    listed().when(exit_deregistered, by=YI, on="2026-05-06", **LEAVE).refused(NotDeregistered, on=day("2026-05-04"))
    listed(gone("2026-05-05")).when(exit_deregistered, by=YI, on="2026-05-06", **LEAVE).refused(NotDeregistered)
    from_province = given(REGISTERED, received("2026-03-02"))
    theirs = LEAVE | {"listing_id": "u1"}
    from_province.when(exit_deregistered, by=YI, on="2026-05-06", **theirs).refused(NotDeregistered)
    assert from_province.after(gone()).when(exit_deregistered, by=YI, on="2026-05-06", **theirs).events


# Who designated lifts what it imposed


def received_listing(*more: Any) -> Given:
    return given(REGISTERED, received("2026-03-02"), *more)


def test_the_bureau_does_not_revoke_what_the_province_designated() -> None:
    state = received_listing()
    args = REVOKE | {"listing_id": "u1"}
    refusal = state.when(revoke_listing, by=DING, on="2026-05-05", **args).refused(DesignatedElsewhere, body="样例省厅")
    assert refusal.rule is not None
    assert refusal.rule.parameter == "list.basis"
    assert refusal.rule.choice == "province"


@pytest.mark.parametrize("cause", ["repair", "revocation"])
def test_records_the_decision_of_the_province_to_take_a_subject_off_its_list(cause: str) -> None:
    lift = LIFT | {"cause": cause}
    received_listing().when(receive_exit_decision, by=YI, on="2026-10-13", **lift).then(Exited(**lift))
    one = received_listing(step("2026-10-13", YI, receive_exit_decision, **lift)).state.listings["u1"]
    assert covers(one, day("2026-10-12"), rules())
    assert not covers(one, day("2026-10-13"), rules())


def test_refuses_a_received_exit_from_a_list_of_the_bureau() -> None:
    listed().when(receive_exit_decision, by=YI, on="2026-10-13", **LIFT | {"listing_id": "s1"}).refused(OursToLift)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"decided_on": "2026-10-14"}, DayInFuture),
        ({"decided_on": "2026-03-01"}, BeforeStepBefore),
        ({"effective_on": "2026-10-14"}, DayInFuture),
        ({"effective_on": "2026-10-11"}, BeforeStepBefore),
    ],
)
def test_refuses_a_received_exit_whose_days_do_not_follow_one_another(
    changed: dict[str, str], refusal: type[Refused]
) -> None:
    lift = LIFT | {name: day(on) for name, on in changed.items()}
    received_listing().when(receive_exit_decision, by=YI, on="2026-10-13", **lift).refused(refusal)


def test_a_noted_end_of_term_does_not_cap_a_term_that_a_later_rulebook_makes_longer() -> None:
    noted = listed(step("2029-03-03", SYSTEM, end_listing, **END)).state.listings["s1"]
    name = next(one.name for one in RULEBOOK.rows_of("list.term") if dict(one.key)["list_type"] == "sample")
    longer = Reading(RULEBOOK.replacing({name: {"value": 4}}))
    assert covers(noted, day("2029-03-03"), longer)
    assert not covers(noted, day("2029-03-03"), rules())


def test_tells_which_rule_says_that_a_term_is_still_running() -> None:
    refusal = listed().when(end_listing, by=SYSTEM, on="2029-03-02", **END).refused(TermRunning)
    assert refusal.basis == "样例名单管理办法（样例） 样例第8条"


def test_records_the_end_of_the_term_the_day_after_its_last_day() -> None:
    listed().when(end_listing, by=SYSTEM, on="2029-03-02", **END).refused(TermRunning, until=day("2029-03-02"))
    listed().when(end_listing, by=SYSTEM, on="2029-03-03", **END).then(
        Exited(listing_id="s1", cause="term", effective_on=day("2029-03-03"))
    )
    listed().when(end_listing, by=SYSTEM, on="2029-06-30", **END).then(
        Exited(listing_id="s1", cause="term", effective_on=day("2029-03-03"))
    )


def test_a_removal_by_repair_takes_the_subject_off_the_same_day() -> None:
    one = listed(*removed("2026-09-03")).state.listings["s1"]
    assert one.exited.cause == "repair"
    assert covers(one, day("2026-09-02"), rules())
    assert not covers(one, day("2026-09-03"), rules())


# What a listing carried ends with it


def carrying(listing_id: str, measure_id: str, on: str = "2026-04-01") -> Any:
    one = MeasureApplied(
        measure_id=measure_id, target_id=listing_id, measure_code="funds_limited", matter="样例事项",
        section="market_order", effect="样例效果", from_on=day(on),
    )  # fmt: skip
    return step(on, YI, apply_measure, measure=one)


@pytest.mark.parametrize(
    ("decide", "officer", "args", "on", "cause", "lifted_on"),
    [
        (revoke_listing, DING, REVOKE, "2026-05-06", "revocation", "2026-05-06"),
        (exit_deregistered, YI, LEAVE, "2026-05-06", "other", "2026-05-04"),
        (end_listing, SYSTEM, END, "2029-03-05", "term", "2029-03-03"),
        (receive_exit_decision, YI, LIFT, "2026-10-14", "repair", "2026-10-13"),
        (receive_exit_decision, YI, LIFT | {"cause": "early"}, "2026-10-14", "repair", "2026-10-13"),
        (receive_exit_decision, YI, LIFT | {"cause": "revocation"}, "2026-10-14", "revocation", "2026-10-13"),
    ],
)
def test_every_exit_lifts_every_measure_that_rests_on_the_listing_in_the_same_act(
    decide: Any, officer: Officer, args: dict[str, Any], on: str, cause: Any, lifted_on: str
) -> None:
    both = [carrying("s1", "m1"), carrying("u1", "m2")]
    ended = [gone()] if decide is exit_deregistered else []
    state = given(REGISTERED, *own_listing("2026-03-02"), received("2026-03-02"), *both, *ended)
    events = state.when(decide, by=officer, on=on, **args).events
    mine = "m1" if args["listing_id"] == "s1" else "m2"
    assert events[1:] == [MeasureLifted(measure_id=mine, cause=cause, lifted_on=day(lifted_on))]
    left = state.after(step(on, officer, decide, **args)).state
    assert mine not in [one.measure_id for one in measures_on(left, day(on), rules())]
