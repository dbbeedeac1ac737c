"""From values to what is read: dates, codes, money, rulers, and what was typed into a form."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from api import rendering
from api.forms import FieldMissing, Fields, NotAChoice, NotADate, NotAnAmount, NotAnId, NotANumber
from api.rendering import ENVIRONMENTS, local_path
from api.term_ruler import days_left, ruler, track
from tests.html import parse


@pytest.mark.parametrize(
    ("fen", "words"),
    [(None, "—"), (0, "0 元"), (5, "0.05 元"), (12_300, "123 元"), (2_000_000, "2 万元"), (2_050_000, "20,500 元"),
     (123_450_050, "1,234,500.50 元")],
)  # fmt: skip
def test_money_is_shown_in_yuan_or_in_units_of_ten_thousand(fen: int | None, words: str) -> None:
    assert rendering.show_money(fen) == words


def test_a_code_is_shown_in_four_parts_and_copied_as_one() -> None:
    shown = parse(rendering.show_code("91210803XX27410369"))
    assert [one.text for one in shown.all("i")] == ["91", "210803", "XX2741036", "9"]
    assert shown.text == "91210803XX27410369"
    assert "<b>" not in rendering.show_code("<b>")


def test_an_instant_is_shown_as_beijing_reads_it() -> None:
    shown = rendering.show_instant(datetime(2026, 11, 22, 16, 5, 9, tzinfo=UTC))
    assert shown == Markup('<time datetime="2026-11-23T00:05:09+08:00">2026年11月23日 00:05</time>')


def test_the_part_searched_for_is_marked_and_everything_is_text() -> None:
    assert rendering.show_marked("A<b>样例", "<B>") == Markup("A<mark>&lt;b&gt;</mark>样例")
    assert rendering.show_marked("样例", "无") == "样例"


@pytest.mark.parametrize("language", ENVIRONMENTS)
def test_a_variable_is_escaped_and_a_missing_one_is_an_error(language: str) -> None:
    environment = ENVIRONMENTS[language]
    assert environment.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ missing }}").render()


@pytest.mark.parametrize("name", ENVIRONMENTS["zh"].list_templates())
def test_every_template_can_be_read(name: str) -> None:
    assert ENVIRONMENTS["zh"].get_template(name) is not None


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [("/a?b=c", "/a?b=c"), ("//x", "/"), ("/\\x", "/"), ("http://x", "/"), ("", "/"), ("/a\nb", "/"), ("a", "/")],
)
def test_a_link_back_stays_on_this_site(asked: str, led_to: str) -> None:
    assert local_path(asked) == led_to


def test_a_ruler_has_today_and_the_minimum_in_their_places() -> None:
    day = date.fromisoformat
    drawn = ruler(day("2026-06-12"), day("2027-06-12"), day("2026-11-23"), day("2026-09-12"), ("至", "to"))
    assert (drawn.today, drawn.minimum, drawn.words_zh) == (44.9, 25.2, "至 2026-09-12")
    assert days_left(day("2027-06-12"), day("2026-11-23")) == 201
    assert days_left(day("2027-06-12"), day("2027-06-12")) == 0
    first = ruler(day("2026-06-12"), day("2026-06-12"), day("2026-06-12"), None, ("至", "to"))
    assert (first.today, first.minimum, first.anchor) == (0.0, None, "start")
    late = ruler(day("2026-01-01"), day("2026-12-31"), day("2026-12-30"), day("2026-12-01"), ("至", "to"))
    assert (late.anchor, late.minimum_anchor) == ("end", "end")


def test_the_days_of_a_deadline_that_are_over_are_marked() -> None:
    days = [date(2026, 11, one) for one in (20, 23, 24)]
    assert [(one.is_gone, one.words) for one in track(days, date(2026, 11, 23))] == [
        (True, "20"), (False, "23"), (False, "24"),
    ]  # fmt: skip


def test_what_was_typed_is_read_in_any_width() -> None:
    fields = Fields({"on": "２０２６-１１-２３", "sum": "2,000.5", "n": "７", "text": "　样例 ", "ok": "on"})
    assert fields.day("on") == date(2026, 11, 23)
    assert fields.fen("sum") == 200_050
    assert fields.number("n") == 7
    assert fields.text("text") == "样例"
    assert fields.flag("ok")
    assert not fields.flag("absent")
    assert fields.fen("absent") is None
    assert fields.day_or_none("absent") is None


def test_what_cannot_be_read_is_refused_and_names_its_field() -> None:
    fields = Fields({"a": "2026-02-30", "b": "1.234", "c": "-1", "d": "x", "e": "no-uuid", "f": " "})
    for read, kind in (
        (lambda: fields.day("a"), NotADate),
        (lambda: fields.fen("b"), NotAnAmount),
        (lambda: fields.number("c"), NotANumber),
        (lambda: fields.choice("d", ("y", "z")), NotAChoice),
        (lambda: fields.uuid("e"), NotAnId),
        (lambda: fields.text("f", required=True), FieldMissing),
        (lambda: fields.day("f"), FieldMissing),
    ):
        with pytest.raises(kind) as refused:
            read()
        assert refused.value.field in "abcdef"
