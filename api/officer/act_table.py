"""The table of acts whose form, page and address follow from one row (办理事项表).

A row names the decision, where its form lives, and the words and controls of its arguments; the rest follows from the
decision's signature: types, required or not, which id it concerns, which one it creates. A form with a page of its own
(repairs, listings, imports) needs no row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from api.officer.act_form import Group, Told
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.event import Event

Decision = Callable[..., Sequence[Event]]
Options = Callable[[CreditFile, Context], tuple[tuple[str, Words], ...]]
Telling = Callable[[CreditFile, Context, str], tuple[Told, ...]]


@dataclass(frozen=True, slots=True)
class OfficerAct:
    """One act of the desk.

    decide      the decision; its name is the act's name in the role × act table
    noun        what it makes, in the plural, last part of its address: ``/officer/subjects/{id}/{noun}`` or
                ``/officer/subjects/{id}/{collection}/{about}/{noun}``, the form under ``…/new``
    groups      the fields, each named as the argument it fills; the fields of an event argument stand beside the others
    collection  what the act concerns: ``records``, ``listings``, ``objections`` …, ``entries`` for whatever can be
                disclosed, "" for the subject itself
    about       argument that takes the id in the address, "" for the subject itself
    creates     argument, or field of an event argument, that gets the new id; "" where nothing is created
    options     field → its choices on the day, where they come from a code list or the file
    told        what is known of the thing before the act, shown above the form
    leaves      arguments with a default that the form does not ask
    subjects    argument → the field that holds the credit code of the registered subject it means
    """

    decide: Decision
    noun: str
    groups: tuple[Group, ...]
    collection: str = ""
    about: str = ""
    creates: str = ""
    options: Mapping[str, Options] = field(default_factory=dict)
    told: Telling | None = None
    leaves: tuple[str, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of case that has a page: its history, what it says now, and every act it offers.

    collection   name in the address and of the field of the credit file that holds its cases by id
    title        what the page is called, of one case
    told         what the case says now, line by line, its state first
    version      the case's version, which forms compare
    """

    collection: str
    words: Words
    title: Callable[[CreditFile, str], str]
    told: Telling
    version: Callable[[CreditFile, str], int]
