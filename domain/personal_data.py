"""Which fields of a shape may hold personal data, and where sealed texts stand in an event: told from the shapes, once
for each class.

Most fields of most shapes can hold none. This is asked of every row of an import and of every fact that is folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from domain.event import Personal, Sealed


@cache
def personal_fields(cls: type[BaseModel]) -> tuple[str, ...]:
    """The fields of the shape that may hold personal data, at any depth; in the order of the shape."""
    return tuple(name for name, info in cls.model_fields.items() if _may_hold(info.annotation, frozenset()))


def sealed_in(value: object, path: str = "") -> Iterator[tuple[str, Sealed]]:
    """Each sealed text within an event with its path, such as ``identity_number`` or ``rows.3.text``: what it is bound
    to in the vault, beside stream and version."""
    if isinstance(value, Sealed):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in personal_fields(type(value)):
            yield from sealed_in(getattr(value, name), _within(path, name))
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from sealed_in(part, _within(path, str(index)))
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from sealed_in(part, _within(path, str(name)))


def _within(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _may_hold(annotation: Any, within: frozenset[type[BaseModel]]) -> bool:
    """Whether a value of this annotation may hold personal data; a model within itself is looked into once."""
    if annotation is Personal:
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation in within:
            return False
        inner = within | {annotation}
        return any(_may_hold(info.annotation, inner) for info in annotation.model_fields.values())
    return any(_may_hold(part, within) for part in get_args(annotation))
