"""The form of one act (办理表单): what it asks, what it tells before signing, and what becomes of what was typed.

Every form carries the session's token, a request id (sent twice, it is one act) and, in a case, the version its
officer saw. A refusal brings the same form back with what was typed; a doubt adds a box to confirm it with evidence.
An act that is previewed comes back once with what will follow, and is signed with the hash of that preview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import datetime
from typing import Any, Concatenate, Literal, ParamSpec, cast

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from api.access import form_of
from api.clock import SHANGHAI
from api.desk import PreviewAsked, context_of, go_to, reading_of
from api.forms import FieldMissing, FieldRefused, Fields
from api.officer.preview_told import told_lines
from api.officer.public_text import Compared
from api.officer.words import Words, act_words
from api.papers import BYTES_MAX, PaperNotKept
from api.parts import parts_of
from api.rendering import form_again, page
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.preview import Preview, PreviewChanged
from domain.credit_file.steps import check_not_moved
from domain.event import Event, Evidence
from domain.officer import TABLE
from domain.refusals import Doubt, Refused
from domain.register.acts import Receipt

P = ParamSpec("P")
Kind = Literal["text", "date", "datetime-local", "number", "area", "select", "check", "many"]
TEMPLATE = "officer/act.html"


class NotAnInstant(FieldRefused):
    zh = "时间应写成 2026-11-18T15:32 的形式；请改正。"
    en = "Write a time as 2026-11-18T15:32; correct it."


class EvidenceMissing(Refused):
    zh = "确认存疑的内容须有凭据；请填写凭据名称或文号，或上传扫描件。"
    en = "Confirming a doubt needs evidence; give the title or number of the paper, or upload its scan."
    field = "evidence_title"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field.

    kind      of control; `check` one box, `many` several boxes of one name
    options   value and words of each choice
    value     what stands there at first
    """

    name: str
    label: Words
    kind: Kind = "text"
    required: bool = False
    hint: Words = ("", "")
    value: str = ""
    options: tuple[tuple[str, Words], ...] = ()

    def choices(self, language: str) -> list[tuple[str, str]]:
        """The options with their words in one language."""
        return [(value, words[1 if language == "en" else 0]) for value, words in self.options]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under one heading; "" for none."""

    title: Words
    fields: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what is known already, or of what will follow; an unverified rule behind it wears ?待核."""

    label: Words
    value: Words
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class ActForm:
    """The form of one act on one subject.

    action     where it is sent; `back` the page it belongs to
    seen       version of the case shown; None where there is no case
    told       what is known; `follows` what signing will bring about, shown before it is signed
    barred     why the act is not possible now: then there is nothing to sign
    case_no    of the case it belongs to, "" where the form asks for it or there is none
    compared   texts as they are beside what the public would read, shown before a release is signed
    """

    act: str
    action: str
    back: str
    subject_name: str
    code: str | None
    groups: tuple[Group, ...] = ()
    seen: int | None = None
    told: tuple[Told, ...] = ()
    follows: tuple[Told, ...] = ()
    barred: Refused | None = None
    standing: Words = ("", "")
    asks_evidence: bool = True
    title: Words = ("", "")
    case_no: str = ""
    compared: tuple[Compared, ...] = ()

    @property
    def heading(self) -> Words:
        return self.title if self.title[0] else act_words(self.act)

    @property
    def asks_preview(self) -> bool:
        """Whether what follows is shown before it is signed."""
        power = TABLE.get(self.act)
        return power is not None and power.is_previewed

    def asks(self, field: str) -> bool:
        """Whether the form has the field, so that a refusal about it is told there."""
        own = {one.name for group in self.groups for one in group.fields}
        return field in own or (self.asks_evidence and field in ("evidence_title", "evidence_no", "paper"))


def show_form(request: Request, form: ActForm) -> Response:
    """The form as it is opened."""
    return page(request, TEMPLATE, form=form, confirmed=(), is_doubt=False, preview=None, told_lines=(), kept="")


def submit(
    request: Request, form: ActForm, perform_act: Callable[[Fields, Context], Receipt],
    then: str | Callable[[], str] | None = None,
) -> Response:  # fmt: skip
    """Perform the act with what was typed and show the page it belongs to, or the same form with the refusal.

    then   the page to show; a function where only the file says which, once the act is recorded
    """
    fields = Fields(form_of(request))
    request.state.asks_preview = form.asks_preview and not fields.text("preview")
    kept = ""
    try:
        for one in (one for group in form.groups for one in group.fields if one.required):
            fields.text(one.name, required=True)
        context = filing_context(request, fields)
        kept = next((one.sha256 or "" for one in context.filing.evidence), "")
        receipt = perform_act(fields, context)
    except PreviewAsked as asked:
        return _again(request, form, fields, kept, None, asked.preview)
    except PreviewChanged as refusal:
        return _again(request, form, fields, kept, refusal, cast(Preview, refusal.values["preview"]))
    except Refused as refusal:
        return _again(request, form, fields, kept, refusal, None)
    return go_to((then() if callable(then) else then) or form.back, receipt)


