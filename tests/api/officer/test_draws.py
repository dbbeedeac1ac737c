"""A draw at the desk: frozen, drawn by a value nobody knew, drawn again by whoever opens it, each check planned once.

On a site of its own, since its clock moves on by a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.commitment_draws import DRAW, holds, plan_checks, population_at
from api.demo.draw_scene import DRAW_ID
from api.demo.people import JIA
from domain.casework.commitment_draw import digest_of
from domain.context import Context, Filing
from domain.law.reading import Reading
from tests.databases import Server
from tests.desk import Desk, Firm, desk, firm
from tests.site import Site, running_site


@pytest.fixture(scope="module")
def own_site(postgres18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(postgres18, tmp_path_factory.mktemp("draws")) as running:
        yield running


@pytest.fixture
def handler(own_site: Site) -> Iterator[Desk]:
    with desk(own_site, "jia") as one:
        yield one


@pytest.fixture
def order(own_site: Site) -> Iterator[Desk]:
    """An officer of the market order section."""
    with desk(own_site, "geng") as one:
        yield one


def promise_of(desk_of: Desk, one: Firm) -> str:
    sent = desk_of.send(
        f"{one.path}/commitments/new", commitment_type="voluntary", document_no=f"样例抽取{one.code[-5:]}",
        matter="样例事项", accepted_by="样例", content="样例", liability="样例", made_on="2026-11-02",
        valid_from="2026-11-02",
    )  # fmt: skip
    assert sent.status == 303, sent.said
    return next(iter(one.site.parts.register.load(one.subject_id).commitments))


def test_a_draw_cannot_be_steered_and_anybody_can_draw_again(handler: Desk, order: Desk, own_site: Site) -> None:
    firms = [firm(own_site) for _ in range(3)]
    names = {f"{one.subject_id}/{promise_of(handler, one)}" for one in firms}
    today = own_site.clock.today()
    form: dict[str, Any] = {"public_value_of": "样例彩票第 2026001 期", "public_from": str(today)}
    known = order.send("/officer/draws/new", **form)
    assert known.status == 409
    assert "公告之后" in known.said
    sent = order.send("/officer/draws/new", **form | {"public_from": str(today + timedelta(days=1))})
    assert sent.status == 303, sent.said
    page = sent.location.split("?")[0]
    draw_id = UUID(page.rsplit("/", 1)[1])
    late = promise_of(handler, firm(own_site))
    early = order.send(f"{page}/results/new", public_value="0 3 7", witness="ding")
    assert early.status == 409
    own_site.clock.advance(timedelta(days=1))
    with desk(own_site, "geng") as next_day:
        own = next_day.send(f"{page}/results/new", public_value="0 3 7", witness="geng")
        assert own.status == 403
        assert next_day.send(f"{page}/results/new", public_value="0 3 7", witness="ding").status == 303
        assert "结果与记录一致" in next_day.open(page).one("p", class_="standing").words
        assert "样例彩票" in next_day.open("/officer/draws").one("main").words
    with desk(own_site, "wu") as auditor:
        assert "结果与记录一致" in auditor.open(page.replace("/officer/", "/audit/")).one("p", class_="standing").words
        assert "样例彩票" in auditor.open("/audit/draws").one("main").words
    parts = own_site.parts
    one = parts.register.load_on(DRAW, draw_id)
    assert one.announced is not None
    assert one.drawn is not None
    population = population_at(parts.register, parts.rulebooks, one.announced.known_at, one.announced.on)
    assert names <= {candidate.reference for candidate in population}
    assert not any(candidate.reference.endswith(late) for candidate in population)
    assert digest_of(population) == one.drawn.population_sha256
    assert holds(parts.register, parts.rulebooks, one)
    for reference in one.drawn.drawn:
        subject, name = reference.split("/", 1)
        planned = parts.register.load(UUID(subject)).commitments[name].planned
        assert planned is not None
        # What the demonstration drew before still waits for that check, and is not planned twice.
        earlier = {str(DRAW_ID)} if reference not in names else set()
        assert planned.method == "random"
        assert planned.draw_id in {str(draw_id), *earlier}
    context = Context(own_site.clock.now(), JIA.officer, Reading(parts.rulebooks.in_use()), Filing())
    assert plan_checks(parts.register, draw_id, context) == 0


def test_a_handler_announces_no_draw(handler: Desk) -> None:
    assert handler.client.get("/officer/draws/new").status_code == 403
    assert handler.client.get("/officer/draws").status_code == 200
