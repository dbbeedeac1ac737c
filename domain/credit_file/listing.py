"""Listing (列入): the subject's place on a list, from the proposal to the decision served, and its end.

Who designates follows from the list type and the date. Where the bureau itself may: proposed → notice served →
statement or waiver, or its time over, and the hearing where one was asked for → review of what was said → legality
review → consent and collective discussion where asked → decided by the leader → decision served, and only then listed.
Where a higher body designates, the bureau proposes upward and records the decision it received. Proposer, legality
reviewer and decider are three people. Without a basis in force on the day nothing is listed.
The events stand in `listing_events`; the decisions in `listing_decisions` (own procedure), `listing_hearing`,
`listing_service`, `listing_upward`, `listing_changes`; the exits in `exit`; red lists in `red_list`.
Basis: 国办发〔2020〕49号 六–八; 商秩规发〔2019〕222号; rulebook rows `list.*`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import singledispatch

from domain.credit_file.listing_events import (
    Exited,
    HearingHeld,
    HearingNoticeServed,
    HearingRequested,
    LegalityReviewed,
    Listed,
    ListingConfirmed,
    ListingCorrected,
    ListingDecided,
    ListingDecisionReceived,
    ListingDiscussed,
    ListingNoticeServed,
    ListingProposed,
    ListingProposedUpward,
    ListingReinstated,
    ListingReviewed,
    ListingServed,
    ListingStatementReceived,
    RedListingAnnounced,
    ServiceAnnounced,
    StatementWaived,
    SuperiorConsentReceived,
)
from domain.credit_file.steps import with_step
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.law.rows import Row

__all__ = [
    "EVENTS", "Exited", "LegalityReviewed", "Listed", "Listing", "ListingDecided", "ListingDecisionReceived",
    "ListingNoticeServed", "ListingProposed", "ListingProposedUpward", "ListingServed", "ListingStatementReceived",
    "Listings", "covers", "end_of", "evolve", "stays",
]  # fmt: skip

DAY = timedelta(days=1)

# State


@dataclass(frozen=True, slots=True)
class Listing:
    """One case of listing, from proposal to exit; each step is None until it happened.

    weighed     the handler's review (复核) of what the subject said; `review` the legality review (法制审核)
    listed      as corrected; `restated` the acts that changed what the listing says or put it back
    earlier     first and last day of each stay on the list before a reinstatement
    exited      of the last stay
    """

    listing_id: str
    list_type: str
    origin: Origin
    version: int
    proposed: ListingProposed | None = None
    upward: ListingProposedUpward | None = None
    announced: RedListingAnnounced | None = None
    notice: ListingNoticeServed | None = None
    statement: ListingStatementReceived | None = None
    waived: StatementWaived | None = None
    hearing_requested: HearingRequested | None = None
    hearing_notice: HearingNoticeServed | None = None
    hearing: HearingHeld | None = None
    weighed: ListingReviewed | None = None
    review: LegalityReviewed | None = None
    reviewed_by: Origin | None = None
    consent: SuperiorConsentReceived | None = None
    discussion: ListingDiscussed | None = None
    decision: ListingDecided | None = None
    decided_by: Origin | None = None
    received: ListingDecisionReceived | None = None
    service: ServiceAnnounced | None = None
    served: ListingServed | None = None
    listed: Listed | None = None
    listed_by: Origin | None = None
    corrections: tuple[tuple[ListingCorrected, Origin], ...] = ()
    confirmed: ListingConfirmed | None = None
    confirmed_by: Origin | None = None
    exited: Exited | None = None
    exited_by: Origin | None = None
    reinstated: ListingReinstated | None = None
    reinstated_by: Origin | None = None
    earlier: tuple[tuple[date, date], ...] = ()
    restated: tuple[Origin, ...] = ()

    @property
    def is_designated_elsewhere(self) -> bool:
        """Whether a higher body put the subject on the list: it, not the bureau, lifts what it imposed."""
        taken_over_from = self.listed.designator if self.listed is not None else ""
        return self.received is not None or taken_over_from not in ("", "bureau")

    @property
    def based_on(self) -> tuple[str, ...]:
        """Ids of the entries of the file on which the proposal rests; none where nobody proposed it here."""
        proposal = self.proposed or self.upward
        return proposal.based_on if proposal is not None else ()

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to decide: not listed, or off the list by an act."""
        refused = self.decision is not None and self.decision.outcome == "not_list"
        returned = self.received is not None and self.received.outcome == "not_list"
        return refused or returned or self.exited is not None

    @property
    def spoke(self) -> bool:
        """Whether the subject said anything that must be weighed: a statement, or at a hearing it came to."""
        return self.statement is not None or (self.hearing is not None and self.hearing.attended)

    @property
    def awaits_hearing(self) -> bool:
        """Whether a hearing was asked for and neither held nor given up: then nothing may be concluded."""
        return self.hearing_requested is not None and self.hearing is None and self.waived is None

    @property
    def begins_on(self) -> date | None:
        """First day of the last stay on the list; None where it never began."""
        if self.reinstated is not None:
            return self.reinstated.effective_on
        return self.listed.effective_on if self.listed is not None else None


