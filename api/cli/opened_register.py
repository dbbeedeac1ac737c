"""The register a command reads: over the database it is told, or the embedded one, with the day it has come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from api.cli.database import OpenDatabase, open_database
from api.clock import SystemClock, day_of
from api.migrations import migrate
from api.settings import read_settings
from api.vault_key import vault_key
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks


@dataclass(frozen=True, slots=True)
class OpenedRegister:
    """A register with its rulebooks; `now` is the machine's moment, in a simulated database the log's last one."""

    database: OpenDatabase
    register: CreditRegister
    rulebooks: Rulebooks
    now: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)


@contextmanager
def opened_register() -> Iterator[OpenedRegister]:
    """Open the register for as long as the block runs. Raises `Obstacle` where the database is in the way."""
    settings, clock = read_settings(), SystemClock()
    with open_database(settings) as database:
        if database.is_embedded:
            migrate(database.owner_url)
        with CreditRegister.connect(database.app_url, vault_key(settings, clock)) as register:
            _, recorded_at = register.head()
            now = recorded_at if register.is_simulated and recorded_at is not None else clock.now()
            yield OpenedRegister(database, register, Rulebooks(register), now)
