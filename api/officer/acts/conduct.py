"""Acts on qualifications, honours and adverse conduct (资质、荣誉、不良行为), and the page of each."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from api.officer.words import HONOUR_LEVELS, RECOGNITION_ENDS, Words
from domain.context import Context
from domain.credit_file.conduct import (
    AdverseConductRecorded,
    Conduct,
    HonourRecorded,
    counts_on,
    kept_until,
)
from domain.credit_file.conduct_decisions import (
    annul_conduct,
    correct_conduct,
    end_recognition,
    recognise_qualification,
    record_adverse_conduct,
    record_honour,
)
from domain.credit_file.file import CreditFile
from domain.law.reading import Reading

KINDS: dict[str, Words] = {
    "qualification": ("资质", "Qualification"), "honour": ("荣誉", "Honour"),
    "adverse": ("不良行为", "Adverse conduct"),
}  # fmt: skip
FIELDS: tuple[tuple[str, Words], ...] = (
    ("kind", ("资质种类", "kind of qualification")), ("grade", ("等级", "grade")),
    ("certificate_no", ("证书编号", "number of the certificate")), ("title", ("荣誉名称", "title")),
    ("authority", ("机关", "authority")), ("document_no", ("文书号", "document number")), ("facts", ("事实", "facts")),
    ("country", ("国家或地区", "country")), ("consequence", ("后果", "consequence")),
    ("decided_on", ("认定、授予日期", "decided on")), ("found_on", ("发现日期", "found on")),
    ("valid_from", ("有效期自", "valid from")), ("valid_until", ("有效期至", "valid through")),
)  # fmt: skip
AUTHORITY = Asked("authority", ("认定、授予机关", "Authority"), required=True)
DOCUMENT = Asked("document_no", ("文书号", "Document number"), required=True)
REASON = Asked("reason", ("理由", "Reason"), required=True)


def day_asked(name: str, zh: str, en: str, required: bool = True, hint: Words = ("", "")) -> Asked:
    """A day, to be given unless it is not required."""
    return Asked(name, (zh, en), "date", required=required, hint=hint)


def codes_of(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
    """The closed lists of the plan."""
    codes = context.rules.lists("conduct_codes", context.today).values()
    return tuple((one.code, (f"{one.code} {one.zh}", f"{one.code} {one.en}")) for one in codes)


def sections_of(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
    """The sections that any row of the rulebook lets record adverse conduct."""
    known = context.rules.rulebook.code_list("sections")
    named = dict.fromkeys(one for row in context.rules.rulebook.rows_of("conduct.sections") for one in row.names)
    return tuple((one, (known[one].zh, known[one].en)) for one in named)


def persons_of(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
    """The responsible persons on file, by surname and stars and their role."""
    roles = context.rules.rulebook.code_list("person_roles")
    return tuple(
        (link_id, (f"{one.linked.shown_name} {roles[one.linked.role].zh}",
                   f"{one.linked.shown_name}, {roles[one.linked.role].en}"))
        for link_id, one in file.persons.items()
    )  # fmt: skip


def conduct_told(one: Conduct, rules: Reading) -> tuple[Told, ...]:
    """What is on file of it; the kind and title first."""
    record, kind = one.record, KINDS[one.kind]
    told = [Told(kind, _title(one, rules)), Told(("编号、文号", "Number"), (one.number,) * 2)]
    if isinstance(record, AdverseConductRecorded):
        told.append(Told(("事实", "Facts"), (record.facts,) * 2))
        told.append(Told(("发现日期", "Found on"), (str(record.found_on),) * 2))
        told += [Told(("国家或地区", "Country"), (record.country,) * 2)] if record.country else []
        told += [Told(("后果", "Consequence"), (record.consequence,) * 2)] if record.consequence else []
        times = ("再次", "repeated") if record.repeated else ("初次", "first")
        worse = ("，有加重情节", ", aggravated") if record.aggravated else ("", "")
        told.append(Told(("情节", "Circumstances"), (times[0] + worse[0], times[1] + worse[1])))
        last = kept_until(one, rules)
        told += [Told(("计入至", "Counts through"), (str(last),) * 2, is_certain=False)] if last else []
    else:
        until = str(record.valid_until) if record.valid_until else ""
        term = (f"{one.from_on} 至 {until}" if until else f"{one.from_on} 起，长期",
                f"{one.from_on} through {until}" if until else f"from {one.from_on}, long-term")  # fmt: skip
        told += [Told(("机关", "Authority"), (record.authority,) * 2), Told(("有效期", "Valid"), term)]
    if one.ended is not None:
        ended = one.ended[0]
        told.append(Told(("终止", "Ended"), _dated(RECOGNITION_ENDS[ended.cause], str(ended.effective_on))))
    if one.annulled_on is not None:
        told.append(Told(("撤销", "Annulled"), (str(one.annulled_on),) * 2))
    return tuple(told)


def _title(one: Conduct, rules: Reading) -> Words:
    record = one.record
    if isinstance(record, AdverseConductRecorded):
        code = rules.rulebook.code_list("conduct_codes")[record.conduct_code]
        return (f"{code.code} {code.zh}", f"{code.code} {code.en}")
    if isinstance(record, HonourRecorded):
        level = HONOUR_LEVELS[record.level]
        return (f"{record.title}（{level[0]}）", f"{record.title} ({level[1]})")
    return (f"{record.kind} {record.grade}".strip(),) * 2


def _dated(words: Words, on: str) -> Words:
    return (f"{words[0]}，{on}", f"{words[1]}, {on}")


def case_told(file: CreditFile, context: Context, conduct_id: str) -> tuple[Told, ...]:
    """Whether it counts today, then what is on file."""
    one = file.conducts[conduct_id]
    counts = counts_on(one, context.today, context.rules)
    state: Words = ("计入", "counts") if counts else ("已不计入", "counts no more")
    return (Told(("今日", "Today"), state), *conduct_told(one, context.rules))


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        recognise_qualification, "qualifications",
        (Group(("", ""), (
            Asked("kind", ("资质种类", "Kind of qualification"), required=True),
            Asked("grade", ("等级", "Grade")),
            Asked("certificate_no", ("证书编号", "Number of the certificate"), required=True),
            AUTHORITY, day_asked("decided_on", "认定日期", "Recognised on"),
            day_asked("valid_from", "有效期自", "Valid from"),
            day_asked("valid_until", "有效期至", "Valid through", False, ("长期的不填", "leave empty for long-term")),
        )),),
        creates="conduct_id",
    ),
    OfficerAct(
        record_honour, "honours",
        (Group(("", ""), (
            Asked("title", ("荣誉名称", "Title"), required=True),
            Asked("level", ("级别", "Level"), "select", options=tuple(HONOUR_LEVELS.items())),
            AUTHORITY, DOCUMENT, day_asked("decided_on", "授予日期", "Given on"),
            day_asked("valid_until", "有效期至", "Through", False, ("无期限的不填", "leave empty for one without end")),
        )),),
        creates="conduct_id",
    ),
    OfficerAct(
        record_adverse_conduct, "adverse-conducts",
        (Group(("", ""), (
            Asked("conduct_code", ("不良行为", "Conduct"), "select", required=True),
            Asked("source_section", ("发现的科室", "Section that found it"), "select", required=True),
            Asked("facts", ("事实", "Facts"), "area", required=True),
            Asked("country", ("国家或地区", "Country or region"),
                  hint=("对外投资合作须填", "needed for conduct abroad")),
            Asked("consequence", ("后果", "Consequence"), "area"),
            Asked("aggravated",
                  ("对外造成严重不良影响、危害我国家声誉利益", "Grave harm abroad and to the country's name"), "check"),
            Asked("repeated", ("再次发生（同类）", "Not the first of its code"), "check"),
            Asked("person_link", ("责任人", "Responsible person"), "select"),
            DOCUMENT, day_asked("found_on", "发现日期", "Found on"),
        )),),
        creates="conduct_id",
        options={"conduct_code": codes_of, "source_section": sections_of, "person_link": persons_of},
    ),
    OfficerAct(
        end_recognition, "endings",
        (Group(("", ""), (
            Asked("cause", ("终止原因", "Cause"), "select", options=tuple(RECOGNITION_ENDS.items())),
            day_asked("effective_on", "终止之日（当日起无效）", "First day without it"),
            Asked("document_no", ("文书号（届满的不填）", "Document number, none where it expired")),
        )),),
        collection="conducts", about="conduct_id", told=case_told,
    ),
    OfficerAct(
        correct_conduct, "corrections",
        (Group(("", ""), (
            Asked("field", ("更正哪一项", "Field"), "select", required=True, options=FIELDS),
            Asked("new", ("应为", "Should say"), required=True, hint=("日期写 2026-01-31", "days as 2026-01-31")),
            REASON,
        )),),
        collection="conducts", about="conduct_id", told=case_told,
    ),
    OfficerAct(
        annul_conduct, "annulments", (Group(("", ""), (REASON,)),), collection="conducts", about="conduct_id",
        told=case_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = (
    CaseKind(
        "conducts", ("资质、荣誉、不良行为", "Qualifications, honours, conduct"),
        lambda file, conduct_id: f"{KINDS[file.conducts[conduct_id].kind][0]} {file.conducts[conduct_id].number}",
        case_told, lambda file, conduct_id: file.conducts[conduct_id].version,
    ),
)  # fmt: skip
