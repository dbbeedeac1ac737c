"""What happens to a listing in force besides its exit: corrected, its basis settled, reinstated after a false repair.

A listing made before the register knew of a change in the law stands, is told to officers as doubtful, and waits for
the leader to settle it; no page for the public says anything of the doubt.
Basis: 国办发〔2020〕49号 六, 七; 国家市场监督管理总局令第44号 21 (recollection); rows `list.basis`, `list.reinstated`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.context import Context
from domain.credit_file.exit import NotOnList, listing_in_force
from domain.credit_file.listing import Listing, covers
from domain.credit_file.listing_checks import OWN, basis_of, check_not_listed, listing_as_seen
from domain.credit_file.listing_events import CorrectableField, ListingConfirmed, ListingCorrected, ListingReinstated
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day, check_not_before
from domain.event import Event
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused, SameOfficer

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

DAYS = ("decided_on", "effective_on")
"""The fields of a listing that are days."""

# Checks


class ListingFieldUnchanged(Refused):
    zh = "更正后的内容与原来相同；请填写正确的内容。"
    en = "The new value is the same as the old one; write what the decision really says."
    field = "new"


class ListingDayUnreadable(Refused):
    zh = "日期应写成 2026-11-18 的形式；请改正。"
    en = "Write a day as 2026-11-18; correct it."
    field = "new"


class ListingNeedsPaper(Refused):
    zh = "更正日期或上级认定的列入，须附决定书等凭据（名称或文号）；请填写凭据后再提交。"
    en = "A day, or a listing that a higher body designated, is corrected on its paper; add it as evidence."
    field = "evidence"


class BasisNotDoubtful(Refused):
    zh = "按现行已知的规则，本列入的依据没有疑问，或已核定；无需再办。"
    en = "By the rules known today the basis of this listing is not in doubt, or was settled; nothing more to do."


class NoFalseRepair(Refused):
    zh = "没有因虚假材料撤销的修复涉及这一列入，不能恢复；请先办理“撤销修复”。"
    en = "No repair of this listing was revoked for false papers, so it cannot be reinstated; revoke the repair first."


def doubtful_basis(listing: Listing, rules: Reading) -> Row | None:
    """The row, known by now, by which nobody or another body could designate this list on the decision day.

    None where the listing rests on what is known today, or never came into force.
    """
    if listing.listed is None:
        return None
    days = {"designated_on": listing.listed.decided_on}
    try:
        row = rules.select("list.basis", days=days, traits={"list_type": listing.list_type})
    except NoRule:
        return None
    stands = not row.is_none and (row.choice != OWN) == listing.is_designated_elsewhere
    return None if stands else row


def open_doubt(listing: Listing, rules: Reading) -> Row | None:
    """The doubtful basis that no leader has settled; another row found later is another doubt."""
    row = doubtful_basis(listing, rules)
    if row is None or (listing.confirmed is not None and listing.confirmed.rule == row.name):
        return None
    return row


def revoked_on(file: CreditFile, listing_id: str) -> date | None:
    """The day on which the repair that last took the subject off this list was revoked as false, else None."""
    exited = file.listings[listing_id].exited
    for case in file.repairs.values():
        done, revoked = case.repaired, case.revoked
        is_last = exited is not None and done is not None and done.effective_on == exited.effective_on
        if is_last and case.received.target_id == listing_id and revoked is not None:
            return revoked.revoked_on
    return None


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """What officers are told of each listing besides its term: a basis in doubt, and how the leader settled it.

    A basis no text makes certain is told too, with its row: so a list whose basis is open (222号) is seen to be so.
    """
    for one in file.listings.values():
        if not covers(one, on, rules):
            continue
        if (row := doubtful_basis(one, rules)) is None:
            yield from _uncertain(one, rules)
            continue
        settled = one.confirmed
        if settled is not None and settled.rule == row.name and settled.confirmed_on <= on:
            yield Stated("listing.basis", one.list_type, settled.result, one.confirmed_by, (row,))
        else:
            yield Stated("listing.basis", one.list_type, "doubtful", None, (row,))


def _uncertain(one: Listing, rules: Reading) -> Iterator[Stated]:
    assert one.listed is not None
    days = {"designated_on": one.listed.decided_on}
    try:
        row = rules.select("list.basis", days=days, traits={"list_type": one.list_type})
    except NoRule:
        return
    # A sample says in its name that it is invented.
    if not row.is_verified and row.kind != "sample":
        yield Stated("listing.basis", one.list_type, "unverified", None, (row,))


# Decisions


def correct_listing(
    file: CreditFile, context: Context, *, listing_id: str, field: CorrectableField, new: str, reason: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Correct what the register says of a listing (更正列入) to what its decision says; it is released anew.

    A corrected day moves the end of the listing, and of a received one only the designating body's paper tells what
    it says: both are corrected on a paper, and nothing is by who recorded the listing.
    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList, SameOfficer, ListingFieldUnchanged,
    ListingDayUnreadable, DayInFuture (of a decision), BeforeStepBefore (effective before decided), ListHasNoBasis,
    ListingNeedsPaper.
    Basis: 国家市场监督管理总局令第45号 12 by analogy (inaccurate information is corrected promptly).
    """
    one = listing_in_force(file, context, listing_id, seen)
    assert one.listed is not None
    assert one.listed_by is not None
    if one.listed_by.officer_id == context.officer.officer_id:
        raise SameOfficer(first="列入登记人", second="更正人", first_en="recording the listing", second_en="correcting")
    old = getattr(one.listed, field)
    old = old.isoformat() if isinstance(old, date) else old
    if new.strip() == old:
        raise ListingFieldUnchanged
    if field in DAYS:
        try:
            day = date.fromisoformat(new.strip())
        except ValueError:
            raise ListingDayUnreadable from None
        decided_on, effective_on = one.listed.decided_on, one.listed.effective_on
        if field == "decided_on":
            decided_on = day
            check_day(context, decided_on)
        else:
            effective_on = day
        check_not_before(effective_on, decided_on)
        basis_of(one.list_type, decided_on, context.rules)
    if (field in DAYS or one.is_designated_elsewhere) and not context.filing.evidence:
        raise ListingNeedsPaper
    return [
        ListingCorrected(
            listing_id=listing_id, field=field, old=old, new=new.strip(), reason=reason, corrected_on=context.today
        )
    ]


