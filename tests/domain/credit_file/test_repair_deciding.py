"""Decisions of repair, from who may decide to the feedback: granted, refused, and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.disclosure import DisclosureOver, disclose
from domain.credit_file.exit import DesignatedElsewhere, revoke_listing
from domain.credit_file.listing import Exited
from domain.credit_file.record_classes import ClassUnderRepair, gravities
from domain.credit_file.record_decisions import classify_penalty, correct_record
from domain.credit_file.repair import (
    RepairDecided,
    Repaired,
    RepairFeedbackSent,
    RepairNotAccepted,
    RepairVerified,
    Verified,
    accept_due,
    answer_due,
    feedback_due,
)
from domain.credit_file.repair_checks import (
    TargetUnknown,
)
from domain.credit_file.repair_decisions import (
    FindingsIncomplete,
    NeedsLeader,
    NothingStandsAgainst,
    ReasonsMissing,
    VerifiedAgainst,
    WrongRepairStep,
    accept_repair,
    decide_repair,
    not_accept_repair,
    send_feedback,
    verify_repair,
)
from domain.credit_file.repair_duties import owed
from domain.credit_file.repair_events import SharingStopped
from domain.refusals import SameOfficer
from tests.domain.credit_file.repair_states import (
    ACCEPTED,
    APPLIED,
    DECISION,
    GRANTED,
    NOT_ACCEPTED,
    ON,
    ONE,
    REFUSED,
    VERIFIED,
)
from tests.domain.credit_file.samples import (
    EARLY,
    FINDINGS,
    REGISTERED,
    accepted,
    annulled,
    applied,
    by,
    classified,
    day,
    disclosed,
    findings,
    general_penalty,
    granted,
    instant,
    own_listing,
    penalty,
    performed,
    received,
    recorded,
    removed,
    verified,
)
from tests.domain.given import DING, GENG, JIA, PAPERS, YI, Step, given, rules, step

# Who decided repairs


def test_leaves_the_repair_of_a_list_of_the_province_to_the_province() -> None:
    state = given(REGISTERED, received("2026-01-05"), applied("2026-09-14", "u1", target_kind="listing"))
    state.when(accept_repair, on=ON, **ONE).refused(DesignatedElsewhere, body="样例省厅")
    declined = state.when(not_accept_repair, on=ON, **ONE).events[0]
    assert isinstance(declined, RepairNotAccepted)
    assert declined.first_possible_on is None
    assert "样例省厅" in declined.reasons[0]


def test_leaves_the_repair_of_a_penalty_of_another_authority_to_it() -> None:
    other = penalty(authority="营口样例市场监督管理局")
    steps = [REGISTERED, recorded(other), classified("2026-06-12", "general"), performed("2026-06-15"), applied(ON)]
    given(*steps).when(accept_repair, on=ON, **ONE).refused(DesignatedElsewhere, body="营口样例市场监督管理局")
    assert given(*steps).when(not_accept_repair, on=ON, **ONE).events


def test_refuses_to_grant_what_turned_out_to_be_another_authoritys() -> None:
    corrected = step(
        ON, YI, correct_record, PAPERS, entry_id="p1", field="authority", new="营口样例市场监督管理局", reason="样例"
    )  # fmt: skip
    given(*VERIFIED, corrected).when(decide_repair, by=YI, on=ON, **DECISION).refused(DesignatedElsewhere)


def test_a_class_does_not_change_while_a_repair_of_the_penalty_is_under_way() -> None:
    serious = [
        REGISTERED, recorded(penalty("2025-07-01")), classified("2025-07-01", "serious"), performed("2025-07-02"),
        applied(ON), accepted(ON),
    ]  # fmt: skip
    milder: dict[str, Any] = {"entry_id": "p1", "scheme": "class.2025", "penalty_class": "general"}
    given(*serious).when(classify_penalty, by=GENG, on=ON, **milder).refused(ClassUnderRepair)
    assert given(*serious[:-2]).when(classify_penalty, by=GENG, on=ON, **milder).events
    ended = [verified(ON, found=findings("performed")), granted(ON, outcome="refused")]
    assert given(*serious, *ended).when(classify_penalty, by=GENG, on=ON, **milder).events
    unclassified = [REGISTERED, recorded(penalty("2025-07-01")), applied(ON)]
    assert given(*unclassified).when(classify_penalty, by=GENG, on=ON, **milder).events


def test_leaves_a_specific_serious_class_of_2019_to_the_leader() -> None:
    old = [REGISTERED, recorded(penalty("2021-05-10")), classified("2021-05-10", "specific", "class.2019")]
    both = given(*old, classified("2026-06-12", "general"))
    assert gravities(both.state.records["p1"], rules()) == {"general", "serious"}


def test_refuses_to_decline_what_must_be_accepted() -> None:
    given(*APPLIED).when(not_accept_repair, on=ON, **ONE).refused(NothingStandsAgainst)


def test_records_what_the_handler_found_and_lets_a_later_finding_stand_over_it() -> None:
    bad = findings("performed")
    given(*ACCEPTED).when(verify_repair, on=ON, **ONE, findings=bad).then(
        RepairVerified(repair_id="r1", findings=bad, verified_on=day(ON))
    )
    state = given(*ACCEPTED, verified(ON, found=bad), verified("2026-09-15"))
    assert state.when(decide_repair, by=DING, on="2026-09-15", **DECISION).events


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (FINDINGS[1:], "repairable"),
        ((*FINDINGS, Verified(condition="papers", holds=True, note="样例")), "papers"),
        ((*FINDINGS, FINDINGS[0]), "repeated"),
        ((), ", ".join(sorted(one.condition for one in FINDINGS))),
    ],
)
def test_refuses_findings_that_leave_out_a_condition_or_name_another(found: Any, named: str) -> None:
    given(*ACCEPTED).when(verify_repair, on=ON, **ONE, findings=found).refused(FindingsIncomplete, differing_en=named)


def test_asks_the_findings_of_the_version_of_the_application() -> None:
    papers = ("identity", "proof", "commitment")
    state = given(
        REGISTERED, recorded(penalty("2021-05-10")), classified("2021-05-10", "general", "class.2019"),
        performed("2021-06-01"), applied("2021-12-01", papers=papers), accepted("2021-12-01"),
    )  # fmt: skip
    early = findings(conditions=EARLY)
    state.when(verify_repair, on="2021-12-02", **ONE, findings=FINDINGS).refused(FindingsIncomplete)
    assert state.when(verify_repair, on="2021-12-02", **ONE, findings=early).events


# Deciding


def test_grants_a_repair_and_ends_disclosure_the_same_day() -> None:
    given(*VERIFIED).when(decide_repair, by=YI, on=ON, **DECISION).then(
        RepairDecided(**DECISION, decided_on=day(ON)),
        Repaired(repair_id="r1", target_id="p1", effect="disclosure_ended", effective_on=day(ON)),
        SharingStopped(repair_id="r1", target_id="p1", effective_on=day(ON)),
    )


def test_grants_a_removal_and_takes_the_subject_off_the_list_the_same_day() -> None:
    steps = [REGISTERED, *own_listing("2026-01-05"), *removed("2026-07-06")[:3]]
    given(*steps).when(decide_repair, by=DING, on="2026-07-06", **DECISION).then(
        RepairDecided(**DECISION, decided_on=day("2026-07-06")),
        Repaired(repair_id="r1", target_id="s1", effect="removed_from_list", effective_on=day("2026-07-06")),
        Exited(listing_id="s1", cause="repair", effective_on=day("2026-07-06"), document_no="样例修复决定一号"),
        SharingStopped(repair_id="r1", target_id="s1", effective_on=day("2026-07-06")),
    )


def test_refuses_a_repair_with_reasons() -> None:
    one = DECISION | {"outcome": "refused"}
    state = given(*ACCEPTED, verified(ON, found=findings("performed")))
    state.when(decide_repair, by=YI, on=ON, **one).then(RepairDecided(**one, decided_on=day(ON)))
    for blank in ("", " "):
        state.when(decide_repair, by=YI, on=ON, **one | {"reasons": blank}).refused(ReasonsMissing)


def test_refuses_to_refuse_a_repair_against_which_nothing_stands() -> None:
    one = DECISION | {"outcome": "refused"}
    given(*VERIFIED).when(decide_repair, by=YI, on=ON, **one | {"reasons": " "}).refused(ReasonsMissing)
    given(*VERIFIED).when(decide_repair, by=YI, on=ON, **one).refused(NothingStandsAgainst)
    elsewhere = step(
        ON, YI, correct_record, PAPERS, entry_id="p1", field="authority", new="营口样例市场监督管理局", reason="样例"
    )  # fmt: skip
    for since in (elsewhere, annulled("2026-09-14")):
        assert given(*VERIFIED, since).when(decide_repair, by=DING, on=ON, **one).events


def test_a_blank_note_is_no_reason_to_decline() -> None:
    early = [*general_penalty(), applied("2026-09-12")]
    [declined] = given(*early).when(not_accept_repair, on="2026-09-12", **ONE, note=" ").events
    assert isinstance(declined, RepairNotAccepted)
    assert len(declined.reasons) == 1


def test_refuses_who_accepted_as_decider() -> None:
    by_yi = by(YI, accepted(ON))
    state = given(*APPLIED, by_yi, verified(ON))
    state.when(decide_repair, by=YI, on=ON, **DECISION).refused(SameOfficer, first="受理人")
    assert state.when(decide_repair, by=DING, on=ON, **DECISION).events
    [duty] = [one for one in owed(state.state, rules()) if one.act == "decide_repair"]
    assert set(duty.not_officers) == {JIA.officer_id, YI.officer_id}


def test_refuses_the_verifier_as_decider_before_it_asks_for_the_leader() -> None:
    serious = Officer(JIA.officer_id, "section_head", "market_order")
    given(*VERIFIED).when(decide_repair, by=serious, on=ON, **DECISION).refused(SameOfficer)
    steps = [REGISTERED, *own_listing("2026-01-05"), *removed("2026-07-06")[:3]]
    given(*steps).when(decide_repair, by=serious, on="2026-07-06", **DECISION).refused(SameOfficer)


@pytest.mark.parametrize("outcome", ["granted", "refused"])
def test_leaves_a_serious_penalty_and_every_listing_to_the_leader(outcome: str) -> None:
    one = DECISION | {"outcome": outcome}
    found = FINDINGS if outcome == "granted" else findings("performed")
    serious = [
        REGISTERED, recorded(penalty("2025-07-01")), classified("2025-07-01", "serious"), performed("2025-07-02"),
        applied(ON), accepted(ON), verified(ON, found=found),
    ]  # fmt: skip
    given(*serious).when(decide_repair, by=YI, on=ON, **one).refused(NeedsLeader)
    assert given(*serious).when(decide_repair, by=DING, on=ON, **one).events
    listing = [REGISTERED, *own_listing("2026-01-05"), *removed("2026-07-06")[:3]]
    given(*listing).when(decide_repair, by=YI, on="2026-07-06", **one).refused(NeedsLeader)


def test_refuses_to_grant_against_the_findings_but_not_to_refuse() -> None:
    state = given(*ACCEPTED, verified(ON, found=findings("performed", "corrected")))
    state.when(decide_repair, by=YI, on=ON, **DECISION).refused(VerifiedAgainst, conditions="performed、corrected")
    assert state.when(decide_repair, by=YI, on=ON, **DECISION | {"outcome": "refused"}).events


def test_refuses_to_grant_what_was_annulled_or_revoked_since() -> None:
    given(*VERIFIED, annulled("2026-09-15")).when(decide_repair, by=YI, on="2026-09-15", **DECISION).refused(
        TargetUnknown
    )
    revoked = step("2026-07-07", DING, revoke_listing, listing_id="s1", document_no="样例撤销一号")
    steps = [REGISTERED, *own_listing("2026-01-05"), *removed("2026-07-06")[:3], revoked]
    given(*steps).when(decide_repair, by=DING, on="2026-07-08", **DECISION).refused(TargetUnknown)
    bad = verified("2026-07-08", found=findings("repairable"))
    given(*steps, bad).when(decide_repair, by=DING, on="2026-07-08", **DECISION).refused(VerifiedAgainst)


# Feedback and due days


@pytest.mark.parametrize("steps", [GRANTED, REFUSED, NOT_ACCEPTED])
def test_records_that_the_result_was_fed_back_once(steps: list[Step]) -> None:
    given(*steps).when(send_feedback, on=ON, **ONE, receipt="样例回执").then(
        RepairFeedbackSent(repair_id="r1", sent_on=day(ON), receipt="样例回执")
    )
    sent = step(ON, JIA, send_feedback, **ONE, receipt="样例回执")
    given(*steps, sent).when(send_feedback, **ONE, receipt="样例回执").refused(WrongRepairStep)


def test_counts_acceptance_from_the_push_and_the_answer_from_the_application() -> None:
    pushed = applied("2026-09-18", applied_at=instant("2026-09-14"), pushed_at=instant("2026-09-17"))
    case = given(*general_penalty(), pushed).state.repairs["r1"]
    # Sunday 2026-09-20 is worked, Friday 2026-09-25 is not.
    assert accept_due(case, rules()).until == day("2026-09-21")
    assert answer_due(case, rules()).until == day("2026-09-28")


def test_counts_feedback_from_the_decision() -> None:
    assert feedback_due(given(*GRANTED).state.repairs["r1"], rules()).until == day("2026-09-17")
    # Saturday 2026-09-12; the non-acceptance is fed back too.
    assert feedback_due(given(*NOT_ACCEPTED).state.repairs["r1"], rules()).until == day("2026-09-16")


def test_nothing_is_fed_back_of_an_application_made_at_the_window() -> None:
    old = [REGISTERED, recorded(penalty("2021-05-10")), classified("2021-05-10", "general", "class.2019")]
    window = applied("2021-08-10", channel="window", pushed_at=None, external_no="")
    state = given(*old, window, step("2021-08-10", JIA, not_accept_repair, **ONE))
    state.when(send_feedback, **ONE, receipt="样例回执").refused(WrongRepairStep)


def test_a_repaired_penalty_is_released_no_more() -> None:
    unreleased = [one for one in GRANTED if one != disclosed("2026-06-12")]
    given(*unreleased).when(disclose, by=YI, on=ON, entry_id="p1").refused(DisclosureOver, until=day("2026-09-13"))
