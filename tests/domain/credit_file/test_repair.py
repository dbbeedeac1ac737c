"""Decisions of repair up to the verification: received, supplemented, accepted or not, verified."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from domain.context import Officer
from domain.credit_file.disclosure import NotClassified
from domain.credit_file.listing_decisions import propose_listing
from domain.credit_file.profile import IdTaken
from domain.credit_file.repair import (
    RepairAccepted,
    RepairNotAccepted,
    RepairSupplementAsked,
    RepairSupplemented,
    Verified,
)
from domain.credit_file.repair_checks import (
    BanRunning,
    NotCorrected,
    NotPerformed,
    NotRepairable,
    PapersMissing,
    RepairedRecently,
    RepairedTooOften,
    TargetUnknown,
    TooEarly,
    check_all,
)
from domain.credit_file.repair_decisions import (
    ApplyAtCreditChina,
    NoteMissing,
    NothingMissing,
    PaperUnknown,
    PushedBeforeApplied,
    PushTimeMissing,
    ReceivedInFuture,
    RepairUnderWay,
    RepairUnknown,
    WrongRepairStep,
    accept_repair,
    ask_supplement,
    decide_repair,
    not_accept_repair,
    receive_repair,
    send_feedback,
    supplement_repair,
    verify_repair,
)
from domain.credit_file.repair_grounds import PapersNotDue
from domain.refusals import CaseMoved, RuleMissing, SubjectUnknown
from tests.domain.credit_file.repair_states import (
    ACCEPTED,
    APPLIED,
    GRANTED,
    NOT_ACCEPTED,
    ON,
    ONE,
    REFUSED,
    STEPS,
    VERIFIED,
)
from tests.domain.credit_file.samples import (
    FINDINGS,
    REGISTERED,
    annulled,
    application,
    applied,
    classified,
    day,
    general_penalty,
    instant,
    own_listing,
    penalty,
    performed,
    recorded,
    removed,
)
from tests.domain.given import JIA, Step, given, rules, step

# Receiving


def test_records_an_application_pushed_by_credit_china() -> None:
    one = application(ON)
    given(*general_penalty()).when(receive_repair, on=ON, application=one).then(one)


def test_refuses_an_application_of_a_subject_nobody_registered() -> None:
    given().when(receive_repair, application=application(ON)).refused(SubjectUnknown)


def test_refuses_an_application_under_an_id_used_before() -> None:
    given(*REFUSED).when(receive_repair, application=application(ON)).refused(IdTaken, taken="r1")


@pytest.mark.parametrize(("target_id", "kind"), [("p9", "penalty"), ("s9", "listing"), ("p1", "listing")])
def test_refuses_an_application_about_what_the_file_lacks(target_id: str, kind: str) -> None:
    one = application(ON, target_id, target_kind=kind)
    given(*general_penalty()).when(receive_repair, application=one).refused(TargetUnknown)


def test_refuses_an_application_about_what_was_annulled_or_left_or_not_yet_listed() -> None:
    given(*general_penalty(), annulled("2026-07-01")).when(receive_repair, application=application(ON)).refused(
        TargetUnknown
    )
    left = application(ON, "s1", "r2", target_kind="listing")
    given(REGISTERED, *own_listing("2026-01-05"), *removed("2026-07-06")).when(
        receive_repair, on=ON, application=left
    ).refused(TargetUnknown)
    given(REGISTERED, *own_listing("2026-01-05")[:5]).when(receive_repair, application=left).refused(TargetUnknown)


@pytest.mark.parametrize("steps", [APPLIED, VERIFIED, GRANTED])
def test_refuses_a_second_application_while_one_is_open_or_granted(steps: list[Step]) -> None:
    given(*steps).when(receive_repair, application=application("2027-09-14", repair_id="r2")).refused(RepairUnderWay)


@pytest.mark.parametrize("steps", [REFUSED, NOT_ACCEPTED])
def test_takes_a_new_application_after_one_that_came_to_nothing(steps: list[Step]) -> None:
    one = application("2026-10-14", repair_id="r2")
    given(*steps).when(receive_repair, application=one).then(one)


@pytest.mark.parametrize("late", ["applied_at", "pushed_at"])
def test_refuses_an_application_or_push_in_the_future(late: str) -> None:
    changed: dict[str, Any] = {late: instant("2026-09-15")}
    given(*general_penalty()).when(receive_repair, on=ON, application=application(ON, **changed)).refused(
        ReceivedInFuture
    )


def test_tells_that_no_rule_says_where_to_apply_before_the_first_one() -> None:
    old = [REGISTERED, recorded(penalty("2018-05-10"))]
    one = application("2019-06-30", channel="window", pushed_at=None)
    given(*old).when(receive_repair, application=one).refused(RuleMissing)


@pytest.mark.parametrize(
    ("on", "kind", "refused"),
    [
        ("2023-04-30", "penalty", False),
        ("2023-05-01", "penalty", True),
        ("2023-05-01", "listing", False),
        ("2025-06-21", "listing", False),
        ("2025-06-22", "listing", True),
        ("2025-06-22", "penalty", True),
        ("2026-09-14", "penalty", True),
    ],
)
def test_refuses_the_window_once_applications_are_made_at_credit_china(on: str, kind: str, refused: bool) -> None:
    steps = [REGISTERED, recorded(penalty("2022-06-12")), *own_listing("2022-06-13")]
    if on > "2025-06-13":
        steps = [REGISTERED, recorded(penalty("2022-06-12")), *own_listing("2025-03-03")]
    one = application(on, {"penalty": "p1", "listing": "s1"}[kind], target_kind=kind, channel="window", pushed_at=None)
    outcome = given(*steps).when(receive_repair, on=on, application=one)
    if refused:
        # Later editions say the same again: since when is told of the first one.
        outcome.refused(ApplyAtCreditChina, since=day("2023-05-01" if kind == "penalty" else "2025-06-22"))
    else:
        outcome.then(one)


def test_refuses_a_push_without_its_time() -> None:
    one = application(ON, pushed_at=None)
    given(*general_penalty()).when(receive_repair, application=one).refused(PushTimeMissing)


def test_refuses_a_push_before_the_application() -> None:
    one = application(ON, pushed_at=instant("2026-09-13"))
    given(*general_penalty()).when(receive_repair, on=ON, application=one).refused(PushedBeforeApplied)


def test_tells_of_the_first_of_several_refusals_when_receiving() -> None:
    bad = application("2027-09-14", channel="window", pushed_at=None, repair_id="r2")
    given(REGISTERED).when(receive_repair, application=bad).refused(TargetUnknown)
    given(*APPLIED).when(receive_repair, application=bad).refused(RepairUnderWay)
    given(*general_penalty()).when(receive_repair, application=bad).refused(ReceivedInFuture)


def test_an_instant_without_a_zone_is_no_instant_of_an_application() -> None:
    with pytest.raises(ValidationError):
        application(ON, applied_at=instant(ON).replace(tzinfo=None))


# Every later step


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
def test_refuses_a_step_for_a_subject_nobody_registered(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given().when(decide, by=officer, **args).refused(SubjectUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
def test_refuses_a_step_of_a_repair_the_file_lacks(decide: Any, officer: Officer, args: dict[str, Any]) -> None:
    given(REGISTERED).when(decide, by=officer, **args).refused(RepairUnknown)


@pytest.mark.parametrize(("decide", "officer", "args"), STEPS)
@pytest.mark.parametrize(
    ("steps", "turns"),
    [
        (APPLIED, {supplement_repair, accept_repair, ask_supplement, not_accept_repair}),
        (ACCEPTED, {verify_repair}),
        (VERIFIED, {verify_repair, decide_repair}),
        (GRANTED, {send_feedback}),
        (REFUSED, {send_feedback}),
        (NOT_ACCEPTED, {send_feedback}),
    ],
)
def test_takes_each_step_only_in_its_turn_and_tells_first_that_the_case_moved(
    steps: list[Step], turns: set[Any], decide: Any, officer: Officer, args: dict[str, Any]
) -> None:
    state = given(*steps)
    seen = state.state.repairs["r1"].version
    outcome = state.when(decide, by=officer, on="2026-09-20", **args, seen=seen)
    if decide in turns:
        assert not isinstance(outcome.refusal, WrongRepairStep)
    else:
        outcome.refused(WrongRepairStep)
    state.when(decide, by=officer, on="2026-09-20", **args, seen=seen - 1).refused(CaseMoved)


# Papers


def test_refuses_a_paper_the_law_does_not_know_when_it_comes_first_or_later() -> None:
    one = application(ON, papers=("proof", "nonsense"))
    given(*general_penalty()).when(receive_repair, on=ON, application=one).refused(PaperUnknown, paper="nonsense")
    state = given(*general_penalty(), applied(ON, papers=("commitment",)))
    state.when(supplement_repair, on=ON, **ONE, papers=("nonsense",)).refused(PaperUnknown, paper="nonsense")


def test_names_the_missing_papers_and_until_when_they_may_come() -> None:
    state = given(*general_penalty(), applied(ON, papers=("commitment",)))
    state.when(ask_supplement, on=ON, **ONE, note="样例").then(
        RepairSupplementAsked(
            repair_id="r1", missing=("proof",), note="样例", asked_on=day(ON), due_on=day("2026-09-20")
        )
    )


def test_refuses_to_ask_for_papers_that_are_there() -> None:
    given(*APPLIED).when(ask_supplement, **ONE, note="样例").refused(NothingMissing)


def test_accepts_once_the_missing_papers_came() -> None:
    came = step("2026-09-16", JIA, supplement_repair, **ONE, papers=("proof",))
    given(*general_penalty(), applied(ON, papers=("commitment",))).when(
        supplement_repair, **ONE, papers=("proof",)
    ).then(RepairSupplemented(repair_id="r1", papers=("proof",), supplemented_on=day("2026-11-20")))
    state = given(*general_penalty(), applied(ON, papers=("commitment",)), came)
    assert state.state.repairs["r1"].papers == ("commitment", "proof")
    assert state.when(accept_repair, on="2026-09-16", **ONE).events


@pytest.mark.parametrize(
    ("applied_on", "penalty_class", "missing"),
    [
        ("2021-12-01", "general", ("identity", "proof", "commitment")),
        ("2021-12-01", "serious", ("identity", "proof", "commitment", "training", "credit_report")),
        ("2023-05-01", "serious", ("application", "commitment", "identity", "authorisation", "proof")),
        ("2025-06-22", "serious", ("proof", "commitment")),
    ],
)
def test_asks_for_the_papers_of_the_version_and_the_class(
    applied_on: str, penalty_class: str, missing: tuple[str, ...]
) -> None:
    state = given(
        REGISTERED, recorded(penalty("2021-05-10")), classified("2021-05-10", penalty_class, "class.2019"),
        applied(applied_on, papers=()),
    )  # fmt: skip
    asked = state.when(ask_supplement, on=applied_on, **ONE, note="样例").events[0]
    assert isinstance(asked, RepairSupplementAsked)
    assert asked.missing == missing


# Accepting


def test_accepts_an_application_from_the_day_after_the_minimum() -> None:
    given(*general_penalty(), applied("2026-09-13")).when(accept_repair, on="2026-09-13", **ONE).then(
        RepairAccepted(repair_id="r1", accepted_on=day("2026-09-13"))
    )


def test_refuses_an_application_made_on_the_last_day_of_the_minimum_however_late_it_is_looked_at() -> None:
    state = given(*general_penalty(), applied("2026-09-12"))
    for on in ("2026-09-12", "2026-10-12"):
        refusal = state.when(accept_repair, on=on, **ONE).refused(
            TooEarly, minimum_until=day("2026-09-12"), first_on=day("2026-09-13")
        )
        assert refusal.basis == "国家发展和改革委员会令第36号 第二章"


@pytest.mark.parametrize(
    ("decided_on", "scheme", "penalty_class", "minimum_until"),
    [
        ("2021-05-10", "class.2019", "general", "2021-08-10"),
        ("2021-05-10", "class.2019", "serious", "2021-11-10"),
        ("2022-11-30", "class.2019", "general", "2023-02-28"),
        ("2024-05-10", "", "", "2024-08-10"),
        ("2025-07-01", "class.2025", "serious", "2026-07-01"),
    ],
)
def test_counts_the_minimum_from_the_decision_under_the_rule_of_its_day(
    decided_on: str, scheme: str, penalty_class: str, minimum_until: str
) -> None:
    classes = [classified(decided_on, penalty_class, scheme)] if scheme else []
    papers = ("application", "identity", "proof", "commitment", "authorisation", "training", "credit_report")
    state = [REGISTERED, recorded(penalty(decided_on)), *classes, performed(decided_on)]
    last = day(minimum_until)
    on_last = given(*state, applied(minimum_until, papers=papers))
    on_last.when(accept_repair, **ONE).refused(TooEarly, minimum_until=last)
    after = last.fromordinal(last.toordinal() + 1).isoformat()
    assert given(*state, applied(after, papers=papers)).when(accept_repair, on=after, **ONE).events


def test_accepts_a_minor_penalty_as_soon_as_it_is_performed() -> None:
    minor = [REGISTERED, recorded(penalty()), classified("2026-06-12", "minor"), performed("2026-06-12")]
    assert given(*minor, applied("2026-06-12")).when(accept_repair, on="2026-06-12", **ONE).events


@pytest.mark.parametrize("on", ["2021-12-01", "2023-12-01", "2024-05-09", "2026-09-14"])
def test_never_accepts_a_specific_serious_penalty_under_any_later_rule(on: str) -> None:
    steps = [REGISTERED, recorded(penalty("2021-05-10")), classified("2021-05-10", "specific", "class.2019")]
    if on > "2025-06-22":
        steps.append(classified("2025-07-01", "general"))
    state = given(*steps, performed("2021-06-01"), applied(on))
    state.when(accept_repair, on=on, **ONE).refused(NotRepairable)
    declined = state.when(not_accept_repair, on=on, **ONE).events[0]
    assert isinstance(declined, RepairNotAccepted)
    assert declined.first_possible_on is None


def test_refuses_a_penalty_whose_class_is_missing() -> None:
    state = given(REGISTERED, recorded(penalty("2021-05-10")), applied("2021-12-01"))
    state.when(accept_repair, on="2021-12-01", **ONE).refused(NotClassified)
    # The bureau's own omission declines nobody, whatever else stands against the application.
    state.when(not_accept_repair, on="2021-12-01", **ONE).refused(NotClassified)


def test_refuses_a_penalty_older_than_the_first_rule() -> None:
    state = given(REGISTERED, recorded(penalty("2018-05-10")), applied(ON))
    state.when(accept_repair, on=ON, **ONE).refused(RuleMissing)
    state.when(not_accept_repair, on=ON, **ONE).refused(RuleMissing)


def test_refuses_what_was_annulled_since_and_lets_the_case_end() -> None:
    state = given(*APPLIED, annulled("2026-09-15"))
    state.when(accept_repair, on="2026-09-15", **ONE).refused(TargetUnknown)
    assert state.when(not_accept_repair, on="2026-09-15", **ONE).events


def test_refuses_a_penalty_not_performed_after_it_was_found_early() -> None:
    unperformed = [*general_penalty()[:4]]
    given(*unperformed, applied("2026-09-12")).when(accept_repair, **ONE).refused(TooEarly)
    given(*unperformed, applied(ON)).when(accept_repair, on=ON, **ONE).refused(NotPerformed)


def test_refuses_a_penalty_whose_conduct_was_not_put_right() -> None:
    state = given(*general_penalty()[:4], applied(ON))
    checked = {one.condition: one.refusal for one in check_all(
        state.state, state.state.repairs["r1"], day(ON), rules()
    )}  # fmt: skip
    assert isinstance(checked["corrected"], NotCorrected)


def kept_checks(*steps: Step) -> dict[str, bool]:
    """Condition → whether the register's own records answer it."""
    file = given(*steps).state
    return {one.condition: one.is_kept for one in check_all(file, file.repairs["r1"], day(ON), rules())}


