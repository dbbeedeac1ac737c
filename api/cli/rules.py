"""`xinlu rules show PARAMETER --on DAY`: which rows of the adopted rulebook answer on a day, by which article."""

from __future__ import annotations

from typing import Annotated

import typer

from api.audit import moments
from api.cli.opened_register import opened_register
from api.cli.output import JsonFlag, say, say_json
from api.disclosure.rules import rules_in_force
from api.obstacles import Obstacle
from domain.refusals import Refused
from domain.register.rulebooks import NoRulebook

rules = typer.Typer(name="rules", help="Show the rules the register runs on.", no_args_is_help=True)

Parameter = Annotated[str, typer.Argument(metavar="PARAMETER", help="Name of a question, such as repair.min.")]
On = Annotated[str, typer.Option("--on", help="Day on which the rows are in force; today if left out.")]


@rules.callback()
def main() -> None:
    """Show the rules the register runs on."""


@rules.command("show")
def show(parameter: Parameter, on: On = "", as_json: JsonFlag = False) -> None:
    """Show the rows of one parameter in force on a day: facts, value, article, since when, how certain."""
    with opened_register() as opened:
        try:
            rulebook, day = opened.rulebooks.in_use(), moments.in_force_on(on, opened.today)
        except NoRulebook:
            raise Obstacle(
                "no_rulebook",
                "规则库尚未启用；请先运行 xinlu serve 或 xinlu demo。",
                "No rulebook is adopted yet; run xinlu serve or xinlu demo first.",
            ) from None
        except Refused as refusal:
            raise Obstacle(refusal.code, refusal.sentence_zh, refusal.sentence_en) from refusal
        if parameter not in rulebook.parameters:
            raise Obstacle(
                "parameter_unknown",
                f"规则库没有参数 {parameter}；参数名见公示页“规则”，如 repair.min。",
                f"The rulebook has no parameter {parameter}; the public page of rules lists them, such as repair.min.",
            )
        for one in rules_in_force(rulebook, day):
            if one.parameter != parameter:
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
