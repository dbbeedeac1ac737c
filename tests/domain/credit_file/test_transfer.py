"""Venue transfer: the duty moves, the sender stops, the receiver goes on."""

from __future__ import annotations

from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.duties import owed
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.credit_file.transfer import (
    AreaUnknown,
    CaseIsElsewhere,
    CaseReceived,
    CaseTransferred,
    NothingToTransfer,
    NothingTransferred,
    NotTheHolder,
    NotYourTransfer,
    OfficeUnknown,
    SameOffice,
    TransferUnderWay,
    check_case_is_here,
    check_reach,
    receive_transfer,
    transfer_case,
)
from domain.refusals import NotYourArea, SubjectUnknown
from tests.domain.credit_file.samples import REGISTERED, day, proposed
from tests.domain.given import BING, DING, GENG, JIA, STRANGER, YI, Given, Step, context, given, rules, step

SENT: dict[str, Any] = {
    "case_id": "s1", "to_section": "county_210881", "to_area": "210881", "reason": "样例管辖",
    "transferred_on": day("2026-01-06"),
}  # fmt: skip
GUI = Officer("样例员癸", "handler", "foreign_trade")
PROPOSED = (REGISTERED, proposed("2026-01-05"))


def sent(on: str = "2026-01-06", by: Officer = JIA, **given: Any) -> Step:
    return step(on, by, transfer_case, **SENT | {"transferred_on": day(on)} | given)


def received(on: str, by: Officer = STRANGER) -> Step:
    return step(on, by, receive_transfer, case_id="s1", received_on=day(on))


def check(reached: Given, by: Officer, case_id: str = "s1") -> None:
    check_case_is_here(reached.state, context("2026-02-01", by), {"listing_id": case_id, "facts": "样例"})


def sections(reached: Given) -> dict[str, str]:
    return {one.act: one.origin.section for one in owed(reached.state, rules())}


def test_a_case_is_sent_from_the_office_of_who_sends_it() -> None:
    given(*PROPOSED).when(transfer_case, **SENT).then(
        CaseTransferred(
            case_id="s1", case_kind="listing", from_section="market_order", from_area="210800",
            to_section="county_210881", to_area="210881", reason="样例管辖", transferred_on=day("2026-01-06"),
        )
    )  # fmt: skip


def test_the_duty_moves_with_the_case_and_receiving_it_is_owed_until_done() -> None:
    assert set(sections(given(*PROPOSED)).values()) == {"market_order"}
    on_its_way = sections(given(*PROPOSED, sent()))
    assert "receive_transfer" in on_its_way
    assert set(on_its_way.values()) == {"county_210881"}
    arrived = sections(given(*PROPOSED, sent(), received("2026-01-07")))
    assert "receive_transfer" not in arrived
    assert set(arrived.values()) == {"county_210881"}


def test_the_office_that_sent_a_case_takes_no_step_in_it_and_everybody_else_may() -> None:
    reached = given(*PROPOSED, sent())
    for officer in (JIA, YI):
        with pytest.raises(CaseIsElsewhere):
            check(reached, officer)
    for officer in (BING, DING, STRANGER):
        check(reached, officer)
    check(reached, JIA, "s2")
    check(given(*PROPOSED), JIA)


def test_a_case_sent_back_is_handled_by_its_first_office_again() -> None:
    back = sent("2026-01-08", STRANGER, to_section="market_order", to_area="210800")
    reached = given(*PROPOSED, sent(), received("2026-01-07"), back, received("2026-01-09", JIA))
    check(reached, JIA)
    with pytest.raises(CaseIsElsewhere):
        check(reached, STRANGER)


def test_refuses_to_send_what_is_not_there_or_on_its_way() -> None:
    given().when(transfer_case, **SENT).refused(SubjectUnknown)
    given(REGISTERED).when(transfer_case, **SENT).refused(NothingToTransfer, case_id="s1")
    given(*PROPOSED, sent()).when(transfer_case, by=GUI, **SENT | {"to_area": "样例"}).refused(TransferUnderWay)


