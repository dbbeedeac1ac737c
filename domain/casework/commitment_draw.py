"""Drawing commitments for checking at random (随机抽取承诺): nobody chooses who is checked, and anybody can draw again.

First the population is frozen: which commitments run on a day, as known at a position of the log; its SHA-256 and count
are recorded with how many are asked of each grade, and with the public value that will decide, such as the number of a
lottery of a later day. Once that value is public, a witness reads it out and the commitments are drawn. The seed is the
public value and the population's SHA-256: whoever froze the population could not know the one, and whoever reads out
the value can no longer change the other. The same population and seed give the same draw on any machine.
Method: the sampler of Ronald L. Rivest (2011): the i-th ticket is SHA-256 of ``seed,i`` as a whole number, modulo the
size, plus one; a number drawn before is passed over.
A grade steers how many are looked at and decides nothing about anybody.
Basis: 营商〔2020〕65号 二(一)2, 4; 优化营商环境条例 54; rulebook rows `commitment.check_share` (unverified).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from itertools import count
from typing import ClassVar
from uuid import UUID

from domain.context import Context
from domain.event import Event, Fact, Frozen, Origin
from domain.refusals import Refused, SameOfficer

METHOD = "rivest-sampler-2011"
SHARE = "commitment.check_share"

# Population


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """One commitment that may be drawn: the grade of its subject, and ``subject/commitment``."""

    grade: str
    reference: str


class Stratum(Frozen):
    """The commitments of one grade: how many there are, and how many of them are asked for."""

    grade: str
    size: int
    asked: int


def text_of(population: Iterable[Candidate]) -> str:
    """The population in its one written form: a line ``grade TAB reference`` for each, sorted."""
    return "".join(f"{one.grade}\t{one.reference}\n" for one in sorted(set(population)))


def digest_of(population: Iterable[Candidate]) -> str:
    """SHA-256 of the written form, hex."""
    return hashlib.sha256(text_of(population).encode()).hexdigest()


def strata_of(population: Iterable[Candidate], percents: Mapping[str, int]) -> tuple[Stratum, ...]:
    """How many of each grade are asked for: its percentage, rounded up, so that no grade with a share goes free."""
    sizes: dict[str, int] = {}
    for one in sorted(set(population)):
        sizes[one.grade] = sizes.get(one.grade, 0) + 1
    return tuple(
        Stratum(grade=grade, size=size, asked=min(size, -(-size * percents[grade] // 100)))
        for grade, size in sizes.items()
    )


# The draw itself


def tickets(seed: str, total: int) -> Iterator[int]:
    """The numbers from 1 to `total` in the order drawn, repetitions included, without end."""
    for number in count(1):
        digest = hashlib.sha256(f"{seed},{number}".encode()).digest()
        yield int.from_bytes(digest, "big") % total + 1


def seed_of(public_value: str, population_sha256: str) -> str:
    """The seed of a draw."""
    return f"{public_value}/{population_sha256}"


def draw(population: Iterable[Candidate], strata: Iterable[Stratum], seed: str) -> tuple[str, ...]:
    """The references drawn, grade by grade; of each its population is numbered from 1 in its written order."""
    drawn: list[str] = []
    members = sorted(set(population))
    for stratum in strata:
        of_grade = [one.reference for one in members if one.grade == stratum.grade]
        found: dict[int, None] = {}
        for ticket in tickets(f"{seed}/{stratum.grade}", len(of_grade)) if of_grade else ():
            if len(found) >= stratum.asked:
                break
            found.setdefault(ticket)
        drawn += [of_grade[ticket - 1] for ticket in found]
    return tuple(drawn)


# Events


class DrawAnnounced(Event):
    """States that a population was frozen, and which public value will decide the draw.

    known_at            position of the log up to which the population is known; `on` the day its commitments run
    population_sha256   of its written form, hex; `population_count` its size
    strata              how many of each grade are asked for
    public_value_of     which value is awaited, such as a lottery and its number; `public_from` the day it comes out
    Since v1. Basis: 优化营商环境条例 54.
    """

    TOPIC: ClassVar[str] = "casework/DrawAnnounced.v1"
    draw_id: str
    known_at: int
    on: date
    population_sha256: str
    population_count: int
    strata: tuple[Stratum, ...]
    public_value_of: str
    public_from: date
    announced_on: date


class CommitmentsDrawn(Event):
    """States which commitments were drawn.

    method         name of the sampler; `seed` as it was used, from the public value and the population's SHA-256
    drawn          references ``subject/commitment`` in the order drawn
    witness        officer who read out the public value
    Since v1. Basis: 优化营商环境条例 54.
    """

    TOPIC: ClassVar[str] = "casework/CommitmentsDrawn.v1"
    draw_id: str
    population_sha256: str
    population_count: int
    method: str
    public_value: str
    seed: str
    drawn: tuple[str, ...]
    witness: str
    drawn_on: date


EVENTS: tuple[type[Event], ...] = (DrawAnnounced, CommitmentsDrawn)

# State


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: what was announced, and what was drawn; None until it happened."""

    stream_id: UUID
    version: int = 0
    announced: DrawAnnounced | None = None
    announced_by: Origin | None = None
    drawn: CommitmentsDrawn | None = None

    @classmethod
    def empty(cls, stream_id: UUID) -> Draw:
        """Before anything was announced."""
        return cls(stream_id)


