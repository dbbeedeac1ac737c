"""Which act comes next in each case of a file, who may do it, and which day the rules set for it.

Pure: used by the worklist. A term that no rule knows for the day leaves the duty without a due day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.context import day_of
from domain.credit_file.commitment import Commitment, statement_until
from domain.credit_file.disclosure import officers_behind
from domain.credit_file.disclosure_period import restated_by
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listing
from domain.credit_file.repair import Repair, accept_due, answer_due, feedback_due
from domain.event import Origin
from domain.law.answers import FactMissing, NoRule, Term
from domain.law.reading import Reading
from domain.officer import POWERS
from projections.citation import Citation, cite_all
from projections.views.import_review import release_state

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """One act that a case waits for.

    act           name of the decision that does it
    case_kind     listing, repair, commitment or entry; case_id names it, case_no and title as officers call it
    due_on        last day, None where nothing sets one; is_firm whether its calendar is published
    since_on      the day from which it could be done, or was asked
    waits_for     "" where the bureau must act now; subject, applicant or higher_body before it may; through waits_until
    waits_until   last day of that waiting, None where only an act ends it
    roles         who may do it; not_officers may not, since they did an earlier step
    section       that opened the case; batch_id the file the entry came from
    shown_until   for a release: last day on which it still makes sense
    """

    subject_id: UUID
    act: str
    case_kind: str
    case_id: str
    case_no: str | None
    title: str
    due_on: date | None
    is_firm: bool
    since_on: date
    waits_for: str
    waits_until: date | None
    roles: list[str]
    not_officers: list[str]
    section: str
    batch_id: str | None
    shown_until: date | None
    rules: list[Citation]


def duties_of(file: CreditFile, rules: Reading) -> Iterator[Duty]:
    """Every duty of the file, in the order of its chapters."""
    desk = _Desk(file, rules)
    for entry_id in file.records:
        yield from desk.release(entry_id)
    for one in file.commitments.values():
        yield from desk.commitment(one)
    for listing in file.listings.values():
        yield from desk.listing(listing)
    for case in file.repairs.values():
        yield from desk.repair(case)


@dataclass(frozen=True, slots=True)
class _Desk:
    file: CreditFile
    rules: Reading

    # Release

    def release(self, entry_id: str) -> Iterator[Duty]:
        """A new entry waits for its class, then for an approver who neither recorded nor changed it; a released one
        whose text or class was changed since waits for another release."""
        state, until = release_state(self.file, entry_id, self.rules)
        if state not in ("waiting", "unclassified"):
            return
        origin = self.file.origin_of(entry_id)
        release = self.file.releases.get(entry_id)
        changed = restated_by(self.file, release) if release is not None else None
        recorded_on = _recorded_on(changed or origin)
        record = self.file.records.get(entry_id)
        kind = "entry" if record else "commitment" if entry_id in self.file.commitments else "listing"
        term = self._term("release.due", asked_on=recorded_on)
        if record is not None:
            upload = self._term("upload.due", decided_on=record.record.decided_on)
            # An old decision that comes in late has no day of upload left: then only the bureau's own term counts.
            if upload and upload.until and upload.until >= recorded_on:
                term = _earliest(term, upload)
        act = "classify_penalty" if state == "unclassified" else "disclose"
        yield self._duty(
            act, kind, entry_id, self._title(entry_id), origin, since=recorded_on, term=term,
            not_officers=officers_behind(self.file, entry_id) if act == "disclose" else (), shown_until=until,
        )  # fmt: skip

    def _title(self, entry_id: str) -> str:
        if (record := self.file.records.get(entry_id)) is not None:
            return record.record.document_no
        if (one := self.file.commitments.get(entry_id)) is not None:
            return one.made.document_no
        listed = self.file.listings[entry_id].listed
        return listed.decision_no if listed else ""

    # Commitment

    def commitment(self, one: Commitment) -> Iterator[Duty]:
        """A suspected breach is decided when the subject was heard or its time is over; else only the release waits."""
        commitment_id = one.made.commitment_id
        if one.made.may_disclose and one.breached is None:
            yield from self.release(commitment_id)
        if one.notice is None or not one.is_under_notice:
            return
        until = None
        if one.statement is None:
            try:
                until = statement_until(one, self.rules)
            except (NoRule, FactMissing):
                until = None
        since = one.statement.received_on if one.statement else (until or one.notice.served_on)
        yield self._duty(
            "breach_commitment", "commitment", commitment_id, one.made.document_no, one.origin, since=since, term=None,
            waits_for="subject" if until else "", waits_until=until, not_officers=[one.origin.officer_id],
        )  # fmt: skip

    # Listing

    def listing(self, one: Listing) -> Iterator[Duty]:
        """The next step of the bureau's own procedure, or the answer of the body that designates."""
        if one.listed is not None:
            if one.exited is None or one.exited.cause == "term":
                yield from self.release(one.listing_id)
            return
        if one.is_closed:
            return
        if one.upward is not None and one.received is None:
            yield self._listing(one, "receive_listing_decision", since=one.upward.proposed_on, waits_for="higher_body")
        elif one.decision is not None:
            term = self._term("service.due", decided_on=one.decision.decided_on)
            yield self._listing(one, "list_subject", since=one.decision.decided_on, term=term)
        elif one.review is not None:
            reviewer = [one.reviewed_by.officer_id] if one.reviewed_by else []
            yield self._listing(
                one, "decide_listing", since=one.review.reviewed_on, not_officers=[one.origin.officer_id, *reviewer]
            )
        elif one.notice is not None:
            yield self._review(one, one.notice.served_on)
        elif one.proposed is not None:
            yield self._listing(one, "serve_listing_notice", since=one.proposed.proposed_on)

    def _review(self, one: Listing, served_on: date) -> Duty:
        proposer = [one.origin.officer_id]
        if one.statement is not None:
            asked_on = one.statement.received_on
            term = self._term("review.due", asked_on=asked_on)
            return self._listing(one, "review_legality", since=asked_on, term=term, not_officers=proposer)
        statement = self._term("list.statement", notice_served_on=served_on)
        until = statement.until if statement else None
        asked_on = until + DAY if until else served_on
        return self._listing(
            one, "review_legality", since=asked_on, term=self._term("review.due", asked_on=asked_on),
            not_officers=proposer, waits_for="subject" if until else "", waits_until=until,
        )  # fmt: skip

    def _listing(
        self, one: Listing, act: str, *, since: date, term: Term | None = None, not_officers: Iterable[str] = (),
        waits_for: str = "", waits_until: date | None = None,
    ) -> Duty:  # fmt: skip
        return self._duty(
            act, "listing", one.listing_id, one.list_type, one.origin, since=since, term=term,
            not_officers=not_officers, waits_for=waits_for, waits_until=waits_until,
        )  # fmt: skip

    # Repair

    def repair(self, case: Repair) -> Iterator[Duty]:
        """The next step of the case, due by its own clock or by the applicant's, whichever ends first."""
        received_on = day_of(case.received.pushed_at or case.received.applied_at)
        answer = _known(answer_due, case, self.rules)
        stage = case.stage
        if stage == "received":
            term = _earliest(_known(accept_due, case, self.rules), answer)
            yield self._repair(case, "accept_repair", since=received_on, term=term)
        elif stage == "supplement" and case.supplement is not None:
            asked = case.supplement
            yield self._repair(
                case, "accept_repair", since=asked.asked_on, term=answer, waits_for="applicant",
                waits_until=asked.due_on,
            )  # fmt: skip
        elif stage in ("accepted", "verified"):
            assert case.accepted is not None
            term = _earliest(self._term("repair.department_result", accepted_on=case.accepted.accepted_on), answer)
            if stage == "accepted":
                yield self._repair(case, "verify_repair", since=case.accepted.accepted_on, term=term)
            elif case.verified is not None:
                verifier = [case.verified_by.officer_id] if case.verified_by else []
                since = case.verified.verified_on
                yield self._repair(case, "decide_repair", since=since, term=term, not_officers=verifier)
        elif stage == "feedback" and case.decided is not None:
            term = _known(feedback_due, case, self.rules)
            yield self._repair(case, "send_feedback", since=case.decided.decided_on, term=term)

    def _repair(
        self, case: Repair, act: str, *, since: date, term: Term | None, not_officers: Iterable[str] = (),
        waits_for: str = "", waits_until: date | None = None,
    ) -> Duty:  # fmt: skip
        title = case.received.external_no or case.repair_id
        return self._duty(
            act, "repair", case.repair_id, title, case.origin, since=since, term=term, not_officers=not_officers,
            waits_for=waits_for, waits_until=waits_until,
        )  # fmt: skip

    # All

    def _duty(
        self, act: str, case_kind: str, case_id: str, title: str, origin: Origin, *, since: date, term: Term | None,
        not_officers: Iterable[str] = (), waits_for: str = "", waits_until: date | None = None,
        shown_until: date | None = None,
    ) -> Duty:  # fmt: skip
        return Duty(
            self.file.subject_id, act, case_kind, case_id, origin.case_no, title, term.until if term else None,
            term.is_firm if term else True, since, waits_for, waits_until, sorted(POWERS[act]), sorted(not_officers),
            origin.section, origin.batch, shown_until, cite_all(term.rows, self.rules) if term else [],
        )  # fmt: skip

    def _term(self, parameter: str, **days: date) -> Term | None:
        try:
            return self.rules.term(parameter, days=days)
        except (NoRule, FactMissing):
            return None


def _known(due: object, case: Repair, rules: Reading) -> Term | None:
    assert callable(due)
    try:
        found = due(case, rules)
    except (NoRule, FactMissing):
        return None
    assert isinstance(found, Term)
    return found


def _earliest(*terms: Term | None) -> Term | None:
    """The term that ends first; one without an end only where no other has one."""
    known = [one for one in terms if one is not None and one.until is not None]
    return min(known, key=lambda one: one.until or date.max, default=next((one for one in terms if one), None))


def _recorded_on(origin: Origin) -> date:
    assert origin.recorded_at is not None
    return day_of(origin.recorded_at)
