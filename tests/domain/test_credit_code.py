"""Unified social credit codes and identity numbers: cleaned, shaped, checked."""

from __future__ import annotations

import pytest

from domain.credit_code import check_holds, clean, division_of, identity_holds, is_shaped

CODE = "91210811MA0ABCD012"


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        CODE.lower(),
        f" {CODE} ",
        "91210811-MA0ABCD01-2",
        "９１２１０８１１ＭＡ０ＡＢＣＤ０１２",
        f"\ufeff{CODE[:5]}\u200b{CODE[5:]}\u3000",
    ],
)
def test_cleans_a_code_of_width_case_gaps_and_invisible_marks(written: str) -> None:
    assert clean(written) == CODE
    assert clean(clean(written)) == clean(written)


@pytest.mark.parametrize(
    ("code", "shaped"), [(CODE, True), (CODE[:-1], False), (CODE + "1", False), (CODE[:-1] + "码", False), ("", False)]
)
def test_a_code_has_eighteen_letters_or_digits(code: str, shaped: bool) -> None:
    assert is_shaped(code) is shaped


def test_the_check_character_tells_a_slip() -> None:
    assert check_holds(CODE)
    assert not check_holds(CODE[:-1] + "3")
    assert not check_holds(CODE.replace("ABCD", "ABDC"))


def test_the_code_names_the_division_of_registration() -> None:
    assert division_of(CODE) == "210811"


@pytest.mark.parametrize("number", ["", "990000190001011234", "11010519491231002"])
def test_what_is_no_identity_number_does_not_hold(number: str) -> None:
    assert not identity_holds(number)


def test_the_sample_number_of_the_standard_holds() -> None:
    # The number GB 11643 itself prints as its example.
    assert identity_holds("11010519491231002X")
    assert not identity_holds("110105194912310021")
