"""From TOML files to rows: one file per instrument, one row per line, nothing guessed.

A bureau's overlay is a folder of the same files; its rows lie in the layer `overlay`.
Every mistake stops the load and names the file and row: a rulebook is right as a whole or not used.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from domain.law.calendar_editions import CalendarEdition
from domain.law.code_lists import Code
from domain.law.contents import FORMAT, Contents, Head, parameters_by_name
from domain.law.fields import Table
from domain.law.rows import (
    BARE_UNITS,
    CERTAINTIES,
    NUMBER_UNITS,
    UNITS,
    Instrument,
    Parameter,
    Row,
    RulebookRefused,
    Scope,
    Value,
)

FOLDER = Path(__file__).parent
INSTRUMENT_FIELDS = ("instrument", "title", "kind", "note", "row")
SHARED_FIELDS = ("in_force_from", "in_force_until", "known_from", "certainty", "article")
ROW_FIELDS = ("parameter", "value", "unit", "scope", "note", "rolls", "counts_from")
CODE_FIELDS = ("code", "zh", "en", "aliases", "kind", "from", "until", "note")


def read_folder(folder: Path = FOLDER, overlay: Path | None = None) -> Contents:
    """Read the files of a release, and a bureau's overlay if there is one."""
    codes = read_codes(_toml(folder / "code_lists.toml"), "code_lists.toml")
    head, parameters = read_parameters(_toml(folder / "parameters.toml"), "parameters.toml", codes)
    instruments: list[Instrument] = []
    rows: list[Row] = []
    sources = [(path, "national") for path in sorted((folder / "rules").glob("*.toml"))]
    if overlay is not None:
        sources += [(path, "overlay") for path in sorted(overlay.glob("*.toml"))]
    for path, layer in sources:
        instrument, its_rows = read_instrument(_toml(path), path.name, head, parameters, layer)
        instruments.append(instrument)
        rows.extend(its_rows)
    calendars = tuple(read_calendar(_toml(path), path.name) for path in sorted((folder / "calendars").glob("*.toml")))
    return Contents(head, parameters, tuple(instruments), tuple(rows), calendars, codes)


def read_parameters(table: Mapping[str, Any], place: str, codes: Iterable[Code]) -> tuple[Head, tuple[Parameter, ...]]:
    """Read the vocabularies and the declared parameters."""
    top = Table(table, place, ("horizon", "days", "kinds", "traits", "parameter"))
    known: dict[str, tuple[str, ...]] = {}
    for trait, names in (top.raw("traits") or {}).items():
        # A trait may take its names from a code list, so that a new code needs one place only.
        if isinstance(names, str):
            known[trait] = tuple(one.code for one in codes if one.list_name == names)
        else:
            known[trait] = Table({"names": names}, f"{place} {trait}", ("names",)).names("names")
    head = Head(FORMAT, top.day("horizon"), top.names("days"), known, top.names("kinds"))
    declared = tuple(_parameter(name, fields, place, head) for name, fields in (top.raw("parameter") or {}).items())
    by_name = parameters_by_name(declared)
    for one in declared:
        for other in filter(None, (one.covers, one.transition)):
            if other not in by_name:
                raise RulebookRefused(
                    f"参数 {one.name} 提到未声明的 {other}", f"parameter {one.name} names undeclared {other}"
                )
    return head, declared


def _parameter(name: str, fields: Mapping[str, Any], place: str, head: Head) -> Parameter:
    table = Table(fields, f"{place} {name}", [one for one in Parameter.__slots__ if one != "name"])
    counts_from = table.text("counts_from", "")
    for day in filter(None, (table.text("selected_by"), counts_from)):
        if day not in head.days:
            raise table.refused(f"日期 {day} 不在词表中", f"day {day} is not in the vocabulary")
    for trait in (*table.names("key"), *table.names("varies_by")):
        if trait not in head.traits:
            raise table.refused(f"特征 {trait} 不在词表中", f"trait {trait} is not in the vocabulary")
    for unit in table.names("units"):
        if unit not in UNITS:
            raise table.refused(f"不认识单位 {unit}", f"unknown unit {unit}")
    return Parameter(
        name=name,
        selected_by=table.text("selected_by"),
        units=table.names("units"),
        counts_from=counts_from,
        key=table.names("key"),
        varies_by=table.names("varies_by"),
        covers=table.text("covers", ""),
        bounds=table.one_of("bounds", ("", "minimum", "maximum"), ""),
        later=table.one_of("later", ("own", "more_favourable"), "own"),
        transition=table.text("transition", ""),
        favourable=table.text("favourable", ""),
        choices=table.names("choices"),
        names=table.names("names"),
        overlay=table.flag("overlay"),
        certainty=table.one_of("certainty", CERTAINTIES, "verified"),
        note=table.text("note", ""),
        zh=table.text("zh", ""),
        en=table.text("en", ""),
    )


