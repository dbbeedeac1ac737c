"""What a listing waits for: the next step of the procedure, the answer of a higher body, a doubt to be settled, or its
end because what it rested on fell away.

Basis: 行政处罚法 48; 国家市场监督管理总局令第44号 19 by analogy (basis revoked: off the list within the same term).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.credit_file.duty import Owed, term_or_none
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.listing_changes import open_doubt, revoked_on
from domain.credit_file.listing_checks import RED, STATEMENT, asked_of, kind_of
from domain.credit_file.listing_hearing import request_term
from domain.law.answers import NoRule, Term
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAY = timedelta(days=1)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each listing under way, each in force whose basis is in doubt or fell away, each that a false repair ended."""
    for one in file.listings.values():
        if one.listed is not None:
            yield from _afterwards(file, one, rules)
        elif not one.is_closed:
            yield _next_step(one, rules)


def _afterwards(file: CreditFile, one: Listing, rules: Reading) -> Iterator[Owed]:
    assert one.listed is not None
    if one.exited is not None:
        false_since = revoked_on(file, one.listing_id)
        if one.exited.cause == "repair" and false_since is not None:
            yield _owed("reinstate_listing", one, false_since)
        return
    if (doubt := open_doubt(one, rules)) is not None:
        yield _owed("confirm_listing", one, max(doubt.known_from, one.listed.decided_on))
    if one.confirmed is not None and one.confirmed.result == "to_revoke" and not one.is_designated_elsewhere:
        yield _owed("revoke_listing", one, one.confirmed.confirmed_on)
    else:
        yield from _without_ground(file, one, rules)


def _without_ground(file: CreditFile, one: Listing, rules: Reading) -> Iterator[Owed]:
    """The end of a listing of which a ground fell away before its own end: within the term where none is left.

    Where another one stands the leader must look: whether it carries the listing is not for the register to say.
    """
    grounds = [file.records[entry_id] for entry_id in one.based_on if entry_id in file.records]
    fallen = [entry.annulled_on for entry in grounds if entry.annulled_on is not None]
    last, _, _ = end_of(one, rules)
    if not fallen or (last is not None and last < min(fallen)):
        return
    if one.is_designated_elsewhere:
        yield _owed("receive_exit_decision", one, min(fallen), waits_for="higher_body")
    elif len(fallen) < len(one.based_on):
        yield _owed("revoke_listing", one, min(fallen))
    else:
        yield _owed("revoke_listing", one, max(fallen), term_or_none(rules, "withdraw", annulled_on=max(fallen)))


def _next_step(one: Listing, rules: Reading) -> Owed:
    if one.upward is not None:
        return _owed("receive_listing_decision", one, one.upward.proposed_on, waits_for="higher_body")
    if one.decision is not None:
        return _service(one, rules)
    if one.review is not None:
        return _conclusion(one, rules)
    if kind_of(one.list_type, rules) == RED:
        return _of_honour(one, rules)
    if one.notice is None:
        return _notice(one, rules)
    if one.hearing_requested is not None and one.awaits_hearing:
        return _hearing(one)
    return _review(one, rules)


def _notice(one: Listing, rules: Reading) -> Owed:
    assert one.proposed is not None
    if one.service is None:
        return _owed("serve_listing_notice", one, one.proposed.proposed_on)
    announced_on = one.service.announced_on
    runs = term_or_none(rules, "service.announcement", announced_on=announced_on)
    return _waiting("serve_listing_notice", one, announced_on, runs)


def _hearing(one: Listing) -> Owed:
    assert one.hearing_requested is not None
    if one.hearing_notice is None:
        return _owed("serve_hearing_notice", one, one.hearing_requested.requested_on)
    hearing_on = one.hearing_notice.hearing_on
    return _owed("hold_hearing", one, hearing_on, waits_for="subject", waits_until=hearing_on - DAY)


def _review(one: Listing, rules: Reading) -> Owed:
    """What the subject said is weighed first; the legality review follows, or the end of the subject's time."""
    heard_on = _heard_on(one)
    if one.spoke and one.weighed is None and heard_on is not None:
        return _owed("review_listing", one, heard_on, term_or_none(rules, "review.due", asked_on=heard_on))
    assert one.notice is not None
    until = _silent_until(one, rules)
    if until is not None:
        asked_on = until + DAY
    else:
        asked_on = one.weighed.reviewed_on if one.weighed is not None else heard_on or one.notice.served_on
    return _owed(
        "review_legality", one, asked_on, term_or_none(rules, "review.due", asked_on=asked_on),
        waits_for="subject" if until else "", waits_until=until, not_officers=(one.origin.officer_id,),
    )  # fmt: skip


