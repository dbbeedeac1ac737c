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
from api.officer.words import (
    ALTERATIONS,
    BASES,
    COMMITMENT_STATES,
    ENTRY_STATES,
    EXITS,
    LICENCE_CHANGES,
    MEASURE_CAUSES,
    OBJECTION_STATES,
    RECOGNITION_ENDS,
    REMEDY_OUTCOMES,
    SHIELD_STATES,
    STAGES,
    Words,
    event_words,
)
from domain.credit_file.stated import Stated
from domain.event import Fact
from domain.law.reading import Reading
from domain.law.rows import Row
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections.replay.subject import LearntLater, Replayed, replay
from projections.replay.timeline import Stretch

ITEMS: Mapping[str, Words] = {
    "name": ("名称", "name"),
    "code": ("统一社会信用代码", "credit code"),
    "code.flagged": ("代码校验不符，核定保留", "code flagged"),
    "status": ("登记状态", "status"),
    "person": ("责任人员", "responsible person"),
    "predecessor": ("承继自", "follows"),
    "successor": ("承继主体", "followed by"),
    "joined": ("并入主档案", "joined to the main file"),
    "listing": ("名单", "list"),
    "listing.until": ("列入截止", "listed through"),
    "listing.basis": ("列入依据", "basis of the listing"),
    "licence": ("行政许可", "licence"),
    "licence.until": ("许可有效期至", "licence valid through"),
    "qualification": ("资质", "qualification"),
    "qualification.until": ("资质有效期至", "qualification valid through"),
    "qualification.ended": ("资质终止", "qualification ended"),
    "honour": ("荣誉", "honour"),
    "honour.until": ("荣誉有效期至", "honour through"),
    "honour.ended": ("荣誉终止", "honour ended"),
    "adverse_conduct": ("不良行为", "adverse conduct"),
    "conduct.annulled": ("行为记录撤销", "record of conduct annulled"),
    "penalty": ("行政处罚", "penalty"),
    "penalty.fine": ("罚款", "fine"),
    "penalty.class": ("失信程度", "class"),
    "licence.change": ("许可变更", "change of the licence"),
    "penalty.performed": ("履行完毕", "performed"),
    "penalty.fine_left": ("罚款尚欠", "left of the fine"),
    "penalty.confiscation_left": ("没收尚欠", "left of the confiscation"),
    "penalty.rectified": ("改正于", "conduct put right on"),
    "penalty.altered": ("处罚变更、撤销", "penalty altered or revoked"),
    "record.annulled": ("记录撤销", "record annulled"),
    "disclosure": ("公示", "disclosure"),
    "disclosure.stated_until": ("来文所写公示截止期（与推定不同）", "stated end, not the derived one"),
    "disclosure.refused": ("不予公示的情形", "ground of non-disclosure"),
    "objection": ("异议", "objection"),
    "remedy.reconsideration": ("行政复议", "reconsideration"),
    "remedy.litigation": ("行政诉讼", "lawsuit"),
    "shield": ("暂时屏蔽", "shielding"),
    "disclosure.until": ("公示截止期", "disclosed through"),
    "repair.first_on": ("首次可申请修复", "repair possible from"),
    "commitment": ("信用承诺", "commitment"),
    "commitment.published": ("承诺书公开于", "letter published on"),
    "commitment.check": ("承诺核查结果", "result of the check"),
    "commitment.benefit_revoked": ("已取消的便利", "benefit revoked"),
    "repair": ("信用修复", "repair"),
    "measure": ("惩戒措施", "measure"),
    "tier": ("监管等级", "tier"),
    "tier.assigned": ("评定的等级", "tier assigned"),
    "tier.assigned_until": ("评定有效至", "tier assigned through"),
    "protection.sealed": ("封存", "sealed"),
    "protection.kept_until": ("保存期至", "kept through"),
}
DISCLOSURE: Mapping[str, Words] = {
    **ENTRY_STATES,
    "not_released": ("未批准公示", "not released"),
    "not_disclosed_by_law": ("依规定不公示", "not disclosed by law"),
}
CHECKS: Mapping[str, Words] = {
    "kept": ("已履行", "kept"), "not_due": ("未到期", "not due yet"), "partly": ("部分履行", "kept in part"),
    "not": ("未履行", "not kept"), "false": ("虚假承诺", "false"),
}  # fmt: skip
EFFECTS: Mapping[str, Words] = {
    "disclosure_ended": ("已终止公示", "disclosure ended"),
    "removed_from_list": ("已移出名单", "removed from the list"),
    "revoked": ("修复已撤销", "repair revoked"),
}
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


