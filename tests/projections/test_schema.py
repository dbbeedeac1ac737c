"""The tables and the queries of the views against the real schema."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest

from projections.named_queries import Queries
from projections.view import FactView, View
from projections.views.catalogue import VIEWS
from tests.databases import Database

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("domain", "projections", "api")
FILES = sorted(path for part in PARTS for path in (ROOT / part).rglob("*.sql") if not re.match(r"\d{4}_", path.name))
QUERIES = [(path, name) for path in FILES for name in Queries(path).texts]


def numbered(text: str) -> str:
    """The query as the server takes it: each name a number."""
    names: dict[str, int] = {}
    text = re.sub(r"%\((\w+)\)[sb]", lambda found: f"${names.setdefault(found[1], len(names) + 1)}", text)
    return text.replace("%%", "%")


@pytest.fixture
def connection(database: Database) -> Any:
    with psycopg.connect(database.app_url, autocommit=True) as opened:
        yield opened


@pytest.mark.on_both_servers
def test_every_named_query_prepares_against_the_schema(connection: psycopg.Connection[Any]) -> None:
    failed = {}
    for path, name in QUERIES:
        result = connection.pgconn.prepare(b"", numbered(Queries(path).texts[name]).encode())
        if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
            failed[f"{path.stem}/{name}"] = result.error_message.decode()
    assert len(QUERIES) > 20
    assert failed == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_named_query_says_its_purpose_in_its_first_line(path: Path) -> None:
    silent = [name for name, text in Queries(path).texts.items() if not re.match(r"-- \S.*\.\n", text)]
    assert silent == []


def test_every_table_has_the_columns_of_its_rows(connection: psycopg.Connection[Any]) -> None:
    def columns(view: View[Any] | FactView) -> tuple[str, ...]:
        rows = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'view' AND table_name = %s"
            " ORDER BY ordinal_position",
            (view.name,),
        )
        return tuple(name for (name,) in rows)

    assert {view.name: columns(view) for view in VIEWS} == {view.name: view.columns for view in VIEWS}


def test_every_table_of_the_schema_belongs_to_a_view_and_says_what_it_is_for(
    connection: psycopg.Connection[Any],
) -> None:
    rows = connection.execute(
        "SELECT relname, obj_description(oid) FROM pg_class WHERE relnamespace = 'view'::regnamespace AND relkind = 'r'"
    ).fetchall()
    assert {name for name, _ in rows} == {view.name for view in VIEWS}
    assert [name for name, comment in rows if not comment] == []


def test_the_application_may_fill_the_tables_and_not_change_their_shape(connection: psycopg.Connection[Any]) -> None:
    connection.execute("DELETE FROM view.disclosure")
    for statement in ("TRUNCATE view.disclosure", "DROP TABLE view.disclosure", "CREATE TABLE view.other (one int)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
