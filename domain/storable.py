"""What can be stored for ever at all: texts without control marks and of bounded length, without numbers of people in
the open, and days of a plausible calendar.

Checked once, in the register, on everything an act brings, before its decision runs: a fact that no view can hold or no
calendar can count would otherwise stop them all. The bounds are those of the V2 tables and of the calendar, not
of a law.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from pydantic import BaseModel

from domain.event import Personal, Sealed
from domain.personal_numbers import check_no_personal_number
from domain.refusals import Refused

TEXT_MAX = 5_000
NAME_MAX = 200
NUMBER_MAX = 10**15
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
KEPT_MARKS = frozenset("\n\r\t")
LONG_AS_A_NAME = ("name", "_no", "_id", "authority", "representative")
SEQUENCES = (tuple, list, set, frozenset)


class Unstorable(Refused):
    """`where` is the name of the field, in a form as in an act."""

    @property
    def field(self) -> str:  # type: ignore[override]
        return str(self.values["where"])


class TextTooLong(Unstorable):
    zh = "“{where}”超过 {longest} 字；请缩短后再提交。"
    en = "“{where}” is longer than {longest} characters; shorten it and submit again."


class TextUnstorable(Unstorable):
    zh = "“{where}”含有不可见的控制字符；请删去后重新输入。"
    en = "“{where}” holds invisible control characters; remove them and type it again."


class DayImplausible(Unstorable):
    zh = "“{where}”的日期 {day} 不在 1900 年至 2200 年之间；请核对。"
    en = "The day {day} of “{where}” lies outside the years 1900 to 2200; check it."


class NumberImplausible(Unstorable):
    zh = "“{where}”的数值过大；请核对。"
    en = "The number of “{where}” is too large; check it."


def check_storable(value: object, where: str = "") -> None:
    """Refuse what cannot be stored; models, mappings and sequences are looked through, sealed data is not.

    Refused, in this order of what is met: TextTooLong, TextUnstorable, PersonalNumberMisplaced, DayImplausible,
    NumberImplausible.
    """
    if value is None:
        return
    if isinstance(value, str):
        _check_text(value, where)
    elif isinstance(value, BaseModel) and not isinstance(value, Sealed):
        # Most texts of most rows of an import are empty, and this is asked of every row.
        for name, part in vars(value).items():
            if part is not None and part != "":
                check_storable(part, name)
    elif isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if not FIRST_DAY <= day <= LAST_DAY:
            raise DayImplausible(where=where, day=day)
    elif isinstance(value, int):
        if abs(value) > NUMBER_MAX:
            raise NumberImplausible(where=where)
    elif isinstance(value, Personal | Sealed):
        return
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            check_storable(getattr(value, one.name), one.name)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            check_storable(part, str(name))
    elif isinstance(value, SEQUENCES):
        for part in value:
            check_storable(part, where)


def _check_text(text: str, where: str) -> None:
    longest = NAME_MAX if where.endswith(LONG_AS_A_NAME) else TEXT_MAX
    if len(text) > longest:
        raise TextTooLong(where=where, longest=longest)
    # Cc: controls; Cs: halves of a surrogate pair, which no UTF-8 can hold.
    if not text.isprintable() and any(
        unicodedata.category(mark) in ("Cc", "Cs") and mark not in KEPT_MARKS for mark in text
    ):
        raise TextUnstorable(where=where)
    check_no_personal_number(text, where)
