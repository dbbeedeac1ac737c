"""The stored text of a version: same bytes, same law, for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from domain.law.answers import Facts
from domain.law.loading import FOLDER
from domain.law.rows import RulebookRefused
from domain.law.rulebook import Rulebook
from domain.law.terms import term

GOLDEN = Path(__file__).parent / "golden" / "format-1.txt"


def test_a_text_read_back_gives_the_same_rulebook(rules: Rulebook) -> None:
    again = Rulebook.from_text(rules.text)
    assert again.text == rules.text
    assert again.version == rules.version == sha256(rules.text).hexdigest()
    assert {row.name: row for row in again.contents.rows} == {row.name: row for row in rules.contents.rows}
    assert set(again.contents.parameters) == set(rules.contents.parameters)
    assert set(again.contents.calendars) == set(rules.contents.calendars)
    assert set(again.contents.codes) == set(rules.contents.codes)
    assert set(again.contents.instruments) == set(rules.contents.instruments)
    assert again.contents.head == rules.contents.head
    assert Rulebook(again.contents).text == rules.text


def test_the_version_is_the_same_each_time_and_in_whatever_order_the_parts_come(rules: Rulebook) -> None:
    assert Rulebook.from_files().version == rules.version
    backwards = replace(
        rules.contents,
        rows=tuple(reversed(rules.contents.rows)),
        codes=tuple(reversed(rules.contents.codes)),
        calendars=tuple(reversed(rules.contents.calendars)),
    )
    assert Rulebook.from_contents(backwards).version == rules.version


def test_rows_calendars_codes_and_notes_all_belong_to_the_version(rules: Rulebook) -> None:
    contents = rules.contents
    versions = {rules.version}
    versions.add(Rulebook(replace(contents, calendars=contents.calendars[1:])).version)
    versions.add(Rulebook(replace(contents, codes=contents.codes[1:])).version)
    versions.add(Rulebook(replace(contents, rows=contents.rows[1:])).version)
    versions.add(rules.replacing({"withdraw@2021-07-15": {"note": "样例"}}).version)
    assert len(versions) == 5


def test_the_golden_text_of_format_1_loads_for_ever() -> None:
    rules = Rulebook.from_text(GOLDEN.read_bytes())
    assert rules.version == "75f41f13480bf5ce7685191f25c6b7f351e6d5a6146689ea3565a8148b95bbab"
    found = term(rules, "样例.term", Facts({"decided_on": date(2021, 1, 31)}, {"channel": "site", "class": "minor"}))
    assert found.until == date(2021, 4, 30)
    assert found.row.name == "样例.term@2020-01-01[channel=site,class=minor]"
    assert rules.code_list("样例").on(date(2021, 1, 1))["a"].zh == "样例甲"
    assert rules.working_days.is_working(date(2020, 1, 4))


def test_a_damaged_or_later_text_is_refused_with_what_to_do(rules: Rulebook) -> None:
    with pytest.raises(RulebookRefused, match="upgrade the program or restore"):
        Rulebook.from_text(rules.text.replace(b'"format":1', b'"format":2', 1))
    for damaged in (b"", b"{}", rules.text[: len(rules.text) // 2], b"\xff"):
        with pytest.raises(RulebookRefused, match="cannot be read"):
            Rulebook.from_text(damaged)


def test_an_adopted_text_is_not_checked_again_so_that_no_later_release_can_refuse_it(rules: Rulebook) -> None:
    row = next(one for one in rules.contents.rows if one.name == "withdraw@2021-07-15")
    twice = Rulebook(replace(rules.contents, rows=(*rules.contents.rows, replace(row, value=4))))
    with pytest.raises(RulebookRefused):
        Rulebook.from_contents(twice.contents)
    assert Rulebook.from_text(twice.text).version == twice.version


def test_every_version_as_it_was_known_passes_the_checks(rules: Rulebook) -> None:
    known = rules.known_days()
    assert known == tuple(sorted(set(known)))
    for day in known:
        assert all(row.known_from <= day for row in rules.as_known(day).contents.rows)


@pytest.mark.parametrize(("known", "basis"), [("2020-12-17", "bureau"), ("2020-12-18", "none"), ("2026-11-23", "none")])
def test_a_rule_in_force_but_not_yet_published_was_not_known(rules: Rulebook, known: str, basis: str) -> None:
    facts = Facts({"designated_on": date(2020, 12, 10)}, {"list_type": "bureau_joint_punishment"})
    row = rules.as_known(date.fromisoformat(known)).select("list.basis", facts).row
    assert ("none" if row.is_none else row.choice) == basis


def test_a_draft_names_what_it_alters_and_leaves_the_rest(rules: Rulebook) -> None:
    draft = rules.replacing({"list.statement@2019-07-01": {"value": 7}})
    changes = draft.changes_from(rules)
    assert (changes.added, changes.altered, changes.gone) == ((), ("list.statement@2019-07-01",), ())
    facts = Facts({"notice_served_on": date(2026, 3, 2)})
    assert term(rules, "list.statement", facts).until == date(2026, 3, 9)
    assert term(draft, "list.statement", facts).until == date(2026, 3, 11)


def test_a_bureaus_folder_lies_on_the_release(tmp_path: Path, rules: Rulebook) -> None:
    (tmp_path / "样例.toml").write_text(
        'instrument = "样例局内规定"\nkind = "bureau_document"\nin_force_from = 2025-09-01\n'
        'row = [{ parameter = "repair.accept", channel = "credit_site", value = 1, unit = "working_days" }]\n',
        encoding="utf-8",
    )
    laid = Rulebook.from_files(overlay=tmp_path)
    assert laid.changes_from(rules).added == ("repair.accept@2025-09-01+overlay[channel=credit_site]",)
    assert "repair.accept@2025-09-01+overlay silent from 2026-04-01" in laid.report()
    facts = Facts({"pushed_on": date(2025, 9, 1)}, {"channel": "credit_site"})
    assert Rulebook.from_text(laid.text).select("repair.accept", facts).row.layer == "overlay"


def test_comments_and_order_of_the_files_do_not_matter(tmp_path: Path, rules: Rulebook) -> None:
    for path in FOLDER.rglob("*.toml"):
        copy = tmp_path / path.relative_to(FOLDER)
        copy.parent.mkdir(exist_ok=True)
        renamed = copy.with_name(f"z-{copy.name}") if path.parent.name == "rules" else copy
        renamed.write_text("# 样例注释\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert Rulebook.from_files(folder=tmp_path).version == rules.version
