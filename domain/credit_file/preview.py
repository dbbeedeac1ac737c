"""What follows if an act is signed (签发前预览): the standing before and after, today and when it turns.

Nothing is stored here. The officer sees the lines before signing; the stored events carry their hash, so that it can be
proved later what was seen. Where the file moved in between, the lines are others and the act is not recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.context import Context
from domain.credit_file.duties import owed
from domain.credit_file.file import CreditFile, foresee
from domain.credit_file.standing import standing
from domain.credit_file.stated import Stated
from domain.event import Event
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.refusals import Refused

DAY = timedelta(days=1)
TURNS_MAX = 24

Told = dict[tuple[str, str], list[Stated]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the act changes, or an open case that goes on beside it.

    on              first day of the change, today or later
    item, about     as `standing` states them; `duty` and `open` for what a case waits for, about `kind/title`
    before, after   the values stated without the act and with it, each sorted; equal only for `open`
    rows            the rulebook rows behind what will be stated
    """

    on: date
    item: str
    about: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What follows, line by line, as of a day."""

    today: date
    lines: tuple[Line, ...]

    @property
    def hash(self) -> str:
        """SHA-256 of the lines in canonical JSON, 64 hex digits: same hash, same consequences."""
        told = [
            [one.on.isoformat(), one.item, one.about, one.before, one.after, [row.name for row in one.rows]]
            for one in self.lines
        ]
        text = json.dumps([self.today.isoformat(), told], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class PreviewChanged(Refused):
    zh = "您看过预览之后，档案或日期有了变化，办理结果与预览不同；没有保存，请看过新的预览再签发。"
    en = "Since your preview the file or the day moved on, and the act would do something else; see the new preview."


def check_preview(file: CreditFile, context: Context, events: Sequence[Event]) -> None:
    """Refuse an act that would bring about something else than its officer saw; none was seen where no hash came.

    Refused: PreviewChanged, with the new `preview` among its values.
    """
    if context.filing.preview:
        found = preview(file, context, events)
        if found.hash != context.filing.preview:
            raise PreviewChanged(preview=found)


def preview(file: CreditFile, context: Context, events: Sequence[Event]) -> Preview:
    """What the file will say if this officer's events are stored now, against what it says without them.

    Told today, on the days that what changes and the events name themselves, and on the next `TURNS_MAX` other days on
    which something in the file ends. The reading is its own: a preview is no legal basis.
    """
    rules = Reading(context.rules.rulebook, context.rules.channel)
    after = foresee(file, context, events)
    waiting = {day for day in _days_of(events) if day > context.today}
    waiting |= set(sorted(_ends(after, context.today, rules) | _ends(file, context.today, rules))[:TURNS_MAX])
    seen: set[date] = set()
    lines: list[Line] = []
    last: dict[tuple[str, str], Line] = {}
    days = [context.today]
    while days:
        on = days.pop(0)
        seen.add(on)
        for line in _differences(file, after, on, rules):
            known = last.get((line.item, line.about))
            if known is None or (known.before, known.after) != (line.before, line.after):
                lines.append(line)
                last[line.item, line.about] = line
                waiting |= {day for text in (*line.before, *line.after) for day in _turn(text) if day > context.today}
        days = sorted(waiting - seen)
    lines.sort(key=lambda one: (one.on, one.item, one.about))
    return Preview(context.today, (*lines, *_cases(file, after, context.today, rules)))


def _differences(file: CreditFile, after: CreditFile, on: date, rules: Reading) -> Iterator[Line]:
    """What the day's standing says otherwise, field by field."""
    old, new = _told(file, on, rules), _told(after, on, rules)
    for item, about in sorted({*old, *new}):
        before, then = _values(old[item, about]), _values(new[item, about])
        if before != then:
            rows = dict.fromkeys(row for one in new[item, about] for row in one.rows)
            yield Line(on, item, about, before, then, tuple(rows))


def _told(file: CreditFile, on: date, rules: Reading) -> Told:
    told: Told = defaultdict(list)
    found = standing(file, on, rules)
    for one in found.fields if found is not None else ():
        told[one.item, one.about].append(one)
    return told


def _values(told: Iterable[Stated]) -> tuple[str, ...]:
    return tuple(sorted(one.value for one in told))


def _ends(file: CreditFile, today: date, rules: Reading) -> set[date]:
    """Days after today on which something stated today ends or begins."""
    told = _told(file, today, rules).values()
    return {day for some in told for one in some for day in _turn(one.value) if day > today}


def _turn(value: str) -> tuple[date, ...]:
    """The day that a value names and the one after it, as a last day is included; none for any other value."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ()
    return (day,) if day == date.max else (day, day + DAY)


def _days_of(events: Iterable[Event]) -> Iterator[date]:
    for event in events:
        for value in dict(event).values():
            if isinstance(value, date):
                yield from _turn(date(value.year, value.month, value.day).isoformat())


def _cases(file: CreditFile, after: CreditFile, today: date, rules: Reading) -> Iterator[Line]:
    """What cases wait for: what the act settles, what it begins, and the open cases of the subject beside it."""
    old, new = _acts_owed(file, rules), _acts_owed(after, rules)
    for kind, case_id, title in sorted({*old, *new}):
        before, then = (tuple(sorted(some[kind, case_id, title])) for some in (old, new))
        if before != then:
            yield Line(today, "duty", f"{kind}/{title}", before, then)
        elif kind != "entry":
            yield Line(today, "open", f"{kind}/{title}", before, then)


def _acts_owed(file: CreditFile, rules: Reading) -> dict[tuple[str, str, str], list[str]]:
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in owed(file, rules):
        found[one.case_kind, one.case_id, one.title].append(one.act)
    return found
