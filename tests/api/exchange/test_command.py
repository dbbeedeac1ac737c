"""`xinlu import`: what a program and a person are told."""

from __future__ import annotations

import csv
from pathlib import Path
from uuid import uuid4

import pytest

from api.exchange.command import run_import
from api.obstacles import Obstacle
from domain.register.register import CreditRegister
from tests.api.exchange.samples import FILES, context, expected, penalties


def test_prints_one_object_for_each_row_to_a_program_and_nothing_else(register: CreditRegister) -> None:
    said: list[dict[str, object]] = []
    counts = run_import(
        register, FILES, context(), uuid4, say=pytest.fail, say_json=lambda one: said.append(dict(one))
    )
    assert {(Path(str(one["file"])).stem, one["row"]): one["verdict"] for one in said} == expected()
    assert counts.total() == 800
    for one in said:
        assert ("event_id" in one) == ("subject" in one) == (one["verdict"] == "accept")
        assert bool(one["reason"]) == (one["verdict"] != "accept")


def test_tells_a_person_the_counts_and_the_columns_it_did_not_read(register: CreditRegister, tmp_path: Path) -> None:
    path = tmp_path / "样例.csv"
    path.write_bytes(penalties({"样例列": "样例"}, {"样例列": "", "CF_WSH": ""}))
    said: list[str] = []
    run_import(register, [path], context(), uuid4, say=said.append)
    assert said[0] == "样例.csv: 未读取的列 columns not read: 样例列"
    counts = "已登记 accept 1，待核定 review 0，重复 duplicate 0，未登记 reject 1"
    assert said[-1].startswith(f"样例.csv: 2 行 rows，{counts}；")


def test_writes_every_outcome_to_the_results(register: CreditRegister, tmp_path: Path) -> None:
    path, results = tmp_path / "样例.csv", tmp_path / "结果.csv"
    path.write_bytes(penalties({}, {"CF_WSH": "2号", "CF_NR_FK": ""}))
    run_import(register, [path], context(), uuid4, say=lambda _: None, results=results)
    with results.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert [row[:4] for row in rows[1:]] == [
        ["样例.csv", "2", "已登记", ""],
        ["样例.csv", "3", "待核定", "FineWithoutAmount"],
    ]


def test_stops_at_a_file_that_is_no_table_and_keeps_those_before(register: CreditRegister, tmp_path: Path) -> None:
    good, bad = tmp_path / "样例.csv", tmp_path / "说明.csv"
    good.write_bytes(penalties({}))
    bad.write_bytes("说明".encode())
    with pytest.raises(Obstacle) as stopped:
        run_import(register, [good, bad, tmp_path / "没有.csv"], context(), uuid4, say=lambda _: None)
    assert stopped.value.code == "HeadingsMissing"
    assert register.head()[0] == 3
    with pytest.raises(Obstacle) as missing:
        run_import(register, [tmp_path / "没有.csv"], context(), uuid4, say=lambda _: None)
    assert missing.value.code == "file_out_of_reach"
