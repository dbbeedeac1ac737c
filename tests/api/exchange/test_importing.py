"""What an import leaves behind: facts, rows set aside, and nothing that should not be there."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.exchange import importing
from api.exchange.cells import HIDDEN
from api.exchange.importing import ASIDE, BATCH, import_file
from api.exchange.outcomes import RowOutcome, as_csv, neutral
from domain.casework.exchange import batch_stream
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.event import Sealed
from domain.refusals import NotAllowed
from domain.register.register import CreditRegister
from tests.api.exchange.samples import (
    CARD,
    FILES,
    MASTER_KEY,
    NOW,
    PENALTY,
    PERSON,
    context,
    expected,
    identity_numbers,
    one,
    penalties,
    take,
    take_samples,
)
from tests.api.exchange.samples import as_csv as csv_of
from tests.databases import Database


def penalty_of(register: CreditRegister, outcome: RowOutcome) -> PenaltyRecorded:
    assert outcome.subject is not None
    (entry,) = register.load(outcome.subject).records.values()
    assert isinstance(entry.record, PenaltyRecorded)
    return entry.record


def everything_in(database: Database) -> str:
    """Every value of every table as text, bytes both as hex and as they read."""
    found: list[str] = []
    with psycopg.connect(database.owner_url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"').fetchall():
                found += [one.decode(errors="replace") if isinstance(one, bytes) else str(one) for one in row]
    return "\n".join(found)


def test_stores_every_field_of_a_penalty(register: CreditRegister) -> None:
    outcome = one(register, {"CF_GSJZQ": "2027.5.6", "CF_XDR_GSZC": "２１０８", "CF_NR_WFFF": "0.000001"})
    record = penalty_of(register, outcome)
    assert outcome.verdict == "accept"
    assert outcome.event_id == f"{outcome.subject}/2"
    assert (record.decided_on, record.stated_until) == (date(2026, 5, 6), date(2027, 5, 6))
    assert (record.fine_fen, record.confiscation_fen) == (2_950_000, 1)
    assert (record.penalty_kinds, record.business_no) == (("罚款",), "2108")


def test_reads_a_licence_without_end_as_long_term(register: CreditRegister) -> None:
    for number, end in enumerate(("2099/12/31", "长期")):
        row = {
            "XK_XDR_MC": "样例甲公司", "XK_XDR_SHXYM": "91210811XX3778782C", "XK_WSH": f"样〔2026〕{number}号",
            "XK_JDRQ": "2026/05/06", "XK_YXQZI": end,
        }  # fmt: skip
        (outcome,) = take(register, csv_of([list(row), list(row.values())]))
        assert outcome.verdict == "accept"
        assert outcome.subject is not None
        records = [entry.record for entry in register.load(outcome.subject).records.values()]
        assert isinstance(records[-1], LicenceRecorded)
        assert records[-1].valid_until is None


def test_says_where_each_fact_came_from(register: CreditRegister) -> None:
    content = penalties({})
    (outcome,) = take(register, content)
    assert outcome.subject is not None
    running = import_file(register, io.BytesIO(content), "样例.csv", context(), uuid4)
    for fact in register.history(outcome.subject):
        source = fact.envelope.source
        assert (source.system, source.batch, source.row) == ("import", running.batch_id, 2)
    batch = register.load_on(BATCH, UUID(running.batch_id))
    assert batch.received is not None
    assert batch.received.file_name == "样例.csv"
    assert UUID(running.batch_id) == batch_stream(batch.received.sha256)


def test_judges_future_dates_by_the_day_it_is_given(register: CreditRegister) -> None:
    content = penalties({"CF_JDRQ": "2026-11-24"})
    assert [(one.verdict, one.reason) for one in take(register, content)] == [("reject", "DecidedInFuture")]
    assert [one.verdict for one in take(register, content, now=NOW + timedelta(days=1))] == ["accept"]


def test_keeps_certificate_numbers_in_the_vault_alone(
    register: CreditRegister, simulated_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes = take_samples(register)
    numbers = set(identity_numbers())
    assert len(numbers) > 300
    told = b"".join(as_csv(outcomes)).decode() + json.dumps([one.as_json() for one in outcomes], ensure_ascii=False)
    stored = everything_in(simulated_database)
    assert "营商罚决字〔2025〕第0001号" in stored
    for text in (stored, told, caplog.text):
        assert not [number for number in numbers if number in text or number[6:14] + number[14:] in text]


def test_files_a_natural_person_under_the_sealed_number_and_shows_a_masked_name(
    register: CreditRegister, simulated_database: Database
) -> None:
    row = PERSON | {"CF_SY": f"当事人样例自然人（{CARD.lower()}）", "BZ": "样例自然人"}
    outcome = one(register, row)
    assert outcome.verdict == "accept"
    assert outcome.name == "样**"
    assert register.subject_by_person(CARD) == outcome.subject
    assert outcome.subject is not None
    profile = register.load(outcome.subject).profile
    assert profile is not None
    assert (profile.name, profile.code, profile.division) == ("样**", None, "210811")
    record = penalty_of(register, outcome)
    assert isinstance(record.person_id, Sealed)
    assert record.facts == f"当事人样**（{HIDDEN}）"
    stored = everything_in(simulated_database)
    assert CARD not in stored
    assert "样例自然人" not in stored
    second = one(register, row | {"CF_WSH": "样商罚字〔2026〕第2号"})
    assert second.subject == outcome.subject


def test_hides_identity_numbers_wherever_they_turn_up(register: CreditRegister, simulated_database: Database) -> None:
    content = penalties(
        {"CF_NR": f"对{CARD}罚款"},
        {"CF_XDR_SHXYM": CARD},
        {"CF_XDR_MC": CARD, "CF_WSH": "2号"},
        {"CF_WSH": f"第{CARD}号"},
        {"CF_WSH": "4号", "CF_JDRQ": CARD},
        {"CF_WSH": "5号", "CF_XDR_LB": CARD},
        {"CF_WSH": "6号", "CF_NR_FK": "", "BZ": CARD},
        PERSON | {"CF_WSH": "7号", "CF_XDR_SHXYM": CARD},
        {"CF_WSH": "8号", "CF_NR_FK": CARD},
    )
    outcomes = take(register, content)
    assert [one.reason for one in outcomes] == [
        "", "IdentityNumberMisplaced", "IdentityNumberMisplaced", "IdentityNumberMisplaced", "DateUnreadable",
        "KindUnknown", "FineWithoutAmount", "IdentityNumberMisplaced", "AmountUnreadable",
    ]  # fmt: skip
    told = json.dumps([one.as_json() for one in outcomes]) + b"".join(as_csv(outcomes)).decode()
    assert CARD not in told
    assert CARD not in everything_in(simulated_database)


def test_sets_a_doubtful_row_aside_sealed_and_once(register: CreditRegister, simulated_database: Database) -> None:
    row = {"CF_NR_FK": "", "CF_FR_ZJHM": CARD, "CF_SY": "样例事实"}
    outcome = one(register, row)
    assert (outcome.verdict, outcome.reason) == ("review", "FineWithoutAmount")
    assert outcome.aside is not None
    waiting = register.load_on(ASIDE, outcome.aside)
    assert waiting.event is not None
    assert waiting.event.shown == {
        "table": "行政处罚", "name": "样例甲公司", "code": "91210811XX3778782C", "document_no": "样商罚字〔2026〕第1号",
    }  # fmt: skip
    assert waiting.event.kept_until == date(2027, 5, 23)
    assert "样例事实" not in everything_in(simulated_database)
    head = register.head()
    again = take(register, penalties(row))
    assert [(one.verdict, one.reason) for one in again] == [("duplicate", "AlreadyWaiting")]
    assert register.head() == head


def test_stores_the_corrected_row_although_the_doubtful_one_waits(register: CreditRegister) -> None:
    assert one(register, {"CF_NR_FK": ""}).verdict == "review"
    assert one(register, {"CF_NR_FK": "1"}).verdict == "accept"
    assert one(register, {"CF_NR_FK": ""}).reason == "AlreadyRecorded"


def test_compares_names_in_words_when_the_name_differs(register: CreditRegister) -> None:
    one(register, {})
    outcome = one(register, {"CF_XDR_MC": "样例乙公司", "CF_WSH": "2号"})
    assert outcome.aside is not None
    waiting = register.load_on(ASIDE, outcome.aside).event
    assert waiting is not None
    assert (waiting.shown["given"], waiting.shown["on_file"]) == ("样例乙公司", "样例甲公司")


def test_keeps_formulas_as_text_and_neutralises_them_in_the_download(register: CreditRegister) -> None:
    formula = '=HYPERLINK("http://127.0.0.1/","点击")'
    outcome = one(register, {"BZ": formula, "CF_XDR_MC": "+样例公司", "CF_WSH": "@1"})
    assert penalty_of(register, outcome).remark == formula
    _, line = b"".join(as_csv([outcome])).decode().splitlines()
    assert "'+样例公司,'@1" in line
    for start in ("=", "+", "-", "@", "\t", "\r", " =", "＝"):
        assert neutral(f"{start}1") == f"'{start}1"
    assert neutral("1-1") == "1-1"


def test_refuses_an_officer_whose_role_may_not_import(register: CreditRegister) -> None:
    running = import_file(register, io.BytesIO(penalties({})), "样例.csv", context(role="auditor"), uuid4)
    with pytest.raises(NotAllowed):
        list(running)
    assert register.head() == (0, None)


def test_takes_a_subject_registered_by_somebody_else_a_moment_ago(
    register: CreditRegister, simulated_database: Database
) -> None:
    def a_rival_comes_first() -> UUID:
        # Asked for while the row is read: after this the chunk looks the code up and finds it free no more.
        if not rival:
            with CreditRegister.connect(simulated_database.app_url, MASTER_KEY) as other:
                rival.extend(take(other, penalties({"CF_WSH": "2号"})))
        return uuid4()

    rival: list[RowOutcome] = []
    (outcome,) = take(register, penalties({}), new_id=a_rival_comes_first)
    assert outcome.verdict == "accept"
    assert outcome.subject == rival[0].subject


def _import_until_killed(app_url: str, content: bytes, kill_after: int) -> None:
    importing.CHUNK_ROWS = 60
    with CreditRegister.connect(app_url, MASTER_KEY) as register:
        running = import_file(register, io.BytesIO(content), "行政处罚-1", context(), uuid4)
        for done, _ in enumerate(running):
            if done == kill_after:
                os.kill(os.getpid(), signal.SIGKILL)


def test_ends_as_if_never_killed_when_a_killed_import_is_run_again(
    register: CreditRegister,
    simulated_database: Database,
    make_database: Callable[..., Database],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.exchange.importing.CHUNK_ROWS", 60)
    (path,) = (path for path in FILES if path.name == "行政处罚-1.csv")
    content = path.read_bytes()
    arguments = (simulated_database.app_url, content, 70)
    process = multiprocessing.get_context("spawn").Process(target=_import_until_killed, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    half, _ = register.head()
    again = take(register, content, "行政处罚-1")
    with CreditRegister.connect(make_database(simulated=True).app_url, MASTER_KEY) as untroubled:
        take(untroubled, content, "行政处罚-1")
        assert 0 < half < register.head()[0] == untroubled.head()[0]
    wanted = [verdict for (file, _), verdict in expected().items() if file == "行政处罚-1"]
    assert [one.verdict == "reject" for one in again] == [verdict == "reject" for verdict in wanted]
    assert {one.verdict for one in again[:60]} <= {"duplicate", "reject"}
    assert [one.verdict for one in again[120:]] == wanted[120:]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*PENALTY, "CF_XDR_ZJHM", "CF_GSJZQ", "BZ"]), st.text(), max_size=6))
def test_any_text_in_any_cell_gets_a_verdict(register: CreditRegister, cells: dict[str, str]) -> None:
    outcomes = take(register, penalties(cells))
    assert all(one.verdict in ("accept", "review", "duplicate", "reject") for one in outcomes)
    assert len(outcomes) <= 1 or any("\r" in cell or "\n" in cell for cell in cells.values())


def test_a_county_office_imports_its_own_countys_decisions_whatever_the_firms_county(register: CreditRegister) -> None:
    own, other = {"CF_CFJGDM": "11210803XX00000055"}, {"CF_CFJGDM": "11210882XX00000055", "CF_WSH": "样2号"}
    asked = context()
    asked = replace(asked, officer=replace(asked.officer, area="210803"))
    content = io.BytesIO(penalties(own, other, other | {"CF_CFJGDM": "", "CF_WSH": "样3号"}))
    outcomes = list(import_file(register, content, "样例.csv", asked, uuid4))
    assert [(one.verdict, one.reason) for one in outcomes] == [
        ("accept", ""), ("reject", "NotYourArea"), ("reject", "NotYourArea"),
    ]  # fmt: skip


def test_no_outcome_quotes_what_a_cell_says_of_a_person(register: CreditRegister) -> None:
    mistyped = "110101199003070004"
    rows = [
        {"CF_XDR_LB": "张三丰 13800000000"}, {"CF_XDR_LB": "张三丰"}, {"CF_JDRQ": f"张三丰{mistyped}"},
        {"CF_NR_FK": mistyped}, {"CF_XDR_SHXYM": mistyped}, {"CF_WSH": f"样{mistyped}号"}, {"CF_XDR_MC": mistyped},
    ]  # fmt: skip
    outcomes = take(register, penalties(*rows))
    assert len(outcomes) == len(rows)
    assert outcomes[4].reason == "IdentityNumberMisplaced"
    told = json.dumps([one.as_json() for one in outcomes], ensure_ascii=False) + repr(outcomes)
    for secret in ("张三丰", "13800000000", mistyped):
        assert secret not in told
