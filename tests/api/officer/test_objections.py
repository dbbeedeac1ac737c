"""Disclosure besides its release, objections, remedies and shielding at the desk, and what the public then reads."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from api.demo.firm_acts import penalty
from api.demo.people import JIA
from domain.credit_file.record_decisions import classify_penalty, record_penalty
from tests.desk import Desk, Firm

REPORTED = "据举报人样甲反映（样例）"


def public_page(firm: Firm, reader: Desk) -> str:
    firm.site.settled()
    return reader.open(firm.public).words


def as_json(firm: Firm, reader: Desk) -> dict[str, Any]:
    answer: dict[str, Any] = reader.client.get(f"/api/v1/subjects/{firm.code}").json()
    return answer


def cases_of(firm: Firm, collection: str) -> list[str]:
    return list(getattr(firm.site.parts.register.load(firm.subject_id), collection))


def test_an_objection_marks_the_page_at_once_and_its_decision_corrects_the_record(
    jia: Desk, yi: Desk, a_firm: Firm
) -> None:
    entry = a_firm.penalty()
    assert "异议处理中" not in public_page(a_firm, jia)
    sent = jia.send(
        f"{a_firm.path}/objections/new", target_id=entry, kind="content", claim="有误（样例申诉）", channel="window",
        filed_on="2026-11-23", applicant="subject",
    )  # fmt: skip
    assert sent.status == 303, sent.said
    public = public_page(a_firm, jia)
    assert "异议处理中" in public
    assert "样例申诉" not in public
    [shown] = as_json(a_firm, jia)["statements"]
    assert shown["marks"] == ["objection"]
    [case] = cases_of(a_firm, "objections")
    path = f"{a_firm.path}/objections/{case}"
    assert "待受理" in jia.open(path).words
    assert jia.send(f"{path}/acceptances/new").status == 303
    found = jia.send(f"{path}/verifications/new", unit="市场秩序科", finding="wrong", note="决定书为一万元（样例）")
    assert found.status == 303, found.said
    decided = yi.send(
        f"{path}/decisions/new", outcome="corrected", document_no="样例答复一号", reasons="笔误（样例）",
        field="fine_fen", new="1000000",
    )  # fmt: skip
    assert decided.status == 303, decided.said
    assert "已更正" in yi.open(path).words
    # What the release covered was changed: it is off the page until it is released anew.
    public = public_page(a_firm, jia)
    assert "异议处理中" not in public
    assert "行政处罚" not in public


def test_the_approver_sees_both_texts_and_the_public_reads_the_prepared_one(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    entry = told_by_an_informant(a_firm)
    release = f"{a_firm.path}/entries/{entry}/releases/new"
    assert "先准备公示文本" in yi.open(release).words
    prepared = jia.post(
        *with_fields(jia.form(f"{a_firm.path}/entries/{entry}/preparations/new"), withheld="样甲", method="informant")
    )
    assert prepared.status == 303, prepared.said
    page = yi.open(release).words
    assert "据举报人样甲反映" in page
    assert "据举报人**反映" in page
    assert yi.send(release).status == 303
    public = public_page(a_firm, jia)
    assert "举报人**" in public
    assert "样甲" not in public
    withdrawn = yi.send(
        f"{a_firm.path}/entries/{entry}/withdrawals/new", cause="ordered", reasons="样例理由", document_no=""
    )
    assert withdrawn.status == 303, withdrawn.said
    assert "举报人" not in public_page(a_firm, jia)


def test_a_shielded_subject_has_nothing_in_public_and_its_case_says_what_comes_next(
    jia: Desk, yi: Desk, a_firm: Firm
) -> None:
    a_firm.penalty()
    assert "行政处罚" in public_page(a_firm, jia)
    sent = yi.send(
        f"{a_firm.path}/shields/new", court="样例法院", ruling_no="样例破一号", ruled_on="2026-11-20",
        from_on="2026-11-23",
    )  # fmt: skip
    assert sent.status == 303, sent.said
    public = public_page(a_firm, jia)
    assert "行政处罚" not in public
    assert "屏蔽" not in public
    assert as_json(a_firm, jia)["statements"] == []
    [case] = cases_of(a_firm, "shields")
    ended = yi.send(
        f"{a_firm.path}/shields/{case}/ends/new", cause="completed", ruling_no="样例破二号", ended_on="2026-11-23"
    )
    assert ended.status == 303, ended.said
    assert "申请信用修复" in yi.open(f"{a_firm.path}/shields/{case}").words
    assert "行政处罚" not in public_page(a_firm, jia)


def test_a_lawsuit_is_a_mark_and_its_outcome_owes_an_act(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    entry = a_firm.penalty()
    sent = jia.send(
        f"{a_firm.path}/remedies/new", target_id=entry, kind="litigation", body="样例法院", docket_no="样例行初一号",
        filed_on="2026-11-23",
    )  # fmt: skip
    assert sent.status == 303, sent.said
    public = public_page(a_firm, jia)
    assert "诉讼中" in public
    assert "样例行初一号" not in public
    [case] = cases_of(a_firm, "remedies")
    path = f"{a_firm.path}/remedies/{case}"
    ended = yi.send(f"{path}/outcomes/new", outcome="revoked", document_no="样例判决一号", concluded_on="2026-11-23")
    assert ended.status == 303, ended.said
    assert "变更或撤销处罚" in yi.open(path).words


def told_by_an_informant(firm: Firm) -> str:
    """A classified penalty whose text names who reported it; its entry id."""
    one = penalty(str(uuid4()), firm.name, firm.code, "营商罚决字〔2026〕第样例举报号", "2026-05-06", facts=REPORTED)
    firm.act(JIA, record_penalty, penalty=one)
    given = {"scheme": "class.2025", "penalty_class": "general", "reason": "样例"}
    firm.act(JIA, classify_penalty, entry_id=one.entry_id, **given)
    return one.entry_id


def with_fields(form: tuple[str, dict[str, str]], **typed: str) -> tuple[str, dict[str, str]]:
    action, fields = form
    return action, fields | typed
