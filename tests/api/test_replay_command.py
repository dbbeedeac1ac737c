"""`xinlu replay`, `xinlu rules` and `xinlu daily` at a terminal, over the demonstration's cases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.desk import desk
from tests.site import MASTER_KEY, Site

HAITONG = "91210803XX27410369"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def xinlu(site: Site) -> Callable[..., Said]:
    def run(*arguments: str) -> Said:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XINLU_")}
        told = {"XINLU_DATABASE_URL": site.database.app_url, "XINLU_VAULT_KEY": MASTER_KEY.hex()}
        command = [sys.executable, "-m", "api.cli", *arguments]
        done = subprocess.run(command, env=kept | told, capture_output=True, text=True, timeout=60)
        return Said(done.returncode, done.stdout, done.stderr)

    return run


def test_replay_answers_as_the_page_does(xinlu: Callable[..., Said], site: Site) -> None:
    said = xinlu("replay", HAITONG, "--known-at", "2026-09-30", "--in-force-on", "2026-06-20", "--json")
    assert said.code == 0, said.err
    subject = site.parts.register.subject_by_code(HAITONG)
    with desk(site, "wu") as wu:
        page = wu.client.get(f"/audit/subjects/{subject}/replay.json?known_at=2026-09-30&in_force_on=2026-06-20").json()
    told = json.loads(said.out)
    # Another test may have recorded something since, elsewhere in the log.
    assert told | {"head": 0} == page | {"head": 0}


def test_replay_tells_a_person_the_state_its_sources_and_what_was_learnt_later(xinlu: Callable[..., Said]) -> None:
    said = xinlu("replay", HAITONG, "--known-at", "2026-09-30", "--in-force-on", "2026-06-20")
    assert "在样例名单内；行政处罚 1 条公示中，罚款 3 万元" in said.out
    assert "credit/PenaltyRecorded.v1 位置 position " in said.out
    assert "由日期推定 derived from the date：disclosure.shown" in said.out
    assert "此后才知道 known later" in said.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("replay", "91210803XX27410360"), "没有这个代码的信用主体"),
        (("replay", HAITONG, "--known-at", "gestern"), "读不懂"),
        (("replay", HAITONG, "--in-force-on", "2026-02-30"), "不是日期"),
        (("rules", "show", "no.such"), "没有参数 no.such"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_and_no_traceback(
    xinlu: Callable[..., Said], arguments: tuple[str, ...], sentence: str
) -> None:
    said = xinlu(*arguments)
    assert said.code == 2
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_rules_shows_each_row_in_force_on_a_day_with_its_article(xinlu: Callable[..., Said]) -> None:
    said = xinlu("rules", "show", "repair.min", "--on", "2026-06-20")
    assert "3 个月 / 3 months" in said.out
    assert "国家发展和改革委员会令第36号 第二章，自 since 2026-04-01" in said.out
    before = xinlu("rules", "show", "repair.min", "--on", "2024-01-01", "--json")
    assert all(json.loads(line)["in_force_from"] <= "2024-01-01" for line in before.out.splitlines())
