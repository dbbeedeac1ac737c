"""How a row is chosen: key, edition, overlay, narrowest row; and what a later, more favourable law does."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law.answers import FactMissing, Facts, NoRule, NotAsked, Term
from domain.law.rulebook import Rulebook
from domain.law.terms import choose, term
from tests.domain.law.small import SWITCH, instrument, load

SITE = {"channel": "site"}
SWITCHED = instrument("开关", "2019-01-01", SWITCH)


def decided(year: int, month: int, day: int, **traits: str) -> Facts:
    return Facts({"decided_on": date(year, month, day)}, {"channel": "site", **traits})


def maximum(value: str, scope: str = "") -> str:
    return f'{{ parameter = "max", channel = "site", {value}{scope} }}'


def test_the_next_edition_replaces_the_whole_one_whatever_its_scopes() -> None:
    old = (maximum('value = 5, unit = "years"', ', scope = { measure = "fine" }'), maximum('value = 3, unit = "years"'))
    rules = load(
        SWITCHED,
        instrument("甲", "2020-01-01", *old),
        instrument("乙", "2021-01-01", maximum('value = 4, unit = "years"')),
    )
    assert rules.select("max", decided(2020, 12, 31, measure="fine")).row.number == 5
    assert rules.select("max", decided(2020, 12, 31, measure="warning")).row.number == 3
    assert rules.select("max", decided(2021, 1, 1, measure="fine")).row.number == 4


def test_the_narrowest_row_that_matches_answers() -> None:
    rules = load(
        SWITCHED,
        instrument(
            "甲",
            "2020-01-01",
            maximum('value = 1, unit = "years"'),
            maximum('value = 2, unit = "years"', ', scope = { class = ["minor", "general"] }'),
            maximum('value = 3, unit = "years"', ', scope = { class = "minor" }'),
            maximum('value = 4, unit = "years"', ', scope = { class = "minor", measure = "fine" }'),
        ),
    )
    found = [
        rules.select("max", decided(2020, 6, 1, **traits)).row.number
        for traits in ({}, {"class": "general"}, {"class": "minor"}, {"class": "minor", "measure": "fine"})
    ]
    assert found == [1, 2, 3, 4]


def test_each_key_has_its_own_timeline() -> None:
    system = '{ parameter = "max", channel = "system", value = 7, unit = "years" }'
    rules = load(SWITCHED, instrument("甲", "2020-01-01", maximum('value = 1, unit = "years"'), system))
    assert rules.select("max", Facts({"decided_on": date(2020, 1, 1)}, {"channel": "system"})).row.number == 7
    assert rules.select("max", decided(2020, 1, 1)).row.channel == "site"


def test_asks_for_what_is_missing() -> None:
    rules = load(
        SWITCHED, instrument("甲", "2020-01-01", maximum('value = 1, unit = "years"', ', scope = { class = "minor" }'))
    )
    with pytest.raises(FactMissing, match="max needs the fact decided_on"):
        rules.select("max", Facts({}, SITE))
    with pytest.raises(FactMissing, match="max needs the fact channel"):
        rules.select("max", Facts({"decided_on": date(2020, 1, 1)}))
    with pytest.raises(NoRule, match="No rule for max on 2020-01-01 with channel=site"):
        rules.select("max", decided(2020, 1, 1))
    with pytest.raises(NoRule, match="2019-12-31"):
        rules.select("max", decided(2019, 12, 31, **{"class": "minor"}))


def test_a_parameter_that_a_version_lacks_was_not_asked_then() -> None:
    rules = load(SWITCHED)
    assert rules.asks("switch")
    assert not rules.asks("invented.later")
    with pytest.raises(NotAsked, match="it was not asked then"):
        rules.select("invented.later", decided(2020, 1, 1))


def accept(value: int, scope: str = "") -> str:
    return f'{{ parameter = "accept", value = {value}, unit = "working_days"{scope} }}'


def pushed(text: str, **traits: str) -> Facts:
    return Facts({"pushed_on": date.fromisoformat(text)}, traits)


def test_an_overlay_answers_until_the_edition_under_it_is_replaced() -> None:
    rules = load(
        instrument("甲", "2025-06-22", accept(3)),
        instrument("乙", "2026-04-01", accept(3)),
        overlay=(instrument("本局", "2025-09-01", accept(1)),),
    )
    found = [
        rules.select("accept", pushed(day)).row.number
        for day in ("2025-08-31", "2025-09-01", "2026-03-31", "2026-04-01")
    ]
    assert found == [3, 1, 1, 3]
    assert rules.select("accept", pushed("2025-09-01")).row.name == "accept@2025-09-01+overlay"
    assert "accept@2025-09-01+overlay silent from 2026-04-01" in rules.report()


def test_facts_that_an_overlay_does_not_match_fall_through() -> None:
    narrow = accept(1, ', scope = { measure = "fine" }')
    rules = load(instrument("甲", "2025-06-22", accept(3)), overlay=(instrument("本局", "2025-09-01", narrow),))
    assert rules.select("accept", pushed("2025-09-01", measure="fine")).row.number == 1
    assert rules.select("accept", pushed("2025-09-01", measure="warning")).row.number == 3
    assert rules.select("accept", pushed("2025-09-01")).row.number == 3


def test_a_timeline_that_begins_after_the_horizon_is_reported() -> None:
    assert load(instrument("甲", "2025-06-22", accept(3))).report() == ("accept[] begins on 2025-06-22",)


def publicity(rules: Rulebook, displayed_on: date) -> Term:
    facts = Facts(
        {"decided_on": displayed_on, "displayed_on": displayed_on},
        {"channel": "publicity_system", "class.2025": "general"},
    )
    return term(rules, "disclosure.max", facts)


@pytest.mark.parametrize(
    ("displayed", "lenient", "strict"),
    [
        (date(2025, 3, 5), date(2026, 3, 5), date(2028, 3, 5)),
        (date(2023, 10, 16), date(2025, 12, 24), date(2026, 10, 16)),
        (date(2022, 6, 1), date(2025, 6, 1), date(2025, 6, 1)),
    ],
)
def test_a_later_more_favourable_period_ends_no_earlier_than_it_began(
    rules: Rulebook, displayed: date, lenient: date, strict: date
) -> None:
    assert publicity(rules, displayed).until == lenient
    harsh = rules.replacing({"transition.disclosure@2019-07-01": {"value": "strict"}})
    assert publicity(harsh, displayed).until == strict


def test_names_every_row_that_a_more_favourable_end_rests_on(rules: Rulebook) -> None:
    found = publicity(rules, date(2025, 3, 5))
    assert [row.name for row in found.rows] == [
        "disclosure.max@2021-09-01[channel=publicity_system]",
        "transition.disclosure@2019-07-01",
        "disclosure.max@2025-12-25[channel=publicity_system,class.2025=general]",
    ]
    assert found.row == found.rows[-1]


def test_names_the_switch_that_kept_a_more_favourable_row_away(rules: Rulebook) -> None:
    barred = Facts(
        {"decided_on": date(2021, 5, 6)}, {"channel": "credit_site", "class.2019": "specific", "authority": "commerce"}
    )
    found = term(rules, "repair.min", barred)
    assert found.is_never
    assert found.until is None
    assert [row.parameter for row in found.rows] == ["repair.min", "transition.repair"]
    lenient = rules.replacing({"transition.repair@2019-07-01": {"value": "lenient"}})
    assert term(lenient, "repair.min", barred).until == date(2023, 4, 30)


def test_all_later_editions_count_not_only_the_newest() -> None:
    rules = load(
        SWITCHED,
        instrument("甲", "2020-01-01", maximum('value = 3, unit = "years"')),
        instrument("乙", "2021-01-01", maximum('value = 1, unit = "years"')),
        instrument("丙", "2022-01-01", maximum('value = 5, unit = "years"')),
    )
    assert term(rules, "max", decided(2020, 6, 1)).until == date(2021, 6, 1)


def test_the_days_since_which_a_later_edition_has_no_row_are_named() -> None:
    rules = load(
        SWITCHED,
        instrument("甲", "2020-01-01", maximum('value = 3, unit = "years"')),
        instrument("乙", "2021-01-01", maximum('value = 1, unit = "years"', ', scope = { class = "minor" }')),
    )
    found = term(rules, "max", decided(2020, 6, 1))
    assert found.silent == (date(2021, 1, 1),)
    assert found.until == date(2023, 6, 1)


@pytest.mark.parametrize(
    ("parameter", "old", "new", "until", "is_none", "is_never"),
    [
        ("max", 'unit = "none"', 'value = 1, unit = "years"', date(2021, 6, 1), False, False),
        ("max", 'value = 1, unit = "years"', 'unit = "none"', date(2021, 6, 1), False, False),
        ("max", 'value = 3, unit = "years"', 'unit = "never"', date(2020, 12, 31), False, False),
        ("max", 'unit = "never"', 'value = 1, unit = "years"', None, False, True),
        ("min", 'unit = "never"', 'value = 9, unit = "months"', date(2021, 3, 1), False, False),
        ("min", 'value = 9, unit = "months"', 'unit = "never"', date(2021, 3, 1), False, False),
        ("min", 'value = 9, unit = "months"', 'unit = "none"', date(2020, 12, 31), False, False),
        ("min", 'unit = "none"', 'value = 9, unit = "months"', None, True, False),
        ("min", 'unit = "never"', 'unit = "never"', None, False, True),
    ],
)
def test_none_and_never_are_better_or_worse_by_what_the_term_bounds(
    parameter: str, old: str, new: str, until: date | None, is_none: bool, is_never: bool
) -> None:
    key = 'channel = "site", ' if parameter == "max" else ""
    rules = load(
        SWITCHED,
        instrument("甲", "2020-01-01", f'{{ parameter = "{parameter}", {key}{old} }}'),
        instrument("乙", "2021-01-01", f'{{ parameter = "{parameter}", {key}{new} }}'),
    )
    found = term(rules, parameter, decided(2020, 6, 1))
    assert (found.until, found.is_none, found.is_never) == (until, is_none, is_never)


def shown(value: str) -> str:
    return f'{{ parameter = "shown", value = "{value}", unit = "choice" }}'


def test_a_later_choice_holds_from_its_first_day_where_it_is_the_favourable_one() -> None:
    rules = load(SWITCHED, instrument("甲", "2020-01-01", shown("yes")), instrument("乙", "2021-01-01", shown("no")))
    found = choose(rules, "shown", decided(2020, 6, 1))
    assert (found.value, found.later, found.changes_on) == ("yes", "no", date(2021, 1, 1))
    assert [found.on(day) for day in (date(2020, 12, 31), date(2021, 1, 1))] == ["yes", "no"]
    strict = rules.replacing({"switch@2019-01-01": {"value": "strict"}})
    kept = choose(strict, "shown", decided(2020, 6, 1))
    assert (kept.on(date(2021, 1, 1)), kept.rows[-1].name) == ("yes", "switch@2019-01-01")


def test_a_later_choice_that_is_harsher_never_holds() -> None:
    rules = load(SWITCHED, instrument("甲", "2020-01-01", shown("no")), instrument("乙", "2021-01-01", shown("yes")))
    assert choose(rules, "shown", decided(2020, 6, 1)).on(date(2022, 1, 1)) == "no"


def test_an_answer_is_remembered_by_what_the_parameter_reads_and_no_more(rules: Rulebook) -> None:
    first = Facts({"decided_on": date(2024, 1, 1)}, {"channel": "credit_site", "field": "food"})
    other = Facts({"decided_on": date(2024, 1, 1), "served_on": date(2024, 1, 2)}, {"channel": "credit_site"})
    assert term(rules, "disclosure.max", first) is term(rules, "disclosure.max", other)
    later = Facts({"decided_on": date(2024, 1, 2)}, {"channel": "credit_site"})
    assert term(rules, "disclosure.max", later).until == date(2027, 1, 2)


def test_a_row_gives_its_value_only_as_what_it_is(rules: Rulebook) -> None:
    row = rules.row("disclosure.max@2023-05-01[channel=credit_site]")
    assert row.number == 3
    for typed in ("names", "choice", "text", "flag"):
        with pytest.raises(TypeError, match="is years, not"):
            getattr(row, typed)
    with pytest.raises(KeyError):
        rules.row("disclosure.max@2023-05-02[channel=credit_site]")
