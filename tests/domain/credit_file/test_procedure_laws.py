"""Laws of procedure, told from the facts alone: who did what before whom, what ended what, and what changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings

from domain.context import day_of
from domain.credit_file.commitment_events import CommitmentBreached, CommitmentMade
from domain.credit_file.conduct import (
    AdverseConductRecorded,
    ConductAnnulled,
    ConductCorrected,
    HonourRecorded,
    QualificationRecognised,
    RecognitionEnded,
)
from domain.credit_file.deadline import DeadlineMissed
from domain.credit_file.disclosure import Disclosed, DisclosureWithdrawn
from domain.credit_file.disclosure_preparing import DisclosurePrepared
from domain.credit_file.duties import owed
from domain.credit_file.erasure import DataErased, ErasureApproved, ErasureProposed
from domain.credit_file.file import CreditFile, fold_all
from domain.credit_file.listing import (
    Exited,
    LegalityReviewed,
    Listed,
    ListingDecided,
    ListingNoticeServed,
    ListingProposed,
    ListingStatementReceived,
)
from domain.credit_file.listing_events import HearingHeld, HearingRequested, ListingCorrected, StatementWaived
from domain.credit_file.measure import MeasureApplied, MeasureLifted, measures_on
from domain.credit_file.objection import ObjectionDecided, ObjectionVerified
from domain.credit_file.record import Classified, LicenceRecorded, PenaltyRecorded, RecordAnnulled, RecordCorrected
from domain.credit_file.record_events import FALLEN, PenaltyAltered
from domain.credit_file.repair import Repaired
from domain.credit_file.repair_events import RepairDecided, RepairRevoked, RepairVerified
from domain.credit_file.standing import Standing
from domain.credit_file.undo import EntryUndone
from domain.event import Event, Fact
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from projections.views.subject_search import card, findable
from tests.domain import naive
from tests.domain.desk import Desk, interesting_days
from tests.domain.given import RULEBOOK, SUBJECT, rules
from tests.domain.histories import histories

DAY = timedelta(days=1)
law = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

APART: tuple[tuple[tuple[type[Event], ...], type[Event], str], ...] = (
    ((LicenceRecorded, PenaltyRecorded, Classified, RecordCorrected, DisclosurePrepared), Disclosed, "entry_id"),
    ((ListingProposed,), LegalityReviewed, "listing_id"),
    ((ListingProposed, LegalityReviewed), ListingDecided, "listing_id"),
    ((RepairVerified,), RepairDecided, "repair_id"),
    ((RepairDecided,), RepairRevoked, "repair_id"),
    ((ObjectionVerified,), ObjectionDecided, "objection_id"),
    ((CommitmentMade,), CommitmentBreached, "commitment_id"),
    ((ErasureProposed,), ErasureApproved, "erasure_id"),
    ((ErasureProposed, ErasureApproved), DataErased, "erasure_id"),
)
"""Who handled a case is not who concludes it: the earlier events, the later one, and what names the case."""

OF_ANOTHER_NAME: dict[type[Event], str] = {
    QualificationRecognised: "conduct_id", HonourRecorded: "conduct_id", AdverseConductRecorded: "conduct_id",
    ConductCorrected: "conduct_id", CommitmentMade: "commitment_id", Listed: "listing_id",
    ListingCorrected: "listing_id",
}  # fmt: skip
"""What else makes somebody an author of what is released, by what names it there."""


def counted(desk: Desk) -> list[Fact]:
    """The facts that were not undone."""
    return naive.without_slips(desk.facts)


def days(desk: Desk) -> list[Any]:
    return interesting_days(desk)[::3]


def said(found: Standing | None) -> tuple[Any, ...]:
    """A standing without the numbers of the facts behind it."""
    if found is None:
        return ()
    fields = sorted((one.item, one.about, one.value) for one in found.fields)
    return found.name, fields, sorted(found.shown), found.on_lists, found.tier and found.tier.grade


# Who does what


@law
@given(desk=histories())
def test_nobody_concludes_what_they_handled(desk: Desk) -> None:
    facts = counted(desk)
    for place, fact in enumerate(facts):
        for before, after, name in APART:
            if not isinstance(fact.event, after):
                continue
            case = getattr(fact.event, name)
            for one in facts[:place]:
                if isinstance(one.event, before) and getattr(one.event, name) == case:
                    assert one.envelope.actor.officer_id != fact.envelope.actor.officer_id, (one.event, fact.event)


@law
@given(desk=histories())
def test_nothing_is_released_by_one_of_its_authors(desk: Desk) -> None:
    facts = counted(desk)
    for place, fact in enumerate(facts):
        if isinstance(fact.event, Disclosed):
            for one in facts[:place]:
                name = OF_ANOTHER_NAME.get(type(one.event))
                if name is not None and getattr(one.event, name) == fact.event.entry_id:
                    assert one.envelope.actor.officer_id != fact.envelope.actor.officer_id, (one.event, fact.event)


@law
@given(desk=histories())
def test_nothing_is_shown_that_nobody_released_by_then(desk: Desk) -> None:
    released = [fact.event for fact in counted(desk) if isinstance(fact.event, Disclosed)]
    for on in days(desk):
        answer = desk.standing(on)
        assert answer is not None
        assert set(answer.shown) <= {one.entry_id for one in released if one.disclosed_from <= on}


# What comes before what


@law
@given(desk=histories())
def test_nobody_is_listed_unheard(desk: Desk) -> None:
    """Notice first; then a statement, a waiver or a hearing, or the time to speak ran out. Honours are not against."""
    facts = counted(desk)
    for place, fact in enumerate(facts):
        if not isinstance(fact.event, ListingDecided) or desk.file.listings[fact.event.listing_id].announced:
            continue
        case = fact.event.listing_id
        before = [one.event for one in facts[:place] if getattr(one.event, "listing_id", None) == case]
        [notice] = [one for one in before if isinstance(one, ListingNoticeServed)]
        was_heard = any(isinstance(one, ListingStatementReceived | StatementWaived | HearingHeld) for one in before)
        term = rules().term("list.statement", days={"notice_served_on": notice.served_on})
        assert fact.recorded_at is not None
        assert was_heard or (term.until is not None and term.until < day_of(fact.recorded_at))
        if any(isinstance(one, HearingRequested) for one in before):
            assert any(isinstance(one, HearingHeld | StatementWaived) for one in before)


# What ends what


def fallen(fact: Fact) -> Iterator[tuple[str, Any]]:
    """What the fact takes away, and from which day on."""
    one = fact.event
    if isinstance(one, RecordAnnulled):
        yield one.entry_id, one.annulled_on
    if isinstance(one, PenaltyAltered) and one.kind in FALLEN:
        yield one.entry_id, one.altered_on
    if isinstance(one, DisclosureWithdrawn):
        yield one.entry_id, one.withdrawn_on
    if isinstance(one, ConductAnnulled):
        yield one.conduct_id, one.annulled_on
    if isinstance(one, RecognitionEnded):
        yield one.conduct_id, one.effective_on
    if isinstance(one, Repaired):
        yield one.target_id, one.effective_on
    if isinstance(one, Exited):
        yield one.listing_id, one.effective_on


@law
@given(desk=histories())
def test_what_loses_its_basis_is_off_the_page_the_same_day(desk: Desk) -> None:
    for fact in counted(desk):
        after = Desk(desk.today)
        after.reached = type(desk.reached)(desk.past[fact.originator_version], desk.reached.fold)
        for entry_id, on in fallen(fact):
            assert fact.recorded_at is not None
            for day in {on, day_of(fact.recorded_at)}:
                answer = after.standing(day)
                assert answer is not None
                assert day < on or entry_id not in answer.shown, (fact.event, day)


@law
@given(desk=histories())
def test_no_measure_outlives_what_it_rests_on(desk: Desk) -> None:
    facts = counted(desk)
    for place, fact in enumerate(facts):
        one = fact.event
        if not isinstance(one, Repaired | Exited) or (isinstance(one, Exited) and one.cause == "term"):
            continue
        target = one.target_id if isinstance(one, Repaired) else one.listing_id
        taken = [each.event for each in facts[:place] if isinstance(each.event, MeasureApplied)]
        lifted = {each.event.measure_id: each.event for each in facts if isinstance(each.event, MeasureLifted)}
        for measure in taken:
            if measure.target_id != target or (measure.until is not None and measure.until < one.effective_on):
                continue
            first_without = max(one.effective_on, measure.from_on)
            assert lifted[measure.measure_id].lifted_on <= first_without, (one, measure)
            running = {each.measure_id for each in measures_on(desk.file, first_without, rules())}
            assert measure.measure_id not in running


# What changes nothing


@law
@given(desk=histories())
def test_what_the_system_notes_changes_no_answer_for_any_date(desk: Desk) -> None:
    desk.wait(400)
    desk.run_daily_job()
    for place in range(3):
        for name in ("expire_commitment", "end_retention"):
            desk.work(name, place, 0, 0)
    on_days = days(desk)
    for fact in desk.facts:
        if fact.envelope.actor.role == "system":
            before, after = desk.past[fact.originator_version - 1], desk.past[fact.originator_version]
            for on in on_days:
                assert said(at_version(desk, before, on)) == said(at_version(desk, after, on)), (fact.event, on)


@law
@given(desk=histories())
def test_an_erased_text_changes_nothing_but_the_erasure(desk: Desk) -> None:
    for fact in desk.facts:
        if isinstance(fact.event, DataErased):
            before, after = desk.past[fact.originator_version - 1], desk.past[fact.originator_version]
            for on in days(desk):
                assert said(at_version(desk, before, on)) == said(at_version(desk, after, on))
            assert card(before, rules()) == card(after, rules())


@law
@given(desk=histories())
def test_an_undone_slip_is_as_if_it_had_never_been(desk: Desk) -> None:
    """Told again without the slip and its undoing, the file says the same on every day."""
    left, slips = counted(desk), any(isinstance(fact.event, EntryUndone) for fact in desk.facts)
    if slips:
        again = fold_all(SUBJECT, [renumbered(fact, place) for place, fact in enumerate(left, start=1)])
        for on in days(desk):
            assert said(at_version(desk, desk.file, on)) == said(at_version(desk, again, on)), on


def renumbered(fact: Fact, number: int) -> Fact:
    return Fact(SUBJECT, number, fact.envelope, fact.event, fact.position, fact.recorded_at, fact.digest)


def at_version(desk: Desk, file: CreditFile, on: Any) -> Standing | None:
    there = Desk(desk.today)
    there.reached = type(desk.reached)(file, desk.reached.fold)
    return there.standing(on)


# What is read again


@law
@given(desk=histories())
def test_a_missed_deadline_is_found_again_from_the_text_that_is_stored(desk: Desk) -> None:
    desk.wait(93)
    desk.run_daily_job()
    stored = Rulebook.from_text(RULEBOOK.text)
    for fact in desk.facts:
        if isinstance(fact.event, DeadlineMissed):
            before = desk.past[fact.originator_version - 1]
            terms = [
                one.term.until
                for one in owed(before, Reading(stored))
                if (one.act, one.case_id) == (fact.event.duty, fact.event.case_id) and one.term is not None
            ]
            assert fact.event.due_on in terms


@law
@given(desk=histories())
def test_a_joined_file_is_found_by_nobody_and_takes_no_act(desk: Desk) -> None:
    for file in desk.past:
        if file.succession.joined is not None:
            assert findable(file, rules()) == []
            assert [*owed(file, rules())] == []
    joined = desk.file.succession.joined
    if joined is not None:
        later = [fact.event for fact in desk.facts if fact.originator_version > joined[1].version]
        assert all(isinstance(one, EntryUndone) for one in later)
