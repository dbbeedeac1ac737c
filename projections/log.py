"""The log in order, read fast: rows as stored, pages of 5,000, in binary; and the two clocks' meeting point.

"Known at T" is a prefix of the log: the position that `position_at` names. Nothing is verified here; the evidence
does that over the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from psycopg.rows import tuple_row

from domain.event import Fact
from domain.register.mapper import CreditMapper
from projections.named_queries import Connection, Queries

QUERIES = Queries.beside(__file__)
PAGE = 5_000

StoredRow = tuple[UUID, int, str, bytes, int, datetime]
"""Stream, version, topic, stored bytes, position, instant (UTC): what the register's mapper reads."""


def head(connection: Connection) -> tuple[int, datetime | None]:
    """Position and instant of the newest fact; (0, None) while the log is empty."""
    return cast("tuple[int, datetime | None]", QUERIES.fetch_plain(connection, "head")[0])


def position_at(connection: Connection, instant: datetime) -> int:
    """The last position recorded at or before an instant: what "known at" that instant means; 0 for none."""
    return cast(int, QUERIES.fetch_plain(connection, "position_at", instant=instant)[0][0])


def page(connection: Connection, after: int, until: int, size: int = PAGE) -> list[StoredRow]:
    """The facts with positions in (after, until], in order, at most `size`."""
    return _rows(connection, "page", after=after, until=until, size=size)


def streams(connection: Connection, stream_ids: Sequence[UUID], until: int) -> list[StoredRow]:
    """All facts of the streams up to a position, by stream and version."""
    return _rows(connection, "streams", streams=list(stream_ids), until=until)


def streams_of_kind(connection: Connection, topics: Sequence[str], until: int) -> list[UUID]:
    """The streams that begin with one of the topics at or before a position, oldest first."""
    rows = QUERIES.fetch_plain(connection, "streams_of_kind", topics=list(topics), until=until)
    return [stream for (stream,) in rows]


def facts(connection: Connection, mapper: CreditMapper, *, after: int = 0, until: int | None = None) -> Iterator[Fact]:
    """Every fact after a position through another one (None: the head as of now), page by page.

    Raises the mapper's error, naming stream and version, at a fact that no shape of this release reads.
    """
    last = head(connection)[0] if until is None else until
    while rows := page(connection, after, last):
        yield from map(mapper.to_fact, rows)
        after = rows[-1][4]


def _rows(connection: Connection, query: str, **parameters: Any) -> list[StoredRow]:
    with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
        cursor.execute(QUERIES.texts[query].encode(), parameters, prepare=True)
        return cast("list[StoredRow]", cursor.fetchall())
