"""Appending: one fact by one and by eight writers, and a thousand facts at once, with the same bytes everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from threading import Barrier, Thread
from time import perf_counter
from uuid import UUID, uuid4

from domain.credit_file.record import PenaltyRecorded
from domain.event import Actor, Envelope, Event, Fact, Source
from domain.register.batch import Batch, NewFact, NewRequest
from domain.register.register import CreditRegister
from tests.benchmarks.figures import Figure, Slice, for_a_while, interleave
from tests.benchmarks.peers import RawTable, new_stream, stock_recorder, stored_events
from tests.databases import Database

PART = "append"
MASTER_KEY = bytes(range(32))
FACTS_OF_A_STREAM = 20
BATCH = 1_000
WRITERS = (1, 8)
DIGEST = bytes(32)

Write = Callable[[NewFact], object]


def measure(database: Database, *, seconds: float, rounds: int) -> list[Figure]:
    """Every figure of this part, on a database of its own."""
    with (
        CreditRegister.connect(database.app_url, MASTER_KEY, pool_size=8) as register,
        closing(RawTable(database.owner_url)) as raw,
        stock_recorder(database.owner_url) as stock,
    ):
        recorder = register.facts_recorder
        state = sample_state(register)

        def ours(fact: NewFact) -> object:
            return recorder.append(Batch([fact]))

        def ours_asked(fact: NewFact) -> object:
            return recorder.append(Batch([fact], [NewRequest(uuid4(), DIGEST, 0, 1)]))

        def stocks(fact: NewFact) -> object:
            return stock.insert_events(stored_events([fact]))

        modes: dict[str, Slice] = {}
        for count in WRITERS:
            raws: list[Write] = [raw.writer() for _ in range(count)]
            modes[f"raw {count}"] = writing(raws, state, seconds)
            modes[f"stock {count}"] = writing([stocks] * count, state, seconds)
            modes[f"ours {count}"] = writing([ours] * count, state, seconds)
            modes[f"asked {count}"] = writing([ours_asked] * count, state, seconds)
        modes["copy"] = lambda: for_a_while(lambda: many(raw.copy, state), seconds)
        modes["stock batch"] = lambda: for_a_while(
            lambda: many(lambda facts: stock.insert_events(stored_events(facts)), state), seconds
        )
        modes["ours batch"] = lambda: for_a_while(
            lambda: many(lambda facts: recorder.append(Batch(facts, [NewRequest(uuid4(), DIGEST, 0, BATCH)])), state),
            seconds,
        )
        found = interleave(modes, rounds)
    figures = []
    for count, target, stretch in ((1, 1.5, 0.65), (8, 2.0, 1.7)):
        words = "1 writer" if count == 1 else f"{count} writers"
        for mode, what, wanted in (("asked", "one fact with its request", target), ("ours", "one fact", None)):
            rate, what = found.rate(f"{mode} {count}"), f"{what}, {words}"
            ratio = found.ratio(f"{mode} {count}", f"stock {count}")
            figures.append(Figure(PART, what, rate, "facts/s", "stock recorder", ratio, wanted))
            against_raw = found.ratio(f"{mode} {count}", "raw 1")
            goal = stretch if mode == "asked" else None
            figures.append(Figure(PART, what, rate, "facts/s", "raw INSERT, 1 writer (stretch)", against_raw, goal))
    rate, what = found.rate("ours batch"), f"{BATCH:,} facts at once"
    figures.append(Figure(PART, what, rate, "facts/s", "stock recorder", found.ratio("ours batch", "stock batch"), 3))
    figures.append(Figure(PART, what, rate, "facts/s", "binary COPY (stretch)", found.ratio("ours batch", "copy"), 0.6))
    return figures


def writing(writes: list[Write], state: bytes, seconds: float) -> Slice:
    """One thread for each writer, each with streams of its own."""

    def run() -> float:
        done = [0] * len(writes)
        together = Barrier(len(writes) + 1)

        def work(place: int) -> None:
            write, facts = writes[place], stream_of_facts(state)
            together.wait()
            until = perf_counter() + seconds
            while perf_counter() < until:
                write(next(facts))
                done[place] += 1

        threads = [Thread(target=work, args=(place,)) for place in range(len(writes))]
        for thread in threads:
            thread.start()
        together.wait()
        begun = perf_counter()
        for thread in threads:
            thread.join()
        return sum(done) / (perf_counter() - begun)

    return run


def stream_of_facts(state: bytes) -> Iterator[NewFact]:
    """Facts without end, some to each stream."""
    while True:
        stream = new_stream()
        for version in range(1, FACTS_OF_A_STREAM + 1):
            yield NewFact(stream, version, PenaltyRecorded.TOPIC, state)


def many(write: Callable[[list[NewFact]], object], state: bytes) -> int:
    facts = stream_of_facts(state)
    write([next(facts) for _ in range(BATCH)])
    return BATCH


def sample_state(register: CreditRegister) -> bytes:
    """The stored bytes of an invented penalty."""
    envelope = Envelope(
        actor=Actor(officer_id="样例员甲", role="handler", section="market_order"),
        case_no="样例〔2026〕1号",
        source=Source(system="import", batch=str(UUID(int=1)), row=2),
    )
    fact = Fact(UUID(int=2), 1, envelope, sample_penalty(), 1, datetime(2026, 3, 2, tzinfo=UTC))
    return register.facts_mapper.to_new_fact(fact).state


def sample_penalty() -> Event:
    return PenaltyRecorded(
        entry_id=str(UUID(int=3)),
        counterpart_name="营口样例商贸有限公司",
        counterpart_kind="法人及非法人组织",
        code="91210803XX00000017",
        document_no="样例罚决字〔2026〕第1号",
        decided_on=date(2026, 3, 1),
        content="罚款29500元",
        authority="样例商务局",
        conduct="样例行为",
        facts="经查，当事人有样例行为，事实清楚，证据确凿。",
        penalty_basis="《样例条例》第一条",
        penalty_kinds=("罚款",),
        fine_fen=2_950_000,
    )
