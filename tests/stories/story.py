"""A story: a Markdown file whose tables are acts and questions, told to the real decisions row by row.

Acts: 日期 | 谁 | 办什么 | 案件 | 内容 | 结果. Questions: 日期 | 问 | 关于 | 答. Prose between them is for the reader.
A heading that begins with 情形 starts again from where the common part before the first such heading ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from domain.context import CHINA, Context, Filing
from domain.credit_file.deadline import miss_deadline, overdue
from domain.credit_file.file import CreditFile, fold
from domain.credit_file.takeover import source_of
from domain.credit_file.transfer import check_case_is_here, check_reach
from domain.event import Event, Fact
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.officer import check_may
from domain.refusals import Refused, RuleMissing
from domain.register.writing import envelope_of
from tests.domain.given import RULEBOOK, SYSTEM
from tests.stories import language, questions

ACT_COLUMNS = ("日期", "谁", "办什么", "案件", "内容", "结果")
QUESTION_COLUMNS = ("日期", "问", "关于", "答")
KNOWN_THEN = "规则：当时所知"
"""A line of the story that says: each act is judged by the rules that could be read on its day."""


@dataclass(frozen=True)
class Row:
    """One row of a table with its line in the file."""

    line: int
    cells: dict[str, str]

    @property
    def is_question(self) -> bool:
        return "问" in self.cells

    @property
    def on(self) -> date:
        return date.fromisoformat(self.cells["日期"])


@dataclass
class Section:
    """A heading and the rows under it; `branches` begins again from the common part."""

    title: str
    branches: bool
    rows: list[Row] = field(default_factory=list)


@dataclass
class Told:
    """What has been told so far of each subject: its file and its facts."""

    files: dict[str, CreditFile] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)

    def copy(self) -> Told:
        return Told(dict(self.files), {name: list(facts) for name, facts in self.facts.items()})

    def file(self, subject: str) -> CreditFile:
        """The subject's file, empty where nothing was told of it yet."""
        return self.files.get(subject) or CreditFile.empty(UUID(int=len(self.files) + 1))


def read(path: Path) -> tuple[list[Section], bool]:
    """The sections of a story, and whether its acts are judged by the rules known then. Raises Misspelt."""
    sections = [Section("", False)]
    columns: list[str] = []
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if found := re.match(r"#+ +(.*)", line):
            columns = []
            sections.append(Section(found[1], found[1].startswith("情形")))
        elif line.startswith("|"):
            cells = [one.strip() for one in line.strip().strip("|").split("|")]
            if not columns:
                columns = cells
                known = {*ACT_COLUMNS, "主体"} if "办什么" in cells else {*QUESTION_COLUMNS, "主体"}
                if not set(cells) <= known:
                    raise language.Misspelt(f"{path.name}:{number} 表头应为 {' | '.join(sorted(known))}")
            elif not set("".join(cells)) <= set("-: "):
                sections[-1].rows.append(Row(number, dict(zip(columns, cells, strict=True))))
        else:
            columns = []
    return sections, KNOWN_THEN in text


