"""Records at the desk: entered, classified, released, corrected, annulled; and the doubts among them."""

from __future__ import annotations

import hashlib

from tests.desk import Desk, Firm
from tests.site import Site

PDF = b"%PDF-1.4 sample scan"


def typed_penalty(firm: Firm, **given: str) -> dict[str, str]:
    return {
        "document_no": f"营商罚决字〔2026〕第{firm.code[-5:]}号", "decided_on": "2026-11-10",
        "authority": "营口市商务局", "conduct": "未按规定公示信息", "penalty_basis": "样例办法第一条",
        "facts": "未按规定公示信息（样例）", "content": "罚款 1 万元", "penalty_kinds-fine": "on", "fine": "10000",
    } | given  # fmt: skip


def entry_of(firm: Firm) -> str:
    return next(iter(firm.site.parts.register.load(firm.subject_id).records))


def test_a_penalty_is_recorded_with_its_scan_which_is_served_beside_the_case(jia: Desk, a_firm: Firm) -> None:
    scan = {"paper": ("决定书.pdf", PDF, "application/pdf")}
    sent = jia.send(f"{a_firm.path}/penalties/new", scan, **typed_penalty(a_firm, evidence_title="行政处罚决定书"))
    assert sent.status == 303
    assert a_firm.facts() == ["SubjectRegistered", "PenaltyRecorded"]
    fact = a_firm.site.parts.register.history(a_firm.subject_id)[1]
    assert fact.envelope.evidence[0].sha256 == hashlib.sha256(PDF).hexdigest()
    assert fact.event.model_dump()["fine_fen"] == 1_000_000
    paper = jia.client.get(f"{a_firm.path}/papers/{hashlib.sha256(PDF).hexdigest()}")
    assert paper.content == PDF
    assert paper.headers["content-disposition"].startswith("attachment")


def test_a_paper_that_is_no_scan_is_refused_and_nothing_is_recorded(jia: Desk, a_firm: Firm) -> None:
    text = {"paper": ("决定书.pdf", b"MZ not a scan", "application/pdf")}
    sent = jia.send(f"{a_firm.path}/penalties/new", text, **typed_penalty(a_firm))
    assert sent.status == 415
    assert "只接受 PDF、JPEG、PNG" in sent.said
    assert sent.page.one("textarea", id="f-facts").text.strip() == "未按规定公示信息（样例）"
    assert a_firm.facts() == ["SubjectRegistered"]


def test_a_fine_without_an_amount_is_a_doubt_that_keeps_what_was_ticked(jia: Desk, a_firm: Firm) -> None:
    action, fields = jia.form(f"{a_firm.path}/penalties/new")
    sent = jia.post(action, fields | typed_penalty(a_firm, fine=""))
    assert sent.status == 409
    assert "没有金额" in sent.said
    assert "checked" in sent.page.one("input", id="f-penalty_kinds-fine").attributes
    assert "checked" not in sent.page.one("input", id="f-penalty_kinds-warning").attributes
    more = {"confirmed": "FineWithoutAmount", "evidence_title": "决定书第 2 页（样例）"}
    assert jia.post(action, fields | typed_penalty(a_firm, fine="", **more)).status == 303


def test_an_amount_that_cannot_be_read_is_told_beside_its_field(jia: Desk, a_firm: Firm) -> None:
    sent = jia.send(f"{a_firm.path}/penalties/new", **typed_penalty(a_firm, fine="一万元"))
    assert sent.status == 422
    assert sent.page.one("input", id="f-fine").attributes["aria-invalid"] == "true"


def test_a_licence_is_recorded_and_released_and_the_public_sees_it(
    jia: Desk, yi: Desk, a_firm: Firm, site: Site
) -> None:
    number = f"营商许决字〔2026〕第{a_firm.code[-5:]}号"
    typed = {
        "document_no": number, "decided_on": "2026-11-10", "authority": "营口市商务局", "content": "样例经营资格",
        "valid_from": "2026-11-10",
    }  # fmt: skip
    assert jia.send(f"{a_firm.path}/licences/new", **typed).status == 303
    with site.client() as public:
        assert number not in public.get(a_firm.public).text
        form = f"{a_firm.path}/entries/{entry_of(a_firm)}/releases/new"
        page = yi.open(form)
        assert "自 2026-11-23 起，无截止日" in page.one("main").words
        assert yi.send(form).status == 303
        assert number in public.get(a_firm.public).text


