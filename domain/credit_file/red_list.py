"""Red list (守信联合激励对象): whom the bureau honours, screened against every record first.

Nobody with a bad record is honoured: the candidate is screened (筛查) in its own file, by the register itself, and on
the credit sites, by an officer; a screening holds for a while only. The public sees who is meant before it is decided.
A place on a serious list ends the honour the same day (`exit`).
Basis: 发改财金规〔2017〕1798号 (recollection); 营商〔2020〕65号 (three sites); rows `list.screening_*`, unverified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.conduct import counts_on
from domain.credit_file.disclosure_period import Period, judge_entry
from domain.credit_file.duty import term_or_none
from domain.credit_file.listing import Listing, covers
from domain.credit_file.listing_checks import RED, WrongStep, kind_of, list_words, open_listing
from domain.credit_file.listing_events import RedListingAnnounced
from domain.credit_file.profile import check_existing, check_new_id
from domain.credit_file.record import Entry
from domain.credit_file.steps import check_day
from domain.event import Event, Fact, Frozen, Origin
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Events


class Hit(Frozen):
    """One bad record of the subject's own file: its code in `bad_records`, and the id of what it is."""

    code: str
    entry_id: str


class SubjectScreened(Event):
    """States what the screening of a candidate found, in this register and on the credit sites (筛查).

    hits        found by the register in the subject's own file on that day
    looked_up   codes of the sites an officer looked up that day; `adverse` those that told of a bad record
    result      clean, or adverse where anything was found
    Since v1. Basis: rulebook rows `list.screening_sites`, `list.screening_hits`.
    """

    TOPIC: ClassVar[str] = "credit/SubjectScreened.v1"
    screening_id: str
    list_type: str
    screened_on: date
    hits: tuple[Hit, ...]
    looked_up: tuple[str, ...]
    adverse: tuple[str, ...]
    note: str
    result: Literal["clean", "adverse"]


# State


@dataclass(frozen=True, slots=True)
class Screening:
    """One screening and who made it."""

    screened: SubjectScreened
    origin: Origin
    version: int


Screenings = dict[str, Screening]


def bad_records(file: CreditFile, on: date, rules: Reading) -> Iterator[Hit]:
    """Whatever in the file speaks against an honour on the day, each by its code."""
    for one in file.listings.values():
        if covers(one, on, rules):
            yield Hit(code=f"{kind_of(one.list_type, rules)}_list", entry_id=one.listing_id)
    for entry_id, entry in file.records.items():
        if entry.is_penalty and penalty_counts(file, entry, on, rules):
            yield Hit(code="penalty", entry_id=entry_id)
    for commitment_id, promise in file.commitments.items():
        if promise.state_on(on) == "breached":
            yield Hit(code="breach", entry_id=commitment_id)
    for conduct_id, conduct in file.conducts.items():
        if conduct.kind == "adverse" and counts_on(conduct, on, rules):
            yield Hit(code="adverse_conduct", entry_id=conduct_id)


def penalty_counts(file: CreditFile, entry: Entry, on: date, rules: Reading) -> bool:
    """Whether a penalty counts: neither annulled nor repaired, and within its longest period, released or not.

    One without its class has no period that could be over; one that the law never discloses does not count.
    """
    if entry.record.decided_on > on or file.is_repaired(entry.entry_id, on):
        return False
    try:
        period = judge_entry(file, entry, entry.record.decided_on, rules)
    except NoRule:
        return entry.annulled_on is None or on < entry.annulled_on
    return isinstance(period, Period) and (period.until is None or on <= period.until)


# Evolve


@singledispatch
def evolve(event: Event, screenings: Screenings, fact: Fact) -> Screenings:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"screenings cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: SubjectScreened, screenings: Screenings, fact: Fact) -> Screenings:
    return screenings | {event.screening_id: Screening(event, fact.origin, fact.originator_version)}


EVENTS: tuple[type[Event], ...] = (SubjectScreened,)

# Checks


class NotRedList(Refused):
    zh = "“{list_type}”不是守信激励名单，不需要筛查和公示拟列名单；请按列入程序办理。"
    en = "{list_type_en} is no list of honours, so nobody is screened or shown for it; use the procedure of listing."
    field = "list_type"


class LookupsMissing(Refused):
    zh = "还须查询{missing}；请查询后一并登记。"
    en = "These sites must be looked up too: {missing_en}; look them up, then record all of it."
    field = "looked_up"


class NotScreened(Refused):
    zh = "没有在有效期内的筛查；请先办理“筛查”。"
    en = "No screening of the subject holds today; screen it first."


class ScreenedAdverse(Refused):
    zh = "{on} 的筛查发现不良记录，不能列入守信激励名单；记录消除后请重新筛查。"
    en = "The screening of {on} found a bad record, so it cannot be honoured; screen again once the record is gone."


class BadRecordStands(Refused):
    zh = "档案中现有不良记录（{found}），不能列入守信激励名单；记录消除后请重新筛查。"
    en = "The file holds a bad record now ({found_en}), so it cannot be honoured; screen again once it is gone."


