"""What a killed process left behind on the files of an embedded database, and how to end it safely.

A process id in a file proves nothing: the number may belong to another program by now. A process
counts as ours only if it is a `postgres` whose working folder is the folder of these very files.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from api.obstacles import Obstacle

ORDERLY_SECONDS_MAX = 20.0
IMMEDIATE_SECONDS_MAX = 10.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that runs on the files: its process id and the port it listens on at 127.0.0.1."""

    pid: int
    port: int


def running_server(files: Path) -> RunningServer | None:
    """The live server of these files, or None."""
    noted = _noted(files)
    if noted is None or not _is_server_of(noted.pid, files):
        return None
    return noted


def stop_leftover(files: Path) -> None:
    """Stop whatever still runs on the files, and remove a note that names a foreign process.

    Call it only while holding the folder's lock, which proves that no living program owns the server.
    """
    leftover = running_server(files)
    if leftover is not None:
        _signal(leftover.pid, signal.SIGINT)
        if not _gone(files, leftover.pid, ORDERLY_SECONDS_MAX):
            _signal(leftover.pid, signal.SIGQUIT)
    # Orphans of a server that was killed itself end on their own; their shared memory must be gone before a new start.
    pid = leftover.pid if leftover is not None else 0
    if not _gone(files, pid, IMMEDIATE_SECONDS_MAX):
        raise Obstacle(
            "leftover_server",
            f"上次运行留下的 PostgreSQL 仍在使用 {files}，无法停止；请手动结束该进程后重试。",
            f"A PostgreSQL left by an earlier run still uses {files} and cannot be stopped; end it by hand and retry.",
        )
    # The server itself refuses to start when the noted number belongs to any living process of its user.
    (files / "postmaster.pid").unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder that holds nothing worth keeping, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def _noted(files: Path) -> RunningServer | None:
    try:
        lines = (files / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        return RunningServer(pid=int(lines[0]), port=int(lines[3]))
    except (OSError, ValueError, IndexError):
        return None


def _is_server_of(pid: int, files: Path) -> bool:
    if pid <= 1:
        return False
    process = Path("/proc") / str(pid)
    if Path("/proc/self/cwd").exists():
        try:
            return (process / "cwd").resolve() == files.resolve() and "postgres" in (process / "exe").readlink().name
        except OSError:
            return False
    # Without /proc (macOS) the command line names the folder, as `postgres -D <folder>`.
    said = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return "postgres" in said and f"-D {files}" in said


def _servers_of(files: Path, pid: int) -> list[int]:
    """Processes that run on the files; where /proc is missing, only the one named."""
    numbers = [int(entry) for entry in os.listdir("/proc") if entry.isdigit()] if Path("/proc/self").exists() else [pid]
    return [number for number in numbers if _is_server_of(number, files)]


def _gone(files: Path, pid: int, seconds_max: float) -> bool:
    give_up = time.monotonic() + seconds_max
    while _servers_of(files, pid):
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
