"""Commitments that are published, checked, kept or broken, and the tiers that follow. All firms and papers are 样例."""

from __future__ import annotations

from api.demo.firm_acts import commitment, registered
from api.demo.people import DING, JIA, YI
from api.demo.script import Script, code, day, named
from domain.credit_file.commitment import (
    breach_commitment,
    fulfil_commitment,
    make_commitment,
    serve_breach_notice,
)
from domain.credit_file.commitment_checking import (
    check_commitment,
    plan_commitment_check,
    publish_commitment,
    revoke_benefit,
)
from domain.credit_file.disclosure import disclose
from domain.credit_file.tier_assignment import assign_tier, override_tier

PROMISING = {
    "湘禾": ("营口样例湘禾家政有限公司", 2207713),
    "若谷": ("营口样例若谷养老服务有限公司", 2207724),
    "南屏": ("营口样例南屏洗染有限公司", 2207735),
    "知微": ("营口样例知微洗护有限公司", 2207746),
}


def kept() -> Script:
    """Four firms promise to publish prices and train their staff; 若谷 kept an earlier promise and is of tier A."""
    s = Script("kept")
    for firm, (name, number) in PROMISING.items():
        registered(s, firm, "2026-04-13 09:00", name, code("210802", number))
        promise = commitment(
            f"{firm}/服务承诺", "voluntary", "服务质量公开承诺", "明码标价、持证上岗（样例）", "2026-04-14",
            "2026-04-14", "2027-04-13",
        )  # fmt: skip
        s.act("2026-04-14 10:00", JIA, make_commitment, firm, None, (), commitment=promise)
        s.act("2026-04-14 15:00", YI, disclose, firm, None, (), entry_id=promise.commitment_id)
        s.act(
            "2026-04-15 10:00", YI, publish_commitment, firm, None, (),
            commitment_id=promise.commitment_id, channels=("bureau_site",), published_on=day("2026-04-15"),
        )  # fmt: skip
    promise = commitment(
        "若谷/补贴", "missing_papers", "养老补贴容缺受理", "六月底前补交材料（样例）", "2026-05-06", "2026-05-06",
        "2026-06-30",
    )  # fmt: skip
    s.act("2026-05-06 10:00", JIA, make_commitment, "若谷", None, (), commitment=promise)
    s.act("2026-05-07 10:00", YI, disclose, "若谷", None, (), entry_id=promise.commitment_id)
    s.act(
        "2026-07-01 10:00", JIA, fulfil_commitment, "若谷", None, (),
        commitment_id=promise.commitment_id, fulfilled_on=day("2026-06-24"), extent="full",
    )  # fmt: skip
    s.act(
        "2026-07-02 10:00", YI, assign_tier, "若谷", None, (),
        assignment_id=str(named("评定〔2026〕0001")), grade="A", explanation="按期全部履行承诺（样例）",
    )  # fmt: skip
    return s


def broken() -> Script:
    """沐川: checked with all others of its kind, not kept; serious breach, the benefit revoked, the tier overridden."""
    s, firm, case = Script("broken"), "沐川", "违诺〔2026〕0004"
    registered(s, firm, "2026-03-02 09:00", "营口样例沐川家政培训有限公司", code("210803", 2290418))
    benefit = "家政培训补贴先行拨付（样例）"
    promise = commitment(
        "沐川/补贴", "missing_papers", "家政培训补贴容缺受理", "六月底前补齐培训名册（样例）", "2026-03-03",
        "2026-03-03", "2026-12-31",
    ).model_copy(update={"perform_by": day("2026-06-30"), "benefit": benefit})  # fmt: skip
    commitment_id = promise.commitment_id
    s.act("2026-03-03 10:00", JIA, make_commitment, firm, None, (), commitment=promise)
    s.act("2026-03-04 15:00", YI, disclose, firm, None, (), entry_id=commitment_id)
    s.act(
        "2026-07-01 09:30", JIA, plan_commitment_check, firm, None, (), commitment_id=commitment_id, method="full"
    )  # fmt: skip
    s.act(
        "2026-07-06 15:00", JIA, check_commitment, firm, None, (("核查记录", "样例核 0706"),),
        commitment_id=commitment_id, checked_on=day("2026-07-06"), checker="样例核查人", result="not",
        facts="至今未补齐名册，补贴挪作他用（样例）",
    )  # fmt: skip
    number = "营商违告字〔2026〕4号（样例）"
    s.act(
        "2026-07-08 10:00", JIA, serve_breach_notice, firm, case, (("违诺告知书", number),),
        commitment_id=commitment_id, document_no=number, facts="未补齐名册（样例）", served_on=day("2026-07-08"),
        method="直接送达",
    )  # fmt: skip
    number = "营商违决字〔2026〕4号（样例）"
    s.act(
        "2026-07-20 10:00", DING, breach_commitment, firm, case, (("违诺认定书", number),),
        commitment_id=commitment_id, document_no=number, kind="not", facts="未补齐名册，补贴挪作他用（样例）",
        consequence="追回补贴（样例）", loss="样例补贴 3 万元", serious=True,
    )  # fmt: skip
    number = "营商便字〔2026〕4号（样例）"
    s.act(
        "2026-07-22 10:00", YI, revoke_benefit, firm, case, (("取消便利决定", number),),
        commitment_id=commitment_id, benefit=benefit, document_no=number, effective_on=day("2026-07-22"),
    )  # fmt: skip
    assignment = str(named("评定〔2026〕0002"))
    s.act(
        "2026-07-23 10:00", YI, assign_tier, firm, None, (),
        assignment_id=assignment, grade="D", explanation="违诺且后果严重（样例）",
    )  # fmt: skip
    s.act(
        "2026-10-12 10:00", DING, override_tier, firm, None, (("退款凭据", "样例票 1009"),),
        assignment_id=assignment, to_grade="C", reason="已退还全部补贴（样例）",
    )  # fmt: skip
    return s
