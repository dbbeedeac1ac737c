"""What each kind of refusal is in HTTP: the only place that knows."""

from __future__ import annotations

from domain.refusals import Refused

STATUS: dict[str, int] = {
    "unreadable": 400,
    "signed_out": 401,
    "forbidden": 403,
    "unknown": 404,
    "method": 405,
    "refused": 409,
    "gone": 410,
    "too_large": 413,
    "form": 415,
    "malformed": 422,
    "too_many": 429,
    "failed": 500,
    "busy": 503,
}
"""Kind of refusal → status; 422 only for what is malformed, 409 for what the law refuses."""


def status_of(refusal: Refused) -> int:
    """The status of an answer that tells this refusal."""
    return STATUS[refusal.kind]
