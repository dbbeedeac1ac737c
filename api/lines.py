"""The program's log (程序日志): one JSON object a line on standard error, without names, codes or what was typed."""

from __future__ import annotations

import sys
from collections.abc import Callable

import structlog


class Lines:
    """Standard error as it is at the moment of writing."""

    def info(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    error = info


def logger() -> structlog.stdlib.BoundLogger:
    """One JSON object a line on standard error."""
    made: Callable[..., structlog.stdlib.BoundLogger] = structlog.wrap_logger
    return made(
        Lines(),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
