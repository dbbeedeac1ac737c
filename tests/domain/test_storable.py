"""What can never be stored is refused before any decision looks at it, in one sentence that names the field."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.credit_file.profile import SubjectRenamed
from domain.event import Evidence, Personal
from domain.refusals import Refused
from domain.storable import DayImplausible, NumberImplausible, TextTooLong, TextUnstorable, check_storable


@pytest.mark.parametrize(
    ("value", "refusal"),
    [
        ({"name": "样例\u0000公司"}, TextUnstorable),
        ({"facts": "样例\x1b[31m"}, TextUnstorable),
        ({"facts": "样例\ud800"}, TextUnstorable),
        ({"name": "样" * 201}, TextTooLong),
        ({"facts": "样" * 5001}, TextTooLong),
        ({"effective_on": date(1, 1, 1)}, DayImplausible),
        ({"effective_on": date(9999, 1, 5)}, DayImplausible),
        ({"applied_at": datetime(1, 1, 1, tzinfo=UTC)}, DayImplausible),
        ({"fine_fen": 10**30}, NumberImplausible),
        (({"rows": [{"deep": "\u0007"}]},), TextUnstorable),
        (Evidence(title="样" * 6000), TextTooLong),
        (SubjectRenamed(name="样例\u0085公司", effective_on=date(2026, 1, 1)), TextUnstorable),
    ],
)
def test_refuses_what_no_view_or_calendar_can_hold(value: object, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        check_storable(value)


def test_names_the_field_of_what_it_refuses() -> None:
    with pytest.raises(TextTooLong) as refused:
        check_storable({"counterpart_name": "样" * 201})
    assert "counterpart_name" in refused.value.sentence_en


def test_lets_through_what_people_write() -> None:
    check_storable({"facts": "第一行\n第二行\t（样例）　“全角”", "name": "样例·公司", "decided_on": date(1978, 1, 1)})
    check_storable({"sealed_row": Personal("x" * 60_000, "x"), "fine_fen": 10**12, "may_disclose": True, "until": None})
