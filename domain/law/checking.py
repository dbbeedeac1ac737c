"""What makes a set of rows a rulebook: no overlap, no gap, complete calendars.

Run when files are read and when a draft is proposed, never when an adopted text is read back:
a later release must not refuse what was lawful when it was adopted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

from domain.law.calendar_editions import WEEKDAYS, CalendarEdition
from domain.law.contents import Contents, parameters_by_name
from domain.law.rows import Instrument, Key, Parameter, Row, RulebookRefused

DAY = timedelta(days=1)
Timeline = dict[date, list[Row]]


def check_contents(contents: Contents) -> None:
    """Refuse overlaps, doubled editions, gaps, homeless overlays and broken calendars."""
    parameters = parameters_by_name(contents.parameters)
    timelines = timelines_of(contents.rows)
    _check_instruments(contents.instruments)
    for (name, _, layer), timeline in timelines.items():
        for edition in timeline.values():
            _check_edition(edition)
        if layer == "national":
            _check_ends(timeline)
        else:
            _check_lies_on_something(timeline, timelines.get((name, _, "national"), {}))
    for (name, key, layer), timeline in timelines.items():
        if layer == "national" and parameters[name].covers:
            _check_covers(parameters[name], timeline, timelines.get((parameters[name].covers, key, "national"), {}))
    check_calendars(contents.calendars)


def timelines_of(rows: Iterable[Row]) -> dict[tuple[str, Key, str], Timeline]:
    """The editions of each parameter, key and layer by first day."""
    found: dict[tuple[str, Key, str], Timeline] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.parameter, row.key, row.layer][row.in_force_from].append(row)
    return {place: dict(sorted(timeline.items())) for place, timeline in found.items()}


def _check_instruments(instruments: Iterable[Instrument]) -> None:
    seen: set[str] = set()
    for one in instruments:
        if one.name in seen:
            raise RulebookRefused(f"文件 {one.name} 出现两次", f"instrument {one.name} has two files")
        seen.add(one.name)


def _check_edition(edition: list[Row]) -> None:
    for one, other in combinations(edition, 2):
        if one.instrument != other.instrument:
            raise _both(one, other, "同一参数同一日出自两个文件", "two instruments on one day for one parameter")
        narrower = one.is_narrower_than(other) or other.is_narrower_than(one)
        if one.may_meet(other) and not narrower:
            raise _both(one, other, "两行适用于同一事实且不分宽窄", "both can meet the same facts, neither is narrower")


def _check_ends(timeline: Timeline) -> None:
    for day, edition in timeline.items():
        following = min((other for other in timeline if other > day), default=None)
        for row in edition:
            if row.in_force_until is None:
                continue
            if following is None or row.in_force_until + DAY < following:
                raise RulebookRefused(
                    f"{row.name}（{row.instrument}）于 {row.in_force_until} 失效，次日无后续规定",
                    f"{row.name} ({row.instrument}) ends on {row.in_force_until} and no edition follows next day",
                )
            if row.in_force_until >= following:
                raise _both(
                    row, timeline[following][0], "失效日晚于后续规定的生效日", "it outlives its successor's start"
                )


def _check_lies_on_something(overlay: Timeline, national: Timeline) -> None:
    for day, edition in overlay.items():
        if not any(start <= day for start in national):
            raise RulebookRefused(
                f"{edition[0].name}（{edition[0].instrument}）之下没有上级规定",
                f"{edition[0].name} ({edition[0].instrument}) is an overlay with nothing under it",
            )


def _check_covers(parameter: Parameter, timeline: Timeline, schemes: Timeline) -> None:
    """Each edition answers for every class of each scheme in force while it is in force."""
    starts = list(timeline)
    for start, end in pairwise([*starts, date.max]):
        for scheme in _in_force_between(schemes, start, end):
            for traits in _classes(scheme):
                if not any(row.matches(traits) for row in timeline[start]):
                    row = timeline[start][0]
                    named = "、".join(traits.values()) or "—"
                    raise _both(
                        row, scheme, f"{parameter.name} 缺少等次 {named}", f"{parameter.name} has no row for {traits}"
                    )


def _in_force_between(schemes: Timeline, start: date, end: date) -> Iterator[Row]:
    for first, last in pairwise([*schemes, date.max]):
        if first < end and start < last:
            yield from schemes[first]


def _classes(scheme: Row) -> list[dict[str, str]]:
    return [dict([one.split("/", 1)]) for one in scheme.names] or [{}]


def check_calendars(editions: Iterable[CalendarEdition]) -> None:
    """Refuse a missing year, a doubled edition, a day of another year, a weekday among weekends worked."""
    listed = sorted(editions, key=lambda one: (one.year, one.known_from))
    for one, other in pairwise(listed):
        if one.name == other.name:
            raise RulebookRefused(f"{one.name} 出现两次", f"{one.name} stands twice")
        if other.year > one.year + 1:
            raise RulebookRefused(
                f"日历在 {one.year} 与 {other.year} 之间缺年份",
                f"no calendar between {one.year} ({one.instrument}) and {other.year} ({other.instrument})",
            )
    for one in listed:
        for day in one.weekends_worked:
            if day.weekday() < WEEKDAYS:
                raise RulebookRefused(f"{one.name} 的 {day} 不是周末", f"{day} in {one.name} is no weekend day")
        for day in one.weekdays_off:
            if day.weekday() >= WEEKDAYS:
                raise RulebookRefused(f"{one.name} 的 {day} 本是周末", f"{day} in {one.name} is a weekend day anyway")
        for day in (*one.weekdays_off, *one.weekends_worked):
            if day.year != one.year:
                raise RulebookRefused(f"{one.name} 的 {day} 不属该年", f"{day} in {one.name} is of another year")


def _both(one: Row, other: Row, zh: str, en: str) -> RulebookRefused:
    return RulebookRefused(
        f"{one.name}（{one.instrument}）与 {other.name}（{other.instrument}）：{zh}",
        f"{one.name} ({one.instrument}) and {other.name} ({other.instrument}): {en}",
    )
