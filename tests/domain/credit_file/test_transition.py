"""Which rule reached an old fact is stored with the act: the rows of both rules, and the switch between them."""

from __future__ import annotations

from domain.credit_file.disclosure import disclose
from domain.credit_file.repair_decisions import accept_repair
from tests.domain.credit_file import samples
from tests.domain.given import JIA, YI, Given, context, given


def old_penalty(decided_on: str, penalty_class: str = "general") -> Given:
    """Decided under Order 58, which knew no classes, and put into a class of the later scheme."""
    return given(
        samples.REGISTERED,
        samples.recorded(samples.penalty(decided_on)),
        samples.classified("2025-07-01", penalty_class),
    )


def test_a_release_stores_the_old_rule_the_more_favourable_one_and_the_switch() -> None:
    releasing = context("2025-07-02", YI)
    disclose(old_penalty("2025-03-01").state, releasing, entry_id="p1")
    names = [row.name for row in releasing.rules.used]
    assert "disclosure.max@2023-05-01[channel=credit_site]" in names
    assert "disclosure.max@2025-06-22[channel=credit_site,class.2025=general]" in names
    assert [one for one in names if one.startswith("transition.disclosure@")] == ["transition.disclosure@2019-07-01"]


def test_where_no_later_rule_is_better_no_switch_was_asked() -> None:
    releasing = context("2025-07-02", YI)
    disclose(old_penalty("2025-03-01", "serious").state, releasing, entry_id="p1")
    names = [row.name for row in releasing.rules.used]
    assert "disclosure.max@2023-05-01[channel=credit_site]" in names
    assert not [one for one in names if one.startswith("transition.disclosure@")]


def test_an_acceptance_stores_the_strict_switch_that_kept_the_old_minimum() -> None:
    # Three months by Order 58; the class "minor" of 2025 sets none, and would have let it be repaired on 06-22.
    case = given(
        samples.REGISTERED,
        samples.recorded(samples.penalty("2025-05-01")),
        samples.classified("2025-07-01", "minor"),
        samples.performed("2025-07-01"),
        samples.applied("2025-08-05"),
    )
    accepting = context("2025-08-05", JIA)
    accept_repair(case.state, accepting, repair_id="r1")
    names = [row.name for row in accepting.rules.used]
    assert "repair.min@2023-05-01[channel=credit_site]" in names
    assert [one for one in names if one.startswith("transition.repair@")] == ["transition.repair@2019-07-01"]
