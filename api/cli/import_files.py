"""`xinlu import FILE…`: licences and penalties as offices send them (双公示, V2 tables)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.database import open_database
from api.cli.output import JsonFlag, say, say_json
from api.clock import SystemClock
from api.exchange.command import run_import
from api.migrations import migrate
from api.settings import read_settings
from api.vault_key import vault_key
from domain.context import Context, Officer
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.register import CreditRegister
from domain.register.rulebooks import NoRulebook, Rulebooks

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="CSV (UTF-8 or GB18030) or XLSX with V2 headings.")]
OfficerId = Annotated[str, typer.Option("--officer", help="Account name of who imports, as the log will say.")]
Results = Annotated[Path | None, typer.Option("--results", help="Write every row's outcome to this CSV.")]

COMMAND_LINE = "command-line"
SYSTEM = Officer("system", "system", "system")


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
            # In a simulated database the day is the one its log has come to.
            _, recorded_at = register.head()
            now = recorded_at if register.is_simulated and recorded_at is not None else clock.now()
            rulebook = _rulebook(register, Context(now, SYSTEM, Reading(Rulebook.from_files())))
            who = Officer(officer, "market_order", "market_order")
            run_import(
                register, files, Context(now, who, Reading(rulebook)), clock.new_id,
                say=say, say_json=say_json if as_json else None, results=results,
            )  # fmt: skip


def _rulebook(register: CreditRegister, context: Context) -> Rulebook:
    """The rulebook in use; the one of this release is adopted where none was."""
    rulebooks = Rulebooks(register)
    try:
        return rulebooks.in_use()
    except NoRulebook:
        rulebooks.adopt(context.rules.rulebook, context, reason="首次采用 first adoption")
        return rulebooks.in_use()
