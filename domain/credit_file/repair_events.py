"""Events of repair (信用修复): what a case is made of, step by step, and what a grant or its revocation does."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from domain.event import Event, Frozen


class RepairReceived(Event):
    """States that an application for repair reached the bureau.

    target_id     the penalty whose disclosure is to end, or the listing to be removed from
    target_kind   "penalty" or "listing"
    channel       "credit_china" (pushed by 信用中国) or "window"
    external_no   number of the case at 信用中国, "" at the window
    applied_at    instant of the application; pushed_at instant of the push, None at the window
    papers        codes of the papers received, of the rulebook's list `repair.papers`
    application_no  number of an application that covers several entries, the same in each of their cases; "" otherwise
    Since v1. Basis: 国办发〔2025〕22号.
    """

    TOPIC: ClassVar[str] = "credit/RepairReceived.v1"
    repair_id: str
    target_id: str
    target_kind: Literal["penalty", "listing"]
    channel: Literal["credit_china", "window"]
    external_no: str
    applied_at: AwareDatetime
    pushed_at: AwareDatetime | None = None
    papers: tuple[str, ...]
    application_no: str = ""


class RepairSupplementAsked(Event):
    """States that missing papers were named to the applicant (通知补正), and until when they may come. Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairSupplementAsked.v1"
    repair_id: str
    missing: tuple[str, ...]
    note: str
    asked_on: date
    due_on: date | None = None


class RepairSupplemented(Event):
    """States that papers came in later (补正). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairSupplemented.v1"
    repair_id: str
    papers: tuple[str, ...]
    supplemented_on: date


class RepairAccepted(Event):
    """States that the application was accepted (受理). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairAccepted.v1"
    repair_id: str
    accepted_on: date


class RepairNotAccepted(Event):
    """States that the application was not accepted (不予受理), why, and from when it may be made again. Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairNotAccepted.v1"
    repair_id: str
    reasons: tuple[str, ...]
    first_possible_on: date | None = None
    not_accepted_on: date


class Verified(Frozen):
    """One condition as the officer found it."""

    condition: str
    holds: bool
    note: str = ""


class RepairVerified(Event):
    """States what the handler found on each condition (核实). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairVerified.v1"
    repair_id: str
    findings: tuple[Verified, ...]
    verified_on: date


class RepairDecided(Event):
    """States that the repair was granted or refused (准予 / 不予修复), with reasons. Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairDecided.v1"
    repair_id: str
    outcome: Literal["granted", "refused"]
    document_no: str
    reasons: str
    decided_on: date


class Repaired(Event):
    """States that the entry is repaired: from `effective_on` it is neither shown, shared nor used anywhere.

    effect   disclosure_ended (终止公示) or removed_from_list (移出)
    Since v1. Basis: NDRC Order 36 三; 国办发〔2025〕22号.
    """

    TOPIC: ClassVar[str] = "credit/Repaired.v1"
    repair_id: str
    target_id: str
    effect: Literal["disclosure_ended", "removed_from_list"]
    effective_on: date


class RepairFeedbackSent(Event):
    """States that the result was fed back to 信用中国 (返还修复结果). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairFeedbackSent.v1"
    repair_id: str
    sent_on: date
    receipt: str


class RepairExtended(Event):
    """States that the time to answer was extended (延长办理期限), why, and that the applicant was told before.

    Since v1. Basis: 国办发〔2025〕22号; NDRC Order 36 第三章; rulebook row `repair.extension` (unverified).
    """

    TOPIC: ClassVar[str] = "credit/RepairExtended.v1"
    repair_id: str
    reason: str
    new_due_on: date
    told_on: date


class RepairWithdrawn(Event):
    """States that the applicant took the application back (撤回修复申请); a new one may follow. Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairWithdrawn.v1"
    repair_id: str
    withdrawn_on: date
    reason: str


class SharingStopped(Event):
    """States that a repaired entry is neither shared nor used from `effective_on` on (停止共享和使用).

    Since v1. Basis: NDRC Order 36 三.
    """

    TOPIC: ClassVar[str] = "credit/SharingStopped.v1"
    repair_id: str
    target_id: str
    effective_on: date


class RepairRevocationNoticeServed(Event):
    """States that the subject was told that its repair is to be revoked, and of its right to speak.

    Since v1. Basis: 行政处罚法 44, 45 by analogy; rulebook row `repair.revocation_statement` (unverified).
    """

    TOPIC: ClassVar[str] = "credit/RepairRevocationNoticeServed.v1"
    repair_id: str
    document_no: str
    facts: str
    served_on: date
    method: str


class RepairRevocationStatementReceived(Event):
    """States that the subject spoke on the revocation of its repair (陈述、申辩). Since v1."""

    TOPIC: ClassVar[str] = "credit/RepairRevocationStatementReceived.v1"
    repair_id: str
    received_on: date
    summary: str


RevocationCause = Literal["false_papers", "false_commitment", "not_performed"]


class RepairRevoked(Event):
    """States that a granted repair was revoked (撤销修复); from `revoked_on` on the entry is not repaired any more.

    cause      papers were false (虚假材料), the commitment was materially untrue (承诺严重失实), or wilfully not
               performed (故意不履行承诺)
    found_on   the day it was found: the fraud record, and the time without applications, count from it
    Since v1. Basis: NDRC Order 58 25 (recollection); NDRC Order 36 第五章; rulebook row `repair.fraud_block`.
    """

    TOPIC: ClassVar[str] = "credit/RepairRevoked.v1"
    repair_id: str
    cause: RevocationCause
    facts: str
    document_no: str
    found_on: date
    revoked_on: date
