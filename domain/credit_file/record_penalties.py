"""What becomes of a penalty (行政处罚): its duties performed one by one, and what a body above or a court makes of it.

Payments are recorded as they come and never exceed what was imposed; that nothing is left is a finding of its own
(`record_performance`). A penalty revoked, or found unlawful or void, counts no more from that day on any page, as an
annulled one; an altered one waits for a new release.
Basis: 行政处罚法 48, 66, 67; 行政复议法; 行政诉讼法.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.duty import term_or_none
from domain.credit_file.record import Entry
from domain.credit_file.record_checks import (
    AlreadyPerformed,
    DocumentNoMissing,
    PerformedBeforeDecision,
    PerformedInFuture,
    penalty_as_seen,
)
from domain.credit_file.record_events import FALLEN, Alteration, Obligation, ObligationFulfilled, PenaltyAltered
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day
from domain.event import Event
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

MONEY: dict[Obligation, str] = {"fine": "fine_fen", "confiscation": "confiscation_fen"}
"""The duties of money, each with the field of the table that says how much was imposed."""

# Checks


class ProofMissing(Refused):
    zh = "没有填写凭据（票据号或复查记录）；请按票据填写后再登记。"
    en = "The proof is missing (number of the receipt or report); copy it from the paper."
    field = "proof"


class AmountMissing(Refused):
    zh = "罚款、没收的履行须写明金额，且大于零；请按票据填写。"
    en = "A fine or confiscation is performed by an amount above zero; copy it from the receipt."
    field = "amount_fen"


class AmountNotAsked(Refused):
    zh = "责令改正没有金额；请留空，缴纳的款项按罚款或没收另行登记。"
    en = "Putting the conduct right has no amount; leave it empty and record a payment as fine or confiscation."
    field = "amount_fen"


class NotImposed(Refused):
    zh = "该处罚没有登记这一项的金额；决定书确有此项的，请先更正金额。"
    en = "The record names no amount for this duty; if the decision imposes one, correct the record first."
    field = "obligation"


class MoreThanImposed(Refused):
    zh = "超过处罚决定的金额：尚欠 {left} 元；请核对票据，加处的罚款登记为“其他”。"
    en = "More than was imposed: {left} yuan are left; check the receipt, and record a surcharge as another duty."
    field = "amount_fen"


class AmountOpen(Refused):
    zh = "已登记的缴纳不足额，尚欠 {left} 元；请先登记其余缴纳，再登记履行完毕。"
    en = "The recorded payments do not add up, {left} yuan are left; record the rest before the performance."


class BodyMissing(Refused):
    zh = "没有填写作出决定的机关；请按文书填写（本机关、复议机关或者人民法院）。"
    en = "The deciding body is missing; copy it from the document (the authority itself, the body above or the court)."
    field = "body"


def yuan(fen: int) -> str:
    """An amount in fen as yuan with two decimals."""
    return f"{Decimal(fen).scaleb(-2):,.2f}"


def paid_by(entry: Entry, obligation: Obligation, on: date | None = None) -> int:
    """What was paid of a duty of money through a day, in fen; through any day where none is given."""
    parts = (one for one, _ in entry.paid if one.obligation == obligation and (on is None or one.fulfilled_on <= on))
    return sum(one.amount_fen or 0 for one in parts)


def left_of(entry: Entry, on: date | None = None) -> dict[Obligation, int]:
    """What is left of each duty of money that the record names, in fen; nothing is left of one reduced since."""
    imposed = {duty: getattr(entry.record, field, None) for duty, field in MONEY.items()}
    return {duty: max(0, fen - paid_by(entry, duty, on)) for duty, fen in imposed.items() if fen is not None}


def check_nothing_open(entry: Entry) -> None:
    """Whoever records payments one by one records all of them before the whole is found performed."""
    begun = {one.obligation for one, _ in entry.paid}
    left = sum(fen for duty, fen in left_of(entry).items() if duty in begun)
    if left:
        raise AmountOpen(left=yuan(left))


def check_amount(entry: Entry, obligation: Obligation, amount_fen: int | None) -> None:
    """Refused, in this order: AmountNotAsked, AmountMissing, NotImposed, MoreThanImposed."""
    if obligation == "rectification" and amount_fen is not None:
        raise AmountNotAsked
    if (obligation in MONEY and amount_fen is None) or (amount_fen is not None and amount_fen <= 0):
        raise AmountMissing
    if obligation not in MONEY or amount_fen is None:
        return
    left = left_of(entry).get(obligation)
    if left is None:
        raise NotImposed
    if amount_fen > left:
        raise MoreThanImposed(left=yuan(left))


# What it states


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Of each penalty what is left to pay once something was paid, when the conduct was put right, and alterations."""
    for entry in file.records.values():
        about = entry.record.document_no
        if (altered := [one for one in entry.alterations if one[0].altered_on <= on]) != []:
            yield Stated("penalty.altered", about, altered[-1][0].kind, altered[-1][1])
        if entry.annulled_on is None or on < entry.annulled_on:
            yield from _left(entry, on)


