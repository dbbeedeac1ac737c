"""What a grant does on its day, none of it forgotten, and how a repair that rested on a falsehood is taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.credit_file.disclosure import DisclosureOver, disclose
from domain.credit_file.disclosure_period import disclosed as periods
from domain.credit_file.duties import owed
from domain.credit_file.listing import covers
from domain.credit_file.listing_changes import reinstate_listing
from domain.credit_file.measure import MeasureApplied, MeasureLifted, apply_measure, measures_on
from domain.credit_file.profile import SubjectUnknown
from domain.credit_file.repair_checks import FraudRecorded, TargetUnknown, is_kept
from domain.credit_file.repair_decisions import (
    RepairUnderWay,
    RepairUnknown,
    accept_repair,
    not_accept_repair,
    receive_repair,
    send_feedback,
)
from domain.credit_file.repair_events import (
    Repaired,
    RepairRevocationNoticeServed,
    RepairRevocationStatementReceived,
    RepairRevoked,
    SharingStopped,
)
from domain.credit_file.repair_revocation import (
    NotGranted,
    RevocationHeard,
    RevocationNoticed,
    RevocationNotNoticed,
    receive_revocation_statement,
    revoke_repair,
    serve_revocation_notice,
)
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture, StatementTimeRunning
from domain.officer import check_may
from domain.refusals import CaseMoved, NotAllowed, SameOfficer
from tests.domain.credit_file.repair_states import ACCEPTED, GRANTED, ON, VERIFIED
from tests.domain.credit_file.samples import (
    EARLY,
    REGISTERED,
    accepted,
    annulled,
    application,
    applied,
    classified,
    day,
    disclosed,
    findings,
    general_penalty,
    granted,
    own_listing,
    penalty,
    performed,
    recorded,
    removed,
    verified,
)
from tests.domain.given import DING, JIA, YI, Officer, Step, given, rules, step

OTHER_LEADER = Officer("样例员辛", "leader", "样例局领导")
NOTICE: dict[str, Any] = {
    "repair_id": "r1", "document_no": "样例撤销告知一号", "facts": "样例虚假", "served_on": day("2026-10-12"),
    "method": "直接送达",
}  # fmt: skip
STATEMENT: dict[str, Any] = {"repair_id": "r1", "received_on": day("2026-10-13"), "summary": "样例陈述"}
REVOCATION: dict[str, Any] = {
    "repair_id": "r1", "cause": "false_papers", "facts": "样例虚假", "document_no": "样例撤销一号",
    "found_on": day("2026-10-08"),
}  # fmt: skip


def noticed(on: str = "2026-10-12", **args: Any) -> Step:
    return step(on, JIA, serve_revocation_notice, **NOTICE | {"served_on": day(on)} | args)


def heard(on: str = "2026-10-13", **args: Any) -> Step:
    return step(on, JIA, receive_revocation_statement, **STATEMENT | {"received_on": day(on)} | args)


def revoked(on: str = "2026-10-14", **args: Any) -> Step:
    return step(on, OTHER_LEADER, revoke_repair, **REVOCATION | args)


REVOKED = [*GRANTED, noticed(), heard(), revoked()]


def shown_on(state: Any, on: str) -> bool:
    period = periods(state, rules()).get("p1")
    return period is not None and period.covers(day(on))


# Execution: none forgotten


@settings(max_examples=60, deadline=None)
@drawn(
    st.lists(
        st.tuples(
            st.sampled_from(("p1", "p2", "s1")),
            st.integers(0, 70),
            st.integers(0, 200),
            st.sampled_from(("funds_limited", "honours_limited", "supervision_focused")),
        ),
        max_size=6,
    )
)
def test_after_a_repair_no_measure_that_rested_on_the_entry_runs(taken: list[tuple[str, int, int, str]]) -> None:
    reached = given(
        *general_penalty(), recorded(penalty("2026-06-14", "p2")), *own_listing("2026-06-16"),
    )  # fmt: skip
    for number, (target, begins, lasts, code) in enumerate(taken):
        from_on = day("2026-06-16") + timedelta(days=begins)
        one = MeasureApplied(
            measure_id=f"m{number}", target_id=target, measure_code=code, matter=f"样例{number}",
            section="market_order", effect="样例", from_on=from_on, until=from_on + timedelta(days=lasts),
        )  # fmt: skip
        reached = reached.after(step(from_on.isoformat(), YI, apply_measure, measure=one))
    before = {one.measure_id for one in measures_on(reached.state, day(ON), rules())}
    for one in (applied(ON), accepted(ON), verified(ON), granted(ON)):
        reached = reached.after(one)
    done = reached.state
    lifted = {fact.event.measure_id for fact in reached.facts if isinstance(fact.event, MeasureLifted)}
    rested = {one.measure_id for one in done.measures.values() if one.applied.target_id == "p1"}
    assert lifted == before & rested
    for on in (day(ON), day(ON) + timedelta(days=40), day(ON) + timedelta(days=400)):
        running = {one.measure_id for one in measures_on(done, on, rules())}
        assert not running & rested
    assert {one.measure_id for one in measures_on(done, day(ON), rules())} == before - rested


def test_a_removal_stops_sharing_and_lifts_the_measures_of_the_listing_too() -> None:
    one = MeasureApplied(
        measure_id="m1", target_id="s1", measure_code="funds_limited", matter="样例资金", section="market_order",
        effect="样例", from_on=day("2026-02-02"),
    )  # fmt: skip
    steps = [REGISTERED, *own_listing("2026-01-05"), step("2026-02-02", YI, apply_measure, measure=one)]
    facts = given(*steps, *removed("2026-07-06")).facts
    assert [type(fact.event).__name__ for fact in facts][-5:] == [
        "RepairDecided", "Repaired", "Exited", "SharingStopped", "MeasureLifted",
    ]  # fmt: skip
    on = day("2026-07-06")
    assert [fact.event for fact in facts[-4:] if not isinstance(fact.event, Repaired)][1:] == [
        SharingStopped(repair_id="r1", target_id="s1", effective_on=on),
        MeasureLifted(measure_id="m1", cause="repair", lifted_on=on),
    ]


# Notice and statement


def test_the_subject_is_told_and_heard_before_its_repair_is_revoked() -> None:
    given(*GRANTED).when(serve_revocation_notice, on="2026-10-12", **NOTICE).then(
        RepairRevocationNoticeServed(**NOTICE)
    )
    given(*GRANTED, noticed()).when(receive_revocation_statement, on="2026-10-13", **STATEMENT).then(
        RepairRevocationStatementReceived(**STATEMENT)
    )


@pytest.mark.parametrize(
    ("decide", "by", "args", "steps"),
    [
        (serve_revocation_notice, JIA, NOTICE, []), (receive_revocation_statement, JIA, STATEMENT, [noticed()]),
        (revoke_repair, OTHER_LEADER, REVOCATION, [noticed(), heard()]),
    ],
)  # fmt: skip
def test_each_step_of_a_revocation_is_about_a_repair_in_force_as_its_officer_saw_it(
    decide: Any, by: Officer, args: dict[str, Any], steps: list[Step]
) -> None:
    here: dict[str, Any] = {"by": by, "on": "2026-10-14"}
    given().when(decide, **here, **args).refused(SubjectUnknown)
    given(*GRANTED).when(decide, **here, **args | {"repair_id": "r9", "seen": 1}).refused(RepairUnknown)
    given(*VERIFIED).when(decide, **here, **args | {"seen": 1}).refused(CaseMoved)
    given(*VERIFIED).when(decide, **here, **args).refused(NotGranted)
    given(*REVOKED).when(decide, **here, **args).refused(NotGranted)
    assert given(*GRANTED, *steps).when(decide, **here, **args).refusal is None


def test_a_notice_is_served_once_after_the_repair_and_never_for_what_was_annulled_since() -> None:
    late = NOTICE | {"served_on": day("2026-10-13")}
    given(*GRANTED, noticed()).when(serve_revocation_notice, on="2026-10-12", **late).refused(RevocationNoticed)
    given(*GRANTED, annulled("2026-10-12")).when(serve_revocation_notice, on="2026-10-12", **late).refused(
        TargetUnknown
    )
    given(*GRANTED).when(serve_revocation_notice, on="2026-10-12", **late).refused(DayInFuture)
    early = NOTICE | {"served_on": day("2026-09-13")}
    given(*GRANTED).when(serve_revocation_notice, on="2026-10-12", **early).refused(BeforeStepBefore)


def test_a_statement_follows_the_notice_and_comes_once() -> None:
    given(*GRANTED).when(receive_revocation_statement, on="2026-10-13", **STATEMENT).refused(RevocationNotNoticed)
    twice = given(*GRANTED, noticed(), heard())
    twice.when(receive_revocation_statement, on="2026-10-13", **STATEMENT).refused(RevocationHeard)
    told = given(*GRANTED, noticed())
    later, before = STATEMENT | {"received_on": day("2026-10-14")}, STATEMENT | {"received_on": day("2026-10-11")}
    told.when(receive_revocation_statement, on="2026-10-13", **later).refused(DayInFuture)
    told.when(receive_revocation_statement, on="2026-10-13", **before).refused(BeforeStepBefore)


# Revocation


def test_the_leader_revokes_what_rested_on_a_falsehood_from_that_day_on() -> None:
    given(*GRANTED, noticed(), heard()).when(revoke_repair, OTHER_LEADER, "2026-10-14", **REVOCATION).then(
        RepairRevoked(**REVOCATION, revoked_on=day("2026-10-14"))
    )


def test_a_revocation_waits_for_the_statement_or_the_end_of_its_time() -> None:
    silent = given(*GRANTED, noticed())
    silent.when(revoke_repair, OTHER_LEADER, "2026-10-19", **REVOCATION).refused(
        StatementTimeRunning, until=day("2026-10-19")
    )
    assert silent.when(revoke_repair, OTHER_LEADER, "2026-10-20", **REVOCATION).refusal is None


def test_a_revocation_is_not_made_without_notice_by_who_granted_or_for_a_day_that_cannot_be() -> None:
    given(*GRANTED).when(revoke_repair, DING, "2026-10-14", **REVOCATION).refused(RevocationNotNoticed)
    given(*GRANTED, noticed()).when(revoke_repair, DING, "2026-10-14", **REVOCATION).refused(StatementTimeRunning)
    ready = given(*GRANTED, noticed(), heard())
    ready.when(revoke_repair, DING, "2026-10-14", **REVOCATION | {"found_on": day("2026-10-15")}).refused(SameOfficer)
    here: dict[str, Any] = {"by": OTHER_LEADER, "on": "2026-10-14"}
    gone = given(*GRANTED, noticed(), heard(), annulled("2026-10-14"))
    gone.when(revoke_repair, **here, **REVOCATION | {"found_on": day("2026-10-15")}).refused(TargetUnknown)
    ready.when(revoke_repair, **here, **REVOCATION | {"found_on": day("2026-10-15")}).refused(DayInFuture)
    ready.when(revoke_repair, **here, **REVOCATION | {"found_on": day("2026-09-13")}).refused(BeforeStepBefore)
    with pytest.raises(NotAllowed):
        check_may(YI, "revoke_repair")


def test_a_case_under_notice_waits_for_the_subject_and_then_for_another_leader() -> None:
    def waiting(*steps: Step) -> list[tuple[str, str, date | None, tuple[str, ...]]]:
        found = [one for one in owed(given(*GRANTED, *steps).state, rules()) if one.act == "revoke_repair"]
        return [(one.act, one.waits_for, one.waits_until, one.not_officers) for one in found]

    assert waiting() == []
    assert waiting(noticed()) == [("revoke_repair", "subject", day("2026-10-19"), (DING.officer_id,))]
    assert waiting(noticed(), heard()) == [("revoke_repair", "", None, (DING.officer_id,))]
    assert waiting(noticed(), heard(), revoked()) == []


def test_after_a_revocation_the_credit_site_is_owed_the_result_anew() -> None:
    fed = [*GRANTED, step(ON, JIA, send_feedback, repair_id="r1", receipt="样例回执")]
    assert given(*fed).state.repairs["r1"].stage == "closed"
    state = given(*fed, noticed(), heard(), revoked()).state
    assert state.repairs["r1"].stage == "feedback"
    assert state.repairs["r1"].concluded_on == day("2026-10-14")


# What a revocation does


def test_an_entry_was_repaired_from_the_grant_to_the_day_before_the_revocation() -> None:
    state = given(*REVOKED).state
    assert state.repaired_on("p1") is None
    days = ("2026-09-13", ON, "2026-10-13", "2026-10-14")
    assert [state.is_repaired("p1", day(on)) for on in days] == [False, True, True, False]
    assert given(*GRANTED).state.repaired_on("p1") == day(ON)


def test_the_public_sees_it_again_only_by_a_new_release_and_through_its_original_last_day() -> None:
    whole = periods(given(*general_penalty()).state, rules())["p1"].until
    assert whole is not None
    revoked_only = given(*REVOKED).state
    days = ("2026-09-13", ON, "2026-10-14", "2026-10-15", "2027-06-12")
    assert [shown_on(revoked_only, on) for on in days] == [True, False, False, False, False]
    again = given(*REVOKED, disclosed("2026-10-15")).state
    assert [shown_on(again, on) for on in days] == [True, False, False, True, whole >= day("2027-06-12")]
    assert periods(again, rules())["p1"].until == whole
    given(*REVOKED).when(disclose, YI, (whole + timedelta(days=1)).isoformat(), entry_id="p1").refused(DisclosureOver)


def test_the_file_says_why_it_was_off_the_page_and_that_the_repair_was_revoked() -> None:
    state = given(*REVOKED, disclosed("2026-10-15")).state

    def said(on: str) -> dict[str, str]:
        answer = standing(state, day(on), rules())
        assert answer is not None
        return {one.item: one.value for one in answer.fields if one.item in ("disclosure", "repair")}

    assert said("2026-09-20") == {"disclosure": "ended/repair", "repair": "disclosure_ended"}
    assert said("2026-10-14") == {"disclosure": "ended/repair", "repair": "revoked"}
    assert said("2026-10-15") == {"disclosure": "shown", "repair": "revoked"}


def test_a_revoked_entry_waits_for_its_new_release() -> None:
    duties = [one for one in owed(given(*REVOKED).state, rules()) if one.case_id == "p1"]
    assert [(one.act, one.since_on) for one in duties] == [("disclose", day("2026-10-14"))]


def test_a_subject_removed_by_a_revoked_repair_is_reinstated_on_its_list() -> None:
    steps = [
        REGISTERED, *own_listing("2026-01-05"), *removed("2026-07-06"), noticed("2026-10-12"), heard(), revoked(),
    ]  # fmt: skip
    back = step(
        "2026-10-15", DING, reinstate_listing,
        listing_id="s1", document_no="样例恢复一号", effective_on=day("2026-10-15"),
    )  # fmt: skip
    listing = given(*steps, back).state.listings["s1"]
    days = ("2026-07-05", "2026-07-06", "2026-10-14", "2026-10-15")
    assert [covers(listing, day(on), rules()) for on in days] == [True, False, False, True]


# The record of the falsehood


def test_a_falsehood_bars_applications_for_the_time_of_the_version_and_names_the_first_day() -> None:
    steps = [*REVOKED, recorded(penalty("2026-10-20", "p2")), classified("2026-10-20", "general", entry_id="p2")]
    steps += [performed("2026-10-21", "p2")]
    barred = given(*steps, applied("2027-06-01", "p2", "r2"))
    barred.when(accept_repair, on="2027-06-01", repair_id="r2").refused(
        FraudRecorded, found_on=day("2026-10-08"), until=day("2029-10-08"), first_on=day("2029-10-09")
    )
    declined = barred.when(not_accept_repair, on="2027-06-01", repair_id="r2")
    assert declined.refusal is None
    assert getattr(declined.events[0], "first_possible_on", None) == day("2029-10-09")
    free = given(*steps, applied("2029-10-09", "p2", "r2"))
    assert free.when(accept_repair, on="2029-10-09", repair_id="r2").refusal is None


def test_the_same_entry_may_be_applied_for_again_but_is_barred_by_the_record() -> None:
    given(*GRANTED).when(receive_repair, on="2026-10-15", application=application("2026-10-15", "p1", "r2")).refused(
        RepairUnderWay
    )
    again = given(*REVOKED, applied("2026-10-15", "p1", "r2"))
    again.when(accept_repair, on="2026-10-15", repair_id="r2").refused(FraudRecorded)


def test_before_order_58_no_version_asked_for_a_record_of_falsehood() -> None:
    papers = ("identity", "proof", "commitment")
    steps = [
        REGISTERED, recorded(penalty("2021-06-11")), classified("2021-06-11", "general", "class.2019"),
        performed("2021-06-15"), applied("2021-10-08", papers=papers), accepted("2021-10-08"),
        verified("2021-10-08", found=findings(conditions=EARLY)), granted("2021-10-08"),
        noticed("2021-11-01"), heard("2021-11-02"), revoked("2021-11-03", found_on=day("2021-11-01")),
        recorded(penalty("2021-11-04", "p2")), classified("2021-11-04", "general", "class.2019", "p2"),
        performed("2021-11-05", "p2"), applied("2022-03-01", "p2", "r2", papers=papers),
    ]  # fmt: skip
    assert given(*steps).when(accept_repair, on="2022-03-01", repair_id="r2").refusal is None


def test_a_record_of_falsehood_found_here_is_answered_here_and_one_elsewhere_by_a_person() -> None:
    honest = given(*ACCEPTED).state
    assert not is_kept(honest, honest.repairs["r1"], "no_fraud_record")
    false = given(*REVOKED, applied("2026-10-15", "p1", "r2")).state
    assert is_kept(false, false.repairs["r2"], "no_fraud_record")