def read_instrument(
    fields: Mapping[str, Any], place: str, head: Head, parameters: Iterable[Parameter], layer: str = "national"
) -> tuple[Instrument, tuple[Row, ...]]:
    """Read one instrument's file: its head, shared by its rows, and the rows."""
    declared = {one.name: one for one in parameters}
    keys = {trait for one in declared.values() for trait in one.key}
    top = Table(fields, place, (*INSTRUMENT_FIELDS, *SHARED_FIELDS, *keys))
    instrument = Instrument(
        name=top.text("instrument"),
        title=top.text("title", top.text("instrument")),
        kind=top.one_of("kind", head.kinds),
        in_force_from=top.day("in_force_from"),
        known_from=top.day("known_from", top.day("in_force_from")),
        note=top.text("note", ""),
    )
    shared = {name: fields[name] for name in (*SHARED_FIELDS, *keys) if name in fields}
    rows = top.raw("row") or []
    return instrument, tuple(
        _row(one, shared, f"{place} row {number} ({instrument.name})", instrument, head, declared, keys, layer)
        for number, one in enumerate(rows, 1)
    )


def _row(
    fields: Mapping[str, Any],
    shared: Mapping[str, Any],
    place: str,
    instrument: Instrument,
    head: Head,
    declared: Mapping[str, Parameter],
    keys: set[str],
    layer: str,
) -> Row:
    bare = Table(fields, place, (*ROW_FIELDS, *SHARED_FIELDS, *keys))
    parameter = declared.get(bare.text("parameter"))
    if parameter is None:
        raise bare.refused(f"参数 {bare.text('parameter')} 未声明", f"undeclared parameter {bare.text('parameter')}")
    table = Table({**shared, **fields}, place, (*ROW_FIELDS, *SHARED_FIELDS, *keys))
    for trait in keys:
        if trait in bare and trait not in parameter.key:
            raise bare.refused(f"{parameter.name} 不按 {trait} 区分", f"{parameter.name} has no key {trait}")
    in_force_from = table.day("in_force_from")
    row = Row(
        parameter=parameter.name,
        unit=table.text("unit"),
        value=tuple(table.names("value")) if isinstance(table.raw("value"), list) else table.raw("value"),
        key=tuple((trait, _key(table, trait, head)) for trait in sorted(parameter.key)),
        scope=_scope(table, parameter, head),
        instrument=instrument.name,
        kind=instrument.kind,
        article=table.text("article", ""),
        in_force_from=in_force_from,
        in_force_until=table.day_or_none("in_force_until"),
        known_from=table.day("known_from", in_force_from),
        certainty=table.one_of("certainty", CERTAINTIES, "verified"),
        note=table.text("note", ""),
        rolls=table.flag("rolls") if "rolls" in table else None,
        counts_from=table.text("counts_from", ""),
        layer=layer,
    )
    check_row(row, parameter, head, place)
    return row


def _key(table: Table, trait: str, head: Head) -> str:
    if trait not in table:
        raise table.refused(f"缺少 {trait}", f"key {trait} is missing")
    return table.one_of(trait, head.traits[trait])


def _scope(table: Table, parameter: Parameter, head: Head) -> Scope:
    scope = table.raw("scope") or {}
    if not isinstance(scope, dict):
        raise table.refused("scope 应为表", "scope must be a table")
    pairs = []
    for trait, value in sorted(scope.items()):
        if trait not in parameter.varies_by:
            raise table.refused(f"{parameter.name} 不随 {trait} 变化", f"{parameter.name} does not vary by {trait}")
        listed = Table({trait: value if isinstance(value, list) else [value]}, table.place, (trait,)).names(trait)
        for name in listed:
            if name not in head.traits[trait]:
                raise table.refused(f"{trait} 没有 {name}", f"{trait} has no name {name}")
        pairs.append((trait, tuple(sorted(set(listed)))))
    return tuple(pairs)


