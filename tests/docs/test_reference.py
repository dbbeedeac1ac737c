"""The reference pages say what the program says now, and the program's database has what they tell of it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.databases import Database
from tests.docs import reference
from tests.docs.reference_data import Table, read_ddl, sources


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_reference_page_is_up_to_date(name: str) -> None:
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), "write it anew: python -m tests.docs.reference --update"


def test_a_page_that_is_missing_or_changed_is_told_and_written_anew(tmp_path: Path) -> None:
    reference.update(tmp_path)
    assert reference.behind(tmp_path) == []
    (tmp_path / "roles.md").write_text("# Roles\n", encoding="utf-8")
    (tmp_path / "views.md").unlink()
    assert reference.behind(tmp_path) == ["roles.md", "views.md"]
    reference.update(tmp_path)
    assert reference.behind(tmp_path) == []


def test_every_reference_page_is_one_that_the_program_writes() -> None:
    written = {path.name for path in reference.FOLDER.glob("*.md")}
    assert written == set(reference.PAGES) | {"index.md"}


def test_the_tables_told_are_those_of_a_real_database_with_all_their_columns(database: Database) -> None:
    made: dict[str, Table] = {}
    for _, text in sources():
        made |= read_ddl(text, made)
    told = {name if "." in name else f"public.{name}": set(one.columns) for name, one in made.items()}
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute(
            "SELECT table_schema || '.' || table_name, array_agg(column_name::text) FROM information_schema.columns "
            "WHERE table_schema IN ('public', 'view') GROUP BY 1"
        ).fetchall()
    assert told == {name: set(columns) for name, columns in rows}
