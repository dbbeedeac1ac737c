"""A register over invented events, on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Database
from tests.domain.register.samples import MASTER_KEY, SampleRegister


@pytest.fixture
def register(database: Database) -> Iterator[SampleRegister]:
    with SampleRegister.connect(database.app_url, MASTER_KEY) as opened:
        yield opened
