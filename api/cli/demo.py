"""`xinlu demo`: the whole way of a credit fact on this machine, with invented cases and a simulated clock."""

from __future__ import annotations

from dataclasses import replace

import psycopg_pool

from api.accounts import Accounts
from api.cli.database import OpenDatabase, open_database
from api.cli.output import JsonFlag, say, say_json
from api.cli.serve import address_of, bound_socket, open_pages, require_sound, run_pages
from api.clock import Clock, ShiftedClock, SystemClock
from api.demo.people import PASSWORD, PEOPLE
from api.demo.play import MORNING, open_accounts, play
from api.demo.script import SCAN
from api.migrations import migrate
from api.papers import FolderPapers
from api.settings import Settings, read_settings
from api.vault_key import vault_key
from domain.officer import ROLES
from domain.register.register import CreditRegister
from projections.engine import Engine


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
            accounts = [{"account": one.officer_id, "role": one.role, "password": PASSWORD} for one in PEOPLE]
            say_json({"address": address, "data_dir": str(settings.data_dir), "accounts": accounts})
        else:
            say(f"演示 demo: {address}")
            say(f"办件台 desk: {address}sign-in  （密码 password: {PASSWORD}）")
            for one in PEOPLE:
                say(f"  {one.officer_id:<6}{one.display_name}  {ROLES[one.role]}  {one.office}")
            say(f"数据 data: {settings.data_dir}")
            say("按 Ctrl-C 停止，数据保留 / Ctrl-C stops it, the data stays")
        run_pages(pages, listener)


def play_cases(settings: Settings, database: OpenDatabase, *, as_json: bool) -> Clock:
    """Play the sample cases unless they are there, and give the clock that runs on from where they end."""
    system = SystemClock()
    with CreditRegister.connect(database.app_url, vault_key(settings, system)) as register:
        FolderPapers(settings.data_dir / "papers").keep(SCAN)
        play(register, _silent if as_json else say)
        _, recorded_at = register.head()
        arrange(database, register)
    with psycopg_pool.ConnectionPool(database.app_url, min_size=1, max_size=1) as pool:
        open_accounts(Accounts(pool), MORNING)
    return ShiftedClock(MORNING if recorded_at is None else max(MORNING, recorded_at))


def arrange(database: OpenDatabase, register: CreditRegister) -> None:
    """Bring the views up to the log before the door opens: a visitor never meets an empty search."""
    engine = Engine(database.app_url, register)
    try:
        engine.catch_up_once()
    finally:
        engine.close()


def _silent(sentence: str) -> None:
    """A program reads the output: sentences for people are left out."""
