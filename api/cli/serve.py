"""`xinlu serve`: the pages, over a database of your own or the embedded one."""

from __future__ import annotations

import importlib
import socket
from typing import TYPE_CHECKING

import psycopg
import uvicorn

from api.cli.database import OpenDatabase, open_database
from api.cli.output import JsonFlag, say, say_json
from api.clock import Clock, SystemClock
from api.installation_checks import check_database, check_register, require
from api.law_of_release import law_in_use
from api.migrations import migrate
from api.obstacles import Obstacle
from api.settings import Settings, read_settings
from api.vault_key import vault_key
from domain.register.register import CreditRegister

if TYPE_CHECKING:
    from fastapi import FastAPI

SHUTDOWN_SECONDS_MAX = 10


def serve(as_json: JsonFlag = False) -> None:
    """Serve the pages until Ctrl-C. An embedded database is migrated first and stopped at the end."""
    settings = read_settings()
    with bound_socket(settings) as listener, open_database(settings, exclusive=True) as database:
        if database.is_embedded:
            migrate(database.owner_url)
        require_sound(database)
        with CreditRegister.connect(database.app_url, vault_key(settings, SystemClock())) as register:
            law_in_use(register, SystemClock().now())
        pages = open_pages(settings, database, SystemClock())
        address = address_of(listener)
        if as_json:
            say_json({"address": address})
        else:
            say(f"{address}  （按 Ctrl-C 停止 / Ctrl-C stops it）")
        run_pages(pages, listener)


def bound_socket(settings: Settings) -> socket.socket:
    """Listen on the host and port of the settings. Raises `Obstacle` when the port is taken or not ours to take.

    Bound before the database is started: who mistyped a port learns it at once.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named TCP, or the server does not turn off waiting for more to send: 40 ms for each answer of a kept connection.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        # Until it listens, a second program may bind the same port.
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise Obstacle(
            "port_taken",
            f"无法在 {settings.host}:{settings.port} 提供服务，该端口已被占用或不可用；"
            "请停止占用它的程序，或用 XINLU_PORT 指定另一端口。",
            f"Cannot listen on {settings.host}:{settings.port}, the port is taken or not available; "
            "stop the program that uses it, or name another with XINLU_PORT.",
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def require_sound(database: OpenDatabase) -> None:
    """Raise `Obstacle` unless the database is fit to serve from, and the pages' login cannot change the past."""
    with psycopg.connect(database.app_url) as connection:
        require(check_database(connection))
        require(check_register(connection, connection.info.user))


def open_pages(settings: Settings, database: OpenDatabase, clock: Clock) -> FastAPI:
    """The application over its parts. Call it before the address is told, so that nobody knocks at a closed door."""
    # Imported late: commands that serve nothing need not load the web framework.
    pages = importlib.import_module("api.app")
    application: FastAPI = pages.create_app(pages.compose(settings, database.app_url, clock))
    return application


def run_pages(application: FastAPI, listener: socket.socket) -> None:
    """Serve until a signal ends it; requests under way are finished first."""
    config = uvicorn.Config(
        application, log_config=None, access_log=False, timeout_graceful_shutdown=SHUTDOWN_SECONDS_MAX
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        # The server has already ended in order; Ctrl-C is how a person stops it, not an error.
        return