def test_says_that_it_keeps_no_record_of_fraud_and_asks_the_handler_on_what_the_finding_rests() -> None:
    assert [one for one, is_kept in kept_checks(*APPLIED).items() if not is_kept] == ["no_fraud_record"]
    bare = [replace_note(one, "") if one.condition == "no_fraud_record" else one for one in FINDINGS]
    refusal = given(*ACCEPTED).when(verify_repair, on=ON, **ONE, findings=tuple(bare)).refused(NoteMissing)
    assert "没有在期的虚假修复记录" in refusal.sentence_zh
    # What the register does know needs no note.
    noted = [one if one.condition == "no_fraud_record" else replace_note(one, "") for one in FINDINGS]
    assert given(*ACCEPTED).when(verify_repair, on=ON, **ONE, findings=tuple(noted)).events


def replace_note(one: Verified, note: str) -> Verified:
    return one.model_copy(update={"note": note})


def listed_for(*based_on: str, on: str = "2026-01-05") -> list[Step]:
    """A listing by the bureau that rests on penalties of the file, served that day."""
    based = step(
        on, JIA, propose_listing, listing_id="s1", list_type="sample", facts="样例事实", based_on=based_on
    )  # fmt: skip
    return [based, *own_listing(on)[1:]]


def test_asks_a_removal_for_the_performance_of_every_penalty_the_listing_rests_on() -> None:
    fined = [
        REGISTERED, recorded(penalty("2026-01-05")), recorded(penalty("2026-01-05", "p2")), performed("2026-01-05"),
        *listed_for("p1", "p2"), applied("2026-07-06", "s1", target_kind="listing"),
    ]  # fmt: skip
    given(*fined).when(accept_repair, on="2026-07-06", **ONE).refused(NotPerformed)
    assert given(*fined, performed("2026-07-06", "p2")).when(accept_repair, on="2026-07-06", **ONE).events
    assert given(*fined, annulled("2026-07-06", "p2")).when(accept_repair, on="2026-07-06", **ONE).events
    assert kept_checks(*fined)["performed"]


