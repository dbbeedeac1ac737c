"""Events of the commitment (信用承诺): made, published, checked, kept or breached, and how it ends.

The state stands in `commitment_state`, the decisions in `commitment` and `commitment_checking`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from domain.event import Event

BreachKind = Literal["false", "not", "partly"]
CheckMethod = Literal["random", "full", "report"]
CheckResult = Literal["kept", "partly", "not", "false", "not_due"]


class CommitmentMade(Event):
    """States that the subject made a commitment; the letter itself is a paper of the envelope.

    commitment_type   code of the list in force that day (rulebook row `commitment.types`)
    matter            what it was made for (承诺事由); matter_kind its code in `commitment_matters`, "" where unsorted
    liability         what it accepts for the case of a breach (违诺责任)
    accepted_by       unit that took the commitment (承诺受理单位); accepted_by_code its credit code
    valid_until       last day it binds, included; None = no end
    may_disclose      whether the subject agreed to disclosure or the law asks for it
    channels          where it agreed to be published, codes of `commitment_channels`; empty = wherever the law allows
    perform_by        last day for what was promised, included; None where it promised a conduct that never pauses
    benefit           what was granted on the strength of it, such as a licence without papers; "" for nothing
    Since v1. Basis: 国办发〔2019〕35号 二(一); GB/T 46277-2025.
    """

    TOPIC: ClassVar[str] = "credit/CommitmentMade.v1"
    commitment_id: str
    commitment_type: str
    document_no: str
    matter: str
    content: str
    liability: str
    accepted_by: str
    made_on: date
    valid_from: date
    valid_until: date | None = None
    may_disclose: bool
    matter_kind: str = ""
    accepted_by_code: str = ""
    channels: tuple[str, ...] = ()
    perform_by: date | None = None
    benefit: str = ""


class CommitmentPublished(Event):
    """States that the letter was put on the channels from `published_on` on, codes of `commitment_channels`. Since v1.

    Basis: 国办发〔2019〕35号 二(一); 营商〔2020〕65号 二(一)2.
    """

    TOPIC: ClassVar[str] = "credit/CommitmentPublished.v1"
    commitment_id: str
    channels: tuple[str, ...]
    published_on: date


class CommitmentCheckPlanned(Event):
    """States that the commitment is to be checked.

    method    random (随机抽查) in the draw `draw_id`, full (全覆盖), or report (举报)
    due_on    last day for it, None where no rule sets one
    Since v1. Basis: 营商〔2020〕65号 二(一)2; 优化营商环境条例 54 for the draw.
    """

    TOPIC: ClassVar[str] = "credit/CommitmentCheckPlanned.v1"
    commitment_id: str
    method: CheckMethod
    draw_id: str = ""
    planned_on: date
    due_on: date | None = None


class CommitmentChecked(Event):
    """States what a check of the commitment found; it decides nothing, and a bad result asks for the notice of breach.

    result   kept, partly, not (performed), false, or not_due: its day has not come
    Since v1. Basis: 营商〔2020〕65号 二(一)2.
    """

    TOPIC: ClassVar[str] = "credit/CommitmentChecked.v1"
    commitment_id: str
    checked_on: date
    checker: str
    result: CheckResult
    facts: str


class CommitmentFulfilled(Event):
    """States that the commitment was kept, wholly or in part. Since v1."""

    TOPIC: ClassVar[str] = "credit/CommitmentFulfilled.v1"
    commitment_id: str
    fulfilled_on: date
    extent: Literal["full", "partial"]


class BreachNoticeServed(Event):
    """States that the subject was told of the suspected breach, its facts and its rights (告知). Since v1."""

    TOPIC: ClassVar[str] = "credit/BreachNoticeServed.v1"
    commitment_id: str
    document_no: str
    facts: str
    served_on: date
    method: str


class BreachStatementReceived(Event):
    """States that the subject made its statement or defence (陈述、申辩). Since v1.

    admits   whether it declared itself that it will not perform
    """

    TOPIC: ClassVar[str] = "credit/BreachStatementReceived.v1"
    commitment_id: str
    received_on: date
    summary: str
    admits: bool = False


class CommitmentBreached(Event):
    """States that the bureau found the commitment breached (违诺认定).

    kind      false (虚假承诺), not (未履行) or partly (部分履行)
    loss      the harm it did, "" for none found; serious whether the consequence is serious
    Since v1. Basis: 营商〔2020〕65号 二(一)2.
    """

    TOPIC: ClassVar[str] = "credit/CommitmentBreached.v1"
    commitment_id: str
    document_no: str
    kind: BreachKind
    facts: str
    consequence: str
    breached_on: date
    loss: str = ""
    serious: bool = False


class BenefitRevoked(Event):
    """States that what was granted on the strength of a breached commitment was taken back. Since v1.

    effective_on   first day without it
    Basis: 国办发〔2019〕35号 二(一).
    """

    TOPIC: ClassVar[str] = "credit/BenefitRevoked.v1"
    commitment_id: str
    benefit: str
    document_no: str
    effective_on: date


class CommitmentWithdrawn(Event):
    """States that the subject took its commitment back before anything was obtained by it. Since v1."""

    TOPIC: ClassVar[str] = "credit/CommitmentWithdrawn.v1"
    commitment_id: str
    withdrawn_on: date
    reason: str


class CommitmentExpired(Event):
    """States that the daily job noticed the end of the term; it changes no answer for any date. Since v1.

    expired_on   the first day it no longer bound
    """

    TOPIC: ClassVar[str] = "credit/CommitmentExpired.v1"
    commitment_id: str
    expired_on: date


EVENTS: tuple[type[Event], ...] = (
    CommitmentMade, CommitmentPublished, CommitmentCheckPlanned, CommitmentChecked, CommitmentFulfilled,
    BreachNoticeServed, BreachStatementReceived, CommitmentBreached, BenefitRevoked, CommitmentWithdrawn,
    CommitmentExpired,
)  # fmt: skip
