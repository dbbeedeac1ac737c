"""What a cell says: the many ways of typing the same thing become one, and what cannot be read says so.

Every function here gives the same again when it is given what it gave. Identity numbers that turn up in a text are
taken out of it before anything is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from domain.credit_code import identity_holds
from domain.event import Personal
from domain.personal_numbers import mobile_numbers

REPLACEMENT = "\ufffd"
"""Stands where characters were lost: in decoding, or because a spreadsheet rounded a long number."""

HIDDEN = "〔证件号码已隐去〕"
FEN_OF_A_UNIT = 1_000_000
FEN_BOUND = 10**18
DECIMALS = 6
OWN_NUMBER_LENGTH_MIN = 6
NUMBER_LENGTH = 18
MOBILE_LENGTH = 11
CENTURIES = ("18", "19", "20")
FIRST_EXCEL_DAY = date(1899, 12, 30)

_INVISIBLE = dict.fromkeys(
    [*map(ord, "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\ufeff\uffa0"), *range(0x200B, 0x2010),
     *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xD800, 0xE000)]
)  # fmt: skip
_CONTROLS = {code: " " for code in [*range(0x20), *range(0x7F, 0xA0)] if code != ord("\n")}
_CLEANED = str.maketrans({**_CONTROLS, **_INVISIBLE})
_NEEDS_CLEANING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ud800-\udfff]|\\s\\s|\n"
)
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_SPACE_BY_WIDE = re.compile(f"(?<={_WIDE}) | (?={_WIDE})")
_YEAR_BRACKETS = re.compile(r"[\[({〔【〈<]\s*([12]\d{3})\s*[\])}〕】〉>]")
_DATE = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?:[T ].*)?", re.A)
_SERIAL = re.compile(r"\d{5}", re.A)
_AMOUNT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.A)
_NUMBER_IN_TEXT = re.compile(r"(?=((?:[0-9０-９][ \-]?){17}[0-9０-９XxＸｘ]))")
_DIGITS = re.compile(r"(?:[0-9０-９][ \-]?){17}")
_LONG_RUN = re.compile(r"(?<![0-9０-９])(?:[0-9０-９][ \-]?){14,17}[0-9０-９XxＸｘ]?(?![0-9０-９])")
_BORN = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SHAPED = re.compile(f"[1-9][0-9]{{5}}(?:[0-9]{{2}}{_BORN}[0-9]{{3}}|(?:18|19|20)[0-9]{{2}}{_BORN}[0-9]{{3}}[0-9X]?)")
_FIGURES = re.compile(r"[-+]?\d[-\d./,:T 年月日万元]*", re.A)
_KINDS = re.compile(r"[;；,，|/\n]+")


def text(cell: str) -> str:
    """A text as stored: no invisible marks and controls, single spaces, none at the ends; line ends as `\\n`."""
    if _NEEDS_CLEANING.search(cell):
        lines = cell.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEANED).split("\n")
        cell = "\n".join(" ".join(line.split()) for line in lines)
    return cell.strip()


def name(cell: str) -> str:
    """A name as stored: half-width letters, full-width brackets as on certificates, no space beside Chinese."""
    half = _settled(cell, lambda one: _SPACE_BY_WIDE.sub("", one.replace("\n", " ")))
    return half.replace("(", "（").replace(")", "）")


def number(cell: str) -> str:
    """A number of letters and digits as stored: half-width, without spaces, capitals as they are."""
    return _settled(cell, lambda half: "".join(half.split()))


def half_width(cell: str) -> str:
    """A date or an amount as written, half-width."""
    return _settled(cell, str)


def _settled(cell: str, tidy: Callable[[str], str]) -> str:
    """Half-width, cleaned and tidied, until nothing changes: what is taken away may bring together what composes."""
    while True:
        done = tidy(text(unicodedata.normalize("NFKC", cell)))
        if done == cell:
            return done
        cell = done


def document_no(cell: str) -> str:
    """A document number as stored: as `number`, its year in the brackets of GB/T 9704, 〔2026〕."""
    return _YEAR_BRACKETS.sub(lambda found: f"〔{found.group(1)}〕", number(cell))


def identity(cell: str) -> str:
    """A certificate number: as `number`, in capitals."""
    return _settled(cell, lambda half: "".join(half.split()).upper())


def day(cell: str) -> date:
    """A date, written 2020/12/12, 2020-12-12, 2020.12.12, 20201212, 2020年12月12日, or as a spreadsheet's day number.

    Raises ValueError for what is no date or does not exist.
    """
    plain = half_width(cell)
    if _SERIAL.fullmatch(plain):
        return FIRST_EXCEL_DAY + timedelta(days=int(plain))
    found = _DATE.fullmatch(plain) or _DATE.fullmatch("".join(plain.split()))
    if found is None:
        raise ValueError("no date")
    year, _, *parts = found.groups()
    month, of_month = (part for part in parts if part is not None)
    return date(int(year), int(month), int(of_month))


def fen(cell: str) -> int:
    """An amount in units of 10,000 yuan (万元) with up to six decimals, as whole fen, exactly.

    Raises ValueError for what is no amount, is negative, finer than a fen, or beyond the column's number(18,6).
    """
    plain = number(cell).removesuffix("万元").removesuffix("万")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise ValueError("no amount")
    whole, _, rest = plain.replace(",", "").partition(".")
    decimals = rest.rstrip("0")
    if len(decimals) > DECIMALS:
        raise ValueError("finer than a fen")
    exact = int(whole[-20:]) * FEN_OF_A_UNIT + int(decimals.ljust(DECIMALS, "0") or "0")
    if exact >= FEN_BOUND or len(whole) > 20:
        raise ValueError("too large")
    return exact


def kinds(cell: str) -> tuple[str, ...]:
    """Kinds of penalties one by one: what semicolons, commas or lines keep apart, each once."""
    return tuple(dict.fromkeys(one for one in (name(part) for part in _KINDS.split(text(cell))) if one))


def without_identity_numbers(cell: str, own: Sequence[str] = ()) -> str:
    """The text without any identity number that passes its check, and without the row's own certificate numbers."""
    for one in own:
        if len(one) >= OWN_NUMBER_LENGTH_MIN and (one in cell or one.lower() in cell):
            cell = cell.replace(one, HIDDEN).replace(one.lower(), HIDDEN)
    # Most cells hold no seventeen digits at all, and this is asked of every cell of a million rows.
    if len(cell) < NUMBER_LENGTH or _DIGITS.search(cell) is None:
        return cell
    for found in list(_NUMBER_IN_TEXT.finditer(cell)):
        written = found.group(1)
        plain = identity(written).replace("-", "")
        # Without the century a credit code of digits would now and then pass as an identity number.
        if plain[6:8] in CENTURIES and identity_holds(plain):
            cell = cell.replace(written, HIDDEN)
    return cell


