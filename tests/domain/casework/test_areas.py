"""Whose rows and whose subjects: a county office brings in what its county decided, and registers its own firms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.casework.exchange_decisions import Subject, record_row
from domain.credit_file.profile import SubjectRegistered, register_subject
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.refusals import NotYourArea
from tests.domain.given import STRANGER, YI, given

HOME, ELSEWHERE = "11210881XX00000055", "11210811XX00000055"
FIRM = Subject(subject_kind="organisation", name="样例甲公司", code="91210811XX3778782C", division="210811")
TABLES: list[type[LicenceRecorded | PenaltyRecorded]] = [LicenceRecorded, PenaltyRecorded]


def row(table: type[LicenceRecorded | PenaltyRecorded], **changed: Any) -> LicenceRecorded | PenaltyRecorded:
    kinds: dict[str, Any] = {"penalty_kinds": ("警告",)} if table is PenaltyRecorded else {}
    return table(
        entry_id="样例", counterpart_name=FIRM.name, counterpart_kind="", code=FIRM.code, document_no="样例1号",
        decided_on=date(2026, 5, 6), **kinds, **changed,
    )  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_a_county_office_brings_in_what_its_county_decided_about_a_firm_of_another(table: Any) -> None:
    for codes in ({"authority_code": HOME, "source_unit_code": ELSEWHERE}, {"source_unit_code": HOME}):
        record = row(table, **codes)
        done = given().when(record_row, by=STRANGER, subject=FIRM, record=record)
        assert [type(event) for event in done.events] == [SubjectRegistered, table]


@pytest.mark.parametrize("table", TABLES)
def test_a_county_office_brings_in_nothing_that_another_county_or_nobody_known_decided(table: Any) -> None:
    for codes in ({"authority_code": ELSEWHERE, "source_unit_code": HOME}, {"source_unit_code": ELSEWHERE}, {}):
        given().when(record_row, by=STRANGER, subject=FIRM, record=row(table, **codes)).refused(NotYourArea)
        assert given().when(record_row, by=YI, subject=FIRM, record=row(table, **codes)).events


def test_a_county_office_registers_subjects_of_its_own_county_only() -> None:
    asked: dict[str, Any] = {"subject_kind": "organisation", "name": FIRM.name, "code": FIRM.code}
    given().when(register_subject, by=STRANGER, division="210811", **asked).refused(NotYourArea)
    assert given().when(register_subject, by=STRANGER, division="210881", **asked).events
    assert given().when(register_subject, by=YI, division="210811", **asked).events
