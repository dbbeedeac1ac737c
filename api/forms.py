"""From what was typed to typed values: dates, amounts, ids, choices; what cannot be read is told beside its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.refusals import Refused

AMOUNT = re.compile(r"(\d{1,13})(?:\.(\d{1,2}))?")


class FieldRefused(Refused):
    """What a person typed into one field cannot be read; `field` is known only then."""

    kind = "malformed"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    @property
    def field(self) -> str:  # type: ignore[override]
        return self.name


class FieldMissing(FieldRefused):
    zh = "此项必填；请填写后再提交。"
    en = "This field is required; fill it in and submit again."


class NotADate(FieldRefused):
    zh = "日期应写成 2026-11-23 的形式；请改正。"
    en = "Write a date as 2026-11-23; correct it."


class NotAnAmount(FieldRefused):
    zh = "金额应为元，最多两位小数，如 20000 或 20000.50；请改正。"
    en = "Write an amount in yuan with at most two decimals, such as 20000 or 20000.50; correct it."


class NotANumber(FieldRefused):
    zh = "应为非负整数；请改正。"
    en = "Write a whole number, zero or more; correct it."


class NotAChoice(FieldRefused):
    zh = "请从所列选项中选择一项。"
    en = "Choose one of the options."


class NotAnId(FieldRefused):
    zh = "编号无法识别；请刷新页面后重新提交。"
    en = "The id cannot be read; reload the page and submit again."


class Fields:
    """The fields of a form or of a JSON object. Text is NFKC-normalised at the ends and stripped, never rewritten."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def text(self, name: str, *, required: bool = False) -> str:
        """The text, stripped; "" where it is empty. Refused: FieldMissing."""
        value = self.values.get(name)
        text = value.strip().strip("\u3000\ufeff\u200b") if isinstance(value, str) else ""
        if required and not text:
            raise FieldMissing(name)
        return text

    def day(self, name: str) -> date:
        """The day. Refused, in this order: FieldMissing, NotADate."""
        found = self.day_or_none(name)
        if found is None:
            raise FieldMissing(name)
        return found

    def day_or_none(self, name: str) -> date | None:
        """The day, None where the field is empty. Refused: NotADate."""
        text = unicodedata.normalize("NFKC", self.text(name))
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise NotADate(name) from None

    def fen(self, name: str) -> int | None:
        """An amount typed in yuan, as fen; None where the field is empty. Refused: NotAnAmount."""
        text = unicodedata.normalize("NFKC", self.text(name)).replace(",", "")
        if not text:
            return None
        found = AMOUNT.fullmatch(text)
        if found is None:
            raise NotAnAmount(name)
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def number(self, name: str) -> int:
        """A whole number from 0. Refused: NotANumber."""
        text = unicodedata.normalize("NFKC", self.text(name))
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            raise NotANumber(name)
        return int(text)

    def choice(self, name: str, options: Collection[str]) -> str:
        """One of the options. Refused: NotAChoice."""
        text = self.text(name)
        if text not in options:
            raise NotAChoice(name)
        return text

    def uuid(self, name: str) -> UUID:
        """An id. Refused: NotAnId."""
        try:
            return UUID(self.text(name))
        except ValueError:
            raise NotAnId(name) from None

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.text(name) in ("on", "true", "1", "yes")

    def many(self, name: str) -> tuple[str, ...]:
        """Every value given under the name."""
        if hasattr(self.values, "getlist"):
            return tuple(value for value in self.values.getlist(name) if isinstance(value, str))
        value = self.values.get(name, ())
        return (value,) if isinstance(value, str) else tuple(value)
