"""Who may open what: every route, walked by a stranger and by officers of every role."""

from __future__ import annotations

import re
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter
from starlette.routing import Mount

from api.access import DeclaredRoute, access_of, requires
from api.demo.people import PEOPLE
from api.v1.description import declared_routes
from domain.officer import ROLES
from tests.site import Site

NOBODY = str(UUID(int=7))
OWN_METHODS = {"GET", "POST", "PUT", "DELETE"}


def walks(site: Site) -> list[tuple[DeclaredRoute, str, str]]:
    """Route, method and an address that fits its path."""
    return [
        (route, method, re.sub(r"\{[^}]*\}", NOBODY, route.path))
        for route in declared_routes(site.app)
        for method in sorted((route.methods or set()) & OWN_METHODS)
    ]


def ask(client: httpx.Client, method: str, path: str) -> httpx.Response:
    """Ask as a page's form or a program would, with nothing in it."""
    if path.startswith("/api/"):
        return client.request(method, path, json={} if method != "GET" else None)
    return client.request(method, path, data={"csrf": "wrong"} if method != "GET" else None)


def test_every_route_says_who_may_use_it(site: Site) -> None:
    others = [one for one in site.app.routes if not isinstance(one, DeclaredRoute | Mount)]
    assert others == []
    assert len(walks(site)) > 40
    assert all(access_of(route.endpoint) is not None for route, _, _ in walks(site))
    assert [one.path for one in site.app.routes if isinstance(one, Mount)] == ["/static"]


def test_a_route_cannot_be_added_without_saying_who_may_use_it() -> None:
    router = APIRouter(route_class=DeclaredRoute)
    with pytest.raises(TypeError, match="say who may use the route"):
        router.get("/undeclared")(lambda: None)


def test_a_role_that_does_not_exist_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="no such roles"):
        requires("emperor")


def test_a_stranger_enters_only_what_is_public(site: Site) -> None:
    with site.client() as client:
        for route, method, path in walks(site):
            access = access_of(route.endpoint)
            assert access is not None
            status = ask(client, method, path).status_code
            if access.is_public:
                assert status != 401, f"{method} {path}"
            elif method == "GET" and not path.startswith("/api/"):
                assert status == 303, f"{method} {path}"
            else:
                assert status == 401, f"{method} {path}"


@pytest.mark.parametrize("officer_id", [person.officer_id for person in PEOPLE])
def test_an_officer_of_another_role_is_told_so(site: Site, officer_id: str) -> None:
    role = next(person.role for person in PEOPLE if person.officer_id == officer_id)
    refused = 0
    with site.bearer(officer_id) as client:
        for route, method, path in walks(site):
            access = access_of(route.endpoint)
            assert access is not None
            if path in ("/sign-out", "/sign-in/powers", "/api/v1/sessions/current"):
                continue
            answer = ask(client, method, path)
            if access.roles is not None and role not in access.roles:
                refused += 1
                assert answer.status_code == 403, f"{role}: {method} {path}"
                if path.startswith("/api/"):
                    assert answer.json()["error"]["code"] == "RouteNotAllowed"
                else:
                    assert ROLES[role] in answer.text
            else:
                assert answer.status_code != 401, f"{role}: {method} {path}"
    assert refused > 0


def test_the_system_is_nobody_who_can_sign_in(site: Site) -> None:
    for route, _, _ in walks(site):
        access = access_of(route.endpoint)
        assert access is not None
        assert access.roles is None or "system" not in access.roles


def test_a_county_office_may_not_act_on_a_subject_of_another_county(site: Site) -> None:
    with site.client() as client:
        found = client.get("/api/v1/subjects", params={"q": "大石桥样例汇岫商贸店"}).json()["subjects"][0]
    assert found["division"] == "210882"
    path = f"/api/v1/subjects/{found['subject_id']}/acts/rename_subject"
    with site.bearer("ji") as client:
        answer = client.post(
            path,
            json={"name": "样例更名", "effective_on": "2026-11-01"},
            headers={"Idempotency-Key": "6e1b2f7e-6b0c-4c50-9f53-5b6e3f4a0c11"},
        )
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "NotYourArea"
