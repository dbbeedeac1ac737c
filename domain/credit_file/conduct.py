"""Conduct (行为记录): qualifications, honours and adverse conduct of the subject, and what became of each.

A qualification or honour holds from its day until its last day or until it was ended; released, it is shown as long.
Adverse conduct in foreign trade, outbound investment, contracting and labour service is recorded under the closed lists
of the plan; it counts for officers, and no page shows it unless a row of the rulebook says so. The decisions stand in
`conduct_decisions`.
Basis: 营商〔2020〕65号 二(三); 商合发〔2013〕248号; rulebook rows `conduct.*`, `retention.discredit`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import singledispatch
from typing import ClassVar, Literal

from domain.credit_file.record import OTHER, OWN_FIELD, iso_day
from domain.event import Event, Fact, Origin
from domain.law.answers import FactMissing, NoRule
from domain.law.reading import Reading
from domain.law.rows import Row

DAY = timedelta(days=1)

# Events


class QualificationRecognised(Event):
    """States that an authority recognised a qualification or grade (资质) of the subject.

    kind, grade      what it is and of which level, as printed on the certificate
    certificate_no   with the subject it names the qualification
    valid_until      last day, None = long-term (长期)
    Since v1. Basis: 营商〔2020〕65号 二(二).
    """

    TOPIC: ClassVar[str] = "credit/QualificationRecognised.v1"
    conduct_id: str
    kind: str
    grade: str = ""
    certificate_no: str
    authority: str
    decided_on: date
    valid_from: date
    valid_until: date | None = None


class HonourRecorded(Event):
    """States that a public body honoured the subject (荣誉); `valid_until` None = without end.

    Since v1. Basis: 营商〔2020〕65号 二(四) (诚信典型).
    """

    TOPIC: ClassVar[str] = "credit/HonourRecorded.v1"
    conduct_id: str
    title: str
    level: Literal["national", "provincial", "city", "county"]
    authority: str
    document_no: str
    decided_on: date
    valid_until: date | None = None


class AdverseConductRecorded(Event):
    """States that a section found adverse conduct (不良行为) of the closed lists of the plan.

    conduct_code    code of the list `conduct_codes`: FT foreign trade, OI outbound investment, CL contracting, labour
    country         where it was done, as the report names it; "" for conduct at home
    consequence     what came of it; aggravated: it did grave harm abroad and to the country's name (对外造成严重不良
                    影响、危害我国家声誉利益)
    repeated        not the first of its code; derived from the file and confirmed by the officer
    person_link     link of the responsible person (责任人) in the file, "" where nobody is named
    source_section  section that found it
    Since v1. Basis: 营商〔2020〕65号 二(三); 商合发〔2013〕248号; 对外贸易法.
    """

    TOPIC: ClassVar[str] = "credit/AdverseConductRecorded.v1"
    conduct_id: str
    conduct_code: str
    facts: str
    country: str = ""
    consequence: str = ""
    aggravated: bool = False
    repeated: bool = False
    person_link: str = ""
    source_section: str
    found_on: date
    document_no: str


class RecognitionEnded(Event):
    """States that a qualification or honour ended: expired, revoked, or returned by the subject.

    effective_on   first day without it. Since v1.
    """

    TOPIC: ClassVar[str] = "credit/RecognitionEnded.v1"
    conduct_id: str
    cause: Literal["expired", "revoked", "returned"]
    effective_on: date
    document_no: str = ""


class ConductCorrected(Event):
    """States that a field of a record of conduct was wrong and what it should have said. Since v1."""

    TOPIC: ClassVar[str] = "credit/ConductCorrected.v1"
    conduct_id: str
    field: str
    old: str
    new: str
    reason: str


class ConductAnnulled(Event):
    """States that a record of conduct counts no more from `annulled_on`, the first day without it. Since v1."""

    TOPIC: ClassVar[str] = "credit/ConductAnnulled.v1"
    conduct_id: str
    annulled_on: date
    reason: str


# State

Recorded = QualificationRecognised | HonourRecorded | AdverseConductRecorded


@dataclass(frozen=True, slots=True)
class Conduct:
    """One qualification, honour or adverse conduct, with what became of it.

    ended      how and from which day a qualification or honour ended
    restated   each correction, in order: what a release before it never saw
    outlived   each correction of the last day, with the last day before it
    """

    record: Recorded
    origin: Origin
    version: int
    ended: tuple[RecognitionEnded, Origin] | None = None
    annulled_on: date | None = None
    annulled: Origin | None = None
    restated: tuple[Origin, ...] = ()
    outlived: tuple[tuple[Origin, date | None], ...] = ()

    @property
    def conduct_id(self) -> str:
        return self.record.conduct_id

    @property
    def kind(self) -> Literal["qualification", "honour", "adverse"]:
        """Which of the three it is, as the rows `conduct.shown` ask."""
        if isinstance(self.record, AdverseConductRecorded):
            return "adverse"
        return "honour" if isinstance(self.record, HonourRecorded) else "qualification"

    @property
    def number(self) -> str:
        """The number that names it: of the certificate, the document or the report."""
        one = self.record
        return one.certificate_no if isinstance(one, QualificationRecognised) else one.document_no

    @property
    def from_on(self) -> date:
        """First day on which it counts."""
        one = self.record
        if isinstance(one, AdverseConductRecorded):
            return one.found_on
        return max(one.valid_from, one.decided_on) if isinstance(one, QualificationRecognised) else one.decided_on

    @property
    def decided_on(self) -> date:
        """The day of the decision, of adverse conduct the day it was found: what the rules ask for."""
        return self.record.found_on if isinstance(self.record, AdverseConductRecorded) else self.record.decided_on

    @property
    def last_day(self) -> date | None:
        """The last day of a qualification or honour by its own paper; None without end."""
        return None if isinstance(self.record, AdverseConductRecorded) else self.record.valid_until

    def covers(self, on: date) -> bool:
        """Whether it stands in the file and counts on the day."""
        ends = [self.annulled_on, self.ended[0].effective_on if self.ended else None]
        ends.append(self.last_day + DAY if self.last_day is not None else None)
        return self.from_on <= on and all(end is None or on < end for end in ends)

    def last_day_seen(self, version: int) -> date | None:
        """The last day it had when the file was at that version, if it was corrected since."""
        return next((last for origin, last in self.outlived if origin.version > version), None)


Conducts = dict[str, Conduct]

SHOWN_BY_DEFAULT = frozenset({"qualification", "honour"})
"""What may be shown where the version does not ask: adverse conduct is for officers."""


# How long it counts, and how long it may be shown


def forbidden_by(one: Conduct, rules: Reading) -> tuple[bool, Row | None]:
    """Whether the rules of its day keep it off every page, and the row that says so, None where the version is silent.

    Raises NoRule.
    """
    if not rules.asks("conduct.shown"):
        return one.kind not in SHOWN_BY_DEFAULT, None
    row = rules.select("conduct.shown", days={"decided_on": one.decided_on}, traits={"conduct": one.kind})
    return row.choice == "no", row


def kept_until(one: Conduct, rules: Reading) -> date | None:
    """The last day on which adverse conduct may still be held against the subject; None where no rule sets one."""
    if one.kind != "adverse":
        return None
    try:
        return rules.term("retention.discredit", decided_on=one.decided_on).until
    except (NoRule, FactMissing):
        return None


def counts_on(one: Conduct, on: date, rules: Reading) -> bool:
    """Whether it counts for or against the subject on the day."""
    last = kept_until(one, rules)
    return one.covers(on) and (last is None or on <= last)


def is_own_field(one: Conduct, rules: Reading) -> bool:
    """Whether a body of the bureau's own field decided: adverse conduct is always its own finding."""
    if isinstance(one.record, AdverseConductRecorded):
        return True
    known = rules.rulebook.code_list("authorities")
    named = [code for code in known.values() if any(w in one.record.authority for w in (code.zh, *code.aliases))]
    return (named[0] if named else known[OTHER]).kind == OWN_FIELD


