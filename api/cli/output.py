"""How commands speak: sentences to a person, one JSON object a line to a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

import typer

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object a line, for programs.")]


def say(sentence: str) -> None:
    """Print a line for a person, at once."""
    print(sentence, flush=True)


def say_json(value: Mapping[str, object]) -> None:
    """Print one object on one line, Chinese as it is, instants and dates in ISO 8601."""
    print(json.dumps(value, ensure_ascii=False, default=_plain), flush=True)


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
