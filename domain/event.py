"""Events: what a fact of the register is made of, and the envelope the register puts around it.

An event is one legal act in the past tense, bare: it says what was done and nothing about who typed it.
The envelope says who did it, in which case, on which articles and papers, and where it came from; only the
register stamps it. A fact is an event in its envelope at its place: stream, version, position, instant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, PlainSerializer, StringConstraints
from pydantic_core import CoreSchema, core_schema


class Frozen(BaseModel):
    """A value that never changes and takes no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(Frozen):
    """One legal act, in the past tense.

    TOPIC   the name under which its shape is stored for ever, with its version: ``credit/Listed.v1``
    """

    TOPIC: ClassVar[str] = ""


# Personal data: written in the clear only on the way into the vault


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data on its way to the vault: never printed, never serialised.

    text    what is to be sealed: an identity number, a person's name, a set-aside row
    person  whose it is: what the key is found by (the identity number, or a label unique to the row); not stored
    """

    text: str = field(repr=False)
    person: str = field(repr=False)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept an instance; refuse to write one down, so that nothing unsealed can be stored by mistake."""

        def refuse(value: Personal) -> str:
            raise ValueError("personal data must be sealed before it is written")

        return core_schema.is_instance_schema(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(refuse)
        )


class Sealed(Frozen):
    """Personal data as stored: readable only with the person's key.

    key_id       which key of the vault; gone when the person's data was erased
    key_check    first 8 bytes of SHA-256 of the key, hex: tells a wrong key from a changed text
    ciphertext   AES-256-GCM, base64: nonce, sealed text with its salt, tag; bound to stream, version and field
    commitment   SHA-256 of salt and text, hex: proves later what was sealed, tells nothing now
    """

    key_id: UUID
    key_check: str
    ciphertext: str
    commitment: str


def _only_sealed(value: Sealed | Personal) -> Sealed:
    if isinstance(value, Personal):
        raise ValueError("personal data must be sealed before it is written")
    return value


# A union would fall back to any member that serialises, so the guard stands on the union itself.
PersonalData = Annotated[Sealed | Personal, PlainSerializer(_only_sealed, return_type=Sealed)]


# The envelope


class Actor(Frozen):
    """Who acted: an officer in a role, for a section; or the register itself (``system``)."""

    officer_id: str
    role: str
    section: str
    on_behalf_of: str | None = None


class LegalBasis(Frozen):
    """One rulebook row that the act rested on, as it stood.

    rule             name of the row in the rulebook version of the envelope
    instrument       title or number of the law; `article` its article, "" where the text was not at hand
    in_force_from    first day of the row
    certainty        "verified" or "unverified"
    """

    rule: str
    instrument: str
    article: str
    in_force_from: date
    certainty: str


class Evidence(Frozen):
    """A paper the act rested on: its title and number, and the SHA-256 (hex) of the scan where one is kept."""

    title: str
    document_no: str = ""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


class Source(Frozen):
    """Where the fact came from: a system (desk, import, takeover, credit_china, daily, clock), its batch and row."""

    system: str = "desk"
    batch: str | None = None
    row: int | None = None


class Envelope(Frozen):
    """What the register stamps around an event; `rulebook_version` is 64 hex digits, "" before the first adoption.

    preview  SHA-256, hex, of what the officer saw would follow (`credit_file.preview`), "" where nothing was shown
    """

    actor: Actor
    case_no: str | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rulebook_version: str = ""
    request_id: UUID | None = None
    correlation_id: UUID | None = None
    causation_id: str | None = None
    source: Source = Source()
    preview: str = ""


# Facts


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry of the file comes from: enough to prove it and to keep officers apart.

    position and recorded_at are None, digest is "" while the fact is decided but not yet stored.
    """

    version: int
    position: int | None
    recorded_at: datetime | None
    digest: str
    officer_id: str
    role: str
    section: str
    case_no: str | None
    batch: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """An event in its envelope at its place in the log.

    originator_id, originator_version   stream and number in it, from 1 (the names the event store asks for)
    position      place in the whole log, from 1, dense; None until stored
    recorded_at   instant of its transaction, UTC, never earlier than the position before; None until stored
    digest        SHA-256 of the stored bytes, hex; "" until stored
    """

    originator_id: UUID
    originator_version: int
    envelope: Envelope
    event: Event
    position: int | None = None
    recorded_at: datetime | None = None
    digest: str = ""

    @property
    def origin(self) -> Origin:
        """The fact's place and maker without its content."""
        actor = self.envelope.actor
        return Origin(
            self.originator_version, self.position, self.recorded_at, self.digest,
            actor.officer_id, actor.role, actor.section, self.envelope.case_no, self.envelope.source.batch,
        )  # fmt: skip
