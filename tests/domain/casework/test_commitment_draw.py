"""Drawing commitments at random: the published vectors of the sampler, and a draw nobody can steer."""

from __future__ import annotations

import json
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from domain.casework.commitment_draw import (
    Candidate,
    CommitmentsDrawn,
    Draw,
    DrawAnnounced,
    DrawAnnouncedAlready,
    DrawnAlready,
    DrawUnknown,
    PopulationChanged,
    PopulationEmpty,
    PublicValueAwaited,
    PublicValueKnown,
    PublicValueMissing,
    PublicValueUnnamed,
    Stratum,
    WitnessMissing,
    announce_draw,
    digest_of,
    draw,
    draw_commitments,
    fold,
    is_as_drawn,
    seed_of,
    strata_of,
    text_of,
    tickets,
)
from domain.refusals import SameOfficer
from tests.domain.given import GENG, SUBJECT, Given, Step, given, step

VECTORS = Path(__file__).resolve().parents[2] / "data" / "sampler" / "rivest_sampler_tests.json"
SIZES = {"A": 40, "C": 10, "D": 3}
POPULATION = tuple(
    Candidate(grade, f"样例{grade}{number:03}/承诺") for grade, size in SIZES.items() for number in range(size)
)
ANNOUNCE: dict[str, Any] = {
    "draw_id": "样例抽取一", "population": POPULATION, "known_at": 77, "public_value_of": "样例彩票第 2026001 期",
    "public_from": date(2026, 3, 4),
}  # fmt: skip
DRAWN: dict[str, Any] = {"population": POPULATION, "public_value": "0 3 7", "witness": "样例员丁"}
ANNOUNCED = step("2026-03-02", GENG, announce_draw, **ANNOUNCE)
DONE = step("2026-03-04", GENG, draw_commitments, **DRAWN)


def drawing(*steps: Step) -> Given:
    return given(*steps, empty=Draw.empty(SUBJECT), folded=fold)


CASES = json.loads(VECTORS.read_text(encoding="utf-8"))["tests"]


@pytest.mark.parametrize("case", CASES, ids=lambda one: str(one["data"]))
def test_draws_what_the_published_vectors_say(case: dict[str, Any]) -> None:
    data = case["data"]
    assert list(islice(tickets(data["seed"], data["total"]), data["count"])) == case["expected"]


def test_freezes_the_population_and_asks_a_share_of_each_grade() -> None:
    drawing().when(announce_draw, by=GENG, on="2026-03-02", **ANNOUNCE).then(
        DrawAnnounced(
            draw_id="样例抽取一", known_at=77, on=date(2026, 3, 2), population_sha256=digest_of(POPULATION),
            population_count=53, public_value_of="样例彩票第 2026001 期", public_from=date(2026, 3, 4),
            announced_on=date(2026, 3, 2),
            strata=(
                Stratum(grade="A", size=40, asked=2), Stratum(grade="C", size=10, asked=3),
                Stratum(grade="D", size=3, asked=3),
            ),
        )
    )  # fmt: skip


def test_rounds_a_share_up_and_never_asks_more_than_there_are() -> None:
    three = POPULATION[:3]
    assert strata_of(three, {"A": 1}) == (Stratum(grade="A", size=3, asked=1),)
    assert strata_of(three, {"A": 100}) == (Stratum(grade="A", size=3, asked=3),)
    assert strata_of(three, {"A": 0}) == (Stratum(grade="A", size=3, asked=0),)


def test_the_population_has_one_written_form_whatever_its_order() -> None:
    assert text_of((Candidate("B", "乙/1"), Candidate("A", "甲/2"), Candidate("B", "乙/1"))) == "A\t甲/2\nB\t乙/1\n"
    assert digest_of(reversed(POPULATION)) == digest_of(POPULATION)


