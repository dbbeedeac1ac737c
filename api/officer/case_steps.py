"""Steps of a case: which act is possible now, for this officer, and what stands against the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from api.officer.act_form import why_not
from api.officer.words import Words, act_words
from domain.context import Context, Officer
from domain.credit_file.file import CreditFile
from domain.event import Event
from domain.officer import ROLES, may
from domain.refusals import Refused, SameOfficer

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a case.

    barred   why it is not possible now, None if it is; always shown, so that every case offers the same acts
    """

    act: str
    words: Words
    href: str
    barred: Refused | None


def step_of(
    decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]], href: str, file: CreditFile,
    context: Context, officer: Officer, *args: P.args, **kwargs: P.kwargs,
) -> Step:  # fmt: skip
    """The step, decided on paper with stand-ins for what the form will ask."""
    barred = why_not(decide, file, context, *args, **kwargs)
    if barred is None or isinstance(barred, SameOfficer):
        barred = not_allowed(officer, decide.__name__) or barred
    return Step(decide.__name__, act_words(decide.__name__), href, barred)


class ForOthers(Refused):
    zh = "由{roles}办理。"
    en = "For: {roles_en}."
    kind = "forbidden"


def not_allowed(officer: Officer, act: str) -> Refused | None:
    """Who does it where the officer's role may not, None where it may."""
    if may(officer.role, act):
        return None
    roles = [one for one in ROLES if may(one, act) and one != "system"]
    return ForOthers(roles="、".join(ROLES[one] for one in roles), roles_en=", ".join(roles))
