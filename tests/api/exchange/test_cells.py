"""How a cell is read: many ways of typing, one value."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.exchange import cells
from api.exchange.cells import HIDDEN

CARD = "110101199003070003"


@pytest.mark.parametrize(
    "written",
    [
        "2020/12/02", "2020-12-02", "2020.12.02", "20201202", "2020年12月02日", "2020年12月2日", "2020/12/2",
        " ２０２０／１２／０２ ", "2020-12-02 00:00:00", "2020-12-02T08:30:00", "\ufeff2020-12-2", "44167",
        "2020 年 12 月 2 日",
    ],
)  # fmt: skip
def test_reads_a_date_however_it_is_written(written: str) -> None:
    assert cells.day(written) == date(2020, 12, 2)


@pytest.mark.parametrize(
    "written", ["2021/02/30", "2020-13-01", "12/02/2020", "2020/12-02", "昨天", "2020", "0000-01-01"]
)
def test_refuses_a_date_that_does_not_exist_or_cannot_be_read(written: str) -> None:
    with pytest.raises(ValueError):
        cells.day(written)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("2.95", 2_950_000), ("0.000001", 1), ("1,234.5", 1_234_500_000), ("２．９５", 2_950_000), ("3万元", 3_000_000),
        ("0", 0), ("2.9500000", 2_950_000), ("999999999999.999999", 999_999_999_999_999_999),
    ],
)  # fmt: skip
def test_reads_an_amount_of_ten_thousand_yuan_exactly(written: str, fen: int) -> None:
    assert cells.fen(written) == fen


@pytest.mark.parametrize("written", ["一万五", "-1", "0.0000001", "1e3", "12,34", "3元", "1000000000000", "", "٣"])
def test_refuses_what_is_no_amount(written: str) -> None:
    with pytest.raises(ValueError):
        cells.fen(written)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (" 样例　公司 ", "样例公司"), ("样例\u200b公司", "样例公司"), ("样例(营口)公司", "样例（营口）公司"),
        ("样例（营口）公司", "样例（营口）公司"), ("Ｓａｍｐｌｅ  Ltd", "Sample Ltd"), ("样例\n公司", "样例公司"),
    ],
)  # fmt: skip
def test_gives_a_name_one_spelling(written: str, stored: str) -> None:
    assert cells.name(written) == stored


def test_gives_the_year_of_a_document_number_the_brackets_of_the_standard() -> None:
    for year in ("[2026]", "（2026）", "【２０２６】", "〔2026〕"):
        written = f"样商罚字{year}第 1号"
        assert cells.document_no(written) == "样商罚字〔2026〕第1号"


def test_keeps_chinese_punctuation_and_lines_of_a_text() -> None:
    assert cells.text(" 经查，当事人：\r\n  甲；\t乙。\x00 ") == "经查，当事人：\n甲； 乙。"


def test_parts_kinds_of_penalties_but_not_within_one_kind() -> None:
    assert cells.kinds("罚款；没收违法所得、没收非法财物;罚款") == ("罚款", "没收违法所得、没收非法财物")


@pytest.mark.parametrize(
    "written",
    [
        CARD, f"身份证号{CARD}。", "１１０１０１１９９００３０７０００３", "110101 19900307 0003",
        "110101-19900307-0003", f"9{CARD}7",
    ],
)  # fmt: skip
def test_hides_an_identity_number_in_a_text_however_it_is_written(written: str) -> None:
    hidden = cells.without_identity_numbers(written)
    assert HIDDEN in hidden
    assert "0307" not in cells.number(hidden)


def test_hides_the_rows_own_certificate_number_even_where_its_check_character_is_wrong() -> None:
    assert cells.without_identity_numbers("证件 11010119900307000x 号", ["11010119900307000X"]) == f"证件 {HIDDEN} 号"


def test_leaves_other_long_numbers_alone() -> None:
    for written in ("110101199003070004", "账号 6222021234567890123", "91210802XX0000000A", "2026" * 5):
        assert cells.without_identity_numbers(written) == written


@given(st.text())
def test_reading_again_what_was_read_changes_nothing(cell: str) -> None:
    for read in (cells.text, cells.name, cells.number, cells.document_no, cells.identity, cells.half_width):
        once = read(cell)
        assert read(once) == once
    assert cells.without_identity_numbers(cells.without_identity_numbers(cell)) == cells.without_identity_numbers(cell)


@given(st.text(alphabet="0123456789Xx -，年月日号０１９/.万元,eE"))
def test_any_cell_of_digits_is_read_or_refused_and_never_crashes(cell: str) -> None:
    for read in (cells.day, cells.fen):
        try:
            read(cell)
        except ValueError:
            continue
    assert cells.without_identity_numbers(cell) == cells.without_identity_numbers(cells.without_identity_numbers(cell))


def test_hides_mobile_numbers_in_free_texts_and_no_other_number() -> None:
    assert cells.without_mobile_numbers("电话13800000000，另 138-0000-0000") == f"电话{cells.HIDDEN}，另 {cells.HIDDEN}"
    for kept in ("罚款 13800000000000 元", "A13800000000", "12800000000"):
        assert cells.without_mobile_numbers(kept) == kept


@pytest.mark.parametrize(
    "number",
    [CARD, "110101199003070004", "11010119900307000x", "11010119900307000", "110101900307000", "1101011990 0307 0004",
     "１１０１０１１９９００３０７０００４", "13800000000", "138-0000-0000"],
)  # fmt: skip
def test_tells_nobody_a_number_shaped_like_a_persons_right_or_mistyped(number: str) -> None:
    told = cells.without_shapes(f"样商罚字{number}号")
    assert told == f"样商罚字{HIDDEN}号"


def test_tells_numbers_that_are_shaped_otherwise() -> None:
    for kept in ("样商罚字〔2026〕第1号", "110101199013070004", "210800000000001", "2026" * 5, "A1"):
        assert cells.without_shapes(kept) == kept


def test_quotes_dates_and_amounts_that_cannot_be_read_and_nothing_else() -> None:
    for kept in ("2026/02/30", "2026年13月1日", "-1", "1,2,3", "2.1234567"):
        assert cells.quotable(kept) == kept
    for hidden in ("张三丰 13800000000", "张三丰", CARD, "13800000000", "2026/02/30 张三丰"):
        assert cells.quotable(hidden) == "…"
