"""Protection of personal data (个人信息保护): sealing, requests of persons, erasure.

Looking at a sealed field has a form of its own in `api.officer.sealed_fields`, which opens the vault. So has approving
an erasure, in `api.officer.erasures`, which counts what goes; its row here lets the page of the case offer it.
"""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.access import AccessRequest, answer_access, request_access
from domain.credit_file.erasure import Erasure, approve_erasure, erase_data, propose_erasure
from domain.credit_file.file import CreditFile
from domain.credit_file.protection import seal_data
from domain.credit_file.sealed_text import SealedText

Choices = tuple[tuple[str, Words], ...]

WANTS: Choices = (
    ("view", ("查阅", "view")), ("copy", ("复制", "a copy")), ("correct", ("更正", "correct")),
    ("delete", ("删除", "erase")),
)  # fmt: skip
OUTCOMES: Choices = (
    ("granted", ("准许", "granted")), ("partly", ("部分准许", "granted in part")), ("refused", ("不予准许", "refused")),
)  # fmt: skip
GROUNDS: Choices = (
    ("request", ("本人申请删除", "the person asked")), ("retention", ("保存期届满", "kept long enough")),
    ("wrong_person", ("登记错人", "the wrong person")),
)  # fmt: skip
FIELDS: dict[str, Words] = {
    "person_name": ("姓名", "name"), "identity_number": ("证件号码", "identity number"),
    "person_id": ("自然人证件号码", "identity number"),
    "representative_id": ("法定代表人证件号码", "the representative's identity number"),
}  # fmt: skip
"""What the sealed fields are called; others are shown by their own names."""


def place_words(one: SealedText) -> Words:
    """A sealed field in words: what it is, and in which fact of the file."""
    zh, en = FIELDS.get(one.field, (one.field, one.field))
    return f"{zh}（第 {one.version} 号）", f"{en} (fact {one.version})"


def places(file: CreditFile, context: Context) -> Choices:
    """The sealed fields of the file that were not erased."""
    return tuple((one.place, place_words(one)) for one in file.sealed if one.key_id not in file.erased_keys)


def entries(file: CreditFile, context: Context) -> Choices:
    """What can be sealed by itself."""
    found = [(one.entry_id, one.record.document_no) for one in file.records.values()]
    found += [
        (one.conduct_id, getattr(one.record, "certificate_no", "") or getattr(one.record, "document_no", ""))
        for one in file.conducts.values()
    ]
    found += [(one.made.commitment_id, one.made.document_no) for one in file.commitments.values()]
    lists = context.rules.rulebook.code_list("list_types")
    found += [(one.listing_id, lists[one.list_type].zh) for one in file.listings.values()]
    return tuple((name, (about, about)) for name, about in found)


def granted_requests(file: CreditFile, context: Context) -> Choices:
    """The requests to erase."""
    return tuple(
        (access_id, (f"{one.requested.requested_on} 申请", f"request of {one.requested.requested_on}"))
        for access_id, one in file.access_requests.items()
        if one.requested.wants == "delete"
    )


def request_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """What was asked, by whom, and what was answered."""
    one: AccessRequest = file.access_requests[case_id]
    asked = one.requested
    told = [
        Told(("状态", "State"), dict(OUTCOMES)[one.outcome] if one.outcome else ("待答复", "waits for the answer")),
        Told(("请求", "Asks to"), dict(WANTS)[asked.wants]),
        Told(("所指信息", "About"), (asked.what,) * 2),
        Told(("申请日期", "On"), (str(asked.requested_on),) * 2),
    ]
    if asked.authorisation:
        told.append(Told(("授权委托书", "Authorisation"), (asked.authorisation,) * 2))
    if one.answered is not None:
        told.append(Told(("答复", "Answer"), (f"{one.answered.document_no}　{one.answered.reasons}",) * 2))
    return tuple(told)


