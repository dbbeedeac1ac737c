"""An office of several desks over one database: what every act does in memory must be what the register stores.

Each desk is the in-memory one of the domain's own simulation, so both are driven by the same acts; here each act goes
through the register as well, and the two must answer alike. Around them stand what only a database has: several
subjects, imports, sealed persons, lost answers, views that lag, and processes that die.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

import psycopg

from api.demo.script import code
from api.exchange.importing import ASIDE, import_file
from domain.casework.exchange_decisions import RowConcluded, refuse_row
from domain.context import Context, Officer
from domain.credit_file.disclosure import disclose
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import register_subject
from domain.credit_file.record import V2Record
from domain.event import Personal, Sealed
from domain.law.rulebook import Rulebook
from domain.refusals import CodeTaken, Refused
from domain.register.acts import Act, Receipt, act_on
from domain.register.register import SUBJECT, CreditRegister
from domain.register.rulebooks import Rulebooks
from projections.derivation import Derived
from projections.engine import Engine
from projections.named_queries import Connection
from projections.rebuild import rebuild
from projections.views import import_review
from tests.api.exchange.samples import as_csv
from tests.check_register import check_log, check_no_identity_number, check_public
from tests.databases import Database
from tests.domain.credit_file import samples
from tests.domain.desk import Desk
from tests.domain.desk_acts import PERSONS
from tests.domain.given import DING, JIA, RULEBOOK, SYSTEM, Step, context

MASTER_KEY = bytes(range(32))
DAY = timedelta(days=1)
CODES = tuple(code("210811", number) for number in range(3))
HEADINGS = (
    "行政相对人名称",
    "统一社会信用代码",
    "行政许可决定文书号",
    "许可决定日期",
    "法定代表人",
    "法定代表人证件号码",
)


class Killed(Exception):
    """The process died here."""


class DyingEngine(Engine):
    """An engine whose process dies when the rows of a step are written and not yet committed."""

    def _store(self, connection: Connection, derived: Derived, until: int, views: frozenset[str]) -> None:
        super()._store(connection, derived, until, views)
        raise Killed


class StoredDesk(Desk):
    """One subject's desk, in memory and in the register."""

    not_here = frozenset(PERSONS)

    def __init__(self, office: Office, number: int) -> None:
        self.office = office
        self.subject_id = UUID(int=1_000 + number)
        self.code = CODES[number]
        super().__init__(office.today)

    @property
    def today(self) -> date:
        return self.office.today

    @today.setter
    def today(self, on: date) -> None:
        self.office.today = on

    def register(self) -> None:
        registered = replace(
            samples.REGISTERED, on=self.today.isoformat(), args={**samples.REGISTERED.args, "code": self.code}
        )
        assert self.take(registered)

    def take(self, one: Step) -> bool:
        return self.office.take_together([(self, self.own(one))])[0]

    def own(self, one: Step) -> Step:
        """The same step about this desk's firm: a record names the code it is about."""
        records = {
            name: value.model_copy(update={"code": self.code})
            for name, value in one.args.items()
            if isinstance(value, V2Record)
        }
        one = self.seated(one)
        return replace(one, args=one.args | records, filing=one.filing | {"request_id": self.office.new_id()})

    def take_in_memory(self, one: Step) -> str:
        """The name of the refusal, "" where it was recorded."""
        before = self.outcomes.copy()
        if super().take(one):
            return ""
        (code,) = self.outcomes - before
        return code


