"""The program's own source, read as trees: which functions name a class, and every module imported once."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("domain", "projections", "api")


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the program, imported; `__main__` would run it."""
    packages = [importlib.import_module(name) for name in PACKAGES]
    names = [one.name for each in packages for one in pkgutil.walk_packages(each.__path__, f"{each.__name__}.")]
    return (*packages, *(importlib.import_module(name) for name in names if not name.endswith("__main__")))


@cache
def trees() -> dict[str, ast.Module]:
    """Module name → its tree."""
    found = {}
    for module in modules():
        path = inspect.getsourcefile(module)
        assert path is not None
        found[module.__name__] = ast.parse(Path(path).read_text(encoding="utf-8"))
    return found


@cache
def makers() -> dict[str, tuple[str, ...]]:
    """Name of a class → the functions (`module.function`) that raise, make or hand it out, in the order of the code."""
    found: dict[str, list[str]] = {}
    for module, tree in trees().items():
        for place, node in _expressions(tree, module):
            places = found.setdefault(node.id, [])
            if place not in places:
                places.append(place)
    return {name: tuple(places) for name, places in found.items()}


def _expressions(tree: ast.AST, place: str) -> Iterator[tuple[str, ast.Name]]:
    """Names used as values: not as annotation, base class, or what an `except` or `isinstance` asks for."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns", "bases", "decorator_list", "type"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.Name):
                yield place, node
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _expressions(node, _inside(place, node.name))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
                continue
            elif isinstance(node, ast.AST):
                yield from _expressions(node, place)


def _inside(place: str, name: str) -> str:
    """The outermost function is what a reader looks for."""
    return place if place.split(".")[-1] in _functions(place) else f"{place}.{name}"


@cache
def _functions(place: str) -> frozenset[str]:
    module = place.rsplit(".", 1)[0]
    if module not in trees():
        return frozenset()
    return frozenset(
        node.name for node in ast.walk(trees()[module]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
