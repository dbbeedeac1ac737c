"""What a decision may know besides the file: the moment, the officer, the rules in force and the papers at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.event import Evidence, Source
from domain.law.reading import Reading

CHINA = ZoneInfo("Asia/Shanghai")


def day_of(instant: datetime) -> date:
    """The calendar day of an instant in Asia/Shanghai, the only zone in which the register counts days."""
    return instant.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is acting: found by the sign-in, never typed into a form.

    role      code of the role × act table (`domain.officer`)
    section   code of the section or county office
    area      division code whose subjects the officer may touch; "210800" is the whole city
    on_behalf_of  officer id of who delegated the power, or None
    """

    officer_id: str
    role: str
    section: str
    area: str = "210800"
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """What goes into the envelope beside the act: case, papers, source, and the ids that tie requests together.

    preview  hash of the preview the officer saw before signing, "" where none was shown
    """

    case_no: str | None = None
    evidence: tuple[Evidence, ...] = ()
    source: Source = field(default_factory=Source)
    request_id: UUID | None = None
    correlation_id: UUID | None = None
    causation_id: str | None = None
    preview: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """A decision's surroundings.

    now     the instant of deciding, aware; `today` is its day in Asia/Shanghai
    rules   one fresh reading of the rulebook: what it is asked becomes the act's legal basis
    """

    now: datetime
    officer: Officer
    rules: Reading
    filing: Filing = field(default_factory=Filing)

    @property
    def today(self) -> date:
        return day_of(self.now)