def confirm_listing(
    file: CreditFile, context: Context, *, listing_id: str, result: Literal["stands", "to_revoke"], reasons: str,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Settle a listing whose basis a rule known later put in doubt (核定列入依据): it stands, or is to be revoked.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList, BasisNotDoubtful.
    Basis: rulebook rows `list.basis`: in force on one day, known on a later one.
    """
    one = listing_in_force(file, context, listing_id, seen)
    row = open_doubt(one, context.rules)
    if row is None:
        raise BasisNotDoubtful
    return [
        ListingConfirmed(
            listing_id=listing_id, rule=row.name, result=result, reasons=reasons, confirmed_on=context.today
        )
    ]


def reinstate_listing(
    file: CreditFile, context: Context, *, listing_id: str, document_no: str, effective_on: date,
    seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Put a subject back on the list from which a false repair had taken it (恢复列入); row says if the term restarts.

    Refused, in this order: SubjectUnknown, ListingUnknown, CaseMoved, NotOnList (it never left by repair),
    NoFalseRepair, DayInFuture, BeforeStepBefore (before the repair was revoked), AlreadyListed.
    Basis: rulebook row `list.reinstated` (unverified); 国家市场监督管理总局令第44号 21.
    """
    one = listing_as_seen(file, listing_id, seen)
    if one.exited is None or one.exited.cause != "repair":
        raise NotOnList
    revoked = revoked_on(file, listing_id)
    if revoked is None:
        raise NoFalseRepair
    check_day(context, effective_on, revoked)
    check_not_listed(file, one.list_type, effective_on, context.rules)
    return [
        ListingReinstated(
            listing_id=listing_id, cause="false_repair", document_no=document_no, effective_on=effective_on
        )
    ]
