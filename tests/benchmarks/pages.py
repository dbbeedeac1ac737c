"""Serving: the page of a subject against a constant page of the same server, over loopback, as a browser asks."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import perf_counter
from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.access import DeclaredRoute, public
from api.app import compose, create_app
from api.cli.serve import address_of, bound_socket, run_pages
from api.clock import SystemClock
from api.settings import Settings
from domain.register.register import CreditRegister
from projections.engine import Engine
from tests.benchmarks.append import MASTER_KEY
from tests.benchmarks.figures import Figure, Slice, interleave, percentile
from tests.benchmarks.filling import fill
from tests.databases import Database

PART = "pages"
CONSTANT = "a constant page of the same server"
CLIENTS = 4
SHARE_MIN = 0.5
P99_MILLISECONDS_MAX = 50

constant = APIRouter(route_class=DeclaredRoute)


@constant.get("/constant/{size}")
@public
def show_constant(size: int) -> Response:
    """So many bytes, whatever the database says."""
    return HTMLResponse("x" * size)


def measure(database: Database, *, rows: int, requests: int, rounds: int) -> list[Figure]:
    with CreditRegister.connect(database.app_url, MASTER_KEY) as register:
        subjects = fill(register, rows)
        engine = Engine(database.app_url, register)
        engine.catch_up_once()
        engine.close()
        codes = [profile.code for file in register.load_many(subjects).values() if (profile := file.profile)]
    paths = [f"/s/{code}" for code in codes]
    with serving(database) as address:
        size = len(fetch(address, paths[0]))
        pages: list[float] = []
        found = interleave(
            {
                "constant": asking(address, [f"/constant/{size}"], requests, []),
                "subject": asking(address, paths, requests, pages),
                "search": asking(address, ["/?q=%E6%A0%B7%E4%BE%8B"], requests // 2, []),
            },
            rounds,
        )
    what = f"page of a subject, {size / 1024:.0f} KB"
    share = found.ratio("subject", "constant")
    return [
        Figure(PART, what, found.rate("subject"), "requests/s", CONSTANT, share, SHARE_MIN),
        Figure(
            PART, f"{what}, {CLIENTS} clients: p99", percentile(pages, 0.99) * 1000, "ms",
            target=P99_MILLISECONDS_MAX, at_most=True,
        ),
        Figure(
            PART, "page of a search", found.rate("search"), "requests/s", CONSTANT, found.ratio("search", "constant")
        ),
    ]  # fmt: skip


def asking(address: str, paths: list[str], requests: int, taken: list[float]) -> Slice:
    """Clients that each keep a connection and ask one page after the other."""

    def run() -> float:
        def ask(place: int) -> None:
            connection = connect(address)
            for number in range(requests // CLIENTS):
                begun = perf_counter()
                connection.request("GET", paths[(number * CLIENTS + place) % len(paths)])
                answer = connection.getresponse()
                answer.read()
                taken.append(perf_counter() - begun)
                assert answer.status == 200, answer.status
            connection.close()

        threads = [Thread(target=ask, args=(place,)) for place in range(CLIENTS)]
        begun = perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return requests / (perf_counter() - begun)

    return run


def connect(address: str) -> HTTPConnection:
    where = urlsplit(address)
    assert where.hostname is not None
    return HTTPConnection(where.hostname, where.port, timeout=30)


def fetch(address: str, path: str) -> bytes:
    connection = connect(address)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    return answer.read()


@contextmanager
def serving(database: Database) -> Iterator[str]:
    """The whole application in a process of its own; its address."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        server = spawning.Process(target=serve, args=(database.app_url, Path(folder), theirs), daemon=True)
        server.start()
        try:
            yield ours.recv()
        finally:
            server.terminate()
            server.join()


def serve(app_url: str, folder: Path, told: Connection) -> None:
    # The application writes a line for each request; they are written, and read by nobody.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    settings = Settings(folder, port=0, vault_key=MASTER_KEY)
    application = create_app(compose(settings, app_url, SystemClock()))
    application.include_router(constant)
    with bound_socket(settings) as listener:
        told.send(address_of(listener))
        run_pages(application, listener)
