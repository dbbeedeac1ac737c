"""What the loader refuses, each with the rows and instruments at fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.law.loading import parse_toml, read_calendar, read_codes, read_parameters
from domain.law.rows import RulebookRefused
from domain.law.rulebook import Rulebook
from tests.domain.law.small import PARAMETERS, SWITCH, calendar, instrument, load

ACCEPT = '{ parameter = "accept", value = 3, unit = "working_days" }'


def one(row: str, head: str = "") -> Rulebook:
    return load(instrument("甲", "2020-01-01", row, head=head))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('{ parameter = "unheard", value = 1, unit = "days" }', "undeclared parameter unheard"),
        ('{ parameter = "accept", value = 3, unit = "months" }', "allows no unit months"),
        ('{ parameter = "accept", value = 3, unit = "fortnights" }', "allows no unit fortnights"),
        ('{ parameter = "accept", value = 0, unit = "working_days" }', "does not fit unit working_days"),
        ('{ parameter = "accept", value = -3, unit = "working_days" }', "does not fit unit working_days"),
        ('{ parameter = "accept", value = 7.0, unit = "working_days" }', "does not fit unit working_days"),
        ('{ parameter = "accept", value = true, unit = "working_days" }', "does not fit unit working_days"),
        ('{ parameter = "accept", unit = "working_days" }', "does not fit unit working_days"),
        ('{ parameter = "monthly", value = 32, unit = "day_of_month" }', "does not fit unit day_of_month"),
        ('{ parameter = "min", value = 1, unit = "none" }', "does not fit unit none"),
        ('{ parameter = "min", value = 1, unit = "never" }', "does not fit unit never"),
        ('{ parameter = "open", value = 1, unit = "flag" }', "does not fit unit flag"),
        ('{ parameter = "words", value = "", unit = "text" }', "does not fit unit text"),
        ('{ parameter = "things", value = "a", unit = "list" }', "does not fit unit list"),
        ('{ parameter = "things", value = ["a", "c"], unit = "list" }', "undeclared c"),
        ('{ parameter = "switch", value = "mild", unit = "choice" }', "choice mild is none of"),
        ('{ parameter = "accept", valeu = 3, unit = "working_days" }', "unknown field valeu"),
        ('{ parameter = "accept", value = 3, unit = "working_days", scope = { colour = "red" } }', "vary by colour"),
        ('{ parameter = "accept", value = 3, unit = "working_days", scope = { measure = "fien" } }', "no name fien"),
        ('{ parameter = "accept", value = 3, unit = "working_days", scope = "fine" }', "scope must be a table"),
        ('{ parameter = "scheme", value = [], unit = "list" }', "key channel is missing"),
        ('{ parameter = "scheme", channel = "radio", value = [], unit = "list" }', "channel radio is none of"),
        ('{ parameter = "accept", channel = "site", value = 3, unit = "working_days" }', "has no key channel"),
        ('{ parameter = "hearing", value = 3, unit = "days" }', "rolls belongs to days"),
        ('{ parameter = "hearing", value = 3, unit = "working_days", rolls = true }', "rolls belongs to days"),
        ('{ parameter = "min", value = 3, unit = "months", counts_from = "easter" }', "day easter is not in the"),
        ('{ parameter = "min", value = 3, unit = "months", certainty = "sure" }', "certainty sure is none of"),
        ('{ parameter = "min", value = 3, unit = "months", in_force_from = "2020" }', "in_force_from must be a date"),
        ('{ parameter = "min", value = 3, unit = "months", in_force_until = 2019-01-01 }', "ends before it begins"),
        ('{ parameter = "min", value = 3, unit = "months", in_force_from = 2020-01-01T08:00:00 }', "must be a date"),
    ],
)
def test_refuses_a_row_that_does_not_fit_its_parameter(row: str, why: str) -> None:
    with pytest.raises(RulebookRefused, match=why):
        one(row)


def test_says_in_both_languages_which_row_of_which_instrument_is_refused() -> None:
    with pytest.raises(RulebookRefused) as refused:
        one('{ parameter = "accept", value = 0, unit = "working_days" }')
    assert "样例甲" in refused.value.zh
    assert "与单位 working_days 不符" in refused.value.zh
    assert "row 1 (样例甲) accept@2020-01-01" in refused.value.en


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        (', scope = { class = "general" }', ', scope = { class = "general" }'),
        (', scope = { class = "minor" }', ', scope = { measure = "fine" }'),
        (', scope = { class = ["minor", "general"], measure = "fine" }', ', scope = { class = "minor" }'),
        (', scope = { class = ["minor", "general"] }', ', scope = { measure = "fine", class2 = "light" }'),
    ],
)
def test_refuses_two_rows_that_can_meet_the_same_facts_when_neither_is_narrower(first: str, second: str) -> None:
    rows = [f'{{ parameter = "max", channel = "site", value = 1, unit = "years"{scope} }}' for scope in (first, second)]
    with pytest.raises(RulebookRefused, match="neither is narrower") as refused:
        load(instrument("甲", "2020-01-01", *rows))
    assert refused.value.en.count("max@2020-01-01[channel=site") == 2
    assert refused.value.en.count("样例甲") == 2


def test_takes_a_narrow_row_beside_a_wide_one_and_two_that_never_meet() -> None:
    rows = [
        '{ parameter = "max", channel = "site", value = 1, unit = "years" }',
        '{ parameter = "max", channel = "site", value = 2, unit = "years", scope = { class = "minor" } }',
        '{ parameter = "max", channel = "site", value = 3, unit = "years", scope = { class = "general" } }',
        '{ parameter = "max", channel = "site", unit = "none", scope = { class = "minor", measure = "fine" } }',
    ]
    assert len(load(instrument("甲", "2020-01-01", *rows)).rows_of("max")) == 4


def test_refuses_two_instruments_on_one_day_for_one_parameter() -> None:
    narrow = '{ parameter = "accept", value = 3, unit = "working_days", scope = { measure = "fine" } }'
    with pytest.raises(RulebookRefused, match="two instruments on one day") as refused:
        load(instrument("甲", "2020-01-01", ACCEPT), instrument("乙", "2020-01-01", narrow))
    assert "样例甲" in refused.value.en
    assert "样例乙" in refused.value.en


def test_refuses_two_files_of_one_instrument() -> None:
    with pytest.raises(RulebookRefused, match="has two files"):
        load(instrument("甲", "2020-01-01", ACCEPT), instrument("甲", "2021-01-01", ACCEPT))


SCHEME = '{ parameter = "scheme", channel = "site", value = ["class/minor", "class/general"], unit = "list" }'
MINOR = '{ parameter = "covered", channel = "site", value = 1, unit = "months", scope = { class = "minor" } }'
GENERAL = '{ parameter = "covered", channel = "site", unit = "never", scope = { class = "general" } }'


def test_refuses_an_edition_without_a_row_for_a_class_of_the_scheme() -> None:
    with pytest.raises(RulebookRefused, match=r"covered has no row for .*general") as refused:
        load(instrument("甲", "2020-01-01", SCHEME, MINOR))
    assert "scheme@2020-01-01" in refused.value.en


def test_refuses_an_edition_without_a_row_when_only_the_scheme_changes() -> None:
    other = '{ parameter = "scheme", channel = "site", value = ["class2/light"], unit = "list" }'
    with pytest.raises(RulebookRefused, match=r"covered has no row for .*light") as refused:
        load(instrument("甲", "2020-01-01", SCHEME, MINOR, GENERAL), instrument("乙", "2021-01-01", other))
    assert "样例甲" in refused.value.en
    assert "样例乙" in refused.value.en


def test_refuses_an_edition_of_classes_only_where_the_scheme_has_none() -> None:
    with pytest.raises(RulebookRefused, match="covered has no row"):
        load(
            instrument(
                "甲", "2020-01-01", '{ parameter = "scheme", channel = "site", value = [], unit = "list" }', MINOR
            )
        )


def test_takes_classes_that_are_covered_by_a_wide_row() -> None:
    wide = '{ parameter = "covered", channel = "site", value = 2, unit = "months" }'
    assert load(instrument("甲", "2020-01-01", SCHEME, MINOR, wide)).rows_of("covered")


ENDING = '{ parameter = "accept", value = 3, unit = "working_days", in_force_until = 2020-12-31 }'


def test_refuses_an_explicit_end_without_a_successor() -> None:
    with pytest.raises(RulebookRefused, match="no edition follows next day"):
        load(instrument("甲", "2020-01-01", ENDING))


def test_refuses_an_explicit_end_whose_successor_comes_later() -> None:
    with pytest.raises(RulebookRefused, match="no edition follows next day"):
        load(instrument("甲", "2020-01-01", ENDING), instrument("乙", "2021-01-02", ACCEPT))


def test_refuses_an_explicit_end_beyond_its_successors_beginning() -> None:
    with pytest.raises(RulebookRefused, match="outlives its successor") as refused:
        load(instrument("甲", "2020-01-01", ENDING), instrument("乙", "2020-12-31", ACCEPT))
    assert "样例甲" in refused.value.en
    assert "样例乙" in refused.value.en


def test_takes_an_explicit_end_whose_successor_begins_next_day() -> None:
    assert (
        len(load(instrument("甲", "2020-01-01", ENDING), instrument("乙", "2021-01-01", ACCEPT)).rows_of("accept")) == 2
    )


def test_refuses_an_overlay_where_the_parameter_allows_none() -> None:
    hearing = '{ parameter = "hearing", value = 3, unit = "working_days" }'
    with pytest.raises(RulebookRefused, match="allows no overlay"):
        load(instrument("甲", "2020-01-01", hearing), overlay=(instrument("乙", "2020-02-01", hearing),))


def test_refuses_an_overlay_with_nothing_under_it() -> None:
    with pytest.raises(RulebookRefused, match="nothing under it"):
        load(instrument("甲", "2020-03-01", ACCEPT), overlay=(instrument("乙", "2020-02-01", ACCEPT),))


def test_refuses_a_year_missing_in_the_middle_of_the_calendars() -> None:
    with pytest.raises(RulebookRefused, match=r"no calendar between 2020 .* and 2022"):
        load(calendars=(calendar(2020), calendar(2022)))


@pytest.mark.parametrize(
    ("edition", "why"),
    [
        (calendar(2020, worked="2020-01-02"), "2020-01-02 .* is no weekend day"),
        (calendar(2020, off="2020-01-04"), "2020-01-04 .* is a weekend day anyway"),
        (calendar(2020, off="2021-01-01"), "is of another year"),
        (calendar(2020, status="guess"), "status guess is none of"),
    ],
)
def test_refuses_a_calendar_that_contradicts_itself(edition: str, why: str) -> None:
    with pytest.raises(RulebookRefused, match=why):
        load(calendars=(edition,))


def test_refuses_the_same_calendar_edition_twice() -> None:
    with pytest.raises(RulebookRefused, match="stands twice"):
        load(calendars=(calendar(2020), calendar(2020)))


def test_refuses_a_year_that_is_no_number() -> None:
    with pytest.raises(RulebookRefused, match="year must be a whole number"):
        read_calendar({"year": "2020", "status": "notice"}, "样例")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('selected_by = "pushed_on"', 'selected_by = "monday"', "day monday is not in the vocabulary"),
        ('varies_by = ["measure"]', 'varies_by = ["mood"]', "trait mood is not in the vocabulary"),
        ('covers = "scheme"', 'covers = "schema"', "names undeclared schema"),
        ('transition = "switch"', 'transition = "swich"', "names undeclared swich"),
        ('later = "more_favourable"', 'later = "sometimes"', "later sometimes is none of"),
        ('units = ["percent"]', 'units = ["miles"]', "unknown unit miles"),
        ("overlay = true", 'overlay = "yes"', "overlay must be true or false"),
        ("overlay = true", "overlays = true", "unknown field overlays"),
    ],
)
def test_refuses_a_parameter_outside_the_vocabularies(old: str, new: str, why: str) -> None:
    with pytest.raises(RulebookRefused, match=why):
        read_parameters(parse_toml(PARAMETERS.replace(old, new), "样例"), "样例", ())


def test_refuses_a_code_that_stands_twice_in_its_list() -> None:
    twice = {"kinds": [{"code": "a", "zh": "样例"}, {"code": "a", "zh": "样例二"}]}
    with pytest.raises(RulebookRefused, match="code a stands twice"):
        read_codes(twice, "样例")


def test_refuses_a_file_that_is_no_toml_or_is_missing(tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused, match="is not valid TOML"):
        parse_toml("row = [", "样例")
    with pytest.raises(RulebookRefused, match=r"file code_lists\.toml is missing"):
        Rulebook.from_files(folder=tmp_path)


def test_a_draft_passes_the_same_checks() -> None:
    rules = load(instrument("甲", "2020-01-01", ACCEPT, SWITCH))
    with pytest.raises(RulebookRefused, match="no row is named accept@1999"):
        rules.replacing({"accept@1999-01-01": {"value": 5}})
    with pytest.raises(RulebookRefused, match="does not fit unit"):
        rules.replacing({"accept@2020-01-01": {"value": 0}})
    with pytest.raises(RulebookRefused, match="two instruments on one day"):
        rules.adding_file(instrument("乙", "2020-01-01", ACCEPT))
    draft = rules.adding_file(instrument("乙", "2021-01-01", ACCEPT))
    assert draft.version != rules.version
    assert draft.changes_from(rules).added == ("accept@2021-01-01",)
