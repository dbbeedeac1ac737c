"""Tiers assigned by a person: just what the file gives, or what the leader says and why; and never a ground."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from domain.credit_file.profile import IdTaken
from domain.credit_file.tier import tier_on
from domain.credit_file.tier_assignment import (
    AssignmentOver,
    AssignmentUnknown,
    ExplanationMissing,
    GradeNotProposed,
    GradeUnknown,
    OverrideReasonMissing,
    SameGrade,
    TierAssigned,
    TierAssignedAlready,
    TierInput,
    TierNotProposed,
    TierOverridden,
    assign_tier,
    override_tier,
    owed,
    stated,
)
from domain.refusals import CaseMoved, SameOfficer, SubjectUnknown
from tests.domain.credit_file.samples import (
    REGISTERED,
    classified,
    day,
    disclosed,
    general_penalty,
    penalty,
    performed,
    recorded,
)
from tests.domain.given import DING, YI, Given, Step, given, rules, step

ROOT = Path(__file__).resolve().parents[3]
ASSIGN: dict[str, Any] = {"assignment_id": "t1", "grade": "C", "explanation": "有一项一般处罚在公示（样例）"}
OVERRIDE: dict[str, Any] = {"assignment_id": "t1", "to_grade": "B", "reason": "样例理由"}
ASSIGNED = step("2026-06-20", YI, assign_tier, **ASSIGN)
OVERRIDDEN = step("2026-06-22", DING, override_tier, **OVERRIDE)
BY_LEADER = step("2026-06-20", DING, assign_tier, **ASSIGN)


def punished(*more: Step) -> Given:
    return given(*general_penalty(), *more)


def test_assigns_the_grade_that_the_file_gives_with_what_gave_it() -> None:
    punished().when(assign_tier, by=YI, on="2026-06-20", **ASSIGN).then(
        TierAssigned(
            **ASSIGN, scheme=("A", "B", "C", "D"), proposed_grade="C",
            inputs=(TierInput(code="penalty_general", entry_id="p1"),),
            assigned_on=day("2026-06-20"), valid_until=day("2027-06-20"),
        )
    )  # fmt: skip


def test_assigns_by_the_bureaus_own_scheme_before_2022() -> None:
    of_2021 = [
        REGISTERED, recorded(penalty("2021-06-12")), classified("2021-06-12", "general", "class.2019"),
        disclosed("2021-06-12"),
    ]  # fmt: skip
    grades = {}
    for on in ("2022-01-12", "2022-01-13"):
        tier = tier_on(given(*of_2021).state, day(on), rules())
        assert tier is not None
        grades[on] = tier.grade
        [event] = given(*of_2021).when(assign_tier, by=YI, on=on, **ASSIGN | {"grade": tier.grade}).events
        assert isinstance(event, TierAssigned)
        assert event.scheme == tier.rows[0].names
    assert grades == {"2022-01-12": "bureau_normal", "2022-01-13": "C"}


def test_refuses_to_assign_to_nobody_or_under_an_id_used_before() -> None:
    given().when(assign_tier, by=YI, **ASSIGN).refused(SubjectUnknown)
    punished().when(assign_tier, by=YI, on="2026-06-20", **ASSIGN | {"assignment_id": "p1"}).refused(IdTaken)


def test_refuses_to_assign_where_no_scheme_is_in_force() -> None:
    given(REGISTERED).when(assign_tier, by=YI, on="2019-06-30", **ASSIGN).refused(TierNotProposed)


def test_refuses_a_grade_that_the_file_does_not_give_before_its_explanation_is_read() -> None:
    wrong = ASSIGN | {"grade": "B", "explanation": " "}
    refusal = (
        punished().when(assign_tier, by=YI, on="2026-06-20", **wrong).refused(GradeNotProposed, grade="B", proposed="C")
    )
    assert refusal.rule is not None
    assert refusal.rule.parameter == "tier.grade_inputs"


def test_refuses_to_assign_without_an_explanation() -> None:
    punished().when(assign_tier, by=YI, on="2026-06-20", **ASSIGN | {"explanation": " "}).refused(ExplanationMissing)


def test_refuses_to_assign_the_same_again_until_its_time_is_over() -> None:
    again = ASSIGN | {"assignment_id": "t2"}
    state = given(REGISTERED, step("2026-06-20", YI, assign_tier, **ASSIGN | {"grade": "B"}))
    state.when(assign_tier, by=YI, on="2027-06-20", **again | {"grade": "B"}).refused(
        TierAssignedAlready, until=day("2027-06-20")
    )
    assert state.when(assign_tier, by=YI, on="2027-06-21", **again | {"grade": "B"}).refusal is None


# Override


def test_the_leader_sets_another_grade_with_a_reason() -> None:
    punished(ASSIGNED).when(override_tier, by=DING, on="2026-06-22", **OVERRIDE, seen=6).then(
        TierOverridden(**OVERRIDE, from_grade="C", overridden_on=day("2026-06-22"))
    )
    state = punished(ASSIGNED, OVERRIDDEN).state
    said = [[one.value for one in stated(state, day(on), rules())] for on in ("2026-06-21", "2026-06-22", "2027-06-21")]
    assert said == [["C", "2027-06-20"], ["B", "2027-06-20"], []]
    derived = tier_on(state, day("2026-06-22"), rules())
    assert derived is not None
    assert derived.grade == "C"


def test_refuses_to_override_what_nobody_assigned_or_what_moved() -> None:
    given().when(override_tier, by=DING, **OVERRIDE).refused(SubjectUnknown)
    punished().when(override_tier, by=DING, **OVERRIDE).refused(AssignmentUnknown)
    punished(ASSIGNED).when(override_tier, by=DING, on="2027-06-21", **OVERRIDE, seen=5).refused(CaseMoved)


def test_refuses_to_override_an_assignment_that_is_over_before_its_grade_is_looked_at() -> None:
    late = OVERRIDE | {"to_grade": "nonsense"}
    punished(ASSIGNED).when(override_tier, by=DING, on="2027-06-21", **late).refused(AssignmentOver)


def test_refuses_a_grade_outside_the_scheme_the_same_grade_and_no_reason() -> None:
    now: dict[str, Any] = {"by": DING, "on": "2026-06-22"}
    punished(ASSIGNED).when(override_tier, **now, **OVERRIDE | {"to_grade": "bureau_bad"}).refused(GradeUnknown)
    punished(ASSIGNED).when(override_tier, **now, **OVERRIDE | {"to_grade": "C"}).refused(SameGrade, grade="C")
    punished(ASSIGNED).when(override_tier, **now, **OVERRIDE | {"reason": ""}).refused(OverrideReasonMissing)


def test_refuses_the_leader_to_override_an_own_assignment() -> None:
    punished(BY_LEADER).when(override_tier, by=DING, on="2026-06-22", **OVERRIDE).refused(SameOfficer)


# What waits


def test_an_assignment_waits_for_its_end_and_for_what_the_file_says_since() -> None:
    [one] = owed(punished(ASSIGNED).state, rules())
    assert (one.act, one.waits_for, one.waits_until) == ("assign_tier", "term", day("2027-06-20"))
    second = [
        recorded(penalty("2026-07-01", "p2")), classified("2026-07-01", "serious", entry_id="p2"),
        disclosed("2026-07-01", "p2"), performed("2026-07-02", "p2"),
    ]  # fmt: skip
    [one] = owed(punished(ASSIGNED, *second).state, rules())
    assert (one.act, one.waits_for, one.since_on) == ("assign_tier", "", day("2026-07-01"))
    assert list(owed(punished().state, rules())) == []


# 个人信息保护法 24


MAY_READ = {
    "domain/credit_file/tier_assignment.py": "assigns it",
    "domain/credit_file/standing.py": "shows it",
    "domain/credit_file/file.py": "holds what was assigned",
    "domain/credit_file/duties.py": "says when it is to be assigned anew",
}


@pytest.mark.parametrize("path", sorted((ROOT / "domain").rglob("*.py")), ids=lambda path: path.stem)
def test_no_decision_reads_a_tier(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in MAY_READ:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [
        f"{node.module}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module is not None
        for name in node.names
    ]
    read = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert [one for one in imported if one.startswith("domain.credit_file.tier")] == []
    assert "tiers" not in read
