"""Personal data: sealed in facts, opened with a purpose, erased with its key; nowhere in the open."""

from __future__ import annotations

import base64
import logging
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from domain.context import Context
from domain.event import Event, Fact, Personal, Sealed
from domain.refusals import Refused
from domain.register.acts import Receipt, act_on
from domain.register.personal import find_personal
from domain.register.vault import KeyDestroyed, PurposeMissing, SealBroken, Vault, WrongMasterKey
from domain.register.writing import PersonAlreadyFiled, envelope_of
from tests.databases import Database
from tests.domain.register.samples import (
    MASTER_KEY,
    NUMBER,
    OTHER_NUMBER,
    SAMPLE,
    Noted,
    Opened,
    SampleFile,
    SampleRegister,
    always,
    asked,
    context,
    note,
    open_file,
)

PERSON = Personal(NUMBER, NUMBER)
OTHER = Personal(OTHER_NUMBER, OTHER_NUMBER)


def sealed_of(register: SampleRegister, stream: UUID) -> Sealed:
    opened = register.load_on(SAMPLE, stream).opened
    assert opened is not None
    assert isinstance(opened.identity_number, Sealed)
    return opened.identity_number


@pytest.fixture
def stream(register: SampleRegister) -> UUID:
    stream = uuid4()
    register.do_on(SAMPLE, open_file, stream, asked(), None, PERSON)
    return stream


def opened(
    register: SampleRegister,
    sealed: Sealed,
    stream: UUID,
    version: int = 1,
    field: str = "identity_number",
    purpose: str = "核对",
) -> str:
    return register.vault.open(sealed, purpose, officer_id="样例", stream=stream, version=version, field=field)


def everything_stored(database: Database) -> str:
    """Every row of every table, as text, with base64 and hexadecimal parts undone."""
    with psycopg.connect(database.owner_url) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        texts = []
        for schema, table in tables:
            rows = connection.execute(sql.SQL("SELECT t FROM {} t").format(sql.Identifier(schema, table))).fetchall()
            texts += [str(row) for row in rows]
        texts += [row[0] for row in connection.execute("SELECT convert_from(state, 'UTF8') FROM credit_events")]
    return "\n".join(texts)


