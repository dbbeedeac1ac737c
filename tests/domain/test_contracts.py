"""What a reader may rely on: docstrings of decisions, refusals in two languages, powers, conditions of repair."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any

import pytest

import domain
from domain.credit_file.file import CHAPTERS
from domain.credit_file.repair_checks import CONDITIONS
from domain.officer import ACTS, POWERS
from domain.refusals import Refused
from tests.domain.given import RULEBOOK

TESTS = Path(__file__).resolve().parents[1]
PACKAGES = ("credit_file", "casework")


def modules(*packages: str) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(domain.__path__, "domain."):
        if not packages or found.name.split(".")[1] in packages:
            yield importlib.import_module(found.name)


def decisions() -> dict[str, Callable[..., Any]]:
    """Every public function of a chapter or a case that takes a state and a context and returns events."""
    found: dict[str, Callable[..., Any]] = {}
    for module in modules(*PACKAGES):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters.values())
            # `foresee` takes events and returns a file; a decision returns events.
            returns = str(inspect.signature(function).return_annotation)
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and len(parameters) > 1 and parameters[1].name == "context" and returns == "list[Event]":
                found[name] = function
    return found


def refusals() -> dict[str, type[Refused]]:
    list(modules())
    found: dict[str, type[Refused]] = {}
    pending = [Refused]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if kind.__module__.startswith("domain."):
            found[kind.__name__] = kind
    return found


DECISIONS, REFUSALS = decisions(), refusals()
TOLD = {name: kind for name, kind in REFUSALS.items() if kind.zh or not kind.__subclasses__()}


def refused_line(decision: Callable[..., Any]) -> str:
    text = re.sub(r"\s+", " ", inspect.getdoc(decision) or "")
    found = re.search(r"Refused(?:, in this order)?: (.*?) Basis: (.*)$", text)
    assert found, f"{decision.__name__} does not say what is refused and on what basis"
    assert found[2].strip(" .")
    return found[1]


def named_in(decision: Callable[..., Any]) -> list[str]:
    return re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", refused_line(decision))


def text_of_tests() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))


def fields_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_the_powers_name_every_decision_and_nothing_else() -> None:
    assert set(POWERS) == set(DECISIONS)


@pytest.mark.parametrize("name", DECISIONS)
def test_an_act_is_called_in_sentences_as_its_decision_calls_it(name: str) -> None:
    term = re.search(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)", DECISIONS[name].__doc__ or "")
    assert term is not None
    assert ACTS[name] == term[1]


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_says_what_it_refuses_in_which_order_and_on_what_basis(name: str) -> None:
    line = refused_line(DECISIONS[name])
    assert named_in(DECISIONS[name]) or line.startswith(("nothing", "as `"))


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_names_only_refusals_that_exist_and_are_tested(name: str) -> None:
    named = set(named_in(DECISIONS[name])) - {"Doubt"}
    assert named <= set(REFUSALS)
    if "exchange" in DECISIONS[name].__module__ and not list(TESTS.rglob("test_exchange*.py")):
        pytest.skip("the tests of the exchange are not written yet")
    tests = text_of_tests()
    assert [one for one in sorted(named) if not re.search(rf"\b{one}\b", tests)] == []
    assert re.search(rf"\b{name}\b", tests)


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_names_every_refusal_that_it_raises_itself(name: str) -> None:
    raised = set(re.findall(r"raise ([A-Z]\w+)", inspect.getsource(DECISIONS[name])))
    assert raised <= set(named_in(DECISIONS[name]))


@pytest.mark.parametrize("name", TOLD)
def test_a_refusal_speaks_both_languages_about_the_same_things(name: str) -> None:
    kind = TOLD[name]
    assert re.search(r"[\u4e00-\u9fff]", kind.zh)
    assert kind.zh.endswith("。")
    assert re.search(r"[A-Za-z]", kind.en)
    assert kind.en.endswith(".")
    # Words that differ by language come in pairs: `missing` and `missing_en`.
    assert {one.removesuffix("_en") for one in fields_of(kind.en)} == fields_of(kind.zh)


def test_a_refusal_has_a_name_of_its_own() -> None:
    list(modules())
    names: list[str] = []
    pending = [Refused]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        names += [kind.__name__] if kind.__module__.startswith("domain.") else []
    assert sorted(names) == sorted(set(names))


def test_every_condition_of_the_law_has_a_check_and_every_check_is_asked() -> None:
    asked = {code for row in RULEBOOK.rows_of("repair.conditions") for code in row.names}
    # Papers and the interval since the last removal are asked by rows of their own.
    assert asked | {"papers", "spacing"} == set(CONDITIONS)
    assert set(RULEBOOK.code_list("repair_conditions")) == set(CONDITIONS)


def test_an_event_belongs_to_one_chapter() -> None:
    events = [event for module in CHAPTERS.values() for event in module.EVENTS]
    assert len(events) == len(set(events)) == len({event.TOPIC for event in events})
