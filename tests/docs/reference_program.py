"""Reference pages of what the program does: commands, events, refusals, roles."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

import typer.main

from api.cli import app
from api.statuses import STATUS
from domain.event import Event
from domain.event_types import TOPICS
from domain.officer import POWERS, ROLES
from domain.refusals import Doubt, Refused
from tests.docs.markdown import page, table
from tests.docs.source import PACKAGES, makers, modules, trees

# Commands


def commands() -> str:
    """Every command with its arguments and options, from the command line itself."""
    return page("Commands", COMMANDS, *_command("xinlu", typer.main.get_command(app)))


COMMANDS = """Every command ends with 0 when it did what it says, with 2 and one sentence in Chinese and English when
the installation or the arguments are in the way. What `xinlu` reads from the environment stands in the
[README](../../README.md)."""


def _command(name: str, command: Any) -> Iterable[str]:
    inner = getattr(command, "commands", None)
    if inner is not None:
        for one, each in inner.items():
            yield from _command(f"{name} {one}", each)
        return
    shown = [one for one in command.params if one.name != "help"]
    arguments = [one for one in shown if one.param_type_name == "argument"]
    options = ["[OPTIONS]"] if len(arguments) < len(shown) else []
    usage = " ".join([name, *(_metavar(one) for one in arguments), *options])
    yield f"## `{name}`\n\n`{usage}`\n\n{inspect.cleandoc(command.help or '')}"
    rows = []
    for one in shown:
        called = _metavar(one) if one in arguments else " ".join(one.opts)
        rows.append((f"`{called}`", "yes" if one.required else "", one.help or ""))
    if rows:
        yield table(("argument or option", "needed", "meaning"), rows)


def _metavar(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


# Events


def events() -> str:
    """Every topic that may be stored: what it states and its fields, from the classes' docstrings."""
    parts: list[str] = []
    chapter = ""
    for topic, event in TOPICS.items():
        if event.__module__ != chapter:
            chapter = event.__module__
            parts.append(f"## `{chapter}`\n\n{_first_paragraph(inspect.getmodule(event))}")
        parts.append(_event(topic, event))
    return page("Events", EVENTS, *parts)


EVENTS = """One event is one legal act in the past tense. The register puts it into an envelope (who, for which case, on
which rules and papers); see [what is stored for ever](../explanation/what-is-stored.md). Days are dates in
Asia/Shanghai, amounts are whole fen."""


def _event(topic: str, event: type[Event]) -> str:
    said, notes = _docstring(event)
    for base in event.__mro__[1:]:
        if base is not Event and issubclass(base, Event):
            notes = _docstring(base)[1] | notes
    rows = []
    for name, field in event.model_fields.items():
        hint = field.annotation if field.annotation is not None else Any
        needed = "yes" if field.is_required() else ""
        rows.append((f"`{name}`", _type(hint, field.metadata), needed, notes.get(name, "")))
    return f"### {event.__name__}\n\n`{topic}`\n\n{said}\n\n{table(('field', 'kind', 'needed', 'meaning'), rows)}"


def _docstring(event: type[Event]) -> tuple[str, dict[str, str]]:
    """The sentences of a docstring, and its lines `field   meaning`, each with its indented continuation."""
    said: list[str] = []
    notes: dict[str, str] = {}
    names: list[str] = []
    for line in (inspect.getdoc(event) or "").splitlines():
        found = re.fullmatch(r"([a-z_]+(?:, [a-z_]+)*) {2,}(.*)", line)
        if found:
            names = found[1].split(", ")
            notes |= dict.fromkeys(names, found[2])
        elif line.startswith("  ") and names:
            notes |= {name: f"{notes[name]} {line.strip()}" for name in names}
        else:
            names = []
            said.append(line)
    return "\n".join(said).strip(), notes


