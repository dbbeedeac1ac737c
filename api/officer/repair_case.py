"""A repair case as its page shows it: clocks, facts, papers, checks in the order of the law, and the choices.

The choices are the same in the same order in every case; each is decided on paper first, so that a barred one stays
visible with the reason the register itself would give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.clock import SHANGHAI, day_of
from api.money import show_money
from api.officer.act_form import Told, why_not
from api.officer.case_steps import not_allowed
from api.officer.due import ClockShown, clock
from api.officer.words import Words, correction_words
from domain.context import Context
from domain.credit_file import repair_decisions as decisions
from domain.credit_file.disclosure_period import disclosed
from domain.credit_file.file import CreditFile, foresee
from domain.credit_file.measure import MeasureLifted
from domain.credit_file.record import PenaltyRecorded
from domain.credit_file.repair import Repair, accept_due, answer_due, feedback_due
from domain.credit_file.repair_checks import check_all, first_possible_on, known_minimum
from domain.credit_file.tier import tier_on
from domain.law.answers import FactMissing, NoRule, Term
from domain.law.reading import Reading
from domain.refusals import Refused


@dataclass(frozen=True, slots=True)
class CheckShown:
    """One condition: whether it holds, why, and the article that asks for it.

    asks_finding   whether a person verifies it; papers and spacing are the register's own to check
    is_kept        False where no record here could answer it: a person verifies it and says on what it rests
    """

    code: str
    words: Words
    holds: bool
    reason: Words
    basis: str
    is_certain: bool
    asks_finding: bool
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper the version asks for, and whether it came."""

    code: str
    words: Words
    has_come: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on: its act, what follows from it, and why it is barred now."""

    name: str
    act: str
    words: Words
    follows: tuple[Words, ...]
    barred: Refused | None


@dataclass(frozen=True, slots=True)
class CaseShown:
    """The whole case on a day."""

    clocks: tuple[ClockShown, ...]
    facts: tuple[Told, ...]
    papers: tuple[PaperShown, ...]
    checks: tuple[CheckShown, ...]
    granted: tuple[Words, ...]
    choices: tuple[Choice, ...]

    @property
    def failed(self) -> tuple[CheckShown, ...]:
        return tuple(one for one in self.checks if not one.holds)

    @property
    def unanswered(self) -> tuple[CheckShown, ...]:
        """Conditions of which this register keeps no record: they hold only once a person has verified them."""
        return tuple(one for one in self.checks if one.holds and not one.is_kept)

    def words_of(self, condition: str) -> Words:
        """What a condition is called; its code where the version no longer asks it."""
        return next((one.words for one in self.checks if one.code == condition), (condition, condition))

    def choice(self, name: str) -> Choice:
        """The choice of that name."""
        return next(one for one in self.choices if one.name == name)


Prepared = Callable[[CreditFile, Context], Refused | None]


def case_shown(file: CreditFile, case: Repair, context: Context) -> CaseShown:
    """The case as of the context's day."""
    rules, today = context.rules, context.today
    return CaseShown(
        clocks_of(case, rules, today),
        facts_of(file, case, rules, today),
        papers_of(file, case, rules),
        checks_of(file, case, rules, today),
        granted_words(file, case, context),
        choices_of(file, case, context),
    )


