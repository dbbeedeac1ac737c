"""Unified social credit codes (统一社会信用代码, GB 32100-2015): cleaned, split and checked.

python-stdnum knows the check characters. A wrong one is not refused: early pilot codes fail it and are real,
so such a code is kept for review. What is not 18 characters of the code's alphabet is no code at all.
"""

from __future__ import annotations

import unicodedata

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

CODE_LENGTH = 18
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def clean(text: str) -> str:
    """The code as stored: half-width, upper case, without spaces, dashes or invisible marks."""
    half = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return "".join(half.split()).replace("-", "").upper()


def is_shaped(code: str) -> bool:
    """Whether the cleaned text has the length and the letters of a code, whatever its check character."""
    return len(code) == CODE_LENGTH and code.isascii() and code.isalnum()


def check_holds(code: str) -> bool:
    """Whether the standard's own check accepts the code (structure and check character)."""
    try:
        uscc.validate(code)
    except ValidationError:
        return False
    return True


def division_of(code: str) -> str:
    """The division (行政区划, GB/T 2260) in which the subject was registered: characters 3 to 8."""
    return code[2:8]


def identity_holds(number: str) -> bool:
    """Whether a resident identity number (GB 11643-1999) has a right check character and a real birth date."""
    try:
        ric.validate(number)
    except ValidationError:
        return False
    return True
