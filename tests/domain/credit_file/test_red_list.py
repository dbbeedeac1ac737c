"""Red lists: screened first, shown to the public, ended by a serious listing. The bureau's own list of 2020."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.credit_file.exit import revoke_listing
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Exited, covers
from domain.credit_file.listing_checks import ListingUnknown, WrongStep
from domain.credit_file.listing_decisions import (
    StatementNotWeighed,
    decide_listing,
    propose_listing,
    review_legality,
    serve_listing_notice,
)
from domain.credit_file.listing_events import RedListingAnnounced
from domain.credit_file.listing_upward import propose_listing_upward, receive_listing_decision
from domain.credit_file.profile import IdTaken
from domain.credit_file.red_list import (
    BadRecordStands,
    Hit,
    LookupsMissing,
    NotRedList,
    NotScreened,
    NotShown,
    PublicNoticeRunning,
    ScreenedAdverse,
    SubjectScreened,
    announce_red_listing,
    bad_records,
    screen_subject,
)
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.law.reading import Reading
from domain.refusals import CaseMoved, SubjectUnknown
from tests.domain.credit_file.samples import (
    LIST,
    REGISTERED,
    annulled,
    classified,
    day,
    heard,
    listed,
    own_listing,
    penalty,
    proposed,
    received,
    recorded,
    reviewed,
    weighed,
)
from tests.domain.given import BING, DING, JIA, RULEBOOK, YI, Step, context, given, rules, step

RED = "bureau_joint_incentive"
SITES = ("credit_china", "credit_liaoning", "credit_yingkou")
SCREENING: dict[str, Any] = {
    "screening_id": "q1", "list_type": RED, "looked_up": SITES, "adverse": (), "note": "样例查询"
}  # fmt: skip
PROPOSAL: dict[str, Any] = {"listing_id": "s1", "list_type": RED, "facts": "样例荣誉"}
SHOWN: dict[str, Any] = {"listing_id": "s1", "announced_on": day("2020-09-08"), "medium": "样例门户"}
REVIEW: dict[str, Any] = {"listing_id": "s1", "opinion": "lawful", "reasons": "样例"}
HONOUR: dict[str, Any] = {
    "listing_id": "s1", "outcome": "list", "document_no": "样例红榜一号", "facts": "样例荣誉", "removal_conditions": "",
    "remedies": "",
}  # fmt: skip


def screened(on: str, screening_id: str = "q1", **given_: Any) -> Step:
    return step(on, JIA, screen_subject, **SCREENING | {"screening_id": screening_id} | given_)


def shown(on: str) -> Step:
    return step(on, YI, announce_red_listing, listing_id="s1", announced_on=day(on), medium="样例门户")


SCREENED = [REGISTERED, screened("2020-09-04")]
PROPOSED = [*SCREENED, proposed("2020-09-07", list_type=RED)]
ANNOUNCED = [*PROPOSED, shown("2020-09-08")]
REVIEWED = [*ANNOUNCED, reviewed("2020-09-16")]
HONOURED = [*REVIEWED, step("2020-09-17", DING, decide_listing, **HONOUR), listed("2020-09-18")]


# Screening


def test_records_a_clean_screening() -> None:
    given(REGISTERED).when(screen_subject, on="2020-09-04", **SCREENING).then(
        SubjectScreened(**SCREENING, screened_on=day("2020-09-04"), hits=(), result="clean")
    )


def test_finds_by_itself_what_the_file_holds_against_the_subject_and_tells_what_the_sites_told() -> None:
    state = given(REGISTERED, recorded(penalty("2020-06-12")), received("2020-08-03"))
    state.when(screen_subject, on="2020-09-04", **SCREENING).then(
        SubjectScreened(
            **SCREENING, screened_on=day("2020-09-04"), result="adverse",
            hits=(Hit(code="serious_list", entry_id="u1"), Hit(code="penalty", entry_id="p1")),
        )
    )  # fmt: skip
    one = SCREENING | {"adverse": ("credit_china",)}
    given(REGISTERED).when(screen_subject, on="2020-09-04", **one).then(
        SubjectScreened(**one, screened_on=day("2020-09-04"), hits=(), result="adverse")
    )


def test_refuses_a_screening_of_nobody_under_a_used_id_for_another_list_or_of_too_few_sites() -> None:
    given().when(screen_subject, **SCREENING | {"list_type": "sample"}).refused(SubjectUnknown)
    given(*SCREENED).when(screen_subject, **SCREENING | {"list_type": "sample"}).refused(IdTaken)
    few = SCREENING | {"looked_up": SITES[:1]}
    given(REGISTERED).when(screen_subject, **few | {"list_type": "sample"}).refused(NotRedList, list_type="样例名单")
    given(REGISTERED).when(screen_subject, on="2020-09-04", **few).refused(LookupsMissing, missing="信用辽宁、信用营口")


@pytest.mark.parametrize(
    ("steps", "on", "counts"),
    [
        ([classified("2020-06-12", "general", "class.2019")], "2020-06-11", False),
        ([classified("2020-06-12", "general", "class.2019")], "2020-06-12", True),
        ([classified("2020-06-12", "general", "class.2019")], "2021-06-12", True),
        ([classified("2020-06-12", "general", "class.2019")], "2021-06-13", False),
        ([], "2035-01-01", True),
        ([annulled("2020-07-01")], "2020-06-30", True),
        ([annulled("2020-07-01")], "2020-07-01", False),
    ],
)
def test_a_penalty_counts_while_it_runs_released_or_not_and_without_a_class_for_ever(
    steps: list[Step], on: str, counts: bool
) -> None:
    file = given(REGISTERED, recorded(penalty("2020-06-12")), *steps).state
    assert [one.code for one in bad_records(file, day(on), rules())] == (["penalty"] if counts else [])


# Proposing


def test_proposes_whom_a_screening_found_clean_as_long_as_it_holds() -> None:
    for on in ("2020-09-04", "2020-10-04"):
        assert given(*SCREENED).when(propose_listing, on=on, **PROPOSAL).events
    given(*SCREENED).when(propose_listing, on="2020-10-05", **PROPOSAL).refused(NotScreened)
    given(REGISTERED).when(propose_listing, on="2020-09-04", **PROPOSAL).refused(NotScreened)


def test_refuses_whom_the_last_screening_found_bad_and_tells_that_before_what_the_file_holds_now() -> None:
    bad = screened("2020-09-05", "q2", adverse=("credit_china",))
    given(*SCREENED, bad, recorded(penalty("2020-09-06"))).when(propose_listing, on="2020-09-07", **PROPOSAL).refused(
        ScreenedAdverse, on=day("2020-09-05")
    )


def test_refuses_whom_a_record_since_the_screening_speaks_against_at_the_proposal_and_at_the_decision() -> None:
    state = given(*SCREENED, recorded(penalty("2020-09-06")))
    state.when(propose_listing, on="2020-09-07", **PROPOSAL).refused(BadRecordStands, found="有在期的行政处罚")
    late = given(*REVIEWED, recorded(penalty("2020-09-16")))
    late.when(decide_listing, by=DING, on="2020-09-17", **HONOUR).refused(BadRecordStands)
    assert late.when(decide_listing, by=DING, on="2020-09-17", **HONOUR | {"outcome": "not_list"}).events


def test_a_screening_grown_old_is_made_again_before_the_decision() -> None:
    given(*REVIEWED).when(decide_listing, by=DING, on="2020-10-05", **HONOUR).refused(NotScreened)
    again = given(*REVIEWED, screened("2020-10-05", "q2"))
    assert again.when(decide_listing, by=DING, on="2020-10-05", **HONOUR).events


def test_an_honour_of_a_higher_body_is_screened_too() -> None:
    """No higher body keeps a red list in the rulebook; a bureau's overlay may say so."""
    law = RULEBOOK.replacing({"list.basis@2020-07-16[list_type=bureau_joint_incentive]": {"value": "province"}})
    upward = PROPOSAL | {"body": "样例省厅", "document_no": "样例请示"}
    answer = upward | {"outcome": "list", "decided_on": day("2020-09-07"), "effective_on": day("2020-09-07")}

    def take(decide: Any, file: CreditFile, **args: Any) -> Any:
        return decide(file, replace(context("2020-09-07", YI), rules=Reading(law)), **args)

    for decide, args in ((propose_listing_upward, upward), (receive_listing_decision, answer)):
        with pytest.raises(NotScreened):
            take(decide, given(REGISTERED).state, **args)
        assert take(decide, given(*SCREENED).state, **args)


