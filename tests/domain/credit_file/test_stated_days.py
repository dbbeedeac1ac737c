"""A last day that an event states names the rulebook, and with it the calendar, by which it was counted."""

from __future__ import annotations

from typing import Any

from domain.credit_file.deadline import DeadlineMissed, miss_deadline
from domain.credit_file.repair import RepairSupplementAsked
from domain.credit_file.repair_decisions import ask_supplement
from domain.event import Fact
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from tests.domain.credit_file import samples
from tests.domain.credit_file.samples import day
from tests.domain.given import JIA, RULEBOOK, SYSTEM, given, step
from tests.domain.law.small import with_notice_of_2027


def asked_for_papers(*more: Any) -> tuple[Fact, ...]:
    """Papers asked for on Wednesday 2026-12-30, due in a year whose calendar is not published."""
    return given(
        samples.REGISTERED,
        samples.recorded(samples.penalty("2025-12-01")),
        samples.classified("2025-12-01", "general"),
        samples.performed("2025-12-03"),
        samples.applied("2026-12-29", papers=("proof",)),
        step("2026-12-30", JIA, ask_supplement, repair_id="r1", note="样例"),
        *more,
    ).facts


def test_what_was_told_is_found_again_from_the_version_that_the_envelope_names() -> None:
    fact = asked_for_papers()[-1]
    assert isinstance(fact.event, RepairSupplementAsked)
    assert fact.envelope.rulebook_version == RULEBOOK.version
    then = Reading(Rulebook.from_text(RULEBOOK.text))
    found = then.term("repair.supplement", asked_on=day("2026-12-30"))
    assert (found.until, found.is_firm) == (fact.event.due_on, False)
    assert fact.event.due_on == day("2027-01-07")


def test_a_calendar_that_comes_later_gives_another_day_and_leaves_what_was_told() -> None:
    fact = asked_for_papers()[-1]
    published = with_notice_of_2027(RULEBOOK)
    assert published.version != fact.envelope.rulebook_version
    found = Reading(published).term("repair.supplement", asked_on=day("2026-12-30"))
    assert (found.until, found.is_firm) == (day("2027-01-08"), True)
    assert isinstance(fact.event, RepairSupplementAsked)
    assert fact.event.due_on == day("2027-01-07")


def test_a_missed_deadline_names_its_version_too() -> None:
    missed = step(
        "2026-12-30", SYSTEM, miss_deadline, duty="classify_penalty", case_id="p2", due_on=day("2026-12-08")
    )  # fmt: skip
    unclassified = samples.recorded(samples.penalty("2026-12-03", "p2"))
    fact = given(samples.REGISTERED, unclassified, missed).facts[-1]
    assert isinstance(fact.event, DeadlineMissed)
    assert fact.envelope.rulebook_version == RULEBOOK.version
