"""What is asked of the register and what it answers: acts, kinds of streams, receipts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from pydantic import BaseModel

from domain.context import Context
from domain.event import Event, Fact, Personal

F = TypeVar("F")
P = ParamSpec("P")


def bucket_of(stream: UUID) -> int:
    """Which of 256 parts of the log the stream belongs to: the last byte of its id, as SQL's `subject_bucket`."""
    return stream.bytes[-1]


@dataclass(frozen=True, slots=True)
class StreamKind(Generic[F]):
    """A kind of stream: what its file is before the first fact, and how a fact is folded into it.

    allowed   raises Refused where the file itself forbids an act of these arguments in this context, whichever it is
    noticed   the acts of the register itself that must stand before an act of this context on this file: what time
              alone has brought about and the act might make invisible
    """

    empty: Callable[[UUID], F]
    fold: Callable[[F, Fact], F]
    allowed: Callable[[F, Context, Mapping[str, Any]], None] = lambda file, context, arguments: None
    noticed: Callable[[F, Context], Sequence[tuple[Act[F], Context]]] = lambda file, context: ()
    foreseen: Callable[[F, Context, Sequence[Event]], None] = lambda file, context, events: None


@dataclass(frozen=True, slots=True)
class Act(Generic[F]):
    """A decision to be taken on a stream, with its arguments.

    label   whatever the caller wants to find again when asked for the act's context: the row of a file, say
    """

    kind: StreamKind[F]
    decide: Callable[..., Sequence[Event]]
    stream: UUID
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    label: object = None

    @property
    def name(self) -> str:
        """Name of the decision: what the role × act table knows it by."""
        return self.decide.__name__


def act_on(
    kind: StreamKind[F],
    decide: Callable[Concatenate[F, Context, P], Sequence[Event]],
    stream: UUID,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Act[F]:
    """An act whose arguments the type checker compared with the decision's."""
    return Act(kind, decide, stream, args, kwargs)


@dataclass(frozen=True, slots=True)
class Stored:
    """A fact as stored: version in its stream, position in the log, instant (UTC), SHA-256 of its bytes, hex."""

    version: int
    position: int
    recorded_at: datetime
    digest: str
    topic: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the register answers to an act it recorded.

    first_version   version of the first of `events`, or the next one where the act had nothing to record
    repeated        whether the same request had been answered before, and this is that answer
    """

    stream: UUID
    first_version: int
    events: tuple[Stored, ...]
    repeated: bool = False

    @property
    def position(self) -> int:
        """Position of the last fact: what a page waits for before it shows the act; 0 for an act without facts."""
        return self.events[-1].position if self.events else 0


def content_of(act: Act[Any], context: Context) -> bytes:
    """What a request asks, in one canonical form: same bytes, same request.

    The act, who asks, on which stream, with which arguments, case and papers. Not the moment: asking again later is
    the same request. Personal data is in it, so only a keyed hash of it may be kept.
    """
    filing = context.filing
    asked = {
        "act": act.name,
        "officer": [context.officer.officer_id, context.officer.role, context.officer.on_behalf_of],
        "stream": act.stream,
        "args": act.args,
        "kwargs": dict(act.kwargs),
        "case_no": filing.case_no,
        "evidence": filing.evidence,
        "source": filing.source,
    }
    return json.dumps(_canonical(asked), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _canonical(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Personal):
        return {"Personal": [value.person, value.text]}
    if isinstance(value, BaseModel):
        return {type(value).__name__: {name: _canonical(getattr(value, name)) for name in type(value).model_fields}}
    if is_dataclass(value) and not isinstance(value, type):
        return {type(value).__name__: {one.name: _canonical(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, Mapping):
        return {str(name): _canonical(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_canonical(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted((_canonical(part) for part in value), key=repr)
    if isinstance(value, Enum):
        return _canonical(value.value)
    if isinstance(value, datetime | date):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, UUID | Decimal | bytes):
        return {type(value).__name__: value.hex() if isinstance(value, bytes) else str(value)}
    raise TypeError(f"an argument of type {type(value).__name__} has no canonical form")
