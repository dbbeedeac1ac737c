"""From the fields of a form to the arguments of its decision, by their types; and stand-ins where none are typed yet.

Amounts are typed in yuan and given in fen; several lines of one box are several texts; what is sealed goes to the vault
under the identity number of the same form, or under the request where the form asks none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice, product
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

from api.arguments import UNSAID, Argument, arguments_of, gathered
from api.desk import id_of
from api.forms import Fields
from api.officer.act_form import Asked, confirmed_of, instant, instant_or_none, many_of
from api.officer.act_table import OfficerAct
from domain.context import Context
from domain.event import Personal

OF_FILING = frozenset({"case_no"})
"""Fields of a form that belong to the envelope and not to the decision."""

GIVEN = ("seen", "confirmed")
TRIES_MAX = 64
STAND_IN = "—"
NUMBERS_OF_PERSONS = ("identity_number", "id_number")


def check_row(row: OfficerAct) -> None:
    """Raise ValueError unless the form asks exactly what its decision takes, in controls that can hold it."""
    act, arguments = row.decide.__name__, arguments_of(row.decide)
    fields = {one.name: one for group in row.groups for one in group.fields}
    named = (one for one in (row.about, row.creates, *GIVEN) if one in arguments)
    filled = {*fields, *row.leaves, *row.subjects, *named} - OF_FILING
    for word, names in (("does not ask", set(arguments) - filled), ("takes no", filled - set(arguments))):
        if names:
            raise ValueError(f"the form of {act} {word} {sorted(names)}")
    for name in (row.about, row.creates):
        if name and name not in arguments:
            raise ValueError(f"{act} takes no {name}")
    if bool(row.about) != bool(row.collection):
        raise ValueError(f"{act}: what it concerns has a collection and an argument, or neither")
    for name in row.leaves:
        if arguments[name].default is UNSAID:
            raise ValueError(f"{act} must be given {name}")
    for name in {*fields} - OF_FILING:
        _check_control(act, row, fields[name], arguments[name])


def _check_control(act: str, row: OfficerAct, field: Asked, argument: Argument) -> None:
    choices = get_args(argument.hint) if get_origin(argument.hint) is Literal else None
    offered = {value for value, _ in field.options} - {""}
    if choices is not None and (field.kind != "select" or not offered or offered - set(choices)):
        raise ValueError(f"{act}: {field.name} is one of {choices}")
    if choices is None and field.kind in ("select", "many") and not offered and field.name not in row.options:
        raise ValueError(f"{act}: {field.name} has nothing to choose from")
    if (argument.hint is bool) != (field.kind == "check") and offered != {"yes", "no"}:
        raise ValueError(f"{act}: {field.name} is a box to tick if and only if it is yes or no")
    wanted = {date: ("date",), datetime: ("datetime-local",)}.get(argument.hint)
    if wanted is not None and field.kind not in wanted:
        raise ValueError(f"{act}: {field.name} is a day or an instant")
    if _is_many(argument.hint) and field.kind not in ("many", "area"):
        raise ValueError(f"{act}: {field.name} has several values")


def values_of(row: OfficerAct, fields: Fields, case_id: str, asked: Mapping[str, Asked]) -> dict[str, Any]:
    """The decision's arguments as typed.

    asked   the fields of the form as it was shown, with the choices of the day
    Refused, field by field in their order: FieldMissing, NotADate, NotAnInstant, NotAnAmount, NotANumber, NotAChoice.
    """
    arguments, request_id = arguments_of(row.decide), fields.uuid("request_id")
    values: dict[str, Any] = {row.about: case_id} if row.about else {}
    if row.creates:
        values[row.creates] = str(id_of(request_id, row.creates))
    if "seen" in arguments:
        values["seen"] = fields.number("seen")
    if "confirmed" in arguments:
        values["confirmed"] = confirmed_of(fields)
    for name, one in asked.items():
        if name not in OF_FILING:
            values[name] = _value(fields, one, arguments[name], request_id)
    return gathered(row.decide, values)


def _value(fields: Fields, asked: Asked, argument: Argument, request_id: UUID) -> Any:
    name, hint = asked.name, argument.hint
    must = asked.required or (argument.default is UNSAID and not argument.may_be_none)
    if hint is bool:
        return fields.flag(name)
    if _is_many(hint):
        chosen = many_of(fields, name, [value for value, _ in asked.options]) if asked.kind == "many" else ()
        lines = (line.strip() for line in fields.text(name).splitlines())
        return get_origin(hint)(chosen or (one for one in lines if one))
    if asked.kind == "select" and (must or fields.text(name)):
        one = fields.choice(name, [value for value, _ in asked.options if value])
        return int(one) if hint is int else one
    if not fields.text(name) and not asked.required:
        if argument.may_be_none or argument.default is not UNSAID:
            return argument.default if argument.default is not UNSAID else None
        # A text may be empty as far as the form is concerned: whether it may be, the decision says.
        if hint is str:
            return ""
    if argument.is_sealed:
        text = fields.text(name, required=True)
        return Personal(text, person_of(fields) or str(request_id))
    if hint is date:
        return fields.day(name)
    if hint is datetime or _is_instant(hint):
        return instant(fields, name) if must else instant_or_none(fields, name)
    if hint is int:
        return fields.fen(name) if name.endswith("_fen") else fields.number(name)
    return fields.text(name, required=asked.required)


def person_of(fields: Fields) -> str:
    """The identity number the form was given, "" where it asks none."""
    return next((text for name in NUMBERS_OF_PERSONS if (text := fields.text(name))), "")


def stand_ins(row: OfficerAct, context: Context, case_id: str, asked: Mapping[str, Asked]) -> Iterator[dict[str, Any]]:
    """Arguments as a form might bring them, each combination of its choices once: the decision on paper tells whether
    any would be recorded. At most `TRIES_MAX`, the first choices first."""
    arguments = arguments_of(row.decide)
    values: dict[str, Any] = {row.about: case_id} if row.about else {}
    if row.creates:
        values[row.creates] = STAND_IN
    values |= dict.fromkeys(row.subjects, UUID(int=0))
    names = [one for one in asked if one not in OF_FILING]
    tried = product(*(_possible(asked[one], arguments[one], context) for one in names))
    for combination in islice(tried, TRIES_MAX):
        yield gathered(row.decide, values | dict(zip(names, combination, strict=True)))


def _possible(asked: Asked, argument: Argument, context: Context) -> tuple[Any, ...]:
    offered, hint = tuple(value for value, _ in asked.options if value), argument.hint
    if hint is bool:
        return (True, False)
    if _is_many(hint):
        return (offered[:1] or (STAND_IN,),)
    if offered:
        return tuple(int(one) for one in offered) if hint is int else offered
    if argument.is_sealed:
        return (Personal(STAND_IN, STAND_IN),)
    if hint is date:
        return (context.today,)
    if hint is datetime or _is_instant(hint):
        return (context.now,)
    return (1,) if hint is int else (STAND_IN,)


def _is_many(hint: Any) -> bool:
    return get_origin(hint) in (tuple, frozenset)


def _is_instant(hint: Any) -> bool:
    return getattr(hint, "__name__", "") == "AwareDatetime"
