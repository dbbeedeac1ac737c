"""The identity numbers of the sample files stand nowhere in the open: database, pages, downloads, terminal, logs.

404 rows of the samples hold one. The demonstration imports them all; then pages are opened as far as links lead, as a
stranger and as each officer, the files are imported once more at a terminal, and wrong things are asked for.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql

from api.demo.people import PEOPLE
from tests.api.exchange.samples import FILES, identity_numbers
from tests.site import MASTER_KEY, Site, running_site

PAGES_MAX = 200
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
WRONG = ("/s/210802199505210000X", "/officer/subjects/0", "/audit/subjects/x", "/api/v1/subjects/x", "/nothing")


@pytest.fixture(scope="module")
def site(postgres18: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(postgres18, tmp_path_factory.mktemp("site")) as running:  # type: ignore[arg-type]
        yield running


@pytest.fixture(scope="module")
def numbers() -> frozenset[str]:
    return frozenset(identity_numbers())


def found_in(text: str, numbers: frozenset[str]) -> set[str]:
    """The numbers that stand in the text, whole or without their check digit."""
    runs = set(re.findall(r"\d{17}", text))
    return {one for one in numbers if one[:17] in runs}


def test_the_search_would_find_one(numbers: frozenset[str]) -> None:
    assert len(numbers) > 100
    one = next(iter(numbers))
    assert found_in(f"…{one}…", numbers) == {one}


def test_no_table_of_the_database_holds_one_in_the_open(site: Site, numbers: frozenset[str]) -> None:
    with psycopg.connect(site.database.owner_url) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert len(tables) > 15
        for schema, table in tables:
            name = sql.Identifier(schema, table)
            rows = connection.execute(sql.SQL("SELECT t::text FROM {} AS t").format(name)).fetchall()
            assert found_in("\n".join(row[0] for row in rows), numbers) == set(), (schema, table)
        states = connection.execute("SELECT convert_from(state, 'UTF8') FROM credit_events").fetchall()
        assert found_in("\n".join(row[0] for row in states), numbers) == set()


def crawl(client: httpx.Client, numbers: frozenset[str]) -> int:
    """Open every page and download that links lead to; how many there were."""
    waiting, seen = deque(["/", "/lists", "/rules", "/desk", "/officer", "/officer/imports", "/audit", *WRONG]), set()
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.popleft()
        if path in seen or path.startswith(("/display", "/sign-out")):
            continue
        seen.add(path)
        answer = client.get(path)
        said = answer.text + str(answer.headers)
        assert found_in(said, numbers) == set(), (path, [line for line in said.splitlines() if found_in(line, numbers)])
        assert answer.status_code < 500, path
        links = [link.replace("&amp;", "&") for link in LINK.findall(answer.text)]
        waiting.extend(link for link in [*links, answer.headers.get("location", "")] if link.startswith("/"))
    return len(seen)


def test_no_page_says_one_to_a_stranger(site: Site, numbers: frozenset[str]) -> None:
    with site.client() as client:
        for part in ("样例", "公司", "店", "自然人"):
            answer = client.get("/", params={"q": part})
            assert found_in(answer.text, numbers) == set()
        assert crawl(client, numbers) > 10


@pytest.mark.parametrize("officer_id", [one.officer_id for one in PEOPLE])
def test_no_page_says_one_to_an_officer(site: Site, numbers: frozenset[str], officer_id: str) -> None:
    with site.signed_in(officer_id) as client:
        assert crawl(client, numbers) > 10


def test_no_line_of_a_terminal_no_result_and_no_log_says_one(
    site: Site, numbers: frozenset[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.csv"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINLU_")}
    told = {"XINLU_DATABASE_URL": site.database.app_url, "XINLU_VAULT_KEY": MASTER_KEY.hex()}
    command = [sys.executable, "-m", "api.cli", "import", "--json", "--results", str(results), *map(str, FILES)]
    done = subprocess.run(command, env=kept | told, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 800
    assert found_in(done.stdout + done.stderr, numbers) == set()
    assert found_in(results.read_text(encoding="utf-8-sig"), numbers) == set()
    with site.signed_in("jia") as client:
        client.get("/officer/subjects", params={"q": next(iter(numbers))})
        client.get("/", params={"q": next(iter(numbers))})
    out, err = capfd.readouterr()
    assert found_in(out + err, numbers) == set()
    assert "request" in out + err