# Shown to the public, then decided


def test_shows_the_proposed_honour_to_the_public() -> None:
    given(*PROPOSED).when(announce_red_listing, by=YI, on="2020-09-08", **SHOWN).then(RedListingAnnounced(**SHOWN))


def test_refuses_to_show_out_of_turn_another_list_or_a_day_that_cannot_be() -> None:
    given().when(announce_red_listing, by=YI, **SHOWN).refused(SubjectUnknown)
    given(REGISTERED).when(announce_red_listing, by=YI, **SHOWN).refused(ListingUnknown)
    given(*PROPOSED).when(announce_red_listing, by=YI, **SHOWN, seen=1).refused(CaseMoved)
    given(*ANNOUNCED).when(announce_red_listing, by=YI, **SHOWN).refused(WrongStep)
    sample = given(REGISTERED, proposed("2026-03-02"))
    sample.when(announce_red_listing, by=YI, **SHOWN).refused(NotRedList)
    given(*PROPOSED).when(announce_red_listing, by=YI, on="2020-09-07", **SHOWN).refused(DayInFuture)
    early = SHOWN | {"announced_on": day("2020-09-06")}
    given(*PROPOSED).when(announce_red_listing, by=YI, **early).refused(BeforeStepBefore)


def test_an_honour_is_shown_instead_of_notified_and_reviewed_the_day_after_it_was_shown_long_enough() -> None:
    notice = {"listing_id": "s1", "document_no": "样例", "served_on": day("2020-09-08"), "method": "直接送达"}
    given(*PROPOSED).when(serve_listing_notice, **notice).refused(WrongStep)
    given(*PROPOSED).when(review_legality, by=BING, **REVIEW).refused(NotShown)
    given(*ANNOUNCED).when(review_legality, by=BING, on="2020-09-15", **REVIEW).refused(
        PublicNoticeRunning, until=day("2020-09-15")
    )
    assert given(*ANNOUNCED).when(review_legality, by=BING, on="2020-09-16", **REVIEW).events


