"""Every way of saying no: the same shape for programs, the same page for people, never a traceback."""

from __future__ import annotations

import asyncio
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx
import psycopg
import pytest
from fastapi import APIRouter, Request

import api.app  # noqa: F401  Every module that refuses is loaded with it.
from api.access import DeclaredRoute, public
from api.app import Standstill, create_app
from api.demo.people import JIA
from api.demo.script import code
from api.forms import FieldRefused, Fields, NotADate
from api.positions import Positions
from api.requests import FORM_BYTES_MAX
from api.statuses import STATUS, status_of
from api.v1.description import declared_routes
from domain.context import Context
from domain.credit_file.profile import register_subject
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.refusals import Refused
from tests.html import parse
from tests.site import Site

RULES = Rulebook.from_files()
SECRET = "样例机密 990000190001011234"


def kinds_of_refusal(base: type[Refused] = Refused) -> list[type[Refused]]:
    own = [base] if base.zh else []
    return own + [one for sub in base.__subclasses__() if sub.__module__.startswith(("api", "domain", "projections"))
                  for one in kinds_of_refusal(sub)]  # fmt: skip


@pytest.mark.parametrize("refusal", kinds_of_refusal(), ids=lambda one: one.__name__)
def test_every_refusal_has_a_status_and_a_sentence_in_each_language(refusal: type[Refused]) -> None:
    assert refusal.kind in STATUS
    assert 400 <= STATUS[refusal.kind] <= 599
    assert refusal.zh.endswith("。")
    assert refusal.en.endswith(".")
    assert any("\u4e00" <= one <= "\u9fff" for one in refusal.zh)
    assert any("a" <= one <= "z" for one in refusal.en)


def test_there_are_as_many_refusals_as_the_law_needs() -> None:
    assert len(kinds_of_refusal()) > 60


def test_no_two_refusals_have_one_name() -> None:
    named = [one.__name__ for one in kinds_of_refusal()]
    assert sorted(named) == sorted(set(named))


def test_a_field_that_cannot_be_read_is_told_beside_itself() -> None:
    with pytest.raises(FieldRefused) as refused:
        Fields({"decided_on": "2026-13-01"}).day("decided_on")
    assert isinstance(refused.value, NotADate)
    assert refused.value.field == "decided_on"
    assert status_of(refused.value) == 422


def error(answer: httpx.Response) -> dict[str, Any]:
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "sentence_zh", "sentence_en", "basis", "field", "request_id"}
    assert body["error"]["request_id"] == answer.headers["x-request-id"]
    assert answer.headers["cache-control"] == "no-store"
    return dict(body["error"])


def test_programs_get_one_shape_whatever_is_wrong(stranger: httpx.Client) -> None:
    big = b"x" * (FORM_BYTES_MAX + 1)
    json_type = {"Content-Type": "application/json"}
    asked: list[tuple[httpx.Response, int, str]] = [
        (stranger.get("/api/v1/nothing"), 404, "PageUnknown"),
        (stranger.get("/api/v1/subjects/nobody"), 404, "PageUnknown"),
        (stranger.put("/api/v1/head"), 405, "MethodUnknown"),
        (stranger.get("/api/v1/subjects"), 422, "Malformed"),
        (stranger.get("/api/v1/subjects", params={"q": "样例", "page": "0"}), 422, "Malformed"),
        (stranger.post("/api/v1/sessions", content=b"{", headers=json_type), 422, "Malformed"),
        (stranger.post("/api/v1/sessions", content=big, headers=json_type), 413, "BodyTooLarge"),
        (stranger.post("/api/v1/sessions", content=iter([big]), headers=json_type), 413, "BodyTooLarge"),
        (stranger.post("/api/v1/sessions", json={"officer_id": "nobody", "password": "x"}), 403, "WrongPassword"),
        (stranger.post("/api/v1/subjects", json={}), 401, "NotSignedIn"),
    ]
    assert [(one.status_code, error(one)["code"]) for one, _, _ in asked] == [(s, c) for _, s, c in asked]


def test_what_was_malformed_is_named(stranger: httpx.Client) -> None:
    told = error(stranger.post("/api/v1/sessions", json={"officer_id": "a", "password": "b", "extra": "c"}))
    assert "extra" in told["sentence_zh"]
    assert '"c"' not in json.dumps(told)


def test_people_get_a_page_whatever_is_wrong(stranger: httpx.Client) -> None:
    for answer, status in (
        (stranger.get("/nothing"), 404),
        (stranger.put("/"), 405),
        (stranger.post("/sign-in", content=b"x", headers={"Content-Type": "text/plain"}), 415),
        (stranger.post("/sign-in", content=b"x" * (FORM_BYTES_MAX + 1)), 413),
    ):
        page = parse(answer.text)
        assert answer.status_code == status
        assert page.one("h1").words == "没有办成"
        assert answer.headers["x-request-id"] in page.one("main").words


def test_a_request_id_of_the_caller_is_kept_if_it_is_one(stranger: httpx.Client) -> None:
    mine = "6e1b2f7e-6b0c-4c50-9f53-5b6e3f4a0c11"
    assert stranger.get("/healthz", headers={"X-Request-Id": mine}).headers["x-request-id"] == mine
    theirs = stranger.get("/healthz", headers={"X-Request-Id": "<script>"}).headers["x-request-id"]
    assert len(theirs) == 36


