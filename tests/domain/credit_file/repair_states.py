"""A repair of a general penalty in each of its states, and every later step with what it takes."""

from __future__ import annotations

from typing import Any

from domain.credit_file.repair_decisions import (
    accept_repair,
    ask_supplement,
    decide_repair,
    not_accept_repair,
    send_feedback,
    supplement_repair,
    verify_repair,
)
from tests.domain.credit_file.samples import FINDINGS, accepted, applied, findings, general_penalty, granted, verified
from tests.domain.given import DING, JIA, step

DECISION: dict[str, Any] = {
    "repair_id": "r1", "outcome": "granted", "document_no": "样例修复决定一号", "reasons": "样例理由"
}  # fmt: skip
ON = "2026-09-14"
APPLIED = [*general_penalty(), applied(ON)]
ACCEPTED = [*APPLIED, accepted(ON)]
VERIFIED = [*ACCEPTED, verified(ON)]
GRANTED = [*VERIFIED, granted(ON)]
REFUSED = [*ACCEPTED, verified(ON, found=findings("performed")), granted(ON, outcome="refused")]
NOT_ACCEPTED = [*general_penalty(), applied("2026-09-12"), step("2026-09-12", JIA, not_accept_repair, repair_id="r1")]
ONE: dict[str, Any] = {"repair_id": "r1"}
STEPS = [
    (ask_supplement, JIA, ONE | {"note": "样例"}), (supplement_repair, JIA, ONE | {"papers": ("proof",)}),
    (accept_repair, JIA, ONE), (not_accept_repair, JIA, ONE), (verify_repair, JIA, ONE | {"findings": FINDINGS}),
    (decide_repair, DING, DECISION), (send_feedback, JIA, ONE | {"receipt": "样例回执"}),
]  # fmt: skip
