"""What the release says on the first day of each edition and on the day before.

The tables were written by hand from the instruments, not from the TOML: a boundary moved by one
day must fail here. "-" means no row answers.
"""

from __future__ import annotations

from datetime import date

import pytest

from domain.law.answers import Facts, NoRule
from domain.law.rows import Row
from domain.law.rulebook import Rulebook

SITE, SYSTEM = "credit_site", "publicity_system"


def say(row: Row) -> str:
    if row.is_none or row.is_never:
        return row.unit
    if row.unit == "choice":
        return row.choice
    return f"{row.number} {row.unit}"


def ask(rules: Rulebook, parameter: str, day: str, traits: dict[str, str]) -> str:
    selecting = rules.parameters[parameter].selected_by
    try:
        return say(rules.select(parameter, Facts({selecting: date.fromisoformat(day)}, traits)).row)
    except NoRule:
        return "-"


def traits_of(text: str) -> dict[str, str]:
    return dict([one.split("=", 1) for one in text.split()])


DISCLOSURE_MAX = [
    (SITE, "", "2019-06-30", "-"),
    (SITE, "class.2019=general", "2019-07-01", "1 years"),
    (SITE, "class.2019=serious", "2019-07-01", "3 years"),
    (SITE, "class.2019=specific", "2019-07-01", "3 years"),
    (SITE, "", "2019-07-01", "-"),
    (SITE, "class.2019=general", "2023-04-30", "1 years"),
    (SITE, "class.2019=general", "2023-05-01", "3 years"),
    (SITE, "", "2023-05-01", "3 years"),
    (SITE, "class.2025=general", "2025-06-21", "3 years"),
    (SITE, "class.2025=minor", "2025-06-22", "3 months"),
    (SITE, "class.2025=general", "2025-06-22", "1 years"),
    (SITE, "class.2025=serious", "2025-06-22", "3 years"),
    (SITE, "class.2019=serious", "2025-06-22", "-"),
    (SITE, "class.2025=minor", "2026-03-31", "3 months"),
    (SITE, "class.2025=minor", "2026-04-01", "3 months"),
    (SITE, "class.2025=general", "2026-04-01", "1 years"),
    (SITE, "class.2025=serious", "2026-04-01", "3 years"),
    (SYSTEM, "", "2021-08-31", "5 years"),
    (SYSTEM, "", "2021-09-01", "3 years"),
    (SYSTEM, "measure=small_fine", "2021-09-01", "3 months"),
    (SYSTEM, "measure=fine", "2025-12-24", "3 years"),
    (SYSTEM, "class.2025=minor", "2025-12-25", "3 months"),
    (SYSTEM, "class.2025=general", "2025-12-25", "1 years"),
    (SYSTEM, "class.2025=serious", "2025-12-25", "3 years"),
]

REPAIR_MIN = [
    (SITE, "", "2019-06-30", "-"),
    (SITE, "class.2019=general", "2019-07-01", "3 months"),
    (SITE, "class.2019=serious", "2019-07-01", "6 months"),
    (SITE, "class.2019=specific", "2019-07-01", "never"),
    (SITE, "class.2019=serious", "2023-04-30", "6 months"),
    (SITE, "class.2019=serious", "2023-05-01", "3 months"),
    (SITE, "authority=commerce", "2023-05-01", "3 months"),
    (SITE, "authority=market_regulation", "2023-05-01", "1 years"),
    (SITE, "authority=fire", "2025-06-21", "1 years"),
    (SITE, "class.2025=minor authority=fire", "2025-06-22", "none"),
    (SITE, "class.2025=general authority=fire", "2025-06-22", "3 months"),
    (SITE, "class.2025=serious", "2025-06-22", "1 years"),
    (SITE, "class.2025=minor", "2026-04-01", "none"),
    (SITE, "class.2025=general", "2026-04-01", "3 months"),
    (SITE, "class.2025=serious", "2026-04-01", "1 years"),
    (SYSTEM, "", "2021-08-31", "-"),
    (SYSTEM, "measure=fine", "2021-09-01", "6 months"),
    (SYSTEM, "measure=fine field=food", "2021-09-01", "1 years"),
    (SYSTEM, "measure=suspension field=food", "2021-09-01", "never"),
    (SYSTEM, "measure=permit_revoked", "2025-12-24", "never"),
    (SYSTEM, "class.2025=general", "2025-12-25", "3 months"),
    (SYSTEM, "class.2025=serious measure=suspension", "2025-12-25", "1 years"),
]

