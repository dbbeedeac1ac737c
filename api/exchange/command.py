"""Import files from the command line: each row told to a program, progress and counts told to a person."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from api.exchange.importing import import_file
from api.exchange.outcomes import VERDICT_NAMES, VERDICTS, RowOutcome, Verdict, as_csv
from api.obstacles import Obstacle
from domain.context import Context
from domain.refusals import Refused
from domain.register.register import CreditRegister

Say = Callable[[str], None]
SayJson = Callable[[Mapping[str, object]], None]
ROWS_BETWEEN_LINES = 20_000
OBJECTS_BETWEEN_COLLECTIONS = 50_000


def collect_seldom() -> None:
    """Let this process look for circles of garbage seldom: an import's rows form none, and looking after every 700
    new objects, as Python does by itself, takes an eighth of an import's time."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def run_import(
    register: CreditRegister,
    paths: Sequence[Path],
    context: Context,
    new_id: Callable[[], UUID],
    *,
    say: Say,
    say_json: SayJson | None = None,
    results: Path | None = None,
) -> Counter[Verdict]:
    """Import the files in the order given; the verdicts counted over all of them.

    say_json  given: one object per row for a program, and not a word to a person
    results   where every row's outcome is written as CSV, if anywhere
    Raises `Obstacle` for a file that cannot be opened or is no table; the files before it stay imported.
    """
    total: Counter[Verdict] = Counter()
    collect_seldom()

    def outcomes() -> Iterator[RowOutcome]:
        for path in paths:
            yield from _import_one(register, path, context, new_id, say, say_json is None, total)

    def told() -> Iterator[RowOutcome]:
        for one in outcomes():
            if say_json is not None:
                say_json(one.as_json())
            yield one

    try:
        if results is None:
            for _ in told():
                pass
        else:
            with _opened(results, "wb") as file:
                for line in as_csv(told()):
                    file.write(line)
    except Refused as refusal:
        raise Obstacle(refusal.code, refusal.sentence_zh, refusal.sentence_en) from refusal
    return total


def _import_one(
    register: CreditRegister,
    path: Path,
    context: Context,
    new_id: Callable[[], UUID],
    say: Say,
    is_for_people: bool,
    total: Counter[Verdict],
) -> Iterator[RowOutcome]:
    with _opened(path, "rb") as file, _meter(path.name, say, is_for_people) as meter:
        started = time.monotonic()
        running = import_file(register, file, path.name, context, new_id, meter)
        if is_for_people and running.ignored:
            say(f"{path.name}: 未读取的列 columns not read: {'、'.join(running.ignored)}")
        yield from running
        seconds = max(time.monotonic() - started, 0.001)
        total.update(running.counts)
    if is_for_people:
        rows = running.counts.total()
        counted = "，".join(f"{VERDICT_NAMES[one]} {one} {running.counts[one]}" for one in VERDICTS)
        say(f"{path.name}: {rows} 行 rows，{counted}；{rows / seconds:,.0f} 行/秒 rows/s")


@contextmanager
def _opened(path: Path, mode: Literal["rb", "wb"]) -> Iterator[BinaryIO]:
    try:
        file = path.open(mode)
    except OSError as error:
        raise Obstacle(
            "file_out_of_reach",
            f"无法打开文件 {path}；请核对路径和权限后重试。",
            f"Cannot open the file {path}; check its path and rights and try again.",
        ) from error
    with file:
        yield file


@contextmanager
def _meter(name: str, say: Say, is_for_people: bool) -> Iterator[Callable[[int, float], None]]:
    """Show progress to people: a bar on a terminal, a line now and then elsewhere."""
    if not is_for_people:
        yield _tell_nobody
    elif sys.stderr.isatty():
        said, rows_done = TextColumn("{task.description}"), TextColumn("{task.fields[rows]}")
        console = Console(stderr=True)
        with Progress(said, BarColumn(), TaskProgressColumn(), rows_done, console=console, transient=True) as bar:
            task = bar.add_task(name, total=1.0, rows="")
            yield lambda rows, share: bar.update(task, completed=share, rows=f"{rows} 行 rows")
    else:
        yield _Lines(name, say).tell


class _Lines:
    """Progress as plain lines."""

    def __init__(self, name: str, say: Say) -> None:
        self._name, self._say, self._next = name, say, ROWS_BETWEEN_LINES

    def tell(self, rows: int, share: float) -> None:
        if rows >= self._next:
            self._next = rows + ROWS_BETWEEN_LINES
            self._say(f"{self._name}: {rows} 行 rows, {share:.0%}")


def _tell_nobody(rows: int, share: float) -> None:
    """A program reads the output."""
