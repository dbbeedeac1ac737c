"""Remedies (行政复议、行政诉讼): what the subject brought against an entry elsewhere, what that suspends, how it ended.

The page of the entry says that a reconsideration or a lawsuit runs; it names nobody. Whether the disclosure may be
suspended meanwhile follows from the day the remedy was brought: under NDRC Order 36 that of a penalty goes on; else
only where the body itself ordered the suspension. An outcome against the entry owes its alteration here.
Basis: 行政复议法; 行政诉讼法; NDRC Order 36 二; rulebook rows `remedy.suspends_disclosure`, `withdraw`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.duty import Owed, term_or_none
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day, check_not_moved, with_step
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAY = timedelta(days=1)
Kind = Literal["reconsideration", "litigation"]
Outcome = Literal["upheld", "altered", "revoked", "unlawful", "withdrawn"]
AGAINST = ("altered", "revoked", "unlawful")
"""Outcomes after which the entry may not stay as it is."""

# Events


class RemedyRecorded(Event):
    """States that the subject asked for reconsideration or sued because of an entry.

    target_id       the penalty, licence, listing or breached commitment it is about
    body, case_no   where it runs and under which number, "" while none is known
    suspended_from  first day on which the body's order stops the disclosure; None: it goes on
    Since v1. Basis: 行政复议法; 行政诉讼法.
    """

    TOPIC: ClassVar[str] = "credit/RemedyRecorded.v1"
    remedy_id: str
    target_id: str
    kind: Kind
    body: str
    case_no: str = ""
    filed_on: date
    suspended_from: date | None = None


class RemedyConcluded(Event):
    """States how a reconsideration or a lawsuit ended; a suspension ends the same day. Since v1."""

    TOPIC: ClassVar[str] = "credit/RemedyConcluded.v1"
    remedy_id: str
    outcome: Outcome
    document_no: str
    concluded_on: date


# State


@dataclass(frozen=True, slots=True)
class Remedy:
    """One reconsideration or lawsuit; `concluded` None while it runs."""

    recorded: RemedyRecorded
    origin: Origin
    version: int
    concluded: RemedyConcluded | None = None
    concluded_by: Origin | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it runs; None while it does."""
        return self.concluded.concluded_on - DAY if self.concluded is not None else None

    @property
    def hides(self) -> tuple[date, date | None] | None:
        """First and last day of an ordered suspension; None where nothing is suspended."""
        begins = self.recorded.suspended_from
        return (begins, self.last_day) if begins is not None else None


Remedies = dict[str, Remedy]

# Evolve


