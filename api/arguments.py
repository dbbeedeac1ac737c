"""What a decision asks, read from its signature: forms, JSON bodies and routes follow from it.

An argument that is an event is taken apart: its fields stand beside the other arguments.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic_core import PydanticUndefined

import domain.credit_file
from domain.credit_file.file import CreditFile
from domain.event import Event, Personal
from domain.officer import POWERS

Decision = Callable[..., Sequence[Event]]

SURROUNDINGS = ("file", "context")
UNSAID = PydanticUndefined
"""The default of an argument that must be given."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One value that a decision asks.

    hint       its type, without None and without annotations; default UNSAID where it must be given
    holder     the argument that holds it: its own name, or that of the event it is a field of
    is_sealed  whether it is personal data on its way to the vault
    """

    name: str
    hint: Any
    default: Any
    may_be_none: bool
    holder: str
    is_sealed: bool


def hints_of(decide: Decision) -> dict[str, Any]:
    """The types of a decision's parameters; what it imports for the type checker only is named here."""
    return get_type_hints(decide, localns={"CreditFile": CreditFile}, include_extras=True)


def event_of(hint: Any) -> type[Event] | None:
    """The event that the type is, None for any other type."""
    return hint if isinstance(hint, type) and issubclass(hint, Event) else None


@cache
def events_of(decide: Decision) -> Mapping[str, type[Event]]:
    """The arguments that are events, by name."""
    return {name: kind for name, hint in hints_of(decide).items() if (kind := event_of(hint)) is not None}


@cache
def arguments_of(decide: Decision) -> Mapping[str, Argument]:
    """Every value the decision asks besides its surroundings, by name. Raises TypeError where a name stands twice."""
    hints, found = hints_of(decide), []
    for one in list(inspect.signature(decide).parameters.values()):
        if one.name in SURROUNDINGS:
            continue
        kind = event_of(hints[one.name])
        if kind is None:
            default = UNSAID if one.default is inspect.Parameter.empty else one.default
            found.append(_argument(one.name, hints[one.name], default, one.name))
        else:
            fields = get_type_hints(kind, include_extras=True)
            found += [_argument(name, fields[name], own.default, one.name) for name, own in kind.model_fields.items()]
    if len({one.name for one in found}) != len(found):
        raise TypeError(f"{decide.__name__} asks two values of one name")
    return {one.name: one for one in found}


def _argument(name: str, hint: Any, default: Any, holder: str) -> Argument:
    bare, may_be_none, is_sealed = hint, False, False
    while True:
        parts = get_args(bare)
        if get_origin(bare) is Annotated:
            bare = parts[0]
        elif Personal in parts:
            bare, is_sealed = Personal, True
        elif NoneType in parts:
            bare, may_be_none = next(one for one in parts if one is not NoneType), True
        else:
            return Argument(name, bare, default, may_be_none, holder, is_sealed)


def gathered(decide: Decision, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the decision takes them: those of an event gathered into it."""
    arguments, events = arguments_of(decide), events_of(decide)
    given = {name: value for name, value in values.items() if arguments[name].holder == name}
    for holder, kind in events.items():
        own = {name: value for name, value in values.items() if arguments[name].holder == holder}
        given[holder] = kind(**own)
    return given


def decisions() -> Mapping[str, Decision]:
    """Every decision on a subject's file that an officer may take, by name: the functions of the chapters that the
    role × act table names."""
    found: dict[str, Decision] = {}
    for module in pkgutil.iter_modules(domain.credit_file.__path__):
        chapter = import_module(f"{domain.credit_file.__name__}.{module.name}")
        for name, one in vars(chapter).items():
            is_officers = bool(POWERS.get(name, frozenset()) - {"system"})
            if is_officers and getattr(one, "__module__", "") == chapter.__name__ and _is_of_file(one):
                found[name] = one
    return found


def _is_of_file(one: Any) -> bool:
    return inspect.isfunction(one) and next(iter(inspect.signature(one).parameters), "") == "file"


DECISIONS: Mapping[str, Decision] = decisions()