Listings = dict[str, Listing]


def counts_from(listing: Listing, rules: Reading) -> date:
    """The day from which the term and the minimum before removal count: the reinstatement where the rule restarts."""
    assert listing.listed is not None
    if listing.reinstated is None:
        return listing.listed.effective_on
    days, traits = {"designated_on": listing.listed.decided_on}, {"list_type": listing.list_type}
    again = rules.select("list.reinstated", days=days, traits=traits)
    return listing.reinstated.effective_on if again.choice == "restarts" else listing.listed.effective_on


def end_of(listing: Listing, rules: Reading) -> tuple[date | None, tuple[Row, ...], bool]:
    """Last day of the last stay on the list (None = not derived), the rows it rests on, and whether it is firm.

    That the term is over is recorded by a daily job; what ends the listing then is the law in force, not that record.
    """
    assert listing.listed is not None
    rows: tuple[Row, ...] = ()
    decided_on, counted_from = listing.listed.decided_on, counts_from(listing, rules)
    traits = {"list_type": listing.list_type}
    if listing.reinstated is not None:
        again = rules.select("list.reinstated", days={"designated_on": decided_on}, traits=traits)
        rows = (again,)
    term = rules.term("list.term", days={"designated_on": decided_on, "listed_on": counted_from}, traits=traits)
    ends = [term.until] if term.until else []
    if listing.exited is not None and listing.exited.cause != "term":
        ends.append(listing.exited.effective_on - DAY)
    return min(ends, default=None), (*term.rows, *rows), term.is_firm


def covers(listing: Listing, on: date, rules: Reading) -> bool:
    """Whether the subject is on the list that day: from the first day through the last day included."""
    return any(first <= on and (last is None or on <= last) for first, last in stays(listing, rules))


def stays(listing: Listing, rules: Reading) -> tuple[tuple[date, date | None], ...]:
    """First and last day (None = no end known) of each stay on the list, in order; more than one once reinstated."""
    if listing.begins_on is None:
        return ()
    return (*listing.earlier, (listing.begins_on, end_of(listing, rules)[0]))


# Evolve


@singledispatch
def evolve(event: Event, listings: Listings, fact: Fact) -> Listings:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"listings cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: ListingProposed, listings: Listings, fact: Fact) -> Listings:
    new = Listing(event.listing_id, event.list_type, fact.origin, fact.originator_version, proposed=event)
    return listings | {event.listing_id: new}


@evolve.register
def _(event: ListingProposedUpward, listings: Listings, fact: Fact) -> Listings:
    new = Listing(event.listing_id, event.list_type, fact.origin, fact.originator_version, upward=event)
    return listings | {event.listing_id: new}


@evolve.register
def _(event: RedListingAnnounced, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, announced=event)


@evolve.register
def _(event: ListingNoticeServed, listings: Listings, fact: Fact) -> Listings:
    # An announcement of the notice is spent; the decision, where it must be announced, is announced anew.
    return with_step(listings, event.listing_id, fact, notice=event, service=None)