def _again(
    request: Request, form: ActForm, fields: Fields, kept: str, refusal: Refused | None, preview: Preview | None
) -> Response:
    """The form with what was typed, with the refusal or with what will follow; a scan that was kept stays with it."""
    values: dict[str, Any] = {
        "form": form, "confirmed": fields.many("confirmed"), "is_doubt": isinstance(refusal, Doubt), "kept": kept,
        "preview": preview, "told_lines": told_lines(preview, reading_of(request)) if preview is not None else (),
    }  # fmt: skip
    if refusal is not None:
        return form_again(request, TEMPLATE, refusal, **values)
    typed = {name: value for name, value in form_of(request).items() if isinstance(value, str)}
    return page(request, TEMPLATE, typed=typed, **values)


def filing_context(request: Request, fields: Fields) -> Context:
    """The surroundings of the act: its request id, case number and the paper it rests on.

    A form that came back with a scan names it by its digest, since a browser sends a file only once.
    Refused, in this order: NotAnId, EvidenceMissing, PaperTooLarge, PaperKindUnknown, PaperNotKept.
    """
    request_id = fields.uuid("request_id")
    paper = fields.values.get("paper")
    content = paper.file.read(BYTES_MAX + 1) if isinstance(paper, UploadFile) and paper.filename else b""
    title, number = fields.text("evidence_title"), fields.text("evidence_no")
    kept = fields.text("paper_sha256")
    if fields.many("confirmed") and not (title or number or content or kept):
        raise EvidenceMissing
    evidence: tuple[Evidence, ...] = ()
    if title or number or content or kept:
        if kept and not parts_of(request).papers.holds(kept):
            raise PaperNotKept
        # A process that dies after keeping the scan leaves one that nothing names, and that nobody is served.
        sha256 = parts_of(request).papers.keep(content) if content else kept or None
        evidence = (Evidence(title=title or number or "扫描件", document_no=number, sha256=sha256),)
    case_no, preview = fields.text("case_no") or None, fields.text("preview")
    return context_of(request, request_id=request_id, case_no=case_no, evidence=evidence, preview=preview)


def seen_of(fields: Fields) -> int:
    """The version of the case the officer saw. Refused: NotANumber."""
    return fields.number("seen")


def many_of(fields: Fields, name: str, options: Iterable[str]) -> tuple[str, ...]:
    """The options whose boxes were ticked, in the order of the options."""
    return tuple(one for one in options if fields.flag(f"{name}-{one}"))


def confirmed_of(fields: Fields) -> frozenset[str]:
    """The doubts the officer confirmed."""
    return frozenset(fields.many("confirmed"))


def instant_or_none(fields: Fields, name: str) -> datetime | None:
    """An instant typed as Beijing's, None where the field is empty. Refused: NotAnInstant."""
    text = fields.text(name)
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise NotAnInstant(name) from None


def instant(fields: Fields, name: str) -> datetime:
    """An instant typed as Beijing's. Refused, in this order: FieldMissing, NotAnInstant."""
    found = instant_or_none(fields, name)
    if found is None:
        raise FieldMissing(name)
    return found


def version_of(file: CreditFile, entry_id: str) -> int:
    """The version of whatever the id names in the file, 0 for nothing."""
    chapters = (getattr(file, one.name) for one in dataclass_fields(file))
    found = (chapter[entry_id] for chapter in chapters if isinstance(chapter, dict) and entry_id in chapter)
    return next((one.version for one in found if hasattr(one, "version")), 0)


def as_seen(
    decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]], entry_id: str, seen: int
) -> Callable[Concatenate[CreditFile, Context, P], Sequence[Event]]:
    """The decision, refused first when the entry changed after its officer looked (CaseMoved)."""

    def decide_as_seen(file: CreditFile, context: Context, /, *args: P.args, **kwargs: P.kwargs) -> Sequence[Event]:
        check_not_moved(version_of(file, entry_id), seen)
        return decide(file, context, *args, **kwargs)

    # The register knows an act, and who may do it, by this name.
    decide_as_seen.__name__ = decide.__name__
    return decide_as_seen


def why_not(
    decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]],
    file: CreditFile, context: Context, *args: P.args, **kwargs: P.kwargs,
) -> Refused | None:  # fmt: skip
    """Why the decision would be refused now, None if it would not: decided on paper, nothing is recorded."""
    try:
        decide(file, context, *args, **kwargs)
    except Refused as refusal:
        return refusal
    return None
