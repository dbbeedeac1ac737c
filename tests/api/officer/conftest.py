"""A site of their own for tests that act as officers, so that what they record disturbs nobody else's pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Server
from tests.desk import Desk, Firm, desk, firm
from tests.site import Site, running_site


@pytest.fixture(scope="session")
def site(postgres18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("officers")
    with running_site(postgres18, folder) as running:
        yield running


@pytest.fixture(scope="session")
def jia(site: Site) -> Iterator[Desk]:
    """A handler."""
    with desk(site, "jia") as one:
        yield one


@pytest.fixture(scope="session")
def yi(site: Site) -> Iterator[Desk]:
    """A head of section."""
    with desk(site, "yi") as one:
        yield one


@pytest.fixture(scope="session")
def bing(site: Site) -> Iterator[Desk]:
    """A legality reviewer from another office."""
    with desk(site, "bing") as one:
        yield one


@pytest.fixture(scope="session")
def ding(site: Site) -> Iterator[Desk]:
    """The leader in charge."""
    with desk(site, "ding") as one:
        yield one


@pytest.fixture(scope="session")
def ji(site: Site) -> Iterator[Desk]:
    """A county office: Xishi District only."""
    with desk(site, "ji") as one:
        yield one


@pytest.fixture
def a_firm(site: Site) -> Firm:
    return firm(site)
