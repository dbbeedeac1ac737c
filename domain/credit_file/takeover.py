"""Takeover (补录): what was done on paper before go-live enters the file with its paper, its date, and who entered it.

Only the result is recorded: listed, repaired, breached. Nothing of the procedure on paper is invented here, no notice,
no review, no application; the scan shows it. What was decided under the rules then known stands, even where the law had
changed by then and nobody knew. Licences, penalties and commitments of that time enter by their own acts.
Facts taken over carry `source = takeover`, and every page says so.
Basis: 营商〔2020〕65号 二(四) (complete credit files); rulebook rows `takeover.*` (unverified; a bureau's overlay says
when it went live).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from domain.context import Context
from domain.credit_file.commitment_checks import OnlyFalseOnceKept, open_commitment
from domain.credit_file.commitment_events import BreachKind, CommitmentBreached, CommitmentMade
from domain.credit_file.exit import end_red_listings
from domain.credit_file.listing_checks import ListHasNoBasis, basis_of, check_not_listed
from domain.credit_file.listing_events import Listed
from domain.credit_file.profile import check_existing, check_new_id, check_registered
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.credit_file.repair_checks import TargetUnknown, target_in_force
from domain.credit_file.repair_decisions import RepairUnderWay
from domain.credit_file.repair_execution import executed
from domain.credit_file.steps import check_day, check_not_before
from domain.event import Event, Source
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

TAKEOVER = Source(system="takeover")
ACTS = frozenset({"take_over_listing", "take_over_repair", "take_over_breach"})

# Checks


class TakeoverClosed(Refused):
    zh = "纸面材料的补录已经结束；请按现行程序办理，确需补录的，由本局在叠加规则中调整期限。"
    en = "Paper acts are no longer entered; use the procedure of today, or have the bureau's overlay say until when."


class NotBeforeGoLive(Refused):
    zh = "日期 {on} 不在启用之前，不能补录；启用之后的事项请按程序办理。"
    en = "The day {on} does not lie before go-live; what was done since then goes through its procedure."


class ScanMissing(Refused):
    zh = "补录须附原件扫描件；请上传后再提交。"
    en = "An act on paper is entered with the scan of its document; upload it and submit again."
    field = "paper"


def is_before_go_live(on: date, rules: Reading) -> bool:
    """Whether an act of the day was done on paper; a day before every rule was."""
    try:
        return rules.select("takeover.paper", days={"decided_on": on}).choice == "yes"
    except NoRule:
        return True


def check_paper(context: Context, on: date) -> None:
    """Paper is entered while that is open, of a day before go-live, with its scan.

    Refused, in this order: TakeoverClosed, DayInFuture, NotBeforeGoLive, ScanMissing.
    """
    entry = context.rules.select("takeover.entry", days={"on": context.today})
    if entry.choice != "yes":
        raise TakeoverClosed(rule=entry)
    check_day(context, on)
    if not is_before_go_live(on, context.rules):
        raise NotBeforeGoLive(rule=context.rules.select("takeover.paper", days={"decided_on": on}), on=on)
    if all(one.sha256 is None for one in context.filing.evidence):
        raise ScanMissing


def basis_then(list_type: str, decided_on: date, rules: Reading) -> Row:
    """Who designates the list on the day, by the law in force, or by what could be known of it that day.

    Refused: ListHasNoBasis.
    """
    try:
        return basis_of(list_type, decided_on, rules)
    except ListHasNoBasis:
        known = Reading(rules.rulebook.as_known(decided_on), rules.channel)
        row = basis_of(list_type, decided_on, known)
        rules.rest_on((row,))
        return row


def source_of(act: str, arguments: Mapping[str, Any], rules: Reading) -> Source | None:
    """Takeover, where an act of the desk enters what was done on paper before go-live; None for any other act."""
    days = [value.decided_on for value in arguments.values() if isinstance(value, LicenceRecorded | PenaltyRecorded)]
    days += [value.made_on for value in arguments.values() if isinstance(value, CommitmentMade)]
    return TAKEOVER if act in ACTS or any(is_before_go_live(one, rules) for one in days) else None


# Decisions


def take_over_listing(
    file: CreditFile, context: Context, *, listing_id: str, list_type: str, body: str, document_no: str,
    decided_on: date, effective_on: date, facts: str,
) -> list[Event]:  # fmt: skip
    """Enter a listing made on paper before go-live (补录列入), the bureau's own or another body's.

    Refused, in this order: SubjectUnknown, Deregistered, IdTaken, TakeoverClosed, DayInFuture, NotBeforeGoLive,
    ScanMissing, BeforeStepBefore (effective before it was decided), ListHasNoBasis, AlreadyListed.
    Basis: rulebook rows `takeover.*`, and `list.basis` as in force or as known on the decision day.
    """
    check_existing(file, decided_on)
    check_new_id(file, listing_id)
    check_paper(context, decided_on)
    check_not_before(effective_on, decided_on)
    row = basis_then(list_type, decided_on, context.rules)
    days = {"designated_on": decided_on, "listed_on": effective_on}
    term = context.rules.term("list.term", days=days, traits={"list_type": list_type})
    check_not_listed(file, list_type, effective_on, context.rules, term.until)
    listed = Listed(
        listing_id=listing_id, list_type=list_type, designated_by=body, decision_no=document_no,
        decided_on=decided_on, effective_on=effective_on, facts=facts, designator=row.choice,
    )  # fmt: skip
    return [listed, *end_red_listings(file, list_type, effective_on, document_no, context.rules)]


def take_over_repair(
    file: CreditFile, context: Context, *, repair_id: str, target_id: str, document_no: str, effective_on: date
) -> list[Event]:
    """Enter a repair granted on paper before go-live (补录修复): of a penalty, or of a place on a list.

    Refused, in this order: SubjectUnknown, IdTaken, TakeoverClosed, DayInFuture, NotBeforeGoLive, ScanMissing,
    TargetUnknown (unknown, annulled, repaired, or not on the list that day), RepairUnderWay.
    Basis: rulebook rows `takeover.*`; the decision on paper, as evidence.
    """
    check_registered(file)
    check_new_id(file, repair_id)
    check_paper(context, effective_on)
    kind: Literal["penalty", "listing"] = "listing" if target_id in file.listings else "penalty"
    if file.repaired_on(target_id) is not None or not target_in_force(
        file, target_id, kind, effective_on, context.rules
    ):
        raise TargetUnknown
    if any(case.is_open and case.received.target_id == target_id for case in file.repairs.values()):
        raise RepairUnderWay
    return executed(
        file, repair_id=repair_id, target_id=target_id, target_kind=kind, on=effective_on, document_no=document_no
    )  # fmt: skip


def take_over_breach(
    file: CreditFile, context: Context, *, commitment_id: str, document_no: str, kind: BreachKind, facts: str,
    consequence: str, breached_on: date, loss: str = "", serious: bool = False, seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Enter a breach found on paper before go-live (补录违诺); the commitment itself was recorded before.

    Refused, in this order: SubjectUnknown, CommitmentUnknown, CaseMoved, CommitmentClosed, TakeoverClosed, DayInFuture,
    NotBeforeGoLive, ScanMissing, BeforeStepBefore (before the commitment was made), OnlyFalseOnceKept.
    Basis: rulebook rows `takeover.*`; 营商〔2020〕65号 二(一)2.
    """
    one = open_commitment(file, commitment_id, seen)
    check_paper(context, breached_on)
    check_not_before(breached_on, one.made.made_on)
    if one.fulfilled is not None and kind != "false":
        raise OnlyFalseOnceKept
    return [
        CommitmentBreached(
            commitment_id=commitment_id, document_no=document_no, kind=kind, facts=facts, consequence=consequence,
            breached_on=breached_on, loss=loss, serious=serious,
        )
    ]  # fmt: skip
