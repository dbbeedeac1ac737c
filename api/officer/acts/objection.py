"""Objections, reconsideration and lawsuits (异议与救济): their acts, and the page of each."""

from __future__ import annotations

from collections.abc import Mapping

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, Decision, OfficerAct
from api.officer.words import (
    FINDINGS,
    OBJECTION_CHANNELS,
    OBJECTION_KINDS,
    OBJECTION_STATES,
    REMEDY_KINDS,
    REMEDY_OUTCOMES,
    Words,
)
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.objection import title_of
from domain.credit_file.objection_decisions import (
    accept_objection,
    decide_objection,
    decline_objection,
    file_objection,
    forward_objection,
    verify_objection,
    withdraw_objection,
)
from domain.credit_file.redaction import number_of
from domain.credit_file.remedy import conclude_remedy, record_remedy

APPLICANTS: tuple[tuple[str, Words], ...] = (
    ("subject", ("主体本人", "the subject")),
    ("agent", ("代理人（附授权委托书）", "an agent, with a letter of authorisation")),
)
OUTCOMES: Mapping[str, Words] = {
    "kept": ("维持原信息", "kept"), "corrected": ("更正", "corrected"), "deleted": ("删除", "deleted"),
}  # fmt: skip
REASONS = Asked("reasons", ("理由", "Reasons"), "area", required=True)
DOCUMENT = Asked("document_no", ("文书号", "Document number"), required=True)


def day_asked(name: str, zh: str, en: str) -> Asked:
    """A day that must be given."""
    return Asked(name, (zh, en), "date", required=True)


