"""What may the public see of a subject on a day? (公示)

One row for each entry that an approver released and the version in force discloses, with its period, and one more for
each time it was shown under an earlier release, or before and after a time in which it was hidden. Never in it: what is
not released, what was hidden in a text, applications for repair, corrected old values, identity numbers. An entry that
was repaired or annulled keeps a period that ended the day before, so it is
gone on that day; readers ask for one day and pages ask for today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.credit_file.conduct import AdverseConductRecorded, Conduct, HonourRecorded
from domain.credit_file.disclosure_period import Period, disclosed
from domain.credit_file.disclosure_preparing import public_texts
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listing, counts_from
from domain.credit_file.marks import marks_of
from domain.credit_file.record import Entry, LicenceRecorded, PenaltyRecorded
from domain.event import Origin
from domain.law.answers import FactMissing, NoRule, Term
from domain.law.reading import Reading
from domain.law.rows import Row
from projections.citation import Citation, cite_all
from projections.named_queries import Connection, Queries
from projections.view import View

QUERIES = Queries.beside(__file__)
DAY = timedelta(days=1)

KINDS = ("penalty", "listing", "licence", "qualification", "honour", "commitment", "adverse_conduct")
"""What may be shown, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as the public may read it.

    kind           penalty, listing, licence, qualification, honour or commitment
    shown_from     first day shown; shown_until the last, None = no end known; cause why it ends
    minimum_until  last day of the minimum before repair; repair says what follows: from_day (the day after it),
                   now (no minimum), never, none (nothing to repair)
    statement      what the page prints, ISO dates and whole fen; codes with their words from the dated lists
    rules          the rulebook rows behind the dates, with article and certainty
    position, recorded_at, digest   of the event that states it, or of its newest correction
    noticed        whether the daily job has recorded the end
    marks          who contests it, without names: code (objection, reconsideration, litigation), first and last day
    """

    subject_id: UUID
    entry_id: str
    kind: str
    shown_from: date
    shown_until: date | None
    counts_from: date
    minimum_until: date | None
    repair: str
    is_firm: bool
    cause: str
    document_no: str
    decided_on: date
    authority: str
    list_type: str | None
    statement: dict[str, Any]
    rules: list[Citation]
    position: int
    recorded_at: datetime
    digest: str
    noticed: bool
    marks: list[dict[str, Any]]

    def marks_on(self, on: date) -> tuple[str, ...]:
        """The codes of the marks the entry bears on the day, each once."""
        day = on.isoformat()
        borne = (one["code"] for one in self.marks if one["first"] <= day <= (one["last"] or day))
        return tuple(dict.fromkeys(borne))


@dataclass(frozen=True, slots=True)
class OnList:
    """One subject on a list, as the public may read it; the entry itself is in `entry_id`."""

    subject_id: UUID
    entry_id: str
    name: str
    code: str | None
    subject_kind: str
    shown_from: date
    shown_until: date | None
    document_no: str
    decided_on: date
    authority: str
    position: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries of a kind, and of a list where it is one, are shown on a day."""

    kind: str
    list_type: str | None
    shown: int


@dataclass(frozen=True, slots=True)
class CountedOf:
    """How many entries of a kind are shown of one subject on a day."""

    subject_id: UUID
    kind: str
    shown: int


# Rows


def rows(file: CreditFile, rules: Reading) -> list[Shown]:
    """Every released and disclosable entry of the file with its period; none of a file joined to another.

    An earlier time on the page says what is known of the entry now; its end is nothing left to notice. Of an entry that
    is hidden to the end of its period no row is left to notice either.
    """
    found: list[Shown] = []
    if file.succession.joined is not None:
        return found
    for entry_id, period in disclosed(file, rules).items():
        if (entry := file.records.get(entry_id)) is not None:
            one = _record(file, entry, period, rules)
        elif (conduct := file.conducts.get(entry_id)) is not None:
            one = _conduct(file, conduct, period, rules)
        elif (listing := file.listings.get(entry_id)) is not None:
            one = _listing(file, listing, period, rules)
        else:
            one = _commitment(file, entry_id, period, rules)
        found += [
            one if (first, last) == (period.from_on, period.until) else replace(
                one, shown_from=first, shown_until=last, cause=_cause_of(period, last),
                noticed=one.noticed or last != period.until,
            )
            for first, last in period.spans
        ]  # fmt: skip
    return found


def _cause_of(period: Period, last: date | None) -> str:
    """Why a time on the page ended on that day."""
    if last == period.until:
        return period.cause
    return "hidden" if last is not None and period.gap_on(last + DAY) is not None else "restated"