# Evolve


@singledispatch
def evolve(event: Event, conducts: Conducts, fact: Fact) -> Conducts:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"conducts cannot evolve on {type(event).__name__}")


@evolve.register(QualificationRecognised)
@evolve.register(HonourRecorded)
@evolve.register(AdverseConductRecorded)
def _(event: Recorded, conducts: Conducts, fact: Fact) -> Conducts:
    return conducts | {event.conduct_id: Conduct(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: RecognitionEnded, conducts: Conducts, fact: Fact) -> Conducts:
    ended = replace(conducts[event.conduct_id], ended=(event, fact.origin), version=fact.originator_version)
    return conducts | {event.conduct_id: ended}


@evolve.register
def _(event: ConductCorrected, conducts: Conducts, fact: Fact) -> Conducts:
    one = conducts[event.conduct_id]
    record = one.record.model_copy(update={event.field: CORRECTABLE[event.field](event.new)})
    changed = replace(
        one, record=record, restated=(*one.restated, fact.origin), version=fact.originator_version
    )  # fmt: skip
    if event.field == "valid_until":
        changed = replace(changed, outlived=(*one.outlived, (fact.origin, one.last_day)))
    return conducts | {event.conduct_id: changed}


@evolve.register
def _(event: ConductAnnulled, conducts: Conducts, fact: Fact) -> Conducts:
    one = replace(conducts[event.conduct_id], annulled_on=event.annulled_on, annulled=fact.origin)
    return conducts | {event.conduct_id: replace(one, version=fact.originator_version)}


EVENTS: tuple[type[Event], ...] = (
    QualificationRecognised, HonourRecorded, AdverseConductRecorded, RecognitionEnded, ConductCorrected,
    ConductAnnulled,
)  # fmt: skip

CORRECTABLE: dict[str, Callable[[str], object]] = {
    "kind": str,
    "grade": str,
    "certificate_no": str,
    "title": str,
    "authority": str,
    "document_no": str,
    "facts": str,
    "country": str,
    "consequence": str,
    "decided_on": iso_day,
    "found_on": iso_day,
    "valid_from": iso_day,
    "valid_until": iso_day,
}
"""Fields a correction may name, each with how its text is read."""
