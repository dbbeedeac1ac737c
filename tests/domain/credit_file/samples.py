"""What the tests of the chapters have in common: one invented firm, its papers, and the steps that take them on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.context import Officer
from domain.credit_file.commitment import CommitmentMade, make_commitment, serve_breach_notice
from domain.credit_file.disclosure import disclose
from domain.credit_file.listing_decisions import (
    decide_listing,
    propose_listing,
    receive_listing_statement,
    review_legality,
    review_listing,
    serve_listing_notice,
)
from domain.credit_file.listing_service import list_subject
from domain.credit_file.listing_upward import propose_listing_upward, receive_listing_decision
from domain.credit_file.profile import register_subject
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.credit_file.record_decisions import (
    annul_record,
    classify_penalty,
    record_licence,
    record_penalty,
    record_performance,
)
from domain.credit_file.repair import RepairReceived, Verified
from domain.credit_file.repair_decisions import accept_repair, decide_repair, receive_repair, verify_repair
from tests.domain.given import BING, DING, GENG, JIA, YI, Step, at, step

CODE = "91210811MA0ABCD012"
NAME = "营口样例海通商贸有限公司"
LIST = "commerce_joint_punishment"


def day(text: str) -> date:
    return date.fromisoformat(text)


def penalty(decided_on: str = "2026-06-12", entry_id: str = "p1", **given: Any) -> PenaltyRecorded:
    values: dict[str, Any] = {
        "counterpart_name": NAME,
        "counterpart_kind": "法人及非法人组织",
        "code": CODE,
        "document_no": f"营商罚样〔{decided_on[:4]}〕{entry_id}号",
        "penalty_kinds": ("罚款",),
        "content": "罚款（样例）",
        "fine_fen": 2_000_000,
    } | given
    return PenaltyRecorded(entry_id=entry_id, decided_on=day(decided_on), **values)


def licence(decided_on: str = "2026-01-05", entry_id: str = "l1", **given: Any) -> LicenceRecorded:
    values: dict[str, Any] = {
        "counterpart_name": NAME,
        "counterpart_kind": "法人及非法人组织",
        "code": CODE,
        "document_no": f"营商许样〔{decided_on[:4]}〕{entry_id}号",
        "content": "样例许可",
    } | given
    return LicenceRecorded(entry_id=entry_id, decided_on=day(decided_on), **values)


def promise(made_on: str = "2026-01-05", commitment_id: str = "c1", **given: Any) -> CommitmentMade:
    values: dict[str, Any] = {
        "commitment_type": "voluntary",
        "document_no": "样例承诺一号",
        "matter": "样例事项",
        "content": "按期备案（样例）",
        "liability": "自愿公示违诺（样例）",
        "accepted_by": "市场秩序科",
        "valid_from": day(made_on),
        "valid_until": day("2026-12-31"),
        "may_disclose": True,
    } | given
    return CommitmentMade(commitment_id=commitment_id, made_on=day(made_on), **values)


def application(applied_on: str, target_id: str = "p1", repair_id: str = "r1", **given: Any) -> RepairReceived:
    values: dict[str, Any] = {
        "target_kind": "penalty",
        "channel": "credit_china",
        "external_no": "样例XF1",
        "applied_at": at(applied_on, 9),
        "pushed_at": at(applied_on, 10),
        "papers": ("proof", "commitment"),
    } | given
    return RepairReceived(repair_id=repair_id, target_id=target_id, **values)


EARLY = ("repairable", "minimum_over", "performed", "commitment")
"""The conditions of 发改办财金〔2019〕527号."""

LATER = ("repairable", "minimum_over", "performed", "corrected", "commitment", "no_fraud_record", "no_ban_running")
"""The conditions since NDRC Order 58."""


def findings(*against: str, conditions: tuple[str, ...] = LATER, note: str = "样例核实") -> tuple[Verified, ...]:
    """What a handler found on each condition; those named do not hold."""
    return tuple(Verified(condition=one, holds=one not in against, note=note) for one in conditions)


FINDINGS = findings()
REGISTERED = step(
    "2018-01-02", JIA, register_subject,
    subject_kind="organisation", name=NAME, code=CODE, division="210811",
)  # fmt: skip


def recorded(one: PenaltyRecorded, on: str | None = None) -> Step:
    return step(on or one.decided_on.isoformat(), JIA, record_penalty, penalty=one)


def recorded_licence(one: LicenceRecorded, on: str | None = None) -> Step:
    return step(on or one.decided_on.isoformat(), JIA, record_licence, licence=one)


def classified(
    on: str, penalty_class: str, scheme: str = "class.2025", entry_id: str = "p1", by: Officer = GENG
) -> Step:
    """By a head who did not record it, who may put any class."""
    return step(on, by, classify_penalty, entry_id=entry_id, scheme=scheme, penalty_class=penalty_class)


def disclosed(on: str, entry_id: str = "p1") -> Step:
    return step(on, YI, disclose, entry_id=entry_id)


def performed(on: str, entry_id: str = "p1") -> Step:
    return step(on, JIA, record_performance, entry_id=entry_id, performed_on=day(on), corrected_on=day(on))


def annulled(on: str, entry_id: str = "p1") -> Step:
    return step(on, YI, annul_record, entry_id=entry_id, reason="样例撤销")


def general_penalty() -> list[Step]:
    """A general penalty of 2026-06-12, disclosed that day and performed three days later."""
    return [
        REGISTERED, recorded(penalty()), classified("2026-06-12", "general"), disclosed("2026-06-12"),
        performed("2026-06-15"),
    ]  # fmt: skip


def promised(one: CommitmentMade) -> Step:
    return step(one.made_on.isoformat(), JIA, make_commitment, commitment=one)


def breach_noticed(on: str, commitment_id: str = "c1") -> Step:
    return step(
        on, JIA, serve_breach_notice,
        commitment_id=commitment_id, document_no="样例告知一号", facts="样例事实", served_on=day(on), method="直接送达",
    )  # fmt: skip


# Listing, step by step


def proposed(on: str, listing_id: str = "s1", list_type: str = "sample") -> Step:
    return step(on, JIA, propose_listing, listing_id=listing_id, list_type=list_type, facts="样例事实")


def noticed(on: str, listing_id: str = "s1") -> Step:
    return step(
        on, JIA, serve_listing_notice,
        listing_id=listing_id, document_no="样例告知二号", served_on=day(on), method="直接送达",
    )  # fmt: skip


def heard(on: str, listing_id: str = "s1") -> Step:
    return step(on, JIA, receive_listing_statement, listing_id=listing_id, received_on=day(on), summary="样例陈述")


def weighed(on: str, listing_id: str = "s1", adopted: str = "not") -> Step:
    return step(
        on, JIA, review_listing, listing_id=listing_id, opinion="样例复核", adopted=adopted, reasons="样例理由"
    )  # fmt: skip


def reviewed(on: str, opinion: str = "lawful", listing_id: str = "s1") -> Step:
    return step(on, BING, review_legality, listing_id=listing_id, opinion=opinion, reasons="样例意见")


def decided(on: str, outcome: str = "list", listing_id: str = "s1") -> Step:
    return step(
        on, DING, decide_listing,
        listing_id=listing_id, outcome=outcome, document_no="样例决定一号", facts="样例事实",
        removal_conditions="样例条件", remedies="样例救济", measures_warned="样例措施",
    )  # fmt: skip


def listed(on: str, listing_id: str = "s1") -> Step:
    return step(
        on, JIA, list_subject,
        listing_id=listing_id, served_on=day(on), method="直接送达", repair_notice_served=True,
    )  # fmt: skip


def own_listing(on: str, listing_id: str = "s1") -> list[Step]:
    """The bureau's whole procedure on one day, the subject heard at once."""
    steps = [proposed, noticed, heard, weighed, reviewed, decided, listed]
    return [one(on, listing_id=listing_id) for one in steps]  # type: ignore[operator]