@singledispatch
def evolve(event: Event, remedies: Remedies, fact: Fact) -> Remedies:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"remedies cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: RemedyRecorded, remedies: Remedies, fact: Fact) -> Remedies:
    return remedies | {event.remedy_id: Remedy(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: RemedyConcluded, remedies: Remedies, fact: Fact) -> Remedies:
    return with_step(remedies, event.remedy_id, fact, concluded=event, concluded_by=fact.origin)


EVENTS: tuple[type[Event], ...] = (RemedyRecorded, RemedyConcluded)

# What it states and waits for


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Each remedy by its case number: running, or how it ended."""
    for one in file.remedies.values():
        if one.recorded.filed_on > on:
            continue
        item, about = f"remedy.{one.recorded.kind}", one.recorded.case_no or one.recorded.body
        if one.concluded is not None and one.concluded.concluded_on <= on:
            yield Stated(item, about, one.concluded.outcome, one.concluded_by)
        else:
            yield Stated(item, about, "running", one.origin)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Its outcome, which another body decides; after one against the entry, the act that carries it out here."""
    for remedy_id, one in file.remedies.items():
        title = one.recorded.case_no or one.recorded.body
        if one.concluded is None:
            yield Owed(
                "conclude_remedy", "remedy", remedy_id, title, one.origin, one.recorded.filed_on,
                waits_for="higher_body",
            )  # fmt: skip
        elif one.concluded.outcome in AGAINST and one.concluded_by is not None:
            act = act_that_follows(file, one)
            if act is not None:
                term = term_or_none(rules, "withdraw", annulled_on=one.concluded.concluded_on)
                yield Owed(
                    act, "remedy", remedy_id, title, one.concluded_by, one.concluded.concluded_on, term
                )  # fmt: skip


def act_that_follows(file: CreditFile, one: Remedy) -> str | None:
    """The act that carries an outcome against the entry out; None once the entry was changed after the outcome."""
    target, after = one.recorded.target_id, one.concluded_by
    assert after is not None
    if (entry := file.records.get(target)) is not None:
        if entry.annulled_on is not None or entry.version > after.version:
            return None
        return "alter_penalty" if entry.is_penalty else "annul_record"
    if (listing := file.listings.get(target)) is not None:
        if listing.exited is not None or listing.version > after.version:
            return None
        return "receive_exit_decision" if listing.is_designated_elsewhere else "revoke_listing"
    return None


# Checks


class RemedyUnknown(Refused):
    zh = "档案中没有这件复议或诉讼；请从主体档案进入。"
    en = "The file holds no such reconsideration or lawsuit; start from the subject's file."
    kind = "unknown"


class RemedyBodyMissing(Refused):
    zh = "没有填写复议机关或法院；请按受理文书填写。"
    en = "The body of reconsideration or the court is missing; copy it from its paper."
    field = "body"


class RemedyRunning(Refused):
    zh = "该项已有同类的复议或诉讼（{case_no}）正在进行；请先登记其结果。"
    en = "A remedy of that kind runs already for the entry ({case_no}); record its outcome first."


class DisclosureNotSuspended(Refused):
    zh = "按提起当日适用的规定，行政处罚信息在复议、诉讼期间不停止公示；请去掉停止公示的日期后登记。"
    en = "The rule of that day does not suspend a penalty's disclosure during a remedy; record it without a suspension."
    field = "suspended_from"


class RemedyOver(Refused):
    zh = "这件复议或诉讼已于 {on} 登记结果；无需再办。"
    en = "The outcome of {on} is on record already; there is nothing more to do."


class OutcomeDocumentMissing(Refused):
    zh = "没有填写复议决定、裁判文书或撤回凭据的文号；请补充。"
    en = "The number of the decision, judgment or withdrawal is missing; add it."
    field = "document_no"


# Decisions


def record_remedy(
    file: CreditFile, context: Context, *, remedy_id: str, target_id: str, kind: Kind, body: str, docket_no: str = "",
    filed_on: date, suspended_from: date | None = None,
) -> list[Event]:  # fmt: skip
    """Record that reconsideration was asked for or a lawsuit brought (登记复议、诉讼) because of an entry.

    docket_no   the number of the body's own case (案号), not that of a case of the bureau

    Refused, in this order: SubjectUnknown, IdTaken, EntryUnknown, RemedyBodyMissing, DayInFuture, BeforeStepBefore
    (suspended before it was brought), RemedyRunning, DisclosureNotSuspended.
    Basis: 行政复议法; 行政诉讼法; rulebook rows `remedy.suspends_disclosure`.
    """
    check_registered(file)
    check_new_id(file, remedy_id)
    file.origin_of(target_id)
    if not body.strip():
        raise RemedyBodyMissing
    check_day(context, filed_on)
    if suspended_from is not None:
        check_day(context, suspended_from, filed_on)
    for one in file.remedies.values():
        if (one.recorded.target_id, one.recorded.kind) == (target_id, kind) and one.concluded is None:
            raise RemedyRunning(case_no=one.recorded.case_no or one.recorded.body)
    if suspended_from is not None:
        entry = file.records.get(target_id)
        # What is no penalty follows the general row, as listings do.
        target = "penalty" if entry is not None and entry.is_penalty else "listing"
        row = context.rules.select("remedy.suspends_disclosure", days={"filed_on": filed_on}, traits={"target": target})
        if row.choice == "no":
            raise DisclosureNotSuspended(rule=row)
    return [
        RemedyRecorded(
            remedy_id=remedy_id, target_id=target_id, kind=kind, body=body, case_no=docket_no, filed_on=filed_on,
            suspended_from=suspended_from,
        )
    ]  # fmt: skip


def conclude_remedy(
    file: CreditFile, context: Context, *, remedy_id: str, outcome: Outcome, document_no: str, concluded_on: date,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record how the reconsideration or lawsuit ended (登记复议、诉讼结果); one against the entry owes its alteration.

    Refused, in this order: SubjectUnknown, RemedyUnknown, CaseMoved, RemedyOver, OutcomeDocumentMissing, DayInFuture,
    BeforeStepBefore (concluded before it was brought).
    Basis: 行政复议法; 行政诉讼法; 行政处罚法 48.
    """
    check_registered(file)
    one = file.remedies.get(remedy_id)
    if one is None:
        raise RemedyUnknown
    check_not_moved(one.version, seen)
    if one.concluded is not None:
        raise RemedyOver(on=one.concluded.concluded_on)
    if not document_no.strip():
        raise OutcomeDocumentMissing
    check_day(context, concluded_on, one.recorded.suspended_from or one.recorded.filed_on)
    return [RemedyConcluded(remedy_id=remedy_id, outcome=outcome, document_no=document_no, concluded_on=concluded_on)]
