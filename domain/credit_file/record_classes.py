"""Classes of penalties (失信程度): which there are on a day, and which one the kinds of a penalty propose.

A class is put by a person (`classify_penalty`); what is proposed here is unverified and decides nothing.
Basis: rulebook rows `class.scheme`, `class.proposal`; 发改办财金〔2019〕527号; 国办发〔2025〕22号 二.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.credit_file.record import Entry, PenaltyRecorded, kinds_of
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


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


def proposed_class(entry: Entry, rules: Reading) -> tuple[str, str] | None:
    """Scheme and class to propose for a penalty by its kinds, the worst that fits; a person confirms or changes it.

    None where the scheme of its day has no classes or no kind fits. Basis: rulebook rows `class.proposal` (unverified).
    """
    if not isinstance(entry.record, PenaltyRecorded):
        return None
    days = {"decided_on": entry.record.decided_on}
    kinds = {one.code for one in kinds_of(entry.record, rules)}
    for name in reversed(rules.select("class.scheme", days=days).names):
        scheme, penalty_class = name.split("/", 1)
        try:
            row = rules.select("class.proposal", days=days, traits={scheme: penalty_class})
        except NoRule:
            continue
        if kinds.intersection(row.names):
            return scheme, penalty_class
    return None
