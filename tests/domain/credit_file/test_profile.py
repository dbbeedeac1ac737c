"""Decisions of the profile: registering and renaming."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.profile import (
    AlreadyRegistered,
    CodeCheckFails,
    CodeFlagged,
    CodeMisshapen,
    DoubtNeedsEvidence,
    EffectiveInFuture,
    NameMissing,
    PersonNameShown,
    PersonNotSealed,
    SameName,
    SubjectRegistered,
    SubjectRenamed,
    register_subject,
    rename_subject,
)
from domain.event import Evidence, Personal
from domain.refusals import SubjectUnknown
from tests.domain.credit_file.samples import CODE, NAME, REGISTERED, day
from tests.domain.given import JIA, PAPERS, given, step

WRONG = CODE[:-1] + "3"
FIRM: dict[str, Any] = {"subject_kind": "organisation", "name": NAME, "code": CODE, "division": "210811"}
PERSON: dict[str, Any] = {
    "subject_kind": "natural_person", "name": "样**", "code": None, "division": "210811",
    "person_name": Personal("样例人", "样例号"), "identity_number": Personal("样例号", "样例号"),
}  # fmt: skip
NEW_NAME = "营口样例新海通商贸有限公司"


def renamed(on: str, name: str, effective_on: str) -> Any:
    return step(on, JIA, rename_subject, name=name, effective_on=day(effective_on))


def test_registers_a_subject_under_its_code() -> None:
    given().when(register_subject, **FIRM).then(SubjectRegistered(**FIRM))


def test_stores_a_code_half_width_upper_case_and_without_gaps() -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in CODE.lower())
    given().when(register_subject, **FIRM | {"code": f" {wide[:9]}-{wide[9:]}\u200b"}).then(SubjectRegistered(**FIRM))


def test_registers_a_natural_person_without_a_code_under_sealed_name_and_number() -> None:
    given().when(register_subject, **PERSON).then(SubjectRegistered(**PERSON))


@pytest.mark.parametrize("missing", ["person_name", "identity_number"])
def test_refuses_a_natural_person_without_name_or_number_to_be_sealed(missing: str) -> None:
    given().when(register_subject, **PERSON | {missing: None, "name": "样例人"}).refused(PersonNotSealed)


@pytest.mark.parametrize("name", ["样例人", "样", "**", "样例人*", "样* *", "样****"])
def test_refuses_a_natural_person_whose_shown_name_tells_more_than_the_surname(name: str) -> None:
    given().when(register_subject, **PERSON | {"name": name}).refused(PersonNameShown)


@pytest.mark.parametrize("name", ["样**", "样*", "样例**"])
def test_takes_a_natural_person_shown_by_surname_and_stars(name: str) -> None:
    given().when(register_subject, **PERSON | {"name": name}).then(SubjectRegistered(**PERSON | {"name": name}))


def test_refuses_to_rename_a_natural_person_in_the_clear() -> None:
    registered = step("2026-01-05", JIA, register_subject, **PERSON)
    given(registered).when(rename_subject, name="样例人", effective_on=day("2026-03-01")).refused(PersonNameShown)
    given(registered).when(rename_subject, name="例**", effective_on=day("2026-03-01")).then(
        SubjectRenamed(name="例**", effective_on=day("2026-03-01"))
    )


def test_refuses_to_register_a_subject_twice() -> None:
    given(REGISTERED).when(register_subject, **FIRM).refused(AlreadyRegistered)


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_refuses_to_register_a_subject_without_a_name(name: str) -> None:
    given().when(register_subject, **FIRM | {"name": name}).refused(NameMissing)


@pytest.mark.parametrize("code", [None, "", CODE[:-1], CODE + "1", CODE[:-1] + "码", CODE[:-1] + "*"])
def test_refuses_to_register_a_firm_under_what_is_no_code(code: str | None) -> None:
    given().when(register_subject, **FIRM | {"code": code}).refused(CodeMisshapen)


def test_doubts_a_code_whose_check_character_is_wrong() -> None:
    given().when(register_subject, **FIRM | {"code": WRONG}).refused(CodeCheckFails, code=WRONG)


def test_flags_a_wrong_code_once_the_officer_confirmed_it() -> None:
    confirmed = frozenset({"CodeCheckFails"})
    given().when(register_subject, filing=PAPERS, **FIRM | {"code": WRONG}, confirmed=confirmed).then(
        SubjectRegistered(**FIRM | {"code": WRONG}), CodeFlagged(code=WRONG, failed_check="check_character")
    )


@pytest.mark.parametrize("papers", [(), (Evidence(title=" "),)])
def test_refuses_to_confirm_a_doubt_about_the_code_without_evidence(papers: tuple[Evidence, ...]) -> None:
    given().when(
        register_subject, filing={"evidence": papers}, **FIRM | {"code": WRONG}, confirmed=frozenset({"CodeCheckFails"})
    ).refused(DoubtNeedsEvidence)


def test_does_not_flag_a_right_code_that_was_confirmed_needlessly() -> None:
    given().when(register_subject, **FIRM, confirmed=frozenset({"CodeCheckFails"})).then(SubjectRegistered(**FIRM))


def test_tells_of_the_first_of_several_refusals_when_registering() -> None:
    bad = FIRM | {"name": "", "code": WRONG[:-1]}
    given(REGISTERED).when(register_subject, **bad).refused(AlreadyRegistered)
    given().when(register_subject, **bad).refused(NameMissing)


def test_renames_a_subject_and_keeps_the_former_name() -> None:
    effective_on = day("2026-03-01")
    given(REGISTERED).when(rename_subject, name=NEW_NAME, effective_on=effective_on).then(
        SubjectRenamed(name=NEW_NAME, effective_on=effective_on)
    )
    profile = given(REGISTERED, renamed("2026-03-05", NEW_NAME, "2026-03-01")).state.profile
    assert profile.name_on(day("2026-02-28")).name == NAME
    assert profile.name_on(day("2026-03-01")).name == NEW_NAME
    assert profile.bore(NAME)


def test_puts_a_name_learnt_late_before_the_newer_one() -> None:
    late = given(
        REGISTERED, renamed("2026-03-05", NEW_NAME, "2026-03-01"), renamed("2026-04-01", "样例中间名", "2022-01-01")
    ).state.profile
    assert [one.name for one in late.names] == [NAME, "样例中间名", NEW_NAME]
    assert late.name == NEW_NAME


def test_refuses_to_rename_a_subject_nobody_registered() -> None:
    given().when(rename_subject, name=NEW_NAME, effective_on=day("2026-03-01")).refused(SubjectUnknown)


def test_refuses_a_new_name_that_is_empty() -> None:
    given(REGISTERED).when(rename_subject, name=" ", effective_on=day("2026-03-01")).refused(NameMissing)


def test_refuses_a_new_name_equal_to_the_present_one() -> None:
    given(REGISTERED).when(rename_subject, name=NAME, effective_on=day("2026-03-01")).refused(SameName)


def test_refuses_a_name_that_takes_effect_tomorrow() -> None:
    tomorrow, today = day("2026-11-21"), day("2026-11-20")
    given(REGISTERED).when(rename_subject, on="2026-11-20", name=NEW_NAME, effective_on=tomorrow).refused(
        EffectiveInFuture, on=tomorrow
    )
    given(REGISTERED).when(rename_subject, on="2026-11-20", name=NEW_NAME, effective_on=today).then(
        SubjectRenamed(name=NEW_NAME, effective_on=today)
    )


def test_tells_that_the_name_is_the_same_before_the_day_is_looked_at() -> None:
    given(REGISTERED).when(rename_subject, name=NAME, effective_on=day("2027-01-01")).refused(SameName)