def test_a_penalty_is_classified_then_released_after_a_preview_of_its_period(
    jia: Desk, yi: Desk, a_firm: Firm, site: Site
) -> None:
    jia.send(f"{a_firm.path}/penalties/new", **typed_penalty(a_firm))
    entry = f"{a_firm.path}/records/{entry_of(a_firm)}"
    barred = yi.open(f"{a_firm.path}/entries/{entry_of(a_firm)}/releases/new")
    assert "尚未归类失信程度" in barred.one("main").words
    assert barred.one("main").all("form") == []
    form = yi.open(f"{entry}/classes/new")
    chosen = [one for one in form.one("select", id="f-penalty_class").all("option") if "selected" in one.attributes]
    assert chosen[0].attributes["value"] == "class.2025/general"
    assert jia.send(f"{entry}/classes/new", reason="罚款（样例）").status == 303
    preview = yi.open(f"{a_firm.path}/entries/{entry_of(a_firm)}/releases/new").one("main").words
    assert "自 2026-11-23 至 2027-11-10（含当日）" in preview
    assert "国家发展和改革委员会令第36号" in preview
    assert yi.send(f"{a_firm.path}/entries/{entry_of(a_firm)}/releases/new").status == 303
    with site.client() as public:
        assert typed_penalty(a_firm)["document_no"] in public.get(a_firm.public).text


def test_nobody_releases_what_they_recorded(yi: Desk, a_firm: Firm) -> None:
    yi.send(f"{a_firm.path}/penalties/new", **typed_penalty(a_firm))
    entry = f"{a_firm.path}/records/{entry_of(a_firm)}"
    yi.send(f"{entry}/classes/new", reason="罚款（样例）")
    barred = yi.open(f"{a_firm.path}/entries/{entry_of(a_firm)}/releases/new")
    assert "登记人与批准公示人不能是同一人" in barred.one("main").words


def test_a_form_opened_before_the_record_changed_is_refused_and_shows_the_new_state(yi: Desk, a_firm: Firm) -> None:
    entry = f"{a_firm.path}/records/{a_firm.penalty()}"
    action, fields = yi.form(f"{entry}/corrections/new")
    typed = {"field": "content", "new": "罚款 2 万元（样例更正）", "reason": "录入有误（样例）"}
    assert yi.send(f"{entry}/corrections/new", **typed).status == 303
    late = yi.post(action, fields | {"field": "fine_fen", "new": "30000", "reason": "样例"})
    assert late.status == 409
    assert "已有新的办理" in late.said
    assert "罚款 2 万元（样例更正）" in late.page.one("section", aria_labelledby="told").words
    assert late.page.one("input", id="f-new").attributes["value"] == "30000"
    seen = late.page.one("input", name="seen").attributes["value"]
    assert yi.post(action, fields | {"field": "fine_fen", "new": "30000", "reason": "样例", "seen": seen}).status == 303
    record = a_firm.site.parts.register.load(a_firm.subject_id).records[entry.rsplit("/", 1)[1]].record
    assert record.model_dump()["fine_fen"] == 3_000_000


def test_a_correction_sent_twice_is_one_correction_although_the_record_moved(yi: Desk, a_firm: Firm) -> None:
    entry = f"{a_firm.path}/records/{a_firm.penalty()}"
    action, fields = yi.form(f"{entry}/corrections/new")
    typed = fields | {"field": "content", "new": "罚款 2 万元（样例两次）", "reason": "样例"}
    assert yi.post(action, typed).location == yi.post(action, typed).location
    assert a_firm.facts().count("RecordCorrected") == 1


def test_performance_is_recorded_once(jia: Desk, a_firm: Firm) -> None:
    entry = f"{a_firm.path}/records/{a_firm.penalty(is_performed=False)}"
    days = {"performed_on": "2026-05-20", "corrected_on": "2026-05-21"}
    assert jia.send(f"{entry}/performances/new", **days).status == 303
    again = jia.send(f"{entry}/performances/new", **days)
    assert again.status == 409
    assert "已登记履行" in again.said


def test_an_annulled_penalty_is_gone_from_the_public_page_that_day(yi: Desk, a_firm: Firm, site: Site) -> None:
    entry_id = a_firm.penalty()
    number = site.parts.register.load(a_firm.subject_id).records[entry_id].record.document_no
    with site.client() as public:
        assert number in public.get(a_firm.public).text
        sent = yi.send(f"{a_firm.path}/records/{entry_id}/annulments/new", reason="决定被撤销（样例）")
        assert sent.status == 303
        assert number not in public.get(a_firm.public).text


def test_a_handler_is_not_offered_what_only_a_head_may_do(jia: Desk, a_firm: Firm) -> None:
    entry = f"{a_firm.path}/records/{a_firm.penalty()}"
    jia.send(a_firm.path, purpose="handling")
    words = jia.open(a_firm.path).one("section", aria_labelledby="penalties").words
    assert "归类失信程度" in words
    assert "更正记录" not in words
    assert jia.client.get(f"{entry}/corrections/new").status_code == 403


def test_a_record_that_does_not_exist_is_not_found(yi: Desk, a_firm: Firm) -> None:
    assert yi.client.get(f"{a_firm.path}/records/nothing/classes/new").status_code == 404
    assert yi.client.get(f"{a_firm.path}/entries/nothing/releases/new").status_code == 404
