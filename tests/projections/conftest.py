"""The demonstration's stories in a database of its own, and an engine that follows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from api.demo.play import play
from domain.register.register import CreditRegister
from projections.engine import Engine
from tests.databases import Database

MASTER_KEY = bytes(range(32))


@pytest.fixture
def register(simulated_database: Database) -> Iterator[CreditRegister]:
    """An empty register under a simulated clock."""
    with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as opened:
        yield opened


@pytest.fixture
def engine(register: CreditRegister, simulated_database: Database) -> Iterator[Engine]:
    """An engine that was not started."""
    made = Engine(simulated_database.app_url, register)
    yield made
    made.close()


@pytest.fixture
def played(register: CreditRegister, engine: Engine) -> Engine:
    """The engine after all stories were played and the views caught up."""
    play(register, lambda _: None)
    engine.catch_up_once()
    return engine


@pytest.fixture
def connection(simulated_database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A connection as pages have it."""
    with psycopg.connect(simulated_database.app_url, autocommit=True) as opened:
        yield opened
