"""Every view there is, by the kind of stream it is derived from."""

from __future__ import annotations

from typing import Any

from domain.casework import denials as denied
from domain.casework import exchange
from domain.casework.denials import AttemptDenied, Denial
from domain.casework.exchange import AsideRow, Batch, BatchReceived, RowSetAside
from domain.credit_file.file import CHAPTER_OF, CreditFile, fold
from domain.credit_file.profile import SubjectRegistered
from domain.event import Event
from projections.view import FactView, Kind, View
from projections.views import (
    case_history,
    denials,
    disclosure,
    import_review,
    list_roster,
    subject_search,
    supervision_tier,
    worklist,
)

SUBJECT: Kind[CreditFile] = Kind(
    "subject", frozenset(CHAPTER_OF), SubjectRegistered, CreditFile.empty, fold,
    (
        subject_search.CARDS, subject_search.VIEW, disclosure.VIEW, list_roster.VIEW, supervision_tier.VIEW,
        worklist.VIEW, import_review.ENTRIES,
    ),
    (case_history.VIEW,),
)  # fmt: skip
BATCH: Kind[Batch] = Kind(
    "batch", frozenset({BatchReceived}), BatchReceived, Batch.empty, exchange.fold, (import_review.BATCHES,),
    uses_rules=False,
)  # fmt: skip
ASIDE: Kind[AsideRow] = Kind(
    "aside", frozenset(exchange.EVENTS) - {BatchReceived}, RowSetAside, AsideRow.empty, exchange.fold_row,
    (import_review.REVIEW,),
)  # fmt: skip

DENIAL: Kind[Denial] = Kind(
    "denial", frozenset({AttemptDenied}), AttemptDenied, Denial.empty, denied.fold, (), (denials.VIEW,),
    uses_rules=False,
)  # fmt: skip

KINDS: tuple[Kind[Any], ...] = (SUBJECT, BATCH, ASIDE, DENIAL)
"""Streams of other kinds (officers, rulebook versions) have no view."""

KIND_OF: dict[type[Event], Kind[Any]] = {event: kind for kind in KINDS for event in kind.events}

VIEWS: tuple[View[Any] | FactView, ...] = (
    *(view for kind in KINDS for view in kind.views),
    *(view for kind in KINDS for view in kind.fact_views),
)
