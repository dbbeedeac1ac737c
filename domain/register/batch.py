"""One batch of facts, and the one SQL statement that stores it.

Everything an act leaves behind is one statement: first the head of the log, whose row lock orders writers, then
requests, codes, keys, persons and facts, each reading from the head's row. So positions have no gaps, time never
runs back, a reader who tails the log misses nothing, and either all of it is stored or nothing.

No other SELECT may enter that statement: its snapshot is older than the lock. Nothing may be reserved beside it:
two writers who reserve before they hold the lock can each wait for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact as it goes in: stream, number in it from 1, topic, and the exact bytes."""

    stream: UUID
    version: int
    topic: str
    state: bytes


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request answered by `n` facts, the first of which is fact number `first` (from 0) of the same batch."""

    request_id: UUID
    digest: bytes
    first: int
    n: int


@dataclass(frozen=True, slots=True)
class NewCode:
    """A credit code that from now on belongs to the stream."""

    code: str
    stream: UUID


@dataclass(frozen=True, slots=True)
class NewKey:
    """A person's key, wrapped, found by the keyed hash `person`."""

    key_id: UUID
    person: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A natural person whose file is the stream."""

    person: bytes
    stream: UUID
    key_id: UUID


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction stores; facts of a stream in the order of their versions."""

    facts: Sequence[NewFact]
    requests: Sequence[NewRequest] = ()
    codes: Sequence[NewCode] = ()
    keys: Sequence[NewKey] = ()
    persons: Sequence[NewPerson] = ()
    simulated_now: datetime | None = None


HEAD = (
    "WITH head AS MATERIALIZED ("
    " UPDATE {schema}.log_head SET position = position + %(n)s,"
    " recorded_at = greatest(recorded_at, coalesce(%(simulated_now)s::timestamptz, clock_timestamp()))"
    " RETURNING position - %(n)s AS before, recorded_at),"
    " told AS MATERIALIZED (SELECT before, recorded_at, pg_notify({channel}, '') FROM head)"
)
REQUESTS = (
    ", requests AS (INSERT INTO {schema}.request (request_id, digest, first_position, n)"
    " SELECT u.r, u.d, told.before + u.f + 1, u.n FROM told,"
    " unnest(%(request_ids)b::uuid[], %(digests)b::bytea[], %(firsts)b::bigint[], %(counts)b::int[])"
    " AS u(r, d, f, n))"
)
ONE_REQUEST = (
    ", requests AS (INSERT INTO {schema}.request (request_id, digest, first_position, n)"
    " SELECT %(request_id)b, %(digest)b, before + 1, 1 FROM told)"
)
CODES = (
    ", codes AS (INSERT INTO {schema}.subject_code (code, subject_id)"
    " SELECT u.c, u.s FROM told, unnest(%(codes)b::text[], %(code_streams)b::uuid[]) AS u(c, s))"
)
KEYS = (
    ", keys AS (INSERT INTO {schema}.vault_key (key_id, person, wrapped, created_at)"
    " SELECT u.k, u.p, u.w, told.recorded_at FROM told,"
    " unnest(%(key_ids)b::uuid[], %(key_persons)b::bytea[], %(wrapped)b::bytea[]) AS u(k, p, w))"
)
PERSONS = (
    ", persons AS (INSERT INTO {schema}.subject_person (person, subject_id, key_id)"
    " SELECT u.p, u.s, u.k FROM told,"
    " unnest(%(persons)b::bytea[], %(person_streams)b::uuid[], %(person_keys)b::uuid[]) AS u(p, s, k))"
)
FACTS = (
    " INSERT INTO {table} (originator_id, originator_version, topic, state, notification_id, recorded_at)"
    " SELECT u.o, u.v, u.t, u.s, told.before + u.k, told.recorded_at FROM told,"
    " unnest(%(streams)b::uuid[], %(versions)b::bigint[], %(topics)b::text[], %(states)b::bytea[])"
    " WITH ORDINALITY AS u(o, v, t, s, k) RETURNING notification_id, recorded_at"
)
# Most acts are one fact; handing over arrays of one takes longer than the rest of the client's work.
ONE_FACT = (
    " INSERT INTO {table} (originator_id, originator_version, topic, state, notification_id, recorded_at)"
    " SELECT %(stream)b, %(version)b, %(topic)b, %(state)b, before + 1, recorded_at FROM told"
    " RETURNING notification_id, recorded_at"
)


def parts_of(batch: Batch) -> tuple[str, ...]:
    """The parts of the statement that stores the batch, to be joined; a fact or a request alone goes without arrays."""
    one = len(batch.facts) == 1
    return (
        HEAD,
        *([ONE_REQUEST if one and len(batch.requests) == 1 else REQUESTS] if batch.requests else []),
        *([CODES] if batch.codes else []),
        *([KEYS] if batch.keys else []),
        *([PERSONS] if batch.persons else []),
        ONE_FACT if one else FACTS,
    )


def parameters_of(batch: Batch) -> dict[str, Any]:
    """The statement's parameters; the statement takes those its parts name."""
    facts, requests, codes, keys, persons = batch.facts, batch.requests, batch.codes, batch.keys, batch.persons
    parameters: dict[str, Any] = {"n": len(facts), "simulated_now": batch.simulated_now}
    if len(facts) == 1:
        fact = facts[0]
        parameters |= {"stream": fact.stream, "version": fact.version, "topic": fact.topic, "state": fact.state}
        if len(requests) == 1:
            parameters |= {"request_id": requests[0].request_id, "digest": requests[0].digest}
        if not (codes or keys or persons or len(requests) > 1):
            return parameters
    return parameters | {
        "request_ids": [one.request_id for one in requests],
        "digests": [one.digest for one in requests],
        "firsts": [one.first for one in requests],
        "counts": [one.n for one in requests],
        "codes": [one.code for one in codes],
        "code_streams": [one.stream for one in codes],
        "key_ids": [one.key_id for one in keys],
        "key_persons": [one.person for one in keys],
        "wrapped": [one.wrapped for one in keys],
        "persons": [one.person for one in persons],
        "person_streams": [one.stream for one in persons],
        "person_keys": [one.key_id for one in persons],
        "streams": [one.stream for one in facts],
        "versions": [one.version for one in facts],
        "topics": [one.topic for one in facts],
        "states": [one.state for one in facts],
    }
