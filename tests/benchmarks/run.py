"""Measure what the program must reach, each figure beside its target: `python -m tests.benchmarks.run`.

Each part has a database of its own on a server of its own that keeps every promise to the disk. Nothing here is a
test: what a machine reaches depends on the machine, so the figures to look at are the ratios.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tests.benchmarks.databases import server
from tests.benchmarks.figures import Figure, table
from tests.databases import Database, Server, fresh_database

PARTS = ("append", "imports", "views", "search", "pages")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How long and how much: enough for a figure to trust, or just enough to see that it runs."""

    seconds: float
    rounds: int
    import_rows: int
    names: int
    requests: int


FULL = Sizes(seconds=0.7, rounds=5, import_rows=40_000, names=200_000, requests=1_500)
QUICK = Sizes(seconds=0.1, rounds=1, import_rows=2_000, names=5_000, requests=100)


def measure(part: str, made: Server, sizes: Sizes, say: Callable[[str], None]) -> list[Figure]:
    """The figures of one part; a part whose code is not there yet says so and has none."""
    try:
        module = import_module(f"tests.benchmarks.{part}")
    except ModuleNotFoundError as missing:
        say(f"{part}: skipped, {missing.name} is not there yet")
        return []
    with fresh_database(made) as database:
        return _measure(part, module, database, sizes)


def _measure(part: str, module: object, database: Database, sizes: Sizes) -> list[Figure]:
    work = module.measure  # type: ignore[attr-defined]
    found: list[Figure]
    match part:
        case "append":
            found = work(database, seconds=sizes.seconds, rounds=sizes.rounds)
        case "search":
            found = work(database, names=sizes.names, requests=sizes.requests)
        case "pages":
            found = work(database, rows=sizes.import_rows // 20, requests=sizes.requests, rounds=sizes.rounds)
        case _:
            found = work(database, rows=sizes.import_rows, rounds=sizes.rounds)
    return found


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all unless told")
    parser.add_argument("--quick", action="store_true", help="a minute instead of a quarter of an hour; noisy")
    parser.add_argument("--json", action="store_true", help="one object for each figure")
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}")

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    figures: list[Figure] = []
    with server() as made:
        for part in asked.parts or PARTS:
            say(f"{part} …")
            found = measure(part, made, QUICK if asked.quick else FULL, say)
            figures += found
            if asked.json:
                for one in found:
                    print(json.dumps(one.as_json(), ensure_ascii=False), flush=True)
    if not asked.json:
        print("\n".join(table(figures)))


if __name__ == "__main__":
    main()
