"""One simulation of a subject's life: any act, any order, any jump of the clock; after each step one check."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.domain.desk import Desk, check_file
from tests.domain.desk_acts import JOINING, NOTES, PERSONS, PROMISES, RECORDS, REPAIRS, SHOWING, SUBJECT
from tests.domain.desk_acts import LISTS as LISTING
from tests.domain.histories import ACTS, further, starts


class Life(RuleBasedStateMachine):
    """A subject's file in memory; the register's own storing is tested elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(date(2019, 7, 1))

    @initialize(start=starts)
    def open(self, start: date) -> None:
        self.desk = Desk(start)
        self.desk.register()

    @rule(days=st.sampled_from([1, 8, 31, 93, 184, 367]))
    def wait(self, days: int) -> None:
        self.desk.wait(days)

    @rule(
        data=st.data(),
        name=st.sampled_from(["record", "record_and_release", "classify", "perform", "correct", "annul", "license"]),
    )
    def keep_records(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(data=st.data(), name=st.sampled_from(["release", "run_daily_job"]))
    def show(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(data=st.data(), name=st.sampled_from(["propose", "list_at_once", "work_listing", "work_listing", "receive"]))
    def list_subject(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(data=st.data(), name=st.sampled_from(["revoke", "deregister"]))
    def leave_list(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(data=st.data(), name=st.sampled_from(["apply", "repair_at_once", "work_repair", "work_repair"]))
    def repair(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(data=st.data(), name=st.sampled_from(["rename", "promise", "keep_promise", "breach"]))
    def do_other_things(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(data=st.data(), name=st.sampled_from(["repair_newest", "repair_by_falsehood", "list_formally", "open_much"]))
    def run_procedures(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(data=st.data(), name=st.sampled_from(["follow", "follow", "follow", "undo", "sit_alone"]))
    def sit_at_the_desk(self, data: st.DataObject, name: str) -> None:
        self.act(data, name)

    @rule(drawn=further(RECORDS))
    def change_records(self, drawn: dict[str, Any]) -> None:
        self.work(drawn)

    @rule(drawn=further(SHOWING))
    def hide_and_object(self, drawn: dict[str, Any]) -> None:
        self.work(drawn)

    @rule(drawn=further(LISTING))
    def list_otherwise(self, drawn: dict[str, Any]) -> None:
        self.work(drawn)

    @rule(drawn=further(REPAIRS))
    def repair_otherwise(self, drawn: dict[str, Any]) -> None:
        self.work(drawn)

    @rule(drawn=further(PROMISES))
    def check_promises_and_tier(self, drawn: dict[str, Any]) -> None:
        self.work(drawn)

    @rule(drawn=further(SUBJECT, JOINING))
    def change_subject(self, drawn: dict[str, Any]) -> None:
        self.work(drawn)

    @rule(drawn=further(PERSONS, NOTES))
    def protect_persons(self, drawn: dict[str, Any]) -> None:
        self.work(drawn)

    @invariant()
    def everything_holds(self) -> None:
        check_file(self.desk)

    def work(self, drawn: dict[str, Any]) -> None:
        self.desk.work(**drawn)

    def act(self, data: st.DataObject, name: str) -> None:
        args: dict[str, Any] = data.draw(ACTS[name])
        getattr(self.desk, name)(**args)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
