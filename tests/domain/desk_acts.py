"""The further acts at the desk, one row each: who does it, the decision, and arguments that fit the file as it stands.

A row says what an officer would most often type. That it is sometimes out of turn, of another entry or of a day before
the step before comes from the numbers drawn; the register then refuses, which is no error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.context import Officer
from domain.credit_file import exit as exits
from domain.credit_file import listing_changes, listing_decisions, listing_hearing, listing_service, listing_upward
from domain.credit_file.access import answer_access, request_access
from domain.credit_file.commitment_checking import (
    check_commitment,
    expire_commitment,
    plan_commitment_check,
    publish_commitment,
    revoke_benefit,
    withdraw_commitment,
)
from domain.credit_file.conduct import AdverseConductRecorded, HonourRecorded, QualificationRecognised
from domain.credit_file.conduct_decisions import (
    annul_conduct,
    correct_conduct,
    end_recognition,
    recognise_qualification,
    record_adverse_conduct,
    record_honour,
)
from domain.credit_file.disclosure import withdraw_disclosure
from domain.credit_file.disclosure_preparing import prepare_disclosure, refuse_disclosure
from domain.credit_file.erasure import approve_erasure, erase_data, propose_erasure
from domain.credit_file.joined import join_file
from domain.credit_file.measure import MeasureApplied, apply_measure, lift_measure
from domain.credit_file.objection_decisions import (
    accept_objection,
    decide_objection,
    decline_objection,
    file_objection,
    forward_objection,
    verify_objection,
    withdraw_objection,
)
from domain.credit_file.persons import link_person, unlink_person
from domain.credit_file.profile_changes import change_code, change_status
from domain.credit_file.protection import end_retention, seal_data, view_sensitive
from domain.credit_file.record_licences import change_licence
from domain.credit_file.record_penalties import alter_penalty, fulfil_obligation
from domain.credit_file.red_list import announce_red_listing, screen_subject
from domain.credit_file.remedy import conclude_remedy, record_remedy
from domain.credit_file.repair_application import AppliedFor, receive_application
from domain.credit_file.repair_course import extend_repair, withdraw_repair
from domain.credit_file.repair_revocation import (
    receive_revocation_statement,
    revoke_repair,
    serve_revocation_notice,
)
from domain.credit_file.shield import end_shield, shield_subject
from domain.credit_file.succession import merge_subject, receive_predecessor, split_subject
from domain.credit_file.takeover import take_over_breach, take_over_listing, take_over_repair
from domain.credit_file.tier import tier_on
from domain.credit_file.tier_assignment import assign_tier, override_tier
from domain.credit_file.transfer import receive_transfer, transfer_case
from domain.event import Evidence, Sealed
from tests.domain.credit_file import samples
from tests.domain.given import DING, GENG, JIA, PAPERS, SYSTEM, YI, Decide, at, rules

if TYPE_CHECKING:
    from tests.domain.desk import Desk

DAY = timedelta(days=1)
RED = "bureau_joint_incentive"
OTHER_CODE = "91210811MA0ABCD98X"
SITES = ("credit_china", "credit_liaoning", "credit_yingkou")
SCAN: dict[str, Any] = {"evidence": (Evidence(title="样例决定书", sha256="ab" * 32),)}
SEALED = Sealed(key_id=UUID(int=7), key_check="00" * 8, ciphertext="AAAA", commitment="00" * 32)
OTHER_LEADER = Officer("样例员辛", "leader", "样例局领导")
DISTRIBUTION = Officer("样例员丑", "handler", "distribution")


@dataclass(frozen=True, slots=True)
class Row:
    """One act: by whom, which decision, its arguments from the desk, two numbers drawn and a day not after today."""

    by: Officer
    decide: Decide
    arguments: Callable[[Desk, int, int, date], dict[str, Any]]
    filing: dict[str, Any] | None = None


def of(values: Sequence[Any], number: int) -> Any:
    return values[number % len(values)]


def on_paper(on: date) -> date:
    """The day, or the last one before the register was in use."""
    return min(on, date(2020, 7, 15))


def said(number: int) -> dict[str, str]:
    return {"document_no": f"样例文书{number}号", "reasons": "样例理由"}


RECORDS: dict[str, Row] = {
    "change_licence": Row(JIA, change_licence, lambda d, n, c, on: {
        "entry_id": d.pick("licence", n), "document_no": "样例变更一号", "effective_on": on, "reason": "样例",
        "kind": (kind := of(("altered", "renewed", "renewed", "revoked", "cancelled", "withdrawn", "lifted"), c)),
        "valid_until": d.today + 400 * DAY if kind == "renewed" else None,
    }),
    "fulfil_obligation": Row(JIA, fulfil_obligation, lambda d, n, c, on: {
        "entry_id": d.pick("penalty", n), "obligation": of(("fine", "rectification", "confiscation"), c),
        "amount_fen": 1_000_000 if c % 3 == 0 else None, "fulfilled_on": on, "proof": "样例凭证",
    }),
    "alter_penalty": Row(YI, alter_penalty, lambda d, n, c, on: {
        "entry_id": d.pick("penalty", n), "kind": of(("altered", "altered", "revoked", "unlawful", "void"), c),
        "body": "样例复议机关", "document_no": "样例复议一号", "altered_on": on,
    }),
    "recognise_qualification": Row(JIA, recognise_qualification, lambda d, n, c, on: {
        "qualification": QualificationRecognised(
            conduct_id=d.fresh("q", n), kind="样例绿色商场", grade="样例一级", certificate_no=f"样例证{len(d.facts)}号",
            authority="营口市商务局", decided_on=on, valid_from=on, valid_until=on + 400 * DAY if c % 2 else None,
        )
    }),
    "record_honour": Row(JIA, record_honour, lambda d, n, c, on: {
        "honour": HonourRecorded(
            conduct_id=d.fresh("h", n), title="样例诚信兴商典型", level="city", authority="营口市商务局",
            document_no=f"样例表彰{len(d.facts)}号", decided_on=on, valid_until=on + 200 * DAY if c % 2 else None,
        )
    }),
    "record_adverse_conduct": Row(GENG, record_adverse_conduct, lambda d, n, c, on: {
        "conduct": AdverseConductRecorded(
            conduct_id=d.fresh("a", n), conduct_code=of(("CL07", "CL06"), c), facts="样例事实", country="样例国",
            source_section="overseas_cooperation", found_on=on, document_no=f"样例调查{len(d.facts)}号",
        ),
        "confirmed": frozenset({"RepetitionDiffers"}),
    }, PAPERS),
    "end_recognition": Row(YI, end_recognition, lambda d, n, c, on: {
        "conduct_id": d.pick("conduct", n), "cause": of(("expired", "revoked", "returned"), c), "effective_on": on,
        "document_no": "样例撤销一号",
    }),
    "correct_conduct": Row(YI, correct_conduct, lambda d, n, c, on: {
        "conduct_id": d.pick("conduct", n), "reason": "样例",
        **({"field": "decided_on", "new": on.isoformat()} if c % 2 else {"field": "authority", "new": f"样例机关{c}"}),
    }),
    "annul_conduct": Row(YI, annul_conduct, lambda d, n, c, on: {"conduct_id": d.pick("conduct", n), "reason": "样例"}),
}  # fmt: skip

SHOWING: dict[str, Row] = {
    "prepare_disclosure": Row(GENG, prepare_disclosure, lambda d, n, c, on: {
        "entry_id": d.pick("entry", n), "withheld": ("样例",) if c % 3 == 0 else (),
        "method": ("informant",) if c % 3 == 0 else (), "planned_from": d.today + c * DAY if c % 4 == 1 else None,
    }),
    "refuse_disclosure": Row(DING, refuse_disclosure, lambda d, n, c, on: {
        "entry_id": d.pick("entry", n), "ground": "privacy", "reason": "样例"
    }),
    "withdraw_disclosure": Row(YI, withdraw_disclosure, lambda d, n, c, on: {
        "entry_id": d.pick("entry", n), "cause": of(("inaccurate", "annulled", "secret"), c), "reasons": "样例",
    }),
    "shield_subject": Row(YI, shield_subject, lambda d, n, c, on: {
        "shield_id": d.fresh("b", n), "court": "样例法院", "ruling_no": "样例破一号", "ruled_on": on, "from_on": on,
    }),
    "end_shield": Row(YI, end_shield, lambda d, n, c, on: {
        "shield_id": d.pick("shield", n), "cause": of(("failed", "failed", "completed"), c), "ruling_no": "样例破二号",
        "ended_on": on,
    }),
    "file_objection": Row(JIA, file_objection, lambda d, n, c, on: {
        "objection_id": d.fresh("o", n), "target_id": d.pick("entry", n), "claim": "样例异议", "filed_on": on,
        "kind": of(("content", "period", "content", "mismatch"), c), "channel": of(("window", "credit_china"), c),
    }),
    "accept_objection": Row(JIA, accept_objection, lambda d, n, c, on: {"objection_id": d.pick("objection", n)}),
    "decline_objection": Row(JIA, decline_objection, lambda d, n, c, on: {
        "objection_id": d.pick("objection", n), "reasons": "样例"
    }),
    "forward_objection": Row(JIA, forward_objection, lambda d, n, c, on: {
        "objection_id": d.pick("objection", n), "to_unit": "样例局"
    }),
    "verify_objection": Row(JIA, verify_objection, lambda d, n, c, on: {
        "objection_id": d.pick("objection", n), "unit": "样例单位", "note": "样例核查",
        "finding": of(("wrong", "right", "wrong", "unclear"), c),
    }),
    "decide_objection": Row(YI, decide_objection, lambda d, n, c, on: {
        "objection_id": d.pick("objection", n), "outcome": (outcome := of(("corrected", "deleted", "kept"), c)),
        **({"field": "content", "new": f"样例内容{len(d.facts)}"} if outcome == "corrected" else {}), **said(n),
    }),
    "withdraw_objection": Row(JIA, withdraw_objection, lambda d, n, c, on: {
        "objection_id": d.pick("objection", n), "withdrawn_on": on
    }),
    "record_remedy": Row(JIA, record_remedy, lambda d, n, c, on: {
        "remedy_id": d.fresh("y", n), "target_id": d.pick("entry", n), "body": "样例复议机关", "filed_on": on,
        "kind": of(("reconsideration", "litigation"), c), "suspended_from": on if c % 2 else None,
    }),
    "conclude_remedy": Row(YI, conclude_remedy, lambda d, n, c, on: {
        "remedy_id": d.pick("remedy", n), "concluded_on": on, "document_no": "样例复议决定一号",
        "outcome": of(("upheld", "altered", "revoked", "unlawful", "withdrawn"), c),
    }),
}  # fmt: skip

LISTS: dict[str, Row] = {
    "waive_statement": Row(JIA, listing_decisions.waive_statement, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "waived_on": on, "document_no": "样例放弃一号"
    }),
    "request_hearing": Row(JIA, listing_hearing.request_hearing, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "requested_on": on, "summary": "样例要求"
    }),
    "serve_hearing_notice": Row(JIA, listing_hearing.serve_hearing_notice, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "document_no": "样例听证一号", "served_on": on, "method": "直接送达",
        "hearing_on": d.today + (c % 12) * DAY, "place": "样例会议室",
    }),
    "hold_hearing": Row(JIA, listing_hearing.hold_hearing, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "held_on": on, "chair": "样例员乙", "attended": c % 3 > 0,
        "record_no": "样例笔录一号", "summary": "样例意见",
    }),
    "discuss_listing": Row(DING, listing_decisions.discuss_listing, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "held_on": on, "present": ("样例局领导一", "样例局领导二"), "views": "样例意见",
        "result": of(("list", "list", "not_list"), c),
    }),
    "receive_consent": Row(YI, listing_upward.receive_consent, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "body": "样例省厅", "document_no": "样例同意一号", "decided_on": on
    }),
    "announce_service": Row(JIA, listing_service.announce_service, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "announced_on": on, "medium": "样例门户"
    }),
    "propose_of_another_list": Row(JIA, listing_decisions.propose_listing, lambda d, n, c, on: {
        "listing_id": d.fresh("s", n), "list_type": of((RED, "bureau_joint_punishment"), c), "facts": "样例事实"
    }),
    "screen_subject": Row(JIA, screen_subject, lambda d, n, c, on: {
        "screening_id": d.fresh("v", n), "list_type": RED, "looked_up": SITES, "note": "样例查询",
        "adverse": ("penalty",) if c % 5 == 0 else (),
    }),
    "announce_red_listing": Row(YI, announce_red_listing, lambda d, n, c, on: {
        "listing_id": d.pick("own", n), "announced_on": on, "medium": "样例门户"
    }),
    "correct_listing": Row(YI, listing_changes.correct_listing, lambda d, n, c, on: {
        "listing_id": d.pick("listing", n), "reason": "样例",
        **({"field": "effective_on", "new": on.isoformat()} if c % 2 else {"field": "decision_no", "new": f"样例{c}"}),
    }, PAPERS),
    "confirm_listing": Row(DING, listing_changes.confirm_listing, lambda d, n, c, on: {
        "listing_id": d.pick("listing", n), "result": of(("stands", "to_revoke"), c), "reasons": "样例"
    }),
    "reinstate_listing": Row(DING, listing_changes.reinstate_listing, lambda d, n, c, on: {
        "listing_id": d.pick("listing", n), "document_no": "样例恢复一号", "effective_on": on
    }),
    "receive_exit_decision": Row(YI, exits.receive_exit_decision, lambda d, n, c, on: {
        "listing_id": d.pick("listing", n), "cause": of(("repair", "revocation", "early"), c), "body": "样例省厅",
        "document_no": "样例移出一号", "decided_on": on, "effective_on": on,
    }),
    "apply_measure": Row(YI, apply_measure, lambda d, n, c, on: {
        "measure": MeasureApplied(
            measure_id=d.fresh("m", n), target_id=d.pick("ground", n), matter=f"样例事项{c}", section="market_order",
            measure_code=of(("funds_limited", "honours_limited", "agencies_told"), c), effect="样例：不予安排",
            from_on=on, until=None if c % 3 == 0 else on + (c + 1) * 100 * DAY,
        )
    }),
    "lift_measure": Row(YI, lift_measure, lambda d, n, c, on: {
        "measure_id": d.pick("measure", n), "cause": of(("other", "term", "annulment", "shield"), c), "lifted_on": on,
        "reason": "样例",
    }),
}  # fmt: skip

REPAIRS: dict[str, Row] = {
    "receive_application": Row(JIA, receive_application, lambda d, n, c, on: {
        "application_no": f"样例申请{len(d.facts)}号", "channel": "credit_china", "external_no": "样例XF9",
        "applied_at": at(on.isoformat(), 9), "pushed_at": at(on.isoformat(), 10), "papers": ("proof", "commitment"),
        "entries": tuple(
            AppliedFor(
                repair_id=d.fresh("r", n) + letter, target_id=(target := d.pick("target", n + place)),
                target_kind="listing" if target in d.file.listings else "penalty",
            )
            for place, letter in enumerate("ab")
        ),
    }),
    "extend_repair": Row(YI, extend_repair, lambda d, n, c, on: {
        "repair_id": d.pick("repair", n), "reason": "样例", "told_on": on
    }),
    "withdraw_repair": Row(JIA, withdraw_repair, lambda d, n, c, on: {
        "repair_id": d.pick("repair", n), "withdrawn_on": on, "reason": "样例"
    }),
    "serve_revocation_notice": Row(JIA, serve_revocation_notice, lambda d, n, c, on: {
        "repair_id": d.pick("granted", n), "document_no": "样例告知三号", "facts": "样例虚假", "served_on": on,
        "method": "直接送达",
    }),
    "receive_revocation_statement": Row(JIA, receive_revocation_statement, lambda d, n, c, on: {
        "repair_id": d.pick("granted", n), "received_on": on, "summary": "样例陈述"
    }),
    "revoke_repair": Row(OTHER_LEADER, revoke_repair, lambda d, n, c, on: {
        "repair_id": d.pick("granted", n), "facts": "样例虚假", "document_no": "样例撤销三号", "found_on": on,
        "cause": of(("false_papers", "false_commitment", "not_performed"), c),
    }),
    "take_over_listing": Row(YI, take_over_listing, lambda d, n, c, on: {
        "listing_id": d.fresh("z", n), "list_type": samples.LIST, "body": "样例省厅", "document_no": "样例省决定九号",
        "decided_on": on_paper(on), "effective_on": on_paper(on), "facts": "样例事实",
    }, SCAN),
    "take_over_repair": Row(YI, take_over_repair, lambda d, n, c, on: {
        "repair_id": d.fresh("r", n), "target_id": d.pick("target", n), "document_no": "样例修复九号",
        "effective_on": on_paper(on),
    }, SCAN),
    "take_over_breach": Row(YI, take_over_breach, lambda d, n, c, on: {
        "commitment_id": d.pick("commitment", n), "document_no": "样例违诺九号", "kind": of(("not", "false"), c),
        "facts": "样例事实", "consequence": "样例后果", "breached_on": on_paper(on),
    }, SCAN),
}  # fmt: skip

PROMISES: dict[str, Row] = {
    "publish_commitment": Row(YI, publish_commitment, lambda d, n, c, on: {
        "commitment_id": d.pick("commitment", n), "channels": ("credit_yingkou",), "published_on": on
    }),
    "plan_commitment_check": Row(JIA, plan_commitment_check, lambda d, n, c, on: {
        "commitment_id": d.pick("commitment", n), "method": of(("full", "report"), c)
    }),
    "check_commitment": Row(JIA, check_commitment, lambda d, n, c, on: {
        "commitment_id": d.pick("commitment", n), "checked_on": on, "checker": "样例核查人", "facts": "样例事实",
        "result": of(("kept", "partly", "not", "false", "not_due"), c),
    }),
    "revoke_benefit": Row(YI, revoke_benefit, lambda d, n, c, on: {
        "commitment_id": d.pick("commitment", n), "benefit": "容缺受理", "document_no": "样例取消一号",
        "effective_on": on,
    }),
    "withdraw_commitment": Row(JIA, withdraw_commitment, lambda d, n, c, on: {
        "commitment_id": d.pick("commitment", n), "withdrawn_on": on, "reason": "样例"
    }),
    "assign_tier": Row(YI, assign_tier, lambda d, n, c, on: {
        "assignment_id": d.fresh("t", n), "explanation": "样例说明",
        "grade": tier.grade if (tier := tier_on(d.file, d.today, rules())) else "A",
    }),
    "override_tier": Row(DING, override_tier, lambda d, n, c, on: {
        "assignment_id": d.pick("tier", n), "to_grade": of(("A", "B", "C", "D"), c), "reason": "样例"
    }),
}  # fmt: skip

SUBJECT: dict[str, Row] = {
    "change_code": Row(YI, change_code, lambda d, n, c, on: {
        "code": f"91210811MA0ABCD{n:02d}X", "reason": "样例换码", "effective_on": on,
        "confirmed": frozenset({"CodeCheckFails"}),
    }, PAPERS),
    "change_status": Row(JIA, change_status, lambda d, n, c, on: {
        "status": of(("suspended", "existing", "liquidation", "suspended", "existing", "deregistered"), c),
        "effective_on": on, "authority": "样例登记机关", "document_no": "样例通知", "reason": "样例",
    }),
    "unlink_person": Row(JIA, unlink_person, lambda d, n, c, on: {"link_id": d.pick("person", n), "until_on": on}),
    "merge_subject": Row(YI, merge_subject, lambda d, n, c, on: {
        "other_code": OTHER_CODE, "effective_on": on, "document_no": "样例通知一号"
    }),
    "split_subject": Row(YI, split_subject, lambda d, n, c, on: {
        "other_code": OTHER_CODE, "survives": c % 2 > 0, "effective_on": on, "document_no": "样例通知二号"
    }),
    "receive_predecessor": Row(YI, receive_predecessor, lambda d, n, c, on: {
        "other_code": OTHER_CODE, "kind": of(("merger", "split"), c), "effective_on": on, "document_no": "样例通知三号",
        "inherits": ("p9",),
    }),
    "transfer_case": Row(JIA, transfer_case, lambda d, n, c, on: {
        "case_id": d.pick("case", n), "to_section": "distribution", "to_area": "210800", "reason": "样例移送",
        "transferred_on": on,
    }),
    "receive_transfer": Row(DISTRIBUTION, receive_transfer, lambda d, n, c, on: {
        "case_id": d.pick("sent", n), "received_on": on
    }),
    "request_access": Row(JIA, request_access, lambda d, n, c, on: {
        "access_id": d.fresh("w", n), "wants": of(("delete", "view"), c), "what": "样例", "requested_on": on
    }),
    "answer_access": Row(YI, answer_access, lambda d, n, c, on: {
        "access_id": d.pick("access", n), "outcome": of(("granted", "partly", "refused"), c), "answered_on": on,
        **said(n),
    }),
    "seal_data": Row(YI, seal_data, lambda d, n, c, on: {
        "entry_id": d.pick("record", n) if c % 2 else "", "reason": "样例"
    }),
}  # fmt: skip

PERSONS: dict[str, Row] = {
    "link_person": Row(JIA, link_person, lambda d, n, c, on: {
        "link_id": d.fresh("k", n), "role": "legal_representative", "shown_name": "样*", "person_name": SEALED,
        "identity_number": SEALED if c % 2 else None, "from_on": on,
    }),
    "view_sensitive": Row(JIA, view_sensitive, lambda d, n, c, on: {
        "place": d.pick("place", n), "purpose": "identify"
    }),
    "propose_erasure": Row(JIA, propose_erasure, lambda d, n, c, on: {
        "erasure_id": d.fresh("x", n), "place": d.pick("place", n), "ground": of(("wrong_person", "request"), c),
        "reason": "样例", "access_id": next(iter(d.file.access_requests), "") if c % 2 else "",
    }, PAPERS),
    "approve_erasure": Row(DING, approve_erasure, lambda d, n, c, on: {
        "erasure_id": d.pick("erasure", n), "texts": 9, "streams": 1
    }),
    "erase_data": Row(GENG, erase_data, lambda d, n, c, on: {"erasure_id": d.pick("erasure", n)}),
}  # fmt: skip
"""Acts on sealed texts: in memory only, since a sealed text needs the key of the register it is stored in."""

JOINING: dict[str, Row] = {
    "join_file": Row(GENG, join_file, lambda d, n, c, on: {
        "into": UUID(int=99), "into_code": OTHER_CODE, "reason": "样例重复"
    }),
}  # fmt: skip
"""Few files can be joined, and a joined one takes no act any more: drawn rarely."""

NOTES: dict[str, Row] = {
    "expire_commitment": Row(SYSTEM, expire_commitment, lambda d, n, c, on: {"commitment_id": d.pick("commitment", n)}),
    "end_retention": Row(SYSTEM, end_retention, lambda d, n, c, on: {"entry_id": d.pick("record", n)}),
}  # fmt: skip
"""What the daily job notes: it changes no answer for any date."""

FURTHER: dict[str, Row] = {
    **RECORDS, **SHOWING, **LISTS, **REPAIRS, **PROMISES, **SUBJECT, **PERSONS, **JOINING, **NOTES,
}  # fmt: skip
