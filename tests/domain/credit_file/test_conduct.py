"""Conduct: qualifications, honours and adverse conduct, from recording to end, correction and annulment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.conduct import (
    AdverseConductRecorded,
    ConductAnnulled,
    ConductCorrected,
    HonourRecorded,
    QualificationRecognised,
    RecognitionEnded,
)
from domain.credit_file.conduct_decisions import (
    AggravatorNotOfField,
    AuthorityMissing,
    ConductAlreadyAnnulled,
    ConductCodeUnknown,
    ConductNotCorrectable,
    ConductRecordedBefore,
    ConductUnknown,
    ConsequenceMissing,
    CountryMissing,
    FactsMissing,
    NoRecognition,
    RecognitionOver,
    RepetitionDiffers,
    SectionNotInCharge,
    TitleMissing,
    annul_conduct,
    correct_conduct,
    end_recognition,
    recognise_qualification,
    record_adverse_conduct,
    record_honour,
)
from domain.credit_file.disclosure import NotDisclosedByLaw, disclose
from domain.credit_file.disclosure import disclosed as periods_of
from domain.credit_file.duties import owed
from domain.credit_file.persons import LinkUnknown, link_person
from domain.credit_file.profile import Deregistered, DoubtNeedsEvidence, IdTaken
from domain.credit_file.profile_changes import change_status
from domain.credit_file.record_checks import (
    DocumentNoMissing,
    NothingChanges,
    ReasonMissing,
    ValidityReversed,
    ValueUnreadable,
)
from domain.credit_file.red_list import bad_records
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.credit_file.tier import inputs_on, tier_on
from domain.event import Personal
from domain.law.reading import Reading
from domain.refusals import CaseMoved, RuleMissing, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import REGISTERED, by, day, disclosed, penalty, recorded
from tests.domain.given import JIA, PAPERS, RULEBOOK, YI, Given, Step, context, given, rules, step

ABROAD = Officer("样例员辛", "handler", "overseas_cooperation")
TRADE = Officer("样例员壬", "handler", "foreign_trade")
FINANCE = Officer("样例员癸", "handler", "finance")


def qualification(conduct_id: str = "q1", **given_: Any) -> QualificationRecognised:
    values: dict[str, Any] = {
        "kind": "样例绿色商场", "grade": "样例一级", "certificate_no": "样例证一号", "authority": "营口市商务局",
        "decided_on": day("2024-03-01"), "valid_from": day("2024-03-01"), "valid_until": day("2027-02-28"),
    } | given_  # fmt: skip
    return QualificationRecognised(conduct_id=conduct_id, **values)


def honour(conduct_id: str = "h1", **given_: Any) -> HonourRecorded:
    values: dict[str, Any] = {
        "title": "样例诚信兴商典型", "level": "city", "authority": "营口市商务局", "document_no": "样例表彰一号",
        "decided_on": day("2024-06-01"),
    } | given_  # fmt: skip
    return HonourRecorded(conduct_id=conduct_id, **values)


def adverse(conduct_id: str = "a1", **given_: Any) -> AdverseConductRecorded:
    values: dict[str, Any] = {
        "conduct_code": "CL07", "facts": "样例事实", "country": "样例国", "source_section": "overseas_cooperation",
        "found_on": day("2024-05-06"), "document_no": "样例调查一号",
    } | given_  # fmt: skip
    return AdverseConductRecorded(conduct_id=conduct_id, **values)


def qualified(**given_: Any) -> Step:
    one = qualification(**given_)
    return step(one.decided_on.isoformat(), JIA, recognise_qualification, qualification=one)


def honoured(**given_: Any) -> Step:
    one = honour(**given_)
    return step(one.decided_on.isoformat(), JIA, record_honour, honour=one)


def found(conduct_id: str = "a1", **given_: Any) -> Step:
    one = adverse(conduct_id, **given_)
    sure = frozenset({"RepetitionDiffers"})
    return step(one.found_on.isoformat(), JIA, record_adverse_conduct, PAPERS, conduct=one, confirmed=sure)


def ended(on: str, conduct_id: str = "h1", **given_: Any) -> Step:
    values: dict[str, Any] = {"cause": "revoked", "effective_on": day(on), "document_no": "样例撤销一号"} | given_
    return step(on, YI, end_recognition, conduct_id=conduct_id, **values)


def annulled(on: str, conduct_id: str = "h1") -> Step:
    return step(on, YI, annul_conduct, conduct_id=conduct_id, reason="样例撤销")


def corrected(on: str, field: str, new: str, conduct_id: str = "h1", reason: str = "样例更正") -> Step:
    return step(on, YI, correct_conduct, conduct_id=conduct_id, field=field, new=new, reason=reason)


def when(state: Given, one: Step, **args: Any) -> Any:
    return state.when(one.decide, by=one.by, on=one.on, filing=one.filing, **one.args | args)


def record(state: Given, one: AdverseConductRecorded, who: Officer = JIA, on: str = "2024-06-03", **args: Any) -> Any:
    return state.when(record_adverse_conduct, by=who, on=on, conduct=one, **args)


def shown_on(state: Given, entry_id: str, *days: str) -> list[bool]:
    period = periods_of(state.state, rules()).get(entry_id)
    return [period is not None and period.covers(day(one)) for one in days]


def told(state: Given, item: str, on: str) -> list[str]:
    answer = standing(state.state, day(on), rules())
    assert answer is not None
    return [one.value for one in answer.fields if one.item == item]


KNOWN = given(REGISTERED)


# Qualifications and honours


def test_records_a_qualification_and_an_honour() -> None:
    KNOWN.when(recognise_qualification, qualification=qualification()).then(qualification())
    KNOWN.when(record_honour, honour=honour()).then(honour())


def test_a_qualification_is_shown_once_released_through_its_last_day() -> None:
    state = given(REGISTERED, qualified())
    assert shown_on(state, "q1", "2024-03-05") == [False]
    assert ("disclose", "q1") in [(one.act, one.case_id) for one in owed(state.state, rules())]
    released = state.after(disclosed("2024-03-05", "q1"))
    assert shown_on(released, "q1", "2024-03-04", "2024-03-05", "2027-02-28", "2027-03-01") == [
        False, True, True, False
    ]  # fmt: skip


def test_an_honour_without_end_is_shown_until_it_is_ended() -> None:
    state = given(REGISTERED, honoured(), disclosed("2024-06-03", "h1"))
    assert shown_on(state, "h1", "2040-01-01") == [True]
    over = state.after(ended("2025-01-10"))
    assert shown_on(over, "h1", "2025-01-09", "2025-01-10") == [True, False]
    assert periods_of(over.state, rules())["h1"].cause == "recognition_ended"
    assert told(over, "honour", "2025-01-09") == ["样例诚信兴商典型"]
    assert told(over, "honour.ended", "2025-01-10") == ["revoked"]


def test_an_honour_of_another_field_is_for_officers_from_2025_06_22() -> None:
    state = given(REGISTERED, honoured(authority="样例市场监管局"), disclosed("2024-06-03", "h1"))
    assert shown_on(state, "h1", "2025-06-21", "2025-06-22") == [True, False]
    late = given(REGISTERED, honoured(authority="样例市场监管局", decided_on=day("2025-07-01")))
    late.when(disclose, by=YI, on="2025-07-02", entry_id="h1").refused(NotDisclosedByLaw)


def test_nobody_releases_the_honour_they_recorded_or_corrected() -> None:
    state = given(REGISTERED, by(YI, honoured()))
    state.when(disclose, by=YI, on="2024-06-03", entry_id="h1").refused(SameOfficer)
    fixed = given(REGISTERED, honoured(), corrected("2024-06-03", "title", "样例另一荣誉"))
    fixed.when(disclose, by=YI, on="2024-06-03", entry_id="h1").refused(SameOfficer)


def test_refuses_a_qualification_or_honour_of_a_subject_nobody_registered() -> None:
    given().when(recognise_qualification, qualification=qualification()).refused(SubjectUnknown)
    given().when(record_honour, honour=honour()).refused(SubjectUnknown)


def test_refuses_a_recognition_of_a_day_on_which_the_subject_was_no_more() -> None:
    gone = step(
        "2024-02-01", JIA, change_status, status="deregistered", effective_on=day("2024-02-01"),
        authority="样例登记机关", document_no="样例注销一号",
    )  # fmt: skip
    state = given(REGISTERED, gone)
    state.when(recognise_qualification, qualification=qualification()).refused(Deregistered)
    state.when(record_honour, honour=honour()).refused(Deregistered)
    before = honour(decided_on=day("2024-01-31"))
    state.when(record_honour, honour=before).then(before)


def test_refuses_a_recognition_under_an_id_used_for_anything_else() -> None:
    state = given(REGISTERED, recorded(penalty("2024-01-05")))
    state.when(recognise_qualification, qualification=qualification("p1")).refused(IdTaken)
    state.when(record_honour, honour=honour("p1")).refused(IdTaken)


def test_refuses_a_recognition_without_name_authority_or_number_in_this_order() -> None:
    KNOWN.when(record_honour, honour=honour(title=" ", authority="")).refused(TitleMissing)
    KNOWN.when(record_honour, honour=honour(authority=" ", document_no="")).refused(AuthorityMissing)
    KNOWN.when(record_honour, honour=honour(document_no=" ")).refused(DocumentNoMissing)
    KNOWN.when(recognise_qualification, qualification=qualification(kind="")).refused(TitleMissing)
    KNOWN.when(recognise_qualification, qualification=qualification(authority="")).refused(AuthorityMissing)
    KNOWN.when(recognise_qualification, qualification=qualification(certificate_no="")).refused(DocumentNoMissing)


def test_refuses_the_same_recognition_twice_unless_the_first_was_annulled() -> None:
    state = given(REGISTERED, qualified(), honoured())
    state.when(record_honour, honour=honour("h2")).refused(ConductRecordedBefore, number="样例表彰一号")
    state.when(recognise_qualification, qualification=qualification("q2")).refused(ConductRecordedBefore)
    again = state.after(annulled("2024-07-01"))
    again.when(record_honour, honour=honour("h2")).then(honour("h2"))


def test_refuses_a_recognition_of_tomorrow_or_one_that_ends_before_it_begins() -> None:
    KNOWN.when(record_honour, on="2024-05-31", honour=honour()).refused(DayInFuture)
    KNOWN.when(record_honour, honour=honour(valid_until=day("2024-05-31"))).refused(ValidityReversed)
    KNOWN.when(recognise_qualification, on="2024-02-29", qualification=qualification()).refused(DayInFuture)
    reversed_one = qualification(valid_until=day("2024-02-29"))
    KNOWN.when(recognise_qualification, qualification=reversed_one).refused(ValidityReversed)


# Adverse conduct


def test_records_adverse_conduct_of_the_closed_lists() -> None:
    record(KNOWN, adverse()).then(adverse())
    record(KNOWN, adverse(), ABROAD).then(adverse())


def test_adverse_conduct_is_on_no_page_and_counts_for_officers() -> None:
    state = given(REGISTERED, found())
    state.when(disclose, by=YI, on="2024-06-03", entry_id="a1").refused(NotDisclosedByLaw)
    assert "a1" not in [one.case_id for one in owed(state.state, rules())]
    assert told(state, "adverse_conduct", "2024-05-05") == []
    assert told(state, "adverse_conduct", "2024-05-06") == ["CL07"]
    assert [one.code for one in bad_records(state.state, day("2024-06-03"), rules())] == ["adverse_conduct"]


def test_adverse_conduct_counts_for_the_tier_until_it_may_be_kept_no_longer() -> None:
    state = given(REGISTERED, found())
    for on, codes in (("2024-05-05", []), ("2024-05-06", ["adverse_conduct"]), ("2029-05-06", ["adverse_conduct"])):
        assert [one.code for one in inputs_on(state.state, day(on), rules())] == codes
    assert inputs_on(state.state, day("2029-05-07"), rules()) == []
    tier = tier_on(state.state, day("2024-06-03"), rules())
    assert tier is not None
    assert tier.grade == "C"


@pytest.mark.parametrize(("on", "grade"), [("2021-06-01", "bureau_good"), ("2024-06-03", "A")])
def test_an_honour_gives_the_best_grade_and_a_qualification_none(on: str, grade: str) -> None:
    state = given(REGISTERED, qualified(decided_on=day("2021-05-01"), valid_from=day("2021-05-01")))
    assert inputs_on(state.state, day(on), rules()) == []
    best = tier_on(state.after(honoured(decided_on=day("2021-05-03"))).state, day(on), rules())
    assert best is not None
    assert (best.grade, [one.code for one in best.inputs]) == (grade, ["honour"])


def test_refuses_adverse_conduct_of_a_subject_nobody_registered_or_under_a_used_id() -> None:
    record(given(), adverse()).refused(SubjectUnknown)
    record(given(REGISTERED, found()), adverse()).refused(IdTaken)


@pytest.mark.parametrize(("code", "found_on"), [("XX01", "2024-05-06"), ("CL07", "2020-07-15")])
def test_refuses_conduct_of_no_list_of_its_day(code: str, found_on: str) -> None:
    one = adverse(conduct_code=code, found_on=day(found_on), source_section="finance")
    record(KNOWN, one).refused(ConductCodeUnknown, given=code)
    record(KNOWN, adverse(found_on=day("2020-07-16"))).then(adverse(found_on=day("2020-07-16")))


def test_refuses_conduct_where_the_rulebook_gives_no_basis_for_recording_it() -> None:
    silent = replace(context("2024-06-03"), rules=Reading(RULEBOOK.without("departmental_document")))
    with pytest.raises(RuleMissing):
        record_adverse_conduct(KNOWN.state, silent, conduct=adverse())


@pytest.mark.parametrize(
    ("code", "section", "who", "is_refused"),
    [
        ("CL07", "overseas_cooperation", ABROAD, False),
        ("CL07", "overseas_cooperation", TRADE, True),
        ("CL07", "foreign_trade", ABROAD, True),
        ("OI04", "overseas_cooperation", ABROAD, False),
        ("FT01", "foreign_trade", TRADE, False),
        ("FT01", "ecommerce", TRADE, False),
        ("FT01", "foreign_trade", ABROAD, True),
        ("FT01", "overseas_cooperation", JIA, True),
        ("FT01", "foreign_trade", JIA, False),
        ("FT01", "foreign_trade", FINANCE, True),
    ],
)
def test_adverse_conduct_is_recorded_by_the_section_of_its_field_or_by_market_order(
    code: str, section: str, who: Officer, is_refused: bool
) -> None:
    one = adverse(conduct_code=code, source_section=section)
    if is_refused:
        refusal = record(KNOWN, one, who).refused(SectionNotInCharge)
        assert refusal.basis.startswith("营商〔2020〕65号")
    else:
        record(KNOWN, one, who).then(one)


@pytest.mark.parametrize(
    ("code", "found_on", "instrument"),
    [
        ("CL07", "2024-05-06", "商合发〔2013〕248号"),
        ("FT01", "2022-12-29", "商合发〔2013〕248号"),
        ("FT01", "2022-12-30", "对外贸易法（2022年）"),
        ("FT01", "2026-02-28", "对外贸易法（2022年）"),
        ("FT01", "2026-03-01", "对外贸易法（2025年）"),
    ],
)
def test_the_basis_of_the_record_is_that_of_the_day_on_which_it_was_found(
    code: str, found_on: str, instrument: str
) -> None:
    section = "foreign_trade" if code.startswith("FT") else "overseas_cooperation"
    read = rules()
    one = adverse(conduct_code=code, found_on=day(found_on), source_section=section)
    record_adverse_conduct(KNOWN.state, replace(context("2026-11-20"), rules=read), conduct=one)
    (basis,) = [row for row in read.used if row.parameter == "conduct.recorded"]
    assert basis.citation.startswith(instrument)


def test_refuses_adverse_conduct_of_tomorrow_or_without_facts_or_number_in_this_order() -> None:
    record(KNOWN, adverse(facts=""), on="2024-05-05").refused(DayInFuture)
    record(KNOWN, adverse(facts=" ", document_no="")).refused(FactsMissing)
    record(KNOWN, adverse(document_no=" ", country="")).refused(DocumentNoMissing)


def test_one_report_finds_each_conduct_once_but_may_find_several() -> None:
    state = given(REGISTERED, found())
    record(state, adverse("a2", repeated=True)).refused(ConductRecordedBefore)
    other = adverse("a2", conduct_code="CL08")
    record(state, other).then(other)


def test_conduct_abroad_names_its_country_and_foreign_trade_needs_none() -> None:
    record(KNOWN, adverse(country=" ", aggravated=True)).refused(CountryMissing)
    home = adverse(conduct_code="FT01", source_section="foreign_trade", country="")
    record(KNOWN, home).then(home)


def test_the_aggravator_is_of_conduct_abroad_and_needs_its_consequence() -> None:
    trade = adverse(conduct_code="FT01", source_section="foreign_trade", aggravated=True)
    record(KNOWN, trade).refused(AggravatorNotOfField)
    record(KNOWN, adverse(aggravated=True, consequence=" ")).refused(ConsequenceMissing)
    grave = adverse(aggravated=True, consequence="样例后果")
    record(KNOWN, grave).then(grave)


def test_the_responsible_person_is_one_of_the_file() -> None:
    record(KNOWN, adverse(person_link="k1")).refused(LinkUnknown)
    linked = step(
        "2024-05-06", JIA, link_person, link_id="k1", role="directly_responsible", shown_name="样**",
        person_name=Personal("样例人", "样例号"), identity_number=None, from_on=day("2024-01-01"),
    )  # fmt: skip
    one = adverse(person_link="k1")
    record(given(REGISTERED, linked), one).then(one)


@pytest.mark.parametrize(
    ("before", "repeated", "is_doubted"),
    [(False, False, False), (False, True, True), (True, False, True), (True, True, False)],
)
def test_first_or_repeated_follows_from_the_file_unless_confirmed_with_evidence(
    before: bool, repeated: bool, is_doubted: bool
) -> None:
    state = given(REGISTERED, found()) if before else KNOWN
    one = adverse("a2", document_no="样例调查二号", found_on=day("2024-06-03"), repeated=repeated)
    if not is_doubted:
        record(state, one).then(one)
        return
    record(state, one).refused(RepetitionDiffers, before=int(before))
    sure = frozenset({"RepetitionDiffers"})
    record(state, one, confirmed=sure).refused(DoubtNeedsEvidence)
    record(state, one, filing=PAPERS, confirmed=sure).then(one)


def test_what_was_annulled_or_is_of_another_code_or_found_later_makes_no_repetition() -> None:
    gone = given(REGISTERED, found(), annulled("2024-05-07", "a1"))
    other = given(REGISTERED, found(conduct_code="CL08"))
    later = given(REGISTERED, found(found_on=day("2024-06-04")))
    for state in (gone, other, later):
        record(state, adverse("a2", document_no="样例调查二号"), on="2024-06-05").then(
            adverse("a2", document_no="样例调查二号")
        )


# Ends, corrections, annulments


def test_records_the_end_of_a_recognition() -> None:
    when(given(REGISTERED, honoured()), ended("2025-01-10")).then(
        RecognitionEnded(conduct_id="h1", cause="revoked", effective_on=day("2025-01-10"), document_no="样例撤销一号")
    )


def test_refuses_the_end_of_what_the_file_lacks_or_of_what_moved_on() -> None:
    when(given(), ended("2025-01-10")).refused(SubjectUnknown)
    when(KNOWN, ended("2025-01-10")).refused(ConductUnknown)
    when(given(REGISTERED, honoured()), ended("2025-01-10"), seen=1).refused(CaseMoved)
    assert when(given(REGISTERED, honoured()), ended("2025-01-10"), seen=2).events


def test_refuses_the_end_of_what_was_annulled_ended_or_has_no_term() -> None:
    when(given(REGISTERED, honoured(), annulled("2024-07-01")), ended("2025-01-10")).refused(ConductAlreadyAnnulled)
    when(given(REGISTERED, honoured(), ended("2025-01-10")), ended("2025-02-10")).refused(
        RecognitionOver, since=day("2025-01-10")
    )
    when(given(REGISTERED, found()), ended("2025-01-10", "a1")).refused(NoRecognition)


def test_the_end_of_a_recognition_names_its_document_unless_it_expired() -> None:
    state = given(REGISTERED, honoured())
    when(state, ended("2025-01-10", document_no="")).refused(DocumentNoMissing)
    assert when(state, ended("2025-01-10", document_no="", cause="expired")).events


def test_refuses_an_end_of_tomorrow_or_before_the_recognition() -> None:
    state = given(REGISTERED, honoured())
    when(state, ended("2025-01-10", effective_on=day("2025-01-11"))).refused(DayInFuture)
    when(state, ended("2025-01-10", effective_on=day("2024-05-31"))).refused(BeforeStepBefore)


def test_a_corrected_honour_is_off_the_page_until_it_is_released_anew() -> None:
    shown = [REGISTERED, honoured(), disclosed("2024-06-03", "h1")]
    state = given(*shown, corrected("2024-08-01", "title", "样例更正荣誉"))
    assert shown_on(state, "h1", "2024-07-31", "2024-08-01") == [True, False]
    assert told(state, "honour", "2024-08-01") == ["样例更正荣誉"]
    boss = replace(YI, officer_id="样例员丑")
    assert shown_on(state.after(by(boss, disclosed("2024-08-02", "h1"))), "h1", "2024-08-01", "2024-08-02") == [
        False, True
    ]  # fmt: skip


def test_records_a_correction_with_what_stood_there() -> None:
    when(given(REGISTERED, honoured()), corrected("2024-08-01", "valid_until", "2027-05-31")).then(
        ConductCorrected(conduct_id="h1", field="valid_until", old="", new="2027-05-31", reason="样例更正")
    )


def test_a_last_day_corrected_after_it_had_come_shows_nothing_in_between() -> None:
    state = given(
        REGISTERED, honoured(valid_until=day("2025-05-31")), disclosed("2024-06-03", "h1"),
        corrected("2025-07-01", "valid_until", "2026-05-31"),
        by(replace(YI, officer_id="样例员丑"), disclosed("2025-07-02", "h1")),
    )  # fmt: skip
    assert shown_on(state, "h1", "2025-05-31", "2025-06-15", "2025-07-02", "2026-06-01") == [True, False, True, False]


def test_refuses_a_correction_of_what_is_not_there_or_moved_on_or_was_annulled() -> None:
    when(given(), corrected("2024-08-01", "title", "样例")).refused(SubjectUnknown)
    when(KNOWN, corrected("2024-08-01", "title", "样例")).refused(ConductUnknown)
    state = given(REGISTERED, honoured())
    when(state, corrected("2024-08-01", "title", "样例"), seen=1).refused(CaseMoved)
    when(state.after(annulled("2024-07-01")), corrected("2024-08-01", "title", "", reason="")).refused(
        ConductAlreadyAnnulled
    )


def test_refuses_a_correction_without_reason_before_it_looks_at_the_field() -> None:
    when(given(REGISTERED, honoured()), corrected("2024-08-01", "level", "x", reason=" ")).refused(ReasonMissing)


@pytest.mark.parametrize("field", ["level", "conduct_id", "grade", "found_on"])
def test_refuses_to_correct_a_field_that_the_record_lacks_or_that_names_it(field: str) -> None:
    when(given(REGISTERED, honoured()), corrected("2024-08-01", field, "样例")).refused(ConductNotCorrectable)


def test_refuses_a_corrected_value_that_cannot_be_read_or_changes_nothing_or_could_not_be_recorded() -> None:
    state = given(REGISTERED, honoured(), honoured(conduct_id="h2", document_no="样例表彰二号"))
    when(state, corrected("2024-08-01", "decided_on", "2024-6-1")).refused(ValueUnreadable)
    when(state, corrected("2024-08-01", "decided_on", "2024-06-01")).refused(NothingChanges)
    when(state, corrected("2024-08-01", "document_no", " ")).refused(DocumentNoMissing)
    when(state, corrected("2024-08-01", "document_no", "样例表彰二号")).refused(ConductRecordedBefore)
    when(state, corrected("2024-08-01", "decided_on", "2024-08-02")).refused(DayInFuture)
    when(state, corrected("2024-08-01", "valid_until", "2024-05-31")).refused(ValidityReversed)


def test_an_annulled_record_counts_no_more_from_today() -> None:
    state = given(REGISTERED, honoured(), disclosed("2024-06-03", "h1"))
    when(state, annulled("2024-08-01")).then(
        ConductAnnulled(conduct_id="h1", annulled_on=day("2024-08-01"), reason="样例撤销")
    )
    gone = state.after(annulled("2024-08-01"))
    assert shown_on(gone, "h1", "2024-07-31", "2024-08-01") == [True, False]
    assert told(gone, "conduct.annulled", "2024-08-01") == ["2024-08-01"]
    assert inputs_on(gone.state, day("2024-08-01"), rules()) == []


def test_refuses_to_annul_what_is_not_there_moved_on_or_was_annulled_and_asks_for_a_reason() -> None:
    when(given(), annulled("2024-08-01")).refused(SubjectUnknown)
    when(KNOWN, annulled("2024-08-01")).refused(ConductUnknown)
    state = given(REGISTERED, honoured())
    when(state, annulled("2024-08-01"), seen=1).refused(CaseMoved)
    when(state.after(annulled("2024-07-01")), annulled("2024-08-01"), reason="").refused(ConductAlreadyAnnulled)
    when(state, annulled("2024-08-01"), reason=" ").refused(ReasonMissing)
