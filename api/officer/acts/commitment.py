"""Acts on a commitment (信用承诺) that follow its making: publication, checks, the benefit taken back, withdrawal.

Its own page, and the procedure of a suspected breach, stand in `api.officer.commitments`.
"""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, Decision, OfficerAct, Options
from api.officer.words import Words
from domain.context import Context
from domain.credit_file.commitment_checking import (
    check_commitment,
    plan_commitment_check,
    publish_commitment,
    revoke_benefit,
    withdraw_commitment,
)
from domain.credit_file.commitment_checks import CHANNELS
from domain.credit_file.file import CreditFile

Choices = tuple[tuple[str, Words], ...]

CHECK_METHODS: Choices = (
    ("full", ("全覆盖", "of all")), ("report", ("举报", "on a report")), ("random", ("随机抽查", "drawn at random")),
)  # fmt: skip
CHECK_RESULTS: Choices = (
    ("kept", ("已履行", "kept")), ("not_due", ("未到期", "not due yet")), ("partly", ("部分履行", "kept in part")),
    ("not", ("未履行", "not kept")), ("false", ("虚假承诺", "false")),
)  # fmt: skip


def channels(file: CreditFile, context: Context) -> Choices:
    """The channels of the day."""
    return tuple((one.code, (one.zh, one.en)) for one in context.rules.lists(CHANNELS, context.today).values())


def commitment_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """What was promised, what was granted on it, and what its checks found."""
    one = file.commitments[case_id]
    made, results = one.made, dict(CHECK_RESULTS)
    told = [
        Told(("承诺事项", "Matter"), (made.matter,) * 2), Told(("承诺内容", "Content"), (made.content,) * 2),
        Told(("违诺责任", "Liability"), (made.liability,) * 2),
    ]  # fmt: skip
    if made.perform_by is not None:
        told.append(Told(("履行期限", "To be performed by"), (str(made.perform_by),) * 2))
    if made.benefit:
        told.append(Told(("因承诺取得的便利", "Granted on it"), (made.benefit,) * 2))
    for checked, _ in one.checks:
        zh, en = results[checked.result]
        told.append(Told(("核查", "Checked"), (f"{checked.checked_on}　{zh}", f"{checked.checked_on} {en}")))
    return tuple(told)


def on_commitment(decide: Decision, noun: str, *fields: Asked, **options: Options) -> OfficerAct:
    """An act on one commitment."""
    return OfficerAct(
        decide, noun, (Group(("", ""), fields),), collection="commitments", about="commitment_id", options=options,
        told=commitment_told,
    )  # fmt: skip


ACTS: tuple[OfficerAct, ...] = (
    on_commitment(
        publish_commitment, "publications", Asked("channels", ("公开渠道", "Channels"), "many"),
        Asked("published_on", ("公开日期", "Published on"), "date", required=True), channels=channels,
    ),
    on_commitment(
        plan_commitment_check, "plans",
        Asked("method", ("核查方式", "Method"), "select", required=True, options=CHECK_METHODS),
        Asked("draw_id", ("抽取编号", "Draw"), hint=("随机抽查填写", "only for a check drawn at random")),
    ),
    on_commitment(
        check_commitment, "checks", Asked("checked_on", ("核查日期", "Checked on"), "date", required=True),
        Asked("checker", ("核查人", "Checked by"), required=True),
        Asked("result", ("核查结果", "Result"), "select", required=True, options=CHECK_RESULTS),
        Asked("facts", ("核查事实", "What was found"), "area", required=True),
    ),
    on_commitment(
        revoke_benefit, "revocations", Asked("benefit", ("取消的便利", "Benefit revoked"), required=True),
        Asked("document_no", ("文书号", "Document number"), required=True),
        Asked("effective_on", ("生效日期", "From"), "date", required=True),
    ),
    on_commitment(
        withdraw_commitment, "withdrawals", Asked("withdrawn_on", ("撤回日期", "Withdrawn on"), "date", required=True),
        Asked("reason", ("理由", "Reason"), "area", required=True),
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
