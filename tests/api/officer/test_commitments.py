"""Commitments at the desk: made, kept, and found broken only after the subject was told and heard."""

from __future__ import annotations

from tests.desk import Desk, Firm
from tests.site import Site


def made(desk: Desk, firm: Firm, **given: str) -> str:
    typed = {
        "commitment_type": "voluntary", "document_no": f"样例承诺{firm.code[-5:]}", "matter": f"诚信{firm.code[-5:]}",
        "accepted_by": "营口市商务局", "content": "明码标价（样例）", "liability": "依法承担责任（样例）",
        "made_on": "2026-11-02", "valid_from": "2026-11-02", "valid_until": "2027-11-01", "may_disclose": "on",
    } | given  # fmt: skip
    sent = desk.send(f"{firm.path}/commitments/new", **typed)
    assert sent.status == 303, sent.said
    return f"{firm.path}/commitments/{next(reversed(firm.site.parts.register.load(firm.subject_id).commitments))}"


NOTICE = {"document_no": "违告样例", "facts": "未明码标价（样例）", "served_on": "2026-11-23", "case_no": "违诺样例"}
FINDING = {"document_no": "违决样例", "kind": "not", "facts": "未明码标价（样例）", "consequence": "记入档案（样例）"}


def test_a_commitment_is_made_released_and_kept(jia: Desk, yi: Desk, a_firm: Firm, site: Site) -> None:
    case = made(jia, a_firm)
    commitment_id = case.rsplit("/", 1)[1]
    assert yi.send(f"{a_firm.path}/entries/{commitment_id}/releases/new").status == 303
    with site.client() as public:
        assert f"诚信{a_firm.code[-5:]}" in public.get(a_firm.public).text
    assert jia.send(f"{case}/fulfilments/new", fulfilled_on="2026-11-20", extent="full").status == 303
    assert "已履行" in jia.open(case).one("p", class_="standing").words


def test_a_commitment_that_ends_before_it_begins_is_refused_and_kept(jia: Desk, a_firm: Firm) -> None:
    action, fields = jia.form(f"{a_firm.path}/commitments/new")
    typed = {
        "document_no": "样例", "matter": "样例事项", "accepted_by": "样例", "content": "样例", "liability": "样例",
        "made_on": "2026-11-02", "valid_from": "2026-11-02", "valid_until": "2026-11-01", "may_disclose": "on",
    }  # fmt: skip
    sent = jia.post(action, fields | typed)
    assert sent.status == 409
    assert "截止日期早于生效日期" in sent.said
    assert sent.page.one("input", id="f-matter").attributes["value"] == "样例事项"
    assert "checked" in sent.page.one("input", id="f-may_disclose").attributes
    assert a_firm.facts() == ["SubjectRegistered"]


def test_a_breach_is_found_only_after_notice_and_statement_and_ends_the_disclosure(
    jia: Desk, yi: Desk, a_firm: Firm, site: Site
) -> None:
    case = made(jia, a_firm)
    yi.send(f"{a_firm.path}/entries/{case.rsplit('/', 1)[1]}/releases/new")
    bare = yi.send(f"{case}/breaches/new", **FINDING)
    assert bare.status == 409
    assert "尚未送达告知书" in bare.said
    assert jia.send(f"{case}/notices/new", **NOTICE).status == 303
    early = yi.send(f"{case}/breaches/new", **FINDING)
    assert early.status == 409
    assert "2026-11-30" in early.said
    heard = {"received_on": "2026-11-23", "summary": "承认（样例）"}
    assert jia.send(f"{case}/statements/new", **heard).status == 303
    assert "自今日起不再作为履行中的承诺公示" in yi.open(f"{case}/breaches/new").one("main").words
    assert yi.send(f"{case}/breaches/new", **FINDING).status == 303
    assert "已认定违诺" in yi.open(case).one("p", class_="standing").words
    with site.client() as public:
        assert f"诚信{a_firm.code[-5:]}" not in public.get(a_firm.public).text


def test_a_handler_may_not_find_a_breach(jia: Desk, a_firm: Firm) -> None:
    case = made(jia, a_firm)
    assert jia.client.get(f"{case}/breaches/new").status_code == 403


def test_a_commitment_that_does_not_exist_is_not_found(jia: Desk, a_firm: Firm) -> None:
    assert jia.client.get(f"{a_firm.path}/commitments/nothing").status_code == 404
