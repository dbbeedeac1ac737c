"""Where personal data stands in what is asked and in what is stored: told from the shapes, once for each class.

Most fields of most shapes can hold none. This is asked of every row of an import, so only the others are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from domain.event import Personal


@cache
def personal_fields(cls: type[BaseModel]) -> tuple[str, ...]:
    """The fields of the shape that may hold personal data, at any depth; in the order of the shape."""
    return tuple(name for name, info in cls.model_fields.items() if _may_hold(info.annotation, frozenset()))


def find_personal(value: object) -> Iterator[Personal]:
    """All personal data within the arguments of an act, so that its keys can be read at once."""
    if isinstance(value, Personal):
        yield value
    elif isinstance(value, BaseModel):
        for name in personal_fields(type(value)):
            if (one := getattr(value, name)) is not None:
                yield from find_personal(one)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from find_personal(one)
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from find_personal(one)


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
