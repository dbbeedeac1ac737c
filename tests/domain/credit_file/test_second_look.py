"""What one person alone must not settle: a class lighter than proposed, and what decides which rules apply."""

from __future__ import annotations

from typing import Any

import pytest

from domain.context import Officer
from domain.credit_file.record import Classified, RecordCorrected
from domain.credit_file.record_checks import CorrectionNeedsEvidence, DecidedInFuture, NothingChanges
from domain.credit_file.record_classes import ClassUnderRepair, NeedsHeadToClassify
from domain.credit_file.record_decisions import classify_penalty, correct_record
from domain.refusals import SameOfficer
from tests.domain.credit_file.samples import REGISTERED, applied, by, classified, day, penalty, recorded
from tests.domain.given import GENG, JIA, PAPERS, YI, given

ON = "2026-06-12"


def put(penalty_class: str, scheme: str = "class.2025") -> dict[str, Any]:
    return {"entry_id": "p1", "scheme": scheme, "penalty_class": penalty_class}


def test_a_handler_puts_the_class_that_is_proposed_or_a_graver_one() -> None:
    state = given(REGISTERED, recorded(penalty(ON)))
    for penalty_class in ("general", "serious"):
        state.when(classify_penalty, by=JIA, on=ON, **put(penalty_class)).then(
            Classified(**put(penalty_class), reason="", classified_on=day(ON))
        )


def test_a_class_lighter_than_proposed_is_for_a_head_who_did_not_record_it() -> None:
    state = given(REGISTERED, recorded(penalty(ON)))
    refusal = state.when(classify_penalty, by=JIA, on=ON, **put("minor")).refused(
        NeedsHeadToClassify, proposed="class.2025/general"
    )
    assert refusal.rule is not None
    assert refusal.rule.parameter == "class.proposal"
    for head in (YI, GENG):
        assert state.when(classify_penalty, by=head, on=ON, **put("minor")).events
    own = given(REGISTERED, by(YI, recorded(penalty(ON))))
    own.when(classify_penalty, by=YI, on=ON, **put("minor")).refused(SameOfficer, first="登记人")
    assert own.when(classify_penalty, by=YI, on=ON, **put("general")).events


def test_who_may_classify_is_asked_after_what_the_class_meets() -> None:
    serious = [REGISTERED, recorded(penalty(ON)), classified(ON, "serious"), applied("2026-09-14")]
    given(*serious).when(classify_penalty, by=JIA, on="2026-09-14", **put("minor")).refused(ClassUnderRepair)


@pytest.mark.parametrize("decided_on", ["2018-05-10", "2024-05-10"])
def test_where_no_class_is_proposed_a_head_puts_it(decided_on: str) -> None:
    state = given(REGISTERED, recorded(penalty(decided_on)))
    state.when(classify_penalty, by=JIA, on="2025-07-01", **put("serious")).refused(NeedsHeadToClassify, proposed="—")
    assert state.when(classify_penalty, by=YI, on="2025-07-01", **put("serious")).events


def test_a_class_of_a_later_scheme_is_compared_by_its_gravity() -> None:
    state = given(REGISTERED, recorded(penalty("2021-05-10")))
    assert state.when(classify_penalty, by=JIA, on="2025-07-01", **put("general")).events
    state.when(classify_penalty, by=JIA, on="2025-07-01", **put("minor")).refused(
        NeedsHeadToClassify, proposed="class.2019/general"
    )


@pytest.mark.parametrize(("field", "new"), [("authority", "营口样例市场监督管理局"), ("decided_on", "2026-06-11")])
def test_authority_and_decision_day_are_corrected_on_a_paper_and_not_by_the_recorder(field: str, new: str) -> None:
    args: dict[str, Any] = {"entry_id": "p1", "field": field, "new": new, "reason": "样例更正", "on": "2026-06-13"}
    state = given(REGISTERED, recorded(penalty(ON)))
    state.when(correct_record, by=YI, **args).refused(CorrectionNeedsEvidence)
    [corrected] = state.when(correct_record, by=YI, filing=PAPERS, **args).events
    assert isinstance(corrected, RecordCorrected)
    head = Officer(JIA.officer_id, "section_head", "market_order")
    state.when(correct_record, by=head, **args).refused(SameOfficer, first="登记人", second="更正人")
    state.when(correct_record, by=head, filing=PAPERS, **args).refused(SameOfficer)
    assert state.when(correct_record, by=head, **args | {"field": "content", "new": "样例"}).events


def test_the_paper_is_asked_for_after_a_change_of_nothing_and_before_what_the_new_value_meets() -> None:
    args: dict[str, Any] = {"entry_id": "p1", "field": "decided_on", "reason": "样例更正", "on": "2026-06-13"}
    state = given(REGISTERED, recorded(penalty(ON)))
    state.when(correct_record, by=YI, new=ON, **args).refused(NothingChanges)
    state.when(correct_record, by=YI, new="2026-06-14", **args).refused(CorrectionNeedsEvidence)
    state.when(correct_record, by=YI, filing=PAPERS, new="2026-06-14", **args).refused(DecidedInFuture)