class Teller:
    """Takes the rows of one story to the decisions and compares what comes of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sections, self.known_then = read(path)
        self.told = Told()
        self.number = 0
        self._rulebooks: dict[date, Rulebook] = {}

    def tell(self) -> None:
        """Every row in order; the first that does not hold is told with its line."""
        common: Told | None = None
        for section in self.sections:
            if section.branches:
                common = common or self.told.copy()
                self.told = common.copy()
            for row in section.rows:
                where = f"{self.path.name}:{row.line}（{section.title}）"
                try:
                    said = self.ask(row) if row.is_question else self.act(row)
                except (language.Misspelt, ValueError, LookupError) as wrong:
                    raise AssertionError(f"{where} 读不懂：{wrong}") from wrong
                assert said is None, f"{where} {said}"

    def ask(self, row: Row) -> str | None:
        """Ask the question; None where the answer is what the row says, else the true one."""
        subject, cells = row.cells.get("主体", ""), row.cells
        facts, file = self.told.facts.get(subject, []), self.told.file(subject)
        asked = questions.Asked(file, facts, row.on, cells.get("关于", ""), self.rules(row.on))
        return questions.compare(asked, cells["问"], cells["答"])

    def act(self, row: Row) -> str | None:
        """Take the act; None where what came of it is what the row says, else what came of it."""
        subject, cells = row.cells.get("主体", ""), row.cells
        file = self.told.file(subject)
        case_id = cells.get("案件", "")
        name = language.choose_decision(cells["办什么"], case_id, file)
        decide, said = language.SUBJECT_DECISIONS[name], language.cells_of(cells.get("内容", ""))
        self.number += 1
        context = self.context(row, said)
        expected = cells.get("结果", "")
        before = list(self.told.facts.get(subject, []))
        try:
            arguments = language.arguments(
                decide, self._more(name, said, case_id, file, context), case_id, row.on, self.number
            )
            source = source_of(name, arguments, context.rules)
            if source is not None:
                context = replace(context, filing=replace(context.filing, source=source))
            check_may(context.officer, name)
            check_reach(file, context.officer, arguments)
            check_case_is_here(file, context, arguments)
            for noticing, missed in self.noticed(file, context):
                file = self.record(before, file, noticing, missed)
            events = decide(file, context, **arguments)
        except Refused as refusal:
            return _compare_refusal(expected, refusal)
        except NoRule as silent:
            # As the register tells it: a fact is missing that the law asks for.
            return _compare_refusal(expected, RuleMissing(parameter=silent.parameter))
        if expected.startswith("拒绝"):
            return f"没有被拒绝，而是记录了 {'、'.join(type(one).__name__ for one in events)}"
        self.told.files[subject] = self.record(before, file, context, events)
        self.told.facts[subject] = before
        names = [one for one in expected.removeprefix("办成").lstrip("：").split("、") if one]
        recorded = {type(one).__name__ for one in events}
        return None if set(names) <= recorded else f"记录的是 {'、'.join(sorted(recorded))}"

    def noticed(self, file: CreditFile, context: Context) -> Iterator[tuple[Context, Sequence[Event]]]:
        """The deadlines missed before this act, which the register notes by itself (逾期未办)."""
        if context.officer.role == SYSTEM.role:
            return
        for one in overdue(file, context.today, self.rules(context.today)):
            assert one.term is not None
            assert one.term.until is not None
            by_itself = Context(context.now, SYSTEM, self.rules(context.today))
            yield by_itself, miss_deadline(
                file, by_itself, duty=one.act, case_id=one.case_id, due_on=one.term.until
            )  # fmt: skip

    def record(self, facts: list[Fact], file: CreditFile, context: Context, events: Sequence[Event]) -> CreditFile:
        """The file after the events; the facts grow by one each."""
        envelope = envelope_of(context)
        for event in events:
            version = len(facts) + 1
            stored_at = context.now + timedelta(microseconds=version)
            facts.append(Fact(file.subject_id, version, envelope, event, version, stored_at, f"{version:064x}"))
            file = fold(file, facts[-1])
        return file

    def context(self, row: Row, said: dict[str, str]) -> Context:
        now = datetime.combine(row.on, time(17), CHINA)
        filing = Filing(request_id=UUID(int=self.number), **language.filing(said))
        return Context(now, language.officer(row.cells["谁"]), self.rules(row.on), filing)

    def rules(self, on: date) -> Reading:
        if not self.known_then:
            return Reading(RULEBOOK)
        if on not in self._rulebooks:
            self._rulebooks[on] = RULEBOOK.as_known(on)
        return Reading(self._rulebooks[on])

    def _more(
        self, name: str, said: dict[str, str], case_id: str, file: CreditFile, context: Context
    ) -> dict[str, str]:
        """What a row need not say because the case says it: the conditions found to hold, the penalty's own day."""
        if name == "verify_repair" and "findings" not in said and case_id in file.repairs:
            asked = context.rules.select("repair.conditions", days={"applied_on": file.repairs[case_id].applied_on})
            return said | {"findings": "、".join(f"{one}/是/样例核实" for one in asked.names)}
        return said


def _compare_refusal(expected: str, refusal: Refused) -> str | None:
    told = f"{refusal.sentence_zh} {refusal.basis}"
    if not expected.startswith("拒绝"):
        return f"被拒绝（{refusal.code}）：{told}"
    code, _, rest = expected.removeprefix("拒绝").strip().partition("：")
    if code.strip() != refusal.code:
        return f"拒绝的是 {refusal.code}：{told}"
    absent = [one for one in rest.split("；") if one.strip() and one.strip() not in told]
    return f"拒绝理由没有“{'；'.join(absent)}”：{told}" if absent else None


def stories() -> list[Path]:
    """Every story of the folder."""
    return sorted(one for one in Path(__file__).parent.glob("*.md") if one.stem != "README")
