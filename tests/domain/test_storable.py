"""What can never be stored is refused before any decision looks at it, in one sentence that names the field."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.credit_file.profile import SubjectRenamed
from domain.credit_file.repair import Verified
from domain.event import Evidence, Personal
from domain.personal_numbers import PersonalNumberMisplaced
from domain.refusals import Refused
from domain.storable import DayImplausible, NumberImplausible, TextTooLong, TextUnstorable, check_storable
from tests.domain.credit_file.samples import penalty


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


CARD = "110101199003070003"  # Invented: passes its check, belongs to a range that is not issued.


@pytest.mark.parametrize(
    "value",
    [
        {"facts": f"当事人（证件号码{CARD}）未备案"},
        {"content": "110101 19900307 0003"},
        {"reasons": "110101-19900307-0003"},
        {"remark": "１１０１０１１９９００３０７０００３"},
        {"document_no": f"样例{CARD}号"},
        {"name": CARD},
        {"entry_id": CARD},
        {"summary": "请致电13800000000"},
        {"note": "+86 138-0000-0000"},
        {"representative": "样例人 138 0000 0000"},
        Evidence(title=f"样例{CARD}"),
        {"penalty": penalty(facts=f"证件{CARD}")},
        {"findings": (Verified(condition="performed", holds=True, note="电话13800000000"),)},
    ],
)
def test_refuses_numbers_of_people_in_the_open_wherever_they_stand(value: object) -> None:
    with pytest.raises(PersonalNumberMisplaced) as refused:
        check_storable(value)
    assert refused.value.field == refused.value.values["where"]
    assert CARD not in refused.value.sentence_zh + refused.value.sentence_en


@pytest.mark.parametrize(
    "value",
    [
        {"identity_number": Personal(CARD, CARD)},
        {"code": "91210811MA0ABCD012"},
        {"document_no": "营商罚决字〔2026〕第13800000000号"},
        {"business_no": "13800000000"},
        {"tax_no": "210811199003070003"},
        {"content": "罚款 13800000000000 元"},
        {"facts": "许可证号A13800000000B"},
        {"sha256": "110101199003070003" * 3},
        {"entry_id": "11010119-9003-0700-0311-010119900307"},
    ],
)
def test_lets_numbers_of_things_and_sealed_ones_through(value: object) -> None:
    assert refusal_of(value) is None


def test_lets_through_what_people_write() -> None:
    written = {"facts": "第一行\n第二行\t（样例）　“全角”", "name": "样例·公司", "decided_on": date(1978, 1, 1)}
    assert refusal_of(written) is None
    large = {"sealed_row": Personal("x" * 60_000, "x"), "fine_fen": 10**12, "may_disclose": True, "until": None}
    assert refusal_of(large) is None


def refusal_of(value: object) -> Refused | None:
    try:
        check_storable(value)
    except Refused as refusal:
        return refusal
    return None
