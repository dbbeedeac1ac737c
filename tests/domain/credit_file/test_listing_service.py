"""Service of the notice and of the decision, by each lawful way, and the remedies that the decision tells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.credit_file.listing_checks import ListingUnknown, WrongStep
from domain.credit_file.listing_decisions import serve_listing_notice
from domain.credit_file.listing_events import ListingNoticeServed, ServiceAnnounced
from domain.credit_file.listing_service import (
    AnnouncementRunning,
    ElectronicWithoutConsent,
    NotAnnounced,
    RepairNoticeMissing,
    ServiceMethodUnknown,
    announce_service,
    list_subject,
    remedies_of,
)
from domain.credit_file.steps import BeforeStepBefore, DayInFuture
from domain.refusals import CaseMoved, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    day,
    decided,
    heard,
    listed,
    noticed,
    own_listing,
    proposed,
    reviewed,
    upward,
    weighed,
)
from tests.domain.given import JIA, RULEBOOK, Step, given, rules, step

PROPOSED = [REGISTERED, proposed("2026-03-02")]
DECIDED = [REGISTERED, *own_listing("2026-03-02")[:-1]]
NOTICE: dict[str, Any] = {
    "listing_id": "s1", "document_no": "样例告知二号", "served_on": day("2026-05-06"), "method": "直接送达"
}  # fmt: skip
SERVICE: dict[str, Any] = {
    "listing_id": "s1", "served_on": day("2026-05-06"), "method": "直接送达", "repair_notice_served": True
}  # fmt: skip
BOTH = [(PROPOSED, serve_listing_notice, NOTICE), (DECIDED, list_subject, SERVICE)]


def announcement(on: str) -> Step:
    return step(on, JIA, announce_service, listing_id="s1", announced_on=day(on), medium="样例日报")


@pytest.mark.parametrize("method", [one.zh for one in RULEBOOK.code_list("service_methods").values() if not one.kind])
@pytest.mark.parametrize(("steps", "decide", "args"), BOTH)
def test_serves_in_each_lawful_way_and_keeps_the_receipt(
    method: str, steps: list[Step], decide: Any, args: dict[str, Any]
) -> None:
    events = given(*steps).when(decide, **args | {"method": method, "receipt": "样例回证一号"}).events
    assert (events[0].method, events[0].receipt) == (method, "样例回证一号")  # type: ignore[attr-defined]


def test_stores_the_word_of_the_receipt_where_its_code_was_given() -> None:
    given(*PROPOSED).when(serve_listing_notice, **NOTICE | {"method": "left"}).then(
        ListingNoticeServed(**NOTICE | {"method": "留置送达"})
    )


@pytest.mark.parametrize(("steps", "decide", "args"), BOTH)
def test_refuses_a_way_of_service_that_is_none(steps: list[Step], decide: Any, args: dict[str, Any]) -> None:
    state = given(*steps)
    state.when(decide, **args | {"method": "飞鸽传书"}).refused(ServiceMethodUnknown, method="飞鸽传书")
    state.when(decide, **args | {"method": "飞鸽传书", "served_on": day("2026-01-01")}).refused(BeforeStepBefore)


@pytest.mark.parametrize(("steps", "decide", "args"), BOTH)
def test_serves_electronically_only_with_the_consent_of_the_subject(
    steps: list[Step], decide: Any, args: dict[str, Any]
) -> None:
    one = args | {"method": "电子送达"}
    given(*steps).when(decide, **one).refused(ElectronicWithoutConsent)
    assert given(*steps).when(decide, **one, consent="样例确认书").events


# By announcement


def test_announces_the_notice_before_it_was_served_and_the_decision_after_it_was_made() -> None:
    for steps, document in ((PROPOSED, "notice"), (DECIDED, "decision")):
        given(*steps).when(
            announce_service, on="2026-03-03", listing_id="s1", announced_on=day("2026-03-03"), medium="样例日报"
        ).then(
            ServiceAnnounced(listing_id="s1", document=document, announced_on=day("2026-03-03"), medium="样例日报")  # type: ignore[arg-type]
        )


def test_refuses_an_announcement_of_nothing_out_of_turn_or_of_a_day_that_cannot_be() -> None:
    args = {"listing_id": "s1", "announced_on": day("2026-03-03"), "medium": "样例日报"}
    given().when(announce_service, **args).refused(SubjectUnknown)
    given(REGISTERED).when(announce_service, **args).refused(ListingUnknown)
    given(*PROPOSED).when(announce_service, **args, seen=1).refused(CaseMoved)
    given(*PROPOSED).when(announce_service, on="2026-03-02", **args).refused(DayInFuture)
    for steps in (PROPOSED, DECIDED):
        given(*steps).when(announce_service, **args | {"announced_on": day("2026-03-01")}).refused(BeforeStepBefore)
    for steps in (
        [*PROPOSED, noticed("2026-03-03")], [*PROPOSED, announcement("2026-03-03")], [REGISTERED, upward("2026-03-02")],
        [*DECIDED, listed("2026-03-03")],
    ):  # fmt: skip
        moved = args | ({"listing_id": "u1"} if steps[-1].args["listing_id"] == "u1" else {})
        given(*steps).when(announce_service, **moved).refused(WrongStep)


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        # Sixty days before 2022-01-01, thirty since; neither rolls over a holiday.
        ("2021-11-30", "2022-01-29"),
        ("2021-12-31", "2022-03-01"),
        ("2022-01-04", "2022-02-03"),
        ("2026-03-03", "2026-04-02"),
    ],
)
def test_what_is_announced_counts_as_served_the_day_after_the_time_of_the_announcement(
    announced: str, last: str
) -> None:
    before = "2021-11-29" if announced < "2022" else announced
    steps = [REGISTERED, *own_listing(before)[:-1], announcement(announced)]
    one = SERVICE | {"method": "公告送达"}
    given(*steps).when(list_subject, **one | {"served_on": day(last)}).refused(AnnouncementRunning, until=day(last))
    first = date.fromordinal(day(last).toordinal() + 1)
    events = given(*steps).when(list_subject, **one | {"served_on": first}).events
    assert events[1].effective_on == first  # type: ignore[attr-defined]


@pytest.mark.parametrize(("steps", "decide", "args"), BOTH)
def test_refuses_service_by_an_announcement_nobody_made(steps: list[Step], decide: Any, args: dict[str, Any]) -> None:
    given(*steps).when(decide, **args | {"method": "公告送达"}).refused(NotAnnounced)


def test_the_announcement_of_the_notice_does_not_serve_the_decision() -> None:
    told = step(
        "2026-04-03", JIA, serve_listing_notice, **NOTICE | {"method": "公告送达", "served_on": day("2026-04-03")}
    )
    steps = [*PROPOSED, announcement("2026-03-03"), told, heard("2026-04-07"), weighed("2026-04-07")]
    steps += [reviewed("2026-04-08"), decided("2026-04-09")]
    given(*steps).when(list_subject, **SERVICE | {"method": "公告送达"}).refused(NotAnnounced)


def test_the_way_of_service_is_told_before_the_repair_notice() -> None:
    one = SERVICE | {"repair_notice_served": False}
    given(*DECIDED).when(list_subject, **one | {"method": "公告送达"}).refused(NotAnnounced)
    given(*DECIDED).when(list_subject, **one).refused(RepairNoticeMissing)


# Remedies


@pytest.mark.parametrize(
    ("served", "body", "reconsideration", "litigation"),
    [
        # The sixtieth day, rolled to a working day: 2023-12-31 is in the New Year holiday, 2020-09-26 a Saturday.
        ("2020-07-28", "city_government_or_provincial_department", "2020-09-27", "2021-01-28"),
        ("2023-11-01", "city_government_or_provincial_department", "2024-01-02", "2024-05-01"),
        ("2024-01-01", "city_government", "2024-03-01", "2024-07-01"),
        ("2026-03-09", "city_government", "2026-05-08", "2026-09-09"),
    ],
)
def test_tells_the_remedies_of_the_day_of_service(
    served: str, body: str, reconsideration: str, litigation: str
) -> None:
    found = remedies_of(day(served), rules())
    assert found is not None
    assert (found.body.code, found.reconsideration.until, found.litigation.until) == (
        body, day(reconsideration), day(litigation),
    )  # fmt: skip
    assert {one.parameter for one in found.rows} == {"remedy.body", "remedy.reconsideration", "remedy.litigation"}
