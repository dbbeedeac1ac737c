"""The rulebook of the release, read once."""

from __future__ import annotations

import pytest

from domain.law.rulebook import Rulebook


@pytest.fixture(scope="session")
def rules() -> Rulebook:
    return Rulebook.from_files()
