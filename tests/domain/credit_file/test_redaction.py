"""Preparing the public text: what is hidden and how, what needs it, what bars a release, what the release covers."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.disclosure import (
    CauseNotListed,
    Disclosed,
    DisclosureWithdrawn,
    NotOnThePage,
    WithdrawalUnexplained,
    disclose,
    withdraw_disclosure,
)
from domain.credit_file.disclosure_period import EntryUnknown
from domain.credit_file.disclosure_period import disclosed as periods_of
from domain.credit_file.disclosure_preparing import (
    ConventionMissing,
    DisclosedAsIs,
    DisclosureBarred,
    DisclosurePrepared,
    DisclosureRefused,
    GroundNotExplained,
    GroundNotListed,
    NumberStillShown,
    PassageNotFound,
    PlannedInPast,
    PreparationMissing,
    PreparationStale,
    prepare_disclosure,
    public_texts,
    refuse_disclosure,
)
from domain.credit_file.duties import owed
from domain.credit_file.profile import register_subject
from domain.credit_file.record_decisions import correct_record
from domain.credit_file.redaction import Mask, full_texts, hash_of, masks_of
from domain.credit_file.standing import standing
from domain.event import Personal
from domain.refusals import SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    annulled,
    classified,
    day,
    disclosed,
    general_penalty,
    penalty,
    recorded,
)
from tests.domain.given import DING, GENG, JIA, YI, Given, Step, given, rules, step

FACTS = "据举报人样甲反映，该公司违规（样例）"
TOLD = {"facts": FACTS}


def recorded_with(**fields: Any) -> list[Step]:
    return [REGISTERED, recorded(penalty(**fields)), classified("2026-06-12", "general")]


def prepared(on: str = "2026-06-13", by: Any = GENG, **given_args: Any) -> Step:
    args = {"entry_id": "p1", "withheld": ("样甲",), "method": ("informant",)} | given_args
    return step(on, by, prepare_disclosure, **args)


def withdrawn(on: str, cause: str = "inaccurate") -> Step:
    return step(on, YI, withdraw_disclosure, entry_id="p1", cause=cause, reasons="样例理由")


def refused(on: str, ground: str = "privacy") -> Step:
    return step(on, DING, refuse_disclosure, entry_id="p1", ground=ground, reason="样例理由")


def acts_owed(state: Given) -> set[tuple[str, str]]:
    return {(one.act, one.case_id) for one in owed(state.state, rules())}


# What is hidden


def test_hides_a_passage_wherever_it_stands_and_tells_not_how_long_it_was() -> None:
    masks = masks_of({"facts": "举报人样甲乙、证人样丙", "content": "样甲乙", "basis": "样例"}, ("样甲乙", "样丙"))
    assert masks == (
        Mask(field="facts", public_text="举报人**、证人**"), Mask(field="content", public_text="**"),
    )  # fmt: skip


def test_leaves_nothing_of_a_passage_that_holds_another() -> None:
    assert masks_of({"facts": "样甲乙丙"}, ("样甲", "样甲乙丙")) == (Mask(field="facts", public_text="**"),)


def test_prepares_a_text_with_what_the_handler_named_hidden_and_keeps_both_hashes() -> None:
    state = given(*recorded_with(**TOLD))
    outcome = state.when(
        prepare_disclosure, by=GENG, on="2026-06-13", entry_id="p1", withheld=("样甲",), method=("informant",),
        planned_from=day("2026-06-20"),
    )  # fmt: skip
    texts = full_texts(state.state, "p1")
    hidden = "据举报人**反映，该公司违规（样例）"
    outcome.then(
        DisclosurePrepared(
            entry_id="p1", masks=(Mask(field="facts", public_text=hidden),), method=("informant",),
            hash_full=hash_of(texts), hash_public=hash_of({**texts, "facts": hidden}), prepared_on=day("2026-06-13"),
            planned_from=day("2026-06-20"),
        )
    )  # fmt: skip
    assert hash_of(texts) != hash_of({**texts, "facts": hidden})


def test_a_text_in_which_nothing_need_be_hidden_is_prepared_as_it_is() -> None:
    state = given(*recorded_with(**TOLD), prepared(withheld=(), method=()), disclosed("2026-06-14"))
    assert state.state.releases["p1"].masks == ()
    assert public_texts(state.state, "p1") == full_texts(state.state, "p1")


def test_refuses_to_prepare_for_nobody_nothing_and_what_is_released() -> None:
    given().when(prepare_disclosure, entry_id="p1").refused(SubjectUnknown)
    given(REGISTERED).when(prepare_disclosure, entry_id="p1").refused(EntryUnknown)
    given(*general_penalty()).when(prepare_disclosure, entry_id="p1").refused(DisclosedAsIs)


def test_refuses_a_passage_that_does_not_stand_in_the_text_before_it_asks_of_what_kind_it_is() -> None:
    state = given(*recorded_with(**TOLD))
    state.when(prepare_disclosure, entry_id="p1", withheld=("样乙",)).refused(PassageNotFound, passage="样乙")
    state.when(prepare_disclosure, entry_id="p1", withheld=("样甲",)).refused(ConventionMissing)
    state.when(prepare_disclosure, entry_id="p1", withheld=("样甲",), method=("样例",)).refused(ConventionMissing)


def test_refuses_a_public_text_that_still_shows_a_number() -> None:
    state = given(*recorded_with(facts="联系 139 0000 0000（样例）"))
    state.when(prepare_disclosure, entry_id="p1").refused(NumberStillShown)
    outcome = state.when(
        prepare_disclosure, on="2026-06-13", entry_id="p1", withheld=("139 0000 0000",), method=("phone",)
    )  # fmt: skip
    assert outcome.refusal is None


def test_refuses_a_planned_day_that_is_over() -> None:
    given(*recorded_with(**TOLD)).when(
        prepare_disclosure, on="2026-06-13", entry_id="p1", planned_from=day("2026-06-12")
    ).refused(PlannedInPast, on=day("2026-06-12"))


# What the release covers


@pytest.mark.parametrize("fields", [TOLD, {"content": "罚款；商业秘密略（样例）"}, {"facts": "住址（样例）"}])
def test_an_entry_with_a_word_that_marks_what_may_not_be_shown_is_prepared_first(fields: dict[str, str]) -> None:
    state = given(*recorded_with(**fields))
    state.when(disclose, by=YI, on="2026-06-13", entry_id="p1").refused(PreparationMissing)
    assert ("prepare_disclosure", "p1") in acts_owed(state)


def test_releases_the_prepared_text_from_the_planned_day_and_shows_no_other() -> None:
    state = given(*recorded_with(**TOLD), prepared(planned_from=day("2026-06-20")))
    assert ("disclose", "p1") in acts_owed(state)
    [released] = state.when(disclose, by=YI, on="2026-06-14", entry_id="p1").events
    assert isinstance(released, Disclosed)
    assert released.disclosed_from == day("2026-06-20")
    assert released.hash_full != released.hash_public
    after = state.after(disclosed("2026-06-14")).state
    assert "样甲" not in "".join(public_texts(after, "p1").values())
    period = periods_of(after, rules())["p1"]
    assert [period.covers(day(on)) for on in ("2026-06-19", "2026-06-20")] == [False, True]


def test_who_prepared_does_not_release() -> None:
    given(*recorded_with(**TOLD), prepared(by=YI)).when(disclose, by=YI, on="2026-06-14", entry_id="p1").refused(
        SameOfficer
    )


def test_a_correction_after_the_preparation_asks_for_a_new_one() -> None:
    state = given(
        *recorded_with(**TOLD), prepared(),
        step("2026-06-14", GENG, correct_record, entry_id="p1", field="content", new="罚款（样例二）", reason="笔误"),
    )  # fmt: skip
    state.when(disclose, by=YI, on="2026-06-15", entry_id="p1").refused(PreparationStale)
    assert ("prepare_disclosure", "p1") in acts_owed(state)
    again = state.after(prepared("2026-06-15"))
    assert again.when(disclose, by=YI, on="2026-06-16", entry_id="p1").refusal is None


# What is not disclosed at all


def test_refuses_to_disclose_on_a_listed_ground_and_the_entry_stays_in_the_file() -> None:
    state = given(*recorded_with(**TOLD))
    state.when(
        refuse_disclosure, by=DING, on="2026-06-13", entry_id="p1", ground="state_secret", reason="样例理由"
    ).then(
        DisclosureRefused(entry_id="p1", ground="state_secret", reason="样例理由", refused_on=day("2026-06-13"))
    )  # fmt: skip
    after = state.after(refused("2026-06-13"))
    assert "p1" in after.state.records
    assert not acts_owed(after) & {("disclose", "p1"), ("prepare_disclosure", "p1")}
    found = standing(after.state, day("2026-06-14"), rules())
    assert found is not None
    assert [one.value for one in found.fields if one.item == "disclosure.refused"] == ["privacy"]


def test_what_was_refused_is_released_only_after_it_was_prepared_anew() -> None:
    state = given(*recorded_with(), refused("2026-06-13"))
    state.when(disclose, by=YI, on="2026-06-14", entry_id="p1").refused(DisclosureBarred, on=day("2026-06-13"))
    again = state.after(prepared("2026-06-14", withheld=(), method=()))
    assert again.when(disclose, by=YI, on="2026-06-15", entry_id="p1").refusal is None


def test_refusals_of_a_refusal_to_disclose() -> None:
    args = {"by": DING, "on": "2026-06-13", "entry_id": "p1", "ground": "privacy", "reason": "样例理由"}
    given().when(refuse_disclosure, **args).refused(SubjectUnknown)
    given(REGISTERED).when(refuse_disclosure, **args).refused(EntryUnknown)
    given(*general_penalty()).when(refuse_disclosure, **args).refused(DisclosedAsIs)
    state = given(*recorded_with(**TOLD), prepared(by=YI))
    state.when(refuse_disclosure, **args | {"by": YI}).refused(SameOfficer)
    state.after(refused("2026-06-13")).when(refuse_disclosure, **args).refused(DisclosureBarred)
    state.when(refuse_disclosure, **args | {"ground": "样例", "reason": ""}).refused(GroundNotListed)
    state.when(refuse_disclosure, **args | {"reason": " "}).refused(GroundNotExplained)


# Withdrawn


def test_a_withdrawal_takes_the_entry_off_the_page_the_same_day_with_its_reasons() -> None:
    state = given(*general_penalty())
    state.when(
        withdraw_disclosure, by=YI, on="2026-07-01", entry_id="p1", cause="ordered", reasons="样例理由",
        document_no="样例函一号",
    ).then(
        DisclosureWithdrawn(
            entry_id="p1", cause="ordered", reasons="样例理由", withdrawn_on=day("2026-07-01"),
            document_no="样例函一号",
        )
    )  # fmt: skip
    after = state.after(withdrawn("2026-07-01"))
    period = periods_of(after.state, rules())["p1"]
    assert (period.until, period.cause) == (day("2026-06-30"), "withdrawn")
    found = standing(after.state, day("2026-07-01"), rules())
    assert found is not None
    assert {one.item: one.value for one in found.fields}["disclosure"] == "ended/withdrawn"


def test_what_was_withdrawn_is_prepared_before_it_is_released_again_and_the_gap_remains() -> None:
    state = given(*general_penalty(), withdrawn("2026-07-01"))
    assert not acts_owed(state) & {("disclose", "p1"), ("prepare_disclosure", "p1")}
    state.when(disclose, by=YI, on="2026-07-02", entry_id="p1").refused(DisclosureBarred, on=day("2026-07-01"))
    again = state.after(prepared("2026-07-05", withheld=(), method=())).after(disclosed("2026-07-10"))
    period = periods_of(again.state, rules())["p1"]
    days = ("2026-06-30", "2026-07-01", "2026-07-09", "2026-07-10", "2027-06-12", "2027-06-13")
    assert [period.covers(day(on)) for on in days] == [True, False, False, True, True, False]


def test_refusals_of_a_withdrawal() -> None:
    args = {"by": YI, "on": "2026-07-01", "entry_id": "p1", "cause": "ordered", "reasons": "样例理由"}
    given().when(withdraw_disclosure, **args).refused(SubjectUnknown)
    given(REGISTERED).when(withdraw_disclosure, **args).refused(EntryUnknown)
    given(*recorded_with()).when(withdraw_disclosure, **args).refused(NotOnThePage)
    state = given(*general_penalty())
    state.when(withdraw_disclosure, **args | {"on": "2027-06-13"}).refused(NotOnThePage)
    state.when(withdraw_disclosure, **args | {"cause": "样例", "reasons": ""}).refused(CauseNotListed)
    state.when(withdraw_disclosure, **args | {"reasons": ""}).refused(WithdrawalUnexplained)
    state.after(withdrawn("2026-06-30")).when(withdraw_disclosure, **args).refused(NotOnThePage)


def test_the_reasons_for_an_annulled_record_are_due_in_three_working_days_and_then_no_more() -> None:
    state = given(*general_penalty(), annulled("2026-07-03"))
    [duty] = [one for one in owed(state.state, rules()) if one.act == "withdraw_disclosure"]
    assert duty.term is not None
    # 2026-07-03 is a Friday: Monday, Tuesday, Wednesday.
    assert (duty.since_on, duty.term.until) == (day("2026-07-03"), day("2026-07-08"))
    assert "48" in duty.term.row.article
    after = state.after(withdrawn("2026-07-06", "annulled"))
    assert not [one for one in owed(after.state, rules()) if one.act == "withdraw_disclosure"]
    assert periods_of(after.state, rules())["p1"].until == day("2026-07-02")


def test_before_2021_07_15_the_law_set_no_day_for_the_withdrawal() -> None:
    steps = [REGISTERED, recorded(penalty("2020-08-03")), classified("2020-08-03", "general", "class.2019")]
    state = given(*steps, disclosed("2020-08-03"), annulled("2020-09-01"))
    [duty] = [one for one in owed(state.state, rules()) if one.act == "withdraw_disclosure"]
    assert duty.term is not None
    assert duty.term.until is None


def test_a_natural_person_is_prepared_whatever_the_text() -> None:
    person = step(
        "2018-01-02", JIA, register_subject, subject_kind="natural_person", name="样**", code=None, division="210811",
        person_name=Personal("样例人", "样例号"), identity_number=Personal("样例号", "样例号"),
    )  # fmt: skip
    state = given(person, recorded(penalty(counterpart_name="样**", code=None)), classified("2026-06-12", "general"))
    state.when(disclose, by=YI, on="2026-06-13", entry_id="p1").refused(PreparationMissing)
    again = state.after(prepared(withheld=(), method=()))
    assert again.when(disclose, by=YI, on="2026-06-14", entry_id="p1").refusal is None
