"""A fact of every shape, made from the shape alone: the same one each time, with every field stated."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from domain.event import Actor, Envelope, Event, Evidence, Fact, LegalBasis, Sealed, Source

STREAM = UUID("00000000-0000-4000-8000-0000000000e1")

PLAIN: dict[object, object] = {
    str: "样例",
    int: 7,
    bool: True,
    date: date(2024, 2, 29),
    datetime: datetime(2024, 2, 29, 4, 5, 6, 789000, tzinfo=UTC),
    AwareDatetime: datetime(2024, 2, 29, 4, 5, 6, 789000, tzinfo=UTC),
    UUID: UUID("00000000-0000-4000-8000-0000000000a7"),
}

SEALED = Sealed(key_id=UUID(int=9), key_check="0011223344556677", ciphertext="5qC35L6L", commitment="00" * 32)

ENVELOPE = Envelope(
    actor=Actor(officer_id="样例经办人", role="handler", section="样例科", on_behalf_of="样例负责人"),
    case_no="样例-1",
    legal_basis=(
        LegalBasis(
            rule="样例规则",
            instrument="样例办法",
            article="第一条",
            in_force_from=date(2020, 1, 1),
            certainty="unverified",
        ),
    ),
    evidence=(Evidence(title="样例决定书", document_no="样例〔2024〕1号", sha256="ab" * 32),),
    rulebook_version="cd" * 32,
    request_id=UUID(int=1),
    correlation_id=UUID(int=2),
    causation_id="样例",
    source=Source(system="import", batch="样例批次", row=2),
)


def fact_of(cls: type[Event], with_nulls: bool) -> Fact:
    """A fact of the shape: with everything stated, or with everything null that may be."""
    envelope = Envelope(actor=ENVELOPE.actor.model_copy(update={"on_behalf_of": None})) if with_nulls else ENVELOPE
    return Fact(STREAM, 3, envelope, _value(cls, with_nulls))


def _value(annotation: Any, with_nulls: bool) -> Any:
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation is Sealed:
        return SEALED
    if annotation in PLAIN:
        return PLAIN[annotation]
    if origin is Annotated:
        return _value(parts[0], with_nulls)
    if origin in (Union, types.UnionType):
        if type(None) in parts and with_nulls:
            return None
        return _value(Sealed if Sealed in parts else next(p for p in parts if p is not type(None)), with_nulls)
    if origin is Literal:
        return parts[0]
    if origin in (tuple, list, frozenset):
        return origin(() if with_nulls else (_value(parts[0], with_nulls),))
    if origin is dict:
        return {} if with_nulls else {_value(parts[0], with_nulls): _value(parts[1], with_nulls)}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return annotation(**{name: _value(info.annotation, with_nulls) for name, info in fields})
    raise TypeError(f"a golden fact cannot hold {annotation}")


def lost_in(kept: Any, now: Any, path: str = "") -> Iterator[str]:
    """Places where what was kept does not stand in what is now; what was added since does not count."""
    if isinstance(kept, dict) and isinstance(now, dict):
        for name, part in kept.items():
            yield from lost_in(part, now[name], f"{path}.{name}") if name in now else [f"{path}.{name}"]
    elif isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        for index, part in enumerate(kept):
            yield from lost_in(part, now[index], f"{path}.{index}")
    elif kept != now:
        yield path