def check_row(row: Row, parameter: Parameter, head: Head, place: str) -> None:
    """Refuse a row whose unit, value or days do not fit its parameter."""
    table = Table({}, f"{place} {row.name}", ())
    if row.unit not in parameter.units:
        raise table.refused(f"{parameter.name} 不用单位 {row.unit}", f"{parameter.name} allows no unit {row.unit}")
    if not _fits(row.value, row.unit):
        raise table.refused(f"值 {row.value} 与单位 {row.unit} 不符", f"value {row.value} does not fit unit {row.unit}")
    if row.unit == "choice" and row.value not in parameter.choices:
        allowed = ", ".join(parameter.choices)
        raise table.refused(f"{row.value} 不在可选值 {allowed} 中", f"choice {row.value} is none of {allowed}")
    if row.unit == "list" and parameter.names and not set(row.names) <= set(parameter.names):
        extra = ", ".join(sorted(set(row.names) - set(parameter.names)))
        raise table.refused(f"列表中有未声明的 {extra}", f"the list holds undeclared {extra}")
    if (row.rolls is None) != (row.unit != "days"):
        raise table.refused("rolls 只用于 days 且必须写明", "rolls belongs to days, and only there, and must be said")
    if row.counts_from and row.counts_from not in head.days:
        raise table.refused(f"日期 {row.counts_from} 不在词表中", f"day {row.counts_from} is not in the vocabulary")
    if row.layer == "overlay" and not parameter.overlay:
        raise table.refused(f"{parameter.name} 不允许地方叠加", f"{parameter.name} allows no overlay")
    if row.in_force_until is not None and row.in_force_until < row.in_force_from:
        raise table.refused("失效日早于生效日", "it ends before it begins")


def _fits(value: Value, unit: str) -> bool:
    if unit in BARE_UNITS:
        return value is None
    if unit == "day_of_month":
        return type(value) is int and 1 <= value <= 31
    if unit in NUMBER_UNITS:
        return type(value) is int and value >= 1
    if unit == "flag":
        return isinstance(value, bool)
    if unit == "list":
        return isinstance(value, tuple)
    return isinstance(value, str) and value != ""


def read_calendar(fields: Mapping[str, Any], place: str) -> CalendarEdition:
    """Read one edition of one year's calendar."""
    known = ("year", "status", "instrument", "known_from", "weekdays_off", "weekends_worked")
    table = Table(fields, place, known)
    return CalendarEdition(
        year=table.number("year"),
        status=table.one_of("status", ("notice", "provisional")),
        instrument=table.text("instrument", ""),
        known_from=table.day("known_from"),
        weekdays_off=table.days("weekdays_off"),
        weekends_worked=table.days("weekends_worked"),
    )


def read_codes(fields: Mapping[str, Any], place: str) -> tuple[Code, ...]:
    """Read the code lists; a code stands once in its list."""
    codes: list[Code] = []
    for name, entries in fields.items():
        seen: set[str] = set()
        for number, entry in enumerate(entries):
            table = Table(entry, f"{place} {name} {number}", CODE_FIELDS)
            if table.text("code") in seen:
                raise table.refused(f"代码 {table.text('code')} 重复", f"code {table.text('code')} stands twice")
            seen.add(table.text("code"))
            codes.append(
                Code(
                    list_name=name,
                    code=table.text("code"),
                    place=number,
                    zh=table.text("zh"),
                    en=table.text("en", ""),
                    aliases=table.names("aliases"),
                    kind=table.text("kind", ""),
                    from_on=table.day("from", date.min),
                    until_on=table.day_or_none("until"),
                    note=table.text("note", ""),
                )
            )
    return tuple(codes)


def parse_toml(text: str, place: str) -> dict[str, Any]:
    """Parse TOML; refused with the parser's reason where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookRefused(f"{place} 格式有误：{error}", f"{place} is not valid TOML: {error}") from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        return parse_toml(path.read_text(encoding="utf-8"), path.name)
    except FileNotFoundError:
        raise RulebookRefused(f"缺少文件 {path.name}", f"file {path.name} is missing") from None
    except UnicodeDecodeError:
        raise RulebookRefused(f"{path.name} 不是 UTF-8", f"{path.name} is not UTF-8") from None
