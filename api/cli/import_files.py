"""`xinlu import FILE…`: licences and penalties as offices send them (双公示, V2 tables)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.accounts import officer_stream
from api.cli.database import open_database
from api.cli.output import JsonFlag, say, say_json
from api.clock import SystemClock
from api.exchange.command import run_import
from api.identity import OFFICERS
from api.law_of_release import law_in_use, present_moment
from api.migrations import migrate
from api.obstacles import Obstacle
from api.settings import read_settings
from api.vault_key import vault_key
from domain.context import Context, Officer, day_of
from domain.law.reading import Reading
from domain.register.register import CreditRegister

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="CSV (UTF-8 or GB18030) or XLSX with V2 headings.")]
OfficerId = Annotated[str, typer.Option("--officer", help="Account name of who imports, as the log will say.")]
Results = Annotated[Path | None, typer.Option("--results", help="Write every row's outcome to this CSV.")]

COMMAND_LINE = "command-line"


def import_files(
    files: Files, as_json: JsonFlag = False, officer: OfficerId = COMMAND_LINE, results: Results = None
) -> None:
    """Import files of licences and penalties. Each row is stored, set aside for review, ignored or rejected.

    Ends with 2 when a file cannot be read; the files before it are imported, and importing them again changes nothing.
    """
    settings, clock = read_settings(), SystemClock()
    with open_database(settings) as database:
        if database.is_embedded:
            migrate(database.owner_url)
        with CreditRegister.connect(database.app_url, vault_key(settings, clock)) as register:
            now = present_moment(register, clock.now())
            rulebook = law_in_use(register, now)
            who = _importer(register, officer, day_of(now))
            run_import(
                register, files, Context(now, who, Reading(rulebook)), clock.new_id,
                say=say, say_json=say_json if as_json else None, results=results,
            )  # fmt: skip


def _importer(register: CreditRegister, officer_id: str, today: date) -> Officer:
    """Who imports: the appointed officer of that name, or the command line itself where none is named."""
    if officer_id == COMMAND_LINE:
        return Officer(COMMAND_LINE, "market_order", "market_order")
    held = register.load_on(OFFICERS, officer_stream(officer_id))
    officer = held.as_officer(today)
    if officer is None:
        raise Obstacle(
            "officer_not_in_office",
            f"没有在任的工作人员 {officer_id}；请先用 xinlu user add 任命，或改正 --officer。",
            f"There is no officer {officer_id} in office; appoint one with xinlu user add, or correct --officer.",
        )
    return officer
