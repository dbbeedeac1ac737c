"""A subject's file as its officer sees it: every entry with its state and what can be done with it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from uuid import UUID

from api.officer.words import COMMITMENT_STATES, ENTRY_STATES, EXITS, STAGES, Words, act_words, correction_words
from domain.context import Officer
from domain.credit_file.disclosure_period import Period, disclosed, is_released
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listing, end_of
from domain.credit_file.record import Entry, PenaltyRecorded
from domain.credit_file.release_duties import release_state
from domain.credit_file.tier import tier_on
from domain.event import Origin
from domain.law.reading import Reading
from domain.officer import may


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
class FileShown:
    """The whole file on a day."""

    penalties: tuple[EntryLine, ...]
    licences: tuple[EntryLine, ...]
    listings: tuple[CaseLine, ...]
    commitments: tuple[CaseLine, ...]
    repairs: tuple[CaseLine, ...]
    acts: tuple[ActLink, ...]
    tier: str
    tier_inputs: tuple[Words, ...]

    @property
    def has_open_case(self) -> bool:
        """Whether some case of the subject is being handled: that is the reason to read the file."""
        return any(one.is_open for one in (*self.listings, *self.commitments, *self.repairs))


BEGINNINGS: tuple[tuple[str, str], ...] = (
    ("record_penalty", "penalties/new"),
    ("record_licence", "licences/new"),
    ("make_commitment", "commitments/new"),
    ("receive_repair", "repairs/new"),
    ("propose_listing", "listings/new"),
    ("propose_listing_upward", "upward-listings/new"),
    ("receive_listing_decision", "received-listings/new"),
    ("rename_subject", "names/new"),
)
ENTRY_ACTS: tuple[tuple[str, str, bool], ...] = (
    ("disclose", "releases", False),
    ("classify_penalty", "classes", True),
    ("record_performance", "performances", True),
    ("correct_record", "corrections", False),
    ("annul_record", "annulments", False),
)
"""Act, noun it creates, and whether only a penalty has it."""


def address_of(subject_id: UUID, *parts: str) -> str:
    """The address of something in a subject's file."""
    return "/".join((f"/officer/subjects/{subject_id}", *(quote(one, safe="") for one in parts)))


def file_shown(file: CreditFile, officer: Officer, on: date, rules: Reading) -> FileShown:
    """The file in lines."""
    periods = disclosed(file, rules)
    entries = [entry_line(file, one, officer, on, rules, periods.get(one.entry_id)) for one in file.records.values()]
    entries.sort(key=lambda one: one.decided_on, reverse=True)
    tier = tier_on(file, on, rules)
    grades, inputs = rules.rulebook.code_list("tier_grades"), rules.rulebook.code_list("tier_inputs")
    return FileShown(
        tuple(one for one in entries if one.is_penalty),
        tuple(one for one in entries if not one.is_penalty),
        tuple(listing_line(file, one, on, rules) for one in reversed(file.listings.values())),
        commitment_lines(file, officer, on),
        repair_lines(file, rules),
        tuple(
            ActLink(act_words(act), f"{address_of(file.subject_id)}/{noun}")
            for act, noun in BEGINNINGS
            if may(officer.role, act)
        ),
        grades[tier.grade].zh if tier is not None else "",
        tuple((inputs[one.code].zh, inputs[one.code].en) for one in tier.inputs) if tier is not None else (),
    )


def entry_line(
    file: CreditFile, entry: Entry, officer: Officer, on: date, rules: Reading, period: Period | None
) -> EntryLine:
    """One record with its state on the day."""
    record = entry.record
    state, until = release_state(file, entry.entry_id, rules)
    if period is not None:
        until = period.until
        state = "shown" if period.covers(on) else "not_yet" if on < period.spans[0][0] else f"ended/{period.cause}"
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
        period.from_on if period else None, until, entry.origin, entry_acts(file, entry, officer),
    )  # fmt: skip


def entry_acts(file: CreditFile, entry: Entry, officer: Officer) -> tuple[ActLink, ...]:
    """What the officer's role may do with a record that is still there."""
    if entry.annulled_on is not None:
        return ()
    done = {"disclose"} if is_released(file, entry.entry_id) else set()
    done |= {"record_performance"} if entry.performed_on else set()
    return tuple(
        ActLink(act_words(act), address_of(file.subject_id, "entries", entry.entry_id, noun, "new"))
        for act, noun, is_of_penalty in ENTRY_ACTS
        if may(officer.role, act) and act not in done and (entry.is_penalty or not is_of_penalty)
    )


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


def commitment_lines(file: CreditFile, officer: Officer, on: date) -> tuple[CaseLine, ...]:
    """The commitments, the newest first; one is an open case once a breach is suspected."""
    return tuple(
        CaseLine(
            address_of(file.subject_id, "commitments", one.made.commitment_id), one.made.matter, one.made.document_no,
            COMMITMENT_STATES[one.state_on(on)], one.made.valid_from, one.made.valid_until,
            one.is_under_notice,
        )
        for one in reversed(file.commitments.values())
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
        found.append(
            CaseLine(
                address_of(file.subject_id, "repairs", case.repair_id), about, case.origin.case_no or case.repair_id,
                state, case.applied_on, case.decided.decided_on if case.decided else None, case.stage != "closed",
            )
        )  # fmt: skip
    return tuple(found)
