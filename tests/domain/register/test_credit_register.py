"""The register over the real events, powers and files: who a subject is, and where its file is found."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from domain.context import Context, Filing, Officer
from domain.credit_file.profile import register_subject
from domain.event import Evidence, Personal
from domain.law.reading import Reading
from domain.personal_numbers import PersonalNumberMisplaced
from domain.refusals import CodeTaken, NotAllowed
from domain.register.acts import Receipt
from domain.register.register import CreditRegister, act
from tests.databases import Database
from tests.domain.register.samples import MASTER_KEY, NOW, NUMBER, OTHER_NUMBER, RULEBOOK

# Invented: an organisation number of zeros belongs to nobody.
CODE = "91210800MA0000000R"


@pytest.fixture
def register(database: Database) -> Iterator[CreditRegister]:
    with CreditRegister.connect(database.app_url, MASTER_KEY) as opened:
        yield opened


def desk(role: str = "handler") -> Context:
    papers = Filing(evidence=(Evidence(title="样例凭据"),))
    return Context(NOW, Officer("样例经办人", role, "样例科"), Reading(RULEBOOK), papers)


def test_a_registered_subject_is_found_by_its_code(register: CreditRegister) -> None:
    subject = uuid4()
    receipt = register.do(
        register_subject, subject, desk(), subject_kind="organisation", name="样例公司", code=CODE, division="210800",
        confirmed=frozenset({"CodeCheckFails"}),
    )  # fmt: skip
    assert receipt.events[0].topic == "credit/SubjectRegistered.v1"
    assert register.subject_by_code(CODE) == subject
    assert register.subject_by_code("91210800MA0000001X") is None
    profile = register.load(subject).profile
    assert profile is not None
    assert profile.name == "样例公司"
    assert register.load_many([subject])[subject] == register.load(subject)


def test_a_natural_person_is_found_by_the_number_until_the_key_is_destroyed(register: CreditRegister) -> None:
    subject = uuid4()
    register.do(
        register_subject, subject, desk(), subject_kind="natural_person", name="王**", code=None, division="210800",
        person_name=Personal("王样例", NUMBER), identity_number=Personal(NUMBER, NUMBER),
    )  # fmt: skip
    assert register.subject_by_person(NUMBER) == subject
    assert register.subjects_by_person([NUMBER, OTHER_NUMBER]) == {NUMBER: subject}
    before = register.load(subject)
    (key_id,) = register.facts_recorder.select("SELECT key_id FROM subject_person")[0]
    register.vault.destroy_key(key_id, "依申请删除", officer_id="样例")
    assert register.subject_by_person(NUMBER) is None
    assert register.load(subject) == before


def test_two_files_racing_for_one_code_end_with_one_holder(register: CreditRegister) -> None:
    acts = [
        act(register_subject, uuid4(), subject_kind="organisation", name="样例公司", code=CODE, division="210800",
            confirmed=frozenset({"CodeCheckFails"}))
        for _ in range(2)
    ]  # fmt: skip
    outcomes = register.do_many(acts, lambda _: desk())
    assert [type(outcome) for outcome in outcomes] == [Receipt, CodeTaken]


def test_a_role_without_the_power_registers_nobody(register: CreditRegister) -> None:
    with pytest.raises(NotAllowed):
        register.do(
            register_subject, uuid4(), desk("auditor"), subject_kind="organisation", name="样例公司", code=CODE,
            division="210800",
        )  # fmt: skip


def test_nothing_is_stored_of_an_act_that_brings_an_identity_number_in_the_open(register: CreditRegister) -> None:
    card, subject = "110101199003070003", uuid4()
    before = register.head()
    with pytest.raises(PersonalNumberMisplaced):
        register.do(
            register_subject, subject, desk(), subject_kind="organisation", name=f"样例{card}公司", code=CODE,
            division="210800",
        )  # fmt: skip
    assert register.head() == before
