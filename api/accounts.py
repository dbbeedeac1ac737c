"""Accounts and sessions: who is at the keyboard. What they may do is read from their appointments.

Passwords are kept as argon2id, session tokens as their SHA-256: whoever reads the tables can sign in as nobody.
Failed tries are counted for the address they come from, and slow down guessing from there and nowhere else.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.refusals import Refused
from projections.named_queries import Queries

if TYPE_CHECKING:
    from api.parts import Pool

QUERIES = Queries.beside(__file__)
OFFICERS = UUID("0d4a3e6c-5a0b-4c6a-9a53-6f2b1c7d8e90")
IDLE_MAX = timedelta(minutes=45)
SESSION_MAX = timedelta(hours=10)
SEEN_STEP = timedelta(minutes=1)
FAILURES_WINDOW = timedelta(minutes=15)
FAILURES_OF_ACCOUNT_FREE = 5
FAILURES_OF_ADDRESS_FREE = 30
FIRST_DELAY = timedelta(seconds=30)
PASSWORD_LENGTH_MIN = 10
ACCOUNT_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")

_hasher = PasswordHasher()
# Verified against when there is no such account, so that the answer takes as long as for one that exists.
_NOBODY = _hasher.hash("nobody has this password")


class WrongPassword(Refused):
    zh = "账号或密码不正确；请核对后再试。"
    en = "The account or the password is wrong; check both and try again."
    field = "password"
    kind = "forbidden"


class TooManyTries(Refused):
    zh = "失败次数过多；请 {minutes} 分钟后再试，或请系统管理员核实。"
    en = "Too many failed tries; try again in {minutes} minutes or ask the administrator."
    field = "password"
    kind = "too_many"


class PasswordTooShort(Refused):
    zh = "密码至少 {least} 个字符；请改用更长的密码。"
    en = "A password has at least {least} characters; choose a longer one."
    field = "password"
    kind = "malformed"


class AccountNameMisshapen(Refused):
    zh = "账号应为 2 至 40 个小写字母、数字或 . _ -，以字母或数字开头；请改正。"
    en = "An account name has 2 to 40 small letters, digits or . _ -, beginning with a letter or digit; correct it."
    field = "officer_id"
    kind = "malformed"


class AccountExists(Refused):
    zh = "账号“{officer_id}”已存在；请另取账号名。"
    en = "The account {officer_id} exists already; choose another name."
    field = "officer_id"


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `disabled_at` None means that it is open."""

    officer_id: str
    stream_id: UUID
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """An open session: whose it is, and on whose behalf they chose to act."""

    officer_id: str
    stream_id: UUID
    acting_for: str | None
    acting_for_stream: UUID | None


def officer_stream(officer_id: str) -> UUID:
    """The stream of an officer's appointments: it follows from the account name, so there is only one."""
    return uuid5(OFFICERS, officer_id)


