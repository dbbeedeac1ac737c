"""What can happen to the profile (主体信息): registered, renamed, code changed or flagged, status changed.

Each is stated by the registration authority and recorded here with its own first day; the former one is kept.
Basis: GB 32100-2015; 市场主体登记管理条例 24, 31; 营商〔2020〕65号 二(四)3.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from domain.event import Event, PersonalData

SubjectKind = Literal["organisation", "sole_trader", "natural_person"]


class SubjectRegistered(Event):
    """States that the register opened a credit file for the subject.

    subject_kind     organisation (法人及非法人组织), sole_trader (个体工商户) or natural_person (自然人)
    name             the name as it may be shown; of a natural person only the surname and stars
    code             unified social credit code, 18 characters; None for a natural person
    division         six digits of GB/T 2260: where the subject belongs
    representative   legal representative's name as the V2 table gives it, "" where none
    person_name, identity_number   sealed; only of a natural person
    Since v1. Basis: 营商〔2020〕65号 二(四)3 (credit files on the basis of the code).
    """

    TOPIC: ClassVar[str] = "credit/SubjectRegistered.v1"
    subject_kind: SubjectKind
    name: str
    code: str | None = None
    division: str
    representative: str = ""
    business_no: str = ""
    organisation_code: str = ""
    tax_no: str = ""
    institution_no: str = ""
    society_no: str = ""
    person_name: PersonalData | None = None
    identity_number: PersonalData | None = None


class SubjectRenamed(Event):
    """States that the subject bears a new name from `effective_on`; the former one is kept. Since v1."""

    TOPIC: ClassVar[str] = "credit/SubjectRenamed.v1"
    name: str
    effective_on: date


class CodeFlagged(Event):
    """States that an officer keeps a code although it fails `failed_check`; evidence in the envelope. Since v1."""

    TOPIC: ClassVar[str] = "credit/CodeFlagged.v1"
    code: str
    failed_check: Literal["check_character"]


class CodeChanged(Event):
    """States that the subject bears another unified social credit code from `effective_on`.

    new_code   belongs to this file for ever, as the old one does: both find it
    reason     as the authority gives it: assigned anew, corrected, certificates merged
    Since v1. Basis: GB 32100-2015.
    """

    TOPIC: ClassVar[str] = "credit/CodeChanged.v1"
    old_code: str
    new_code: str
    reason: str
    effective_on: date


class StatusChanged(Event):
    """States the subject's status with its registration authority from `effective_on` (登记状态).

    status        code of the list `subject_statuses`
    authority     who decided it; document_no as printed on its paper, "" where it gave none
    reason        why a status that closes or ends a subject was taken back, "" otherwise
    Since v1. Basis: 市场主体登记管理条例 31, 40.
    """

    TOPIC: ClassVar[str] = "credit/StatusChanged.v1"
    status: str
    effective_on: date
    authority: str
    document_no: str = ""
    reason: str = ""
