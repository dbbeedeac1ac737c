"""What a person at the terminal meets: through a real process, as it would be run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from api import postgres_leftover
from tests.databases import Database, Server


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        answer = json.loads(self.out.splitlines()[-1])
        assert isinstance(answer, dict)
        return answer


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINLU_")}
    return kept | variables


def run(*arguments: str, **variables: str) -> Said:
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@contextmanager
def started(*arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A program that runs on; asked to end when the test has not ended it."""
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", *arguments],
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def assert_one_sentence(said: Said, *words: str) -> None:
    """Exit code 2 and one sentence in each language, without a traceback or a password."""
    assert said.code == 2
    assert "Traceback" not in said.err + said.out
    assert len(said.err.strip().splitlines()) == 2
    assert all(word in said.err for word in words)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="xinlu-test-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("command", ["serve", "migrate", "status"])
def test_says_how_an_address_is_written_that_cannot_be_read(command: str) -> None:
    assert_one_sentence(
        run(command, XINLU_DATABASE_URL="mysql://someone@nowhere/db", XINLU_PORT="0"),
        "XINLU_DATABASE_URL",
        "postgresql://",
    )


def test_says_that_no_database_answers_at_the_address() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
        said = run("status", XINLU_DATABASE_URL=f"postgresql://someone:hidden-word@127.0.0.1:{port}/db")
    assert_one_sentence(said, f"127.0.0.1:{port}")
    assert "hidden-word" not in said.err


def test_says_that_the_login_was_refused_without_repeating_the_password(database: Database) -> None:
    right = database.owner_url.split(":")[2].split("@")[0]
    said = run("status", XINLU_DATABASE_URL=database.owner_url.replace(right, "hidden-word"))
    assert_one_sentence(said, "xinlu_owner")
    assert "hidden-word" not in said.err


def test_says_how_to_create_a_database_that_does_not_exist(database: Database) -> None:
    missing = database.owner_url.replace(database.name, "nowhere")
    assert_one_sentence(run("migrate", XINLU_DATABASE_URL=missing), "createdb", "nowhere")


