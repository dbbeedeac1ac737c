"""A site of their own for tests that replay, so that its log says the same whatever other tests record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Server
from tests.desk import Desk, desk
from tests.site import Site, running_site


@pytest.fixture(scope="session")
def site(postgres18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("auditors")
    with running_site(postgres18, folder) as running:
        yield running


@pytest.fixture(scope="session")
def wu(site: Site) -> Iterator[Desk]:
    """An auditor."""
    with desk(site, "wu") as one:
        yield one