class Office:
    """The register of one database, its engine, the desks, and the day it is."""

    def __init__(self, database: Database, today: date) -> None:
        self.database = database
        self.today = today
        self.made = 0
        self.known: list[tuple[UUID, int, CreditFile]] = []
        self.people: list[tuple[UUID, str]] = []
        self.rebuilt: set[int] = set()
        self.asked: tuple[Act[Any], Context, Receipt] | None = None
        self.open(batch=5_000)
        self.adopt(RULEBOOK)
        self.desks = [StoredDesk(self, number) for number in range(len(CODES))]
        for desk in self.desks:
            desk.register()

    def open(self, batch: int) -> None:
        self.batch = batch
        self.register = CreditRegister.connect(self.database.app_url, MASTER_KEY)
        self.engine = Engine(self.database.app_url, self.register, batch=batch)

    def close(self) -> None:
        self.engine.close()
        self.register.close()

    def restart(self, batch: int) -> None:
        """Everything in memory is gone; what was saved and not yet in the views waits for the next engine."""
        self.close()
        self.open(batch)

    def new_id(self) -> UUID:
        self.made += 1
        return UUID(int=self.made << 64 | self.made)

    def context(self, by: Officer = JIA) -> Context:
        return context(self.today.isoformat(), by, request_id=self.new_id())

    # Acts

    def take_together(self, steps: Sequence[tuple[StoredDesk, Step]]) -> list[bool]:
        """Take the steps in one statement; each must end in the register as it does in memory."""
        contexts = [context(one.on, one.by, **one.filing) for _, one in steps]
        acts: list[Act[Any]] = [
            Act(SUBJECT, one.decide, desk.subject_id, kwargs=one.args, label=number)
            for number, (desk, one) in enumerate(steps)
        ]
        outcomes = self.register.do_many(acts, lambda act: contexts[cast(int, act.label)])
        for (desk, one), act, within, outcome in zip(steps, acts, contexts, outcomes, strict=True):
            refused = desk.take_in_memory(one)
            assert (outcome.code if isinstance(outcome, Refused) else "") == refused, one
            if isinstance(outcome, Receipt) and outcome.events:
                self.asked = (act, within, outcome)
        for desk in {desk.subject_id: desk for desk, _ in steps}.values():
            assert [one.event for one in self.register.history(desk.subject_id)] == [one.event for one in desk.facts]
            self.remember(desk.subject_id)
        return [isinstance(outcome, Receipt) for outcome in outcomes]

    def remember(self, subject_id: UUID) -> None:
        self.known.append((subject_id, self.register.head()[0], self.register.load(subject_id)))

    def ask_again(self, _: int) -> None:
        """The answer to the last act was lost, perhaps with the process: the same request gets the same receipt."""
        if self.asked is not None:
            act, within, receipt = self.asked
            assert self.register.do_many([act], lambda _: within) == [replace(receipt, repeated=True)]

    def take_a_code_that_is_taken(self, number: int) -> None:
        refused = self.register.do_many(
            [
                Act(
                    SUBJECT,
                    register_subject,
                    self.new_id(),
                    kwargs={**samples.REGISTERED.args, "code": CODES[number % len(CODES)]},
                )
            ],
            lambda _: self.context(),
        )[0]
        assert isinstance(refused, CodeTaken)

    def adopt(self, rulebook: Rulebook) -> None:
        Rulebooks(self.register).adopt(rulebook, self.context(SYSTEM), reason="样例")

    # Imports

    def import_rows(self, numbers: Sequence[int]) -> None:
        """A small file: new and known firms, duplicates, codes that fail their check, numbers to be sealed."""
        table = [list(HEADINGS)]
        for number in numbers:
            firm = code("210802", number)
            if number % 5 == 4:
                firm = firm[:-1] + ("0" if firm[-1] != "0" else "1")
            table.append(
                [f"样例第{number}号商行", firm, f"样例许〔2018〕{number}号", "2018-01-01", "样例人", person_of(number)]
            )
        content = io.BytesIO(as_csv(table))
        for outcome in import_file(self.register, content, "样例.csv", self.context(), self.new_id):
            if outcome.subject is not None:
                self.remember(outcome.subject)

    def release_imported(self) -> None:
        """Release what was imported and waits, all files at once."""
        files = self.register.load_many({subject for subject, _, _ in self.known})
        acts: list[Act[Any]] = [
            Act(SUBJECT, disclose, file.subject_id, kwargs={"entry_id": entry_id})
            for file in files.values()
            for entry_id, entry in file.records.items()
            if entry.origin.batch is not None and entry_id not in file.releases
        ]
        self.register.do_many(acts, lambda _: self.context(DING))

    def refuse_rows(self) -> None:
        """Conclude the rows that wait according to the view, which may lag: some are concluded already."""
        with psycopg.connect(self.database.app_url) as connection:
            waiting = import_review.waiting(connection)
        acts = [act_on(ASIDE, refuse_row, one.stream_id, reason="样例") for one in waiting]
        for outcome in self.register.do_many(acts, lambda _: self.context()):
            assert isinstance(outcome, Receipt | RowConcluded)

    # People

    def register_person(self, number: int) -> None:
        """A natural person, once; the second time the register finds who it is."""
        held = self.register.subject_by_person(person_of(number))
        subject_id, identity = self.new_id(), person_of(number)
        one = Act(SUBJECT, register_subject, subject_id, kwargs={
            "subject_kind": "natural_person", "name": "样**", "code": None, "division": "210811",
            "person_name": Personal("样例人", identity), "identity_number": Personal(identity, identity),
        })  # fmt: skip
        outcome = self.register.do_many([one], lambda _: self.context())[0]
        assert isinstance(outcome, Refused) == (held is not None)
        if held is None:
            assert self.register.subject_by_person(identity) == subject_id
            self.people.append((subject_id, identity))
            self.remember(subject_id)

    def erase_person(self, number: int) -> None:
        """The key is destroyed: the way to the file is gone, and the file is what it was."""
        if not self.people:
            return
        subject_id, identity = self.people[number % len(self.people)]
        before = self.register.load(subject_id)
        assert before.profile is not None
        sealed = next(one.event for one in self.register.history(subject_id)).identity_number  # type: ignore[attr-defined]
        assert isinstance(sealed, Sealed)
        self.register.vault.destroy_key(sealed.key_id, "样例", officer_id="样例员丁")
        assert self.register.load(subject_id) == before
        assert self.register.subject_by_person(identity) != subject_id

    # Views

    def lose_connections(self) -> None:
        """The server ends every connection; the register opens new ones by itself, an engine at its next try."""
        before = self.register.head()
        with psycopg.connect(self.database.owner_url, autocommit=True) as owner:
            owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with suppress(psycopg.OperationalError):
            self.engine.catch_up_once()
        assert self.register.head() == before

    def die_in_a_step(self) -> None:
        """The engine dies before its first step is committed; another one goes on from where the views stand."""
        self.engine.close()
        dying = DyingEngine(self.database.app_url, self.register, batch=self.batch)
        before = dying.positions()
        with suppress(Killed):
            dying.catch_up_once()
        dying.close()
        assert dying.positions() == before

    def check(self) -> None:
        """Everything that holds after every step, the views caught up or not."""
        head = self.register.head()[0]
        with psycopg.connect(self.database.owner_url) as connection:
            files = check_log(connection, self.register)
            views = set(self.engine.positions().values())
            if views != self.rebuilt:
                self.check_rebuilt()
                self.rebuilt = views
            if views == {head}:
                for on in (self.today - DAY, self.today, self.today + DAY):
                    check_public(connection, self.register, files, on)
            check_no_identity_number(connection)
            check_no_plain_text_of(connection, [identity for _, identity in self.people])
        for subject_id, position, file in self.known[:: max(len(self.known) // 3, 1)]:
            assert self.register.load(subject_id, known_at=position) == file, "what was known stays known"

    def check_rebuilt(self) -> None:
        """Derived from nothing as of where they stand, the views are what they are; while they stand, so it remains."""
        found = rebuild(self.database.owner_url, self.register, verify_only=True)
        assert found.differences == []
        assert found.failed == {}


def check_no_plain_text_of(connection: psycopg.Connection[Any], identities: list[str]) -> None:
    for (text,) in connection.execute("SELECT convert_from(state, 'UTF8') FROM credit_events"):
        assert not any(identity in text for identity in identities)


def person_of(number: int) -> str:
    """Shaped like an identity number, of a division that does not exist."""
    return f"9900001990010{number:02d}123"
