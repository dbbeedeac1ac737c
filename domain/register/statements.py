"""SQL in files: named statements in blocks headed `-- name --`, with one line of purpose.

The register's own stand in `tables.sql`. What `batch` and `recorder` compose, the one statement that writes and the
ways to read facts, has a table's name in it and stands with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_HEADING = re.compile(r"^-- (\w+) --$", re.M)


def read_statements(path: Path) -> Mapping[str, str]:
    """The statements of a file by name."""
    parts = _HEADING.split(path.read_text(encoding="utf-8"))
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


TABLES = read_statements(Path(__file__).with_name("tables.sql"))
