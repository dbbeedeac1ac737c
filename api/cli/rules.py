"""`xinlu rules`: which rows answer on a day, what changed between two days, and the adoption of a later version."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api import moments
from api.cli.opened_register import OpenedRegister, opened_register
from api.cli.output import JsonFlag, say, say_json
from api.disclosure.rules import changes_shown, rules_in_force
from api.law_of_release import SYSTEM, law_in_use, law_of_release
from api.obstacles import Obstacle
from domain.context import Context
from domain.law.reading import Reading
from domain.law.rows import RulebookRefused
from domain.law.rulebook import Rulebook
from domain.refusals import Refused
from domain.register.rulebooks import NoRulebook
from projections.replay.subject import position_of

rules = typer.Typer(
    name="rules", help="Show the rules the register runs on, or adopt a later version.", no_args_is_help=True
)

WIDTH = 160

Parameter = Annotated[str, typer.Argument(metavar="PARAMETER", help="Name of a question, such as repair.min.")]
Overlay = Annotated[Path | None, typer.Option(help="Folder of the bureau's own rows, laid over the law.")]
Reason = Annotated[str, typer.Option(help="Why, as the log will say; without it the changes are only shown.")]
Channel = Annotated[
    str, typer.Option("--channel", help="Only rules of credit_site or publicity_system, and those of neither.")
]
Known = Annotated[
    str, typer.Option("--known", help="Day, instant or log position: by the version the register knew then.")
]
First = Annotated[str, typer.Argument(metavar="DATE", help="The day to compare with.")]
Last = Annotated[str, typer.Argument(metavar="DATE", help="The later day; what changed through it is shown.")]
On = Annotated[str, typer.Option("--on", help="Day on which the rows are in force; today if left out.")]


@rules.callback()
def main() -> None:
    """Show the rules in use, or adopt a later version."""


@rules.command("show")
def show(
    parameter: Parameter, on: On = "", channel: Channel = "", known: Known = "", as_json: JsonFlag = False
) -> None:
    """Show the rows of one parameter in force on a day: facts, value, article, since when, how certain."""
    with opened_register() as opened:
        rulebook, day = _rulebook(opened, known), _day(on, opened.today)
        if parameter not in rulebook.parameters:
            raise Obstacle(
                "parameter_unknown",
                f"规则库没有参数 {parameter}；参数名见公示页“规则”，如 repair.min。",
                f"The rulebook has no parameter {parameter}; the public page of rules lists them, such as repair.min.",
            )
        for one in rules_in_force(rulebook, day):
            if one.parameter != parameter or channel not in ("", one.channel or channel):
                continue
            if as_json:
                say_json(
                    {"row": one.name, "parameter": one.parameter, "facts": one.facts[0], "value": one.value[0],
                     "citation": one.citation, "in_force_from": one.in_force_from, "is_certain": one.is_certain,
                     "on": day, "version": rulebook.version}
                )  # fmt: skip
            else:
                certain = "" if one.is_certain else "  待核 to be verified"
                facts = f"（{one.facts[0]}）" if one.facts[0] else ""
                zh, en = one.value
                say(f"{one.zh}{facts}：{zh} / {en}  {one.citation}，自 since {one.in_force_from}{certain}")


@rules.command("diff")
def diff(first: First, last: Last, channel: Channel = "", known: Known = "", as_json: JsonFlag = False) -> None:
    """Show what began, changed or ended after the first day and by the last, with the value before and after."""
    with opened_register() as opened:
        rulebook = _rulebook(opened, known)
        days = _day(first, opened.today), _day(last, opened.today)
        found = changes_shown(rulebook, *days, channel)
    if as_json:
        for one in found:
            say_json(
                {"on": one.on, "kind": one.kind, "row": one.rule.name, "parameter": one.rule.parameter,
                 "facts": one.rule.facts[0], "before": one.before[0] if one.before else None,
                 "after": one.after[0] if one.after else None, "citation": one.rule.citation,
                 "before_citation": one.before_citation, "is_certain": one.rule.is_certain}
            )  # fmt: skip
        return
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("自 from", "事项 matter", "适用 for", "以前 before", "此后 after", "依据 basis"):
        table.add_column(head, overflow="fold")
    for one in found:
        words = [
            one.on.isoformat(), f"{one.rule.zh}\n{one.rule.parameter}", one.rule.facts[0],
            one.before[0] if one.before else "—", one.after[0] if one.after else "—",
            one.rule.citation + ("" if one.rule.is_certain else "（待核）"),
        ]  # fmt: skip
        table.add_row(*map(escape, words))
    if found:
        # A file or a pipe has no width of its own; a terminal folds by itself.
        console = Console()
        (console if console.is_terminal else Console(width=WIDTH)).print(table)
    else:
        say("没有变化 nothing changed")


def _rulebook(opened: OpenedRegister, known: str) -> Rulebook:
    """The version in use, or the one that was at the end of a day or at a position. Raises Obstacle."""
    try:
        moment = moments.known_at(known)
        if moment is None:
            return opened.rulebooks.in_use()
        return opened.rulebooks.at(position_of(opened.register, moment, opened.register.head()[0]))
    except NoRulebook:
        raise Obstacle(
            "no_rulebook",
            "规则库尚未启用；请先运行 xinlu serve 或 xinlu demo。",
            "No rulebook is adopted yet; run xinlu serve or xinlu demo first.",
        ) from None
    except Refused as refusal:
        raise Obstacle(refusal.code, refusal.sentence_zh, refusal.sentence_en) from refusal


def _day(text: str, today: date) -> date:
    try:
        return moments.in_force_on(text, today)
    except Refused as refusal:
        raise Obstacle(refusal.code, refusal.sentence_zh, refusal.sentence_en) from refusal


@rules.command("adopt")
def adopt(overlay: Overlay = None, reason: Reason = "", as_json: JsonFlag = False) -> None:
    """Adopt the law of this release, with an overlay if given. Without --reason the changes are only told.

    What was decided under an earlier version stays decided under it. An adoption without the overlay that the version
    before had takes the overlay away, and says so among the rows that are gone.
    """
    if overlay is not None and not overlay.is_dir():
        raise Obstacle(
            "overlay_missing",
            f"没有文件夹 {overlay}；请核对 --overlay 后重试。",
            f"There is no folder {overlay}; correct --overlay and try again.",
        )
    with opened_register() as opened:
        try:
            law = law_of_release(with_samples=opened.register.is_simulated, overlay=overlay)
        except RulebookRefused as refused:
            raise Obstacle("rulebook_refused", refused.zh, refused.en) from None
        in_use = law_in_use(opened.register, opened.now)
        changes = law.changes_from(in_use)
        told = {"added": sorted(changes.added), "altered": sorted(changes.altered), "gone": sorted(changes.gone)}
        if reason and law.version != in_use.version:
            opened.rulebooks.adopt(law, Context(opened.now, SYSTEM, Reading(law)), reason=reason)
        is_adopted = bool(reason) or law.version == in_use.version
        if as_json:
            say_json({"version": law.version, "replaces": in_use.version, "is_adopted": is_adopted, **told})
            return
        for zh, rows in zip(("增加 added", "改动 altered", "不再有 gone"), told.values(), strict=True):
            say(f"{zh}: {len(rows)}" + "".join(f"\n  {name}" for name in rows))
        said = "已采用 adopted" if is_adopted else "尚未采用，写明 --reason 才采用 not adopted: give a --reason"
        say(f"{law.version[:12]}  {said}")
