"""A subject's file as its officer sees it: every entry with its state and what can be done with it now."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from api.officer.act_offers import KINDS, barred, href_of
from api.officer.acts import ACTS
from api.officer.addresses import address_of as address_of
from api.officer.words import (
    CHAPTERS,
    COMMITMENT_STATES,
    ENTRY_STATES,
    EXITS,
    STAGES,
    Words,
    act_words,
    correction_words,
)
from domain.context import Context
from domain.credit_file import duties
from domain.credit_file.disclosure_period import Period, disclosed, is_released
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.protection import is_sealed, kept_entries
from domain.credit_file.record import Entry, PenaltyRecorded
from domain.credit_file.release_duties import release_state
from domain.credit_file.tier import tier_on
from domain.event import Origin
from domain.law.reading import Reading
from domain.officer import TABLE, may


@dataclass(frozen=True, slots=True)
class ActLink:
    """An act that the officer may begin from here."""

    words: Words
    href: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A licence or a penalty with what became of it.

    until   last day it is or would be shown, None = no end known or nothing shown
    """

    entry_id: str
    is_penalty: bool
    document_no: str
    decided_on: date
    authority: str
    title: str
    content: str
    classes: tuple[str, ...]
    performed_on: date | None
    corrections: tuple[Words, ...]
    state: Words
    is_shown: bool
    from_on: date | None
    until: date | None
    origin: Origin
    acts: tuple[ActLink, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A listing, a commitment or a repair: what it is about, where it stands, and the link to it."""

    href: str
    title: str
    case_no: str
    state: Words
    from_on: date | None
    until: date | None
    is_open: bool
    acts: tuple[ActLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ActGroup:
    """The acts of one chapter that the officer may begin."""

    words: Words
    acts: tuple[ActLink, ...]


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """The cases of one kind."""

    name: str
    words: Words
    lines: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class FileShown:
    """The whole file on a day; `more` are the cases of the further chapters, `begin` what may be begun."""

    penalties: tuple[EntryLine, ...]
    licences: tuple[EntryLine, ...]
    listings: tuple[CaseLine, ...]
    commitments: tuple[CaseLine, ...]
    repairs: tuple[CaseLine, ...]
    more: tuple[CaseGroup, ...]
    begin: tuple[ActGroup, ...]
    tier: str
    tier_inputs: tuple[Words, ...]
    sealed: int

    @property
    def has_open_case(self) -> bool:
        """Whether some case of the subject is being handled: that is the reason to read the file."""
        more = (one for group in self.more for one in group.lines)
        return any(one.is_open for one in (*self.listings, *self.commitments, *self.repairs, *more))


BEGINNINGS: tuple[tuple[str, str], ...] = (
    ("record_penalty", "penalties/new"),
    ("record_licence", "licences/new"),
    ("make_commitment", "commitments/new"),
    ("receive_repair", "repairs/new"),
    ("propose_listing", "listings/new"),
    ("propose_listing_upward", "upward-listings/new"),
    ("receive_listing_decision", "received-listings/new"),
    ("view_sensitive", "looks/new"),
)
"""Acts with a form of their own that begin something, and its address; the others have a row."""

ENTRY_ACTS: tuple[tuple[str, str, str, bool], ...] = (
    ("disclose", "entries", "releases", False),
    ("classify_penalty", "records", "classes", True),
    ("correct_record", "records", "corrections", False),
)
"""Act on a record with a form of its own, collection and noun of its address, whether only a penalty has it; the others
have a row."""


def file_shown(file: CreditFile, context: Context) -> FileShown:
    """The file in lines, as the officer of the context may act on it today."""
    on, rules = context.today, context.rules
    periods = disclosed(file, rules)
    sealed = {one for one in kept_entries(file) if is_sealed(file, one, on, rules)}
    entries = [
        entry_line(file, one, context, periods.get(entry_id))
        for entry_id, one in file.records.items()
        if entry_id not in sealed
    ]
    listings = [one for listing_id, one in file.listings.items() if listing_id not in sealed]
    entries.sort(key=lambda one: one.decided_on, reverse=True)
    tier = tier_on(file, on, rules)
    grades, inputs = rules.rulebook.code_list("tier_grades"), rules.rulebook.code_list("tier_inputs")
    return FileShown(
        tuple(one for one in entries if one.is_penalty),
        tuple(one for one in entries if not one.is_penalty),
        tuple(listing_line(file, one, on, rules) for one in reversed(listings)),
        commitment_lines(file, on, sealed),
        repair_lines(file, rules),
        case_groups(file, context, sealed),
        beginnings(file, context.officer.role),
        grades[tier.grade].zh if tier is not None else "",
        tuple((inputs[one.code].zh, inputs[one.code].en) for one in tier.inputs) if tier is not None else (),
        len(sealed),
    )


def beginnings(file: CreditFile, role: str) -> tuple[ActGroup, ...]:
    """What the role may begin, by chapter."""
    acts = [(act, f"{address_of(file.subject_id)}/{noun}") for act, noun in BEGINNINGS]
    acts += [(row.decide.__name__, href_of(row, file.subject_id, "")) for row in ACTS if not row.collection]
    links = [(TABLE[act].chapter, ActLink(act_words(act), href)) for act, href in acts if may(role, act)]
    groups = ((words, tuple(link for name, link in links if name == chapter)) for chapter, words in CHAPTERS.items())
    return tuple(ActGroup(words, found) for words, found in groups if found)


def case_groups(file: CreditFile, context: Context, sealed: Set[str]) -> tuple[CaseGroup, ...]:
    """The cases of every kind that has its page from the table and is not sealed, the newest first; open while
    something is owed."""
    owed = {one.case_id for one in duties.owed(file, context.rules)}
    groups = []
    for name, kind in KINDS.items():
        lines = tuple(
            CaseLine(
                address_of(file.subject_id, name, one), kind.title(file, one), "",
                next((told.value for told in kind.told(file, context, one)), ("", "")), None, None, one in owed,
            )
            for one in reversed(getattr(file, name))
            if one not in sealed
        )  # fmt: skip
        groups.append(CaseGroup(name, kind.words, lines))
    return tuple(group for group in groups if group.lines)


def entry_line(file: CreditFile, entry: Entry, context: Context, period: Period | None) -> EntryLine:
    """One record with its state on the day."""
    record, on, rules = entry.record, context.today, context.rules
    state, until = release_state(file, entry.entry_id, rules)
    if period is not None:
        until = period.until
        state = state_in(period, on)
    elif state == "released":
        state = "undisclosed"
    codes = rules.rulebook.code_list("classes")
    classes = tuple(
        f"{codes[f'{scheme}/{code}'].zh}（{scheme.removeprefix('class.')}）"
        for scheme, (code, _) in entry.classes.items()
        if f"{scheme}/{code}" in codes
    )
    corrections = tuple(correction_words(one.field, one.old, one.new, one.reason) for one, _ in entry.corrections)
    is_penalty = isinstance(record, PenaltyRecorded)
    title = record.conduct if isinstance(record, PenaltyRecorded) else record.certificate_name or record.document_title
    return EntryLine(
        entry.entry_id, is_penalty, record.document_no, record.decided_on, record.authority, title, record.content,
        classes, entry.performed_on, corrections, ENTRY_STATES[state], state == "shown",
        period.from_on if period else None, until, entry.origin, entry_acts(file, entry, context),
    )  # fmt: skip


def state_in(period: Period, on: date) -> str:
    """Where a released entry stands on the day: shown, not yet, hidden for a time, or ended and why."""
    if (gap := period.gap_on(on)) is not None:
        return f"hidden/{gap.cause}"
    if period.covers(on):
        return "shown"
    return "not_yet" if on < period.first_on else f"ended/{period.cause}"


def entry_acts(file: CreditFile, entry: Entry, context: Context) -> tuple[ActLink, ...]:
    """What the officer's role may do with a record that is still there."""
    if entry.annulled_on is not None:
        return ()
    done = {"disclose"} if is_released(file, entry.entry_id) else set()
    role = context.officer.role
    by_hand = tuple(
        ActLink(act_words(act), address_of(file.subject_id, collection, entry.entry_id, noun, "new"))
        for act, collection, noun, is_of_penalty in ENTRY_ACTS
        if may(role, act) and act not in done and (entry.is_penalty or not is_of_penalty)
    )
    by_row = tuple(
        ActLink(act_words(row.decide.__name__), href_of(row, file.subject_id, entry.entry_id))
        for row in ACTS
        if row.collection in ("records", "entries")
        and may(role, row.decide.__name__)
        and barred(row, file, context, entry.entry_id) is None
    )
    return by_hand + by_row


def listing_line(file: CreditFile, one: Listing, on: date, rules: Reading) -> CaseLine:
    """One listing: under way, in force, ended."""
    names = rules.rulebook.code_list("list_types")
    title = names[one.list_type].zh if one.list_type in names else one.list_type
    href, case_no = address_of(file.subject_id, "listings", one.listing_id), one.origin.case_no or ""
    if one.listed is None:
        state = ("不予列入", "not listed") if one.is_closed else ("办理中", "under way")
        return CaseLine(href, title, case_no, state, None, None, not one.is_closed)
    until, _, _ = end_of(one, rules)
    if one.exited is not None and one.exited.effective_on <= on:
        state = EXITS[one.exited.cause]
    else:
        state = ("在列", "listed") if until is None or on <= until else EXITS["term"]
    is_open = one.exited is None and (until is None or on <= until)
    return CaseLine(href, title, case_no, state, one.listed.effective_on, until, is_open)


def commitment_lines(file: CreditFile, on: date, sealed: Set[str]) -> tuple[CaseLine, ...]:
    """The commitments, the newest first; one is an open case once a breach is suspected."""
    return tuple(
        CaseLine(
            address_of(file.subject_id, "commitments", one.made.commitment_id), one.made.matter, one.made.document_no,
            COMMITMENT_STATES[one.state_on(on)], one.made.valid_from, one.made.valid_until,
            one.is_under_notice,
        )
        for one in reversed(file.commitments.values())
        if one.made.commitment_id not in sealed
    )  # fmt: skip


def repair_lines(file: CreditFile, rules: Reading) -> tuple[CaseLine, ...]:
    """The repair cases, the newest first."""
    found, names = [], rules.rulebook.code_list("list_types")
    for case in reversed(file.repairs.values()):
        entry = file.records.get(case.received.target_id)
        listing = file.listings.get(case.received.target_id)
        about = entry.record.document_no if entry else names[listing.list_type].zh if listing else ""
        state = STAGES[case.stage]
        if case.decided is not None:
            granted = case.decided.outcome == "granted"
            state = ("准予修复", "granted") if granted else ("不予修复", "refused")
        elif case.not_accepted is not None:
            state = ("不予受理", "declined")
        if case.withdrawn is not None:
            state = ("申请已撤回", "taken back")
        elif case.revoked is not None:
            state = ("修复已撤销", "revoked")
        found.append(
            CaseLine(
                address_of(file.subject_id, "repairs", case.repair_id), about, case.origin.case_no or case.repair_id,
                state, case.applied_on, case.decided.decided_on if case.decided else None, case.stage != "closed",
            )
        )  # fmt: skip
    return tuple(found)
