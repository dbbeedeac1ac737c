"""Acts on a repair besides its main steps: more time, taken back by the applicant, and revocation of what was granted.

The case page, its receipt and its main steps stand in `api.officer.repairs`.
"""

from __future__ import annotations

from api.officer.act_form import Asked, Group
from api.officer.act_table import CaseKind, Decision, OfficerAct
from api.officer.repair_told import REVOCATION_CAUSES, course_told
from api.officer.words import METHODS
from domain.credit_file.repair_course import extend_repair, withdraw_repair
from domain.credit_file.repair_revocation import receive_revocation_statement, revoke_repair, serve_revocation_notice

DOCUMENT = Asked("document_no", ("文书号", "Document number"), required=True)
FACTS = Asked("facts", ("查明的事实", "Facts found"), "area", required=True)


def on_repair(decide: Decision, noun: str, *fields: Asked) -> OfficerAct:
    """An act on one case of repair, under what became of it so far."""
    return OfficerAct(
        decide, noun, (Group(("", ""), fields),), collection="repairs", about="repair_id", told=course_told,
    )  # fmt: skip


def day_asked(name: str, zh: str, en: str) -> Asked:
    """A day that must be given."""
    return Asked(name, (zh, en), "date", required=True)


ACTS: tuple[OfficerAct, ...] = (
    on_repair(
        extend_repair, "extensions", Asked("reason", ("延长理由", "Reason"), "area", required=True),
        day_asked("told_on", "告知申请人的日期", "The applicant was told on"),
    ),
    on_repair(
        withdraw_repair, "withdrawals", day_asked("withdrawn_on", "撤回日期", "Taken back on"),
        Asked("reason", ("撤回说明", "What the applicant said"), "area"),
    ),
    on_repair(
        serve_revocation_notice, "revocation-notices", DOCUMENT, FACTS,
        day_asked("served_on", "送达日期", "Served on"),
        Asked("method", ("送达方式", "Method"), "select", options=METHODS),
    ),
    on_repair(
        receive_revocation_statement, "revocation-statements", day_asked("received_on", "收到日期", "Received on"),
        Asked("summary", ("陈述、申辩要点", "Summary"), "area", required=True),
    ),
    on_repair(
        revoke_repair, "revocations",
        Asked("cause", ("撤销原因", "Cause"), "select", options=tuple(REVOCATION_CAUSES.items())), FACTS, DOCUMENT,
        day_asked("found_on", "查明日期", "Found on"),
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
"""The case page of repairs is made by hand."""
