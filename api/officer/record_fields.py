"""What the forms of a licence and of a penalty ask: every column of the V2 tables, in groups a clerk knows."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, cast

from api.forms import Fields
from api.officer.act_form import Asked, Group, many_of
from api.officer.words import Words
from domain.credit_code import clean
from domain.credit_file.profile import Profile
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.law.reading import Reading

LONG_TERM_HINT: Words = ("长期的不填", "leave empty for long-term")
AMOUNT_HINT: Words = ("单位：元", "in yuan")

SOURCE = Group(
    ("来源与备注（可以不填）", "Source and remarks, optional"),
    (
        Asked("authority_code", ("机关统一社会信用代码", "Code of the authority")),
        Asked("source_unit", ("数据来源单位", "Sending office")),
        Asked("source_unit_code", ("来源单位代码", "Its code")),
        Asked("remark", ("备注", "Remark")),
    ),
)


def licence_groups(profile: Profile, rules: Reading, today: date) -> tuple[Group, ...]:
    """The groups of the licence form."""
    kinds = rules.lists("licence_kinds", today)
    document = Group(
        ("决定书", "The document"),
        (
            Asked("document_title", ("决定文书名称", "Title"), value="行政许可决定书"),
            Asked("document_no", ("决定文书号", "Number"), required=True),
            Asked("decided_on", ("决定日期", "Decided on"), "date", required=True),
            Asked("licence_kind", ("许可类别", "Kind"), "select",
                  options=tuple((one.zh, (one.zh, one.en)) for one in kinds.values())),
            Asked("authority", ("许可机关", "Authority"), required=True),
            Asked("content", ("许可内容", "Content"), "area", required=True),
        ),
    )  # fmt: skip
    certificate = Group(
        ("证书与有效期", "Certificate and validity"),
        (
            Asked("certificate_name", ("证书名称", "Certificate")),
            Asked("licence_no", ("许可编号", "Its number")),
            Asked("valid_from", ("有效期自", "Valid from"), "date"),
            Asked("valid_until", ("有效期至", "Valid through"), "date", hint=LONG_TERM_HINT),
            Asked("status", ("当前状态", "Status"), "select", value="1",
                  options=(("1", ("有效", "valid")), ("2", ("无效", "not valid")))),
        ),
    )  # fmt: skip
    return (_counterpart(profile), document, certificate, SOURCE)


def penalty_groups(profile: Profile, rules: Reading, today: date) -> tuple[Group, ...]:
    """The groups of the penalty form."""
    document = Group(
        ("决定书", "The document"),
        (
            Asked("document_no", ("决定书文号", "Number"), required=True),
            Asked("decided_on", ("决定日期", "Decided on"), "date", required=True),
            Asked("authority", ("处罚机关", "Authority"), required=True),
            Asked("procedure", ("程序", "Procedure"), "select",
                  options=(("ordinary", ("普通程序", "ordinary")), ("summary", ("简易程序", "summary")))),
            Asked("conduct", ("违法行为类型", "Conduct"), required=True),
            Asked("penalty_basis", ("处罚依据", "Basis"), required=True),
            Asked("facts", ("违法事实", "Facts"), "area", required=True),
        ),
    )  # fmt: skip
    measures = Group(
        ("处罚", "The penalty"),
        (
            Asked("penalty_kinds", ("处罚类别", "Kinds"), "many", options=_kinds(rules, today)),
            Asked("content", ("处罚内容", "Content"), "area", required=True),
            Asked("fine", ("罚款金额", "Fine"), hint=AMOUNT_HINT),
            Asked("confiscation", ("没收金额", "Confiscation"), hint=AMOUNT_HINT),
            Asked("revoked_licence", ("暂扣或吊销的证照", "Permit suspended or revoked")),
        ),
    )
    days = Group(
        ("期间", "Periods"),
        (
            Asked("penalty_until", ("处罚有效期（限制、暂扣至）", "Ban or suspension through"), "date"),
            Asked("stated_until", ("决定书或报送单位所写公示截止期", "End of disclosure as stated"), "date",
                  hint=("实际截止日由规则推定", "what counts is derived from the rules")),
        ),
    )  # fmt: skip
    return (_counterpart(profile), document, measures, days, SOURCE)


def licence_from(fields: Fields, entry_id: str, profile: Profile) -> LicenceRecorded:
    """The licence as typed. Refused: as `Fields`."""
    texts = ("document_title", "licence_kind", "certificate_name", "licence_no", "status")
    given: dict[str, Any] = {name: fields.text(name) for name in texts}
    return LicenceRecorded(
        **_shared(fields, entry_id, profile),
        **given,
        valid_from=fields.day_or_none("valid_from"),
        valid_until=fields.day_or_none("valid_until"),
    )


def penalty_from(fields: Fields, entry_id: str, profile: Profile, rules: Reading, today: date) -> PenaltyRecorded:
    """The penalty as typed. Refused: as `Fields`."""
    names = dict(_kinds(rules, today))
    chosen = many_of(fields, "penalty_kinds", names)
    return PenaltyRecorded(
        **_shared(fields, entry_id, profile),
        conduct=fields.text("conduct"),
        facts=fields.text("facts"),
        penalty_basis=fields.text("penalty_basis"),
        penalty_kinds=tuple(names[one][0] for one in chosen),
        fine_fen=fields.fen("fine"),
        confiscation_fen=fields.fen("confiscation"),
        revoked_licence=fields.text("revoked_licence"),
        penalty_until=fields.day_or_none("penalty_until"),
        stated_until=fields.day_or_none("stated_until"),
        procedure=cast(Literal["ordinary", "summary"], fields.choice("procedure", ("ordinary", "summary"))),
    )


def _counterpart(profile: Profile) -> Group:
    return Group(
        ("行政相对人", "Counterpart"),
        (
            Asked("counterpart_name", ("决定书上的名称", "Name in the document"), value=profile.name, required=True),
            Asked("representative", ("法定代表人", "Representative"), value=profile.representative),
        ),
    )


def _shared(fields: Fields, entry_id: str, profile: Profile) -> dict[str, Any]:
    kinds = {"organisation": "法人及非法人组织", "sole_trader": "个体工商户", "natural_person": "自然人"}
    texts = ("document_no", "content", "authority", "source_unit", "remark", "representative")
    codes = ("authority_code", "source_unit_code")
    return {
        "entry_id": entry_id,
        "counterpart_name": fields.text("counterpart_name", required=True),
        "counterpart_kind": kinds[profile.subject_kind],
        "code": profile.code,
        "decided_on": fields.day("decided_on"),
        **{name: fields.text(name) for name in texts},
        **{name: clean(fields.text(name)) for name in codes},
    }


def _kinds(rules: Reading, today: date) -> tuple[tuple[str, Words], ...]:
    return tuple((one.code, (one.zh, one.en)) for one in rules.lists("penalty_kinds", today).values())
