"""Personal data never leaves an event in the clear, however it is written down."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticSerializationError

from domain.credit_file.profile import SubjectRegistered
from domain.event import Personal

NUMBER = "210802199001010000"


def registered() -> SubjectRegistered:
    return SubjectRegistered(
        subject_kind="natural_person", name="样**", division="210800", identity_number=Personal(NUMBER, NUMBER)
    )


def test_refuses_to_write_personal_data_as_json_while_it_is_not_sealed() -> None:
    with pytest.raises(PydanticSerializationError, match="must be sealed"):
        registered().model_dump_json()


def test_refuses_to_write_personal_data_as_python_values_while_it_is_not_sealed() -> None:
    with pytest.raises(PydanticSerializationError, match="must be sealed"):
        registered().model_dump()


def test_prints_nothing_of_personal_data() -> None:
    assert NUMBER not in repr(registered())
    assert NUMBER not in str(Personal(NUMBER, NUMBER))
