"""The officers' acts as JSON: one route for each decision on a subject's file, made from the decision's signature.

`POST /api/v1/subjects/{subject_id}/acts/record_penalty` takes the arguments of `record_penalty`, and so on: one verb,
one name; `…/acts/record_penalty/preview` tells what would follow. The header `Idempotency-Key` (a UUID) makes the
request one act however often it is sent. Sealed personal fields are not among the arguments: identity numbers come in
by import or form, never by this interface.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from api.access import DeclaredRoute, requires_power
from api.arguments import DECISIONS, SURROUNDINGS, UNSAID, Decision, arguments_of, event_of, hints_of
from api.desk import context_of, id_of, open_file, perform
from api.forms import NotAChoice
from api.officer.acts import ACTS
from api.parts import parts_of
from api.v1.shapes import ActAsked, Error, FactTold, PreviewLineTold, PreviewTold, ReceiptTold
from domain.context import Context
from domain.credit_file import profile
from domain.credit_file.listing_checks import ListingUnknown
from domain.event import Event, Personal
from domain.officer import TABLE
from domain.refusals import Refused

T = TypeVar("T")

CREATES: dict[str, str] = {
    "record_licence": "entry_id",
    "record_penalty": "entry_id",
    "make_commitment": "commitment_id",
    "propose_listing": "listing_id",
    "propose_listing_upward": "listing_id",
    "receive_repair": "repair_id",
    **{row.decide.__name__: row.creates for row in ACTS if row.creates},
}
"""Acts that create something, and the name of its id: the register gives it, the receipt tells it. Acts with a row in
the desk's table say so there."""

CONTINUES_OR_CREATES: dict[str, str] = {"receive_listing_decision": "listing_id"}
"""Acts that go on with a case, or create one where the body names none: an id that no case has is refused."""

REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": Error, "description": "sign in first"},
    403: {"model": Error, "description": "not your role, area or turn"},
    404: {"model": Error, "description": "no such subject"},
    409: {"model": Error, "description": "the register refuses: `code`, sentence and article say why"},
    422: {"model": Error, "description": "an argument is malformed"},
    503: {"model": Error, "description": "try again in a moment"},
}

router = APIRouter(route_class=DeclaredRoute, prefix="/api/v1/subjects", tags=["acts"], responses=REFUSALS)

IdempotencyKey = Annotated[
    UUID, Header(description="a new UUID for each act; the same again answers the first receipt")
]

TAKEN: dict[str, Decision] = {
    act: decide
    for act, decide in DECISIONS.items()
    if not any(one.is_sealed and one.default is UNSAID for one in arguments_of(decide).values())
}
"""The decisions with a route: all but those that cannot do without what is sealed, which come from the desk."""


class PreviewMissing(Refused):
    zh = "签发“{act}”之前须先看办理结果：请先请求 …/acts/{act}/preview，再带上它给出的 hash（preview）办理。"
    en = "What follows from {act} is seen before signing: ask …/acts/{act}/preview, then send its hash as `preview`."
    field = "preview"


def record(
    request: Request, decide: Decision, subject_id: UUID, body: ActAsked, key: UUID, created: str | None
) -> ReceiptTold:
    """Take the decision with the body's values as its arguments.

    Refused, in this order: as `_asked`, PreviewMissing, as `perform`.
    """
    given, context, made = _asked(request, decide, subject_id, body, key, created)
    if context.filing.preview == "" and TABLE[decide.__name__].is_previewed:
        raise PreviewMissing(act=decide.__name__)
    receipt = perform(request, decide, subject_id, context, **given)
    facts = [
        FactTold(topic=one.topic, version=one.version, position=one.position, recorded_at=one.recorded_at,
                 sha256=one.digest)
        for one in receipt.events
    ]  # fmt: skip
    return ReceiptTold(subject_id=subject_id, id=made, facts=facts, repeated=receipt.repeated)


def foresee(
    request: Request, decide: Decision, subject_id: UUID, body: ActAsked, key: UUID, created: str | None
) -> PreviewTold:
    """What would follow from the act; nothing is recorded."""
    given, context, _ = _asked(request, decide, subject_id, body, key, created)
    open_file(request, subject_id)
    found = parts_of(request).register.preview(decide, subject_id, context, **given)
    lines = [
        PreviewLineTold(on=one.on, item=one.item, about=one.about, before=one.before, after=one.after,
                        rules=tuple(row.name for row in one.rows))
        for one in found.lines
    ]  # fmt: skip
    return PreviewTold(today=found.today, lines=lines, hash=found.hash)


def _asked(
    request: Request, decide: Decision, subject_id: UUID, body: ActAsked, key: UUID, created: str | None
) -> tuple[dict[str, Any], Context, str | None]:
    """The arguments, the surroundings, and the id of what the act makes. Refused: NotAChoice, ListingUnknown."""
    arguments = {name: getattr(body, name) for name in type(body).model_fields if name not in ActAsked.model_fields}
    context = context_of(request, request_id=key, case_no=body.case_no, evidence=body.evidence, preview=body.preview)
    if decide is profile.register_subject:
        check_division(context, arguments["division"])
    continued = CONTINUES_OR_CREATES.get(decide.__name__)
    if continued is not None:
        if arguments[continued] is None:
            created = continued
        elif arguments[continued] not in open_file(request, subject_id).listings:
            raise ListingUnknown
    made = str(id_of(key, created)) if created else None
    return _with_id(decide, arguments, created, made), context, made


