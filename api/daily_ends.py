"""What the daily job notes of commitments and of kept entries, and keys it destroys that an erasure left behind.

Nothing hangs on the day of a note: what is over follows from the date. So in a large register only one part of the
files is looked through on a day, and every file in its turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.context import Context
from domain.credit_file.commitment_checking import expire_commitment
from domain.credit_file.commitment_events import CommitmentBreached, CommitmentMade
from domain.credit_file.erasure import DataErased
from domain.credit_file.file import CreditFile
from domain.credit_file.listing import Listed
from domain.credit_file.protection import end_retention, kept_entries, kept_until
from domain.credit_file.record import PenaltyRecorded
from domain.register.acts import Act, bucket_of
from domain.register.register import CreditRegister, act
from projections import log

PARTS = 32
WHOLE_MAX = 5_000
AT_ONCE = 500


def ends_over(register: CreditRegister, context: Context) -> Iterator[Act[CreditFile]]:
    """Each commitment that reached its end, each entry that was kept for its time, and nobody noted it yet."""
    topics = [one.TOPIC for one in (CommitmentMade, CommitmentBreached, PenaltyRecorded, Listed)]
    streams = _streams_with(register, topics)
    if len(streams) > WHOLE_MAX:
        part = context.today.toordinal() % PARTS
        streams = [one for one in streams if bucket_of(one) % PARTS == part]
    for at in range(0, len(streams), AT_ONCE):
        for stream, file in register.load_many(streams[at : at + AT_ONCE]).items():
            yield from _of_file(stream, file, context)


def destroy_erased(register: CreditRegister) -> None:
    """Destroy the keys of erasures whose process died between the fact and the key; the others are gone already."""
    for stream in _streams_with(register, [DataErased.TOPIC]):
        register.destroy_erased(stream)


def _of_file(stream: UUID, file: CreditFile, context: Context) -> Iterator[Act[CreditFile]]:
    for commitment_id, one in file.commitments.items():
        until = one.made.valid_until
        if one.noted is None and one.closed_by is None and until is not None and until < context.today:
            yield act(expire_commitment, stream, commitment_id=commitment_id)
    for entry_id in kept_entries(file):
        if entry_id in file.protection.noticed:
            continue
        kept = kept_until(file, entry_id, context.rules)
        if kept is not None and kept < context.today:
            yield act(end_retention, stream, entry_id=entry_id)


def _streams_with(register: CreditRegister, topics: list[str]) -> list[UUID]:
    head, _ = register.head()
    found = register.facts_recorder.select(log.QUERIES.texts["streams_with"], topics=topics, until=head)
    return [stream for (stream,) in found]
