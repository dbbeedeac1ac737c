"""Files as rows: encodings, headings, broken rows, spreadsheets, and how much memory they take."""

from __future__ import annotations

import io
import tracemalloc
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


def workbook(*rows: list[object]) -> bytes:
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
    monkeypatch.setattr("api.exchange.sheets.XLSX_ROWS_MAX", 2)
    fitting = [HEADING.split(","), ["甲", "1号", 1], ["乙", "2号", 2]]
    assert len(rows_of(workbook(*fitting))) == 2
    with pytest.raises(FileTooLarge):
        rows_of(workbook(*fitting, ["丙", "3号", 3]))


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