def test_what_somebody_said_against_the_honour_is_weighed() -> None:
    against = given(*ANNOUNCED, heard("2020-09-10"))
    against.when(review_legality, by=BING, on="2020-09-16", **REVIEW).refused(StatementNotWeighed)
    assert (
        given(*ANNOUNCED, heard("2020-09-10"), weighed("2020-09-11"))
        .when(review_legality, by=BING, on="2020-09-16", **REVIEW)
        .events
    )


def test_a_decided_honour_runs_from_its_service_through_its_term() -> None:
    one = given(*HONOURED).state.listings["s1"]
    assert [covers(one, day(on), rules()) for on in ("2020-09-17", "2020-09-18", "2023-09-18", "2023-09-19")] == [
        False, True, True, False,
    ]  # fmt: skip


# Ended by a serious listing


def test_a_place_on_a_serious_list_ends_the_honour_in_the_same_act_from_its_first_day() -> None:
    events = given(*HONOURED).when(
        receive_listing_decision, by=YI, on="2021-02-03", listing_id="u1", list_type=LIST, outcome="list",
        body="样例省厅", document_no="样例省决定一号", decided_on=day("2021-02-01"), effective_on=day("2021-02-05"),
        facts="样例",
    ).events  # fmt: skip
    assert events[-1] == Exited(
        listing_id="s1", cause="serious_listing", effective_on=day("2021-02-05"), document_no="样例省决定一号"
    )
    file = given(*HONOURED, received("2021-02-01", effective_on="2021-02-05")).state
    assert [covers(file.listings["s1"], day(on), rules()) for on in ("2021-02-04", "2021-02-05")] == [True, False]


def test_a_watch_list_a_sample_list_or_a_serious_listing_after_its_term_leaves_the_honour_alone() -> None:
    for more in (
        [received("2021-02-01", list_type="commerce_key_watch")], own_listing("2021-02-01", "s2"),
        [received("2023-10-09")],
    ):  # fmt: skip
        assert given(*HONOURED, *more).state.listings["s1"].exited is None


def test_an_honour_left_before_is_not_ended_again() -> None:
    gone = step("2021-01-04", DING, revoke_listing, listing_id="s1", document_no="样例撤销一号")
    assert given(*HONOURED, gone, received("2021-02-01")).state.listings["s1"].exited.cause == "revocation"
