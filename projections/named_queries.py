"""SQL in files: each view keeps its queries beside it, in blocks headed `-- name --` with one line of purpose.

A query's parameters are written `%(name)s`; a test prepares every query against the real schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg.rows import class_row, tuple_row

from domain.register.statements import read_statements

R = TypeVar("R")
Connection = psycopg.Connection[Any]
"""A connection of the application's login, in whatever row form: readers choose their own."""


class Queries:
    """The named queries of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.texts: Mapping[str, str] = read_statements(path)

    @classmethod
    def beside(cls, module_file: str) -> Queries:
        """The `.sql` of the same name beside a module; give it `__file__`."""
        return cls(Path(module_file).with_suffix(".sql"))

    def fetch(self, connection: Connection, query: str, row: type[R], /, **parameters: object) -> list[R]:
        """The rows of a query as instances of a class whose fields are the query's columns."""
        with connection.cursor(row_factory=class_row(row)) as cursor:
            return cursor.execute(self.texts[query].encode(), parameters).fetchall()

    def fetch_plain(self, connection: Connection, query: str, /, **parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query as tuples."""
        with connection.cursor(row_factory=tuple_row) as cursor:
            return cursor.execute(self.texts[query].encode(), parameters).fetchall()
