"""The credit file (信用档案): joins the chapters of one subject, and nothing else.

`fold` takes one fact to the chapter its event belongs to. Every prefix of a stream folds; a fact of no chapter is
corruption and stops the fold. The facts of the last day are kept beside what they made, so that a slip undone the same
day leaves a file as if it had not been made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from types import ModuleType
from uuid import UUID

from domain.context import CHINA, Context
from domain.credit_file import (
    access,
    commitment,
    conduct,
    deadline,
    disclosure,
    disclosure_preparing,
    erasure,
    listing,
    measure,
    objection,
    persons,
    profile,
    protection,
    record,
    red_list,
    remedy,
    repair,
    shield,
    succession,
    tier_assignment,
    transfer,
    undo,
)
from domain.credit_file.disclosure_period import EntryUnknown, Releases
from domain.credit_file.sealed_text import SealedText, texts_in
from domain.event import Actor, Envelope, Event, Fact, Origin

CHAPTERS: dict[str, ModuleType] = {
    "profile": profile,
    "persons": persons,
    "succession": succession,
    "records": record,
    "conducts": conduct,
    "preparations": disclosure_preparing,
    "releases": disclosure,
    "commitments": commitment,
    "listings": listing,
    "screenings": red_list,
    "repairs": repair,
    "measures": measure,
    "tiers": tier_assignment,
    "protection": protection,
    "access_requests": access,
    "erasures": erasure,
    "objections": objection,
    "remedies": remedy,
    "shields": shield,
    "deadlines": deadline,
    "transfers": transfer,
    "undoings": undo,
}
"""Field of the file → module of its chapter."""

CHAPTER_OF: dict[type[Event], str] = {event: chapter for chapter, module in CHAPTERS.items() for event in module.EVENTS}

NOT_CASES = frozenset({"preparations", "releases", "deadlines", "transfers", "undoings"})
"""Fields that say something of a case or an entry under its own id, and open none."""


@dataclass(frozen=True, slots=True)
class Day:
    """The last day on which facts were recorded: the file before it, the day's end, and its facts in order.

    ends_at   first instant of the next day in Asia/Shanghai; None where no fact of the day is stored yet
    """

    before: CreditFile
    ends_at: datetime | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CreditFile:
    """Everything known of one subject after `version` facts; facts with periods, never "is so now"."""

    subject_id: UUID
    version: int = 0
    profile: profile.Profile | None = None
    persons: persons.Persons = field(default_factory=dict)
    succession: succession.Succession = field(default_factory=succession.Succession)
    records: record.Records = field(default_factory=dict)
    conducts: conduct.Conducts = field(default_factory=dict)
    preparations: disclosure_preparing.Preparations = field(default_factory=dict)
    releases: Releases = field(default_factory=dict)
    commitments: commitment.Commitments = field(default_factory=dict)
    listings: listing.Listings = field(default_factory=dict)
    screenings: red_list.Screenings = field(default_factory=dict)
    repairs: repair.Repairs = field(default_factory=dict)
    measures: measure.Measures = field(default_factory=dict)
    tiers: tier_assignment.Tiers = field(default_factory=dict)
    protection: protection.Protection = field(default_factory=protection.Protection)
    access_requests: access.AccessRequests = field(default_factory=dict)
    erasures: erasure.Erasures = field(default_factory=dict)
    sealed: tuple[SealedText, ...] = ()
    objections: objection.Objections = field(default_factory=dict)
    remedies: remedy.Remedies = field(default_factory=dict)
    shields: shield.Shields = field(default_factory=dict)
    deadlines: deadline.Deadlines = field(default_factory=dict)
    transfers: transfer.Transfers = field(default_factory=dict)
    undoings: undo.Undoings = field(default_factory=dict)
    day: Day | None = field(default=None, compare=False, repr=False)

    @classmethod
    def empty(cls, subject_id: UUID) -> CreditFile:
        """The file before its first fact."""
        return cls(subject_id)

    def origin_of(self, entry_id: str) -> Origin:
        """Who recorded an entry that can be disclosed: licence, penalty, conduct, commitment, or the decision to list.

        Raises EntryUnknown.
        """
        if (entry := self.records.get(entry_id)) is not None:
            return entry.origin
        if (found := self.conducts.get(entry_id) or self.commitments.get(entry_id)) is not None:
            return found.origin
        if (case := self.listings.get(entry_id)) is not None and case.listed_by is not None:
            return case.listed_by
        raise EntryUnknown

    def kind_of(self, thing_id: str) -> str | None:
        """What an id names, as the worklist calls it: entry, commitment, listing, repair …; None for an unknown one."""
        for one in fields(self):
            chapter = getattr(self, one.name)
            if isinstance(chapter, dict) and one.name not in NOT_CASES and thing_id in chapter:
                return {"records": "entry", "remedies": "remedy"}.get(one.name, one.name.removesuffix("s"))
        return None

    def began_with(self, case_id: str) -> Origin:
        """Who recorded the first fact of what the id names. Raises EntryUnknown."""
        for one in fields(self):
            chapter = getattr(self, one.name)
            if isinstance(chapter, dict) and one.name not in NOT_CASES and case_id in chapter:
                origin: Origin = chapter[case_id].origin
                return origin
        raise EntryUnknown

    @property
    def erased_keys(self) -> frozenset[UUID]:
        """The keys that were destroyed by an erasure of this file."""
        return frozenset(one.erased.key_id for one in self.erasures.values() if one.erased is not None)

    def repairs_of(self, entry_id: str) -> list[repair.Repair]:
        """The cases in which a repair of the entry was granted, those revoked since too."""
        return [one for one in self.repairs.values() if one.repaired is not None and one.repaired.target_id == entry_id]

    def repaired_on(self, entry_id: str) -> date | None:
        """First day of the repair of an entry that stands now; None if it is not repaired, or not any more."""
        granted = (one.repaired for one in self.repairs_of(entry_id) if one.is_granted)
        return min((one.effective_on for one in granted if one is not None), default=None)

    def is_repaired(self, entry_id: str, on: date) -> bool:
        """Whether an entry was repaired on a day: granted by then, and not revoked by then."""
        return any(one.repairs_on(on) for one in self.repairs_of(entry_id))


def fold(file: CreditFile, fact: Fact) -> CreditFile:
    """Fold one fact in.

    Raises TypeError for an event of no chapter, ValueError for a gap in the versions, or for the undoing of a fact of
    another day: all are corruption.
    """
    if fact.originator_version != file.version + 1:
        raise ValueError(f"version {fact.originator_version} cannot follow {file.version}")
    day = _day_with(file, fact)
    # A sealed text is stored whether or not its fact is undone: erasing a person must find it.
    sealed = (*file.sealed, *texts_in(fact))
    if isinstance(fact.event, undo.EntryUndone):
        file = _without(day, {*file.undoings, *undo.versions_of(fact.event)})
    return replace(take(file, fact), day=day, sealed=sealed)


def take(file: CreditFile, fact: Fact) -> CreditFile:
    """What the fact makes of the file, whatever its place: its chapter evolves.

    Raises TypeError for an event of no chapter.
    """
    chapter = CHAPTER_OF.get(type(fact.event))
    if chapter is None:
        raise TypeError(f"{type(fact.event).__name__} belongs to no chapter of the credit file")
    evolved = CHAPTERS[chapter].evolve(fact.event, getattr(file, chapter), fact)
    return replace(file, version=fact.originator_version, **{chapter: evolved})


def _day_with(file: CreditFile, fact: Fact) -> Day:
    """The day of the fact with the fact in it; a fact not stored yet belongs to the day of those before it."""
    day, at = file.day, fact.recorded_at
    if day is not None and (at is None or (day.ends_at is not None and at < day.ends_at)):
        return replace(day, facts=(*day.facts, fact))
    before = replace(file, day=None)
    if at is None:
        return Day(before, None, (fact,))
    return Day(before, datetime.combine(at.astimezone(CHINA) + timedelta(days=1), time(), CHINA), (fact,))


def _without(day: Day, undone: set[int]) -> CreditFile:
    """The file before the day's last fact, as if the undone ones had not been."""
    if too_old := [one for one in undone - set(day.before.undoings) if one <= day.before.version]:
        raise ValueError(f"fact {min(too_old)} is of another day and cannot be undone")
    file = day.before
    for one in day.facts[:-1]:
        if one.originator_version not in undone:
            file = take(file, one)
    return file


def fold_all(subject_id: UUID, facts: Iterable[Fact]) -> CreditFile:
    """Fold a stream from its beginning."""
    file = CreditFile.empty(subject_id)
    for fact in facts:
        file = fold(file, fact)
    return file


def foresee(file: CreditFile, context: Context, events: Iterable[Event]) -> CreditFile:
    """The file as it will be once the events are stored by this officer, now; nothing is stored here."""
    officer, filing = context.officer, context.filing
    actor = Actor(
        officer_id=officer.officer_id, role=officer.role, section=officer.section, on_behalf_of=officer.on_behalf_of
    )
    envelope = Envelope(actor=actor, case_no=filing.case_no, source=filing.source)
    for event in events:
        file = fold(file, Fact(file.subject_id, file.version + 1, envelope, event, recorded_at=context.now))
    return file
