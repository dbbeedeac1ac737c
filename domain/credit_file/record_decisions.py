"""Decisions of the record (信用记录): recording, classifying, performance, correction and annulment.

What an officer or an import may enter, and what is a slip (refused) or a doubt (set aside until confirmed with
evidence), stands in `record_checks`; events and state in `record`.
Basis: 发改办财金〔2018〕424号; 行政处罚法 48; the class schemes of 发改办财金〔2019〕527号 and 国办发〔2025〕22号.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.context import Context
from domain.credit_file.profile import check_doubt
from domain.credit_file.record import (
    CORRECTABLE,
    PERFORMANCE,
    Classified,
    LicenceRecorded,
    PenaltyPerformed,
    PenaltyRecorded,
    RecordAnnulled,
    RecordCorrected,
    has_field,
)
from domain.credit_file.record_checks import (
    AlreadyPerformed,
    NotCorrectable,
    NothingChanges,
    NotOfTheScheme,
    ValueUnreadable,
    check_corrected,
    check_fine,
    check_kinds,
    check_live,
    check_name,
    check_new_record,
    check_number_new,
    check_performance,
    check_stated_end,
    check_validity,
    check_weighty,
    live_entry,
    penalty_of,
)
from domain.credit_file.record_classes import check_class_settled, check_classifier, classes_on
from domain.credit_file.record_licences import LicenceMarkedInvalid, ended_as_marked, marked_invalid
from domain.credit_file.record_penalties import check_nothing_open
from domain.event import Event

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Decisions


def record_licence(
    file: CreditFile, context: Context, *, licence: LicenceRecorded, confirmed: frozenset[str] = frozenset()
) -> list[Event]:
    """Record a licence (登记行政许可); of one on file that is now said not to hold, record that it ended.

    Refused, in this order: LicenceMarkedInvalid, SubjectUnknown, IdTaken, DocumentNoMissing, AlreadyRecorded,
    DecidedInFuture, CodeOfAnother, ValidityReversed, NumberSeenBefore, PersonNameShown, NameDiffers; the doubts
    LicenceMarkedInvalid, NumberSeenBefore and NameDiffers unless confirmed, then DoubtNeedsEvidence in their place.
    Basis: 发改办财金〔2018〕424号.
    """
    if (known := marked_invalid(file, licence)) is not None:
        check_doubt(context, confirmed, LicenceMarkedInvalid(document_no=licence.document_no))
        return [ended_as_marked(known, context.today)]
    check_new_record(file, context, licence)
    check_validity(licence.valid_from, licence.valid_until)
    check_number_new(file, context, licence, confirmed)
    check_name(file, context, licence, confirmed)
    return [licence]


def record_penalty(
    file: CreditFile, context: Context, *, penalty: PenaltyRecorded, confirmed: frozenset[str] = frozenset()
) -> list[Event]:
    """Record a penalty (登记行政处罚).

    Refused, in this order: SubjectUnknown, IdTaken, DocumentNoMissing, AlreadyRecorded, DecidedInFuture,
    CodeOfAnother, EndBeforeDecision, EndBeyondMaximum, FineWithoutAmount, KindNotOfItsDay, NumberSeenBefore,
    PersonNameShown, NameDiffers; the doubts EndBeyondMaximum, FineWithoutAmount, KindNotOfItsDay, NumberSeenBefore and
    NameDiffers unless confirmed, then DoubtNeedsEvidence in their place.
    Basis: 发改办财金〔2018〕424号; rulebook rows `disclosure.max` for the longest period of any class; 行政处罚法 9.
    """
    check_new_record(file, context, penalty)
    check_stated_end(context, penalty, confirmed)
    check_fine(context, penalty, confirmed)
    check_kinds(context, penalty, confirmed)
    check_number_new(file, context, penalty, confirmed)
    check_name(file, context, penalty, confirmed)
    return [penalty]


def classify_penalty(
    file: CreditFile, context: Context, *, entry_id: str, scheme: str, penalty_class: str, reason: str = ""
) -> list[Event]:
    """Put a penalty into a class (归类失信程度) of a scheme that the law knew on the decision day or later.

    A handler puts the class that is proposed, or a graver one; another, or one where none is proposed, is put by a head
    who did not record the penalty.
    Refused, in this order: RecordUnknown, AlreadyAnnulled, NotOfTheScheme, ClassUnderRepair, NeedsHeadToClassify,
    SameOfficer.
    Basis: rulebook rows `class.scheme`, `class.proposal` (unverified).
    """
    entry = penalty_of(file.records, entry_id)
    check_live(entry)
    wanted = f"{scheme}/{penalty_class}"
    days = (entry.record.decided_on, context.today)
    if not any(wanted in classes_on(on, context.rules) for on in days):
        raise NotOfTheScheme(scheme=scheme, penalty_class=penalty_class)
    check_class_settled(file, entry, scheme, penalty_class)
    check_classifier(context, entry, wanted)
    return [
        Classified(
            entry_id=entry_id, scheme=scheme, penalty_class=penalty_class, reason=reason, classified_on=context.today
        )
    ]  # fmt: skip


def record_performance(
    file: CreditFile, context: Context, *, entry_id: str, performed_on: date, corrected_on: date
) -> list[Event]:
    """Record that a penalty was performed and the conduct put right (履行并改正): the finding that nothing is left.

    Where payments were recorded one by one they must add up first; without any, the receipt of the whole is enough.
    Refused, in this order: RecordUnknown, AlreadyAnnulled, AlreadyPerformed, PerformedInFuture,
    PerformedBeforeDecision, AmountOpen.
    Basis: the condition of repair in every version; the receipt is the evidence.
    """
    entry = penalty_of(file.records, entry_id)
    check_live(entry)
    if entry.performed_on is not None:
        raise AlreadyPerformed
    check_performance(context, entry, performed_on, corrected_on)
    check_nothing_open(entry)
    return [PenaltyPerformed(entry_id=entry_id, performed_on=performed_on, corrected_on=corrected_on)]


def correct_record(
    file: CreditFile, context: Context, *, entry_id: str, field: str, new: str, reason: str
) -> list[Event]:
    """Correct one field of a record (更正); the old value stays in the log and in the event. A released entry is off
    the page until what it says now is released.

    Refused, in this order: RecordUnknown, AlreadyAnnulled, ReasonMissing, NotCorrectable, ValueUnreadable,
    NothingChanges, for the authority and the decision day SameOfficer and CorrectionNeedsEvidence, then what recording
    the new value would meet: DocumentNoMissing, AlreadyRecorded, DecidedInFuture, PerformedInFuture,
    PerformedBeforeDecision, EndBeforeDecision, ValidityReversed.
    Basis: 行政处罚法 48; SAMR Order 45 12 (correct promptly what is inaccurate).
    """
    entry = live_entry(file, entry_id, reason)
    if field not in CORRECTABLE or not has_field(entry, field):
        raise NotCorrectable(field_name=field)
    try:
        value = CORRECTABLE[field](new)
    except ValueError:
        raise ValueUnreadable(new=new) from None
    old = getattr(entry if field in PERFORMANCE else entry.record, field)
    if value == old:
        raise NothingChanges
    check_weighty(context, entry, field)
    check_corrected(file, context, entry, field, value)
    written = "" if old is None else str(old)
    return [RecordCorrected(entry_id=entry_id, field=field, old=written, new=new, reason=reason)]


def annul_record(file: CreditFile, context: Context, *, entry_id: str, reason: str) -> list[Event]:
    """Annul a record (撤销记录) whose decision fell away or that was entered wrongly: it counts no more from today.

    Refused, in this order: RecordUnknown, AlreadyAnnulled, ReasonMissing.
    Basis: 行政处罚法 48.
    """
    live_entry(file, entry_id, reason)
    return [RecordAnnulled(entry_id=entry_id, annulled_on=context.today, reason=reason)]
