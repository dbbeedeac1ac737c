"""Denied attempts: what is noted of them, once."""

from __future__ import annotations

from uuid import UUID

from domain.casework.denials import AttemptDenied, Denial, fold, note_denial, stream_of
from domain.context import Officer
from domain.officer import may
from tests.domain.given import JIA, SUBJECT, SYSTEM, given, step

LENT = Officer("样例员甲", "leader", "样例局领导", on_behalf_of="样例员丁")
TRIED = {"act": "decide_listing", "tried_by": JIA, "subject_id": SUBJECT, "refusal": "NotAllowed", "channel": "desk"}
NOTHING = Denial.empty(UUID(int=0))


def test_notes_who_tried_which_act_on_which_file_and_why_it_was_refused() -> None:
    given(empty=NOTHING, folded=fold).when(note_denial, SYSTEM, **TRIED).then(
        AttemptDenied(
            act="decide_listing", officer_id="样例员甲", role="handler", section="market_order", on_behalf_of=None,
            subject_id=SUBJECT, refusal="NotAllowed", channel="desk",
        )
    )  # fmt: skip


def test_notes_on_whose_behalf_it_was_tried_and_that_no_file_was_concerned() -> None:
    tried = TRIED | {"tried_by": LENT, "subject_id": None}
    (event,) = given(empty=NOTHING, folded=fold).when(note_denial, SYSTEM, **tried).events
    assert isinstance(event, AttemptDenied)
    assert (event.role, event.on_behalf_of, event.subject_id) == ("leader", "样例员丁", None)


def test_an_attempt_is_noted_once() -> None:
    noted = given(step("2026-11-20", SYSTEM, note_denial, **TRIED), empty=NOTHING, folded=fold)
    noted.when(note_denial, SYSTEM, **TRIED).then()


def test_the_same_request_refused_for_the_same_is_one_attempt_and_any_other_is_another() -> None:
    one = stream_of(UUID(int=7), JIA, "decide_listing", "NotAllowed")
    assert stream_of(UUID(int=7), JIA, "decide_listing", "NotAllowed") == one
    others = {
        stream_of(UUID(int=8), JIA, "decide_listing", "NotAllowed"),
        stream_of(UUID(int=7), LENT, "decide_listing", "NotAllowed"),
        stream_of(UUID(int=7), JIA, "decide_repair", "NotAllowed"),
        stream_of(UUID(int=7), JIA, "decide_listing", "SameOfficer"),
    }
    assert len(others | {one}) == 5


def test_nobody_but_the_register_notes_a_denial() -> None:
    assert may("system", "note_denial")
    assert not any(may(role, "note_denial") for role in ("leader", "administrator", "auditor", "market_order"))
