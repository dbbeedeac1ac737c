"""The composition root: builds the parts once, joins the pages, and starts and stops what runs beside them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread

import psycopg_pool
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from api import display, paper_pages, sign_in
from api.access import DeclaredRoute, public
from api.audit import draws as audit_draws
from api.audit import pages as audit_pages
from api.clock import Clock
from api.daily import run_every_day
from api.disclosure import pages as disclosure_pages
from api.officer import routes as officer_routes
from api.papers import FolderPapers
from api.parts import Parts, parts_of
from api.positions import Positions, positions
from api.refusal_pages import add_handlers
from api.rendering import FOLDER
from api.requests import Surroundings, logger
from api.settings import Settings
from api.v1 import acts, description, reads, sessions
from api.vault_key import vault_key
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections.engine import Engine

STOP_SECONDS_MAX = 10
LAG_MAX = 1_000
STILL_SECONDS_MAX = 10.0
POOL_SIZE_MAX = 12

health = APIRouter(route_class=DeclaredRoute, tags=["health"])


def compose(settings: Settings, database_url: str, clock: Clock) -> Parts:
    """Open the parts over a migrated database; `create_app` closes them when the application ends."""
    pool = psycopg_pool.ConnectionPool(database_url, min_size=1, max_size=POOL_SIZE_MAX, open=True)
    register = CreditRegister.connect(database_url, vault_key(settings, clock))
    return Parts(
        settings=settings,
        clock=clock,
        register=register,
        rulebooks=Rulebooks(register),
        pool=pool,
        engine=Engine(database_url, register),
        papers=FolderPapers(settings.data_dir / "papers"),
        simulated=register.is_simulated,
    )


def create_app(parts: Parts) -> FastAPI:
    """The application over its parts; the views follow the log in a thread of their own while it runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        stop = Event()
        follower = Thread(target=parts.engine.run, args=(stop,), name="views", daemon=True)
        follower.start()
        Thread(target=run_every_day, args=(parts, stop, logger()), name="daily", daemon=True).start()
        try:
            yield
        finally:
            # A process that dies without coming here loses nothing: the views go on from their tracking rows.
            stop.set()
            follower.join(STOP_SECONDS_MAX)
            parts.register.close()
            parts.pool.close()

    app = FastAPI(
        title="信录 Xinlu",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.router.route_class = DeclaredRoute
    app.state.parts = parts
    app.state.standstill = Standstill()
    add_handlers(app)
    app.add_middleware(Surroundings, clock=parts.clock)
    for router in ROUTERS:
        # Not included as a whole, which would hide the routes from whoever asks each of them who may use it.
        app.router.routes.extend(router.routes)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    return app


DESCRIPTION = "What a commerce bureau discloses of the credit record of businesses, and its officers' acts."


@health.get("/healthz", include_in_schema=False)
@public
def healthz(request: Request) -> Response:
    """Whether the process answers."""
    return JSONResponse({"alive": True}, headers={"Cache-Control": "no-store"})


@health.get("/readyz", include_in_schema=False)
@public
def readyz(request: Request) -> Response:
    """Whether pages can be served: the database answers, nothing stops the views, and they are at most a thousand facts
    behind and have not stood still behind the log for more than ten seconds."""
    parts = parts_of(request)
    where = positions(parts)
    still = request.app.state.standstill.seconds(where, time.monotonic())
    ready = where.lag <= LAG_MAX and still <= STILL_SECONDS_MAX and parts.engine.failure is None
    body = {"log": where.log, "views": where.views, "lag": where.lag, "ready": ready}
    return JSONResponse(body, 200 if ready else 503, {"Cache-Control": "no-store"})


class Standstill:
    """How long the views have stood still behind the log, by whoever asks from time to time."""

    def __init__(self) -> None:
        self._behind: tuple[int, float] | None = None

    def seconds(self, where: Positions, now: float) -> float:
        """Seconds since the views were first seen behind the log and where they are; 0 while they are at its head."""
        if where.lag == 0:
            self._behind = None
            return 0
        if self._behind is None or self._behind[0] != where.views:
            self._behind = where.views, now
        return now - self._behind[1]


ROUTERS = (
    health, display.router, sign_in.router, paper_pages.router, disclosure_pages.router,
    description.router, reads.router, acts.router, sessions.router, *officer_routes.ROUTERS,
    audit_pages.router, audit_draws.router,
)  # fmt: skip
