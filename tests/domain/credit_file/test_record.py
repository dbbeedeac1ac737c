"""Decisions of the record: entering licences and penalties, classes, performance, corrections, annulment."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.profile import DoubtNeedsEvidence, IdTaken, PersonNameShown, register_subject
from domain.credit_file.record import Classified, PenaltyPerformed, RecordAnnulled, RecordCorrected, measure_of
from domain.credit_file.record_checks import (
    AlreadyAnnulled,
    AlreadyPerformed,
    AlreadyRecorded,
    CodeOfAnother,
    DecidedInFuture,
    DocumentNoMissing,
    EndBeforeDecision,
    EndBeyondMaximum,
    FineWithoutAmount,
    NameDiffers,
    NotCorrectable,
    NothingChanges,
    NotOfTheScheme,
    NumberSeenBefore,
    PerformedBeforeDecision,
    PerformedInFuture,
    ReasonMissing,
    RecordUnknown,
    ValidityReversed,
    ValueUnreadable,
)
from domain.credit_file.record_decisions import (
    annul_record,
    classify_penalty,
    correct_record,
    record_licence,
    record_penalty,
    record_performance,
)
from domain.event import Personal
from domain.refusals import SubjectUnknown
from tests.domain.credit_file.samples import (
    CODE,
    NAME,
    REGISTERED,
    accepted,
    annulled,
    applied,
    classified,
    day,
    general_penalty,
    granted,
    licence,
    penalty,
    performed,
    promise,
    promised,
    recorded,
    recorded_licence,
    verified,
)
from tests.domain.given import JIA, PAPERS, YI, given, rules, step

RENAMED = "营口样例新海通商贸有限公司"


def confirmed(*codes: str) -> frozenset[str]:
    return frozenset(codes)


# Licences


def test_records_a_licence() -> None:
    given(REGISTERED).when(record_licence, licence=licence()).then(licence())


def test_refuses_a_licence_of_a_subject_nobody_registered() -> None:
    given().when(record_licence, licence=licence()).refused(SubjectUnknown)


def test_refuses_a_licence_under_an_id_used_for_anything_else() -> None:
    given(REGISTERED, promised(promise())).when(record_licence, licence=licence(entry_id="c1")).refused(
        IdTaken, taken="c1"
    )


@pytest.mark.parametrize("number", ["", " "])
def test_refuses_a_licence_without_a_number(number: str) -> None:
    given(REGISTERED).when(record_licence, licence=licence(document_no=number)).refused(DocumentNoMissing)


def test_refuses_a_licence_recorded_before() -> None:
    again = licence(entry_id="l2", document_no=licence().document_no)
    given(REGISTERED, recorded_licence(licence())).when(record_licence, licence=again).refused(
        AlreadyRecorded, document_no=again.document_no
    )


def test_refuses_a_licence_of_tomorrow_and_takes_one_of_today() -> None:
    given(REGISTERED).when(record_licence, on="2026-01-04", licence=licence("2026-01-05")).refused(DecidedInFuture)
    given(REGISTERED).when(record_licence, on="2026-01-05", licence=licence("2026-01-05")).then(licence("2026-01-05"))


def test_refuses_a_licence_that_ends_before_it_begins() -> None:
    reversed_one = licence(valid_from=day("2026-02-01"), valid_until=day("2026-01-31"))
    given(REGISTERED).when(record_licence, licence=reversed_one).refused(ValidityReversed)
    one_day = licence(valid_from=day("2026-02-01"), valid_until=day("2026-02-01"))
    given(REGISTERED).when(record_licence, licence=one_day).then(one_day)


def test_doubts_a_licence_under_another_name_until_confirmed() -> None:
    other = licence(counterpart_name=RENAMED)
    given(REGISTERED).when(record_licence, licence=other).refused(NameDiffers, given=RENAMED, on_file=NAME)
    given(REGISTERED).when(record_licence, filing=PAPERS, licence=other, confirmed=confirmed("NameDiffers")).then(other)


def test_refuses_a_slip_in_a_licence_before_it_doubts_the_name() -> None:
    bad = licence(counterpart_name=RENAMED, valid_from=day("2026-02-01"), valid_until=day("2026-01-31"))
    given(REGISTERED).when(record_licence, licence=bad).refused(ValidityReversed)
    given(REGISTERED).when(record_licence, licence=bad.model_copy(update={"document_no": ""})).refused(
        DocumentNoMissing
    )


# Penalties


def test_records_a_penalty() -> None:
    given(REGISTERED).when(record_penalty, penalty=penalty()).then(penalty())


def test_refuses_a_penalty_of_a_subject_nobody_registered() -> None:
    given().when(record_penalty, penalty=penalty()).refused(SubjectUnknown)


def test_refuses_a_penalty_under_the_id_of_an_annulled_one() -> None:
    again = penalty(document_no="样例另一号")
    given(REGISTERED, recorded(penalty()), annulled("2026-06-13")).when(record_penalty, penalty=again).refused(IdTaken)


def test_refuses_a_penalty_without_a_number() -> None:
    given(REGISTERED).when(record_penalty, penalty=penalty(document_no="")).refused(DocumentNoMissing)


def test_refuses_a_penalty_recorded_before_and_doubts_one_annulled_before() -> None:
    again = penalty(entry_id="p2", document_no=penalty().document_no)
    given(REGISTERED, recorded(penalty())).when(record_penalty, penalty=again).refused(AlreadyRecorded)
    annulled_one = given(REGISTERED, recorded(penalty()), annulled("2026-06-13"))
    annulled_one.when(record_penalty, penalty=again).refused(NumberSeenBefore, document_no=again.document_no)
    sure = confirmed("NumberSeenBefore")
    annulled_one.when(record_penalty, penalty=again, confirmed=sure).refused(DoubtNeedsEvidence)
    annulled_one.when(record_penalty, filing=PAPERS, penalty=again, confirmed=sure).then(again)


def test_never_records_a_repaired_penalty_again_annulled_or_not() -> None:
    again = penalty(entry_id="p2", document_no=penalty().document_no)
    repaired = [
        *general_penalty(), applied("2026-10-13"), accepted("2026-10-13"), verified("2026-10-13"), granted("2026-10-14")
    ]  # fmt: skip
    sure: dict[str, Any] = {"confirmed": confirmed("NumberSeenBefore"), "filing": PAPERS}
    for steps in (repaired, [*repaired, annulled("2026-10-15")]):
        given(*steps).when(record_penalty, penalty=again, **sure).refused(AlreadyRecorded)


def test_doubts_a_number_that_an_entry_bore_before_it_was_corrected() -> None:
    fixed = step(
        "2026-06-13", YI, correct_record, entry_id="p1", field="document_no", new="样例新号", reason="样例更正"
    )
    again = penalty(entry_id="p2")
    again = again.model_copy(update={"document_no": penalty().document_no})
    given(REGISTERED, recorded(penalty()), fixed).when(record_penalty, penalty=again).refused(NumberSeenBefore)


def test_refuses_a_penalty_decided_tomorrow() -> None:
    given(REGISTERED).when(record_penalty, on="2026-06-11", penalty=penalty("2026-06-12")).refused(
        DecidedInFuture, on=day("2026-06-12")
    )


def test_refuses_a_stated_end_before_the_decision() -> None:
    given(REGISTERED).when(record_penalty, penalty=penalty(stated_until=day("2026-06-11"))).refused(EndBeforeDecision)


@pytest.mark.parametrize(("decided_on", "longest"), [("2021-05-10", "2024-05-10"), ("2026-06-12", "2029-06-12")])
def test_doubts_a_stated_end_beyond_the_longest_period_of_any_class(decided_on: str, longest: str) -> None:
    at_most = penalty(decided_on, stated_until=day(longest))
    given(REGISTERED).when(record_penalty, penalty=at_most).then(at_most)
    beyond = penalty(decided_on, stated_until=day(longest).replace(day=day(longest).day + 1))
    given(REGISTERED).when(record_penalty, penalty=beyond).refused(EndBeyondMaximum, longest=day(longest))
    given(REGISTERED).when(record_penalty, filing=PAPERS, penalty=beyond, confirmed=confirmed("EndBeyondMaximum")).then(
        beyond
    )


def test_takes_any_stated_end_of_a_day_before_the_first_rule() -> None:
    old = penalty("2018-05-10", stated_until=day("2099-12-31"))
    given(REGISTERED).when(record_penalty, penalty=old).then(old)


def test_doubts_a_fine_without_an_amount_until_confirmed() -> None:
    fine = penalty(fine_fen=None)
    given(REGISTERED).when(record_penalty, penalty=fine).refused(FineWithoutAmount)
    given(REGISTERED).when(record_penalty, filing=PAPERS, penalty=fine, confirmed=confirmed("FineWithoutAmount")).then(
        fine
    )
    warning = penalty(fine_fen=None, penalty_kinds=("警告",))
    given(REGISTERED).when(record_penalty, penalty=warning).then(warning)


def test_doubts_a_penalty_under_another_name_until_confirmed_or_renamed() -> None:
    other = penalty(counterpart_name=RENAMED)
    given(REGISTERED).when(record_penalty, penalty=other).refused(NameDiffers)
    given(REGISTERED).when(record_penalty, filing=PAPERS, penalty=other, confirmed=confirmed("NameDiffers")).then(other)


def test_tells_doubts_of_a_penalty_in_their_order() -> None:
    bad = penalty(counterpart_name=RENAMED, fine_fen=None, stated_until=day("2039-01-01"))
    state = given(REGISTERED)
    state.when(record_penalty, penalty=bad).refused(EndBeyondMaximum)
    state.when(record_penalty, filing=PAPERS, penalty=bad, confirmed=confirmed("EndBeyondMaximum")).refused(
        FineWithoutAmount
    )
    both = confirmed("EndBeyondMaximum", "FineWithoutAmount")
    state.when(record_penalty, filing=PAPERS, penalty=bad, confirmed=both).refused(NameDiffers)
    state.when(record_penalty, on="2026-06-01", penalty=bad).refused(DecidedInFuture)


@pytest.mark.parametrize("kind", ["罚款", " 罚款", "罚 款", "fine"])
def test_doubts_a_fine_without_an_amount_however_it_is_written(kind: str) -> None:
    fine = penalty(fine_fen=None, penalty_kinds=("警告", kind))
    given(REGISTERED).when(record_penalty, penalty=fine).refused(FineWithoutAmount)


def test_refuses_a_record_under_the_code_of_another_subject() -> None:
    other = "91210811MA0ABCD020"
    given(REGISTERED).when(record_penalty, penalty=penalty(code=other)).refused(
        CodeOfAnother, given=other, on_file=CODE
    )
    given(REGISTERED).when(record_licence, licence=licence(code=None)).then(licence(code=None))


def test_refuses_a_record_that_names_a_natural_person_even_when_the_name_is_confirmed() -> None:
    person = step(
        "2018-01-02", JIA, register_subject, subject_kind="natural_person", name="样**", code=None, division="210811",
        person_name=Personal("样例人", "样例号"), identity_number=Personal("样例号", "样例号"),
    )  # fmt: skip
    bare = penalty(counterpart_name="样例人", code=None)
    sure: dict[str, Any] = {"confirmed": confirmed("NameDiffers"), "filing": PAPERS}
    given(person).when(record_penalty, penalty=bare, **sure).refused(PersonNameShown)


# Measure and authority


@pytest.mark.parametrize(
    ("kinds", "measure"),
    [
        (("警告",), "warning_only"),
        (("警告 ",), "warning_only"),
        (("warning",), "warning_only"),
        (("通报批评",), "criticism_only"),
        (("警告", "通报批评"), "criticism_only"),
        (("警告", "罚款"), "fine"),
        (("吊销许可证件", "罚款", "警告"), "permit_revoked"),
        (("罚款", "没收违法所得,没收非法财物"), "confiscation"),
        (("警告", "样例新种类"), "other"),
        (("行政拘留",), "other"),
        ((), "other"),
    ],
)
def test_measures_a_penalty_by_its_gravest_kind_as_the_code_list_has_it(kinds: tuple[str, ...], measure: str) -> None:
    assert measure_of(penalty(penalty_kinds=kinds), rules()) == measure


@pytest.mark.parametrize(
    ("authority", "kind"),
    [
        ("", "commerce"),
        ("大石桥市商务局", "commerce"),
        ("营口市市场监督管理局", "market_regulation"),
        ("盖州市应急管理局", "emergency_management"),
        ("营口市消防救援支队", "fire"),
        ("样例税务局", "other"),
    ],
)
def test_knows_the_field_of_an_authority_by_its_name(authority: str, kind: str) -> None:
    entry = given(REGISTERED, recorded(penalty(authority=authority))).state.records["p1"]
    assert entry.traits(rules())["authority"] == kind


# Classes


def as_classified(scheme: str, penalty_class: str, on: str) -> Classified:
    return Classified(entry_id="p1", scheme=scheme, penalty_class=penalty_class, reason="", classified_on=day(on))


def test_puts_a_penalty_into_a_class_of_the_scheme_of_its_day() -> None:
    given(REGISTERED, recorded(penalty("2021-05-10"))).when(
        classify_penalty, on="2021-05-11", entry_id="p1", scheme="class.2019", penalty_class="serious"
    ).then(
        Classified(
            entry_id="p1", scheme="class.2019", penalty_class="serious", reason="", classified_on=day("2021-05-11")
        )
    )


def test_puts_an_old_penalty_into_a_class_of_the_scheme_of_today() -> None:
    given(REGISTERED, recorded(penalty("2024-05-10"))).when(
        classify_penalty, by=YI, on="2025-06-22", entry_id="p1", scheme="class.2025", penalty_class="general"
    ).then(
        Classified(
            entry_id="p1", scheme="class.2025", penalty_class="general", reason="", classified_on=day("2025-06-22")
        )
    )


@pytest.mark.parametrize(
    ("decided_on", "today", "scheme", "penalty_class"),
    [
        ("2026-06-12", "2026-06-12", "class.2025", "specific"),
        ("2026-06-12", "2026-06-12", "class.2019", "general"),
        ("2024-05-10", "2025-06-21", "class.2025", "general"),
        ("2024-05-10", "2025-06-21", "class.2019", "general"),
        ("2018-05-10", "2019-06-30", "class.2019", "general"),
    ],
)
def test_refuses_a_class_of_no_scheme_of_its_day_or_today(
    decided_on: str, today: str, scheme: str, penalty_class: str
) -> None:
    given(REGISTERED, recorded(penalty(decided_on))).when(
        classify_penalty, on=today, entry_id="p1", scheme=scheme, penalty_class=penalty_class
    ).refused(NotOfTheScheme, scheme=scheme, penalty_class=penalty_class)


def test_classifies_a_penalty_older_than_the_first_rule_by_the_scheme_of_today() -> None:
    given(REGISTERED, recorded(penalty("2018-05-10"))).when(
        classify_penalty, by=YI, entry_id="p1", scheme="class.2025", penalty_class="minor"
    ).then(
        Classified(
            entry_id="p1", scheme="class.2025", penalty_class="minor", reason="", classified_on=day("2026-11-20")
        )
    )


def test_refuses_to_classify_what_is_no_penalty_of_the_file() -> None:
    wanted: dict[str, Any] = {"scheme": "class.2025", "penalty_class": "minor"}
    given(REGISTERED, recorded_licence(licence())).when(classify_penalty, entry_id="l1", **wanted).refused(
        RecordUnknown
    )
    given(REGISTERED).when(classify_penalty, entry_id="p1", **wanted).refused(RecordUnknown)


def test_refuses_to_classify_an_annulled_penalty_whatever_the_class() -> None:
    state = given(REGISTERED, recorded(penalty()), annulled("2026-06-13"))
    state.when(classify_penalty, entry_id="p1", scheme="class.2025", penalty_class="nonsense").refused(AlreadyAnnulled)


# Performance


def test_records_that_a_penalty_was_performed_and_the_conduct_put_right() -> None:
    days: dict[str, Any] = {"performed_on": day("2026-06-20"), "corrected_on": day("2026-06-21")}
    given(REGISTERED, recorded(penalty())).when(record_performance, entry_id="p1", **days).then(
        PenaltyPerformed(entry_id="p1", **days)
    )


def test_refuses_performance_of_what_is_no_penalty_of_the_file() -> None:
    days: dict[str, Any] = {"performed_on": day("2026-06-20"), "corrected_on": day("2026-06-20")}
    given(REGISTERED).when(record_performance, entry_id="p1", **days).refused(RecordUnknown)


def test_refuses_performance_of_an_annulled_penalty() -> None:
    days: dict[str, Any] = {"performed_on": day("2026-06-20"), "corrected_on": day("2026-06-20")}
    state = given(REGISTERED, recorded(penalty()), performed("2026-06-15"), annulled("2026-06-16"))
    state.when(record_performance, entry_id="p1", **days).refused(AlreadyAnnulled)


def test_refuses_performance_recorded_before_even_with_a_day_in_the_future() -> None:
    days: dict[str, Any] = {"performed_on": day("2027-06-20"), "corrected_on": day("2026-06-20")}
    given(REGISTERED, recorded(penalty()), performed("2026-06-15")).when(
        record_performance, entry_id="p1", **days
    ).refused(AlreadyPerformed)


@pytest.mark.parametrize("late", ["performed_on", "corrected_on"])
def test_refuses_performance_or_correction_of_tomorrow(late: str) -> None:
    days: dict[str, Any] = {
        "performed_on": day("2026-06-20"),
        "corrected_on": day("2026-06-20"),
        late: day("2026-06-21"),
    }
    given(REGISTERED, recorded(penalty())).when(record_performance, on="2026-06-20", entry_id="p1", **days).refused(
        PerformedInFuture
    )


def test_refuses_performance_before_the_decision_but_not_conduct_put_right_before_it() -> None:
    early: dict[str, Any] = {"performed_on": day("2026-06-11"), "corrected_on": day("2026-06-12")}
    state = given(REGISTERED, recorded(penalty()))
    state.when(record_performance, entry_id="p1", **early).refused(
        PerformedBeforeDecision, on=day("2026-06-11"), decided_on=day("2026-06-12")
    )
    right: dict[str, Any] = {"performed_on": day("2026-06-12"), "corrected_on": day("2026-06-01")}
    state.when(record_performance, entry_id="p1", **right).then(PenaltyPerformed(entry_id="p1", **right))


# Corrections


def corrected(field: str, new: str, *more: Any, entry_id: str = "p1") -> Any:
    return given(REGISTERED, recorded(penalty()), recorded_licence(licence()), *more).when(
        correct_record, by=YI, filing=PAPERS, entry_id=entry_id, field=field, new=new, reason="样例更正"
    )


@pytest.mark.parametrize(
    ("field", "new", "old"),
    [
        ("fine_fen", "100", "2000000"),
        ("fine_fen", "0", "2000000"),
        ("confiscation_fen", "5", ""),
        ("decided_on", "2026-06-11", "2026-06-12"),
        ("facts", "样例新事实", ""),
        ("document_no", "样例新号", "营商罚样〔2026〕p1号"),
    ],
)
def test_corrects_a_field_and_keeps_what_it_said(field: str, new: str, old: str) -> None:
    corrected(field, new).then(RecordCorrected(entry_id="p1", field=field, old=old, new=new, reason="样例更正"))


def test_a_corrected_record_says_the_new_value_and_who_corrected_it() -> None:
    args: dict[str, Any] = {"entry_id": "p1", "field": "fine_fen", "new": "100", "reason": "样例更正"}
    entry = given(REGISTERED, recorded(penalty()), step("2026-06-20", YI, correct_record, **args)).state.records["p1"]
    assert entry.record.fine_fen == 100
    assert [(one.old, origin.officer_id) for one, origin in entry.corrections] == [("2000000", YI.officer_id)]
    assert entry.origin.officer_id == JIA.officer_id


def test_refuses_to_correct_a_record_the_file_lacks() -> None:
    corrected("facts", "样例", entry_id="p9").refused(RecordUnknown)


def test_refuses_to_correct_an_annulled_record() -> None:
    corrected("facts", "样例", annulled("2026-06-13")).refused(AlreadyAnnulled)


@pytest.mark.parametrize(
    ("field", "entry_id"), [("counterpart_name", "p1"), ("entry_id", "p1"), ("fine_fen", "l1"), ("valid_until", "p1")]
)
def test_refuses_to_correct_a_field_that_is_not_of_the_table(field: str, entry_id: str) -> None:
    corrected(field, "1", entry_id=entry_id).refused(NotCorrectable, field_name=field)


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("fine_fen", "two"),
        ("fine_fen", "1.5"),
        ("fine_fen", "-1"),
        ("fine_fen", ""),
        ("fine_fen", "1_0"),
        ("fine_fen", "１"),
        ("fine_fen", " 1"),
        ("decided_on", "2026-02-30"),
        ("decided_on", "20260611"),
        ("decided_on", "2026-W24-4"),
    ],
)
def test_refuses_a_corrected_value_that_cannot_be_read(field: str, new: str) -> None:
    corrected(field, new).refused(ValueUnreadable, new=new)


def test_refuses_a_correction_that_changes_nothing() -> None:
    corrected("fine_fen", "2000000").refused(NothingChanges)
    corrected("document_no", penalty().document_no).refused(NothingChanges)


def test_refuses_to_correct_a_number_into_none() -> None:
    corrected("document_no", "").refused(DocumentNoMissing)


def test_refuses_to_correct_a_number_into_one_recorded_already() -> None:
    other = penalty(entry_id="p2")
    corrected("document_no", other.document_no, recorded(other)).refused(AlreadyRecorded, document_no=other.document_no)
    corrected("document_no", licence().document_no).then(
        RecordCorrected(
            entry_id="p1", field="document_no", old=penalty().document_no, new=licence().document_no, reason="样例更正"
        )
    )


def test_refuses_to_correct_a_decision_day_into_the_future() -> None:
    corrected("decided_on", "2026-11-21").refused(DecidedInFuture, on=day("2026-11-21"))


def test_refuses_to_correct_a_decision_day_past_the_performance_or_the_stated_end() -> None:
    corrected("decided_on", "2026-06-16", performed("2026-06-15")).refused(
        PerformedBeforeDecision, on=day("2026-06-15"), decided_on=day("2026-06-16")
    )
    ends = recorded(penalty(entry_id="p2", stated_until=day("2026-07-01")))
    corrected("decided_on", "2026-07-02", ends, entry_id="p2").refused(EndBeforeDecision)


def test_corrects_the_days_of_a_performance_within_what_recording_them_would_take() -> None:
    done = performed("2026-06-15")
    corrected("performed_on", "2026-06-14", done).then(
        RecordCorrected(entry_id="p1", field="performed_on", old="2026-06-15", new="2026-06-14", reason="样例更正")
    )
    corrected("performed_on", "2026-06-11", done).refused(PerformedBeforeDecision)
    corrected("performed_on", "2026-11-21", done).refused(PerformedInFuture)
    corrected("performed_on", "2026-06-14").refused(NotCorrectable, field_name="performed_on")


@pytest.mark.parametrize("reason", ["", "  "])
def test_refuses_a_correction_or_an_annulment_without_a_reason(reason: str) -> None:
    state = given(REGISTERED, recorded(penalty()))
    state.when(correct_record, by=YI, entry_id="p1", field="nonsense", new="", reason=reason).refused(ReasonMissing)
    state.when(annul_record, by=YI, entry_id="p1", reason=reason).refused(ReasonMissing)


def test_tells_that_a_record_was_annulled_before_it_asks_for_a_reason() -> None:
    state = given(REGISTERED, recorded(penalty()), annulled("2026-06-13"))
    state.when(annul_record, by=YI, entry_id="p1", reason="").refused(AlreadyAnnulled)


def test_refuses_a_correction_that_reverses_the_validity_of_a_licence() -> None:
    dated = licence(entry_id="l2", valid_from=day("2026-02-01"), valid_until=day("2026-03-01"))
    corrected("valid_until", "2026-01-31", recorded_licence(dated), entry_id="l2").refused(ValidityReversed)
    corrected("valid_from", "2026-03-02", recorded_licence(dated), entry_id="l2").refused(ValidityReversed)


def test_tells_of_the_first_of_several_refusals_when_correcting() -> None:
    corrected("counterpart_name", "two", annulled("2026-06-13")).refused(AlreadyAnnulled)
    corrected("counterpart_name", "").refused(NotCorrectable)


# Annulment


def test_annuls_a_record_from_today() -> None:
    given(REGISTERED, recorded(penalty())).when(
        annul_record, on="2026-07-01", by=YI, entry_id="p1", reason="样例"
    ).then(RecordAnnulled(entry_id="p1", annulled_on=day("2026-07-01"), reason="样例"))


def test_refuses_to_annul_a_record_the_file_lacks() -> None:
    given(REGISTERED).when(annul_record, by=YI, entry_id="p1", reason="样例").refused(RecordUnknown)


def test_refuses_to_annul_a_record_twice() -> None:
    given(REGISTERED, recorded(penalty()), annulled("2026-06-13")).when(
        annul_record, by=YI, entry_id="p1", reason="样例"
    ).refused(AlreadyAnnulled)


def test_keeps_the_class_and_the_annulment_in_the_file() -> None:
    entry = given(
        REGISTERED, recorded(penalty()), classified("2026-06-12", "general"), annulled("2026-06-13")
    ).state.records["p1"]
    assert entry.annulled_on == day("2026-06-13")
    assert entry.traits(rules())["class.2025"] == "general"
