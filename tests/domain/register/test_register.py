"""The way of an act into the log: receipts, refusals, requests, reservations, rivals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from domain.context import Context
from domain.event import Event, Evidence
from domain.refusals import CodeTaken, NotAllowed, RequestIdReused, RivalsKeptWriting
from domain.register.acts import Receipt, act_on
from tests.databases import Database
from tests.domain.register.samples import (
    MASTER_KEY,
    NOW,
    RULEBOOK,
    SAMPLE,
    AlreadyOpen,
    Noted,
    NotedBefore,
    NotOpen,
    SampleFile,
    SampleRegister,
    always,
    asked,
    context,
    note,
    note_always,
    noting,
    open_file,
    opening,
    take_code,
)

pytestmark = pytest.mark.on_both_servers


def test_an_act_is_stored_and_its_receipt_says_where(register: SampleRegister) -> None:
    stream = uuid4()
    first = register.do_on(SAMPLE, open_file, stream, context())
    second = register.do_on(SAMPLE, note, stream, context(), "甲", "乙")
    rows = register.facts_recorder.select_positions(1, 99)
    assert [(one.version, one.position) for one in (*first.events, *second.events)] == [(1, 1), (2, 2), (3, 3)]
    assert second.first_version == 2
    assert second.position == 3
    assert [one.digest for one in (*first.events, *second.events)] == [sha256(row[3]).hexdigest() for row in rows]
    assert [one.recorded_at for one in second.events] == [row[5] for row in rows[1:]]
    assert register.load_on(SAMPLE, stream).notes == (Noted(text="甲"), Noted(text="乙"))


def test_an_envelope_says_who_in_which_case_on_which_papers_and_rows(register: SampleRegister) -> None:
    def note_by_law(file: SampleFile, one: Context) -> list[Event]:
        used = one.rules.select("upload.due", decided_on=NOW.date())
        return [Noted(text=used.name)]

    papers = (Evidence(title="样例决定书", document_no="样例〔2026〕1号"),)
    surroundings = context(case_no="样例-1", evidence=papers)
    surroundings.rules.select("repair.accept", pushed_on=NOW.date())
    stream = uuid4()
    register.do_on(SAMPLE, note_by_law, stream, surroundings)
    fact = register.history(stream)[0]
    assert fact.envelope.actor.officer_id == "样例经办人"
    assert (fact.envelope.case_no, fact.envelope.evidence) == ("样例-1", papers)
    assert fact.envelope.rulebook_version == RULEBOOK.version
    assert isinstance(fact.event, Noted)
    assert [one.rule for one in fact.envelope.legal_basis] == [fact.event.text]


def test_a_refused_act_stores_nothing_and_the_next_position_leaves_no_gap(register: SampleRegister) -> None:
    stream = uuid4()
    with pytest.raises(NotOpen):
        register.do_on(SAMPLE, note, stream, asked(), "甲")
    assert register.head() == (0, None)
    assert register.do_on(SAMPLE, open_file, stream, context()).position == 1


def test_an_act_that_decides_nothing_has_a_receipt_without_facts(register: SampleRegister) -> None:
    assert register.do_on(SAMPLE, note_always, uuid4(), asked()).events == ()
    assert register.head() == (0, None)


def test_an_officer_without_the_power_is_refused_before_the_file_is_looked_at(register: SampleRegister) -> None:
    with pytest.raises(NotAllowed):
        register.do_on(SAMPLE, note, uuid4(), context(role="auditor"), "甲")


def test_the_same_request_gets_its_first_receipt_though_the_act_would_now_be_refused(register: SampleRegister) -> None:
    stream, request = uuid4(), uuid4()
    first = register.do_on(SAMPLE, open_file, stream, asked(request), "X1")
    again = register.do_on(SAMPLE, open_file, stream, context(now=NOW + timedelta(days=9), request_id=request), "X1")
    assert again.repeated
    assert (again.stream, again.events) == (first.stream, first.events)
    assert register.head()[0] == 1


def test_the_same_request_gets_its_first_receipt_though_the_act_could_be_repeated(register: SampleRegister) -> None:
    stream, request = uuid4(), uuid4()
    first = register.do_on(SAMPLE, note_always, stream, asked(request), "甲", "乙")
    again = register.do_on(SAMPLE, note_always, stream, asked(request), "甲", "乙")
    assert (again.events, again.repeated) == (first.events, True)
    assert register.head()[0] == 2


def test_a_request_id_with_other_content_is_refused(register: SampleRegister) -> None:
    stream, request = uuid4(), uuid4()
    register.do_on(SAMPLE, note_always, stream, asked(request), "甲")
    with pytest.raises(RequestIdReused):
        register.do_on(SAMPLE, note_always, stream, asked(request), "乙")
    with pytest.raises(RequestIdReused):
        register.do_on(SAMPLE, note_always, uuid4(), asked(request), "甲")
    with pytest.raises(RequestIdReused):
        register.do_on(SAMPLE, note_always, stream, context(officer_id="另一经办人", request_id=request), "甲")
    assert register.head()[0] == 1


def test_a_refused_request_is_decided_anew(register: SampleRegister) -> None:
    stream, request = uuid4(), uuid4()
    with pytest.raises(NotOpen):
        register.do_on(SAMPLE, note, stream, asked(request), "甲")
    register.do_on(SAMPLE, open_file, stream, context())
    assert not register.do_on(SAMPLE, note, stream, asked(request), "甲").repeated


def test_a_code_belongs_to_the_stream_that_claimed_it_first(register: SampleRegister) -> None:
    first, second = uuid4(), uuid4()
    register.do_on(SAMPLE, open_file, first, context(), "X1")
    with pytest.raises(CodeTaken):
        register.do_on(SAMPLE, open_file, second, context(), "X1")
    assert register.facts_recorder.select("SELECT code, subject_id FROM subject_code") == [("X1", first)]


def test_a_stream_may_state_its_own_code_again(register: SampleRegister) -> None:
    stream = uuid4()
    register.do_on(SAMPLE, take_code, stream, context(), "X1")
    register.do_on(SAMPLE, take_code, stream, context(), "X2")
    assert register.do_on(SAMPLE, take_code, stream, context(), "X1").position == 3


def test_a_rival_who_wrote_first_makes_the_act_be_decided_again(register: SampleRegister) -> None:
    stream, seen = uuid4(), []
    register.do_on(SAMPLE, open_file, stream, context())

    def note_late(file: SampleFile, one: Context) -> list[Event]:
        seen.append(len(file.notes))
        if not file.notes:
            register.do_on(SAMPLE, note, stream, context(), "甲")
        return note(file, one, "乙")

    assert register.do_on(SAMPLE, note_late, stream, context()).first_version == 3
    assert seen == [0, 1]


def test_a_rival_who_wrote_first_may_leave_only_a_refusal(register: SampleRegister) -> None:
    stream = uuid4()

    def open_late(file: SampleFile, one: Context) -> list[Event]:
        if file.opened is None:
            register.do_on(SAMPLE, open_file, stream, context())
        return open_file(file, one)

    with pytest.raises(AlreadyOpen):
        register.do_on(SAMPLE, open_late, stream, context())
    assert register.head()[0] == 1


def test_an_act_that_always_loses_is_told_so(register: SampleRegister) -> None:
    stream = uuid4()

    def note_slowly(file: SampleFile, one: Context) -> list[Event]:
        register.do_on(SAMPLE, note_always, stream, context(), "快")
        return [Noted(text="慢")]

    with pytest.raises(RivalsKeptWriting):
        register.do_on(SAMPLE, note_slowly, stream, context())
    assert {one.text for one in register.load_on(SAMPLE, stream).notes} == {"快"}


def test_many_acts_are_decided_in_order_each_on_what_came_before(register: SampleRegister) -> None:
    one, two = uuid4(), uuid4()
    acts = [noting(one, "早"), opening(one, "X1"), noting(one, "甲"), opening(two, "X1"), noting(one, "甲")]
    acts.append(opening(two))
    outcomes = register.do_many(acts, always(context()))
    assert [type(outcome) for outcome in outcomes] == [NotOpen, Receipt, Receipt, CodeTaken, NotedBefore, Receipt]
    assert [outcome.position for outcome in outcomes if isinstance(outcome, Receipt)] == [1, 2, 3]
    assert register.load_on(SAMPLE, one).notes == (Noted(text="甲"),)


def test_a_batch_gives_each_request_its_receipt_and_repeats_only_what_is_new(register: SampleRegister) -> None:
    stream, ids = uuid4(), [uuid4(), uuid4(), uuid4()]
    acts = [opening(stream), noting(stream, "甲"), noting(stream, "乙")]
    requests = {id(act): request for act, request in zip(acts, ids, strict=True)}
    first = register.do_many(acts[:2], lambda act: asked(requests[id(act)]))
    second = register.do_many(acts, lambda act: asked(requests[id(act)]))
    assert all(isinstance(one, Receipt) for one in (*first, *second))
    assert [one.repeated for one in second if isinstance(one, Receipt)] == [True, True, False]
    assert register.head()[0] == 3


def test_one_request_id_twice_in_a_batch_is_one_act(register: SampleRegister) -> None:
    stream, request = uuid4(), uuid4()
    acts = [opening(stream), noting(stream, "甲"), noting(stream, "甲"), noting(stream, "乙")]
    outcomes = register.do_many(acts, lambda act: context() if act is acts[0] else asked(request))
    assert isinstance(outcomes[2], Receipt)
    assert outcomes[2].repeated
    assert isinstance(outcomes[3], RequestIdReused)
    assert register.head()[0] == 2


def test_a_batch_that_keeps_losing_goes_one_by_one(register: SampleRegister) -> None:
    busy, calm, rivals = uuid4(), uuid4(), [5]

    def note_slowly(file: SampleFile, one: Context) -> list[Event]:
        if rivals[0]:
            rivals[0] -= 1
            register.do_on(SAMPLE, note_always, busy, context(), "快")
        return [Noted(text="慢")]

    outcomes = register.do_many([act_on(SAMPLE, note_slowly, busy), opening(calm)], always(context()))
    assert all(isinstance(one, Receipt) for one in outcomes)
    assert register.load_on(SAMPLE, busy).version == 6


def test_a_file_known_at_a_position_never_changes(register: SampleRegister) -> None:
    stream = uuid4()
    register.do_on(SAMPLE, open_file, stream, context())
    position = register.do_on(SAMPLE, note, stream, context(), "甲").position
    known = register.load_on(SAMPLE, stream, position)
    register.do_on(SAMPLE, note, stream, context(), "乙")
    assert register.load_on(SAMPLE, stream, position) == known
    assert len(register.history(stream, position)) == 2
    assert register.load_on(SAMPLE, stream, 0) == SampleFile(stream)


def test_the_event_stores_own_repository_folds_the_same_file(register: SampleRegister) -> None:
    stream = uuid4()
    register.do_many([opening(stream), noting(stream, "甲")], always(context()))

    def project(initial: SampleFile | None, facts: object) -> SampleFile | None:
        file = initial or SampleFile(stream)
        for fact in facts:  # type: ignore[attr-defined]
            file = file.fold(fact)
        return file

    assert register.repository.get(stream, projector_func=project) == register.load_on(SAMPLE, stream)  # type: ignore[type-var]


def test_a_rulebook_text_is_kept_under_its_hash_and_under_no_other(register: SampleRegister) -> None:
    register.keep_rulebook(RULEBOOK.version, RULEBOOK.text)
    register.keep_rulebook(RULEBOOK.version, RULEBOOK.text)
    assert register.rulebook_text(RULEBOOK.version) == RULEBOOK.text
    assert register.rulebook_text("0" * 64) is None
    with pytest.raises(Exception, match="version_is_the_hash"):
        register.keep_rulebook("0" * 64, RULEBOOK.text)


def test_a_simulated_register_records_at_the_instant_of_the_context(
    make_database: Callable[..., Database],
) -> None:
    with SampleRegister.connect(make_database(simulated=True).app_url, MASTER_KEY) as register:
        assert register.do_on(SAMPLE, open_file, uuid4(), context()).events[0].recorded_at == NOW
        earlier = context(now=NOW - timedelta(days=1))
        assert register.do_on(SAMPLE, open_file, uuid4(), earlier).events[0].recorded_at == NOW
        later = context(now=NOW + timedelta(days=1))
        assert register.do_on(SAMPLE, open_file, uuid4(), later).events[0].recorded_at == NOW + timedelta(days=1)
        assert register.is_simulated


def test_a_real_register_records_at_the_servers_clock(register: SampleRegister) -> None:
    receipt = register.do_on(SAMPLE, open_file, uuid4(), context())
    assert receipt.events[0].recorded_at > NOW
    assert not register.is_simulated


def test_the_processes_environment_changes_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "y")
    monkeypatch.setenv("CREDIT_MAPPER_TOPIC", "eventsourcing.persistence:Mapper")
    with SampleRegister.connect(database.app_url, MASTER_KEY) as register:
        assert not register.facts_recorder.datastore.enable_db_functions
        assert register.do_on(SAMPLE, open_file, UUID(int=7), context()).position == 1
