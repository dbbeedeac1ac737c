"""The register as an application of the event store, whatever its streams are about.

`CreditRegister` in `register.py` says which events, powers and files; everything that writes and reads facts is here
and in `writing.py`, once, for subjects, officers, rulebooks and batches alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Concatenate, ParamSpec, Self, TypeVar, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment, EnvType
from psycopg.conninfo import conninfo_to_dict

from domain.context import Context
from domain.event import Event, Fact
from domain.refusals import Refused
from domain.register.acts import Act, Receipt, StreamKind, act_on
from domain.register.mapper import CreditMapper, EventTypes
from domain.register.recorder import CreditRecorder
from domain.register.statements import TABLES
from domain.register.vault import Vault
from domain.register.writing import ContextOf, Guards, Outcome, Writer

F = TypeVar("F")
P = ParamSpec("P")

LIBRARY_NAMES = {"dbname": "DBNAME", "host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}


class EventRegister(Application[UUID]):
    """Facts in streams, written by decisions. Safe for many threads; close it, or use it as a context manager.

    event_types   the closed table of shapes
    guards        who may act, and what an event claims for its stream
    """

    name = "credit"
    env: ClassVar[dict[str, str]] = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "MAPPER_TOPIC": "domain.register.mapper:CreditMapper",
        "APPLICATION_RECORDER_TOPIC": "domain.register.recorder:CreditRecorder",
        # Tables are migrations; and the library's own functions in the database lose events (9.5.6).
        "CREATE_TABLE": "n",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "n",
    }
    event_types: ClassVar[EventTypes]
    guards: ClassVar[Guards]

    def __init__(self, env: EnvType, master_key: bytes, extra: dict[str, Any]) -> None:
        self._extra = extra
        super().__init__(env)
        mapper, recorder = self.mapper, self.recorder
        assert isinstance(mapper, CreditMapper)
        assert isinstance(recorder, CreditRecorder)
        mapper.event_types = self.event_types
        self.facts_mapper, self.facts_recorder = mapper, recorder
        self.vault = Vault(master_key, recorder.select)
        self.is_simulated = recorder.select(TABLES["simulated"]) == [(True,)]
        self._writer = Writer(recorder, mapper, self.vault, self.guards, self.is_simulated)

    @classmethod
    def connect(cls, app_url: str, master_key: bytes, *, pool_size: int = 2) -> Self:
        """Open the register of a migrated database.

        app_url     PostgreSQL URL of the application's login, never the owner's
        master_key  32 bytes, the vault's; raises WrongMasterKey when the database has another
        pool_size   connections kept open, of at most 10 more

        In a database created as simulated, facts are recorded at the instant their context says; in any other at the
        server's clock, and the database refuses anything else.
        """
        given = conninfo_to_dict(app_url)
        env = {f"POSTGRES_{name}": str(given.pop(key, "")) for key, name in LIBRARY_NAMES.items()}
        return cls(env | {"POSTGRES_POOL_SIZE": str(pool_size)}, master_key, given)

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """The given settings only: the library would let the process's environment change what is stored."""
        return Environment(name, {**type(self).env, **(env or {})})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        factory = super().construct_factory(env)
        # The library passes on five words of a connection string; sslmode and others matter as much.
        cast(PostgresFactory, factory).datastore.pool.kwargs |= self._extra  # type: ignore[operator]
        return factory

    # Writing

    def do_on(
        self,
        kind: StreamKind[F],
        decide: Callable[Concatenate[F, Context, P], Sequence[Event]],
        stream: UUID,
        context: Context,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Receipt:
        """Take the decision on the stream and record what it decided; the receipt says where.

        The same request (`context.filing.request_id`) with the same content gets its first receipt again, marked as
        repeated, even when the process that recorded it died before answering; a refusal stores nothing, and is
        decided anew.
        Refused, in this order: NotAllowed, RequestIdReused, what the decision refuses, CodeTaken,
        PersonAlreadyFiled, RivalsKeptWriting.
        """
        outcome = self.do_many([act_on(kind, decide, stream, *args, **kwargs)], lambda _: context)[0]
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    def do_many(self, acts: Sequence[Act[Any]], context_of: ContextOf) -> list[Outcome]:
        """Take many decisions with one read and one statement; the receipt or the refusal of each, in order.

        One act's refusal does not stop the others; later acts see what earlier ones decided. `context_of` is called
        again whenever an act is decided again, and may return the same context: its reading is forgotten first.
        """
        return self._writer.record(acts, context_of)

    # Reading

    def load_on(self, kind: StreamKind[F], stream: UUID, known_at: int | None = None) -> F:
        """The file of the stream, as known at a position of the log (None: now); empty when there is none."""
        return self.load_many_on(kind, [stream], known_at)[stream]

    def load_many_on(self, kind: StreamKind[F], streams: Iterable[UUID], known_at: int | None = None) -> dict[UUID, F]:
        """The files of all these streams, read at once."""
        files = {stream: kind.empty(stream) for stream in streams}
        for row in self.facts_recorder.select_streams(list(files), known_at):
            fact = self.facts_mapper.to_fact(row)
            files[fact.originator_id] = kind.fold(files[fact.originator_id], fact)
        return files

    def history(self, stream: UUID, up_to_position: int | None = None) -> list[Fact]:
        """The facts of the stream in order, as known at a position of the log (None: now)."""
        return [self.facts_mapper.to_fact(row) for row in self.facts_recorder.select_streams([stream], up_to_position)]

    def newest_version(self, stream: UUID) -> int:
        """Version of the stream's newest fact, 0 where it has none; cheaper than reading it."""
        rows = self.facts_recorder.select(TABLES["version"], stream=stream)
        return cast(int, rows[0][0])

    def head(self) -> tuple[int, datetime | None]:
        """Position and instant of the newest fact; (0, None) while there is none."""
        rows = self.facts_recorder.select(TABLES["head"])
        return cast("tuple[int, datetime | None]", rows[0])

    # Rulebooks

    def keep_rulebook(self, version: str, text: bytes) -> None:
        """Keep a rulebook's text under its version, the SHA-256 of the text, before anything rests on it.

        Keeping it again changes nothing. A process that dies after this leaves a text nobody uses, which is harmless.
        """
        self.facts_recorder.select(TABLES["keep_rulebook"], version=version, text=text)

    def rulebook_text(self, version: str) -> bytes | None:
        """The text of a rulebook version that was kept, None for one that was not."""
        rows = self.facts_recorder.select(TABLES["rulebook"], version=version)
        return cast(bytes, rows[0][0]) if rows else None
