"""What the pages are made of: every part explicit, handed over once by the composition root."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol, cast

from fastapi import Request

from api.clock import Clock
from api.papers import Papers
from api.settings import Settings
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    Pool = ConnectionPool[Connection[tuple[Any, ...]]]


class Follower(Protocol):
    """What keeps the views up to date with the log; `failure` names what stops it now, None while nothing does."""

    failure: str | None

    def run(self, stop: Event) -> None:
        """Follow the log until told to stop."""
        ...

    def wait_for(self, position: int, seconds_max: float = 2) -> bool:
        """Whether every view reached the position within the time."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one running application.

    pool       connections of the application's login: views, accounts, sessions
    simulated  whether the database was created for a simulated clock: every page then says 演示
    """

    settings: Settings
    clock: Clock
    register: CreditRegister
    rulebooks: Rulebooks
    pool: Pool = field(repr=False)
    engine: Follower
    papers: Papers
    simulated: bool


def parts_of(request: Request) -> Parts:
    """The parts of the application that answers the request."""
    return cast(Parts, request.app.state.parts)