def _record(file: CreditFile, entry: Entry, period: Period, rules: Reading) -> Shown:
    record = entry.record.model_copy(update=public_texts(file, entry.entry_id))
    statement: dict[str, Any] = {
        "counterpart": record.counterpart_name,
        "content": record.content,
        "source_unit": record.source_unit,
        **_representative(file, record.representative, record.decided_on, rules),
    }
    repair = "none"
    if isinstance(record, PenaltyRecorded):
        statement |= _penalty(record, entry, rules)
        term = _term(rules, "repair.min", {"decided_on": record.decided_on}, entry.traits(rules))
        repair = _repair(term)
    else:
        statement |= _licence(record)
    kind = "penalty" if entry.is_penalty else "licence"
    origin = entry.corrections[-1][1] if entry.corrections else entry.origin
    return _shown(
        file, entry.entry_id, kind, period, rules, origin, repair, statement,
        document_no=record.document_no, decided_on=record.decided_on, authority=record.authority,
    )  # fmt: skip


def _penalty(record: PenaltyRecorded, entry: Entry, rules: Reading) -> dict[str, Any]:
    classes = [
        {"scheme": scheme, "code": code, "zh": _word(rules, "classes", f"{scheme}/{code}")}
        for scheme, (code, _) in entry.classes.items()
    ]
    return {
        "conduct": record.conduct,
        "facts": record.facts,
        "basis": record.penalty_basis,
        "penalty_kinds": list(record.penalty_kinds),
        "fine_fen": record.fine_fen,
        "confiscation_fen": record.confiscation_fen,
        "revoked_licence": record.revoked_licence,
        "penalty_until": _iso(record.penalty_until),
        "classes": classes,
        "performed_on": _iso(entry.performed_on),
    }


def _licence(record: LicenceRecorded) -> dict[str, Any]:
    return {
        "document_title": record.document_title,
        "licence_kind": record.licence_kind,
        "certificate_name": record.certificate_name,
        "licence_no": record.licence_no,
        "valid_from": _iso(record.valid_from),
        "valid_until": _iso(record.valid_until),
    }


def _conduct(file: CreditFile, one: Conduct, period: Period, rules: Reading) -> Shown:
    """A qualification or an honour; adverse conduct by its code and facts, should a row ever show it."""
    record = one.record.model_copy(update=public_texts(file, one.conduct_id))
    if isinstance(record, AdverseConductRecorded):
        kind, authority = "adverse_conduct", ""
        statement = {"title": _word(rules, "conduct_codes", record.conduct_code), "facts": record.facts}
    elif isinstance(record, HonourRecorded):
        kind, authority = "honour", record.authority
        statement = {"title": record.title, "level": record.level}
    else:
        kind, authority = "qualification", record.authority
        statement = {"title": record.kind, "grade": record.grade}
    ends = {"valid_from": one.from_on.isoformat(), "valid_until": _iso(one.last_day)}
    return _shown(
        file, one.conduct_id, kind, period, rules, one.restated[-1] if one.restated else one.origin, "none",
        statement | ends, document_no=one.number, decided_on=one.decided_on, authority=authority,
    )  # fmt: skip


def _listing(file: CreditFile, one: Listing, period: Period, rules: Reading) -> Shown:
    assert one.listed is not None
    assert one.listed_by is not None
    listed, texts = one.listed, public_texts(file, one.listing_id)
    days = {"designated_on": listed.decided_on, "listed_on": counts_from(one, rules)}
    minimum = _term(rules, "list.repair_min", days, {"list_type": one.list_type})
    basis = _select(rules, "list.basis", {"designated_on": listed.decided_on}, {"list_type": one.list_type})
    statement = {
        "list_zh": _word(rules, "list_types", one.list_type),
        "list_kind": _kind(rules, "list_types", one.list_type),
        "designated_by": listed.designated_by,
        "facts": texts["facts"],
        "effective_on": listed.effective_on.isoformat(),
        "removal_conditions": texts.get("removal_conditions", ""),
        "remedies": texts.get("remedies", ""),
        "basis": basis.citation if basis else "",
    }
    return _shown(
        file, one.listing_id, "listing", period, rules, one.listed_by, _repair(minimum), statement,
        document_no=listed.decision_no, decided_on=listed.decided_on, authority=listed.designated_by,
        list_type=one.list_type, minimum=minimum, more=(basis,) if basis else (),
    )  # fmt: skip


def _commitment(file: CreditFile, commitment_id: str, period: Period, rules: Reading) -> Shown:
    one = file.commitments[commitment_id]
    made, fulfilled = one.made.model_copy(update=public_texts(file, commitment_id)), one.fulfilled
    statement = {
        "commitment_type": made.commitment_type,
        "type_zh": _word(rules, "commitment_types", made.commitment_type),
        "matter": made.matter,
        "content": made.content,
        "liability": made.liability,
        "valid_from": made.valid_from.isoformat(),
        "valid_until": _iso(made.valid_until),
        "fulfilled_on": _iso(fulfilled.fulfilled_on) if fulfilled else None,
        "fulfilled_extent": fulfilled.extent if fulfilled else None,
    }
    return _shown(
        file, commitment_id, "commitment", period, rules, one.origin, "none", statement,
        document_no=made.document_no, decided_on=made.made_on, authority=made.accepted_by,
    )  # fmt: skip