def test_asks_the_handler_how_duties_were_met_where_a_listing_rests_on_no_penalty() -> None:
    steps = [REGISTERED, *own_listing("2026-01-05"), *removed("2026-07-06")[:2]]
    checks = kept_checks(*steps)
    assert not checks["performed"]
    assert not checks["corrected"]
    bare = [replace_note(one, "" if one.condition == "performed" else "样例") for one in FINDINGS]
    given(*steps).when(verify_repair, on="2026-07-06", **ONE, findings=tuple(bare)).refused(
        NoteMissing, conditions="已履行法定义务"
    )


def test_refuses_missing_papers_after_the_conditions() -> None:
    state = given(*general_penalty(), applied(ON, papers=("commitment",)))
    state.when(accept_repair, on=ON, **ONE).refused(PapersMissing, missing="履行义务和纠正失信行为的证明")


def test_refuses_an_application_without_the_commitment() -> None:
    given(*general_penalty(), applied(ON, papers=("proof",))).when(accept_repair, on=ON, **ONE).refused(
        PapersMissing, missing="信用修复承诺书"
    )


def test_refuses_while_a_ban_of_the_penalty_is_running_through_its_last_day() -> None:
    banned = [
        REGISTERED, recorded(penalty(penalty_until=day("2026-10-31"))), classified("2026-06-12", "general"),
        performed("2026-06-15"), applied(ON),
    ]  # fmt: skip
    given(*banned).when(accept_repair, on="2026-10-31", **ONE).refused(BanRunning, until=day("2026-10-31"))
    assert given(*banned).when(accept_repair, on="2026-11-01", **ONE).events
    declined = given(*banned).when(not_accept_repair, on="2026-10-31", **ONE).events[0]
    assert isinstance(declined, RepairNotAccepted)
    assert declined.first_possible_on == day("2026-11-01")


