"""Succession (合并、分立、承继) and joined files (并档): what becomes of a file when its subject is not alone in it.

A subject that merges away or splits says so in its own file, the successor in its own; each names what passes on, and
nothing else does: a penalty stays where it was recorded. The other subject is named by its code, which belongs to one
file for ever, so it is found whether or not it was registered here when this was recorded.
Two files of one subject are joined (`joined`): the duplicate refers to the main file and takes no new act.
Basis: 中华人民共和国公司法 221, 223; 营商〔2020〕65号 二(四)3 (one file for one subject).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, ClassVar, Literal
from uuid import UUID

from domain import credit_code
from domain.context import Context
from domain.credit_file.duty import Owed
from domain.credit_file.listing import end_of
from domain.credit_file.profile import CodeMisshapen, EffectiveInFuture, check_registered
from domain.credit_file.stated import Stated
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Events


class SubjectMerged(Event):
    """States that the subject merged into another and ended with `effective_on`.

    successor_code   of the subject that goes on; inherits the ids of the entries of this file that pass to it
    Since v1. Basis: 公司法 221.
    """

    TOPIC: ClassVar[str] = "credit/SubjectMerged.v1"
    successor_code: str
    effective_on: date
    document_no: str
    inherits: tuple[str, ...]


class SubjectSplit(Event):
    """States that part of the subject went to a successor; one fact for each successor.

    survives   whether the subject goes on beside it (派生分立) or ended with it (解散分立)
    inherits   ids of the entries of this file that pass to this successor
    Since v1. Basis: 公司法 223.
    """

    TOPIC: ClassVar[str] = "credit/SubjectSplit.v1"
    successor_code: str
    survives: bool
    effective_on: date
    document_no: str
    inherits: tuple[str, ...]


class PredecessorReceived(Event):
    """States, in the successor's file, whom it followed and what passed to it.

    inherits   ids of entries in the predecessor's file, where they stay
    Since v1. Basis: 公司法 221, 223.
    """

    TOPIC: ClassVar[str] = "credit/PredecessorReceived.v1"
    predecessor_code: str
    kind: Literal["merger", "split"]
    effective_on: date
    document_no: str
    inherits: tuple[str, ...]


class FileJoined(Event):
    """States that this file was a second one of a subject, and that the main file takes its place.

    into, into_code   the main file and its code
    Since v1. Basis: 营商〔2020〕65号 二(四)3.
    """

    TOPIC: ClassVar[str] = "credit/FileJoined.v1"
    into: UUID
    into_code: str
    reason: str
    joined_on: date


# State


@dataclass(frozen=True, slots=True)
class Succession:
    """What the file says of other files, in the order recorded."""

    merged: tuple[SubjectMerged, Origin] | None = None
    splits: tuple[tuple[SubjectSplit, Origin], ...] = ()
    predecessors: tuple[tuple[PredecessorReceived, Origin], ...] = ()
    joined: tuple[FileJoined, Origin] | None = None

    @property
    def ended_on(self) -> date | None:
        """The day from which the subject is no more because another took its place; None while it goes on."""
        days = [split.effective_on for split, _ in self.splits if not split.survives]
        days += [self.merged[0].effective_on] if self.merged else []
        return min(days, default=None)


# Evolve


@singledispatch
def evolve(event: Event, succession: Succession, fact: Fact) -> Succession:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"the succession cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: SubjectMerged, succession: Succession, fact: Fact) -> Succession:
    return replace(succession, merged=(event, fact.origin))


@evolve.register
def _(event: SubjectSplit, succession: Succession, fact: Fact) -> Succession:
    return replace(succession, splits=(*succession.splits, (event, fact.origin)))


@evolve.register
def _(event: PredecessorReceived, succession: Succession, fact: Fact) -> Succession:
    return replace(succession, predecessors=(*succession.predecessors, (event, fact.origin)))


@evolve.register
def _(event: FileJoined, succession: Succession, fact: Fact) -> Succession:
    return replace(succession, joined=(event, fact.origin))


EVENTS: tuple[type[Event], ...] = (SubjectMerged, SubjectSplit, PredecessorReceived, FileJoined)

# What is stated and owed


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """Whom the subject followed, who follows it, and into which file this one was joined."""
    one = file.succession
    for received, origin in one.predecessors:
        if received.effective_on <= on:
            yield Stated("predecessor", received.kind, received.predecessor_code, origin)
    for split, origin in one.splits:
        if split.effective_on <= on:
            yield Stated("successor", "split", split.successor_code, origin)
    if one.merged is not None and one.merged[0].effective_on <= on:
        yield Stated("successor", "merger", one.merged[0].successor_code, one.merged[1])
    if one.joined is not None and one.joined[0].joined_on <= on:
        yield Stated("joined", "", one.joined[0].into_code, one.joined[1])


def ended_since(file: CreditFile) -> date | None:
    """The day from which the subject is no more, deregistered, merged away or split up; None while it exists."""
    assert file.profile is not None
    days = [one for one in (file.profile.ended_on, file.succession.ended_on) if one is not None]
    return min(days, default=None)


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each listing that outlived its subject: it leaves the list by deregistration. What the other file must say is
    not in this one, and so not derivable here."""
    since = ended_since(file) if file.profile is not None else None
    if since is None:
        return
    for one in file.listings.values():
        if one.listed is None or one.listed_by is None or one.exited is not None:
            continue
        last, _, _ = end_of(one, rules)
        if last is None or since <= last:
            yield Owed("exit_deregistered", "listing", one.listing_id, one.list_type, one.listed_by, since)


