"""Decide, stamp, store: the one way of an act into the log, for one act and for a thousand alike.

The files of all streams are read at once; decisions are taken in order, each on the file as the ones before it left
it; everything goes out in one statement. Where somebody else wrote first, nothing was stored: files are read again and
every act is decided again, with fresh readings of the rules. After a few lost rounds the acts of a batch go one by
one; one act that keeps losing is told so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from domain.context import Context
from domain.event import Actor, Envelope, Event, Fact, LegalBasis, Personal
from domain.law.answers import NoRule
from domain.refusals import CodeTaken, Refused, RequestIdReused, RivalsKeptWriting, RuleMissing
from domain.register.acts import Act, Receipt, Stored, content_of
from domain.register.batch import Batch, NewCode, NewFact, NewPerson, NewRequest
from domain.register.mapper import CreditMapper
from domain.register.personal import find_personal
from domain.register.recorder import Conflict, CreditRecorder, Position
from domain.register.statements import TABLES
from domain.register.vault import Keyring, Vault
from domain.storable import check_storable

TRIES = 5

Outcome = Receipt | Refused
ContextOf = Callable[[Act[Any]], Context]


class PersonAlreadyFiled(Refused):
    zh = "该自然人已有档案；请先检索该证件号。"
    en = "This person already has a file; search for the identity number first."
    field = "identity_number"


@dataclass(frozen=True, slots=True)
class Guards:
    """What the register asks about every act, from the tables of powers and of event types.

    check_may   raises NotAllowed when the context's officer may not perform the act of that name
    code        the credit code an event claims for its stream alone, or None
    person      the natural person whose file an event opens, or None
    """

    check_may: Callable[[Context, str], None]
    code: Callable[[Event], str | None]
    person: Callable[[Event], Personal | None]


@dataclass
class _Open:
    """A stream while a batch is decided: its file as it would stand, and its newest version."""

    file: Any
    version: int


@dataclass
class _Taken:
    """What one act decided, as facts that are not stored yet."""

    act: Act[Any]
    context: Context
    events: Sequence[Event]
    first_version: int
    facts: list[NewFact]


@dataclass
class _Known:
    """What lost rounds have taught: who holds which code and person, and which requests were answered."""

    codes: dict[str, UUID] = field(default_factory=dict)
    persons: dict[bytes, UUID] = field(default_factory=dict)
    answers: dict[UUID, tuple[bytes, Receipt]] = field(default_factory=dict)


@dataclass
class _Round:
    """One try: what has been decided so far, act by act, and what is to be stored."""

    keyring: Keyring
    streams: dict[UUID, _Open]
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    spans: dict[int, tuple[UUID, int, int, int]] = field(default_factory=dict)
    facts: list[NewFact] = field(default_factory=list)
    requests: dict[UUID, tuple[NewRequest, int]] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    codes: dict[str, UUID] = field(default_factory=dict)
    persons: dict[bytes, NewPerson] = field(default_factory=dict)
    now: datetime | None = None


class Writer:
    """Takes acts to the log. `simulated`: facts are recorded at the instant that their contexts say."""

    def __init__(
        self,
        recorder: CreditRecorder,
        mapper: CreditMapper,
        vault: Vault,
        guards: Guards,
        simulated: bool,
    ) -> None:
        self._recorder = recorder
        self._mapper = mapper
        self._vault = vault
        self._guards = guards
        self._simulated = simulated

    def record(self, acts: Sequence[Act[Any]], context_of: ContextOf) -> list[Outcome]:
        """The receipt or the refusal of each act, in order; what has a receipt is stored.

        If the process dies before the statement, nothing happened; after it, the same request ids get these receipts.
        """
        known = _Known()
        for _ in range(TRIES):
            tried = self._decide_all(acts, context_of, known)
            batch = Batch(
                tried.facts,
                [request for request, _ in tried.requests.values()],
                [NewCode(code, stream) for code, stream in tried.codes.items()],
                tried.keyring.made,
                list(tried.persons.values()),
                tried.now if self._simulated else None,
            )
            try:
                places = self._recorder.append(batch)
            except Conflict:
                self._learn(tried, known)
                continue
            return self._answers(acts, context_of, tried, places)
        if len(acts) == 1:
            return [RivalsKeptWriting()]
        return [self.record([one], context_of)[0] for one in acts]

    # Deciding

    def _decide_all(self, acts: Sequence[Act[Any]], context_of: ContextOf, known: _Known) -> _Round:
        persons = {one.person for act in acts for one in find_personal((act.args, act.kwargs))}
        tried = _Round(self._vault.keyring(persons), self._read({act.stream: act for act in acts}))
        for number, act in enumerate(acts):
            context = context_of(act)
            context.rules.forget()
            try:
                self._guards.check_may(context, act.name)
                check_storable((act.args, act.kwargs, context.filing))
                if not self._answered(tried, number, act, context, known):
                    self._decide(tried, number, act, context, known)
            except Refused as refusal:
                tried.outcomes[number] = refusal
            except NoRule as silent:
                # A fact is missing that the law asks for; a decision that knows which one says so itself.
                tried.outcomes[number] = RuleMissing(parameter=silent.parameter)
        return tried

    def _read(self, first_act: dict[UUID, Act[Any]]) -> dict[UUID, _Open]:
        streams = {stream: _Open(act.kind.empty(stream), 0) for stream, act in first_act.items()}
        for row in self._recorder.select_streams(list(streams)):
            fact = self._mapper.to_fact(row)
            stream = streams[fact.originator_id]
            stream.file = first_act[fact.originator_id].kind.fold(stream.file, fact)
            stream.version = fact.originator_version
        return streams

    def _answered(self, tried: _Round, number: int, act: Act[Any], context: Context, known: _Known) -> bool:
        """Whether the request has its answer already: stored before, or by an earlier act of this batch."""
        request_id = context.filing.request_id
        if request_id in known.answers:
            digest, receipt = known.answers[request_id]
            if digest != self._digest(act, context):
                raise RequestIdReused
            tried.outcomes[number] = receipt
            return True
        if request_id in tried.requests:
            request, first = tried.requests[request_id]
            if request.digest != self._digest(act, context):
                raise RequestIdReused
            tried.repeats[number] = first
            return True
        return False

    def _decide(self, tried: _Round, number: int, act: Act[Any], context: Context, known: _Known) -> None:
        """Take one act; what the register noticed before it goes in first, and only where the act is recorded."""
        stream = tried.streams[act.stream]
        act.kind.allowed(stream.file, context, act.kwargs)
        before = replace(stream)
        taken = [self._take(tried, before, one, where) for one, where in act.kind.noticed(stream.file, context)]
        mine = self._take(tried, before, act, context)
        codes, persons = self._reservations(tried, act.stream, mine.events, known)
        first = len(tried.facts) + sum(len(one.facts) for one in taken)
        first_version = mine.first_version if mine.facts else stream.version + 1
        tried.spans[number] = (act.stream, first_version, first, first + len(mine.facts))
        for one in (*taken, mine) if mine.facts else ():
            request_id = one.context.filing.request_id
            if request_id is not None:
                place, count = len(tried.facts), len(one.facts)
                request = NewRequest(request_id, self._digest(one.act, one.context), place, count)
                tried.requests[request_id] = (request, number)
            tried.facts += one.facts
        tried.codes |= codes
        tried.persons |= persons
        if mine.facts:
            stream.file, stream.version = before.file, before.version
        tried.now = max(tried.now, context.now) if tried.now else context.now

    def _take(self, tried: _Round, stream: _Open, act: Act[Any], context: Context) -> _Taken:
        """Decide one act on the stream as it stands, and take it on by the facts."""
        events = act.decide(stream.file, context, *act.args, **act.kwargs)
        act.kind.foreseen(stream.file, context, events)
        envelope, first_version, facts = envelope_of(context), stream.version + 1, []
        for event in events:
            stream.version += 1
            sealed = self._mapper.seal(event, tried.keyring, act.stream, stream.version)
            fact = Fact(act.stream, stream.version, envelope, sealed)
            facts.append(self._mapper.to_new_fact(fact))
            stream.file = act.kind.fold(stream.file, fact)
        return _Taken(act, context, events, first_version, facts)

    def _reservations(
        self, tried: _Round, stream: UUID, events: Sequence[Event], known: _Known
    ) -> tuple[dict[str, UUID], dict[bytes, NewPerson]]:
        """Codes and persons the events newly claim for the stream. Refused: CodeTaken, PersonAlreadyFiled."""
        codes: dict[str, UUID] = {}
        persons: dict[bytes, NewPerson] = {}
        for event in events:
            code, personal = self._guards.code(event), self._guards.person(event)
            if code is not None:
                holder = known.codes.get(code, tried.codes.get(code))
                if holder not in (None, stream):
                    raise CodeTaken(code=code)
                if holder is None:
                    codes[code] = stream
            if personal is not None:
                person = self._vault.hash_of(personal.person)
                held = tried.persons.get(person)
                holder = known.persons.get(person, held.stream if held else None)
                if holder not in (None, stream):
                    raise PersonAlreadyFiled
                if holder is None:
                    persons[person] = NewPerson(person, stream, tried.keyring.key_of(person)[0])
        return codes, persons

    def _digest(self, act: Act[Any], context: Context) -> bytes:
        return self._vault.keyed_hash(b"request", content_of(act, context))

    # After the statement

    def _learn(self, tried: _Round, known: _Known) -> None:
        """After a lost round: who holds what it claimed. A lost version or key needs nothing but another round."""
        if tried.codes:
            rows = self._recorder.select(TABLES["codes"], codes=list(tried.codes))
            known.codes |= dict(rows)
        if tried.persons:
            rows = self._recorder.select(TABLES["persons"], persons=list(tried.persons))
            known.persons |= dict(rows)
        known.answers |= self._find_answers(list(tried.requests))

    def _answers(
        self, acts: Sequence[Act[Any]], context_of: ContextOf, tried: _Round, places: list[Position]
    ) -> list[Outcome]:
        outcomes = dict(tried.outcomes)
        for number, (stream, first_version, first, end) in tried.spans.items():
            stored = tuple(
                Stored(fact.version, *place, hashlib.sha256(fact.state).hexdigest(), fact.topic)
                for fact, place in zip(tried.facts[first:end], places[first:end], strict=True)
            )
            outcomes[number] = Receipt(stream, first_version, stored)
        for number, first in tried.repeats.items():
            earlier = outcomes[first]
            assert isinstance(earlier, Receipt)
            outcomes[number] = replace(earlier, repeated=True)
        self._answer_refused_again(acts, context_of, outcomes)
        return [outcomes[number] for number in range(len(acts))]

    def _answer_refused_again(
        self, acts: Sequence[Act[Any]], context_of: ContextOf, outcomes: dict[int, Outcome]
    ) -> None:
        """A request already answered is refused when decided again, since what it asked is done: give its receipt."""
        asked: dict[int, Context] = {}
        for number, outcome in outcomes.items():
            if isinstance(outcome, Refused):
                context = context_of(acts[number])
                if context.filing.request_id is not None:
                    asked[number] = context
        answers = self._find_answers([one.filing.request_id for one in asked.values() if one.filing.request_id])
        for number, context in asked.items():
            answer = answers.get(context.filing.request_id) if context.filing.request_id else None
            if answer is not None:
                same = answer[0] == self._digest(acts[number], context)
                outcomes[number] = answer[1] if same else RequestIdReused()

    def _find_answers(self, request_ids: list[UUID]) -> dict[UUID, tuple[bytes, Receipt]]:
        if not request_ids:
            return {}
        rows = self._recorder.select(TABLES["answers"], request_ids=request_ids)
        answers = {}
        for (request_id, digest, stream), group in groupby(rows, key=lambda row: row[:3]):
            stored = tuple(Stored(*row[3:]) for row in group)
            answers[request_id] = (digest, Receipt(stream, stored[0].version, stored, repeated=True))
        return answers


def envelope_of(context: Context) -> Envelope:
    """What the register stamps around each event of an act: who, in which case, on which rows and papers."""
    officer, filing, rules = context.officer, context.filing, context.rules
    return Envelope(
        actor=Actor(
            officer_id=officer.officer_id, role=officer.role, section=officer.section, on_behalf_of=officer.on_behalf_of
        ),
        case_no=filing.case_no,
        legal_basis=tuple(
            LegalBasis(
                rule=row.name, instrument=row.instrument, article=row.article,
                in_force_from=row.in_force_from, certainty=row.certainty,
            )
            for row in rules.used
        ),
        evidence=filing.evidence,
        rulebook_version=rules.version,
        request_id=filing.request_id,
        correlation_id=filing.correlation_id,
        causation_id=filing.causation_id,
        source=filing.source,
        preview=filing.preview,
    )  # fmt: skip
