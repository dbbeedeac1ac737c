"""The conditions of repair (信用修复条件), each a check of its own, named as the rulebook's row names it.

The page shows every check with its reason; the decision raises the first that fails; audit runs them again on history.
Which conditions a version asks, and in which order, is the row `repair.conditions`; what a code means is here.
Basis: 发改办财金〔2019〕527号; NDRC Order 58; 国办发〔2025〕22号 二; NDRC Order 36 (four cumulative conditions).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.credit_file.disclosure import unanswered
from domain.credit_file.listing import counts_from, covers
from domain.credit_file.record import Entry
from domain.credit_file.repair import Repair, Repairs
from domain.law.answers import NoRule, Term
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAY = timedelta(days=1)


class TargetUnknown(Refused):
    zh = "没有可以修复的这一项（不存在、已撤销或已退出）；请核对文号。"
    en = "There is nothing of this kind to repair (unknown, annulled or already ended); check the number."
    field = "target_id"
    kind = "unknown"


class NotRepairable(Refused):
    zh = "此类信息按规定不予修复，公示至期满为止。"
    en = "The law bars this information from repair; it is shown until its period ends."


class TooEarly(Refused):
    zh = "最短公示期至 {minimum_until} 届满，{first_on} 起才可以申请；请届时再申请。"
    en = "The minimum period runs through {minimum_until}; an application is possible from {first_on} on."


class NotPerformed(Refused):
    zh = "尚无履行处罚的记载；请先登记履行凭据，或请当事人履行后再申请。"
    en = "Performance of the penalty is not recorded; record the receipt, or apply after performing."


class NotCorrected(Refused):
    zh = "尚无改正违法行为的记载；请先登记复查结果。"
    en = "Correction of the conduct is not recorded; record the result of the re-check first."


class PapersMissing(Refused):
    zh = "缺少材料：{missing}；请通知补正。"
    en = "Papers are missing: {missing_en}; ask the applicant to supplement them."


class BanRunning(Refused):
    zh = "处罚所定限制、禁业或暂扣期间到 {until} 为止（含当日），期间不能修复。"
    en = "The ban or suspension imposed runs through {until}; no repair before its end."


class FraudRecorded(Refused):
    zh = "{found_on} 查明该主体以虚假方式取得修复，{until} 前（含当日）不得申请修复；{first_on} 起才可以申请。"
    en = (
        "Repair by falsehood was found on {found_on}: no application through {until}; "
        "an application is possible from {first_on} on."
    )


class RepairedRecently(Refused):
    zh = "距上次修复（{last_on}）未满规定间隔，{first_on} 起才可以申请。"
    en = "The last repair ({last_on}) is too recent; an application is possible from {first_on} on."


class RepairedTooOften(Refused):
    zh = "规定期间内已修复 {limit} 次，{first_on} 起才可以再申请。"
    en = "Already repaired {limit} times within the window; an application is possible from {first_on} on."


@dataclass(frozen=True, slots=True)
class Checked:
    """One condition: its code, why it fails (None = nothing on file is against it), and the row that asks it.

    is_kept   False where the register holds no records that could answer: then "nothing against it" says nothing, a
              person verifies it (待人工核实), and the finding must say how
    """

    condition: str
    refusal: Refused | None
    row: Row
    is_kept: bool = True

    @property
    def holds(self) -> bool:
        return self.refusal is None


def minimum(file: CreditFile, case: Repair, rules: Reading) -> Term:
    """The minimum period before repair of the case's target.

    Raises NoRule where a fact (the class) is missing that the rule of its day asks for.
    """
    target = case.received.target_id
    if case.received.target_kind == "listing":
        listing = file.listings[target]
        assert listing.listed is not None
        # The repair that a reinstatement undid is judged by the stay it ended, not by the one that followed.
        back, done = listing.reinstated, case.repaired
        is_before = back is not None and done is not None and done.effective_on <= back.effective_on
        listed_on = listing.listed.effective_on if is_before else counts_from(listing, rules)
        days = {"designated_on": listing.listed.decided_on, "listed_on": listed_on}
        return rules.term("list.repair_min", days=days, traits={"list_type": listing.list_type})
    entry = file.records[target]
    return rules.term("repair.min", days={"decided_on": entry.record.decided_on}, traits=entry.traits(rules))


def known_minimum(file: CreditFile, case: Repair, rules: Reading) -> Term | None:
    """The minimum period, None where no rule answers for the target."""
    try:
        return minimum(file, case, rules)
    except NoRule:
        return None


def first_possible_on(file: CreditFile, case: Repair, rules: Reading) -> date | None:
    """First day on which an application is possible; None if never, not derivable, or awaiting performance."""
    term = known_minimum(file, case, rules)
    if term is None or term.is_never:
        return None
    if term.is_none or term.until is None:
        entry = file.records.get(case.received.target_id)
        return entry.performed_on if entry is not None else None
    return term.until + DAY


def repairable(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    """Holds while the target is in force and the rule of its day knows a minimum and does not bar it for ever."""
    received = case.received
    if case.repaired is None and not target_in_force(file, received.target_id, received.target_kind, on, rules):
        return TargetUnknown()
    try:
        term = minimum(file, case, rules)
    except NoRule as silent:
        return unanswered(file.records.get(received.target_id), silent, rules)
    return NotRepairable(rule=term.row) if term.is_never else None


def minimum_over(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    term = known_minimum(file, case, rules)
    if term is None or term.until is None or case.applied_on > term.until:
        return None
    return TooEarly(rule=term.row, minimum_until=term.until, first_on=term.until + DAY)


def duties_of(file: CreditFile, case: Repair) -> list[Entry]:
    """The penalties whose performance counts: the one to be repaired, or those a listing rests on that still stand."""
    target = case.received.target_id
    listing = file.listings.get(target)
    ids = (target,) if listing is None else listing.based_on
    found = [file.records[one] for one in ids if one in file.records]
    return [one for one in found if one.is_penalty and (listing is None or one.annulled_on is None)]


def performed(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    return NotPerformed() if any(one.performed_on is None for one in duties_of(file, case)) else None


def corrected(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    return NotCorrected() if any(one.corrected_on is None for one in duties_of(file, case)) else None


def papers(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    absent = missing_papers(file, case, rules)
    if not absent:
        return None
    return _papers_missing(absent, on, rules)


def commitment(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    if "commitment" in case.papers:
        return None
    return _papers_missing(("commitment",), on, rules)


def _papers_missing(absent: tuple[str, ...], on: date, rules: Reading) -> Refused:
    names = [rules.lists("repair_papers", on)[code] for code in absent]
    return PapersMissing(
        missing="、".join(one.zh for one in names), missing_en=", ".join(one.en for one in names)
    )  # fmt: skip


def no_ban_running(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    entry = file.records.get(case.received.target_id)
    until = getattr(entry.record, "penalty_until", None) if entry is not None else None
    return BanRunning(until=until) if until is not None and on <= until else None


def no_fraud_record(file: CreditFile, applying: Repair, on: date, rules: Reading) -> Refused | None:
    """Not while a repair of this subject that was revoked for falsehood bars applications.

    The register knows only what was revoked here; what another authority recorded, a person looks up at 信用中国.
    """
    last: Refused | None = None
    last_until = applying.applied_on - DAY
    for case in file.repairs.values():
        if case.revoked is None:
            continue
        found_on = case.revoked.found_on
        term = rules.term("repair.fraud_block", days={"found_on": found_on})
        if term.until is not None and term.until > last_until:
            last_until = term.until
            last = FraudRecorded(rule=term.row, found_on=found_on, until=term.until, first_on=term.until + DAY)
    return last


def spacing(file: CreditFile, case: Repair, on: date, rules: Reading) -> Refused | None:
    """Not within the version's interval since the last removal from a list, nor after too many in its window."""
    earlier = sorted(
        one.repaired.effective_on
        for one in file.repairs.values()
        if one.repaired is not None and one.revoked is None and one.repaired.effect == "removed_from_list"
    )
    listing = file.listings.get(case.received.target_id)
    if listing is None or not earlier:
        return None
    traits = {"list_type": listing.list_type}
    days = {"last_repaired_on": earlier[-1], "applied_on": case.applied_on}
    term = rules.term("list.repair_spacing", days=days, traits=traits)
    if term.until is not None and case.applied_on <= term.until:
        return RepairedRecently(rule=term.row, last_on=earlier[-1], first_on=term.until + DAY)
    return _too_often(earlier, case, traits, rules)


