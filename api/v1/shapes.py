"""The shapes of the JSON API: what a program may rely on for as long as the path says v1."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.texts import find_impossible
from domain.event import Evidence


class Shape(BaseModel):
    """A value sent or taken; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Asked(Shape):
    """A body as it is sent: no text in it is one that nothing can keep."""

    @model_validator(mode="before")
    @classmethod
    def check_texts(cls, value: object) -> object:
        """Raise where a text, at any depth, cannot be kept; nothing of it is repeated."""
        where = find_impossible(value)
        if where is not None:
            raise PydanticCustomError("text_impossible", "a text cannot be kept", {"where": where})
        return value


class ErrorTold(Shape):
    """Why not, in one sentence of each language."""

    code: str = Field(description="stable name of the refusal")
    sentence_zh: str
    sentence_en: str
    basis: str = Field(description="instrument and article, empty where no rule says so")
    field: str = Field(description="the argument it is about, empty for the whole")
    request_id: str = Field(description="what to tell the administrator")


class Error(Shape):
    """The one shape of every answer that says no."""

    error: ErrorTold


class AsOf(Shape):
    """The moment an answer speaks of: position of the log, position the views have reached, instant, day in China."""

    position: int
    views_position: int
    at: datetime
    on: date


class BasisTold(Shape):
    """One article the period rests on; `is_certain` is false where it was not read in an official text."""

    citation: str
    words_zh: str
    words_en: str
    is_certain: bool


class DoorTold(Shape):
    """What can be done about a statement; `first_on` the first day, `is_open` whether today."""

    name: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    is_open: bool
    first_on: date | None


class StatementTold(Shape):
    """One disclosed entry. `from_on` through `until_on`, both included; `until_on` null: no end known."""

    kind: str
    document_no: str
    decided_on: date
    authority: str
    list_type: str | None
    content: dict[str, Any] = Field(description="what the page prints; ISO dates, whole fen")
    from_on: date
    until_on: date | None
    minimum_until: date | None
    days_left: int | None
    is_firm: bool
    bases: list[BasisTold]
    doors: list[DoorTold]
    marks: list[str] = Field(description="objection, reconsideration, litigation: that somebody contests it today")
    position: int
    sha256: str


class FormerName(Shape):
    """A former name and the last day it was borne."""

    name: str
    until: date | None


class SubjectTold(Shape):
    """A subject and everything disclosed of it today; what has ended is not in it, nor that it ever was."""

    subject_id: UUID
    name: str
    code: str | None
    kind: str
    division: str
    representative: str
    former_names: list[FormerName]
    is_code_flagged: bool
    statements: list[StatementTold]
    as_of: AsOf


class HitTold(Shape):
    """One subject found; `matched` is name, former_name or code."""

    subject_id: UUID
    name: str
    code: str | None
    division: str
    matched: str
    matched_text: str
    shown: dict[str, int] = Field(description="how many entries of each kind are disclosed today")


class HitsTold(Shape):
    """One page of a search, at most 20 subjects."""

    page: int
    has_more: bool
    subjects: list[HitTold]
    as_of: AsOf


class ListTold(Shape):
    """A list with how many are shown on it today."""

    list_type: str
    zh: str
    en: str
    shown: int


class ListsTold(Shape):
    """The lists on which somebody is shown today."""

    lists: list[ListTold]
    as_of: AsOf


class MemberTold(Shape):
    """One subject on a list today."""

    subject_id: UUID
    name: str
    code: str | None
    document_no: str
    decided_on: date
    authority: str
    until_on: date | None
    position: int


class RollTold(Shape):
    """One page of a list, at most 50 subjects, the newest decision first."""

    list_type: str
    zh: str
    en: str
    page: int
    has_more: bool
    members: list[MemberTold]
    as_of: AsOf


class RuleTold(Shape):
    """One row of the rulebook in force today."""

    name: str
    parameter: str
    zh: str
    en: str
    facts_zh: str
    facts_en: str
    value_zh: str
    value_en: str
    citation: str
    in_force_from: date
    is_certain: bool


class RulesTold(Shape):
    """The rules in force today; `version` is the SHA-256 of the rulebook's text."""

    version: str
    rules: list[RuleTold]


class HeadTold(Shape):
    """The log's last position and instant, and the position that every view has reached."""

    position: int
    recorded_at: datetime | None
    views_position: int


class Credentials(Asked):
    """What a program signs in with."""

    officer_id: str
    password: str = Field(repr=False)


class SessionTold(Shape):
    """A session: send the token as `Authorization: Bearer …` until it ends. It is told once and stored nowhere."""

    token: str = Field(repr=False)
    ends_at: datetime


class ActAsked(Asked):
    """What every act may carry besides its arguments: the case number and the papers it rests on.

    preview  hash of the preview that was looked at: the act is refused where something else would follow now; acts that
             the role × act table marks as previewed are refused without it
    """

    case_no: str | None = Field(default=None, max_length=64)
    evidence: tuple[Evidence, ...] = ()
    preview: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")


class FactTold(Shape):
    """One fact as stored: version in its stream, position in the log, instant, SHA-256 of its bytes."""

    topic: str
    version: int
    position: int
    recorded_at: datetime
    sha256: str


class ReceiptTold(Shape):
    """The register's receipt. `repeated`: the same request was answered before, and this is that answer.

    id   of what the act created (an entry, a case, a commitment), null where it created nothing
    """

    subject_id: UUID
    id: str | None
    facts: list[FactTold]
    repeated: bool


class PreviewLineTold(Shape):
    """One thing that would follow, from the day `on`: the values stated without the act and with it.

    item   as in an answer of the past; `duty` and `open` for what a case waits for and for a case open beside the act
    rules  rows of the rulebook behind it
    """

    on: date
    item: str
    about: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    rules: tuple[str, ...]


class PreviewTold(Shape):
    """What would follow if the act were recorded now; send its `hash` with the act as `preview`."""

    today: date
    lines: list[PreviewLineTold]
    hash: str
