"""Accounts and sessions: who is at the keyboard. What they may do is read from their appointments.

Passwords are kept as argon2id, session tokens as their SHA-256: whoever reads the tables can sign in as nobody.
Failed tries are counted per account and per address, and slow down guessing without locking an account for good.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.refusals import Refused

if TYPE_CHECKING:
    from api.parts import Pool

OFFICERS = UUID("0d4a3e6c-5a0b-4c6a-9a53-6f2b1c7d8e90")
IDLE_MAX = timedelta(minutes=45)
SESSION_MAX = timedelta(hours=10)
SEEN_STEP = timedelta(minutes=1)
FAILURES_WINDOW = timedelta(minutes=15)
FAILURES_OF_ACCOUNT_MAX = 5
FAILURES_OF_ADDRESS_MAX = 30
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
        with self.pool.connection() as connection:
            made = connection.execute(
                "INSERT INTO account (officer_id, stream_id, password_hash, created_at) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (officer_id) DO NOTHING RETURNING officer_id",
                (officer_id, stream_id, _hasher.hash(password), now),
            ).fetchone()
        if made is None:
            raise AccountExists(officer_id=officer_id)
        return Account(officer_id, stream_id, None)

    def all(self) -> list[Account]:
        """Every account by name."""
        with self.pool.connection() as connection:
            rows = connection.execute(
                "SELECT officer_id, stream_id, disabled_at FROM account ORDER BY officer_id"
            ).fetchall()
        return [Account(*row) for row in rows]

    def set_password(self, officer_id: str, password: str) -> None:
        """Replace the password and end every session of the account. Refused: PasswordTooShort."""
        _check_password(password)
        with self.pool.connection() as connection:
            connection.execute(
                "UPDATE account SET password_hash = %s WHERE officer_id = %s", (_hasher.hash(password), officer_id)
            )
            connection.execute("DELETE FROM session WHERE officer_id = %s", (officer_id,))

    def disable(self, officer_id: str, now: datetime) -> None:
        """Close the account and end its sessions."""
        with self.pool.connection() as connection:
            connection.execute("UPDATE account SET disabled_at = %s WHERE officer_id = %s", (now, officer_id))
            connection.execute("DELETE FROM session WHERE officer_id = %s", (officer_id,))

    # Sessions

    def check_password(self, officer_id: str, password: str, address: str, now: datetime) -> Account:
        """The account of these credentials. Refused, in this order: TooManyTries, WrongPassword."""
        account_key, address_key = digest(f"account {officer_id}"), digest(f"address {address}")
        with self.pool.connection() as connection:
            connection.execute("DELETE FROM failed_sign_in WHERE failed_at < %s", (now - FAILURES_WINDOW,))
            tries: dict[bytes, int] = dict(
                connection.execute(
                    "SELECT who, count(*) FROM failed_sign_in WHERE who = ANY(%s) GROUP BY who",
                    ([account_key, address_key],),
                ).fetchall()
            )
            row = connection.execute(
                "SELECT officer_id, stream_id, disabled_at, password_hash FROM account WHERE officer_id = %s",
                (officer_id,),
            ).fetchone()
        if tries.get(account_key, 0) >= FAILURES_OF_ACCOUNT_MAX or tries.get(address_key, 0) >= FAILURES_OF_ADDRESS_MAX:
            raise TooManyTries(minutes=int(FAILURES_WINDOW.total_seconds() // 60))
        is_right = _verifies(row[3] if row else _NOBODY, password)
        if row is None or row[2] is not None or not is_right:
            with self.pool.connection() as connection:
                for key in (account_key, address_key):
                    connection.execute("INSERT INTO failed_sign_in (who, failed_at) VALUES (%s, %s)", (key, now))
            raise WrongPassword
        return Account(row[0], row[1], row[2])

    def open_session(self, officer_id: str, token: str, now: datetime) -> datetime:
        """Open a session under the token and return when it ends at the latest."""
        ends_at = now + SESSION_MAX
        with self.pool.connection() as connection:
            connection.execute("DELETE FROM session WHERE ends_at < %s", (now,))
            connection.execute(
                "INSERT INTO session (token_hash, officer_id, started_at, seen_at, ends_at)"
                " VALUES (%s, %s, %s, %s, %s)",
                (digest(token), officer_id, now, now, ends_at),
            )
        return ends_at

    def session(self, token: str, now: datetime) -> Session | None:
        """The open session of a token, None once it ended, idled too long, or its account was closed."""
        with self.pool.connection() as connection:
            row = connection.execute(
                "SELECT s.officer_id, a.stream_id, s.acting_for, other.stream_id, s.seen_at FROM session s"
                " JOIN account a ON a.officer_id = s.officer_id AND a.disabled_at IS NULL"
                " LEFT JOIN account other ON other.officer_id = s.acting_for"
                " WHERE s.token_hash = %s AND s.ends_at > %s AND s.seen_at > %s",
                (digest(token), now, now - IDLE_MAX),
            ).fetchone()
            if row is not None and row[4] < now - SEEN_STEP:
                connection.execute("UPDATE session SET seen_at = %s WHERE token_hash = %s", (now, digest(token)))
        return None if row is None else Session(row[0], row[1], row[2], row[3])

    def act_for(self, token: str, officer_id: str | None) -> None:
        """Remember on whose behalf the session acts; whether it may is asked anew at every request."""
        with self.pool.connection() as connection:
            connection.execute("UPDATE session SET acting_for = %s WHERE token_hash = %s", (officer_id, digest(token)))

    def end_session(self, token: str) -> None:
        """End one session."""
        with self.pool.connection() as connection:
            connection.execute("DELETE FROM session WHERE token_hash = %s", (digest(token),))

    def end_sessions(self, officer_id: str) -> int:
        """End every session of the account and return how many there were."""
        with self.pool.connection() as connection:
            return connection.execute("DELETE FROM session WHERE officer_id = %s", (officer_id,)).rowcount


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
