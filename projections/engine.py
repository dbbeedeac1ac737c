"""Keep every view up to date with the log: in batches, one transaction each, by one leader among any number.

A step reads up to 20,000 facts after the views' position, derives the streams they touch anew, replaces their rows and
moves the positions, all in one transaction. If the process dies in it, nothing of the step is there and the next leader
takes the same facts again; applying facts twice changes nothing. So the views' sessions need not wait for the disk.

A stream that cannot be read, folded, derived or stored is parked: it has no rows (showing old ones might show what has
been repaired since), it is named in `view_parked`, and the rest goes on. It is tried again with its next fact, at
start, and when a view that caught up alone meets the others; a step of some views derives those alone and lets no
stream out.
A newly adopted rulebook derives every stream anew, since periods may change.
"""

from __future__ import annotations

import time
from collections import defaultdict
from threading import Event as Signal
from typing import Any
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from domain.casework.rulebook_versions import RulebookAdopted
from domain.event import Fact
from domain.law.rulebook import Rulebook
from domain.register.register import CreditRegister
from domain.register.rulebooks import NoRulebook, Rulebooks
from projections import log
from projections.derivation import Derived, Deriver, by_stream, kind_of
from projections.named_queries import Connection, Queries
from projections.view import Kind
from projections.views.catalogue import KINDS, VIEWS
from projections.writing import write_sound

QUERIES = Queries.beside(__file__)
ALL_VIEWS = frozenset(view.name for view in VIEWS)
CHANNEL = "credit_events"
LEADER_KEY = 7_166_101
STEP_KEY = 7_166_102
"""Advisory locks, the same in every release: the first says who leads, the second keeps a rebuild and a step apart."""
STEP = 20_000
"""Facts in one step: a subject is derived once in it, however many of the facts are its own. Four times as many as a
page of the log made a long catch-up 1.7 times as fast, for 70 MB more; a short one takes what there is."""
STREAMS_AT_ONCE = 2_000
POLL_SECONDS = 1.0
RETRY_SECONDS = 0.5
WAIT_SECONDS = 0.01


class LostStep(RuntimeError):
    """Another engine moved the views meanwhile: the step was rolled back, and there is nothing to do."""


