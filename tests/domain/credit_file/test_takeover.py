"""Takeover: what was done on paper before go-live, with its scan, and nothing of its procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.context import Context, Filing, Officer
from domain.credit_file.commitment import fulfil_commitment
from domain.credit_file.commitment_checks import CommitmentClosed, CommitmentUnknown, OnlyFalseOnceKept
from domain.credit_file.commitment_events import CommitmentBreached
from domain.credit_file.duties import owed
from domain.credit_file.exit import DesignatedElsewhere, revoke_listing
from domain.credit_file.listing import covers
from domain.credit_file.listing_checks import AlreadyListed, ListHasNoBasis
from domain.credit_file.listing_events import Exited, Listed
from domain.credit_file.profile import Deregistered, IdTaken
from domain.credit_file.repair_checks import TargetUnknown
from domain.credit_file.repair_decisions import RepairUnderWay
from domain.credit_file.repair_events import Repaired, SharingStopped
from domain.credit_file.standing import standing
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.credit_file.takeover import (
    TAKEOVER,
    NotBeforeGoLive,
    ScanMissing,
    TakeoverClosed,
    is_before_go_live,
    source_of,
    take_over_breach,
    take_over_listing,
    take_over_repair,
)
from domain.event import Evidence
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.refusals import CaseMoved, SubjectUnknown
from tests.domain.credit_file.samples import (
    LIST,
    REGISTERED,
    annulled,
    applied,
    day,
    licence,
    penalty,
    promise,
    promised,
    recorded,
)
from tests.domain.credit_file.test_profile_changes import turned
from tests.domain.given import DING, RULEBOOK, YI, Given, Step, When, at, given, rules, step

SCAN: dict[str, Any] = {"evidence": (Evidence(title="样例决定书", sha256="ab" * 32),)}
NO_SCAN: dict[str, Any] = {"evidence": (Evidence(title="样例决定书", document_no="样例一号"),)}
LISTING: dict[str, Any] = {
    "listing_id": "t1", "list_type": LIST, "body": "样例省厅", "document_no": "样例省决定一号",
    "decided_on": day("2020-03-02"), "effective_on": day("2020-03-09"), "facts": "样例事实",
}  # fmt: skip
REPAIR: dict[str, Any] = {
    "repair_id": "r1", "target_id": "p1", "document_no": "样例修复一号", "effective_on": day("2020-06-01"),
}  # fmt: skip
BREACH: dict[str, Any] = {
    "commitment_id": "c1", "document_no": "样例违诺一号", "kind": "not", "facts": "样例事实", "consequence": "样例后果",
    "breached_on": day("2020-06-01"),
}  # fmt: skip
OLD = promise("2020-01-06", valid_until=None)
OLD_PENALTY = penalty("2019-09-02")


def taken(decide: Any, args: dict[str, Any], on: str = "2020-08-03") -> Step:
    return step(on, YI, decide, SCAN, **args)


def when(reached: Given, decide: Any, args: dict[str, Any], by: Officer = YI, **more: Any) -> When:
    return reached.when(decide, by=by, **{"on": "2020-08-03", "filing": SCAN} | more, **args)


LISTED = given(REGISTERED)
BROKEN = given(REGISTERED, promised(OLD))
PENALISED = given(REGISTERED, recorded(OLD_PENALTY))
ALL: tuple[tuple[Given, Any, dict[str, Any], str], ...] = (
    (LISTED, take_over_listing, LISTING, "decided_on"),
    (PENALISED, take_over_repair, REPAIR, "effective_on"),
    (BROKEN, take_over_breach, BREACH, "breached_on"),
)


# Every act on paper


@pytest.mark.parametrize(("reached", "decide", "args", "dated"), ALL)
def test_refuses_a_day_to_come_a_day_since_go_live_and_a_paper_without_a_scan_in_this_order(
    reached: Given, decide: Any, args: dict[str, Any], dated: str
) -> None:
    def dated_on(on: str, **more: Any) -> When:
        later = {"effective_on": day(on)} if dated == "decided_on" else {}
        return when(reached, decide, args | later | {dated: day(on)}, **more)

    dated_on("2020-08-04", filing=NO_SCAN).refused(DayInFuture)
    refusal = dated_on("2020-07-16", filing=NO_SCAN).refused(NotBeforeGoLive, on=day("2020-07-16"))
    assert refusal.rule is not None
    assert not refusal.rule.is_verified
    dated_on("2020-07-15", filing=NO_SCAN).refused(ScanMissing)
    dated_on("2020-07-15", filing={}).refused(ScanMissing)
    assert dated_on("2020-07-15").refusal is None


@pytest.mark.parametrize(("reached", "decide", "args", "dated"), ALL)
def test_refuses_once_the_bureau_takes_over_no_more(
    reached: Given, decide: Any, args: dict[str, Any], dated: str
) -> None:
    closed = RULEBOOK.adding_file(
        'instrument = "样例叠加"\ntitle = "样例"\nkind = "bureau_document"\nin_force_from = 2019-07-01\n'
        'certainty = "unverified"\nrow = [\n'
        '  { parameter = "takeover.entry", value = "yes", unit = "choice" },\n'
        '  { parameter = "takeover.entry", in_force_from = 2020-08-01, value = "no", unit = "choice" },\n]\n',
        layer="overlay",
    )
    for on, is_closed in (("2020-07-31", False), ("2020-08-01", True)):
        surroundings = Context(at(on), YI, Reading(closed), Filing(**SCAN))
        if is_closed:
            with pytest.raises(TakeoverClosed):
                decide(reached.state, surroundings, **args)
        else:
            assert decide(reached.state, surroundings, **args)


@pytest.mark.parametrize(("decide", "args"), [(one[1], one[2]) for one in ALL])
def test_refuses_paper_of_nobody(decide: Any, args: dict[str, Any]) -> None:
    when(given(), decide, args, filing={}).refused(SubjectUnknown)


def test_the_acts_of_before_go_live_are_marked_by_the_register() -> None:
    assert source_of("take_over_listing", {}, rules()) == TAKEOVER
    for args in ({"penalty": OLD_PENALTY}, {"licence": licence("2018-01-05")}, {"commitment": OLD}):
        assert source_of("record_penalty", args, rules()) == TAKEOVER
    assert source_of("record_penalty", {"penalty": penalty("2020-07-16")}, rules()) is None
    assert source_of("decide_listing", {"document_no": "样例"}, rules()) is None
    assert is_before_go_live(date(2001, 1, 1), rules())


# Listing


def test_a_listing_on_paper_counts_from_its_day_and_brings_no_procedure_with_it() -> None:
    listed = Listed(
        listing_id="t1", list_type=LIST, designated_by="样例省厅", decision_no="样例省决定一号",
        decided_on=day("2020-03-02"), effective_on=day("2020-03-09"), facts="样例事实", designator="province",
    )  # fmt: skip
    when(LISTED, take_over_listing, LISTING).then(listed)
    one = LISTED.after(taken(take_over_listing, LISTING)).state.listings["t1"]
    assert (one.proposed, one.notice, one.review, one.decision, one.received, one.served) == (None,) * 6
    assert not covers(one, day("2020-03-08"), rules())
    assert covers(one, day("2020-03-09"), rules())


def test_what_a_higher_body_put_on_paper_the_bureau_may_not_lift() -> None:
    reached = LISTED.after(taken(take_over_listing, LISTING))
    when(reached, revoke_listing, {"listing_id": "t1", "document_no": "样例"}, by=DING).refused(DesignatedElsewhere)
    own = LISTED.after(taken(take_over_listing, LISTING | {"list_type": "sample", "body": "本局"}))
    assert not own.state.listings["t1"].is_designated_elsewhere


def test_a_listing_taken_over_owes_none_of_the_steps_before_it() -> None:
    reached = LISTED.after(taken(take_over_listing, LISTING))
    acts = {one.act for one in owed(reached.state, rules()) if one.case_id == "t1"}
    assert acts <= {"disclose", "prepare_disclosure"}


def test_refuses_a_taken_id_a_listing_that_reaches_back_one_without_basis_and_one_twice() -> None:
    known = given(REGISTERED, recorded(penalty("2019-09-02", "t1")))
    when(known, take_over_listing, LISTING, filing={}).refused(IdTaken)
    back = LISTING | {"effective_on": day("2020-03-01"), "list_type": "bureau_joint_punishment"}
    when(LISTED, take_over_listing, back).refused(BeforeStepBefore)
    when(LISTED, take_over_listing, LISTING | {"list_type": "bureau_joint_punishment"}).refused(ListHasNoBasis)
    before_222 = {"decided_on": day("2019-07-16"), "effective_on": day("2019-07-16")}
    when(LISTED, take_over_listing, LISTING | before_222).refused(ListHasNoBasis)
    twice = LISTED.after(taken(take_over_listing, LISTING))
    when(twice, take_over_listing, LISTING | {"listing_id": "t2"}).refused(AlreadyListed)


def test_a_listing_of_one_deregistered_by_then_is_refused_and_an_earlier_one_taken_over() -> None:
    reached = given(REGISTERED, turned("2020-08-01", "deregistered", effective_on="2020-03-02"))
    when(reached, take_over_listing, LISTING).refused(Deregistered)
    earlier = LISTING | {"decided_on": day("2020-03-01")}
    assert when(reached, take_over_listing, earlier).refusal is None


def test_a_listing_made_before_anybody_knew_that_its_basis_was_gone_stands() -> None:
    """The row ends the basis on 2020-03-01 and became known on 2020-03-20."""
    ended = Rulebook.from_files().adding_file(
        'instrument = "样例废止"\ntitle = "样例"\nkind = "ministry_rule"\nin_force_from = 2020-03-01\n'
        'known_from = 2020-03-20\ncertainty = "unverified"\nrow = [\n'
        f'  {{ parameter = "list.basis", list_type = "{LIST}", unit = "none" }},\n]\n'
    )
    surroundings = Context(at("2020-08-03"), YI, Reading(ended), Filing(**SCAN))
    (listed,) = take_over_listing(LISTED.state, surroundings, **LISTING)
    assert isinstance(listed, Listed)
    assert listed.designator == "province"
    known = LISTING | {"decided_on": day("2020-03-20"), "effective_on": day("2020-03-20")}
    with pytest.raises(ListHasNoBasis):
        take_over_listing(LISTED.state, surroundings, **known)


# Repair


def test_a_repair_on_paper_ends_what_it_repaired_and_nothing_else_is_said() -> None:
    repaired = Repaired(
        repair_id="r1", target_id="p1", effect="disclosure_ended", effective_on=day("2020-06-01")
    )  # fmt: skip
    stopped = SharingStopped(repair_id="r1", target_id="p1", effective_on=day("2020-06-01"))
    when(PENALISED, take_over_repair, REPAIR).then(repaired, stopped)
    file = PENALISED.after(taken(take_over_repair, REPAIR)).state
    assert file.repaired_on("p1") == day("2020-06-01")
    case = file.repairs["r1"]
    assert case.is_taken_over
    assert not case.is_open
    assert case.concluded_on == day("2020-06-01")
    assert [one for one in owed(file, rules()) if one.case_id == "r1"] == []
    answer = standing(file, day("2020-06-01"), rules())
    assert answer is not None
    assert ("repair", "disclosure_ended") in {(one.item, one.value) for one in answer.fields}


def test_a_removal_on_paper_ends_the_place_on_the_list() -> None:
    reached = LISTED.after(taken(take_over_listing, LISTING))
    removal = REPAIR | {"target_id": "t1"}
    when(reached, take_over_repair, removal).then(
        Repaired(repair_id="r1", target_id="t1", effect="removed_from_list", effective_on=day("2020-06-01")),
        Exited(listing_id="t1", cause="repair", effective_on=day("2020-06-01"), document_no="样例修复一号"),
        SharingStopped(repair_id="r1", target_id="t1", effective_on=day("2020-06-01")),
    )
    file = reached.after(taken(take_over_repair, removal)).state
    assert covers(file.listings["t1"], day("2020-05-31"), rules())
    assert not covers(file.listings["t1"], day("2020-06-01"), rules())


def test_refuses_to_repair_what_is_not_there_annulled_repaired_or_off_the_list() -> None:
    when(given(REGISTERED), take_over_repair, REPAIR).refused(TargetUnknown)
    when(PENALISED.after(annulled("2020-08-01")), take_over_repair, REPAIR).refused(TargetUnknown)
    repaired = PENALISED.after(taken(take_over_repair, REPAIR))
    when(repaired, take_over_repair, REPAIR | {"repair_id": "r2"}).refused(TargetUnknown)
    reached = LISTED.after(taken(take_over_listing, LISTING))
    early = REPAIR | {"target_id": "t1", "effective_on": day("2020-03-08")}
    when(reached, take_over_repair, early).refused(TargetUnknown)


def test_refuses_a_taken_id_and_a_repair_of_what_is_being_repaired() -> None:
    when(PENALISED, take_over_repair, REPAIR | {"repair_id": "p1"}, filing={}).refused(IdTaken)
    window = {"channel": "window", "external_no": "", "pushed_at": None}
    reached = PENALISED.after(applied("2020-07-20", repair_id="r9", **window))
    when(reached, take_over_repair, REPAIR).refused(RepairUnderWay)


# Breach


def test_a_breach_on_paper_needs_no_notice_in_the_register() -> None:
    when(BROKEN, take_over_breach, BREACH).then(CommitmentBreached(**BREACH))
    one = BROKEN.after(taken(take_over_breach, BREACH)).state.commitments["c1"]
    assert one.notice is None
    assert one.state_on(day("2020-05-31")) == "running"
    assert one.state_on(day("2020-06-01")) == "breached"


def test_refuses_a_breach_of_an_unknown_moved_or_closed_commitment_or_before_it_was_made() -> None:
    when(LISTED, take_over_breach, BREACH).refused(CommitmentUnknown)
    when(BROKEN, take_over_breach, BREACH | {"seen": 1}).refused(CaseMoved)
    when(BROKEN.after(taken(take_over_breach, BREACH)), take_over_breach, BREACH, filing={}).refused(CommitmentClosed)
    when(BROKEN, take_over_breach, BREACH | {"breached_on": day("2020-01-05")}).refused(BeforeStepBefore)


def test_refuses_to_find_a_kept_commitment_unkept() -> None:
    kept = step(
        "2020-03-02", YI, fulfil_commitment, commitment_id="c1", fulfilled_on=day("2020-03-02"), extent="full"
    )  # fmt: skip
    when(BROKEN.after(kept), take_over_breach, BREACH).refused(OnlyFalseOnceKept)
    assert when(BROKEN.after(kept), take_over_breach, BREACH | {"kind": "false"}).refusal is None