DISCLOSURE_SHOWN = [
    (SITE, "measure=warning_only", "2019-06-30", "-"),
    (SITE, "measure=warning_only", "2019-07-01", "yes"),
    (SITE, "measure=fine procedure=summary", "2023-04-30", "yes"),
    (SITE, "measure=warning_only", "2023-05-01", "no"),
    (SITE, "measure=criticism_only", "2023-05-01", "no"),
    (SITE, "measure=fine procedure=summary", "2023-05-01", "no"),
    (SITE, "measure=warning_only procedure=summary", "2023-05-01", "no"),
    (SITE, "measure=other procedure=summary", "2023-05-01", "no"),
    (SITE, "measure=fine procedure=ordinary", "2023-05-01", "yes"),
    (SITE, "measure=warning_only", "2025-06-21", "no"),
    (SITE, "measure=warning_only", "2025-06-22", "-"),
    (SITE, "class.2025=minor", "2025-06-22", "no"),
    (SITE, "class.2025=general", "2025-06-22", "yes"),
    (SITE, "class.2025=serious", "2025-06-22", "yes"),
    (SITE, "class.2025=minor", "2026-04-01", "no"),
    (SITE, "class.2025=general", "2026-04-01", "yes"),
    (SYSTEM, "measure=warning_only", "2021-08-31", "yes"),
    (SYSTEM, "measure=warning_only", "2021-09-01", "no"),
    (SYSTEM, "measure=fine", "2021-09-01", "yes"),
    (SYSTEM, "class.2025=minor measure=fine", "2025-12-25", "yes"),
    (SYSTEM, "class.2025=minor measure=warning_only", "2025-12-25", "no"),
]

LIST_BASIS = [
    ("commerce_joint_punishment", "2019-07-16", "-"),
    ("commerce_joint_punishment", "2019-07-17", "province"),
    ("commerce_joint_punishment", "2020-12-06", "province"),
    ("commerce_joint_punishment", "2020-12-07", "province"),
    ("commerce_key_watch", "2019-07-16", "-"),
    ("commerce_key_watch", "2019-07-17", "province"),
    ("commerce_key_watch", "2020-12-07", "province"),
    ("bureau_joint_punishment", "2020-07-15", "-"),
    ("bureau_joint_punishment", "2020-07-16", "bureau"),
    ("bureau_joint_punishment", "2020-12-06", "bureau"),
    ("bureau_joint_punishment", "2020-12-07", "none"),
    ("bureau_joint_incentive", "2020-12-06", "bureau"),
    ("bureau_joint_incentive", "2020-12-07", "none"),
    ("samr_serious", "2021-08-31", "market_regulation"),
    ("samr_serious", "2021-09-01", "market_regulation"),
    ("sample", "2019-06-30", "-"),
    ("sample", "2019-07-01", "bureau"),
    ("sample", "2026-11-23", "bureau"),
]