def clocks_of(case: Repair, rules: Reading, today: date) -> tuple[ClockShown, ...]:
    """Acceptance and answer beside each other; the feedback's instead of the acceptance once it runs.

    None of a case taken over from paper: when it was applied for is not known.
    """
    if case.is_taken_over:
        return ()
    received = case.received
    pushed = received.pushed_at or received.applied_at
    started = f"{day_of(pushed)} {pushed.astimezone(SHANGHAI):%H:%M}" if received.pushed_at else str(day_of(pushed))
    began = (f"{started} 收到推送，当日不计" if received.pushed_at else f"{started} 在窗口收到，当日不计",
             f"pushed on {started}, that day not counted")  # fmt: skip
    accept = clock(
        rules, ("受理", "Acceptance"), known(lambda: accept_due(case, rules)), day_of(pushed), began, today,
        stopped=case.accepted is not None or case.not_accepted is not None,
    )  # fmt: skip
    applied = (f"{case.applied_on} 申请，当日不计", f"applied for on {case.applied_on}, that day not counted")
    if case.extended:
        applied = (f"{applied[0]}；已延长", f"{applied[1]}; extended")
    answer = clock(
        rules, ("答复申请人", "Answer"), known(lambda: answer_due(case, rules)), case.applied_on, applied, today,
        stopped=not case.is_open,
    )  # fmt: skip
    decided_on = case.concluded_on
    if decided_on is None or received.channel == "window":
        return (accept, answer)
    decided = (f"{decided_on} 作出结论，当日不计", f"concluded on {decided_on}, that day not counted")
    feedback = clock(
        rules, ("返还修复结果", "Feedback"), known(lambda: feedback_due(case, rules)), decided_on, decided, today,
        stopped=case.feedback is not None,
    )  # fmt: skip
    return (answer, feedback)


def known(ask: Callable[[], Term]) -> Term | None:
    """The term, None where no rule answers."""
    try:
        return ask()
    except (NoRule, FactMissing):
        return None


def facts_of(file: CreditFile, case: Repair, rules: Reading, today: date) -> tuple[Told, ...]:
    """The facts the decision rests on."""
    target = case.received.target_id
    facts: list[Told] = []
    entry, listing = file.records.get(target), file.listings.get(target)
    if entry is not None and isinstance(entry.record, PenaltyRecorded):
        record = entry.record
        codes = rules.rulebook.code_list("classes")
        classes = "、".join(
            codes[name].zh for scheme, (code, _) in entry.classes.items() if (name := f"{scheme}/{code}") in codes
        )
        amount = show_money(record.fine_fen) if record.fine_fen is not None else ""
        fine = f"（罚款 {amount}）" if amount and amount not in record.content else ""
        facts += [
            Told(("决定书文号", "Document"), (record.document_no,) * 2),
            Told(("处罚机关", "Authority"), (f"{record.authority}（谁认定、谁修复）", record.authority)),
            Told(("决定日期", "Decided on"), (record.decided_on.isoformat(),) * 2),
            Told(("违法行为", "Conduct"), (record.conduct or record.facts,) * 2),
            Told(("处罚内容", "Penalty"), (f"{record.content}{fine}",) * 2),
            Told(("失信程度", "Class"), (classes or "未归类", classes or "not classified")),
        ]
        facts += [
            Told(("更正", "Corrected"), correction_words(one.field, one.old, one.new, one.reason))
            for one, _ in entry.corrections
        ]
    elif listing is not None and listing.listed is not None:
        on_list = rules.rulebook.code_list("list_types")[listing.list_type]
        facts += [
            Told(("名单", "List"), (on_list.zh, on_list.en)),
            Told(("列入决定", "Decision"), (listing.listed.decision_no,) * 2),
            Told(("认定机关", "Designated by"), (listing.listed.designated_by,) * 2),
            Told(("列入日期", "Listed on"), (listing.listed.effective_on.isoformat(),) * 2),
            Told(("列入事由", "Grounds"), (listing.listed.facts,) * 2),
        ]
    period = disclosed(file, rules).get(target)
    if period is not None:
        until = period.until.isoformat() if period.until else "—"
        start = period.counts_from
        facts.append(Told(("公示期", "Disclosed"), (f"{start} 至 {until}", f"{start} to {until}")))
    first = first_possible_on(file, case, rules)
    facts.append(Told(("首次可申请", "Possible from"), (first.isoformat() if first else "—",) * 2))
    others = [one for one in file.repairs.values() if one.is_granted and one is not case]
    days = "、".join(str(one.repaired.effective_on) for one in others if one.repaired)
    facts.append(Told(("以往修复", "Earlier repairs"), (f"{len(others)} 次{f'（{days}）' if days else ''}",
                                                        f"{len(others)}{f' ({days})' if days else ''}")))  # fmt: skip
    return tuple(facts)


