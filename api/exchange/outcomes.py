"""What became of each row of a file: verdicts for people, for programs and as a table to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.exchange.cells import without_shapes
from domain.refusals import Refused

Verdict = Literal["accept", "review", "duplicate", "reject"]

VERDICTS: tuple[Verdict, ...] = ("accept", "review", "duplicate", "reject")
VERDICT_NAMES: dict[Verdict, str] = {
    "accept": "已登记", "review": "待核定", "duplicate": "重复", "reject": "未登记",
}  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HEADINGS = ("文件", "行", "结论", "原因代码", "原因", "行政相对人名称", "决定文书号", "主体", "事件")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row.

    row                        as a spreadsheet counts, the heading is 1
    reason                     stable code of a refusal, "" for a row that was stored
    sentence_zh, sentence_en   what the reason means and what to do
    name, document_no          what may be shown of the row
    subject                    stream of the subject a stored row went to
    event_id                   ``stream/version`` of the stored record
    position                   its position in the log, 0 when nothing was stored
    aside                      stream of a row that waits for review
    """

    file: str
    row: int
    verdict: Verdict
    reason: str = ""
    sentence_zh: str = ""
    sentence_en: str = ""
    name: str = ""
    document_no: str = ""
    subject: UUID | None = None
    event_id: str | None = None
    position: int = 0
    aside: UUID | None = None

    def as_json(self) -> dict[str, object]:
        """The object a program reads, one per row."""
        found: dict[str, object] = {
            "file": self.file,
            "row": self.row,
            "verdict": self.verdict,
            "reason": self.reason,
            "sentence": {"zh": self.sentence_zh, "en": self.sentence_en},
        }
        if self.event_id is not None:
            found |= {"subject": str(self.subject), "event_id": self.event_id}
        return found


def refused_as(verdict: Verdict, file: str, row: int, refusal: Refused, name: str, document_no: str) -> RowOutcome:
    """The outcome of a row the register did not record. A sentence may quote a cell, and a cell may hold anything: what
    is shaped like an identity or a mobile number is taken out."""
    zh, en = without_shapes(refusal.sentence_zh), without_shapes(refusal.sentence_en)
    return RowOutcome(file, row, verdict, refusal.code, zh, en, name, document_no)


def as_csv(outcomes: Iterable[RowOutcome]) -> Iterator[bytes]:
    """The outcomes as a CSV in UTF-8 with its mark, line by line, safe to open in a spreadsheet."""
    yield csv_line(HEADINGS, start=BOM)
    for one in outcomes:
        yield csv_line(
            (
                one.file, str(one.row), VERDICT_NAMES[one.verdict], one.reason, one.sentence_zh, one.name,
                one.document_no, str(one.subject or ""), one.event_id or "",
            )
        )  # fmt: skip


def csv_line(cells: Iterable[str], start: str = "") -> bytes:
    """One line of a CSV, its texts neutralised."""
    line = io.StringIO()
    line.write(start)
    csv.writer(line).writerow([neutral(cell) for cell in cells])
    return line.getvalue().encode()


def neutral(cell: str) -> str:
    """The text so that no spreadsheet takes it for a formula: with an apostrophe before it where it begins like one."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