OTHERS = [
    ("hearing.request", "", "2021-07-14", "3 days"),
    ("hearing.request", "", "2021-07-15", "5 working_days"),
    ("service.due", "", "2021-07-14", "7 days"),
    ("service.due", "", "2021-07-15", "7 working_days"),
    ("withdraw", "", "2021-07-14", "none"),
    ("withdraw", "", "2021-07-15", "3 working_days"),
    ("summary.ceiling", "subject_kind=natural_person", "2021-07-14", "5000 fen"),
    ("summary.ceiling", "subject_kind=organisation", "2021-07-14", "100000 fen"),
    ("summary.ceiling", "subject_kind=sole_trader", "2021-07-15", "20000 fen"),
    ("summary.ceiling", "subject_kind=organisation", "2021-07-15", "300000 fen"),
    ("service.announcement", "", "2021-12-31", "60 days"),
    ("service.announcement", "", "2022-01-01", "30 days"),
    ("remedy.body", "", "2023-12-31", "city_government_or_provincial_department"),
    ("remedy.body", "", "2024-01-01", "city_government"),
    ("remedy.reconsideration", "", "2023-12-31", "60 days"),
    ("remedy.reconsideration", "", "2024-01-01", "60 days"),
    ("remedy.litigation", "", "2024-01-01", "6 months"),
    ("upload.due", f"channel={SITE}", "2020-07-16", "7 working_days"),
    ("upload.due", f"channel={SYSTEM}", "2021-08-31", "20 working_days"),
    ("upload.due", f"channel={SYSTEM}", "2021-09-01", "20 working_days"),
    ("repair.accept", f"channel={SITE}", "2025-06-21", "2 working_days"),
    ("repair.accept", f"channel={SITE}", "2025-06-22", "3 working_days"),
    ("repair.accept", f"channel={SITE}", "2026-04-01", "3 working_days"),
    ("repair.answer", f"channel={SITE}", "2023-04-30", "10 working_days"),
    ("repair.answer", f"channel={SITE}", "2026-04-01", "10 working_days"),
    ("repair.answer", f"channel={SYSTEM}", "2025-12-24", "15 working_days"),
    ("repair.answer", f"channel={SYSTEM}", "2025-12-25", "7 working_days"),
    ("repair.department_result", f"channel={SITE}", "2025-06-21", "none"),
    ("repair.department_result", f"channel={SITE}", "2025-06-22", "7 working_days"),
    ("repair.channel", f"channel={SITE} target=penalty", "2023-04-30", "credit_china_or_unit"),
    ("repair.channel", f"channel={SITE} target=penalty", "2023-05-01", "credit_china"),
    ("repair.channel", f"channel={SITE} target=listing", "2025-06-21", "unit"),
    ("repair.channel", f"channel={SITE} target=listing", "2025-06-22", "credit_china"),
    ("repair.execute", f"channel={SITE}", "2025-06-21", "3 working_days"),
    ("repair.execute", f"channel={SITE}", "2025-06-22", "none"),
    ("repair.fraud_block", "", "2023-04-30", "1 years"),
    ("repair.fraud_block", "", "2023-05-01", "3 years"),
    ("list.term", "list_type=samr_serious", "2021-08-31", "5 years"),
    ("list.term", "list_type=samr_serious", "2021-09-01", "3 years"),
    ("list.repair_min", "list_type=samr_serious", "2021-08-31", "never"),
    ("list.repair_min", "list_type=samr_serious", "2021-09-01", "1 years"),
    ("list.term", "list_type=commerce_joint_punishment", "2019-07-17", "3 years"),
    ("list.term", "list_type=commerce_key_watch", "2019-07-17", "2 years"),
    ("list.repair_min", "list_type=commerce_key_watch", "2019-07-17", "6 months"),
    ("list.repair_spacing", "list_type=commerce_key_watch", "2019-07-17", "1 years"),
    ("list.repair_limit", "list_type=commerce_key_watch", "2019-07-17", "2 count"),
    ("list.repair_window", "list_type=commerce_key_watch", "2019-07-17", "3 years"),
    ("list.two_documents", "", "2025-06-21", "no"),
    ("list.two_documents", "", "2025-06-22", "yes"),
    ("use.monthly_due", "", "2020-07-15", "-"),
    ("use.monthly_due", "", "2020-07-16", "30 day_of_month"),
]

LISTS = [
    ("class.scheme", f"channel={SITE}", "2023-04-30", "class.2019/general class.2019/serious class.2019/specific"),
    ("class.scheme", f"channel={SITE}", "2023-05-01", ""),
    ("class.scheme", f"channel={SITE}", "2025-06-21", ""),
    ("class.scheme", f"channel={SITE}", "2025-06-22", "class.2025/minor class.2025/general class.2025/serious"),
    ("class.scheme", f"channel={SYSTEM}", "2025-12-24", ""),
    ("class.scheme", f"channel={SYSTEM}", "2025-12-25", "class.2025/minor class.2025/general class.2025/serious"),
    ("commitment.types", "", "2019-07-08", "credit_repair voluntary industry"),
    ("commitment.types", "", "2019-07-09", "approval_substitute missing_papers voluntary industry credit_repair"),
    (
        "commitment.types",
        "",
        "2020-10-27",
        "approval_substitute missing_papers certificate voluntary industry credit_repair",
    ),
    (
        "commitment.types",
        "",
        "2025-12-01",
        "approval_substitute missing_papers certificate voluntary industry credit_repair other",
    ),
    ("repair.papers", f"channel={SITE} class.2019=general", "2023-04-30", "identity proof commitment"),
    (
        "repair.papers",
        f"channel={SITE} class.2019=serious",
        "2023-04-30",
        "identity proof commitment training credit_report",
    ),
    (
        "repair.papers",
        f"channel={SITE} class.2019=serious",
        "2023-05-01",
        "application commitment identity authorisation proof",
    ),
    ("repair.papers", f"channel={SITE}", "2025-06-22", "proof commitment"),
    ("repair.conditions", f"channel={SITE}", "2023-04-30", "repairable minimum_over performed commitment"),
    (
        "repair.conditions",
        f"channel={SITE}",
        "2023-05-01",
        "repairable minimum_over performed corrected commitment no_fraud_record no_ban_running",
    ),
    ("tier.scheme", "", "2022-01-12", "bureau_good bureau_normal bureau_bad"),
    ("tier.scheme", "", "2022-01-13", "A B C D"),
]


