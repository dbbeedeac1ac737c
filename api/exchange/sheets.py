"""Files as rows of cells: CSV in UTF-8 or GB18030, streamed; XLSX by calamine.

What a file is, is told from its content and never from its name. A row that cannot be read is a row of its own that
says so; the rows after it are read.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from api.exchange.cells import REPLACEMENT
from api.exchange.columns import Layout, find_layout
from api.exchange.rejections import FileTooLarge, FileUnreadable, HeadingsMissing
from api.exchange.workbook_limits import Limits, NoWorkbook, TooLarge, check_workbook

XLSX_ROWS_MAX = 200_001  # the heading counts
XLSX_COLUMNS_MAX = 200
XLSX_CELLS_MAX = 12_000_000
CHUNK_BYTES = 1 << 20
LINE_CHARACTERS_MAX = 1 << 20
UNPACKED_BYTES_MAX = 1 << 29
EXACT_MAX = 1e15
DELIMITERS = ",\t;"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row.

    number   as a spreadsheet counts: the heading is 1, blank rows count
    cells    as many as the heading has; None for a row that cannot be read, or has more cells than the heading
    share    how much of the file has been read, 0 to 1
    """

    number: int
    cells: Sequence[str] | None
    share: float
    is_shifted: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: how it is laid out, its rows (to be read once), and the SHA-256 of the file, hex."""

    layout: Layout
    sha256: str
    rows: Iterator[SheetRow]


def open_sheet(file: BinaryIO, file_name: str) -> Sheet:
    """Find out what the file is; reads it once for its hash and stays at flat memory for a CSV of any length.

    file   seekable, at any place; stays open until its rows are read
    Refused, in this order: FileTooLarge (an XLSX of more than 200,000 rows, 200 columns, 12 million cells or 512 MiB
    unpacked) or FileUnreadable, whichever shows first; HeadingsMissing.
    """
    sha256, is_utf8, size = _look_through(file)
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        return _open_xlsx(file, file_name, sha256)
    if not size or start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"PK", b"\x89PNG", b"\xff\xd8\xff")):
        raise FileUnreadable(file_name=file_name)
    return _open_csv(file, file_name, sha256, size, _encodings(start, is_utf8))


def _look_through(file: BinaryIO) -> tuple[str, bool, int]:
    digest, decoder, is_utf8, size = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), True, 0
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
    try:
        decoder.decode(b"", final=is_utf8)
    except UnicodeDecodeError:
        is_utf8 = False
    return digest.hexdigest(), is_utf8, size


def _encodings(start: bytes, is_utf8: bool) -> tuple[str, ...]:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    # A file that is UTF-8 but for one broken byte is still UTF-8: its headings say so.
    return ("utf-8-sig",) if is_utf8 else ("gb18030", "utf-8-sig")


# CSV


def _open_csv(file: BinaryIO, file_name: str, sha256: str, size: int, encodings: tuple[str, ...]) -> Sheet:
    for encoding in encodings:
        for delimiter in DELIMITERS:
            headings = _csv_headings(file, encoding, delimiter)
            layout = find_layout(headings)
            if layout is not None:
                return Sheet(layout, sha256, _csv_rows(file, encoding, delimiter, len(headings), size))
    raise HeadingsMissing(file_name=file_name)


def _csv_headings(file: BinaryIO, encoding: str, delimiter: str) -> list[str]:
    with _lines_of(file, encoding) as lines:
        try:
            return next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error:
            return []


@contextmanager
def _lines_of(file: BinaryIO, encoding: str) -> Iterator[Iterator[str]]:
    """The lines of the file, a line of a million characters in pieces; the file stays open."""
    file.seek(0)
    wrapped = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        yield iter(lambda: wrapped.readline(LINE_CHARACTERS_MAX), "")
    finally:
        wrapped.detach()


def _csv_rows(file: BinaryIO, encoding: str, delimiter: str, width: int, size: int) -> Iterator[SheetRow]:
    """The rows after the heading.

    A quotation mark without its pair swallows the lines after it. So where a row of several lines has the wrong
    number of cells, its first line is what cannot be read, and reading goes on with the second.
    """
    again: list[str] = []
    taken: list[str] = []

    def feed(lines: Iterator[str]) -> Iterator[str]:
        while (line := again.pop() if again else next(lines, None)) is not None:
            taken.append(line)
            yield line

    with _lines_of(file, encoding) as lines:
        reader, number = csv.reader(feed(lines), delimiter=delimiter, strict=True), 0
        while True:
            taken.clear()
            number += 1
            cells: list[str] | None = None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                pass
            if cells is None or (len(taken) > 1 and len(cells) != width):
                again.extend(reversed(taken[1:]))
                # The reader may have met the end of the file within the row; a new one starts at the next line.
                reader = csv.reader(feed(lines), delimiter=delimiter, strict=True)
                yield SheetRow(number, None, file.tell() / size)
            elif number > 1 and any(cells):
                yield _fitted(number, cells, width, file.tell() / size)


def _fitted(number: int, cells: list[str], width: int, share: float) -> SheetRow:
    if len(cells) > width:
        if any(cell.strip() for cell in cells[width:]):
            return SheetRow(number, None, share, is_shifted=True)
        del cells[width:]
    elif len(cells) < width:
        cells += [""] * (width - len(cells))
    return SheetRow(number, cells, share)


# XLSX


def _open_xlsx(file: BinaryIO, file_name: str, sha256: str) -> Sheet:
    file.seek(0)
    try:
        check_workbook(file, Limits(XLSX_ROWS_MAX, XLSX_COLUMNS_MAX, XLSX_CELLS_MAX, UNPACKED_BYTES_MAX))
        file.seek(0)
        workbook = CalamineWorkbook.from_filelike(file)
        sheets = [workbook.get_sheet_by_index(index) for index in range(len(workbook.sheet_names))]
    except TooLarge:
        raise FileTooLarge(file_name=file_name, rows=XLSX_ROWS_MAX, columns=XLSX_COLUMNS_MAX) from None
    except (NoWorkbook, CalamineError, OSError, ValueError):
        raise FileUnreadable(file_name=file_name) from None
    for sheet in sheets:
        headings = [_as_text(value) for value in next(iter(sheet.iter_rows()), [])]
        layout = find_layout(headings)
        if layout is not None:
            return Sheet(layout, sha256, _xlsx_rows(sheet, len(headings)))
    raise HeadingsMissing(file_name=file_name)


def _xlsx_rows(sheet: CalamineSheet, width: int) -> Iterator[SheetRow]:
    height = max(sheet.total_height, 1)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        if number == 1:
            continue
        cells = [_as_text(value) for value in values]
        if any(cells):
            yield _fitted(number, cells, width, number / height)


def _as_text(value: object) -> str:
    """What a person sees in the cell. A number of more digits than a spreadsheet keeps has lost some: say so."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and not isinstance(value, bool):
        if abs(value) >= EXACT_MAX or value != value:
            return REPLACEMENT
        return f"{value:.0f}" if value.is_integer() else f"{float(f'{value:.15g}'):.12f}".rstrip("0")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)
