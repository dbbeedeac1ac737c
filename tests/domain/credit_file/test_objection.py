"""Objections: filed, marked, accepted, forwarded, verified, decided and carried out in one act; their terms."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.disclosure_period import EntryUnknown
from domain.credit_file.disclosure_period import disclosed as periods_of
from domain.credit_file.duties import owed
from domain.credit_file.duty import Owed
from domain.credit_file.exit import DesignatedElsewhere, receive_exit_decision
from domain.credit_file.listing_events import Exited
from domain.credit_file.marks import marks_on
from domain.credit_file.objection import ObjectionDecided, ObjectionDeclined, ObjectionFiled, ObjectionForwarded
from domain.credit_file.objection_decisions import (
    AgentNotAuthorised,
    AnswerMissing,
    CarriedOutElsewhere,
    ClaimMissing,
    ContestedForLeader,
    CorrectionMissing,
    FindingUnexplained,
    ObjectionAcceptedAlready,
    ObjectionClosed,
    ObjectionNotAccepted,
    ObjectionNotVerified,
    ObjectionRunning,
    ObjectionUnknown,
    ObjectionVerifiedAlready,
    ResultNotDecided,
    UnitMissing,
    accept_objection,
    decide_objection,
    decline_objection,
    file_objection,
    forward_objection,
    verify_objection,
    withdraw_objection,
)
from domain.credit_file.profile import IdTaken
from domain.credit_file.record import RecordAnnulled, RecordCorrected
from domain.credit_file.record_decisions import correct_record
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    applied,
    classified,
    day,
    findings,
    general_penalty,
    own_listing,
    promise,
    promised,
    received,
    repaired_penalty,
    verified,
)
from tests.domain.given import DING, GENG, JIA, PAPERS, YI, Given, Step, given, rules, step

ANSWER = {"document_no": "样例答复一号", "reasons": "样例理由"}


def objected(on: str = "2026-07-01", target_id: str = "p1", kind: str = "content", **more: Any) -> Step:
    values: dict[str, Any] = {"objection_id": "o1", "claim": "金额有误（样例）", "channel": "window"} | more
    return step(on, JIA, file_objection, target_id=target_id, kind=kind, filed_on=day(on), **values)


def taken_up(on: str = "2026-07-02") -> Step:
    return step(on, JIA, accept_objection, objection_id="o1")


def found(finding: str, on: str = "2026-07-03", by: Any = JIA) -> Step:
    return step(
        on, by, verify_objection, objection_id="o1", unit="样例科室", finding=finding, note="核对决定书（样例）"
    )


def verified_penalty(finding: str, *more: Step) -> Given:
    return given(*general_penalty(), objected(), taken_up(), found(finding), *more)


def duty_of(state: Given) -> Owed:
    [one] = [one for one in owed(state.state, rules()) if one.case_kind == "objection"]
    return one


# Filed and marked


def test_files_an_objection_as_it_was_made() -> None:
    given(*general_penalty()).when(
        file_objection, on="2026-07-01", objection_id="o1", target_id="p1", kind="period", claim="样例",
        channel="credit_china", filed_on=day("2026-06-30"),
    ).then(
        ObjectionFiled(
            objection_id="o1", target_id="p1", kind="period", claim="样例", channel="credit_china",
            filed_on=day("2026-06-30"), applicant="subject",
        )
    )  # fmt: skip


def test_the_page_is_marked_from_the_day_it_was_filed_until_the_day_before_it_was_decided() -> None:
    state = verified_penalty("right", step("2026-07-06", YI, decide_objection, objection_id="o1", outcome="kept",
                                           **ANSWER))  # fmt: skip
    days = ("2026-06-30", "2026-07-01", "2026-07-05", "2026-07-06")
    assert [marks_on(state.state, "p1", day(on)) for on in days] == [(), ("objection",), ("objection",), ()]


def test_refusals_of_a_filing_in_their_order() -> None:
    args: dict[str, Any] = {
        "objection_id": "o1", "target_id": "p1", "kind": "content", "claim": "样例", "channel": "window",
        "filed_on": day("2026-07-01"), "on": "2026-07-01",
    }  # fmt: skip
    given().when(file_objection, **args).refused(SubjectUnknown)
    state = given(*general_penalty(), applied("2026-10-08"))
    state.when(file_objection, **args | {"objection_id": "p1"}).refused(IdTaken)
    state.when(file_objection, **args | {"target_id": "p9"}).refused(EntryUnknown)
    state.when(file_objection, **args | {"target_id": "r1", "kind": "repair_result"}).refused(ResultNotDecided)
    state.when(file_objection, **args | {"claim": " ", "applicant": "agent"}).refused(ClaimMissing)
    state.when(file_objection, **args | {"applicant": "agent"}).refused(AgentNotAuthorised)
    assert state.when(file_objection, filing=PAPERS, **args | {"applicant": "agent"}).refusal is None
    state.when(file_objection, **args | {"filed_on": day("2026-07-02")}).refused(DayInFuture)
    again = state.after(objected())
    again.when(file_objection, **args | {"objection_id": "o2"}).refused(ObjectionRunning)
    assert again.when(file_objection, **args | {"objection_id": "o2", "kind": "period"}).refusal is None


# Taken up, sent on, looked into


def test_every_step_asks_for_the_case_and_tells_when_it_moved_or_is_closed() -> None:
    steps: list[tuple[Any, dict[str, Any]]] = [
        (accept_objection, {}), (decline_objection, {"reasons": "样例"}), (forward_objection, {"to_unit": "样例"}),
        (verify_objection, {"unit": "样例", "finding": "right", "note": "样例"}),
        (decide_objection, {"outcome": "kept", "by": YI, **ANSWER}),
        (withdraw_objection, {"withdrawn_on": day("2026-07-01")}),
    ]  # fmt: skip
    state = given(*general_penalty(), objected())
    closed = state.after(step("2026-07-02", JIA, decline_objection, objection_id="o1", reasons="样例"))
    for decide, args in steps:
        given().when(decide, objection_id="o1", **args).refused(SubjectUnknown)
        state.when(decide, objection_id="o2", **args).refused(ObjectionUnknown)
        state.when(decide, objection_id="o1", seen=1, **args).refused(CaseMoved)
        closed.when(decide, objection_id="o1", **args).refused(ObjectionClosed, on=day("2026-07-02"))


def test_accepts_or_declines_once_and_declines_with_reasons() -> None:
    state = given(*general_penalty(), objected())
    state.when(decline_objection, objection_id="o1", reasons=" ").refused(FindingUnexplained)
    state.when(decline_objection, on="2026-07-02", objection_id="o1", reasons="已答复过").then(
        ObjectionDeclined(objection_id="o1", reasons="已答复过", declined_on=day("2026-07-02"))
    )
    accepted = state.after(taken_up())
    accepted.when(accept_objection, objection_id="o1").refused(ObjectionAcceptedAlready)
    accepted.when(decline_objection, objection_id="o1", reasons="样例").refused(ObjectionAcceptedAlready)


def test_nothing_is_verified_before_it_is_accepted_nor_twice() -> None:
    check: dict[str, Any] = {"objection_id": "o1", "unit": "样例", "finding": "right", "note": "样例"}
    state = given(*general_penalty(), objected())
    state.when(verify_objection, **check).refused(ObjectionNotAccepted)
    state.when(forward_objection, objection_id="o1", to_unit="样例").refused(ObjectionNotAccepted)
    state.when(decide_objection, by=YI, objection_id="o1", outcome="kept", **ANSWER).refused(ObjectionNotVerified)
    accepted = state.after(taken_up())
    accepted.when(verify_objection, **check | {"unit": "", "note": ""}).refused(UnitMissing)
    accepted.when(verify_objection, **check | {"note": ""}).refused(FindingUnexplained)
    accepted.when(forward_objection, objection_id="o1", to_unit="").refused(UnitMissing)
    done = accepted.after(found("right"))
    done.when(verify_objection, **check).refused(ObjectionVerifiedAlready)
    done.when(forward_objection, objection_id="o1", to_unit="样例").refused(ObjectionVerifiedAlready)


def test_the_terms_follow_one_another_and_all_end_with_the_time_to_answer() -> None:
    # Filed on Wednesday 2026-07-01: two working days to accept, two to look, ten for another unit, fifteen in all.
    state = given(*general_penalty(), objected())
    assert (duty_of(state).act, duty_of(state).term.until) == ("accept_objection", day("2026-07-03"))  # type: ignore[union-attr]
    state = state.after(taken_up())
    assert (duty_of(state).act, duty_of(state).term.until) == ("verify_objection", day("2026-07-06"))  # type: ignore[union-attr]
    state.when(forward_objection, on="2026-07-03", objection_id="o1", to_unit="样例局").then(
        ObjectionForwarded(
            objection_id="o1", to_unit="样例局", forwarded_on=day("2026-07-03"), due_on=day("2026-07-17")
        )
    )  # fmt: skip
    sent = state.after(step("2026-07-03", JIA, forward_objection, objection_id="o1", to_unit="样例局"))
    duty = duty_of(sent)
    assert (duty.waits_for, duty.waits_until) == ("provider", day("2026-07-17"))
    back = duty_of(sent.after(found("wrong", on="2026-07-16")))
    assert (back.act, back.term.until, back.not_officers) == (  # type: ignore[union-attr]
        "decide_objection", day("2026-07-22"), (JIA.officer_id, GENG.officer_id),
    )  # fmt: skip
    assert back.term is not None
    assert not back.term.row.is_verified


# Decided, and done in the same act


def test_keeps_an_entry_that_is_right() -> None:
    verified_penalty("right").when(
        decide_objection, by=YI, on="2026-07-06", objection_id="o1", outcome="kept", **ANSWER
    ).then(ObjectionDecided(objection_id="o1", outcome="kept", decided_on=day("2026-07-06"), **ANSWER))  # type: ignore[arg-type]


def test_corrects_the_record_in_the_same_act_and_takes_it_off_the_page_until_it_is_released_anew() -> None:
    state = verified_penalty("wrong")
    args: dict[str, Any] = {"objection_id": "o1", "outcome": "corrected", "field": "fine_fen", "new": "1000000"}
    outcome = state.when(decide_objection, by=YI, on="2026-07-06", **args, **ANSWER)
    assert [type(one) for one in outcome.events] == [RecordCorrected, ObjectionDecided]
    after = state.after(step("2026-07-06", YI, decide_objection, **args, **ANSWER))
    assert after.state.records["p1"].record.fine_fen == 1_000_000
    assert periods_of(after.state, rules())["p1"].until == day("2026-07-05")


def test_deletes_the_record_in_the_same_act() -> None:
    outcome = verified_penalty("wrong").when(
        decide_objection, by=YI, on="2026-07-06", objection_id="o1", outcome="deleted", **ANSWER
    )
    assert [type(one) for one in outcome.events] == [RecordAnnulled, ObjectionDecided]


def test_what_was_corrected_since_it_was_filed_is_not_corrected_twice() -> None:
    fixed = step("2026-07-05", GENG, correct_record, entry_id="p1", field="fine_fen", new="1000000", reason="样例")
    outcome = verified_penalty("wrong", fixed).when(
        decide_objection, by=YI, on="2026-07-06", objection_id="o1", outcome="corrected", **ANSWER
    )
    assert [type(one) for one in outcome.events] == [ObjectionDecided]


def test_refusals_of_a_decision_in_their_order() -> None:
    args: dict[str, Any] = {"objection_id": "o1", "outcome": "corrected", "on": "2026-07-06", **ANSWER}
    own = given(*general_penalty(), objected(), taken_up(), found("unclear", by=YI))
    own.when(decide_objection, by=YI, **args | {"reasons": ""}).refused(SameOfficer)
    state = given(*general_penalty(), objected(), taken_up(), found("unclear"))
    state.when(decide_objection, by=YI, **args | {"reasons": ""}).refused(AnswerMissing)
    state.when(decide_objection, by=YI, **args).refused(ContestedForLeader)
    state.when(decide_objection, by=DING, **args).refused(CorrectionMissing)


def test_refuses_whoever_recorded_classified_or_corrected_the_entry_as_decider() -> None:
    args: dict[str, Any] = {"objection_id": "o1", "outcome": "kept", "on": "2026-07-06", **ANSWER}
    fixed = step("2026-06-20", YI, correct_record, entry_id="p1", field="content", new="样例", reason="样例")
    state = given(*general_penalty(), fixed, objected(), taken_up(), found("right"))
    state.when(decide_objection, by=YI, **args | {"reasons": ""}).refused(SameOfficer, first="登记、归类或更正人")
    assert state.when(decide_objection, by=DING, **args).refusal is None
    assert YI.officer_id in duty_of(state).not_officers
    classed = given(*general_penalty(), classified("2026-06-20", "serious", by=YI), objected(), taken_up(),
                    found("right"))  # fmt: skip
    classed.when(decide_objection, by=YI, **args).refused(SameOfficer)


def test_an_exit_before_the_objection_carries_nothing_out() -> None:
    lifted = step(
        "2020-08-28", YI, receive_exit_decision, listing_id="u1", cause="revocation", body="样例省厅",
        document_no="样例省撤一号", decided_on=day("2020-08-27"), effective_on=day("2020-08-28"),
    )  # fmt: skip
    state = given(
        REGISTERED, received("2020-08-03"), lifted, objected("2020-09-01", "u1"), taken_up("2020-09-02"),
        found("wrong", "2020-09-03"),
    )  # fmt: skip
    outcome = state.when(
        decide_objection, by=DING, on="2020-09-10", objection_id="o1", outcome="deleted", **ANSWER
    )  # fmt: skip
    assert outcome.refusal is not None


@pytest.mark.parametrize(("finding", "outcome"), [("right", "deleted"), ("wrong", "kept"), ("unclear", "kept")])
def test_what_departs_from_the_finding_is_the_leaders(finding: str, outcome: str) -> None:
    state = verified_penalty(finding)
    args: dict[str, Any] = {"objection_id": "o1", "outcome": outcome, "on": "2026-07-06", **ANSWER}
    state.when(decide_objection, by=YI, **args).refused(ContestedForLeader)
    assert state.when(decide_objection, by=DING, **args).refusal is None


def test_an_own_listing_is_revoked_by_the_leader_in_the_same_act() -> None:
    state = given(
        REGISTERED, *own_listing("2026-01-05"), objected(target_id="s1", kind="mismatch"), taken_up(), found("wrong")
    )
    args: dict[str, Any] = {"objection_id": "o1", "outcome": "deleted", "on": "2026-07-06", **ANSWER}
    state.when(decide_objection, by=YI, **args).refused(ContestedForLeader)
    outcome = state.when(decide_objection, by=DING, **args)
    assert [type(one) for one in outcome.events] == [Exited, ObjectionDecided]


def test_a_listing_of_another_body_is_sent_there_first() -> None:
    state = given(
        REGISTERED, received("2020-08-03"), objected("2020-09-01", "u1"), taken_up("2020-09-02"),
        found("wrong", "2020-09-03"),
    )  # fmt: skip
    args: dict[str, Any] = {"objection_id": "o1", "outcome": "deleted", "on": "2020-09-10", **ANSWER}
    state.when(decide_objection, by=DING, **args).refused(DesignatedElsewhere)
    lifted = step(
        "2020-09-08", YI, receive_exit_decision, listing_id="u1", cause="revocation", body="样例省厅",
        document_no="样例省撤一号", decided_on=day("2020-09-07"), effective_on=day("2020-09-08"),
    )  # fmt: skip
    outcome = state.after(lifted).when(decide_objection, by=DING, **args)
    assert [type(one) for one in outcome.events] == [ObjectionDecided]


def test_a_commitment_is_changed_by_its_own_acts_only() -> None:
    state = given(REGISTERED, promised(promise()), objected(target_id="c1"), taken_up(), found("wrong"))
    args: dict[str, Any] = {"objection_id": "o1", "on": "2026-07-06", **ANSWER}
    state.when(decide_objection, by=YI, outcome="deleted", **args).refused(CarriedOutElsewhere)
    state.when(decide_objection, by=YI, outcome="corrected", field="matter", new="样例", **args).refused(
        CarriedOutElsewhere
    )


def test_the_result_of_a_repair_may_be_objected_to_and_marks_the_entry_it_is_about() -> None:
    bad = verified("2026-10-08", found=findings("performed"))
    refusing = [*repaired_penalty("2026-10-08")[:-2], bad, step(
        "2026-10-09", DING, repaired_penalty("2026-10-08")[-1].decide, repair_id="r1", outcome="refused",
        document_no="样例二号", reasons="样例理由",
    )]  # fmt: skip
    state = given(
        *general_penalty(), *refusing, objected("2026-10-12", "r1", "repair_result"), taken_up("2026-10-13"),
        found("right", "2026-10-14"),
    )  # fmt: skip
    assert marks_on(state.state, "p1", day("2026-10-13")) == ("objection",)
    args: dict[str, Any] = {"objection_id": "o1", "on": "2026-10-15", **ANSWER}
    assert state.when(decide_objection, by=YI, outcome="kept", **args).refusal is None
    state.when(decide_objection, by=DING, outcome="deleted", **args).refused(CarriedOutElsewhere)


# Withdrawn, and told


def test_is_taken_back_by_its_applicant_not_before_it_was_filed() -> None:
    state = given(*general_penalty(), objected())
    state.when(withdraw_objection, objection_id="o1", withdrawn_on=day("2026-06-30")).refused(BeforeStepBefore)
    state.when(withdraw_objection, objection_id="o1", on="2026-07-01", withdrawn_on=day("2026-07-02")).refused(
        DayInFuture
    )
    after = state.after(step("2026-07-03", JIA, withdraw_objection, objection_id="o1", withdrawn_on=day("2026-07-03")))
    assert marks_on(after.state, "p1", day("2026-07-03")) == ()


def test_the_standing_tells_officers_where_it_stands_each_day() -> None:
    state = verified_penalty("right")
    told = []
    for on in ("2026-06-30", "2026-07-01", "2026-07-02", "2026-07-03"):
        answer = standing(state.state, day(on), rules())
        assert answer is not None
        told.append([one.value for one in answer.fields if one.item == "objection"])
    assert told == [[], ["filed"], ["accepted"], ["verified/right"]]
