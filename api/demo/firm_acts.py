"""What the stories have in common: a firm registered, a penalty, a licence, a commitment, a listing step by step."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.demo.people import BING, DING, JIA, YI
from api.demo.script import Script, at, day, named
from domain.credit_file.commitment import (
    CommitmentMade,
)
from domain.credit_file.disclosure import disclose
from domain.credit_file.listing_decisions import (
    decide_listing,
    propose_listing,
    receive_listing_statement,
    review_legality,
    review_listing,
    serve_listing_notice,
)
from domain.credit_file.listing_service import list_subject
from domain.credit_file.profile import register_subject
from domain.credit_file.record import LicenceRecorded, PenaltyRecorded
from domain.credit_file.record_decisions import classify_penalty, record_licence, record_penalty, record_performance
from domain.credit_file.repair import RepairReceived, Verified

BUREAU = "营口市商务局"
BUREAU_CODE = "11210800XX00000011"
CARD_RULES = "《单用途商业预付卡管理办法（试行）》"
REMEDIES = "不服本决定的，可以依法申请行政复议或者提起行政诉讼（样例）"
MEASURES = "列为重点监管对象，不适用告知承诺制（样例）"
REMOVAL = "列入满规定期间、履行义务并改正的，可以申请移出（样例）"


def registered(script: Script, subject: str, when: str, name: str, firm_code: str, **given: Any) -> None:
    """Register a firm."""
    script.act(
        when,
        JIA,
        register_subject,
        subject,
        None,
        (),
        subject_kind=given.pop("kind", "organisation"),
        name=name,
        code=firm_code,
        division=given.pop("division", firm_code[2:8]),
        representative=given.pop("representative", "样例人甲"),
        **given,
    )


def penalty(entry: str, name: str, firm_code: str, number: str, decided: str, **given: Any) -> PenaltyRecorded:
    """A penalty of the bureau."""
    values: dict[str, Any] = {
        "conduct": "未按规定登记购卡人信息",
        "facts": "销售记名单用途商业预付卡时，未按规定登记购卡人信息；责令限期改正，逾期未改（样例）。",
        "penalty_basis": f"{CARD_RULES}第三十七条",
        "penalty_kinds": ("罚款",),
        "content": "罚款 2 万元",
        "fine_fen": 2_000_000,
        "representative": "样例人甲",
    } | given
    return PenaltyRecorded(
        entry_id=str(named(entry)),
        counterpart_name=name,
        counterpart_kind="法人及非法人组织",
        code=firm_code,
        document_no=number,
        decided_on=day(decided),
        authority=BUREAU,
        authority_code=BUREAU_CODE,
        source_unit=BUREAU,
        source_unit_code=BUREAU_CODE,
        **values,
    )


def licence(
    entry: str, name: str, firm_code: str, number: str, decided: str, until: date | None, content: str
) -> LicenceRecorded:
    """A licence of the bureau."""
    return LicenceRecorded(
        entry_id=str(named(entry)),
        counterpart_name=name,
        counterpart_kind="法人及非法人组织",
        code=firm_code,
        document_no=number,
        decided_on=day(decided),
        document_title="行政许可决定书",
        licence_kind="核准",
        content=content,
        valid_from=day(decided),
        valid_until=until,
        status="1",
        authority=BUREAU,
        authority_code=BUREAU_CODE,
        source_unit=BUREAU,
        source_unit_code=BUREAU_CODE,
    )


def commitment(
    name: str, kind: str, matter: str, content: str, made: str, begins: str, ends: str | None
) -> CommitmentMade:
    """A commitment taken by the bureau, disclosable."""
    return CommitmentMade(
        commitment_id=str(named(name)),
        commitment_type=kind,
        document_no=f"样例承诺〔{made[:4]}〕",
        matter=matter,
        content=content,
        liability="违反承诺的，依法承担责任，并记入信用记录（样例）",
        accepted_by=BUREAU,
        made_on=day(made),
        valid_from=day(begins),
        valid_until=day(ends) if ends else None,
        may_disclose=True,
    )


def shown_penalty(script: Script, subject: str, one: PenaltyRecorded, penalty_class: str = "general") -> str:
    """Record a penalty on its own day, class it under the scheme of 2025 and release it; its entry id."""
    on, entry = one.decided_on.isoformat(), one.entry_id
    script.act(f"{on} 10:00", JIA, record_penalty, subject, None, (("行政处罚决定书", one.document_no),), penalty=one)
    script.act(
        f"{on} 14:00", JIA, classify_penalty, subject, None, (),
        entry_id=entry, scheme="class.2025", penalty_class=penalty_class, reason="按处罚种类（样例）",
    )  # fmt: skip
    script.act(f"{on} 15:00", YI, disclose, subject, None, (), entry_id=entry)
    return entry


def performed(script: Script, subject: str, entry: str, on: str) -> None:
    """Record on a day that a penalty was performed and its conduct put right that day."""
    script.act(
        f"{on} 11:00", JIA, record_performance, subject, None, (("缴款票据", f"样例票 {on}"),),
        entry_id=entry, performed_on=day(on), corrected_on=day(on),
    )  # fmt: skip


def shown_licence(script: Script, subject: str, one: LicenceRecorded) -> str:
    """Record a licence on its own day and release it; its entry id."""
    on = one.decided_on.isoformat()
    script.act(f"{on} 10:00", JIA, record_licence, subject, None, (("许可决定书", one.document_no),), licence=one)
    script.act(f"{on} 15:00", YI, disclose, subject, None, (), entry_id=one.entry_id)
    return one.entry_id


def pushed(
    case: str, target: str, number: str, applied: str, pushed_at: str, papers: tuple[str, ...], kind: Any = "penalty"
) -> RepairReceived:
    """An application pushed by 信用中国."""
    return RepairReceived(
        repair_id=case,
        target_id=str(named(target)),
        target_kind=kind,
        channel="credit_china",
        external_no=number,
        applied_at=at(applied),
        pushed_at=at(pushed_at),
        papers=papers,
    )


EARLY = ("repairable", "minimum_over", "performed", "commitment")
"""The conditions of 发改办财金〔2019〕527号."""

LATER = (*EARLY, "corrected", "no_fraud_record", "no_ban_running")
"""The conditions since NDRC Order 58."""


def all_hold(conditions: tuple[str, ...]) -> tuple[Verified, ...]:
    """Findings that each condition holds."""
    return tuple(Verified(condition=one, holds=True, note="已核对凭据（样例）") for one in conditions)


PAPERS = ("application", "identity", "proof", "commitment", "authorisation")


def listed(
    script: Script, subject: str, case: str, steps: tuple[str, ...], facts: str, numbers: tuple[str, str]
) -> None:
    """A listing on the sample list: proposed, notice, statement and its review, legality, decision, served."""
    proposed, noticed, stated, reviewed, decided, served = steps
    listing_id = str(named(case))
    script.act(
        proposed, JIA, propose_listing, subject, case, (), listing_id=listing_id, list_type="sample", facts=facts
    )
    script.act(
        noticed,
        JIA,
        serve_listing_notice,
        subject,
        case,
        (("列入告知书", numbers[0]),),
        listing_id=listing_id,
        document_no=numbers[0],
        served_on=day(noticed[:10]),
        method="直接送达",
    )
    script.act(
        stated,
        JIA,
        receive_listing_statement,
        subject,
        case,
        (),
        listing_id=listing_id,
        received_on=day(stated[:10]),
        summary="对事实无异议，请求从轻（样例）",
    )
    script.act(
        stated[:11] + "17:20",
        JIA,
        review_listing,
        subject,
        case,
        (),
        listing_id=listing_id,
        opinion="事实属实，请求从轻没有依据（样例）",
        adopted="not",
        reasons="两次未报送均有催告记录（样例）",
    )
    script.act(
        reviewed,
        BING,
        review_legality,
        subject,
        case,
        (),
        listing_id=listing_id,
        opinion="lawful",
        reasons="事实清楚，程序合法，陈述意见已核实（样例）",
    )
    script.act(
        decided,
        DING,
        decide_listing,
        subject,
        case,
        (("列入决定书", numbers[1]),),
        listing_id=listing_id,
        outcome="list",
        document_no=numbers[1],
        facts=facts,
        measures_warned=MEASURES,
        removal_conditions=REMOVAL,
        remedies=REMEDIES,
    )
    script.act(
        served,
        JIA,
        list_subject,
        subject,
        case,
        (),
        listing_id=listing_id,
        served_on=day(served[:10]),
        method="直接送达",
        repair_notice_served=True,
    )
    script.act(served[:11] + "17:10", YI, disclose, subject, case, (), entry_id=listing_id)
