"""What a decision receives: answers, and the memory of what they rested on."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law.answers import NoRule
from domain.law.reading import Reading, longest_disclosure
from domain.law.rulebook import Rulebook


def test_remembers_each_row_it_handed_out_once_and_in_order(rules: Rulebook) -> None:
    reading = Reading(rules)
    reading.select("hearing.request", notice_served_on=date(2022, 1, 4))
    reading.term("disclosure.max", decided_on=date(2025, 3, 5), traits={"class.2025": "general"})
    reading.select("hearing.request", days={"notice_served_on": date(2022, 1, 5)})
    assert [row.name for row in reading.used] == [
        "hearing.request@2021-07-15",
        "disclosure.max@2023-05-01[channel=credit_site]",
        "transition.disclosure@2019-07-01",
        "disclosure.max@2025-06-22[channel=credit_site,class.2025=general]",
    ]


def test_forgets_when_the_next_decision_begins(rules: Rulebook) -> None:
    reading = Reading(rules)
    reading.select("remedy.body", served_on=date(2024, 1, 1))
    reading.forget()
    assert reading.used == ()
    reading.choose("disclosure.shown", decided_on=date(2024, 1, 1), traits={"measure": "fine"})
    assert [row.parameter for row in reading.used] == ["disclosure.shown"]


def test_a_refused_question_leaves_no_trace(rules: Rulebook) -> None:
    reading = Reading(rules)
    with pytest.raises(NoRule):
        reading.term("disclosure.max", decided_on=date(2025, 7, 1))
    assert reading.used == ()


def test_reads_the_credit_site_unless_told_otherwise(rules: Rulebook) -> None:
    day = date(2021, 9, 1)
    assert Reading(rules).select("upload.due", decided_on=day).number == 7
    assert Reading(rules, channel="publicity_system").select("upload.due", decided_on=day).number == 20
    told = Reading(rules).select("upload.due", decided_on=day, traits={"channel": "publicity_system"})
    assert told.number == 20


def test_says_what_this_version_asks(rules: Rulebook) -> None:
    reading = Reading(rules)
    assert reading.asks("list.two_documents")
    assert not reading.asks("样例.later")
    assert reading.version == rules.version


def test_a_minor_penalty_may_be_repaired_at_once_and_a_barred_one_never(rules: Rulebook) -> None:
    reading = Reading(rules)
    minor = reading.term("repair.min", decided_on=date(2026, 5, 6), traits={"class.2025": "minor"})
    barred = reading.term("repair.min", decided_on=date(2021, 5, 6), traits={"class.2019": "specific"})
    assert (minor.until, minor.is_none, minor.is_never) == (None, True, False)
    assert (barred.until, barred.is_none, barred.is_never) == (None, False, True)


def test_a_penalty_of_the_old_scheme_is_shown_until_the_more_favourable_rule_of_its_new_class(rules: Rulebook) -> None:
    reading = Reading(rules)
    old = {"class.2019": "serious"}
    before = reading.term("disclosure.max", decided_on=date(2022, 8, 1), traits=old)
    assert before.until == date(2025, 8, 1)
    assert before.silent == (date(2025, 6, 22), date(2026, 4, 1))
    after = reading.term("disclosure.max", decided_on=date(2022, 8, 1), traits={**old, "class.2025": "general"})
    assert (after.until, after.silent) == (date(2025, 6, 21), ())


def test_a_summary_fine_of_before_2023_is_shown_only_until_the_rule_that_hides_it(rules: Rulebook) -> None:
    traits = {"class.2019": "general", "measure": "fine", "procedure": "summary"}
    found = Reading(rules).choose("disclosure.shown", decided_on=date(2023, 2, 1), traits=traits)
    assert [found.on(day) for day in (date(2023, 4, 30), date(2023, 5, 1))] == ["yes", "no"]


@pytest.mark.parametrize(
    ("decided", "longest"),
    [
        (date(2018, 3, 1), None),
        (date(2019, 6, 30), None),
        (date(2019, 7, 1), date(2022, 7, 1)),
        (date(2023, 4, 30), date(2026, 4, 30)),
        (date(2023, 5, 1), date(2026, 5, 1)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 8, 31), date(2028, 8, 31)),
        (date(2026, 4, 1), date(2029, 4, 1)),
    ],
)
def test_the_longest_disclosure_of_any_class_bounds_a_stated_end(
    rules: Rulebook, decided: date, longest: date | None
) -> None:
    assert longest_disclosure(Reading(rules), decided) == longest


def test_the_longest_disclosure_names_the_scheme_and_the_row_it_rests_on(rules: Rulebook) -> None:
    reading = Reading(rules)
    longest_disclosure(reading, date(2025, 8, 31))
    assert [row.name for row in reading.used] == [
        "class.scheme@2025-06-22[channel=credit_site]",
        "disclosure.max@2025-06-22[channel=credit_site,class.2025=serious]",
    ]


def test_a_due_day_beyond_the_last_published_year_is_provisional(rules: Rulebook) -> None:
    reading = Reading(rules)
    assert reading.term("repair.accept", pushed_on=date(2026, 11, 23)).is_firm
    assert not reading.term("repair.accept", pushed_on=date(2026, 12, 30)).is_firm
    assert reading.term("disclosure.max", decided_on=date(2026, 5, 6), traits={"class.2025": "serious"}).is_firm


@pytest.mark.parametrize(
    ("day", "kind", "used"),
    [
        (date(2021, 7, 14), "criticism", False),
        (date(2021, 7, 15), "criticism", True),
        (date(2021, 7, 14), "permit_suspended_or_revoked", True),
        (date(2021, 7, 15), "permit_suspended_or_revoked", False),
        (date(2021, 7, 15), "permit_revoked", True),
        (date(2020, 1, 1), "fine", True),
    ],
)
def test_a_penalty_kind_may_be_used_while_the_law_names_it(rules: Rulebook, day: date, kind: str, used: bool) -> None:
    assert (kind in Reading(rules).lists("penalty_kinds", day)) is used


def test_a_code_is_found_by_its_name_or_alias_in_order_of_display(rules: Rulebook) -> None:
    sections = rules.code_list("sections")
    assert len(sections) == 18
    found = sections.find("电子商务科")
    assert found is not None
    assert found.code == "ecommerce"
    assert sections.find("样例科") is None
    assert list(rules.code_list("subject_kinds")) == ["organisation", "sole_trader", "natural_person"]
    with pytest.raises(KeyError):
        rules.code_list("样例")


def test_every_list_type_has_a_basis_a_term_and_a_rule_of_repair(rules: Rulebook) -> None:
    for code in rules.code_list("list_types").values():
        for parameter in ("list.basis", "list.term", "list.repair_min", "list.repair_spacing", "list.repair_limit"):
            assert any(("list_type", code.code) in row.key for row in rules.rows_of(parameter)), (code.code, parameter)


def test_every_code_that_a_row_lists_has_a_name_for_people(rules: Rulebook) -> None:
    named_in = {
        "class.scheme": "classes",
        "repair.conditions": "repair_conditions",
        "repair.papers": "repair_papers",
        "commitment.types": "commitment_types",
        "tier.scheme": "tier_grades",
        "tier.grade_inputs": "tier_inputs",
    }
    for parameter, code_list in named_in.items():
        for row in rules.rows_of(parameter):
            assert set(row.names) <= set(rules.code_list(code_list)), row.name
    for parameter, code_list in {"list.basis": "designators", "remedy.body": "remedy_bodies"}.items():
        assert set(rules.parameters[parameter].choices) == set(rules.code_list(code_list))
