"""Decisions of the listing: the bureau's own procedure step by step, and the way upward."""

from __future__ import annotations

from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.listing import (
    LegalityReviewed,
    Listed,
    ListingDecided,
    ListingDecisionReceived,
    ListingNoticeServed,
    ListingProposed,
    ListingProposedUpward,
    ListingServed,
    ListingStatementReceived,
    covers,
)
from domain.credit_file.listing_checks import (
    AlreadyListed,
    BasisEntryUnknown,
    ListHasNoBasis,
    ListingUnknown,
    NotOursToDesignate,
    OursToDesignate,
    WrongStep,
)
from domain.credit_file.listing_decisions import (
    DecisionIncomplete,
    ReviewedUnlawful,
    StatementNotWeighed,
    decide_listing,
    propose_listing,
    receive_listing_statement,
    review_legality,
    review_listing,
    serve_listing_notice,
    waive_statement,
)
from domain.credit_file.listing_events import ListingReviewed, StatementWaived
from domain.credit_file.listing_service import RepairNoticeMissing, list_subject
from domain.credit_file.listing_upward import OtherList, propose_listing_upward, receive_listing_decision
from domain.credit_file.profile import Deregistered, IdTaken
from domain.credit_file.profile_changes import change_status
from domain.credit_file.red_list import screen_subject
from domain.credit_file.steps import BeforeStepBefore, DayInFuture, StatementTimeRunning
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    LIST,
    REGISTERED,
    annulled,
    day,
    decided,
    general_penalty,
    heard,
    listed,
    noticed,
    own_listing,
    promise,
    promised,
    proposed,
    received,
    repaired_penalty,
    reviewed,
    upward,
    weighed,
)
from tests.domain.given import BING, DING, JIA, RULEBOOK, YI, Given, Step, given, rules, step

PROPOSAL: dict[str, Any] = {"listing_id": "s1", "list_type": "sample", "facts": "样例事实"}
NOTICE: dict[str, Any] = {
    "listing_id": "s1", "document_no": "样例告知二号", "served_on": day("2026-03-03"), "method": "直接送达"
}  # fmt: skip
STATEMENT: dict[str, Any] = {"listing_id": "s1", "received_on": day("2026-03-04"), "summary": "样例陈述"}
WAIVER: dict[str, Any] = {"listing_id": "s1", "waived_on": day("2026-03-04"), "document_no": "样例放弃一号"}
WEIGHING: dict[str, Any] = {"listing_id": "s1", "opinion": "样例复核", "adopted": "not", "reasons": "样例理由"}
REVIEW: dict[str, Any] = {"listing_id": "s1", "opinion": "lawful", "reasons": "样例意见"}
DECISION: dict[str, Any] = {
    "listing_id": "s1", "outcome": "list", "document_no": "样例决定一号", "facts": "样例事实",
    "removal_conditions": "样例条件", "remedies": "样例救济", "measures_warned": "样例措施",
}  # fmt: skip
SERVICE: dict[str, Any] = {
    "listing_id": "s1", "served_on": day("2026-03-09"), "method": "直接送达", "repair_notice_served": True
}  # fmt: skip
UPWARD: dict[str, Any] = {
    "listing_id": "u1", "list_type": LIST, "body": "样例省厅", "document_no": "样例请示一号", "facts": "样例事实"
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "listing_id": "u1", "list_type": LIST, "outcome": "list", "body": "样例省厅", "document_no": "样例省决定一号",
    "decided_on": day("2026-03-09"), "effective_on": day("2026-03-10"), "facts": "样例事实",
}  # fmt: skip

PROPOSED = [REGISTERED, proposed("2026-03-02")]
NOTICED = [*PROPOSED, noticed("2026-03-03")]
HEARD = [*NOTICED, heard("2026-03-04")]
WEIGHED = [*HEARD, weighed("2026-03-04")]
REVIEWED = [*WEIGHED, reviewed("2026-03-05")]
DECIDED = [*REVIEWED, decided("2026-03-06")]
LISTED = [*DECIDED, listed("2026-03-09")]
NOT_LISTED = [*REVIEWED, decided("2026-03-06", "not_list")]
UNLAWFUL = [*WEIGHED, reviewed("2026-03-05", "not_lawful")]
STEPS: list[tuple[Any, Officer, dict[str, Any]]] = [
    (serve_listing_notice, JIA, NOTICE), (receive_listing_statement, JIA, STATEMENT),
    (waive_statement, JIA, WAIVER), (review_listing, JIA, WEIGHING), (review_legality, BING, REVIEW),
    (decide_listing, DING, DECISION), (list_subject, JIA, SERVICE),
]  # fmt: skip


