"""A register for imports, on a database of its own, its clock simulated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.register.register import CreditRegister
from tests.api.exchange.samples import MASTER_KEY
from tests.databases import Database


@pytest.fixture
def register(simulated_database: Database) -> Iterator[CreditRegister]:
    with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as opened:
        yield opened
