"""Acts on the disclosure of an entry besides its release: preparing its text, refusing it, taking it off the page."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct, Options
from api.officer.public_text import compared
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.disclosure import withdraw_disclosure
from domain.credit_file.disclosure_preparing import prepare_disclosure, refuse_disclosure
from domain.credit_file.file import CreditFile
from domain.credit_file.redaction import number_of


def entry_told(file: CreditFile, context: Context, entry_id: str) -> tuple[Told, ...]:
    """What the public would read: every text of the entry as it is, and beside it what was hidden."""
    told = [Told(("文号、编号", "Number"), (number_of(file, entry_id),) * 2)]
    for one in compared(file, entry_id):
        hidden = (f"{one.full}　→　{one.public}",) * 2
        told.append(Told(one.label, hidden if one.is_hidden else (one.full,) * 2))
    return tuple(told)


def listed_codes(name: str) -> Options:
    """The codes of a dated list that may be used on the day."""

    def choices(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
        return tuple((one.code, (one.zh, one.en)) for one in context.rules.lists(name, context.today).values())

    return choices


REASON = Asked("reason", ("理由（说明哪些内容、为什么）", "Reason: which content, and why"), "area", required=True)

ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        prepare_disclosure, "preparations",
        (Group(("", ""), (
            Asked("withheld", ("要遮盖的文字（从原文复制，每行一处）", "What is hidden, one passage a line"), "area",
                  hint=("每处以 ** 代替；没有须遮盖的，留空", "each gives way to **; empty where nothing is hidden")),
            Asked("method", ("遮盖的是", "What they are"), "many"),
            Asked("planned_from", ("拟自何日公示", "To be shown from"), "date",
                  hint=("不填则自批准之日", "from its release where empty")),
        )),),
        collection="entries", about="entry_id", options={"method": listed_codes("redaction_conventions")},
        told=entry_told,
    ),
    OfficerAct(
        refuse_disclosure, "nondisclosures",
        (Group(("", ""), (Asked("ground", ("不予公示的情形", "Ground"), "select", required=True), REASON)),),
        collection="entries", about="entry_id", options={"ground": listed_codes("nondisclosure_grounds")},
        told=entry_told,
    ),
    OfficerAct(
        withdraw_disclosure, "withdrawals",
        (Group(("", ""), (
            Asked("cause", ("撤回原因", "Cause"), "select", required=True),
            Asked("reasons", ("撤回通知中的理由", "Reasons in the notice of withdrawal"), "area", required=True),
            Asked("document_no", ("文书号（有的）", "Number of the document, if any")),
        )),),
        collection="entries", about="entry_id", options={"cause": listed_codes("withdrawal_causes")},
        told=entry_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
