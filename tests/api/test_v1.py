"""The JSON API: what the pages say, the officers' acts, and its own description."""

from __future__ import annotations

import inspect
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.arguments import arguments_of
from api.v1.acts import CONTINUES_OR_CREATES, CREATES, TAKEN
from domain.officer import POWERS
from tests.domain.test_contracts import DECISIONS
from tests.html import parse
from tests.site import Site

HAITONG = "91210803XX27410369"
PENALTY = {
    "counterpart_name": "营口样例青禾商贸有限公司", "counterpart_kind": "法人及非法人组织",
    "document_no": "营商罚决字〔2026〕第9901号", "decided_on": "2026-11-20", "content": "罚款 1 万元",
    "authority": "营口市商务局", "conduct": "样例行为", "facts": "样例事实", "penalty_basis": "样例依据",
    "penalty_kinds": ["罚款"], "fine_fen": 1000000, "source_unit": "营口市商务局",
}  # fmt: skip


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


@pytest.fixture
def firm(site: Site) -> dict[str, Any]:
    """A subject of the test's own, registered through the API."""
    body = {"subject_kind": "sole_trader", "name": "营口样例青禾商贸有限公司", "code": a_code(), "division": "210803"}
    with site.bearer("jia") as client:
        answer = client.post("/api/v1/subjects", json=body, headers=key())
    assert answer.status_code == 201, answer.text
    return {**body, "subject_id": answer.json()["subject_id"]}