def _type(hint: Any, metadata: list[Any]) -> str:
    if "Personal" in str(hint) or "_only_sealed" in str(metadata):
        return "sealed personal data"
    if get_origin(hint) is Literal:
        return " or ".join(f"`{one}`" for one in get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(_type(one, metadata) for one in get_args(hint))
    if get_origin(hint) is tuple:
        return f"several: {_type(get_args(hint)[0], metadata)}"
    if get_origin(hint) is dict:
        return f"{' → '.join(_type(one, metadata) for one in get_args(hint))} by name"
    return KINDS.get(hint, str(hint.__name__))


KINDS: dict[Any, str] = {
    str: "text", int: "whole number", bool: "yes or no", date: "date", datetime: "instant", UUID: "UUID",
    NoneType: "nothing",
}  # fmt: skip


# Refusals


def refusals() -> str:
    """Every refusal of law and use, and every obstacle of the command line."""
    found = sorted(_subclasses(Refused), key=lambda one: (PACKAGES.index(one.__module__.split(".")[0]), one.__name__))
    told = [one for one in found if one.zh]
    laws = table(HEADINGS, [_refusal(one) for one in told if one.__module__.startswith("domain.")])
    uses = table(HEADINGS, [_refusal(one) for one in told if not one.__module__.startswith("domain.")])
    obstacles = table(("code", "sentence", "told by"), sorted(_obstacles()))
    return page(
        "Refusals", REFUSALS, f"## What the register refuses\n\n{laws}",
        f"## What pages, files and programs are told\n\n{uses}", f"## What stops a command\n\n{obstacles}",
    )  # fmt: skip


REFUSALS = """The register refuses in one sentence and says what to do; where a rule stands behind it, its article is
told too. The code never changes. HTTP tells it as `code` with the status given here. A *doubt* is no slip: an
officer may look at it and confirm it with evidence; an import sets such a row aside. In which order a decision checks
stands in its docstring."""
HEADINGS = ("code", "HTTP", "sentence", "field", "told by")


def _refusal(one: type[Refused]) -> tuple[str, ...]:
    places = [f"`{place}`" for place in makers().get(one.__name__, ())]
    status = f"{STATUS[one.kind]}{' (doubt)' if issubclass(one, Doubt) else ''}"
    # A refusal about whichever field was asked for has a property there.
    field = one.field if isinstance(one.field, str) else "…"
    return f"`{one.__name__}`", status, f"{one.zh}<br>{one.en}", f"`{field}`" if field else "", "<br>".join(places)


def _subclasses(base: type[Refused]) -> set[type[Refused]]:
    modules()
    found: set[type[Refused]] = set()
    for one in base.__subclasses__():
        if one.__module__.split(".")[0] in PACKAGES:
            found |= {one} | _subclasses(one)
    return found


def _obstacles() -> set[tuple[str, str, str]]:
    found = set()
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "Obstacle":
                continue
            if len(node.args) == 3 and isinstance(node.args[0], ast.Constant):
                code, zh, en = (_written(one) for one in node.args)
                found.add((f"`{code}`", f"{zh}<br>{en}", f"`{module}`"))
    return found


def _written(node: ast.expr) -> str:
    """A text as the source has it, with `{…}` where a value is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_written(one) for one in node.values)
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value)}}}"
    return f"{{{ast.unparse(node)}}}"


# Roles


def roles() -> str:
    """Role × act, from the table that the register asks."""
    decisions = _decisions()
    rows = []
    for act, holders in POWERS.items():
        marks = ["●" if role in holders else "" for role in ROLES]
        rows.append((f"`{act}`", _first_paragraph(decisions.get(act)).split("\n")[0], *marks))
    names = table(("code", "role"), [(f"`{code}`", name) for code, name in ROLES.items()])
    acts = table(("act", "what it does", *ROLES), rows)
    return page("Roles and acts", ROLES_INTRO, names, "## Who may do what", acts)


ROLES_INTRO = """The register asks this table before every act; what is not in it is nobody's. Beyond it a decision
keeps officers apart (who recorded may not release, who proposed may not review or decide) and a county office to its
own county, see [refusals](refusals.md)."""


def _decisions() -> dict[str, Callable[..., Any]]:
    return {
        name: one
        for module in modules()
        if module.__name__.startswith("domain.")
        for name, one in vars(module).items()
        if name in POWERS and inspect.isfunction(one) and one.__module__ == module.__name__
    }


def _first_paragraph(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").split("\n\n")[0] if thing is not None else ""