@evolve.register
def _(event: ListingStatementReceived, listings: Listings, fact: Fact) -> Listings:
    # Whoever concluded before it came has not weighed it: every conclusion is drawn anew.
    return with_step(
        listings, event.listing_id, fact, statement=event, weighed=None, review=None, reviewed_by=None, discussion=None
    )


@evolve.register
def _(event: StatementWaived, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, waived=event)


@evolve.register
def _(event: HearingRequested, listings: Listings, fact: Fact) -> Listings:
    return with_step(
        listings, event.listing_id, fact, hearing_requested=event, review=None, reviewed_by=None, discussion=None
    )


@evolve.register
def _(event: HearingNoticeServed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, hearing_notice=event)


@evolve.register
def _(event: HearingHeld, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, hearing=event, weighed=None)


@evolve.register
def _(event: ListingReviewed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, weighed=event)


@evolve.register
def _(event: LegalityReviewed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, review=event, reviewed_by=fact.origin)


@evolve.register
def _(event: SuperiorConsentReceived, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, consent=event)


@evolve.register
def _(event: ListingDiscussed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, discussion=event)


@evolve.register
def _(event: ListingDecided, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, decision=event, decided_by=fact.origin)


@evolve.register
def _(event: ListingDecisionReceived, listings: Listings, fact: Fact) -> Listings:
    if event.listing_id not in listings:
        new = Listing(event.listing_id, event.list_type, fact.origin, fact.originator_version, received=event)
        return listings | {event.listing_id: new}
    return with_step(listings, event.listing_id, fact, received=event)


@evolve.register
def _(event: ServiceAnnounced, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, service=event)


@evolve.register
def _(event: ListingServed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, served=event)


@evolve.register
def _(event: Listed, listings: Listings, fact: Fact) -> Listings:
    if event.listing_id not in listings:
        # Taken over from paper: nothing of the procedure is known here.
        new = Listing(event.listing_id, event.list_type, fact.origin, fact.originator_version)
        listings = listings | {event.listing_id: new}
    return with_step(listings, event.listing_id, fact, listed=event, listed_by=fact.origin)


@evolve.register
def _(event: ListingCorrected, listings: Listings, fact: Fact) -> Listings:
    one = listings[event.listing_id]
    assert one.listed is not None
    new = date.fromisoformat(event.new) if event.field in ("decided_on", "effective_on") else event.new
    return with_step(
        listings, event.listing_id, fact, listed=one.listed.model_copy(update={event.field: new}),
        corrections=(*one.corrections, (event, fact.origin)), restated=(*one.restated, fact.origin),
    )  # fmt: skip


@evolve.register
def _(event: ListingConfirmed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, confirmed=event, confirmed_by=fact.origin)


@evolve.register
def _(event: Exited, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, exited=event, exited_by=fact.origin)


@evolve.register
def _(event: ListingReinstated, listings: Listings, fact: Fact) -> Listings:
    one = listings[event.listing_id]
    assert one.begins_on is not None
    assert one.exited is not None
    stay = (one.begins_on, one.exited.effective_on - DAY)
    back = replace(
        one, exited=None, exited_by=None, earlier=(*one.earlier, stay), restated=(*one.restated, fact.origin)
    )
    return with_step(
        listings | {event.listing_id: back}, event.listing_id, fact, reinstated=event, reinstated_by=fact.origin
    )


EVENTS: tuple[type[Event], ...] = (
    ListingProposed, RedListingAnnounced, ListingNoticeServed, ListingStatementReceived, StatementWaived,
    HearingRequested, HearingNoticeServed, HearingHeld, ListingReviewed, LegalityReviewed, SuperiorConsentReceived,
    ListingDiscussed, ListingDecided, ServiceAnnounced, ListingServed, ListingProposedUpward, ListingDecisionReceived,
    Listed, ListingCorrected, ListingConfirmed, Exited, ListingReinstated,
)  # fmt: skip
