"""In which grade of supervision was the subject on which days, and what in its file put it there? (信用分类监管等级)

The days on which the answer may change are known from the file and the rules; on each the tier is derived, and equal
neighbours become one segment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.context import day_of
from domain.credit_file.conduct import kept_until
from domain.credit_file.disclosure_period import Period, judge_entry
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import stays
from domain.credit_file.record import Entry
from domain.credit_file.tier import Tier, tier_on
from domain.law.answers import NoRule
from domain.law.reading import Reading
from projections.citation import Citation, cite_all
from projections.named_queries import Connection, Queries
from projections.view import View

QUERIES = Queries.beside(__file__)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of days with one grade for one set of reasons.

    until     last day, None = until something changes
    inputs    {"code", "entry_id"}: what in the file counts
    """

    subject_id: UUID
    from_on: date
    until: date | None
    grade: str
    inputs: list[dict[str, str]]
    rules: list[Citation]


def rows(file: CreditFile, rules: Reading) -> list[Segment]:
    """The segments in order, without gaps, from the first day anything is known of the subject."""
    if file.profile is None or not rules.asks("tier.scheme"):
        return []
    runs: list[tuple[date, Tier]] = []
    for on in sorted(turning_days(file, rules)):
        try:
            tier = tier_on(file, on, rules)
        except NoRule:
            continue
        if tier is not None and (not runs or runs[-1][1] != tier):
            runs.append((on, tier))
    ends = [on - DAY for on, _ in runs[1:]]
    return [
        Segment(
            file.subject_id, on, until, tier.grade,
            [{"code": one.code, "entry_id": one.entry_id} for one in tier.inputs], cite_all(tier.rows, rules),
        )
        for (on, tier), until in zip(runs, [*ends, None], strict=True)
    ]  # fmt: skip


def turning_days(file: CreditFile, rules: Reading) -> set[date]:
    """Every first day on which the file's standing, or the table of grades, may be another than the day before."""
    assert file.profile is not None
    assert file.profile.origin.recorded_at is not None
    firsts = {day_of(file.profile.origin.recorded_at)}
    firsts |= {one.record.decided_on for one in file.records.values()}
    for entry in file.records.values():
        firsts |= _penalty_ends(file, entry, rules) if entry.is_penalty else set()
    for listing in file.listings.values():
        for first, last in stays(listing, rules):
            firsts |= {first} | ({last + DAY} if last else set())
    for one in file.commitments.values():
        firsts.add(one.made.valid_from)
        firsts |= {one.fulfilled.fulfilled_on} if one.fulfilled else set()
        firsts |= {one.breached.breached_on} if one.breached else set()
    for conduct in file.conducts.values():
        ends = (conduct.last_day, kept_until(conduct, rules))
        firsts |= {conduct.from_on} | {last + DAY for last in ends if last is not None}
        firsts |= {conduct.ended[0].effective_on} if conduct.ended else set()
        firsts |= {conduct.annulled_on} if conduct.annulled_on else set()
    known = min(firsts)
    for parameter in ("tier.scheme", "tier.grade_inputs"):
        firsts |= {row.in_force_from for row in rules.rulebook.rows_of(parameter) if row.in_force_from > known}
    return firsts


def _penalty_ends(file: CreditFile, entry: Entry, rules: Reading) -> set[date]:
    """The days from which a penalty counts no more, and those from which one whose repair was revoked counts again."""
    firsts = {entry.annulled_on} if entry.annulled_on else set()
    for one in file.repairs_of(entry.entry_id):
        firsts |= {one.repaired.effective_on} if one.repaired else set()
        firsts |= {one.revoked.revoked_on} if one.revoked else set()
    try:
        period = judge_entry(file, entry, entry.record.decided_on, rules)
    except NoRule:
        return firsts
    return firsts | ({period.until + DAY} if isinstance(period, Period) and period.until else set())


VIEW: View[CreditFile] = View("supervision_tier", Segment, rows, json=frozenset({"inputs", "rules"}))

# Readers


def of_subject(connection: Connection, subject_id: UUID) -> list[Segment]:
    """All segments of a subject in order."""
    return QUERIES.fetch(connection, "of_subject", Segment, subject_id=subject_id)


def on_day(connection: Connection, subject_id: UUID, on: date) -> Segment | None:
    """The segment that holds on a day, None before anything was known."""
    found = QUERIES.fetch(connection, "on_day", Segment, subject_id=subject_id, on=on)
    return found[0] if found else None
