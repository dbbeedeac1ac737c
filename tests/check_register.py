"""The one invariant function: whatever happened, this holds. Called after each scenario.

Every stream folds, versions are 1..n, positions dense, time never runs back; every view derived from nothing equals
the live one; each public row states a released entry that the law discloses on the day, and nothing else is public;
no plain identity number stands anywhere in the log or the views.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from domain.credit_code import identity_holds
from domain.credit_file.disclosure_period import disclosed
from domain.credit_file.file import CHAPTER_OF, CreditFile, fold
from domain.law.reading import Reading
from domain.register.register import CreditRegister
from domain.register.rulebooks import NoRulebook, Rulebooks
from projections.engine import Engine
from projections.log import facts
from projections.rebuild import rebuild
from projections.views import disclosure
from projections.views.catalogue import VIEWS
from tests.databases import Database

IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")


def check_register(database: Database, register: CreditRegister, engine: Engine, days: Iterable[date]) -> None:
    """Check everything, the public's view of these days included; brings the views up to date first."""
    engine.catch_up_once()
    with psycopg.connect(database.owner_url) as connection:
        files = check_log(connection, register)
        check_views(database, register)
        for on in days:
            check_public(connection, register, files, on)
        check_no_identity_number(connection)


def check_log(connection: psycopg.Connection[Any], register: CreditRegister) -> dict[Any, CreditFile]:
    """Positions dense, time never back, versions 1..n, every stream folds; the credit files."""
    files: dict[Any, CreditFile] = {}
    versions: dict[Any, int] = {}
    position, recorded_at = 0, None
    for fact in facts(connection, register.facts_mapper):
        assert fact.position == position + 1
        assert fact.recorded_at is not None
        assert recorded_at is None or recorded_at <= fact.recorded_at
        position, recorded_at = fact.position, fact.recorded_at
        stream = fact.originator_id
        assert fact.originator_version == versions.get(stream, 0) + 1
        versions[stream] = fact.originator_version
        if type(fact.event) in CHAPTER_OF:
            files[stream] = fold(files.get(stream, CreditFile.empty(stream)), fact)
    assert register.head() == (position, recorded_at)
    return files


def check_views(database: Database, register: CreditRegister) -> None:
    """Derived from nothing, every view equals the live one, and nothing is parked."""
    found = rebuild(database.owner_url, register, verify_only=True)
    assert found.position == register.head()[0]
    assert found.differences == []
    assert found.failed == {}


def check_public(
    connection: psycopg.Connection[Any], register: CreditRegister, files: dict[Any, CreditFile], on: date
) -> None:
    """The public sees on the day exactly what is released and disclosed, each with a fact behind it."""
    try:
        rules = Reading(Rulebooks(register).in_use())
    except NoRulebook:
        return
    for subject_id, file in files.items():
        lawful = {entry for entry, period in disclosed(file, rules).items() if period.covers(on)}
        shown = disclosure.of_subject(connection, subject_id, on)
        assert {one.entry_id for one in shown} == lawful
        for one in shown:
            assert one.entry_id in file.releases
            assert file.repaired_on(one.entry_id) is None or on < file.repaired_on(one.entry_id)  # type: ignore[operator]
            stated = connection.execute(
                "SELECT originator_id, encode(sha256(state), 'hex') FROM credit_events WHERE notification_id = %s",
                (one.position,),
            ).fetchone()
            assert stated == (subject_id, one.digest)


def check_no_identity_number(connection: psycopg.Connection[Any]) -> None:
    """No resident identity number with a right check character stands in the clear in a fact or a view."""
    tables = [sql.SQL("SELECT convert_from(state, 'UTF8') FROM credit_events")]
    tables += [sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier("view", view.name)) for view in VIEWS]  # type: ignore[misc]
    for table in tables:
        for (text,) in connection.execute(table):
            assert [number for number in IDENTITY.findall(text) if identity_holds(number)] == []
