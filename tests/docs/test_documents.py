"""The documents hold together: links lead somewhere, words exist in the program, decisions name tests that exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import typer.main

from api.cli import app

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
DECISIONS = sorted(DOCS.glob("decisions/[0-9]*.md"))
FOLDERS = ("domain", "projections", "api", "tests", "docs")
SOURCE_KINDS = {".py", ".toml", ".sql"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)


def links(path: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text(encoding="utf-8")))


def anchors(path: Path) -> set[str]:
    """The anchors that headings make, as the usual hosts of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", without_code(path.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_to_a_file_and_heading_that_are_there(document: Path) -> None:
    broken = []
    for link in links(document):
        if "://" in link:
            continue
        target, _, anchor = link.partition("#")
        path = (document.parent / target).resolve() if target else document
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(link)
    assert broken == []


def test_every_document_is_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        document = ahead.pop()
        if document in seen or document.suffix != ".md":
            continue
        seen.add(document)
        targets = [link.partition("#")[0] for link in links(document) if "://" not in link]
        ahead += [(document.parent / target).resolve() for target in targets if target]
    assert [named(path) for path in DOCS.rglob("*.md") if path not in seen] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    paths = set(re.findall(rf"(?<![\w/.])(?:{'|'.join(FOLDERS)})/[\w./*-]*\w", text))
    assert [path for path in sorted(paths) if not list(ROOT.glob(path))] == []


# Words


@cache
def program() -> str:
    """The whole source of the program as one text, file names included."""
    files = [path for folder in ("domain", "projections", "api") for path in (ROOT / folder).rglob("*")]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix in SOURCE_KINDS]
    return "\n".join([*texts, *(path.name for path in files)])


def glossary() -> list[str]:
    rows = re.findall(r"^\|[^|]*\|[^|]*\|([^|]*)\|$", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.M)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_the_glossary_has_words() -> None:
    assert len(glossary()) > 50


@pytest.mark.parametrize("word", glossary())
def test_every_identifier_of_the_glossary_is_in_the_program(word: str) -> None:
    assert re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", program())


# Commands


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    code = re.findall(r"^```\w*\n(.*?)^```$|`([^`\n]+)`", text, re.M | re.S)
    lines = [line.strip() for pair in code for line in "".join(pair).splitlines()]
    # A line of a block may set variables first.
    typed = [re.sub(r"^(?:[A-Z_]+=\S+ )+", "", line).split() for line in lines]
    unknown = [" ".join(words) for words in typed if words[:1] == ["xinlu"] and not is_command(words[1:])]
    assert unknown == []


def is_command(words: list[str]) -> bool:
    command: object = typer.main.get_command(app)
    for word in words:
        inner = getattr(command, "commands", None)
        if inner is None or word == "…":
            return True
        if word not in inner:
            return False
        command = inner[word]
    return True


# Decisions


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_every_decision_names_tests_that_exist_and_hold_it(decision: Path) -> None:
    enforced = decision.read_text(encoding="utf-8").rpartition("*Enforced by*")[2]
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", enforced)
    assert tests
    for path, name in tests:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, f"{path}::{name}"


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_every_decision_has_the_parts_of_one(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.match(r"# \d+\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences", "Alternatives"]
    assert re.search(r"^## Decision\n\*\*.+\*\*$", text, re.M)


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert links(DOCS / "decisions" / "index.md") == [path.name for path in DECISIONS]
