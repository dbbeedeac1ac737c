"""Listing (列入): the subject's place on a list, from the proposal to the decision served, and its end.

Who designates follows from the list type and the date. Where the bureau itself may: proposed → notice served →
statement received, or its time over → legality review → decided by the leader → decision served, and only then listed.
Where a higher body designates, the bureau proposes upward and records the decision it received. Proposer, reviewer and
decider are three people. Without a basis in force on the day nothing is listed. Exits stand in `exit`.
Basis: 国办发〔2020〕49号 六–八; 商秩规发〔2019〕222号; rulebook rows `list.basis`, `list.term`, `list.statement`.
The decisions of this chapter stand in `listing_decisions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import ClassVar, Literal

from domain.credit_file.steps import with_step
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.law.rows import Row

# Events


class ListingProposed(Event):
    """States that an officer proposed to list the subject (提请列入).

    list_type    code in the rulebook's list of lists
    facts        what the subject did; `based_on` the entries of the file it rests on
    Since v1. Basis: 国办发〔2020〕49号 八.
    """

    TOPIC: ClassVar[str] = "credit/ListingProposed.v1"
    listing_id: str
    list_type: str
    facts: str
    based_on: tuple[str, ...]
    proposed_on: date


class ListingNoticeServed(Event):
    """States that the subject was told facts, grounds, basis and rights before the decision (告知). Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingNoticeServed.v1"
    listing_id: str
    document_no: str
    served_on: date
    method: str


class ListingStatementReceived(Event):
    """States that the subject made its statement or defence (陈述、申辩). Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingStatementReceived.v1"
    listing_id: str
    received_on: date
    summary: str


class LegalityReviewed(Event):
    """States the legality reviewer's opinion (法制审核), on the statement too. Since v1."""

    TOPIC: ClassVar[str] = "credit/LegalityReviewed.v1"
    listing_id: str
    opinion: Literal["lawful", "not_lawful"]
    reasons: str
    reviewed_on: date


class ListingDecided(Event):
    """States the leader's decision to list or not to list, before it is served.

    removal_conditions, remedies   what the decision document must tell the subject
    Since v1. Basis: 国办发〔2020〕49号 八 (content of the decision).
    """

    TOPIC: ClassVar[str] = "credit/ListingDecided.v1"
    listing_id: str
    outcome: Literal["list", "not_list"]
    document_no: str
    decided_on: date
    facts: str
    removal_conditions: str
    remedies: str


class ListingServed(Event):
    """States that the decision was served, the repair notice with it (两书同达) where asked for. Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingServed.v1"
    listing_id: str
    served_on: date
    method: str
    repair_notice_served: bool


class ListingProposedUpward(Event):
    """States that the bureau proposed the listing to the body that designates (向上提请). Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingProposedUpward.v1"
    listing_id: str
    list_type: str
    body: str
    document_no: str
    facts: str
    based_on: tuple[str, ...]
    proposed_on: date


class ListingDecisionReceived(Event):
    """States that the designating body's decision reached the bureau; not listing ends the case here. Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingDecisionReceived.v1"
    listing_id: str
    list_type: str
    outcome: Literal["list", "not_list"]
    body: str
    document_no: str
    decided_on: date
    received_on: date


class Listed(Event):
    """States that the subject is on a list.

    designated_by   the body that decided; decision_no and decided_on as printed on its decision
    effective_on    first day it counts: the day the decision was served, or the day the higher body gave
    Since v1.
    """

    TOPIC: ClassVar[str] = "credit/Listed.v1"
    listing_id: str
    list_type: str
    designated_by: str
    decision_no: str
    decided_on: date
    effective_on: date
    facts: str


class Exited(Event):
    """States that the subject left the list; `effective_on` is the first day off it.

    cause   term (届满), repair (修复移出), revocation (撤销), deregistration (注销)
    body, decided_on   of a decision received from the body that designated; "" and None where the bureau acted
    Since v1.
    """

    TOPIC: ClassVar[str] = "credit/Exited.v1"
    listing_id: str
    cause: Literal["term", "repair", "revocation", "deregistration"]
    effective_on: date
    document_no: str = ""
    body: str = ""
    decided_on: date | None = None


# State


@dataclass(frozen=True, slots=True)
class Listing:
    """One case of listing, from proposal to exit; each step is None until it happened."""

    listing_id: str
    list_type: str
    origin: Origin
    version: int
    proposed: ListingProposed | None = None
    upward: ListingProposedUpward | None = None
    notice: ListingNoticeServed | None = None
    statement: ListingStatementReceived | None = None
    review: LegalityReviewed | None = None
    reviewed_by: Origin | None = None
    decision: ListingDecided | None = None
    decided_by: Origin | None = None
    received: ListingDecisionReceived | None = None
    served: ListingServed | None = None
    listed: Listed | None = None
    listed_by: Origin | None = None
    exited: Exited | None = None
    exited_by: Origin | None = None

    @property
    def is_designated_elsewhere(self) -> bool:
        """Whether a higher body put the subject on the list: it, not the bureau, lifts what it imposed."""
        return self.received is not None

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


Listings = dict[str, Listing]


def end_of(listing: Listing, rules: Reading) -> tuple[date | None, tuple[Row, ...], bool]:
    """Last day on the list (None = not derived), the rows it rests on, and whether it is firm.

    That the term is over is recorded by a daily job; what ends the listing then is the law in force, not that record.
    """
    assert listing.listed is not None
    term = rules.term(
        "list.term", days={"designated_on": listing.listed.decided_on, "listed_on": listing.listed.effective_on},
        traits={"list_type": listing.list_type},
    )  # fmt: skip
    ends = [term.until] if term.until else []
    if listing.exited is not None and listing.exited.cause != "term":
        ends.append(listing.exited.effective_on - timedelta(days=1))
    return min(ends, default=None), term.rows, term.is_firm


def covers(listing: Listing, on: date, rules: Reading) -> bool:
    """Whether the subject is on the list that day: from the first day through the last day included."""
    if listing.listed is None or on < listing.listed.effective_on:
        return False
    last, _, _ = end_of(listing, rules)
    return last is None or on <= last


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
def _(event: ListingNoticeServed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, notice=event)


@evolve.register
def _(event: ListingStatementReceived, listings: Listings, fact: Fact) -> Listings:
    # The review must have weighed the statement: one that came later asks for a new review.
    return with_step(listings, event.listing_id, fact, statement=event, review=None, reviewed_by=None)


@evolve.register
def _(event: LegalityReviewed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, review=event, reviewed_by=fact.origin)


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
def _(event: ListingServed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, served=event)


@evolve.register
def _(event: Listed, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, listed=event, listed_by=fact.origin)


@evolve.register
def _(event: Exited, listings: Listings, fact: Fact) -> Listings:
    return with_step(listings, event.listing_id, fact, exited=event, exited_by=fact.origin)


EVENTS: tuple[type[Event], ...] = (
    ListingProposed, ListingNoticeServed, ListingStatementReceived, LegalityReviewed, ListingDecided, ListingServed,
    ListingProposedUpward, ListingDecisionReceived, Listed, Exited,
)  # fmt: skip
