"""Identity and telephone numbers of people in the open: found wherever they were typed, so that none is stored.

They belong sealed into fields of their own. Checked once, in the register, on every text an act brings (`storable`), so
that no desk, no program and no import can put one where a page shows it.
Basis: 个人信息保护法 28, 51.
"""

from __future__ import annotations

import re
import unicodedata

from domain.credit_code import check_holds, identity_holds
from domain.refusals import Refused

CENTURIES = ("18", "19", "20")
NUMBERS_OF_THINGS = ("_no", "code")
"""Ends of the names of fields that hold numbers of documents and firms: eleven digits there are no telephone."""

HASHES = frozenset({"sha256", "row_key", "row_digest"})

_LENGTH_MIN = 11
_LONG_RUN = re.compile(r"(?:[0-9０-９][ \-]?){10}[0-9０-９]")
_IDENTITY = re.compile(r"(?=((?:[0-9][ \-]?){17}[0-9Xx]))")
_IDENTITY_UNBROKEN = re.compile(r"(?=([0-9]{17}[0-9Xx]))")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ \-]?)?1[3-9][0-9](?:[ \-]?[0-9]{4}){2}(?![0-9A-Za-z])")


class PersonalNumberMisplaced(Refused):
    zh = "“{where}”里有证件号码或手机号码，不能明文保存；请删去，证件号码只填在证件号码栏。"
    en = "“{where}” holds an identity or telephone number, which is never kept in the open; remove it."

    @property
    def field(self) -> str:  # type: ignore[override]
        return str(self.values["where"])


def mobile_numbers(text: str) -> list[str]:
    """Mobile telephone numbers in a text, as written."""
    return [found.group(0) for found in _MOBILE.finditer(text)]


def identity_numbers(text: str, *, unbroken: bool = False) -> list[str]:
    """Resident identity numbers in a text that pass their check, as written; `unbroken`: without blanks and dashes.

    A firm's credit code of digits alone that passes its own check is none, nor what names no century of birth.
    """
    found = []
    for one in (_IDENTITY_UNBROKEN if unbroken else _IDENTITY).finditer(text):
        plain = re.sub(r"[ \-]", "", one.group(1)).upper()
        if plain[6:8] in CENTURIES and identity_holds(plain) and not (plain == text and check_holds(plain)):
            found.append(one.group(1))
    return found


def check_no_personal_number(text: str, where: str) -> None:
    """Refuse a text that holds an identity number, or a mobile number where no number of a thing belongs.

    where   name of the field; hashes are passed over, ids may hold dashes between digits
    Refused: PersonalNumberMisplaced.
    """
    if len(text) < _LENGTH_MIN or where in HASHES or _LONG_RUN.search(text) is None:
        return
    half = unicodedata.normalize("NFKC", text)
    if identity_numbers(half, unbroken=where.endswith("_id")):
        raise PersonalNumberMisplaced(where=where)
    if not where.endswith((*NUMBERS_OF_THINGS, "_id")) and mobile_numbers(half):
        raise PersonalNumberMisplaced(where=where)
