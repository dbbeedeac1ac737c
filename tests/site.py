"""The real application behind a real socket, over a real database in which the demonstration's cases were played."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from api.accounts import Accounts
from api.app import compose, create_app
from api.cli.serve import address_of, bound_socket
from api.clock import SimulatedClock
from api.demo.people import PASSWORD
from api.demo.play import MORNING, open_accounts, play
from api.parts import Parts
from api.settings import Settings
from tests.databases import Database, Server, fresh_database

MASTER_KEY = bytes(range(32))
SECONDS_MAX = 20


@dataclass
class Site:
    """A running application: `clock` moves for every test that shares it, so move it forward only."""

    address: str
    app: FastAPI
    parts: Parts
    clock: SimulatedClock
    database: Database = field(repr=False)

    def client(self, **more: object) -> httpx.Client:
        """A stranger's browser, without following redirects."""
        return httpx.Client(base_url=self.address, timeout=SECONDS_MAX, **more)  # type: ignore[arg-type]

    @contextmanager
    def signed_in(self, officer_id: str) -> Iterator[httpx.Client]:
        """An officer's browser after signing in by the form."""
        with self.client() as client:
            answer = sign_in(client, officer_id, PASSWORD)
            assert answer.status_code == 303, answer.text
            yield client

    @contextmanager
    def bearer(self, officer_id: str) -> Iterator[httpx.Client]:
        """An officer's program with a token of its own."""
        with self.client() as client:
            answer = client.post("/api/v1/sessions", json={"officer_id": officer_id, "password": PASSWORD})
            assert answer.status_code == 201, answer.text
            client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
            yield client

    def settled(self) -> None:
        """Wait until the views have reached the log."""
        position, _ = self.parts.register.head()
        assert self.parts.engine.wait_for(position, SECONDS_MAX)


def sign_in(client: httpx.Client, officer_id: str, password: str, next_path: str = "/about") -> httpx.Response:
    """Open the form and send it."""
    client.get("/sign-in")
    token = client.cookies["xinlu_form"]
    fields = {"csrf": token, "officer_id": officer_id, "password": password, "next": next_path}
    return client.post("/sign-in", data=fields)


@contextmanager
def running_site(server: Server, folder: Path) -> Iterator[Site]:
    """Start the application and stop it at the end; the database is made for it and dropped."""
    with fresh_database(server, simulated=True) as database:
        clock = SimulatedClock(MORNING)
        settings = Settings(folder, database_url=database.app_url, vault_key=MASTER_KEY)
        parts = compose(settings, database.app_url, clock)
        play(parts.register, lambda _: None)
        open_accounts(Accounts(parts.pool), MORNING)
        app = create_app(parts)
        with _serving(app, settings) as address:
            site = Site(address, app, parts, clock, database)
            site.settled()
            yield site


@contextmanager
def _serving(app: FastAPI, settings: Settings) -> Iterator[str]:
    listener = bound_socket(replace(settings, host="127.0.0.1", port=0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + SECONDS_MAX
    while not server.started:
        assert thread.is_alive(), "the application did not start"
        assert time.monotonic() < until
        time.sleep(0.01)
    try:
        yield address_of(listener).rstrip("/")
    finally:
        server.should_exit = True
        thread.join(SECONDS_MAX)
        listener.close()
