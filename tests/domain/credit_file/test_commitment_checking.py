"""Publication, checks and the other ends of a commitment: each refused where the law or the letter refuses it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.commitment import (
    CommitmentClosed,
    CommitmentUnknown,
    NoticeServedAlready,
    breach_commitment,
    fulfil_commitment,
    make_commitment,
    receive_breach_statement,
)
from domain.credit_file.commitment_checking import (
    BenefitObtained,
    BenefitRevokedAlready,
    BenefitUnknown,
    BreachNotFound,
    ChannelMissing,
    ChannelNotAgreed,
    CheckNotPlanned,
    CheckPlannedAlready,
    CommitmentNotReleased,
    CommitmentRunning,
    DrawMissing,
    PublishedThere,
    WithdrawalReasonMissing,
    check_commitment,
    expire_commitment,
    plan_commitment_check,
    publish_commitment,
    revoke_benefit,
    stated,
    withdraw_commitment,
)
from domain.credit_file.commitment_checks import (
    ChannelUnknown,
    DutyNotDue,
    LeaderMustFind,
    MatterUnknown,
    PerformanceReversed,
)
from domain.credit_file.commitment_duties import owed
from domain.credit_file.commitment_events import (
    BenefitRevoked,
    CommitmentBreached,
    CommitmentChecked,
    CommitmentCheckPlanned,
    CommitmentExpired,
    CommitmentPublished,
    CommitmentWithdrawn,
)
from domain.credit_file.disclosure import DisclosureNotAgreed, NothingToNotice
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.credit_file.tier import inputs_on
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import REGISTERED, breach_noticed, by, day, disclosed, promise, promised
from tests.domain.given import DING, GENG, JIA, SYSTEM, YI, Given, Step, given, rules, step

PUBLISH: dict[str, Any] = {
    "commitment_id": "c1", "channels": ("credit_yingkou",), "published_on": day("2026-02-02"),
}  # fmt: skip
PLAN: dict[str, Any] = {"commitment_id": "c1", "method": "full"}
CHECK: dict[str, Any] = {
    "commitment_id": "c1", "checked_on": day("2026-03-04"), "checker": "样例核查人", "result": "not",
    "facts": "样例事实",
}  # fmt: skip
REVOKE: dict[str, Any] = {
    "commitment_id": "c1", "benefit": "容缺受理", "document_no": "样例取消一号", "effective_on": day("2026-03-06"),
}  # fmt: skip
WITHDRAW: dict[str, Any] = {"commitment_id": "c1", "withdrawn_on": day("2026-02-01"), "reason": "样例理由"}
BREACH: dict[str, Any] = {
    "commitment_id": "c1", "document_no": "样例认定一号", "kind": "not", "facts": "样例事实", "consequence": "样例后果"
}  # fmt: skip
STATEMENT: dict[str, Any] = {"commitment_id": "c1", "received_on": day("2026-03-04"), "summary": "样例陈述"}
RELEASED = disclosed("2026-02-01", "c1")
PLANNED = step("2026-03-02", JIA, plan_commitment_check, **PLAN)
CHECKED = step("2026-03-04", JIA, check_commitment, **CHECK)
HEARD = step("2026-03-04", JIA, receive_breach_statement, **STATEMENT)
FOUND = step("2026-03-05", YI, breach_commitment, **BREACH)
REVOKED = step("2026-03-06", YI, revoke_benefit, **REVOKE)
WITHDRAWN = step("2026-02-01", JIA, withdraw_commitment, **WITHDRAW)
KEPT = step("2026-02-01", JIA, fulfil_commitment, commitment_id="c1", fulfilled_on=day("2026-02-01"), extent="full")
BREACHED = [breach_noticed("2026-03-02"), HEARD, FOUND]
OPEN_STEPS = [
    (publish_commitment, YI, PUBLISH), (plan_commitment_check, JIA, PLAN), (check_commitment, JIA, CHECK),
    (withdraw_commitment, JIA, WITHDRAW),
]  # fmt: skip


def made(*more: Step, **with_: Any) -> Given:
    return given(REGISTERED, promised(promise(**with_)), *more)


def acts_owed(state: Given) -> list[str]:
    return [one.act for one in owed(state.state, rules())]


# Making


def test_records_what_the_letter_says_besides_the_promise() -> None:
    one = promise(
        matter_kind="funds", accepted_by_code="11210800MB0C000001", channels=("credit_china",),
        perform_by=day("2026-06-30"), benefit="先行拨付（样例）",
    )  # fmt: skip
    given(REGISTERED).when(make_commitment, commitment=one).then(one)


@pytest.mark.parametrize("perform_by", ["2026-01-04", "2027-01-01"])
def test_refuses_a_day_of_performance_outside_the_commitment(perform_by: str) -> None:
    one = promise(perform_by=day(perform_by), commitment_type="nonsense")
    given(REGISTERED).when(make_commitment, commitment=one).refused(PerformanceReversed)


def test_refuses_codes_of_no_list_the_matter_before_the_channel() -> None:
    both = promise(matter_kind="nonsense", channels=("nowhere",))
    given(REGISTERED).when(make_commitment, commitment=both).refused(MatterUnknown, matter_kind="nonsense")
    one = promise(channels=("nowhere",))
    given(REGISTERED).when(make_commitment, commitment=one).refused(ChannelUnknown, channel="nowhere")


# Every open step


@pytest.mark.parametrize(("decide", "officer", "args"), OPEN_STEPS)
def test_refuses_a_further_step_for_nobody_of_nothing_moved_or_closed(
    decide: Any, officer: Any, args: dict[str, Any]
) -> None:
    given().when(decide, by=officer, **args).refused(SubjectUnknown)
    given(REGISTERED).when(decide, by=officer, **args).refused(CommitmentUnknown)
    made(WITHDRAWN).when(decide, by=officer, **args, seen=3).refused(CommitmentClosed)
    made(*BREACHED).when(decide, by=officer, **args, seen=5).refused(CommitmentClosed)
    made(*BREACHED).when(decide, by=officer, **args, seen=4).refused(CaseMoved)


# Publication


def test_publishes_a_released_commitment_on_the_channels_agreed() -> None:
    made(RELEASED).when(publish_commitment, by=YI, **PUBLISH, seen=2).then(CommitmentPublished(**PUBLISH))
    state = made(RELEASED, step("2026-02-02", YI, publish_commitment, **PUBLISH)).state
    assert [(one.item, one.value) for one in stated(state, day("2026-02-02"), rules())] == [
        ("commitment.published", "credit_yingkou")
    ]
    assert list(stated(state, day("2026-02-01"), rules())) == []


def test_refuses_to_publish_without_consent_before_the_release_is_looked_at() -> None:
    made(may_disclose=False).when(publish_commitment, by=YI, **PUBLISH).refused(DisclosureNotAgreed)


def test_refuses_to_publish_what_is_not_released_or_no_longer_shown() -> None:
    made().when(publish_commitment, by=YI, **PUBLISH).refused(CommitmentNotReleased)
    made(RELEASED).when(publish_commitment, by=YI, on="2027-01-01", **PUBLISH).refused(CommitmentNotReleased)


def test_refuses_to_publish_nowhere_or_where_it_may_not() -> None:
    released = made(RELEASED, channels=("credit_china",))
    released.when(publish_commitment, by=YI, **PUBLISH | {"channels": ()}).refused(ChannelMissing)
    released.when(publish_commitment, by=YI, **PUBLISH | {"channels": ("nowhere",)}).refused(ChannelUnknown)
    released.when(publish_commitment, by=YI, **PUBLISH).refused(ChannelNotAgreed, channel="credit_yingkou")


def test_refuses_to_publish_twice_on_the_same_channels_but_not_on_another() -> None:
    state = made(RELEASED, step("2026-02-02", YI, publish_commitment, **PUBLISH))
    state.when(publish_commitment, by=YI, **PUBLISH).refused(PublishedThere)
    more = PUBLISH | {"channels": ("credit_yingkou", "bureau_site")}
    state.when(publish_commitment, by=YI, **more).then(CommitmentPublished(**more))


def test_refuses_a_publication_of_tomorrow_or_before_the_release() -> None:
    made(RELEASED).when(publish_commitment, by=YI, on="2026-02-01", **PUBLISH).refused(DayInFuture)
    early = PUBLISH | {"published_on": day("2026-01-31")}
    made(RELEASED).when(publish_commitment, by=YI, **early).refused(BeforeStepBefore)


# Checks


def test_plans_a_check_and_waits_for_it_over_the_spring_festival() -> None:
    made().when(plan_commitment_check, on="2026-02-06", **PLAN).then(
        CommitmentCheckPlanned(**PLAN, planned_on=day("2026-02-06"), due_on=day("2026-03-12"))
    )
    [one] = owed(made(step("2026-02-06", JIA, plan_commitment_check, **PLAN)).state, rules())
    assert (one.act, one.term.until if one.term else None) == ("check_commitment", day("2026-03-12"))


def test_refuses_a_second_check_after_the_same_draw() -> None:
    drawn = PLAN | {"method": "random", "draw_id": "样例抽取"}
    planned = step("2026-03-02", JIA, plan_commitment_check, **drawn)
    checked = made(planned, step("2026-03-04", JIA, check_commitment, **CHECK | {"result": "kept"}))
    checked.when(plan_commitment_check, **drawn).refused(CheckPlannedAlready)
    assert checked.when(plan_commitment_check, **drawn | {"draw_id": "样例抽取二"}).refusal is None


def test_refuses_a_second_plan_before_its_draw_is_looked_at() -> None:
    made(PLANNED).when(plan_commitment_check, **PLAN | {"draw_id": "样例抽取"}).refused(CheckPlannedAlready)


@pytest.mark.parametrize(("method", "draw_id"), [("random", " "), ("full", "样例抽取"), ("report", "样例抽取")])
def test_refuses_a_random_check_without_its_draw_and_another_with_one(method: str, draw_id: str) -> None:
    made().when(plan_commitment_check, commitment_id="c1", method=method, draw_id=draw_id).refused(DrawMissing)


def test_records_what_a_check_found_and_then_owes_the_notice() -> None:
    made(PLANNED).when(check_commitment, **CHECK).then(CommitmentChecked(**CHECK))
    checked = made(PLANNED, CHECKED)
    assert checked.state.commitments["c1"].state_on(day("2026-03-04")) == "running"
    assert acts_owed(checked) == ["serve_breach_notice"]
    assert acts_owed(made(PLANNED, CHECKED, breach_noticed("2026-03-05"))) == ["breach_commitment"]
    assert [one.value for one in stated(checked.state, day("2026-03-04"), rules())] == ["not"]


def test_owes_nothing_after_a_good_check_which_may_be_planned_again() -> None:
    good = made(PLANNED, step("2026-03-04", JIA, check_commitment, **CHECK | {"result": "kept"}))
    assert acts_owed(good) == []
    good.when(plan_commitment_check, on="2026-03-05", **PLAN).then(
        CommitmentCheckPlanned(**PLAN, planned_on=day("2026-03-05"), due_on=day("2026-04-02"))
    )


def test_refuses_a_check_that_nobody_planned() -> None:
    made().when(check_commitment, on="2026-03-03", **CHECK).refused(CheckNotPlanned)


def test_refuses_to_find_undone_what_is_not_due_yet_but_not_what_is_false() -> None:
    state = made(PLANNED, perform_by=day("2026-06-30"))
    state.when(check_commitment, **CHECK).refused(DutyNotDue, until=day("2026-06-30"))
    for result in ("not_due", "false"):
        one = CHECK | {"result": result}
        state.when(check_commitment, **one).then(CommitmentChecked(**one))


def test_refuses_a_check_of_tomorrow_or_before_its_plan() -> None:
    made(PLANNED).when(check_commitment, on="2026-03-03", **CHECK).refused(DayInFuture)
    early = CHECK | {"checked_on": day("2026-03-01")}
    made(PLANNED).when(check_commitment, **early).refused(BeforeStepBefore)


# Breach, further


def test_finds_undone_what_was_promised_for_a_day_only_when_the_day_is_over() -> None:
    state = made(breach_noticed("2026-03-02"), HEARD, perform_by=day("2026-06-30"))
    state.when(breach_commitment, by=YI, on="2026-06-30", **BREACH).refused(DutyNotDue, until=day("2026-06-30"))
    state.when(breach_commitment, by=YI, on="2026-07-01", **BREACH).then(
        CommitmentBreached(**BREACH, breached_on=day("2026-07-01"))
    )


def test_finds_it_undone_at_once_where_the_subject_declared_so() -> None:
    declared = step("2026-03-04", JIA, receive_breach_statement, **STATEMENT, admits=True)
    state = made(breach_noticed("2026-03-02"), declared, perform_by=day("2026-06-30"))
    state.when(breach_commitment, by=YI, on="2026-03-05", **BREACH).then(
        CommitmentBreached(**BREACH, breached_on=day("2026-03-05"))
    )


def test_leaves_a_breach_with_a_serious_consequence_to_the_leader() -> None:
    serious = BREACH | {"serious": True, "loss": "样例损失"}
    state = made(breach_noticed("2026-03-02"), HEARD, perform_by=day("2026-03-04"))
    refusal = state.when(breach_commitment, by=YI, on="2026-03-05", **serious).refused(LeaderMustFind)
    assert refusal.rule is not None
    assert refusal.rule.parameter == "commitment.serious_breach"
    state.when(breach_commitment, by=DING, on="2026-03-05", **serious).then(
        CommitmentBreached(**serious, breached_on=day("2026-03-05"))
    )
    early = made(breach_noticed("2026-03-02"), HEARD, perform_by=day("2026-06-30"))
    early.when(breach_commitment, by=YI, on="2026-03-05", **serious).refused(DutyNotDue)
    own = step("2026-01-05", GENG, make_commitment, commitment=promise())
    given(REGISTERED, own, breach_noticed("2026-03-02"), HEARD).when(breach_commitment, by=GENG, **serious).refused(
        LeaderMustFind
    )
    given(REGISTERED, own, breach_noticed("2026-03-02"), HEARD).when(breach_commitment, by=GENG, **BREACH).refused(
        SameOfficer
    )


@pytest.mark.parametrize(("serious", "code"), [(False, "breach"), (True, "breach_serious")])
def test_a_breach_counts_for_the_tier_by_its_weight(serious: bool, code: str) -> None:
    found = step("2026-03-05", DING, breach_commitment, **BREACH, serious=serious)
    state = made(breach_noticed("2026-03-02"), HEARD, found).state
    assert [one.code for one in inputs_on(state, day("2026-03-05"), rules())] == [code]
    assert inputs_on(state, day("2026-03-04"), rules()) == []


# Benefit


def test_revokes_the_benefit_of_a_breached_commitment() -> None:
    breached = made(*BREACHED, benefit="容缺受理")
    assert acts_owed(breached) == ["revoke_benefit"]
    breached.when(revoke_benefit, by=YI, **REVOKE, seen=5).then(BenefitRevoked(**REVOKE))
    done = made(*BREACHED, REVOKED, benefit="容缺受理")
    assert acts_owed(done) == []
    assert [one.value for one in stated(done.state, day("2026-03-06"), rules())] == ["容缺受理"]


def test_refuses_to_revoke_a_benefit_of_nobody_of_nothing_moved_or_not_breached() -> None:
    given().when(revoke_benefit, by=YI, **REVOKE).refused(SubjectUnknown)
    given(REGISTERED).when(revoke_benefit, by=YI, **REVOKE).refused(CommitmentUnknown)
    made().when(revoke_benefit, by=YI, **REVOKE, seen=1).refused(CaseMoved)
    made(PLANNED, CHECKED).when(revoke_benefit, by=YI, **REVOKE | {"benefit": ""}).refused(BreachNotFound)


def test_refuses_to_revoke_no_benefit_or_the_same_twice() -> None:
    made(*BREACHED).when(revoke_benefit, by=YI, **REVOKE | {"benefit": " "}).refused(BenefitUnknown)
    made(*BREACHED, REVOKED).when(revoke_benefit, by=YI, on="2026-03-05", **REVOKE).refused(BenefitRevokedAlready)


def test_refuses_to_revoke_a_benefit_from_tomorrow_or_before_the_breach() -> None:
    made(*BREACHED).when(revoke_benefit, by=YI, on="2026-03-05", **REVOKE).refused(DayInFuture)
    early = REVOKE | {"effective_on": day("2026-03-04")}
    made(*BREACHED).when(revoke_benefit, by=YI, **early).refused(BeforeStepBefore)


# Withdrawal


def test_records_that_a_commitment_was_withdrawn_and_shows_it_no_more() -> None:
    made().when(withdraw_commitment, **WITHDRAW, seen=2).then(CommitmentWithdrawn(**WITHDRAW))
    one = made(PLANNED, step("2026-03-03", JIA, withdraw_commitment, **WITHDRAW)).state.commitments["c1"]
    assert [one.state_on(day(on)) for on in ("2026-01-31", "2026-02-01", "2027-01-01")] == [
        "running", "withdrawn", "withdrawn",
    ]  # fmt: skip
    assert one.shown_until == day("2026-01-31")
    assert one.planned is None


def test_refuses_to_withdraw_what_was_kept_notified_or_paid_for() -> None:
    made(KEPT).when(withdraw_commitment, **WITHDRAW).refused(CommitmentClosed)
    noticed = made(breach_noticed("2026-03-02"), benefit="容缺受理")
    noticed.when(withdraw_commitment, **WITHDRAW).refused(NoticeServedAlready)
    paid = made(benefit="容缺受理")
    paid.when(withdraw_commitment, **WITHDRAW | {"reason": ""}).refused(BenefitObtained, benefit="容缺受理")


def test_refuses_a_withdrawal_without_reason_of_tomorrow_or_before_the_commitment() -> None:
    made().when(withdraw_commitment, on="2026-01-31", **WITHDRAW | {"reason": " "}).refused(WithdrawalReasonMissing)
    made().when(withdraw_commitment, on="2026-01-31", **WITHDRAW).refused(DayInFuture)
    early = WITHDRAW | {"withdrawn_on": day("2026-01-04")}
    made().when(withdraw_commitment, **early).refused(BeforeStepBefore)


# Expiry


def test_notes_the_end_of_a_commitment_without_changing_any_answer() -> None:
    before = made()
    before.when(expire_commitment, by=SYSTEM, on="2027-01-01", commitment_id="c1").then(
        CommitmentExpired(commitment_id="c1", expired_on=day("2027-01-01"))
    )
    after = made(step("2027-01-01", SYSTEM, expire_commitment, commitment_id="c1"))
    for on in ("2026-01-04", "2026-12-31", "2027-01-01", "2030-01-01"):
        states = [one.state.commitments["c1"].state_on(day(on)) for one in (before, after)]
        assert states[0] == states[1]
    after.when(expire_commitment, by=SYSTEM, on="2027-01-02", commitment_id="c1").refused(NothingToNotice)


def test_refuses_to_note_the_end_of_what_is_unknown_kept_running_or_endless() -> None:
    expired: dict[str, Any] = {"by": SYSTEM, "on": "2026-12-31", "commitment_id": "c1"}
    given(REGISTERED).when(expire_commitment, **expired).refused(CommitmentUnknown)
    made(KEPT).when(expire_commitment, **expired).refused(NothingToNotice)
    made().when(expire_commitment, **expired).refused(CommitmentRunning)
    made(valid_until=None).when(expire_commitment, **expired | {"on": "2040-01-01"}).refused(CommitmentRunning)


def test_refuses_who_served_the_notice_or_checked_the_commitment_as_finder() -> None:
    served = made(by(YI, breach_noticed("2026-03-02")), HEARD)
    served.when(breach_commitment, by=YI, on="2026-03-05", **BREACH).refused(SameOfficer, first="告知人")
    assert served.when(breach_commitment, by=GENG, on="2026-03-05", **BREACH).events
    [duty] = [one for one in owed(served.state, rules()) if one.act == "breach_commitment"]
    assert set(duty.not_officers) == {JIA.officer_id, YI.officer_id}
    checked = made(PLANNED, by(YI, CHECKED), breach_noticed("2026-03-04"), HEARD)
    checked.when(breach_commitment, by=YI, on="2026-03-05", **BREACH).refused(SameOfficer, first="承诺核查人")
    assert checked.when(breach_commitment, by=GENG, on="2026-03-05", **BREACH).events
