"""Replay: known at × in force on, over the demonstration's stories."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest

from api.demo.people import JIA, YI
from api.demo.script import at, day, named
from domain.context import Context
from domain.credit_file.profile import rename_subject
from domain.credit_file.record_decisions import annul_record
from domain.law.reading import Reading
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections.engine import Engine
from projections.replay.roster import roster_at
from projections.replay.subject import difference, position_of, public_page_at, replay
from projections.views import disclosure, list_roster
from tests.check_register import check_register
from tests.databases import Database

HAITONG = named("海桐")
PENALTY_2022 = "营商罚决字〔2022〕第0018号"
BEFORE_REPAIR = at("2022-10-20 12:00")
REPAIRED_ON = day("2022-10-28")


@pytest.fixture
def rulebooks(register: CreditRegister, played: Engine) -> Rulebooks:
    return Rulebooks(register)


def values(answer: Any) -> dict[tuple[str, str], str]:
    return {(one.item, one.about): one.value for one in answer.standing.fields}


def test_answers_as_known_then_and_tells_what_was_learnt_later(register: CreditRegister, rulebooks: Rulebooks) -> None:
    then = replay(register, rulebooks, HAITONG, BEFORE_REPAIR, REPAIRED_ON)
    assert values(then)["disclosure", PENALTY_2022] == "shown"
    assert [one.event for one in then.later] == ["RepairVerified", "RepairDecided", "Repaired"]
    changes = {one.item: (one.before, one.after) for one in then.later[-1].changes}
    assert changes["disclosure"][0].value == "shown"  # type: ignore[union-attr]
    assert changes["disclosure"][1].value == "ended/repair"  # type: ignore[union-attr]
    now = replay(register, rulebooks, HAITONG, None, REPAIRED_ON)
    assert values(now)["disclosure", PENALTY_2022] == "ended/repair"
    assert now.later == ()
    assert now.known_at == register.head()[0]


def test_names_the_rulebook_in_use_then_and_a_later_one_that_changes_the_answer(
    register: CreditRegister, rulebooks: Rulebooks
) -> None:
    then = replay(register, rulebooks, HAITONG, at("2021-06-15 12:00"), day("2022-11-01"))
    now = replay(register, rulebooks, HAITONG, None, day("2022-11-01"))
    assert then.rulebook_version != now.rulebook_version
    assert "RulebookAdopted" in [one.event for one in then.later]


def test_an_answer_for_a_past_position_never_changes_whatever_is_recorded_later(
    register: CreditRegister, rulebooks: Rulebooks, played: Engine, simulated_database: Database
) -> None:
    moments = [(position, on) for position in (14, 38, 44, 60, 120) for on in (day("2022-06-01"), REPAIRED_ON)]
    moments.append((register.head()[0], day("2026-11-23")))
    before = {moment: replay(register, rulebooks, HAITONG, *moment) for moment in moments}
    pages = {moment: public_page_at(register, rulebooks, HAITONG, *moment) for moment in moments}
    context = Context(at("2026-11-23 15:00"), YI.officer, Reading(rulebooks.in_use()))
    name = "营口样例海桐控股有限公司"
    register.do(
        rename_subject,
        HAITONG,
        Context(context.now, JIA.officer, context.rules),
        name=name,
        effective_on=day("2021-04-01"),
    )
    penalty = next(one for one in register.load(HAITONG).records.values() if one.record.document_no == PENALTY_2022)
    register.do(annul_record, HAITONG, context, entry_id=penalty.entry_id, reason="样例：原处罚撤销")
    for moment, one in before.items():
        again = replay(register, rulebooks, HAITONG, *moment)
        assert again.standing == one.standing
        assert again.stretches == one.stretches
        assert again.rulebook_version == one.rulebook_version
        assert public_page_at(register, rulebooks, HAITONG, *moment) == pages[moment]
    renamed = replay(register, rulebooks, HAITONG, 44, REPAIRED_ON).later
    assert ("SubjectRenamed", name) in [
        (one.event, change.after.value) for one in renamed for change in one.changes if change.after
    ]
    check_register(simulated_database, register, played, [day("2026-11-23"), day("2026-11-24")])


def test_the_page_replayed_for_the_head_is_the_live_page(
    register: CreditRegister, rulebooks: Rulebooks, simulated_database: Database
) -> None:
    with psycopg.connect(simulated_database.app_url) as connection:
        for on in (day("2022-06-01"), REPAIRED_ON, day("2026-11-23")):
            assert public_page_at(register, rulebooks, HAITONG, None, on) == disclosure.of_subject(
                connection, HAITONG, on
            )


def test_before_its_registration_a_subject_has_no_standing(register: CreditRegister, rulebooks: Rulebooks) -> None:
    then = replay(register, rulebooks, HAITONG, 1, day("2026-11-23"))
    assert then.standing is None
    assert then.stretches == ()
    assert public_page_at(register, rulebooks, HAITONG, 1, day("2026-11-23")) == []


def test_a_moment_beyond_the_log_means_its_head(register: CreditRegister, rulebooks: Rulebooks) -> None:
    head = register.head()[0]
    assert position_of(register, at("2031-01-01 00:00"), head) == head
    assert position_of(register, head + 7, head) == head
    assert position_of(register, at("2001-01-01 00:00"), head) == 0


def test_the_roster_of_a_past_moment_comes_from_the_facts_and_agrees_with_the_view_at_the_head(
    register: CreditRegister, rulebooks: Rulebooks, simulated_database: Database
) -> None:
    def listed(known_at: Any, on: date) -> list[str]:
        return [one.place.listing_id for one in roster_at(register, rulebooks, "sample", known_at, on)]

    with psycopg.connect(simulated_database.app_url) as connection:
        for on in (day("2021-07-01"), day("2022-02-01"), day("2026-11-23")):
            live = [one.listing_id for one in list_roster.on_day(connection, "sample", on)]
            assert listed(None, on) == live
    assert listed(at("2021-07-01 00:00"), day("2022-02-01")) != listed(None, day("2022-02-01"))


def test_two_equal_answers_do_not_differ(register: CreditRegister, rulebooks: Rulebooks) -> None:
    one = replay(register, rulebooks, HAITONG, None, day("2026-11-23")).standing
    assert difference(one, one) == ()
    assert len(difference(None, one)) == len(one.fields)  # type: ignore[union-attr]


def test_a_repaired_penalty_keeps_the_rest_of_its_term_as_unused(
    register: CreditRegister, rulebooks: Rulebooks
) -> None:
    stretches = replay(register, rulebooks, HAITONG, None, day("2026-11-23")).stretches
    (shown,) = [one for one in stretches if one.kind == "disclosure" and one.about == PENALTY_2022]
    assert (shown.until, shown.ended, shown.rest_until) == (day("2022-10-27"), "repair", day("2023-04-11"))
    (mark,) = [one for one in stretches if one.kind == "repair" and one.about == PENALTY_2022]
    assert mark.from_on == REPAIRED_ON


def test_the_timeline_keeps_each_time_a_penalty_was_shown_with_the_release_that_began_it(
    register: CreditRegister, rulebooks: Rulebooks
) -> None:
    stretches = replay(register, rulebooks, HAITONG, None, day("2026-11-23")).stretches
    first, second = [one for one in stretches if one.kind == "disclosure" and "0031" in one.about]
    assert (first.from_on, first.until, first.ended) == (day("2026-06-17"), day("2026-10-08"), "restated")
    assert (second.from_on, second.until, second.ended) == (day("2026-10-09"), day("2027-06-12"), "")
    assert first.recorded_at == at("2026-06-17 14:31")
    assert second.recorded_at == at("2026-10-09 15:00")
