"""The demonstration's files of licences and penalties: imported, classified and released, except for some.

A handler imports the four files, confirms the class that the rulebook proposes and prepares what is of a natural
person; the section head releases what may be shown. Every tenth penalty stays unclassified, so that the worklist has
something to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from api.demo.people import JIA, YI, Person
from api.demo.script import named
from api.exchange.importing import import_file
from domain.context import Context, Filing
from domain.credit_file.disclosure import disclose
from domain.credit_file.disclosure_preparing import prepare_disclosure
from domain.credit_file.file import CreditFile
from domain.credit_file.record import Entry
from domain.credit_file.record_classes import proposed_class
from domain.credit_file.record_decisions import classify_penalty
from domain.credit_file.redaction import needs_preparation
from domain.event import Source
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.refusals import Refused
from domain.register.acts import Act
from domain.register.register import CreditRegister, act

SAMPLES = Path(__file__).parent / "samples"
FILES = ("行政许可-1.csv", "行政许可-2.xlsx", "行政处罚-1.csv", "行政处罚-2.xlsx")
LEFT_UNCLASSIFIED = 10
RELEASED_AFTER = timedelta(minutes=20)


def import_samples(register: CreditRegister, rulebook: Rulebook, when: datetime, new_id: Callable[[], UUID]) -> None:
    """Import the files at `when`; classify, then release, what may be, at `RELEASED_AFTER`.

    Each step starts where a killed one ended: rows stored before are duplicates, acts done before answer again.
    """
    stored: list[tuple[str, set[UUID]]] = []
    for name in FILES:
        with (SAMPLES / name).open("rb") as file:
            batch = import_file(register, file, name, _context(JIA, rulebook, when), new_id)
            stored.append((batch.batch_id, {one.subject for one in batch if one.subject is not None}))
    for find, person in ((_classifying, JIA), (_preparing, JIA), (_releasing, YI)):
        acts = [one for batch_id, subjects in stored for one in find(register, rulebook, subjects, batch_id)]
        _decide(register, person, rulebook, when + RELEASED_AFTER, acts)


def _context(person: Person, rulebook: Rulebook, when: datetime, filing: Filing | None = None) -> Context:
    return Context(when, person.officer, Reading(rulebook), filing or Filing(source=Source(system="demo")))


def _entries(files: Iterable[CreditFile], batch_id: str) -> list[tuple[UUID, Entry]]:
    found = [
        (file.subject_id, entry)
        for file in files
        for entry in file.records.values()
        if entry.origin.batch == batch_id and entry.entry_id not in file.releases
    ]
    # In an order that every start shares, so that a second one after a kill leaves the same ones unclassified.
    return sorted(found, key=lambda one: one[1].record.document_no)


def _classifying(register: CreditRegister, rulebook: Rulebook, subjects: set[UUID], batch_id: str) -> list[Act[Any]]:
    found: list[Act[Any]] = []
    files = register.load_many(subjects).values()
    for number, (subject_id, entry) in enumerate(_entries(files, batch_id), start=1):
        proposed = proposed_class(entry, Reading(rulebook))
        if proposed is None or entry.classes or not number % LEFT_UNCLASSIFIED:
            continue
        one = act(
            classify_penalty,
            subject_id,
            entry_id=entry.entry_id,
            scheme=proposed.scheme,
            penalty_class=proposed.penalty_class,
            reason="按处罚种类拟定并核对（样例）",
        )
        found.append(replace(one, label=f"classify/{entry.entry_id}"))
    return found


def _preparing(register: CreditRegister, rulebook: Rulebook, subjects: set[UUID], batch_id: str) -> list[Act[Any]]:
    files, rules = register.load_many(subjects), Reading(rulebook)
    return [
        replace(act(prepare_disclosure, subject_id, entry_id=entry.entry_id), label=f"prepare/{entry.entry_id}")
        for subject_id, entry in _entries(files.values(), batch_id)
        if entry.entry_id not in files[subject_id].preparations
        and needs_preparation(files[subject_id], entry.entry_id, rules)
    ]


def _releasing(register: CreditRegister, rulebook: Rulebook, subjects: set[UUID], batch_id: str) -> list[Act[Any]]:
    files = register.load_many(subjects).values()
    return [
        replace(act(disclose, subject_id, entry_id=entry.entry_id), label=f"disclose/{entry.entry_id}")
        for subject_id, entry in _entries(files, batch_id)
    ]


def _decide(register: CreditRegister, person: Person, rulebook: Rulebook, when: datetime, acts: list[Act[Any]]) -> None:
    """Take the acts; what the law does not disclose, or no longer, is refused one by one and stays in the file."""

    def context_of(one: Act[Any]) -> Context:
        filing = Filing(request_id=named(str(one.label)), source=Source(system="demo"))
        return _context(person, rulebook, when, filing)

    outcomes = register.do_many(acts, context_of)
    unexpected = [one for one in outcomes if isinstance(one, Refused) and one.kind == "forbidden"]
    if unexpected:
        raise unexpected[0]
