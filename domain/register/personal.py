"""Where personal data stands in what is asked, so that its keys can be read at once.

This is asked of every row of an import, so only the fields that may hold any are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from domain.event import Personal
from domain.personal_data import personal_fields


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
