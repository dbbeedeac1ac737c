"""`xinlu replay CODE`: what the register knew of a subject at a moment, and what held on a day."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from api.audit.answers import answer_of, as_json, fields_told, later_told, sentence_of
from api.cli.opened_register import opened_register
from api.cli.output import JsonFlag, say, say_json
from api.clock import SHANGHAI
from api.obstacles import Obstacle
from domain.credit_code import clean
from domain.law.reading import Reading
from domain.refusals import Refused
from domain.register.register import CreditRegister

Code = Annotated[str, typer.Argument(metavar="CODE", help="Unified social credit code, or the subject's id.")]
KnownAt = Annotated[str, typer.Option("--known-at", help="A day (its end), an instant or a position; else now.")]
InForceOn = Annotated[str, typer.Option("--in-force-on", help="The day whose state is asked for; today if left out.")]


def replay(code: Code, known_at: KnownAt = "", in_force_on: InForceOn = "", as_json_lines: JsonFlag = False) -> None:
    """Answer as the auditor's page does: each field with its event, or with the date and the rule that derive it."""
    with opened_register() as opened:
        subject_id = _subject(opened.register, code)
        try:
            answer = answer_of(opened.register, opened.rulebooks, subject_id, known_at, in_force_on, opened.today)
        except Refused as refusal:
            raise Obstacle(refusal.code, refusal.sentence_zh, refusal.sentence_en) from refusal
        history = opened.register.history(subject_id)
        if as_json_lines:
            say_json(as_json(answer, history))
            return
        rules = Reading(opened.rulebooks.at(answer.known_at))
        name = answer.standing.name if answer.standing else ""
        say(f"{name}  {code}")
        say(f"已知至位置 known at position {answer.known_at:,}，效力所在日 in force on {answer.in_force_on}")
        zh, en = sentence_of(answer, rules)
        say(f"{zh} / {en}")
        for one in fields_told(answer, history, rules):
            if one.position is not None and one.recorded_at is not None:
                when = one.recorded_at.astimezone(SHANGHAI)
                source = f"{one.topic} 位置 position {one.position:,}，{when:%Y-%m-%d %H:%M}，{one.role}"
            else:
                cited = "；".join(f"{row.parameter} {row.citation}" for row in one.rows)
                source = f"由日期推定 derived from the date{f'：{cited}' if cited else ''}"
            about = f" {one.about}" if one.about else ""
            say(f"  {one.label[0]}{about}：{one.value[0]}    [{source}]")
        for later in (later_told(one, rules) for one in answer.later):
            for label, about, before, after in later.changes:
                say(f"  此后才知道 known later：位置 {later.position:,} {label[0]} {about} {before[0]} → {after[0]}")


def _subject(register: CreditRegister, code: str) -> UUID:
    found = register.subject_by_code(clean(code))
    if found is not None:
        return found
    try:
        subject_id = UUID(code)
    except ValueError:
        subject_id = None
    if subject_id is None or register.load(subject_id).profile is None:
        raise Obstacle(
            "subject_unknown",
            "没有这个代码的信用主体；请核对 18 位统一社会信用代码，或改用主体编号。",
            "No subject has this code; check all 18 characters, or give the subject's id.",
        )
    return subject_id
