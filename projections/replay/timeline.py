"""The file as pieces of a timeline: what ran from when until when, how it ended, and what would have run on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from domain.credit_file.disclosure_period import disclosed, release_on
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import end_of
from domain.credit_file.record import LicenceRecorded
from domain.event import Origin
from domain.law.answers import FactMissing, NoRule
from domain.law.reading import Reading

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One piece.

    kind        listing, disclosure, licence, commitment; repair is a single day
    about       document number, list type or matter; entry_id the entry it is about
    until       last day, None = open; ended how: term, repair, annulled, later_rule, restated, revocation,
                deregistration,                fulfilled, breached, "" while nothing but the date ends it
    rest_until  last day it would have had, had no act ended it; None where that adds nothing
    recorded_at, position   of the event that began it
    """

    kind: Literal["listing", "disclosure", "licence", "commitment", "repair"]
    about: str
    entry_id: str
    from_on: date
    until: date | None
    ended: str
    rest_until: date | None
    recorded_at: datetime | None
    position: int | None


def timeline(file: CreditFile, rules: Reading) -> Iterator[Stretch]:
    """The pieces, chapter by chapter, each chapter in the order recorded."""
    yield from _listings(file, rules)
    yield from _disclosures(file, rules)
    yield from _records(file)
    yield from _commitments(file)
    yield from _repairs(file)


def _listings(file: CreditFile, rules: Reading) -> Iterator[Stretch]:
    for one in file.listings.values():
        if one.listed is None or one.listed_by is None or one.begins_on is None:
            continue
        until, _, _ = end_of(one, rules)
        try:
            days = {"designated_on": one.listed.decided_on, "listed_on": one.listed.effective_on}
            term = rules.term("list.term", days=days, traits={"list_type": one.list_type}).until
        except (NoRule, FactMissing):
            term = None
        ended = one.exited.cause if one.exited else ""
        for first, last in one.earlier:
            yield _stretch("listing", one.list_type, one.listing_id, first, last, "repair", None, one.listed_by)
        yield _stretch(
            "listing", one.list_type, one.listing_id, one.begins_on, until, ended, term,
            one.reinstated_by or one.listed_by,
        )  # fmt: skip


def _disclosures(file: CreditFile, rules: Reading) -> Iterator[Stretch]:
    for entry_id, period in disclosed(file, rules).items():
        rest = None
        entry = file.records.get(entry_id)
        if entry is not None and entry.is_penalty:
            days = {"decided_on": entry.record.decided_on}
            rest = rules.term("disclosure.max", days=days, traits=entry.traits(rules)).until
        elif entry is not None and isinstance(entry.record, LicenceRecorded):
            rest = entry.record.valid_until
        release = file.releases[entry_id]
        about, ended = _about(file, entry_id), period.cause if period.cause != "term" else ""
        for first, last in period.spans:
            then, gap = release_on(release, first), period.gap_on(last + DAY) if last is not None else None
            if last is not None and last < first:
                continue
            if gap is not None:
                yield _stretch("disclosure", about, entry_id, first, last, f"hidden/{gap.cause}", None, then.origin)
            elif then is not release:
                cause = "withdrawn" if then.withdrawn is not None else "restated"
                yield _stretch("disclosure", about, entry_id, first, last, cause, None, then.origin)
            else:
                yield _stretch("disclosure", about, entry_id, first, last, ended, rest, then.origin)


def _records(file: CreditFile) -> Iterator[Stretch]:
    for one in file.records.values():
        if isinstance(one.record, LicenceRecorded):
            record = one.record
            from_on = record.valid_from or record.decided_on
            ended, until = "", record.valid_until
            if one.ended is not None and (until is None or one.ended[0].effective_on <= until):
                ended, until = "licence_ended", one.ended[0].effective_on - DAY
            if one.annulled_on is not None:
                ended, until = "annulled", one.annulled_on - DAY
            yield _stretch(
                "licence", record.document_no, one.entry_id, from_on, until, ended, record.valid_until, one.origin
            )


def _commitments(file: CreditFile) -> Iterator[Stretch]:
    for one in file.commitments.values():
        made = one.made
        ended = "breached" if one.breached else "fulfilled" if one.fulfilled else ""
        until = one.shown_until
        yield _stretch(
            "commitment", made.matter, made.commitment_id, made.valid_from, until, ended, made.valid_until, one.origin
        )


def _repairs(file: CreditFile) -> Iterator[Stretch]:
    for case in file.repairs.values():
        if case.repaired is not None and case.repaired_by is not None:
            on = case.repaired.effective_on
            about = _about(file, case.repaired.target_id)
            yield _stretch("repair", about, case.repair_id, on, on, case.repaired.effect, None, case.repaired_by)
            if case.revoked is not None and case.revoked_by is not None:
                on = case.revoked.revoked_on
                yield _stretch("repair", about, case.repair_id, on, on, "revoked", None, case.revoked_by)


def _about(file: CreditFile, entry_id: str) -> str:
    if (entry := file.records.get(entry_id)) is not None:
        return entry.record.document_no
    if (conduct := file.conducts.get(entry_id)) is not None:
        return conduct.number
    if (one := file.commitments.get(entry_id)) is not None:
        return one.made.matter
    listing = file.listings.get(entry_id)
    return listing.list_type if listing is not None else entry_id


def _stretch(
    kind: Literal["listing", "disclosure", "licence", "commitment", "repair"], about: str, entry_id: str,
    from_on: date, until: date | None, ended: str, full: date | None, origin: Origin,
) -> Stretch:  # fmt: skip
    rest = full if full is not None and until is not None and full > until else None
    return Stretch(kind, about, entry_id, from_on, until, ended, rest, origin.recorded_at, origin.position)