@pytest.mark.on_both_servers
def test_no_identity_number_nor_part_of_one_is_stored_in_the_open(
    register: SampleRegister, database: Database, stream: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    register.do_on(SAMPLE, note, stream, asked(), "甲", witness=OTHER)
    with pytest.raises(PersonAlreadyFiled) as refusal:
        register.do_on(SAMPLE, open_file, uuid4(), asked(), None, PERSON)
    register.vault.open(
        sealed_of(register, stream), "核对", officer_id="样例", stream=stream, version=1, field="identity_number"
    )
    stored = everything_stored(database)
    assert len(stored) > 1000
    for number in (NUMBER, OTHER_NUMBER):
        for part in (number, number[6:14], number[-6:], base64.b64encode(number.encode()).decode().rstrip("=")[:-2]):
            assert part not in stored
            assert part not in caplog.text
            assert part not in refusal.value.sentence_zh + refusal.value.sentence_en
        assert number.encode().hex() not in stored


@pytest.mark.on_both_servers
def test_a_sealed_field_opens_at_its_place_for_a_purpose_and_leaves_a_record(
    register: SampleRegister, stream: UUID
) -> None:
    sealed = sealed_of(register, stream)
    assert opened(register, sealed, stream) == NUMBER
    rows = register.facts_recorder.select("SELECT key_id, act, officer, purpose FROM vault_access")
    assert rows == [(sealed.key_id, "opened", "样例", "核对")]


@pytest.mark.parametrize("text", ["", "王", "样例" * 400, "a\0", "x" * 15, "x" * 16, "x" * 31, "末尾\x80"])
def test_any_text_comes_back_as_it_was_sealed(register: SampleRegister, text: str) -> None:
    keyring = register.vault.keyring([])
    sealed = keyring.seal(Personal(text, "样例人"), f"{UUID(int=1)}|1|f")
    register.facts_recorder.select(
        "INSERT INTO vault_key VALUES (%(k)b, %(p)b, %(w)b, now()) RETURNING 1",
        k=keyring.made[0].key_id, p=keyring.made[0].person, w=keyring.made[0].wrapped,
    )  # fmt: skip
    assert opened(register, sealed, UUID(int=1), 1, "f") == text


def test_the_stored_length_does_not_tell_a_name_of_two_characters_from_one_of_four(register: SampleRegister) -> None:
    keyring = register.vault.keyring(["样例人"])
    lengths = {len(keyring.seal(Personal(name, "样例人"), "p").ciphertext) for name in ("王某", "王某某", "欧阳某某")}
    assert len(lengths) == 1


def test_a_sealed_field_opens_nowhere_else(register: SampleRegister, stream: UUID) -> None:
    sealed = sealed_of(register, stream)
    for place in ((uuid4(), 1, "identity_number"), (stream, 2, "identity_number"), (stream, 1, "witnesses.0")):
        with pytest.raises(SealBroken):
            opened(register, sealed, *place)


def test_a_changed_ciphertext_key_check_or_commitment_does_not_open(register: SampleRegister, stream: UUID) -> None:
    sealed = sealed_of(register, stream)
    raw = bytearray(base64.b64decode(sealed.ciphertext))
    raw[-1] ^= 1
    for update in ({"ciphertext": base64.b64encode(raw).decode()}, {"key_check": "0" * 16}, {"commitment": "0" * 64}):
        with pytest.raises(SealBroken):
            opened(register, sealed.model_copy(update=update), stream)


def test_nothing_opens_without_a_purpose(register: SampleRegister, stream: UUID) -> None:
    sealed = sealed_of(register, stream)
    with pytest.raises(PurposeMissing):
        opened(register, sealed, stream, purpose=" ")
    with pytest.raises(PurposeMissing):
        register.vault.destroy_key(sealed.key_id, "", officer_id="样例")
    assert register.facts_recorder.select("SELECT count(*) FROM vault_access") == [(0,)]


@pytest.mark.on_both_servers
def test_destroying_a_key_leaves_every_file_as_it_was_and_the_text_gone(register: SampleRegister, stream: UUID) -> None:
    register.do_on(SAMPLE, note, stream, asked(), "甲", witness=PERSON)
    sealed, before, facts = sealed_of(register, stream), register.load_on(SAMPLE, stream), register.history(stream)
    assert register.vault.destroy_key(sealed.key_id, "依申请删除", officer_id="样例")
    assert not register.vault.destroy_key(sealed.key_id, "依申请删除", officer_id="样例")
    assert register.load_on(SAMPLE, stream) == before
    assert register.history(stream) == facts
    with pytest.raises(KeyDestroyed):
        opened(register, sealed, stream)
    assert register.facts_recorder.select("SELECT count(*) FROM subject_person") == [(0,)]
    assert register.facts_recorder.select("SELECT key_id, act FROM vault_access") == [(sealed.key_id, "destroyed")]
    register.do_on(SAMPLE, note, stream, asked(), "乙", witness=PERSON)
    newest = register.load_on(SAMPLE, stream).notes[-1].witnesses[0]
    assert isinstance(newest, Sealed)
    assert newest.key_id != sealed.key_id
    assert opened(register, newest, stream, 3, "witnesses.0") == NUMBER


def test_a_person_has_one_key_however_the_number_is_typed(register: SampleRegister, stream: UUID) -> None:
    typed = Personal("另一内容", " " + "".join(chr(ord(c) + 0xFEE0) for c in NUMBER) + " ")
    register.do_on(SAMPLE, note, stream, asked(), "甲", witness=typed)
    assert register.facts_recorder.select("SELECT count(*) FROM vault_key") == [(1,)]


def test_a_person_has_one_file_in_one_batch_and_over_two(register: SampleRegister) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    acts = [act_on(SAMPLE, open_file, one, None, PERSON) for one in (first, second)]
    outcomes = register.do_many(acts, always(context()))
    assert [type(one) for one in outcomes] == [Receipt, PersonAlreadyFiled]
    with pytest.raises(PersonAlreadyFiled):
        register.do_on(SAMPLE, open_file, third, asked(), None, PERSON)
    rows = register.facts_recorder.select("SELECT subject_id FROM subject_person")
    assert rows == [(first,)]


def test_a_refused_act_leaves_no_key(register: SampleRegister) -> None:
    with pytest.raises(Refused):
        register.do_on(SAMPLE, note, uuid4(), asked(), "甲", witness=PERSON)
    assert register.facts_recorder.select("SELECT count(*) FROM vault_key") == [(0,)]


def test_two_rivals_sealing_for_one_new_person_end_with_one_key(register: SampleRegister) -> None:
    one, two = uuid4(), uuid4()
    rivals = [True]

    def open_late(file: SampleFile, surroundings: Context) -> list[Event]:
        if rivals.pop() if rivals else False:
            register.do_on(SAMPLE, open_file, two, context(), None, OTHER)
            register.do_on(SAMPLE, note, two, context(), "甲", witness=PERSON)
        return [Opened(), Noted(text="乙", witnesses=(PERSON,))]

    register.do_on(SAMPLE, open_late, one, context())
    keys = {
        witness.key_id
        for stream in (one, two)
        for witness in register.load_on(SAMPLE, stream).notes[0].witnesses
        if isinstance(witness, Sealed)
    }
    assert len(keys) == 1


def test_the_same_request_with_personal_data_is_known_again_though_sealed_anew(register: SampleRegister) -> None:
    stream, request = uuid4(), uuid4()
    first = register.do_on(SAMPLE, open_file, stream, asked(request), None, PERSON)
    assert register.do_on(SAMPLE, open_file, stream, asked(request), None, PERSON).events == first.events
    with pytest.raises(Refused) as caught:
        register.do_on(SAMPLE, open_file, stream, asked(request), None, OTHER)
    assert caught.value.code == "RequestIdReused"


def test_another_master_key_is_told_at_the_start(register: SampleRegister, database: Database) -> None:
    with pytest.raises(WrongMasterKey):
        SampleRegister.connect(database.app_url, bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short", register.facts_recorder.select)


def test_two_first_starts_share_one_pepper(database: Database) -> None:
    with (
        SampleRegister.connect(database.app_url, MASTER_KEY) as one,
        SampleRegister.connect(database.app_url, MASTER_KEY) as two,
    ):
        assert one.vault.hash_of(NUMBER) == two.vault.hash_of(NUMBER)


def test_unsealed_personal_data_is_never_written(register: SampleRegister) -> None:
    fact = Fact(uuid4(), 1, envelope_of(context()), Opened(identity_number=PERSON))
    with pytest.raises(Exception, match="erial") as caught:
        register.save(fact)
    assert NUMBER not in str(caught.value)


def test_personal_data_is_found_within_arguments_of_any_shape() -> None:
    found = list(find_personal(((PERSON,), {"a": [{"b": OTHER}], "c": "x"})))
    assert found == [PERSON, OTHER]


def test_nothing_printed_of_personal_data_shows_it() -> None:
    assert NUMBER not in repr(PERSON)
    assert NUMBER not in str(Opened(identity_number=PERSON))
