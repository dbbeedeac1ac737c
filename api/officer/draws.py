"""Draws of commitments for checking (随机抽取承诺): announce one, draw when its public value is out, plan the checks.

The page of a draw draws again from the log each time it is opened, and says whether the result is what was recorded.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import commitment_draws
from api.access import DeclaredRoute, form_of, officer_of, requires, requires_power
from api.commitment_draws import DRAW
from api.desk import context_of, go_to, id_of, reading_of, settle
from api.forms import Fields
from api.officer.act_form import ActForm, Asked, Group, Told, show_form, submit
from api.officer.worklist import OFFICERS
from api.parts import parts_of
from api.rendering import page
from domain.casework.commitment_draw import METHOD, Draw, DrawUnknown
from domain.context import Context
from domain.officer import may
from domain.register.acts import Receipt

router = APIRouter(route_class=DeclaredRoute, include_in_schema=False)
BASE = "/officer/draws"


@router.get(BASE)
@requires(*OFFICERS)
def show_draws(request: Request) -> Response:
    """Every draw, the newest first."""
    return draws_page(request, BASE)


@router.get(f"{BASE}/new")
@requires_power("announce_draw")
def new_draw(request: Request) -> Response:
    """The form: which public value will decide."""
    return show_form(request, _announce_form())


@router.post(BASE)
@requires_power("announce_draw")
def announce_draw(request: Request) -> Response:
    """Freeze the population and announce the draw."""
    parts = parts_of(request)
    draw_id = id_of(Fields(form_of(request)).uuid("request_id"), "draw_id")

    def act(fields: Fields, context: Context) -> Receipt:
        receipt = commitment_draws.announce(
            parts.register, parts.rulebooks, draw_id, context, fields.text("public_value_of", required=True),
            fields.day("public_from"),
        )  # fmt: skip
        settle(request, receipt)
        return receipt

    return submit(request, _announce_form(), act, f"{BASE}/{draw_id}")


@router.get(f"{BASE}/{{draw_id}}")
@requires(*OFFICERS)
def show_draw(request: Request, draw_id: UUID) -> Response:
    """One draw: what was announced, what was drawn, and whether drawing again gives the same."""
    return draw_page(request, draw_id, BASE)


@router.get(f"{BASE}/{{draw_id}}/results/new")
@requires_power("draw_commitments")
def new_result(request: Request, draw_id: UUID) -> Response:
    """The form: the public value as it came out, and who read it out."""
    return show_form(request, _draw_form(_draw(request, draw_id), draw_id))


@router.post(f"{BASE}/{{draw_id}}/results")
@requires_power("draw_commitments")
def draw_commitments(request: Request, draw_id: UUID) -> Response:
    """Draw, then plan the checks.

    If the process dies between the two, the page of the draw offers to plan the rest.
    """
    parts, one = parts_of(request), _draw(request, draw_id)

    def act(fields: Fields, context: Context) -> Receipt:
        receipt = commitment_draws.run(
            parts.register, parts.rulebooks, draw_id, context, fields.text("public_value", required=True),
            fields.text("witness", required=True),
        )  # fmt: skip
        commitment_draws.plan_checks(parts.register, draw_id, context_of(request, request_id=None))
        settle(request, receipt)
        return receipt

    return submit(request, _draw_form(one, draw_id), act)


@router.post(f"{BASE}/{{draw_id}}/plans")
@requires_power("plan_commitment_check")
def plan_drawn(request: Request, draw_id: UUID) -> Response:
    """Plan the checks that are not planned yet."""
    _draw(request, draw_id)
    commitment_draws.plan_checks(parts_of(request).register, draw_id, context_of(request, request_id=None))
    return go_to(f"{BASE}/{draw_id}")


def draws_page(request: Request, base: str) -> Response:
    """Every draw, with its page under `base`."""
    draws = commitment_draws.all_draws(parts_of(request).register)
    may_announce = may(officer_of(request).officer.role, "announce_draw")
    return page(request, "officer/draws/show_draws.html", draws=draws, base=base, may_announce=may_announce)


def draw_page(request: Request, draw_id: UUID, base: str) -> Response:
    """One draw, drawn again now. Refused: DrawUnknown."""
    parts, one = parts_of(request), _draw(request, draw_id)
    role = officer_of(request).officer.role
    holds = commitment_draws.holds(parts.register, parts.rulebooks, one) if one.drawn is not None else None
    drawn = [reference.split("/", 1) for reference in (one.drawn.drawn if one.drawn is not None else ())]
    grades = reading_of(request).rulebook.code_list("tier_grades")
    return page(
        request, "officer/draws/show_draw.html", draw=one, draw_id=draw_id, holds=holds, drawn=drawn, grades=grades,
        method=METHOD, may_draw=may(role, "draw_commitments"), may_plan=may(role, "plan_commitment_check"), base=base,
        is_desk=base == BASE,
    )  # fmt: skip


def _draw(request: Request, draw_id: UUID) -> Draw:
    """Refused: DrawUnknown."""
    one = parts_of(request).register.load_on(DRAW, draw_id)
    if one.announced is None:
        raise DrawUnknown
    return one


def _announce_form() -> ActForm:
    fields = (
        Asked("public_value_of", ("以哪一项公开数值抽取", "Which public value decides"), required=True,
              hint=("例如某期彩票的开奖号码", "such as the number of a lottery")),
        Asked("public_from", ("公布日期（须在今日之后）", "The day it comes out, after today"), "date", required=True),
    )  # fmt: skip
    told = (
        Told(("抽取范围", "Population"), ("此刻履行中的全部承诺，公告后固定，不能再改",
                                        "all commitments that run now; fixed once announced")),
    )  # fmt: skip
    return ActForm("announce_draw", BASE, BASE, "", None, (Group(("", ""), fields),), told=told)


def _draw_form(one: Draw, draw_id: UUID) -> ActForm:
    assert one.announced is not None
    fields = (
        Asked("public_value", ("公开数值", "The public value"), required=True),
        Asked("witness", ("见证人（读出数值的工作人员）", "Witness who read it out"), required=True),
    )
    told = (
        Told(("公开数值", "The public value"), (one.announced.public_value_of,) * 2),
        Told(("公布日期", "It comes out on"), (str(one.announced.public_from),) * 2),
        Told(("抽取范围指纹", "Digest of the population"), (one.announced.population_sha256,) * 2),
    )
    back = f"{BASE}/{draw_id}"
    return ActForm("draw_commitments", f"{back}/results", back, "", None, (Group(("", ""), fields),), told=told)
