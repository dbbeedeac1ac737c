"""`xinlu daily`: record what was missed or is over, drop set-aside rows past their term; twice is as good as once."""

from __future__ import annotations

from dataclasses import asdict

import psycopg

from api.cli.opened_register import opened_register
from api.cli.output import JsonFlag, say, say_json
from api.daily import run_daily
from api.obstacles import Obstacle
from domain.register.rulebooks import NoRulebook
from projections.engine import Engine


def daily(as_json: JsonFlag = False) -> None:
    """Record what was missed or is over, and drop rows past their term. `xinlu serve` does so itself every day."""
    with opened_register() as opened:
        # What is over is asked of the views, so they are brought up to the log first, here or by whoever leads.
        engine = Engine(opened.database.app_url, opened.register)
        try:
            engine.catch_up_once()
            with psycopg.connect(opened.database.app_url) as connection:
                done = run_daily(opened.register, opened.rulebooks, connection, opened.now)
        except NoRulebook:
            raise Obstacle(
                "no_rulebook",
                "规则库尚未启用；请先运行 xinlu serve 或 xinlu demo。",
                "No rulebook is adopted yet; run xinlu serve or xinlu demo first.",
            ) from None
        finally:
            engine.close()
    if as_json:
        say_json(asdict(done))
    else:
        say(f"记录逾期未办 {done.missed} 项")
        say(f"记录公示结束 {done.disclosures} 条，名单届满 {done.listings} 条，销毁搁置行 {done.rows} 行")
        say(f"{done.missed} missed deadlines recorded")
        say(f"{done.disclosures} ends of disclosure, {done.listings} ends of listing, {done.rows} rows dropped")
