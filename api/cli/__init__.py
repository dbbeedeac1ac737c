"""The command line `xinlu`: one command is one module, and none of them ends in a traceback a person could cause."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import typer

from api.cli.daily import daily
from api.cli.demo import demo
from api.cli.import_files import import_files
from api.cli.migrate import migrate
from api.cli.output import say_json
from api.cli.replay import replay
from api.cli.rules import rules
from api.cli.serve import serve
from api.cli.status import status
from api.cli.users import users
from api.obstacles import Obstacle
from api.places import places_of

EXIT_OBSTACLE = 2
EXIT_FAILED = 1
FAILED_ZH = "程序出错，没有完成；请把下面几行告诉系统管理员。"
FAILED_EN = "Something failed on our side and was not finished; tell the administrator the lines below."

app = typer.Typer(
    name="xinlu",
    help="信录 — the credit record of businesses as a public authority keeps it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo)
app.command("serve")(serve)
app.command("migrate")(migrate)
app.command("status")(status)
app.add_typer(users)
app.command("import")(import_files)
app.command("replay")(replay)
app.add_typer(rules)
app.command("daily")(daily)


def main() -> None:
    """Run the command line. Ends with 2 and one sentence when the installation is in the way.

    Ends with 1 on an error of ours: its kind and place are told, never its words, which may quote rows of the database.
    """
    stop_in_order()
    try:
        app()
    except Obstacle as obstacle:
        if "--json" in sys.argv[1:]:
            say_json({"error": {"code": obstacle.code, "zh": obstacle.zh, "en": obstacle.en}})
        print(f"{obstacle.zh}\n{obstacle.en}", file=sys.stderr)
        raise SystemExit(EXIT_OBSTACLE) from None
    except Exception as error:
        if "--json" in sys.argv[1:]:
            say_json({"error": {"code": "failed", "zh": FAILED_ZH, "en": FAILED_EN}})
        print(FAILED_ZH, FAILED_EN, type(error).__name__, *places_of(error), sep="\n", file=sys.stderr)
        raise SystemExit(EXIT_FAILED) from None


def stop_in_order() -> None:
    """Let a request to end, or a closed terminal, unwind the stack as Ctrl-C does: an embedded database stops too."""
    signal.signal(signal.SIGTERM, _end)
    # Started with nohup, the program is meant to outlive its terminal.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _end)


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
