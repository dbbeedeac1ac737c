"""Importing a V2 file: rows a second from the file to the log, and how much memory it takes."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from api.clock import SystemClock
from api.exchange.command import collect_seldom
from api.exchange.importing import import_file
from domain.context import Context, Officer, day_of
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.register import CreditRegister
from tests.benchmarks.append import MASTER_KEY
from tests.benchmarks.figures import Figure
from tests.benchmarks.files import write_penalties
from tests.databases import Database, fresh_database

PART = "imports"
ROWS_A_SECOND_MIN = 5_000
MEGABYTES_MAX = 400
CPU = "and of these the client's own CPU allows"


def measure(database: Database, *, rows: int, rounds: int) -> list[Figure]:
    """Each round imports the file in a process of its own into a database of its own, so that its memory is its own."""
    spawning = multiprocessing.get_context("spawn")
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "样例.csv"
        write_penalties(path, rows, day_of(SystemClock().now()))
        for _ in range(max(rounds // 2, 1)):
            with fresh_database(database.server) as own, spawning.Pool(1) as pool:
                runs.append(pool.apply(import_rows, (own.app_url, path)))
    taken, cpu, megabytes = (median(one) for one in zip(*runs, strict=True))
    what = f"penalties in CSV, {rows:,} rows, 1 in 2 with a sealed number"
    return [
        Figure(PART, what, rows / taken, "rows/s", target=ROWS_A_SECOND_MIN),
        Figure(PART, CPU, rows / cpu, "rows/s"),
        Figure(PART, "peak memory", megabytes, "MB", target=MEGABYTES_MAX, at_most=True),
    ]


def import_rows(app_url: str, path: Path) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of CPU, and peak memory in megabytes; as the command imports."""
    collect_seldom()
    clock = SystemClock()
    context = Context(clock.now(), Officer("样例员甲", "handler", "market_order"), Reading(Rulebook.from_files()))
    with CreditRegister.connect(app_url, MASTER_KEY) as register, path.open("rb") as file:
        begun, worked = perf_counter(), _cpu_seconds()
        taken = import_file(register, file, path.name, context, clock.new_id)
        verdicts = {outcome.verdict for outcome in taken}
        passed, worked = perf_counter() - begun, _cpu_seconds() - worked
    assert verdicts == {"accept"}, taken.counts
    # Kilobytes everywhere but on macOS, which counts bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return passed, worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
