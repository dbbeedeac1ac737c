"""The sample files and how they are imported in tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from python_calamine import CalamineWorkbook

from api.exchange.importing import import_file
from api.exchange.outcomes import RowOutcome
from domain.context import Context, Filing, Officer
from domain.event import Evidence
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.register.register import CreditRegister

MASTER_KEY = bytes(range(32))
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FOLDER = Path(__file__).parents[2] / "data" / "双公示"
FILES = sorted(path for path in FOLDER.iterdir() if "expected" not in path.name)
RULEBOOK = Rulebook.from_files()
Table = list[list[str]]
Ids = Callable[[], UUID]

CARD = "110101199003070003"
PENALTY = {
    "CF_XDR_MC": "样例甲公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": "91210811XX3778782C",
    "CF_WSH": "样商罚字〔2026〕第1号",
    "CF_CFLB": "罚款",
    "CF_NR_FK": "2.95",
    "CF_JDRQ": "2026/05/06",
    "CF_CFJGDM": "11210811XX00000055",
}
PERSON = {
    "CF_XDR_MC": "样例自然人",
    "CF_XDR_LB": "自然人",
    "CF_XDR_SHXYM": "",
    "CF_XDR_ZJLX": "身份证",
    "CF_XDR_ZJHM": CARD,
}


def context(now: datetime = NOW, role: str = "county_office", evidence: tuple[Evidence, ...] = ()) -> Context:
    officer = Officer("样例经办人", role, "样例科")
    return Context(now, officer, Reading(RULEBOOK), Filing(evidence=evidence))


def take(
    register: CreditRegister, content: bytes, name: str = "样例.csv", now: datetime = NOW, new_id: Ids = uuid4
) -> list[RowOutcome]:
    return list(import_file(register, io.BytesIO(content), name, context(now), new_id))


def take_samples(register: CreditRegister) -> list[RowOutcome]:
    return [one for path in FILES for one in take(register, path.read_bytes(), path.stem)]


def expected() -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for path in sorted(FOLDER.glob("*-expected.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found |= {(one["file"], int(one["row"])): one["verdict"] for one in csv.DictReader(lines)}
    return found


def table_of(path: Path) -> Table:
    if path.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        return [[str(cell) for cell in row] for row in rows]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def as_csv(table: Table, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode(encoding)


def identity_numbers() -> Iterator[str]:
    """Every certificate number in the samples."""
    for path in FILES:
        heading, *rows = table_of(path)
        places = [place for place, title in enumerate(heading) if "证件号码" in title]
        yield from (row[place].strip() for row in rows for place in places if row[place].strip())


def penalties(*rows: dict[str, str]) -> bytes:
    full = [PENALTY | row for row in rows]
    headings = list(dict.fromkeys(name for row in full for name in row))
    table: Table = [headings, *([row.get(name, "") for name in headings] for row in full)]
    return as_csv(table)


def one(register: CreditRegister, row: dict[str, str], name: str = "样例.csv") -> RowOutcome:
    (outcome,) = take(register, penalties(row), name)
    return outcome
