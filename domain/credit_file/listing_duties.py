"""What a listing waits for: the next step of the bureau's own procedure, or the answer of the body that designates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.credit_file.duty import Owed, term_or_none
from domain.credit_file.listing import Listing
from domain.credit_file.listing_checks import STATEMENT
from domain.law.reading import Reading

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAY = timedelta(days=1)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each listing that is not on the list yet and not refused."""
    for one in file.listings.values():
        if one.listed is None and not one.is_closed:
            yield from _next_step(one, rules)


def _next_step(one: Listing, rules: Reading) -> Iterator[Owed]:
    listing_id, list_type, origin = one.listing_id, one.list_type, one.origin
    case = ("listing", listing_id, list_type, origin)
    if one.upward is not None and one.received is None:
        yield Owed("receive_listing_decision", *case, one.upward.proposed_on, waits_for="higher_body")
    elif one.decision is not None:
        decided_on = one.decision.decided_on
        yield Owed("list_subject", *case, decided_on, term_or_none(rules, "service.due", decided_on=decided_on))
    elif one.review is not None:
        reviewer = (one.reviewed_by.officer_id,) if one.reviewed_by else ()
        behind = tuple(sorted({origin.officer_id, *reviewer}))
        yield Owed("decide_listing", *case, one.review.reviewed_on, not_officers=behind)
    elif one.notice is not None:
        yield _review(one, one.notice.served_on, rules)
    elif one.proposed is not None:
        yield Owed("serve_listing_notice", *case, one.proposed.proposed_on)


def _review(one: Listing, served_on: date, rules: Reading) -> Owed:
    """The legality review, asked for once the subject was heard or its time to speak is over."""
    until = None
    if one.statement is None:
        statement = term_or_none(rules, STATEMENT, notice_served_on=served_on)
        until = statement.until if statement is not None else None
        asked_on = until + DAY if until is not None else served_on
    else:
        asked_on = one.statement.received_on
    return Owed(
        "review_legality", "listing", one.listing_id, one.list_type, one.origin, asked_on,
        term_or_none(rules, "review.due", asked_on=asked_on), waits_for="subject" if until else "", waits_until=until,
        not_officers=(one.origin.officer_id,),
    )  # fmt: skip