def test_an_error_of_ours_is_told_without_its_values(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    router = APIRouter(route_class=DeclaredRoute)

    @router.get("/api/v1/broken")
    @router.get("/broken")
    @public
    def broken(request: Request) -> None:
        raise ValueError(SECRET)

    app = create_app(site.parts)
    app.router.routes.extend(router.routes)

    async def asked(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get(path)

    def ask(path: str) -> httpx.Response:
        # In a thread of its own: a browser under test may have a loop running in this one.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(asked(path))).result()

    answer = ask("/api/v1/broken")
    assert (answer.status_code, error(answer)["code"]) == (500, "OurError")
    page = ask("/broken")
    assert page.status_code == 500
    assert "没有保存" in parse(page.text).one("p", "standing").words
    told = capfd.readouterr().err
    assert '"kind": "ValueError"' in told
    assert "test_refusals.py" in told
    for text in (told, answer.text, page.text):
        assert "990000190001011234" not in text


def test_health_and_readiness_are_told(stranger: httpx.Client) -> None:
    assert stranger.get("/healthz").json() == {"alive": True}
    ready = stranger.get("/readyz").json()
    assert ready["ready"] is True
    assert ready["log"] > 1000
    assert ready["lag"] == ready["log"] - ready["views"] or ready["lag"] == 0


def test_is_not_ready_while_something_stops_the_views(site: Site, stranger: httpx.Client) -> None:
    with psycopg.connect(site.database.owner_url, autocommit=True) as owner:
        owner.execute("REVOKE UPDATE ON view_progress FROM xinlu_app")
        site.parts.register.do(
            register_subject, site.clock.new_id(), Context(site.clock.now(), JIA.officer, Reading(RULES)),
            subject_kind="organisation", name="营口样例就绪有限公司", code=code("210802", 7310), division="210802",
        )  # fmt: skip
        assert becomes(stranger, 503)["ready"] is False
        owner.execute("GRANT UPDATE ON view_progress TO xinlu_app")
        assert becomes(stranger, 200)["lag"] == 0


def becomes(stranger: httpx.Client, status: int) -> dict[str, Any]:
    for _ in range(400):
        answer = stranger.get("/readyz")
        if answer.status_code == status and (status != 200 or not answer.json()["lag"]):
            return dict(answer.json())
        time.sleep(0.05)
    raise AssertionError(f"never {status}")


def test_standing_still_counts_from_the_moment_the_views_stopped_behind_the_log() -> None:
    still = Standstill()
    assert still.seconds(Positions(10, None, 5), 100.0) == 0
    assert still.seconds(Positions(12, None, 5), 107.0) == 7
    assert still.seconds(Positions(12, None, 6), 109.0) == 0
    assert still.seconds(Positions(12, None, 12), 150.0) == 0
    assert still.seconds(Positions(13, None, 12), 160.0) == 0
    assert still.seconds(Positions(13, None, 12), 170.0) == 10


@pytest.mark.parametrize("text", ["a\0", "\0", "99999999999999999999", "-99999999999999999999", "\ufffe", "'\"%s"])
def test_whatever_a_stranger_writes_into_an_address_is_answered(site: Site, stranger: httpx.Client, text: str) -> None:
    asked = 0
    for route in declared_routes(site.app):
        if "GET" not in (route.methods or set()):
            continue
        path = re.sub(r"\{[^}]*\}", quote(text, safe=""), route.path)
        names = [one.name for one in route.dependant.query_params] or ["q"]
        answer = stranger.get(path, params=dict.fromkeys([*names, "after", "back", "text"], text))
        assert answer.status_code < 500, f"{path} {names}: {answer.text[:300]}"
        asked += 1
    assert asked > 30


@pytest.mark.parametrize("path", ["/?q=%00", "/api/v1/subjects?q=a%00", "/s/%00", "/lists/a%00"])
def test_a_text_that_nothing_can_keep_is_malformed_in_an_address(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code == 422


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{"officer_id": "jia\\u0000", "password": "x"}', "officer_id"),
        (b'{"officer_id": "jia", "password": "x\\u0000"}', "password"),
        (b'{"officer_id": "a\\ud800", "password": "x"}', "officer_id"),
        (b'{"officer_id": "a", "password": "x", "b\\ud800": 1}', "body"),
        (b'{"officer_id": "a", "password": {"c": ["\\udfff"]}}', "c"),
    ],
)
def test_a_text_that_nothing_can_keep_is_malformed_in_a_body(stranger: httpx.Client, body: bytes, where: str) -> None:
    answer = stranger.post("/api/v1/sessions", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, error(answer)["code"]) == (422, "Malformed")
    assert f"“{where}”" in error(answer)["sentence_en"]


def test_a_text_that_nothing_can_keep_is_malformed_in_a_form(stranger: httpx.Client) -> None:
    stranger.get("/sign-in")
    fields = {"csrf": stranger.cookies["xinlu_form"], "officer_id": "jia\0", "password": "x"}
    answer = stranger.post("/sign-in", data=fields)
    assert answer.status_code == 422
    assert "officer_id" in answer.text


def test_a_stranger_is_told_to_sign_in_before_anything_about_the_body(stranger: httpx.Client) -> None:
    path = "/api/v1/subjects/00000000-0000-0000-0000-000000000007/acts/rename_subject"
    for body in (b"{broken", b'{"name": 1}', b"\xff"):
        answer = stranger.post(path, content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, error(answer)["code"]) == (401, "NotSignedIn")
    assert stranger.get("/api/v1/subjects/%00").status_code == 422


def test_an_act_with_a_text_that_nothing_can_keep_is_malformed(site: Site) -> None:
    with site.bearer("jia") as client:
        answer = client.post(
            "/api/v1/subjects/00000000-0000-0000-0000-000000000007/acts/rename_subject",
            content=b'{"name": "a\\ud800", "effective_on": "2026-11-01"}',
            headers={"Content-Type": "application/json", "Idempotency-Key": "6e1b2f7e-6b0c-4c50-9f53-5b6e3f4a0c12"},
        )
    assert (answer.status_code, error(answer)["code"]) == (422, "Malformed")
