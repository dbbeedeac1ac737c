"""Steps are applied once, in order, and never change afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from api.migrations import is_simulated, migrate, pending_steps, steps
from api.obstacles import Obstacle
from tests.databases import Database

pytestmark = pytest.mark.on_both_servers


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "domain/register/schema/0001_first.sql": "CREATE TABLE first (number int);",
        "projections/schema/0002_second.sql": "CREATE TABLE second AS SELECT * FROM first; SELECT 'a; b';",
        "projections/views/0001_view.sql": "CREATE TABLE view_one (number int);",
        "projections/views/named_queries.sql": "-- broken --\nSELECT nothing FROM nowhere;",
        "api/schema/0001_session.sql": "CREATE TABLE session (number int);",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_applies_register_then_views_then_pages_and_leaves_named_queries_alone(
    root: Path, empty_database: Database
) -> None:
    assert migrate(empty_database.owner_url, root=root) == [
        "domain/register/schema/0001_first.sql",
        "projections/views/0001_view.sql",
        "projections/schema/0002_second.sql",
        "api/schema/0001_session.sql",
    ]


def test_applies_nothing_the_second_time(root: Path, empty_database: Database) -> None:
    migrate(empty_database.owner_url, root=root)
    assert migrate(empty_database.owner_url, root=root) == []


def test_names_the_steps_a_database_lacks(root: Path, empty_database: Database) -> None:
    with psycopg.connect(empty_database.owner_url) as connection:
        assert len(pending_steps(connection, root)) == 4
    migrate(empty_database.owner_url, root=root)
    (root / "api/schema/0002_more.sql").write_text("CREATE TABLE more (number int);", encoding="utf-8")
    with psycopg.connect(empty_database.owner_url) as connection:
        assert pending_steps(connection, root) == ["api/schema/0002_more.sql"]


def test_keeps_the_whole_steps_before_one_that_fails(root: Path, empty_database: Database) -> None:
    (root / "api/schema/0001_session.sql").write_text(
        "CREATE TABLE half (number int); SELECT * FROM missing;", encoding="utf-8"
    )
    with pytest.raises(psycopg.errors.UndefinedTable):
        migrate(empty_database.owner_url, root=root)
    with psycopg.connect(empty_database.owner_url) as connection:
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)
        assert pending_steps(connection, root) == ["api/schema/0001_session.sql"]


def test_refuses_a_step_that_was_changed_after_it_was_applied(root: Path, empty_database: Database) -> None:
    migrate(empty_database.owner_url, root=root)
    (root / "domain/register/schema/0001_first.sql").write_text("CREATE TABLE other (number int);", encoding="utf-8")
    with pytest.raises(Obstacle) as met:
        migrate(empty_database.owner_url, root=root)
    assert met.value.code == "migration_changed"


def test_refuses_a_database_that_a_later_release_has_migrated(root: Path, empty_database: Database) -> None:
    migrate(empty_database.owner_url, root=root)
    (root / "api/schema/0001_session.sql").unlink()
    with pytest.raises(Obstacle) as met:
        migrate(empty_database.owner_url, root=root)
    assert met.value.code == "database_newer_than_program"


def test_several_processes_migrate_one_database_and_each_step_runs_once(root: Path, empty_database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: migrate(empty_database.owner_url, root=root), range(4)))
    assert sorted(len(names) for names in done) == [0, 0, 0, 4]


def test_several_databases_of_one_server_migrate_at_the_same_moment(
    root: Path, make_database: Callable[..., Database]
) -> None:
    databases = [make_database(migrated=False) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda database: len(migrate(database.owner_url, root=root)), databases))
    assert done == [4, 4, 4]


def test_a_database_stays_what_it_was_created_as(root: Path, make_database: Callable[..., Database]) -> None:
    real, demo = make_database(migrated=False), make_database(migrated=False)
    migrate(real.owner_url, root=root)
    migrate(demo.owner_url, simulated=True, root=root)
    migrate(demo.owner_url, root=root)
    with psycopg.connect(demo.app_url) as connection:
        assert is_simulated(connection)
    with psycopg.connect(real.app_url) as connection:
        assert not is_simulated(connection)
    with pytest.raises(Obstacle) as met:
        migrate(real.owner_url, simulated=True, root=root)
    assert met.value.code == "database_not_simulated"


def test_every_step_of_this_release_applies_to_an_empty_database(database: Database) -> None:
    with psycopg.connect(database.app_url) as connection:
        assert pending_steps(connection) == []
        assert is_simulated(connection) is database.simulated is False
    assert len({step.name for step in steps()}) == len(steps())