def test_says_which_rights_are_missing_when_pages_login_migrates(empty_database: Database) -> None:
    assert_one_sentence(run("migrate", XINLU_DATABASE_URL=empty_database.app_url), "xinlu_app")


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_refuses_a_database_in_the_c_locale(command: str, server: Server) -> None:
    name = sql.Identifier(f"c_locale_{command}")
    server.run(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(name))
    try:
        url = server.embedded.owner_url(f"c_locale_{command}")
        assert_one_sentence(run(command, XINLU_DATABASE_URL=url, XINLU_PORT="0"), "lc_ctype", "C.UTF-8")
    finally:
        server.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_names_the_taken_port(command: str, database: Database, data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = run(command, XINLU_DATABASE_URL=database.app_url, XINLU_PORT=port, XINLU_DATA_DIR=str(data_dir))
    assert_one_sentence(said, port, "XINLU_PORT")


def test_refuses_a_port_that_is_no_number() -> None:
    assert_one_sentence(run("serve", XINLU_PORT="八千"), "XINLU_PORT")


def test_refuses_to_serve_with_a_login_that_may_change_what_was_recorded(database: Database) -> None:
    said = run("serve", XINLU_DATABASE_URL=database.owner_url, XINLU_PORT="0")
    assert_one_sentence(said, "xinlu_app", "UPDATE", "DELETE", "TRUNCATE")


def test_refuses_to_serve_from_a_database_that_was_never_migrated(empty_database: Database) -> None:
    assert_one_sentence(run("serve", XINLU_DATABASE_URL=empty_database.app_url, XINLU_PORT="0"), "xinlu migrate")


def test_an_obstacle_is_one_json_object_for_a_program() -> None:
    said = run("status", "--json", XINLU_DATABASE_URL="mysql://someone@nowhere/db")
    error = said.json["error"]
    assert said.code == 2
    assert isinstance(error, dict)
    assert error["code"] == "database_url_malformed"


def test_migrate_applies_each_step_once(empty_database: Database) -> None:
    first = run("migrate", "--json", XINLU_DATABASE_URL=empty_database.owner_url)
    second = run("migrate", "--json", XINLU_DATABASE_URL=empty_database.owner_url)
    assert (first.code, second.code) == (0, 0)
    assert first.json["applied"]
    assert second.json == {"applied": []}


@pytest.mark.on_both_servers
def test_status_of_a_sound_database_passes_every_check(database: Database) -> None:
    said = run("status", "--json", XINLU_DATABASE_URL=database.app_url)
    checks = said.json["checks"]
    assert isinstance(checks, list)
    assert {check["name"]: check["passed"] for check in checks} == {
        "server_version": True,
        "encoding": True,
        "locale": True,
        "chinese_search": True,
        "migrated": True,
        "events_append_only": True,
    }
    assert said.code == 0
    assert said.json["simulated"] is False
    log = said.json["log"]
    assert isinstance(log, dict)
    assert log["position"] == 0


def test_status_tells_how_far_each_view_is_behind(database: Database) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS view_progress (view text PRIMARY KEY, position bigint NOT NULL)")
        connection.execute("DELETE FROM view_progress")
        connection.execute("INSERT INTO view_progress (view, position) VALUES ('disclosure', 0)")
        connection.execute("GRANT SELECT ON view_progress TO xinlu_app")
    said = run("status", "--json", XINLU_DATABASE_URL=database.app_url)
    assert said.json["views"] == [{"view": "disclosure", "position": 0, "lag": 0}]


def test_status_fails_and_says_what_to_do_before_the_first_migration(empty_database: Database) -> None:
    said = run("status", XINLU_DATABASE_URL=empty_database.owner_url)
    assert said.code == 2
    assert "xinlu migrate" in said.out
    assert "Traceback" not in said.err


def test_status_starts_and_stops_an_embedded_database_of_its_own(data_dir: Path) -> None:
    migrated = run("migrate", XINLU_DATA_DIR=str(data_dir))
    said = run("status", "--json", XINLU_DATA_DIR=str(data_dir))
    assert (migrated.code, said.code) == (0, 0)
    assert said.json["is_embedded"] is True
    assert postgres_leftover.running_server(data_dir / "postgres") is None


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_demo_serves_until_it_is_ended_and_takes_its_database_with_it(ending: signal.Signals, data_dir: Path) -> None:
    for _ in range(2):
        with started("demo", "--json", XINLU_DATA_DIR=str(data_dir), XINLU_PORT="0") as process:
            assert process.stdout is not None
            address = json.loads(process.stdout.readline())["address"]
            with urllib.request.urlopen(address + "healthz", timeout=30) as answer:
                assert answer.status == 200
            status = run("status", "--json", XINLU_DATA_DIR=str(data_dir))
            assert status.code == 0
            assert status.json["simulated"] is True
            process.send_signal(ending)
            _, err = process.communicate(timeout=60)
            assert "Traceback" not in err
            assert process.returncode == 0
        assert postgres_leftover.running_server(data_dir / "postgres") is None


def test_an_error_of_ours_is_told_by_kind_and_place_and_never_in_the_databases_words(database: Database) -> None:
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE log_head RENAME COLUMN position TO somewhere_else")
    said = run("status", XINLU_DATABASE_URL=database.owner_url)
    assert said.code == 1
    assert "UndefinedColumn" in said.err
    assert "status.py" in said.err
    for words in ("LINE 1", "HINT", "does not exist", "Traceback"):
        assert words not in said.out + said.err
    told = run("status", "--json", XINLU_DATABASE_URL=database.owner_url)
    assert (told.code, told.json["error"]["code"]) == (1, "failed")  # type: ignore[index]
