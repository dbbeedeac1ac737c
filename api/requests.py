"""Around every request: its id, the headers that protect a visitor, the limit of its body, and one line in the log.

The log has method, route, status, time and id. It never has a query, a body, a name, a code or the values of an error.
"""

from __future__ import annotations

from time import perf_counter
from uuid import UUID

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.clock import Clock
from api.lines import logger as logger
from api.places import places_of
from api.refusal_pages import BodyTooLarge, OurError, answer
from api.statuses import status_of
from domain.refusals import Refused

FORM_BYTES_MAX = 1024 * 1024
FILE_BYTES_MAX = 64 * 1024 * 1024
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000")


class Surroundings:
    """The outermost layer: whatever happens inside, the visitor gets an answer and the log gets a line."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self.log = logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = perf_counter()
        headers = dict(scope["headers"])
        request_id = _id_of(headers.get(b"x-request-id", b"")) or str(self.clock.new_id())
        scope.setdefault("state", {})["request_id"] = request_id
        told: dict[str, int] = {}

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                given = {name for name, _ in message["headers"]}
                own = [*HEADERS, (b"x-request-id", request_id.encode())]
                if scope["scheme"] == "https":
                    own.append(STRICT_TRANSPORT)
                message["headers"] = [*message["headers"], *(one for one in own if one[0] not in given)]
            await send(message)

        try:
            limit = FILE_BYTES_MAX if headers.get(b"content-type", b"").startswith(b"multipart/") else FORM_BYTES_MAX
            if length_of(headers.get(b"content-length", b"")) > limit:
                await self._say(scope, receive, BodyTooLarge())(scope, receive, send_dressed)
            else:
                await self.app(scope, _limited(receive, limit), send_dressed)
        except Exception as error:
            self.log.error("error", request_id=request_id, kind=type(error).__name__, at=places_of(error))
            if "status" in told:
                # The answer has begun; cutting the connection is the only honest end.
                raise ConnectionAbortedError from None
            await self._say(scope, receive, OurError())(scope, receive, send_dressed)
        finally:
            route = scope.get("route")
            self.log.info(
                "request",
                method=scope["method"],
                route=getattr(route, "path", "—"),
                status=told.get("status", 0),
                milliseconds=round((perf_counter() - started) * 1000, 1),
                request_id=request_id,
            )

    def _say(self, scope: Scope, receive: Receive, refusal: Refused) -> ASGIApp:
        request = Request(scope, receive)
        try:
            return answer(request, refusal)
        except Exception as error:
            # Where even the page cannot be made (the database is gone), plain words are better than none.
            self.log.error("error", kind=type(error).__name__, at=places_of(error))
            text = f"{refusal.sentence_zh}\n{refusal.sentence_en}\n{scope['state']['request_id']}\n"
            return plain(text, status_of(refusal))


def length_of(header: bytes) -> int:
    """The announced length of a body, 0 where none can be read: then it is counted as it comes."""
    return int(header) if header.isdigit() else 0


def plain(text: str, status: int) -> ASGIApp:
    """A plain answer that needs no template and no database."""

    async def say(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})

    return say


def _limited(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            # Of what goes wrong while a body is read, the framework passes on only this kind.
            raise HTTPException(413)
        return message

    return receive_counted


def _id_of(text: bytes) -> str | None:
    try:
        return str(UUID(text.decode("ascii")))
    except ValueError:
        return None
