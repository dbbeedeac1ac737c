"""The decision to run on a rulebook version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.casework.rulebook_versions import RulebookAdopted, VersionInUse, Versions, adopt_rulebook, fold
from tests.domain.given import DING, SYSTEM, Given, Step, step
from tests.domain.given import given as given_file

FIRST: dict[str, Any] = {
    "version": "a" * 64, "added": ("样例.行@2019-07-01",), "altered": (), "gone": (), "reason": "样例首次采用"
}  # fmt: skip
SECOND = FIRST | {"version": "b" * 64}


def given(*steps: Step) -> Given:
    return given_file(*steps, empty=Versions.empty(UUID(int=3)), folded=fold)


def adopted(on: str, one: dict[str, Any]) -> Step:
    return step(on, DING, adopt_rulebook, **one)


def test_adopts_the_first_version() -> None:
    assert given().state.in_use == ""
    given().when(adopt_rulebook, by=SYSTEM, **FIRST).then(RulebookAdopted(**FIRST, replaces=""))


def test_adopts_another_version_in_place_of_the_one_in_use() -> None:
    given(adopted("2026-01-05", FIRST)).when(adopt_rulebook, by=DING, **SECOND).then(
        RulebookAdopted(**SECOND, replaces="a" * 64)
    )
    assert given(adopted("2026-01-05", FIRST), adopted("2026-01-06", SECOND)).state.in_use == "b" * 64


def test_refuses_the_version_in_use() -> None:
    given(adopted("2026-01-05", FIRST)).when(adopt_rulebook, by=DING, **FIRST).refused(VersionInUse)


def test_returns_to_a_version_left_before() -> None:
    state = given(adopted("2026-01-05", FIRST), adopted("2026-01-06", SECOND))
    state.when(adopt_rulebook, by=DING, **FIRST).then(RulebookAdopted(**FIRST, replaces="b" * 64))
