"""Personal data at the desk: one sealed field shown once, a request answered, a person erased by three people."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from api.demo.people import JIA
from domain.context import Context, Filing
from domain.credit_file.profile import register_subject
from domain.event import Personal
from domain.law.reading import Reading
from tests.desk import Desk, Firm, desk, firm
from tests.site import Site

# Invented: the serial number belongs to nobody, and the check character is right.
NUMBER = "21081119900307001X"
NAME = "样例某"


@pytest.fixture(scope="module")
def geng(site: Site) -> Iterator[Desk]:
    """An officer of the market order section."""
    with desk(site, "geng") as one:
        yield one


@pytest.fixture
def a_person(site: Site) -> UUID:
    """A natural person whose name and number are sealed under a key of this test's own."""
    subject, number = uuid4(), f"样例{uuid4()}"
    filing = Filing(request_id=uuid4())
    context = Context(site.clock.now(), JIA.officer, Reading(site.parts.rulebooks.in_use()), filing)
    receipt = site.parts.register.do(
        register_subject, subject, context, subject_kind="natural_person", name="样**", code=None, division="210811",
        person_name=Personal(NAME, number), identity_number=Personal(number, number),
    )  # fmt: skip
    assert site.parts.engine.wait_for(receipt.position, 20)
    return subject


def path_of(subject: UUID) -> str:
    return f"/officer/subjects/{subject}"


def facts(site: Site, subject: UUID) -> list[str]:
    return [type(fact.event).__name__ for fact in site.parts.register.history(subject)]


def test_one_sealed_field_is_shown_once_for_a_purpose_and_never_again_by_the_same_form(
    jia: Desk, a_person: UUID, site: Site
) -> None:
    action, fields = jia.form(f"{path_of(a_person)}/looks/new")
    typed = fields | {"place": "1.person_name", "purpose": "identify"}
    sent = jia.post(action, typed)
    assert sent.status == 200
    assert sent.page.one("dd", id="sealed-text").words == NAME
    assert "no-store" in sent.answer.headers["cache-control"]
    assert facts(site, a_person)[-1] == "SensitiveViewed"
    again = jia.post(action, typed)
    assert again.status == 409
    assert NAME not in again.answer.text
    assert "只" in again.said or "已经记录" in again.said
    assert NAME not in jia.client.get(path_of(a_person)).text


def test_a_field_is_opened_for_no_purpose_outside_the_list(jia: Desk, a_person: UUID, site: Site) -> None:
    action, fields = jia.form(f"{path_of(a_person)}/looks/new")
    sent = jia.post(action, fields | {"place": "1.person_name", "purpose": "curiosity"})
    assert sent.status == 409
    assert "清单" in sent.said
    assert facts(site, a_person) == ["SubjectRegistered"]


def test_a_stranger_of_another_county_opens_nothing(ji: Desk, a_person: UUID) -> None:
    assert ji.client.get(f"{path_of(a_person)}/looks/new").status_code == 403


