"""A small invented rulebook, written in the test that needs it: every instrument is a 样例."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.law.contents import Contents
from domain.law.loading import parse_toml, read_calendar, read_instrument, read_parameters
from domain.law.rows import Instrument, Row
from domain.law.rulebook import Rulebook

PARAMETERS = (Path(__file__).parent / "small_parameters.toml").read_text(encoding="utf-8")

SWITCH = '{ parameter = "switch", value = "lenient", unit = "choice" }'


def instrument(name: str, start: str, *rows: str, head: str = "") -> str:
    """The file of one invented instrument."""
    listed = "".join(f"  {row},\n" for row in rows)
    return f'instrument = "样例{name}"\nkind = "sample"\nin_force_from = {start}\n{head}\nrow = [\n{listed}]\n'


def calendar(year: int, status: str = "notice", known: str = "2019-01-01", off: str = "", worked: str = "") -> str:
    """The file of one invented calendar edition."""
    return (
        f'year = {year}\nstatus = "{status}"\ninstrument = "样例日历{year}"\nknown_from = {known}\n'
        f"weekdays_off = [{off}]\nweekends_worked = [{worked}]\n"
    )


def load(*files: str, overlay: tuple[str, ...] = (), calendars: tuple[str, ...] = ()) -> Rulebook:
    """A checked rulebook of these files, the national ones and a bureau's."""
    head, parameters = read_parameters(parse_toml(PARAMETERS, "parameters"), "parameters", ())
    instruments: list[Instrument] = []
    rows: list[Row] = []
    layered = [(text, "national") for text in files] + [(text, "overlay") for text in overlay]
    for number, (text, layer) in enumerate(layered):
        one, its_rows = read_instrument(parse_toml(text, "file"), f"file {number}", head, parameters, layer)
        instruments.append(one)
        rows.extend(its_rows)
    editions = tuple(read_calendar(parse_toml(text, "calendar"), "calendar") for text in calendars)
    return Rulebook.from_contents(Contents(head, parameters, tuple(instruments), tuple(rows), editions, ()))


def with_notice_of_2027(law: Rulebook) -> Rulebook:
    """As if a notice (invented) had made 2027-01-04 a day off beside the statutory ones and 01-09 a working day."""
    provisional = next(one for one in law.contents.calendars if one.year == 2027)
    notice = replace(
        provisional, status="notice", instrument="样例通知", known_from=date(2026, 11, 30),
        weekdays_off=(*provisional.weekdays_off, date(2027, 1, 4)), weekends_worked=(date(2027, 1, 9),),
    )  # fmt: skip
    return Rulebook.from_contents(replace(law.contents, calendars=(*law.contents.calendars, notice)))
