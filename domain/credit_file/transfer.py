"""Venue transfer (移送): a case goes to the office in charge of it, with its file, and the office that sent it stops.

The duty moves with the transfer; the receiving office records that it received the case and goes on. Terms are not
interrupted: they are the subject's.
Basis: 行政处罚法 25 (transfer to the authority with jurisdiction); 营商〔2020〕65号 三(一) (counties).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, Any, ClassVar

from domain.context import Context, Officer
from domain.credit_file.duty import Owed
from domain.credit_file.profile import check_registered
from domain.credit_file.steps import check_day, texts_in
from domain.event import Event, Fact, Origin
from domain.law.reading import Reading
from domain.officer import WHOLE_CITY, check_area
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

SECTIONS = "sections"
"""The code list of the offices; the kind of a county's office is its division, the others work for the whole city."""

# Events


class CaseTransferred(Event):
    """States that an office sent a case to the office in charge.

    case_kind              as the worklist calls it: listing, repair, commitment, entry …
    from_section, from_area   the office that sent it; to_section, to_area the one that goes on; areas by GB/T 2260
    Since v1. Basis: 行政处罚法 25 by analogy.
    """

    TOPIC: ClassVar[str] = "credit/CaseTransferred.v1"
    case_id: str
    case_kind: str
    from_section: str
    from_area: str
    to_section: str
    to_area: str
    reason: str
    transferred_on: date


class CaseReceived(Event):
    """States that the office in charge received the case and goes on with it. Since v1."""

    TOPIC: ClassVar[str] = "credit/CaseReceived.v1"
    case_id: str
    received_on: date


# State


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where a case went last, and every office that has sent it on."""

    sent: CaseTransferred
    origin: Origin
    received_on: date | None = None
    senders: tuple[tuple[str, str], ...] = ()


Transfers = dict[str, Transfer]
"""The last transfer of each case, by the id of the case."""

# Evolve


@singledispatch
def evolve(event: Event, transfers: Transfers, fact: Fact) -> Transfers:
    """Fold one event in. An event of another chapter is corruption: stop."""
    raise TypeError(f"transfers cannot evolve on {type(event).__name__}")


@evolve.register
def _(event: CaseTransferred, transfers: Transfers, fact: Fact) -> Transfers:
    before = transfers.get(event.case_id)
    senders = (*(before.senders if before else ()), (event.from_section, event.from_area))
    return transfers | {event.case_id: Transfer(event, fact.origin, senders=senders)}


@evolve.register
def _(event: CaseReceived, transfers: Transfers, fact: Fact) -> Transfers:
    return transfers | {event.case_id: replace(transfers[event.case_id], received_on=event.received_on)}


EVENTS: tuple[type[Event], ...] = (CaseTransferred, CaseReceived)

# What is owed


def owed(file: CreditFile, rules: Reading) -> Iterator[Owed]:
    """Each case that was sent and not yet received."""
    for one in file.transfers.values():
        if one.received_on is None:
            origin = replace(one.origin, section=one.sent.to_section)
            title = one.sent.reason
            yield Owed("receive_transfer", one.sent.case_kind, one.sent.case_id, title, origin, one.sent.transferred_on)


def moved(file: CreditFile, one: Owed) -> Owed:
    """The duty as it stands after a transfer: it is the receiving section's."""
    transfer = file.transfers.get(one.case_id)
    return one if transfer is None else replace(one, origin=replace(one.origin, section=transfer.sent.to_section))


# Checks


class NothingToTransfer(Refused):
    zh = "档案中没有编号为 {case_id} 的案件或记录；请核对编号。"
    en = "The file holds no case or entry of id {case_id}; check the id."
    kind = "unknown"


class TransferUnderWay(Refused):
    zh = "本案已移送{section}，尚待接收；请等待接收，或由对方退回。"
    en = "The case is on its way to {section} and not yet received; wait, or have it sent back."


class NothingTransferred(Refused):
    zh = "本案没有待接收的移送；请核对编号。"
    en = "No transfer of this case waits to be received; check the id."


class NotYourTransfer(Refused):
    zh = "本案移送给{section}；请由该单位接收。"
    en = "The case was sent to {section}; that office receives it."
    kind = "forbidden"


class SameOffice(Refused):
    zh = "本案已在该单位；无需移送。"
    en = "The case is with that office already; there is nothing to transfer."
    field = "to_section"


class AreaUnknown(Refused):
    zh = "没有代码为 {area} 的行政区划；请从列表中选择。"
    en = "There is no division of code {area}; choose one of the list."
    field = "to_area"


class OfficeUnknown(Refused):
    zh = "该区划没有代码为 {section} 的科室或单位；请从列表中选择。"
    en = "There is no section or office of code {section} in that division; choose one of the list."
    field = "to_section"


class NotTheHolder(Refused):
    zh = "本案由{section}承办，只有承办单位可以移送；请由该单位办理。"
    en = "The case is with {section}, and only that office sends it on; let it do so."
    kind = "forbidden"


class CaseIsElsewhere(Refused):
    zh = "本案已移送{section}，原承办单位不能再办；请由接收单位办理。"
    en = "The case was transferred to {section}; the office that sent it may not go on with it."
    kind = "forbidden"


