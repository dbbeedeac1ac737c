"""The decisions of the exchange: rows, batches, and rows set aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.casework.exchange import (
    AsideRow,
    Batch,
    BatchReceived,
    RowAccepted,
    RowDropped,
    RowRefused,
    RowSetAside,
    aside_stream,
    batch_stream,
    fold,
    fold_row,
)
from domain.casework.exchange_decisions import (
    AlreadyWaiting,
    RefusedBefore,
    RowConcluded,
    RowEvidenceMissing,
    RowKept,
    RowReasonMissing,
    RowUnknown,
    Subject,
    accept_row,
    drop_row,
    receive_batch,
    record_row,
    refuse_row,
    set_row_aside,
)
from domain.credit_file.profile import CodeCheckFails, CodeMisshapen, DoubtNeedsEvidence, SubjectRegistered
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.credit_file.record_checks import (
    AlreadyRecorded,
    DecidedInFuture,
    EndBeforeDecision,
    FineWithoutAmount,
    ValidityReversed,
)
from domain.event import Evidence, Sealed
from tests.domain.given import SYSTEM, YI, Given, Step, step
from tests.domain.given import given as given_file

CODE = "91210811XX3778782C"
KEY = UUID(int=9)
SEALED = Sealed(key_id=KEY, key_check="00" * 8, ciphertext="5qC35L6L", commitment="00" * 32)
ROW: dict[str, Any] = {
    "batch_id": "样例批次", "row": 7, "row_key": "aa", "row_digest": "bb", "doubt": "FineWithoutAmount",
    "reason_zh": "样例", "reason_en": "sample", "shown": {"document_no": "样例1号"}, "sealed_row": SEALED,
}  # fmt: skip
PAPERS = {"evidence": (Evidence(title="样例决定书"),)}
ACCEPTING: dict[str, Any] = {"subject_id": UUID(int=5), "document_no": "样例1号"}
SUBJECT = Subject(subject_kind="organisation", name="样例甲公司", code=CODE, division="210811")
PENALTY = PenaltyRecorded(
    entry_id="样例", counterpart_name="样例甲公司", counterpart_kind="法人及非法人组织", code=CODE,
    document_no="样例1号", decided_on=date(2026, 5, 6), penalty_kinds=("警告",),
)  # fmt: skip
LICENCE = LicenceRecorded(
    entry_id="样例", counterpart_name="样例甲公司", counterpart_kind="", document_no="样例1号",
    decided_on=date(2026, 5, 6),
)  # fmt: skip


def given_row(*steps: Step) -> Given:
    return given_file(*steps, empty=AsideRow.empty(UUID(int=3)), folded=fold_row)


def aside(on: str = "2026-11-23", **changed: Any) -> Step:
    return step(on, YI, set_row_aside, **ROW | changed)


def accepted() -> Step:
    return step("2026-11-24", YI, accept_row, PAPERS, **ACCEPTING)


def refused() -> Step:
    return step("2026-11-24", YI, refuse_row, reason="样例理由")


# Rows


def test_registers_the_subject_with_its_first_record_and_not_again_with_the_second() -> None:
    registered = SubjectRegistered(subject_kind="organisation", name="样例甲公司", code=CODE, division="210811")
    given_file().when(record_row, subject=SUBJECT, record=PENALTY).then(registered, PENALTY)
    second = PENALTY.model_copy(update={"document_no": "样例2号", "entry_id": "样例二"})
    first = step("2026-11-20", YI, record_row, subject=SUBJECT, record=PENALTY)
    given_file(first).when(record_row, subject=SUBJECT, record=second).then(second)
    third = PENALTY.model_copy(update={"entry_id": "样例三"})
    given_file(first).when(record_row, subject=SUBJECT, record=third).refused(AlreadyRecorded)
    # A licence may bear the number of a penalty: they are two tables.
    other = LICENCE.model_copy(update={"entry_id": "样例四"})
    given_file(first).when(record_row, subject=SUBJECT, record=other).then(other)


def test_refuses_what_a_row_contradicts_by_itself_before_what_is_on_file() -> None:
    first = step("2026-11-20", YI, record_row, subject=SUBJECT, record=PENALTY)
    for record, refusal in [
        (PENALTY.model_copy(update={"decided_on": date(2026, 11, 21)}), DecidedInFuture),
        (PENALTY.model_copy(update={"stated_until": date(2026, 5, 5)}), EndBeforeDecision),
        (
            LICENCE.model_copy(update={"valid_from": date(2026, 5, 6), "valid_until": date(2026, 5, 5)}),
            ValidityReversed,
        ),
    ]:
        given_file(first).when(record_row, subject=SUBJECT, record=record).refused(refusal)


def test_refuses_a_misshapen_code_and_doubts_a_wrong_check_character_until_confirmed() -> None:
    misshapen, wrong = (SUBJECT.model_copy(update={"code": code}) for code in (CODE[:-1], CODE[:-1] + "A"))
    given_file().when(record_row, subject=misshapen, record=PENALTY).refused(CodeMisshapen)
    given_file().when(record_row, subject=wrong, record=PENALTY).refused(CodeCheckFails)
    confirmed = frozenset({"CodeCheckFails"})
    wrong_too = PENALTY.model_copy(update={"code": wrong.code})
    done = given_file().when(record_row, filing=PAPERS, subject=wrong, record=wrong_too, confirmed=confirmed)
    assert [type(event).__name__ for event in done.events] == ["SubjectRegistered", "CodeFlagged", "PenaltyRecorded"]


def test_doubts_a_fine_without_amount_until_confirmed() -> None:
    fine = PENALTY.model_copy(update={"penalty_kinds": ("罚款",)})
    given_file().when(record_row, subject=SUBJECT, record=fine).refused(FineWithoutAmount)
    confirmed = frozenset({"FineWithoutAmount"})
    given_file().when(record_row, subject=SUBJECT, record=fine, confirmed=confirmed).refused(DoubtNeedsEvidence)
    done = given_file().when(record_row, filing=PAPERS, subject=SUBJECT, record=fine, confirmed=confirmed)
    assert done.events[-1] == fine


# Batches


def test_says_once_that_a_file_was_handed_in() -> None:
    told: dict[str, Any] = {"batch_id": "样例", "file_name": "样例.csv", "sha256": "ab" * 32, "table": "penalty"}
    batch = given_file(empty=Batch.empty(UUID(int=4)), folded=fold)
    batch.when(receive_batch, on="2026-11-20", **told).then(BatchReceived(**told, received_on=date(2026, 11, 20)))
    batch.after(step("2026-11-20", YI, receive_batch, **told)).when(receive_batch, **told).then()


def test_names_streams_by_what_they_are_about() -> None:
    assert batch_stream("ab") == batch_stream("ab") != batch_stream("cd")
    assert aside_stream("ab") == aside_stream("ab") != batch_stream("ab")


# Rows set aside


def test_sets_a_row_aside_for_the_term_of_the_rulebook() -> None:
    kept = date(2027, 5, 23)
    given_row().when(set_row_aside, on="2026-11-23", **ROW).then(RowSetAside(**ROW, kept_until=kept))


def test_lets_a_decision_wait_once_whatever_its_row_says_now() -> None:
    given_row(aside()).when(set_row_aside, **ROW | {"row_digest": "cc"}).refused(AlreadyWaiting, document_no="样例1号")


def test_refuses_the_very_row_that_was_refused_and_sets_a_changed_one_aside() -> None:
    given_row(aside(), refused()).when(set_row_aside, **ROW).refused(RefusedBefore, reason="样例理由")
    changed = given_row(aside(), refused(), aside("2026-11-25", row_digest="cc"))
    assert changed.state.is_waiting
    assert changed.state.aside_version == 3


def test_sets_a_row_aside_again_after_it_was_accepted_or_dropped() -> None:
    for before in ([accepted()], [step("2027-05-24", SYSTEM, drop_row)]):
        assert given_row(aside(), *before, aside("2027-06-01")).state.is_waiting


def test_accepts_a_waiting_row_with_evidence() -> None:
    state = given_row(aside(), accepted()).state
    assert state.concluded == "accepted"
    events = accepted().events(given_row(aside()).state)
    assert events == [RowAccepted(batch_id="样例批次", row=7, **ACCEPTING)]


def test_refuses_to_accept_what_does_not_wait_or_without_evidence() -> None:
    given_row().when(accept_row, **ACCEPTING).refused(RowUnknown)
    given_row(aside(), refused()).when(accept_row, **ACCEPTING).refused(RowConcluded, row=7)
    given_row(aside()).when(accept_row, **ACCEPTING).refused(RowEvidenceMissing)


def test_refuses_a_waiting_row_with_a_reason() -> None:
    given_row(aside()).when(refuse_row, reason=" 样例理由 ").then(
        RowRefused(batch_id="样例批次", row=7, reason="样例理由")
    )
    given_row().when(refuse_row, reason="").refused(RowUnknown)
    given_row(aside(), accepted()).when(refuse_row, reason="").refused(RowConcluded)
    given_row(aside()).when(refuse_row, reason=" ").refused(RowReasonMissing)


def test_drops_a_waiting_row_after_its_last_day_and_a_concluded_one_at_once() -> None:
    dropped = RowDropped(batch_id="样例批次", row=7, key_id=KEY)
    given_row(aside()).when(drop_row, by=SYSTEM, on="2027-05-23").refused(RowKept, row=7, until=date(2027, 5, 23))
    given_row(aside()).when(drop_row, by=SYSTEM, on="2027-05-24").then(dropped)
    given_row(aside(), refused()).when(drop_row, by=SYSTEM, on="2026-11-24").then(dropped)
    given_row().when(drop_row, by=SYSTEM).refused(RowUnknown)
    given_row(aside(), refused(), step("2026-11-24", SYSTEM, drop_row)).when(drop_row, by=SYSTEM).refused(RowUnknown)


def test_folds_nothing_of_another_stream() -> None:
    fact = given_row(aside()).facts[0]
    with pytest.raises(TypeError):
        fold(Batch(), fact)
    with pytest.raises(TypeError):
        fold_row(AsideRow(KEY), replace(fact, event=PENALTY))
