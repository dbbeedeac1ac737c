"""Acts on the subject itself (主体信息): names, codes, persons, successors, joined files, transfers, slips."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, Decision, OfficerAct, Options
from api.officer.words import Words, event_words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.joined import join_file
from domain.credit_file.persons import Linked, link_person, unlink_person
from domain.credit_file.profile import rename_subject
from domain.credit_file.profile_changes import STATUSES, change_code, change_status
from domain.credit_file.succession import merge_subject, receive_predecessor, split_subject
from domain.credit_file.transfer import SECTIONS, is_at, receive_transfer, transfer_case
from domain.credit_file.undo import check_nothing_rests_on, fact_of_today, undo_entry
from domain.refusals import Refused

Choices = tuple[tuple[str, Words], ...]

EFFECTIVE = Asked("effective_on", ("生效日期", "From"), "date", required=True)
DOCUMENT = Asked("document_no", ("文书号", "Document number"))
REASON = Asked("reason", ("理由", "Reason"), "area", required=True)
OTHER = Asked("other_code", ("另一主体的统一社会信用代码", "Credit code of the other subject"), required=True)
PERSON_ROLES: Choices = (
    ("legal_representative", ("法定代表人", "legal representative")),
    ("person_in_charge", ("负责人", "person in charge")),
    ("directly_responsible", ("直接责任人", "directly responsible")),
)
FOLLOWED: Choices = (("merger", ("合并", "merger")), ("split", ("分立", "split")))


def names_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """The names the subject bore, each with its first day."""
    assert file.profile is not None
    return tuple(Told(_since(one.from_on, "原名称"), (one.name, one.name)) for one in file.profile.names)


def codes_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """The codes the subject bore, each with its first day."""
    assert file.profile is not None
    return tuple(Told(_since(one.from_on, "原代码"), (one.code, one.code)) for one in file.profile.codes)


def _since(on: object, first: str) -> Words:
    return (f"{on} 起", f"from {on}") if on else (first, "first")


def statuses_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """The statuses stated so far, each with its first day."""
    assert file.profile is not None
    names = context.rules.rulebook.code_list(STATUSES)
    return tuple(
        Told(_since(one.changed.effective_on, ""), (names[one.changed.status].zh, names[one.changed.status].en))
        for one in file.profile.statuses
    )


def statuses(file: CreditFile, context: Context) -> Choices:
    """The statuses of the day."""
    return tuple((one.code, (one.zh, one.en)) for one in context.rules.lists(STATUSES, context.today).values())


def areas(file: CreditFile, context: Context) -> Choices:
    """The divisions that have an office."""
    divisions = context.rules.lists("divisions", context.today).values()
    return tuple((one.code, (one.zh, one.en)) for one in divisions if one.kind != "statistical")


def offices(file: CreditFile, context: Context) -> Choices:
    """The sections of the bureau and the offices of the counties."""
    return tuple((one.code, (one.zh, one.en)) for one in context.rules.lists(SECTIONS, context.today).values())


def entries(file: CreditFile, context: Context) -> Choices:
    """What the file holds that can pass to a successor, or whose handling can."""
    found = [(one.entry_id, one.record.document_no) for one in file.records.values()]
    found += [(one.made.commitment_id, one.made.matter) for one in file.commitments.values()]
    lists = context.rules.rulebook.code_list("list_types")
    found += [(one.listing_id, lists[one.list_type].zh) for one in file.listings.values()]
    return tuple((name, (about, about)) for name, about in found)


def cases(file: CreditFile, context: Context) -> Choices:
    """The cases that can be sent to another office."""
    repairs = tuple((one.repair_id, (f"修复 {one.repair_id}",) * 2) for one in file.repairs.values() if one.is_open)
    return (*entries(file, context), *repairs)


def arriving(file: CreditFile, context: Context) -> Choices:
    """The cases on their way to the officer's office."""
    waiting = [one for one in file.transfers.values() if one.received_on is None and is_at(one, context.officer)]
    return tuple((one.sent.case_id, (one.sent.reason, one.sent.reason)) for one in waiting)


def slips(file: CreditFile, context: Context) -> Choices:
    """The officer's own entries of today on which nothing rests."""
    found = []
    for fact in file.day.facts if file.day is not None else ():
        try:
            act = fact_of_today(file, context, fact.originator_version)
            check_nothing_rests_on(file, act)
        except Refused:
            continue
        if act[0] is fact:
            zh, en = event_words(type(fact.event).__name__)
            found.append((str(fact.originator_version), (f"第 {fact.originator_version} 号：{zh}",
                                                         f"{fact.originator_version}: {en}")))  # fmt: skip
    return tuple(found)


