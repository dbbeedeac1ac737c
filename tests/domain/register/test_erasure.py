"""Erasing a person over a real database: the key goes after the fact, and everything else stays what it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.context import Context, Filing, Officer
from domain.credit_file.disclosure import disclose
from domain.credit_file.erasure import (
    RetentionNotOver,
    ScopeNotSeen,
    StillNeeded,
    approve_erasure,
    erase_data,
    propose_erasure,
)
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import register_subject
from domain.credit_file.protection import TextErased, view_sensitive
from domain.credit_file.record_decisions import classify_penalty, record_penalty
from domain.credit_file.standing import standing
from domain.event import Evidence, Personal, Sealed
from domain.law.reading import Reading
from domain.register.register import CreditRegister
from domain.register.vault import KeyDestroyed
from tests.databases import Database
from tests.domain.credit_file.samples import REGISTERED, penalty
from tests.domain.register.samples import MASTER_KEY, NOW, NUMBER, OTHER_NUMBER, RULEBOOK

HANDLER = Officer("样例经办人", "handler", "样例科")
LEADER = Officer("样例领导", "leader", "样例局领导")
ORDER = Officer("样例秩序员", "market_order", "market_order")


@pytest.fixture
def register(database: Database) -> Iterator[CreditRegister]:
    with CreditRegister.connect(database.app_url, MASTER_KEY) as opened:
        yield opened


def desk(officer: Officer, request_id: UUID | None = None) -> Context:
    papers = Filing(evidence=(Evidence(title="样例凭据"),), request_id=request_id)
    return Context(NOW, officer, Reading(RULEBOOK), papers)


def registered(register: CreditRegister, number: str = NUMBER) -> UUID:
    subject = uuid4()
    register.do(
        register_subject, subject, desk(HANDLER), subject_kind="natural_person", name="样*", code=None,
        division="210800", person_name=Personal("样例人", number), identity_number=Personal(number, number),
    )  # fmt: skip
    return subject


def approved(register: CreditRegister, subject: UUID) -> None:
    key_id = register.load(subject).sealed[0].key_id
    texts, streams = register.sealed_with(key_id)
    asked: dict[str, Any] = {"erasure_id": "x1", "place": "1.person_name", "ground": "wrong_person", "reason": "样例"}
    register.do(propose_erasure, subject, desk(HANDLER), **asked)
    register.do(approve_erasure, subject, desk(LEADER), erasure_id="x1", texts=texts, streams=streams)


def sealed_name(register: CreditRegister, subject: UUID) -> Sealed:
    event: Any = register.history(subject)[0].event
    assert isinstance(event.person_name, Sealed)
    return event.person_name


def opened(register: CreditRegister, subject: UUID) -> str:
    sealed = sealed_name(register, subject)
    return register.vault.open(sealed, "样例", officer_id="样例", stream=subject, version=1, field="person_name")


def says(file: CreditFile) -> Any:
    return standing(file, NOW.date(), Reading(RULEBOOK))


@pytest.mark.on_both_servers
def test_tells_how_much_goes_before_it_goes(register: CreditRegister) -> None:
    subject, other = registered(register), registered(register, OTHER_NUMBER)
    keys = [register.load(one).sealed[0].key_id for one in (subject, other)]
    assert keys[0] != keys[1]
    assert [register.sealed_with(key) for key in keys] == [(2, 1), (2, 1)]
    assert register.sealed_with(uuid4()) == (0, 0)


def punished_elsewhere(register: CreditRegister) -> UUID:
    """Another subject's file with an entry in which the same person's number stands."""
    firm = uuid4()
    register.do(REGISTERED.decide, firm, desk(HANDLER), **REGISTERED.args)
    held = penalty("2026-02-12", person_id=Personal(NUMBER, NUMBER))
    register.do(record_penalty, firm, desk(HANDLER), penalty=held)
    return firm


def test_the_leader_approves_only_what_is_stored(register: CreditRegister) -> None:
    subject = registered(register)
    punished_elsewhere(register)
    asked: dict[str, Any] = {"erasure_id": "x1", "place": "1.person_name", "ground": "wrong_person", "reason": "样例"}
    register.do(propose_erasure, subject, desk(HANDLER), **asked)
    for texts, streams in ((2, 1), (9, 2), (3, 1)):
        with pytest.raises(ScopeNotSeen):
            register.do(approve_erasure, subject, desk(LEADER), erasure_id="x1", texts=texts, streams=streams)
    register.do(approve_erasure, subject, desk(LEADER), erasure_id="x1", texts=3, streams=2)


def test_nothing_is_erased_that_another_file_must_keep(register: CreditRegister) -> None:
    subject = registered(register)
    asked: dict[str, Any] = {"erasure_id": "x1", "place": "1.person_name", "ground": "retention", "reason": "样例"}
    other = punished_elsewhere(register)
    with pytest.raises(RetentionNotOver) as refused:
        register.do(propose_erasure, subject, desk(HANDLER), **asked)
    assert str(other) not in str(refused.value.values)
    assert register.load(subject).erasures == {}


def test_an_erasure_of_the_wrong_person_waits_while_another_file_is_shown(register: CreditRegister) -> None:
    subject, other = registered(register), punished_elsewhere(register)
    approved(register, subject)
    register.do(classify_penalty, other, desk(HANDLER), entry_id="p1", scheme="class.2025", penalty_class="general")
    register.do(disclose, other, desk(LEADER), entry_id="p1")
    with pytest.raises(StillNeeded):
        register.do(erase_data, subject, desk(ORDER), erasure_id="x1")


@pytest.mark.on_both_servers
def test_the_person_is_gone_and_the_file_is_what_it_was(register: CreditRegister) -> None:
    subject, other = registered(register), registered(register, OTHER_NUMBER)
    approved(register, subject)
    before = register.load(subject)
    assert opened(register, subject) == "样例人"
    register.do(erase_data, subject, desk(ORDER), erasure_id="x1")
    with pytest.raises(KeyDestroyed):
        opened(register, subject)
    assert opened(register, other) == "样例人"
    after = register.load(subject)
    assert says(after) == says(before)
    assert (after.profile, after.sealed) == (before.profile, before.sealed)
    with pytest.raises(TextErased):
        register.do(view_sensitive, subject, desk(HANDLER), place="1.person_name", purpose="identify")
    assert register.subject_by_person(NUMBER) is None


def test_what_a_dead_process_left_is_done_when_asked_again(
    register: CreditRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject, request_id = registered(register), uuid4()
    approved(register, subject)

    def die(*_: object, **__: object) -> bool:
        raise RuntimeError("the process died here")

    with monkeypatch.context() as patched:
        patched.setattr(type(register.vault), "destroy_key", die)
        with pytest.raises(RuntimeError):
            register.do(erase_data, subject, desk(ORDER, request_id), erasure_id="x1")
    assert register.load(subject).erasures["x1"].erased is not None
    assert opened(register, subject) == "样例人"
    assert register.do(erase_data, subject, desk(ORDER, request_id), erasure_id="x1").repeated
    with pytest.raises(KeyDestroyed):
        opened(register, subject)


def test_the_vault_says_once_who_destroyed_the_key_and_why(register: CreditRegister, database: Database) -> None:
    subject = registered(register)
    approved(register, subject)
    register.do(erase_data, subject, desk(ORDER), erasure_id="x1")
    register.destroy_erased(subject)
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute("SELECT act, officer, purpose FROM vault_access").fetchall()
    assert rows == [("destroyed", ORDER.officer_id, "个人信息保护法 47")]
