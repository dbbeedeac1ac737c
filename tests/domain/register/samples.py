"""Invented events, acts and people, so that the register is tested whatever the law says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from domain.context import Context, Filing, Officer
from domain.event import Event, Fact, Personal, PersonalData
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.refusals import NotAllowed, Refused
from domain.register.acts import Act, StreamKind, act_on
from domain.register.application import EventRegister
from domain.register.mapper import EventTypes, OldShape
from domain.register.writing import Guards

MASTER_KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
# Shaped like identity numbers, of a division and days that do not exist.
NUMBER = "990000190001011234"
OTHER_NUMBER = "990000190002305678"


class Opened(Event):
    TOPIC: ClassVar[str] = "sample/Opened.v1"
    code: str | None = None
    identity_number: PersonalData | None = None


class Noted(Event):
    TOPIC: ClassVar[str] = "sample/Noted.v2"
    text: str
    on: date = date(2026, 3, 2)
    witnesses: tuple[PersonalData, ...] = ()


class NotOpen(Refused):
    zh = "样例档案尚未建立。"
    en = "The sample file is not open."


class AlreadyOpen(Refused):
    zh = "样例档案已建立。"
    en = "The sample file is already open."


class NotedBefore(Refused):
    zh = "已有此记录。"
    en = "This was noted before."


@dataclass(frozen=True)
class SampleFile:
    stream: UUID
    version: int = 0
    opened: Opened | None = None
    notes: tuple[Noted, ...] = ()

    def fold(self, fact: Fact) -> SampleFile:
        assert fact.originator_version == self.version + 1
        file = replace(self, version=fact.originator_version)
        if isinstance(fact.event, Opened):
            return replace(file, opened=fact.event)
        assert isinstance(fact.event, Noted)
        return replace(file, notes=(*self.notes, fact.event))


SAMPLE: StreamKind[SampleFile] = StreamKind(SampleFile, SampleFile.fold)


def open_file(
    file: SampleFile, context: Context, code: str | None = None, identity_number: Personal | None = None
) -> list[Event]:
    if file.opened is not None:
        raise AlreadyOpen
    return [Opened(code=code, identity_number=identity_number)]


def take_code(file: SampleFile, context: Context, code: str) -> list[Event]:
    return [Opened(code=code)]


def note(file: SampleFile, context: Context, *texts: str, witness: Personal | None = None) -> list[Event]:
    if file.opened is None:
        raise NotOpen
    if any(one.text in texts for one in file.notes):
        raise NotedBefore
    return [Noted(text=text, witnesses=() if witness is None else (witness,)) for text in texts]


def note_always(file: SampleFile, context: Context, *texts: str) -> list[Event]:
    return [Noted(text=text) for text in texts]


def check_may(context: Context, act: str) -> None:
    if context.officer.role != "handler":
        raise NotAllowed(role=context.officer.role, role_en=context.officer.role, act=act, act_en=act, by="样例")


def claimed_person(event: Event) -> Personal | None:
    if isinstance(event, Opened) and isinstance(event.identity_number, Personal):
        return event.identity_number
    return None


class SampleRegister(EventRegister):
    name = "credit"
    event_types = EventTypes(
        {one.TOPIC: one for one in (Opened, Noted)},
        {
            "sample/Noted.v1": OldShape("sample/Noted.v2", lambda act: {"text": act["words"], "on": "2020-01-01"}),
            "sample/Said.v1": OldShape("sample/Noted.v1", lambda act: {"words": act["said"]}),
        },
    )
    guards = Guards(check_may, lambda event: event.code if isinstance(event, Opened) else None, claimed_person)


RULEBOOK = Rulebook.from_files()


def context(now: datetime = NOW, role: str = "handler", officer_id: str = "样例经办人", **filing: object) -> Context:
    return Context(now, Officer(officer_id, role, "样例科"), Reading(RULEBOOK), Filing(**filing))  # type: ignore[arg-type]


def asked(request_id: UUID | None = None) -> Context:
    return context(request_id=request_id or uuid4())


def always(one: Context) -> Callable[[Act[object]], Context]:
    return lambda _: one


def opening(stream: UUID, code: str | None = None) -> Act[SampleFile]:
    return act_on(SAMPLE, open_file, stream, code)


def noting(stream: UUID, *texts: str) -> Act[SampleFile]:
    return act_on(SAMPLE, note, stream, *texts)