def papers_of(file: CreditFile, case: Repair, rules: Reading) -> tuple[PaperShown, ...]:
    """The papers the version asks for in its order, then others that came."""
    entry = file.records.get(case.received.target_id)
    names = rules.rulebook.code_list("repair_papers")
    try:
        traits = entry.traits(rules) if entry is not None else {}
        asked = rules.select("repair.papers", days={"applied_on": case.applied_on}, traits=traits).names
    except (NoRule, FactMissing):
        asked = ()
    codes = dict.fromkeys((*asked, *case.papers))
    return tuple(
        PaperShown(one, (names[one].zh, names[one].en) if one in names else (one, one), one in case.papers)
        for one in codes
    )


def checks_of(file: CreditFile, case: Repair, rules: Reading, today: date) -> tuple[CheckShown, ...]:
    """Every condition of the version in its order."""
    try:
        found = check_all(file, case, today, rules)
    except (NoRule, FactMissing):
        return ()
    names = rules.rulebook.code_list("repair_conditions")
    shown = []
    for one in found:
        name = names[one.condition]
        reason = _why_it_holds(one.condition, file, case, rules) if one.is_kept else NOT_KEPT
        if one.refusal is not None:
            reason = (one.refusal.sentence_zh, one.refusal.sentence_en)
        row = one.refusal.rule if one.refusal is not None and one.refusal.rule is not None else one.row
        asks = one.condition in one.row.names
        words = (name.zh, name.en)
        shown.append(
            CheckShown(one.condition, words, one.holds, reason, row.citation, row.is_verified, asks, one.is_kept)
        )
    return tuple(shown)


NOT_KEPT: Words = (
    "待人工核实：本系统没有此类记载，核实时须写明依据。",
    "To be verified by a person: the register keeps no such record; the finding says what it rests on.",
)


def _why_it_holds(condition: str, file: CreditFile, case: Repair, rules: Reading) -> Words:
    entry = file.records.get(case.received.target_id)
    term = known_minimum(file, case, rules)
    if condition == "minimum_over" and term is not None and term.until is not None:
        return (f"最短期限至 {term.until}；申请在 {case.applied_on}。",
                f"The minimum ran through {term.until}; applied for on {case.applied_on}.")  # fmt: skip
    if condition == "performed" and entry is not None and entry.performed_on is not None:
        return (f"{entry.performed_on} 履行完毕。", f"Performed on {entry.performed_on}.")
    if condition == "corrected" and entry is not None and entry.corrected_on is not None:
        return (f"{entry.corrected_on} 改正完毕。", f"Corrected on {entry.corrected_on}.")
    return ("没有相反记载。", "Nothing on file says otherwise.")


