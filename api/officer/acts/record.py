"""Acts on a licence or a penalty (行政许可、行政处罚)."""

from __future__ import annotations

from api.money import show_money
from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.words import ALTERATIONS, LICENCE_CHANGES, OBLIGATIONS
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.record import Entry, PenaltyRecorded
from domain.credit_file.record_decisions import annul_record, record_performance
from domain.credit_file.record_licences import change_licence
from domain.credit_file.record_penalties import alter_penalty, fulfil_obligation, left_of

DECIDED_CHANGES = tuple((code, words) for code, words in LICENCE_CHANGES.items() if code != "invalid")
"""The changes that a decision makes; that a file marks a licence invalid comes with the file."""


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
        told += _left_told(entry)
    return (*told, *_changes_told(entry))


def _left_told(entry: Entry) -> list[Told]:
    """What is left of each duty of money once something was paid."""
    paid = {one.obligation for one, _ in entry.paid}
    told = []
    for duty, fen in left_of(entry).items():
        if duty in paid:
            zh, en = OBLIGATIONS[duty]
            left = (f"尚欠 {show_money(fen)}", f"{show_money(fen)} left") if fen else ("已缴清", "paid in full")
            told.append(Told((zh, en), left))
    return told


def _changes_told(entry: Entry) -> list[Told]:
    """What became of a licence, or of a penalty by others, in the order recorded."""
    told = []
    for change, _ in entry.changes:
        zh, en = LICENCE_CHANGES[change.kind]
        told.append(Told((f"{change.effective_on} {zh}", f"{change.effective_on} {en}"), (change.document_no,) * 2))
    for one, _ in entry.alterations:
        zh, en = ALTERATIONS[one.kind]
        told.append(Told((f"{one.altered_on} {zh}", f"{one.altered_on} {en}"), (f"{one.body} {one.document_no}",) * 2))
    return told


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
        collection="records", about="entry_id", told=entry_told,
    ),
    OfficerAct(
        change_licence, "licence-changes",
        (Group(("", ""), (
            Asked("kind", ("变更类别", "Kind of change"), "select", options=DECIDED_CHANGES),
            Asked("document_no", ("文书号", "Document number"), required=True),
            Asked("effective_on", ("生效日期", "In force from"), "date", required=True),
            Asked("valid_until", ("延续后的有效期至", "New last day of a renewal"), "date",
                  hint=("只有延续填写，长期的写 2099-12-31", "for a renewal only; long-term as 2099-12-31")),
            Asked("reason", ("理由", "Reason"), required=True),
        )),),
        collection="records", about="entry_id", told=entry_told,
    ),
    OfficerAct(
        fulfil_obligation, "obligations",
        (Group(("", ""), (
            Asked("obligation", ("义务", "Duty"), "select", options=tuple(OBLIGATIONS.items())),
            Asked("amount_fen", ("金额（元）", "Amount in yuan"), hint=("改正不填", "empty for conduct put right")),
            Asked("fulfilled_on", ("履行日期", "Performed on"), "date", required=True),
            Asked("proof", ("票据号或复查记录", "Number of the receipt or report"), required=True),
        )),),
        collection="records", about="entry_id", told=entry_told,
    ),
    OfficerAct(
        alter_penalty, "alterations",
        (Group(("", ""), (
            Asked("kind", ("结果", "Result"), "select", options=tuple(ALTERATIONS.items())),
            Asked("body", ("作出机关", "Deciding body"), required=True),
            Asked("document_no", ("文书号", "Document number"), required=True),
            Asked("altered_on", ("生效日期", "In force from"), "date", required=True),
        )),),
        collection="records", about="entry_id", told=entry_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
