"""Changes of code and status: what may follow what, and what a subject that is no more may still meet."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.listing_decisions import propose_listing
from domain.credit_file.profile import (
    ENDED,
    CodeCheckFails,
    CodeMisshapen,
    Deregistered,
    DoubtNeedsEvidence,
    EffectiveInFuture,
    check_existing,
    register_subject,
)
from domain.credit_file.profile_changes import (
    DIRECTION,
    PersonIsNotRegistered,
    SameCode,
    SameStatus,
    StatusGoesBack,
    StatusUnknown,
    change_code,
    change_status,
)
from domain.credit_file.profile_events import CodeChanged, CodeFlagged, StatusChanged
from domain.credit_file.record_checks import CodeOfAnother
from domain.credit_file.record_decisions import record_penalty
from domain.credit_file.standing import standing
from domain.event import Personal
from domain.event_types import reserved_code
from domain.refusals import SubjectUnknown
from tests.domain.credit_file.samples import CODE, REGISTERED, day, penalty
from tests.domain.given import JIA, PAPERS, RULEBOOK, YI, Step, given, rules, step

NEW_CODE = "91210811MA0ABCD98X"
WRONG = CODE[:-1] + "3"
PERSON = step(
    "2018-01-02", JIA, register_subject, subject_kind="natural_person", name="样**", code=None, division="210811",
    person_name=Personal("样例人", "样例号"), identity_number=Personal("样例号", "样例号"),
)  # fmt: skip


def new_code() -> str:
    """A code of another number whose check character is right."""
    from stdnum.cn import uscc

    return str(NEW_CODE[:17] + uscc.calc_check_digit(NEW_CODE[:17]))


def coded(on: str, code: str, effective_on: str | None = None) -> Step:
    return step(on, YI, change_code, code=code, reason="样例换码", effective_on=day(effective_on or on))


def turned(on: str, status: str, reason: str = "", effective_on: str | None = None) -> Step:
    return step(
        on, JIA, change_status,
        status=status, effective_on=day(effective_on or on), authority="样例登记机关", document_no="样例通知",
        reason=reason,
    )  # fmt: skip


STATUS: dict[str, Any] = {"effective_on": day("2026-03-01"), "authority": "样例登记机关"}


# Code


def test_a_new_code_is_borne_from_its_day_and_the_former_one_keeps_finding_the_file() -> None:
    changed = CodeChanged(old_code=CODE, new_code=new_code(), reason="样例换码", effective_on=day("2026-03-01"))
    given(REGISTERED).when(
        change_code, by=YI, code=f" {new_code().lower()}", reason="样例换码", effective_on=day("2026-03-01")
    ).then(changed)
    assert reserved_code(changed) == new_code()
    profile = given(REGISTERED, coded("2026-03-05", new_code(), "2026-03-01")).state.profile
    assert profile.code_on(day("2026-02-28")).code == CODE
    assert profile.code_on(day("2026-03-01")).code == profile.code == new_code()
    assert profile.bore_code(CODE)


def test_a_record_may_bear_the_code_of_its_day_or_the_present_one_and_no_other() -> None:
    reached = given(REGISTERED, coded("2026-03-05", new_code()))
    for code in (CODE, new_code()):
        one = penalty("2026-03-06", code=code)
        reached.when(record_penalty, penalty=one).then(one)
    reached.when(record_penalty, penalty=penalty("2026-03-06", code=WRONG)).refused(CodeOfAnother)


def test_a_code_whose_check_character_is_wrong_is_a_doubt_and_flagged_once_confirmed() -> None:
    asked: dict[str, Any] = {"by": YI, "code": WRONG, "reason": "样例", "effective_on": day("2026-03-01")}
    reached = given(REGISTERED)
    reached.when(change_code, **asked).refused(CodeCheckFails, code=WRONG)
    confirmed = frozenset({"CodeCheckFails"})
    reached.when(change_code, **asked, confirmed=confirmed).refused(DoubtNeedsEvidence)
    reached.when(change_code, **asked, confirmed=confirmed, filing=PAPERS).then(
        CodeChanged(old_code=CODE, new_code=WRONG, reason="样例", effective_on=day("2026-03-01")),
        CodeFlagged(code=WRONG, failed_check="check_character"),
    )


def test_the_flag_of_a_wrong_code_goes_when_a_right_one_takes_its_place() -> None:
    confirmed = {"confirmed": frozenset({"CodeCheckFails"})}
    wrong = step(
        "2026-03-05", YI, change_code, PAPERS, code=WRONG, reason="样例", effective_on=day("2026-03-01"), **confirmed
    )
    assert given(REGISTERED, wrong).state.profile.flagged is not None
    profile = given(REGISTERED, wrong, coded("2026-04-05", new_code())).state.profile
    assert profile.flagged is None
    assert WRONG in profile.flags


@pytest.mark.parametrize("code", ["", CODE[:-1], CODE + "1"])
def test_refuses_what_is_no_code(code: str) -> None:
    given(REGISTERED).when(change_code, by=YI, code=code, reason="样例", effective_on=day("2026-03-01")).refused(
        CodeMisshapen
    )


def test_refuses_the_present_code_and_then_a_day_that_has_not_come() -> None:
    future = day("2026-12-01")
    reached = given(REGISTERED)
    reached.when(change_code, by=YI, code=CODE, reason="样例", effective_on=future).refused(SameCode)
    reached.when(change_code, by=YI, code=new_code(), reason="样例", effective_on=future).refused(EffectiveInFuture)


def test_refuses_codes_and_statuses_of_nobody_and_of_a_natural_person() -> None:
    code: dict[str, Any] = {"by": YI, "code": CODE, "reason": "样例", "effective_on": day("2026-03-01")}
    given().when(change_code, **code).refused(SubjectUnknown)
    given(PERSON).when(change_code, **code).refused(PersonIsNotRegistered)
    given().when(change_status, status="liquidation", **STATUS).refused(SubjectUnknown)
    given(PERSON).when(change_status, status="liquidation", **STATUS).refused(PersonIsNotRegistered)


# Status


def test_a_status_counts_from_its_day_and_is_stated_so() -> None:
    changed = StatusChanged(status="liquidation", document_no="", reason="", **STATUS)
    given(REGISTERED).when(change_status, status="liquidation", **STATUS).then(changed)
    reached = given(REGISTERED, turned("2026-03-05", "liquidation", effective_on="2026-03-01"))
    before = standing(reached.state, day("2026-02-28"), rules())
    after = standing(reached.state, day("2026-03-01"), rules())
    assert before is not None
    assert after is not None
    assert "status" not in {one.item for one in before.fields}
    assert {one.item: one.value for one in after.fields}["status"] == "liquidation"


def test_a_status_closes_in_one_direction_only() -> None:
    reached = given(REGISTERED, turned("2026-01-05", "licence_revoked"))
    reached.when(change_status, status="existing", **STATUS).refused(StatusGoesBack, status="存续", before="吊销")
    reached.when(change_status, status="deregistered", **STATUS).then(StatusChanged(status="deregistered", **STATUS))


def test_the_way_back_needs_the_reason_of_the_authority() -> None:
    reached = given(REGISTERED, turned("2026-01-05", "deregistered"))
    reached.when(change_status, status="existing", **STATUS, reason=" ").refused(StatusGoesBack)
    back = reached.when(change_status, status="existing", **STATUS, reason="撤销注销登记（样例）")
    back.then(StatusChanged(status="existing", **STATUS, reason="撤销注销登记（样例）"))


def test_a_status_learnt_late_may_not_be_further_closed_than_the_one_after_it() -> None:
    reached = given(REGISTERED, turned("2026-05-05", "suspended"))
    reached.when(change_status, status="deregistered", **STATUS).refused(StatusGoesBack, status="停业", before="注销")


def test_refuses_an_unknown_status_the_same_one_and_a_day_that_has_not_come_in_this_order() -> None:
    reached = given(REGISTERED, turned("2026-01-05", "suspended"))
    future = STATUS | {"effective_on": day("2026-12-01")}
    reached.when(change_status, status="样例", **future).refused(EffectiveInFuture)
    reached.when(change_status, status="样例", **STATUS).refused(StatusUnknown, status="样例")
    reached.when(change_status, status="suspended", **STATUS).refused(SameStatus)
    given(REGISTERED).when(change_status, status="existing", **STATUS).refused(SameStatus)


def test_a_deregistered_subject_is_listed_no_more_from_that_day_on() -> None:
    file = given(REGISTERED, turned("2026-03-05", "deregistered", effective_on="2026-03-01")).state
    check_existing(file, day("2026-02-28"))
    for on in ("2026-03-01", "2030-01-01"):
        with pytest.raises(Deregistered):
            check_existing(file, day(on))
    given(REGISTERED, turned("2026-03-05", "deregistered")).when(
        propose_listing, listing_id="s1", list_type="sample", facts="样例"
    ).refused(Deregistered, since=day("2026-03-05"))
    assert file.profile.ended_on == day("2026-03-01")


def test_a_subject_that_came_back_is_listed_again() -> None:
    back = given(REGISTERED, turned("2026-03-01", "deregistered"), turned("2026-04-01", "existing", "样例撤销注销"))
    check_existing(back.state, day("2026-04-01"))
    assert back.state.profile.ended_on is None
    with pytest.raises(Deregistered):
        check_existing(back.state, day("2026-03-31"))


def test_the_statuses_of_the_code_list_have_a_kind_that_the_register_knows() -> None:
    statuses = RULEBOOK.code_list("subject_statuses").values()
    assert {one.kind for one in statuses} == set(DIRECTION)
    assert {one.code for one in statuses if one.kind == "ended"} == ENDED
