"""How long an entry is kept, what is sealed, who looked, what persons asked, and what is erased by three people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.credit_file import access, erasure
from domain.credit_file.access import (
    AccessAnswered,
    AccessAnsweredAlready,
    AccessRequested,
    AccessUnknown,
    AnswerReasonMissing,
    WhatMissing,
    answer_access,
    request_access,
)
from domain.credit_file.disclosure import NothingToNotice
from domain.credit_file.disclosure_period import EntryUnknown
from domain.credit_file.erasure import (
    DataErased,
    ErasureApproved,
    ErasureConcluded,
    ErasureProposed,
    ErasureReasonMissing,
    ErasureRunning,
    ErasureUnknown,
    NotApproved,
    RequestNotGranted,
    RetentionNotOver,
    ScopeNotSeen,
    StillNeeded,
    WrongPersonUnproven,
    approve_erasure,
    erase_data,
    propose_erasure,
)
from domain.credit_file.profile import IdTaken, register_subject
from domain.credit_file.protection import (
    DAY,
    DataSealed,
    PurposeUnknown,
    RetentionEnded,
    RetentionRunning,
    SealedAlready,
    SealedTextUnknown,
    SealReasonMissing,
    SensitiveViewed,
    StillShown,
    TextErased,
    end_retention,
    is_sealed,
    kept_until,
    seal_data,
    stated,
    view_sensitive,
)
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.event import Sealed
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    classified,
    day,
    disclosed,
    own_listing,
    penalty,
    promise,
    promised,
    recorded,
    recorded_licence,
)
from tests.domain.credit_file.samples import licence as licence_of
from tests.domain.credit_file.test_conduct import found
from tests.domain.given import DING, GENG, JIA, PAPERS, SYSTEM, YI, Given, Step, given, rules, step

KEY, OTHER_KEY = UUID(int=7), UUID(int=8)


def sealed(key_id: UUID = KEY) -> Sealed:
    return Sealed(key_id=key_id, key_check="00" * 8, ciphertext="AAAA", commitment="00" * 32)


PERSON = step(
    "2026-01-02", JIA, register_subject, subject_kind="natural_person", name="样*", code=None, division="210811",
    person_name=sealed(), identity_number=sealed(),
)  # fmt: skip
OF_A_PERSON: dict[str, Any] = {"code": None, "counterpart_kind": "自然人", "counterpart_name": "样*"}
PUNISHED = [
    REGISTERED, recorded(penalty(person_id=sealed())), classified("2026-06-12", "general"), disclosed("2026-06-12")
]  # fmt: skip
VIEW: dict[str, Any] = {"place": "1.identity_number", "purpose": "identify"}
PROPOSE: dict[str, Any] = {
    "erasure_id": "x1", "place": "1.person_name", "ground": "wrong_person", "reason": "样例：登记错人",
}  # fmt: skip
APPROVE: dict[str, Any] = {"erasure_id": "x1", "texts": 2, "streams": 1}
PROPOSED = step("2026-07-01", JIA, propose_erasure, PAPERS, **PROPOSE)
APPROVED = step("2026-07-02", DING, approve_erasure, **APPROVE)
ERASED = step("2026-07-03", GENG, erase_data, erasure_id="x1")
REQUEST: dict[str, Any] = {
    "access_id": "a1", "wants": "delete", "what": "登记的证件号码", "requested_on": day("2026-06-01"),
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "access_id": "a1", "outcome": "granted", "document_no": "样例答复一号", "answered_on": day("2026-06-03"),
}  # fmt: skip
REQUESTED = step("2026-06-01", JIA, request_access, **REQUEST)
ANSWERED = step("2026-06-03", YI, answer_access, **ANSWER)


def person(*more: Step) -> Given:
    return given(PERSON, *more)


# Kept how long


def test_keeps_a_penalty_five_years_and_then_says_so_by_date_alone() -> None:
    state = given(*PUNISHED).state
    assert kept_until(state, "p1", rules()) == day("2031-06-12")
    assert [is_sealed(state, "p1", day(on), rules()) for on in ("2031-06-12", "2031-06-13")] == [False, True]
    assert list(stated(state, day("2031-06-12"), rules())) == []
    [one] = stated(state, day("2031-06-13"), rules())
    assert (one.item, one.value, one.rows[0].certainty) == ("protection.kept_until", "2031-06-12", "unverified")


@pytest.mark.parametrize(
    ("decided_on", "instrument"),
    [
        ("2020-01-31", "本局默认值（待核实）"),
        ("2020-02-01", "辽宁省公共信用信息管理条例"),
        ("2022-01-01", "辽宁省社会信用条例"),
    ],
)
def test_keeps_by_the_rule_of_the_day(decided_on: str, instrument: str) -> None:
    state = given(REGISTERED, recorded(penalty(decided_on))).state
    on = day(f"{int(decided_on[:4]) + 6}-01-01")
    [row] = [one.rows[0] for one in stated(state, on, rules())]
    assert row.instrument == instrument


def test_notes_the_end_once_and_changes_no_answer() -> None:
    state = given(*PUNISHED)
    noted = RetentionEnded(entry_id="p1", counted_from=day("2026-06-12"), ended_on=day("2031-06-13"))
    state.when(end_retention, by=SYSTEM, on="2031-06-13", entry_id="p1").then(noted)
    after = given(*PUNISHED, step("2031-06-13", SYSTEM, end_retention, entry_id="p1"))
    for on in ("2026-06-11", "2031-06-12", "2031-06-13", "2040-01-01"):
        both = [standing(one.state, day(on), rules()) for one in (state, after)]
        assert both[0] == both[1]
    after.when(end_retention, by=SYSTEM, on="2031-06-14", entry_id="p1").refused(NothingToNotice)


def test_refuses_to_note_the_end_of_what_is_unknown_kept_or_no_such_conduct() -> None:
    now: dict[str, Any] = {"by": SYSTEM, "on": "2031-06-12"}
    given(*PUNISHED).when(end_retention, **now, entry_id="p9").refused(EntryUnknown)
    given(*PUNISHED).when(end_retention, **now, entry_id="p1").refused(RetentionRunning, until=day("2031-06-12"))
    with_licence = given(REGISTERED, recorded_licence(licence_of()), promised(promise()))
    for entry_id in ("l1", "c1"):
        with_licence.when(end_retention, by=SYSTEM, on="2050-01-01", entry_id=entry_id).refused(NothingToNotice)


def test_counts_a_listing_from_the_day_it_is_over() -> None:
    state = given(REGISTERED, *own_listing("2026-03-02")).state
    assert kept_until(state, "s1", rules()) == day("2034-03-03")
    assert kept_until(given(REGISTERED, *own_listing("2026-03-02")[:-1]).state, "s1", rules()) is None


# Sealed by an officer


def test_seals_an_entry_that_is_not_shown() -> None:
    state = given(*PUNISHED[:-1])
    event = DataSealed(entry_id="p1", reason="样例理由", sealed_on=day("2026-07-01"))
    state.when(seal_data, by=YI, on="2026-07-01", entry_id="p1", reason="样例理由").then(event)
    after = given(*PUNISHED[:-1], step("2026-07-01", YI, seal_data, entry_id="p1", reason="样例理由")).state
    assert [is_sealed(after, "p1", day(on), rules()) for on in ("2026-06-30", "2026-07-01")] == [False, True]
    assert [one.value for one in stated(after, day("2026-07-01"), rules())] == ["2026-07-01"]


def test_refuses_to_seal_nothing_for_nothing_twice_or_what_is_shown() -> None:
    now: dict[str, Any] = {"by": YI, "on": "2026-07-01", "reason": "样例理由"}
    given().when(seal_data, **now).refused(SubjectUnknown)
    given(*PUNISHED).when(seal_data, **now | {"reason": " "}, entry_id="p9").refused(EntryUnknown)
    given(*PUNISHED).when(seal_data, **now | {"reason": " "}, entry_id="p1").refused(SealReasonMissing)
    for entry_id in ("", "p1"):
        given(*PUNISHED).when(seal_data, **now, entry_id=entry_id).refused(StillShown)
    whole = given(*PUNISHED[:-1], step("2026-06-30", YI, seal_data, reason="样例理由"))
    whole.when(seal_data, **now, entry_id="p1").refused(SealedAlready)
    assert is_sealed(whole.state, "p1", day("2026-06-30"), rules())


# Looked at


def test_records_a_look_at_one_field_for_one_purpose() -> None:
    person().when(view_sensitive, by=JIA, on="2026-07-01", **VIEW).then(
        SensitiveViewed(version=1, field="identity_number", purpose="identify", viewed_on=day("2026-07-01"))
    )


def test_refuses_a_look_at_nobody_nothing_or_for_no_purpose_of_the_list() -> None:
    given().when(view_sensitive, **VIEW).refused(SubjectUnknown)
    person().when(view_sensitive, **VIEW | {"place": "2.identity_number", "purpose": "好奇"}).refused(SealedTextUnknown)
    person().when(view_sensitive, **VIEW | {"purpose": "好奇"}).refused(PurposeUnknown)


def test_refuses_a_look_at_what_was_erased() -> None:
    person(PROPOSED, APPROVED, ERASED).when(view_sensitive, **VIEW | {"purpose": "好奇"}).refused(TextErased)


# Asked and answered


def test_records_a_request_and_waits_for_the_answer_over_a_holiday() -> None:
    given(REGISTERED).when(request_access, **REQUEST).then(AccessRequested(**REQUEST))
    one = step("2026-09-24", JIA, request_access, **REQUEST | {"requested_on": day("2026-09-24")})
    [duty] = access.owed(given(REGISTERED, one).state, rules())
    assert (duty.act, duty.term and duty.term.until) == ("answer_access", day("2026-10-22"))
    before = step("2021-10-29", JIA, request_access, **REQUEST | {"requested_on": day("2021-10-29")})
    [duty] = access.owed(given(REGISTERED, before).state, rules())
    assert duty.term is not None
    assert duty.term.row.instrument == "本局默认值（待核实）"


def test_refuses_a_request_of_nobody_about_nothing_or_of_tomorrow() -> None:
    given().when(request_access, **REQUEST).refused(SubjectUnknown)
    given(*PUNISHED).when(request_access, **REQUEST | {"access_id": "p1", "what": ""}).refused(IdTaken)
    given(REGISTERED).when(request_access, on="2026-05-31", **REQUEST | {"what": " "}).refused(WhatMissing)
    given(REGISTERED).when(request_access, on="2026-05-31", **REQUEST).refused(DayInFuture)


def test_records_the_answer_with_its_reasons() -> None:
    asked = given(REGISTERED, REQUESTED)
    asked.when(answer_access, by=YI, **ANSWER, seen=2).then(AccessAnswered(**ANSWER, reasons=""))
    refused = ANSWER | {"outcome": "refused", "reasons": "保存期未满（样例）"}
    asked.when(answer_access, by=YI, **refused).then(AccessAnswered(**refused))
    assert list(access.owed(given(REGISTERED, REQUESTED, ANSWERED).state, rules())) == []


def test_refuses_an_answer_to_nothing_twice_without_reasons_or_out_of_time() -> None:
    asked = given(REGISTERED, REQUESTED)
    given().when(answer_access, by=YI, **ANSWER).refused(SubjectUnknown)
    given(REGISTERED).when(answer_access, by=YI, **ANSWER).refused(AccessUnknown)
    given(REGISTERED, REQUESTED, ANSWERED).when(answer_access, by=YI, **ANSWER, seen=2).refused(CaseMoved)
    again = ANSWER | {"outcome": "partly"}
    given(REGISTERED, REQUESTED, ANSWERED).when(answer_access, by=YI, **again).refused(AccessAnsweredAlready)
    asked.when(answer_access, by=YI, on="2026-06-02", **again).refused(AnswerReasonMissing)
    asked.when(answer_access, by=YI, on="2026-06-02", **ANSWER).refused(DayInFuture)
    early = ANSWER | {"answered_on": day("2026-05-31")}
    asked.when(answer_access, by=YI, **early).refused(BeforeStepBefore)


# Erased


def test_proposes_to_erase_everything_under_the_persons_key() -> None:
    other = recorded(penalty(entry_id="p2", **OF_A_PERSON, person_id=sealed(OTHER_KEY)))
    person(other).when(propose_erasure, filing=PAPERS, on="2026-07-01", **PROPOSE).then(
        ErasureProposed(
            erasure_id="x1", key_id=KEY, ground="wrong_person", reason="样例：登记错人",
            places=("1.person_name", "1.identity_number"), proposed_on=day("2026-07-01"),
        )
    )  # fmt: skip


def test_refuses_to_propose_for_nobody_under_a_used_id_or_of_nothing() -> None:
    given().when(propose_erasure, filing=PAPERS, **PROPOSE).refused(SubjectUnknown)
    person(REQUESTED).when(propose_erasure, filing=PAPERS, **PROPOSE | {"erasure_id": "a1"}).refused(IdTaken)
    person().when(propose_erasure, filing=PAPERS, **PROPOSE | {"place": "9.x", "reason": ""}).refused(SealedTextUnknown)


def test_refuses_to_propose_twice_or_without_reason() -> None:
    again = PROPOSE | {"erasure_id": "x2", "reason": ""}
    person(PROPOSED).when(propose_erasure, filing=PAPERS, **again).refused(ErasureRunning)
    person(PROPOSED, APPROVED, ERASED).when(propose_erasure, filing=PAPERS, **again).refused(TextErased)
    person().when(propose_erasure, filing=PAPERS, **again).refused(ErasureReasonMissing)


def test_refuses_to_erase_what_is_still_shown_or_kept() -> None:
    place = PROPOSE | {"place": "2.person_id", "ground": "request"}
    given(*PUNISHED).when(propose_erasure, filing=PAPERS, on="2026-07-01", **place).refused(StillNeeded)
    kept = PROPOSE | {"place": "2.person_id", "ground": "retention"}
    given(*PUNISHED).when(propose_erasure, filing=PAPERS, on="2031-06-12", **kept).refused(RetentionNotOver)
    assert given(*PUNISHED).when(propose_erasure, filing=PAPERS, on="2031-06-13", **kept).refusal is None


def test_neither_a_request_nor_an_officers_seal_ends_the_time_an_entry_is_kept() -> None:
    sealed_early = (step("2026-06-20", YI, seal_data, entry_id="p1", reason="样例理由"), REQUESTED, ANSWERED)
    state = given(*PUNISHED[:-1], *sealed_early)
    for ground in ("request", "retention"):
        asked = PROPOSE | {"place": "2.person_id", "ground": ground, "access_id": "a1"}
        state.when(propose_erasure, on="2031-06-12", **asked).refused(RetentionNotOver)
        assert state.when(propose_erasure, on="2031-06-13", **asked).refusal is None


def test_the_wrong_person_is_erased_with_proof_only() -> None:
    person().when(propose_erasure, **PROPOSE).refused(WrongPersonUnproven)


def test_an_execution_asks_again_whether_an_entry_is_kept() -> None:
    by_request = step("2026-07-01", JIA, propose_erasure, **PROPOSE | {"ground": "request", "access_id": "a1"})
    later = recorded(penalty(entry_id="p2", **OF_A_PERSON, person_id=sealed()))
    approved = step("2026-07-02", DING, approve_erasure, **APPROVE | {"texts": 3})
    state = person(REQUESTED, ANSWERED, by_request, later, approved)
    state.when(erase_data, by=GENG, on="2026-07-03", erasure_id="x1").refused(RetentionNotOver)


def test_adverse_conduct_is_kept_sealed_and_noted_like_a_penalty() -> None:
    state = given(REGISTERED, found())
    until = kept_until(state.state, "a1", rules())
    assert until is not None
    noted = state.when(end_retention, by=SYSTEM, on=str(until + DAY), entry_id="a1")
    assert [type(one) for one in noted.events] == [RetentionEnded]
    by_hand = state.when(seal_data, by=YI, entry_id="a1", reason="样例理由")
    assert [type(one) for one in by_hand.events] == [DataSealed]


def test_erases_on_request_only_what_was_asked_for_and_granted() -> None:
    by_request = PROPOSE | {"ground": "request", "access_id": "a1"}
    person().when(propose_erasure, on="2026-07-01", **by_request).refused(RequestNotGranted)
    person(REQUESTED).when(propose_erasure, on="2026-07-01", **by_request).refused(RequestNotGranted)
    to_view = step("2026-06-01", JIA, request_access, **REQUEST | {"wants": "view"})
    person(to_view, ANSWERED).when(propose_erasure, on="2026-07-01", **by_request).refused(RequestNotGranted)
    assert person(REQUESTED, ANSWERED).when(propose_erasure, on="2026-07-01", **by_request).refusal is None


def test_the_leader_approves_what_was_seen() -> None:
    proposed = person(PROPOSED)
    proposed.when(approve_erasure, by=DING, on="2026-07-02", **APPROVE, seen=2).then(
        ErasureApproved(**APPROVE, approved_on=day("2026-07-02"))
    )
    for texts, streams in ((1, 1), (2, 0)):
        seen = APPROVE | {"texts": texts, "streams": streams}
        proposed.when(approve_erasure, by=DING, on="2026-07-02", **seen).refused(ScopeNotSeen, texts=2)


def test_refuses_an_approval_of_nobody_of_nothing_moved_or_done() -> None:
    given().when(approve_erasure, by=DING, **APPROVE).refused(SubjectUnknown)
    person().when(approve_erasure, by=DING, **APPROVE).refused(ErasureUnknown)
    person(PROPOSED, APPROVED).when(approve_erasure, by=DING, **APPROVE, seen=2).refused(CaseMoved)
    person(PROPOSED, APPROVED).when(approve_erasure, by=DING, **APPROVE | {"texts": 0}).refused(ErasureConcluded)


def test_three_people_erase() -> None:
    approved = person(PROPOSED, APPROVED)
    approved.when(erase_data, by=GENG, on="2026-07-03", erasure_id="x1", seen=3).then(
        DataErased(erasure_id="x1", key_id=KEY, erased_on=day("2026-07-03"))
    )
    by_geng = step("2026-07-01", GENG, propose_erasure, PAPERS, **PROPOSE)
    person(by_geng, APPROVED).when(erase_data, by=GENG, on="2026-07-03", erasure_id="x1").refused(SameOfficer)
    by_leader = type(GENG)(DING.officer_id, "market_order", "market_order")
    approved.when(erase_data, by=by_leader, on="2026-07-03", erasure_id="x1").refused(SameOfficer)


def test_refuses_the_proposer_to_approve() -> None:
    both = type(DING)(JIA.officer_id, "leader", "样例局领导")
    person(PROPOSED).when(approve_erasure, by=both, on="2026-07-02", **APPROVE).refused(SameOfficer)


def test_refuses_to_erase_nothing_unapproved_twice_or_for_an_entry_shown_meanwhile() -> None:
    given().when(erase_data, by=GENG, erasure_id="x1").refused(SubjectUnknown)
    person().when(erase_data, by=GENG, erasure_id="x1").refused(ErasureUnknown)
    person(PROPOSED, APPROVED).when(erase_data, by=GENG, erasure_id="x1", seen=2).refused(CaseMoved)
    person(PROPOSED).when(erase_data, by=GENG, erasure_id="x1").refused(NotApproved)
    person(PROPOSED, APPROVED, ERASED).when(erase_data, by=GENG, erasure_id="x1").refused(ErasureConcluded)
    shown = given(
        *PUNISHED[:-1], step("2026-07-01", JIA, propose_erasure, PAPERS, **PROPOSE | {"place": "2.person_id"}),
        step("2026-07-02", DING, approve_erasure, **APPROVE | {"texts": 1}), disclosed("2026-07-02"),
    )  # fmt: skip
    shown.when(erase_data, by=GENG, on="2026-07-03", erasure_id="x1").refused(StillNeeded)


def test_an_erasure_waits_for_its_approval_and_then_for_its_execution() -> None:
    duties = [list(erasure.owed(person(*steps).state, rules())) for steps in ([PROPOSED], [PROPOSED, APPROVED])]
    assert [(one.act, one.not_officers) for [one] in duties] == [
        ("approve_erasure", (JIA.officer_id,)), ("erase_data", (JIA.officer_id, DING.officer_id)),
    ]  # fmt: skip
    assert list(erasure.owed(person(PROPOSED, APPROVED, ERASED).state, rules())) == []


def test_the_file_folds_and_stands_as_before_once_a_text_is_gone() -> None:
    before, after = person(PROPOSED, APPROVED).state, person(PROPOSED, APPROVED, ERASED).state
    assert standing(before, day("2026-07-03"), rules()) == standing(after, day("2026-07-03"), rules())
    assert after.profile == before.profile
