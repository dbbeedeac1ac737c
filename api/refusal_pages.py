"""From a refusal to an answer: one table, one shape for programs, one page for people.

The table says what each kind of refusal is in HTTP; what the web itself declines (no such page, a body too large, an
error of ours) is put into the same shape here. Nothing in an answer repeats personal data or a traceback.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.access import NotSignedIn
from api.denials import note_denial
from api.rendering import page
from api.statuses import status_of
from domain.refusals import Refused
from domain.register.rulebooks import NoRulebook


class PageUnknown(Refused):
    zh = "没有这个页面或这个主体；请从检索进入。"
    en = "There is no such page or subject; start from the search."
    kind = "unknown"


class MethodUnknown(Refused):
    zh = "此地址不接受这种请求；请从页面上的链接或表单进入。"
    en = "The address does not take such a request; use the links and forms of the pages."
    kind = "method"


class BodyTooLarge(Refused):
    zh = "提交的内容超过上限；请分成几份提交。"
    en = "The body is larger than allowed; split it and submit the parts."
    kind = "too_large"


class Malformed(Refused):
    zh = "“{where}”的格式不对；请按接口说明填写。"
    en = "“{where}” is malformed; see the description of the interface."
    kind = "malformed"


class RequestUnreadable(Refused):
    zh = "请求无法识别；请从页面上的链接或表单进入。"
    en = "The request cannot be understood; use the links and forms of the pages."
    kind = "unreadable"


class NotReady(Refused):
    zh = "规则库尚未启用；请系统管理员先采用一版规则。"
    en = "No rulebook is adopted yet; the administrator has to adopt one first."
    kind = "busy"


class OurError(Refused):
    zh = "系统出错，没有保存；请稍后再试，仍不行请把请求号告诉系统管理员。"
    en = "Something failed on our side and nothing was saved; try again, or tell the administrator the request id."
    kind = "failed"


OF_STATUS: dict[int, type[Refused]] = {
    400: RequestUnreadable, 404: PageUnknown, 405: MethodUnknown, 413: BodyTooLarge, 500: OurError,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """The one shape of every answer that says no.

    code         stable name for programs
    basis        instrument and article, "" where no rule says so
    field        the form field or argument it is about, "" for the whole
    request_id   what to tell the administrator
    """

    code: str
    sentence_zh: str
    sentence_en: str
    basis: str
    field: str
    request_id: str


def problem_of(refusal: Refused, request: Request) -> Problem:
    """The refusal in the one shape."""
    return Problem(
        refusal.code, refusal.sentence_zh, refusal.sentence_en, refusal.basis, refusal.field, request_id_of(request)
    )


def request_id_of(request: Request) -> str:
    """The id under which the log knows the request."""
    return str(getattr(request.state, "request_id", ""))


def answer(request: Request, refusal: Refused, headers: dict[str, str] | None = None) -> Response:
    """Tell the refusal: JSON below /api/, a page elsewhere; a stranger asking for an officers' page may sign in."""
    if is_for_program(request):
        body = {"error": asdict(problem_of(refusal, request))}
        return JSONResponse(body, status_of(refusal), {"Cache-Control": "no-store", **(headers or {})})
    if isinstance(refusal, NotSignedIn) and request.method == "GET":
        where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(where, safe='')}", 303, {"Cache-Control": "no-store"})
    problem = problem_of(refusal, request)
    status = status_of(refusal)
    return page(request, "refused.html", status=status, headers=headers, says_address=False, problem=problem)


def is_for_program(request: Request) -> bool:
    """Whether the answer is read by a program: everything below /api/, and who accepts JSON but no page."""
    accepts = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accepts and "html" not in accepts)


def refusal_of(error: Exception) -> Refused:
    """The refusal that an exception amounts to."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, NoRulebook):
        return NotReady()
    if isinstance(error, RequestValidationError):
        return Malformed(where=_where(error))
    if isinstance(error, HTTPException):
        return OF_STATUS.get(error.status_code, RequestUnreadable)()
    return OurError()


def _where(error: RequestValidationError) -> str:
    first: dict[str, Any] = dict(error.errors()[0]) if error.errors() else {}
    if first.get("type") == "text_impossible":
        return str(first["ctx"]["where"])
    return ".".join(str(part) for part in first.get("loc", ()) if part not in ("body", "query", "path")) or "body"


def add_handlers(app: FastAPI) -> None:
    """Answer every refusal and every error of the framework in the one shape."""

    def handle(request: Request, error: Exception) -> Response:
        refusal = refusal_of(error)
        note_denial(request, refusal)
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
        return answer(request, refusal, headers)

    for kind in (Refused, NoRulebook, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)
