"""One application for several entries (一次申请多项修复): each entry is a case of its own, and is decided for itself.

The cases carry the number of the application, so that each page names the others. If one entry cannot be received,
nothing is: the refusal names the entry it is about.
Basis: 国办发〔2025〕22号; NDRC Order 36 第三章; rulebook row `repair.channel`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from domain.context import Context
from domain.credit_file.profile import check_registered
from domain.credit_file.repair import Repair
from domain.credit_file.repair_decisions import receive_repair
from domain.credit_file.repair_events import RepairReceived
from domain.event import Event, Frozen
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


class AppliedFor(Frozen):
    """One entry of an application: the id of its new case, and the penalty or listing it is about."""

    repair_id: str
    target_id: str
    target_kind: Literal["penalty", "listing"]


# Checks


class NothingAppliedFor(Refused):
    zh = "申请没有写明修复哪一项；请至少选择一项。"
    en = "The application names no entry to repair; choose at least one."
    field = "entries"


class AppliedForTwice(Refused):
    zh = "同一项（{entry}）在申请中出现两次；请删去重复的一项。"
    en = "The same entry ({entry}) stands in the application twice; take one of them out."
    field = "entries"


class ApplicationNoMissing(Refused):
    zh = "没有填写申请编号；多项修复以申请编号相互关联，请填写。"
    en = "The number of the application is missing; it ties its cases together, fill it in."
    field = "application_no"


class ApplicationNoTaken(Refused):
    zh = "申请编号 {number} 已经用过；请核对，补充申请另编号。"
    en = "The application number {number} was used before; check it, and number a further application anew."
    field = "application_no"


class EntryNotReceived(Refused):
    zh = "“{entry}”一项不能收件：{why}整个申请未登记。"
    en = "The entry {entry} cannot be received: {why_en} Nothing of the application was recorded."
    field = "entries"


def siblings(file: CreditFile, case: Repair) -> list[Repair]:
    """The other cases of the same application."""
    number = case.received.application_no
    others = (one for one in file.repairs.values() if one.repair_id != case.repair_id)
    return [one for one in others if number and one.received.application_no == number]


def name_of(file: CreditFile, target_id: str) -> str:
    """What officers call an entry: the number of its document; its id where the file has none."""
    if (entry := file.records.get(target_id)) is not None:
        return entry.record.document_no
    listing = file.listings.get(target_id)
    return listing.listed.decision_no if listing is not None and listing.listed is not None else target_id


# Decisions


def receive_application(
    file: CreditFile, context: Context, *, application_no: str, entries: tuple[AppliedFor, ...],
    channel: Literal["credit_china", "window"], external_no: str, applied_at: datetime,
    pushed_at: datetime | None = None, papers: tuple[str, ...] = (),
) -> list[Event]:  # fmt: skip
    """Record one application for several entries (收到多项修复申请), each as a case of its own, all or none.

    Refused, in this order: SubjectUnknown, ApplicationNoMissing, ApplicationNoTaken, NothingAppliedFor,
    AppliedForTwice, EntryNotReceived (the first entry that `receive_repair` refuses, with its reason).
    Basis: 国办发〔2025〕22号; rulebook row `repair.channel`.
    """
    check_registered(file)
    if not application_no.strip():
        raise ApplicationNoMissing
    if any(case.received.application_no == application_no for case in file.repairs.values()):
        raise ApplicationNoTaken(number=application_no)
    if not entries:
        raise NothingAppliedFor
    for at, one in enumerate(entries):
        if any(one.target_id == other.target_id or one.repair_id == other.repair_id for other in entries[:at]):
            raise AppliedForTwice(entry=name_of(file, one.target_id))
    received: list[Event] = []
    for one in entries:
        application = RepairReceived(
            repair_id=one.repair_id, target_id=one.target_id, target_kind=one.target_kind, channel=channel,
            external_no=external_no, applied_at=applied_at, pushed_at=pushed_at, papers=papers,
            application_no=application_no,
        )  # fmt: skip
        try:
            received += receive_repair(file, context, application=application)
        except Refused as why:
            raise EntryNotReceived(
                rule=why.rule, entry=name_of(file, one.target_id), why=why.sentence_zh, why_en=why.sentence_en
            ) from why
    return received