def _left(entry: Entry, on: date) -> Iterator[Stated]:
    newest = {one.obligation: origin for one, origin in entry.paid if one.fulfilled_on <= on}
    for duty, fen in left_of(entry, on).items():
        if duty in newest:
            yield Stated(f"penalty.{duty}_left", entry.record.document_no, str(fen), newest[duty])
    done = [one.fulfilled_on for one, _ in entry.paid if one.obligation == "rectification" and one.fulfilled_on <= on]
    if done:
        about, last = entry.record.document_no, max(done).isoformat()
        yield Stated("penalty.rectified", about, last, newest["rectification"])


# Decisions


def fulfil_obligation(
    file: CreditFile, context: Context, *, entry_id: str, obligation: Obligation, amount_fen: int | None = None,
    fulfilled_on: date, proof: str, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that one duty of a penalty was performed (履行义务), wholly or by a part.

    Refused, in this order: RecordUnknown, CaseMoved, AlreadyAnnulled, AlreadyPerformed, ProofMissing, AmountNotAsked,
    AmountMissing, NotImposed, MoreThanImposed, PerformedInFuture, PerformedBeforeDecision (conduct may be put right
    before the decision, nothing is paid before it).
    Basis: 行政处罚法 66, 67.
    """
    entry = penalty_as_seen(file, entry_id, seen)
    if entry.performed_on is not None:
        raise AlreadyPerformed
    if not proof.strip():
        raise ProofMissing
    check_amount(entry, obligation, amount_fen)
    if fulfilled_on > context.today:
        raise PerformedInFuture
    if obligation != "rectification" and fulfilled_on < entry.record.decided_on:
        raise PerformedBeforeDecision(on=fulfilled_on, decided_on=entry.record.decided_on)
    return [
        ObligationFulfilled(
            entry_id=entry_id, obligation=obligation, amount_fen=amount_fen, fulfilled_on=fulfilled_on, proof=proof
        )
    ]


def alter_penalty(
    file: CreditFile, context: Context, *, entry_id: str, kind: Alteration, body: str, document_no: str,
    altered_on: date, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that a penalty was altered, revoked, or found unlawful or void (变更或撤销处罚).

    Altered: what it says now is written with `correct_record` and released anew. Otherwise it is on no page from that
    day, and its disclosure is to be withdrawn within the row `withdraw`.
    Refused, in this order: RecordUnknown, CaseMoved, AlreadyAnnulled, BodyMissing, DocumentNoMissing, DayInFuture,
    BeforeStepBefore (before the decision).
    Basis: 行政处罚法 48; rulebook row `withdraw`.
    """
    entry = penalty_as_seen(file, entry_id, seen)
    if not body.strip():
        raise BodyMissing
    if not document_no.strip():
        raise DocumentNoMissing
    check_day(context, altered_on, entry.record.decided_on)
    if kind in FALLEN and context.rules.asks("withdraw"):
        # Read here so that the fact carries the row by which its disclosure is to be withdrawn.
        term_or_none(context.rules, "withdraw", annulled_on=altered_on)
    return [
        PenaltyAltered(
            entry_id=entry_id, kind=kind, body=body.strip(), document_no=document_no.strip(), altered_on=altered_on
        )
    ]
