"""What a repair waits for: its next step, due by its own clock or by the applicant's, whichever ends first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from domain.context import day_of
from domain.credit_file.duty import Owed, earliest, term_or_none
from domain.credit_file.repair import Repair, accept_due, answer_due, feedback_due
from domain.law.answers import FactMissing, NoRule, Term
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each repair that is not closed."""
    for case in file.repairs.values():
        yield from _next_step(file, case, rules)
        yield from _revocation(case, rules)


def _next_step(file: CreditFile, case: Repair, rules: Reading) -> Iterator[Owed]:
    answer = _known(answer_due, case, rules)
    stage = case.stage
    if stage == "received":
        received_on = day_of(case.received.pushed_at or case.received.applied_at)
        act = "not_accept_repair" if is_gone(file, case) else "accept_repair"
        yield _step(case, act, received_on, earliest((_known(accept_due, case, rules), answer)))
    elif stage == "supplement" and case.supplement is not None:
        asked = case.supplement
        if is_gone(file, case):
            yield _step(case, "not_accept_repair", asked.asked_on, answer)
        else:
            yield _step(case, "accept_repair", asked.asked_on, answer, waits_for="applicant", waits_until=asked.due_on)
    elif stage in ("accepted", "verified"):
        assert case.accepted is not None
        result = term_or_none(rules, "repair.department_result", accepted_on=case.accepted.accepted_on)
        # An extension gives the department the same time as the answer.
        term = answer if case.extended else earliest((result, answer))
        if stage == "accepted":
            yield _step(case, "verify_repair", case.accepted.accepted_on, term)
        elif case.verified is not None:
            barred = tuple({one.officer_id: None for one in (case.verified_by, case.accepted_by) if one is not None})
            yield _step(case, "decide_repair", case.verified.verified_on, term, not_officers=barred)
    elif stage == "feedback" and case.concluded_on is not None:
        yield _step(case, "send_feedback", case.concluded_on, _known(feedback_due, case, rules))


def is_gone(file: CreditFile, case: Repair) -> bool:
    """Whether an act took away what was to be repaired while the case was open: annulled, or off the list.

    Then nothing can be granted; the case is still concluded, by declining, refusing, or the applicant's withdrawal.
    """
    entry, listing = file.records.get(case.received.target_id), file.listings.get(case.received.target_id)
    is_annulled = entry is not None and entry.annulled_on is not None
    return is_annulled or (listing is not None and listing.exited is not None)


def _revocation(case: Repair, rules: Reading) -> Iterator[Owed]:
    """A repair under notice waits for the statement or its time, then for the leader who did not grant it."""
    if case.notice is None or not case.is_granted:
        return
    granter = (case.decided_by.officer_id,) if case.decided_by else ()
    if case.statement is not None:
        yield _step(case, "revoke_repair", case.statement.received_on, None, not_officers=granter)
        return
    served_on = case.notice.served_on
    heard = term_or_none(rules, "repair.revocation_statement", notice_served_on=served_on)
    until = heard.until if heard is not None else None
    yield _step(case, "revoke_repair", served_on, None, waits_for="subject", waits_until=until, not_officers=granter)


def _step(
    case: Repair, act: str, since: date, term: Term | None, waits_for: str = "", waits_until: date | None = None,
    not_officers: tuple[str, ...] = (),
) -> Owed:  # fmt: skip
    title = case.received.external_no or case.repair_id
    return Owed(act, "repair", case.repair_id, title, case.origin, since, term, waits_for, waits_until, not_officers)


def _known(due: Callable[[Repair, Reading], Term], case: Repair, rules: Reading) -> Term | None:
    try:
        return due(case, rules)
    except (NoRule, FactMissing):
        return None
