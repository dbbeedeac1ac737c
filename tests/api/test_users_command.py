"""`xinlu user`: appointing officers and opening their accounts at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg_pool
import pytest
from typer.testing import CliRunner

from api.accounts import Accounts, officer_stream
from api.cli.users import users
from api.clock import SystemClock
from api.identity import OFFICERS
from api.obstacles import Obstacle
from domain.register.register import CreditRegister
from tests.databases import Database

KEY = bytes(range(32))
WORD = "样例密码-足够长了吧"


@pytest.fixture
def password(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XINLU_DATABASE_URL", database.app_url)
    monkeypatch.setenv("XINLU_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("XINLU_VAULT_KEY", KEY.hex())
    file = tmp_path / "password"
    file.write_text(WORD + "\n", encoding="utf-8")
    return file


def run(*words: str) -> str:
    done = CliRunner().invoke(users, list(words))
    if isinstance(done.exception, Obstacle):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def add(name: str, role: str, password: Path) -> str:
    return run("add", name, "--role", role, "--section", "market_order", "--office", "样例局",
               "--password-file", str(password), "--json")  # fmt: skip


def test_an_officer_is_appointed_by_a_fact_and_may_sign_in(database: Database, password: Path) -> None:
    assert json.loads(add("sample.a", "handler", password))["officer_id"] == "sample.a"
    with CreditRegister.connect(database.app_url, KEY) as register:
        held = register.load_on(OFFICERS, officer_stream("sample.a"))
        (fact,) = register.history(officer_stream("sample.a"))
    assert held.appointed is not None
    assert (held.appointed.role, held.appointed.area) == ("handler", "210800")
    assert fact.envelope.actor.role == "system"
    with psycopg_pool.ConnectionPool(database.app_url, min_size=1, max_size=1, open=True) as pool:
        assert Accounts(pool).check_password("sample.a", WORD, "::1", SystemClock().now())


def test_accounts_are_listed_and_closed(password: Path) -> None:
    add("sample.a", "handler", password)
    add("sample.b", "auditor", password)
    run("disable", "sample.b")
    told = [json.loads(line) for line in run("list", "--json").splitlines()]
    assert [(one["officer_id"], one["role"], one["is_open"]) for one in told] == [
        ("sample.a", "handler", True), ("sample.b", "auditor", False),
    ]  # fmt: skip
    assert json.loads(run("end-sessions", "sample.a", "--json"))["ended"] == 0


@pytest.mark.parametrize(
    ("name", "role", "code"),
    [("样例", "handler", "AccountNameMisshapen"), ("sample.a", "emperor", "RoleUnknown"),
     ("sample.a", "system", "RoleUnknown")],
)  # fmt: skip
def test_what_cannot_be_is_told_in_one_sentence(password: Path, name: str, role: str, code: str) -> None:
    with pytest.raises(Obstacle) as told:
        add(name, role, password)
    assert told.value.code == code


def test_an_account_is_opened_once(password: Path) -> None:
    add("sample.a", "handler", password)
    with pytest.raises(Obstacle) as told:
        add("sample.a", "handler", password)
    assert told.value.code == "AccountExists"


def test_a_missing_password_file_is_told(password: Path) -> None:
    with pytest.raises(Obstacle) as told:
        add("sample.a", "handler", password.parent / "nothing")
    assert told.value.code == "password_file_unreadable"