# Removal from a list: the minimum, the interval and the number


def test_removes_from_the_sample_list_from_the_day_after_half_a_year() -> None:
    steps = [REGISTERED, *own_listing("2026-01-05")]
    early = given(*steps, applied("2026-07-05", "s1", target_kind="listing"))
    early.when(accept_repair, on="2026-07-05", **ONE).refused(TooEarly, first_on=day("2026-07-06"))
    assert given(*steps, *removed("2026-07-06")).state.listings["s1"].exited is not None


def test_refuses_a_removal_within_a_year_of_the_last_one() -> None:
    papers = ("application", "commitment", "identity", "authorisation", "proof")
    last = given(
        REGISTERED, *own_listing("2023-01-02"), *removed("2025-07-02", papers=papers), *own_listing("2025-07-03", "s2"),
        applied("2026-07-02", "s2", "r2", target_kind="listing"),
    )  # fmt: skip
    last.when(accept_repair, on="2026-07-02", repair_id="r2").refused(
        RepairedRecently, last_on=day("2025-07-02"), first_on=day("2026-07-03")
    )
    declined = last.when(not_accept_repair, on="2026-07-02", repair_id="r2").events[0]
    assert isinstance(declined, RepairNotAccepted)
    assert declined.first_possible_on == day("2026-07-03")