def a_code() -> str:
    """A code that nobody has, with the right check character; XX says that it is invented."""
    characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"92210803XX{uuid4().int % 10**7:07d}"
    total = sum(characters.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return body + characters[(31 - total % 31) % 31]


def test_a_subject_in_json_says_what_its_page_says(stranger: httpx.Client) -> None:
    told = stranger.get(f"/api/v1/subjects/{HAITONG}").json()
    page = parse(stranger.get(f"/s/{HAITONG}").text)
    assert told["name"] == page.one("h1").words
    penalty = next(one for one in told["statements"] if one["kind"] == "penalty")
    article = page.all("article")[0]
    assert penalty["document_no"] in article.words
    assert f"{penalty['from_on']} 至 {penalty['until_on']}" in article.words
    assert f"还剩 {penalty['days_left']} 天" in article.words
    assert [one["title_zh"] for one in penalty["doors"]] == [one.words for one in article.one("dl", "doors").all("dt")]
    assert penalty["sha256"].startswith(article.one("span", "num").words[:4])
    assert told["as_of"]["on"] == "2026-11-23"


def test_an_act_is_recorded_once_however_often_it_is_sent(site: Site, firm: dict[str, Any]) -> None:
    path, headers = f"/api/v1/subjects/{firm['subject_id']}/acts/record_penalty", key()
    with site.bearer("jia") as client:
        first = client.post(path, json={"penalty": PENALTY}, headers=headers)
        again = client.post(path, json={"penalty": PENALTY}, headers=headers)
        other = client.post(path, json={"penalty": PENALTY | {"content": "别的"}}, headers=headers)
    assert first.status_code == again.status_code == 201, first.text
    assert first.json()["repeated"] is False
    assert again.json() == first.json() | {"repeated": True}
    assert (other.status_code, other.json()["error"]["code"]) == (409, "RequestIdReused")


def test_what_was_recorded_is_public_only_after_another_officer_released_it(site: Site, firm: dict[str, Any]) -> None:
    acts = f"/api/v1/subjects/{firm['subject_id']}/acts"
    number = PENALTY["document_no"]
    with site.bearer("jia") as jia, site.bearer("yi") as yi, site.client() as stranger:

        def public() -> str:
            site.settled()
            return stranger.get(f"/s/{firm['code']}").text

        entry_id = jia.post(f"{acts}/record_penalty", json={"penalty": PENALTY}, headers=key()).json()["id"]
        classes = {"entry_id": entry_id, "scheme": "class.2025", "penalty_class": "general", "reason": "样例"}
        assert jia.post(f"{acts}/classify_penalty", json=classes, headers=key()).status_code == 201
        assert str(number) not in public()
        own = jia.post(f"{acts}/disclose", json={"entry_id": entry_id}, headers=key())
        assert (own.status_code, own.json()["error"]["code"]) == (403, "RouteNotAllowed")
        assert yi.post(f"{acts}/disclose", json={"entry_id": entry_id}, headers=key()).status_code == 201
        assert str(number) in public()
        twice = yi.post(f"{acts}/disclose", json={"entry_id": entry_id}, headers=key())
        assert (twice.status_code, twice.json()["error"]["code"]) == (409, "AlreadyDisclosed")
        annul = {"entry_id": entry_id, "reason": "样例：决定已撤销"}
        seen = yi.post(f"{acts}/annul_record/preview", json=annul, headers=key()).json()["hash"]
        signed = yi.post(f"{acts}/annul_record", json=annul | {"preview": seen}, headers=key())
        assert signed.status_code == 201, signed.text
        assert str(number) not in public()


def test_an_act_needs_its_key_and_its_arguments_and_no_others(site: Site, firm: dict[str, Any]) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/rename_subject"
    body = {"name": "样例新名", "effective_on": "2026-11-01"}
    with site.bearer("jia") as client:
        assert client.post(path, json=body).json()["error"]["code"] == "Malformed"
        assert client.post(path, json=body | {"more": 1}, headers=key()).status_code == 422
        assert client.post(path, json={"name": "样例新名"}, headers=key()).status_code == 422
        assert client.post(path, json=body, headers={"Idempotency-Key": "not a uuid"}).status_code == 422


def test_no_identity_number_is_taken_by_this_interface(site: Site, firm: dict[str, Any]) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/record_penalty"
    body = {"penalty": PENALTY | {"person_id": "990000190001011234"}}
    with site.bearer("jia") as client:
        answer = client.post(path, json=body, headers=key())
    assert answer.status_code == 422
    assert "990000190001011234" not in answer.text


def test_a_browsers_cookie_alone_moves_nothing(site: Site, firm: dict[str, Any]) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/rename_subject"
    body = {"name": "样例新名", "effective_on": "2026-11-01"}
    with site.signed_in("jia") as client:
        bare = client.post(path, json=body, headers=key())
        assert (bare.status_code, bare.json()["error"]["code"]) == (403, "FormTokenWrong")
        form = parse(client.get("/sign-in/powers").text).one("form", action="/sign-out")
        token = {"X-CSRF-Token": form.one("input").attributes["value"]}
        assert client.post(path, json=body, headers=key() | token).status_code == 201


def test_a_program_ends_its_session(site: Site) -> None:
    with site.bearer("wu") as client:
        assert client.delete("/api/v1/sessions/current").status_code == 204
        assert client.delete("/api/v1/sessions/current").status_code == 401


def test_the_description_names_every_route_who_may_use_it_and_the_shape_of_errors(stranger: httpx.Client) -> None:
    told = stranger.get("/api/v1/openapi.json").json()
    assert len(told["paths"]) == 2 * len(TAKEN) + 6
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], path
            assert "x-roles" in operation, path
            assert ("security" in operation) == bool(operation["x-roles"]), path
            for status, answer in operation["responses"].items():
                if status[0] == "4":
                    schema = answer["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/Error"}, f"{method} {path} {status}"
    roles = told["paths"]["/api/v1/subjects/{subject_id}/acts/decide_listing"]["post"]["x-roles"]
    assert roles == ["leader"]


def test_every_act_that_an_officer_may_perform_on_a_file_has_a_route_unless_it_needs_what_is_sealed() -> None:
    on_a_file = {name for name, one in DECISIONS.items() if one.__module__.startswith("domain.credit_file.")}
    by_hand = {act for act in on_a_file if POWERS[act] - {"system"}}
    assert by_hand >= set(TAKEN)
    for act in by_hand - set(TAKEN):
        assert any(one.is_sealed for one in arguments_of(DECISIONS[act]).values()), act


def test_no_body_takes_what_is_sealed(stranger: httpx.Client) -> None:
    shapes = stranger.get("/api/v1/openapi.json").json()["components"]["schemas"]
    sealed = {one.name for decide in TAKEN.values() for one in arguments_of(decide).values() if one.is_sealed}
    assert sealed >= {"identity_number", "person_name"}
    for name, shape in shapes.items():
        assert not sealed & set(shape.get("properties", {})), name


def test_the_register_gives_every_id_that_an_act_makes() -> None:
    for act, decide in TAKEN.items():
        if "check_new_id(" in inspect.getsource(decide):
            assert (CREATES | CONTINUES_OR_CREATES)[act] in arguments_of(decide), act


