"""Nobody who should not be there gets in: the auditor, another county, another role, on every address of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from api.access import access_of
from api.v1.description import declared_routes
from tests.desk import Firm, desk, firm
from tests.site import Site

OFFICER = "/officer"


def addresses(site: Site, one: Firm, entry_id: str) -> Iterator[tuple[str, str]]:
    """Method and address of each route of the desk that concerns one subject."""
    ids = {"subject_id": str(one.subject_id), "entry_id": entry_id}
    for route in declared_routes(site.app):
        if route.path.startswith(OFFICER):
            path = re.sub(r"\{(\w+)\}", lambda found: ids.get(found[1], "nothing"), route.path)
            for method in sorted((route.methods or set()) & {"GET", "POST"}):
                yield method, path


def test_an_auditor_is_denied_on_every_address_of_the_desk(site: Site, a_firm: Firm) -> None:
    entry_id = a_firm.penalty()
    before = a_firm.facts()
    with desk(site, "wu") as wu:
        token = wu.open("/audit").one("input", name="csrf").attributes["value"]
        asked = 0
        for method, path in addresses(site, a_firm, entry_id):
            if "/papers/" in path:
                continue
            answer = wu.client.request(method, path, data={"csrf": token} if method == "POST" else None)
            assert answer.status_code == 403, f"{method} {path}"
            asked += 1
    assert asked > 60
    assert a_firm.facts() == before


@pytest.mark.parametrize("form", ["penalties/new", "licences/new", "names/new", "repairs/new", "commitments/new"])
def test_a_county_office_is_denied_each_form_of_another_countys_subject(site: Site, form: str) -> None:
    other = firm(site, "210882")
    with desk(site, "ji") as ji:
        assert ji.client.get(f"{other.path}/{form}").status_code == 403


def test_a_county_office_is_denied_every_address_of_another_countys_subject(site: Site) -> None:
    other = firm(site, "210882")
    entry_id = other.penalty()
    before = other.facts()
    with desk(site, "ji") as ji:
        token = ji.open(OFFICER).one("input", name="csrf").attributes["value"]
        asked = 0
        for method, path in addresses(site, other, entry_id):
            if str(other.subject_id) not in path:
                continue
            answer = ji.client.request(method, path, data={"csrf": token} if method == "POST" else None)
            assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
            asked += 1
    assert asked > 50
    assert other.facts() == before


def test_a_stranger_is_sent_to_sign_in_from_every_page_of_the_desk(site: Site, a_firm: Firm) -> None:
    with site.client() as client:
        for method, path in addresses(site, a_firm, "nothing"):
            answer = client.request(method, path)
            assert answer.status_code == (303 if method == "GET" else 401), f"{method} {path}"


def test_every_act_of_the_desk_is_a_create_on_a_noun(site: Site) -> None:
    for route in declared_routes(site.app):
        if route.path.startswith(OFFICER):
            assert access_of(route.endpoint) is not None
            assert (route.methods or set()) <= {"GET", "HEAD", "POST"}
            last = route.path.rsplit("/", 1)[1]
            assert not re.match(r"(do|create|update|delete|edit|set)", last), route.path
