"""Who may use which route: declared on each route, checked before it runs, walked by a test.

A route without a declaration cannot be added. What an officer may *do* is the register's question, asked again by the
decision; here it is only asked who may open the page at all.
"""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from starlette.datastructures import FormData

from api.identity import SignedIn, signed_in
from api.texts import check_texts
from domain.officer import POWERS, ROLES
from domain.refusals import Refused

E = TypeVar("E", bound=Callable[..., Any])

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
FORM_COOKIE = "xinlu_form"
FIELDS_MAX = 1000


class NotSignedIn(Refused):
    zh = "此处仅供工作人员使用；请先登录。"
    en = "This is for officers only; sign in first."
    kind = "signed_out"


class RouteNotAllowed(Refused):
    zh = "您的岗位（{role}）不能使用此页；需要的岗位：{needed}。"
    en = "Your role ({role}) may not use this page; it is for: {needed_en}."
    kind = "forbidden"


class FormTokenWrong(Refused):
    zh = "表单已失效或不是从本站打开的；没有保存，请刷新页面后重新提交。"
    en = "The form has expired or was not opened on this site; nothing was saved, reload the page and submit again."
    kind = "forbidden"


class FormUnreadable(Refused):
    zh = "提交的格式无法识别；请用本站的表单提交。"
    en = "The body of the request cannot be read; submit it with this site's form."
    kind = "form"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a route: everybody (`roles` is None), or officers who hold one of the roles."""

    roles: frozenset[str] | None

    @property
    def is_public(self) -> bool:
        return self.roles is None


def public(endpoint: E) -> E:
    """Declare that everybody may use the route."""
    endpoint.__xinlu_access__ = Access(None)  # type: ignore[attr-defined]
    return endpoint


def requires(*roles: str) -> Callable[[E], E]:
    """Declare that officers holding one of the roles (`domain.officer.ROLES`) may use the route."""
    unknown = set(roles) - ROLES.keys()
    if unknown or not roles:
        raise ValueError(f"no such roles: {sorted(unknown)}")

    def declare(endpoint: E) -> E:
        endpoint.__xinlu_access__ = Access(frozenset(roles))  # type: ignore[attr-defined]
        return endpoint

    return declare


def requires_power(*acts: str) -> Callable[[E], E]:
    """Declare that officers whose role holds one of the acts (`domain.officer.POWERS`) may use the route."""
    roles: frozenset[str] = frozenset().union(*(POWERS[act] for act in acts)) - {"system"}

    def declare(endpoint: E) -> E:
        endpoint.__xinlu_acts__ = acts  # type: ignore[attr-defined]
        return requires(*sorted(roles))(endpoint)

    return declare


def acts_of(endpoint: Callable[..., Any]) -> tuple[str, ...]:
    """The acts that the route of this function serves, () for a page that only shows."""
    declared: tuple[str, ...] = getattr(endpoint, "__xinlu_acts__", ())
    return declared


def access_of(endpoint: Callable[..., Any]) -> Access | None:
    """What the route of this function declares, None where it declares nothing."""
    declared: Access | None = getattr(endpoint, "__xinlu_access__", None)
    return declared


class DeclaredRoute(APIRoute):
    """A route that says who may use it. Use `APIRouter(route_class=DeclaredRoute)` and nothing else.

    Order: is this somebody who may come in, then the address is looked at, then the body is read and a form's token
    compared, then the function runs. So a stranger's body is not even read where strangers may not come in.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        access = access_of(endpoint)
        if access is None:
            raise TypeError(f"{path}: say who may use the route, with @public or @requires(…)")
        guards = [guard for guard in given.pop("dependencies", None) or [] if guard.dependency is not read_form]
        mine = [Depends(read_form)] if set(given.get("methods") or {"GET"}) - SAFE_METHODS else []
        super().__init__(path, endpoint, dependencies=[*mine, *guards], **given)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework reads the body before any dependency runs; what must come first goes around it all."""
        handle = super().get_route_handler()

        async def handle_admitted(request: Request) -> Response:
            await run_in_threadpool(admit, request)
            check_texts([*request.path_params.items(), *request.query_params.multi_items()])
            return await handle(request)

        return handle_admitted


def admit(request: Request) -> None:
    """Let in who may use the route. Refused, in this order: NotSignedIn, RouteNotAllowed."""
    access = access_of(request.scope["endpoint"])
    assert access is not None
    if access.roles is None:
        return
    officer = signed_in(request)
    if officer is None:
        raise NotSignedIn
    role = officer.officer.role
    if role not in access.roles:
        needed = [one for one in ROLES if one in access.roles]
        raise RouteNotAllowed(
            role=ROLES[role], needed="、".join(ROLES[one] for one in needed), needed_en=", ".join(needed)
        )


async def read_form(request: Request) -> AsyncIterator[None]:
    """Read a form once, compare its token, and close its files when the route is done.

    The only place that waits for a body, hence `async`.

    Refused, in this order: FormUnreadable, FormTokenWrong, TextImpossible.
    """
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    officer: SignedIn | None = getattr(request.state, "signed_in", None)
    if content_type in ("application/json", "") and request.url.path.startswith("/api/"):
        # A browser sends this type to another site only after asking it, and this site never agrees.
        if officer is not None and not officer.is_bearer:
            _compare(request.headers.get("x-csrf-token", ""), officer.csrf)
        yield
        return
    # Who is not signed in has no file to send.
    if content_type not in (FORM_TYPES if officer is not None else FORM_TYPES[:1]):
        raise FormUnreadable
    request.state.form = form = await request.form(max_fields=FIELDS_MAX)
    try:
        sent = form.get("csrf")
        expected = officer.csrf if officer is not None else request.cookies.get(FORM_COOKIE, "")
        if officer is None or not officer.is_bearer:
            _compare(sent if isinstance(sent, str) else "", expected)
        check_texts(form.multi_items())
        yield
    finally:
        await form.close()


def _compare(sent: str, expected: str) -> None:
    if not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise FormTokenWrong


def form_of(request: Request) -> FormData:
    """The form the request brought, read and checked before the route's function ran."""
    form: FormData = request.state.form
    return form


def officer_of(request: Request) -> SignedIn:
    """The officer of the request; only in routes that require a role."""
    officer = signed_in(request)
    assert officer is not None
    return officer
