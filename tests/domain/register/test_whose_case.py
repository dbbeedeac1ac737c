"""What the register asks of a subject's file beside the decision: whose case it is, whose code, and what was undone."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from domain.credit_file.listing_decisions import serve_listing_notice
from domain.credit_file.persons import link_person
from domain.credit_file.profile_changes import change_code
from domain.credit_file.transfer import CaseIsElsewhere, receive_transfer, transfer_case
from domain.credit_file.undo import undo_entry
from domain.event import Personal, Sealed
from domain.refusals import CodeTaken
from domain.register.register import CreditRegister
from tests.databases import Database
from tests.domain.credit_file.samples import CODE, REGISTERED, day, promise, promised, proposed
from tests.domain.credit_file.test_profile_changes import new_code
from tests.domain.given import STRANGER, YI, Step
from tests.domain.register.samples import MASTER_KEY
from tests.domain.register.test_missed_deadlines import on

ON = "2026-06-12"


@pytest.fixture
def register(simulated_database: Database) -> Iterator[CreditRegister]:
    with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as opened:
        yield opened


def registered(register: CreditRegister, *steps: Step, code: str = CODE) -> UUID:
    stream = uuid4()
    register.do(REGISTERED.decide, stream, on(ON), **REGISTERED.args | {"code": code})
    for one in steps:
        register.do(one.decide, stream, on(ON, one.by, request_id=uuid4()), **one.args)
    return stream


def test_the_office_that_sent_a_case_is_refused_and_the_receiving_one_goes_on(register: CreditRegister) -> None:
    subject = registered(register, proposed(ON))
    register.do(
        transfer_case, subject, on(ON), case_id="s1", to_section=STRANGER.section, to_area=STRANGER.area,
        reason="样例管辖", transferred_on=day(ON),
    )  # fmt: skip
    notice = {"listing_id": "s1", "document_no": "样例", "served_on": day(ON), "method": "直接送达"}
    with pytest.raises(CaseIsElsewhere):
        register.do(serve_listing_notice, subject, on(ON), **notice)  # type: ignore[arg-type]
    register.do(receive_transfer, subject, on(ON, STRANGER), case_id="s1", received_on=day(ON))
    register.do(serve_listing_notice, subject, on(ON, STRANGER), **notice)  # type: ignore[arg-type]
    assert register.load(subject).listings["s1"].notice is not None


def test_a_new_code_finds_the_file_as_the_former_one_does_and_nobody_else_may_bear_it(
    register: CreditRegister,
) -> None:
    subject = registered(register)
    changed = {"code": new_code(), "reason": "样例换码", "effective_on": day(ON)}
    register.do(change_code, subject, on(ON, YI), **changed)  # type: ignore[arg-type]
    assert register.subjects_by_code([CODE, new_code()]) == {CODE: subject, new_code(): subject}
    with pytest.raises(CodeTaken):
        registered(register, code=new_code())
    back = {"code": CODE, "reason": "样例改回", "effective_on": day(ON)}
    register.do(change_code, subject, on(ON, YI), **back)  # type: ignore[arg-type]
    assert register.load(subject).profile.code == CODE  # type: ignore[union-attr]


def test_an_undone_act_is_gone_from_the_file_however_it_is_read(register: CreditRegister) -> None:
    subject = registered(register, promised(promise(ON)))
    before = register.load(subject, known_at=register.head()[0])
    assert set(before.commitments) == {"c1"}
    known_at = register.head()[0]
    register.do(undo_entry, subject, on(ON), version=2, reason="样例录错主体")
    assert register.load(subject).commitments == {}
    assert set(register.load(subject, known_at=known_at).commitments) == {"c1"}


def test_a_linked_person_is_stored_sealed(register: CreditRegister) -> None:
    subject = registered(register)
    register.do(
        link_person, subject, on(ON), link_id="k1", role="person_in_charge", shown_name="样**",
        person_name=Personal("样例人", "样例号"), identity_number=Personal("样例号", "样例号"), from_on=day(ON),
    )  # fmt: skip
    linked = register.load(subject).persons["k1"].linked
    assert isinstance(linked.person_name, Sealed)
    assert isinstance(linked.identity_number, Sealed)