def _too_often(earlier: list[date], case: Repair, traits: dict[str, str], rules: Reading) -> Refused | None:
    limit = rules.select("list.repair_limit", days={"applied_on": case.applied_on}, traits=traits)
    if limit.is_none:
        return None
    ends = []
    for repaired_on in earlier:
        days = {"repaired_on": repaired_on, "applied_on": case.applied_on}
        window = rules.term("list.repair_window", days=days, traits=traits)
        if window.until is not None and case.applied_on <= window.until:
            ends.append(window.until)
    if len(ends) < limit.number:
        return None
    return RepairedTooOften(rule=limit, limit=limit.number, first_on=sorted(ends)[-limit.number] + DAY)


CONDITIONS: dict[str, Callable[[CreditFile, Repair, date, Reading], Refused | None]] = {
    "repairable": repairable,
    "minimum_over": minimum_over,
    "performed": performed,
    "corrected": corrected,
    "papers": papers,
    "commitment": commitment,
    "no_fraud_record": no_fraud_record,
    "no_ban_running": no_ban_running,
    "spacing": spacing,
}
"""What each condition code of `repair.conditions` means."""


def missing_papers(file: CreditFile, case: Repair, rules: Reading) -> tuple[str, ...]:
    """Papers the version asks for that have not come, in its order."""
    entry = file.records.get(case.received.target_id)
    traits = entry.traits(rules) if entry is not None else {}
    row = rules.select("repair.papers", days={"applied_on": case.applied_on}, traits=traits)
    return tuple(one for one in row.names if one not in case.papers)


