"""The reference pages (docs/reference): what the program knows about itself, written out of the program.

`python -m tests.docs.reference` says which pages are behind the program; with `--update` it writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.docs import reference_data, reference_program, regulation_map

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"

PAGES: dict[str, Callable[[], str]] = {
    "commands.md": reference_program.commands,
    "events.md": reference_program.events,
    "regulation_map.md": regulation_map.regulation_map,
    "refusals.md": reference_program.refusals,
    "roles.md": reference_program.roles,
    "rules.md": reference_data.rules,
    "views.md": reference_data.tables,
}


def behind(folder: Path = FOLDER) -> list[str]:
    """Names of the pages that do not say what the program says now."""
    return [name for name, made in PAGES.items() if _text(folder / name) != made()]


def update(folder: Path = FOLDER) -> None:
    """Write every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in PAGES.items():
        (folder / name).write_text(made(), encoding="utf-8")


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main() -> int:
    if sys.argv[1:] == ["--update"]:
        update()
    found = behind()
    for name in found:
        print(f"docs/reference/{name} is behind the program: python -m tests.docs.reference --update")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
