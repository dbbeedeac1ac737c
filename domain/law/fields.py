"""Reading one TOML table: every field known, every value of its type, or refused with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from domain.law.rows import RulebookRefused


class Table:
    """A TOML table with its place in the files, read field by field."""

    def __init__(self, fields: Mapping[str, Any], place: str, known: Iterable[str]) -> None:
        self._fields = fields
        self.place = place
        for name in fields:
            if name not in known:
                raise self.refused(f"不认识字段 {name}", f"unknown field {name}; check its spelling")

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def refused(self, zh: str, en: str) -> RulebookRefused:
        """The refusal of something at this place."""
        return RulebookRefused(f"{self.place}：{zh}", f"{self.place}: {en}")

    def raw(self, name: str) -> Any:
        """The value as TOML gave it, None if absent."""
        return self._fields.get(name)

    def text(self, name: str, default: str | None = None) -> str:
        """A string; refused if absent without a default."""
        value = self._fields.get(name, default)
        if not isinstance(value, str):
            raise self.refused(f"字段 {name} 应为文字", f"field {name} must be text")
        return value

    def day(self, name: str, default: date | None = None) -> date:
        """A date without a time; refused if absent without a default."""
        value = self._fields.get(name, default)
        if type(value) is not date:
            raise self.refused(f"字段 {name} 应为日期", f"field {name} must be a date")
        return value

    def day_or_none(self, name: str) -> date | None:
        """A date, or None if absent."""
        return self.day(name) if name in self._fields else None

    def number(self, name: str) -> int:
        """A whole number."""
        value = self._fields.get(name)
        if type(value) is not int:
            raise self.refused(f"字段 {name} 应为整数", f"field {name} must be a whole number")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self._fields.get(name, default)
        if type(value) is not bool:
            raise self.refused(f"字段 {name} 应为 true 或 false", f"field {name} must be true or false")
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """A list of strings, empty if absent."""
        value = self._fields.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.refused(f"字段 {name} 应为文字列表", f"field {name} must be a list of texts")
        return tuple(value)

    def days(self, name: str) -> tuple[date, ...]:
        """A list of dates, in order."""
        value = self._fields.get(name, [])
        if not isinstance(value, list) or not all(type(one) is date for one in value):
            raise self.refused(f"字段 {name} 应为日期列表", f"field {name} must be a list of dates")
        return tuple(sorted(value))

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A string out of a closed vocabulary."""
        value = self.text(name, default)
        if value not in allowed:
            known = "、".join(sorted(allowed))
            raise self.refused(f"{name} 的值 {value} 不在 {known} 之中", f"{name} {value} is none of {known}")
        return value
