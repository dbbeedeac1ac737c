"""Files as rows: encodings, headings, broken rows, spreadsheets, and how much memory they take."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from api.exchange.rejections import FileTooLarge, FileUnreadable, HeadingsMissing
from api.exchange.sheets import SheetRow, open_sheet

HEADING = "行政相对人名称,行政处罚决定书文号,罚款金额（万元）"


def rows_of(content: bytes) -> list[SheetRow]:
    return list(open_sheet(io.BytesIO(content), "样例.csv").rows)


def cells_of(text: str, encoding: str = "utf-8") -> list[tuple[int, list[str] | None]]:
    return [(row.number, None if row.cells is None else list(row.cells)) for row in rows_of(text.encode(encoding))]


def workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_reads_a_csv_in_any_of_its_encodings(encoding: str) -> None:
    assert cells_of(f"{HEADING}\r\n样例甲,样〔2026〕1号,2.5\r\n", encoding) == [(2, ["样例甲", "样〔2026〕1号", "2.5"])]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_reads_any_usual_delimiter(delimiter: str) -> None:
    text = f"{HEADING}\n样例甲,样1号,2.5\n".replace(",", delimiter)
    assert cells_of(text) == [(2, ["样例甲", "样1号", "2.5"])]


def test_knows_headings_whatever_their_width_case_and_marks() -> None:
    for heading in ("行政相对人名称*, 行政处罚决定书文号 ,罚款金额(万元)", "ｃｆ_xdr_mc,CF_WSH,cf_nr_fk"):
        layout = open_sheet(io.BytesIO(heading.encode()), "样例.csv").layout
        assert layout.table == "penalty"
        assert [column.field for column in layout.places if column] == ["counterpart_name", "document_no", "fine_fen"]


def test_tells_the_columns_it_does_not_read() -> None:
    text = "XK_XDR_MC,XK_WSH,样例列,XK_WSH\n"
    layout = open_sheet(io.BytesIO(text.encode()), "样例.csv").layout
    assert layout.table == "licence"
    assert layout.ignored == ("样例列", "XK_WSH")


@pytest.mark.parametrize("text", ["行政相对人名称,备注\n甲,乙\n", "行政处罚决定书文号\n1\n", "hello\n", '"', "\n\n"])
def test_refuses_a_file_without_a_name_and_a_number_and_tells_what_was_expected(text: str) -> None:
    with pytest.raises(HeadingsMissing) as refused:
        rows_of(text.encode())
    assert "行政相对人名称" in refused.value.sentence_zh
    assert "CF_WSH" in refused.value.sentence_en


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_refuses_what_is_no_table_by_its_content(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        rows_of(content)


def test_counts_rows_as_a_spreadsheet_does_blank_ones_too() -> None:
    text = f'{HEADING}\n甲,1号,1\n\n,,\n"乙\n二",2号,2\n丙,3号\n'
    assert cells_of(text) == [(2, ["甲", "1号", "1"]), (5, ["乙\n二", "2号", "2"]), (6, ["丙", "3号", ""])]


def test_reads_on_after_a_quotation_mark_without_its_pair() -> None:
    text = f'{HEADING}\n"甲,1号,1\n乙,2号,2\n丙,"3"号,3\n丁,4号,4\n'
    assert cells_of(text) == [(2, None), (3, ["乙", "2号", "2"]), (4, None), (5, ["丁", "4号", "4"])]


def test_reads_on_after_a_quotation_mark_that_pairs_with_one_in_a_later_row() -> None:
    text = f'{HEADING}\n"甲,1号,1\n乙,2号,2\n丙,3号,"3"\n丁,4号,4\n'
    assert cells_of(text) == [(2, None), (3, ["乙", "2号", "2"]), (4, ["丙", "3号", "3"]), (5, ["丁", "4号", "4"])]


def test_keeps_a_shifted_row_apart_from_one_with_blanks_at_its_end() -> None:
    assert cells_of(f"{HEADING}\n甲,1号,1,多\n乙,2号,2, ,\n") == [(2, None), (3, ["乙", "2号", "2"])]


def test_marks_a_byte_that_is_no_character_and_reads_the_rest() -> None:
    content = f"{HEADING}\n甲,1号,1\n乙,2号,2\n".encode().replace("1号".encode(), b"1\xff")
    assert [list(row.cells or ()) for row in rows_of(content)] == [["甲", "1\ufffd", "1"], ["乙", "2号", "2"]]


def test_reads_cells_of_a_spreadsheet_as_a_person_sees_them() -> None:
    heading = [*HEADING.split(","), "处罚决定日期", "备注"]
    content = workbook(heading, ["甲", 7, 2.95, date(2026, 1, 31), 0.1 + 0.2], [], ["乙", 1.1e17, 3.0, None, True])
    assert [(row.number, list(row.cells or ())) for row in rows_of(content)] == [
        (2, ["甲", "7", "2.95", "2026-01-31", "0.3"]),
        (4, ["乙", "\ufffd", "3", "", "True"]),
    ]


def test_finds_the_table_on_any_sheet_of_a_workbook() -> None:
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    book.create_sheet("二").append(HEADING.split(","))
    book["二"].append(["甲", "1号", 1])
    content = io.BytesIO()
    book.save(content)
    assert [list(row.cells or ()) for row in rows_of(content.getvalue())] == [["甲", "1号", "1"]]


def test_refuses_a_workbook_of_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.exchange.sheets.XLSX_ROWS_MAX", 3)
    fitting: list[list[object]] = [[*HEADING.split(",")], ["甲", "1号", 1], ["乙", "2号", 2]]
    assert len(rows_of(workbook(*fitting))) == 2
    with pytest.raises(FileTooLarge):
        rows_of(workbook(*fitting, ["丙", "3号", 3]))


CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def with_sheet(sheet: str, *, name: str = "xl/worksheets/sheet1.xml", before: str = "") -> bytes:
    """A workbook whose only sheet is this XML, under another name where one is given."""
    content, made = io.BytesIO(workbook(["样例"])), io.BytesIO()
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            text = old.read(one).decode()
            if one == "xl/worksheets/sheet1.xml":
                text = f'{before}<worksheet xmlns="{namespace}">{sheet}</worksheet>'
            short = name.removeprefix("xl/")
            new.writestr(name if "sheet1" in one else one, text.replace("worksheets/sheet1.xml", short))
    return made.getvalue()


@pytest.mark.parametrize(
    "sheet",
    [
        f"<sheetData>{CORNERS}</sheetData>",
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="GS1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="200001"><c><v>1</v></c></row><row><c><v>1</v></c></row></sheetData>',
        f"<sheetData><row>{'<c><v>1</v></c>' * 201}</row></sheetData>",
        '<dimension ref="A1:XFD1048576"/><sheetData/>',
        '<sheetData><row r="1"><c r="CV1"/></row><row r="150000"><c r="A150000"><v>1</v></c></row></sheetData>',
    ],
)
def test_refuses_a_small_workbook_whose_cells_lie_far_apart_before_room_is_made_for_them(sheet: str) -> None:
    assert len(with_sheet(sheet)) < 8_000
    with pytest.raises(FileTooLarge):
        rows_of(with_sheet(sheet))


def test_counts_the_cells_of_a_sheet_whatever_its_part_is_called() -> None:
    with pytest.raises(FileTooLarge):
        rows_of(with_sheet(f"<sheetData>{CORNERS}</sheetData>", name="xl/worksheets/picture.png"))


def test_refuses_a_workbook_that_is_not_plain_xml() -> None:
    for broken in ("<sheetData><row>", '<sheetData><row r="1"><c r="$A$1"/></row></sheetData>'):
        with pytest.raises(FileUnreadable):
            rows_of(with_sheet(broken))
    with pytest.raises(FileUnreadable):
        rows_of(with_sheet("<sheetData/>", before='<!DOCTYPE a [<!ENTITY b "b">]>'))


def test_counts_the_bytes_of_a_workbook_as_they_unpack_whatever_the_archive_announces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = bytearray(with_sheet(f"<sheetData>{' ' * 300_000}</sheetData>"))
    size = next(one.file_size for one in zipfile.ZipFile(io.BytesIO(content)).infolist() if "sheet1" in one.filename)
    for at in (found.start() for found in re.finditer(re.escape(size.to_bytes(4, "little")), bytes(content))):
        content[at : at + 4] = (10).to_bytes(4, "little")
    monkeypatch.setattr("api.exchange.sheets.UNPACKED_BYTES_MAX", 200_000)
    with pytest.raises(FileTooLarge):
        rows_of(bytes(content))


def test_takes_the_same_memory_for_a_long_csv_as_for_a_short_one(tmp_path: Path) -> None:
    path = tmp_path / "样例.csv"
    with path.open("w", encoding="utf-8") as written:
        written.write(f"{HEADING}\n")
        for _ in range(200):
            written.write(f"样例公司,样例〔2026〕1号{'，' * 50},2.5\n" * 1_000)
    tracemalloc.start()
    try:
        with path.open("rb") as file:
            assert sum(1 for _ in open_sheet(file, path.name).rows) == 200_000
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
