"""The draw of the demonstration: which commitments run is frozen on a Monday, and the lottery of that week decides.

Those drawn wait to be checked when the visitor comes, and an auditor can draw again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.commitment_draws import DRAW, announce, plan_checks, run
from api.demo.people import GENG, JIA, Person
from api.demo.script import at, day, named
from domain.context import Context, Filing
from domain.event import Source
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks

DRAW_ID = named("抽取〔2026〕0001")
LOTTERY = "中国福利彩票双色球 2026 年样例期开奖号码（样例）"
NUMBERS = "02 07 11 19 26 30 + 05"

ContextAt = Callable[[datetime, Person, Filing | None], Context]


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens at one instant and touches no single firm; `run` may be repeated after a kill in the middle."""

    when: datetime
    run: Callable[[CreditRegister, Rulebooks, ContextAt, datetime], None]


def _filing(part: str) -> Filing:
    return Filing(source=Source(system="demo"), request_id=named(f"draw/{part}"))


def _announce(register: CreditRegister, rulebooks: Rulebooks, context_at: ContextAt, when: datetime) -> None:
    if register.load_on(DRAW, DRAW_ID).announced is None:
        context = context_at(when, GENG, _filing("announce"))
        announce(register, rulebooks, DRAW_ID, context, LOTTERY, day("2026-11-12"))


def _draw(register: CreditRegister, rulebooks: Rulebooks, context_at: ContextAt, when: datetime) -> None:
    if register.load_on(DRAW, DRAW_ID).drawn is None:
        run(register, rulebooks, DRAW_ID, context_at(when, GENG, _filing("draw")), NUMBERS, JIA.officer_id)
    plan_checks(register, DRAW_ID, context_at(when, GENG, Filing(source=Source(system="demo"))))


SCENES = (Scene(at("2026-11-09 09:00"), _announce), Scene(at("2026-11-13 09:00"), _draw))
