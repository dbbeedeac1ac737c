"""The regulation map: instrument and article → the rule in a sentence → the functions that ask it → the tests.

Read from the program itself: rows know their parameter and article; the functions that ask a parameter are those in
whose code its name stands as a text of its own, there or behind a constant of the module, own or imported; tests are
those that name the parameter, a function that asks it, or a decision on the way to one.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from api.disclosure.rules import fact_words, value_of
from api.law_of_release import law_of_release
from domain.law.rows import Row
from domain.law.rulebook import Rulebook
from tests.docs.markdown import page, table
from tests.docs.source import trees

TESTS = Path(__file__).resolve().parents[1]
TESTS_SHOWN = 3
STEPS_MAX = 4
NOT_TESTS_OF_LAW = ("benchmarks", "docs", "tidy", "golden")
WORDS = ("api.disclosure.rule_words", "api.disclosure.rules", "api.disclosure.words")
"""Modules that put parameters into words and ask nothing."""

UNASKED = "no decision and no page asks it yet"
"""What the note of a parameter says where nothing asks it; why stands before it."""

# Who asks


@dataclass
class _Module:
    """What the map needs of a module: its constants that hold parameters, and what its functions name.

    constants   name → parameters it holds; imported: name here → (module, name there)
    """

    constants: dict[str, set[str]] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)


def _module(tree: ast.Module, parameters: frozenset[str]) -> _Module:
    found = _Module()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                found.imported[one.asname or one.name] = (node.module, one.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name, value in (pair for target in targets for pair in _assigned(target, node.value)):
                held = {text for text in _texts(value) if text in parameters}
                if held:
                    found.constants[name] = held
    for owner, function in _functions(tree):
        found.functions[f"{owner}{function.name}"] = function
    return found


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Names with what is assigned to each: A = …, or A, B = …, …."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, part in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, part)


def _functions(tree: ast.AST, owner: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield owner, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{owner}{node.name}.")


def _texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


@cache
def asking() -> Mapping[str, tuple[str, ...]]:
    """Parameter → the functions (`module.function`) that ask it, in the order of the program; transitions by terms."""
    law = law_of_release(with_samples=True)
    parameters = frozenset(law.parameters)
    modules = {name: _module(tree, parameters) for name, tree in trees().items() if name not in WORDS}
    found: dict[str, list[str]] = defaultdict(list)
    for name, module in modules.items():
        for function, node in module.functions.items():
            for parameter in sorted(_asked_in(node, module, modules, parameters)):
                found[parameter].append(f"{name}.{function}")
    for one in law.parameters.values():
        # Which rule reaches an old fact, and which classes a rule must answer for, is asked where terms are chosen.
        if one.transition:
            found[one.transition].append("domain.law.terms._switch")
    return {parameter: tuple(dict.fromkeys(functions)) for parameter, functions in found.items()}


def _asked_in(
    node: ast.FunctionDef, module: _Module, modules: Mapping[str, _Module], parameters: frozenset[str]
) -> set[str]:
    asked = {text for text in _texts(node) if text in parameters}
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            asked |= module.constants.get(one.id, set())
            source, there = module.imported.get(one.id, ("", ""))
            asked |= modules[source].constants.get(there, set()) if source in modules else set()
    return asked


# Who is on the way, and which tests


@cache
def _callers() -> Mapping[str, frozenset[str]]:
    """Name of a function → the functions whose code names it."""
    found: dict[str, set[str]] = defaultdict(set)
    for tree in trees().values():
        for _, function in _functions(tree):
            for one in ast.walk(function):
                name = one.id if isinstance(one, ast.Name) else one.attr if isinstance(one, ast.Attribute) else ""
                if name and name != function.name:
                    found[name].add(function.name)
    return {name: frozenset(callers) for name, callers in found.items()}


def on_the_way(functions: Iterable[str]) -> set[str]:
    """The names of the functions and of those that reach them within a few calls."""
    found = {one.rsplit(".", 1)[-1] for one in functions}
    edge = set(found)
    for _ in range(STEPS_MAX):
        edge = {caller for one in edge for caller in _callers().get(one, ())} - found
        found |= edge
    return found


@cache
def _named_in_tests() -> Mapping[str, frozenset[str]]:
    """Module of tests → every name and every text in it."""
    found = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        place = path.relative_to(TESTS)
        if place.parts[0] not in NOT_TESTS_OF_LAW:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
            names |= {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
            found[place.as_posix()] = frozenset(names | set(_texts(tree)))
    return found


@cache
def where_tested(parameter: str) -> tuple[str, ...]:
    """The modules of tests: first those that name the parameter or a row of it, then those of functions that ask it."""
    near = {one.rsplit(".", 1)[-1] for one in asking().get(parameter, ())}
    far = on_the_way(asking().get(parameter, ()))
    ranked = []
    for place, named in _named_in_tests().items():
        by_name = any(text == parameter or text.startswith(f"{parameter}@") for text in named)
        rank = 0 if by_name else 1 if named & near else 2 if named & far else None
        if rank is not None:
            ranked.append((rank, not place.startswith("domain/credit_file"), place))
    return tuple(place for _, _, place in sorted(ranked))


# The page

MAP = """Which article stands where in the program: each rule in one sentence, the functions that ask it, and the tests
that would notice if they asked otherwise (at most three modules; parameters asked by nothing say why). `—` is an
article whose number was not at hand; *待核实* a value or number that was not read in a text. Times and editions of each
rule are on the [page of the rules](rules.md)."""
HEADINGS = ("article", "rule", "asked by", "tests")


def regulation_map() -> str:
    """Every instrument with its articles."""
    law = law_of_release()
    parts = []
    for one in sorted(law.instruments.values(), key=lambda each: (each.in_force_from, each.name)):
        rows = [row for row in law.rows if row.instrument == one.name]
        head = f"## {one.name}\n\n{one.title}; in force from {one.in_force_from}."
        parts.append(f"{head}\n\n{table(HEADINGS, _lines(law, rows))}")
    return page("Regulation map", MAP, *parts)


def _lines(law: Rulebook, rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    together: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        together[row.article, row.parameter].append(row)
    for (article, parameter), found in together.items():
        yield article or "—", _sentence(law, parameter, found), _asked_by(law, parameter), _tests(parameter)


def _sentence(law: Rulebook, parameter: str, rows: Iterable[Row]) -> str:
    declared = law.parameters[parameter]
    zh, en = [], []
    for row in rows:
        facts, value = fact_words(law, row), value_of(law, row)
        badge = "" if row.is_verified else "（待核实）"
        zh.append(f"{f'{facts[0]} ' if facts[0] else ''}{value[0]}{badge}")
        en.append(f"{value[1]}{f' ({facts[1]})' if facts[1] else ''}")
    return f"{declared.zh}：{'；'.join(zh)}。 {declared.en}: {'; '.join(en)}. `{parameter}`"


def _asked_by(law: Rulebook, parameter: str) -> str:
    functions = asking().get(parameter, ())
    if not functions:
        return law.parameters[parameter].note
    return ", ".join(f"`{one.removeprefix('domain.').removeprefix('credit_file.')}`" for one in functions)


def _tests(parameter: str) -> str:
    return ", ".join(f"`tests/{one}`" for one in where_tested(parameter)[:TESTS_SHOWN])
