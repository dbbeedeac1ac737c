"""Seal personal data so that it can be read with a stated purpose, and erased although facts are never changed.

Each person has a key; the key lies wrapped under the master key in a table from which it may be deleted. What was
sealed with it is then noise for ever, in the log, its copies and its backups alike, while everything else still
folds (个人信息保护法 Art. 47 erasure, Art. 51 encryption).

The stored form, for whoever checks it without this code:

    person key    found by HMAC-SHA-256 under the pepper of the person's identity number (NFKC, trimmed, capitals)
    plaintext     salt (16 bytes), text in UTF-8, one byte 0x80, zero bytes up to a multiple of 32
    ciphertext    base64 of nonce (12 bytes), AES-256-GCM ciphertext, tag (16 bytes)
    bound to      the ASCII text ``stream|version|field`` as additional data: a sealed field cannot be moved
    commitment    SHA-256 of salt and text; the salt is inside the ciphertext, so after erasure nothing can be tried
    wrapped key   nonce, AES-256-GCM ciphertext under the master key, tag; bound to the key id's 16 bytes
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.event import Personal, Sealed
from domain.refusals import Refused
from domain.register.batch import NewKey
from domain.register.statements import TABLES

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
BLOCK_BYTES = 32
PEPPER_ID = UUID(int=0)

# The system's generator, and never a clock that a simulation may make repeatable: a nonce used twice under one key
# would lay both texts open.
RANDOM: Callable[[int], bytes] = os.urandom  # noqa: TID251


class KeyDestroyed(Refused):
    zh = "该个人信息的密钥已依法销毁，内容不能恢复；档案其余部分不受影响。"
    en = "The key of this personal data was destroyed as the law asks; its text is gone, the rest of the file stands."
    kind = "gone"


class SealBroken(Refused):
    zh = "该个人信息与其所在记录不符，不能打开；请报告系统管理员核查。"
    en = "This personal data does not belong where it stands and cannot be opened; report it to the administrator."


class PurposeMissing(Refused):
    zh = "查看个人信息须说明用途；请填写用途后再查看。"
    en = "Personal data is opened only for a stated purpose; say what for."
    field: ClassVar[str] = "purpose"


class WrongMasterKey(Exception):
    """The vault of this database was made with another master key."""

    zh = "保险库的主密钥与本数据库不符；请配置建库时所用的主密钥。"
    en = "The vault's master key is not the one this database was created with; configure that one."

    def __init__(self) -> None:
        super().__init__(self.en)


class Table(Protocol):
    """Reads and writes the vault's tables: `CreditRecorder.select` is one."""

    def __call__(self, statement: str, **parameters: object) -> list[tuple[object, ...]]: ...


@dataclass
class Keyring:
    """The keys of the persons of one act or batch, those made for it included; thrown away with it.

    Keys are looked up each time and never kept in memory beyond: a process that had not heard of a destroyed key
    would seal a new text with it, and lose that text.
    """

    vault: Vault
    found: dict[bytes, tuple[UUID, bytes]]
    asked: set[bytes]
    made: list[NewKey] = field(default_factory=list)

    def key_of(self, person: bytes) -> tuple[UUID, bytes]:
        """Id and key of the person; made now when there is none, to be stored with the facts in one statement.

        If the process dies before that statement, neither the key nor what it sealed was ever stored.
        """
        if person not in self.asked:
            self.found |= self.vault.keys_of([person])
            self.asked.add(person)
        if person not in self.found:
            key_id, key = UUID(bytes=RANDOM(16), version=4), RANDOM(KEY_BYTES)
            self.made.append(NewKey(key_id, person, self.vault.wrap(key_id, key)))
            self.found[person] = (key_id, key)
        return self.found[person]

    def seal(self, personal: Personal, place: str) -> Sealed:
        """Seal the text for its place, ``stream|version|field``."""
        key_id, key = self.key_of(self.vault.hash_of(personal.person))
        salt, nonce = RANDOM(SALT_BYTES), RANDOM(NONCE_BYTES)
        text = personal.text.encode()
        padding = b"\x80" + bytes(-(SALT_BYTES + len(text) + 1) % BLOCK_BYTES)
        sealed = nonce + AESGCM(key).encrypt(nonce, salt + text + padding, place.encode())
        return Sealed(
            key_id=key_id,
            key_check=_check_of(key),
            ciphertext=base64.b64encode(sealed).decode(),
            commitment=hashlib.sha256(salt + text).hexdigest(),
        )


