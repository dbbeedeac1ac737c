"""What became of a repair besides its main steps: the other cases of its application, more time, revocation."""

from __future__ import annotations

from collections.abc import Mapping

from api.officer.act_form import Told
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.repair import Repair

REVOCATION_CAUSES: Mapping[str, Words] = {
    "false_papers": ("提交虚假材料", "false papers"),
    "false_commitment": ("承诺严重失实", "a commitment materially untrue"),
    "not_performed": ("故意不履行承诺", "a commitment wilfully not kept"),
}


def course_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """The number of the application, each extension, the withdrawal, and each step of a revocation, in order."""
    return course_of(file.repairs[case_id])


def course_of(case: Repair) -> tuple[Told, ...]:
    """As `course_told`, of one case."""
    told: list[Told] = []
    if case.received.application_no:
        told.append(Told(("申请编号", "Application"), (case.received.application_no,) * 2))
    told += [
        Told(
            ("延长至", "Extended to"),
            (f"{one.new_due_on}（{one.told_on} 告知申请人）{one.reason}",
             f"{one.new_due_on} (applicant told on {one.told_on}) {one.reason}"),
        )
        for one in case.extended
    ]  # fmt: skip
    if case.withdrawn is not None:
        back = case.withdrawn
        told.append(Told(("申请人撤回", "Taken back"), (f"{back.withdrawn_on} {back.reason}",) * 2))
    if case.repaired is not None:
        on = case.repaired.effective_on
        told.append(Told(("修复生效", "Repaired from"), (str(on),) * 2))
    return (*told, *_revocation_told(case))


def _revocation_told(case: Repair) -> list[Told]:
    told = []
    if case.notice is not None:
        notice = case.notice
        told.append(
            Told(
                ("撤销修复告知书", "Notice of revocation"),
                (f"{notice.document_no}　{notice.served_on} {notice.method}",) * 2,
            )
        )
        told.append(Told(("告知的事实", "Facts told"), (notice.facts,) * 2))
    if case.statement is not None:
        said = case.statement
        told.append(Told(("陈述、申辩", "Statement"), (f"{said.received_on} {said.summary}",) * 2))
    if case.revoked is not None:
        zh, en = REVOCATION_CAUSES[case.revoked.cause]
        on = case.revoked.revoked_on
        told.append(
            Told(("撤销修复", "Revoked"), (f"{on} {zh} {case.revoked.document_no}", f"{on} {en}")),
        )
    return told
