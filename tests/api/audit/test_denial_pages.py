"""What is refused for role, area or separation of duties is on record, and an auditor reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from api.demo.firm_acts import licence
from api.demo.people import YI
from domain.casework.denials import AttemptDenied
from domain.credit_file.record_decisions import record_licence
from domain.event import Fact
from tests.desk import Desk, Firm, desk, firm
from tests.site import Site


@pytest.fixture
def a_firm(site: Site) -> Firm:
    return firm(site)


@pytest.fixture
def jia(site: Site) -> Iterator[Desk]:
    with desk(site, "jia") as one:
        yield one


def denials(site: Site) -> list[Fact]:
    """Every denied attempt in the order of the log."""
    site.settled()
    head = site.parts.register.head()[0]
    rows = site.parts.register.facts_recorder.select_positions(1, head)
    facts = [site.parts.register.facts_mapper.to_fact(row) for row in rows]
    return [one for one in facts if isinstance(one.event, AttemptDenied)]


def told(fact: Fact) -> tuple[Any, ...]:
    event = fact.event
    assert isinstance(event, AttemptDenied)
    return event.act, event.officer_id, event.role, event.subject_id, event.refusal, event.channel


def test_a_page_that_the_role_does_not_hold_is_denied_and_noted_by_the_register(
    site: Site, a_firm: Firm, jia: Desk
) -> None:
    entry_id = a_firm.penalty()
    before = len(denials(site))
    assert jia.client.get(f"{a_firm.path}/records/{entry_id}/annulments/new").status_code == 403
    noted = denials(site)[before:]
    assert [told(one) for one in noted] == [
        ("annul_record", "jia", "handler", a_firm.subject_id, "RouteNotAllowed", "desk")
    ]
    assert noted[0].envelope.actor.role == "system"


def test_separation_of_duties_is_noted_once_however_often_the_form_is_sent(site: Site, a_firm: Firm) -> None:
    one = licence("l1", a_firm.name, a_firm.code, f"样例许〔2026〕{a_firm.code[-4:]}号", "2026-11-20", None, "样例")
    number = a_firm.act(YI, record_licence, licence=one).events
    before = len(denials(site))
    with desk(site, "yi") as yi:
        form = {"csrf": yi.open("/officer/subjects").one("input", name="csrf").attributes["value"]}
        typed = form | {"request_id": str(uuid4()), "seen": str(number[-1].version)}
        for _ in range(2):
            assert yi.post(f"{a_firm.path}/entries/{one.entry_id}/releases", typed).status == 403
    assert [told(one) for one in denials(site)[before:]] == [
        ("disclose", "yi", "section_head", a_firm.subject_id, "SameOfficer", "desk")
    ]


def test_another_countys_subject_is_denied_and_noted(site: Site) -> None:
    other = firm(site, "210882")
    with desk(site, "ji") as ji:
        assert ji.client.get(f"{other.path}/penalties/new").status_code == 403
    assert told(denials(site)[-1]) == (
        "record_penalty", "ji", "county_office", other.subject_id, "NotYourArea", "desk",
    )  # fmt: skip


def test_a_program_is_noted_as_such_and_the_same_request_once(site: Site, a_firm: Firm) -> None:
    path = f"/api/v1/subjects/{a_firm.subject_id}/acts/decide_listing"
    body = {"listing_id": "x", "outcome": "list", "document_no": "x", "facts": "x", "removal_conditions": "x",
            "remedies": "x"}  # fmt: skip
    before = len(denials(site))
    request = {"X-Request-Id": str(uuid4()), "Idempotency-Key": str(uuid4())}
    with site.bearer("jia") as client:
        for _ in range(3):
            assert client.post(path, json=body, headers=request).status_code == 403
    assert [told(one)[-1] for one in denials(site)[before:]] == ["api"]


def test_a_page_that_only_shows_and_a_form_of_another_site_are_not_noted(site: Site, jia: Desk, a_firm: Firm) -> None:
    before = len(denials(site))
    assert jia.client.get("/audit/denials").status_code == 403
    assert jia.client.post(f"{a_firm.path}/penalties", data={"csrf": "x"}).status_code == 403
    with site.client() as stranger:
        assert stranger.get(f"{a_firm.path}/penalties/new").status_code == 303
    assert len(denials(site)) == before


def test_an_answer_is_the_same_where_noting_fails(
    site: Site, a_firm: Firm, jia: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    entry_id = a_firm.penalty()
    before = len(denials(site))
    with monkeypatch.context() as patched:
        patched.setattr(site.parts.register, "do_on", fail)
        assert jia.client.get(f"{a_firm.path}/records/{entry_id}/annulments/new").status_code == 403
    assert len(denials(site)) == before


def test_an_auditor_reads_what_was_denied_by_day(site: Site, wu: Desk, jia: Desk, a_firm: Firm) -> None:
    entry_id = a_firm.penalty()
    assert jia.client.get(f"{a_firm.path}/records/{entry_id}/annulments/new").status_code == 403
    site.settled()
    rows = wu.open("/audit/denials").one("table").all("tr")[1:]
    newest = [cell.words for cell in (rows[0].one("th"), *rows[0].all("td")[1:3])]
    assert newest == ["撤销记录", "jia（科室经办人）", "RouteNotAllowed"]
    assert wu.open("/audit/denials?from_on=2019-01-01&until_on=2019-02-01").one("main").all("table") == []
    assert wu.client.get("/audit/denials?until_on=gestern").status_code == 422
    assert wu.client.get("/audit/denials?until_on=0001-01-01&number=99999999999").status_code == 200
