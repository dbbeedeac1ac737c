"""What becomes of a licence or a penalty after it was recorded: changed, performed in parts, altered by a body above.

The tables themselves, classes, performance, corrections and annulments stand in `record`.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event

LicenceChange = Literal["altered", "renewed", "revoked", "cancelled", "withdrawn", "lifted", "invalid"]
"""变更, 延续, 撤销, 注销, 撤回, 吊销; and 无效: what a file says of a licence without saying how it ended."""

ENDING = frozenset({"revoked", "cancelled", "withdrawn", "lifted", "invalid"})
"""Changes after which a licence holds no more."""

Obligation = Literal["fine", "confiscation", "rectification", "other"]
"""One kind of duty that a penalty imposes: 罚款, 没收, 责令改正, and any other."""

Alteration = Literal["altered", "revoked", "unlawful", "void"]
"""变更, 撤销, 确认违法, 确认无效: what reconsideration, a court or the body above makes of a penalty."""

FALLEN = frozenset({"revoked", "unlawful", "void"})
"""Alterations after which a penalty counts no more."""


class LicenceChanged(Event):
    """States that a licence was altered, renewed or ended by a decision of its own.

    document_no    number of that decision
    effective_on   first day on which the change counts: of an ending, the first day without the licence
    valid_until    of a renewal its new last day; 2099-12-31 is long-term (长期), as in the V2 table
    Since v1. Basis: 行政许可法 49, 50, 69, 70.
    """

    TOPIC: ClassVar[str] = "credit/LicenceChanged.v1"
    entry_id: str
    kind: LicenceChange
    document_no: str
    effective_on: date
    valid_until: date | None = None
    reason: str


class ObligationFulfilled(Event):
    """States that one duty of a penalty was performed, wholly or by a part.

    amount_fen   what was paid or handed over, > 0; None for a duty that is no amount of money
    proof        the receipt or report that shows it
    Since v1. Basis: 行政处罚法 66, 67.
    """

    TOPIC: ClassVar[str] = "credit/ObligationFulfilled.v1"
    entry_id: str
    obligation: Obligation
    amount_fen: int | None = Field(default=None, gt=0)
    fulfilled_on: date
    proof: str


class PenaltyAltered(Event):
    """States that a penalty was altered, revoked, or found unlawful or void by the body named.

    altered_on   of the last three the first day without the penalty; of an alteration the day of its document
    Since v1. Basis: 行政处罚法 48; 行政复议法; 行政诉讼法.
    """

    TOPIC: ClassVar[str] = "credit/PenaltyAltered.v1"
    entry_id: str
    kind: Alteration
    body: str
    document_no: str
    altered_on: date
