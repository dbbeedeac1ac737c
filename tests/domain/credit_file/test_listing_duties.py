"""What a listing waits for at each step: the act, who is waited for and until when, and who may not do it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.duty import Owed
from domain.credit_file.listing_changes import confirm_listing
from domain.credit_file.listing_decisions import discuss_listing, propose_listing, waive_statement
from domain.credit_file.listing_duties import owed
from domain.credit_file.listing_hearing import hold_hearing, request_hearing, serve_hearing_notice
from domain.credit_file.listing_service import announce_service
from domain.credit_file.listing_upward import propose_listing_upward
from tests.domain.credit_file.samples import (
    LIST,
    REGISTERED,
    annulled,
    day,
    decided,
    heard,
    listed,
    noticed,
    own_listing,
    penalty,
    proposed,
    received,
    recorded,
    reviewed,
    upward,
    weighed,
)
from tests.domain.credit_file.test_listing_changes import CONFIRMATION, listed_before_it_was_known
from tests.domain.credit_file.test_listing_hearing import CALL, HEARING, OWN, REQUEST, TALK
from tests.domain.credit_file.test_red_list import ANNOUNCED as SHOWN_RED
from tests.domain.credit_file.test_red_list import PROPOSED as PROPOSED_RED
from tests.domain.given import BING, DING, JIA, YI, Step, given, rules, step


def of(*steps: Step) -> Owed | None:
    found = list(owed(given(*steps).state, rules()))
    assert len(found) <= 1
    return found[0] if found else None


def told(one: Owed | None) -> tuple[str, str, str, str | None] | None:
    """The act, since when, who is waited for and through which day."""
    if one is None:
        return None
    return one.act, one.since_on.isoformat(), one.waits_for, one.waits_until.isoformat() if one.waits_until else None


PROPOSED = [REGISTERED, proposed("2026-03-02")]
NOTICED = [*PROPOSED, noticed("2026-03-03")]
HEARD = [*NOTICED, heard("2026-03-04")]
WEIGHED = [*HEARD, weighed("2026-03-05")]
REVIEWED = [*WEIGHED, reviewed("2026-03-06")]
DECIDED = [*REVIEWED, decided("2026-03-09")]
WAIVED = step("2026-03-04", JIA, waive_statement, listing_id="s1", waived_on=day("2026-03-04"), document_no="样例放弃")
TOLD_ALOUD = step("2026-03-10", JIA, announce_service, listing_id="s1", announced_on=day("2026-03-10"), medium="样例")
EARLY = step("2026-03-03", JIA, announce_service, listing_id="s1", announced_on=day("2026-03-03"), medium="样例")
OWN_NOTICED = [REGISTERED, proposed("2020-09-04", list_type=OWN), noticed("2020-09-07")]
ASKED = [*OWN_NOTICED, step("2020-09-09", JIA, request_hearing, **REQUEST)]
CALLED = [*ASKED, step("2020-09-10", JIA, serve_hearing_notice, **CALL)]
HELD = [*CALLED, step("2020-09-17", JIA, hold_hearing, **HEARING)]
OWN_REVIEWED = [*HELD, weighed("2020-09-18"), reviewed("2020-09-21")]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (PROPOSED, ("serve_listing_notice", "2026-03-02", "", None)),
        ([*PROPOSED, EARLY], ("serve_listing_notice", "2026-04-03", "subject", "2026-04-02")),
        (NOTICED, ("review_legality", "2026-03-11", "subject", "2026-03-10")),
        (HEARD, ("review_listing", "2026-03-04", "", None)),
        (WEIGHED, ("review_legality", "2026-03-05", "", None)),
        ([*NOTICED, WAIVED], ("review_legality", "2026-03-04", "", None)),
        (REVIEWED, ("decide_listing", "2026-03-06", "", None)),
        (DECIDED, ("list_subject", "2026-03-09", "", None)),
        ([*DECIDED, TOLD_ALOUD], ("list_subject", "2026-04-10", "subject", "2026-04-09")),
        ([*DECIDED, listed("2026-03-10")], None),
        ([*REVIEWED, decided("2026-03-09", "not_list")], None),
        (OWN_NOTICED, ("review_legality", "2020-09-15", "subject", "2020-09-14")),
        (ASKED, ("serve_hearing_notice", "2020-09-09", "", None)),
        (CALLED, ("hold_hearing", "2020-09-17", "subject", "2020-09-16")),
        (HELD, ("review_listing", "2020-09-17", "", None)),
        (OWN_REVIEWED, ("discuss_listing", "2020-09-21", "", None)),
        ([*OWN_REVIEWED, step("2020-09-22", YI, discuss_listing, **TALK)], ("decide_listing", "2020-09-22", "", None)),
        ([*HELD, weighed("2020-09-18"), reviewed("2020-09-21", "not_lawful")],
         ("decide_listing", "2020-09-21", "", None)),
        (PROPOSED_RED, ("announce_red_listing", "2020-09-07", "", None)),
        (SHOWN_RED, ("review_legality", "2020-09-16", "public", "2020-09-15")),
        ([*SHOWN_RED, heard("2020-09-10")], ("review_listing", "2020-09-10", "", None)),
        ([REGISTERED, upward("2026-03-02")], ("receive_listing_decision", "2026-03-02", "higher_body", None)),
        ([REGISTERED, received("2026-03-02")], None),
    ],
)  # fmt: skip
def test_a_case_waits_for_its_next_step(steps: list[Step], expected: Any) -> None:
    assert told(of(*steps)) == expected


def test_keeps_those_who_did_an_earlier_step_from_the_next_and_sets_the_terms() -> None:
    review, decision, service = of(*WEIGHED), of(*REVIEWED), of(*DECIDED)
    assert review is not None
    assert decision is not None
    assert service is not None
    assert review.not_officers == (JIA.officer_id,)
    assert decision.not_officers == tuple(sorted((JIA.officer_id, BING.officer_id)))
    assert review.term is not None
    assert review.term.until == day("2026-03-12")
    assert service.term is not None
    assert service.term.until == day("2026-03-18")


def test_a_statement_made_while_a_hearing_may_still_be_asked_for_is_weighed_and_the_rest_waits() -> None:
    said = [*OWN_NOTICED, heard("2020-09-08")]
    assert told(of(*said)) == ("review_listing", "2020-09-08", "", None)
    assert told(of(*said, weighed("2020-09-09"))) == ("review_legality", "2020-09-11", "subject", "2020-09-10")


def test_a_doubtful_basis_is_owed_to_the_leader_until_it_is_settled() -> None:
    steps = listed_before_it_was_known()
    assert told(of(*steps)) == ("confirm_listing", "2020-12-18", "", None)
    assert of(*steps, step("2020-12-21", DING, confirm_listing, **CONFIRMATION)) is None
    against = step("2020-12-21", DING, confirm_listing, **CONFIRMATION | {"result": "to_revoke"})
    assert told(of(*steps, against)) == ("revoke_listing", "2020-12-21", "", None)


def resting_on(*entries: str) -> list[Step]:
    """Two penalties, and the bureau's listing because of those named."""
    two = [recorded(penalty("2026-01-12", entry_id)) for entry_id in ("p1", "p2")]
    own = step(
        "2026-03-02", JIA, propose_listing, listing_id="s1", list_type="sample", facts="样例事实", based_on=entries
    )
    return [REGISTERED, *two, own, *own_listing("2026-03-02")[1:]]


