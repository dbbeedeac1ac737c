"""Subjects at the desk: registered, renamed, found, and read for a reason."""

from __future__ import annotations

from tests.desk import Desk, Firm, firm, new_code
from tests.site import Site


def registration(**given: str) -> dict[str, str]:
    return {"name": "营口样例登记有限公司", "code": new_code(), "division": "210803"} | given


def test_a_subject_is_registered_and_its_file_opens(jia: Desk, site: Site) -> None:
    typed = registration()
    sent = jia.send("/officer/subjects/new", **typed)
    assert sent.status == 303
    subject_id = site.parts.register.subject_by_code(typed["code"])
    assert sent.location.startswith(f"/officer/subjects/{subject_id}?after=")
    page = jia.follow(sent)
    assert "查阅事由" in page.one("h1").words


def test_a_code_taken_already_is_refused_beside_its_field_and_what_was_typed_is_kept(jia: Desk, a_firm: Firm) -> None:
    sent = jia.send("/officer/subjects/new", **registration(code=a_firm.code))
    assert sent.status == 409
    assert a_firm.code in sent.said
    assert "先检索该代码" in sent.said
    assert sent.page.one("input", id="f-code").attributes["value"] == a_firm.code
    assert sent.page.one("input", id="f-name").attributes["value"] == "营口样例登记有限公司"
    assert "autofocus" in sent.page.one("input", id="f-code").attributes


def test_a_wrong_check_character_is_a_doubt_that_evidence_settles(jia: Desk, site: Site) -> None:
    right = new_code()
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    action, fields = jia.form("/officer/subjects/new")
    first = jia.post(action, fields | registration(code=wrong))
    assert first.status == 409
    assert "校验位不符" in first.said
    box = first.page.one("input", id="f-confirmed")
    assert box.attributes["value"] == "CodeCheckFails"
    bare = jia.post(action, fields | registration(code=wrong, confirmed="CodeCheckFails"))
    assert bare.status == 409
    assert "须有凭据" in bare.said
    proven = registration(code=wrong, confirmed="CodeCheckFails", evidence_title="证照（样例）")
    done = jia.post(action, fields | proven)
    assert done.status == 303
    subject_id = site.parts.register.subject_by_code(wrong)
    assert subject_id is not None
    history = site.parts.register.history(subject_id)
    assert [type(fact.event).__name__ for fact in history] == ["SubjectRegistered", "CodeFlagged"]
    assert history[0].envelope.evidence[0].title == "证照（样例）"


def test_a_county_office_registers_in_its_own_county_only(ji: Desk) -> None:
    action, fields = ji.form("/officer/subjects/new")
    assert fields["division"] == "210803"
    sent = ji.post(action, fields | registration(division="210882"))
    assert sent.status == 422


def test_a_renamed_subject_keeps_its_former_name(jia: Desk, a_firm: Firm) -> None:
    new = f"{a_firm.name[:-4]}新名有限公司"
    typed = {"name": new, "effective_on": "2026-11-20", "evidence_no": "变更〔2026〕1（样例）"}
    sent = jia.send(f"{a_firm.path}/names/new", **typed)
    assert sent.status == 303
    assert a_firm.facts() == ["SubjectRegistered", "SubjectRenamed"]
    page = jia.open(f"/officer/subjects?q={new}")
    assert new in page.one("table").words


def test_a_name_from_tomorrow_is_refused_and_kept(jia: Desk, a_firm: Firm) -> None:
    sent = jia.send(f"{a_firm.path}/names/new", name="营口样例明日有限公司", effective_on="2026-12-31")
    assert sent.status == 409
    assert "尚未到来" in sent.said
    assert sent.page.one("input", id="f-effective_on").attributes["value"] == "2026-12-31"
    assert a_firm.facts() == ["SubjectRegistered"]


def test_the_same_form_sent_twice_is_one_act(jia: Desk, a_firm: Firm) -> None:
    action, fields = jia.form(f"{a_firm.path}/names/new")
    typed = fields | {"name": "营口样例两次有限公司", "effective_on": "2026-11-20"}
    first, second = jia.post(action, typed), jia.post(action, typed)
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    assert a_firm.facts() == ["SubjectRegistered", "SubjectRenamed"]


def test_a_form_from_another_site_is_refused(jia: Desk, a_firm: Firm) -> None:
    action, fields = jia.form(f"{a_firm.path}/names/new")
    sent = jia.post(action, fields | {"csrf": "wrong", "name": "营口样例外站有限公司", "effective_on": "2026-11-20"})
    assert sent.status == 403
    assert a_firm.facts() == ["SubjectRegistered"]


def test_a_file_without_an_open_case_asks_why_it_is_read_and_then_opens(yi: Desk, a_firm: Firm) -> None:
    entry_id = a_firm.penalty()
    assert "查阅事由" in yi.open(a_firm.path).one("h1").words
    wrong = yi.send(a_firm.path)
    assert wrong.status == 409
    assert "请选择查阅事由" in wrong.said
    page = yi.follow(yi.send(a_firm.path, purpose="inquiry"))
    assert page.one("h1").words == a_firm.name
    assert page.one("th", id=f"x-{entry_id}").words.startswith("营商罚决字")


def test_a_reason_given_for_one_subject_opens_no_other(yi: Desk, site: Site) -> None:
    one, other = firm(site), firm(site)
    yi.follow(yi.send(one.path, purpose="check"))
    assert yi.open(one.path).one("h1").words == one.name
    assert "查阅事由" in yi.open(other.path).one("h1").words


def test_a_county_office_cannot_open_another_countys_file(ji: Desk, site: Site) -> None:
    other = firm(site, "210882")
    answer = ji.client.get(other.path)
    assert answer.status_code == 403
    assert "不在您的辖区" in answer.text
    assert ji.open(f"/officer/subjects?q={other.name}").one("h2", id="r").words == "找到 0 家"


def test_a_subject_that_does_not_exist_is_not_found(jia: Desk) -> None:
    assert jia.client.get("/officer/subjects/00000000-0000-4000-8000-000000000001").status_code == 404