def test_refuses_a_third_removal_within_three_years() -> None:
    state = given(
        REGISTERED,
        *own_listing("2023-07-03"), *removed("2025-08-01"),
        *own_listing("2025-08-04", "s2"), *removed("2026-08-04", "s2", "r2"),
        *own_listing("2026-08-05", "s3"), applied("2027-08-05", "s3", "r3", target_kind="listing"),
    )  # fmt: skip
    state.when(accept_repair, on="2027-08-05", repair_id="r3").refused(
        RepairedTooOften, limit=2, first_on=day("2028-08-02")
    )


# Not accepting, verifying


def test_declines_with_the_reasons_and_the_first_possible_day() -> None:
    state = given(*general_penalty(), applied("2026-09-12"))
    state.when(not_accept_repair, on="2026-09-12", **ONE, note="样例说明").then(
        RepairNotAccepted(
            repair_id="r1",
            reasons=(
                "最短公示期至 2026-09-12 届满，2026-09-13 起才可以申请；请届时再申请。", "样例说明",
            ),
            first_possible_on=day("2026-09-13"), not_accepted_on=day("2026-09-12"),
        )
    )  # fmt: skip


def test_declines_for_papers_only_once_they_were_asked_for_and_their_day_is_over() -> None:
    bare = [*general_penalty(), applied(ON, papers=("commitment",))]
    given(*bare).when(not_accept_repair, on=ON, **ONE).refused(PapersNotDue, until="—")
    asked = given(*bare, step(ON, JIA, ask_supplement, **ONE, note="样例"))
    asked.when(not_accept_repair, on="2026-09-20", **ONE).refused(PapersNotDue, until=day("2026-09-20"))
    declined = asked.when(not_accept_repair, on="2026-09-21", **ONE).events[0]
    assert isinstance(declined, RepairNotAccepted)
    assert declined.reasons == ("缺少材料：履行义务和纠正失信行为的证明；请通知补正。",)


def test_declines_for_what_else_fails_without_a_word_of_papers_never_asked_for() -> None:
    state = given(*general_penalty(), applied("2026-09-12", papers=()))
    declined = state.when(not_accept_repair, on="2026-09-12", **ONE).events[0]
    assert isinstance(declined, RepairNotAccepted)
    assert len(declined.reasons) == 1
    assert "缺少材料" not in declined.reasons[0]
