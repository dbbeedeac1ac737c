"""What a story may ask of the file on a day, each by its Chinese name, answered in words.

在册 公示 最后公示日 最早可修复日 等级 待办 逾期 所载 … 依据 规则 … 期限 …; README.md tells what each means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from api.disclosure.words import value_words
from api.officer.stated_words import ITEMS
from domain.credit_file.deadline import overdue
from domain.credit_file.disclosure_period import disclosed
from domain.credit_file.duties import owed
from domain.credit_file.file import CreditFile
from domain.credit_file.marks import marks_on
from domain.credit_file.objection import title_of
from domain.credit_file.standing import standing
from domain.event import Fact
from domain.law.reading import Reading
from domain.law.rows import Parameter
from domain.officer import ACTS
from tests.domain.given import RULEBOOK
from tests.stories.language import WORDS, Misspelt, code_of

YES, NO, NOTHING = "是", "否", "无"


@dataclass(frozen=True)
class Asked:
    """One question: what is asked about what, of which file, on which day."""

    file: CreditFile
    facts: list[Fact]
    on: date
    about: str
    rules: Reading
    more: str = ""


def _is_listed(asked: Asked) -> str:
    found = standing(asked.file, asked.on, asked.rules)
    return YES if found and code_of("list_type", asked.about) in found.on_lists else NO


def _is_shown(asked: Asked) -> str:
    found = standing(asked.file, asked.on, asked.rules)
    return YES if found and asked.about in found.shown else NO


def _last_day(asked: Asked) -> str:
    period = disclosed(asked.file, asked.rules).get(asked.about)
    return period.until.isoformat() if period and period.until else NOTHING


def _stated(asked: Asked) -> str:
    found = standing(asked.file, asked.on, asked.rules)
    item = next((code for code, (word, _) in ITEMS.items() if word == asked.more), asked.more)
    names = _names_of(asked)
    words = {code: word for word, code in WORDS["values"].get(item, {}).items()}
    fields = [one for one in (found.fields if found else ()) if one.item == item and (not names or one.about in names)]
    return "、".join(words.get(one.value, one.value) for one in fields) or NOTHING


def _names_of(asked: Asked) -> set[str]:
    """What the file calls the case, entry or list that a question names."""
    if not (about := asked.about):
        return set()
    file, names = asked.file, {about, code_of("list_type", about)}
    if about in file.records:
        names.add(file.records[about].record.document_no)
    if about in file.objections:
        names.add(title_of(file, file.objections[about]))
    if about in file.remedies:
        names.add(file.remedies[about].recorded.case_no or file.remedies[about].recorded.body)
    if about in file.shields:
        names.add(file.shields[about].shielded.ruling_no)
    if about in file.commitments:
        names.add(file.commitments[about].made.matter)
    if about in file.measures:
        names.add(file.measures[about].applied.measure_code)
    return names


def _marks(asked: Asked) -> str:
    """What the public page says beside the entry while somebody contests it."""
    return "、".join(MARKS[code] for code in marks_on(asked.file, asked.about, asked.on)) or NOTHING


def _first_repair(asked: Asked) -> str:
    return _stated(replace(asked, more="repair.first_on"))


def _tier(asked: Asked) -> str:
    found = standing(asked.file, asked.on, asked.rules)
    return found.tier.grade if found and found.tier else NOTHING


def _duties(asked: Asked) -> str:
    told = []
    for one in owed(asked.file, asked.rules):
        if asked.about in ("", one.case_id):
            until = one.term.until if one.term else None
            told.append(f"{ACTS[one.act]}，{until.isoformat() if until else '无期限'}")
    return "；".join(told) or NOTHING


def _missed(asked: Asked) -> str:
    """What was not done in time by that day, whether or not the register has noted it already."""
    noted = [one.missed for one in asked.file.deadlines.values()]
    told = [(one.due_on, one.duty, one.case_id) for one in noted if one.due_on < asked.on]
    late = overdue(asked.file, asked.on, asked.rules)
    told += [(one.term.until, one.act, one.case_id) for one in late if one.term and one.term.until]
    wanted = [f"{ACTS[act]}，{due_on}" for due_on, act, case_id in sorted(told) if asked.about in ("", case_id)]
    return "；".join(wanted) or NOTHING


def _basis(asked: Asked) -> str:
    """The instruments and articles behind the last fact of that kind."""
    found = [one for one in asked.facts if type(one.event).__name__ == asked.about]
    if not found:
        raise Misspelt(f"还没有 {asked.about}")
    return "；".join(f"{one.instrument}{one.article} {one.rule}" for one in found[-1].envelope.legal_basis)


def _rule(asked: Asked) -> str:
    """The row that answers on that day, as one reads it: value, source, certainty."""
    parameter = _parameter(asked.more)
    days = dict.fromkeys(RULEBOOK.contents.head.days, asked.on)
    row = asked.rules.select(parameter.name, days=days, traits=_traits(asked.about))
    zh, _ = value_words(row.value, row.unit)
    return f"{zh} {row.citation} {'待核实' if row.certainty == 'unverified' else '已核实'}"


def _term(asked: Asked) -> str:
    """The last day of a term counted from that day."""
    parameter = _parameter(asked.more)
    days = dict.fromkeys(RULEBOOK.contents.head.days, asked.on)
    found = asked.rules.term(parameter.name, days=days, traits=_traits(asked.about))
    if found.until is None:
        return "永不" if found.is_never else NOTHING
    return found.until.isoformat() + ("" if found.is_firm else "（暂定）")


def _parameter(word: str) -> Parameter:
    for one in RULEBOOK.parameters.values():
        if word in (one.name, one.zh):
            return one
    raise Misspelt(f"没有名为“{word}”的规则参数")


def _traits(text: str) -> dict[str, str]:
    pairs = [one.split("=", 1) for one in text.replace("＝", "=").split("、") if one]
    return {name: code_of("penalty_class" if name.startswith("class.") else name, value) for name, value in pairs}


MARKS = {"objection": "异议处理中", "reconsideration": "复议中", "litigation": "诉讼中"}
QUESTIONS: dict[str, Callable[[Asked], str]] = {
    "在册": _is_listed, "公示": _is_shown, "最后公示日": _last_day, "最早可修复日": _first_repair, "等级": _tier,
    "待办": _duties, "逾期": _missed, "所载": _stated, "标注": _marks, "依据": _basis, "规则": _rule, "期限": _term,
}  # fmt: skip
CONTAINED = ("依据", "规则")
"""Questions of which an answer names the parts that must be there, and need not say everything."""


def compare(asked: Asked, question: str, expected: str) -> str | None:
    """None where the answer is as expected, else the true one. Raises Misspelt."""
    word, _, more = question.rstrip("？?").partition(" ")
    if word not in QUESTIONS:
        raise Misspelt(f"没有“{word}”这一问；可问：{'、'.join(QUESTIONS)}")
    found = QUESTIONS[word](replace(asked, more=more.strip()))
    if word in CONTAINED:
        absent = [one for one in expected.split("；") if one.strip() not in found]
        return f"“{word}”中没有“{'；'.join(absent)}”：{found}" if absent else None
    return None if found == expected else f"“{question}”的回答是“{found}”，不是“{expected}”"
