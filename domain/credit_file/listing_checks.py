"""What every step of a listing asks first: who designates the list that day, which case it is, and what it rests on.

Basis: 国办发〔2020〕49号 六–八; 商秩规发〔2019〕222号 四; rulebook rows `list.basis`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from domain.credit_file.listing import Listing, end_of
from domain.credit_file.profile import check_registered
from domain.credit_file.steps import check_not_moved, statement_term
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

OWN = "bureau"
"""The designator code of the bureau itself in `list.basis` rows."""

STATEMENT = "list.statement"
"""The parameter that says how long a subject may speak before it is listed."""

RED, SERIOUS = "red", "serious"
"""Kinds of lists: honours, and 严重失信主体名单; others are watch, abnormal and sample."""


class ListHasNoBasis(Refused):
    zh = "{on} 没有列入“{list_type}”的有效依据，不能列入；请由市场秩序科核对规则库中的依据。"
    en = "No basis for listing on {list_type_en} is in force on {on}; have the Market Order Section check the rulebook."
    field = "list_type"


class NotOursToDesignate(Refused):
    zh = "“{list_type}”由上级（{designator}）认定，本局不能自行列入；请办理“向上提请”。"
    en = "{list_type_en} is designated by a higher body ({designator_en}), not by the bureau; propose it upward."
    field = "list_type"


class OursToDesignate(Refused):
    zh = "“{list_type}”由本局认定，不需要向上提请；请按本局程序提请列入。"
    en = "{list_type_en} is designated by the bureau itself; use its own procedure instead of proposing upward."
    field = "list_type"


class AlreadyListed(Refused):
    zh = "该主体已在这一名单内或正在办理列入；请在原案中继续。"
    en = "The subject is on this list or its listing is being handled; go on with that case."
    field = "list_type"


class ListingUnknown(Refused):
    zh = "档案中没有这一列入案件；请核对案号。"
    en = "The file holds no such listing case; check its number."
    kind = "unknown"


class WrongStep(Refused):
    zh = "本案现在不到这一步：{needed}；请按顺序办理。"
    en = "The case is not at this step: {needed_en}; follow the order."


class BasisEntryUnknown(Refused):
    zh = "列入所依据的“{entry_id}”不在档案中，或已撤销、已修复；请选择档案中现行有效的记录。"
    en = "It rests on {entry_id}, which is not in the file, or was annulled or repaired; choose one that stands."
    field = "based_on"


def list_words(list_type: str, rules: Reading, value: str = "list_type") -> dict[str, Any]:
    """A list by its names in both languages, as the sentences of refusals take them; an unknown code as it is."""
    known = rules.rulebook.code_list("list_types").get(list_type)
    return {value: known.zh if known else list_type, f"{value}_en": known.en if known else list_type}


def kind_of(list_type: str, rules: Reading) -> str:
    """Of what kind a list is: serious, watch, red, abnormal or sample; "" for an unknown one."""
    known = rules.rulebook.code_list("list_types").get(list_type)
    return known.kind if known else ""


def asked_of(parameter: str, list_type: str, rules: Reading, **days: date) -> Row | None:
    """The row by which a list asks for a step (hearing, consent, discussion); None where it, or no rule, does."""
    try:
        row = rules.select(parameter, days=days, traits={"list_type": list_type})
    except NoRule:
        return None
    return row if row.choice == "yes" else None


def basis_of(list_type: str, on: date, rules: Reading) -> Row:
    """The row that names who designates this list on the day.

    Refused: ListHasNoBasis.
    """
    try:
        row = rules.select("list.basis", days={"designated_on": on}, traits={"list_type": list_type})
    except NoRule:
        raise ListHasNoBasis(on=on, **list_words(list_type, rules)) from None
    if row.is_none:
        raise ListHasNoBasis(rule=row, on=on, **list_words(list_type, rules))
    return row


def check_higher_list(list_type: str, on: date, rules: Reading) -> Row:
    """The row by which a higher body designates this list on the day.

    Refused, in this order: ListHasNoBasis, OursToDesignate.
    """
    row = basis_of(list_type, on, rules)
    if row.choice == OWN:
        raise OursToDesignate(rule=row, **list_words(list_type, rules))
    return row


def check_own_list(list_type: str, on: date, rules: Reading) -> Row:
    """The row by which the bureau itself designates this list on the day.

    Refused, in this order: ListHasNoBasis, NotOursToDesignate.
    """
    row = basis_of(list_type, on, rules)
    if row.choice != OWN:
        higher = rules.rulebook.code_list("designators")[row.choice]
        raise NotOursToDesignate(
            rule=row, designator=higher.zh, designator_en=higher.en, **list_words(list_type, rules)
        )  # fmt: skip
    return row


def check_not_listed(
    file: CreditFile, list_type: str, from_on: date, rules: Reading, until: date | None = None
) -> None:
    """One place on one list at a time, cases under way included; a place from `from_on` through `until`, or open."""
    for one in file.listings.values():
        if one.list_type != list_type:
            continue
        begins_on = one.begins_on
        if begins_on is None:
            if one.is_closed:
                continue
            raise AlreadyListed
        last, _, _ = end_of(one, rules)
        is_before = until is not None and until < begins_on
        is_met = not is_before and (last is None or from_on <= last)
        if is_met or any(from_on <= ended and (until is None or began <= until) for began, ended in one.earlier):
            raise AlreadyListed


def check_based_on(file: CreditFile, based_on: tuple[str, ...]) -> None:
    """A listing rests on records and commitments of this file that stand."""
    for entry_id in based_on:
        entry = file.records.get(entry_id)
        stands = entry.annulled_on is None if entry is not None else entry_id in file.commitments
        if not stands or file.repaired_on(entry_id) is not None:
            raise BasisEntryUnknown(entry_id=entry_id)


def listing_as_seen(file: CreditFile, listing_id: str, seen: int | None) -> Listing:
    """The case as the officer saw it.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved.
    """
    check_registered(file)
    one = file.listings.get(listing_id)
    if one is None:
        raise ListingUnknown
    check_not_moved(one.version, seen)
    return one


def open_listing(file: CreditFile, listing_id: str, seen: int | None) -> Listing:
    """The case, not closed, as the officer saw it.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, WrongStep.
    """
    one = listing_as_seen(file, listing_id, seen)
    if one.is_closed:
        raise WrongStep(needed="本案已办结", needed_en="the case is closed")
    return one


def statement_until(one: Listing, rules: Reading) -> date | None:
    """Last day for the statement after the notice; None before it."""
    return None if one.notice is None else statement_term(STATEMENT, one.notice.served_on, rules).until
