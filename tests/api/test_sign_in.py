"""Signing in and out: sessions on the server, tokens on every form, and guessing slowed down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg_pool
import pytest

from api.accounts import (
    IDLE_MAX,
    SESSION_MAX,
    AccountExists,
    AccountNameMisshapen,
    Accounts,
    PasswordTooShort,
    TooManyTries,
    WrongPassword,
    officer_stream,
    place_of,
)
from api.demo.people import PASSWORD
from api.demo.script import named
from api.desk import id_of
from api.identity import OFFICERS
from domain.casework.officers import delegate_power
from domain.context import Context, Filing, Officer
from domain.law.reading import Reading
from tests.databases import Database
from tests.html import parse
from tests.site import Site, sign_in

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
WORD = "样例密码-足够长了吧"


@pytest.fixture
def accounts(database: Database) -> Iterator[Accounts]:
    with psycopg_pool.ConnectionPool(database.app_url, min_size=1, max_size=2, open=True) as pool:
        yield Accounts(pool)


def test_a_password_opens_the_account_it_belongs_to(accounts: Accounts) -> None:
    accounts.add("sample.a", WORD, NOW)
    assert accounts.check_password("sample.a", WORD, "::1", NOW).stream_id == officer_stream("sample.a")
    with pytest.raises(WrongPassword):
        accounts.check_password("sample.a", WORD + "x", "::1", NOW)
    with pytest.raises(WrongPassword):
        accounts.check_password("sample.b", WORD, "::1", NOW)


def test_an_account_is_refused_for_its_name_before_its_password_before_its_double(accounts: Accounts) -> None:
    with pytest.raises(AccountNameMisshapen):
        accounts.add("样例", "short", NOW)
    with pytest.raises(PasswordTooShort):
        accounts.add("sample.a", "short", NOW)
    accounts.add("sample.a", WORD, NOW)
    with pytest.raises(AccountExists):
        accounts.add("sample.a", WORD, NOW)


def fail(accounts: Accounts, times: int, address: str, at: datetime = NOW, officer_id: str = "sample.a") -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            accounts.check_password(officer_id, "wrong", address, at)


def test_guessing_one_account_is_slowed_down_more_and_more_and_forgiven_later(accounts: Accounts) -> None:
    accounts.add("sample.a", WORD, NOW)
    fail(accounts, 5, "192.0.2.7")
    at = NOW
    for seconds in (30, 60, 120):
        with pytest.raises(TooManyTries):
            accounts.check_password("sample.a", WORD, "192.0.2.7", at + timedelta(seconds=seconds - 1))
        at += timedelta(seconds=seconds)
        fail(accounts, 1, "192.0.2.7", at)
    with pytest.raises(TooManyTries):
        accounts.check_password("sample.a", WORD, "192.0.2.7", at + timedelta(minutes=3))
    assert accounts.check_password("sample.a", WORD, "192.0.2.7", at + timedelta(minutes=16))


def test_what_strangers_guess_elsewhere_never_keeps_an_officer_out(accounts: Accounts) -> None:
    accounts.add("sample.a", WORD, NOW)
    for place in range(10):
        fail(accounts, 5, f"192.0.2.{place}")
    with pytest.raises(TooManyTries):
        accounts.check_password("sample.a", WORD, "192.0.2.1", NOW)
    assert accounts.check_password("sample.a", WORD, "198.51.100.1", NOW)


def test_a_right_password_makes_the_slips_before_it_forgotten(accounts: Accounts) -> None:
    accounts.add("sample.a", WORD, NOW)
    for _ in range(3):
        fail(accounts, 4, "192.0.2.7")
        assert accounts.check_password("sample.a", WORD, "192.0.2.7", NOW)


@pytest.mark.parametrize(("address", "neighbour", "other"), [
    ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
    ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1"),
])  # fmt: skip
def test_guessing_many_accounts_from_one_address_is_slowed_down(
    accounts: Accounts, address: str, neighbour: str, other: str
) -> None:
    accounts.add("sample.a", WORD, NOW)
    place = place_of(address)
    with accounts.pool.connection() as connection:
        connection.execute(
            "INSERT INTO failed_sign_in SELECT sha256(%s::text::bytea), %s FROM generate_series(1, 30)",
            (f"address {place}", NOW),
        )
    with pytest.raises(TooManyTries):
        accounts.check_password("sample.a", WORD, neighbour, NOW)
    assert accounts.check_password("sample.a", WORD, other, NOW)


def test_a_session_ends_when_it_idles_when_it_is_old_and_when_the_account_is_closed(accounts: Accounts) -> None:
    accounts.add("sample.a", WORD, NOW)
    accounts.open_session("sample.a", "token", NOW)
    assert accounts.session("token", NOW + IDLE_MAX - timedelta(seconds=1)) is not None
    assert accounts.session("token", NOW + 2 * IDLE_MAX - timedelta(minutes=2)) is not None
    assert accounts.session("token", NOW + 4 * IDLE_MAX) is None
    accounts.open_session("sample.a", "another", NOW)
    at = NOW
    while at < NOW + SESSION_MAX - timedelta(minutes=30):
        at += timedelta(minutes=30)
        assert accounts.session("another", at) is not None
    assert accounts.session("another", NOW + SESSION_MAX) is None
    accounts.open_session("sample.a", "third", NOW)
    accounts.disable("sample.a", NOW)
    assert accounts.session("third", NOW) is None
    with pytest.raises(WrongPassword):
        accounts.check_password("sample.a", WORD, "::1", NOW)


def test_sessions_are_ended_one_by_one_or_all_at_once(accounts: Accounts) -> None:
    accounts.add("sample.a", WORD, NOW)
    for token in ("one", "two", "three"):
        accounts.open_session("sample.a", token, NOW)
    accounts.end_session("one")
    assert accounts.session("one", NOW) is None
    assert accounts.session("two", NOW) is not None
    assert accounts.end_sessions("sample.a") == 2
    assert accounts.session("two", NOW) is None


def test_neither_password_nor_token_is_in_the_database(accounts: Accounts) -> None:
    accounts.add("sample.a", WORD, NOW)
    accounts.open_session("sample.a", "the token itself", NOW)
    with accounts.pool.connection() as connection:
        rows = connection.execute("SELECT a::text || s::text FROM account a JOIN session s USING (officer_id)")
        kept = rows.fetchall()[0][0]
    assert WORD not in kept
    assert b"the token itself".hex() not in kept
    assert "$argon2id$" in kept


# Through the pages


def test_a_stranger_is_led_to_the_form_and_back_to_the_page_asked_for(site: Site) -> None:
    with site.client() as client:
        asked = client.get("/sign-in/powers?a=b")
        assert asked.headers["location"] == "/sign-in?next=%2Fsign-in%2Fpowers%3Fa%3Db"
        form = parse(client.get(asked.headers["location"]).text)
        assert form.one("input", name="next").attributes["value"] == "/sign-in/powers?a=b"
        assert sign_in(client, "jia", PASSWORD, "/sign-in/powers?a=b").headers["location"] == "/sign-in/powers?a=b"
        page = parse(client.get("/sign-in/powers").text)
        assert "样例员甲（科室经办人）" in page.one("div", "mast").words


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site) -> None:
    with site.client() as client:
        cookie = sign_in(client, "jia", PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie, "this test speaks plain http"


def test_signing_in_never_leads_to_another_site(site: Site) -> None:
    with site.client() as client:
        assert sign_in(client, "jia", PASSWORD, "//example.com/").headers["location"] == "/"


def test_a_wrong_password_shows_the_form_again_with_the_account_and_without_the_password(site: Site) -> None:
    with site.client() as client:
        answer = sign_in(client, "nobody.here", "a wrong password")
    page = parse(answer.text)
    assert answer.status_code == 403
    assert page.one("input", name="officer_id").attributes["value"] == "nobody.here"
    field = page.one("input", name="password").attributes
    assert "value" not in field
    assert field["aria-invalid"] == "true"
    assert "autofocus" in field
    assert page.one("", id=field["aria-describedby"]).words == "账号或密码不正确；请核对后再试。"
    assert "a wrong password" not in answer.text


def test_a_form_from_elsewhere_signs_nobody_in(site: Site) -> None:
    fields = {"officer_id": "jia", "password": PASSWORD, "csrf": "guessed"}
    with site.client() as client:
        assert client.post("/sign-in", data=fields).status_code == 403
        client.get("/sign-in")
        assert client.post("/sign-in", data=fields).status_code == 403
        assert "xinlu_session" not in client.cookies


def test_a_form_of_a_session_needs_that_sessions_token(site: Site) -> None:
    with site.signed_in("jia") as jia, site.signed_in("yi") as yi:
        other = parse(yi.get("/sign-in/powers").text).one("form", action="/sign-out").one("input").attributes["value"]
        for csrf in ("", "guessed", other):
            answer = jia.post("/sign-out", data={"csrf": csrf})
            assert answer.status_code == 403
            assert "没有保存" in parse(answer.text).one("p", "standing").words
        assert jia.get("/sign-in/powers").status_code == 200


def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    with site.signed_in("jia") as client:
        token = client.cookies["xinlu_session"]
        csrf = (
            parse(client.get("/sign-in/powers").text).one("form", action="/sign-out").one("input").attributes["value"]
        )
        assert client.post("/sign-out", data={"csrf": csrf}).status_code == 303
    with site.client(cookies={"xinlu_session": token}) as client:
        assert client.get("/sign-in/powers").status_code == 303


def test_an_officer_acts_for_another_while_the_power_is_lent_and_no_other_way(site: Site) -> None:
    """甲 (handler) acts for 丁 (leader), who is away from today on."""
    parts, today = site.parts, site.clock.today()
    ding = Officer("ding", "leader", "leading_group")
    filing = Filing(request_id=id_of(named("delegation"), "test"))
    context = Context(site.clock.now(), ding, Reading(parts.rulebooks.in_use()), filing)
    parts.register.do_on(
        OFFICERS, delegate_power, named("officer/ding"), context, to_officer_id="jia", from_on=today,
        until_on=date(2026, 12, 31), reason="出差（样例）",
    )  # fmt: skip
    with site.signed_in("jia") as client:
        page = parse(client.get("/sign-in/powers").text)
        csrf = page.all("input", name="csrf")[0].attributes["value"]
        assert [one.words for one in page.all("label")] == ["本人", "样例员丁（分管领导）"]
        refused = client.post("/sign-in/powers", data={"csrf": csrf, "acting_for": "yi"})
        assert refused.status_code == 403
        assert client.post("/sign-in/powers", data={"csrf": csrf, "acting_for": "ding"}).status_code == 303
        page = parse(client.get("/sign-in/powers").text)
        assert "样例员甲（分管领导，代 ding）" in page.one("div", "mast").words
        assert client.post("/sign-in/powers", data={"csrf": csrf, "acting_for": ""}).status_code == 303
        assert "（科室经办人）" in parse(client.get("/sign-in/powers").text).one("div", "mast").words


@pytest.mark.parametrize(
    ("officer_id", "first"), [("jia", "/officer"), ("ji", "/officer"), ("wu", "/audit"), ("xin", "/about")]
)
def test_everybody_lands_on_a_page_they_may_use_when_they_asked_for_none(
    site: Site, officer_id: str, first: str
) -> None:
    with site.client(follow_redirects=True) as client:
        page = parse(client.get("/sign-in").text)
        asked = page.one("input", name="next").attributes["value"]
        answer = sign_in(client, officer_id, PASSWORD, asked)
        assert (answer.status_code, answer.url.path) == (200, first)
