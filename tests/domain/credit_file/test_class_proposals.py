"""What class is proposed for a penalty: by its kinds, or as a fine of the summary procedure."""

from __future__ import annotations

from typing import Any

import pytest

from domain.credit_file.record_classes import proposed_class
from tests.domain.credit_file.samples import REGISTERED, penalty, recorded
from tests.domain.given import given, rules

SUMMARY: dict[str, Any] = {"procedure": "summary"}


def proposal(decided_on: str, **given_: Any) -> tuple[str, str] | None:
    state = given(REGISTERED, recorded(penalty(decided_on, **given_))).state
    found = proposed_class(state.records["p1"], rules())
    return None if found is None else (found.name, found.why)


@pytest.mark.parametrize(
    ("kinds", "fen", "counterpart_kind", "found"),
    [
        (("罚款",), 300_000, "法人及非法人组织", ("class.2025/minor", "summary")),
        (("警告", "罚款"), 300_000, "法人及非法人组织", ("class.2025/minor", "summary")),
        (("警告",), None, "自然人", ("class.2025/minor", "summary")),
        (("罚款",), 300_001, "法人及非法人组织", ("class.2025/general", "kinds")),
        (("罚款",), 20_000, "个体工商户", ("class.2025/minor", "summary")),
        (("罚款",), 20_001, "个体工商户", ("class.2025/general", "kinds")),
        (("罚款", "责令停产停业"), 300_000, "法人及非法人组织", ("class.2025/serious", "kinds")),
        (("罚款",), 300_000, "样例另类", ("class.2025/general", "kinds")),
    ],
)
def test_proposes_minor_for_a_summary_penalty_within_the_ceiling_of_its_subject(
    kinds: tuple[str, ...], fen: int | None, counterpart_kind: str, found: tuple[str, str]
) -> None:
    told = proposal("2026-06-12", penalty_kinds=kinds, fine_fen=fen, counterpart_kind=counterpart_kind, **SUMMARY)
    assert told == found


def test_proposes_by_kinds_for_an_ordinary_penalty_however_small() -> None:
    assert proposal("2026-06-12", fine_fen=100) == ("class.2025/general", "kinds")


def test_proposes_no_minor_class_where_the_scheme_of_the_day_has_none() -> None:
    assert proposal("2022-06-12", fine_fen=100, **SUMMARY) == ("class.2019/general", "kinds")
    assert proposal("2024-06-12", fine_fen=100, **SUMMARY) is None
    assert proposal("2018-06-12", fine_fen=100, **SUMMARY) is None
