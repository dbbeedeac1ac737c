"""Classes of penalties (失信程度): which there are on a day, and which one the kinds of a penalty propose.

A class is put by a person (`classify_penalty`); what is proposed here is unverified and decides nothing.
Basis: rulebook rows `class.scheme`, `class.proposal`, `summary.ceiling`; 发改办财金〔2019〕527号; 国办发〔2025〕22号
二.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.credit_file.record import Entry, PenaltyRecorded, kinds_of
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.context import Context
    from domain.credit_file.file import CreditFile

SUMMARY_KINDS = frozenset({"warning_only", "fine"})
"""The measures that a summary procedure (简易程序) may give. Basis: 行政处罚法 51."""


def classes_on(on: date, rules: Reading) -> tuple[str, ...]:
    """The classes, each with its scheme, of the rule in force on the day; none before the first rule known."""
    try:
        return rules.select("class.scheme", days={"decided_on": on}).names
    except NoRule:
        return ()


class ClassUnderRepair(Refused):
    zh = "该处罚的修复案件正在办理，失信程度不能改变；请先办结修复案件。"
    en = "A repair of this penalty is under way, so its class cannot change now; conclude the repair first."
    field = "penalty_class"


def check_class_settled(file: CreditFile, entry: Entry, scheme: str, penalty_class: str) -> None:
    """A class decides who may grant a repair: while one is under way a missing class may be put, none changed."""
    put = entry.classes.get(scheme)
    if put is None or put[0] == penalty_class:
        return
    if any(case.is_open and case.received.target_id == entry.entry_id for case in file.repairs.values()):
        raise ClassUnderRepair


def gravities(entry: Entry, rules: Reading) -> frozenset[str]:
    """How grave the classes of a penalty are, over every scheme it was put into: of minor, general and serious."""
    known = rules.rulebook.code_list("classes")
    names = [f"{scheme}/{penalty_class}" for scheme, (penalty_class, _) in entry.classes.items()]
    return frozenset(known[one].kind for one in names if one in known)


class NeedsHeadToClassify(Refused):
    zh = "失信程度轻于规则建议（{proposed}），或规则没有建议；请由未登记该处罚的科室负责人或市场秩序科归类。"
    en = "The class is lighter than proposed ({proposed}), or none is proposed; a head who did not record it puts it."
    field = "penalty_class"
    kind = "forbidden"


GRAVITY = ("minor", "general", "serious")
"""The kinds of class, the mildest first."""

HEADS = frozenset({"section_head", "market_order"})
"""The roles that may depart from the proposal."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A class to propose: its scheme and code, the row behind it, and why: by its `kinds`, or as a `summary` fine."""

    scheme: str
    penalty_class: str
    row: Row
    why: Literal["kinds", "summary"]

    @property
    def name(self) -> str:
        return f"{self.scheme}/{self.penalty_class}"


def proposed_class(entry: Entry, rules: Reading) -> Proposal | None:
    """The class to propose for a penalty: minor where a summary procedure kept within its ceiling, else by its kinds
    the worst that fits. A person confirms or changes it.

    None where its day has no scheme, the scheme no classes, or no kind fits. Basis: rulebook rows `class.proposal`
    (unverified), `summary.ceiling`; NDRC Order 36 二 (a summary penalty is minor; of a law firm's note).
    """
    if not isinstance(entry.record, PenaltyRecorded):
        return None
    days = {"decided_on": entry.record.decided_on}
    names = classes_on(entry.record.decided_on, rules)
    classes = rules.rulebook.code_list("classes")
    minor = next((name for name in names if name in classes and classes[name].kind == "minor"), None)
    if minor is not None and (ceiling := _ceiling_kept(entry.record, rules)) is not None:
        scheme, penalty_class = minor.split("/", 1)
        return Proposal(scheme, penalty_class, ceiling, "summary")
    kinds = {one.code for one in kinds_of(entry.record, rules)}
    for name in reversed(names):
        scheme, penalty_class = name.split("/", 1)
        try:
            row = rules.select("class.proposal", days=days, traits={scheme: penalty_class})
        except NoRule:
            continue
        if kinds.intersection(row.names):
            return Proposal(scheme, penalty_class, row, "kinds")
    return None


def check_classifier(context: Context, entry: Entry, wanted: str) -> None:
    """A class lighter than proposed may keep a penalty off the page, so a second person looks at it.

    Refused, in this order: NeedsHeadToClassify, SameOfficer.
    """
    proposed = proposed_class(entry, context.rules)
    known = context.rules.rulebook.code_list("classes")
    wanted_kind = GRAVITY.index(known[wanted].kind)
    if proposed is not None and wanted_kind >= GRAVITY.index(known[proposed.name].kind):
        return
    if context.officer.role not in HEADS:
        raise NeedsHeadToClassify(rule=proposed.row if proposed else None, proposed=proposed.name if proposed else "—")
    if entry.origin.officer_id == context.officer.officer_id:
        raise SameOfficer(first="登记人", second="归类人", first_en="recording", second_en="classifying")


def _ceiling_kept(penalty: PenaltyRecorded, rules: Reading) -> Row | None:
    """The ceiling of summary fines that a summary penalty keeps within; None where it exceeds it or is no such one.

    A summary procedure gives warnings and small fines; a penalty of any other kind is judged by its kinds.
    """
    if penalty.procedure != "summary" or any(one.kind not in SUMMARY_KINDS for one in kinds_of(penalty, rules)):
        return None
    subject_kind = rules.rulebook.code_list("subject_kinds").find(penalty.counterpart_kind)
    if subject_kind is None:
        return None
    days = {"decided_on": penalty.decided_on}
    try:
        ceiling = rules.select("summary.ceiling", days=days, traits={"subject_kind": subject_kind.code})
    except NoRule:
        return None
    return ceiling if (penalty.fine_fen or 0) <= ceiling.number else None