# Who designates


def test_proposes_a_listing_on_a_list_the_bureau_designates() -> None:
    given(REGISTERED).when(propose_listing, on="2026-03-02", **PROPOSAL).then(
        ListingProposed(**PROPOSAL, based_on=(), proposed_on=day("2026-03-02"))
    )


@pytest.mark.parametrize(
    ("list_type", "name", "on"),
    [
        ("sample", "样例名单", "2019-06-30"),
        ("bureau_joint_punishment", "失信联合惩戒对象", "2020-07-15"),
        ("bureau_joint_punishment", "失信联合惩戒对象", "2020-12-07"),
        ("bureau_joint_incentive", "守信联合激励对象", "2026-03-02"),
        ("nonsense", "nonsense", "2026-03-02"),
    ],
)
def test_refuses_a_list_without_a_basis_on_the_day(list_type: str, name: str, on: str) -> None:
    given(REGISTERED).when(propose_listing, on=on, **PROPOSAL | {"list_type": list_type}).refused(
        ListHasNoBasis, on=day(on), list_type=name
    )


def test_names_the_text_of_2020_as_the_reason_why_the_bureau_has_no_list_of_its_own() -> None:
    refusal = given(REGISTERED).when(
        propose_listing, on="2020-12-07", **PROPOSAL | {"list_type": "bureau_joint_punishment"}
    ).refused(ListHasNoBasis)  # fmt: skip
    assert refusal.basis.startswith("国办发〔2020〕49号")


def test_proposed_itself_on_its_own_list_through_the_6th_of_december_2020() -> None:
    one = PROPOSAL | {"list_type": "bureau_joint_punishment"}
    given(REGISTERED).when(propose_listing, on="2020-12-06", **one).then(
        ListingProposed(**one, based_on=(), proposed_on=day("2020-12-06"))
    )


@pytest.mark.parametrize("on", ["2019-07-17", "2020-12-06", "2020-12-07", "2026-03-02"])
@pytest.mark.parametrize("list_type", [LIST, "commerce_key_watch"])
def test_refuses_the_bureau_the_lists_of_2019_and_lets_it_propose_upward(list_type: str, on: str) -> None:
    given(REGISTERED).when(propose_listing, on=on, **PROPOSAL | {"list_type": list_type}).refused(
        NotOursToDesignate, designator="省级商务主管部门"
    )
    one = UPWARD | {"list_type": list_type}
    given(REGISTERED).when(propose_listing_upward, by=YI, on=on, **one).then(
        ListingProposedUpward(**one, based_on=(), proposed_on=day(on))
    )


def test_no_list_of_2019_before_the_17th_of_july_2019() -> None:
    given(REGISTERED).when(propose_listing_upward, by=YI, on="2019-07-16", **UPWARD).refused(ListHasNoBasis)


def test_every_list_with_a_basis_has_a_term_on_the_same_day() -> None:
    for row in RULEBOOK.rows_of("list.basis"):
        list_type = dict(row.key)["list_type"]
        days = {"designated_on": row.in_force_from, "listed_on": row.in_force_from}
        if not row.is_none:
            term = rules().term("list.term", days=days, traits={"list_type": list_type})
            assert term.until or (list_type == "samr_abnormal" and term.is_none)


# Proposing


def test_refuses_to_propose_for_a_subject_nobody_registered() -> None:
    given().when(propose_listing, **PROPOSAL | {"list_type": "nonsense"}).refused(SubjectUnknown)


def test_refuses_to_propose_under_an_id_used_before() -> None:
    given(*NOT_LISTED).when(propose_listing, **PROPOSAL).refused(IdTaken, taken="s1")


@pytest.mark.parametrize("steps", [PROPOSED, DECIDED, LISTED])
def test_refuses_a_second_place_on_a_list_while_one_is_held_or_under_way(steps: list[Step]) -> None:
    given(*steps).when(propose_listing, on="2026-03-20", **PROPOSAL | {"listing_id": "s2"}).refused(AlreadyListed)


