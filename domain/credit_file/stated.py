"""What is stated (所载): one field of a file on a day, with the event that set it or the rule that derives it.

Each chapter says what it states of itself in a function `stated(file, on, rules)`; `standing` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.event import Origin
from domain.law.rows import Row


@dataclass(frozen=True, slots=True)
class Stated:
    """One field of the answer.

    item     code of the field, such as `name`, `penalty.fine`, `listing.until`; pages put it into words
    about    what it is about: a document number, a list type, "" for the subject itself
    value    ISO dates, whole fen, codes and texts as they are
    origin   the event that set it; None where only the date and a rule derive it
    rows     the rulebook rows it rests on
    A class counts for every day, being a judgement about the penalty; `origin.recorded_at` says when it was decided.
    """

    item: str
    about: str
    value: str
    origin: Origin | None
    rows: tuple[Row, ...] = ()
