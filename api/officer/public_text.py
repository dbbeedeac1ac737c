"""Both texts of an entry side by side (原文与公示文本): what it says, and what the public would read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.officer.words import Words
from domain.credit_file.disclosure_preparing import prepared_of
from domain.credit_file.file import CreditFile
from domain.credit_file.redaction import full_texts, masked

TEXTS: Mapping[str, Words] = {
    "counterpart_name": ("行政相对人名称", "Counterpart"),
    "representative": ("法定代表人", "Legal representative"),
    "conduct": ("违法行为类型", "Conduct"),
    "facts": ("事实", "Facts"),
    "penalty_basis": ("处罚依据", "Basis"),
    "content": ("内容", "Content"),
    "revoked_licence": ("暂扣或吊销的证照", "Licence suspended or revoked"),
    "document_title": ("决定文书名称", "Title of the document"),
    "certificate_name": ("许可证书名称", "Certificate"),
    "licence_no": ("许可编号", "Number of the licence"),
    "title": ("名称", "Title"),
    "kind": ("资质名称", "Qualification"),
    "grade": ("等级", "Grade"),
    "matter": ("承诺事项", "Matter"),
    "liability": ("违诺责任", "Liability"),
    "removal_conditions": ("移出条件", "Conditions of removal"),
    "remedies": ("救济途径", "Remedies"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One text of an entry beside what the public reads; `is_hidden` where they differ."""

    label: Words
    full: str
    public: str

    @property
    def is_hidden(self) -> bool:
        return self.full != self.public


def compared(file: CreditFile, entry_id: str) -> tuple[Compared, ...]:
    """Every text that is not empty, as prepared last; as it is where nothing was prepared or it was changed since.

    Raises EntryUnknown.
    """
    texts, prepared = full_texts(file, entry_id), prepared_of(file, entry_id)
    public = masked(texts, prepared.masks if prepared is not None else ())
    return tuple(Compared(TEXTS[name], text, public[name]) for name, text in texts.items() if text)
