"""Decisions of conduct (行为记录): recording a qualification, an honour or adverse conduct, and what becomes of each.

Adverse conduct is found by the section that the plan puts in charge of its field; whether it is the first of its code
is derived from the file, and an officer who says otherwise confirms that with evidence.
Basis: 营商〔2020〕65号 二(三); 商合发〔2013〕248号; 对外贸易法; rulebook rows `conduct.recorded`, `conduct.sections`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from domain.context import Context
from domain.credit_file.conduct import (
    CORRECTABLE,
    AdverseConductRecorded,
    Conduct,
    ConductAnnulled,
    ConductCorrected,
    HonourRecorded,
    QualificationRecognised,
    RecognitionEnded,
    Recorded,
)
from domain.credit_file.persons import LinkUnknown
from domain.credit_file.profile import check_doubt, check_existing, check_new_id, check_registered
from domain.credit_file.record_checks import (
    DocumentNoMissing,
    NothingChanges,
    ReasonMissing,
    ValueUnreadable,
    check_validity,
)
from domain.credit_file.stated import Stated
from domain.credit_file.steps import check_day, check_not_moved
from domain.event import Event
from domain.law.answers import NoRule
from domain.law.reading import Reading
from domain.refusals import Doubt, Refused, RuleMissing

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

EVERYWHERE = frozenset({"market_order", "county_office"})
"""Roles and the section whose officers may record for any field: market order joins the sections, counties have all."""

# Checks


class ConductUnknown(Refused):
    zh = "档案中没有这条资质、荣誉或者不良行为记录；请核对后再办。"
    en = "The file holds no such qualification, honour or adverse conduct; check and try again."
    kind = "unknown"


class TitleMissing(Refused):
    zh = "没有填写名称；请按证书或文件填写资质种类或荣誉名称。"
    en = "The title is missing; copy the kind of qualification or the honour from its paper."


class AuthorityMissing(Refused):
    zh = "没有填写认定、授予机关；请按证书或文件填写。"
    en = "The authority is missing; copy it from the certificate or document."
    field = "authority"


class ConductRecordedBefore(Refused):
    zh = "{number} 已经登记在该主体名下；不再重复登记，有误的用更正。"
    en = "{number} is already recorded for this subject; it is not recorded twice, correct it if it is wrong."


class ConductCodeUnknown(Refused):
    zh = "不良行为代码 {given} 在 {on} 不在方案的清单中；请从清单选择。"
    en = "Code {given} was on no list of the plan on {on}; choose one of the list."
    field = "conduct_code"


class SectionNotInCharge(Refused):
    zh = "该领域的不良行为由{sections}登记；请交由该科室办理，或由市场秩序科登记。"
    en = "Adverse conduct of this field is recorded by {sections_en}; hand it to that section or to Market Order."
    field = "source_section"


class FactsMissing(Refused):
    zh = "没有填写事实；请写明何时、何地、做了什么。"
    en = "The facts are missing; say when, where and what was done."
    field = "facts"


class CountryMissing(Refused):
    zh = "对外投资、承包工程和劳务合作的不良行为须写明所在国家或地区；请补充。"
    en = "Adverse conduct in outbound investment, contracting or labour names its country or region; add it."
    field = "country"


class AggravatorNotOfField(Refused):
    zh = "“对外造成严重不良影响、危害我国家声誉利益”是对外投资合作的加重情节，不适用于对外贸易的清单；请取消勾选。"
    en = "Grave harm abroad aggravates outbound investment, contracting and labour only, not foreign trade; untick it."
    field = "aggravated"


class ConsequenceMissing(Refused):
    zh = "加重情节须写明造成的后果；请按调查材料填写。"
    en = "An aggravated conduct needs its consequence; copy it from the investigation."
    field = "consequence"


class RepetitionDiffers(Doubt):
    zh = "档案显示同类不良行为（{code}）此前有 {before} 次，与所填“{said}”不符；确无误的附凭据。"
    en = "The file holds {before} earlier findings of {code}, not what was stated ({said_en}); confirm with evidence."
    field = "repeated"


class ConductAlreadyAnnulled(Refused):
    zh = "该记录已撤销；不能再办。"
    en = "The record of conduct was annulled; nothing more can be done with it."


class RecognitionOver(Refused):
    zh = "该资质或荣誉已于 {since} 终止；无需再办。"
    en = "The qualification or honour ended on {since}; there is nothing more to do."


class NoRecognition(Refused):
    zh = "不良行为记录没有有效期，不能终止；认定有误的用撤销。"
    en = "Adverse conduct has no term and is not ended; annul it if the finding was wrong."


class ConductNotCorrectable(Refused):
    zh = "“{field_name}”不能更正；可更正名称、等级、编号、机关、事实、国家、后果和日期，其他有误的撤销后重新登记。"
    en = "Field {field_name} cannot be corrected; texts, numbers and days can, else annul the record and enter it anew."
    field = "field"


def conduct_as_seen(file: CreditFile, conduct_id: str, seen: int | None) -> Conduct:
    """The record as the officer saw it, if it was not annulled.

    Refused, in this order: SubjectUnknown, ConductUnknown, CaseMoved, ConductAlreadyAnnulled.
    """
    check_registered(file)
    one = file.conducts.get(conduct_id)
    if one is None:
        raise ConductUnknown
    check_not_moved(one.version, seen)
    if one.annulled_on is not None:
        raise ConductAlreadyAnnulled
    return one


def check_number(file: CreditFile, record: Recorded, but: str = "") -> None:
    """Its number names it among those of its kind that were not annulled.

    Refused, in this order: DocumentNoMissing, ConductRecordedBefore.
    """
    number = record.certificate_no if isinstance(record, QualificationRecognised) else record.document_no
    if not number.strip():
        raise DocumentNoMissing
    for one in file.conducts.values():
        is_same = type(one.record) is type(record) and one.number == number and _code(one.record) == _code(record)
        if is_same and one.annulled_on is None and one.conduct_id != but:
            raise ConductRecordedBefore(number=number)


def _code(record: Recorded) -> str:
    """One report may find several conducts, each under its code."""
    return record.conduct_code if isinstance(record, AdverseConductRecorded) else ""


def check_recognition(file: CreditFile, context: Context, record: QualificationRecognised | HonourRecorded) -> None:
    """What a qualification and an honour have in common: a subject that existed, a name, a giver, a number, a day.

    Refused, in this order: SubjectUnknown, Deregistered, IdTaken, TitleMissing, AuthorityMissing, DocumentNoMissing,
    ConductRecordedBefore, DayInFuture.
    """
    check_existing(file, record.decided_on)
    check_new_id(file, record.conduct_id)
    if not (record.kind if isinstance(record, QualificationRecognised) else record.title).strip():
        raise TitleMissing
    if not record.authority.strip():
        raise AuthorityMissing
    check_number(file, record)
    check_day(context, record.decided_on)


def field_of(conduct_code: str, on: date, rules: Reading) -> str:
    """The field of a code: foreign_trade, outbound_investment or contracting_labour.

    Refused: ConductCodeUnknown.
    """
    code = rules.lists("conduct_codes", on).get(conduct_code)
    if code is None:
        raise ConductCodeUnknown(given=conduct_code, on=on)
    return code.kind


def check_section(context: Context, field: str, source_section: str, found_on: date) -> None:
    """The section that the plan puts in charge found it, and one of its officers records it, or market order does.

    Refused, in this order: RuleMissing, SectionNotInCharge.
    """
    days, traits = {"found_on": found_on}, {"conduct_field": field}
    try:
        context.rules.select("conduct.recorded", days=days, traits=traits)
        row = context.rules.select("conduct.sections", days=days, traits=traits)
    except NoRule as silent:
        raise RuleMissing(parameter=silent.parameter) from None
    officer, allowed = context.officer, frozenset(row.names)
    is_theirs = officer.section in allowed or officer.section in EVERYWHERE or officer.role in EVERYWHERE
    if source_section not in allowed or not is_theirs:
        codes = context.rules.rulebook.code_list("sections")
        zh, en = "、".join(codes[one].zh for one in row.names), ", ".join(codes[one].en for one in row.names)
        raise SectionNotInCharge(rule=row, sections=zh, sections_en=en)


def times_before(file: CreditFile, conduct_code: str, found_on: date) -> int:
    """How many findings of the code, not annulled, the file holds of days up to the one given."""
    return sum(
        isinstance(one.record, AdverseConductRecorded)
        and one.record.conduct_code == conduct_code
        and one.annulled_on is None
        and one.record.found_on <= found_on
        for one in file.conducts.values()
    )


def check_repetition(
    file: CreditFile, context: Context, conduct: AdverseConductRecorded, confirmed: frozenset[str]
) -> None:
    """First or repeated follows from the file; an officer who knows of more, or of less, confirms it with evidence."""
    before = times_before(file, conduct.conduct_code, conduct.found_on)
    if conduct.repeated != (before > 0):
        said, said_en = ("再次", "repeated") if conduct.repeated else ("初次", "first")
        doubt = RepetitionDiffers(code=conduct.conduct_code, before=before, said=said, said_en=said_en)
        check_doubt(context, confirmed, doubt)


# What it states


def stated(file: CreditFile, on: date, rules: Reading) -> Iterator[Stated]:
    """What counts on the day: qualifications and honours that hold, adverse conduct, and what was annulled."""
    for one in file.conducts.values():
        if one.annulled_on is not None and one.annulled_on <= on:
            yield Stated("conduct.annulled", one.number, one.annulled_on.isoformat(), one.annulled)
        elif one.covers(on):
            yield Stated(*_said(one), one.restated[-1] if one.restated else one.origin)
            if one.last_day is not None:
                yield Stated(f"{one.kind}.until", one.number, one.last_day.isoformat(), one.origin)
        elif one.ended is not None and one.ended[0].effective_on <= on:
            yield Stated(f"{one.kind}.ended", one.number, one.ended[0].cause, one.ended[1])


def _said(one: Conduct) -> tuple[str, str, str]:
    record = one.record
    if isinstance(record, AdverseConductRecorded):
        return "adverse_conduct", one.number, record.conduct_code
    if isinstance(record, HonourRecorded):
        return "honour", one.number, record.title
    return "qualification", one.number, f"{record.kind} {record.grade}".strip()


# Decisions


def recognise_qualification(
    file: CreditFile, context: Context, *, qualification: QualificationRecognised
) -> list[Event]:
    """Record a qualification or grade of the subject (登记资质).

    Refused, in this order: SubjectUnknown, Deregistered (on the decision day), IdTaken, TitleMissing, AuthorityMissing,
    DocumentNoMissing, ConductRecordedBefore, DayInFuture, ValidityReversed.
    Basis: 营商〔2020〕65号 二(二); the certificate as evidence.
    """
    check_recognition(file, context, qualification)
    check_validity(qualification.valid_from, qualification.valid_until)
    return [qualification]


def record_honour(file: CreditFile, context: Context, *, honour: HonourRecorded) -> list[Event]:
    """Record an honour of the subject (登记荣誉).

    Refused, in this order: SubjectUnknown, Deregistered (on the decision day), IdTaken, TitleMissing, AuthorityMissing,
    DocumentNoMissing, ConductRecordedBefore, DayInFuture, ValidityReversed.
    Basis: 营商〔2020〕65号 二(四); the document as evidence.
    """
    check_recognition(file, context, honour)
    check_validity(honour.decided_on, honour.valid_until)
    return [honour]


def record_adverse_conduct(
    file: CreditFile, context: Context, *, conduct: AdverseConductRecorded, confirmed: frozenset[str] = frozenset()
) -> list[Event]:
    """Record adverse conduct of the closed lists (登记不良行为); for officers only, unless a row says otherwise.

    Refused, in this order: SubjectUnknown, IdTaken, ConductCodeUnknown, RuleMissing, SectionNotInCharge, DayInFuture,
    FactsMissing, DocumentNoMissing, ConductRecordedBefore, CountryMissing, AggravatorNotOfField, ConsequenceMissing,
    LinkUnknown, RepetitionDiffers unless confirmed, then DoubtNeedsEvidence.
    Basis: 营商〔2020〕65号 二(三); 商合发〔2013〕248号; 对外贸易法; rows `conduct.recorded`, `conduct.sections`.
    """
    check_registered(file)
    check_new_id(file, conduct.conduct_id)
    field = field_of(conduct.conduct_code, conduct.found_on, context.rules)
    check_section(context, field, conduct.source_section, conduct.found_on)
    check_day(context, conduct.found_on)
    if not conduct.facts.strip():
        raise FactsMissing
    check_number(file, conduct)
    is_abroad = field != "foreign_trade"
    if is_abroad and not conduct.country.strip():
        raise CountryMissing
    if conduct.aggravated and not is_abroad:
        raise AggravatorNotOfField
    if conduct.aggravated and not conduct.consequence.strip():
        raise ConsequenceMissing
    if conduct.person_link and conduct.person_link not in file.persons:
        raise LinkUnknown
    check_repetition(file, context, conduct, confirmed)
    return [conduct]


def end_recognition(
    file: CreditFile, context: Context, *, conduct_id: str, cause: Literal["expired", "revoked", "returned"],
    effective_on: date, document_no: str = "", seen: int | None = None,
) -> list[Event]:  # fmt: skip
    """Record that a qualification or honour ended (终止资质、荣誉); it is off the page from that day.

    Refused, in this order: SubjectUnknown, ConductUnknown, CaseMoved, ConductAlreadyAnnulled, NoRecognition,
    RecognitionOver, DocumentNoMissing (unless it expired), DayInFuture, BeforeStepBefore (before it was given).
    Basis: the decision of the authority that gave it, as evidence.
    """
    one = conduct_as_seen(file, conduct_id, seen)
    if one.kind == "adverse":
        raise NoRecognition
    if one.ended is not None:
        raise RecognitionOver(since=one.ended[0].effective_on)
    if cause != "expired" and not document_no.strip():
        raise DocumentNoMissing
    check_day(context, effective_on, one.decided_on)
    return [RecognitionEnded(conduct_id=conduct_id, cause=cause, effective_on=effective_on, document_no=document_no)]


def correct_conduct(
    file: CreditFile, context: Context, *, conduct_id: str, field: str, new: str, reason: str, seen: int | None = None
) -> list[Event]:
    """Correct one field of a record of conduct (更正行为记录); released, it is off the page until released anew.

    Refused, in this order: SubjectUnknown, ConductUnknown, CaseMoved, ConductAlreadyAnnulled, ReasonMissing,
    ConductNotCorrectable, ValueUnreadable, NothingChanges, DocumentNoMissing, ConductRecordedBefore, DayInFuture,
    ValidityReversed.
    Basis: SAMR Order 45 12 by analogy (correct promptly what is inaccurate).
    """
    one = conduct_as_seen(file, conduct_id, seen)
    if not reason.strip():
        raise ReasonMissing
    if field not in CORRECTABLE or field not in type(one.record).model_fields:
        raise ConductNotCorrectable(field_name=field)
    try:
        value = CORRECTABLE[field](new)
    except ValueError:
        raise ValueUnreadable(new=new) from None
    old = getattr(one.record, field)
    if value == old:
        raise NothingChanges
    record = one.record.model_copy(update={field: value})
    check_number(file, record, but=conduct_id)
    check_day(context, record.found_on if isinstance(record, AdverseConductRecorded) else record.decided_on)
    if not isinstance(record, AdverseConductRecorded):
        check_validity(getattr(record, "valid_from", record.decided_on), record.valid_until)
    written = "" if old is None else str(old)
    return [ConductCorrected(conduct_id=conduct_id, field=field, old=written, new=new, reason=reason)]


def annul_conduct(
    file: CreditFile, context: Context, *, conduct_id: str, reason: str, seen: int | None = None
) -> list[Event]:
    """Annul a record of conduct (撤销行为记录) that was wrong: it counts no more from today.

    Refused, in this order: SubjectUnknown, ConductUnknown, CaseMoved, ConductAlreadyAnnulled, ReasonMissing.
    Basis: 行政处罚法 48 by analogy.
    """
    conduct_as_seen(file, conduct_id, seen)
    if not reason.strip():
        raise ReasonMissing
    return [ConductAnnulled(conduct_id=conduct_id, annulled_on=context.today, reason=reason)]
