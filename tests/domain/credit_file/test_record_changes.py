"""What becomes of a record: licences changed and ended, duties of a penalty performed in parts, penalties altered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.credit_file.disclosure import AlreadyDisclosed, DisclosureOver, disclose, end_disclosure
from domain.credit_file.disclosure import disclosed as periods_of
from domain.credit_file.duties import owed
from domain.credit_file.listing_decisions import propose_listing
from domain.credit_file.profile import DoubtNeedsEvidence
from domain.credit_file.record import LicenceRecorded
from domain.credit_file.record_checks import (
    AlreadyAnnulled,
    AlreadyPerformed,
    AlreadyRecorded,
    DocumentNoMissing,
    KindNotOfItsDay,
    PerformedBeforeDecision,
    PerformedInFuture,
    ReasonMissing,
    RecordUnknown,
)
from domain.credit_file.record_decisions import correct_record, record_licence, record_penalty, record_performance
from domain.credit_file.record_events import LicenceChanged, ObligationFulfilled, PenaltyAltered
from domain.credit_file.record_licences import (
    LicenceMarkedInvalid,
    LicenceOver,
    NewEndMissing,
    NewEndNotAsked,
    RenewalNotLonger,
    change_licence,
)
from domain.credit_file.record_penalties import (
    AmountMissing,
    AmountNotAsked,
    AmountOpen,
    BodyMissing,
    MoreThanImposed,
    NotImposed,
    ProofMissing,
    alter_penalty,
    fulfil_obligation,
)
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved
from tests.domain.credit_file.samples import (
    REGISTERED,
    annulled,
    by,
    day,
    decided,
    disclosed,
    general_penalty,
    heard,
    licence,
    listed,
    noticed,
    penalty,
    performed,
    recorded,
    recorded_licence,
    reviewed,
    weighed,
)
from tests.domain.given import BING, GENG, JIA, PAPERS, SYSTEM, YI, Given, Step, context, given, rules, step


def changed(on: str, kind: str = "revoked", **given_: Any) -> Step:
    values: dict[str, Any] = {
        "entry_id": "l1", "kind": kind, "document_no": "样例变更一号", "effective_on": day(on), "reason": "样例理由"
    } | given_  # fmt: skip
    return step(on, JIA, change_licence, **values)


def paid(on: str, amount_fen: int | None = 500_000, obligation: str = "fine", **given_: Any) -> Step:
    values: dict[str, Any] = {
        "entry_id": "p1", "obligation": obligation, "amount_fen": amount_fen, "fulfilled_on": day(on),
        "proof": "样例票据一号",
    } | given_  # fmt: skip
    return step(on, JIA, fulfil_obligation, **values)


def altered(on: str, kind: str = "revoked", **given_: Any) -> Step:
    values: dict[str, Any] = {
        "entry_id": "p1", "kind": kind, "body": "样例市人民政府", "document_no": "样例复议一号", "altered_on": day(on)
    } | given_  # fmt: skip
    return step(on, YI, alter_penalty, **values)


def when(state: Given, one: Step, on: str | None = None, **args: Any) -> Any:
    return state.when(one.decide, by=one.by, on=on or one.on, **one.args | args)


def shown_on(state: Given, entry_id: str, *days: str) -> list[bool]:
    period = periods_of(state.state, rules()).get(entry_id)
    return [period is not None and period.covers(day(one)) for one in days]


def told(state: Given, item: str, on: str) -> list[str]:
    found = standing(state.state, day(on), rules())
    assert found is not None
    return [one.value for one in found.fields if one.item == item]


def waiting(state: Given) -> list[tuple[str, str, str]]:
    return [(one.act, one.case_id, one.since_on.isoformat()) for one in owed(state.state, rules())]


LICENSED = [
    REGISTERED,
    recorded_licence(licence("2024-01-05", valid_until=day("2026-06-30"), status="1")),
    by(YI, disclosed("2024-01-08", "l1")),
]
FINED = [REGISTERED, recorded(penalty())]


# Licences


@pytest.mark.parametrize("kind", ["revoked", "cancelled", "withdrawn", "lifted"])
def test_an_ended_licence_is_off_the_page_from_the_day_the_ending_counts(kind: str) -> None:
    state = given(*LICENSED, changed("2025-03-03", kind))
    assert shown_on(state, "l1", "2025-03-02", "2025-03-03", "2026-01-01") == [True, False, False]
    assert periods_of(state.state, rules())["l1"].cause == "licence_ended"
    assert told(state, "licence.change", "2025-03-02") == []
    assert told(state, "licence.change", "2025-03-03") == [kind]
    assert told(state, "disclosure", "2025-03-03") == ["ended/licence_ended"]


def test_records_the_change_of_a_licence_as_it_was_decided() -> None:
    when(given(*LICENSED), changed("2025-03-03", "cancelled")).then(
        LicenceChanged(
            entry_id="l1", kind="cancelled", document_no="样例变更一号", effective_on=day("2025-03-03"),
            reason="样例理由",
        )
    )  # fmt: skip


def test_an_ending_recorded_late_counts_from_its_own_day() -> None:
    late = changed("2025-05-05", "lifted", effective_on=day("2025-03-03"))
    assert shown_on(given(*LICENSED, late), "l1", "2025-03-02", "2025-03-03", "2025-05-04") == [True, False, False]


def test_a_renewed_licence_is_shown_through_its_new_end_once_it_is_released_anew() -> None:
    renewal = changed("2026-06-01", "renewed", valid_until=day("2029-06-30"))
    state = given(*LICENSED, renewal)
    assert shown_on(state, "l1", "2026-05-31", "2026-06-01", "2026-06-30") == [True, False, False]
    released = state.after(by(YI, disclosed("2026-06-02", "l1")))
    assert shown_on(released, "l1", "2026-06-01", "2026-06-02", "2029-06-30", "2029-07-01") == [
        False, True, True, False
    ]  # fmt: skip
    released.when(disclose, by=YI, on="2026-06-03", entry_id="l1").refused(AlreadyDisclosed)


def test_a_licence_renewed_late_was_on_no_page_between_its_old_end_and_the_new_release() -> None:
    renewal = changed("2026-08-03", "renewed", valid_until=day("2029-06-30"), effective_on=day("2026-07-01"))
    state = given(*LICENSED, renewal, by(YI, disclosed("2026-08-04", "l1")))
    assert shown_on(state, "l1", "2026-06-30", "2026-07-01", "2026-08-03", "2026-08-04") == [True, False, False, True]


def test_a_last_day_corrected_after_it_had_come_shows_nothing_in_between() -> None:
    fixed = step(
        "2026-08-03", GENG, correct_record, entry_id="l1", field="valid_until", new="2027-06-30", reason="样例"
    )
    state = given(*LICENSED, fixed, by(YI, disclosed("2026-08-04", "l1")))
    assert shown_on(state, "l1", "2026-06-30", "2026-07-15", "2026-08-04", "2027-06-30") == [True, False, True, True]


def test_a_renewal_without_end_is_long_term() -> None:
    state = given(*LICENSED, changed("2026-06-01", "renewed", valid_until=day("2099-12-31")))
    record = state.state.records["l1"].record
    assert isinstance(record, LicenceRecorded)
    assert record.valid_until is None


def test_an_altered_licence_is_off_the_page_until_it_is_released_anew() -> None:
    state = given(*LICENSED, changed("2025-03-03", "altered"))
    assert shown_on(state, "l1", "2025-03-02", "2025-03-03") == [True, False]
    assert ("disclose", "l1", "2025-03-03") in waiting(state)
    released = state.after(by(YI, disclosed("2025-03-04", "l1")))
    assert shown_on(released, "l1", "2025-03-03", "2025-03-04") == [False, True]


def test_refuses_a_change_of_what_is_no_licence_of_the_file() -> None:
    state = given(*FINED)
    when(state, changed("2026-07-01"), entry_id="p1").refused(RecordUnknown)
    when(state, changed("2026-07-01"), entry_id="l9").refused(RecordUnknown)


def test_refuses_a_change_of_a_licence_that_moved_on_after_its_officer_looked() -> None:
    when(given(*LICENSED), changed("2025-03-03"), seen=99).refused(CaseMoved)
    assert when(given(*LICENSED), changed("2025-03-03"), seen=2).events


def test_refuses_a_change_of_an_annulled_licence() -> None:
    state = given(*LICENSED, annulled("2025-03-01", "l1"))
    when(state, changed("2025-03-03", reason="")).refused(AlreadyAnnulled)


def test_refuses_a_change_of_a_licence_without_reason_or_number_in_this_order() -> None:
    state = given(*LICENSED)
    when(state, changed("2025-03-03", reason=" ", document_no="")).refused(ReasonMissing)
    when(state, changed("2025-03-03", document_no=" ")).refused(DocumentNoMissing)


def test_refuses_any_change_of_a_licence_that_ended() -> None:
    state = given(*LICENSED, changed("2025-03-03", "revoked"))
    for kind in ("altered", "renewed", "lifted"):
        when(state, changed("2025-03-04", kind)).refused(LicenceOver)


def test_takes_the_ending_but_no_renewal_of_a_licence_recorded_as_not_valid() -> None:
    state = given(REGISTERED, recorded_licence(licence(status="2")))
    when(state, changed("2026-02-01", "renewed", valid_until=day("2029-01-01"))).refused(LicenceOver)
    assert when(state, changed("2026-02-01", "lifted")).events


def test_only_a_renewal_has_a_new_end_and_it_must_be_later() -> None:
    state = given(*LICENSED)
    when(state, changed("2025-03-03", "altered", valid_until=day("2029-01-01"))).refused(NewEndNotAsked)
    when(state, changed("2025-03-03", "renewed")).refused(NewEndMissing)
    when(state, changed("2025-03-03", "renewed", valid_until=day("2026-06-30"))).refused(
        RenewalNotLonger, until=day("2026-06-30")
    )
    assert when(state, changed("2025-03-03", "renewed", valid_until=day("2026-07-01"))).events


def test_refuses_to_renew_a_long_term_licence() -> None:
    state = given(REGISTERED, recorded_licence(licence(valid_until=None)))
    refusal = when(state, changed("2026-02-01", "renewed", valid_until=day("2029-01-01"))).refused(RenewalNotLonger)
    assert "长期" in refusal.sentence_zh


def test_refuses_a_change_of_tomorrow_or_before_the_licence_was_granted() -> None:
    state = given(*LICENSED)
    when(state, changed("2025-03-04"), on="2025-03-03").refused(DayInFuture)
    when(state, changed("2025-03-03", effective_on=day("2024-01-04"))).refused(BeforeStepBefore)
    assert when(state, changed("2025-03-03", effective_on=day("2024-01-05"))).events


def test_does_not_release_a_licence_that_ended_before_anybody_released_it() -> None:
    state = given(*LICENSED[:2], changed("2025-03-03"))
    state.when(disclose, by=YI, on="2025-03-05", entry_id="l1").refused(DisclosureOver, until=day("2025-03-02"))


# What a file marks invalid


AGAIN = licence("2024-01-05", "l2", status="2", document_no=licence("2024-01-05").document_no)


def test_a_licence_on_file_that_a_new_row_marks_invalid_is_a_doubt_and_no_duplicate() -> None:
    state = given(*LICENSED)
    state.when(record_licence, licence=AGAIN).refused(LicenceMarkedInvalid, document_no=AGAIN.document_no)
    sure = frozenset({"LicenceMarkedInvalid"})
    state.when(record_licence, licence=AGAIN, confirmed=sure).refused(DoubtNeedsEvidence)
    state.when(record_licence, on="2025-03-03", filing=PAPERS, licence=AGAIN, confirmed=sure).then(
        LicenceChanged(
            entry_id="l1", kind="invalid", document_no=AGAIN.document_no, effective_on=day("2025-03-03"),
            reason="报送文件标为无效",
        )
    )  # fmt: skip


def marked_invalid(on: str) -> Step:
    sure = frozenset({"LicenceMarkedInvalid"})
    return step(on, JIA, record_licence, licence=AGAIN, confirmed=sure, filing=PAPERS)


def test_once_confirmed_the_licence_is_off_the_page_and_the_row_is_a_duplicate() -> None:
    state = given(*LICENSED, marked_invalid("2025-03-03"))
    assert shown_on(state, "l1", "2025-03-02", "2025-03-03") == [True, False]
    state.when(record_licence, licence=AGAIN).refused(AlreadyRecorded)


def test_how_it_ended_may_be_told_later_and_the_earlier_day_counts() -> None:
    state = given(*LICENSED, marked_invalid("2025-03-03"))
    when(state, changed("2025-04-01", "altered")).refused(LicenceOver)
    later = state.after(changed("2025-04-01", "lifted", effective_on=day("2025-02-10")))
    assert shown_on(later, "l1", "2025-02-09", "2025-02-10") == [True, False]
    assert told(later, "licence.change", "2025-04-01") == ["lifted"]


def test_a_row_that_says_nothing_new_of_a_licence_stays_a_duplicate() -> None:
    state = given(*LICENSED)
    state.when(record_licence, licence=AGAIN.model_copy(update={"status": "1"})).refused(AlreadyRecorded)
    invalid_from_the_start = given(REGISTERED, recorded_licence(licence("2024-01-05", status="2")))
    invalid_from_the_start.when(record_licence, licence=AGAIN).refused(AlreadyRecorded)


# Duties of a penalty


def test_records_a_part_of_a_fine() -> None:
    when(given(*FINED), paid("2026-06-20")).then(
        ObligationFulfilled(
            entry_id="p1", obligation="fine", amount_fen=500_000, fulfilled_on=day("2026-06-20"), proof="样例票据一号"
        )
    )


def test_what_is_left_of_a_fine_is_told_for_each_day() -> None:
    state = given(*FINED, paid("2026-06-20"), paid("2026-07-20", 1_500_000))
    assert told(state, "penalty.fine_left", "2026-06-19") == []
    assert told(state, "penalty.fine_left", "2026-06-20") == ["1500000"]
    assert told(state, "penalty.fine_left", "2026-07-20") == ["0"]


def test_a_fine_paid_in_full_waits_for_the_finding_that_it_was_performed() -> None:
    state = given(*FINED, paid("2026-06-20"))
    assert "record_performance" not in [act for act, _, _ in waiting(state)]
    full = state.after(paid("2026-07-20", 1_500_000))
    assert ("record_performance", "p1", "2026-07-20") in waiting(full)
    assert "record_performance" not in [act for act, _, _ in waiting(full.after(performed("2026-07-21")))]


def test_conduct_put_right_is_told_and_may_lie_before_the_decision() -> None:
    state = given(*FINED, paid("2026-06-20", None, "rectification", fulfilled_on=day("2026-06-01")))
    assert told(state, "penalty.rectified", "2026-06-20") == ["2026-06-01"]


def test_a_surcharge_is_another_duty_and_no_part_of_the_fine() -> None:
    state = given(*FINED, paid("2026-06-20", 3_000, "other"))
    assert told(state, "penalty.fine_left", "2026-06-20") == []


def test_refuses_a_duty_of_what_is_no_penalty_as_its_officer_saw_it() -> None:
    when(given(*LICENSED), paid("2026-06-20"), entry_id="l1").refused(RecordUnknown)
    when(given(*FINED), paid("2026-06-20"), seen=1).refused(CaseMoved)
    when(given(*FINED, annulled("2026-06-13")), paid("2026-06-20")).refused(AlreadyAnnulled)


def test_refuses_a_duty_of_a_penalty_found_performed() -> None:
    when(given(*FINED, performed("2026-06-20")), paid("2026-06-21", proof="")).refused(AlreadyPerformed)


def test_refuses_a_duty_without_proof_before_it_asks_for_the_amount() -> None:
    when(given(*FINED), paid("2026-06-20", None, proof=" ")).refused(ProofMissing)


@pytest.mark.parametrize(("obligation", "amount"), [("fine", None), ("confiscation", None), ("fine", 0), ("other", -1)])
def test_refuses_a_payment_without_an_amount(obligation: str, amount: int | None) -> None:
    when(given(*FINED), paid("2026-06-20", amount, obligation)).refused(AmountMissing)


def test_refuses_an_amount_for_conduct_put_right() -> None:
    when(given(*FINED), paid("2026-06-20", 1, "rectification")).refused(AmountNotAsked)


def test_refuses_to_pay_what_was_not_imposed_or_more_than_is_left() -> None:
    when(given(*FINED), paid("2026-06-20", 1, "confiscation")).refused(NotImposed)
    state = given(*FINED, paid("2026-06-20"))
    when(state, paid("2026-06-21", 1_500_001)).refused(MoreThanImposed, left="15,000.00")
    assert when(state, paid("2026-06-21", 1_500_000)).events


def test_refuses_a_payment_of_tomorrow_or_before_the_decision() -> None:
    when(given(*FINED), paid("2026-06-21"), on="2026-06-20").refused(PerformedInFuture)
    when(given(*FINED), paid("2026-06-20", fulfilled_on=day("2026-06-11"))).refused(PerformedBeforeDecision)


def test_refuses_the_finding_of_performance_while_recorded_payments_do_not_add_up() -> None:
    state = given(*FINED, paid("2026-06-20"))
    done: dict[str, Any] = {"entry_id": "p1", "performed_on": day("2026-06-21"), "corrected_on": day("2026-06-21")}
    state.when(record_performance, on="2026-06-21", **done).refused(AmountOpen, left="15,000.00")
    full = state.after(paid("2026-06-21", 1_500_000))
    assert full.when(record_performance, on="2026-06-21", **done).events
    # Nobody recorded payments one by one: the receipt of the whole is enough.
    assert given(*FINED).when(record_performance, on="2026-06-21", **done).events


def test_nothing_is_left_of_a_fine_reduced_below_what_was_paid() -> None:
    less = step("2026-07-01", YI, correct_record, entry_id="p1", field="fine_fen", new="400000", reason="复议变更")
    state = given(*FINED, paid("2026-06-20"), altered("2026-06-30", "altered"), less)
    assert told(state, "penalty.fine_left", "2026-07-01") == ["0"]


# Penalties altered


@pytest.mark.parametrize("kind", ["revoked", "unlawful", "void"])
def test_a_penalty_that_fell_away_is_on_no_page_from_that_day(kind: str) -> None:
    state = given(*general_penalty(), altered("2026-09-01", kind, altered_on=day("2026-08-28")))
    assert shown_on(state, "p1", "2026-08-27", "2026-08-28", "2026-09-01") == [True, False, False]
    assert told(state, "penalty.altered", "2026-08-28") == [kind]
    assert told(state, "record.annulled", "2026-08-28") == ["2026-08-28"]
    when(state, altered("2026-09-02")).refused(AlreadyAnnulled)
    ended = state.when(end_disclosure, by=SYSTEM, on="2026-09-02", entry_id="p1").events
    assert [one.cause for one in ended] == ["annulled"]  # type: ignore[attr-defined]


def test_records_the_alteration_with_the_body_and_its_document() -> None:
    when(given(*FINED), altered("2026-09-01")).then(
        PenaltyAltered(
            entry_id="p1",
            kind="revoked",
            body="样例市人民政府",
            document_no="样例复议一号",
            altered_on=day("2026-09-01"),
        )
    )  # fmt: skip


@pytest.mark.parametrize(("altered_on", "rows"), [("2021-07-14", ["none"]), ("2021-07-15", ["3 working_days"])])
def test_the_withdrawal_is_due_promptly_before_2021_07_15_and_in_three_working_days_since(
    altered_on: str, rows: list[str]
) -> None:
    state = given(REGISTERED, recorded(penalty("2021-05-10")))
    one = altered("2021-08-02", altered_on=day(altered_on))
    read = rules()
    assert one.decide(state.state, replace(context(one.on, one.by), rules=read), **one.args)
    used = [row for row in read.used if row.parameter == "withdraw"]
    assert [row.unit if row.is_none else f"{row.value} {row.unit}" for row in used] == rows


def test_an_altered_penalty_waits_for_a_new_release() -> None:
    state = given(*general_penalty(), altered("2026-08-03", "altered"))
    assert shown_on(state, "p1", "2026-08-02", "2026-08-03") == [True, False]
    assert ("disclose", "p1", "2026-08-03") in waiting(state)
    assert told(state, "penalty.altered", "2026-08-03") == ["altered"]


def test_refuses_an_alteration_of_what_is_no_penalty_as_its_officer_saw_it() -> None:
    when(given(*LICENSED), altered("2026-09-01"), entry_id="l1").refused(RecordUnknown)
    when(given(*FINED), altered("2026-09-01"), seen=1).refused(CaseMoved)
    when(given(*FINED, annulled("2026-06-13")), altered("2026-09-01", body="")).refused(AlreadyAnnulled)


def test_refuses_an_alteration_without_body_or_number_in_this_order() -> None:
    when(given(*FINED), altered("2026-09-01", body=" ", document_no="")).refused(BodyMissing)
    when(given(*FINED), altered("2026-09-01", document_no="")).refused(DocumentNoMissing)


def test_refuses_an_alteration_of_tomorrow_or_before_the_decision() -> None:
    when(given(*FINED), altered("2026-09-01"), on="2026-08-31").refused(DayInFuture)
    when(given(*FINED), altered("2026-09-01", altered_on=day("2026-06-11"))).refused(BeforeStepBefore)


def test_a_listing_that_rests_on_a_penalty_that_fell_away_waits_for_the_leader() -> None:
    proposal = step(
        "2026-07-01", JIA, propose_listing, listing_id="s1", list_type="sample", facts="样例", based_on=("p1",)
    )
    case = [noticed, heard, weighed]
    steps = [*FINED, proposal, *(one("2026-07-01") for one in case), by(BING, reviewed("2026-07-01"))]
    state = given(*steps, decided("2026-07-02"), listed("2026-07-02"))
    assert "revoke_listing" not in [act for act, _, _ in waiting(state)]
    assert ("revoke_listing", "s1", "2026-08-03") in waiting(state.after(altered("2026-08-03")))
    assert "revoke_listing" not in [act for act, _, _ in waiting(state.after(altered("2026-08-03", "altered")))]


# Kinds of their day


@pytest.mark.parametrize(
    ("decided_on", "kind", "is_doubted"),
    [
        ("2021-07-14", "限制从业", True),
        ("2021-07-15", "限制从业", False),
        ("2021-07-14", "暂扣或者吊销许可证、执照", False),
        ("2021-07-15", "暂扣或者吊销许可证、执照", True),
        ("2021-07-14", "吊销许可证件", False),
        ("2021-07-14", "警告", False),
        ("2021-07-15", "警告", False),
    ],
)
def test_doubts_a_kind_of_penalty_that_the_law_of_the_decision_day_did_not_have(
    decided_on: str, kind: str, is_doubted: bool
) -> None:
    one = penalty(decided_on, penalty_kinds=(kind,), fine_fen=None)
    state = given(REGISTERED)
    if not is_doubted:
        state.when(record_penalty, penalty=one).then(one)
        return
    state.when(record_penalty, penalty=one).refused(KindNotOfItsDay, named=kind)
    sure = frozenset({"KindNotOfItsDay"})
    state.when(record_penalty, penalty=one, confirmed=sure).refused(DoubtNeedsEvidence)
    state.when(record_penalty, filing=PAPERS, penalty=one, confirmed=sure).then(one)
