"""Draws of commitments over the register: the population as known at a position, the draw, and the checks it plans.

An auditor asks the same function for the same population and draws again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.casework.commitment_draw import (
    Candidate,
    Draw,
    DrawAnnounced,
    announce_draw,
    draw_commitments,
    fold,
    is_as_drawn,
)
from domain.context import Context
from domain.credit_file.commitment_checking import plan_commitment_check
from domain.credit_file.commitment_events import CommitmentMade
from domain.credit_file.tier import tier_on
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.refusals import Refused
from domain.register.acts import Receipt, StreamKind
from domain.register.register import CreditRegister, act
from domain.register.rulebooks import Rulebooks
from projections import log

DRAW: StreamKind[Draw] = StreamKind(Draw.empty, fold)
AT_ONCE = 500


def population_at(register: CreditRegister, rulebooks: Rulebooks, known_at: int, on: date) -> tuple[Candidate, ...]:
    """Every commitment running on the day, as known at the position, with the grade its subject's file then gives.

    The same position and day give the same population for ever. Commitments of subjects without a grade are left out,
    since no row says their share. Raises NoRulebook where none was adopted.
    """
    rulebook = rulebooks.at(known_at)
    statement = log.QUERIES.texts["streams_with"]
    found = register.facts_recorder.select(statement, topics=[CommitmentMade.TOPIC], until=known_at)
    streams = [stream for (stream,) in found]
    candidates = []
    for at in range(0, len(streams), AT_ONCE):
        for stream, file in register.load_many(streams[at : at + AT_ONCE], known_at).items():
            running = [name for name, one in file.commitments.items() if one.state_on(on) == "running"]
            try:
                tier = tier_on(file, on, Reading(rulebook)) if running else None
            except NoRule:
                continue
            if tier is not None:
                candidates += [Candidate(tier.grade, f"{stream}/{name}") for name in running]
    return tuple(sorted(candidates))


def announce(
    register: CreditRegister, rulebooks: Rulebooks, draw_id: UUID, context: Context, public_value_of: str,
    public_from: date,
) -> Receipt:  # fmt: skip
    """Freeze the population as it is now. Refused as `announce_draw`."""
    known_at, _ = register.head()
    population = population_at(register, rulebooks, known_at, context.today)
    return register.do_on(
        DRAW, announce_draw, draw_id, context, draw_id=str(draw_id), population=population, known_at=known_at,
        public_value_of=public_value_of, public_from=public_from,
    )  # fmt: skip


def run(
    register: CreditRegister, rulebooks: Rulebooks, draw_id: UUID, context: Context, public_value: str, witness: str
) -> Receipt:
    """Draw from the population announced. Refused as `draw_commitments`."""
    announced = register.load_on(DRAW, draw_id).announced
    population = population_of(register, rulebooks, announced)
    return register.do_on(
        DRAW, draw_commitments, draw_id, context, population=population, public_value=public_value, witness=witness
    )


def plan_checks(register: CreditRegister, draw_id: UUID, context: Context) -> int:
    """Plan the check of each commitment drawn; how many were planned now.

    If the process dies in the middle, doing it again plans the rest: none is planned twice after the same draw. One
    that was concluded or withdrawn meanwhile is passed over.
    """
    drawn = register.load_on(DRAW, draw_id).drawn
    pairs = [one.split("/", 1) for one in (drawn.drawn if drawn is not None else ())]
    acts = [
        act(plan_commitment_check, UUID(subject), commitment_id=name, method="random", draw_id=str(draw_id))
        for subject, name in pairs
    ]
    outcomes = register.do_many(acts, lambda _: context)
    return sum(not isinstance(one, Refused) for one in outcomes)


def holds(register: CreditRegister, rulebooks: Rulebooks, one: Draw) -> bool:
    """Whether drawing again from the log gives just what was recorded."""
    return is_as_drawn(one, population_of(register, rulebooks, one.announced))


def population_of(
    register: CreditRegister, rulebooks: Rulebooks, announced: DrawAnnounced | None
) -> tuple[Candidate, ...]:
    """The population that was announced, read again from the log; none where nothing was."""
    if announced is None:
        return ()
    return population_at(register, rulebooks, announced.known_at, announced.on)


def all_draws(register: CreditRegister) -> dict[UUID, Draw]:
    """Every draw announced, by its id, the newest first."""
    head, _ = register.head()
    found = register.facts_recorder.select(log.QUERIES.texts["streams_with"], topics=[DrawAnnounced.TOPIC], until=head)
    draws = register.load_many_on(DRAW, [stream for (stream,) in found])
    at = {name: one.announced_by.position or 0 if one.announced_by else 0 for name, one in draws.items()}
    return dict(sorted(draws.items(), key=lambda pair: -at[pair[0]]))
