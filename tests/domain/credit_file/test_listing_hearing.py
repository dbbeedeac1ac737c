"""Hearing before a listing, collective discussion and the superior's consent: the bureau's own list of 2020."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.listing_checks import ListingUnknown, WrongStep
from domain.credit_file.listing_decisions import (
    ConsentMissing,
    DiscussedAgainst,
    DiscussedAlone,
    NotDiscussed,
    ReviewedUnlawful,
    decide_listing,
    discuss_listing,
    review_legality,
    review_listing,
    waive_statement,
)
from domain.credit_file.listing_events import (
    HearingHeld,
    HearingNoticeServed,
    HearingRequested,
    ListingDiscussed,
    SuperiorConsentReceived,
)
from domain.credit_file.listing_hearing import (
    HearingNotGiven,
    HearingNotHeld,
    HearingRequestedLate,
    HearingTimeRunning,
    HearingTooSoon,
    hold_hearing,
    request_hearing,
    serve_hearing_notice,
)
from domain.credit_file.listing_service import ElectronicWithoutConsent, NotAnnounced, ServiceMethodUnknown
from domain.credit_file.listing_upward import receive_consent
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.law.reading import Reading
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    day,
    decided,
    heard,
    listed,
    noticed,
    proposed,
    reviewed,
    weighed,
)
from tests.domain.given import BING, DING, JIA, RULEBOOK, YI, Step, context, given, step

OWN = "bureau_joint_punishment"
REQUEST: dict[str, Any] = {"listing_id": "s1", "requested_on": day("2020-09-09"), "summary": "样例要求"}
CALL: dict[str, Any] = {
    "listing_id": "s1", "document_no": "样例听证一号", "served_on": day("2020-09-10"), "method": "直接送达",
    "hearing_on": day("2020-09-17"), "place": "样例会议室",
}  # fmt: skip
HEARING: dict[str, Any] = {
    "listing_id": "s1", "held_on": day("2020-09-17"), "chair": "样例员乙", "attended": True,
    "record_no": "样例笔录一号", "summary": "样例意见",
}  # fmt: skip
TALK: dict[str, Any] = {
    "listing_id": "s1", "held_on": day("2020-09-22"), "present": ("样例局领导一", "样例局领导二"), "views": "样例意见",
    "result": "list",
}  # fmt: skip
CONSENT: dict[str, Any] = {
    "listing_id": "s1", "body": "样例省厅", "document_no": "样例同意一号", "decided_on": day("2020-09-22")
}  # fmt: skip
DECISION: dict[str, Any] = {
    "listing_id": "s1", "outcome": "list", "document_no": "样例决定一号", "facts": "样例事实",
    "removal_conditions": "样例条件", "remedies": "样例救济", "measures_warned": "样例措施",
}  # fmt: skip

NOTICED = [REGISTERED, proposed("2020-09-04", list_type=OWN), noticed("2020-09-07")]
ASKED = [*NOTICED, step("2020-09-09", JIA, request_hearing, **REQUEST)]
CALLED = [*ASKED, step("2020-09-10", JIA, serve_hearing_notice, **CALL)]
HELD = [*CALLED, step("2020-09-17", JIA, hold_hearing, **HEARING)]
REVIEWED = [*HELD, weighed("2020-09-18"), reviewed("2020-09-21")]
TALKED = [*REVIEWED, step("2020-09-22", YI, discuss_listing, **TALK)]
STEPS: list[tuple[Any, Officer, dict[str, Any]]] = [
    (request_hearing, JIA, REQUEST), (serve_hearing_notice, JIA, CALL), (hold_hearing, JIA, HEARING),
    (discuss_listing, YI, TALK), (receive_consent, YI, CONSENT),
]  # fmt: skip


def waived(on: str) -> Step:
    return step(on, JIA, waive_statement, listing_id="s1", waived_on=day(on), document_no="样例放弃一号")


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
def test_refuses_a_step_for_an_unknown_subject_or_case_or_one_that_moved(
    decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    given().when(decide, by=officer, **args).refused(SubjectUnknown)
    given(REGISTERED).when(decide, by=officer, **args).refused(ListingUnknown)
    given(*NOTICED).when(decide, by=officer, **args, seen=1).refused(CaseMoved)


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
@pytest.mark.parametrize(
    ("steps", "turns"),
    [
        (NOTICED, [request_hearing, receive_consent]),
        (ASKED, [serve_hearing_notice, receive_consent]),
        (CALLED, [serve_hearing_notice, hold_hearing, receive_consent]),
        (HELD, [receive_consent]),
        (REVIEWED, [discuss_listing, receive_consent]),
        (TALKED, [receive_consent]),
        ([*TALKED, decided("2020-09-23")], []),
        ([*TALKED, decided("2020-09-23"), listed("2020-09-24")], []),
    ],
)
def test_takes_each_step_only_in_its_turn(
    steps: list[Step], turns: list[Any], decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    outcome = given(*steps).when(decide, by=officer, on="2020-11-20", **args)
    if decide in turns:
        assert outcome.events
    else:
        outcome.refused(WrongStep)


@pytest.mark.parametrize(
    ("steps", "decide", "officer", "args", "named", "before"),
    [
        (NOTICED, request_hearing, JIA, REQUEST, "requested_on", "2020-09-07"),
        (ASKED, serve_hearing_notice, JIA, CALL, "served_on", "2020-09-09"),
        (CALLED, hold_hearing, JIA, HEARING, "held_on", "2020-09-17"),
        (REVIEWED, discuss_listing, YI, TALK, "held_on", "2020-09-21"),
        (NOTICED, receive_consent, YI, CONSENT, "decided_on", "2020-09-04"),
    ],
)
def test_refuses_a_day_of_tomorrow_or_before_the_step_before(
    steps: list[Step], decide: Any, officer: Officer, args: dict[str, Any], named: str, before: str
) -> None:
    state, early = given(*steps), day(before).replace(day=day(before).day - 1)
    state.when(decide, by=officer, on=args[named].isoformat(), **args | {named: day("2020-11-21")}).refused(DayInFuture)
    state.when(decide, by=officer, **args | {named: early}).refused(BeforeStepBefore, before=day(before))


# The hearing


def test_records_the_request_the_notice_and_the_hearing() -> None:
    given(*NOTICED).when(request_hearing, on="2020-09-09", **REQUEST).then(HearingRequested(**REQUEST))
    given(*ASKED).when(serve_hearing_notice, on="2020-09-10", **CALL).then(HearingNoticeServed(**CALL))
    given(*CALLED).when(hold_hearing, on="2020-09-17", **HEARING).then(HearingHeld(**HEARING))


@pytest.mark.parametrize(
    ("served", "last", "late"),
    [
        # Three days before 2021-07-15, rolled over the weekend; five working days since, over the National Day week.
        ("2020-09-07", "2020-09-10", "2020-09-11"),
        ("2020-09-03", "2020-09-07", "2020-09-08"),
        ("2021-09-28", "2021-10-11", "2021-10-12"),
    ],
)
def test_a_hearing_is_asked_for_within_the_days_of_the_penalty_law_of_its_time(
    served: str, last: str, late: str
) -> None:
    on_overlay = RULEBOOK.replacing({"list.hearing@2019-07-01[list_type=sample]": {"value": "yes"}})
    state = given(REGISTERED, proposed(served), noticed(served)).state

    def asked(on: str) -> Any:
        now = replace(context(on), rules=Reading(on_overlay))
        return request_hearing(state, now, listing_id="s1", requested_on=day(on), summary="样例")

    assert asked(last)
    with pytest.raises(HearingRequestedLate) as refusal:
        asked(late)
    assert refusal.value.values["until"] == day(last)


def test_refuses_a_hearing_where_the_list_gives_none() -> None:
    sample = given(REGISTERED, proposed("2026-03-02"), noticed("2026-03-03"))
    sample.when(request_hearing, on="2026-03-04", **REQUEST | {"requested_on": day("2027-01-01")}).refused(
        HearingNotGiven, list_type="样例名单"
    )


@pytest.mark.parametrize(
    ("method", "kind"),
    [("电子送达", ElectronicWithoutConsent), ("公告送达", NotAnnounced), ("飞鸽传书", ServiceMethodUnknown)],
)
def test_the_notice_of_hearing_is_served_lawfully_before_its_day_is_looked_at(method: str, kind: Any) -> None:
    early = CALL | {"method": method, "hearing_on": day("2020-09-11")}
    given(*ASKED).when(serve_hearing_notice, **early).refused(kind)


def test_the_hearing_is_not_before_the_seventh_day_after_its_notice() -> None:
    given(*ASKED).when(serve_hearing_notice, **CALL | {"hearing_on": day("2020-09-16")}).refused(
        HearingTooSoon, first_on=day("2020-09-17")
    )


def test_who_proposed_does_not_chair_the_hearing() -> None:
    given(*CALLED).when(hold_hearing, **HEARING | {"chair": JIA.officer_id}).refused(SameOfficer, second="听证主持人")


def test_nothing_is_concluded_while_a_hearing_is_asked_for_and_not_held() -> None:
    state = given(*NOTICED, heard("2020-09-08"), *ASKED[3:])
    state.when(review_listing, listing_id="s1", opinion="样例", adopted="not", reasons="样例").refused(HearingNotHeld)
    state.when(review_legality, by=BING, listing_id="s1", opinion="lawful", reasons="样例").refused(HearingNotHeld)
    for outcome in ("list", "not_list"):
        state.when(decide_listing, by=DING, **DECISION | {"outcome": outcome}).refused(HearingNotHeld)


def test_a_hearing_asked_for_after_the_legality_review_asks_for_a_new_one() -> None:
    late = given(*NOTICED, heard("2020-09-08"), weighed("2020-09-08"))
    late.when(review_legality, by=BING, on="2020-09-10", listing_id="s1", opinion="lawful", reasons="样例").refused(
        HearingTimeRunning, until=day("2020-09-10")
    )
    reviewed_late = [*NOTICED, heard("2020-09-08"), weighed("2020-09-08"), reviewed("2020-09-11")]
    # It was asked for in time, and recorded only after the review.
    again = given(*reviewed_late, step("2020-09-11", JIA, request_hearing, **REQUEST))
    assert again.state.listings["s1"].review is None


def test_giving_up_ends_the_waiting_for_statement_and_hearing() -> None:
    for steps in (NOTICED, ASKED, CALLED):
        state = given(*steps, waived("2020-09-14"))
        assert state.when(
            review_legality, by=BING, on="2020-09-14", listing_id="s1", opinion="lawful", reasons="样例"
        ).events
        state.when(request_hearing, **REQUEST).refused(WrongStep)


def test_what_was_said_at_the_hearing_is_weighed_unless_nobody_came() -> None:
    weigh = {"listing_id": "s1", "opinion": "样例", "adopted": "part", "reasons": "样例"}
    assert given(*HELD).when(review_listing, on="2020-09-18", **weigh).events
    absent = given(*CALLED, step("2020-09-17", JIA, hold_hearing, **HEARING | {"attended": False}))
    absent.when(review_listing, on="2020-09-18", **weigh).refused(WrongStep)
    assert absent.when(
        review_legality, by=BING, on="2020-09-18", listing_id="s1", opinion="lawful", reasons="样例"
    ).events


# Discussion and consent


def test_records_the_discussion_with_day_people_views_and_result() -> None:
    given(*REVIEWED).when(discuss_listing, by=YI, on="2020-09-22", **TALK).then(ListingDiscussed(**TALK))


@pytest.mark.parametrize("present", [(), ("",), (YI.officer_id,), (YI.officer_id, " ")])
def test_one_officer_discusses_nothing_together(present: tuple[str, ...]) -> None:
    given(*REVIEWED).when(discuss_listing, by=YI, **TALK | {"present": present}).refused(DiscussedAlone)


def test_the_bureaus_serious_list_is_decided_only_after_the_discussion_and_never_against_it() -> None:
    refusal = given(*REVIEWED).when(decide_listing, by=DING, on="2020-09-23", **DECISION).refused(NotDiscussed)
    assert refusal.rule is not None
    against = given(*REVIEWED, step("2020-09-22", YI, discuss_listing, **TALK | {"result": "not_list"}))
    against.when(decide_listing, by=DING, on="2020-09-23", **DECISION).refused(DiscussedAgainst)
    assert against.when(decide_listing, by=DING, on="2020-09-23", **DECISION | {"outcome": "not_list"}).events
    assert given(*TALKED).when(decide_listing, by=DING, on="2020-09-23", **DECISION).events


def test_a_statement_after_the_discussion_asks_for_a_new_one() -> None:
    late = given(*TALKED, heard("2020-09-22"), weighed("2020-09-22"), reviewed("2020-09-22"))
    late.when(decide_listing, by=DING, on="2020-09-23", **DECISION).refused(NotDiscussed)


def test_a_list_that_asks_for_the_superiors_consent_is_decided_only_with_it_and_told_before_the_discussion() -> None:
    asking = RULEBOOK.replacing({"list.consent@2019-07-01[list_type=bureau_joint_punishment]": {"value": "yes"}})

    def decide(*steps: Step) -> Any:
        now = replace(context("2020-09-23", DING), rules=Reading(asking))
        return decide_listing(given(*steps).state, now, **DECISION)

    consented = step("2020-09-22", YI, receive_consent, **CONSENT)
    with pytest.raises(ConsentMissing):
        decide(*REVIEWED)
    with pytest.raises(NotDiscussed):
        decide(*REVIEWED, consented)
    with pytest.raises(ReviewedUnlawful):
        decide(*HELD, weighed("2020-09-18"), reviewed("2020-09-21", "not_lawful"))
    assert decide(*TALKED, consented)


def test_records_the_consent_received() -> None:
    given(*REVIEWED).when(receive_consent, by=YI, on="2020-09-22", **CONSENT).then(SuperiorConsentReceived(**CONSENT))
