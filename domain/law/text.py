"""The canonical text of a rulebook version: what is hashed, stored, adopted and read back.

A head line, then one JSON line for each parameter, instrument, row, calendar edition and code;
keys and lines sorted, every field written out, UTF-8. Comments, order and spacing of the TOML do
not matter, notes do. Fields may be added with a default, never renamed; a format number guards it.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from domain.law.calendar_editions import CalendarEdition
from domain.law.code_lists import Code
from domain.law.contents import FORMAT, Contents, Head
from domain.law.rows import Instrument, Parameter, Row, RulebookRefused

T = TypeVar("T")


def dump(contents: Contents) -> bytes:
    """The canonical text, ending in a newline."""
    parts: list[tuple[str, Any]] = []
    parts += [("parameter", one) for one in contents.parameters]
    parts += [("instrument", one) for one in contents.instruments]
    parts += [("row", one) for one in contents.rows]
    parts += [("calendar", one) for one in contents.calendars]
    parts += [("code", one) for one in contents.codes]
    lines = sorted(_line(what, one) for what, one in parts)
    return "\n".join([_line("head", contents.head), *lines, ""]).encode()


def version_of(text: bytes) -> str:
    """The version: 64 hexadecimal digits of the SHA-256 of the text as stored."""
    return sha256(text).hexdigest()


def parse(text: bytes) -> Contents:
    """Read a stored text back; refused where it is damaged or of a later format."""
    try:
        lines = [json.loads(line) for line in text.decode().split("\n") if line]
        head = lines[0]
        if head["format"] != FORMAT:
            raise _refused(f"format {head['format']}")
        return Contents(
            Head(
                format=head["format"],
                horizon=date.fromisoformat(head["horizon"]),
                days=tuple(head["days"]),
                traits={trait: tuple(names) for trait, names in head["traits"].items()},
                kinds=tuple(head["kinds"]),
            ),
            _read(Parameter, "parameter", lines),
            _read(Instrument, "instrument", lines),
            _read(Row, "row", lines),
            _read(CalendarEdition, "calendar", lines),
            _read(Code, "code", lines),
        )
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, IndexError, TypeError, ValueError) as error:
        if isinstance(error, RulebookRefused):
            raise
        raise _refused(f"{type(error).__name__}: {error}") from error


def _line(what: str, one: Any) -> str:
    # The name of a row is derived from its fields, so it is not stored.
    record = {field.name: _plain(getattr(one, field.name)) for field in fields(one) if field.init}
    return json.dumps({"what": what, **record}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def _read(kind: type[T], what: str, lines: list[dict[str, Any]]) -> tuple[T, ...]:
    return tuple(
        kind(**{name: _typed(name, value) for name, value in line.items() if name != "what"})
        for line in lines
        if line["what"] == what
    )


def _typed(name: str, value: Any) -> Any:
    if name in DAY_FIELDS and value is not None:
        return date.fromisoformat(value)
    if name in DAY_LISTS:
        return tuple(date.fromisoformat(one) for one in value)
    if name == "key" and value and isinstance(value[0], list):
        return tuple((trait, one) for trait, one in value)
    if name == "scope":
        return tuple((trait, tuple(names)) for trait, names in value)
    return tuple(value) if isinstance(value, list) else value


DAY_FIELDS = frozenset({"in_force_from", "in_force_until", "known_from", "from_on", "until_on"})
DAY_LISTS = frozenset({"weekdays_off", "weekends_worked"})


def _refused(why: str) -> RulebookRefused:
    return RulebookRefused(
        f"所存规则文本无法读取（{why}），请升级程序或从备份恢复该文本",
        f"the stored rulebook text cannot be read ({why}); upgrade the program or restore the text from a backup",
    )
