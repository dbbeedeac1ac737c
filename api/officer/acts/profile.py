"""Acts on the subject itself (主体信息)."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, OfficerAct
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.profile import rename_subject


def names_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """The names the subject bore, each with its first day."""
    assert file.profile is not None
    return tuple(
        Told((f"{one.from_on} 起" if one.from_on else "原名称", f"from {one.from_on}" if one.from_on else "first"),
             (one.name, one.name))
        for one in file.profile.names
    )  # fmt: skip


ACTS: tuple[OfficerAct, ...] = (
    OfficerAct(
        rename_subject, "names",
        (Group(("", ""), (
            Asked("name", ("新名称", "New name"), required=True),
            Asked("effective_on", ("变更登记日期", "Day of the change"), "date", required=True),
        )),),
        told=names_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
