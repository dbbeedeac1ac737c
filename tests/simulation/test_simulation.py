"""One simulation of the whole register: any act on several subjects, any jump of the clock, views that lag, processes
that die; after each step one check of everything that must hold."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from tests.databases import Server, fresh_database
from tests.domain.credit_file import samples
from tests.domain.given import RULEBOOK
from tests.domain.histories import ACTS, numbers, starts
from tests.domain.test_simulation import Life as LifeInMemory
from tests.simulation.office import Office

LONGER = next(one for one in RULEBOOK.rows_of("disclosure.max") if one.unit == "years" and "general" in one.name)
RULEBOOKS = (RULEBOOK, RULEBOOK.replacing({LONGER.name: {"value": LONGER.number + 1}}))
EXAMPLES = 5
STEPS = 16


class Life(LifeInMemory):
    """Several subjects in a database of their own, their acts those of the simulation in memory."""

    server: ClassVar[Server]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.database = self.stack.enter_context(fresh_database(self.server, simulated=True))
        self.office: Office | None = None

    def teardown(self) -> None:
        if self.office is not None:
            self.office.close()
        self.stack.close()

    @property
    def opened(self) -> Office:
        assert self.office is not None
        return self.office

    @initialize(start=starts)
    def open(self, start: date) -> None:
        self.office = Office(self.database, start)
        self.desk = self.office.desks[0]

    # Acts

    def act(self, data: st.DataObject, name: str) -> None:
        args: dict[str, Any] = data.draw(ACTS[name])
        getattr(data.draw(st.sampled_from(self.opened.desks)), name)(**args)

    def work(self, drawn: dict[str, Any]) -> None:
        desk = self.opened.desks[drawn["number"] % len(self.opened.desks)]
        desk.work(**drawn)

    @rule(data=st.data(), names=st.lists(st.sampled_from(sorted(ACTS)), min_size=4, max_size=10))
    def work_for_days(self, data: st.DataObject, names: list[str]) -> None:
        for name in names:
            self.act(data, name)

    @rule(place=st.integers(0, 2), days=st.sampled_from([31, 93, 184, 367]), seen=st.booleans())
    def repair_what_was_shown(self, place: int, days: int, seen: bool) -> None:
        desk = self.opened.desks[place]
        if seen:
            self.opened.engine.catch_up_once()
        desk.repair_newest(days)
        self.opened.engine.catch_up_once()

    @rule(number=numbers)
    def record_on_every_desk_at_once(self, number: int) -> None:
        on = self.opened.today.isoformat()
        made = [
            (desk, desk.own(samples.recorded(samples.penalty(on, desk.fresh("p", number)))))
            for desk in self.opened.desks * 2
        ]
        self.opened.take_together(made)

    @rule(number=numbers, name=st.sampled_from(["ask_again", "take_a_code_that_is_taken"]))
    def be_asked_wrongly(self, number: int, name: str) -> None:
        getattr(self.opened, name)(number)

    @rule(taken=st.lists(st.integers(0, 19), min_size=1, max_size=6))
    def import_rows(self, taken: list[int]) -> None:
        self.opened.import_rows(taken)

    @rule(name=st.sampled_from(["release_imported", "refuse_rows"]))
    def conclude_imported(self, name: str) -> None:
        getattr(self.opened, name)()

    @rule(number=st.integers(0, 3), name=st.sampled_from(["register_person", "erase_person"]))
    def keep_people(self, number: int, name: str) -> None:
        getattr(self.opened, name)(number)

    @rule(version=st.sampled_from(range(len(RULEBOOKS))))
    def adopt(self, version: int) -> None:
        self.opened.adopt(RULEBOOKS[version])

    # Views and processes

    @rule()
    def catch_up(self) -> None:
        self.opened.engine.catch_up_once()

    @rule(batch=st.sampled_from([1, 7, 5_000]))
    def restart(self, batch: int) -> None:
        self.opened.restart(batch)

    @rule()
    def lose_connections(self) -> None:
        self.opened.lose_connections()

    @rule()
    def die_in_a_step(self) -> None:
        self.opened.die_in_a_step()

    @invariant()
    def everything_holds(self) -> None:
        if self.office is not None:
            self.office.check()


@pytest.mark.slow
def test_everything_holds_whatever_is_done_in_whatever_order(server: Server) -> None:
    Life.server = server
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