def test_proposes_again_after_a_case_that_ended_without_listing() -> None:
    again = PROPOSAL | {"listing_id": "s2"}
    given(*NOT_LISTED).when(propose_listing, on="2026-03-20", **again).then(
        ListingProposed(**again, based_on=(), proposed_on=day("2026-03-20"))
    )


def test_proposes_again_the_day_after_the_term_even_if_no_job_noticed_its_end() -> None:
    again = PROPOSAL | {"listing_id": "s2"}
    state = given(REGISTERED, *own_listing("2022-03-01"))
    state.when(propose_listing, on="2025-03-01", **again).refused(AlreadyListed)
    state.when(propose_listing, on="2025-03-02", **again).then(
        ListingProposed(**again, based_on=(), proposed_on=day("2025-03-02"))
    )


@pytest.mark.parametrize(
    ("more", "entry_id"),
    [([], "p9"), ([annulled("2026-07-01")], "p1"), (repaired_penalty("2026-09-14"), "p1"), ([], "s1"), ([], "")],
)
def test_refuses_a_listing_that_rests_on_what_is_not_in_the_file_or_was_annulled_or_repaired(
    more: list[Step], entry_id: str
) -> None:
    state = given(*general_penalty(), *more)
    based = {"based_on": ("p1",) if entry_id == "p1" else ("c1", entry_id)}
    if entry_id != "p1":
        state = given(*general_penalty(), promised(promise()), *more)
    state.when(propose_listing, **PROPOSAL, **based).refused(BasisEntryUnknown, entry_id=entry_id)
    state.when(propose_listing_upward, by=YI, **UPWARD, **based).refused(BasisEntryUnknown, entry_id=entry_id)
    assert given(*general_penalty()).when(propose_listing, **PROPOSAL, based_on=("p1",)).events


def test_refuses_to_decide_on_a_penalty_annulled_since_but_lets_the_case_end() -> None:
    based = step("2026-07-01", JIA, propose_listing, **PROPOSAL, based_on=("p1",))
    state = given(
        *general_penalty(), based, noticed("2026-07-02"), heard("2026-07-03"), weighed("2026-07-03"),
        reviewed("2026-07-04"),
        annulled("2026-07-05"),
    )  # fmt: skip
    state.when(decide_listing, by=DING, **DECISION).refused(BasisEntryUnknown, entry_id="p1")
    assert state.when(decide_listing, by=DING, **DECISION | {"outcome": "not_list"}).events


