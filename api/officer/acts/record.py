"""Acts on a licence or a penalty (行政许可、行政处罚)."""

from __future__ import annotations

from api.money import show_money
from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.record import Entry, PenaltyRecorded
from domain.credit_file.record_decisions import annul_record, record_performance


def told_of(entry: Entry) -> tuple[Told, ...]:
    """What a form says of the record it is about."""
    record = entry.record
    told = [
        Told(("文号", "Number"), (record.document_no, record.document_no)),
        Told(("决定", "Decided"), (f"{record.decided_on}　{record.authority}",) * 2),
        Told(("内容", "Content"), (record.content,) * 2),
    ]
    if isinstance(record, PenaltyRecorded):
        kinds = "、".join(record.penalty_kinds) or "—"
        told += [Told(("违法事实", "Facts"), (record.facts,) * 2), Told(("处罚类别", "Kinds"), (kinds,) * 2)]
        if record.fine_fen is not None:
            told.append(Told(("罚款", "Fine"), (show_money(record.fine_fen),) * 2))
    return tuple(told)


def entry_told(file: CreditFile, context: Context, entry_id: str) -> tuple[Told, ...]:
    """What is on file of the record."""
    return told_of(file.records[entry_id])


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        record_performance, "performances",
        (Group(("", ""), (
            Asked("performed_on", ("履行完毕日期", "Performed on"), "date", required=True),
            Asked("corrected_on", ("改正完毕日期", "Conduct corrected on"), "date", required=True),
        )),),
        collection="records", about="entry_id", told=entry_told,
    ),
    OfficerAct(
        annul_record, "annulments", (Group(("", ""), (Asked("reason", ("撤销理由", "Reason"), required=True),)),),
        collection="records", about="entry_id", told=entry_told, previewed=True,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
