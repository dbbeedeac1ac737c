"""An answer of the past in words and as JSON: the page, its download and the command line say the same.

Each field names the event that set it, or the rulebook row from which the date alone derives it (由日期推定).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from api import moments
from api.money import show_money
from api.officer.stated_words import EFFECTS, ITEMS, about_of, code_words, value_of
from api.officer.words import EXITS, Words, event_words
from domain.credit_file.stated import Stated
from domain.event import Fact
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections.replay.subject import LearntLater, Replayed, replay
from projections.replay.timeline import Stretch

STRETCHES: Mapping[str, Words] = {
    "listing": ("列入", "listing"), "disclosure": ("公示期", "disclosure"), "licence": ("许可", "licence"),
    "commitment": ("承诺", "commitment"), "repair": ("修复", "repair"),
}  # fmt: skip
ENDINGS: Mapping[str, Words] = {
    **EXITS, **EFFECTS,
    "licence_ended": ("许可终止", "the licence ended"),
    "recognition_ended": ("资质、荣誉终止", "the qualification or honour ended"),
    "annulled": ("撤销", "annulled"), "later_rule": ("新规定", "a later rule"),
    "withdrawn": ("撤回公示", "withdrawn"),
    "hidden/shield": ("暂时屏蔽", "shielded"), "hidden/remedy": ("停止公示", "suspended"),
    "restated": ("内容有变，待重新批准", "changed, waits for a new release"), "fulfilled": ("已履行", "fulfilled"),
    "breached": ("违诺", "breached"), "": ("", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field of the answer in words; `version` is the event's number in the stream, None where the date derives it.

    is_changed   whether something recorded later changes it
    """

    label: Words
    about: str
    value: Words
    event: Words
    topic: str
    version: int | None
    position: int | None
    recorded_at: datetime | None
    officer_id: str
    role: str
    rows: tuple[Row, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class LaterTold:
    """A fact recorded later that changes the answer: before → after, field by field."""

    event: Words
    position: int
    version: int
    recorded_at: datetime
    role: str
    changes: tuple[tuple[Words, str, Words, Words], ...]


def answer_of(
    register: CreditRegister, rulebooks: Rulebooks, subject_id: UUID, known_at: str, in_force_on: str, today: date
) -> Replayed:
    """The answer for what was typed; page, download and command line ask here.

    Refused, in this order: MomentUnreadable, DayUnreadable. Raises NoRulebook where none was adopted.
    """
    moment, on = moments.known_at(known_at), moments.in_force_on(in_force_on, today)
    return replay(register, rulebooks, subject_id, moment, on)


def fields_told(answer: Replayed, history: list[Fact], rules: Reading) -> tuple[FieldTold, ...]:
    """The fields in the order of the file."""
    facts = {fact.position: fact for fact in history}
    changed = {(change.item, change.about) for later in answer.later for change in later.changes}
    told = []
    for one in answer.standing.fields if answer.standing else ():
        origin = one.origin
        fact = facts.get(origin.position) if origin is not None else None
        topic = type(fact.event).TOPIC if fact is not None else ""
        event = event_words(type(fact.event).__name__) if fact is not None else ("", "")
        told.append(
            FieldTold(
                ITEMS.get(one.item, (one.item, one.item)), about_of(one.item, one.about, rules), value_of(one, rules),
                event, topic, origin.version if origin else None, origin.position if origin else None,
                origin.recorded_at if origin else None, origin.officer_id if origin else "",
                origin.role if origin else "", one.rows, (one.item, one.about) in changed,
            )
        )  # fmt: skip
    return tuple(told)


def later_told(later: LearntLater, rules: Reading) -> LaterTold:
    """A later fact with what it changes."""
    changes = tuple(
        (ITEMS.get(one.item, (one.item, one.item)), about_of(one.item, one.about, rules), value_of(one.before, rules),
         value_of(one.after, rules))
        for one in later.changes
    )  # fmt: skip
    return LaterTold(
        event_words(later.event), later.position, later.version, later.recorded_at, later.role, changes
    )


def sentence_of(answer: Replayed, rules: Reading) -> Words:
    """The state of the day in one sentence."""
    if answer.standing is None:
        return ("当时尚未登记该主体", "the subject was not registered then")
    penalties = [one for one in answer.standing.fields if one.item == "disclosure" and one.value == "shown"]
    numbers = {one.about for one in answer.standing.fields if one.item == "penalty"}
    shown = [one for one in penalties if one.about in numbers]
    fines = [one.value for one in answer.standing.fields if one.item == "penalty.fine" and one.about in
             {two.about for two in shown}]  # fmt: skip
    lists = [code_words(rules, "list_types", one) for one in answer.standing.on_lists]
    zh = [f"在{one[0]}内" for one in lists] or ["不在任何名单内"]
    en = [f"on {one[1]}" for one in lists] or ["on no list"]
    if shown:
        fine = f"，罚款 {show_money(sum(int(one) for one in fines))}" if fines else ""
        zh.append(f"行政处罚 {len(shown)} 条公示中{fine}")
        en.append(f"{len(shown)} penalties disclosed{f', fines {show_money(sum(map(int, fines)))}' if fines else ''}")
    else:
        zh.append("没有公示中的行政处罚")
        en.append("no penalty disclosed")
    return ("；".join(zh), "; ".join(en))


def stretch_about(one: Stretch, rules: Reading) -> str:
    """What a piece of the timeline is about, in words."""
    return code_words(rules, "list_types", one.about)[0]


def ending_of(one: Stretch) -> Words:
    """How a piece ended; ("", "") while nothing but the date ends it."""
    if one.kind == "disclosure" and one.ended == "repair":
        return ("信用修复", "repair")
    return ENDINGS.get(one.ended, (one.ended, one.ended))


def as_json(answer: Replayed, history: list[Fact]) -> dict[str, Any]:
    """The answer as a program reads it: codes, ISO dates, whole fen; the same from page and command line."""
    return {
        "subject": str(answer.subject_id),
        "known_at": {"position": answer.known_at, "recorded_at": _iso(answer.known_at_instant)},
        "in_force_on": answer.in_force_on.isoformat(),
        "rulebook_version": answer.rulebook_version,
        "head": answer.head,
        "name": answer.standing.name if answer.standing else None,
        "on_lists": list(answer.standing.on_lists) if answer.standing else [],
        "fields": [_field_json(one, history) for one in answer.standing.fields] if answer.standing else [],
        "known_later": [
            {
                "event": one.event, "version": one.version, "position": one.position,
                "recorded_at": _iso(one.recorded_at), "officer": one.officer_id, "role": one.role,
                "changes": [
                    {"item": change.item, "about": change.about,
                     "before": change.before.value if change.before else None,
                     "after": change.after.value if change.after else None}
                    for change in one.changes
                ],
            }
            for one in answer.later
        ],
        "timeline": [
            {
                "kind": one.kind, "about": one.about, "entry": one.entry_id, "from": _iso(one.from_on),
                "until": _iso(one.until), "ended": one.ended, "rest_until": _iso(one.rest_until),
                "recorded_at": _iso(one.recorded_at), "position": one.position,
            }
            for one in answer.stretches
        ],
    }  # fmt: skip


def _field_json(one: Stated, history: list[Fact]) -> dict[str, Any]:
    field: dict[str, Any] = {"item": one.item, "about": one.about, "value": one.value, "event": None}
    if one.origin is not None:
        topics = {fact.position: type(fact.event).TOPIC for fact in history}
        field["event"] = {
            "topic": topics.get(one.origin.position, ""), "version": one.origin.version,
            "position": one.origin.position, "recorded_at": _iso(one.origin.recorded_at),
            "officer": one.origin.officer_id, "role": one.origin.role, "sha256": one.origin.digest,
        }  # fmt: skip
    field["rules"] = [{"row": row.name, "citation": row.citation, "certainty": row.certainty} for row in one.rows]
    return field


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None
