"""Which acts a page offers (可以办理): what the officer may begin or do now, and what stands against the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from api.officer.act_form import Asked, Group, why_not
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.act_values import stand_ins
from api.officer.acts import ACTS, CASES
from api.officer.addresses import address_of
from api.officer.case_steps import Step, not_allowed
from api.officer.words import act_words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.law.answers import FactMissing, NoRule
from domain.refusals import Doubt, Refused, SameOfficer

PAGES_BY_HAND = frozenset({"listings", "commitments", "repairs"})
"""Collections whose cases have a page of their own making."""

KINDS: dict[str, CaseKind] = {kind.collection: kind for kind in CASES}


def cases_of(file: CreditFile, collection: str) -> Mapping[str, Any]:
    """The cases of a collection by id; `entries` are all that can be disclosed."""
    if collection == "entries":
        return {**file.records, **file.conducts, **file.commitments, **file.listings}
    found: Mapping[str, Any] = getattr(file, collection)
    return found


def has_page(collection: str) -> bool:
    """Whether the cases of a collection have a page."""
    return collection in KINDS or collection in PAGES_BY_HAND


def groups_of(row: OfficerAct, file: CreditFile, context: Context) -> tuple[Group, ...]:
    """The fields of the form with the choices of the day."""

    def offered(one: Asked) -> Asked:
        if one.name not in row.options:
            return one
        options = row.options[one.name](file, context)
        return replace(one, options=options if one.kind == "many" else (("", ("请选择", "choose")), *options))

    return tuple(replace(group, fields=tuple(offered(one) for one in group.fields)) for group in row.groups)


def asked_of(groups: tuple[Group, ...]) -> dict[str, Asked]:
    """The fields by name."""
    return {one.name: one for group in groups for one in group.fields}


def barred(row: OfficerAct, file: CreditFile, context: Context, case_id: str) -> Refused | None:
    """Why nothing that the form could bring would be recorded now; None where something would.

    Decided on paper with stand-ins for what is typed: a doubt, and a refusal about a field of the form or about its
    papers, are the form's.
    """
    asked = asked_of(groups_of(row, file, context))
    first: Refused | None = None
    for arguments in stand_ins(row, context, case_id, asked):
        try:
            refusal = why_not(row.decide, file, context, **arguments)
        except (NoRule, FactMissing):
            return None
        if refusal is None or isinstance(refusal, Doubt) or refusal.field in (*asked, "paper"):
            return None
        first = first or refusal
    return first


def href_of(row: OfficerAct, subject_id: UUID, case_id: str) -> str:
    """The address of the act's form."""
    about = (row.collection, case_id) if row.collection else ()
    return address_of(subject_id, *about, row.noun, "new")


def steps_of(file: CreditFile, context: Context, collection: str, case_id: str) -> tuple[Step, ...]:
    """Every act of the collection on one case; a barred one says why, and one of another role says whose it is."""
    found = []
    for row in ACTS:
        if row.collection == collection:
            act = row.decide.__name__
            bar = barred(row, file, context, case_id)
            if bar is None or isinstance(bar, SameOfficer):
                bar = not_allowed(context.officer, act) or bar
            found.append(Step(act, act_words(act), href_of(row, file.subject_id, case_id), bar))
    return tuple(found)
