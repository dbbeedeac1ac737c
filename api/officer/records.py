"""Records (信用记录): enter a licence or a penalty, classify, record performance, correct, annul."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access import DeclaredRoute, requires_power
from api.desk import id_of, perform, reading_of
from api.forms import FieldMissing, Fields
from api.officer.act_form import ActForm, Asked, Group, Told, as_seen, confirmed_of, seen_of, show_form, submit
from api.officer.acts.record import told_of
from api.officer.record_fields import licence_from, licence_groups, penalty_from, penalty_groups
from api.officer.subject_file import address_of
from api.officer.subjects import registered_file
from api.officer.words import FIELD_WORDS
from api.parts import parts_of
from domain.context import Context
from domain.credit_file import record_decisions as decisions
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import Profile, check_registered
from domain.credit_file.record import CORRECTABLE, Entry
from domain.credit_file.record_checks import RecordUnknown
from domain.credit_file.record_classes import classes_on, proposed_class
from domain.register.acts import Receipt

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)

WHY_PROPOSED = {
    "kinds": ("按处罚类别拟定", "proposed by its kinds"),
    "summary": ("简易程序且未超过罚款上限，拟定", "proposed as a summary penalty within the ceiling"),
}

ENTRY = "/officer/subjects/{subject_id}/records/{entry_id}"


@router.get("/officer/subjects/{subject_id}/licences/new")
@requires_power("record_licence")
def new_licence(request: Request, subject_id: UUID) -> Response:
    """The form of a licence."""
    return show_form(request, _record_form(request, subject_id, "record_licence", "licences"))


@router.post("/officer/subjects/{subject_id}/licences")
@requires_power("record_licence")
def record_licence(request: Request, subject_id: UUID) -> Response:
    """Record a licence; a doubt comes back to be confirmed with evidence."""

    def act(fields: Fields, context: Context) -> Receipt:
        licence = licence_from(fields, _new_entry(fields), _profile(request, subject_id))
        confirmed = confirmed_of(fields)
        return perform(request, decisions.record_licence, subject_id, context, licence=licence, confirmed=confirmed)

    return submit(request, _record_form(request, subject_id, "record_licence", "licences"), act)


@router.get("/officer/subjects/{subject_id}/penalties/new")
@requires_power("record_penalty")
def new_penalty(request: Request, subject_id: UUID) -> Response:
    """The form of a penalty."""
    return show_form(request, _record_form(request, subject_id, "record_penalty", "penalties"))


@router.post("/officer/subjects/{subject_id}/penalties")
@requires_power("record_penalty")
def record_penalty(request: Request, subject_id: UUID) -> Response:
    """Record a penalty; a doubt comes back to be confirmed with evidence."""

    def act(fields: Fields, context: Context) -> Receipt:
        profile = _profile(request, subject_id)
        penalty = penalty_from(fields, _new_entry(fields), profile, reading_of(request), context.today)
        confirmed = confirmed_of(fields)
        return perform(request, decisions.record_penalty, subject_id, context, penalty=penalty, confirmed=confirmed)

    return submit(request, _record_form(request, subject_id, "record_penalty", "penalties"), act)


@router.get(f"{ENTRY}/classes/new")
@requires_power("classify_penalty")
def new_class(request: Request, subject_id: UUID, entry_id: str) -> Response:
    """The form of a class, with the one that the kinds of the penalty suggest."""
    return show_form(request, _class_form(request, subject_id, entry_id))


@router.post(f"{ENTRY}/classes")
@requires_power("classify_penalty")
def classify_penalty(request: Request, subject_id: UUID, entry_id: str) -> Response:
    """Put a penalty into a class."""

    def act(fields: Fields, context: Context) -> Receipt:
        chosen = fields.text("penalty_class", required=True)
        if "/" not in chosen:
            raise FieldMissing("penalty_class")
        scheme, penalty_class = chosen.split("/", 1)
        decide = as_seen(decisions.classify_penalty, entry_id, seen_of(fields))
        return perform(
            request, decide, subject_id, context, entry_id=entry_id, scheme=scheme, penalty_class=penalty_class,
            reason=fields.text("reason", required=True),
        )  # fmt: skip

    return submit(request, _class_form(request, subject_id, entry_id), act)


@router.get(f"{ENTRY}/corrections/new")
@requires_power("correct_record")
def new_correction(request: Request, subject_id: UUID, entry_id: str) -> Response:
    """The form of a correction."""
    return show_form(request, _correction_form(request, subject_id, entry_id))


@router.post(f"{ENTRY}/corrections")
@requires_power("correct_record")
def correct_record(request: Request, subject_id: UUID, entry_id: str) -> Response:
    """Correct one field; amounts are typed in yuan and recorded in fen."""

    def act(fields: Fields, context: Context) -> Receipt:
        field, new = fields.choice("field", CORRECTABLE), fields.text("new", required=True)
        if field.endswith("_fen"):
            fen = fields.fen("new")
            new = "" if fen is None else str(fen)
        decide = as_seen(decisions.correct_record, entry_id, seen_of(fields))
        reason = fields.text("reason", required=True)
        return perform(request, decide, subject_id, context, entry_id=entry_id, field=field, new=new, reason=reason)

    return submit(request, _correction_form(request, subject_id, entry_id), act)


# Forms


def entry_of(request: Request, subject_id: UUID, entry_id: str) -> tuple[CreditFile, Entry]:
    """The file and the record. Refused, in this order: NotYourArea, SubjectUnknown, RecordUnknown."""
    file = registered_file(request, subject_id)
    entry = file.records.get(entry_id)
    if entry is None:
        raise RecordUnknown
    return file, entry


def form_of_entry(
    request: Request, subject_id: UUID, entry_id: str, act: str, noun: str, fields: tuple[Asked, ...],
    follows: tuple[Told, ...] = (),
) -> ActForm:  # fmt: skip
    """The form of an act on one record."""
    file, entry = entry_of(request, subject_id, entry_id)
    profile = check_registered(file)
    return ActForm(
        act, address_of(subject_id, "records", entry_id, noun), address_of(subject_id), profile.name, profile.code,
        (Group(("", ""), fields),), entry.version, told_of(entry), follows,
    )  # fmt: skip


def _record_form(request: Request, subject_id: UUID, act: str, noun: str) -> ActForm:
    profile = _profile(request, subject_id)
    rules, today, back = reading_of(request), parts_of(request).clock.today(), address_of(subject_id)
    groups = (licence_groups if act == "record_licence" else penalty_groups)(profile, rules, today)
    return ActForm(act, f"{back}/{noun}", back, profile.name, profile.code, groups)


def _class_form(request: Request, subject_id: UUID, entry_id: str) -> ActForm:
    _, entry = entry_of(request, subject_id, entry_id)
    rules, today = reading_of(request), parts_of(request).clock.today()
    codes = rules.rulebook.code_list("classes")
    known = dict.fromkeys((*classes_on(entry.record.decided_on, rules), *classes_on(today, rules)))
    options = tuple(
        (one, (f"{codes[one].zh}（{one.split('/')[0].removeprefix('class.')} 分类）",
               f"{codes[one].en} (scheme {one.split('/')[0].removeprefix('class.')})"))
        for one in known
    )  # fmt: skip
    proposed = proposed_class(entry, rules)
    hint = ("", "")
    if proposed is not None:
        why = WHY_PROPOSED[proposed.why]
        doubt = ("", "") if proposed.row.is_verified else ("，待核", ", to be verified")
        hint = (f"{why[0]}：{codes[proposed.name].zh}（{proposed.row.citation}{doubt[0]}），由您确认或改选",
                f"{why[1]}: {codes[proposed.name].en} ({proposed.row.citation}{doubt[1]}); confirm or choose another")
    fields = (
        Asked("penalty_class", ("失信程度", "Class"), "select", required=True, hint=hint,
              value=proposed.name if proposed else "", options=(("", ("请选择", "choose")), *options)),
        Asked("reason", ("理由", "Reason"), required=True),
    )  # fmt: skip
    return form_of_entry(request, subject_id, entry_id, "classify_penalty", "classes", fields)


def _correction_form(request: Request, subject_id: UUID, entry_id: str) -> ActForm:
    _, entry = entry_of(request, subject_id, entry_id)
    own = tuple((one, FIELD_WORDS[one]) for one in CORRECTABLE if one in type(entry.record).model_fields)
    fields = (
        Asked("field", ("更正哪一项", "Field"), "select", options=own),
        Asked("new", ("应为", "Should say"), required=True,
              hint=("日期写 2026-01-31，金额写元", "dates as 2026-01-31, amounts in yuan")),
        Asked("reason", ("理由", "Reason"), required=True),
    )  # fmt: skip
    return form_of_entry(request, subject_id, entry_id, "correct_record", "corrections", fields)


def _profile(request: Request, subject_id: UUID) -> Profile:
    return check_registered(registered_file(request, subject_id))


def _new_entry(fields: Fields) -> str:
    return str(id_of(fields.uuid("request_id"), "entry_id"))