def entries(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
    """Whatever a remedy may be about: each entry by its number."""
    listed = (name for name, one in file.listings.items() if one.listed is not None)
    ids = (*file.records, *file.conducts, *file.commitments, *listed)
    return tuple((one, (number_of(file, one),) * 2) for one in ids)


def targets(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
    """Whatever an objection may be about: each entry, and each repair that has a result."""
    repairs = (
        (name, (f"修复结果 {number_of(file, one.received.target_id)}",
                f"result of a repair, {number_of(file, one.received.target_id)}"))
        for name, one in file.repairs.items() if one.concluded_on is not None
    )  # fmt: skip
    return (*entries(file, context), *repairs)


def objection_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """Where the objection stands, and what was done so far."""
    one = file.objections[case_id]
    state, _ = one.state_on(context.today)
    told = [
        Told(("状态", "State"), OBJECTION_STATES.get(state, (state, state))),
        Told(("针对", "About"), (title_of(file, one),) * 2),
        Told(("异议事项", "Kind"), OBJECTION_KINDS[one.filed.kind]),
        Told(("异议内容", "Claim"), (one.filed.claim,) * 2),
        Told(("提出日期", "Filed on"), (one.filed.filed_on.isoformat(),) * 2),
    ]
    if one.forwarded is not None:
        told.append(Told(("转办单位", "Sent to"), (f"{one.forwarded.to_unit}　{one.forwarded.forwarded_on}",) * 2))
    if one.verified is not None:
        told.append(Told(("核查结论", "Finding"), FINDINGS[one.verified.finding]))
        told.append(Told(("核查情况", "What was compared"), (f"{one.verified.unit}　{one.verified.note}",) * 2))
    if one.decided is not None:
        told.append(Told(("处理理由", "Reasons"), (f"{one.decided.document_no}　{one.decided.reasons}",) * 2))
    if one.declined is not None:
        told.append(Told(("不予受理的理由", "Reasons"), (one.declined.reasons,) * 2))
    return tuple(told)


def remedy_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """Where the remedy stands."""
    one = file.remedies[case_id]
    state = REMEDY_OUTCOMES[one.concluded.outcome] if one.concluded is not None else ("进行中", "running")
    told = [
        Told(("状态", "State"), state),
        Told(("途径", "Kind"), REMEDY_KINDS[one.recorded.kind]),
        Told(("针对", "About"), (number_of(file, one.recorded.target_id),) * 2),
        Told(("机关或法院", "Body"), (f"{one.recorded.body}　{one.recorded.case_no}",) * 2),
        Told(("提起日期", "Brought on"), (one.recorded.filed_on.isoformat(),) * 2),
    ]
    if one.recorded.suspended_from is not None:
        told.append(Told(("停止公示自", "Disclosure suspended from"), (str(one.recorded.suspended_from),) * 2))
    if one.concluded is not None:
        told.append(Told(("结果文书", "Document"), (f"{one.concluded.document_no}　{one.concluded.concluded_on}",) * 2))
    return tuple(told)


def on_objection(decide: Decision, noun: str, *fields: Asked) -> OfficerAct:
    """An act on one objection, under what the case holds so far."""
    return OfficerAct(
        decide, noun, (Group(("", ""), fields),), collection="objections", about="objection_id", told=objection_told,
    )  # fmt: skip


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        file_objection, "objections",
        (Group(("", ""), (
            Asked("target_id", ("针对的信息", "About"), "select", required=True),
            Asked("kind", ("异议事项", "Kind"), "select", options=tuple(OBJECTION_KINDS.items())),
            Asked("claim", ("异议内容和理由", "Claim and reasons"), "area", required=True),
            Asked("channel", ("渠道", "Channel"), "select", options=tuple(OBJECTION_CHANNELS.items())),
            day_asked("filed_on", "提出日期", "Filed on"),
            Asked("applicant", ("申请人", "Applicant"), "select", options=APPLICANTS),
        )),),
        creates="objection_id", options={"target_id": targets},
    ),
    on_objection(accept_objection, "acceptances"),
    on_objection(decline_objection, "refusals", REASONS),
    on_objection(
        forward_objection, "forwardings", Asked("to_unit", ("转办单位", "Sent to"), required=True),
    ),
    on_objection(
        verify_objection, "verifications", Asked("unit", ("核查单位", "Who verified"), required=True),
        Asked("finding", ("核查结论", "Finding"), "select", options=tuple(FINDINGS.items())),
        Asked("note", ("核查情况", "What was compared, and how it was concluded"), "area", required=True),
    ),
    on_objection(
        decide_objection, "decisions", Asked("outcome", ("处理", "Outcome"), "select", options=tuple(OUTCOMES.items())),
        DOCUMENT, REASONS,
        Asked("field", ("更正的项目（代码）", "Field corrected"),
              hint=("更正时填写；此前已更正的留空", "for a correction; empty where it was corrected already")),
        Asked("new", ("更正为", "Corrected to")),
    ),
    on_objection(
        withdraw_objection, "withdrawals", day_asked("withdrawn_on", "撤回日期", "Taken back on"),
        Asked("reason", ("撤回说明", "What the applicant said"), "area"),
    ),
    OfficerAct(
        record_remedy, "remedies",
        (Group(("", ""), (
            Asked("target_id", ("针对的信息", "About"), "select", required=True),
            Asked("kind", ("途径", "Kind"), "select", options=tuple(REMEDY_KINDS.items())),
            Asked("body", ("复议机关或法院", "Body of reconsideration or court"), required=True),
            Asked("docket_no", ("案号", "Case number")), day_asked("filed_on", "提起日期", "Brought on"),
            Asked("suspended_from", ("停止公示自（有决定的）", "Disclosure suspended from, if ordered"), "date"),
        )),),
        creates="remedy_id", options={"target_id": entries},
    ),
    OfficerAct(
        conclude_remedy, "outcomes",
        (Group(("", ""), (
            Asked("outcome", ("结果", "Outcome"), "select", options=tuple(REMEDY_OUTCOMES.items())), DOCUMENT,
            day_asked("concluded_on", "结果日期", "Concluded on"),
        )),),
        collection="remedies", about="remedy_id", told=remedy_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = (
    CaseKind(
        "objections", ("异议", "objection"), lambda file, one: title_of(file, file.objections[one]), objection_told,
        lambda file, one: file.objections[one].version,
    ),
    CaseKind(
        "remedies", ("复议、诉讼", "remedy"),
        lambda file, one: file.remedies[one].recorded.case_no or file.remedies[one].recorded.body, remedy_told,
        lambda file, one: file.remedies[one].version,
    ),
)  # fmt: skip