class NotShown(Refused):
    zh = "列入守信激励名单前须公示；请先办理“公示拟列名单”。"
    en = "The public must see a proposed honour before it is decided; show it first."


class PublicNoticeRunning(Refused):
    zh = "拟列名单公示到 {until} 为止（含当日）；请期满后再办。"
    en = "The proposal is shown through {until}; go on when that is over."


def hits_that_count(file: CreditFile, list_type: str, on: date, rules: Reading) -> tuple[Hit, ...]:
    """The bad records that bar a listing on the red list; none where the list asks for none. Raises nothing."""
    try:
        row = rules.select("list.screening_hits", days={"screened_on": on}, traits={"list_type": list_type})
    except NoRule:
        return ()
    return tuple(one for one in bad_records(file, on, rules) if one.code in row.names)


def check_clean(file: CreditFile, context: Context, list_type: str) -> None:
    """On a red list: a clean screening that still holds, and nothing bad in the file since.

    Refused, in this order: NotScreened, ScreenedAdverse, BadRecordStands.
    """
    if kind_of(list_type, context.rules) != RED:
        return
    made = [one.screened for one in file.screenings.values() if one.screened.list_type == list_type]
    last = max(made, key=lambda one: one.screened_on, default=None)
    traits = {"list_type": list_type}
    term = term_or_none(
        context.rules, "list.screening_valid", traits, screened_on=last.screened_on if last else context.today
    )
    if term is not None and (last is None or (term.until is not None and term.until < context.today)):
        raise NotScreened(rule=term.row)
    if last is not None and last.result == "adverse":
        raise ScreenedAdverse(on=last.screened_on)
    if hits := hits_that_count(file, list_type, context.today, context.rules):
        words = context.rules.rulebook.code_list("bad_records")
        found = [words[code] for code in dict.fromkeys(one.code for one in hits)]
        raise BadRecordStands(found="、".join(one.zh for one in found), found_en=", ".join(one.en for one in found))


def check_shown(one: Listing, context: Context) -> None:
    """The proposed honour was shown to the public as long as the row asks.

    Refused, in this order: NotShown, PublicNoticeRunning.
    """
    assert one.proposed is not None
    shown_on = one.announced.announced_on if one.announced else one.proposed.proposed_on
    term = term_or_none(context.rules, "list.public_notice", {"list_type": one.list_type}, announced_on=shown_on)
    if term is None or term.until is None:
        return
    if one.announced is None:
        raise NotShown(rule=term.row)
    if context.today <= term.until:
        raise PublicNoticeRunning(rule=term.row, until=term.until)


# Decisions


def screen_subject(
    file: CreditFile, context: Context, *, screening_id: str, list_type: str, looked_up: tuple[str, ...],
    adverse: tuple[str, ...], note: str = "",
) -> list[Event]:  # fmt: skip
    """Screen a candidate for a red list (筛查), today: its own file by the register, the sites by the officer.

    Refused, in this order: SubjectUnknown, Deregistered, IdTaken, NotRedList, LookupsMissing.
    Basis: rulebook rows `list.screening_sites`, `list.screening_hits` (unverified); 营商〔2020〕65号.
    """
    check_existing(file, context.today)
    check_new_id(file, screening_id)
    if kind_of(list_type, context.rules) != RED:
        raise NotRedList(**list_words(list_type, context.rules))
    days, traits = {"screened_on": context.today}, {"list_type": list_type}
    try:
        asked = context.rules.select("list.screening_sites", days=days, traits=traits)
    except NoRule:
        asked = None
    if asked is not None and (missing := [one for one in asked.names if one not in looked_up]):
        names = [context.rules.rulebook.code_list("lookup_sites")[one] for one in missing]
        raise LookupsMissing(
            rule=asked, missing="、".join(one.zh for one in names), missing_en=", ".join(one.en for one in names)
        )
    hits = hits_that_count(file, list_type, context.today, context.rules)
    return [
        SubjectScreened(
            screening_id=screening_id, list_type=list_type, screened_on=context.today, hits=hits, looked_up=looked_up,
            adverse=adverse, note=note, result="adverse" if hits or adverse else "clean",
        )
    ]  # fmt: skip


def announce_red_listing(
    file: CreditFile, context: Context, *, listing_id: str, announced_on: date, medium: str, seen: int | None = None
) -> list[Event]:
    """Record that the public is shown whom the bureau means to honour (公示拟列名单).

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep, NotRedList, DayInFuture,
    BeforeStepBefore.
    Basis: rulebook row `list.public_notice` (unverified).
    """
    one = open_listing(file, listing_id, seen)
    if one.proposed is None or one.announced is not None or one.review is not None:
        raise WrongStep(needed="须已提请、尚未公示", needed_en="proposed and not yet shown")
    if kind_of(one.list_type, context.rules) != RED:
        raise NotRedList(**list_words(one.list_type, context.rules))
    check_day(context, announced_on, one.proposed.proposed_on)
    return [RedListingAnnounced(listing_id=listing_id, announced_on=announced_on, medium=medium)]
