"""The language of the stories: any decision by its Chinese name, any field by its Chinese name, cells as typed values.

`words.toml` is the vocabulary; what it lacks is written by the register's own name. A field that a story leaves out is
filled with something invented, so that a row says only what matters to it.
"""

from __future__ import annotations

import inspect
import re
import tomllib
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from uuid import NAMESPACE_OID, UUID, uuid5

from pydantic import AwareDatetime

from domain.context import CHINA, Officer
from domain.event import Event, Evidence, Frozen, Sealed
from domain.officer import ACTS, ROLES
from tests.domain.given import RULEBOOK
from tests.domain.test_contracts import DECISIONS

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
NAME = "营口样例海通商贸有限公司"
FILING = ("evidence", "scan", "case_no")
INSTANTS = frozenset({datetime, AwareDatetime})
SUBJECT_DECISIONS = {
    name: one for name, one in DECISIONS.items() if next(iter(inspect.signature(one).parameters)) == "file"
}


class Misspelt(Exception):
    """A story says something that the register has no word for."""


def officer(word: str) -> Officer:
    """科室经办人, or 科室经办人乙 for another one; 县区商务部门 may name its area: 县区商务部门（210881）."""
    found = re.fullmatch(r"(.+?)([甲乙丙丁戊己庚辛]?)(?:（(\d{6})）)?", word)
    if found is None or found[1] not in WORDS["people"]:
        known = "、".join(WORDS["people"])
        raise Misspelt(f"没有“{word}”这一岗位；可用：{known}")
    role, section = WORDS["people"][found[1]]
    assert role in ROLES
    if role == "system":
        return Officer("system", "system", "system")
    return Officer(f"样例{word}", role, section, *([found[3]] if found[3] else []))


def decisions_called(word: str) -> list[str]:
    """The decisions of that Chinese name, or of the one half of it (准予 / 不予修复), or of their own name."""
    if word in SUBJECT_DECISIONS:
        return [word]
    found = [act for act, zh in ACTS.items() if act in SUBJECT_DECISIONS and word in (zh, *zh.split(" / "))]
    if not found:
        raise Misspelt(f"没有名为“{word}”的办理事项（见 domain/powers.toml）")
    return found


def choose_decision(word: str, case_id: str, file: Any) -> str:
    """Several chapters know 收到陈述、申辩: the one that holds the case is meant."""
    found = decisions_called(word)
    if len(found) == 1:
        return found[0]
    for name in found:
        first = _first_id(SUBJECT_DECISIONS[name])
        if case_id in (getattr(file, f"{first.removesuffix('_id')}s", None) or {}):
            return name
    raise Misspelt(f"“{word}”可指 {'、'.join(found)}；请写出其中之一")


def cells_of(text: str) -> dict[str, str]:
    """名称：…；罚款：… → names and texts as written."""
    found = {}
    for part in filter(None, (one.strip() for one in text.split("；"))):
        name, colon, value = part.partition("：")
        if not colon:
            raise Misspelt(f"内容“{part}”应写作 名称：值")
        found[WORDS["fields"].get(name.strip(), name.strip())] = value.strip()
    return found


@dataclass
class Saying:
    """One row's own words while they become arguments."""

    said: dict[str, str]
    case_id: str
    on: date
    number: int
    rest: set[str]

    def take(self, name: str) -> str | None:
        self.rest.discard(name)
        return self.said.get(name)


def arguments(
    decision: Callable[..., Any], said: dict[str, str], case_id: str, on: date, number: int
) -> dict[str, Any]:
    """The keyword arguments that the row says, what it is silent about invented. Raises Misspelt."""
    row = Saying(said, case_id, on, number, set(said) - set(FILING))
    found: dict[str, Any] = {}
    for name, (annotation, is_needed) in _parameters(decision):
        model = _model(annotation)
        if model is not None:
            fields = {one: (field.annotation, field.is_required()) for one, field in model.model_fields.items()}
            found[name] = model(**_filled(fields, row))
        else:
            found |= _filled({name: (annotation, is_needed)}, row)
    if row.case_id:
        raise Misspelt(f"“{decision.__name__}”没有案件“{row.case_id}”可写")
    if row.rest:
        raise Misspelt(f"“{decision.__name__}”没有 {'、'.join(sorted(row.rest))}")
    return found


def filing(said: Mapping[str, str]) -> dict[str, Any]:
    """What goes into the envelope: papers by title, and the case number."""
    papers = [Evidence(title=one) for one in said.get("evidence", "").split("、") if one]
    scans = [one for one in said.get("scan", "").split("、") if one]
    papers += [Evidence(title=one, sha256=sha256(one.encode()).hexdigest()) for one in scans]
    return {"evidence": tuple(papers), "case_no": said.get("case_no")}


