"""What can happen to a listing (列入): every event of the procedure, of the place on the list, and of its end.

Own procedure: proposed, notice, statement or waiver, hearing where the list gives one, review of what was said,
legality review, consent of the superior and collective discussion where asked, decision, service. Upward: proposed to
the body that designates, its decision received. Afterwards: corrected, confirmed, exited, reinstated.
Basis: 国办发〔2020〕49号 六–八; 行政处罚法 44, 45, 57, 61–64 by analogy; 商秩规发〔2019〕222号.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from domain.event import Event

# The bureau's own procedure


class ListingProposed(Event):
    """States that an officer proposed to list the subject (提请列入).

    list_type    code in the rulebook's list of lists
    facts        what the subject did; `based_on` the entries of the file it rests on
    Since v1. Basis: 国办发〔2020〕49号 八.
    """

    TOPIC: ClassVar[str] = "credit/ListingProposed.v1"
    listing_id: str
    list_type: str
    facts: str
    based_on: tuple[str, ...]
    proposed_on: date


class RedListingAnnounced(Event):
    """States that the bureau showed the public whom it means to put on a red list (公示拟列名单).

    announced_on   first day shown; `medium` where
    Since v1. Basis: rulebook row `list.public_notice` (unverified).
    """

    TOPIC: ClassVar[str] = "credit/RedListingAnnounced.v1"
    listing_id: str
    announced_on: date
    medium: str


class ListingNoticeServed(Event):
    """States that the subject was told facts, grounds, basis and rights before the decision (告知).

    method, receipt, consent   as in `ListingServed`
    Since v1. Basis: 国办发〔2020〕49号 八.
    """

    TOPIC: ClassVar[str] = "credit/ListingNoticeServed.v1"
    listing_id: str
    document_no: str
    served_on: date
    method: str
    receipt: str = ""
    consent: str = ""


class ListingStatementReceived(Event):
    """States that the subject made its statement or defence (陈述、申辩). Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingStatementReceived.v1"
    listing_id: str
    received_on: date
    summary: str


class StatementWaived(Event):
    """States that the subject gave up its statement, and a hearing it had asked for or could ask for (放弃).

    document_no   of the paper in which it says so
    Since v1. Basis: 行政处罚法 45, 62, 64 by analogy.
    """

    TOPIC: ClassVar[str] = "credit/StatementWaived.v1"
    listing_id: str
    waived_on: date
    document_no: str


class HearingRequested(Event):
    """States that the subject asked for a hearing in time (要求听证). Since v1. Basis: `hearing.request`."""

    TOPIC: ClassVar[str] = "credit/HearingRequested.v1"
    listing_id: str
    requested_on: date
    summary: str


class HearingNoticeServed(Event):
    """States that the subject was told when and where the hearing is held (听证通知).

    hearing_on   the day of the hearing, so many days after `served_on` as row `hearing.notice` says
    Since v1. Basis: 行政处罚法 64.
    """

    TOPIC: ClassVar[str] = "credit/HearingNoticeServed.v1"
    listing_id: str
    document_no: str
    served_on: date
    method: str
    hearing_on: date
    place: str


class HearingHeld(Event):
    """States that the hearing took place (听证), or that the subject did not come.

    chair       officer id of who presided; never who handles the case
    attended    whether the subject came; one that stays away without cause gives the hearing up
    record_no   number of the record, on which the decision must rest
    Since v1. Basis: 行政处罚法 64, 65.
    """

    TOPIC: ClassVar[str] = "credit/HearingHeld.v1"
    listing_id: str
    held_on: date
    chair: str
    attended: bool
    record_no: str
    summary: str


class ListingReviewed(Event):
    """States what the handler found on what the subject said, in its statement or at the hearing (复核).

    adopted   whether what it said was taken up in full, in part or not
    Since v1. Basis: 国办发〔2020〕49号 八 (objections are verified and answered).
    """

    TOPIC: ClassVar[str] = "credit/ListingReviewed.v1"
    listing_id: str
    opinion: str
    adopted: Literal["full", "part", "not"]
    reasons: str
    reviewed_on: date


class LegalityReviewed(Event):
    """States the legality reviewer's opinion (法制审核), on the statement too. Since v1."""

    TOPIC: ClassVar[str] = "credit/LegalityReviewed.v1"
    listing_id: str
    opinion: Literal["lawful", "not_lawful"]
    reasons: str
    reviewed_on: date


class SuperiorConsentReceived(Event):
    """States that the next higher body consented to the listing (上级同意). Since v1. Basis: row `list.consent`."""

    TOPIC: ClassVar[str] = "credit/SuperiorConsentReceived.v1"
    listing_id: str
    body: str
    document_no: str
    decided_on: date


class ListingDiscussed(Event):
    """States that those in charge discussed the case together (集体讨论).

    present   officer ids or offices of who took part; `views` what each held, in short
    result    what they resolved
    Since v1. Basis: row `list.collective`; 行政处罚法 57 by analogy.
    """

    TOPIC: ClassVar[str] = "credit/ListingDiscussed.v1"
    listing_id: str
    held_on: date
    present: tuple[str, ...]
    views: str
    result: Literal["list", "not_list"]


