"""A desk at which anything may be tried in any order: what the laws and the simulation drive, and what they check.

Each act of `ACTS` picks people, papers and days that fit the file; what the register refuses is counted, never an
error. `check_file` asserts everything that holds of every file whatever was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.context import Officer
from domain.credit_file.commitment import breach_commitment, fulfil_commitment, receive_breach_statement
from domain.credit_file.deadline import miss_deadline, overdue
from domain.credit_file.disclosure import Disclosed, disclose, end_disclosure, officers_behind
from domain.credit_file.duties import owed
from domain.credit_file.exit import end_listing, exit_deregistered, revoke_listing
from domain.credit_file.file import CreditFile, fold, fold_all, foresee
from domain.credit_file.listing import Exited
from domain.credit_file.listing_decisions import propose_listing
from domain.credit_file.profile import rename_subject
from domain.credit_file.profile_changes import change_status
from domain.credit_file.record_decisions import annul_record, correct_record
from domain.credit_file.repair import Repaired
from domain.credit_file.repair_decisions import ask_supplement, not_accept_repair, send_feedback, supplement_repair
from domain.credit_file.standing import Standing, standing
from domain.credit_file.undo import undo_entry
from domain.event import Fact
from domain.law.answers import NoRule
from domain.officer import may
from domain.refusals import Refused
from domain.register.register import SUBJECT as SUBJECT_KIND
from tests.domain import naive
from tests.domain.credit_file import samples
from tests.domain.desk_acts import FURTHER
from tests.domain.given import DING, GENG, JIA, SUBJECT, SYSTEM, YI, Decide, Given, Step, context, given, rules, step

DAY = timedelta(days=1)
LISTS = ("sample", samples.LIST)
PAPERS = ("application", "identity", "proof", "commitment", "authorisation", "training", "credit_report")


class Desk:
    """One file, its facts, the files at every version before, the acts taken and on what, and the day it is."""

    not_here: frozenset[str] = frozenset()
    """Further acts that this desk cannot try."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.reached = given()
        self.past: list[CreditFile] = [CreditFile.empty(SUBJECT)]
        self.outcomes: Counter[str] = Counter()
        self.taken: list[tuple[Given, Step]] = []
        self.alone: Officer | None = None
        self.wanted = ""

    @property
    def file(self) -> CreditFile:
        file = self.reached.state
        assert isinstance(file, CreditFile)
        return file

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.reached.facts

    def do(self, decide: Decide, by: Officer, filing: dict[str, Any] | None = None, **args: Any) -> bool:
        return self.take(step(self.today.isoformat(), by, decide, filing, **args))

    def seated(self, one: Step) -> Step:
        """The step by whoever sits here: one officer alone does all that the powers allow, so that people who must be
        kept apart are tried in one person. What one act recorded belongs together by its request."""
        alone = self.alone if self.alone is not None and may(self.alone.role, one.decide.__name__) else one.by
        return replace(one, by=alone, filing={"request_id": UUID(int=len(self.facts) + 1)} | one.filing)

    def take(self, one: Step) -> bool:
        """Try it today; whether it was recorded. A decision must answer with events, a refusal, or that the law is
        silent, which the register tells as `RuleMissing`."""
        one = self.seated(one)
        before, today = self.with_misses(one), context(self.today.isoformat(), one.by, **one.filing)
        assert isinstance(before.state, CreditFile)
        try:
            SUBJECT_KIND.allowed(self.file, today, one.args)
            events = one.events(before.state)
        except Refused as refusal:
            self.outcomes[refusal.code] += 1
            return False
        except NoRule:
            self.outcomes["RuleMissing"] += 1
            return False
        foreseen = foresee(before.state, today, events)
        stored = len(self.facts)
        if not events:
            return True
        self.reached = before.after(one)
        unstored = before.state
        for fact in self.facts[stored:]:
            if fact.originator_version > before.state.version:
                as_foreseen = Fact(SUBJECT, fact.originator_version, fact.envelope, fact.event, recorded_at=today.now)
                unstored = fold(unstored, as_foreseen)
            self.past.append(fold(self.past[-1], fact))
        assert foreseen == unstored
        self.outcomes[one.decide.__name__] += 1
        self.taken.append((before, one))
        return True

    def with_misses(self, one: Step) -> Given:
        """What the register notes before an act of the desk: each deadline missed by now."""
        noted = self.reached
        if one.by.role != SYSTEM.role:
            for late in overdue(self.file, self.today, rules()):
                due_on = late.term.until if late.term else None
                missed = step(self.today.isoformat(), SYSTEM, miss_deadline, duty=late.act, case_id=late.case_id)
                noted = noted.after(replace(missed, args=missed.args | {"due_on": due_on}))
        return noted

    def standing(self, on: date) -> Standing | None:
        return standing(self.file, on, rules())

    def pick(self, kind: str, number: int) -> str:
        """An id of the file of this kind, or, every seventh time or where there is none, one it lacks."""
        file = self.file
        granted = [one for one, case in file.repairs.items() if case.is_granted]
        known = {
            "licence": [one for one in file.records if one[0] == "l"], "conduct": [*file.conducts],
            "measure": [*file.measures], "objection": [*file.objections], "remedy": [*file.remedies],
            "shield": [*file.shields], "access": [*file.access_requests], "erasure": [*file.erasures],
            "tier": [*file.tiers], "person": [*file.persons], "place": [one.place for one in file.sealed],
            "ground": [*file.records, *file.listings, *file.commitments, *file.conducts],
            "case": [*file.listings, *file.repairs, *file.commitments], "sent": [*file.transfers], "granted": granted,
            "record": [*file.records], "penalty": [one for one in file.records if one[0] == "p"],
            "listing": [*file.listings], "own": [one for one in file.listings if one[0] == "s"],
            "entry": [*file.records, *file.listings, *file.commitments, *file.conducts],
            "commitment": [*file.commitments],
            "target": [one for one in (*file.records, *file.listings) if one[0] != "l"],
            "repair": [one for one, case in file.repairs.items() if case.stage not in ("feedback", "closed")]
            or [*file.repairs],
        }[kind]  # fmt: skip
        if self.wanted in known:
            return self.wanted
        return f"{kind[0]}99" if number % 7 == 6 or not known else known[number % len(known)]

    def fresh(self, letter: str, number: int) -> str:
        """A new id, or, every seventh time, one that may be used already."""
        return f"{letter}1" if number % 7 == 6 else f"{letter}{len(self.facts) + 1}"

    # The acts

    def work(self, name: str, number: int, choice: int, back: int) -> None:
        """One of the further acts, by its row."""
        one = FURTHER[name]
        if name in self.not_here:
            return
        self.do(one.decide, one.by, one.filing, **one.arguments(self, number, choice, self.today - back * DAY))

    def follow(self, number: int, choice: int, back: int) -> None:
        """The next act of a case that waits, as the worklist tells it: so cases come to their end."""
        duties = [*owed(self.file, rules())]
        if not duties:
            return
        duty = duties[number % len(duties)]
        self.wanted = duty.case_id
        if (row := next((name for name, one in FURTHER.items() if one.decide.__name__ == duty.act), None)) is not None:
            self.work(row, number % 7, choice, back)
        elif duty.act == "disclose":
            self.release(0)
        elif duty.act == "classify_penalty":
            self.classify(0, "class.2019" if self.today < naive.SECOND_RULE else "class.2025", "general")
        elif duty.case_kind == "listing":
            self.work_listing(0, choice)
        elif duty.case_kind == "repair":
            self.work_repair(0, choice)
        elif duty.case_kind == "commitment":
            self.breach(0, choice)
        self.wanted = ""

    def open_much(self, number: int) -> None:
        """What a busy file holds: shown penalties and licences, a promise, conduct, a list, a measure on each."""
        for _ in range(1 + number % 3):
            self.record_and_release(number % 6, ("general", "serious")[number % 2])
        self.license(0, 367)
        self.promise(0, 367)
        self.list_at_once(0)
        for name in ("recognise_qualification", "record_honour", "record_adverse_conduct", "apply_measure"):
            self.work(name, number % 6, 1, 0)
        for place in range(5):
            self.release(place)

    def repair_by_falsehood(self, number: int, choice: int) -> None:
        """A repair granted, noticed to be false, heard, revoked by another leader, and what it had ended put back."""
        if not any(case.is_granted for case in self.file.repairs.values()):
            self.repair_newest(184 if number % 2 else 367, on_list=number % 2 == 0)
        for name in ("serve_revocation_notice", "receive_revocation_statement", "revoke_repair", "reinstate_listing"):
            self.work(name, number, choice, 0)

    def list_formally(self, number: int) -> None:
        """The procedure of a list that asks for a hearing, a collective discussion and the consent from above."""
        listing_id = self.fresh("s", number)
        self.do(propose_listing, JIA, listing_id=listing_id, list_type="bureau_joint_punishment", facts="样例事实")
        self.wanted = listing_id
        self.take(samples.noticed(self.today.isoformat(), listing_id))
        self.work("request_hearing", 0, 0, 0)
        self.work("serve_hearing_notice", 0, 11, 0)
        self.wait(11)
        for name in ("hold_hearing", "waive_statement")[:: 1 if number % 2 else -1]:
            self.work(name, 0, 1, 0)
        for make in (samples.weighed, samples.reviewed):
            self.take(make(self.today.isoformat(), listing_id=listing_id))
        for name in ("receive_consent", "discuss_listing"):
            self.work(name, 0, 0, 0)
        for make in (samples.decided, samples.listed):
            self.take(make(self.today.isoformat(), listing_id=listing_id))
        self.wanted = ""

    def sit_alone(self, who: int) -> None:
        """From now on one officer does everything that one officer may, or everybody is back."""
        self.alone = (None, GENG, YI, DING)[who % 4]

    def undo(self, number: int) -> None:
        """One of the last facts, by whoever recorded it or, one time in five, by somebody else."""
        version = max(len(self.facts) - number % 4, 1)
        actor = self.facts[version - 1].envelope.actor
        by = JIA if number % 5 == 0 else Officer(actor.officer_id, actor.role, actor.section)
        alone, self.alone = self.alone, None
        self.do(undo_entry, by, version=version, reason="样例误录")
        self.alone = alone

    def wait(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), date(2035, 12, 31))

    def register(self) -> None:
        self.take(_on(self, samples.REGISTERED))

    def rename(self, number: int, back: int) -> None:
        self.do(rename_subject, JIA, name=f"样例新名{number}", effective_on=self.today - back * DAY)

    def record(self, number: int, back: int, warning: bool) -> None:
        kinds = ("警告",) if warning else ("罚款",)
        on = (self.today - back * DAY).isoformat()
        one = samples.penalty(on, self.fresh("p", number), penalty_kinds=kinds)
        self.take(_on(self, samples.recorded(one)))

    def record_and_release(self, number: int, penalty_class: str) -> None:
        """What a good day at the desk looks like: recorded, classed, released and performed at once."""
        today, entry_id = self.today.isoformat(), self.fresh("p", number)
        self.take(samples.recorded(samples.penalty(today, entry_id)))
        scheme = "class.2019" if self.today < naive.SECOND_RULE else "class.2025"
        self.take(samples.classified(today, penalty_class, scheme, entry_id))
        self.take(samples.disclosed(today, entry_id))
        self.take(samples.performed(today, entry_id))

    def license(self, number: int, days: int) -> None:
        until = self.today + timedelta(days=days) if days else None
        one = samples.licence(self.today.isoformat(), self.fresh("l", number), valid_until=until)
        self.take(_on(self, samples.recorded_licence(one)))

    def classify(self, number: int, scheme: str, penalty_class: str) -> None:
        self.take(samples.classified(self.today.isoformat(), penalty_class, scheme, self.pick("penalty", number)))

    def perform(self, number: int) -> None:
        self.take(samples.performed(self.today.isoformat(), self.pick("penalty", number)))

    def annul(self, number: int) -> None:
        self.do(annul_record, YI, entry_id=self.pick("record", number), reason="样例")

    def correct(self, number: int, back: int) -> None:
        on = (self.today - back * DAY).isoformat()
        entry_id = self.pick("penalty", number)
        self.do(correct_record, YI, entry_id=entry_id, field="decided_on", new=on, reason="样例")

    def release(self, number: int) -> None:
        self.do(disclose, DING, entry_id=self.pick("entry", number))

    def propose(self, number: int, list_type: str) -> None:
        own = list_type == "sample"
        make = samples.proposed if own else samples.upward
        self.take(make(self.today.isoformat(), self.fresh("s" if own else "u", number), list_type))

    def list_at_once(self, number: int) -> None:
        """The bureau's whole procedure in one day, the subject heard."""
        listing_id = self.fresh("s", number)
        for one in samples.own_listing(self.today.isoformat(), listing_id):
            self.take(one)

    def receive(self, number: int, back: int, outcome: str) -> None:
        decided_on = self.today - back * DAY
        # The higher body may name a day before today or one still to come.
        effective_on = (decided_on + (back // 2 if number % 3 else back + 9) * DAY).isoformat()
        waiting = [one.listing_id for one in self.file.listings.values() if one.upward and not one.received]
        listing_id = waiting[0] if waiting and number % 2 else self.fresh("u", number)
        on = decided_on.isoformat()
        self.take(_on(self, samples.received(on, listing_id, effective_on, outcome=outcome)))

    def work_listing(self, number: int, choice: int) -> None:
        """The next step of the case, or, one time in four, a step out of turn."""
        make: list[Callable[..., Step]] = [
            samples.noticed, samples.heard, samples.weighed, samples.reviewed, samples.decided, samples.listed
        ]  # fmt: skip
        listing_id = self.pick("own", number)
        case = self.file.listings.get(listing_id)
        done = 0 if case is None else sum(
            one is not None
            for one in (case.notice, case.statement, case.weighed, case.review, case.decision, case.listed)
        )  # fmt: skip
        turn = min(done + (choice % 3 if choice % 4 == 0 else 0), 5)
        self.take(make[turn](self.today.isoformat(), listing_id=listing_id))

    def revoke(self, number: int) -> None:
        self.do(revoke_listing, DING, listing_id=self.pick("listing", number), document_no="样例撤销一号")

    def deregister(self, number: int, back: int) -> None:
        on, listing_id = self.today - back * DAY, self.pick("listing", number)
        self.do(change_status, JIA, status="deregistered", effective_on=on, authority="样例登记机关",
                document_no="样例注销通知一号", reason="样例")  # fmt: skip
        self.do(exit_deregistered, YI, listing_id=listing_id, document_no="样例注销一号", deregistered_on=on)

    def apply(self, number: int, complete: bool) -> bool:
        target = self.pick("target", number)
        kind = "listing" if target in self.file.listings else "penalty"
        papers = PAPERS if complete else ()
        on, repair_id = self.today.isoformat(), self.fresh("r", number)
        return self.take(samples.applied(on, target, repair_id, target_kind=kind, papers=papers))

    def repair_at_once(self, number: int, days: int) -> None:
        """An application made after a while and taken to its end in one day."""
        self.wait(days)
        if self.apply(number, complete=True):
            waiting = [case for case in self.file.repairs.values() if case.is_open]
            for turn in range(3):
                if turn == 2 and number % 3 == 0:
                    self.take_away(waiting[-1].received.target_id)
                self.work_repair(len(waiting) - 1, choice=1)

    def repair_newest(self, days: int, on_list: bool = False) -> None:
        """A penalty shown for some days, or a place on a list, and then repaired as far as the law allows."""
        if on_list:
            self.list_at_once(0)
        else:
            self.record_and_release(0, "general")
        self.wait(days)
        known = [*(self.file.listings if on_list else self.file.records)]
        if not known:
            return
        target, repair_id, kind = known[-1], self.fresh("r", 0), "listing" if on_list else "penalty"
        if self.take(samples.applied(self.today.isoformat(), target, repair_id, target_kind=kind, papers=PAPERS)):
            place = [one for one, case in self.file.repairs.items() if case.is_open].index(repair_id)
            for _ in range(4):
                self.work_repair(place, choice=1)

    def take_away(self, target: str) -> None:
        """Annul or revoke what a repair under way is about, and let a day pass."""
        if target in self.file.listings:
            self.do(revoke_listing, DING, listing_id=target, document_no="样例撤销一号")
        else:
            self.do(annul_record, YI, entry_id=target, reason="样例")
        self.wait(1)

    def work_repair(self, number: int, choice: int) -> None:
        """The next step of the case: accepted if it can be, else declined or supplemented."""
        if not self.file.repairs and number % 7:
            return
        repair_id, on = self.pick("repair", number), self.today.isoformat()
        case = self.file.repairs.get(repair_id)
        stage = case.stage if case is not None else "received"
        if stage == "verified":
            self.take(samples.granted(on, repair_id, "granted" if choice % 4 else "refused"))
        elif stage == "accepted":
            assert case is not None
            asked = rules().select("repair.conditions", days={"applied_on": case.applied_on}).names
            self.take(samples.verified(on, repair_id, samples.findings(conditions=asked)))
        elif stage == "feedback":
            self.do(send_feedback, JIA, repair_id=repair_id, receipt="样例")
        elif not self.take(samples.accepted(on, repair_id)):
            supplement = self.do(ask_supplement, JIA, repair_id=repair_id, note="样例")
            if supplement and choice % 2:
                self.do(supplement_repair, JIA, repair_id=repair_id, papers=PAPERS)
            elif choice % 3 == 0:
                self.do(not_accept_repair, JIA, repair_id=repair_id)

    def promise(self, number: int, days: int) -> None:
        until = self.today + timedelta(days=days)
        one = samples.promise(self.today.isoformat(), self.fresh("c", number), valid_until=until)
        self.take(_on(self, samples.promised(one)))

    def keep_promise(self, number: int, back: int) -> None:
        on, commitment_id = self.today - back * DAY, self.pick("commitment", number)
        self.do(fulfil_commitment, JIA, commitment_id=commitment_id, fulfilled_on=on, extent="full")

    def breach(self, number: int, choice: int) -> None:
        commitment_id = self.pick("commitment", number)
        self.take(samples.breach_noticed(self.today.isoformat(), commitment_id))
        if choice % 2:
            self.do(receive_breach_statement, JIA, commitment_id=commitment_id, received_on=self.today, summary="样例")
        self.do(
            breach_commitment, YI, commitment_id=commitment_id, document_no="样例认定一号", kind="not", facts="样例",
            consequence="样例",
        )  # fmt: skip

    def run_daily_job(self) -> None:
        """Note every end that has come; no answer for any date may change."""
        days = interesting_days(self)
        before = {on: self.standing(on) for on in days}
        for late in [*overdue(self.file, self.today, rules())]:
            due_on = late.term.until if late.term else None
            assert self.do(miss_deadline, SYSTEM, duty=late.act, case_id=late.case_id, due_on=due_on)
        assert [*overdue(self.file, self.today, rules())] == []
        for entry_id in list(self.file.releases):
            self.do(end_disclosure, SYSTEM, entry_id=entry_id)
        for listing_id in list(self.file.listings):
            self.do(end_listing, SYSTEM, listing_id=listing_id)
        assert {on: self.standing(on) for on in days} == before


def _on(desk: Desk, one: Step) -> Step:
    return step(desk.today.isoformat(), one.by, one.decide, **one.args)


def interesting_days(desk: Desk) -> list[date]:
    """Today, the turns of the law, and for each thing the days around its beginning and end."""
    days = {desk.today, desk.today - DAY, desk.today + DAY, date(2018, 5, 1), naive.SECOND_RULE, naive.THIRD_RULE}
    found = standing(desk.file, desk.today, rules())
    if found is not None:
        for one in found.fields:
            if one.item.endswith(("until", "first_on")) and one.value[:2] == "20":
                last = date.fromisoformat(one.value)
                days |= {last, last + DAY}
    for fact in desk.facts:
        if isinstance(fact.event, Exited | Repaired):
            days |= {fact.event.effective_on, fact.event.effective_on - DAY}
        if isinstance(fact.event, Disclosed):
            days |= {fact.event.disclosed_from, fact.event.disclosed_from - DAY}
    return sorted(days)


def check_file(desk: Desk) -> None:
    """Everything that holds of every file, whatever was done, in whatever order."""
    events = [fact.event for fact in desk.facts]
    assert [fact.originator_version for fact in desk.facts] == list(range(1, len(events) + 1))
    check_past(desk)
    check_people(desk)
    for on in interesting_days(desk):
        answer = desk.standing(on)
        if answer is None:
            assert not events
            continue
        assert known_to_naive(desk, answer.shown) == naive.shown(desk.facts, on), on
        lists = [one for one in answer.on_lists if one in naive.KNOWN_LISTS]
        assert sorted(lists) == sorted(naive.on_lists(desk.facts, on)), on
        assert len(set(answer.on_lists)) == len(answer.on_lists), "one place on one list at a time"
        check_nothing_shown_against_the_law(desk, set(answer.shown), on)


def known_to_naive(desk: Desk, entries: Iterable[str]) -> set[str]:
    """Those of the entries that the plain model speaks of."""
    listings = {one for one, case in desk.file.listings.items() if case.list_type in naive.KNOWN_LISTS}
    return {one for one in entries if one in desk.file.records or one in listings}


def check_past(desk: Desk) -> None:
    """Every prefix folds, and what was known at a version is known at it for ever."""
    for version, known in enumerate(desk.past):
        assert known.version == version
    assert fold_all(SUBJECT, desk.facts) == desk.file == desk.past[-1]
    middle = len(desk.facts) // 2
    assert fold_all(SUBJECT, desk.facts[:middle]) == desk.past[middle]


def check_people(desk: Desk) -> None:
    """Those who must be kept apart are."""
    for release in desk.file.releases.values():
        for one in (*release.earlier, release):
            seen = desk.past[one.origin.version - 1]
            assert one.origin.officer_id not in officers_behind(seen, one.entry_id)
    for case in desk.file.listings.values():
        people = [one.officer_id for one in (case.origin, case.reviewed_by, case.decided_by) if one is not None]
        assert len(people) == len(set(people))
    for repair in desk.file.repairs.values():
        if repair.decided_by is not None and repair.verified_by is not None:
            assert repair.decided_by.officer_id != repair.verified_by.officer_id


def check_nothing_shown_against_the_law(desk: Desk, shown: set[str], on: date) -> None:
    """What is shown was released by then, and was neither repaired nor annulled nor left by then."""
    for entry_id in shown:
        release = desk.file.releases[entry_id]
        assert (*release.earlier, release)[0].disclosed_from <= on
        repaired_on = desk.file.repaired_on(entry_id)
        assert repaired_on is None or on < repaired_on
        record, listing = desk.file.records.get(entry_id), desk.file.listings.get(entry_id)
        assert record is None or record.annulled_on is None or on < record.annulled_on
        assert listing is None or listing.exited is None or on < listing.exited.effective_on
