"""The demonstration's stories in a database of its own, and an engine that follows them.

The stories are played once for each server; a test that asks for `played` gets a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import sql

from api.demo.play import play
from domain.register.register import CreditRegister
from projections.engine import Engine
from tests.databases import Database, Server, fresh_database

MASTER_KEY = bytes(range(32))
PLAYED: dict[int, str] = {}
"""Server → name of its database with the stories played and the views caught up."""


@pytest.fixture
def simulated_database(server: Server, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database under a simulated clock; where the test asks for `played`, with all stories in it."""
    if "played" not in request.fixturenames:
        with fresh_database(server, simulated=True) as made:
            yield made
        return
    if id(server) not in PLAYED:
        PLAYED[id(server)] = play_template(server)
    with fresh_database(server, migrated=False) as made:
        drop, copy = sql.SQL("DROP DATABASE {}"), sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.run(drop.format(sql.Identifier(made.name)))
        server.run(copy.format(sql.Identifier(made.name), sql.Identifier(PLAYED[id(server)])))
        yield replace(made, simulated=True)


def play_template(server: Server) -> str:
    name = "stories_played"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.run(copy.format(sql.Identifier(name), sql.Identifier(server.template(True))))
    url = server.embedded.app_url(name)
    with CreditRegister.connect(url, MASTER_KEY) as register:
        play(register, lambda _: None)
        engine = Engine(url, register)
        engine.catch_up_once()
        engine.close()
    return name


@pytest.fixture
def register(simulated_database: Database) -> Iterator[CreditRegister]:
    """The register of the database."""
    with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as opened:
        yield opened


@pytest.fixture
def engine(register: CreditRegister, simulated_database: Database) -> Iterator[Engine]:
    """An engine that was not started."""
    made = Engine(simulated_database.app_url, register)
    yield made
    made.close()


@pytest.fixture
def played(engine: Engine) -> Engine:
    """The engine after all stories were played and the views caught up."""
    assert engine.catch_up_once() == 0
    return engine


@pytest.fixture
def connection(simulated_database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A connection as pages have it."""
    with psycopg.connect(simulated_database.app_url, autocommit=True) as opened:
        yield opened
