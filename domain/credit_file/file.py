"""The credit file (信用档案): joins the chapters of one subject, and nothing else.

`fold` takes one fact to the chapter its event belongs to. Every prefix of a stream folds; a fact of no chapter is
corruption and stops the fold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from types import ModuleType
from uuid import UUID

from domain.context import Context
from domain.credit_file import commitment, deadline, disclosure, listing, profile, record, red_list, repair
from domain.credit_file.disclosure_period import EntryUnknown, Releases
from domain.event import Actor, Envelope, Event, Fact, Origin

CHAPTERS: dict[str, ModuleType] = {
    "profile": profile,
    "records": record,
    "releases": disclosure,
    "commitments": commitment,
    "listings": listing,
    "screenings": red_list,
    "repairs": repair,
    "deadlines": deadline,
}
"""Field of the file → module of its chapter."""

CHAPTER_OF: dict[type[Event], str] = {event: chapter for chapter, module in CHAPTERS.items() for event in module.EVENTS}


@dataclass(frozen=True, slots=True)
class CreditFile:
    """Everything known of one subject after `version` facts; facts with periods, never "is so now"."""

    subject_id: UUID
    version: int = 0
    profile: profile.Profile | None = None
    records: record.Records = field(default_factory=dict)
    releases: Releases = field(default_factory=dict)
    commitments: commitment.Commitments = field(default_factory=dict)
    listings: listing.Listings = field(default_factory=dict)
    screenings: red_list.Screenings = field(default_factory=dict)
    repairs: repair.Repairs = field(default_factory=dict)
    deadlines: deadline.Deadlines = field(default_factory=dict)

    @classmethod
    def empty(cls, subject_id: UUID) -> CreditFile:
        """The file before its first fact."""
        return cls(subject_id)

    def origin_of(self, entry_id: str) -> Origin:
        """Who recorded an entry that can be disclosed: licence, penalty, commitment, or the decision to list.

        Raises EntryUnknown.
        """
        if (entry := self.records.get(entry_id)) is not None:
            return entry.origin
        if (one := self.commitments.get(entry_id)) is not None:
            return one.origin
        if (case := self.listings.get(entry_id)) is not None and case.listed_by is not None:
            return case.listed_by
        raise EntryUnknown

    def repaired_on(self, entry_id: str) -> date | None:
        """First day on which an entry is repaired, None if it is not."""
        days = [
            case.repaired.effective_on
            for case in self.repairs.values()
            if case.repaired is not None and case.repaired.target_id == entry_id
        ]
        return min(days, default=None)


def fold(file: CreditFile, fact: Fact) -> CreditFile:
    """Fold one fact in.

    Raises TypeError for an event of no chapter, ValueError for a gap in the versions: both are corruption.
    """
    if fact.originator_version != file.version + 1:
        raise ValueError(f"version {fact.originator_version} cannot follow {file.version}")
    chapter = CHAPTER_OF.get(type(fact.event))
    if chapter is None:
        raise TypeError(f"{type(fact.event).__name__} belongs to no chapter of the credit file")
    evolved = CHAPTERS[chapter].evolve(fact.event, getattr(file, chapter), fact)
    return replace(file, version=fact.originator_version, **{chapter: evolved})


def fold_all(subject_id: UUID, facts: Iterable[Fact]) -> CreditFile:
    """Fold a stream from its beginning."""
    file = CreditFile.empty(subject_id)
    for fact in facts:
        file = fold(file, fact)
    return file


def foresee(file: CreditFile, context: Context, events: Iterable[Event]) -> CreditFile:
    """The file as it will be once the events are stored by this officer; nothing is stored here."""
    officer, filing = context.officer, context.filing
    actor = Actor(
        officer_id=officer.officer_id, role=officer.role, section=officer.section, on_behalf_of=officer.on_behalf_of
    )
    envelope = Envelope(actor=actor, case_no=filing.case_no, source=filing.source)
    for event in events:
        file = fold(file, Fact(file.subject_id, file.version + 1, envelope, event))
    return file
