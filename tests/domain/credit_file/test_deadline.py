"""Missed deadlines: when a duty of the bureau counts as missed, what the fact says, and that it changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.credit_file.deadline import DeadlineMissed, NotedAlready, NotOverdue, is_overdue, miss_deadline, overdue
from domain.credit_file.duties import owed
from domain.credit_file.file import fold
from domain.credit_file.repair_decisions import ask_supplement
from domain.credit_file.standing import standing
from domain.event import Fact
from domain.law.reading import Reading
from domain.refusals import SubjectUnknown
from domain.register.writing import envelope_of
from tests.domain.credit_file import samples
from tests.domain.credit_file.samples import REGISTERED, day, penalty
from tests.domain.given import JIA, RULEBOOK, SUBJECT, SYSTEM, context, given, rules, step
from tests.domain.law.small import with_notice_of_2027

# Pushed on Wednesday 2026-05-06; Saturday 05-09 is a working day in place of one of the May holiday: the third one.
ACCEPTANCE: dict[str, Any] = {"duty": "accept_repair", "case_id": "r1", "due_on": day("2026-05-09")}


def applied(*more: Any, on: str = "2026-05-06", papers: tuple[str, ...] = ("proof", "commitment")) -> Any:
    return given(
        samples.REGISTERED,
        samples.recorded(samples.penalty("2025-12-01")),
        samples.classified("2025-12-01", "general"),
        samples.disclosed("2025-12-02"),
        samples.performed("2025-12-03"),
        samples.applied(on, papers=papers),
        *more,
    )


def test_the_day_after_the_last_day_a_duty_not_done_is_missed() -> None:
    applied().when(miss_deadline, by=SYSTEM, on="2026-05-10", **ACCEPTANCE).then(
        DeadlineMissed(
            duty="accept_repair", case_kind="repair", case_id="r1", due_on=day("2026-05-09"),
            section="market_order", noticed_on=day("2026-05-10"),
        )
    )  # fmt: skip


def test_the_fact_rests_on_the_rows_of_its_own_term_and_on_no_others() -> None:
    noticing = context("2026-05-10", SYSTEM)
    miss_deadline(applied().state, noticing, **ACCEPTANCE)
    assert [row.parameter for row in noticing.rules.used] == ["repair.accept"]


@pytest.mark.parametrize("on", ["2026-05-06", "2026-05-09"])
def test_until_its_last_day_is_over_nothing_is_missed(on: str) -> None:
    applied().when(miss_deadline, by=SYSTEM, on=on, **ACCEPTANCE).refused(NotOverdue)


@pytest.mark.parametrize(
    "other",
    [{"duty": "decide_repair"}, {"case_id": "r9"}, {"due_on": day("2026-05-08")}],
    ids=lambda one: next(iter(one)),
)
def test_a_duty_that_is_not_owed_so_is_not_missed(other: dict[str, Any]) -> None:
    applied().when(miss_deadline, by=SYSTEM, on="2026-05-20", **ACCEPTANCE | other).refused(NotOverdue)


def test_a_duty_done_in_time_is_not_missed() -> None:
    done = applied(samples.accepted("2026-05-09"))
    done.when(miss_deadline, by=SYSTEM, on="2026-05-20", **ACCEPTANCE).refused(NotOverdue)


def test_a_missed_deadline_is_on_record_once() -> None:
    noted = applied(step("2026-05-10", SYSTEM, miss_deadline, **ACCEPTANCE))
    noted.when(miss_deadline, by=SYSTEM, on="2026-05-11", **ACCEPTANCE).refused(NotedAlready)
    # Also once the duty was done late.
    late = applied(step("2026-05-10", SYSTEM, miss_deadline, **ACCEPTANCE), samples.accepted("2026-05-12"))
    late.when(miss_deadline, by=SYSTEM, on="2026-05-12", **ACCEPTANCE).refused(NotedAlready)
    assert [one.act for one in overdue(noted.state, day("2026-05-11"), rules())] == []


def test_a_file_without_a_subject_has_missed_nothing() -> None:
    given().when(miss_deadline, by=SYSTEM, on="2026-05-10", **ACCEPTANCE).refused(SubjectUnknown)


def test_while_the_applicant_must_bring_papers_the_bureau_misses_nothing() -> None:
    asked = applied(step("2026-05-07", JIA, ask_supplement, repair_id="r1", note="样例"), papers=("proof",))
    waiting = next(one for one in owed(asked.state, rules()) if one.case_kind == "repair")
    assert (waiting.act, waiting.waits_for, waiting.waits_until) == ("accept_repair", "applicant", day("2026-05-13"))
    assert waiting.term is not None
    assert waiting.term.until == day("2026-05-19")
    assert not is_overdue(replace(waiting, waits_until=day("2026-05-25")), day("2026-05-20"))
    assert not is_overdue(replace(waiting, waits_until=None), day("2026-05-20"))
    assert is_overdue(waiting, day("2026-05-20"))


def test_a_release_that_would_have_come_too_late_is_not_missed() -> None:
    recorded = given(
        samples.REGISTERED,
        samples.recorded(samples.penalty("2025-12-01")),
        samples.classified("2025-12-01", "general"),
    )
    release = next(iter(owed(recorded.state, rules())))
    assert (release.act, release.shown_until) == ("disclose", day("2026-12-01"))
    assert release.term is not None
    assert release.term.until == day("2025-12-04")
    assert is_overdue(release, day("2025-12-05"))
    assert is_overdue(replace(release, shown_until=day("2025-12-04")), day("2025-12-05"))
    assert not is_overdue(replace(release, shown_until=day("2025-12-03")), day("2025-12-05"))


def test_a_day_that_rests_on_a_calendar_to_come_is_missed_only_once_that_is_published() -> None:
    case = applied(on="2026-12-30")
    twelfth = next(one for one in owed(case.state, rules()) if one.case_kind == "repair")
    assert twelfth.term is not None
    assert (twelfth.term.until, twelfth.term.is_firm) == (day("2027-01-05"), False)
    assert [one for one in overdue(case.state, day("2027-02-01"), rules()) if one.case_kind == "repair"] == []

    published = with_notice_of_2027(RULEBOOK)
    later = [one for one in overdue(case.state, day("2027-02-01"), Reading(published)) if one.case_kind == "repair"]
    assert [one.term.until for one in later if one.term] == [day("2027-01-06")]


def test_noticing_changes_no_answer_for_any_day() -> None:
    before, after = applied(), applied(step("2026-05-10", SYSTEM, miss_deadline, **ACCEPTANCE))
    for on in ("2025-12-02", "2026-05-06", "2026-05-09", "2026-05-10", "2026-12-01", "2026-12-02"):
        assert standing(before.state, day(on), rules()) == standing(after.state, day(on), rules())


def test_what_is_decided_and_not_stored_yet_waits_for_nothing() -> None:
    """A second act of the same batch asks what is overdue before the first one has a day."""
    known = given(REGISTERED)
    here = context("2026-06-12")
    unstored = Fact(SUBJECT, known.state.version + 1, envelope_of(here), penalty())
    assert [*overdue(fold(known.state, unstored), day("2026-06-12"), rules())] == []