def person_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """One link: role, shown name and days."""
    one: Linked = file.persons[case_id]
    until = str(one.until_on) if one.until_on else "—"
    return (
        Told(("角色", "Role"), dict(PERSON_ROLES)[one.linked.role]),
        Told(("姓名（隐去）", "Name, masked"), (one.linked.shown_name, one.linked.shown_name)),
        Told(("自", "From"), (str(one.linked.from_on), str(one.linked.from_on))),
        Told(("至", "Through"), (until, until)),
    )


def on_subject(decide: Decision, noun: str, *fields: Asked, **options: Options) -> OfficerAct:
    """An act on the subject as a whole."""
    return OfficerAct(decide, noun, (Group(("", ""), fields),), options=options)


def passing(decide: Decision, noun: str, *fields: Asked) -> OfficerAct:
    """A merger or a split, with what passes on."""
    inherits = Asked("inherits", ("承继事项（其余留在本档案）", "What passes on; the rest stays"), "many")
    return on_subject(decide, noun, OTHER, *fields, EFFECTIVE, DOCUMENT, inherits, inherits=entries)


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        rename_subject, "names",
        (Group(("", ""), (
            Asked("name", ("新名称", "New name"), required=True),
            Asked("effective_on", ("变更登记日期", "Day of the change"), "date", required=True),
        )),),
        told=names_told,
    ),
    OfficerAct(
        change_code, "codes",
        (Group(("", ""), (
            Asked("code", ("新统一社会信用代码", "New credit code"), required=True), REASON, EFFECTIVE,
        )),),
        told=codes_told,
    ),
    OfficerAct(
        change_status, "statuses",
        (Group(("", ""), (
            Asked("status", ("登记状态", "Status"), "select", required=True), EFFECTIVE,
            Asked("authority", ("登记机关", "Registration authority"), required=True), DOCUMENT,
            Asked("reason", ("撤销、更正原决定的理由", "Why an earlier decision was taken back"), "area"),
        )),),
        options={"status": statuses}, told=statuses_told,
    ),
    OfficerAct(
        link_person, "persons",
        (Group(("", ""), (
            Asked("role", ("角色", "Role"), "select", options=PERSON_ROLES, required=True),
            Asked("shown_name", ("显示为（姓氏加星号）", "Shown as, surname and stars"), required=True),
            Asked("person_name", ("姓名（加密保存）", "Name, sealed"), required=True),
            Asked("identity_number", ("证件号码（加密保存，可不填）", "Identity number, sealed; may be left out")),
            Asked("from_on", ("起始日期", "From"), "date", required=True),
        )),),
        creates="link_id",
    ),
    OfficerAct(
        unlink_person, "endings",
        (Group(("", ""), (Asked("until_on", ("最后一日", "Last day"), "date", required=True),)),),
        collection="persons", about="link_id", told=person_told,
    ),
    passing(merge_subject, "mergers"),
    passing(split_subject, "splits", Asked("survives", ("本主体存续（派生分立）", "The subject goes on"), "check")),
    on_subject(
        receive_predecessor, "predecessors", OTHER,
        Asked("kind", ("方式", "How"), "select", options=FOLLOWED, required=True), EFFECTIVE, DOCUMENT,
        Asked("inherits", ("承继事项编号（每行一项）", "Ids of what passed on, one on each line"), "area"),
    ),
    OfficerAct(
        join_file, "joinings",
        (Group(("", ""), (Asked("into_code", ("主档案代码", "Code of the main file"), required=True), REASON)),),
        subjects={"into": "into_code"},
    ),
    on_subject(
        transfer_case, "transfers", Asked("case_id", ("案件或记录", "Case or entry"), "select", required=True),
        Asked("to_section", ("接收科室或单位", "Section or office"), "select", required=True),
        Asked("to_area", ("所在区划", "Division"), "select", required=True), REASON,
        Asked("transferred_on", ("移送日期", "Transferred on"), "date", required=True),
        case_id=cases, to_section=offices, to_area=areas,
    ),
    on_subject(
        receive_transfer, "receipts", Asked("case_id", ("移送来的案件", "Case that was sent"), "select", required=True),
        Asked("received_on", ("接收日期", "Received on"), "date", required=True), case_id=arriving,
    ),
    on_subject(
        undo_entry, "undoings", Asked("version", ("今日本人录入", "Own entry of today"), "select", required=True),
        REASON, version=slips,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = (
    CaseKind(
        "persons", ("责任人员", "Responsible person"),
        lambda file, link_id: file.persons[link_id].linked.shown_name,
        person_told,
        lambda file, link_id: file.persons[link_id].version,
    ),
)  # fmt: skip