class Engine:
    """Follows the log of a register. `run` belongs to one thread; `wait_for` may be called from any.

    app_url   the application's login; the engine opens connections of its own
    batch     facts in one step, at most
    """

    def __init__(self, app_url: str, register: CreditRegister, *, batch: int = STEP) -> None:
        self._register = register
        self._rulebooks = Rulebooks(register)
        self._url = app_url
        self._batch = batch
        self._deriver = Deriver(register.facts_mapper)
        self._connection: Connection | None = None
        self._leads = False
        self.failure: str | None = None

    # Following

    def run(self, stop: Signal) -> None:
        """Follow the log until told to stop; a lost connection is opened again.

        `failure` names the kind of error of the last try, None once a try succeeded.
        """
        while not stop.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as told:
                    # Listening begins before the first look, so that no fact falls between the two.
                    told.execute(SQL("LISTEN {}").format(Identifier(CHANNEL)))
                    while not stop.is_set():
                        self.catch_up_once()
                        self.failure = None
                        for _ in told.notifies(timeout=POLL_SECONDS, stop_after=1):
                            pass
            except Exception as error:
                # Whatever it is, a follower that ended would leave every page standing still; the next try may do.
                self.failure = type(error).__name__
                self.close()
                stop.wait(RETRY_SECONDS)
        self.close()

    def catch_up_once(self) -> int:
        """Bring every view to the head of the log, if this engine leads; how many facts were applied."""
        applied = 0
        try:
            connection = self._open()
            if not self._leads and not self._lead(connection):
                return 0
            while count := self._step(connection):
                applied += count
        except LostStep:
            self._deriver.forget()
        except BaseException:
            self.close()
            raise
        return applied

    def close(self) -> None:
        """Give up leading and close the connection; a later call opens it again."""
        self._deriver.forget()
        self._leads = False
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    # Asking

    def positions(self) -> dict[str, int]:
        """The position of each view; 0 where it never began."""
        rows = self._register.facts_recorder.select(QUERIES.texts["progress"])
        return dict.fromkeys(ALL_VIEWS, 0) | {view: position for view, position in rows if view in ALL_VIEWS}

    def wait_for(self, position: int, seconds_max: float = 2) -> bool:
        """Whether every view reached the position within the time: after writing, before showing."""
        until = time.monotonic() + seconds_max
        while min(self.positions().values()) < position:
            if time.monotonic() >= until:
                return False
            time.sleep(WAIT_SECONDS)
        return True

    # One step

    def _open(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._leads = False
            self._deriver.forget()
            self._connection = psycopg.connect(self._url, autocommit=True, options="-c synchronous_commit=off")
        return self._connection

    def _lead(self, connection: Connection) -> bool:
        """Become the leader unless somebody is; the lock ends with the connection, however it ends."""
        (self._leads,) = QUERIES.fetch_plain(connection, "lead", key=LEADER_KEY)[0]
        if self._leads:
            with connection.transaction():
                QUERIES.fetch_plain(connection, "hold_step", key=STEP_KEY)
                connection.execute(QUERIES.texts["begin"].encode(), {"views": sorted(ALL_VIEWS)})
                self._try_parked(connection)
        return self._leads

    def _step(self, connection: Connection) -> int:
        with connection.transaction():
            QUERIES.fetch_plain(connection, "hold_step", key=STEP_KEY)
            positions = {view: at for view, at in QUERIES.fetch_plain(connection, "progress") if view in ALL_VIEWS}
            after = min(positions.values())
            behind = frozenset(view for view, at in positions.items() if at == after)
            # A new view catches up alone until it meets the others: nobody is ever shown an older state again.
            ahead = min((at for at in positions.values() if at > after), default=log.head(connection)[0])
            rows = log.page(connection, after, ahead, self._batch)
            if not rows:
                return 0
            until = rows[-1][4]
            self._apply(connection, rows, until, behind)
            moved = QUERIES.fetch_plain(connection, "move", views=sorted(behind), before=after, position=until)
            if len(moved) != len(behind):
                raise LostStep
            if behind != ALL_VIEWS:
                self._try_parked(connection)
        return len(rows)

    def _apply(self, connection: Connection, rows: list[log.StoredRow], until: int, views: frozenset[str]) -> None:
        derived = Derived()
        news: dict[str, dict[UUID, list[Fact]]] = defaultdict(dict)
        parked = {stream for (stream,) in QUERIES.fetch_plain(connection, "parked")}
        # What some of the views can show says nothing of what the others refused.
        held = parked if views != ALL_VIEWS else set()
        renewed = False
        for stream, stored in by_stream(rows).items():
            try:
                facts = [self._register.facts_mapper.to_fact(row) for row in stored]
            except Exception as error:
                self._fail(derived, stream, f"cannot be read: {type(error).__name__}")
                continue
            renewed = renewed or any(isinstance(fact.event, RulebookAdopted) for fact in facts)
            kind = kind_of(facts[0])
            if kind is not None and stream not in held:
                news[kind.name][stream] = facts
        rulebook = self._rulebook(until)
        for kind in KINDS:
            touched = news[kind.name]
            self._derive(connection, kind, touched, until, rulebook, derived, views)
            # A parked stream lost the steps of its earlier facts; sound again, it gets them all.
            sound = touched.keys() - derived.failed.keys()
            again = log.streams(connection, sorted(parked & sound), until)
            steps = [fact for stream, facts in touched.items() if stream in sound - parked for fact in facts]
            steps += [self._register.facts_mapper.to_fact(row) for row in again]
            self._deriver.derive_steps(kind, steps, derived, views)
        self._store(connection, derived, until, views)
        if renewed:
            done = {kind.name: held.union(news[kind.name]) for kind in KINDS}
            self._derive_all(connection, done, until, rulebook, views)

    def _derive_all(
        self, connection: Connection, done: dict[str, set[UUID]], until: int, rulebook: Rulebook | None,
        views: frozenset[str],
    ) -> None:  # fmt: skip
        """Derive every stream that asks the law anew, except those that are done (or held)."""
        for kind in (one for one in KINDS if one.uses_rules and any(view.name in views for view in one.views)):
            every = log.streams_of_kind(connection, [kind.begins_with.TOPIC], until)
            others = [stream for stream in every if stream not in done[kind.name]]
            for at in range(0, len(others), STREAMS_AT_ONCE):
                derived = Derived()
                part: dict[UUID, list[Fact]] = {stream: [] for stream in others[at : at + STREAMS_AT_ONCE]}
                self._derive(connection, kind, part, until, rulebook, derived, views)
                self._store(connection, derived, until, views)

    def _derive(
        self, connection: Connection, kind: Kind[Any], news: dict[UUID, list[Fact]], until: int,
        rulebook: Rulebook | None, derived: Derived, views: frozenset[str],
    ) -> None:  # fmt: skip
        if news:
            self._deriver.derive(connection, kind, news, until, rulebook, derived, views)

    def _store(self, connection: Connection, derived: Derived, until: int, views: frozenset[str]) -> None:
        write_sound(connection, derived, views)
        if views == ALL_VIEWS:
            sound = [one for streams in derived.streams.values() for one in streams if one not in derived.failed]
            connection.execute(QUERIES.texts["unpark"].encode(), {"streams": sound})
        if derived.failed:
            failed = {"streams": list(derived.failed), "failures": list(derived.failed.values()), "position": until}
            connection.execute(QUERIES.texts["park"].encode(), failed)

    def _fail(self, derived: Derived, stream: UUID, failure: str) -> None:
        # Which kind of stream it is may be what cannot be read; its id is in the tables of no other.
        derived.failed[stream] = failure
        for kind in KINDS:
            derived.streams[kind.name].append(stream)

    def _try_parked(self, connection: Connection) -> None:
        """Try the parked streams again, as a new release may read them; only where all views stand at one position."""
        positions = {at for _, at in QUERIES.fetch_plain(connection, "progress")}
        parked = [stream for (stream,) in QUERIES.fetch_plain(connection, "parked")]
        if not parked or len(positions) != 1:
            return
        (until,) = positions
        news: dict[str, dict[UUID, list[Fact]]] = defaultdict(dict)
        derived, steps = Derived(), list[tuple[Kind[Any], list[Fact]]]()
        for stream, stored in by_stream(log.streams(connection, parked, until)).items():
            try:
                facts = [self._register.facts_mapper.to_fact(row) for row in stored]
            except Exception as error:
                self._fail(derived, stream, f"cannot be read: {type(error).__name__}")
                continue
            if (kind := kind_of(facts[0])) is not None:
                news[kind.name][stream] = []
                steps.append((kind, facts))
        for kind in KINDS:
            self._derive(connection, kind, news[kind.name], until, self._rulebook(until), derived, ALL_VIEWS)
        for kind, facts in steps:
            if facts[0].originator_id not in derived.failed:
                self._deriver.derive_steps(kind, facts, derived, ALL_VIEWS)
        self._store(connection, derived, until, ALL_VIEWS)

    def _rulebook(self, until: int) -> Rulebook | None:
        try:
            return self._rulebooks.at(until)
        except NoRulebook:
            return None
