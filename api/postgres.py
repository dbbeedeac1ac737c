"""The embedded PostgreSQL: one server that lives and dies with this process.

In the data folder:

    xinlu.lock         held while a process owns the server; the system lets go when the process dies
    postgres/          the database files
    owner.password     password of the login that owns the tables
    web.password       password of the login that pages use
    postgres.log       what the server said since it was last started

It listens on 127.0.0.1 on a free port, asks for passwords (scram), and never runs as root.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from api import postgres_leftover
from api.clock import SystemClock
from api.obstacles import Obstacle
from api.postgres_binaries import (
    PROGRAM_ENVIRONMENT,
    Binaries,
    ServiceUser,
    may_reach,
    reachable_binaries,
    service_user,
)

OWNER = "xinlu_owner"
WEB = "xinlu_web"
APP_ROLE = "xinlu_app"
DATABASE = "xinlu"
START_SECONDS_MAX = 60.0
STOP_SECONDS_MAX = 30.0
# Chinese search fails silently under the C locale, and LANG of the caller must not decide.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # A failing statement and the key it failed on can hold personal data: neither goes to the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class EmbeddedServer:
    """A PostgreSQL server over the files of one data folder.

    data_dir  the program's data folder; made when missing
    binaries  the programs to run it with, see `find_binaries`
    options   server settings beside our own, e.g. `{"fsync": "off"}` for tests
    """

    def __init__(self, data_dir: Path, binaries: Binaries, *, options: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self.binaries = binaries
        self._files = data_dir / "postgres"
        self._options = SERVER_OPTIONS | dict(options or {})
        self._user: ServiceUser | None = None
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._port: int | None = None

    def start(self) -> None:
        """Start the server and wait until it answers; afterwards the database `xinlu` and both logins exist.

        A server that a killed process left behind on the same files is stopped first. If this process
        dies on the way, the next start begins again from the same files.
        Raises `Obstacle` when the folder is in use, of another major version, or out of reach.
        """
        if self._process is not None:
            return
        self._make_data_dir()
        self._take_lock()
        try:
            self._check_version()
            self._user = service_user(self._files)
            self._check_reachable()
            programs = reachable_binaries(self.binaries, self._user, self.data_dir)
            postgres_leftover.stop_leftover(self._files)
            if not (self._files / "PG_VERSION").exists():
                self._make_files(programs)
            self._launch(programs)
            self._prepare()
        except BaseException:
            self.stop()
            raise
        atexit.register(self.stop)

    def stop(self) -> None:
        """Stop the server at once but in order (a fast shutdown), and let go of the folder. May be called again."""
        atexit.unregister(self.stop)
        process, self._process, self._port = self._process, None, None
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                # Immediate shutdown: nothing that was committed is lost, the next start recovers.
                process.send_signal(signal.SIGQUIT)
                process.wait(STOP_SECONDS_MAX)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def attach(self) -> bool:
        """Use the server that another process of this program runs on the same folder, if there is one.

        Returns False when none runs, or only one whose process was killed. What is attached is not stopped by `stop`.
        """
        if not self._is_owned():
            return False
        running = postgres_leftover.running_server(self._files)
        if running is None:
            return False
        self._port = running.port
        return True

    def owner_url(self, dbname: str = DATABASE) -> str:
        """Address of a database for the login that may change its tables."""
        return self._url(OWNER, self._password("owner"), dbname)

    def app_url(self, dbname: str = DATABASE) -> str:
        """Address of a database for the login that pages use: no more rights than role `xinlu_app` has."""
        return self._url(WEB, self._password("web"), dbname)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _is_owned(self) -> bool:
        try:
            with (self.data_dir / "xinlu.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _url(self, login: str, password: str, dbname: str) -> str:
        if self._port is None:
            raise RuntimeError("the embedded server is not running")
        return f"postgresql://{login}:{quote(password, safe='')}@127.0.0.1:{self._port}/{quote(dbname, safe='')}"

    def _make_data_dir(self) -> None:
        if self.data_dir.is_dir():
            return
        # Made by root it lets others pass through to what belongs to them, and list nothing.
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        try:
            self.data_dir.mkdir(parents=True)
            self.data_dir.chmod(0o711 if is_root else 0o700)
        except OSError as error:
            raise self._not_writable() from error

    def _not_writable(self) -> Obstacle:
        return Obstacle(
            "data_dir_not_writable",
            f"无法写入数据文件夹 {self.data_dir}；请用 XINLU_DATA_DIR 指定可写的文件夹。",
            f"The data folder {self.data_dir} cannot be written; name another with XINLU_DATA_DIR.",
        )

    def _take_lock(self) -> None:
        try:
            lock = (self.data_dir / "xinlu.lock").open("a")
        except OSError as error:
            raise self._not_writable() from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise Obstacle(
                "data_dir_in_use",
                f"数据文件夹 {self.data_dir} 正被另一个信录程序使用；请先停止它，或用 XINLU_DATA_DIR 指定另一文件夹。",
                f"The data folder {self.data_dir} is in use by another xinlu; "
                "stop that one, or name another folder with XINLU_DATA_DIR.",
            ) from error
        self._lock = lock

    def _check_version(self) -> None:
        marker = self._files / "PG_VERSION"
        if not marker.exists():
            return
        major = marker.read_text(encoding="ascii").strip()
        if major != str(self.binaries.major):
            raise Obstacle(
                "data_dir_of_other_version",
                f"{self._files} 由 PostgreSQL {major} 建立，现有程序为 {self.binaries.version}，不能直接使用；"
                f"请用 PostgreSQL {major} 启动该文件夹并执行 pg_dumpall > 备份.sql，移走该文件夹，"
                "再启动信录，并以 psql -f 备份.sql 恢复。",
                f"{self._files} was made by PostgreSQL {major} and the programs here are {self.binaries.version}; "
                f"start it with PostgreSQL {major}, run pg_dumpall > dump.sql, move the folder away, "
                "start xinlu again and restore with psql -f dump.sql.",
            )

    def _check_reachable(self) -> None:
        if self._user is not None and not may_reach(self._user, self.data_dir):
            raise Obstacle(
                "data_dir_out_of_reach",
                f"以 root 运行时数据库使用用户 {self._user.name}，它无法进入 {self.data_dir}；"
                "请用 XINLU_DATA_DIR 指定所有用户可进入的文件夹，例如 /var/lib/xinlu。",
                f"Run by root, the database runs as the user {self._user.name}, who cannot enter {self.data_dir}; "
                "name a folder that others may pass through with XINLU_DATA_DIR, e.g. /var/lib/xinlu.",
            )

    def _password(self, login: str) -> str:
        # Made once. If the process dies between this file and the database files, the next start uses the file again.
        path = self.data_dir / f"{login}.password"
        if not path.exists():
            new = path.with_suffix(".new")
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(SystemClock().token())
            if self._user is not None:
                os.chown(new, self._user.uid, self._user.gid)
            new.rename(path)
        return path.read_text(encoding="ascii")

    def _popen(self, command: list[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C at the terminal reaches us alone, and we stop the server after the last request.
        # Started by root, it gives up root, its groups included.
        return subprocess.Popen(  # noqa: S603
            command,
            env=PROGRAM_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=None if self._user is None else self._user.uid,
            group=None if self._user is None else self._user.gid,
            extra_groups=None if self._user is None else [],
        )

    def _make_files(self, programs: Binaries) -> None:
        # Made under another name and renamed when complete: a process that dies here leaves nothing that looks usable.
        half = self.data_dir / "postgres.new"
        postgres_leftover.remove_folder(half)
        half.mkdir(mode=0o700)
        self._password("owner")
        if self._user is not None:
            os.chown(half, self._user.uid, self._user.gid)
        command = [
            str(programs.bin_dir / "initdb"),
            f"--pgdata={half}",
            f"--username={OWNER}",
            f"--pwfile={self.data_dir / 'owner.password'}",
            "--encoding=UTF8",
            f"--locale={LOCALE}",
            "--auth-local=scram-sha-256",
            "--auth-host=scram-sha-256",
        ]
        if self._options.get("fsync") == "off":
            command.append("--no-sync")
        with (self.data_dir / "postgres.log").open("wb") as log:
            done = self._popen(command, log).wait()
        if done != 0:
            raise self._failure("initdb")
        half.rename(self._files)

    def _launch(self, programs: Binaries) -> None:
        # Another process may take the port between our look and the server's start; then we look again.
        for _ in range(5):
            self._port = _free_port()
            options = [f"-c{name}={value}" for name, value in (self._options | {"port": str(self._port)}).items()]
            with (self.data_dir / "postgres.log").open("wb") as log:
                self._process = self._popen([str(programs.bin_dir / "postgres"), "-D", str(self._files), *options], log)
            if self._wait_until_it_answers():
                return
            self._process = None
        raise self._failure("postgres")

    def _wait_until_it_answers(self) -> bool:
        assert self._process is not None
        give_up = time.monotonic() + START_SECONDS_MAX
        while self._process.poll() is None:
            try:
                psycopg.connect(self.owner_url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > give_up:
                    raise self._failure("postgres") from None
                time.sleep(0.02)
            else:
                return True
        if b"could not bind" in self._log_tail() or b"Address already in use" in self._log_tail():
            return False
        raise self._failure("postgres")

    def _prepare(self) -> None:
        with psycopg.connect(self.owner_url("postgres"), autocommit=True) as connection:
            roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            if APP_ROLE not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(APP_ROLE)))
            if WEB not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(WEB)))
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(WEB)))
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(WEB), sql.Literal(self._password("web")))
            )
            databases = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
            if DATABASE not in databases:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def _log_tail(self) -> bytes:
        with contextlib.suppress(OSError):
            return (self.data_dir / "postgres.log").read_bytes()[-4000:]
        return b""

    def _failure(self, program: str) -> Obstacle:
        lines = [line for line in self._log_tail().decode(errors="replace").splitlines() if line.strip()]
        said = lines[-1].strip() if lines else "—"
        log = self.data_dir / "postgres.log"
        return Obstacle(
            "database_did_not_start",
            f"内置数据库未能启动（{program}：{said}）；请查看 {log}，或设置 XINLU_DATABASE_URL 使用已有的 PostgreSQL。",
            f"The embedded database did not start ({program}: {said}); look into {log}, "
            "or set XINLU_DATABASE_URL to use a PostgreSQL of your own.",
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