def test_a_request_is_recorded_and_answered(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    asked = {"wants": "delete", "what": "登记的证件号码", "requested_on": "2026-11-20"}
    sent = jia.send(f"{a_firm.path}/access_requests/new", **asked)
    assert sent.status == 303, sent.said
    case = sent.location.split("?")[0]
    assert "待答复" in jia.open(case).one("main").words
    answer = {"outcome": "refused", "document_no": "样例答复一号", "answered_on": "2026-11-23", "reasons": ""}
    bare = yi.send(f"{case}/answers/new", **answer)
    assert bare.status == 409
    assert "理由" in bare.said
    assert yi.send(f"{case}/answers/new", **answer | {"reasons": "保存期未满（样例）"}).status == 303
    assert a_firm.facts()[-2:] == ["AccessRequested", "AccessAnswered"]


def test_a_person_is_erased_by_three_people_who_see_what_goes(
    jia: Desk, ding: Desk, geng: Desk, a_person: UUID, site: Site
) -> None:
    proposal = {"place": "1.person_name", "ground": "wrong_person", "reason": "登记错人（样例）"}
    unproven = jia.send(f"{path_of(a_person)}/erasures/new", **proposal)
    assert unproven.status == 409, unproven.said
    proposal |= {"evidence_title": "样例核对单"}
    sent = jia.send(f"{path_of(a_person)}/erasures/new", **proposal)
    assert sent.status == 303, sent.said
    case = sent.location.split("?")[0]
    action, fields = ding.form(f"{case}/approvals/new")
    assert (fields["texts"], fields["streams"]) == ("2", "1")
    fewer = ding.post(action, fields | {"texts": "1"})
    assert fewer.status == 409
    assert ding.post(action, fields).status == 303
    looked, typed = jia.form(f"{path_of(a_person)}/looks/new")
    assert geng.send(f"{case}/executions/new").status == 303
    assert facts(site, a_person)[-3:] == ["ErasureProposed", "ErasureApproved", "DataErased"]
    assert site.parts.register.sealed_with(site.parts.register.load(a_person).sealed[0].key_id) == (2, 1)
    assert "已于" in geng.open(case).one("main").words
    gone = jia.post(looked, typed | {"place": "1.person_name", "purpose": "identify"})
    assert gone.status == 410
    assert NAME not in gone.answer.text
    assert jia.client.get(path_of(a_person)).status_code == 200


def test_an_entry_sealed_is_off_the_page_of_the_subject(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    made = jia.send(
        f"{a_firm.path}/commitments/new", commitment_type="voluntary", document_no="样例承诺封",
        matter="样例封存事项", accepted_by="样例", content="样例", liability="样例", made_on="2026-11-02",
        valid_from="2026-11-02",
    )  # fmt: skip
    assert made.status == 303, made.said
    assert "样例封存事项" in jia.follow(jia.send(a_firm.path, purpose="check")).one("main").words
    entry = next(iter(a_firm.site.parts.register.load(a_firm.subject_id).commitments))
    assert yi.send(f"{a_firm.path}/seals/new", entry_id=entry, reason="样例理由").status == 303
    page = jia.open(a_firm.path).one("main").words
    assert "样例封存事项" not in page
    assert "已封存 1 项" in page


def test_a_tier_is_assigned_as_the_file_gives_it_and_overridden_by_the_leader(yi: Desk, ding: Desk, site: Site) -> None:
    one = firm(site)
    wrong = yi.send(f"{one.path}/tiers/new", grade="D", explanation="样例说明")
    assert wrong.status == 409
    sent = yi.send(f"{one.path}/tiers/new", grade="B", explanation="没有可计入的信息（样例）")
    assert sent.status == 303, sent.said
    case = sent.location.split("?")[0]
    assert "不单独作为作出决定的依据" in yi.open(case).one("main").words
    assert ding.send(f"{case}/overrides/new", to_grade="A", reason="样例理由").status == 303
    assert one.facts()[-2:] == ["TierAssigned", "TierOverridden"]


def test_a_commitment_is_published_checked_and_withdrawn_at_the_desk(jia: Desk, yi: Desk, a_firm: Firm) -> None:
    made = jia.send(
        f"{a_firm.path}/commitments/new", commitment_type="voluntary", document_no="样例承诺核查", matter="样例事项",
        accepted_by="样例", content="样例", liability="样例", made_on="2026-11-02", valid_from="2026-11-02",
        may_disclose="on", matter_kind="funds",
    )  # fmt: skip
    assert made.status == 303, made.said
    entry = next(iter(a_firm.site.parts.register.load(a_firm.subject_id).commitments))
    case = f"{a_firm.path}/commitments/{entry}"
    early = yi.send(f"{case}/publications/new", **{"channels-bureau_site": "on", "published_on": "2026-11-23"})
    assert early.status == 409
    assert "批准公示" in early.said
    assert jia.send(f"{case}/plans/new", method="full", draw_id="").status == 303
    checked = {"checked_on": "2026-11-23", "checker": "样例员甲", "result": "kept", "facts": "样例"}
    checked["checked_on"] = str(a_firm.site.clock.today())
    assert jia.send(f"{case}/checks/new", **checked).status == 303
    sent = jia.send(f"{case}/withdrawals/new", withdrawn_on=checked["checked_on"], reason="样例理由")
    assert sent.status == 303, sent.said
    assert "已撤回" in jia.open(case).one("p", class_="standing").words
    assert a_firm.facts()[-3:] == ["CommitmentCheckPlanned", "CommitmentChecked", "CommitmentWithdrawn"]
