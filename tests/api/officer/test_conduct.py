"""Qualifications, honours and adverse conduct at the desk, and what becomes of licences and penalties."""

from __future__ import annotations

from tests.desk import Desk, Firm

ADVERSE = {
    "conduct_code": "CL07", "source_section": "overseas_cooperation", "facts": "违规外派（样例）", "country": "样例国",
    "found_on": "2026-11-02", "document_no": "样例调查一号",
}  # fmt: skip
HONOUR = {
    "title": "样例诚信兴商典型", "level": "city", "authority": "营口市商务局", "document_no": "样例表彰一号",
    "decided_on": "2026-11-03",
}  # fmt: skip


def conduct_of(firm: Firm) -> str:
    return next(iter(firm.site.parts.register.load(firm.subject_id).conducts))


def public_page(firm: Firm, reader: Desk) -> str:
    firm.site.settled()
    return reader.open(firm.public).words


def test_an_honour_is_recorded_released_by_another_and_read_by_the_public(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    sent = jia.send(f"{a_firm.path}/honours/new", **HONOUR)
    assert sent.status == 303
    entry = conduct_of(a_firm)
    case = jia.open(f"{a_firm.path}/conducts/{entry}").words
    assert "样例诚信兴商典型（市级）" in case
    assert "登记荣誉" in case
    assert yi.send(f"{a_firm.path}/entries/{entry}/releases/new").status == 303
    public = public_page(a_firm, jia)
    assert "样例诚信兴商典型" in public
    assert "资质与荣誉" in public
    ended = yi.send(
        f"{a_firm.path}/conducts/{entry}/endings/new", cause="revoked", effective_on="2026-11-03", document_no="样例撤"
    )
    assert ended.status == 303
    assert "样例诚信兴商典型" not in public_page(a_firm, jia)


def test_adverse_conduct_is_on_the_officers_page_alone(jia: Desk, a_firm: Firm) -> None:
    assert jia.send(f"{a_firm.path}/adverse-conducts/new", **ADVERSE).status == 303
    case = jia.open(f"{a_firm.path}/conducts/{conduct_of(a_firm)}").words
    assert "CL07 违法违规外派和非法外派" in case
    public = public_page(a_firm, jia)
    assert "违规外派" not in public
    assert "不良行为" not in public


def test_a_repetition_that_the_file_does_not_know_is_a_doubt_beside_its_field(jia: Desk, a_firm: Firm) -> None:
    action, fields = jia.form(f"{a_firm.path}/adverse-conducts/new")
    sent = jia.post(action, fields | ADVERSE | {"repeated": "on"})
    assert sent.status == 409
    assert "此前有 0 次" in sent.said
    more = {"repeated": "on", "confirmed": "RepetitionDiffers", "evidence_title": "样例旧档"}
    assert jia.post(action, fields | ADVERSE | more).status == 303


def test_a_fine_is_paid_in_parts_and_the_form_says_what_is_left(jia: Desk, a_firm: Firm) -> None:
    entry = a_firm.penalty(is_performed=False)
    path = f"{a_firm.path}/records/{entry}/obligations/new"
    paid = {"obligation": "fine", "amount_fen": "100", "fulfilled_on": "2026-11-05", "proof": "样例票据"}
    assert jia.send(path, **paid).status == 303
    assert "尚欠" in jia.open(path).words
    beyond = jia.send(path, **(paid | {"amount_fen": "9999999"}))
    assert beyond.status == 409
    assert "超过处罚决定的金额" in beyond.said


def test_a_revoked_penalty_is_gone_from_the_public_page_at_once(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    entry = a_firm.penalty()
    assert "行政处罚 1 条公示中" in public_page(a_firm, jia)
    sent = yi.send(
        f"{a_firm.path}/records/{entry}/alterations/new", kind="revoked", body="样例市人民政府",
        document_no="样例复议一号", altered_on="2026-11-10",
    )  # fmt: skip
    assert sent.status == 303
    assert "没有公示中的失信信息" in public_page(a_firm, jia)


def test_a_licence_is_lifted_and_its_change_is_told_on_the_next_form(jia: Desk, a_firm: Firm) -> None:
    typed = {
        "document_title": "行政许可决定书", "document_no": "样例许可一号", "decided_on": "2026-01-05",
        "licence_kind": "普通", "authority": "营口市商务局", "content": "样例许可", "status": "1",
    }  # fmt: skip
    assert jia.send(f"{a_firm.path}/licences/new", **typed).status == 303
    entry = next(iter(a_firm.site.parts.register.load(a_firm.subject_id).records))
    path = f"{a_firm.path}/records/{entry}/licence-changes/new"
    lifted = {"kind": "lifted", "document_no": "样例吊销一号", "effective_on": "2026-11-04", "reason": "样例理由"}
    assert jia.send(path, **lifted).status == 303
    assert "2026-11-04 吊销" in jia.open(path).words
    again = jia.send(path, **(lifted | {"kind": "renewed", "valid_until": "2029-01-01"}))
    assert again.status == 409
    assert "该许可已不再有效" in again.said