def test_only_the_office_that_holds_a_case_sends_it_away() -> None:
    reached = given(*PROPOSED)
    reached.when(transfer_case, by=GUI, **SENT | {"to_area": "样例"}).refused(NotTheHolder, section="market_order")
    assert reached.when(transfer_case, by=YI, **SENT).events
    arrived = given(*PROPOSED, sent(), received("2026-01-07"))
    later = SENT | {"to_section": "distribution", "to_area": "210800", "transferred_on": day("2026-01-08")}
    arrived.when(transfer_case, by=GENG, **later).refused(NotTheHolder, section="county_210881")
    assert arrived.when(transfer_case, by=STRANGER, **later).events


def test_the_sender_sends_a_case_elsewhere_or_takes_it_back_until_it_is_received() -> None:
    on_its_way = given(*PROPOSED, sent())
    elsewhere = sent("2026-01-07", to_section="distribution", to_area="210800")
    assert set(sections(on_its_way.after(elsewhere)).values()) == {"distribution"}
    back = sent("2026-01-07", to_section="market_order", to_area="210800")
    at_home = on_its_way.after(back)
    assert set(sections(at_home).values()) == {"market_order"}
    assert "receive_transfer" not in sections(at_home)
    check(at_home, JIA)
    check_case_is_here(on_its_way.state, context("2026-01-07", JIA), back.args)
    with pytest.raises(CaseIsElsewhere):
        check_case_is_here(given(*PROPOSED, sent(), received("2026-01-07")).state, context("2026-01-08"), back.args)


def test_refuses_an_office_nobody_knows_or_of_another_area() -> None:
    for wrong in ({"to_section": "样例科"}, {"to_section": "distribution"}, {"to_area": "210800"}):
        given(*PROPOSED).when(transfer_case, **SENT | wrong).refused(OfficeUnknown)


def test_a_case_named_deep_in_the_arguments_is_found_as_well() -> None:
    reached = given(*PROPOSED, sent())
    named = {"based_on": ("s1",), "entries": [{"listing_id": "s1"}]}
    for name, value in named.items():
        with pytest.raises(CaseIsElsewhere):
            check_case_is_here(reached.state, context("2026-02-01", JIA), {name: value})
    far = Officer("样例员丑", "county_office", "county_210881", area="210881")
    for name, value in named.items():
        check_reach(reached.state, far, {name: value})
    with pytest.raises(NotYourArea):
        check_reach(reached.state, far, {"based_on": ("s2",)})


def test_refuses_an_area_nobody_knows_the_own_office_and_then_a_wrong_day() -> None:
    reached, future = given(*PROPOSED), {"transferred_on": day("2026-12-01")}
    reached.when(transfer_case, **SENT | future | {"to_area": "110000"}).refused(AreaUnknown, area="110000")
    own = {"to_section": "market_order", "to_area": "210800"}
    reached.when(transfer_case, **SENT | future | own).refused(SameOffice)
    reached.when(transfer_case, **SENT | future).refused(DayInFuture)
    arrived = given(*PROPOSED, sent(), received("2026-01-07"))
    onwards = {"to_section": "county_210882", "to_area": "210882"}
    arrived.when(transfer_case, by=STRANGER, **SENT | onwards).refused(BeforeStepBefore)


def test_the_office_it_was_sent_to_receives_a_case_once() -> None:
    reached = given(*PROPOSED, sent())
    reached.when(receive_transfer, by=STRANGER, case_id="s1", received_on=day("2026-01-07")).then(
        CaseReceived(case_id="s1", received_on=day("2026-01-07"))
    )
    reached.when(receive_transfer, by=YI, case_id="s1", received_on=day("2027-01-07")).refused(NotYourTransfer)
    reached.after(received("2026-01-07")).when(
        receive_transfer, by=STRANGER, case_id="s1", received_on=day("2026-01-07")
    ).refused(NothingTransferred)


def test_refuses_to_receive_nothing_tomorrow_or_before_it_was_sent() -> None:
    asked = {"case_id": "s1", "received_on": day("2026-01-05")}
    given().when(receive_transfer, by=STRANGER, **asked).refused(SubjectUnknown)
    given(*PROPOSED).when(receive_transfer, by=STRANGER, **asked).refused(NothingTransferred)
    reached = given(*PROPOSED, sent())
    reached.when(receive_transfer, by=STRANGER, **asked).refused(BeforeStepBefore)
    reached.when(receive_transfer, by=STRANGER, **asked | {"received_on": day("2026-12-01")}).refused(DayInFuture)
