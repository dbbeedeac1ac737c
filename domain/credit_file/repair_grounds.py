"""Grounds of repair: whose it is to repair, and for what an application may be declined.

Who decided repairs (谁认定、谁修复). Nobody is declined for what the bureau itself left undone: a class not put, a rule
not known, papers never asked for.
Basis: 国办发〔2025〕22号; NDRC Order 36; rulebook rows `repair.conditions`, `repair.supplement` (unverified).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.disclosure import NotClassified
from domain.credit_file.exit import DesignatedElsewhere, check_ours
from domain.credit_file.record import OWN_FIELD, authority_of
from domain.credit_file.repair import Repair
from domain.credit_file.repair_checks import DAY, BanRunning, PapersMissing, check_all, first_possible_on
from domain.law.reading import Reading
from domain.refusals import Refused, RuleMissing

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


class PapersNotDue(Refused):
    zh = "所缺材料尚未通知补正，或补正期限（{until}）未满，不能以此不予受理；请先通知补正，期满未补再决定。"
    en = "The missing papers were not asked for, or may still come (through {until}); ask, and decide once it is over."


def check_ours_to_repair(file: CreditFile, case: Repair, rules: Reading) -> None:
    """Who decided repairs (谁认定、谁修复): the bureau's own lists, and penalties of its own field."""
    listing, entry = file.listings.get(case.received.target_id), file.records.get(case.received.target_id)
    if listing is not None:
        check_ours(listing, rules)
    if entry is not None and authority_of(entry.record, rules).kind != OWN_FIELD:
        raise DesignatedElsewhere(body=entry.record.authority)


def grounds_of(file: CreditFile, context: Context, case: Repair) -> list[Refused]:
    """What the application may be declined for: never what the bureau itself left undone.

    Refused: NotClassified or RuleMissing, PapersNotDue.
    """
    try:
        check_ours_to_repair(file, case, context.rules)
    except DesignatedElsewhere as elsewhere:
        return [elsewhere]
    failed = [one.refusal for one in check_all(file, case, context.today, context.rules) if one.refusal is not None]
    for own in failed:
        if isinstance(own, NotClassified | RuleMissing):
            raise own
    others = [one for one in failed if not isinstance(one, PapersMissing)]
    asked, due_on = case.supplement is not None, case.supplement.due_on if case.supplement is not None else None
    if asked and (due_on is None or due_on < context.today):
        return failed
    if failed and not others:
        raise PapersNotDue(until=due_on or "—")
    return others


def first_after(file: CreditFile, context: Context, case: Repair, against: list[Refused]) -> date | None:
    """First day on which the application may be made again; None where no date alone makes it possible here."""
    if any(isinstance(one, DesignatedElsewhere) for one in against):
        return None
    first = first_possible_on(file, case, context.rules)
    if first is None:
        return None
    return max([first, *(day for one in against if (day := possible_after(one)) is not None)])


def possible_after(refusal: Refused) -> date | None:
    """First day on which what stands against an application will be over by date alone, None if no date ends it."""
    if isinstance(refusal, BanRunning):
        until = refusal.values["until"]
        return until + DAY if isinstance(until, date) else None
    first = refusal.values.get("first_on")
    return first if isinstance(first, date) else None