def test_the_id_of_a_received_listing_decision_is_the_registers_where_no_case_is_named(
    site: Site, firm: dict[str, Any]
) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/receive_listing_decision"
    body = {
        "list_type": "samr_serious", "outcome": "list", "body": "样例部门", "document_no": "样例〔2026〕1号",
        "decided_on": "2026-11-20", "effective_on": "2026-11-20", "facts": "样例",
    }  # fmt: skip
    with site.bearer("yi") as client:
        chosen = client.post(path, json=body | {"listing_id": "chosen by the caller"}, headers=key())
        unseen = client.post(path, json=body, headers=key())
        headers = key()
        told = client.post(f"{path}/preview", json=body, headers=headers).json()
        given = client.post(path, json=body | {"preview": told["hash"]}, headers=headers)
    assert (unseen.status_code, unseen.json()["error"]["code"]) == (409, "PreviewMissing")
    assert (chosen.status_code, chosen.json()["error"]["code"]) == (404, "ListingUnknown")
    assert given.status_code == 201, given.text
    assert str(UUID(given.json()["id"])) == given.json()["id"]


def test_an_act_is_previewed_and_recorded_only_while_the_same_would_follow(site: Site, firm: dict[str, Any]) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/rename_subject"
    body = {"name": "营口样例青禾新名有限公司", "effective_on": "2026-11-20"}
    with site.bearer("jia") as client:
        told = client.post(f"{path}/preview", json=body, headers=key()).json()
        assert [(one["item"], one["after"]) for one in told["lines"]] == [("name", [body["name"]])]
        other = body | {"name": "营口样例青禾另名有限公司", "preview": told["hash"]}
        changed = client.post(path, json=other, headers=key())
        assert (changed.status_code, changed.json()["error"]["code"]) == (409, "PreviewChanged")
        assert client.post(path, json=body | {"preview": told["hash"]}, headers=key()).status_code == 201
        again = client.post(f"{path}/preview", json=body, headers=key())
        assert (again.status_code, again.json()["error"]["code"]) == (409, "SameName")
    stored = site.parts.register.history(UUID(firm["subject_id"]))[-1]
    assert stored.envelope.preview == told["hash"]


def test_a_division_is_one_of_the_list(site: Site) -> None:
    body = {"subject_kind": "sole_trader", "name": "营口样例青禾商贸有限公司", "code": a_code(), "division": "999999"}
    with site.bearer("jia") as client:
        answer = client.post("/api/v1/subjects", json=body, headers=key())
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "division")


def test_an_amount_is_never_negative(site: Site, firm: dict[str, Any]) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/record_penalty"
    with site.bearer("jia") as client:
        for name in ("fine_fen", "confiscation_fen"):
            answer = client.post(path, json={"penalty": PENALTY | {name: -1}}, headers=key())
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, "Malformed")


def test_evidence_names_a_scan_that_is_kept_or_none(site: Site, firm: dict[str, Any]) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/rename_subject"
    kept = site.parts.papers.keep(b"%PDF-1.7 sample evidence of a name")

    def sent(sha256: str) -> httpx.Response:
        evidence = [{"title": "样例证照", "sha256": sha256}]
        body = {"name": "营口样例青禾实业有限公司", "effective_on": "2026-11-01", "evidence": evidence}
        return client.post(path, json=body, headers=key())

    with site.bearer("jia") as client:
        for misshapen in ("zz", "A" * 64, "0" * 63, f"{kept}\n"):
            assert (sent(misshapen).status_code, sent(misshapen).json()["error"]["code"]) == (422, "Malformed")
        unknown = sent("0" * 64)
        assert (unknown.status_code, unknown.json()["error"]["code"]) == (422, "PaperNotKept")
        assert sent(kept).status_code == 201


def test_what_cannot_be_stored_is_told_beside_its_field(site: Site, firm: dict[str, Any]) -> None:
    path = f"/api/v1/subjects/{firm['subject_id']}/acts/rename_subject"
    body = {"name": "样例" * 200, "effective_on": "2026-11-01"}
    with site.bearer("jia") as client:
        answer = client.post(path, json=body, headers=key()).json()["error"]
    assert (answer["code"], answer["field"]) == ("TextTooLong", "name")
