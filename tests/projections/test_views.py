"""What the views answer, over the demonstration's stories on the morning of 2026-11-23."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import psycopg
import pytest

from api.demo.people import BING, DING, JI, JIA, YI
from api.demo.script import at, code, day, named
from domain.context import Context
from domain.credit_file.disclosure import disclose
from domain.credit_file.profile import register_subject
from domain.credit_file.record import PenaltyRecorded
from domain.credit_file.record_decisions import classify_penalty, correct_record, record_penalty
from domain.credit_file.tier import tier_on
from domain.law.reading import Reading
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks
from projections.engine import Engine
from projections.views import case_history, disclosure, import_review, list_roster, subject_search, supervision_tier
from projections.views import worklist as worklist_view
from projections.views.worklist import ToDo, desk_of
from projections.writing import insert
from tests.check_register import check_register
from tests.databases import Database

Connection = psycopg.Connection[Any]
HAITONG = named("海桐")
TODAY = day("2026-11-23")
SOON = day("2026-12-07")


@pytest.fixture
def live(played: Engine, connection: Connection) -> Connection:
    """The views after all stories."""
    return connection


# Disclosure


def test_a_repaired_penalty_is_gone_on_the_day_of_repair_and_was_shown_the_day_before(live: Connection) -> None:
    def shown(on: date) -> list[str]:
        return [one.document_no for one in disclosure.of_subject(live, HAITONG, on) if one.kind == "penalty"]

    assert shown(day("2022-10-27")) == ["营商罚决字〔2022〕第0018号"]
    assert shown(day("2022-10-28")) == []
    assert shown(TODAY) == ["营商罚决字〔2026〕第0031号"]


def test_a_penalty_states_its_period_its_rules_and_when_repair_is_possible(live: Connection) -> None:
    one = disclosure.of_subject(live, HAITONG, TODAY)[0]
    assert (one.kind, one.shown_until, one.repair, one.minimum_until) == (
        "penalty", day("2027-06-12"), "from_day", day("2026-09-12"),
    )  # fmt: skip
    assert {"disclosure.shown", "disclosure.max", "repair.min"} <= {rule["parameter"] for rule in one.rules}
    assert all(rule["citation"] and rule["certainty"] in ("verified", "unverified") for rule in one.rules)
    assert one.statement["classes"] == [{"scheme": "class.2025", "code": "general", "zh": "一般"}]


def test_groups_stand_in_the_order_of_the_page(live: Connection) -> None:
    kinds = [one.kind for one in disclosure.of_subject(live, HAITONG, TODAY)]
    assert kinds == sorted(kinds, key=["penalty", "listing", "licence", "commitment"].index)
    assert set(kinds) == {"penalty", "listing", "licence", "commitment"}


def test_a_correction_shows_the_new_value_and_nowhere_the_old_one(live: Connection, register: CreditRegister) -> None:
    corrected = [one for one in register.load(HAITONG).records.values() if one.corrections]
    assert corrected
    rows = live.execute("SELECT statement::text FROM view.disclosure WHERE subject_id = %s", (HAITONG,)).fetchall()
    for entry in corrected:
        for correction, _ in entry.corrections:
            assert not any(correction.old and f'"{correction.old}"' in text for (text,) in rows)
            assert any(correction.new in text for (text,) in rows)


def test_nothing_that_is_not_released_is_in_the_table(live: Connection, register: CreditRegister) -> None:
    rows = live.execute("SELECT subject_id, entry_id FROM view.disclosure").fetchall()
    files = register.load_many({subject for subject, _ in rows})
    assert all(entry in files[subject].releases for subject, entry in rows)


def test_an_application_for_repair_leaves_no_trace_in_what_the_public_reads(live: Connection) -> None:
    for table in ("disclosure", "subject", "subject_search"):
        found = live.execute(f"SELECT count(*) FROM view.{table} AS t WHERE t::text LIKE '%%修复〔%%'").fetchone()
        assert found == (0,)


def test_lists_and_counts_tell_only_what_is_shown_on_the_day(live: Connection) -> None:
    listed = {one.subject_id: one.name for one in disclosure.of_list(live, "sample", TODAY)}
    assert listed == {HAITONG: "营口样例海桐商贸有限公司", named("岚桥"): "营口样例岚桥劳务服务有限公司"}
    counts = {(one.kind, one.list_type): one.shown for one in disclosure.counts(live, TODAY)}
    assert counts["listing", "sample"] == len(listed)
    assert [one.shown for one in disclosure.counts_of(live, [HAITONG], TODAY) if one.kind == "penalty"] == [1]
    assert disclosure.counts(live, day("2019-01-01")) == []


def test_an_entry_is_found_by_its_id_only_while_it_is_shown(live: Connection) -> None:
    one = disclosure.of_subject(live, HAITONG, day("2022-10-27"))[0]
    assert disclosure.of_entry(live, one.entry_id, day("2022-10-27")) == one
    assert disclosure.of_entry(live, one.entry_id, TODAY) is None


def test_the_daily_job_finds_what_has_ended_unnoticed(live: Connection) -> None:
    found = disclosure.ended(live, TODAY)
    assert found
    assert all(entry for _, entry in found)
    over = list_roster.ended(live, day("2030-01-01"))
    assert HAITONG in [subject for subject, _ in over]
    assert HAITONG not in [subject for subject, _ in list_roster.ended(live, TODAY)]


# Search


@pytest.mark.parametrize("asked", ["桐", "海桐", "样例海桐", "海 桐商", "营口样例海桐商贸有限公司"])
def test_finds_a_subject_by_any_part_of_its_name_from_one_character_up(live: Connection, asked: str) -> None:
    found = subject_search.find(live, asked)
    assert HAITONG in [one.subject_id for one in found]
    assert next(one.matched for one in found if one.subject_id == HAITONG) == "name"


def test_finds_a_subject_by_its_former_name_and_says_until_when_it_was_borne(live: Connection) -> None:
    (one,) = [one for one in subject_search.find(live, "海桐百货") if one.subject_id == HAITONG]
    assert (one.matched, one.matched_text) == ("former_name", "营口样例海桐百货有限公司")
    assert (one.name, one.matched_until) == ("营口样例海桐商贸有限公司", day("2023-03-14"))


@pytest.mark.parametrize(
    "asked", ["91210803XX27410369", "91210803xx27410369", "９１２１０８０３ＸＸ２７４１０３６９", "9121 0803-XX27"]
)
def test_finds_a_subject_by_its_code_however_it_is_written(live: Connection, asked: str) -> None:
    assert [(one.subject_id, one.matched) for one in subject_search.find(live, asked)] == [(HAITONG, "code")]


def test_a_subject_is_found_once_where_both_its_names_match(live: Connection) -> None:
    found = [one.subject_id for one in subject_search.find(live, "海桐", limit=50)]
    assert found.count(HAITONG) == 1


def test_an_exact_name_comes_first_then_names_then_former_names(
    register: CreditRegister, played: Engine, connection: Connection
) -> None:
    for number, name in enumerate(("甲乙丙", "前甲乙丙", "甲乙丙后", "甲甲")):
        context = Context(at("2026-11-23 12:00"), JIA.officer, Reading(Rulebooks(register).in_use()))
        register.do(
            register_subject, named(f"search/{number}"), context, subject_kind="organisation", name=name,
            code=code("210802", 9000 + number), division="210802",
        )  # fmt: skip
    played.catch_up_once()
    assert [one.name for one in subject_search.find(connection, "甲乙丙")] == ["甲乙丙", "前甲乙丙", "甲乙丙后"]
    assert [one.name for one in subject_search.find(connection, "甲乙丙", limit=1, offset=1)] == ["前甲乙丙"]


def test_what_many_names_hold_is_found_page_by_page_each_once(connection: Connection) -> None:
    people: dict[str, tuple[Any, list[str]]] = {}
    for number in range(4_100):
        kind, former = "有限公司" if number % 3 else "商店", ["旧名公司"] if number % 50 == 0 else []
        people[f"{number}"] = (named(f"many/{number}"), [f"样例{number}号{kind}", *former])
    cards = [
        subject_search.Card(one, names[0], None, "organisation", "210802", "", [], False, TODAY)
        for one, names in people.values()
    ]
    texts = [
        subject_search.Findable(one, place, name, name, None, subject_search.grams(name))
        for one, names in people.values()
        for place, name in enumerate(names)
    ]
    insert(connection, subject_search.CARDS, cards)
    insert(connection, subject_search.VIEW, texts)
    for asked in ("公司", "限", "7号有"):
        holds = {one for one, names in people.values() if any(asked in name for name in names)}
        pages = [subject_search.find(connection, asked, limit=500, offset=at) for at in range(0, 4_500, 500)]
        found = [one.subject_id for page in pages for one in page]
        assert len(found) == len(set(found))
        assert set(found) == holds
        matched = [one.matched for page in pages for one in page]
        assert matched == sorted(matched, key=["name", "former_name"].index)


def test_natural_persons_of_whom_nothing_is_shown_leave_no_gap_on_a_public_page(connection: Connection) -> None:
    """Every second subject is a person, one of ten of them shown: in a part that many hold, that few do, and whole."""
    ids = [named(f"person/{number}") for number in range(4_200)]
    kinds = {one: "natural_person" if number % 2 else "organisation" for number, one in enumerate(ids)}
    texts = {one: "独一**" if number < 40 else f"样例{number % 700:03d}号" for number, one in enumerate(ids)}
    shown = {one for number, one in enumerate(ids) if number % 20 == 1}
    insert(connection, subject_search.CARDS, [
        subject_search.Card(one, texts[one], None, kinds[one], "210802", "", [], False, TODAY) for one in ids
    ])  # fmt: skip
    insert(connection, subject_search.VIEW, [
        subject_search.Findable(one, 0, texts[one], texts[one], None, subject_search.grams(texts[one])) for one in ids
    ])  # fmt: skip
    connection.execute(
        "INSERT INTO view.disclosure"
        " SELECT s, s::text, 'penalty', %(on)s, NULL, %(on)s, NULL, '', true, '', '1', %(on)s,"
        " '', NULL, '{}', '[]', 1, now(), '', false FROM unnest(%(shown)s) AS s",
        {"on": TODAY, "shown": list(shown)},
    )
    for asked in ("样例", "123号", "独一**", "独"):
        allowed = {one for one in ids if asked in texts[one] and (kinds[one] == "organisation" or one in shown)}
        found: list[UUID] = []
        while page := subject_search.find(connection, asked, limit=7, offset=len(found), public_on=TODAY):
            found += [one.subject_id for one in page]
            assert len(page) == 7 or len(found) == len(allowed)
        assert len(found) == len(allowed)
        assert set(found) == allowed
        everybody = subject_search.find(connection, asked, limit=5_000)
        assert {one.subject_id for one in everybody} == {one for one in ids if asked in texts[one]}
    earlier = subject_search.find(connection, "独一**", limit=50, public_on=TODAY - timedelta(days=1))
    assert {one.kind for one in earlier} == {"organisation"}


@pytest.mark.parametrize("asked", ["", " ", "%", "_", "'", "龘", "\\", "9", "a" * 500])
def test_what_matches_nothing_finds_nothing(live: Connection, asked: str) -> None:
    assert subject_search.find(live, asked) == []


def test_a_card_holds_what_anybody_may_read(live: Connection) -> None:
    one = subject_search.by_id(live, HAITONG)
    assert one is not None
    assert one.former_names == [{"name": "营口样例海桐百货有限公司", "until": "2023-03-14"}]
    assert subject_search.by_code(live, "91210803xx27410369") == one
    assert subject_search.by_ids(live, [HAITONG, named("无此主体")]) == {HAITONG: one}
    assert subject_search.by_id(live, named("无此主体")) is None


# Officers


def lines(connection: Connection, person: Any) -> list[ToDo]:
    return worklist_view.of_desk(connection, desk_of(person.officer), TODAY, SOON)


def test_the_worklist_names_the_act_its_day_and_the_rule_that_sets_it(live: Connection) -> None:
    found = {(one.subject_name, one.act): one for one in lines(live, JIA)}
    late = found["盖州样例禾谷再生资源回收有限公司", "accept_repair"]
    assert (late.when, late.due_on, late.waits_for) == ("late", day("2026-11-20"), "")
    assert late.rules[0]["parameter"] == "repair.accept"
    waiting = found["大石桥样例汇岫商贸店", "accept_repair"]
    assert (waiting.when, waiting.waits_for, waiting.waits_until) == ("waiting", "applicant", day("2026-11-27"))


def test_the_worklist_is_ordered_by_how_much_it_presses(live: Connection) -> None:
    order = ["late", "today", "soon", "later", "no_day", "waiting"]
    found = [order.index(one.when) for one in lines(live, JIA)]
    assert found == sorted(found)
    counted = worklist_view.counts(live, desk_of(JIA.officer), TODAY, SOON)
    assert sum(counted.values()) == len(found)


def test_a_reviewer_and_a_leader_see_only_what_is_theirs_to_do(live: Connection) -> None:
    assert {one.act for one in lines(live, BING)} == {"review_legality"}
    assert all("leader" in one.roles for one in lines(live, DING))


def test_a_county_office_sees_nothing_of_other_counties(live: Connection) -> None:
    assert all(one.division in ("", "210803") for one in lines(live, JI))


def test_a_new_penalty_waits_for_its_class_then_for_an_approver_who_did_not_record_it(
    register: CreditRegister, played: Engine, connection: Connection, simulated_database: Database
) -> None:
    rules = Rulebooks(register).in_use()
    now = at("2026-11-23 10:00")
    penalty = PenaltyRecorded(
        entry_id=str(named("新处罚")), counterpart_name="营口样例海桐商贸有限公司", counterpart_kind="法人及非法人组织",
        document_no="营商罚决字〔2026〕第0999号", decided_on=day("2026-11-20"), content="罚款（样例）",
        penalty_kinds=("罚款",), fine_fen=100,
    )  # fmt: skip

    def due(person: Any) -> list[tuple[str, str, date | None]]:
        played.catch_up_once()
        return [(one.act, one.when, one.due_on) for one in lines(connection, person) if one.case_id == penalty.entry_id]

    register.do(record_penalty, HAITONG, Context(now, YI.officer, Reading(rules)), penalty=penalty)
    assert due(JIA) == [("classify_penalty", "soon", day("2026-11-26"))]
    register.do(
        classify_penalty, HAITONG, Context(now, YI.officer, Reading(rules)), entry_id=penalty.entry_id,
        scheme="class.2025", penalty_class="general",
    )  # fmt: skip
    assert due(YI) == [("disclose", "waiting", day("2026-11-26"))]
    assert due(DING) == [("disclose", "soon", day("2026-11-26"))]
    assert penalty.entry_id not in [one.entry_id for one in disclosure.of_subject(connection, HAITONG, TODAY)]
    register.do(disclose, HAITONG, Context(now, DING.officer, Reading(rules)), entry_id=penalty.entry_id)
    assert due(DING) == []
    assert penalty.entry_id in [one.entry_id for one in disclosure.of_subject(connection, HAITONG, TODAY)]
    check_register(simulated_database, register, played, [TODAY, day("2027-11-21")])


def test_a_correction_after_the_release_takes_the_entry_off_the_page_and_asks_for_another_release(
    register: CreditRegister, played: Engine, connection: Connection, simulated_database: Database
) -> None:
    rules = Rulebooks(register).in_use()
    now, entry_id = at("2026-11-23 10:00"), named("海桐/0031")

    def due(person: Any) -> list[tuple[str, str]]:
        played.catch_up_once()
        return [(one.act, one.when) for one in lines(connection, person) if one.case_id == str(entry_id)]

    def is_shown() -> bool:
        return disclosure.of_entry(connection, str(entry_id), TODAY) is not None

    assert (due(YI), is_shown()) == ([], True)
    register.do(
        correct_record, HAITONG, Context(now, YI.officer, Reading(rules)), entry_id=str(entry_id),
        field="facts", new="更正后的事实（样例）", reason="录入有误（样例）",
    )  # fmt: skip
    assert (due(YI), due(DING), is_shown()) == ([("disclose", "waiting")], [("disclose", "soon")], False)
    register.do(disclose, HAITONG, Context(now, DING.officer, Reading(rules)), entry_id=str(entry_id))
    assert (due(DING), is_shown()) == ([], True)
    rows = connection.execute(
        "SELECT shown_from, shown_until, cause, noticed FROM view.disclosure WHERE entry_id = %s ORDER BY 1",
        (str(entry_id),),
    ).fetchall()
    # Released in June, again after the corrections of October, and again today.
    assert rows == [
        (day("2026-06-17"), day("2026-10-08"), "restated", True),
        (day("2026-10-09"), day("2026-11-22"), "restated", True),
        (day("2026-11-23"), day("2027-06-12"), "term", False),
    ]
    check_register(simulated_database, register, played, [day("2026-10-08"), day("2026-10-09"), TODAY])


def test_names_the_representative_of_the_entry_and_never_the_one_of_the_profile(
    live: Connection, register: CreditRegister
) -> None:
    profile = register.load(named("泽稷")).profile
    assert profile is not None
    assert profile.representative == "样例人丙"
    rows = live.execute("SELECT subject_id, statement FROM view.disclosure").fetchall()
    files = register.load_many({subject for subject, _ in rows})
    named_in = [
        (statement["representative"], {one.record.representative for one in files[subject].records.values()})
        for subject, statement in rows
        if "representative" in statement
    ]
    assert named_in
    assert all(name in known for name, known in named_in)


def test_the_ten_working_days_ahead_skip_weekends(register: CreditRegister, played: Engine) -> None:
    ahead = worklist_view.working_days_ahead(Reading(Rulebooks(register).in_use()), TODAY, 10)
    assert ahead[0] == day("2026-11-24")
    assert ahead[-1] == SOON
    assert all(one.weekday() < 5 for one in ahead)


def test_a_case_tells_its_steps_in_order_with_day_and_role(live: Connection, register: CreditRegister) -> None:
    steps = case_history.of_case(live, HAITONG, "修复〔2022〕0044")
    assert [one.step for one in steps] == [
        "RepairReceived", "RepairAccepted", "RepairVerified", "DeadlineMissed", "RepairDecided", "Repaired",
        "SharingStopped", "RepairFeedbackSent",
    ]  # fmt: skip
    assert [one.role for one in steps][2:5] == ["handler", "system", "section_head"]
    assert steps[0].on_day == day("2022-10-13")
    assert worklist_view.of_case(live, HAITONG, "修复〔2022〕0044") == []
    assert [one.position for one in case_history.of_subject(live, HAITONG)] == sorted(
        one.position for one in case_history.of_subject(live, HAITONG)
    )


def test_the_grades_follow_each_other_without_gaps_and_agree_with_the_tier_of_the_day(
    live: Connection, register: CreditRegister
) -> None:
    segments = supervision_tier.of_subject(live, HAITONG)
    assert len(segments) > 5
    for one, following in pairwise(segments):
        assert one.until is not None
        assert (following.from_on - one.until).days == 1
    file, rules = register.load(HAITONG), Reading(Rulebooks(register).in_use())
    for on in (day("2022-01-13"), day("2022-01-14"), day("2023-01-01"), TODAY, day("2029-03-21")):
        tier, segment = tier_on(file, on, rules), supervision_tier.on_day(live, HAITONG, on)
        assert tier is not None
        assert segment is not None
        assert (segment.grade, [one["code"] for one in segment.inputs]) == (
            tier.grade,
            [one.code for one in tier.inputs],
        )


# Imported files


def test_a_file_is_counted_by_what_became_of_its_rows(live: Connection) -> None:
    batches = import_review.batches(live, TODAY)
    assert batches
    for one in batches:
        assert one.stored == one.released + one.releasable + one.unclassified + one.unprepared + one.undisclosed
        assert import_review.of_batch(live, one.batch_id, TODAY) == one
        waiting = import_review.waiting(live, batch_id=one.batch_id, limit=1000)
        assert len(waiting) == one.waiting
        releasable = import_review.releasable(live, one.batch_id, TODAY, "nobody")
        assert len(releasable) == one.releasable
    assert sum(one.waiting for one in batches) > 0


def test_a_row_set_aside_shows_its_reason_and_when_it_is_due_and_nothing_sealed(live: Connection) -> None:
    one = import_review.waiting(live)[0]
    assert one.reason_zh
    assert one.due_on is not None
    assert import_review.row(live, one.batch_id, one.row_no) == one
    columns = live.execute("SELECT * FROM view.import_review LIMIT 0").description or []
    assert "sealed_row" not in [column.name for column in columns]


def test_everything_holds_after_the_stories(
    simulated_database: Database, register: CreditRegister, played: Engine
) -> None:
    days = [day("2021-07-01"), day("2022-10-27"), day("2022-10-28"), day("2025-06-22"), TODAY, day("2030-01-01")]
    check_register(simulated_database, register, played, days)
