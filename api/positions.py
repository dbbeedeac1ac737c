"""How far the log has come, and how far the views are behind it: what every page prints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from api.parts import Parts

if TYPE_CHECKING:
    from psycopg import Connection

POSITIONS = """
SELECT position, nullif(recorded_at, '-infinity'), (SELECT min(position) FROM view_progress) FROM log_head
"""


@dataclass(frozen=True, slots=True)
class Positions:
    """The log's last position, 0 for an empty log, its instant (UTC), and the position every view has reached."""

    log: int
    recorded_at: datetime | None
    views: int

    @property
    def lag(self) -> int:
        """Facts that are stored and not yet in every view."""
        return max(self.log - self.views, 0)


def positions(parts: Parts) -> Positions:
    """Read both at one moment."""
    with parts.pool.connection() as connection:
        return positions_in(connection)


def positions_in(connection: Connection[tuple[Any, ...]]) -> Positions:
    """Read both in the snapshot of the connection's transaction."""
    row = connection.execute(POSITIONS).fetchone()
    assert row is not None
    return Positions(row[0], row[1], row[2] if row[2] is not None else 0)


@contextmanager
def snapshot(parts: Parts) -> Iterator[Connection[tuple[Any, ...]]]:
    """A connection that sees one moment only: what a page states and the position it prints belong together."""
    with parts.pool.connection() as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection
