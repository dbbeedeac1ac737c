"""Editions of a rule one after the other, and what changed between two days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.law.editions import Change, changes, editions
from domain.law.rulebook import Rulebook

LAW = Rulebook.from_files()


def day(text: str) -> date:
    return date.fromisoformat(text)


def told(found: list[Change], parameter: str) -> list[tuple[str, str, object, object]]:
    return [
        (one.on.isoformat(), one.kind, one.before and one.before.value, one.after and one.after.value)
        for one in found
        if one.row.parameter == parameter
    ]


def test_an_edition_holds_until_the_day_before_the_next_one() -> None:
    spans = [
        (one.from_on.isoformat(), one.until and one.until.isoformat())
        for one in editions(LAW, "disclosure.max")
        if one.key == (("channel", "credit_site"),)
    ]
    assert spans == [
        ("2019-07-01", "2023-04-30"), ("2023-05-01", "2025-06-21"), ("2025-06-22", "2026-03-31"), ("2026-04-01", None)
    ]  # fmt: skip


def test_an_edition_was_is_or_will_be_in_force() -> None:
    second = next(one for one in editions(LAW, "disclosure.max") if one.from_on == day("2023-05-01"))
    days = ["2023-04-30", "2023-05-01", "2025-06-21", "2025-06-22"]
    assert [second.state(day(one)) for one in days] == ["coming", "now", "now", "past"]


def test_a_change_of_value_is_told_with_the_value_before() -> None:
    found = list(changes(LAW, day("2020-01-01"), day("2021-12-31")))
    assert ("2021-07-15", "changes", 3, 5) in told(found, "hearing.request")


def test_the_first_day_does_not_count_and_the_last_one_does() -> None:
    on = day("2021-07-15")
    assert told(list(changes(LAW, on, on)), "hearing.request") == []
    assert told(list(changes(LAW, day("2021-07-14"), on)), "hearing.request") != []
    assert told(list(changes(LAW, on, day("2021-07-16"))), "hearing.request") == []


def test_a_new_text_that_says_the_same_is_another_basis_and_no_change() -> None:
    found = [one for one in changes(LAW, day("2026-03-31"), day("2026-04-01")) if one.row.parameter == "repair.min"]
    assert {one.kind for one in found} == {"other_basis"}
    assert all(one.before and one.after and one.before.value == one.after.value for one in found)


def test_classes_that_a_new_text_does_not_know_end_and_new_ones_begin() -> None:
    kinds = {
        (one.kind, *one.row.scope[0])
        for one in changes(LAW, day("2025-06-21"), day("2025-06-22"), "credit_site")
        if one.row.parameter == "disclosure.max" and one.row.scope
    }
    assert kinds == {("begins", "class.2025", (name,)) for name in ("minor", "general", "serious")}
    ended = [
        one.row.name
        for one in changes(LAW, day("2023-04-30"), day("2023-05-01"), "credit_site")
        if one.row.parameter == "disclosure.max" and one.kind == "ends"
    ]
    assert ended == [
        "disclosure.max@2019-07-01[channel=credit_site,class.2019=general]",
        "disclosure.max@2019-07-01[channel=credit_site,class.2019=serious|specific]",
    ]


def test_a_channel_leaves_out_the_rules_of_the_other_and_keeps_those_of_none() -> None:
    days = day("2021-07-01"), day("2021-12-31")
    named = {one.row.channel for one in changes(LAW, *days, "credit_site")}
    assert "publicity_system" not in named
    assert "hearing.request" in {one.row.parameter for one in changes(LAW, *days, "credit_site")}
    assert "publicity_system" in {one.row.channel for one in changes(LAW, *days)}


def test_a_text_that_limits_itself_ends_the_day_after_its_last() -> None:
    row = next(one for one in LAW.rows_of("commitment.types") if one.in_force_from == day("2020-10-27"))
    limited = replace(row, in_force_until=day("2025-11-30"))
    contents = replace(LAW.contents, rows=tuple(limited if one is row else one for one in LAW.contents.rows))
    found = told(list(changes(Rulebook(contents), day("2025-11-29"), day("2025-12-01"))), "commitment.types")
    assert [(on, kind) for on, kind, _, _ in found if kind == "ends"] == [("2025-12-01", "ends")]


def test_the_changes_since_the_beginning_are_all_the_editions() -> None:
    found = list(changes(LAW, date.min, date.max))
    assert [one.on for one in found] == sorted(one.on for one in found)
    begun = {one.row.name for one in found if one.kind == "begins"}
    first = {row.name for name in LAW.parameters for row in editions(LAW, name)[:1] and editions(LAW, name)[0].rows}
    assert first <= begun