class Vault:
    """Keys of persons, the pepper of keyed hashes, and the only way to read what was sealed.

    master_key   32 bytes, kept outside the database; losing it loses all sealed text, and nothing else
    """

    def __init__(self, master_key: bytes, table: Table) -> None:
        if len(master_key) != KEY_BYTES:
            raise ValueError(f"the master key has {KEY_BYTES} bytes")
        self._master = AESGCM(master_key)
        self._table = table
        self._pepper = self._find_pepper()

    # Finding

    def hash_of(self, person: str) -> bytes:
        """The keyed hash under which a person's key is found; 32 bytes. Width, case and outer blanks do not count."""
        named = unicodedata.normalize("NFKC", person).strip().upper()
        return self.keyed_hash(b"person", named.encode())

    def keyed_hash(self, use: bytes, content: bytes) -> bytes:
        """A hash nobody can try texts against without the pepper; 32 bytes, different for each use."""
        return hmac.digest(self._pepper, use + b"\0" + content, "sha256")

    def keyring(self, persons: Iterable[str]) -> Keyring:
        """The keys of all these persons, read at once; those without one get theirs when something is sealed."""
        hashes = {self.hash_of(person) for person in persons}
        return Keyring(self, self.keys_of(list(hashes)) if hashes else {}, hashes)

    def keys_of(self, persons: list[bytes]) -> dict[bytes, tuple[UUID, bytes]]:
        """Id and key of each person who has one."""
        rows = self._table(TABLES["keys"], persons=persons)
        return {_bytes(person): (_uuid(key_id), self._unwrap(_uuid(key_id), _bytes(w))) for person, key_id, w in rows}

    def wrap(self, key_id: UUID, key: bytes) -> bytes:
        """The key as it may lie in the database."""
        nonce = RANDOM(NONCE_BYTES)
        return nonce + self._master.encrypt(nonce, key, key_id.bytes)

    # Opening and erasing

    def open(self, sealed: Sealed, purpose: str, *, officer_id: str, stream: UUID, version: int, field: str) -> str:
        """The text that was sealed at this place, for the stated purpose.

        Leaves a record of who looked and why before the text is returned: a process that dies in between leaves a
        look that nobody had, never a look that nobody recorded.
        Refused, in this order: PurposeMissing, KeyDestroyed, SealBroken.
        """
        if not purpose.strip():
            raise PurposeMissing
        rows = self._table(TABLES["open_key"], key_id=sealed.key_id, officer=officer_id, purpose=purpose.strip())
        if not rows:
            raise KeyDestroyed
        key = self._unwrap(sealed.key_id, _bytes(rows[0][0]))
        if _check_of(key) != sealed.key_check:
            raise SealBroken
        ciphertext = base64.b64decode(sealed.ciphertext)
        try:
            plain = AESGCM(key).decrypt(
                ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:], place_of(stream, version, field).encode()
            )
        except InvalidTag:
            raise SealBroken from None
        salted = plain.rstrip(b"\0")[:-1]
        if hashlib.sha256(salted).hexdigest() != sealed.commitment:
            raise SealBroken
        return salted[SALT_BYTES:].decode()

    def destroy_key(self, key_id: UUID, purpose: str, *, officer_id: str) -> bool:
        """Erase what was sealed with the key, and the way from the person to the file; False when it was gone.

        The deletion and its record are one transaction. A fact about the person that commits in the same moment is
        as if it had come just before: its sealed text is erased too.
        Refused: PurposeMissing.
        """
        if not purpose.strip():
            raise PurposeMissing
        rows = self._table(TABLES["destroy_key"], key_id=key_id, officer=officer_id, purpose=purpose.strip())
        return bool(rows[0][0])

    def _unwrap(self, key_id: UUID, wrapped: bytes) -> bytes:
        try:
            return self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], key_id.bytes)
        except InvalidTag:
            raise WrongMasterKey from None

    def _find_pepper(self) -> bytes:
        """The pepper; made at the first start. Two first starts at once: the second finds the first one's."""
        rows = self._table(TABLES["pepper"])
        if not rows:
            self._table(TABLES["make_pepper"], wrapped=self.wrap(PEPPER_ID, RANDOM(KEY_BYTES)))
            rows = self._table(TABLES["pepper"])
        return self._unwrap(PEPPER_ID, _bytes(rows[0][0]))


def place_of(stream: UUID, version: int, field: str) -> str:
    """What a sealed field is bound to; `field` is its path in the act, as ``identity_number``, ``rows.3.text``."""
    return f"{stream}|{version}|{field}"


def _check_of(key: bytes) -> str:
    return hashlib.sha256(key).digest()[:8].hex()


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes)
    return value


def _uuid(value: object) -> UUID:
    assert isinstance(value, UUID)
    return value