def check_reach(file: CreditFile, officer: Officer, arguments: Mapping[str, Any] | None = None) -> None:
    """An office reaches the subjects of its area, and the files of the cases that were sent to it; there, with the
    arguments of an act given, only those cases.

    Refused: NotYourArea.
    """
    here = [case_id for case_id, one in file.transfers.items() if is_at(one, officer)]
    if not (here if arguments is None else set(here) & set(texts_in(arguments))):
        check_area(officer, file.profile.division if file.profile else None)


def is_at(transfer: Transfer, officer: Officer) -> bool:
    """Whether the officer belongs to the office that the case was sent to."""
    return (officer.section, officer.area) == (transfer.sent.to_section, transfer.sent.to_area)


def is_on_its_way_from(transfer: Transfer, officer: Officer) -> bool:
    """Whether the officer's office sent the case and nobody received it yet: it may call the case back."""
    sender = (transfer.sent.from_section, transfer.sent.from_area)
    return transfer.received_on is None and sender == (officer.section, officer.area)


def check_case_is_here(file: CreditFile, context: Context, arguments: Mapping[str, Any]) -> None:
    """An office that sent a case on takes no step in it any more, but to call it back before it is received; asked
    before every act of the desk, in one place.

    Refused: CaseIsElsewhere.
    """
    office, named = (context.officer.section, context.officer.area), set(texts_in(arguments))
    for case_id, transfer in file.transfers.items():
        # Only a transfer names a receiver: that is how the sender's recall is told from a step in the case.
        if "to_section" in arguments and is_on_its_way_from(transfer, context.officer):
            continue
        if office in transfer.senders and not is_at(transfer, context.officer) and case_id in named:
            raise CaseIsElsewhere(section=transfer.sent.to_section)


def check_held(file: CreditFile, context: Context, case_id: str) -> None:
    """Only the office that holds a case sends it on: the last that received it, else the one where it began. A case
    that began in no office of the list, say with a leader or an import, is anybody's who reaches the subject.

    Refused: NotTheHolder.
    """
    last, officer = file.transfers.get(case_id), context.officer
    if last is not None:
        if not is_at(last, officer) and not is_on_its_way_from(last, officer):
            raise NotTheHolder(section=last.sent.to_section)
        return
    began = file.began_with(case_id)
    if began.section != officer.section and began.section in context.rules.rulebook.code_list(SECTIONS):
        raise NotTheHolder(section=began.section)


# Decisions


def transfer_case(
    file: CreditFile, context: Context, *, case_id: str, to_section: str, to_area: str, reason: str,
    transferred_on: date,
) -> list[Event]:  # fmt: skip
    """Send a case to the office in charge of it (移送案件); before it is received, the sender may send it elsewhere or
    take it back by naming its own office, which then has it at once.

    Refused, in this order: SubjectUnknown, NothingToTransfer, TransferUnderWay (of another sender), NotTheHolder,
    AreaUnknown, OfficeUnknown, SameOffice, DayInFuture, BeforeStepBefore (before it was received here, or sent).
    Basis: 行政处罚法 25 by analogy; 营商〔2020〕65号 三(一).
    """
    check_registered(file)
    kind = file.kind_of(case_id)
    if kind is None:
        raise NothingToTransfer(case_id=case_id)
    before, officer = file.transfers.get(case_id), context.officer
    is_recall = before is not None and is_on_its_way_from(before, officer)
    if before is not None and before.received_on is None and not is_recall:
        raise TransferUnderWay(section=before.sent.to_section)
    check_held(file, context, case_id)
    if to_area not in context.rules.lists("divisions", transferred_on):
        raise AreaUnknown(area=to_area)
    office = context.rules.lists(SECTIONS, transferred_on).get(to_section)
    if office is None or (office.kind or WHOLE_CITY) != to_area:
        raise OfficeUnknown(section=to_section)
    is_own = (to_section, to_area) == (officer.section, officer.area)
    if is_own and not is_recall:
        raise SameOffice
    check_day(context, transferred_on, (before.received_on or before.sent.transferred_on) if before else None)
    events: list[Event] = [
        CaseTransferred(
            case_id=case_id, case_kind=kind, from_section=officer.section, from_area=officer.area,
            to_section=to_section, to_area=to_area, reason=reason, transferred_on=transferred_on,
        )
    ]  # fmt: skip
    if is_own:
        events.append(CaseReceived(case_id=case_id, received_on=transferred_on))
    return events


def receive_transfer(file: CreditFile, context: Context, *, case_id: str, received_on: date) -> list[Event]:
    """Record that the office in charge received the case (接收移送).

    Refused, in this order: SubjectUnknown, NothingTransferred, NotYourTransfer, DayInFuture, BeforeStepBefore.
    Basis: 行政处罚法 25 by analogy.
    """
    check_registered(file)
    transfer = file.transfers.get(case_id)
    if transfer is None or transfer.received_on is not None:
        raise NothingTransferred
    if not is_at(transfer, context.officer):
        raise NotYourTransfer(section=transfer.sent.to_section)
    check_day(context, received_on, transfer.sent.transferred_on)
    return [CaseReceived(case_id=case_id, received_on=received_on)]
