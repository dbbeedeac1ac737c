"""Redaction (脱敏): the text of an entry that the public would read, and the same with what may not be shown hidden.

The handler names the passages; the register puts stars in their place. So the public text never says a word that the
decision does not say, and a reader sees that something stood there. Both texts are known by their hashes.
Basis: 个人信息保护法 28, 51; 政府信息公开条例 14, 15; SAMR Order 45 7; code list `redaction_conventions`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from domain.credit_file.disclosure_period import EntryUnknown
from domain.event import Frozen
from domain.law.reading import Reading
from domain.personal_numbers import identity_numbers, mobile_numbers

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

STARS = "**"
"""However long the passage: its length is not told."""

TEXT_OF_RECORD = (
    "counterpart_name", "representative", "conduct", "facts", "penalty_basis", "content", "revoked_licence",
    "document_title", "certificate_name", "licence_no",
)  # fmt: skip
TEXT_OF_CONDUCT = ("title", "kind", "grade", "facts")
TEXT_OF_COMMITMENT = ("matter", "content", "liability")
TEXT_OF_DECISION = ("removal_conditions", "remedies")


class Mask(Frozen):
    """One field of an entry as the public reads it, where that is not what it says."""

    field: str
    public_text: str


def full_texts(file: CreditFile, entry_id: str) -> dict[str, str]:
    """Every text of an entry that its public page prints, by field. Raises EntryUnknown."""
    if (entry := file.records.get(entry_id)) is not None:
        return {name: getattr(entry.record, name) for name in TEXT_OF_RECORD if hasattr(entry.record, name)}
    if (conduct := file.conducts.get(entry_id)) is not None:
        return {name: getattr(conduct.record, name) for name in TEXT_OF_CONDUCT if hasattr(conduct.record, name)}
    if (one := file.commitments.get(entry_id)) is not None:
        return {name: getattr(one.made, name) for name in TEXT_OF_COMMITMENT}
    if (listing := file.listings.get(entry_id)) is not None and listing.listed is not None:
        decision = listing.decision
        texts = {name: getattr(decision, name) for name in TEXT_OF_DECISION} if decision is not None else {}
        return {"facts": listing.listed.facts, **texts}
    raise EntryUnknown


def number_of(file: CreditFile, entry_id: str) -> str:
    """The number by which officers call an entry: of its document, certificate or decision; else its id."""
    if (entry := file.records.get(entry_id)) is not None:
        return entry.record.document_no
    if (conduct := file.conducts.get(entry_id)) is not None:
        return conduct.number
    if (listing := file.listings.get(entry_id)) is not None:
        return listing.listed.decision_no if listing.listed is not None else listing.list_type
    commitment = file.commitments.get(entry_id)
    return commitment.made.document_no if commitment is not None else entry_id


def masks_of(texts: Mapping[str, str], withheld: tuple[str, ...]) -> tuple[Mask, ...]:
    """The fields in which a passage stands, each with every passage hidden; the longest passage first, so that a
    passage within another leaves nothing of it behind."""
    found = []
    for name, text in texts.items():
        public = text
        for passage in sorted(withheld, key=len, reverse=True):
            public = public.replace(passage, STARS)
        if public != text:
            found.append(Mask(field=name, public_text=public))
    return tuple(found)


def masked(texts: Mapping[str, str], masks: tuple[Mask, ...]) -> dict[str, str]:
    """The texts as the public reads them."""
    hidden = {one.field: one.public_text for one in masks}
    return {name: hidden.get(name, text) for name, text in texts.items()}


def hash_of(texts: Mapping[str, str]) -> str:
    """SHA-256 (hex) of the texts as JSON, fields in order of their names: the same text has one hash for ever."""
    written = json.dumps(dict(texts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def shows_number(texts: Mapping[str, str]) -> bool:
    """Whether an identity number or a mobile number stands in any of the texts."""
    halves = (unicodedata.normalize("NFKC", text) for text in texts.values())
    return any(identity_numbers(one) or mobile_numbers(one) for one in halves)


def needs_preparation(file: CreditFile, entry_id: str, rules: Reading) -> bool:
    """Whether somebody must look at the text before its release: it is of a natural person, shows a personal number, or
    has a word that marks what may not be shown, as 举报人 or 商业秘密. Raises EntryUnknown."""
    texts = full_texts(file, entry_id)
    if (file.profile is not None and file.profile.subject_kind == "natural_person") or shows_number(texts):
        return True
    conventions = rules.rulebook.code_list("redaction_conventions") if _knows(rules) else {}
    return any(word in text for one in conventions.values() for word in one.aliases for text in texts.values())


def _knows(rules: Reading) -> bool:
    try:
        return bool(rules.rulebook.code_list("redaction_conventions"))
    except KeyError:
        # A version adopted before the list existed did not ask.
        return False
