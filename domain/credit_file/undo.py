"""Undoing a wrong entry (撤销误录): an officer's own slip is taken back on the day it was made.

An entry is what the officer typed of something that happened elsewhere: a licence, a penalty, a name, a decision
received. What the bureau decided, served or released is no entry: it is revoked, corrected or withdrawn by its own act;
what the subject filed is taken back by the subject.
The file is then as if the entry had not been made; that it was, and was undone, stays in it. From the next day on, and
once anything rests on the entry, it is corrected or annulled instead.
Basis: 营商〔2020〕65号 二(四) (records are true and complete); 个人信息保护法 8, 46.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar

from domain.context import Context, day_of
from domain.credit_file.commitment_events import CommitmentChecked, CommitmentFulfilled, CommitmentMade
from domain.credit_file.conduct import (
    AdverseConductRecorded,
    HonourRecorded,
    QualificationRecognised,
    RecognitionEnded,
)
from domain.credit_file.listing_events import ListingDecisionReceived
from domain.credit_file.persons import PersonLinked, PersonUnlinked
from domain.credit_file.profile_events import StatusChanged, SubjectRenamed
from domain.credit_file.record import LicenceRecorded, PenaltyPerformed, PenaltyRecorded
from domain.credit_file.record_events import LicenceChanged, ObligationFulfilled, PenaltyAltered
from domain.credit_file.remedy import RemedyConcluded, RemedyRecorded
from domain.credit_file.repair_events import RepairSupplemented, RepairWithdrawn
from domain.credit_file.steps import texts_in
from domain.credit_file.succession import FileJoined, PredecessorReceived, SubjectMerged, SubjectSplit
from domain.credit_file.transfer import CaseTransferred
from domain.event import Event, Fact, Origin
from domain.refusals import Refused, SubjectUnknown

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Events


class EntryUndone(Event):
    """States that the facts `of_version` through `through_version` of this file, one act, were a slip and do not count.

    Since v1. Basis: 个人信息保护法 8, 46 (accuracy, correction).
    """

    TOPIC: ClassVar[str] = "credit/EntryUndone.v1"
    of_version: int
    through_version: int
    reason: str


# State


@dataclass(frozen=True, slots=True)
class Undone:
    """One fact that does not count, and the event that says so."""

    undone: EntryUndone
    origin: Origin


Undoings = dict[int, Undone]
"""By the version of the fact that does not count."""

# Evolve


@singledispatch
def evolve(event: Event, undoings: Undoings, fact: Fact) -> Undoings:
    """Fold one event in; `file.fold` takes the facts themselves out. An event of another chapter is corruption."""
    raise TypeError(f"undoings cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: EntryUndone, undoings: Undoings, fact: Fact) -> Undoings:
    return undoings | {version: Undone(event, fact.origin) for version in versions_of(event)}


EVENTS: tuple[type[Event], ...] = (EntryUndone,)

ENTRIES: frozenset[type[Event]] = frozenset({
    SubjectRenamed, StatusChanged, PersonLinked, PersonUnlinked, SubjectMerged, SubjectSplit, PredecessorReceived,
    FileJoined, CaseTransferred, LicenceRecorded, LicenceChanged, PenaltyRecorded, PenaltyPerformed,
    ObligationFulfilled, PenaltyAltered, QualificationRecognised, HonourRecorded, RecognitionEnded,
    AdverseConductRecorded, CommitmentMade, CommitmentFulfilled, CommitmentChecked, ListingDecisionReceived,
    RepairSupplemented, RepairWithdrawn, RemedyRecorded, RemedyConcluded,
})  # fmt: skip
"""First events of the acts that only enter what happened elsewhere. A registration and a change of code are none:
the code belongs to the file for ever, so both are put right by the next change. Nor is what the subject itself
filed (an application for repair, an objection, a request for access): only its applicant takes that back."""


def versions_of(event: EntryUndone) -> range:
    """The versions that do not count."""
    return range(event.of_version, event.through_version + 1)


# Checks


class FactUnknown(Refused):
    zh = "本档案没有第 {version} 号记录；请从档案经过中选择。"
    en = "The file has no fact number {version}; choose one of its history."
    kind = "unknown"


class UndoneAlready(Refused):
    zh = "第 {version} 号记录已经撤销；无需再办。"
    en = "Fact number {version} is undone already; there is nothing more to do."


class NotOfToday(Refused):
    zh = "误录只能在录入当日撤销；请改办更正或撤销记录。"
    en = "A slip is undone on the day it was made; correct or annul the record instead."


class NotYourEntry(Refused):
    zh = "该记录由他人录入；请由录入人本人撤销，或改办更正。"
    en = "Another officer made this entry; that officer undoes it, or it is corrected."
    kind = "forbidden"


class NotAnEntry(Refused):
    zh = "该记录是决定、送达、公示、导入或当事人的申请，不是手工录入；请按其自身程序更正、撤回或撤销。"
    en = "That is a decision, a service, a release, an import or a filing, not an entry by hand; use its own way."


class BuiltUpon(Refused):
    zh = "第 {later} 号记录已以该记录为基础；请改办更正或撤销记录。"
    en = "Fact number {later} rests on it already; correct or annul the record instead."


class UndoReasonMissing(Refused):
    zh = "撤销误录须写明理由；请填写。"
    en = "Undoing an entry needs a reason; fill it in."
    field = "reason"


def act_of(facts: tuple[Fact, ...], version: int) -> tuple[Fact, ...]:
    """The facts that one act recorded together with the fact of that version: neighbours of one request."""
    at = next(place for place, one in enumerate(facts) if one.originator_version == version)
    request_id = facts[at].envelope.request_id
    first = last = at
    while request_id is not None and first > 0 and facts[first - 1].envelope.request_id == request_id:
        first -= 1
    while request_id is not None and last + 1 < len(facts) and facts[last + 1].envelope.request_id == request_id:
        last += 1
    return facts[first : last + 1]


def fact_of_today(file: CreditFile, context: Context, version: int) -> tuple[Fact, ...]:
    """The act of today that recorded the fact, of this officer.

    Refused, in this order: FactUnknown, UndoneAlready, NotOfToday, NotYourEntry, NotAnEntry.
    """
    if not 1 <= version <= file.version:
        raise FactUnknown(version=version)
    if version in file.undoings:
        raise UndoneAlready(version=version)
    facts = file.day.facts if file.day is not None else ()
    if all(one.originator_version != version for one in facts):
        raise NotOfToday
    act = act_of(facts, version)
    if any(one.recorded_at is not None and day_of(one.recorded_at) != context.today for one in act):
        raise NotOfToday
    if act[0].envelope.actor.officer_id != context.officer.officer_id:
        raise NotYourEntry
    source = act[0].envelope.source.system
    if source != "takeover" and (source != "desk" or type(act[0].event) not in ENTRIES):
        raise NotAnEntry
    return act


def check_nothing_rests_on(file: CreditFile, act: tuple[Fact, ...]) -> None:
    """No later fact names what the act named; of an act about the subject as a whole, nothing followed at all."""
    assert file.day is not None
    named = {text for one in act for text in _ids(one.event)}
    for later in file.day.facts:
        if later.originator_version <= act[-1].originator_version or later.originator_version in file.undoings:
            continue
        if isinstance(later.event, EntryUndone):
            continue
        if not named or named & set(texts_in(later.event)):
            raise BuiltUpon(later=later.originator_version)


def _ids(event: Event) -> Iterator[str]:
    """The ids by which other facts name what the event states."""
    for name, value in event:
        if name.endswith("_id") and isinstance(value, str):
            yield value


# Decisions


def undo_entry(file: CreditFile, context: Context, *, version: int, reason: str) -> list[Event]:
    """Undo one's own wrong entry of today (撤销误录), with everything the same act recorded; of a joined file too.

    Refused, in this order: SubjectUnknown, FactUnknown, UndoneAlready, NotOfToday, NotYourEntry, NotAnEntry, BuiltUpon,
    UndoReasonMissing.
    Basis: 营商〔2020〕65号 二(四); 个人信息保护法 8, 46.
    """
    if file.profile is None:
        raise SubjectUnknown
    act = fact_of_today(file, context, version)
    check_nothing_rests_on(file, act)
    if not reason.strip():
        raise UndoReasonMissing
    first, last = act[0].originator_version, act[-1].originator_version
    return [EntryUndone(of_version=first, through_version=last, reason=reason)]
