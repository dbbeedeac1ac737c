"""Reviewing rows that an import set aside."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from api.exchange.importing import ASIDE
from api.exchange.outcomes import RowOutcome
from api.exchange.review import accept_aside, drop_aside, refuse_aside
from domain.casework.exchange_decisions import RowConcluded, RowEvidenceMissing, RowKept, RowReasonMissing, RowUnknown
from domain.context import Context
from domain.credit_file.record_checks import FineWithoutAmount, NameDiffers
from domain.credit_file.record_decisions import annul_record
from domain.event import Evidence
from domain.refusals import NotAllowed
from domain.register.register import CreditRegister
from domain.register.vault import KeyDestroyed
from tests.api.exchange.samples import CARD, NOW, context, one, take
from tests.api.exchange.samples import as_csv as csv_of

PAPERS = (Evidence(title="样例决定书", document_no="样商罚字〔2026〕第1号"),)
DOUBTFUL = {"CF_NR_FK": "", "CF_SY": "样例事实", "CF_FR_ZJHM": CARD}


def aside_of(register: CreditRegister, row: dict[str, str]) -> UUID:
    outcome = one(register, row)
    assert outcome.verdict == "review"
    assert outcome.aside is not None
    return outcome.aside


def with_papers(role: str = "county_office") -> Context:
    return context(role=role, evidence=PAPERS)


def looks(register: CreditRegister) -> int:
    return int(register.facts_recorder.select("SELECT count(*) FROM vault_access WHERE act = 'opened'")[0][0])


def test_records_an_accepted_row_with_its_evidence_and_its_source(register: CreditRegister) -> None:
    aside = aside_of(register, DOUBTFUL)
    accepted = accept_aside(register, aside, with_papers(), uuid4)
    file = register.load(accepted.subject_id)
    assert file.records[accepted.entry_id].record.facts == "样例事实"  # type: ignore[union-attr]
    fact = register.history(accepted.subject_id)[-1]
    assert fact.envelope.evidence == PAPERS
    assert (fact.envelope.source.system, fact.envelope.source.row) == ("import", 2)
    assert register.load_on(ASIDE, aside).concluded == "accepted"
    assert looks(register) == 1
    assert one(register, DOUBTFUL).reason == "AlreadyRecorded"


def test_flags_a_code_whose_check_character_an_officer_confirmed(register: CreditRegister) -> None:
    aside = aside_of(register, {"CF_XDR_SHXYM": "91210811XX3778782A"})
    accepted = accept_aside(register, aside, with_papers(), uuid4)
    profile = register.load(accepted.subject_id).profile
    assert profile is not None
    assert profile.flagged is not None


def test_opens_nothing_for_who_may_not_and_nothing_without_evidence(register: CreditRegister) -> None:
    aside = aside_of(register, DOUBTFUL)
    with pytest.raises(NotAllowed):
        accept_aside(register, aside, with_papers(role="auditor"), uuid4)
    with pytest.raises(RowEvidenceMissing):
        accept_aside(register, aside, context(), uuid4)
    with pytest.raises(RowUnknown):
        accept_aside(register, uuid4(), with_papers(), uuid4)
    assert looks(register) == 0


def test_tells_a_second_doubt_and_takes_both_when_both_are_confirmed(register: CreditRegister) -> None:
    one(register, {})
    aside = aside_of(register, DOUBTFUL | {"CF_WSH": "2号", "CF_XDR_MC": "样例乙公司"})
    with pytest.raises(NameDiffers):
        accept_aside(register, aside, with_papers(), uuid4)
    accept_aside(register, aside, with_papers(), uuid4, confirmed=frozenset({NameDiffers.__name__}))
    assert register.load_on(ASIDE, aside).concluded == "accepted"


def test_sets_the_row_of_an_annulled_penalty_aside_when_the_next_file_brings_it_again(
    register: CreditRegister,
) -> None:
    first = one(register, {})
    assert first.subject is not None
    (entry_id,) = register.load(first.subject).records
    register.do(annul_record, first.subject, context(role="section_head"), entry_id=entry_id, reason="样例撤销")
    again = one(register, {})
    assert (again.verdict, again.reason) == ("review", "NumberSeenBefore")
    assert list(register.load(first.subject).records) == [entry_id]
    assert again.aside is not None
    accepted = accept_aside(register, again.aside, with_papers(), uuid4)
    assert list(register.load(first.subject).records) == [entry_id, accepted.entry_id]


def test_only_concludes_when_the_record_was_stored_by_a_try_that_died(
    register: CreditRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = aside_of(register, DOUBTFUL)
    with monkeypatch.context() as patched:
        patched.setattr(CreditRegister, "do_on", _die_when_concluding(CreditRegister.do_on))
        with pytest.raises(InterruptedError):
            accept_aside(register, aside, with_papers(), uuid4)
    assert register.load_on(ASIDE, aside).is_waiting
    accepted = accept_aside(register, aside, with_papers(), uuid4)
    assert list(register.load(accepted.subject_id).records) == [accepted.entry_id]
    assert register.load_on(ASIDE, aside).concluded == "accepted"


LICENCE = {
    "XK_XDR_MC": "样例甲公司", "XK_XDR_SHXYM": "91210811XX3778782C", "XK_WSH": "样〔2026〕许1号",
    "XK_JDRQ": "2026/05/06", "XK_YXQZI": "2029/05/05", "XK_ZT": "1",
}  # fmt: skip


def licence_row(register: CreditRegister, status: str) -> RowOutcome:
    row = LICENCE | {"XK_ZT": status}
    (outcome,) = take(register, csv_of([list(row), list(row.values())]))
    return outcome


def test_sets_the_row_aside_that_marks_a_recorded_licence_invalid_and_ends_the_licence_when_accepted(
    register: CreditRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = licence_row(register, "1")
    assert first.subject is not None
    (entry_id,) = register.load(first.subject).records
    again = licence_row(register, "2")
    assert (again.verdict, again.reason) == ("review", "LicenceMarkedInvalid")
    assert again.aside is not None
    with monkeypatch.context() as patched:
        # A try that died after the change was stored leaves the row waiting; the next one only concludes it.
        patched.setattr(CreditRegister, "do_on", _die_when_concluding(CreditRegister.do_on))
        with pytest.raises(InterruptedError):
            accept_aside(register, again.aside, with_papers(), uuid4)
    accepted = accept_aside(register, again.aside, with_papers(), uuid4)
    assert accepted.entry_id == entry_id
    file = register.load(first.subject)
    assert list(file.records) == [entry_id]
    assert [change.kind for change, _ in file.records[entry_id].changes] == ["invalid"]
    assert register.load_on(ASIDE, again.aside).concluded == "accepted"
    assert licence_row(register, "2").verdict == "duplicate"


def _die_when_concluding(do_on):  # type: ignore[no-untyped-def]
    def dying(register, kind, *args, **kwargs):  # type: ignore[no-untyped-def]
        if kind is ASIDE:
            raise InterruptedError
        return do_on(register, kind, *args, **kwargs)

    return dying


def test_rejects_a_refused_row_that_comes_again_and_sets_aside_a_changed_one(register: CreditRegister) -> None:
    aside = aside_of(register, DOUBTFUL)
    with pytest.raises(RowReasonMissing):
        refuse_aside(register, aside, context(), " ")
    refuse_aside(register, aside, context(), "样例理由")
    with pytest.raises(RowConcluded):
        refuse_aside(register, aside, context(), "样例理由")
    again = one(register, DOUBTFUL)
    assert (again.verdict, again.reason) == ("reject", "RefusedBefore")
    assert "样例理由" in again.sentence_zh
    assert aside_of(register, DOUBTFUL | {"CF_SY": "更正后的样例事实"}) == aside


def test_drops_a_waiting_row_only_after_its_term_and_a_concluded_one_at_once(register: CreditRegister) -> None:
    aside = aside_of(register, DOUBTFUL)
    kept_until = register.load_on(ASIDE, aside).event.kept_until  # type: ignore[union-attr]
    assert kept_until is not None
    last = NOW + (kept_until - NOW.date())
    with pytest.raises(RowKept):
        drop_aside(register, aside, context(now=last, role="system"))
    drop_aside(register, aside, context(now=last + timedelta(days=1), role="system"))
    with pytest.raises(RowConcluded):
        accept_aside(register, aside, with_papers(), uuid4)
    second = aside_of(register, DOUBTFUL | {"CF_WSH": "2号"})
    refuse_aside(register, second, context(), "样例理由")
    drop_aside(register, second, context(role="system"))
    held = register.load_on(ASIDE, second)
    with pytest.raises(KeyDestroyed):
        register.vault.open(
            held.event.sealed_row,
            "样例",
            officer_id="样例",
            stream=second,
            version=1,
            field="sealed_row",  # type: ignore
        )


def test_sets_a_dropped_row_aside_anew(register: CreditRegister) -> None:
    aside = aside_of(register, DOUBTFUL)
    later = NOW + timedelta(days=400)
    drop_aside(register, aside, context(now=later, role="system"))
    assert aside_of(register, DOUBTFUL) == aside
    accepted = accept_aside(register, aside, with_papers(), uuid4)
    assert FineWithoutAmount.__name__ in {register.load_on(ASIDE, aside).event.doubt}  # type: ignore[union-attr]
    assert register.load(accepted.subject_id).records
