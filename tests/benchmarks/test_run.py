"""The benchmarks run; what they find is for people to read, since it depends on the machine."""

from __future__ import annotations

import json
import re

import pytest

from tests.benchmarks import run


def test_the_quick_run_of_appending_prints_a_table_with_a_number_in_every_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run.main(["--quick", "append"])
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.split() == ["part", "what", "rate", "against", "ratio", "target"]
    assert len(lines) == 10
    assert [line for line in lines if not re.search(r"[1-9][\d,.]* facts/s .* \d+\.\d\d×", line)] == []


def test_the_json_of_a_figure_says_whether_its_target_is_met() -> None:
    from tests.benchmarks.figures import Figure

    reached = Figure("样例", "what", 3.0, "rows/s", "other", 1.5, 2.0)
    assert json.loads(json.dumps(reached.as_json()))["is_met"] is False