@pytest.mark.parametrize(("channel", "traits", "day", "answer"), DISCLOSURE_MAX)
def test_the_longest_disclosure_on_each_boundary(
    rules: Rulebook, channel: str, traits: str, day: str, answer: str
) -> None:
    assert ask(rules, "disclosure.max", day, {"channel": channel, **traits_of(traits)}) == answer


@pytest.mark.parametrize(("channel", "traits", "day", "answer"), REPAIR_MIN)
def test_the_shortest_disclosure_before_repair_on_each_boundary(
    rules: Rulebook, channel: str, traits: str, day: str, answer: str
) -> None:
    assert ask(rules, "repair.min", day, {"channel": channel, **traits_of(traits)}) == answer


@pytest.mark.parametrize(("channel", "traits", "day", "answer"), DISCLOSURE_SHOWN)
def test_whether_something_is_shown_on_each_boundary(
    rules: Rulebook, channel: str, traits: str, day: str, answer: str
) -> None:
    assert ask(rules, "disclosure.shown", day, {"channel": channel, **traits_of(traits)}) == answer


@pytest.mark.parametrize(("list_type", "day", "answer"), LIST_BASIS)
def test_who_may_designate_on_each_boundary(rules: Rulebook, list_type: str, day: str, answer: str) -> None:
    assert ask(rules, "list.basis", day, {"list_type": list_type}) == answer


@pytest.mark.parametrize(("parameter", "traits", "day", "answer"), OTHERS)
def test_every_other_term_on_each_boundary(rules: Rulebook, parameter: str, traits: str, day: str, answer: str) -> None:
    assert ask(rules, parameter, day, traits_of(traits)) == answer


@pytest.mark.parametrize(("parameter", "traits", "day", "names"), LISTS)
def test_every_list_on_each_boundary(rules: Rulebook, parameter: str, traits: str, day: str, names: str) -> None:
    selecting = rules.parameters[parameter].selected_by
    row = rules.select(parameter, Facts({selecting: date.fromisoformat(day)}, traits_of(traits))).row
    assert " ".join(row.names) == names


def test_every_edition_since_the_horizon_is_asked_on_its_first_day(rules: Rulebook) -> None:
    horizon = rules.contents.head.horizon
    by_hand = {("disclosure.max", day) for _, _, day, _ in DISCLOSURE_MAX}
    by_hand |= {("repair.min", day) for _, _, day, _ in REPAIR_MIN}
    by_hand |= {("disclosure.shown", day) for _, _, day, _ in DISCLOSURE_SHOWN}
    by_hand |= {("list.basis", day) for _, day, _ in LIST_BASIS}
    by_hand |= {("hearing.request", day) for name, _, day, _ in OTHERS if name == "hearing.request"}
    for parameter in ("disclosure.max", "repair.min", "disclosure.shown", "list.basis", "hearing.request"):
        for row in rules.rows_of(parameter):
            if row.in_force_from > horizon:
                assert (parameter, str(row.in_force_from)) in by_hand


def test_a_number_that_no_text_settles_is_marked_unverified(rules: Rulebook) -> None:
    doubtful = {row.name for row in rules.contents.rows if not row.is_verified}
    assert "repair.accept@2026-04-01[channel=credit_site]" in doubtful
    assert "repair.accept@2025-06-22[channel=credit_site]" not in doubtful
    assert "list.basis@2020-12-07[list_type=commerce_key_watch]" in doubtful
    assert "list.basis@2019-07-17[list_type=commerce_key_watch]" not in doubtful
    for row in rules.contents.rows:
        if row.kind in ("default", "sample"):
            assert row.name in doubtful


def test_the_sample_list_rests_on_nothing_that_looks_real(rules: Rulebook) -> None:
    for row in rules.contents.rows:
        if ("list_type", "sample") in row.key:
            assert row.kind == "sample"
            assert "样例" in row.instrument


def test_every_row_rests_on_an_instrument_of_its_kind(rules: Rulebook) -> None:
    for row in rules.contents.rows:
        assert rules.instruments[row.instrument].kind == row.kind
