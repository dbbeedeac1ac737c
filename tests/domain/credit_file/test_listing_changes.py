"""Listings corrected, listings whose basis became doubtful, and lists kept by market regulation as received."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.disclosure import disclose
from domain.credit_file.disclosure_period import disclosed, is_released
from domain.credit_file.exit import NotOnList, receive_exit_decision, revoke_listing
from domain.credit_file.listing import covers, end_of, stays
from domain.credit_file.listing_changes import (
    BasisNotDoubtful,
    ListingDayUnreadable,
    ListingFieldUnchanged,
    ListingNeedsPaper,
    NoFalseRepair,
    confirm_listing,
    correct_listing,
    doubtful_basis,
    open_doubt,
    reinstate_listing,
    stated,
)
from domain.credit_file.listing_checks import AlreadyListed, ListHasNoBasis, ListingUnknown
from domain.credit_file.listing_decisions import decide_listing, discuss_listing, waive_statement
from domain.credit_file.listing_duties import owed
from domain.credit_file.listing_events import ListingConfirmed, ListingCorrected, ListingReinstated
from domain.credit_file.repair_checks import minimum
from domain.credit_file.repair_revocation import (
    receive_revocation_statement,
    revoke_repair,
    serve_revocation_notice,
)
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.law.reading import Reading
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    LIST,
    REGISTERED,
    by,
    day,
    listed,
    noticed,
    own_listing,
    proposed,
    received,
    removed,
    reviewed,
)
from tests.domain.given import DING, GENG, JIA, PAPERS, RULEBOOK, YI, Step, context, given, rules, step

OWN = "bureau_joint_punishment"
LEADER = Officer("样例员壬", "leader", "样例局领导")
LISTED = [REGISTERED, *own_listing("2026-03-02")]
CORRECTION: dict[str, Any] = {
    "listing_id": "s1", "field": "decision_no", "new": "样例决定二号", "reason": "样例笔误"
}  # fmt: skip
CONFIRMATION: dict[str, Any] = {"listing_id": "s1", "result": "stands", "reasons": "样例理由"}

# Correcting


def test_corrects_a_field_and_keeps_what_stood_there() -> None:
    given(*LISTED).when(correct_listing, by=YI, on="2026-04-01", **CORRECTION).then(
        ListingCorrected(**CORRECTION, old="样例决定一号", corrected_on=day("2026-04-01"))
    )
    file = given(*LISTED, step("2026-04-01", YI, correct_listing, **CORRECTION)).state
    assert file.listings["s1"].listed.decision_no == "样例决定二号"
    assert file.listings["s1"].decision.document_no == "样例决定一号"


def test_a_corrected_day_moves_the_term() -> None:
    days = CORRECTION | {"field": "effective_on", "new": "2026-03-05"}
    moved = step("2026-04-01", YI, correct_listing, filing=PAPERS, **days)
    one = given(*LISTED, moved).state.listings["s1"]
    assert end_of(one, rules())[0] == day("2029-03-05")
    assert not covers(one, day("2026-03-04"), rules())


@pytest.mark.parametrize("field", ["decided_on", "effective_on"])
def test_refuses_a_day_that_is_none_or_out_of_order(field: str) -> None:
    state = given(*LISTED)
    one = CORRECTION | {"field": field}
    state.when(correct_listing, by=YI, **one | {"new": "三月五日"}).refused(ListingDayUnreadable)
    wrong = "2026-03-03" if field == "decided_on" else "2026-03-01"
    state.when(correct_listing, by=YI, **one | {"new": wrong}).refused(BeforeStepBefore)


def test_refuses_a_decision_of_tomorrow_or_of_a_day_without_a_basis() -> None:
    one = CORRECTION | {"field": "decided_on"}
    given(*LISTED).when(correct_listing, by=YI, **one | {"new": "2027-01-04"}).refused(DayInFuture)
    given(*LISTED).when(correct_listing, by=YI, **one | {"new": "2019-06-30"}).refused(ListHasNoBasis)


def test_refuses_a_correction_by_who_recorded_the_listing_before_it_reads_it() -> None:
    own = given(*LISTED[:-1], by(YI, LISTED[-1]))
    own.when(correct_listing, by=YI, **CORRECTION | {"new": "样例决定一号"}).refused(
        SameOfficer, first="列入登记人"
    )


def test_refuses_to_move_a_day_or_to_touch_a_received_listing_without_its_paper() -> None:
    days = CORRECTION | {"field": "effective_on", "new": "2026-03-05"}
    given(*LISTED).when(correct_listing, by=YI, on="2026-04-01", **days).refused(ListingNeedsPaper)
    theirs = CORRECTION | {"listing_id": "u1"}
    state = given(REGISTERED, received("2026-03-02"))
    state.when(correct_listing, by=GENG, on="2026-04-01", **theirs).refused(ListingNeedsPaper)
    assert state.when(correct_listing, by=GENG, on="2026-04-01", filing=PAPERS, **theirs).events


def test_refuses_a_correction_of_nothing() -> None:
    given().when(correct_listing, by=YI, **CORRECTION).refused(SubjectUnknown)
    given(REGISTERED).when(correct_listing, by=YI, **CORRECTION).refused(ListingUnknown)
    given(*LISTED).when(correct_listing, by=YI, **CORRECTION, seen=1).refused(CaseMoved)
    given(REGISTERED, proposed("2026-03-02")).when(correct_listing, by=YI, **CORRECTION).refused(NotOnList)
    given(*LISTED).when(correct_listing, by=YI, **CORRECTION | {"new": " 样例决定一号 "}).refused(ListingFieldUnchanged)


def test_a_corrected_listing_is_off_the_page_until_another_officer_releases_it_anew() -> None:
    shown = step("2026-03-03", DING, disclose, entry_id="s1")
    corrected = step("2026-04-01", YI, correct_listing, **CORRECTION)
    file = given(*LISTED, shown, corrected).state
    assert not is_released(file, "s1")
    period = disclosed(file, rules())["s1"]
    assert [period.covers(day(on)) for on in ("2026-03-03", "2026-03-31", "2026-04-01")] == [True, True, False]
    given(*LISTED, shown, corrected).when(disclose, by=YI, entry_id="s1").refused(SameOfficer)
    assert given(*LISTED, shown, corrected).when(disclose, by=DING, entry_id="s1").events


# A basis known to be wanting later


def as_known(on: str) -> Reading:
    return Reading(RULEBOOK.as_known(day(on)))


def take(file: Any, on: str, officer: Any, decide: Any, **args: Any) -> Any:
    """A decision by the rules that could be read on its day."""
    return decide(file, replace(context(on, officer), rules=as_known(on)), **args)


def listed_before_it_was_known(on: str = "2020-12-10") -> list[Step]:
    """Listed by the bureau between the day of 国办发〔2020〕49号 and the day anybody could read it."""

    def decide_as_known(file: Any, now: Any, **args: Any) -> Any:
        return decide_listing(file, replace(now, rules=as_known(on)), **args)

    decide_as_known.__name__ = decide_listing.__name__
    decision = {
        "listing_id": "s1", "outcome": "list", "document_no": "样例决定一号", "facts": "样例",
        "removal_conditions": "样例", "remedies": "样例", "measures_warned": "样例",
    }  # fmt: skip
    talk = {"held_on": day("2020-12-04"), "present": ("样例一", "样例二"), "views": "样例", "result": "list"}
    return [
        REGISTERED, proposed("2020-12-01", list_type=OWN), noticed("2020-12-02"),
        step("2020-12-03", JIA, waive_statement, listing_id="s1", waived_on=day("2020-12-03"), document_no="样例放弃"),
        reviewed("2020-12-03"), step("2020-12-04", YI, discuss_listing, listing_id="s1", **talk),
        step(on, DING, decide_as_known, **decision), listed("2020-12-11"),
    ]  # fmt: skip


def test_a_listing_made_before_the_change_was_known_stands_and_is_doubtful_from_the_day_it_was_known() -> None:
    file = given(*listed_before_it_was_known()).state
    one = file.listings["s1"]
    assert doubtful_basis(one, as_known("2020-12-17")) is None
    row = doubtful_basis(one, as_known("2020-12-18"))
    assert row is not None
    assert (row.instrument, row.is_none) == ("国办发〔2020〕49号", True)
    assert covers(one, day("2020-12-20"), rules())
    told = list(stated(file, day("2020-12-20"), rules()))
    assert [(field.item, field.value, field.rows) for field in told] == [("listing.basis", "doubtful", (row,))]


def test_a_listing_of_the_6th_of_december_2020_is_not_doubtful() -> None:
    one = given(*listed_before_it_was_known("2020-12-06")).state.listings["s1"]
    assert doubtful_basis(one, rules()) is None


def test_the_leader_settles_the_doubt_once_and_it_is_told() -> None:
    steps = listed_before_it_was_known()
    rule = "list.basis@2020-12-07[list_type=bureau_joint_punishment]"
    for result in ("stands", "to_revoke"):
        one = CONFIRMATION | {"result": result}
        given(*steps).when(confirm_listing, by=DING, on="2020-12-21", **one).then(
            ListingConfirmed(**one, rule=rule, confirmed_on=day("2020-12-21"))
        )
        settled = given(*steps, step("2020-12-21", DING, confirm_listing, **one))
        assert open_doubt(settled.state.listings["s1"], rules()) is None
        settled.when(confirm_listing, by=DING, **one).refused(BasisNotDoubtful)
        values = [
            next(iter(stated(settled.state, day(on), rules()))).value for on in ("2020-12-20", "2020-12-21")
        ]  # fmt: skip
        assert values == ["doubtful", result]


def test_refuses_to_settle_what_is_unknown_moved_gone_or_in_no_doubt() -> None:
    given().when(confirm_listing, by=DING, **CONFIRMATION).refused(SubjectUnknown)
    given(REGISTERED).when(confirm_listing, by=DING, **CONFIRMATION).refused(ListingUnknown)
    doubtful = given(*listed_before_it_was_known())
    doubtful.when(confirm_listing, by=DING, **CONFIRMATION, seen=1).refused(CaseMoved)
    gone = step("2020-12-22", DING, revoke_listing, listing_id="s1", document_no="样例撤销一号")
    given(*listed_before_it_was_known(), gone).when(confirm_listing, by=DING, **CONFIRMATION).refused(NotOnList)
    given(*LISTED).when(confirm_listing, by=DING, **CONFIRMATION).refused(BasisNotDoubtful)


def test_a_list_of_the_province_whose_basis_is_open_is_accepted_as_received_and_told_as_unverified() -> None:
    for on, told in (("2020-12-06", []), ("2020-12-07", ["unverified"]), ("2026-03-02", ["unverified"])):
        file = given(REGISTERED, received(on)).state
        assert doubtful_basis(file.listings["u1"], rules()) is None
        assert [one.value for one in stated(file, day(on), rules())] == told


def test_the_standing_of_a_day_tells_the_basis_to_officers() -> None:
    answer = standing(given(REGISTERED, received("2026-03-02")).state, day("2026-03-02"), rules())
    assert answer is not None
    assert ("listing.basis", LIST, "unverified") in [(one.item, one.about, one.value) for one in answer.fields]


# Kept by market regulation, recorded as received


def abnormal(on: str) -> Step:
    return received(on, list_type="samr_abnormal", body="样例市场监管局")


@pytest.mark.parametrize("on", ["2019-07-01", "2022-03-01", "2025-06-22", "2026-03-02"])
def test_an_abnormal_listing_is_received_on_every_date_and_has_no_last_day(on: str) -> None:
    one = given(REGISTERED, abnormal(on)).state.listings["u1"]
    last, rows, is_firm = end_of(one, rules())
    assert (last, is_firm) == (None, True)
    assert rows[0].is_none
    assert covers(one, day("2035-12-31"), rules())


def test_an_abnormal_listing_is_for_officers_only_from_the_22nd_of_june_2025_on() -> None:
    before = given(REGISTERED, abnormal("2024-03-04"), step("2024-03-05", DING, disclose, entry_id="u1")).state
    period = disclosed(before, rules())["u1"]
    assert [period.covers(day(on)) for on in ("2024-03-05", "2025-06-21", "2025-06-22")] == [True, True, False]
    after = given(REGISTERED, abnormal("2025-06-22"))
    assert after.when(disclose, by=DING, entry_id="u1").refusal is not None


@pytest.mark.parametrize("cause", ["repair", "revocation", "early"])
def test_an_abnormal_listing_ends_as_received_from_who_keeps_it(cause: str) -> None:
    lifted = step(
        "2026-05-08", YI, receive_exit_decision, listing_id="u1", cause=cause, body="样例市场监管局",
        document_no="样例移出一号", decided_on=day("2026-05-06"), effective_on=day("2026-05-07"),
    )  # fmt: skip
    one = given(REGISTERED, abnormal("2026-03-02"), lifted).state.listings["u1"]
    assert end_of(one, rules())[0] == day("2026-05-06")
    assert one.exited.cause == cause


# Reinstated after a false repair


BACK: dict[str, Any] = {"listing_id": "s1", "document_no": "样例恢复一号", "effective_on": day("2026-11-16")}


def revoked(on: str) -> list[Step]:
    """The repair revoked as false by another leader, the subject heard, all on one day."""
    notice = {"document_no": "样例告知三号", "facts": "样例材料虚假", "served_on": day(on), "method": "直接送达"}
    return [
        step(on, JIA, serve_revocation_notice, repair_id="r1", **notice),
        step(on, JIA, receive_revocation_statement, repair_id="r1", received_on=day(on), summary="样例陈述"),
        step(
            on, LEADER, revoke_repair, repair_id="r1", cause="false_papers", facts="样例材料虚假",
            document_no="样例撤销修复一号", found_on=day(on),
        ),
    ]  # fmt: skip


def false_repair(on: str = "2026-11-16") -> list[Step]:
    """Listed, removed by a repair, and the repair revoked as false on the day given."""
    return [*LISTED, *removed("2026-09-14"), *revoked(on)]


def test_puts_a_subject_back_on_the_list_from_which_a_false_repair_took_it() -> None:
    given(*false_repair()).when(reinstate_listing, by=DING, on="2026-11-16", **BACK).then(
        ListingReinstated(**BACK, cause="false_repair")
    )


def test_the_term_begins_anew_and_the_time_off_the_list_stays_a_time_off_the_list() -> None:
    one = given(*false_repair(), step("2026-11-16", DING, reinstate_listing, **BACK)).state.listings["s1"]
    assert stays(one, rules()) == (
        (day("2026-03-02"), day("2026-09-13")), (day("2026-11-16"), day("2029-11-16")),
    )  # fmt: skip
    on_list = [covers(one, day(on), rules()) for on in ("2026-09-13", "2026-09-14", "2026-11-15", "2026-11-16")]
    assert on_list == [True, False, False, True]
    continuing = RULEBOOK.replacing({"list.reinstated@2019-07-01[list_type=sample]": {"value": "continues"}})
    assert stays(one, Reading(continuing))[-1] == (day("2026-11-16"), day("2029-03-02"))


def test_the_minimum_before_removal_begins_anew_with_the_term() -> None:
    state = given(*false_repair(), step("2026-11-16", DING, reinstate_listing, **BACK)).state
    old = state.repairs["r1"]
    again = replace(old, repaired=None)
    assert minimum(state, again, rules()).until == day("2027-05-16")
    assert minimum(state, old, rules()).until == day("2026-09-02")
    continuing = RULEBOOK.replacing({"list.reinstated@2019-07-01[list_type=sample]": {"value": "continues"}})
    assert minimum(state, again, Reading(continuing)).until == day("2026-09-02")


def test_refuses_to_reinstate_what_is_unknown_moved_still_listed_or_was_repaired_truly() -> None:
    given().when(reinstate_listing, by=DING, **BACK).refused(SubjectUnknown)
    given(REGISTERED).when(reinstate_listing, by=DING, **BACK).refused(ListingUnknown)
    given(*false_repair()).when(reinstate_listing, by=DING, **BACK, seen=1).refused(CaseMoved)
    given(*LISTED).when(reinstate_listing, by=DING, **BACK).refused(NotOnList)
    given(*LISTED, *removed("2026-09-14")).when(reinstate_listing, by=DING, **BACK).refused(NoFalseRepair)
    again = given(*false_repair(), step("2026-11-16", DING, reinstate_listing, **BACK))
    again.when(reinstate_listing, by=DING, **BACK).refused(NotOnList)


def test_refuses_a_day_still_to_come_or_before_the_repair_was_revoked_or_a_second_place() -> None:
    state = given(*false_repair())
    state.when(reinstate_listing, by=DING, on="2026-11-16", **BACK | {"effective_on": day("2026-11-17")}).refused(
        DayInFuture
    )
    state.when(reinstate_listing, by=DING, **BACK | {"effective_on": day("2026-11-15")}).refused(BeforeStepBefore)
    second = given(*false_repair(), *own_listing("2026-11-17", "s2"))
    second.when(reinstate_listing, by=DING, **BACK).refused(AlreadyListed)


def test_what_was_shown_before_is_released_anew_after_a_reinstatement() -> None:
    shown = step("2026-03-03", YI, disclose, entry_id="s1")
    steps = [*LISTED, shown, *removed("2026-09-14"), *revoked("2026-11-16")]
    state = given(*steps, step("2026-11-16", DING, reinstate_listing, **BACK))
    period = disclosed(state.state, rules())["s1"]
    assert [period.covers(day(on)) for on in ("2026-03-03", "2026-09-13", "2026-09-14", "2026-11-16")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert not is_released(state.state, "s1")
    released = state.after(step("2026-11-17", YI, disclose, entry_id="s1")).state
    period = disclosed(released, rules())["s1"]
    assert [period.covers(day(on)) for on in ("2026-09-13", "2026-11-16", "2026-11-17", "2029-11-16")] == [
        True, False, True, True,
    ]  # fmt: skip


def test_a_false_repair_is_owed_a_reinstatement_until_the_subject_is_back() -> None:
    assert [(one.act, one.since_on) for one in owed(given(*false_repair()).state, rules())] == [
        ("reinstate_listing", day("2026-11-16"))
    ]
    back = given(*false_repair(), step("2026-11-16", DING, reinstate_listing, **BACK)).state
    assert not list(owed(back, rules()))