def without_shapes(cell: str) -> str:
    """The text as it may be told to anybody: without runs of 15, 17 or 18 digits that hold a day of birth where an
    identity number has it, right or mistyped, and without mobile numbers."""
    if len(cell) < MOBILE_LENGTH:
        return cell
    for found in list(_LONG_RUN.finditer(cell)):
        if _SHAPED.fullmatch(identity(found.group()).replace("-", "")):
            cell = cell.replace(found.group(), HIDDEN)
    return without_mobile_numbers(cell)


def quotable(cell: str) -> str:
    """What may be quoted of a date or an amount that cannot be read: figures and their signs, too few to be a number
    of anything else; of others nothing."""
    figures = sum(one.isdigit() for one in cell)
    return cell if _FIGURES.fullmatch(cell) and figures < MOBILE_LENGTH else "…"


def without_mobile_numbers(cell: str) -> str:
    """The text without any mobile telephone number."""
    if len(cell) < MOBILE_LENGTH:
        return cell
    for one in mobile_numbers(cell):
        cell = cell.replace(one, HIDDEN)
    return cell


def masked_name(full: str) -> str:
    """A natural person's name as it may be shown: the first character and stars."""
    return f"{full[:1]}**"


def sealed(certificate: str, kind: str) -> Personal:
    """A certificate number on its way to the vault; the person is found by it, together with its kind unless that is
    the resident identity card."""
    is_card = not kind or "身份证" in kind
    return Personal(certificate, certificate if is_card else f"{kind}:{certificate}")
