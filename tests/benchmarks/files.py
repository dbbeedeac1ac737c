"""Invented V2 files of any length: every name says 样例, every code and number is of a place that does not exist."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from stdnum.cn import uscc

from api.exchange.columns import columns_of

ROWS_OF_A_SUBJECT = 4
DAYS_BACK_MAX = 300
FIELDS = (
    "counterpart_name", "counterpart_kind", "code", "representative", "representative_id_kind", "representative_id",
    "document_no", "conduct", "facts", "penalty_basis", "penalty_kinds", "content", "fine_fen", "decided_on",
    "authority", "authority_code", "source_unit", "source_unit_code",
)  # fmt: skip
AUTHORITY = ("样例商务局", "11990000XX00000011")


def code(number: int) -> str:
    """The code of an invented firm, its check character right."""
    body = f"91990000XX{number:07d}"
    return body + uscc.calc_check_digit(body)


def write_penalties(path: Path, rows: int, today: date) -> None:
    """A penalty table in CSV, decided in the months before today; some rows to each subject, far apart; every second
    row names a certificate number."""
    columns = columns_of("penalty")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([columns[field].title for field in FIELDS])
        writer.writerows(_penalties(rows, today))


def _penalties(rows: int, today: date) -> Iterator[list[str]]:
    subjects = max(rows // ROWS_OF_A_SUBJECT, 1)
    codes = [code(number) for number in range(subjects)]
    for row in range(rows):
        number = row % subjects
        day = (today - timedelta(days=row % DAYS_BACK_MAX + 1)).strftime("%Y/%m/%d")
        has_certificate = row % 2 == 0
        yield [
            f"样例商贸第{number:07d}号有限公司", "法人及非法人组织", codes[number], "样例人甲",
            "身份证" if has_certificate else "", f"99000019{number % 10_000_000:07d}000" if has_certificate else "",
            f"样例罚决字〔2025〕第{row:07d}号", "样例行为", "经查，当事人有样例行为，事实清楚，证据确凿。",
            "《样例条例》第一条", "罚款", "罚款29500元", "2.95", day, *AUTHORITY, *AUTHORITY,
        ]  # fmt: skip