def value_of(one: Stated | None, rules: Reading) -> Words:
    """A field's value in words."""
    if one is None:
        return ("没有", "none")
    value = one.value
    match one.item:
        case "penalty.fine" | "penalty.fine_left" | "penalty.confiscation_left":
            return (show_money(int(value)),) * 2
        case "licence.change":
            return LICENCE_CHANGES.get(value, (value, value))
        case "qualification.ended" | "honour.ended":
            return RECOGNITION_ENDS.get(value, (value, value))
        case "adverse_conduct":
            return _code(rules, "conduct_codes", value)
        case "penalty.altered":
            return ALTERATIONS.get(value, (value, value))
        case "penalty.class":
            return _code(rules, "classes", value)
        case "listing":
            state, _, cause = value.partition("/")
            return ("在列", "listed") if state == "listed" else EXITS.get(cause, (value, value))
        case "disclosure":
            return DISCLOSURE.get(value, (value, value))
        case "disclosure.refused":
            return _code(rules, "nondisclosure_grounds", value)
        case "objection":
            return OBJECTION_STATES.get(value, (value, value))
        case "remedy.reconsideration" | "remedy.litigation":
            return ("进行中", "running") if value == "running" else REMEDY_OUTCOMES.get(value, (value, value))
        case "shield":
            return SHIELD_STATES.get(value, (value, value))
        case "status":
            return _code(rules, "subject_statuses", value)
        case "listing.basis":
            return BASES.get(value, (value, value))
        case "commitment":
            return COMMITMENT_STATES.get(value, (value, value))
        case "measure":
            state, _, cause = value.partition("/")
            if state == "lifted":
                zh, en = MEASURE_CAUSES.get(cause, (cause, cause))
                return (f"已解除（{zh}）", f"lifted: {en}")
            if state == "shielded":
                return ("屏蔽期间暂停", "suspended by the shielding")
            return ("执行中", "running") if state == "running" else ("已结束", "over")
        case "repair":
            return EFFECTS.get(value) or STAGES.get(value, (value, value))
        case "tier" | "tier.assigned":
            return _code(rules, "tier_grades", value)
        case "commitment.check":
            return CHECKS.get(value, (value, value))
        case "commitment.published":
            names = [_code(rules, "commitment_channels", one) for one in value.split("、")]
            return "、".join(zh for zh, _ in names), ", ".join(en for _, en in names)
        case "licence.until" if value == "long_term":
            return ("长期", "long-term")
        case _:
            return (value, value)


def about_of(item: str, about: str, rules: Reading) -> str:
    """What a field is about: a list or a measure by its name, anything else as it is."""
    if item == "measure":
        return _code(rules, "measures", about)[0]
    if item == "person":
        return _code(rules, "person_roles", about)[0]
    return _code(rules, "list_types", about)[0] if item.startswith("listing") else about


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
    lists = [_code(rules, "list_types", one) for one in answer.standing.on_lists]
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
    return _code(rules, "list_types", one.about)[0]


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


def _code(rules: Reading, code_list: str, code: str) -> Words:
    found = rules.rulebook.code_list(code_list).get(code)
    return (found.zh, found.en) if found is not None else (code, code)


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None