def check_division(context: Context, division: str) -> None:
    """Refuse a division that the list does not have, or has for statistics only. Refused: NotAChoice."""
    known = context.rules.rulebook.code_list("divisions")
    if division not in known or known[division].kind == "statistical":
        raise NotAChoice("division")


def body_of(decide: Decision) -> type[ActAsked]:
    """The body of a decision's route: its keyword arguments, an event among them spread without sealed fields."""
    name = "".join(part.title() for part in decide.__name__.split("_"))
    fields: dict[str, Any] = {}
    hints, arguments = hints_of(decide), arguments_of(decide)
    for parameter in inspect.signature(decide).parameters.values():
        is_sealed = parameter.name in arguments and arguments[parameter.name].is_sealed
        if parameter.name in SURROUNDINGS or is_sealed or parameter.name == CREATES.get(decide.__name__):
            continue
        kind = event_of(hints[parameter.name])
        if parameter.name == CONTINUES_OR_CREATES.get(decide.__name__):
            told = "the case it goes on with; left out, a new one begins"
            fields[parameter.name] = (str | None, Field(None, description=told))
        elif kind is None:
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            fields[parameter.name] = (hints[parameter.name], default)
        else:
            fields[parameter.name] = (_without_sealed(kind, CREATES.get(decide.__name__), name), ...)
    return create_model(name, __base__=ActAsked, __doc__=inspect.getdoc(decide), **fields)


def _with_id(decide: Decision, arguments: dict[str, Any], created: str | None, made: str | None) -> dict[str, Any]:
    hints = hints_of(decide)
    filled = {}
    for name, value in arguments.items():
        kind = event_of(hints[name])
        filled[name] = value
        if kind is not None:
            given = {field: getattr(value, field) for field in type(value).model_fields}
            filled[name] = kind(**given, **({created: made} if created in kind.model_fields else {}))
    if created is not None and created in inspect.signature(decide).parameters:
        filled[created] = made
    return filled


def _without_sealed(kind: type[Event], created: str | None, name: str) -> type[BaseModel]:
    def is_sealed(field: FieldInfo) -> bool:
        return "Personal" in str(field.annotation) or Personal.__name__ in str(field.metadata)

    fields: dict[str, Any] = {
        one: (field.annotation, field)
        for one, field in kind.model_fields.items()
        if one != created and not is_sealed(field)
    }
    return create_model(f"{name}{kind.__name__}", __config__=kind.model_config, __doc__=inspect.getdoc(kind), **fields)


def _route(decide: Decision) -> Callable[..., ReceiptTold]:
    created = CREATES.get(decide.__name__)

    def endpoint(request: Request, subject_id: UUID, body: Any, idempotency_key: UUID) -> ReceiptTold:
        return record(request, decide, subject_id, body, idempotency_key, created)

    return _declared(endpoint, decide, {"subject_id": UUID})


def _preview_route(decide: Decision) -> Callable[..., PreviewTold]:
    created = CREATES.get(decide.__name__)

    def endpoint(request: Request, subject_id: UUID, body: Any, idempotency_key: UUID) -> PreviewTold:
        return foresee(request, decide, subject_id, body, idempotency_key, created)

    return _declared(endpoint, decide, {"subject_id": UUID}, PreviewTold)


def _opening_route(decide: Decision) -> Callable[..., ReceiptTold]:
    def endpoint(request: Request, body: Any, idempotency_key: UUID) -> ReceiptTold:
        return record(request, decide, id_of(idempotency_key, "subject"), body, idempotency_key, None)

    return _declared(endpoint, decide, {})


def _declared(
    endpoint: Callable[..., T], decide: Decision, more: dict[str, Any], answer: type[Any] = ReceiptTold
) -> Callable[..., T]:
    """The framework reads the signature to describe a route, and this one is known only now."""
    kinds = {"request": Request, **more, "body": body_of(decide), "idempotency_key": IdempotencyKey}
    endpoint.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in kinds.items()],
        return_annotation=answer,
    )
    endpoint.__name__ = decide.__name__ if answer is ReceiptTold else f"preview_{decide.__name__}"
    endpoint.__doc__ = inspect.getdoc(decide)
    return requires_power(decide.__name__)(endpoint)


router.post("", status_code=201)(_opening_route(profile.register_subject))
for _act, _decide in TAKEN.items():
    if _decide is not profile.register_subject:
        router.post(f"/{{subject_id}}/acts/{_act}", status_code=201)(_route(_decide))
        router.post(f"/{{subject_id}}/acts/{_act}/preview")(_preview_route(_decide))