def check_all(file: CreditFile, case: Repair, on: date, rules: Reading) -> list[Checked]:
    """Every condition of the version in its order, those of the papers after it."""
    row = rules.select("repair.conditions", days={"applied_on": case.applied_on})
    codes = [*row.names, *(("spacing",) if case.received.target_kind == "listing" else ()), "papers"]
    return [
        Checked(code, CONDITIONS[code](file, case, on, rules), row, is_kept(file, case, code))
        for code in dict.fromkeys(codes)
    ]


def is_kept(file: CreditFile, case: Repair, condition: str) -> bool:
    """Whether the register's own records answer the condition: not duties nobody recorded here, nor fraud elsewhere.

    Fraud found here is answered here; that none was found here does not say that none was found elsewhere.
    """
    if condition in ("performed", "corrected"):
        return bool(duties_of(file, case))
    return condition != "no_fraud_record" or any(one.revoked is not None for one in file.repairs.values())


def earlier_repair(repairs: Repairs, target_id: str) -> Repair | None:
    """A case of the same target that is open, or granted and not revoked."""
    for one in repairs.values():
        if one.received.target_id == target_id and (one.is_open or one.is_granted):
            return one
    return None


def target_in_force(file: CreditFile, target_id: str, kind: str, on: date, rules: Reading) -> bool:
    """Whether there is still something to repair: the penalty not annulled, the subject still on the list."""
    if kind == "penalty":
        entry = file.records.get(target_id)
        return entry is not None and entry.is_penalty and entry.annulled_on is None
    listing = file.listings.get(target_id)
    return listing is not None and covers(listing, on, rules)