def erasure_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """What is to be erased, why, and how much of it the leader saw."""
    one: Erasure = file.erasures[case_id]
    state: Words = ("待批准", "waits for approval")
    if one.erased is not None:
        state = (f"已于 {one.erased.erased_on} 删除", f"erased on {one.erased.erased_on}")
    elif one.approved is not None:
        state = ("已批准，待执行", "approved, waits to be executed")
    by_place = {text.place: place_words(text) for text in file.sealed}
    named = [by_place[place] for place in one.proposed.places if place in by_place]
    told = [
        Told(("状态", "State"), state),
        Told(("理由", "Ground"), dict(GROUNDS)[one.proposed.ground]),
        Told(("说明", "Reason"), (one.proposed.reason,) * 2),
        Told(("本档案内", "In this file"), ("、".join(zh for zh, _ in named), ", ".join(en for _, en in named))),
    ]
    if one.approved is not None:
        scope = (f"{one.approved.texts} 处，{one.approved.streams} 份档案",
                 f"{one.approved.texts} texts in {one.approved.streams} files")  # fmt: skip
        told.append(Told(("批准范围", "Scope approved"), scope))
    return tuple(told)


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        seal_data, "seals",
        (Group(("", ""), (
            Asked("entry_id", ("封存范围", "What"), "select", hint=("不选为整份档案", "none: the whole file")),
            Asked("reason", ("理由", "Reason"), "area", required=True),
        )),),
        options={"entry_id": entries},
    ),
    OfficerAct(
        request_access, "access_requests",
        (Group(("", ""), (
            Asked("wants", ("请求", "Asks to"), "select", required=True, options=WANTS),
            Asked("what", ("所指信息（不写信息本身）", "About, without the data itself"), required=True),
            Asked("authorisation", ("授权委托书编号", "Authorisation"), hint=("代理人填写", "of an agent only")),
            Asked("requested_on", ("申请日期", "Asked on"), "date", required=True),
        )),),
        creates="access_id",
    ),
    OfficerAct(
        answer_access, "answers",
        (Group(("", ""), (
            Asked("outcome", ("答复", "Answer"), "select", required=True, options=OUTCOMES),
            Asked("reasons", ("理由", "Reasons"), "area"),
            Asked("document_no", ("答复文号", "Number"), required=True),
            Asked("answered_on", ("答复日期", "Answered on"), "date", required=True),
        )),),
        collection="access_requests", about="access_id", told=request_told,
    ),
    OfficerAct(
        propose_erasure, "erasures",
        (Group(("", ""), (
            Asked("place", ("其信息", "Whose data"), "select", required=True,
                  hint=("该人的全部加密信息一并删除", "all sealed data of the person goes")),
            Asked("ground", ("理由", "Ground"), "select", required=True, options=GROUNDS),
            Asked("access_id", ("本人申请", "Request"), "select"),
            Asked("reason", ("说明", "Reason"), "area", required=True),
        )),),
        creates="erasure_id", options={"place": places, "access_id": granted_requests},
    ),
    OfficerAct(
        approve_erasure, "approvals",
        (Group(("", ""), (
            Asked("texts", ("将不能再读的加密信息（处）", "Sealed texts lost"), "number", required=True),
            Asked("streams", ("涉及的档案（份）", "Files they stand in"), "number", required=True),
        )),),
        collection="erasures", about="erasure_id", told=erasure_told,
    ),
    OfficerAct(erase_data, "executions", (), collection="erasures", about="erasure_id", told=erasure_told),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = (
    CaseKind(
        "access_requests", ("个人信息申请", "Request about personal data"),
        lambda file, case_id: str(file.access_requests[case_id].requested.requested_on),
        request_told, lambda file, case_id: file.access_requests[case_id].version,
    ),
    CaseKind(
        "erasures", ("删除个人信息", "Erasure of personal data"),
        lambda file, case_id: str(file.erasures[case_id].proposed.proposed_on),
        erasure_told, lambda file, case_id: file.erasures[case_id].version,
    ),
)  # fmt: skip