class ListingDecided(Event):
    """States the leader's decision to list or not to list, before it is served.

    facts, basis, measures_warned, removal_conditions, remedies   what the decision document must tell the subject;
        basis as the rulebook cites it, "" in decisions recorded before it was kept
    Since v1. Basis: 国办发〔2020〕49号 八 (content of the decision).
    """

    TOPIC: ClassVar[str] = "credit/ListingDecided.v1"
    listing_id: str
    outcome: Literal["list", "not_list"]
    document_no: str
    decided_on: date
    facts: str
    removal_conditions: str
    remedies: str
    basis: str = ""
    measures_warned: str = ""


class ServiceAnnounced(Event):
    """States that a document nobody could be served with was announced (公告送达); it counts as served later.

    document   the notice before the decision, or the decision
    Since v1. Basis: row `service.announcement`.
    """

    TOPIC: ClassVar[str] = "credit/ServiceAnnounced.v1"
    listing_id: str
    document: Literal["notice", "decision"]
    announced_on: date
    medium: str


class ListingServed(Event):
    """States that the decision was served, the repair notice with it (两书同达) where asked for.

    method    the word on the receipt, a name of the code list `service_methods`; `receipt` its number
    consent   paper in which the subject agreed to be served electronically, "" for every other method
    Since v1.
    """

    TOPIC: ClassVar[str] = "credit/ListingServed.v1"
    listing_id: str
    served_on: date
    method: str
    repair_notice_served: bool
    receipt: str = ""
    consent: str = ""


# Upward


class ListingProposedUpward(Event):
    """States that the bureau proposed the listing to the body that designates (向上提请). Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingProposedUpward.v1"
    listing_id: str
    list_type: str
    body: str
    document_no: str
    facts: str
    based_on: tuple[str, ...]
    proposed_on: date


class ListingDecisionReceived(Event):
    """States that the designating body's decision reached the bureau; not listing ends the case here. Since v1."""

    TOPIC: ClassVar[str] = "credit/ListingDecisionReceived.v1"
    listing_id: str
    list_type: str
    outcome: Literal["list", "not_list"]
    body: str
    document_no: str
    decided_on: date
    received_on: date


# The place on the list


class Listed(Event):
    """States that the subject is on a list.

    designated_by   the body that decided; decision_no and decided_on as printed on its decision
    effective_on    first day it counts: the day the decision was served, or the day the higher body gave
    designator      of a listing taken over from paper: who designated the list that day, by its row `list.basis`;
                    "" where the steps recorded before say so
    Since v1.
    """

    TOPIC: ClassVar[str] = "credit/Listed.v1"
    listing_id: str
    list_type: str
    designated_by: str
    decision_no: str
    decided_on: date
    effective_on: date
    facts: str
    designator: str = ""


CorrectableField = Literal["designated_by", "decision_no", "decided_on", "effective_on", "facts"]


class ListingCorrected(Event):
    """States that one field of a listing was not what its decision says, and what it says (更正列入).

    old, new   as text, days as ISO dates; nothing is overwritten: the old value stays in the file
    Since v1.
    """

    TOPIC: ClassVar[str] = "credit/ListingCorrected.v1"
    listing_id: str
    field: CorrectableField
    old: str
    new: str
    reason: str
    corrected_on: date


class ListingConfirmed(Event):
    """States what the leader found on a listing whose basis became doubtful (核定列入依据).

    rule     name of the rulebook row that gave the doubt; another row later is another doubt
    result   the listing stands, or is to be revoked
    Since v1. Basis: a rule counts from the day it is in force, and is known only later.
    """

    TOPIC: ClassVar[str] = "credit/ListingConfirmed.v1"
    listing_id: str
    rule: str
    result: Literal["stands", "to_revoke"]
    reasons: str
    confirmed_on: date


ExitCause = Literal["term", "repair", "revocation", "deregistration", "serious_listing", "early"]


class Exited(Event):
    """States that the subject left the list; `effective_on` is the first day off it.

    cause   term (届满), repair (修复移出), revocation (撤销), deregistration (注销), early (提前移出, as received);
            serious_listing: a place on a serious list ended one on a red list
    body, decided_on   of a decision received from the body that designated; "" and None where the bureau acted
    Since v1.
    """

    TOPIC: ClassVar[str] = "credit/Exited.v1"
    listing_id: str
    cause: ExitCause
    effective_on: date
    document_no: str = ""
    body: str = ""
    decided_on: date | None = None


class ListingReinstated(Event):
    """States that a subject removed by a false repair is on the list again from `effective_on` (恢复列入).

    Since v1. Basis: 国家市场监督管理总局令第44号 21 (false statements; recollection); row `list.reinstated`.
    """

    TOPIC: ClassVar[str] = "credit/ListingReinstated.v1"
    listing_id: str
    cause: Literal["false_repair"]
    document_no: str
    effective_on: date