def _heard_on(one: Listing) -> date | None:
    """The last day on which the subject spoke or gave it up."""
    days = [
        one.statement.received_on if one.statement else None,
        one.hearing.held_on if one.hearing else None,
        one.waived.waived_on if one.waived else None,
    ]
    return max((day for day in days if day is not None), default=None)


def _silent_until(one: Listing, rules: Reading) -> date | None:
    """Last day on which the subject may still speak or ask for a hearing, None where nothing is waited for."""
    if one.waived is not None or one.hearing is not None or one.notice is None:
        return None
    try:
        request = request_term(one, rules)
    except NoRule:
        request = None
    terms = [request]
    if one.statement is None:
        terms.append(term_or_none(rules, STATEMENT, notice_served_on=one.notice.served_on))
    return max((term.until for term in terms if term is not None and term.until is not None), default=None)


def _of_honour(one: Listing, rules: Reading) -> Owed:
    """A proposed honour is shown to the public before its legality is reviewed."""
    assert one.proposed is not None
    shown_on = one.announced.announced_on if one.announced is not None else one.proposed.proposed_on
    runs = term_or_none(rules, "list.public_notice", {"list_type": one.list_type}, announced_on=shown_on)
    is_asked = runs is not None and runs.until is not None
    if is_asked and one.announced is None:
        return _owed("announce_red_listing", one, one.proposed.proposed_on)
    if one.spoke and one.weighed is None and one.statement is not None:
        return _owed("review_listing", one, one.statement.received_on)
    return _waiting("review_legality", one, shown_on, runs, "public", (one.origin.officer_id,))


def _conclusion(one: Listing, rules: Reading) -> Owed:
    """The consent and the discussion that the list asks for, then the decision."""
    assert one.review is not None
    reviewed_on = one.review.reviewed_on
    if one.review.opinion == "lawful":
        if asked_of("list.consent", one.list_type, rules, designated_on=reviewed_on) and one.consent is None:
            return _owed("receive_consent", one, reviewed_on, waits_for="higher_body")
        if asked_of("list.collective", one.list_type, rules, designated_on=reviewed_on) and one.discussion is None:
            return _owed("discuss_listing", one, reviewed_on)
    reviewer = (one.reviewed_by.officer_id,) if one.reviewed_by else ()
    since_on = one.discussion.held_on if one.discussion is not None else reviewed_on
    behind = tuple(sorted({one.origin.officer_id, *reviewer}))
    return _owed("decide_listing", one, since_on, not_officers=behind)


def _service(one: Listing, rules: Reading) -> Owed:
    """The decision is served within the term, or, announced, counts as served when the announcement is over."""
    assert one.decision is not None
    if one.service is not None and one.service.document == "decision":
        announced_on = one.service.announced_on
        runs = term_or_none(rules, "service.announcement", announced_on=announced_on)
        return _waiting("list_subject", one, announced_on, runs)
    decided_on = one.decision.decided_on
    return _owed("list_subject", one, decided_on, term_or_none(rules, "service.due", decided_on=decided_on))


def _waiting(
    act: str, one: Listing, since_on: date, runs: Term | None, waits_for: str = "subject",
    not_officers: tuple[str, ...] = (),
) -> Owed:  # fmt: skip
    """An act that becomes possible the day after a term; at once where no rule sets one."""
    until = runs.until if runs is not None else None
    if until is None:
        return _owed(act, one, since_on, not_officers=not_officers)
    return _owed(act, one, until + DAY, waits_for=waits_for, waits_until=until, not_officers=not_officers)


def _owed(
    act: str, one: Listing, since_on: date, term: Term | None = None, *, waits_for: str = "",
    waits_until: date | None = None, not_officers: tuple[str, ...] = (),
) -> Owed:  # fmt: skip
    return Owed(
        act, "listing", one.listing_id, one.list_type, one.origin, since_on, term, waits_for, waits_until, not_officers
    )