# Checks


class SuccessorIsSelf(Refused):
    zh = "所填代码就是本主体的代码；请填写另一主体的代码。"
    en = "The code is this subject's own; enter the code of the other one."
    field = "other_code"


class MergedAlready(Refused):
    zh = "该主体已因合并或解散分立终止；请在原记录上更正。"
    en = "The subject ended by a merger or split already; correct that record instead."


class SuccessorNamed(Refused):
    zh = "代码 {code} 已登记为同一关系的主体；无需重复登记。"
    en = "Code {code} is recorded in this relation already; there is nothing to add."
    field = "other_code"


class InheritedUnknown(Refused):
    zh = "“{entry_id}”不在本档案中，不能列为承继事项；请核对编号。"
    en = "{entry_id} is not in this file and cannot pass on; check its id."
    field = "inherits"


def other_code_of(file: CreditFile, code: str) -> str:
    """The cleaned code of another subject.

    Refused, in this order: CodeMisshapen, SuccessorIsSelf.
    """
    cleaned = credit_code.clean(code)
    if not credit_code.is_shaped(cleaned):
        raise CodeMisshapen
    if check_registered(file).bore_code(cleaned):
        raise SuccessorIsSelf
    return cleaned


def check_passing(file: CreditFile, context: Context, effective_on: date, inherits: tuple[str, ...]) -> None:
    """What passes on is in this file, and passes on a day that has come."""
    if effective_on > context.today:
        raise EffectiveInFuture(on=effective_on)
    for entry_id in inherits:
        if file.kind_of(entry_id) is None:
            raise InheritedUnknown(entry_id=entry_id)


# Decisions


def merge_subject(
    file: CreditFile, context: Context, *, other_code: str, effective_on: date, document_no: str,
    inherits: tuple[str, ...] = (),
) -> list[Event]:  # fmt: skip
    """Record that the subject merged into another (合并) and ended.

    Refused, in this order: SubjectUnknown, CodeMisshapen, SuccessorIsSelf, MergedAlready, EffectiveInFuture,
    InheritedUnknown.
    Basis: 公司法 221; the registration authority's notice, as evidence.
    """
    code = other_code_of(file, other_code)
    if file.succession.ended_on is not None:
        raise MergedAlready
    check_passing(file, context, effective_on, inherits)
    return [
        SubjectMerged(successor_code=code, effective_on=effective_on, document_no=document_no, inherits=inherits)
    ]  # fmt: skip


def split_subject(
    file: CreditFile, context: Context, *, other_code: str, survives: bool, effective_on: date, document_no: str,
    inherits: tuple[str, ...] = (),
) -> list[Event]:  # fmt: skip
    """Record that part of the subject went to a successor (分立); once for each successor.

    Refused, in this order: SubjectUnknown, CodeMisshapen, SuccessorIsSelf, MergedAlready, EffectiveInFuture,
    InheritedUnknown, SuccessorNamed.
    Basis: 公司法 223; the registration authority's notice, as evidence.
    """
    code = other_code_of(file, other_code)
    if file.succession.merged is not None:
        raise MergedAlready
    check_passing(file, context, effective_on, inherits)
    if any(split.successor_code == code for split, _ in file.succession.splits):
        raise SuccessorNamed(code=code)
    return [
        SubjectSplit(
            successor_code=code, survives=survives, effective_on=effective_on, document_no=document_no,
            inherits=inherits,
        )
    ]  # fmt: skip


def receive_predecessor(
    file: CreditFile, context: Context, *, other_code: str, kind: Literal["merger", "split"], effective_on: date,
    document_no: str, inherits: tuple[str, ...] = (),
) -> list[Event]:  # fmt: skip
    """Record in the successor's file whom it followed, and which entries of that file passed to it (承继).

    Refused, in this order: SubjectUnknown, CodeMisshapen, SuccessorIsSelf, EffectiveInFuture, SuccessorNamed.
    Basis: 公司法 221, 223.
    """
    code = other_code_of(file, other_code)
    if effective_on > context.today:
        raise EffectiveInFuture(on=effective_on)
    if any(one.predecessor_code == code for one, _ in file.succession.predecessors):
        raise SuccessorNamed(code=code)
    return [
        PredecessorReceived(
            predecessor_code=code, kind=kind, effective_on=effective_on, document_no=document_no, inherits=inherits
        )
    ]  # fmt: skip
