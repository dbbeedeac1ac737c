"""Real servers and databases for tests; the fixtures over them are in `conftest.py`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from api.migrations import migrate
from api.postgres import EmbeddedServer
from api.postgres_binaries import Binaries, find_binaries

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@dataclass
class Server:
    """A running PostgreSQL and the migrated databases that new ones are copied from."""

    embedded: EmbeddedServer
    version: str
    made: int = 0
    templates: dict[bool, str] = field(default_factory=dict)

    def template(self, simulated: bool) -> str:
        if simulated not in self.templates:
            name = "template_simulated" if simulated else "template_real"
            self.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            migrate(self.embedded.owner_url(name), simulated=simulated)
            self.templates[simulated] = name
        return self.templates[simulated]

    def run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.embedded.owner_url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@dataclass(frozen=True)
class Database:
    """A database of its own for one test; both logins, already migrated unless told otherwise."""

    name: str
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    simulated: bool
    server: Server = field(repr=False)


@contextmanager
def running(binaries: Binaries) -> Iterator[Server]:
    # Not under pytest's own folder, which only its user may enter: started by root, the server runs as another.
    folder = Path(tempfile.mkdtemp(prefix="xinlu-test-"))
    folder.chmod(0o711)
    try:
        with EmbeddedServer(folder / "data", binaries, options=FAST) as embedded:
            yield Server(embedded, binaries.version)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: Server, *, simulated: bool = False, migrated: bool = True) -> Iterator[Database]:
    server.made += 1
    name = f"test_{server.made}"
    statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if migrated:
        statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(server.template(simulated)))
    server.run(statement)
    try:
        yield Database(name, server.embedded.owner_url(name), server.embedded.app_url(name), simulated, server)
    finally:
        server.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def postgres15_binaries() -> Binaries:
    installed = [binaries for binaries in find_binaries() if binaries.major == 15]
    if not installed:
        pytest.skip("no PostgreSQL 15 on PATH")
    return installed[0]