@singledispatch
def evolve(event: Event, one: Draw, fact: Fact) -> Draw:
    """Fold one event in. An event of another stream is corruption: stop."""
    raise TypeError(f"a draw cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: DrawAnnounced, one: Draw, fact: Fact) -> Draw:
    return replace(one, announced=event, announced_by=fact.origin)


@evolve.register
def _(event: CommitmentsDrawn, one: Draw, fact: Fact) -> Draw:
    return replace(one, drawn=event)


def fold(one: Draw, fact: Fact) -> Draw:
    """Fold one fact of a draw in."""
    return replace(evolve(fact.event, one, fact), version=fact.originator_version)


# Checks


class DrawAnnouncedAlready(Refused):
    zh = "该次抽取已经公告；请等待公开数值公布。"
    en = "This draw is already announced; wait for the public value."


class PopulationEmpty(Refused):
    zh = "当日没有履行中的承诺，无从抽取；请改日再办。"
    en = "No commitment runs on the day, so there is nothing to draw from; come back on another day."


class PublicValueUnnamed(Refused):
    zh = "没有写明以哪一项公开数值抽取（如某期彩票开奖号码）；请填写。"
    en = "Which public value will decide is not named, such as a lottery and its number; fill it in."
    field = "public_value_of"


class PublicValueKnown(Refused):
    zh = "公开数值须在公告之后公布；请选择 {today} 之后公布的数值。"
    en = "The public value must come out after the announcement; choose one of a day after {today}."
    field = "public_from"


class DrawUnknown(Refused):
    zh = "没有这次抽取；请先公告抽取。"
    en = "There is no such draw; announce it first."
    kind = "unknown"


class DrawnAlready(Refused):
    zh = "该次抽取已有结果；不能重抽。"
    en = "This draw has its result; it is never drawn again."


class PublicValueAwaited(Refused):
    zh = "公开数值在 {on} 才公布；请届时再抽取。"
    en = "The public value comes out on {on}; draw then."


class PopulationChanged(Refused):
    zh = "抽取范围与公告时不符；请按公告的范围重新调取。"
    en = "The population is not the one announced; read it again as announced."


class PublicValueMissing(Refused):
    zh = "没有填写公开数值；请按公布的填写。"
    en = "The public value is missing; enter it as it came out."
    field = "public_value"


class WitnessMissing(Refused):
    zh = "没有填写见证人；请填写读出公开数值的工作人员。"
    en = "The witness is missing; name the officer who read out the public value."
    field = "witness"


# Decisions


def announce_draw(
    one: Draw, context: Context, *, draw_id: str, population: tuple[Candidate, ...], known_at: int,
    public_value_of: str, public_from: date,
) -> list[Event]:  # fmt: skip
    """Freeze the population of a draw and say which public value will decide it (公告抽取).

    Refused, in this order: DrawAnnouncedAlready, PopulationEmpty, PublicValueUnnamed, PublicValueKnown.
    Basis: 优化营商环境条例 54; rulebook rows `commitment.check_share` (unverified).
    """
    if one.announced is not None:
        raise DrawAnnouncedAlready
    if not population:
        raise PopulationEmpty
    if not public_value_of.strip():
        raise PublicValueUnnamed
    if public_from <= context.today:
        raise PublicValueKnown(today=context.today)
    percents = {
        grade: context.rules.select(SHARE, days={"drawn_on": context.today}, traits={"grade": grade}).number
        for grade in sorted({candidate.grade for candidate in population})
    }
    return [
        DrawAnnounced(
            draw_id=draw_id, known_at=known_at, on=context.today, population_sha256=digest_of(population),
            population_count=len(set(population)), strata=strata_of(population, percents),
            public_value_of=public_value_of.strip(), public_from=public_from, announced_on=context.today,
        )
    ]  # fmt: skip


def draw_commitments(
    one: Draw, context: Context, *, population: tuple[Candidate, ...], public_value: str, witness: str
) -> list[Event]:
    """Draw the commitments to be checked (随机抽取承诺) from the population announced, by the value that came out.

    Refused, in this order: DrawUnknown, DrawnAlready, PublicValueAwaited, PublicValueMissing, WitnessMissing,
    SameOfficer, PopulationChanged.
    Basis: 优化营商环境条例 54; 营商〔2020〕65号 二(一)4.
    """
    announced = one.announced
    if announced is None:
        raise DrawUnknown
    if one.drawn is not None:
        raise DrawnAlready
    if context.today < announced.public_from:
        raise PublicValueAwaited(on=announced.public_from)
    if not public_value.strip():
        raise PublicValueMissing
    if not witness.strip():
        raise WitnessMissing
    if witness.strip() == context.officer.officer_id:
        raise SameOfficer(first="抽取人", second="见证人", first_en="drawing", second_en="witnessing the draw")
    if digest_of(population) != announced.population_sha256:
        raise PopulationChanged
    seed = seed_of(public_value.strip(), announced.population_sha256)
    return [
        CommitmentsDrawn(
            draw_id=announced.draw_id, population_sha256=announced.population_sha256,
            population_count=announced.population_count, method=METHOD, public_value=public_value.strip(), seed=seed,
            drawn=draw(population, announced.strata, seed), witness=witness.strip(), drawn_on=context.today,
        )
    ]  # fmt: skip


def is_as_drawn(one: Draw, population: Iterable[Candidate]) -> bool:
    """Whether the population and the seed recorded give again exactly what was drawn: what an auditor asks.

    False where nothing was drawn, or the population is another.
    """
    announced, drawn, population = one.announced, one.drawn, tuple(population)
    if announced is None or drawn is None or digest_of(population) != drawn.population_sha256:
        return False
    seed = seed_of(drawn.public_value, drawn.population_sha256)
    return seed == drawn.seed and draw(population, announced.strata, seed) == drawn.drawn
