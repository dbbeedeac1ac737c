"""Requests of persons about their data (查阅、复制、更正、删除申请): recorded, and answered in time with reasons.

Who is meant by the data may look at it, have a copy, have it corrected or erased. The answer says what is granted; what
is granted is then done by the act of its own chapter: a look, a correction, an erasure.
Basis: 个人信息保护法 44–50; rulebook row `access.answer` (unverified).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.context import Context
from domain.credit_file.duty import Owed, term_or_none
from domain.credit_file.profile import check_new_id, check_registered
from domain.credit_file.steps import check_day, check_not_moved, with_step
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

Wants = Literal["view", "copy", "correct", "delete"]
Outcome = Literal["granted", "partly", "refused"]
ANSWER = "access.answer"
"""The parameter that says how long an answer may take."""

# Events


class AccessRequested(Event):
    """States that a person, or an agent with an authorisation, asked about the person's data. Since v1.

    wants            view, copy, correct or delete
    authorisation    number of the agent's authorisation, "" where the person came
    what             which data is meant, in the request's own words, without any of it
    Basis: 个人信息保护法 45–47, 50.
    """

    TOPIC: ClassVar[str] = "credit/AccessRequested.v1"
    access_id: str
    wants: Wants
    what: str
    authorisation: str = ""
    requested_on: date


class AccessAnswered(Event):
    """States what the bureau answered, with the reasons where it did not grant everything. Since v1.

    Basis: 个人信息保护法 50.
    """

    TOPIC: ClassVar[str] = "credit/AccessAnswered.v1"
    access_id: str
    outcome: Outcome
    reasons: str
    document_no: str
    answered_on: date


EVENTS: tuple[type[Event], ...] = (AccessRequested, AccessAnswered)

# State


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """One request and its answer, None until it was given."""

    requested: AccessRequested
    origin: Origin
    version: int
    answered: AccessAnswered | None = None

    @property
    def outcome(self) -> Outcome | None:
        """What was answered, None while the answer is owed."""
        return self.answered.outcome if self.answered is not None else None


AccessRequests = dict[str, AccessRequest]

# Evolve


@singledispatch
def evolve(event: Event, requests: AccessRequests, fact: Fact) -> AccessRequests:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"requests about personal data cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: AccessRequested, requests: AccessRequests, fact: Fact) -> AccessRequests:
    return requests | {event.access_id: AccessRequest(event, fact.origin, fact.originator_version)}


@evolve.register
def _(event: AccessAnswered, requests: AccessRequests, fact: Fact) -> AccessRequests:
    return with_step(requests, event.access_id, fact, answered=event)


# Checks


class WhatMissing(Refused):
    zh = "没有填写申请所指的信息；请按申请填写（不写信息本身）。"
    en = "What the request is about is missing; enter it as the request has it, without the data itself."
    field = "what"


class AccessUnknown(Refused):
    zh = "档案中没有这项申请；请核对后再办。"
    en = "The file holds no such request; check and try again."
    kind = "unknown"


class AccessAnsweredAlready(Refused):
    zh = "该申请已经答复；有新的请求，请另行登记。"
    en = "The request is already answered; record a new one for anything more."


class AnswerReasonMissing(Refused):
    zh = "不予准许或部分准许须说明理由；请填写。"
    en = "An answer that does not grant everything gives its reasons; fill them in."
    field = "reasons"


# Decisions


def request_access(
    file: CreditFile, context: Context, *, access_id: str, wants: Wants, what: str, requested_on: date,
    authorisation: str = "",
) -> list[Event]:  # fmt: skip
    """Record a person's request about its data (申请查阅), to view, copy, correct or delete.

    Refused, in this order: SubjectUnknown, IdTaken, WhatMissing, DayInFuture.
    Basis: 个人信息保护法 45–47, 50.
    """
    check_registered(file)
    check_new_id(file, access_id)
    if not what.strip():
        raise WhatMissing
    check_day(context, requested_on)
    return [
        AccessRequested(
            access_id=access_id, wants=wants, what=what.strip(), authorisation=authorisation.strip(),
            requested_on=requested_on,
        )
    ]  # fmt: skip


def answer_access(
    file: CreditFile, context: Context, *, access_id: str, outcome: Outcome, document_no: str, answered_on: date,
    reasons: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Answer a person's request about its data (答复查阅申请); late answers are taken too, and shown as late.

    Refused, in this order: SubjectUnknown, AccessUnknown, CaseMoved, AccessAnsweredAlready, AnswerReasonMissing,
    DayInFuture, BeforeStepBefore.
    Basis: 个人信息保护法 50; rulebook row `access.answer` (unverified).
    """
    check_registered(file)
    one = file.access_requests.get(access_id)
    if one is None:
        raise AccessUnknown
    check_not_moved(one.version, seen)
    if one.answered is not None:
        raise AccessAnsweredAlready
    if outcome != "granted" and not reasons.strip():
        raise AnswerReasonMissing
    check_day(context, answered_on, one.requested.requested_on)
    # Read for the envelope: the answer rests on its term.
    term_or_none(context.rules, ANSWER, asked_on=one.requested.requested_on)
    return [
        AccessAnswered(
            access_id=access_id, outcome=outcome, reasons=reasons.strip(), document_no=document_no,
            answered_on=answered_on,
        )
    ]  # fmt: skip


# What is owed


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each request without an answer."""
    for one in file.access_requests.values():
        if one.answered is None:
            asked = one.requested
            term = term_or_none(rules, ANSWER, asked_on=asked.requested_on)
            yield Owed(
                "answer_access", "access_request", asked.access_id, asked.requested_on.isoformat(), one.origin,
                asked.requested_on, term,
            )  # fmt: skip