def _parameters(decision: Callable[..., Any]) -> Iterator[tuple[str, tuple[Any, bool]]]:
    space = vars(inspect.getmodule(decision)) | vars(typing)
    for name, one in list(inspect.signature(decision).parameters.items())[2:]:
        annotation = eval(one.annotation, space) if isinstance(one.annotation, str) else one.annotation
        yield name, (annotation, one.default is inspect.Parameter.empty)


def _model(annotation: Any) -> type[Frozen] | None:
    is_model = isinstance(annotation, type) and issubclass(annotation, Frozen)
    return annotation if is_model and (issubclass(annotation, Event) or len(annotation.model_fields) > 2) else None


def _first_id(decision: Callable[..., Any]) -> str:
    for name, (annotation, _) in _parameters(decision):
        model = _model(annotation)
        names = list(model.model_fields) if model else [name]
        for one in names:
            if one.endswith("_id"):
                return one
    return ""


def _filled(fields: Mapping[str, tuple[Any, bool]], row: Saying) -> dict[str, Any]:
    found = {}
    for name, (annotation, is_needed) in fields.items():
        text = row.take(name)
        if text is None and name.endswith("_id") and row.case_id and annotation is str:
            # The first id of an act is the case's own; a second one (对象) must be said.
            text, row.case_id = row.case_id, ""
        if text is None and not is_needed and name not in ALWAYS_SAID:
            continue
        value = _silent(name, annotation, row) if text is None else parse(name, annotation, text)
        found[name] = value
    return found


ALWAYS_SAID = frozenset({"fine_fen", "penalty_kinds", "code", "pushed_at", "content"})
"""Fields with a default that a story fills all the same: a penalty without an amount would only raise a doubt."""


def _silent(name: str, annotation: Any, row: Saying) -> Any:
    text = WORDS["silent"].get(name)
    if text == "号":
        return f"样例〔{row.on.year}〕{row.number}号"
    if text == "名":
        return NAME
    if text is not None:
        return parse(name, annotation, text)
    kinds = _kinds(annotation)
    if date in kinds:
        return row.on
    if not INSTANTS.isdisjoint(kinds):
        return datetime.combine(row.on, time(9), CHINA)
    if get_origin(annotation) is tuple:
        return ()
    if str in kinds:
        return f"样例{name}"
    raise Misspelt(f"请写明 {name}")


def _kinds(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is typing.Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in (typing.Union, types.UnionType):
        return tuple(kind for one in get_args(annotation) for kind in _kinds(one))
    return (annotation,)


def parse(name: str, annotation: Any, text: str) -> Any:
    """A cell as the field's type wants it. Raises Misspelt."""
    kinds = _kinds(annotation)
    if text == "无" and type(None) in kinds:
        return None
    for kind in kinds:
        if get_origin(kind) in (tuple, frozenset):
            inner = get_args(kind)[0]
            parts = [one for one in text.split("、") if one and one != "无"]
            return get_origin(kind)(parse(name, inner, one) for one in parts)
        if kind in INSTANTS:
            return instant(text)
        if kind is date:
            return date.fromisoformat(text)
        if kind is UUID:
            return UUID(int=int(text))
        if kind is bool:
            return {"是": True, "否": False}[text]
        if kind is int:
            return _amount(text)
        if isinstance(kind, type) and issubclass(kind, Frozen) and len(kind.model_fields) <= 3:
            values = text.split("/")
            pairs = zip(kind.model_fields.items(), values, strict=False)
            return kind(**{one: parse(one, field.annotation, value) for (one, field), value in pairs})
        if kind is Sealed:
            return sealed(text)
    return code_of(name, text, get_args(kinds[0]) if get_origin(kinds[0]) is Literal else ())


def sealed(text: str) -> Sealed:
    """A text as the vault stores it, under the key of whom it names before the first blank: 王样例 身份证号."""
    person, digest = text.split()[0], sha256(text.encode()).hexdigest()
    return Sealed(key_id=uuid5(NAMESPACE_OID, person), key_check=digest[:16], ciphertext="", commitment=digest)


def code_of(name: str, text: str, allowed: tuple[Any, ...] = ()) -> str:
    """The code that a word stands for: of the vocabulary, of a code list of the rulebook, or the text itself."""
    if text in allowed:
        return text
    if text in WORDS["codes"].get(name, {}):
        return str(WORDS["codes"][name][text])
    if name in WORDS["lists"]:
        code = RULEBOOK.code_list(WORDS["lists"][name]).find(text)
        if code is not None:
            return code.code
    if allowed:
        raise Misspelt(f"“{name}”没有“{text}”；可用：{'、'.join(map(str, allowed))}")
    return text


def instant(text: str) -> datetime:
    """2026-05-06 is nine in the morning; 2026-05-06 16:30 what it says."""
    day, _, hour = text.partition(" ")
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour) if hour else time(9), CHINA)


def _amount(text: str) -> int:
    """20000元 is two million fen; a bare number is itself."""
    found = re.fullmatch(r"(\d+)(?:\.(\d\d))?元", text)
    return int(found[1]) * 100 + int(found[2] or 0) if found else int(text)