# Every later step of the bureau's own procedure


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
def test_refuses_a_step_for_a_subject_nobody_registered(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given().when(decide, by=officer, **args).refused(SubjectUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
def test_refuses_a_step_of_a_case_the_file_lacks(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given(REGISTERED).when(decide, by=officer, **args).refused(ListingUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
@pytest.mark.parametrize(
    ("steps", "turns"),
    [
        (PROPOSED, [serve_listing_notice]),
        (NOTICED, [receive_listing_statement, waive_statement, review_legality]),
        (HEARD, [receive_listing_statement, waive_statement, review_listing]),
        (WEIGHED, [receive_listing_statement, waive_statement, review_legality]),
        (REVIEWED, [receive_listing_statement, waive_statement, decide_listing]),
        (DECIDED, [list_subject]),
        (LISTED, []),
        (NOT_LISTED, []),
    ],
)
def test_takes_each_step_only_in_its_turn_and_tells_first_that_the_case_moved(
    steps: list[Step], turns: list[Any], decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    state = given(*steps)
    outcome = state.when(decide, by=officer, on="2026-03-20", **args, seen=state.state.version)
    if decide in turns:
        assert outcome.events
    else:
        outcome.refused(StatementNotWeighed if (steps, decide) == (HEARD, review_legality) else WrongStep)
    state.when(decide, by=officer, on="2026-03-20", **args, seen=state.state.version - 1).refused(CaseMoved)


def test_refuses_the_own_steps_in_a_case_proposed_upward() -> None:
    state = given(REGISTERED, upward("2026-03-02"))
    for decide, officer, args in STEPS:
        state.when(decide, by=officer, **args | {"listing_id": "u1"}).refused(WrongStep)


def test_records_notice_and_statement_with_their_days() -> None:
    given(*PROPOSED).when(serve_listing_notice, **NOTICE).then(ListingNoticeServed(**NOTICE))
    given(*NOTICED).when(receive_listing_statement, **STATEMENT).then(ListingStatementReceived(**STATEMENT))


@pytest.mark.parametrize(
    ("steps", "decide", "args", "on", "before"),
    [
        (PROPOSED, serve_listing_notice, NOTICE, "2026-03-03", "2026-03-02"),
        (NOTICED, receive_listing_statement, STATEMENT, "2026-03-04", "2026-03-03"),
        (NOTICED, waive_statement, WAIVER, "2026-03-04", "2026-03-03"),
        (DECIDED, list_subject, SERVICE, "2026-03-09", "2026-03-06"),
    ],
)
def test_refuses_a_day_of_tomorrow_or_before_the_step_before(
    steps: list[Step], decide: Any, args: dict[str, Any], on: str, before: str
) -> None:
    named = next(one for one in ("received_on", "waived_on", "served_on") if one in args)
    early = day(before).replace(day=day(before).day - 1)
    given(*steps).when(decide, on=before, **args | {named: day(on)}).refused(DayInFuture, on=day(on))
    given(*steps).when(decide, on=on, **args | {named: early}).refused(BeforeStepBefore, on=early, before=day(before))
    assert given(*steps).when(decide, on=on, **args | {named: day(before)}).events


def test_reviews_as_soon_as_the_subject_was_heard() -> None:
    given(*WEIGHED).when(review_legality, by=BING, on="2026-03-04", **REVIEW).then(
        LegalityReviewed(**REVIEW, reviewed_on=day("2026-03-04"))
    )


def test_reviews_the_case_of_a_silent_subject_only_the_day_after_its_time() -> None:
    given(*NOTICED).when(review_legality, by=BING, on="2026-03-10", **REVIEW).refused(
        StatementTimeRunning, until=day("2026-03-10")
    )
    given(*NOTICED).when(review_legality, by=BING, on="2026-03-11", **REVIEW).then(
        LegalityReviewed(**REVIEW, reviewed_on=day("2026-03-11"))
    )


def case_of_one_officer(*others: Step) -> Given:
    """A case in which the reviewer also proposed."""
    both = Officer(BING.officer_id, "section_head", "market_order")
    return given(REGISTERED, step("2026-03-02", both, propose_listing, **PROPOSAL), noticed("2026-03-03"), *others)


def test_refuses_the_proposer_as_reviewer_once_the_time_is_over() -> None:
    case_of_one_officer().when(review_legality, by=BING, on="2026-03-10", **REVIEW).refused(StatementTimeRunning)
    case_of_one_officer().when(review_legality, by=BING, on="2026-03-11", **REVIEW).refused(SameOfficer, first="提请人")


def test_a_statement_after_the_review_asks_for_a_new_one() -> None:
    late = given(*REVIEWED, heard("2026-03-06"))
    late.when(decide_listing, by=DING, on="2026-03-06", **DECISION).refused(WrongStep)
    late.when(review_legality, by=BING, on="2026-03-06", **REVIEW).refused(StatementNotWeighed)
    again = given(*REVIEWED, heard("2026-03-06"), weighed("2026-03-06"), reviewed("2026-03-06"))
    assert again.when(decide_listing, by=DING, on="2026-03-06", **DECISION).events


def test_decides_to_list_or_not_to_list() -> None:
    for outcome in ("list", "not_list"):
        one = DECISION | {"outcome": outcome}
        given(*REVIEWED).when(decide_listing, by=DING, on="2026-03-06", **one).then(
            ListingDecided(
                **one,
                decided_on=day("2026-03-06"),
                basis="样例名单管理办法（样例） 样例第3条" if outcome == "list" else "",
            )
        )


def test_refuses_the_proposer_and_the_reviewer_as_decider() -> None:
    proposer = Officer(JIA.officer_id, "leader", "样例局领导")
    reviewer = Officer(BING.officer_id, "leader", "样例局领导")
    given(*UNLAWFUL).when(decide_listing, by=proposer, **DECISION).refused(SameOfficer, first="提请人")
    given(*UNLAWFUL).when(decide_listing, by=reviewer, **DECISION).refused(SameOfficer, first="法制审核人")


def test_refuses_to_list_what_was_found_unlawful_but_not_to_let_it_go() -> None:
    given(*UNLAWFUL).when(decide_listing, by=DING, **DECISION).refused(ReviewedUnlawful)
    assert given(*UNLAWFUL).when(decide_listing, by=DING, **DECISION | {"outcome": "not_list"}).events


def test_a_basis_that_fell_away_forbids_listing_and_still_lets_the_case_end() -> None:
    own = "bureau_joint_punishment"
    state = given(
        REGISTERED, proposed("2020-11-27", list_type=own), noticed("2020-11-27"), heard("2020-11-30"),
        weighed("2020-11-30"), reviewed("2020-12-03", "not_lawful"),
    )  # fmt: skip
    state.when(decide_listing, by=DING, on="2020-12-07", **DECISION).refused(ListHasNoBasis)
    state.when(decide_listing, by=DING, on="2020-12-06", **DECISION).refused(ReviewedUnlawful)
    assert state.when(decide_listing, by=DING, on="2020-12-07", **DECISION | {"outcome": "not_list"}).events


def test_lists_the_subject_from_the_day_the_decision_was_served() -> None:
    given(*DECIDED).when(list_subject, on="2026-03-10", **SERVICE).then(
        ListingServed(
            listing_id="s1", served_on=day("2026-03-09"), method="直接送达", repair_notice_served=True
        ),
        Listed(
            listing_id="s1", list_type="sample", designated_by="营口市商务局", decision_no="样例决定一号",
            decided_on=day("2026-03-06"), effective_on=day("2026-03-09"), facts="样例事实",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("decided_on", "asked"), [("2025-06-20", False), ("2025-06-22", True), ("2026-03-06", True)])
def test_asks_for_both_documents_where_it_was_decided_from_the_22nd_of_june_2025_on(
    decided_on: str, asked: bool
) -> None:
    steps = [one(decided_on) for one in (proposed, noticed, heard, weighed, reviewed, decided)]
    served = SERVICE | {"served_on": day("2026-03-09"), "repair_notice_served": False}
    outcome = given(REGISTERED, *steps).when(list_subject, **served)
    if asked:
        assert outcome.refused(RepairNoticeMissing, since=day("2025-06-22")).basis.startswith("国办发〔2025〕22号")
    else:
        assert len(outcome.events) == 2
    early = served | {"served_on": day("2018-01-01")}
    given(REGISTERED, *steps).when(list_subject, **early).refused(BeforeStepBefore)


def test_a_listing_covers_its_first_day_through_the_last_day_of_its_term() -> None:
    one = given(*LISTED).state.listings["s1"]
    covered = ["2026-03-08", "2026-03-09", "2029-03-09", "2029-03-10"]
    assert [covers(one, day(on), rules()) for on in covered] == [False, True, True, False]


# Upward


def test_refuses_to_propose_upward_for_a_subject_nobody_registered() -> None:
    given().when(propose_listing_upward, by=YI, **UPWARD).refused(SubjectUnknown)


def test_refuses_to_propose_upward_under_an_id_used_before() -> None:
    given(*PROPOSED).when(propose_listing_upward, by=YI, **UPWARD | {"listing_id": "s1"}).refused(IdTaken)


def test_refuses_to_propose_upward_what_the_bureau_decides_itself_before_it_looks_for_a_place() -> None:
    given(*PROPOSED).when(propose_listing_upward, by=YI, **UPWARD | {"list_type": "sample"}).refused(OursToDesignate)


def test_refuses_to_propose_upward_twice() -> None:
    again = UPWARD | {"listing_id": "u2"}
    given(REGISTERED, upward("2026-03-02")).when(propose_listing_upward, by=YI, **again).refused(AlreadyListed)


@pytest.mark.parametrize("steps", [[REGISTERED], [REGISTERED, upward("2026-03-02")]])
def test_records_the_decision_received_whether_proposed_or_not(steps: list[Step]) -> None:
    given(*steps).when(receive_listing_decision, by=YI, on="2026-03-12", **ANSWER).then(
        ListingDecisionReceived(
            listing_id="u1", list_type=LIST, outcome="list", body="样例省厅", document_no="样例省决定一号",
            decided_on=day("2026-03-09"), received_on=day("2026-03-12"),
        ),
        Listed(
            listing_id="u1", list_type=LIST, designated_by="样例省厅", decision_no="样例省决定一号",
            decided_on=day("2026-03-09"), effective_on=day("2026-03-10"), facts="样例事实",
        ),
    )  # fmt: skip


def test_a_decision_received_not_to_list_ends_the_case() -> None:
    state = given(REGISTERED, upward("2026-03-02"), received("2026-03-09", outcome="not_list"))
    assert state.state.listings["u1"].is_closed
    state.when(receive_listing_decision, by=YI, **ANSWER).refused(WrongStep)


def test_a_decision_not_to_list_is_received_although_the_basis_fell_away() -> None:
    samr = "samr_serious"
    steps = given(REGISTERED, upward("2026-03-02", list_type=samr))
    answer = ANSWER | {"list_type": samr, "outcome": "not_list", "decided_on": day("2016-03-31")}
    assert len(steps.when(receive_listing_decision, by=YI, **answer).events) == 1
    steps.when(receive_listing_decision, by=YI, **answer | {"outcome": "list"}).refused(ListHasNoBasis)


def test_refuses_a_decision_for_a_subject_nobody_registered() -> None:
    given().when(receive_listing_decision, by=YI, **ANSWER).refused(SubjectUnknown)


def test_refuses_a_decision_under_an_id_used_for_something_else() -> None:
    given(REGISTERED, promised(promise())).when(
        receive_listing_decision, by=YI, **ANSWER | {"listing_id": "c1"}
    ).refused(IdTaken)


def test_refuses_a_decision_on_a_case_that_moved() -> None:
    given(REGISTERED, upward("2026-03-02")).when(receive_listing_decision, by=YI, **ANSWER, seen=1).refused(CaseMoved)


def test_refuses_a_received_decision_in_a_case_of_the_bureau_itself() -> None:
    given(*PROPOSED).when(
        receive_listing_decision, by=YI, **ANSWER | {"listing_id": "s1", "decided_on": day("2027-01-01")}
    ).refused(WrongStep)


def test_refuses_a_decision_about_another_list_than_proposed() -> None:
    given(REGISTERED, upward("2026-03-02")).when(
        receive_listing_decision, by=YI, **ANSWER | {"list_type": "commerce_key_watch", "decided_on": day("2027-01-01")}
    ).refused(OtherList, proposed="商务信用联合惩戒对象名单")


def test_refuses_a_decision_of_tomorrow() -> None:
    given(REGISTERED).when(receive_listing_decision, by=YI, on="2026-03-08", **ANSWER).refused(DayInFuture)


@pytest.mark.parametrize("on", ["2026-03-08", "2021-03-09"])
def test_refuses_a_listing_that_reaches_back_behind_its_decision(on: str) -> None:
    early = ANSWER | {"effective_on": day(on)}
    given(REGISTERED).when(receive_listing_decision, by=YI, **early).refused(BeforeStepBefore, on=day(on))
    assert (
        given(REGISTERED).when(receive_listing_decision, by=YI, **ANSWER | {"effective_on": day("2026-03-09")}).events
    )


def test_refuses_a_decision_on_a_list_without_a_basis_on_its_day() -> None:
    early = ANSWER | {"decided_on": day("2019-07-16")}
    given(REGISTERED).when(receive_listing_decision, by=YI, **early).refused(ListHasNoBasis, on=day("2019-07-16"))


def test_refuses_a_received_decision_on_a_list_of_the_bureau() -> None:
    given(*PROPOSED).when(receive_listing_decision, by=YI, **ANSWER | {"list_type": "sample"}).refused(OursToDesignate)


def test_refuses_a_decision_that_overlaps_an_earlier_listing() -> None:
    state = given(REGISTERED, received("2026-03-09"))
    for effective_on in ("2023-03-09", "2026-03-09", "2029-03-09"):
        answer = ANSWER | {"listing_id": "u2", "decided_on": day("2021-01-04"), "effective_on": day(effective_on)}
        state.when(receive_listing_decision, by=YI, **answer).refused(AlreadyListed)


@pytest.mark.parametrize("effective_on", ["2021-03-09", "2029-03-10"])
def test_takes_a_decision_whose_listing_lies_wholly_before_or_after(effective_on: str) -> None:
    answer = ANSWER | {"listing_id": "u2", "decided_on": day("2021-01-04"), "effective_on": day(effective_on)}
    assert given(REGISTERED, received("2026-03-09")).when(receive_listing_decision, by=YI, **answer).events


def test_refuses_a_received_decision_while_the_bureaus_proposal_of_it_is_open_elsewhere() -> None:
    given(REGISTERED, upward("2026-03-02")).when(
        receive_listing_decision, by=YI, **ANSWER | {"listing_id": "u2"}
    ).refused(AlreadyListed)


# What the subject said


def test_records_that_the_subject_gave_its_statement_up_and_then_reviews_at_once() -> None:
    given(*NOTICED).when(waive_statement, on="2026-03-04", **WAIVER).then(StatementWaived(**WAIVER))
    waived = step("2026-03-04", JIA, waive_statement, **WAIVER)
    assert given(*NOTICED, waived).when(review_legality, by=BING, on="2026-03-04", **REVIEW).events


@pytest.mark.parametrize("adopted", ["full", "part", "not"])
def test_reviews_what_the_subject_said_and_whether_it_is_taken_up(adopted: str) -> None:
    one = WEIGHING | {"adopted": adopted}
    given(*HEARD).when(review_listing, on="2026-03-05", **one).then(
        ListingReviewed(**one, reviewed_on=day("2026-03-05"))
    )


def test_refuses_the_legality_review_before_the_statement_was_weighed_and_tells_that_before_the_reviewer() -> None:
    case_of_one_officer(heard("2026-03-04")).when(review_legality, by=BING, on="2026-03-05", **REVIEW).refused(
        StatementNotWeighed
    )
    case_of_one_officer(heard("2026-03-04"), weighed("2026-03-04")).when(
        review_legality, by=BING, on="2026-03-05", **REVIEW
    ).refused(SameOfficer)


# What the decision tells


@pytest.mark.parametrize(
    ("field", "missing"),
    [
        ("facts", "事实"),
        ("measures_warned", "惩戒措施提示"),
        ("removal_conditions", "移出条件和程序"),
        ("remedies", "救济途径和期限"),
    ],
)
def test_refuses_a_decision_that_does_not_tell_all_it_must(field: str, missing: str) -> None:
    given(*REVIEWED).when(decide_listing, by=DING, **DECISION | {field: " "}).refused(
        DecisionIncomplete, missing=missing
    )
    unlawful = given(*UNLAWFUL).when(decide_listing, by=DING, **DECISION | {field: ""})
    unlawful.refused(ReviewedUnlawful)


def test_a_decision_not_to_list_needs_no_measures_and_no_way_out() -> None:
    bare = DECISION | {"outcome": "not_list", "measures_warned": "", "removal_conditions": "", "remedies": ""}
    assert given(*REVIEWED).when(decide_listing, by=DING, **bare).events


# A subject that is no more


def gone(on: str) -> Step:
    return step(on, YI, change_status, status="deregistered", effective_on=day(on), authority="样例市场监管局")


def test_a_subject_that_is_no_more_is_neither_proposed_nor_screened_nor_decided_on_but_its_case_can_end() -> None:
    state = given(REGISTERED, gone("2026-03-02"))
    state.when(propose_listing, on="2026-03-03", **PROPOSAL | {"list_type": "nonsense"}).refused(Deregistered)
    state.when(propose_listing_upward, by=YI, on="2026-03-03", **UPWARD).refused(Deregistered)
    screening = {"screening_id": "q1", "list_type": "sample", "looked_up": (), "adverse": ()}
    state.when(screen_subject, **screening).refused(Deregistered)
    under_way = given(*UNLAWFUL, gone("2026-03-06"))
    under_way.when(decide_listing, by=DING, **DECISION).refused(Deregistered)
    assert under_way.when(decide_listing, by=DING, **DECISION | {"outcome": "not_list"}).events


def test_a_decision_received_is_recorded_if_the_subject_still_was_when_it_was_decided() -> None:
    assert given(REGISTERED, gone("2026-03-10")).when(receive_listing_decision, by=YI, **ANSWER).events
    given(REGISTERED, gone("2026-03-09")).when(receive_listing_decision, by=YI, **ANSWER).refused(Deregistered)
