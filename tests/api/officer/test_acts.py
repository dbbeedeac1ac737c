"""Acts whose form follows from a row: what the form asks, shows before signing and keeps; and the page of a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from api.officer.act_form import Asked, Group
from api.officer.act_table import OfficerAct
from api.officer.act_values import check_row
from api.officer.acts import ACTS
from domain.credit_file.record_decisions import annul_record, classify_penalty, record_performance
from domain.officer import POWERS
from tests.desk import Desk, Firm
from tests.html import Element
from tests.site import Site

PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n"
REASON = Asked("reason", ("理由", "Reason"), required=True)
HONOUR = {
    "title": "样例诚信示范企业", "level": "city", "authority": "营口市商务局", "document_no": "营商荣〔2026〕样例",
    "decided_on": "2026-11-20",
}  # fmt: skip
DAYS = (Asked("performed_on", ("", ""), "date"), Asked("corrected_on", ("", ""), "date"))


def row(decide: Any, *fields: Asked, **given: Any) -> OfficerAct:
    about = {"collection": "records", "about": "entry_id"}
    return OfficerAct(decide, "samples", (Group(("", ""), fields),), **(about | given))


# The table


def test_every_row_asks_exactly_what_its_decision_takes_and_is_an_officers_act() -> None:
    for one in ACTS:
        check_row(one)
        assert POWERS[one.decide.__name__] - {"system"}
    assert len({one.decide.__name__ for one in ACTS}) == len(ACTS)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (row(annul_record), r"does not ask \['reason'\]"),
        (row(annul_record, REASON, Asked("remark", ("", ""))), r"takes no \['remark'\]"),
        (row(annul_record, REASON, about="", collection=""), r"does not ask \['entry_id'\]"),
        (row(annul_record, REASON, about="listing_id"), r"does not ask \['entry_id'\]"),
        (row(annul_record, REASON, collection=""), "or neither"),
        (row(annul_record, REASON, creates="new_id"), "takes no new_id"),
        (row(record_performance, DAYS[0], Asked("corrected_on", ("", ""))), "corrected_on is a day"),
        (row(record_performance, DAYS[0], leaves=("corrected_on",)), "must be given corrected_on"),
        (row(annul_record, replace(REASON, kind="check")), "box to tick"),
        (row(annul_record, replace(REASON, kind="select")), "nothing to choose from"),
        (row(classify_penalty, REASON), r"does not ask \['penalty_class', 'scheme'\]"),
    ],
)
def test_a_row_that_does_not_fit_its_decision_stops_the_start(wrong: OfficerAct, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        check_row(wrong)


# The form


def test_a_day_that_cannot_be_read_is_told_at_its_field_and_what_was_typed_is_kept(jia: Desk, a_firm: Firm) -> None:
    sent = jia.send(f"{a_firm.path}/names/new", name="营口样例新名有限公司", effective_on="昨天")
    assert sent.status == 422
    assert "日期应写成" in sent.page.one("span", id="e-effective_on").words
    assert sent.page.one("input", id="f-name").attributes["value"] == "营口样例新名有限公司"


def test_a_refusal_of_the_decision_comes_back_at_the_field_it_names(jia: Desk, a_firm: Firm) -> None:
    sent = jia.send(f"{a_firm.path}/names/new", name=a_firm.name, effective_on="2026-11-20")
    assert sent.status == 409
    assert "与现名称相同" in sent.page.one("span", id="e-name").words


def test_a_form_of_a_case_that_moved_on_is_refused(yi: Desk, jia: Desk, a_firm: Firm) -> None:
    entry = f"{a_firm.path}/records/{a_firm.penalty(is_performed=False)}"
    action, fields = yi.form(f"{entry}/annulments/new")
    assert jia.send(f"{entry}/performances/new", performed_on="2026-05-20", corrected_on="2026-05-20").status == 303
    sent = yi.post(action, fields | {"reason": "样例"})
    assert sent.status == 409
    assert "本案已有新的办理" in sent.said


def test_a_case_that_the_file_does_not_have_is_unknown(yi: Desk, a_firm: Firm) -> None:
    assert yi.client.get(f"{a_firm.path}/records/nothing/annulments/new").status_code == 404
    assert yi.client.get(f"{a_firm.path}/conducts/nothing").status_code == 404


# The preview


def lines(page: Element) -> dict[str, tuple[str, str]]:
    """The first line of each thing: before and after."""
    rows = page.one("section", aria_labelledby="preview").all("tr")[1:]
    return {one.one("th").words: (one.all("td")[1].words, one.all("td")[2].words) for one in reversed(rows)}


def test_what_follows_is_shown_first_and_signed_with_its_hash(yi: Desk, a_firm: Firm, site: Site) -> None:
    entry_id = a_firm.penalty("2026-10-12", is_performed=False)
    before = a_firm.facts()
    shown = yi.preview(f"{a_firm.path}/records/{entry_id}/annulments/new", reason="决定被撤销（样例）")
    assert a_firm.facts() == before
    number = site.parts.register.load(a_firm.subject_id).records[entry_id].record.document_no
    told = lines(shown.page)
    assert told[f"公示{number}"] == ("公示中", "无")
    assert told[f"记录撤销{number}"] == ("无", "2026-11-23")
    assert shown.page.one("input", id="f-reason").attributes["value"] == "决定被撤销（样例）"
    assert yi.sign(shown).status == 303
    fact = site.parts.register.history(a_firm.subject_id)[-1]
    assert type(fact.event).__name__ == "RecordAnnulled"
    hashes = [one.attributes["value"] for one in shown.page.all("input") if one.attributes.get("name") == "preview"]
    assert [fact.envelope.preview] == hashes


def test_a_file_that_moved_after_the_preview_shows_the_new_one_and_nothing_is_stored(
    yi: Desk, jia: Desk, a_firm: Firm
) -> None:
    entry_id, other = a_firm.penalty(), a_firm.penalty()
    shown = yi.preview(f"{a_firm.path}/records/{entry_id}/annulments/new", reason="样例")
    assert yi.send(f"{a_firm.path}/records/{other}/annulments/new", reason="样例").status == 303
    before = a_firm.facts()
    sent = yi.sign(shown)
    assert sent.status == 409
    assert "您看过预览之后" in sent.said
    assert a_firm.facts() == before
    assert lines(sent.page)
    assert yi.sign(sent).status == 303


def test_a_hash_that_was_never_shown_signs_nothing(yi: Desk, a_firm: Firm) -> None:
    action, fields = yi.form(f"{a_firm.path}/records/{a_firm.penalty()}/annulments/new")
    sent = yi.post(action, fields | {"reason": "样例", "preview": "<b>0</b>"})
    assert sent.status == 409
    assert "RecordAnnulled" not in a_firm.facts()


def test_a_scan_sent_with_the_first_form_stays_with_the_act(yi: Desk, a_firm: Firm, site: Site) -> None:
    files = {"paper": ("样例.pdf", PDF, "application/pdf")}
    path = f"{a_firm.path}/records/{a_firm.penalty()}/annulments/new"
    assert yi.send(path, files, reason="样例", evidence_title="撤销决定书（样例）").status == 303
    (paper,) = site.parts.register.history(a_firm.subject_id)[-1].envelope.evidence
    assert paper.sha256 is not None
    assert site.parts.papers.read(paper.sha256).content == PDF  # type: ignore[union-attr]


def test_a_scan_that_nobody_uploaded_is_not_named(yi: Desk, a_firm: Firm) -> None:
    action, fields = yi.form(f"{a_firm.path}/records/{a_firm.penalty()}/annulments/new")
    assert yi.post(action, fields | {"reason": "样例", "paper_sha256": "../../etc"}).status == 422


# The page of a case, and the file


def test_a_case_has_a_page_with_what_it_says_its_acts_and_its_steps(yi: Desk, jia: Desk, a_firm: Firm) -> None:
    sent = jia.send(f"{a_firm.path}/honours/new", **HONOUR)
    case = sent.location.split("?")[0]
    assert "/conducts/" in case
    page = yi.open(case)
    assert page.one("section", aria_labelledby="facts").words.startswith("现状今日计入")
    assert [one.attributes["href"] for one in page.one("section", aria_labelledby="next").all("a")] == [
        f"{case}/endings/new", f"{case}/corrections/new", f"{case}/annulments/new",
    ]  # fmt: skip
    assert "jia" in page.one("section", aria_labelledby="steps").words
    others = jia.open(case).one("section", aria_labelledby="next")
    assert others.all("a") == []
    assert "由科室负责人" in others.words.replace(" ", "")
    assert yi.send(f"{case}/annulments/new", reason="样例").status == 303
    barred = yi.open(case).one("section", aria_labelledby="next")
    assert f"{case}/annulments/new" not in [one.attributes["href"] for one in barred.all("a")]


def test_the_file_lists_the_cases_of_every_chapter_and_offers_what_the_role_may_begin(
    jia: Desk, yi: Desk, a_firm: Firm
) -> None:
    case = jia.send(f"{a_firm.path}/honours/new", **HONOUR).location.split("?")[0]
    page = jia.open(a_firm.path)
    assert page.one("section", aria_labelledby="conducts").one("a").attributes["href"] == case
    begins = [one.attributes["href"] for one in page.one("details").all("a")]
    assert f"{a_firm.path}/names/new" in begins
    assert f"{a_firm.path}/received-listings/new" not in begins
    begins = [one.attributes["href"] for one in yi.open(a_firm.path).one("details").all("a")]
    assert f"{a_firm.path}/received-listings/new" in begins
