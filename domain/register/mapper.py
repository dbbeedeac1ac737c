"""Turn facts into the bytes that are stored for ever, and back.

The bytes are UTF-8 JSON, ``{"envelope": {…}, "act": {…}}``, written by pydantic in the order of the fields, with every
field of the shape: nulls and defaults too. Leaving them out would save a fifth of the bytes and cost the meaning: a
default may change, and "not stated" would look like "there was no such field yet". So what is absent did not exist
when the fact was written, and a field added to a shape later must have a default.

Names of shapes are looked up in a closed table, never imported. A shape that was replaced stays readable: its entry
among the old shapes turns the stored act into the next one, and so on to the present shape.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent
from pydantic import BaseModel, TypeAdapter
from pydantic_core import from_json, to_json
from typing_extensions import TypedDict

from domain.event import Envelope, Event, Fact, Personal
from domain.personal_data import personal_fields
from domain.register.batch import NewFact
from domain.register.recorder import StoredFact
from domain.register.vault import Keyring, place_of

Act = dict[str, Any]
Row = tuple[UUID, int, str, bytes, int | None, datetime | None]


@dataclass(frozen=True, slots=True)
class OldShape:
    """A shape no longer written: the topic that replaced it, and how its act becomes an act of that topic."""

    now: str
    change: Callable[[Act], Act]


@dataclass(frozen=True, slots=True)
class EventTypes:
    """The closed table of shapes: the classes by topic, and what became of the old ones."""

    topics: Mapping[str, type[Event]]
    old_shapes: Mapping[str, OldShape] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for topic, cls in self.topics.items():
            if topic != cls.TOPIC:
                raise ValueError(f"{cls.__name__} is stored as {cls.TOPIC!r}, not as {topic!r}")
        for topic, old in self.old_shapes.items():
            if topic in self.topics or (old.now not in self.topics and old.now not in self.old_shapes):
                raise ValueError(f"the old shape {topic!r} must lead to a present one and not be one")


NO_TYPES = EventTypes({})


class CreditMapper(Mapper[UUID]):
    """Between facts and stored bytes, over the table of shapes the register gives it."""

    event_types: EventTypes = NO_TYPES

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._adapters: dict[str, TypeAdapter[Any]] = {}

    # On the way in

    def seal(self, event: Event, keyring: Keyring, stream: UUID, version: int) -> Event:
        """The same act with its personal data sealed for its place."""
        return cast(Event, _sealed(event, keyring, stream, version, ""))

    def to_new_fact(self, fact: Fact) -> NewFact:
        """The fact as it goes to the recorder. Unsealed personal data raises and is never written."""
        topic = type(fact.event).TOPIC
        state = self._adapter(topic).dump_json({"envelope": fact.envelope, "act": fact.event}, warnings="error")
        return NewFact(fact.originator_id, fact.originator_version, topic, state)

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        new = self.to_new_fact(cast(Fact, domain_event))
        return StoredEvent(new.stream, new.version, new.topic, new.state)

    # On the way back

    def to_fact(self, row: Row) -> Fact:
        """The fact of a row (stream, version, topic, state, position, recorded_at), the recorder's FACT_COLUMNS.

        Raises MapperDeserialisationError, naming stream and version, for a topic or a shape that is not in the table.
        """
        stream, version, topic, state, position, recorded_at = row
        try:
            stored = self._decode(topic, state)
        except (KeyError, ValueError) as error:
            # The library's words would quote what is stored; the place is enough to find it.
            raise MapperDeserialisationError(
                f"fact {version} of stream {stream} cannot be read as {topic}: {type(error).__name__}"
            ) from None
        return Fact(
            stream, version, stored["envelope"], stored["act"], position, recorded_at, hashlib.sha256(state).hexdigest()
        )

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        one = stored_event
        place = (one.position, one.recorded_at) if isinstance(one, StoredFact) else (None, None)
        fact = self.to_fact((cast(UUID, one.originator_id), one.originator_version, one.topic, one.state, *place))
        return cast("DomainEventProtocol[UUID]", fact)

    def _decode(self, topic: str, state: bytes) -> dict[str, Any]:
        if topic in self.event_types.topics:
            return cast("dict[str, Any]", self._adapter(topic).validate_json(state))
        stored = from_json(state)
        while topic not in self.event_types.topics:
            old = self.event_types.old_shapes[topic]
            topic, stored["act"] = old.now, old.change(stored["act"])
        return cast("dict[str, Any]", self._adapter(topic).validate_json(to_json(stored)))

    def _adapter(self, topic: str) -> TypeAdapter[Any]:
        if topic not in self._adapters:
            make: Any = TypedDict
            self._adapters[topic] = TypeAdapter(
                make("Stored", {"envelope": Envelope, "act": self.event_types.topics[topic]})
            )
        return self._adapters[topic]


def _sealed(value: Any, keyring: Keyring, stream: UUID, version: int, path: str) -> Any:
    if isinstance(value, Personal):
        return keyring.seal(value, place_of(stream, version, path))

    def within(name: object, part: Any) -> Any:
        return _sealed(part, keyring, stream, version, f"{path}.{name}" if path else str(name))

    if isinstance(value, BaseModel):
        parts = {name: getattr(value, name) for name in personal_fields(type(value))}
        sealed = {name: within(name, part) for name, part in parts.items() if part is not None}
        return value.model_copy(update=sealed) if sealed else value
    if isinstance(value, tuple | list):
        return type(value)(within(index, part) for index, part in enumerate(value))
    if isinstance(value, dict):
        return {name: within(name, part) for name, part in value.items()}
    return value
