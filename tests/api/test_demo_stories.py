"""The demonstration shows the chapters of a file: whoever walks through it meets each of them, visibly invented."""

from __future__ import annotations

from uuid import UUID

import pytest

from api.demo.stories import all_stories
from domain.context import Context
from domain.credit_file.file import CHAPTERS, CreditFile, fold
from domain.event import Event, Fact
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.officer import check_may
from domain.register.register import noticed
from domain.register.writing import envelope_of

ELSEWHERE = {
    "preparations",  # of natural persons, prepared after the sample files are imported
    "protection",  # the daily job notes it of itself, and looking at sealed data is the visitor's own act
    "erasures",  # three people destroy a key for ever: not to be found done, only to be tried
}
SHOWN = {
    "CommitmentBreached", "BenefitRevoked", "DeadlineMissed", "ListingReinstated", "PenaltyAltered",
    "LicenceChanged", "RepairExtended", "RepairWithdrawn", "RepairRevoked", "MeasureLifted", "SubjectMerged",
    "FileJoined", "CaseReceived", "EntryUndone", "TierOverridden", "HearingHeld", "ServiceAnnounced",
}  # fmt: skip
"""What a newcomer looks for by name."""


@pytest.fixture(scope="module")
def played() -> dict[UUID, tuple[CreditFile, list[Event]]]:
    """Every file of the script with its events, played in memory under the law as known each day."""
    law, files = Rulebook.from_files(), dict[UUID, tuple[CreditFile, list[Event]]]()
    for step in all_stories().in_time():
        check_may(step.person.officer, step.decide.__name__)
        rules = Reading(law.as_known(step.when.date()))
        context = Context(step.when, step.person.officer, rules, step.filing)
        file, events = files.get(step.subject_id, (CreditFile.empty(step.subject_id), []))
        acts = [(one.decide, one.kwargs, surroundings) for one, surroundings in noticed(file, context)]
        for decide, arguments, surroundings in [*acts, (step.decide, step.kwargs, context)]:
            for event in decide(file, surroundings, **arguments):
                number = file.version + 1
                fact = Fact(step.subject_id, number, envelope_of(surroundings), event, 1, step.when, f"{number:064x}")
                file, events = fold(file, fact), [*events, event]
        files[step.subject_id] = file, events
    return files


def test_every_chapter_is_somewhere_in_the_demonstration(played: dict[UUID, tuple[CreditFile, list[Event]]]) -> None:
    happened = {type(event) for _, events in played.values() for event in events}
    silent = {name for name, chapter in CHAPTERS.items() if happened.isdisjoint(chapter.EVENTS)}
    assert silent == ELSEWHERE
    assert {one.__name__ for one in happened} >= SHOWN


def test_every_firm_says_in_its_name_that_it_is_invented(played: dict[UUID, tuple[CreditFile, list[Event]]]) -> None:
    names = [file.profile.name for file, _ in played.values() if file.profile]
    assert len(names) == len(played)
    assert all("样例" in name for name in names)
    assert len(set(names)) == len(names)
