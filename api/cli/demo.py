"""`xinlu demo`: the whole way of a credit fact on this machine, with invented cases and a simulated clock."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import replace

from api.cli.database import OpenDatabase, open_database
from api.cli.output import JsonFlag, say, say_json
from api.cli.serve import address_of, bound_socket, open_pages, require_sound, run_pages
from api.clock import Clock, SimulatedClock, SystemClock
from api.migrations import migrate
from api.settings import Settings, read_settings
from api.vault_key import vault_key
from domain.register.register import CreditRegister


def demo(as_json: JsonFlag = False) -> None:
    """Start the embedded database, play the sample cases once, and serve the pages until Ctrl-C.

    A second start keeps what is there. XINLU_DATABASE_URL is not used: a demonstration has a database of its own.
    """
    settings = replace(read_settings(), database_url=None)
    with bound_socket(settings) as listener, open_database(settings, exclusive=True) as database:
        migrate(database.owner_url, simulated=True)
        require_sound(database)
        clock = play_cases(settings, database, as_json=as_json)
        pages = open_pages(settings, database, clock)
        address = address_of(listener)
        if as_json:
            say_json({"address": address, "data_dir": str(settings.data_dir)})
        else:
            say(f"演示 demo: {address}")
            say(f"数据 data: {settings.data_dir}")
            say("按 Ctrl-C 停止，数据保留 / Ctrl-C stops it, the data stays")
        run_pages(pages, listener)


def play_cases(settings: Settings, database: OpenDatabase, *, as_json: bool) -> Clock:
    """Play the sample cases unless they are there, and give the clock that goes on from where they end."""
    if importlib.util.find_spec("api.demo.play") is None:
        return SystemClock()
    script = importlib.import_module("api.demo.play")
    with CreditRegister.connect(database.app_url, vault_key(settings, SystemClock())) as register:
        script.play(register, _silent if as_json else say)
        _, recorded_at = register.head()
    return SimulatedClock(script.MORNING if recorded_at is None else max(script.MORNING, recorded_at))


def _silent(sentence: str) -> None:
    """A program reads the output: sentences for people are left out."""