def upward(on: str, listing_id: str = "u1", list_type: str = LIST) -> Step:
    return step(
        on, YI, propose_listing_upward,
        listing_id=listing_id, list_type=list_type, body="样例省厅", document_no="样例请示一号", facts="样例事实",
    )  # fmt: skip


def received(on: str, listing_id: str = "u1", effective_on: str | None = None, **given: Any) -> Step:
    values: dict[str, Any] = {
        "list_type": LIST, "outcome": "list", "body": "样例省厅", "document_no": "样例省决定一号",
        "decided_on": day(on), "effective_on": day(effective_on or on), "facts": "样例事实",
    } | given  # fmt: skip
    return step(on, YI, receive_listing_decision, listing_id=listing_id, **values)


# Repair, step by step


def applied(on: str, target_id: str = "p1", repair_id: str = "r1", **given: Any) -> Step:
    return step(on, JIA, receive_repair, application=application(on, target_id, repair_id, **given))


def accepted(on: str, repair_id: str = "r1") -> Step:
    return step(on, JIA, accept_repair, repair_id=repair_id)


def verified(on: str, repair_id: str = "r1", found: tuple[Verified, ...] = FINDINGS) -> Step:
    return step(on, JIA, verify_repair, repair_id=repair_id, findings=found)


def granted(on: str, repair_id: str = "r1", outcome: str = "granted") -> Step:
    return step(
        on, DING, decide_repair,
        repair_id=repair_id, outcome=outcome, document_no="样例修复决定一号", reasons="样例理由",
    )  # fmt: skip


def removed(on: str, target_id: str = "s1", repair_id: str = "r1", **given: Any) -> list[Step]:
    """A whole repair of a listing, on one day."""
    return [
        applied(on, target_id, repair_id, target_kind="listing", **given),
        accepted(on, repair_id),
        verified(on, repair_id),
        granted(on, repair_id),
    ]


def repaired_penalty(on: str, target_id: str = "p1", repair_id: str = "r1") -> list[Step]:
    """A whole repair of a penalty, on one day."""
    return [applied(on, target_id, repair_id), accepted(on, repair_id), verified(on, repair_id), granted(on, repair_id)]


def instant(text: str) -> datetime:
    return at(text, 9)


def by(officer: Any, one: Step) -> Step:
    """The same step by another officer."""
    return replace(one, by=officer)