def granted_words(file: CreditFile, case: Repair, context: Context) -> tuple[Words, ...]:
    """What a granted repair would do on its day, derived by recording it on paper."""
    rules, today = context.rules, context.today
    if not case.is_open:
        return ()
    done = decisions.execution(file, case, today, "")
    lifted = [file.measures[one.measure_id] for one in done if isinstance(one, MeasureLifted)]
    listing = case.received.target_kind == "listing"
    lines: list[Words] = [
        ("移出名单：当日起不在名单内", "removed from the list: from that day it is not on it")
        if listing
        else ("公示终止：公示页、名单、检索、文件和接口当日起不再出现本条",
              "disclosure ends: from that day no page, list, search, file or interface shows it"),
        ("停止共享和使用", "sharing and use end"),
    ]  # fmt: skip
    names = rules.rulebook.code_list("measures")
    for one in lifted:
        name, matter = names[one.applied.measure_code], one.applied.matter
        lines.append((f"解除惩戒措施：{name.zh}（{matter}）", f"a measure is lifted: {name.en} ({matter})"))
    before = tier_on(file, today, rules)
    try:
        after = tier_on(foresee(file, context, done), today, rules)
    except (Refused, NoRule):
        after = None
    if before is not None and after is not None:
        grades = rules.rulebook.code_list("tier_grades")
        old, new = grades[before.grade], grades[after.grade]
        changed: Words = (f"监管等级按规则重算：{old.zh} → {new.zh}（样例分级）",
                          f"tier by the sample table: {old.en} → {new.en}")  # fmt: skip
        same: Words = (f"监管等级不变：{old.zh}（样例分级）", f"tier stays: {old.en} (sample table)")
        lines.append(changed if before.grade != after.grade else same)
    if case.received.channel == "credit_china":
        lines.append(("结果返还“信用中国”", "the result is fed back to Credit China"))
    return tuple(lines)


def choices_of(file: CreditFile, case: Repair, context: Context) -> tuple[Choice, ...]:
    """Every choice, decided on paper with stand-ins for what the form asks."""
    repair_id = case.repair_id

    def granting(outcome: Literal["granted", "refused"]) -> Prepared:
        return lambda one, ctx: why_not(
            decisions.decide_repair, one, ctx, repair_id=repair_id, outcome=outcome, document_no="", reasons="—"
        )  # fmt: skip

    def verifying(one: CreditFile, ctx: Context) -> Refused | None:
        """The findings are written into the form: that they are missing on paper bars nothing."""
        refusal = why_not(decisions.verify_repair, one, ctx, repair_id=repair_id, findings=())
        return None if isinstance(refusal, decisions.FindingsIncomplete) else refusal

    prepared: tuple[tuple[str, str, Words, tuple[Words, ...], Prepared], ...] = (
        ("accept", "accept_repair", ("受理", "Accept"), (("案件转入核实", "verification follows"),),
         lambda one, ctx: why_not(decisions.accept_repair, one, ctx, repair_id=repair_id)),
        ("ask", "ask_supplement", ("通知补正", "Ask for papers"),
         (("补正通知列明所缺材料；案件转入“等待他人”", "the missing papers are named; the case waits"),),
         lambda one, ctx: why_not(decisions.ask_supplement, one, ctx, repair_id=repair_id, note="")),
        ("came", "supplement_repair", ("收到补正材料", "Papers came"),
         (("勾选收到的材料", "tick what came"),),
         lambda one, ctx: why_not(decisions.supplement_repair, one, ctx, repair_id=repair_id, papers=())),
        ("decline", "not_accept_repair", ("不予受理", "Decline"),
         (("列明各项理由和首次可申请日，经“信用中国”告知", "with each reason and the first possible day"),),
         lambda one, ctx: why_not(decisions.not_accept_repair, one, ctx, repair_id=repair_id)),
        ("verify", "verify_repair", ("核实", "Verify"),
         (("逐项写明核实结果；决定人须为另一人", "a finding on each condition; another officer decides"),),
         verifying),
        ("grant", "decide_repair", ("准予修复", "Grant"),
         (("当日发生上列各项", "the effects listed above, the same day"),), granting("granted")),
        ("refuse", "decide_repair", ("不予修复", "Refuse"),
         (("须写理由；公示至期满", "with reasons; disclosed until its period ends"),), granting("refused")),
        ("feed", "send_feedback", ("返还修复结果", "Feed back the result"),
         (("写明“信用中国”回执", "with the receipt of Credit China"),),
         lambda one, ctx: why_not(decisions.send_feedback, one, ctx, repair_id=repair_id, receipt="")),
    )  # fmt: skip
    return tuple(
        Choice(name, act, words, follows, ask(file, context) or not_allowed(context.officer, act))
        for name, act, words, follows, ask in prepared
    )
