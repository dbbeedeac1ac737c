"""`xinlu rules adopt` shows what would change, and adopts only with a reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import Database

OVERLAY = """
instrument = "样例局规〔2026〕1号"
title = "《样例局办理期限规定》（样例）"
kind = "bureau_document"
in_force_from = 2026-06-01
row = [
  { parameter = "list.statement", value = 7, unit = "working_days", article = "第二条" },
]
"""


def xinlu(database: Database, *arguments: str) -> tuple[int, list[str], str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINLU_")}
    told = {"XINLU_DATABASE_URL": database.app_url, "XINLU_VAULT_KEY": "11" * 32}
    command = [sys.executable, "-m", "api.cli", "rules", *arguments]
    done = subprocess.run(command, env=kept | told, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(OVERLAY, encoding="utf-8")
    return tmp_path


def test_shows_an_overlay_without_adopting_it_and_adopts_it_with_a_reason(database: Database, overlay: Path) -> None:
    code, out, err = xinlu(database, "adopt", "--overlay", str(overlay), "--json")
    assert code == 0, err
    shown = json.loads(out[-1])
    assert shown["is_adopted"] is False
    assert shown["added"] == ["list.statement@2026-06-01+overlay"]
    assert "7 个工作日" not in "".join(xinlu(database, "show", "list.statement", "--on", "2026-06-02")[1])
    code, out, err = xinlu(database, "adopt", "--overlay", str(overlay), "--reason", "样例", "--json")
    assert (code, json.loads(out[-1])["is_adopted"]) == (0, True)
    assert "7 个工作日" in "".join(xinlu(database, "show", "list.statement", "--on", "2026-06-02")[1])
    assert "7 个工作日" not in "".join(xinlu(database, "show", "list.statement", "--on", "2026-05-31")[1])


def test_says_what_goes_when_the_overlay_is_left_out(database: Database, overlay: Path) -> None:
    xinlu(database, "adopt", "--overlay", str(overlay), "--reason", "样例")
    code, out, _ = xinlu(database, "adopt", "--json")
    assert code == 0
    assert json.loads(out[-1])["gone"] == ["list.statement@2026-06-01+overlay"]


def test_refuses_an_overlay_of_a_parameter_that_the_law_leaves_no_room_for(database: Database, overlay: Path) -> None:
    (overlay / "own.toml").write_text(
        OVERLAY.replace('"list.statement"', '"upload.due", channel = "credit_site"'), encoding="utf-8"
    )
    code, _, err = xinlu(database, "adopt", "--overlay", str(overlay))
    assert code == 2
    assert "upload.due" in err
    assert "Traceback" not in err


def test_refuses_a_folder_that_is_not_there(database: Database, tmp_path: Path) -> None:
    code, _, err = xinlu(database, "adopt", "--overlay", str(tmp_path / "missing"))
    assert code == 2
    assert "missing" in err
    assert "Traceback" not in err


def test_tells_what_changed_between_two_days_as_a_table_and_as_json(database: Database) -> None:
    xinlu(database, "adopt", "--reason", "样例")
    code, out, err = xinlu(database, "diff", "2021-07-14", "2021-07-15", "--json")
    assert code == 0, err
    told = {one["parameter"]: one for one in map(json.loads, out)}
    hearing = told["hearing.request"]
    assert (hearing["on"], hearing["kind"], hearing["before"], hearing["after"]) == (
        "2021-07-15", "changes", "3 日", "5 个工作日"
    )  # fmt: skip
    assert hearing["is_certain"] is True
    code, out, err = xinlu(database, "diff", "2021-07-14", "2021-07-15")
    assert code == 0, err
    assert "hearing.request" in "".join(out)
    assert xinlu(database, "diff", "2021-07-14", "2021-07-14")[1] == ["没有变化 nothing changed"]


def test_a_channel_narrows_what_is_told(database: Database) -> None:
    xinlu(database, "adopt", "--reason", "样例")
    _, both, _ = xinlu(database, "diff", "2025-06-21", "2025-12-31", "--json")
    _, one, _ = xinlu(database, "diff", "2025-06-21", "2025-12-31", "--channel", "credit_site", "--json")
    assert 0 < len(one) < len(both)
    assert "channel=publicity_system" not in "".join(one)
    _, shown, _ = xinlu(database, "show", "upload.due", "--on", "2024-01-01", "--channel", "credit_site", "--json")
    assert [json.loads(line)["value"] for line in shown] == ["7 个工作日"]


def test_known_goes_by_the_version_that_the_register_had_then(database: Database, overlay: Path) -> None:
    xinlu(database, "adopt", "--reason", "样例")
    xinlu(database, "adopt", "--overlay", str(overlay), "--reason", "样例")
    asked = ("show", "list.statement", "--on", "2026-06-02")
    assert "7 个工作日" in "".join(xinlu(database, *asked)[1])
    assert "7 个工作日" not in "".join(xinlu(database, *asked, "--known", "1")[1])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("2021-13-01", "2021-07-15"), "不是日期"), (("2021-07-14", "2021-07-15", "--known", "昨天"), "读不懂")],
)
def test_a_day_or_moment_that_cannot_be_read_is_told(database: Database, arguments: tuple[str, ...], said: str) -> None:
    xinlu(database, "adopt", "--reason", "样例")
    code, _, err = xinlu(database, "diff", *arguments)
    assert code == 2
    assert "Traceback" not in err
    assert said in err