def digest(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def csrf_of(token: str) -> str:
    """The token every form of a session carries: tells nothing about the session's own token."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


class Accounts:
    """Accounts and sessions in the database. Every instant is the caller's clock's."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    # Accounts

    def add(self, officer_id: str, password: str, now: datetime, stream_id: UUID | None = None) -> Account:
        """Open an account for the officer appointed on the stream (None: the one that follows from the name).

        Refused, in this order: AccountNameMisshapen, PasswordTooShort, AccountExists.
        """
        stream_id = stream_id or officer_stream(officer_id)
        check_account_name(officer_id)
        _check_password(password)
        made = self._ask(
            "add", officer_id=officer_id, stream_id=stream_id, password_hash=_hasher.hash(password), now=now
        )
        if not made:
            raise AccountExists(officer_id=officer_id)
        return Account(officer_id, stream_id, None)

    def all(self) -> list[Account]:
        """Every account by name."""
        return [Account(*row) for row in self._ask("all")]

    def set_password(self, officer_id: str, password: str) -> None:
        """Replace the password and end every session of the account. Refused: PasswordTooShort."""
        _check_password(password)
        with self.pool.connection() as connection:
            QUERIES.fetch_plain(connection, "set_password", officer_id=officer_id, password_hash=_hasher.hash(password))
            QUERIES.fetch_plain(connection, "end_sessions", officer_id=officer_id)

    def disable(self, officer_id: str, now: datetime) -> None:
        """Close the account and end its sessions."""
        with self.pool.connection() as connection:
            QUERIES.fetch_plain(connection, "disable", officer_id=officer_id, now=now)
            QUERIES.fetch_plain(connection, "end_sessions", officer_id=officer_id)

    # Sessions

    def check_password(self, officer_id: str, password: str, address: str, now: datetime) -> Account:
        """The account of these credentials. Refused, in this order: TooManyTries, WrongPassword.

        Who failed before has to wait, the longer the more often. Failures count for the account as tried from this
        address, and for the address: what others fail from elsewhere never keeps an officer out.
        """
        place = place_of(address)
        account_here, here = digest(f"account {officer_id} address {place}"), digest(f"address {place}")
        with self.pool.connection() as connection:
            QUERIES.fetch_plain(connection, "forget_failures", before=now - FAILURES_WINDOW)
            failures = QUERIES.fetch_plain(connection, "failures", who=[account_here, here])
            rows = QUERIES.fetch_plain(connection, "with_password", officer_id=officer_id)
        free = {account_here: FAILURES_OF_ACCOUNT_FREE, here: FAILURES_OF_ADDRESS_FREE}
        wait = max((last + delay_after(count, free[who]) - now for who, count, last in failures), default=timedelta())
        if wait > timedelta():
            raise TooManyTries(minutes=ceil(wait / timedelta(minutes=1)))
        found = rows[0] if rows else None
        is_right = _verifies(found[3] if found else _NOBODY, password)
        if found is None or found[2] is not None or not is_right:
            self._ask("note_failures", who=[account_here, here], now=now)
            raise WrongPassword
        self._ask("forgive", who=account_here)
        return Account(*found[:3])

    def open_session(self, officer_id: str, token: str, now: datetime) -> datetime:
        """Open a session under the token and return when it ends at the latest."""
        ends_at = now + SESSION_MAX
        with self.pool.connection() as connection:
            QUERIES.fetch_plain(connection, "end_old_sessions", now=now)
            QUERIES.fetch_plain(
                connection, "open_session", token_hash=digest(token), officer_id=officer_id, now=now, ends_at=ends_at
            )
        return ends_at

    def session(self, token: str, now: datetime) -> Session | None:
        """The open session of a token, None once it ended, idled too long, or its account was closed."""
        found = self._ask("session", token_hash=digest(token), now=now, idle_since=now - IDLE_MAX)
        if not found:
            return None
        *session, seen_at = found[0]
        if seen_at < now - SEEN_STEP:
            self._ask("see", token_hash=digest(token), now=now)
        return Session(*session)

    def act_for(self, token: str, officer_id: str | None) -> None:
        """Remember on whose behalf the session acts; whether it may is asked anew at every request."""
        self._ask("act_for", token_hash=digest(token), acting_for=officer_id)

    def end_session(self, token: str) -> None:
        """End one session."""
        self._ask("end_session", token_hash=digest(token))

    def end_sessions(self, officer_id: str) -> int:
        """End every session of the account and return how many there were."""
        return len(self._ask("end_sessions", officer_id=officer_id))

    def _ask(self, query: str, **parameters: object) -> list[tuple[Any, ...]]:
        with self.pool.connection() as connection:
            return QUERIES.fetch_plain(connection, query, **parameters)


def delay_after(failures: int, free: int) -> timedelta:
    """How long after the last failure the next try is taken: nothing for the first `free`, then twice as long each
    time, up to the time after which failures are forgotten."""
    if failures < free:
        return timedelta()
    return min(FIRST_DELAY * (1 << min(failures - free, 10)), FAILURES_WINDOW)


def place_of(address: str) -> str:
    """What counts as one address: of IPv6 the first half, since the second is the visitor's own to choose."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def check_account_name(officer_id: str) -> None:
    """Refused: AccountNameMisshapen."""
    if ACCOUNT_NAME.fullmatch(officer_id) is None:
        raise AccountNameMisshapen


def _check_password(password: str) -> None:
    if len(password) < PASSWORD_LENGTH_MIN:
        raise PasswordTooShort(least=PASSWORD_LENGTH_MIN)


def _verifies(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