def _shown(
    file: CreditFile, entry_id: str, kind: str, period: Period, rules: Reading, origin: Origin, repair: str,
    statement: dict[str, Any], *, document_no: str, decided_on: date, authority: str, list_type: str | None = None,
    minimum: Term | None = None, more: tuple[Row, ...] = (),
) -> Shown:  # fmt: skip
    assert origin.position is not None
    assert origin.recorded_at is not None
    minimum_until = minimum.until if minimum else period.minimum_until
    cited = (*more, *period.rows, *(minimum.rows if minimum else ()))
    return Shown(
        file.subject_id, entry_id, kind, period.from_on, period.until, period.counts_from, minimum_until, repair,
        period.is_firm, period.cause, document_no, decided_on, authority, list_type, statement, cite_all(cited, rules),
        origin.position, origin.recorded_at, origin.digest, file.releases[entry_id].noticed is not None,
        [
            {"code": mark.code, "first": mark.first.isoformat(), "last": _iso(mark.last)}
            for mark in marks_of(file, entry_id)
        ],
    )  # fmt: skip


# What a statement is made of


def representative_shown(file: CreditFile, on: date, rules: Reading) -> bool:
    """Whether the rule of the day names the legal representative of such a subject."""
    assert file.profile is not None
    try:
        traits = {"subject_kind": file.profile.subject_kind}
        return rules.choose("representative.shown", days={"decided_on": on}, traits=traits).value == "yes"
    except (NoRule, FactMissing):
        return False


def _representative(file: CreditFile, named: str, on: date, rules: Reading) -> dict[str, str]:
    """Who represented the subject as the entry's own table says; the profile may name somebody who came later."""
    return {"representative": named} if named and representative_shown(file, on, rules) else {}


def _repair(minimum: Term | None) -> str:
    if minimum is None:
        return "none"
    if minimum.is_never:
        return "never"
    return "from_day" if minimum.until is not None else "now"


def _term(rules: Reading, parameter: str, days: dict[str, date], traits: dict[str, str]) -> Term | None:
    try:
        return rules.term(parameter, days=days, traits=traits)
    except (NoRule, FactMissing):
        return None


def _select(rules: Reading, parameter: str, days: dict[str, date], traits: dict[str, str]) -> Row | None:
    try:
        return rules.select(parameter, days=days, traits=traits)
    except (NoRule, FactMissing):
        return None


def _word(rules: Reading, code_list: str, code: str) -> str:
    try:
        return rules.rulebook.code_list(code_list)[code].zh
    except KeyError:
        return ""


def _kind(rules: Reading, code_list: str, code: str) -> str:
    try:
        return rules.rulebook.code_list(code_list)[code].kind
    except KeyError:
        return ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


VIEW: View[CreditFile] = View("disclosure", Shown, rows, json=frozenset({"statement", "rules", "marks"}))

# Readers


def of_subject(connection: Connection, subject_id: UUID, on: date) -> list[Shown]:
    """What is shown of a subject on a day: penalties, listings, licences, qualifications, honours, commitments;
    in each the newest first.

    As stale as the view's position.
    """
    return QUERIES.fetch(connection, "of_subject", Shown, subject_id=subject_id, on=on)


def of_entry(connection: Connection, entry_id: str, on: date) -> Shown | None:
    """One entry, None unless it is shown on the day."""
    found = QUERIES.fetch(connection, "of_entry", Shown, entry_id=entry_id, on=on)
    return found[0] if found else None


def of_list(connection: Connection, list_type: str, on: date, *, limit: int = 50, offset: int = 0) -> list[OnList]:
    """Who is shown on a list on a day: the newest decision first, at most `limit` after `offset`."""
    return QUERIES.fetch(connection, "of_list", OnList, list_type=list_type, on=on, limit=limit, offset=offset)


def counts(connection: Connection, on: date) -> list[Counted]:
    """How many entries are shown on the day, by kind and list; nothing that has ended is counted."""
    return QUERIES.fetch(connection, "counts", Counted, on=on)


def counts_of(connection: Connection, subject_ids: list[UUID], on: date) -> list[CountedOf]:
    """How many entries of each kind are shown of these subjects on the day; a subject without one is left out."""
    return QUERIES.fetch(connection, "counts_of", CountedOf, subject_ids=subject_ids, on=on)


def ended(connection: Connection, on: date, *, limit: int = 1000) -> list[tuple[UUID, str]]:
    """Subject and entry of disclosures over before the day whose end is not recorded yet: the daily job's work."""
    rows = QUERIES.fetch_plain(connection, "ended", on=on, limit=limit)
    return [(subject_id, entry_id) for subject_id, entry_id in rows]
