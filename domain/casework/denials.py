"""Denied attempts (被拒办理): who tried what the role, the area or the separation of duties does not allow.

Each is one stream with one fact, named by the request, the officer and the refusal: asked again, it is the same. It
says nothing of what was typed. The register notes it itself, once the act is refused.
Basis: 营商〔2020〕65号 三(一); 个人信息保护法 51 (access by role, and a record of it).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import ClassVar, Literal
from uuid import UUID, uuid5

from domain.context import Context, Officer
from domain.event import Event, Fact

NAMESPACE = UUID("6f2f7f0c-30e5-5f0e-9f7e-0d6a3c1d9b11")

Channel = Literal["desk", "api"]

# Events


class AttemptDenied(Event):
    """States that an officer was refused an act that another one may do.

    act         name of the act, as the role × act table has it
    officer_id, role, section, on_behalf_of   who tried; the envelope's actor is the register, which notes it
    subject_id  the file it concerned, None where it concerned none
    refusal     code of the refusal: the class name
    channel     `desk` for the pages, `api` for the JSON interface
    Since v1. Basis: 营商〔2020〕65号 三(一).
    """

    TOPIC: ClassVar[str] = "casework/AttemptDenied.v1"
    act: str
    officer_id: str
    role: str
    section: str
    on_behalf_of: str | None = None
    subject_id: UUID | None = None
    refusal: str
    channel: Channel


EVENTS: tuple[type[Event], ...] = (AttemptDenied,)

# State


@dataclass(frozen=True, slots=True)
class Denial:
    """One denied attempt; `denied` is None until it is noted."""

    version: int = 0
    denied: AttemptDenied | None = None

    @classmethod
    def empty(cls, stream_id: UUID) -> Denial:
        """Before the note."""
        return cls()


def stream_of(request_id: UUID, officer: Officer, act: str, refusal: str) -> UUID:
    """The stream of a denied attempt: the same request of the same officer, refused for the same, is one."""
    return uuid5(NAMESPACE, "/".join((str(request_id), officer.officer_id, officer.role, act, refusal)))


# Evolve


@singledispatch
def evolve(event: Event, denial: Denial, fact: Fact) -> Denial:
    """Fold one event in. An event of another stream is corruption: stop."""
    raise TypeError(f"a denied attempt cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: AttemptDenied, denial: Denial, fact: Fact) -> Denial:
    return Denial(fact.originator_version, event)


def fold(denial: Denial, fact: Fact) -> Denial:
    """Fold one fact in."""
    return evolve(fact.event, denial, fact)


# Decisions


def note_denial(
    denial: Denial, context: Context, *, act: str, tried_by: Officer, subject_id: UUID | None, refusal: str,
    channel: Channel,
) -> list[Event]:  # fmt: skip
    """Note that an attempt was denied (记录被拒办理), once.

    Refused, in this order: nothing; what is noted already is not noted again.
    Basis: 营商〔2020〕65号 三(一); 个人信息保护法 51.
    """
    if denial.denied is not None:
        return []
    return [
        AttemptDenied(
            act=act, officer_id=tried_by.officer_id, role=tried_by.role, section=tried_by.section,
            on_behalf_of=tried_by.on_behalf_of, subject_id=subject_id, refusal=refusal, channel=channel,
        )
    ]  # fmt: skip