def test_draws_the_asked_number_of_each_grade_the_same_on_any_machine() -> None:
    [event] = drawing(ANNOUNCED).when(draw_commitments, by=GENG, on="2026-03-04", **DRAWN).events
    assert isinstance(event, CommitmentsDrawn)
    assert event.seed == seed_of("0 3 7", digest_of(POPULATION))
    assert len(event.drawn) == len(set(event.drawn)) == 8
    assert [one.count("样例D") for one in event.drawn] == [0] * 5 + [1] * 3
    strata = (Stratum(grade="A", size=40, asked=2),)
    # The first tickets of this seed, once computed apart from this program: they must never change.
    assert draw(POPULATION, strata, "样例") == ("样例A030/承诺", "样例A037/承诺")


def test_another_value_or_another_population_gives_another_draw() -> None:
    strata = strata_of(POPULATION, {"A": 50, "C": 50, "D": 50})
    seeds = [seed_of("0 3 7", digest_of(POPULATION)), seed_of("0 3 8", digest_of(POPULATION)), seed_of("0 3 7", "00")]
    assert len({draw(POPULATION, strata, seed) for seed in seeds}) == 3


def test_an_auditor_finds_a_draw_as_recorded_and_any_other_not() -> None:
    state = drawing(ANNOUNCED, DONE).state
    assert is_as_drawn(state, reversed(POPULATION))
    assert not is_as_drawn(state, POPULATION[1:])
    assert not is_as_drawn(drawing(ANNOUNCED).state, POPULATION)
    assert state.drawn is not None
    other = state.drawn.model_copy(update={"drawn": tuple(reversed(state.drawn.drawn))})
    assert not is_as_drawn(type(state)(state.stream_id, 2, state.announced, state.announced_by, other), POPULATION)
    seed = state.drawn.model_copy(update={"seed": "样例"})
    assert not is_as_drawn(type(state)(state.stream_id, 2, state.announced, state.announced_by, seed), POPULATION)


def test_refuses_to_announce_twice_nothing_unnamed_or_what_is_known_already() -> None:
    now: dict[str, Any] = {"by": GENG, "on": "2026-03-02"}
    drawing(ANNOUNCED).when(announce_draw, **now, **ANNOUNCE | {"population": ()}).refused(DrawAnnouncedAlready)
    empty = ANNOUNCE | {"population": (), "public_value_of": ""}
    drawing().when(announce_draw, **now, **empty).refused(PopulationEmpty)
    unnamed = ANNOUNCE | {"public_value_of": " ", "public_from": date(2026, 3, 2)}
    drawing().when(announce_draw, **now, **unnamed).refused(PublicValueUnnamed)
    known = ANNOUNCE | {"public_from": date(2026, 3, 2)}
    drawing().when(announce_draw, **now, **known).refused(PublicValueKnown, today=date(2026, 3, 2))


def test_refuses_to_draw_what_nobody_announced_twice_or_before_the_value_is_public() -> None:
    drawing().when(draw_commitments, by=GENG, **DRAWN).refused(DrawUnknown)
    drawing(ANNOUNCED, DONE).when(draw_commitments, by=GENG, on="2026-03-03", **DRAWN).refused(DrawnAlready)
    drawing(ANNOUNCED).when(draw_commitments, by=GENG, on="2026-03-03", **DRAWN | {"public_value": ""}).refused(
        PublicValueAwaited, on=date(2026, 3, 4)
    )


def test_refuses_a_draw_without_value_or_witness_or_with_oneself_as_one() -> None:
    announced = drawing(ANNOUNCED)
    unread = DRAWN | {"public_value": " ", "witness": ""}
    announced.when(draw_commitments, by=GENG, **unread).refused(PublicValueMissing)
    announced.when(draw_commitments, by=GENG, **DRAWN | {"witness": " ", "population": ()}).refused(WitnessMissing)
    own = DRAWN | {"witness": GENG.officer_id, "population": ()}
    announced.when(draw_commitments, by=GENG, **own).refused(SameOfficer)


def test_refuses_to_draw_from_another_population_than_the_one_announced() -> None:
    drawing(ANNOUNCED).when(draw_commitments, by=GENG, **DRAWN | {"population": POPULATION[1:]}).refused(
        PopulationChanged
    )
