"""The project's habits, each as a test; there is no other gate."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("domain", "projections", "api")
TEXT_KINDS = {".py", ".md", ".toml", ".sql", ".html", ".txt", ".css", ".js", ".sh", ".json", ""}
LINES_MAX = {"domain": 400, "projections": 400, "api": 400, "tests": 600}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "core", "common"}
BANNED = {
    "an open question belongs into docs/decisions": re.compile(r"(?:#|--|//)\s*(?:TO" + r"DO|FIX" + r"ME|XXX)\b"),
    "what must stay equal is a test, not a comment": re.compile(r"(?i)keep " + r"(?:this |these |it )?in sync"),
    "a path of somebody's machine": re.compile(r"(?<![\w.])/(?:work|farm|home/\w+|root)/\w"),
    "an address of a package registry": re.compile(
        r"https?://[^\s\"'<>]*(?:/simple/|/packages/[0-9a-f]{2}/|//registry\.|\.whl\b)|--(?:extra-)?index-url"
    ),
}


def own_files(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in found if "__pycache__" not in path.parts and "vendor" not in path.parts]


def python_files(*folders: str) -> list[Path]:
    return [path for path in own_files(*folders) if path.suffix == ".py"]


def text_files() -> list[Path]:
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != "LICENSE"]
    everywhere = own_files(*PACKAGES, "tests", "docs", ".ci")
    data = ROOT / "tests" / "data"
    return [path for path in top + everywhere if path.suffix in TEXT_KINDS and not path.is_relative_to(data)]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*command], cwd=ROOT, capture_output=True, text=True, check=False)


def readme_blocks(name: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)


def test_ruff_finds_nothing() -> None:
    done = run(sys.executable, "-m", "ruff", "check", ".")
    assert done.returncode == 0, done.stdout


def test_mypy_finds_nothing() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout


def test_modules_import_only_what_their_place_allows() -> None:
    done = run(str(Path(sys.executable).parent / "lint-imports"))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("folder", LINES_MAX)
def test_no_module_is_longer_than_a_reader_can_hold(folder: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(folder)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LINES_MAX[folder]} == {}


def test_every_module_is_named_by_what_it_is_about() -> None:
    vague = [path for path in python_files(*PACKAGES) if {path.stem, path.parent.name} & VAGUE_NAMES]
    assert vague == []


@pytest.mark.parametrize("why", BANNED)
def test_no_file_holds_what_does_not_belong_into_the_project(why: str) -> None:
    found = []
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if BANNED[why].search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_every_folder_of_modules_is_a_package_that_a_wheel_carries() -> None:
    assert [path for path in python_files(*PACKAGES) if not (path.parent / "__init__.py").exists()] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_wheel_carries_every_file_the_program_reads(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"][package]
    carried = {path for pattern in patterns for path in (ROOT / package).glob(pattern)}
    needed = [path for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert [path for path in needed if path.suffix not in (".py", ".md") and path not in carried] == []


def test_the_pinned_packages_have_hashes_and_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^\S+==\S+", text, re.M)
        assert len(pins) > 20
        assert len(re.findall(r"^\S+==[^\n]*\\\n +--hash=sha256:", text, re.M)) == len(pins)
        assert "://" not in text


def test_the_program_and_its_tests_run_on_the_same_pinned_packages() -> None:
    pins = {}
    for name in ("requirements.txt", "requirements-test.txt"):
        pins[name] = set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M))
    assert pins["requirements.txt"] <= pins["requirements-test.txt"]


def test_readme_has_two_commands_complete_on_a_fresh_clone_in_both_languages() -> None:
    demo, tests = readme_blocks("README.md")
    assert readme_blocks("README.zh-CN.md") == [demo, tests]
    for block in (demo, tests):
        assert block.startswith("python3 -m venv .venv")
        assert "pip install --no-deps --no-build-isolation -e ." in block
        for name in re.findall(r"-r (\S+)", block):
            assert (ROOT / name).is_file()
    assert demo.strip().splitlines()[-1] == "xinlu demo"
    assert tests.strip().splitlines()[-1].startswith("pytest")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_names_every_command_and_no_other(name: str) -> None:
    from api.cli import app

    group = typer.main.get_command(app)
    named = set(re.findall(r"^\| `xinlu (\w+)", (ROOT / name).read_text(encoding="utf-8"), re.M))
    assert named == set(getattr(group, "commands", {}))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_links_only_to_files_that_are_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_build_machine_runs_the_test_command_of_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "pytest -" not in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
