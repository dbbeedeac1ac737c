"""Case files that a lawyer can read, told to the real decisions; and that a story that is wrong is told so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.context import Context
from domain.credit_file.duties import owed
from domain.credit_file.file import CreditFile, foresee
from domain.credit_file.standing import standing
from domain.event import Event, Fact
from domain.law.reading import Reading
from tests.domain.given import RULEBOOK
from tests.stories.story import Row, Teller, stories

FIRM = "| 日期 | 谁 | 办什么 | 案件 | 内容 | 结果 |\n|---|---|---|---|---|---|\n"
ASKED = "| 日期 | 问 | 关于 | 答 |\n|---|---|---|---|\n"
REGISTERED = "| 2026-01-05 | 科室经办人 | 登记主体 | | | |\n"
PENALTY = "| 2026-02-02 | 科室经办人 | 登记行政处罚 | 处罚甲 | | |\n"
LATE = "| 2026-03-02 | 科室经办人 | 归类失信程度 | 处罚甲 | 方案：2025年方案；等次：一般 | 办成：Classified |\n"


def said_of(file: CreditFile, on: date) -> tuple[object, ...]:
    """What the file says on the day, without where it comes from, and what it waits for."""
    rules = Reading(RULEBOOK)
    found = standing(file, on, rules)
    fields = [(one.item, one.about, one.value) for one in found.fields] if found else []
    return (
        fields,
        found and found.on_lists,
        found and set(found.shown),
        [(one.act, one.case_id) for one in owed(file, rules)],
    )


class Doubter(Teller):
    """Asks everything twice: a wrong answer must be told as wrong, so that no question says yes to all. And what was
    foreseen of each act must be what the file then says, that day and long after."""

    def record(self, facts: list[Fact], file: CreditFile, context: Context, events: Sequence[Event]) -> CreditFile:
        foreseen = foresee(file, context, events)
        after = super().record(facts, file, context, events)
        for on in (context.today, context.today + timedelta(days=400)):
            assert said_of(foreseen, on) == said_of(after, on), (context.today, events)
        return after

    def ask(self, row: Row) -> str | None:
        said = super().ask(row)
        if said is None and super().ask(Row(row.line, row.cells | {"答": "样例错答"})) is None:
            return f"对“{row.cells['问']}”怎么回答都对"
        return said


@pytest.mark.parametrize("path", stories(), ids=lambda path: path.stem)
def test_the_story_is_what_the_register_does(path: Path) -> None:
    Doubter(path).tell()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FIRM + PENALTY, "被拒绝（SubjectUnknown）"),
        (FIRM + REGISTERED + PENALTY.replace("| |\n", "| 拒绝 IdTaken |\n"), "没有被拒绝"),
        (FIRM + PENALTY.replace("| |\n", "| 拒绝 IdTaken |\n"), "拒绝的是 SubjectUnknown"),
        (FIRM + PENALTY.replace("| |\n", "| 拒绝 SubjectUnknown：三个月 |\n"), "拒绝理由没有“三个月”"),
        (FIRM + REGISTERED + PENALTY.replace("| |\n", "| 办成：Listed |\n"), "记录的是 PenaltyRecorded"),
        (FIRM + "| 2026-02-02 | 科室经办人 | 登记月亮 | | | |\n", "没有名为“登记月亮”的办理事项"),
        (FIRM + "| 2026-02-02 | 科室经办人 | 登记主体 | 处罚甲 | | |\n", "没有案件“处罚甲”可写"),
        (FIRM + REGISTERED + PENALTY + LATE + "\n" + ASKED + "| 2026-03-02 | 逾期 | 处罚甲 | 无 |\n", "归类失信程度"),
        (FIRM + REGISTERED + PENALTY + "\n" + ASKED + "| 2026-02-02 | 标注 | 处罚甲 | 异议处理中 |\n", "无"),
        (FIRM + "| 2026-02-02 | 天使 | 登记主体 | | | |\n", "没有“天使”这一岗位"),
        (FIRM + REGISTERED + PENALTY.replace("甲 | |", "甲 | 月亮：圆 |"), "没有 月亮"),
        (FIRM + REGISTERED + PENALTY.replace("甲 | |", "甲 | 程序：快速 |"), "没有“快速”"),
        (FIRM + REGISTERED + "\n" + ASKED + "| 2026-02-02 | 所载 name | | 样例别家 |\n", "营口样例海通商贸有限公司"),
        (FIRM + REGISTERED + "\n" + ASKED + "| 2026-02-02 | 天气 | | 晴 |\n", "没有“天气”这一问"),
        ("| 日期 | 谁 | 办什么 | 颜色 |\n|---|---|---|---|\n", "表头应为"),
    ],
)  # fmt: skip
def test_a_story_that_is_wrong_is_told_where_and_what_is_true(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "样例.md"
    path.write_text(f"# 样例\n\n{text}", encoding="utf-8")
    with pytest.raises(Exception, match=r"样例\.md:") as wrong:
        Teller(path).tell()
    assert told in str(wrong.value)


def test_a_case_begins_again_from_the_common_part(tmp_path: Path) -> None:
    path = tmp_path / "样例.md"
    again = f"## 情形{{}}\n\n{FIRM}{PENALTY}"
    path.write_text(f"# 样例\n\n{FIRM}{REGISTERED}\n{again.format('一')}\n{again.format('二')}", encoding="utf-8")
    teller = Teller(path)
    teller.tell()
    assert len(teller.told.facts[""]) == 2


def test_the_folder_has_a_dozen_stories() -> None:
    assert len(stories()) >= 12
