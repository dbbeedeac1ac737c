"""Rebuilding the views beside the live ones."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from domain.register.register import CreditRegister
from projections.engine import Engine
from projections.rebuild import ViewsApart, rebuild
from projections.views.catalogue import VIEWS
from tests.databases import Database

Connection = psycopg.Connection[Any]

SHAPE = """
SELECT c.relname, coalesce(pg_get_indexdef(i.indexrelid), ''), obj_description(c.oid), c.relacl::text,
    (SELECT string_agg(a.attname || format_type(a.atttypid, a.atttypmod) || a.attnotnull
        || coalesce(col_description(c.oid, a.attnum), '') || a.attcollation, ',' ORDER BY a.attnum)
     FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0)
FROM pg_class AS c LEFT JOIN pg_index AS i ON i.indrelid = c.oid
WHERE c.relnamespace = 'view'::regnamespace AND c.relkind = 'r' ORDER BY 1, 2
"""


@pytest.mark.on_both_servers
def test_rebuilt_tables_take_the_place_of_the_live_ones_with_the_same_shape_rights_and_words(
    simulated_database: Database, register: CreditRegister, played: Engine, connection: Connection
) -> None:
    before = connection.execute(SHAPE).fetchall()
    found = rebuild(simulated_database.owner_url, register)
    assert found.swapped
    assert found.differences == []
    assert connection.execute(SHAPE).fetchall() == before
    assert len(before) > len(VIEWS)
    connection.execute("DELETE FROM view.worklist")
    words = connection.execute("SELECT obj_description('view'::regnamespace, 'pg_namespace')").fetchone()
    assert words is not None
    assert words[0].startswith("What is derived")


def test_a_rebuild_reports_each_row_that_differs_and_mends_it(
    simulated_database: Database, register: CreditRegister, played: Engine, connection: Connection
) -> None:
    connection.execute("UPDATE view.subject SET name = '被人改过' WHERE code = '91210803XX27410369'")
    connection.execute("DELETE FROM view.list_roster")
    found = rebuild(simulated_database.owner_url, register, verify_only=True)
    assert not found.swapped
    told = {(one.view, one.side) for one in found.differences}
    assert told == {("subject", "live"), ("subject", "rebuilt"), ("list_roster", "rebuilt")}
    assert [one.row["name"] for one in found.differences if one.side == "live"] == ["被人改过"]
    rebuild(simulated_database.owner_url, register)
    assert rebuild(simulated_database.owner_url, register, verify_only=True).differences == []


def test_verifying_leaves_nothing_behind(
    simulated_database: Database, register: CreditRegister, played: Engine, connection: Connection
) -> None:
    read: list[int] = []
    found = rebuild(simulated_database.owner_url, register, verify_only=True, say=read.append)
    assert found.position == read[-1] == register.head()[0]
    assert found.rows["subject"] > 0
    schemas = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'view%'").fetchall()
    assert schemas == [("view",)]


def test_the_engine_goes_on_from_the_rebuilt_tables(
    simulated_database: Database, register: CreditRegister, played: Engine, connection: Connection
) -> None:
    rebuild(simulated_database.owner_url, register)
    connection.execute("UPDATE view_progress SET position = 0")
    assert played.catch_up_once() == register.head()[0]
    assert rebuild(simulated_database.owner_url, register, verify_only=True).differences == []


def test_views_that_stand_at_different_positions_are_not_compared(
    simulated_database: Database, register: CreditRegister, played: Engine, connection: Connection
) -> None:
    connection.execute("UPDATE view_progress SET position = 7 WHERE view = 'worklist'")
    with pytest.raises(ViewsApart):
        rebuild(simulated_database.owner_url, register)
