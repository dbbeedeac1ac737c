"""What was missed stands in the log before the act that would hide it, once, whoever notices first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.context import Context, Filing, Officer
from domain.credit_file.deadline import DeadlineMissed
from domain.credit_file.disclosure import Disclosed, disclose
from domain.credit_file.profile import rename_subject
from domain.credit_file.record_checks import AlreadyPerformed
from domain.credit_file.record_decisions import classify_penalty, record_penalty, record_performance
from domain.event import Source
from domain.law.reading import Reading
from domain.refusals import Refused
from domain.register.acts import Receipt
from domain.register.register import CreditRegister, act, missing
from tests.databases import Database
from tests.domain.credit_file import samples
from tests.domain.credit_file.samples import day
from tests.domain.given import JIA, RULEBOOK, SYSTEM, YI, at
from tests.domain.register.samples import MASTER_KEY

# Recorded on Monday 2026-06-15: three working days for the release end on Thursday, as 06-19 is a holiday.
RELEASE_DUE = "2026-06-18"


@pytest.fixture
def register(simulated_database: Database) -> Iterator[CreditRegister]:
    with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as opened:
        yield opened


def on(text: str, by: Officer = JIA, **filing: Any) -> Context:
    return Context(at(text), by, Reading(RULEBOOK), Filing(**filing))


@pytest.fixture
def subject(register: CreditRegister) -> UUID:
    """A firm with a penalty that waits for its release."""
    stream = uuid4()
    registered = samples.REGISTERED
    register.do(registered.decide, stream, on("2026-06-15"), **registered.args)
    penalty = samples.penalty("2026-06-12")
    register.do(record_penalty, stream, on("2026-06-15"), penalty=penalty)
    register.do(classify_penalty, stream, on("2026-06-15"), entry_id="p1", scheme="class.2025", penalty_class="general")
    return stream


def events(register: CreditRegister, subject: UUID) -> list[Any]:
    return [fact.event for fact in register.history(subject)][3:]


def note(register: CreditRegister, subject: UUID, text: str) -> Receipt | Refused:
    """As the daily job does."""
    one, where = missing(subject, on(text, SYSTEM), "disclose", "p1", day(RELEASE_DUE), None)
    return register.do_many([one], lambda _: where)[0]


def test_a_duty_done_late_leaves_its_lateness_behind(register: CreditRegister, subject: UUID) -> None:
    receipt = register.do(disclose, subject, on("2026-06-22", YI), entry_id="p1")
    assert [type(one) for one in events(register, subject)] == [DeadlineMissed, Disclosed]
    late, released = register.history(subject)[3:]
    assert isinstance(late.event, DeadlineMissed)
    assert (late.event.duty, late.event.due_on, late.event.noticed_on) == (
        "disclose", day(RELEASE_DUE), day("2026-06-22")
    )  # fmt: skip
    assert (late.envelope.actor.officer_id, late.envelope.source) == ("system", Source(system="clock"))
    assert [one.rule.split("@")[0] for one in late.envelope.legal_basis] == ["release.due"]
    # The receipt is that of the act alone, and the act rests on its own rows.
    assert [one.topic for one in receipt.events] == [Disclosed.TOPIC]
    assert receipt.first_version == released.originator_version == 5
    assert receipt.position == released.position
    assert "release.due" not in {one.rule.split("@")[0] for one in released.envelope.legal_basis}


def test_a_duty_done_on_its_last_day_leaves_nothing(register: CreditRegister, subject: UUID) -> None:
    register.do(disclose, subject, on(RELEASE_DUE, YI), entry_id="p1")
    assert [type(one) for one in events(register, subject)] == [Disclosed]


def test_any_act_on_the_file_notices_and_the_next_one_does_not_again(register: CreditRegister, subject: UUID) -> None:
    for number, text in enumerate(("2026-06-22", "2026-06-23")):
        register.do(rename_subject, subject, on(text), name=f"样例新名{number}", effective_on=day(text))
    assert [type(one).__name__ for one in events(register, subject)] == [
        "DeadlineMissed", "SubjectRenamed", "SubjectRenamed"
    ]  # fmt: skip


def test_an_act_that_is_refused_records_nothing_at_all(register: CreditRegister, subject: UUID) -> None:
    register.do(record_performance, subject, on("2026-06-16"), entry_id="p1", performed_on=day("2026-06-16"),
                corrected_on=day("2026-06-16"))  # fmt: skip
    with pytest.raises(AlreadyPerformed):
        register.do(record_performance, subject, on("2026-06-22"), entry_id="p1", performed_on=day("2026-06-22"),
                    corrected_on=day("2026-06-22"))  # fmt: skip
    assert [type(one).__name__ for one in events(register, subject)] == ["PenaltyPerformed"]


def test_the_daily_job_and_the_next_act_record_one_fact(register: CreditRegister, subject: UUID) -> None:
    first = note(register, subject, "2026-06-22")
    again = note(register, subject, "2026-06-23")
    register.do(disclose, subject, on("2026-06-24", YI), entry_id="p1")
    assert isinstance(first, Receipt)
    assert isinstance(again, Receipt)
    assert again.repeated
    assert again.events == first.events
    assert [type(one) for one in events(register, subject)] == [DeadlineMissed, Disclosed]


def test_what_an_act_noticed_first_is_not_recorded_by_the_daily_job(register: CreditRegister, subject: UUID) -> None:
    register.do(disclose, subject, on("2026-06-22", YI), entry_id="p1")
    answered = note(register, subject, "2026-06-23")
    assert isinstance(answered, Receipt)
    assert answered.repeated
    assert [type(one) for one in events(register, subject)] == [DeadlineMissed, Disclosed]


def test_two_acts_of_one_batch_notice_once(register: CreditRegister, subject: UUID) -> None:
    acts = [
        act(rename_subject, subject, name="样例新名", effective_on=day("2026-06-22")),
        act(disclose, subject, entry_id="p1"),
    ]
    outcomes = register.do_many(acts, lambda _: on("2026-06-22", YI))
    assert [type(one).__name__ for one in events(register, subject)] == [
        "DeadlineMissed", "SubjectRenamed", "Disclosed"
    ]  # fmt: skip
    assert [[one.version for one in receipt.events] for receipt in outcomes if isinstance(receipt, Receipt)] == [
        [5], [6]
    ]  # fmt: skip


def test_an_import_leaves_it_to_others(register: CreditRegister, subject: UUID) -> None:
    source = Source(system="import", batch="样例批次", row=1)
    another = samples.penalty("2026-06-20", "p2")
    register.do(record_penalty, subject, on("2026-06-22", source=source), penalty=another)
    assert [type(one).__name__ for one in events(register, subject)] == ["PenaltyRecorded"]


def test_the_same_request_sent_again_is_the_same_act_whatever_was_noticed(
    register: CreditRegister, subject: UUID
) -> None:
    asked = {"request_id": uuid4()}
    first = register.do(disclose, subject, on("2026-06-22", YI, **asked), entry_id="p1")
    again = register.do(disclose, subject, on("2026-06-23", YI, **asked), entry_id="p1")
    assert again.repeated
    assert again.events == first.events
