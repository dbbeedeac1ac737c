"""The doors (出路) beside a statement: what one can do about it today, where, and from which day on.

Everything here follows from the entry's dates, the day and the rulebook's channel; nothing says whether anybody has
already gone through a door: an application that runs is nobody's business but the subject's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from api.disclosure.words import CHANNELS, Words
from domain.law.answers import FactMissing, NoRule
from domain.law.reading import Reading
from projections.views.disclosure import Shown

DAY = timedelta(days=1)

SUSPENSIONS: dict[str, Words] = {
    "no": ("期间不停止公示", "disclosure goes on meanwhile"),
    "if_ordered": (
        "受理机关决定停止执行的，期间不公示", "it is not disclosed while the body that hears it so orders"
    ),
}  # fmt: skip
"""What each choice of `remedy.suspends_disclosure` means to whoever reads the page."""


@dataclass(frozen=True, slots=True)
class Door:
    """One way out.

    title, text   in Chinese and English
    is_open       whether it can be used today
    first_on      first day it can be used, None where no date decides
    """

    name: str
    title: Words
    text: Words
    is_open: bool
    first_on: date | None = None


def doors_of(entry: Shown, today: date, rules: Reading) -> tuple[Door, ...]:
    """The doors of an entry in the order of the page: end it early, object, have it reviewed."""
    doors = [_early_end(entry, today, rules), _objection(), _remedies(entry, today, rules)]
    return tuple(door for door in doors if door is not None)


def _early_end(entry: Shown, today: date, rules: Reading) -> Door | None:
    if entry.repair == "none":
        return None
    is_listing = entry.kind == "listing"
    title = ("移出", "Removal") if is_listing else ("信用修复", "Repair")
    if entry.repair == "never":
        until = ("列入至期满为止", "listed until the term ends") if is_listing else (
            "公示至期满为止", "disclosed until the period ends"
        )  # fmt: skip
        barred = (f"此类信息按规定不予修复，{until[0]}。", f"The law bars it from repair; {until[1]}.")
        return Door("repair", title, barred, False)
    where = _channel(is_listing, today, rules)
    effect = ("提前移出名单", "early removal") if is_listing else ("终止公示", "an end of the disclosure")
    if entry.repair == "from_day" and entry.minimum_until is not None and today <= entry.minimum_until:
        first = entry.minimum_until + DAY
        return Door(
            "repair",
            title,
            (
                f"自 {first} 起可以申请{effect[0]}，以已改正、已履行并作出信用承诺为条件；{where[0]}。",
                f"From {first} on one may apply for {effect[1]}, once corrected, performed and committed; {where[1]}.",
            ),
            False,
            first,
        )
    lead = ("最短期限已满。", "The minimum period is over. ") if entry.repair == "from_day" else ("", "")
    return Door(
        "repair",
        title,
        (
            f"{lead[0]}已改正、已履行并作出信用承诺的，现在可以申请{effect[0]}；{where[0]}。",
            f"{lead[1]}Whoever has corrected, performed and committed may apply for {effect[1]} now; {where[1]}.",
        ),
        True,
        today if entry.minimum_until is None else entry.minimum_until + DAY,
    )


def _channel(is_listing: bool, today: date, rules: Reading) -> Words:
    target = "listing" if is_listing else "penalty"
    try:
        row = rules.select("repair.channel", days={"applied_on": today}, traits={"target": target})
    except (NoRule, FactMissing):
        return ("请向本局咨询", "ask the bureau where")
    return CHANNELS[row.choice]


def _objection() -> Door:
    return Door(
        "objection",
        ("异议", "Objection"),
        ("认为内容、期限有误的，可以向本局市场秩序科或“信用中国”提出异议。",
         "Whoever finds content or period wrong may object to the bureau's Market Order Section or at Credit China."),
        True,
    )  # fmt: skip


def _remedies(entry: Shown, today: date, rules: Reading) -> Door | None:
    if entry.kind not in ("penalty", "listing"):
        return None
    told = str(entry.statement.get("remedies") or "")
    if told:
        return Door("remedies", ("行政复议、行政诉讼", "Review and litigation"), (told, told), True)
    return Door(
        "remedies",
        ("行政复议、行政诉讼", "Review and litigation"),
        _meanwhile(entry.kind, today, rules),
        True,
    )


def _meanwhile(kind: str, today: date, rules: Reading) -> Words:
    """Where the ways are told, and whether the disclosure goes on while a remedy asked for today runs."""
    lead = ("不服决定的，途径和期限见决定书", "Ways and time limits are in the decision document")
    try:
        row = rules.select("remedy.suspends_disclosure", days={"filed_on": today}, traits={"target": kind})
    except (NoRule, FactMissing):
        return (f"{lead[0]}。", f"{lead[1]}.")
    zh, en = SUSPENSIONS[row.choice]
    return (f"{lead[0]}；{zh}。", f"{lead[1]}; {en}.")
