"""The register of credit subjects: one stream per subject, and the streams of what concerns no single subject.

`do` takes a decision of the credit file to the log; `do_many` takes an import there. Both check the role once, by the
decision's name, and reserve credit codes and natural persons in the statement that stores the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, cast
from uuid import UUID, uuid5

from domain.context import Context, Filing
from domain.credit_file.deadline import key_of, miss_deadline, overdue
from domain.credit_file.erasure import (
    DataErased,
    ErasureApproved,
    ErasureProposed,
    ScopeNotSeen,
    check_other_file,
)
from domain.credit_file.file import CreditFile, fold
from domain.credit_file.preview import Preview, check_preview, preview
from domain.credit_file.transfer import check_case_is_here
from domain.event import Event, Source
from domain.event_types import TOPICS, UPCASTS, reserved_code, reserved_person
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.officer import SYSTEM, check_may
from domain.refusals import RuleMissing
from domain.register.acts import Act, Receipt, StreamKind, act_on
from domain.register.application import EventRegister
from domain.register.mapper import EventTypes, OldShape
from domain.register.statements import TABLES
from domain.register.writing import ContextOf, Guards, Outcome

P = ParamSpec("P")

ERASED = "个人信息保护法 47"
"""For what the key of an erasure is destroyed, as the vault records it."""


def noticed(file: CreditFile, context: Context) -> list[tuple[Act[CreditFile], Context]]:
    """The deadlines that were missed before this act, each an act of the register itself.

    An import does no duty and so hides none: it leaves them to the next act and to the daily job. Nor does the
    register notice for itself.
    """
    if context.officer.role == SYSTEM.role or context.filing.source.system == "import":
        return []
    reading = Reading(context.rules.rulebook, context.rules.channel)
    found = []
    for one in overdue(file, context.today, reading):
        assert one.term is not None
        assert one.term.until is not None
        found.append(missing(file.subject_id, context, one.act, one.case_id, one.term.until, one.origin.case_no))
    return found


def missing(
    subject_id: UUID, context: Context, duty: str, case_id: str, due_on: date, case_no: str | None
) -> tuple[Act[CreditFile], Context]:
    """The act that records one missed deadline, and its surroundings.

    Its request is named by case, duty and last day: the next act and the daily job record one fact, whichever is first.
    """
    request_id = uuid5(subject_id, key_of(case_id, duty, due_on))
    filing = Filing(case_no=case_no, request_id=request_id, source=Source(system="clock"))
    surroundings = Context(context.now, SYSTEM, Reading(context.rules.rulebook, context.rules.channel), filing)
    arguments = {"duty": duty, "case_id": case_id, "due_on": due_on}
    return Act(SUBJECT, miss_deadline, subject_id, kwargs=arguments), surroundings


SUBJECT: StreamKind[CreditFile] = StreamKind(CreditFile.empty, fold, check_case_is_here, noticed, check_preview)


def act(
    decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]],
    subject_id: UUID,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Act[CreditFile]:
    """An act on a subject's file, for `do_many`; use `dataclasses.replace(…, label=row)` to find it again."""
    return act_on(SUBJECT, decide, subject_id, *args, **kwargs)


