"""Somebody does what the tutorial says, in an empty folder, with a real server; everything comes out as it says."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from api import postgres_leftover
from tests.databases import Server
from tests.docs.tutorial import Block, Step, parts, printed_as, steps
from tests.docs.visitor import Visitor
from tests.site import running_site

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIAL = DOCS / "tutorial" / "first-page.md"
HOW_TO = DOCS / "how-to" / "settle-and-release-a-file.md"
IN_THE_DEMONSTRATION = (
    "repair-a-penalty.md", "list-a-subject.md", "replay.md", "handle-an-objection.md", "revoke-a-false-repair.md",
)  # fmt: skip
ADDRESS = "http://127.0.0.1:8000/"
DONE = "--done-with-this-block--"
SERVER_SECONDS_MAX = 60


class Terminal:
    """One shell, in which what was typed before still holds; what is printed to both outputs comes back."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.shell = subprocess.Popen(
            ["bash"], cwd=folder, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, commands: str) -> str:
        assert self.shell.stdin is not None
        assert self.shell.stdout is not None
        self.shell.stdin.write(f"{commands}\nprintf '%s\\n' \"$?{DONE}\"\n")
        self.shell.stdin.flush()
        printed = ""
        for line in self.shell.stdout:
            code, is_done, _ = line.partition(DONE)
            if is_done:
                # What ends without a new line stands before the code.
                rest, code = re.fullmatch(r"(.*?)(\d+)", code, re.S).groups()  # type: ignore[union-attr]
                assert code == "0", f"{commands} ended with {code}: {printed}{rest}"
                return printed + rest
            printed += line
        raise AssertionError(f"the shell ended: {printed}")

    def end(self) -> None:
        self.shell.kill()
        self.shell.communicate()


class Newcomer:
    """Follows the tutorial: two terminals and a browser."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XINLU_")}
        programs = str(Path(sys.executable).parent)
        self.environment = kept | {"PATH": f"{programs}:{kept['PATH']}", "XINLU_PORT": str(self.port)}
        self.terminal = Terminal(folder, self.environment)
        stack.callback(self.terminal.end)
        self.visitor = Visitor()
        stack.callback(self.visitor.client.close)
        self.printed = ""

    def follow(self, part: Block | Step) -> None:
        if isinstance(part, Step):
            self.visitor.do(replace(part, what=self._here(part.what)))
        elif part.kind == "text":
            said = part.text.replace(ADDRESS, self._here(ADDRESS))
            assert printed_as(said, self.printed), f"the tutorial says\n{said}\nand this was printed\n{self.printed}"
        elif part.text.rstrip().endswith("xinlu serve"):
            self.printed = self._serve(part.text)
        else:
            assert part.kind == "sh"
            self.printed = self.terminal.run(self._here(part.text))

    def entries(self, code: str) -> list[str]:
        """The numbers of the penalties and listings that the public page of a subject shows."""
        self.visitor.open(self._here(f"{ADDRESS}s/{code}"))
        return [one.one("span", class_="wh").words for one in self.visitor.page.all("article", class_="entry")]

    def _here(self, text: str) -> str:
        """The port of the tutorial may be taken on this machine."""
        return text.replace(ADDRESS, f"http://127.0.0.1:{self.port}/")

    def _serve(self, commands: str) -> str:
        second = subprocess.Popen(
            ["bash", "-c", commands.replace("xinlu serve", "exec xinlu serve")], cwd=self.folder / "first-page",
            env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.stack.callback(stopped, second)
        assert second.stdout is not None
        said = second.stdout.readline()
        self._wait_for_views()
        return said

    def _wait_for_views(self) -> None:
        """A person opens the page later than a program does: the views have followed the log by then."""
        until = time.monotonic() + SERVER_SECONDS_MAX
        while self.visitor.client.get(self._here(f"{ADDRESS}readyz")).json()["lag"]:
            assert time.monotonic() < until
            time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def stopped(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=SERVER_SECONDS_MAX)


@pytest.fixture
def empty_folder() -> Iterator[Path]:
    # Not under pytest's own folder, which only its user may enter: started by root, the server runs as another.
    folder = Path(tempfile.mkdtemp(prefix="xinlu-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_everything_comes_out_as_the_tutorial_and_the_how_to_after_it_say(empty_folder: Path) -> None:
    with ExitStack() as stack:
        newcomer = Newcomer(empty_folder, stack)
        for part in list(parts(TUTORIAL.read_text(encoding="utf-8"))):
            newcomer.follow(part)
        assert newcomer.entries("91210800XXYL000014") == ["营商罚样例第1号"]
        assert newcomer.entries("91210800XXYL000027") == []
        for part in list(parts(HOW_TO.read_text(encoding="utf-8"))):
            newcomer.follow(part)
        assert newcomer.entries("91210800XXYL000014") == ["营商罚样例第1号"]
        assert newcomer.entries("91210800XXYL000027") == ["营商罚样例第3号"]
    assert postgres_leftover.running_server(empty_folder / "first-page" / "data" / "postgres") is None


@pytest.mark.parametrize("name", IN_THE_DEMONSTRATION)
def test_everything_comes_out_as_the_how_to_says_in_the_demonstration(
    name: str, postgres18: Server, tmp_path: Path
) -> None:
    visitor = Visitor()
    with running_site(postgres18, tmp_path) as site, closing(visitor.client):
        for step in list(parts((DOCS / "how-to" / name).read_text(encoding="utf-8"))):
            assert isinstance(step, Step)
            visitor.do(replace(step, what=step.what.replace(ADDRESS, f"{site.address}/")))


def test_an_instruction_that_is_not_understood_is_not_passed_over() -> None:
    assert list(steps("Type `a` into **账号**, then click **登录** beside **样例**.")) == [
        Step("type", "a", "账号"),
        Step("click", "登录", "样例"),
    ]
    with pytest.raises(AssertionError, match="no instruction"):
        list(steps("Press **登录**."))


def test_what_is_left_out_of_an_output_may_be_anything_and_the_rest_may_not() -> None:
    assert printed_as("… steps\n", "12 steps\n")
    assert not printed_as("… steps\n", "12 steps\nand more\n")
