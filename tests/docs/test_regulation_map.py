"""No article without a rule, no rule that nothing asks, none that no test would miss."""

from __future__ import annotations

import pytest

from api.law_of_release import law_of_release
from tests.docs.regulation_map import UNASKED, asking, regulation_map, where_tested

LAW = law_of_release(with_samples=True)


@pytest.mark.parametrize("name", LAW.instruments)
def test_no_instrument_is_without_a_rule(name: str) -> None:
    assert [row for row in LAW.rows if row.instrument == name]


@pytest.mark.parametrize("parameter", LAW.parameters)
def test_a_rule_is_asked_by_the_program_or_says_why_not(parameter: str) -> None:
    assert LAW.rows_of(parameter), "a question without any answer"
    says_so = UNASKED in LAW.parameters[parameter].note
    assert says_so == (parameter not in asking()), asking().get(parameter)


@pytest.mark.parametrize("parameter", sorted(set(LAW.parameters) & set(asking())))
def test_a_rule_that_is_asked_has_a_test(parameter: str) -> None:
    assert where_tested(parameter)


def test_no_function_asks_for_a_parameter_that_is_not_declared() -> None:
    assert set(asking()) <= set(LAW.parameters)


def test_the_map_finds_who_asks_directly_and_behind_a_constant() -> None:
    assert "domain.credit_file.repair.accept_due" in asking()["repair.accept"]
    assert "domain.credit_file.commitment.breach_commitment" in asking()["commitment.statement"]
    assert "domain.law.terms._switch" in asking()["transition.repair"]
    assert "domain/credit_file/test_deadline.py" in where_tested("repair.accept")


def test_the_map_has_every_article_of_every_instrument() -> None:
    text = regulation_map()
    for row in law_of_release().rows:
        assert row.instrument in text
        assert not row.article or f"| {row.article} |" in text