class CreditRegister(EventRegister):
    """The register over `domain.event_types`, `domain.officer` and the credit file."""

    name = "credit"
    event_types: ClassVar[EventTypes] = EventTypes(
        TOPICS, {topic: OldShape(now, change) for topic, (now, change) in UPCASTS.items()}
    )
    guards: ClassVar[Guards] = Guards(
        lambda context, act: check_may(context.officer, act), reserved_code, reserved_person
    )

    def do(
        self,
        decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]],
        subject_id: UUID,
        context: Context,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Receipt:
        """Take the decision on the subject's file and record it; see `EventRegister.do_on` for refusals."""

        @wraps(decide)
        def decided(file: CreditFile, context: Context, /, *args: P.args, **kwargs: P.kwargs) -> Sequence[Event]:
            events = decide(file, context, *args, **kwargs)
            self._check_erasing(file, context, events)
            return events

        return self.do_on(SUBJECT, decided, subject_id, context, *args, **kwargs)

    def _check_erasing(self, file: CreditFile, context: Context, events: Sequence[Event]) -> None:
        """What a single file cannot say of an erasure: how much goes, and whether another file still needs it.

        Refused, in this order: ScopeNotSeen, StillNeeded, RetentionNotOver.
        """
        for event in events:
            if isinstance(event, ErasureApproved):
                texts, streams = self.sealed_with(file.erasures[event.erasure_id].proposed.key_id)
                if (event.texts, event.streams) != (texts, streams):
                    raise ScopeNotSeen(texts=texts)
            elif isinstance(event, ErasureProposed | DataErased):
                one = event if isinstance(event, ErasureProposed) else file.erasures[event.erasure_id].proposed
                rows = self.facts_recorder.select(TABLES["streams_sealed_with"], key_id=str(event.key_id))
                others = [stream for (stream,) in rows if stream != file.subject_id]
                for other in self.load_many(others).values():
                    check_other_file(other, context, one.ground, event.key_id)

    def preview(
        self,
        decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]],
        subject_id: UUID,
        context: Context,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Preview:
        """What would follow from the act if it were recorded now; refused as it would be. Nothing is stored."""
        check_may(context.officer, decide.__name__)
        file = self.load(subject_id)
        SUBJECT.allowed(file, context, kwargs)
        try:
            return preview(file, context, decide(file, context, *args, **kwargs))
        except NoRule as silent:
            raise RuleMissing(parameter=silent.parameter) from None

    def do_many(self, acts: Sequence[Act[Any]], context_of: ContextOf) -> list[Outcome]:
        """As `EventRegister.do_many`; after an erasure is stored, its key is destroyed.

        If the process dies between the two, the same request asked again, or the daily job, destroys it; doing so twice
        is harmless.
        """
        outcomes = super().do_many(acts, context_of)
        for outcome in outcomes:
            if isinstance(outcome, Receipt) and any(fact.topic == DataErased.TOPIC for fact in outcome.events):
                self.destroy_erased(outcome.stream)
        return outcomes

    def destroy_erased(self, subject_id: UUID) -> None:
        """Destroy the key of each erasure of the file that is executed; those gone already stay gone."""
        for one in self.load(subject_id).erasures.values():
            if one.erased is not None and one.erased_by is not None:
                self.vault.destroy_key(one.erased.key_id, ERASED, officer_id=one.erased_by.officer_id)

    def sealed_with(self, key_id: UUID) -> tuple[int, int]:
        """How many sealed texts there are under a person's key, and in how many files: what an erasure takes away.

        Reads every fact once, so it is for the few who erase.
        """
        rows = self.facts_recorder.select(TABLES["sealed_with"], key_id=str(key_id))
        return cast("tuple[int, int]", rows[0])

    def load(self, subject_id: UUID, known_at: int | None = None) -> CreditFile:
        """The subject's credit file, as known at a position of the log (None: now)."""
        return self.load_on(SUBJECT, subject_id, known_at)

    def load_many(self, subject_ids: Iterable[UUID], known_at: int | None = None) -> dict[UUID, CreditFile]:
        """The credit files of all these subjects, read at once."""
        return self.load_many_on(SUBJECT, subject_ids, known_at)

    # Who is it

    def subject_by_code(self, code: str) -> UUID | None:
        """The stream that holds the code, as its present or a former one."""
        return self.subjects_by_code([code]).get(code)

    def subjects_by_code(self, codes: Iterable[str]) -> dict[str, UUID]:
        """The streams that hold these codes; a code nobody holds is left out."""
        rows: list[tuple[Any, ...]] = self.facts_recorder.select(TABLES["codes"], codes=list(codes))
        return cast("dict[str, UUID]", dict(rows))

    def subject_by_person(self, identity_number: str) -> UUID | None:
        """The stream of the natural person, None when there is none or the way to it was erased with the key."""
        return self.subjects_by_person([identity_number]).get(identity_number)

    def subjects_by_person(self, identity_numbers: Iterable[str]) -> dict[str, UUID]:
        """The streams of these natural persons; a person without one is left out."""
        named = {self.vault.hash_of(number): number for number in identity_numbers}
        rows = self.facts_recorder.select(TABLES["persons"], persons=list(named))
        return {named[person]: subject_id for person, subject_id in rows}
