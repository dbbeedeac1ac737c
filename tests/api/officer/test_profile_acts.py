"""Acts on the subject itself at the desk: codes, statuses, persons, joined files, transfers, paper and slips."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.demo.people import JIA
from domain.credit_file.listing_decisions import propose_listing
from tests.desk import Desk, Firm, desk, firm, new_code
from tests.site import Site

SCAN = b"%PDF-1.4 \xe6\xa0\xb7\xe4\xbe\x8b paper of 2020"


@pytest.fixture(scope="module")
def geng(site: Site) -> Iterator[Desk]:
    """An officer of the Market Order Section."""
    with desk(site, "geng") as one:
        yield one


def public(site: Site, path: str, **asked: Any) -> httpx.Response:
    """What a stranger is answered."""
    with site.client() as client:
        return client.get(path, **asked)


def today(site: Site) -> str:
    return site.clock.today().isoformat()


def test_a_former_code_leads_to_the_page_of_the_subject_and_finds_it(yi: Desk, a_firm: Firm, site: Site) -> None:
    code = new_code()
    sent = yi.send(f"{a_firm.path}/codes/new", code=code, reason="样例换码", effective_on=today(site))
    assert sent.status == 303, sent.said
    site.settled()
    answer = public(site, f"/s/{a_firm.code}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/s/{code}"
    assert a_firm.name in public(site, "/", params={"q": a_firm.code}).text
    assert a_firm.name in public(site, "/", params={"q": code}).text


def test_a_status_is_chosen_from_the_list_and_stands_on_the_file(jia: Desk, a_firm: Firm, site: Site) -> None:
    typed = {"effective_on": today(site), "authority": "样例登记机关"}
    sent = jia.send(f"{a_firm.path}/statuses/new", status="deregistered", **typed)
    assert sent.status == 303, sent.said
    back = jia.send(f"{a_firm.path}/statuses/new", status="existing", **typed)
    assert back.status == 409
    assert "写明理由" in back.said
    file = site.parts.register.load(a_firm.subject_id)
    assert file.profile is not None
    assert [one.changed.status for one in file.profile.statuses] == ["deregistered"]


def test_a_person_is_linked_sealed_has_a_page_and_is_unlinked_there(jia: Desk, a_firm: Firm, site: Site) -> None:
    sent = jia.send(
        f"{a_firm.path}/persons/new", role="person_in_charge", shown_name="样**", person_name="样例全名",
        from_on="2026-01-05",
    )  # fmt: skip
    assert sent.status == 303, sent.said
    assert "样例全名" not in jia.client.get(sent.location).text
    (link_id,) = site.parts.register.load(a_firm.subject_id).persons
    page = jia.open(f"{a_firm.path}/persons/{link_id}")
    assert "样**" in page.one("main").words
    ended = jia.send(f"{a_firm.path}/persons/{link_id}/endings/new", until_on=today(site))
    assert ended.status == 303, ended.said
    assert site.parts.register.load(a_firm.subject_id).persons[link_id].until_on == site.clock.today()
    assert "样**" not in public(site, a_firm.public).text


def test_the_page_of_a_joined_file_leads_to_the_main_one_and_search_finds_that_only(
    geng: Desk, a_firm: Firm, site: Site
) -> None:
    double = firm(site)
    unknown = geng.send(f"{double.path}/joinings/new", into_code=new_code(), reason="样例重复建档")
    assert unknown.status in (404, 409)
    sent = geng.send(f"{double.path}/joinings/new", into_code=a_firm.code, reason="样例重复建档")
    assert sent.status == 303, sent.said
    site.settled()
    answer = public(site, double.public)
    assert answer.status_code == 301
    assert answer.headers["location"] == a_firm.public
    assert double.code not in public(site, "/", params={"q": double.name}).text.replace(" ", "")
    assert public(site, f"/api/v1/subjects/{double.code}").status_code == 404
    page = geng.client.get(a_firm.path, params={"purpose": "check"}).text
    assert double.path in page or "查阅事由" in page


def test_a_listing_on_paper_enters_with_its_scan_and_is_marked(yi: Desk, a_firm: Firm, site: Site) -> None:
    path = f"{a_firm.path}/paper-listings/new"
    typed = {
        "list_type": "commerce_joint_punishment", "body": "样例省厅", "document_no": "样例省决定一号",
        "decided_on": "2020-03-02", "effective_on": "2020-03-09", "facts": "样例事实",
    }  # fmt: skip
    bare = yi.send(path, **typed)
    assert bare.status == 409
    assert "扫描件" in bare.said
    file = {"paper": ("样例.pdf", SCAN, "application/pdf")}
    sent = yi.send(path, file, **typed, evidence_title="样例决定书")
    assert sent.status == 303, sent.said
    fact = site.parts.register.history(a_firm.subject_id)[-1]
    assert type(fact.event).__name__ == "Listed"
    assert fact.envelope.source.system == "takeover"
    assert fact.envelope.evidence[0].sha256 == hashlib.sha256(SCAN).hexdigest()


def test_an_own_slip_of_today_is_chosen_and_undone(jia: Desk, yi: Desk, a_firm: Firm, site: Site) -> None:
    sent = jia.send(f"{a_firm.path}/names/new", name="营口样例误录有限公司", effective_on=today(site))
    assert sent.status == 303, sent.said
    site.settled()
    assert "误录" in public(site, a_firm.public).text
    form = jia.open(f"{a_firm.path}/undoings/new").one("select", id="f-version")
    assert [one.attributes["value"] for one in form.all("option")] == ["", "2"]
    others = yi.open(f"{a_firm.path}/undoings/new")
    assert "2" not in [one.attributes.get("value") for one in others.all("option")]
    undone = jia.send(f"{a_firm.path}/undoings/new", version="2", reason="样例录错主体")
    assert undone.status == 303, undone.said
    site.settled()
    assert "误录" not in public(site, a_firm.public).text
    assert a_firm.facts() == ["SubjectRegistered", "SubjectRenamed", "EntryUndone"]


def test_a_case_sent_to_a_county_is_reached_there_and_nowhere_else(jia: Desk, ji: Desk, site: Site) -> None:
    other = firm(site, "210882")
    case = {"listing_id": "样例移送案", "list_type": "sample", "facts": "样例事实"}
    other.act(JIA, propose_listing, **case)
    assert ji.client.get(other.path).status_code == 403
    sent = jia.send(
        f"{other.path}/transfers/new", case_id="样例移送案", to_section="county_210803", to_area="210803",
        reason="样例管辖", transferred_on=today(site),
    )  # fmt: skip
    assert sent.status == 303, sent.said
    site.settled()
    assert ji.client.get(other.path).status_code == 200
    assert other.name in ji.open("/officer").one("main").words
    received = ji.send(f"{other.path}/receipts/new", case_id="样例移送案", received_on=today(site))
    assert received.status == 303, received.said
    renamed = ji.send(f"{other.path}/names/new", name="样例越权", effective_on=today(site))
    assert renamed.status == 403
    step = jia.send(f"{other.path}/listings/样例移送案/waivers/new", waived_on=today(site), document_no="样例")
    assert step.status == 403
    assert "county_210803" in step.said
