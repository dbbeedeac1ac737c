"""How large a workbook is, found out before anything makes room for it.

A spreadsheet names the place of each cell, and whoever reads it makes room for everything in between: two cells in
opposite corners, a kilobyte of a file, ask for half a terabyte. So the places are counted here first, in a stream, and
the bytes as they really unpack, not as the archive announces them.
"""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

CHUNK_BYTES = 1 << 16
UNANNOUNCED = 1 << 62
WORKBOOK = "xl/workbook.xml"
SHEET_PLACES = "xl/_rels/workbook.xml.rels"
OTHER_FORMATS = frozenset({"xl/workbook.bin", "content.xml"})
PLACE = re.compile(r"([A-Za-z]{1,4})([0-9]{1,8})", re.A)


class TooLarge(Exception):
    """The workbook has more rows, columns, cells or bytes than allowed."""


class NoWorkbook(Exception):
    """The file is no workbook, or one that is not as it should be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a workbook may have: rows (the last cell's number) and columns of a sheet; cells of all sheets together,
    counted as rectangles from A1; unpacked bytes of everything in it."""

    rows: int
    columns: int
    cells: int
    bytes: int


def check_workbook(file: BinaryIO, limits: Limits) -> None:
    """Raise TooLarge or NoWorkbook unless the file is a workbook within the limits. Memory stays flat."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive, limits)
    except (
        zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, RuntimeError,
        NotImplementedError,
    ):  # fmt: skip
        raise NoWorkbook from None


def _check(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = {_path_of(one.filename): one for one in archive.infolist()}
    if WORKBOOK not in members or OTHER_FORMATS & members.keys():
        raise NoWorkbook
    size = 0
    named: set[str] = set()
    # Which parts are sheets is told by a part that is read first; a sheet may have any name.
    for one in sorted(archive.infolist(), key=lambda one: _path_of(one.filename) != SHEET_PLACES):
        path = _path_of(one.filename)
        extent = _Extent(limits) if path.endswith((".xml", ".rels")) or path.rpartition("/")[2] in named else None
        for chunk in _chunks(archive, one):
            size += len(chunk)
            if size > limits.bytes:
                raise TooLarge
            if extent is not None:
                extent.parser.Parse(chunk, False)
        if extent is not None:
            extent.parser.Parse(b"", True)
            limits = extent.what_is_left()
            if path == SHEET_PLACES:
                named |= extent.targets


def _path_of(name: str) -> str:
    return name.replace("\\", "/").lower()


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    # Told to read on to the real end: the announced size may be a lie, and the reader after us does not ask it.
    whole = copy.copy(member)
    whole.file_size = UNANNOUNCED
    with archive.open(whole) as content:
        while chunk := content.read(CHUNK_BYTES):
            yield chunk


@dataclass
class _Extent:
    """Follows the elements of one part and keeps the farthest place that any cell or the dimension names."""

    limits: Limits
    targets: set[str] = field(default_factory=set)
    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0

    def __post_init__(self) -> None:
        # As the reader after us takes it, whatever the declaration of the part says.
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse

    def what_is_left(self) -> Limits:
        """The limits for the parts after this one. Raises TooLarge."""
        left = self.limits.cells - self.rows * self.columns
        if left < 0:
            raise TooLarge
        return Limits(self.limits.rows, self.limits.columns, left, self.limits.bytes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                if "r" in attributes:
                    self.row, self.column = _place(attributes["r"])
                else:
                    self.column += 1
                self._reach(self.row, self.column)
            case "row":
                # A row without cells takes no room; one may be named only to say how high it is.
                self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            case "dimension" if attributes.get("ref"):
                self._reach(*_place(attributes["ref"].rpartition(":")[2]))
            case "Relationship":
                self.targets.add(_path_of(attributes.get("Target", "")).rpartition("/")[2])

    def _reach(self, row: int, column: int) -> None:
        if row > self.limits.rows or column > self.limits.columns:
            raise TooLarge
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    def _refuse(self, *_: object) -> None:
        raise NoWorkbook


def _place(text: str) -> tuple[int, int]:
    """Row and column, from 1, of a place such as ``AB12``."""
    found = PLACE.fullmatch(text)
    if found is None:
        raise NoWorkbook
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