def test_a_listing_whose_last_ground_fell_away_is_to_be_revoked_within_the_term() -> None:
    gone = of(*resting_on("p1"), annulled("2026-04-01"))
    assert told(gone) == ("revoke_listing", "2026-04-01", "", None)
    assert gone is not None
    assert gone.term is not None
    assert gone.term.until == day("2026-04-07")  # 清明 lies in between


def test_while_one_of_its_grounds_stands_the_leader_looks_without_a_term() -> None:
    one = of(*resting_on("p1", "p2"), annulled("2026-04-01"))
    assert told(one) == ("revoke_listing", "2026-04-01", "", None)
    assert one is not None
    assert one.term is None
    both = of(*resting_on("p1", "p2"), annulled("2026-04-01"), annulled("2026-04-08", "p2"))
    assert told(both) == ("revoke_listing", "2026-04-08", "", None)
    assert of(*resting_on(), annulled("2026-04-01")) is None


def test_nothing_is_revoked_after_the_end_of_the_term_or_by_the_bureau_for_another_body() -> None:
    assert of(*resting_on("p1"), annulled("2029-03-03")) is None
    proposal = step(
        "2026-03-02", YI, propose_listing_upward, listing_id="u1", list_type=LIST, body="样例省厅",
        document_no="样例请示一号", facts="样例事实", based_on=("p1",),
    )  # fmt: skip
    steps = [REGISTERED, recorded(penalty("2026-01-12")), proposal, received("2026-03-09"), annulled("2026-04-01")]
    assert told(of(*steps)) == ("receive_exit_decision", "2026-04-01", "higher_body", None)
