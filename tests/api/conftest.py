"""One running site for the tests of the pages; each test that changes something changes a subject of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.databases import Server
from tests.site import Site, running_site


@pytest.fixture(scope="session")
def site(postgres18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("site")
    with running_site(postgres18, folder) as running:
        yield running


@pytest.fixture
def stranger(site: Site) -> Iterator[httpx.Client]:
    with site.client() as client:
        yield client
