"""Decisions of disclosure, and the hand-computed periods of penalties, licences, commitments and listings."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.disclosure import (
    AlreadyDisclosed,
    Disclosed,
    DisclosureEnded,
    DisclosureNotAgreed,
    DisclosureOver,
    LicenceNotValid,
    NotClassified,
    NotDisclosedByLaw,
    NothingToNotice,
    StillDisclosed,
    disclose,
    end_disclosure,
)
from domain.credit_file.disclosure_period import EntryUnknown
from domain.credit_file.disclosure_period import disclosed as periods_of
from domain.credit_file.exit import exit_deregistered, revoke_listing
from domain.credit_file.profile_changes import change_status
from domain.credit_file.record_decisions import annul_record, correct_record
from domain.refusals import RuleMissing, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    annulled,
    classified,
    day,
    disclosed,
    general_penalty,
    licence,
    own_listing,
    penalty,
    promise,
    promised,
    received,
    recorded,
    recorded_licence,
)
from tests.domain.given import DING, GENG, JIA, PAPERS, SYSTEM, YI, Given, Step, When, given, rules, step


def shown_days(state: Given, entry_id: str = "p1") -> tuple[str, str]:
    period = periods_of(state.state, rules())[entry_id]
    return period.from_on.isoformat(), str(period.until)


def released_as_it_is(outcome: When, entry_id: str, on: str) -> None:
    """Released from the day on, with nothing hidden: both hashes are one."""
    assert outcome.refusal is None, outcome.refusal
    [event] = outcome.events
    assert isinstance(event, Disclosed)
    assert (event.entry_id, event.disclosed_from, event.masks) == (entry_id, day(on), ())
    assert event.hash_full == event.hash_public != ""


def released(decided_on: str, scheme: str = "", penalty_class: str = "", **given_fields: Any) -> Given:
    """A penalty recorded, classified and released on its own day."""
    classes = [classified(decided_on, penalty_class, scheme)] if scheme else []
    return given(REGISTERED, recorded(penalty(decided_on, **given_fields)), *classes, disclosed(decided_on))


# Releasing


def test_releases_an_entry_from_today() -> None:
    outcome = given(REGISTERED, recorded(penalty()), classified("2026-06-12", "general")).when(
        disclose, by=YI, on="2026-06-13", entry_id="p1"
    )  # fmt: skip
    released_as_it_is(outcome, "p1", "2026-06-13")


@pytest.mark.parametrize("entry_id", ["l1", "c1", "s1"])
def test_releases_a_licence_a_commitment_and_a_listing_too(entry_id: str) -> None:
    outcome = given(
        REGISTERED, recorded_licence(licence()), promised(promise()), *own_listing("2026-01-05")
    ).when(disclose, by=YI, on="2026-01-06", entry_id=entry_id)  # fmt: skip
    released_as_it_is(outcome, entry_id, "2026-01-06")


def test_refuses_to_release_for_a_subject_nobody_registered() -> None:
    given().when(disclose, by=YI, entry_id="p1").refused(SubjectUnknown)


def test_refuses_to_release_an_entry_the_file_lacks() -> None:
    given(REGISTERED).when(disclose, by=YI, entry_id="p1").refused(EntryUnknown)


def test_refuses_to_release_a_listing_that_is_only_proposed() -> None:
    given(REGISTERED, *own_listing("2026-01-05")[:5]).when(disclose, by=YI, entry_id="s1").refused(EntryUnknown)


def test_refuses_the_recorder_as_releaser_before_all_else_is_looked_at() -> None:
    recorded_by_yi = step("2026-06-12", YI, recorded(penalty()).decide, penalty=penalty())
    given(REGISTERED, recorded_by_yi).when(disclose, by=YI, entry_id="p1").refused(SameOfficer)


def test_refuses_to_release_twice() -> None:
    given(*general_penalty()).when(disclose, by=YI, entry_id="p1").refused(AlreadyDisclosed)


@pytest.mark.parametrize("decided_on", ["2021-05-10", "2026-06-12"])
def test_refuses_to_release_a_penalty_without_a_class_where_its_day_had_classes(decided_on: str) -> None:
    given(REGISTERED, recorded(penalty(decided_on))).when(disclose, by=YI, on=decided_on, entry_id="p1").refused(
        NotClassified
    )


def test_refuses_to_release_a_penalty_with_a_class_of_another_scheme_only() -> None:
    given(REGISTERED, recorded(penalty("2021-05-10")), classified("2026-01-05", "serious")).when(
        disclose, by=YI, on="2026-01-05", entry_id="p1"
    ).refused(NotClassified)


def test_tells_that_no_rule_answers_for_a_penalty_older_than_the_first_one() -> None:
    given(REGISTERED, recorded(penalty("2018-05-10")), classified("2026-01-05", "general")).when(
        disclose, by=YI, entry_id="p1"
    ).refused(RuleMissing)


@pytest.mark.parametrize(
    ("decided_on", "kinds", "procedure"),
    [
        ("2024-05-10", ("警告",), "ordinary"),
        ("2024-05-10", ("通报批评",), "ordinary"),
        ("2024-05-10", ("警告", "通报批评"), "ordinary"),
        ("2024-05-10", ("罚款",), "summary"),
        ("2023-05-01", ("警告",), "ordinary"),
    ],
)
def test_refuses_to_release_what_the_rule_of_2023_does_not_disclose(
    decided_on: str, kinds: tuple[str, ...], procedure: str
) -> None:
    one = penalty(decided_on, penalty_kinds=kinds, procedure=procedure)
    refusal = (
        given(REGISTERED, recorded(one)).when(disclose, by=YI, on=decided_on, entry_id="p1").refused(NotDisclosedByLaw)
    )
    assert "第58号" in refusal.basis


@pytest.mark.parametrize("decided_on", ["2025-06-22", "2026-03-31", "2026-04-01", "2026-06-12"])
def test_refuses_to_release_a_minor_penalty_from_the_22nd_of_june_2025_on(decided_on: str) -> None:
    given(REGISTERED, recorded(penalty(decided_on)), classified(decided_on, "minor")).when(
        disclose, by=YI, on=decided_on, entry_id="p1"
    ).refused(NotDisclosedByLaw)


def test_refuses_to_release_a_commitment_whose_maker_did_not_agree() -> None:
    given(REGISTERED, promised(promise(may_disclose=False))).when(disclose, by=YI, entry_id="c1").refused(
        DisclosureNotAgreed
    )


def test_refuses_to_release_what_is_over_the_day_after_its_last_day() -> None:
    state = given(REGISTERED, recorded(penalty()), classified("2026-06-12", "general"))
    released_as_it_is(state.when(disclose, by=YI, on="2027-06-12", entry_id="p1"), "p1", "2027-06-12")
    over = state.when(disclose, by=YI, on="2027-06-13", entry_id="p1")
    assert "第36号" in over.refused(DisclosureOver, until=day("2027-06-12")).basis


def test_refuses_to_release_what_was_annulled() -> None:
    given(REGISTERED, recorded(penalty()), classified("2026-06-12", "general"), annulled("2026-06-14")).when(
        disclose, by=YI, on="2026-06-14", entry_id="p1"
    ).refused(DisclosureOver, until=day("2026-06-13"))


def test_tells_that_it_is_released_before_it_asks_for_a_class() -> None:
    given(*general_penalty(), annulled("2026-06-20")).when(disclose, by=YI, entry_id="p1").refused(AlreadyDisclosed)


# How long


def test_shows_a_general_penalty_of_2026_for_a_year_from_the_decision() -> None:
    state = given(*general_penalty())
    assert shown_days(state) == ("2026-06-12", "2027-06-12")
    period = periods_of(state.state, rules())["p1"]
    assert period.minimum_until == day("2026-09-12")
    assert period.covers(day("2027-06-12"))
    assert not period.covers(day("2027-06-13"))
    assert not period.covers(day("2026-06-11"))
    assert [row.instrument for row in period.rows] == ["国家发展和改革委员会令第36号"] * 3


@pytest.mark.parametrize(
    ("decided_on", "scheme", "penalty_class", "until", "minimum_until"),
    [
        ("2021-05-10", "class.2019", "general", "2022-05-10", "2021-08-10"),
        ("2021-05-10", "class.2019", "serious", "2024-05-10", "2021-11-10"),
        ("2021-05-10", "class.2019", "specific", "2024-05-10", None),
        ("2020-02-29", "class.2019", "general", "2021-02-28", "2020-05-29"),
        ("2022-11-30", "class.2019", "general", "2023-11-30", "2023-02-28"),
        ("2026-06-12", "class.2025", "serious", "2029-06-12", "2027-06-12"),
    ],
)
def test_shows_a_penalty_as_long_as_its_class_and_day_say(
    decided_on: str, scheme: str, penalty_class: str, until: str, minimum_until: str | None
) -> None:
    state = released(decided_on, scheme, penalty_class)
    assert shown_days(state) == (decided_on, until)
    assert periods_of(state.state, rules())["p1"].minimum_until == (day(minimum_until) if minimum_until else None)


def test_shows_a_penalty_of_2024_for_three_years_while_it_has_no_class() -> None:
    assert shown_days(released("2024-05-10")) == ("2024-05-10", "2027-05-10")


def classed_later(decided_on: str, penalty_class: str) -> Given:
    """A penalty released without a class, put into one of the later scheme, and released anew that day."""
    return given(
        REGISTERED, recorded(penalty(decided_on)), disclosed(decided_on), classified("2025-07-01", penalty_class),
        disclosed("2025-07-01"),
    )  # fmt: skip


def test_shortens_a_penalty_of_2024_once_it_is_classed_general_under_the_later_rule() -> None:
    state = classed_later("2024-09-10", "general")
    assert shown_days(state) == ("2025-07-01", "2025-09-10")
    assert periods_of(state.state, rules())["p1"].earlier == ((day("2024-09-10"), day("2025-06-30")),)


def test_a_later_rule_ends_nothing_before_it_began() -> None:
    state = given(
        REGISTERED, recorded(penalty("2024-05-10")), disclosed("2024-05-10"), classified("2025-07-01", "general")
    )
    assert shown_days(state) == ("2024-05-10", "2025-06-21")


def test_a_later_harsher_rule_lengthens_nothing() -> None:
    state = released("2022-11-30", "class.2019", "general")
    assert shown_days(state) == ("2022-11-30", "2023-11-30")
    assert shown_days(classed_later("2024-05-10", "serious")) == ("2025-07-01", "2027-05-10")


def test_ends_a_warning_of_2022_on_the_day_before_the_rule_that_no_longer_discloses_it() -> None:
    state = released("2022-11-30", "class.2019", "general", penalty_kinds=("警告",))
    period = periods_of(state.state, rules())["p1"]
    assert period.until == day("2023-04-30")
    assert period.cause == "later_rule"


def test_ends_a_penalty_of_2024_classed_minor_later_on_the_day_before_that_rule() -> None:
    state = given(
        REGISTERED, recorded(penalty("2024-05-10")), disclosed("2024-05-10"), classified("2025-07-01", "minor")
    )
    assert shown_days(state) == ("2024-05-10", "2025-06-21")


def test_an_annulled_entry_is_shown_through_the_day_before() -> None:
    state = given(*general_penalty(), annulled("2026-07-01"))
    assert shown_days(state) == ("2026-06-12", "2026-06-30")
    assert periods_of(state.state, rules())["p1"].cause == "annulled"


def test_shows_a_licence_through_its_validity_and_a_long_term_one_without_end() -> None:
    dated = licence(valid_until=day("2026-12-31"))
    state = given(
        REGISTERED, recorded_licence(dated), disclosed("2026-01-05", "l1"),
        recorded_licence(licence(entry_id="l2")), disclosed("2026-01-05", "l2"),
    )  # fmt: skip
    assert shown_days(state, "l1") == ("2026-01-05", "2026-12-31")
    assert shown_days(state, "l2") == ("2026-01-05", "None")


def test_shows_a_listing_released_early_from_the_day_it_takes_effect() -> None:
    state = given(REGISTERED, received("2026-03-02", effective_on="2026-03-09"), by_leader("2026-03-03", "u1"))
    assert shown_days(state, "u1") == ("2026-03-09", "2029-03-09")


def by_leader(on: str, entry_id: str) -> Any:
    return step(on, DING, disclose, entry_id=entry_id)


# Of the bureau's own field


def released_of(authority: str, decided_on: str, *more: Step) -> Given:
    return given(REGISTERED, recorded(penalty(decided_on, authority=authority)), *more, disclosed(decided_on))


def test_refuses_what_another_authority_decided_from_the_day_the_bureau_shows_its_own_field_only() -> None:
    for decided_on, refusal in (("2025-06-21", None), ("2025-06-22", NotDisclosedByLaw)):
        steps = [REGISTERED, recorded(penalty(decided_on, authority="营口市市场监督管理局"))]
        if refusal:
            steps.append(classified(decided_on, "general"))
        outcome = given(*steps).when(disclose, by=YI, on=decided_on, entry_id="p1")
        if refusal:
            assert "22号" in outcome.refused(refusal).basis
        else:
            released_as_it_is(outcome, "p1", decided_on)


def test_ends_what_another_authority_decided_the_day_before_that_rule_and_not_what_a_county_bureau_did() -> None:
    other, own = released_of("样例税务局", "2024-05-10"), released_of("大石桥市商务局", "2024-05-10")
    assert shown_days(other) == ("2024-05-10", "2025-06-21")
    assert periods_of(other.state, rules())["p1"].cause == "later_rule"
    assert shown_days(own) == ("2024-05-10", "2027-05-10")


@pytest.mark.parametrize(
    ("authority", "minimum"),
    [("营口市市场监督管理局", "2025-05-10"), ("盖州市应急管理局", "2025-05-10"), ("大石桥市商务局", "2024-08-10")],
)
def test_asks_a_year_before_repair_of_the_authorities_the_rule_of_2023_names(authority: str, minimum: str) -> None:
    period = periods_of(released_of(authority, "2024-05-10").state, rules())["p1"]
    assert period.minimum_until == day(minimum)


def test_does_not_show_a_licence_of_another_authority() -> None:
    one = licence(authority="营口市应急管理局")
    given(REGISTERED, recorded_licence(one)).when(disclose, by=YI, entry_id="l1").refused(NotDisclosedByLaw)


def test_does_not_show_a_list_that_market_regulation_designates() -> None:
    own_field_only, before = "2026-03-02", "2024-03-04"
    on_list = given(REGISTERED, received(own_field_only, list_type="samr_serious"))
    outcome = on_list.when(disclose, by=DING, on=own_field_only, entry_id="u1")
    assert "22号" in outcome.refused(NotDisclosedByLaw).basis
    old = given(REGISTERED, received(before, list_type="samr_serious"), by_leader(before, "u1"))
    assert shown_days(old, "u1") == (before, "2025-06-21")


# Licences that hold


def test_refuses_a_licence_whose_status_says_that_it_does_not_hold() -> None:
    given(REGISTERED, recorded_licence(licence(status="2"))).when(disclose, by=YI, entry_id="l1").refused(
        LicenceNotValid
    )


def test_shows_a_licence_from_the_day_it_is_valid() -> None:
    later = licence(status="1", valid_from=day("2026-02-01"), valid_until=day("2026-12-31"))
    state = given(REGISTERED, recorded_licence(later), disclosed("2026-01-05", "l1"))
    assert shown_days(state, "l1") == ("2026-02-01", "2026-12-31")


# Listings


@pytest.mark.parametrize("cause", ["revocation", "deregistration"])
def test_says_why_a_listing_ended_and_counts_from_the_day_it_took_effect(cause: str) -> None:
    exits = {
        "revocation": step("2026-05-04", DING, revoke_listing, listing_id="s1", document_no="样例撤销一号"),
        "deregistration": step(
            "2026-05-04", YI, exit_deregistered, listing_id="s1", document_no="样例注销一号",
            deregistered_on=day("2026-05-04"),
        ),
    }  # fmt: skip
    listed = [REGISTERED, *own_listing("2026-01-05"), by_leader("2026-01-06", "s1")]
    running = given(*listed)
    ended = step(
        "2026-05-04", JIA, change_status, status="deregistered", effective_on=day("2026-05-04"),
        authority="样例登记机关", document_no="样例注销通知一号",
    )  # fmt: skip
    state = given(*listed, *([ended] if cause == "deregistration" else []), exits[cause])
    period = periods_of(state.state, rules())["s1"]
    assert (period.until, period.cause) == (day("2026-05-03"), cause)
    before = periods_of(running.state, rules())["s1"]
    assert (before.until, before.cause) == (day("2029-01-05"), "term")


def test_counts_a_listing_from_the_day_it_took_effect() -> None:
    state = given(REGISTERED, received("2026-03-02", effective_on="2026-03-09"), by_leader("2026-03-03", "u1"))
    assert periods_of(state.state, rules())["u1"].counts_from == day("2026-03-09")


# A release covers what its approver saw


def corrected(on: str, field: str = "content", new: str = "样例新内容", by: Any = GENG) -> Step:
    return step(on, by, correct_record, PAPERS, entry_id="p1", field=field, new=new, reason="样例更正")


@pytest.mark.parametrize(
    "change",
    [
        corrected("2026-07-01"),
        corrected("2026-07-01", "fine_fen", "100"),
        corrected("2026-07-01", "authority", "大石桥市商务局"),
        classified("2026-07-01", "serious"),
    ],
)
def test_a_change_after_the_release_takes_the_entry_off_the_page_until_it_is_released_anew(change: Step) -> None:
    state = given(*general_penalty(), change)
    period = periods_of(state.state, rules())["p1"]
    assert (period.until, period.cause) == (day("2026-06-30"), "restated")
    released_as_it_is(state.when(disclose, by=YI, on="2026-07-02", entry_id="p1"), "p1", "2026-07-02")
    anew = periods_of(given(*general_penalty(), change, disclosed("2026-07-02")).state, rules())["p1"]
    assert anew.spans[0] == (day("2026-06-12"), day("2026-06-30"))
    assert anew.from_on == day("2026-07-02")
    assert [anew.covers(day(on)) for on in ("2026-06-30", "2026-07-01", "2026-07-02")] == [True, False, True]


def test_a_class_put_again_and_a_performance_leave_the_release_standing() -> None:
    again, later = classified("2026-07-01", "general"), corrected("2026-07-02", "performed_on", "2026-06-14")
    state = given(*general_penalty(), again, later)
    assert shown_days(state) == ("2026-06-12", "2027-06-12")
    state.when(disclose, by=YI, on="2026-07-03", entry_id="p1").refused(AlreadyDisclosed)


def test_a_change_and_a_new_release_on_one_day_leave_no_gap() -> None:
    state = given(*general_penalty(), corrected("2026-07-01"), disclosed("2026-07-01"))
    period = periods_of(state.state, rules())["p1"]
    assert period.spans == ((day("2026-06-12"), day("2026-06-30")), (day("2026-07-01"), day("2027-06-12")))


def test_a_decision_day_corrected_away_does_not_come_back_with_a_class() -> None:
    moved = corrected("2026-07-01", "decided_on", "2022-06-12")
    state = given(
        *general_penalty()[:-1], moved, classified("2026-07-02", "serious", "class.2019")
    )  # fmt: skip
    assert not periods_of(state.state, rules())["p1"].covers(day("2026-07-02"))


def test_refuses_the_corrector_and_the_classifier_as_releasers() -> None:
    by_geng = given(*general_penalty(), corrected("2026-07-01"))
    by_geng.when(disclose, by=GENG, on="2026-07-02", entry_id="p1").refused(SameOfficer, first="更正人或归类人")
    class_by_yi = step(
        "2026-06-12", YI, classified("2026-06-12", "general").decide,
        entry_id="p1", scheme="class.2025", penalty_class="general",
    )  # fmt: skip
    given(REGISTERED, recorded(penalty()), class_by_yi).when(disclose, by=YI, on="2026-06-12", entry_id="p1").refused(
        SameOfficer
    )


def test_an_annulment_stands_over_a_change_that_came_later_or_not_at_all() -> None:
    gone = step("2026-06-20", YI, annul_record, entry_id="p1", reason="样例撤销")
    period = periods_of(given(*general_penalty(), gone).state, rules())["p1"]
    assert (period.until, period.cause) == (day("2026-06-19"), "annulled")
    first_changed = periods_of(given(*general_penalty(), corrected("2026-06-18"), gone).state, rules())["p1"]
    assert (first_changed.until, first_changed.cause) == (day("2026-06-17"), "restated")


# The daily job


def test_records_that_a_disclosure_ended_by_a_change_and_a_new_release_begins_anew() -> None:
    state = given(*general_penalty(), corrected("2026-07-01"))
    state.when(end_disclosure, by=SYSTEM, on="2026-07-01", entry_id="p1").then(
        DisclosureEnded(entry_id="p1", cause="restated", ended_on=day("2026-07-01"))
    )
    ended = step("2026-07-01", SYSTEM, end_disclosure, entry_id="p1")
    anew = given(*general_penalty(), corrected("2026-07-01"), ended, disclosed("2026-07-02"))
    anew.when(end_disclosure, by=SYSTEM, on="2026-07-03", entry_id="p1").refused(StillDisclosed)
    assert anew.state.releases["p1"].noticed is None


def test_records_that_a_disclosure_has_ended_the_day_after_its_last_day() -> None:
    given(*general_penalty()).when(end_disclosure, by=SYSTEM, on="2027-06-13", entry_id="p1").then(
        DisclosureEnded(entry_id="p1", cause="term", ended_on=day("2027-06-13"))
    )


def test_refuses_to_record_the_end_of_what_was_never_released() -> None:
    given(REGISTERED, recorded(penalty())).when(end_disclosure, by=SYSTEM, entry_id="p1").refused(EntryUnknown)


def test_refuses_to_record_an_end_twice() -> None:
    ended = step("2027-06-13", SYSTEM, end_disclosure, entry_id="p1")
    given(*general_penalty(), ended).when(end_disclosure, by=SYSTEM, on="2027-06-14", entry_id="p1").refused(
        NothingToNotice
    )


def test_refuses_to_record_the_end_of_what_has_none() -> None:
    given(REGISTERED, recorded_licence(licence()), disclosed("2026-01-05", "l1")).when(
        end_disclosure, by=SYSTEM, entry_id="l1"
    ).refused(NothingToNotice)


def test_refuses_to_record_an_end_on_the_last_day() -> None:
    given(*general_penalty()).when(end_disclosure, by=SYSTEM, on="2027-06-12", entry_id="p1").refused(StillDisclosed)
