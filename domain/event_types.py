"""The closed table of everything the register may hold: topic → class, and how an old shape becomes the new one.

A stored name is looked up here and never imported. A class is added with its golden file and never taken out; a shape
that changes gets a new topic version and an entry in `UPCASTS`. What an event reserves for its stream (a credit code,
an identity number) is said here too, so that the register writes the reservation in the same statement.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.casework import commitment_draw, denials, exchange, officers, rulebook_versions
from domain.credit_file.file import CHAPTERS
from domain.credit_file.profile_events import CodeChanged, SubjectRegistered
from domain.event import Event, Personal

_MODULES = (*CHAPTERS.values(), officers, rulebook_versions, exchange, commitment_draw, denials)

TOPICS: dict[str, type[Event]] = {event.TOPIC: event for module in _MODULES for event in module.EVENTS}
"""Every topic that a stored event may carry."""

UPCASTS: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""Old topic → the topic that replaced it, and how the stored act becomes the new one. Empty while every shape is v1."""


def event_class(topic: str) -> type[Event]:
    """The class stored under a topic.

    Raises KeyError for a topic outside the table: corruption, or a log written by a newer release.
    """
    return TOPICS[topic]


def reserved_code(event: Event) -> str | None:
    """The credit code that belongs to the event's stream from now on, or None."""
    if isinstance(event, CodeChanged):
        return event.new_code
    return event.code if isinstance(event, SubjectRegistered) else None


def reserved_person(event: Event) -> Personal | None:
    """The identity number by which the event's stream is found from now on, or None.

    Only while it is in the clear, which is when the event is about to be written.
    """
    if isinstance(event, SubjectRegistered) and isinstance(event.identity_number, Personal):
        return event.identity_number
    return None
