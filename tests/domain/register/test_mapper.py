"""What is stored for ever: exact bytes, a closed table of shapes, old shapes that still load."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from uuid import UUID

import pytest
from eventsourcing.persistence import JSONTranscoder, MapperDeserialisationError
from pydantic import BaseModel

from domain.event import Fact, PersonalData
from domain.personal_data import personal_fields
from domain.register.mapper import CreditMapper, EventTypes, OldShape
from domain.register.writing import envelope_of
from tests.domain.register.samples import NUMBER, Noted, Opened, SampleRegister, context

STREAM = UUID(int=5)


@pytest.fixture
def mapper() -> CreditMapper:
    made = CreditMapper(transcoder=JSONTranscoder())
    made.event_types = SampleRegister.event_types
    return made


def test_a_fact_comes_back_as_it_was_stored_with_its_place_and_digest(mapper: CreditMapper) -> None:
    fact = Fact(STREAM, 3, envelope_of(context(case_no="样例-1")), Noted(text="甲“乙”\n"))
    new = mapper.to_new_fact(fact)
    read = mapper.to_fact((new.stream, new.version, new.topic, new.state, 9, None))
    assert read == replace(fact, position=9, digest=sha256(new.state).hexdigest())
    assert mapper.to_new_fact(read) == new


def test_nulls_and_defaults_are_written_out_in_readable_utf8(mapper: CreditMapper) -> None:
    state = mapper.to_new_fact(Fact(STREAM, 1, envelope_of(context()), Opened())).state.decode()
    assert state.startswith('{"envelope":{"actor":{"officer_id":"样例经办人"')
    assert '"case_no":null' in state
    assert state.endswith('"act":{"code":null,"identity_number":null}}')


def test_an_old_shape_becomes_the_present_one_step_by_step(mapper: CreditMapper) -> None:
    envelope = envelope_of(context()).model_dump_json()
    for topic, act in (("sample/Noted.v1", '{"words": "甲"}'), ("sample/Said.v1", '{"said": "甲"}')):
        state = f'{{"envelope": {envelope}, "act": {act}}}'.encode()
        fact = mapper.to_fact((STREAM, 1, topic, state, 1, None))
        assert isinstance(fact.event, Noted)
        assert (fact.event.text, fact.event.on.year) == ("甲", 2020)
        assert fact.digest == sha256(state).hexdigest()


@pytest.mark.parametrize(
    ("topic", "state"),
    [
        ("os:system", b'{"envelope": {}, "act": {}}'),
        ("sample/Noted.v2", b'{"envelope": {}, "act": {"text": "990000190001011234"}}'),
        ("sample/Noted.v2", b"990000190001011234"),
        ("sample/Noted.v1", b'{"act": {"text": "990000190001011234"}}'),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place_and_not_quoted(
    mapper: CreditMapper, topic: str, state: bytes
) -> None:
    with pytest.raises(MapperDeserialisationError) as caught:
        mapper.to_fact((STREAM, 4, topic, state, 1, None))
    assert f"fact 4 of stream {STREAM}" in str(caught.value)
    assert NUMBER not in str(caught.value)


def test_a_table_that_contradicts_itself_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match=r"stored as 'sample/Noted\.v2'"):
        EventTypes({"sample/Noted.v3": Noted})
    with pytest.raises(ValueError, match="old shape"):
        EventTypes({Noted.TOPIC: Noted}, {Noted.TOPIC: OldShape(Noted.TOPIC, dict)})
    with pytest.raises(ValueError, match="old shape"):
        EventTypes({Noted.TOPIC: Noted}, {"sample/Noted.v1": OldShape("sample/Nowhere.v1", dict)})


def test_the_mapper_knows_which_shapes_can_hold_personal_data() -> None:
    assert personal_fields(Opened) == ("identity_number",)
    assert personal_fields(Noted) == ("witnesses",)
    assert personal_fields(type(envelope_of(context()))) == ()


class Within(BaseModel):
    inner: Within | None = None
    name: PersonalData | None = None
    on: date = date(2026, 3, 2)


class Around(BaseModel):
    parts: dict[str, tuple[Within, ...]]
    text: str = ""


def test_personal_data_is_expected_at_any_depth_even_of_a_shape_that_holds_itself() -> None:
    assert personal_fields(Around) == ("parts",)
    assert personal_fields(Within) == ("inner", "name")
