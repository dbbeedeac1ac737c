"""Acts made on paper before go-live (补录): the result, its date and its scan, and nothing of the procedure."""

from __future__ import annotations

from api.officer.act_form import Asked, Group
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.takeover import take_over_breach, take_over_listing, take_over_repair

Choices = tuple[tuple[str, Words], ...]

DOCUMENT = Asked("document_no", ("决定书文号", "Number of the decision"), required=True)
FACTS = Asked("facts", ("事实", "Facts"), "area", required=True)
BREACHES: Choices = (
    ("not", ("未履行", "not kept")), ("partly", ("部分履行", "kept in part")), ("false", ("虚假承诺", "false")),
)  # fmt: skip


def lists(file: CreditFile, context: Context) -> Choices:
    """The lists, those of the past too."""
    return tuple((one.code, (one.zh, one.en)) for one in context.rules.rulebook.code_list("list_types").values())


def targets(file: CreditFile, context: Context) -> Choices:
    """Penalties and places on lists that were not repaired."""
    names = context.rules.rulebook.code_list("list_types")
    found: list[tuple[str, Words]] = [
        (one.entry_id, (one.record.document_no, one.record.document_no))
        for one in file.records.values()
        if one.is_penalty and file.repaired_on(one.entry_id) is None
    ]
    found += [
        (one.listing_id, (names[one.list_type].zh, names[one.list_type].en))
        for one in file.listings.values()
        if one.listed is not None and one.exited is None
    ]
    return tuple(found)


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        take_over_listing, "paper-listings",
        (Group(("", ""), (
            Asked("list_type", ("名单", "List"), "select", required=True),
            Asked("body", ("认定机关", "Designating body"), required=True), DOCUMENT,
            Asked("decided_on", ("决定日期", "Decided on"), "date", required=True),
            Asked("effective_on", ("列入日期", "On the list from"), "date", required=True), FACTS,
        )),),
        creates="listing_id", options={"list_type": lists},
    ),
    OfficerAct(
        take_over_repair, "paper-repairs",
        (Group(("", ""), (
            Asked("target_id", ("修复的处罚或列入", "Penalty or listing repaired"), "select", required=True), DOCUMENT,
            Asked("effective_on", ("修复生效日期", "Repaired from"), "date", required=True),
        )),),
        creates="repair_id", options={"target_id": targets},
    ),
    OfficerAct(
        take_over_breach, "paper-breaches",
        (Group(("", ""), (
            DOCUMENT, Asked("kind", ("违诺情形", "Kind"), "select", options=BREACHES, required=True), FACTS,
            Asked("consequence", ("处理结果", "Consequence"), "area", required=True),
            Asked("breached_on", ("认定日期", "Found on"), "date", required=True),
            Asked("loss", ("造成的损失", "Loss"), "area"), Asked("serious", ("后果严重", "Serious"), "check"),
        )),),
        collection="commitments", about="commitment_id",
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
