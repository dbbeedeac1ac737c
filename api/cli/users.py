"""`xinlu user`: appoint an officer and open the account, list accounts, end sessions, close an account."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import psycopg_pool
import typer

from api.accounts import Accounts, check_account_name, officer_stream
from api.cli.database import open_database
from api.cli.output import JsonFlag, say, say_json
from api.clock import SystemClock
from api.identity import OFFICERS
from api.law_of_release import SYSTEM, law_in_use, present_moment
from api.migrations import migrate
from api.obstacles import Obstacle
from api.settings import read_settings
from api.vault_key import vault_key
from domain.casework.officers import appoint_officer
from domain.context import CHINA, Context
from domain.law.reading import Reading
from domain.officer import ROLES, WHOLE_CITY
from domain.refusals import Refused
from domain.register.register import CreditRegister

users = typer.Typer(name="user", help="Officers' accounts.", no_args_is_help=True, add_completion=False)

APPOINTABLE = frozenset(ROLES) - {"system"}

Name = Annotated[str, typer.Argument(help="Account name: small letters, digits, . _ -")]
Role = Annotated[str, typer.Option(help=f"One of: {', '.join(sorted(APPOINTABLE))}")]
Section = Annotated[str, typer.Option(help="Code of the section, e.g. market_order")]
Office = Annotated[str, typer.Option(help="The office as pages name it")]
Area = Annotated[str, typer.Option(help="Division whose subjects the officer may touch; 210800 is the whole city")]
Display = Annotated[str, typer.Option("--display-name", help="How pages name the officer; else the account name")]
PasswordFile = Annotated[Path | None, typer.Option(help="File whose first line is the password; else it is asked")]


@users.command("add")
def add_user(
    name: Name,
    role: Role,
    section: Section,
    office: Office,
    area: Area = WHOLE_CITY,
    display_name: Display = "",
    password_file: PasswordFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Appoint an officer and open the account.

    The appointment is a fact of the log, the account is not. If the process dies between the two, the same command
    finds the appointment and opens the account.
    """
    password = _password(password_file)
    with _open() as (register, accounts):
        now, stream = present_moment(register, SystemClock().now()), officer_stream(name)
        held = register.load_on(OFFICERS, stream)
        with _told():
            check_account_name(name)
            if held.appointed is None or held.dismissed is not None or held.appointed.role != role:
                register.do_on(
                    OFFICERS, appoint_officer, stream, Context(now, SYSTEM, Reading(law_in_use(register, now))),
                    officer_id=name, display_name=display_name or name, role=role, section=section, office=office,
                    area=area, from_on=now.astimezone(CHINA).date(), roles=APPOINTABLE,
                )  # fmt: skip
            accounts.add(name, password, now)
    if as_json:
        say_json({"officer_id": name, "role": role, "stream": str(stream)})
    else:
        say(f"已任命并开户 appointed, account opened: {name}（{ROLES[role]}）")


@users.command("list")
def list_users(as_json: JsonFlag = False) -> None:
    """List the accounts with role and area."""
    with _open() as (register, accounts):
        found = accounts.all()
        held = register.load_many_on(OFFICERS, [one.stream_id for one in found])
        today = present_moment(register, SystemClock().now()).astimezone(CHINA).date()
    for one in found:
        appointments = held[one.stream_id]
        appointed = appointments.term_on(today)
        told = {
            "officer_id": one.officer_id,
            "role": appointed.role if appointed else None,
            "section": appointed.section if appointed else None,
            "area": appointed.area if appointed else None,
            "is_open": one.disabled_at is None,
        }
        if as_json:
            say_json(told)
        else:
            role = ROLES[appointed.role] if appointed else "未任职 no office"
            say(f"{one.officer_id}\t{role}\t{told['section'] or '—'}\t{told['area'] or '—'}"
                f"{'' if one.disabled_at is None else '　已停用 disabled'}")  # fmt: skip


@users.command("end-sessions")
def end_sessions(name: Name, as_json: JsonFlag = False) -> None:
    """End every session of an account at once."""
    with _open() as (_, accounts):
        ended = accounts.end_sessions(name)
    if as_json:
        say_json({"officer_id": name, "ended": ended})
    else:
        say(f"已结束 {ended} 个会话 / {ended} sessions ended")


@users.command("disable")
def disable_user(name: Name, as_json: JsonFlag = False) -> None:
    """Close an account and end its sessions; the appointment stays as it is."""
    with _open() as (register, accounts):
        accounts.disable(name, present_moment(register, SystemClock().now()))
    if as_json:
        say_json({"officer_id": name, "is_open": False})
    else:
        say(f"已停用 disabled: {name}")


@contextmanager
def _open() -> Iterator[tuple[CreditRegister, Accounts]]:
    settings = read_settings()
    with open_database(settings) as database:
        if database.is_embedded:
            migrate(database.owner_url)
        with (
            CreditRegister.connect(database.app_url, vault_key(settings, SystemClock())) as register,
            psycopg_pool.ConnectionPool(database.app_url, min_size=1, max_size=1, open=True) as pool,
        ):
            yield register, Accounts(pool)


@contextmanager
def _told() -> Iterator[None]:
    """A refusal, told at the terminal as an obstacle is."""
    try:
        yield
    except Refused as refusal:
        raise Obstacle(refusal.code, refusal.sentence_zh, refusal.sentence_en) from None


def _password(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").splitlines()[0]
        except (OSError, IndexError):
            raise Obstacle(
                "password_file_unreadable",
                f"无法从 {file} 读取密码；请确认文件存在且第一行是密码。",
                f"No password can be read from {file}; see that the file exists and its first line is the password.",
            ) from None
    if not sys.stdin.isatty():
        raise Obstacle(
            "password_missing",
            "没有终端可以询问密码；请用 --password-file 指定密码文件。",
            "There is no terminal to ask for the password; name a file with --password-file.",
        )
    return str(typer.prompt("密码 password", hide_input=True, confirmation_prompt=True))
