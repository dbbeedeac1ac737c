"""Addresses inside a subject's file (网址)."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID


def address_of(subject_id: UUID, *parts: str) -> str:
    """The address of something in a subject's file."""
    return "/".join((f"/officer/subjects/{subject_id}", *(quote(one, safe="") for one in parts)))
