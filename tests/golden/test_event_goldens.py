"""Every shape ever stored loads for ever.

A golden file holds the exact bytes of one fact of a topic, first with everything stated, then, on a second line, with
everything null that may be. `pytest --update-golden` writes the files that are missing and never touches one that is
there: a shape that changes gets a new topic version, an entry among the upcasts, and a golden of its own.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from eventsourcing.persistence import JSONTranscoder
from pydantic_core import from_json

from domain.event_types import TOPICS, UPCASTS
from domain.register.mapper import CreditMapper
from domain.register.register import CreditRegister
from tests.golden.shapes import STREAM, fact_of, lost_in

FOLDER = Path(__file__).parent / "events"
ROOT = FOLDER.parents[2]


def golden_of(topic: str) -> Path:
    return FOLDER / f"{topic.replace('/', '.')}.json"


@pytest.fixture(scope="module")
def mapper() -> CreditMapper:
    made = CreditMapper(transcoder=JSONTranscoder())
    made.event_types = CreditRegister.event_types
    return made


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_every_topic_has_its_golden_file(topic: str, mapper: CreditMapper, request: pytest.FixtureRequest) -> None:
    golden = golden_of(topic)
    if request.config.getoption("--update-golden") and not golden.exists():
        states = [mapper.to_new_fact(fact_of(TOPICS[topic], nulls)).state for nulls in (False, True)]
        golden.write_bytes(b"\n".join(states) + b"\n")
    assert golden.exists(), f"run pytest --update-golden, and look at {golden.name} before you commit it"


@pytest.mark.parametrize("topic", sorted(TOPICS | UPCASTS))
def test_what_was_stored_under_a_topic_loads_and_keeps_all_it_said(topic: str, mapper: CreditMapper) -> None:
    for state in golden_of(topic).read_bytes().splitlines():
        fact = mapper.to_fact((STREAM, 3, topic, state, 9, None))
        again = from_json(mapper.to_new_fact(fact).state)
        assert type(fact.event).TOPIC in TOPICS
        if topic in TOPICS:
            assert list(lost_in(from_json(state), again)) == []
        assert list(lost_in(from_json(state)["envelope"], again["envelope"])) == []


def test_no_golden_file_is_without_a_topic() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {golden_of(topic).name for topic in TOPICS | UPCASTS}


def test_no_golden_file_was_ever_changed_or_removed() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and the project's history")

    def git(*arguments: str) -> list[str]:
        command = ["git", *arguments, "--no-renames", "--diff-filter=MDT", "--format=", "--name-only"]
        asked = [*command, "HEAD", "--", FOLDER.relative_to(ROOT).as_posix()]
        answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
        return sorted(set(answer.stdout.split()))

    assert git("log") == []
    assert git("diff") == []
