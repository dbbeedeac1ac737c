"""Words for acts, steps and states, as an officer's page says them; the law's own words are in the code lists."""

from __future__ import annotations

from collections.abc import Mapping

from api.money import show_money
from domain.officer import TABLE

Words = tuple[str, str]
"""The same in Chinese and in English."""

ACTS: Mapping[str, Words] = {
    "register_subject": ("登记主体", "Register a subject"),
    "rename_subject": ("登记更名", "Record a new name"),
    "record_licence": ("登记行政许可", "Record a licence"),
    "record_penalty": ("登记行政处罚", "Record a penalty"),
    "classify_penalty": ("归类失信程度", "Classify a penalty"),
    "record_performance": ("登记履行和改正", "Record performance"),
    "correct_record": ("更正记录", "Correct a record"),
    "annul_record": ("撤销记录", "Annul a record"),
    "disclose": ("批准公示", "Release to the public"),
    "make_commitment": ("登记信用承诺", "Record a commitment"),
    "fulfil_commitment": ("登记履诺", "Record fulfilment"),
    "serve_breach_notice": ("送达违诺告知书", "Serve the notice of breach"),
    "receive_breach_statement": ("收到陈述、申辩", "Receive the statement"),
    "breach_commitment": ("认定违诺", "Find the commitment breached"),
    "propose_listing": ("提请列入", "Propose a listing"),
    "serve_listing_notice": ("送达列入告知书", "Serve the notice of listing"),
    "receive_listing_statement": ("收到陈述、申辩", "Receive the statement"),
    "review_legality": ("法制审核", "Review legality"),
    "decide_listing": ("决定是否列入", "Decide on the listing"),
    "list_subject": ("送达决定并列入", "Serve the decision and list"),
    "propose_listing_upward": ("向上提请", "Propose upward"),
    "receive_listing_decision": ("收到认定决定", "Receive the designating decision"),
    "revoke_listing": ("撤销列入", "Revoke the listing"),
    "receive_exit_decision": ("收到移出、撤销决定", "Receive the decision to lift"),
    "exit_deregistered": ("注销退出", "Exit by deregistration"),
    "receive_repair": ("收到修复申请", "Receive an application for repair"),
    "ask_supplement": ("通知补正", "Ask for papers"),
    "supplement_repair": ("收到补正材料", "Receive papers"),
    "accept_repair": ("决定是否受理修复申请", "Decide on acceptance"),
    "not_accept_repair": ("不予受理", "Decline the application"),
    "verify_repair": ("核实修复条件", "Verify the conditions"),
    "decide_repair": ("决定是否准予修复", "Decide on the repair"),
    "send_feedback": ("返还修复结果", "Feed back the result"),
    "review_rows": ("核定搁置的行", "Review rows set aside"),
}

CHAPTERS: Mapping[str, Words] = {
    "profile": ("主体信息", "The subject"),
    "takeover": ("补录纸质办理", "Acts made on paper"),
    "record": ("许可与处罚", "Licences and penalties"),
    "conduct": ("资质、荣誉、不良行为", "Qualifications, honours, conduct"),
    "disclosure": ("公示", "Disclosure"),
    "shield": ("暂时屏蔽", "Shielding"),
    "commitment": ("信用承诺", "Commitments"),
    "listing": ("名单", "Lists"),
    "exit": ("退出名单", "Leaving a list"),
    "measure": ("惩戒措施", "Measures"),
    "repair": ("信用修复", "Repair"),
    "objection": ("异议与救济", "Objections and remedies"),
    "tier": ("监管等级", "Tier"),
    "protection": ("个人信息保护", "Protection of personal data"),
}
"""Chapters of the role × act table, as headings over the acts that begin something."""

WAITS_FOR: Mapping[str, Words] = {
    "subject": ("当事人", "the subject"),
    "applicant": ("申请人", "the applicant"),
    "higher_body": ("上级机关", "the higher body"),
    "public": ("公示期", "the public notice"),
    "term": ("有效期", "its term"),
    "provider": ("信息提供单位", "the providing unit"),
    "court": ("法院裁定", "the court"),
}

MEASURE_CAUSES: Mapping[str, Words] = {
    "repair": ("修复", "repaired"),
    "term": ("届满", "term over"),
    "revocation": ("撤销", "revoked"),
    "annulment": ("依据撤销", "its ground was annulled"),
    "shield": ("暂时屏蔽", "shielded"),
    "other": ("其他原因", "another cause"),
}
"""Why a measure was lifted."""

OBJECTION_KINDS: Mapping[str, Words] = {
    "content": ("内容有误", "content"), "period": ("公示期有误", "period"),
    "repair_result": ("修复结果", "result of a repair"), "mismatch": ("不是该主体的信息", "of another subject"),
}  # fmt: skip
OBJECTION_CHANNELS: Mapping[str, Words] = {
    "credit_china": ("信用中国", "Credit China"), "window": ("本局窗口", "the bureau's window"),
}  # fmt: skip
FINDINGS: Mapping[str, Words] = {
    "right": ("信息无误", "the entry is right"), "wrong": ("信息有误", "the entry is wrong"),
    "unclear": ("无法确定", "unclear"),
}  # fmt: skip
OBJECTION_STATES: Mapping[str, Words] = {
    "filed": ("待受理", "filed"), "accepted": ("核查中", "being verified"), "forwarded": ("已转办", "forwarded"),
    "verified/right": ("待处理，核查无误", "found right, to be decided"),
    "verified/wrong": ("待处理，核查有误", "found wrong, to be decided"),
    "verified/unclear": ("待处理，无法确定", "unclear, to be decided"),
    "kept": ("维持", "kept"), "corrected": ("已更正", "corrected"), "deleted": ("已删除", "deleted"),
    "declined": ("不予受理", "declined"), "withdrawn": ("已撤回", "withdrawn"),
}  # fmt: skip
REMEDY_KINDS: Mapping[str, Words] = {
    "reconsideration": ("行政复议", "reconsideration"), "litigation": ("行政诉讼", "lawsuit"),
}  # fmt: skip
REMEDY_OUTCOMES: Mapping[str, Words] = {
    "upheld": ("维持", "upheld"), "altered": ("变更", "altered"), "revoked": ("撤销", "revoked"),
    "unlawful": ("确认违法", "found unlawful"), "withdrawn": ("撤回申请、撤诉", "withdrawn"),
}  # fmt: skip
SHIELD_STATES: Mapping[str, Words] = {
    "running": ("屏蔽中", "shielded"), "completed": ("执行完毕", "the plan was completed"),
    "failed": ("未能执行", "the plan failed"),
}  # fmt: skip

STAGES: Mapping[str, Words] = {
    "received": ("受理", "acceptance"),
    "supplement": ("等待补正", "waiting for papers"),
    "accepted": ("核实", "verification"),
    "verified": ("决定", "decision"),
    "feedback": ("反馈", "feedback"),
    "closed": ("办结", "closed"),
}

ENTRY_STATES: Mapping[str, Words] = {
    "waiting": ("待批准公示", "waits for release"),
    "unclassified": ("待归类", "waits for its class"),
    "unprepared": ("待准备公示文本", "its public text waits to be prepared"),
    "barred": ("不予公示或已撤回", "refused or withdrawn"),
    "undisclosed": ("依规定不公示", "not disclosed by law"),
    "over": ("登记时公示期已过", "its period was over when recorded"),
    "annulled": ("已撤销", "annulled"),
    "not_yet": ("已批准，尚未开始", "released, not yet begun"),
    "shown": ("公示中", "disclosed"),
    "ended/term": ("公示期满", "its period is over"),
    "ended/repair": ("已修复，终止公示", "repaired, disclosure ended"),
    "ended/annulled": ("已撤销，不再公示", "annulled, not disclosed"),
    "ended/licence_ended": ("许可已终止，不再公示", "the licence ended, not disclosed"),
    "ended/recognition_ended": ("已终止，不再公示", "ended, not disclosed"),
    "ended/later_rule": ("新规定不再公示", "a later rule ended its disclosure"),
    "ended/withdrawn": ("已撤回公示", "withdrawn"),
    "hidden/shield": ("屏蔽期内，暂不公示", "shielded, off the page"),
    "hidden/remedy": ("复议、诉讼中，停止公示", "suspended while a remedy runs"),
    "ended/restated": ("内容有变，待重新批准公示", "changed since its release; waits for another"),
}

COMMITMENT_STATES: Mapping[str, Words] = {
    "not_yet": ("未生效", "not yet in force"),
    "running": ("履行中", "running"),
    "fulfilled": ("已履行", "fulfilled"),
    "breached": ("已认定违诺", "breached"),
    "withdrawn": ("已撤回", "withdrawn"),
    "expired": ("已到期", "expired"),
}

LICENCE_CHANGES: Mapping[str, Words] = {
    "altered": ("变更", "altered"),
    "renewed": ("延续", "renewed"),
    "revoked": ("撤销", "revoked as wrongly granted"),
    "cancelled": ("注销", "cancelled"),
    "withdrawn": ("撤回", "withdrawn"),
    "lifted": ("吊销", "lifted as a penalty"),
    "invalid": ("报送为无效", "sent in as not valid"),
}

ALTERATIONS: Mapping[str, Words] = {
    "altered": ("变更", "altered"),
    "revoked": ("撤销", "revoked"),
    "unlawful": ("确认违法", "found unlawful"),
    "void": ("确认无效", "found void"),
}
"""What others made of a penalty."""

OBLIGATIONS: Mapping[str, Words] = {
    "fine": ("罚款", "fine"),
    "confiscation": ("没收违法所得、没收非法财物", "confiscation"),
    "rectification": ("责令改正", "putting the conduct right"),
    "other": ("其他", "another duty"),
}

RECOGNITION_ENDS: Mapping[str, Words] = {
    "expired": ("届满", "expired"),
    "revoked": ("撤销", "revoked"),
    "returned": ("交回", "returned"),
}

HONOUR_LEVELS: Mapping[str, Words] = {
    "national": ("国家级", "national"),
    "provincial": ("省级", "provincial"),
    "city": ("市级", "city"),
    "county": ("县（市、区）级", "county"),
}

BASES: Mapping[str, Words] = {
    "doubtful": ("依据存疑，待核定", "in doubt, to be settled"),
    "stands": ("存疑，经核定维持", "in doubt, settled: it stands"),
    "to_revoke": ("存疑，经核定应撤销", "in doubt, settled: to be revoked"),
    "unverified": ("依据待核实", "not verified"),
}
"""What officers are told of the basis of a listing."""

EXITS: Mapping[str, Words] = {
    "term": ("届满退出", "end of term"),
    "repair": ("修复移出", "removed by repair"),
    "revocation": ("撤销", "revoked"),
    "deregistration": ("注销", "deregistered"),
    "serious_listing": ("列入严重失信主体名单", "put on a serious list"),
    "early": ("提前移出", "removed early"),
}

EVENTS: Mapping[str, Words] = {
    "SubjectRegistered": ("登记主体", "subject registered"),
    "SubjectRenamed": ("更名", "renamed"),
    "CodeFlagged": ("代码校验不符，标注保留", "code flagged"),
    "CodeChanged": ("变更代码", "code changed"),
    "StatusChanged": ("变更登记状态", "status changed"),
    "PersonLinked": ("关联责任人", "responsible person linked"),
    "PersonUnlinked": ("解除关联", "responsible person unlinked"),
    "SubjectMerged": ("合并", "merged"),
    "SubjectSplit": ("分立", "split"),
    "PredecessorReceived": ("承继", "followed another subject"),
    "FileJoined": ("并档", "file joined"),
    "CaseTransferred": ("移送案件", "case transferred"),
    "CaseReceived": ("接收移送", "transferred case received"),
    "EntryUndone": ("撤销误录", "a slip undone"),
    "LicenceRecorded": ("行政许可登记", "licence recorded"),
    "PenaltyRecorded": ("行政处罚登记", "penalty recorded"),
    "Classified": ("归类失信程度", "classified"),
    "PenaltyPerformed": ("履行并改正", "performed"),
    "RecordCorrected": ("更正", "corrected"),
    "RecordAnnulled": ("撤销记录", "annulled"),
    "LicenceChanged": ("许可变更", "licence changed"),
    "ObligationFulfilled": ("履行义务", "a duty performed"),
    "PenaltyAltered": ("处罚变更、撤销", "penalty altered"),
    "QualificationRecognised": ("登记资质", "qualification recorded"),
    "HonourRecorded": ("登记荣誉", "honour recorded"),
    "AdverseConductRecorded": ("登记不良行为", "adverse conduct recorded"),
    "RecognitionEnded": ("资质、荣誉终止", "qualification or honour ended"),
    "ConductCorrected": ("更正行为记录", "conduct corrected"),
    "ConductAnnulled": ("撤销行为记录", "conduct annulled"),
    "DisclosurePrepared": ("准备公示", "disclosure prepared"),
    "DisclosureRefused": ("不予公示", "disclosure refused"),
    "DisclosureWithdrawn": ("撤回公示", "disclosure withdrawn"),
    "ObjectionFiled": ("提出异议", "objection filed"),
    "ObjectionAccepted": ("受理异议", "objection accepted"),
    "ObjectionDeclined": ("不予受理异议", "objection declined"),
    "ObjectionForwarded": ("转办异议", "objection forwarded"),
    "ObjectionVerified": ("核查异议", "objection verified"),
    "ObjectionDecided": ("处理异议", "objection decided"),
    "ObjectionWithdrawn": ("撤回异议", "objection withdrawn"),
    "RemedyRecorded": ("登记复议、诉讼", "remedy recorded"),
    "RemedyConcluded": ("登记复议、诉讼结果", "outcome of a remedy"),
    "SubjectShielded": ("暂时屏蔽", "shielded"),
    "ShieldEnded": ("结束屏蔽", "shielding ended"),
    "Disclosed": ("批准公示", "released"),
    "DisclosureEnded": ("公示结束（每日记录）", "end of disclosure noticed"),
    "CommitmentMade": ("作出承诺", "commitment made"),
    "CommitmentFulfilled": ("履诺", "commitment fulfilled"),
    "BreachNoticeServed": ("送达违诺告知书", "breach notice served"),
    "BreachStatementReceived": ("收到陈述、申辩", "statement received"),
    "CommitmentBreached": ("认定违诺", "commitment breached"),
    "CommitmentPublished": ("公开承诺书", "letter published"),
    "CommitmentCheckPlanned": ("安排核查", "check planned"),
    "CommitmentChecked": ("核查承诺", "commitment checked"),
    "BenefitRevoked": ("取消便利", "benefit revoked"),
    "CommitmentWithdrawn": ("撤回承诺", "commitment withdrawn"),
    "CommitmentExpired": ("承诺到期（每日记录）", "end of commitment noticed"),
    "TierAssigned": ("评定等级", "tier assigned"),
    "TierOverridden": ("调整等级", "tier overridden"),
    "RetentionEnded": ("保存期届满（每日记录）", "end of retention noticed"),
    "DataSealed": ("封存", "sealed"),
    "SensitiveViewed": ("查看敏感信息", "sealed field viewed"),
    "AccessRequested": ("申请查阅", "access requested"),
    "AccessAnswered": ("答复查阅申请", "request answered"),
    "ErasureProposed": ("提请删除", "erasure proposed"),
    "ErasureApproved": ("批准删除", "erasure approved"),
    "DataErased": ("删除个人信息", "personal data erased"),
    "ListingProposed": ("提请列入", "listing proposed"),
    "ListingNoticeServed": ("送达列入告知书", "listing notice served"),
    "ListingStatementReceived": ("收到陈述、申辩", "statement received"),
    "LegalityReviewed": ("法制审核", "legality reviewed"),
    "StatementWaived": ("放弃陈述、申辩", "statement given up"),
    "HearingRequested": ("要求听证", "hearing requested"),
    "HearingNoticeServed": ("送达听证通知书", "notice of hearing served"),
    "HearingHeld": ("听证", "hearing held"),
    "ListingReviewed": ("复核", "statement reviewed"),
    "SuperiorConsentReceived": ("收到上级同意", "superior's consent received"),
    "ListingDiscussed": ("集体讨论", "discussed together"),
    "RedListingAnnounced": ("公示拟列名单", "proposed honour shown"),
    "ServiceAnnounced": ("公告送达", "service announced"),
    "SubjectScreened": ("筛查", "screened"),
    "ListingCorrected": ("更正列入", "listing corrected"),
    "ListingConfirmed": ("核定列入依据", "basis settled"),
    "ListingReinstated": ("恢复列入", "listing reinstated"),
    "ListingDecided": ("列入决定", "listing decided"),
    "ListingServed": ("送达列入决定", "decision served"),
    "ListingProposedUpward": ("向上提请", "proposed upward"),
    "ListingDecisionReceived": ("收到认定决定", "designating decision received"),
    "Listed": ("列入", "listed"),
    "Exited": ("退出名单", "left the list"),
    "RepairReceived": ("收到修复申请", "application received"),
    "RepairSupplementAsked": ("通知补正", "papers asked for"),
    "RepairSupplemented": ("收到补正材料", "papers came"),
    "RepairAccepted": ("受理", "accepted"),
    "RepairNotAccepted": ("不予受理", "declined"),
    "RepairVerified": ("核实", "verified"),
    "RepairDecided": ("修复决定", "repair decided"),
    "Repaired": ("修复", "repaired"),
    "RepairFeedbackSent": ("返还修复结果", "result fed back"),
    "RepairExtended": ("延长办理期限", "time to answer extended"),
    "RepairWithdrawn": ("撤回修复申请", "application withdrawn"),
    "SharingStopped": ("停止共享和使用", "sharing and use stopped"),
    "RepairRevocationNoticeServed": ("送达撤销修复告知书", "notice of revocation served"),
    "RepairRevocationStatementReceived": ("收到陈述、申辩", "statement received"),
    "RepairRevoked": ("撤销修复", "repair revoked"),
    "MeasureApplied": ("采取惩戒措施", "measure taken"),
    "MeasureLifted": ("解除惩戒措施", "measure lifted"),
    "DeadlineMissed": ("逾期未办（自动记录）", "deadline missed"),
    "RulebookAdopted": ("采用规则版本", "rulebook adopted"),
}

OUTCOMES: Mapping[str, Words] = {
    "list": ("决定列入", "to list"),
    "not_list": ("不予列入", "not to list"),
    "lawful": ("合法", "lawful"),
    "not_lawful": ("不合法", "not lawful"),
    "granted": ("准予", "granted"),
    "refused": ("不予", "refused"),
}

FIELD_WORDS: Mapping[str, Words] = {
    "document_no": ("文号", "number"), "conduct": ("违法行为", "conduct"), "facts": ("事实", "facts"),
    "penalty_basis": ("处罚依据", "basis"), "content": ("内容", "content"), "authority": ("机关", "authority"),
    "fine_fen": ("罚款金额", "fine"), "confiscation_fen": ("没收金额", "confiscation"),
    "decided_on": ("决定日期", "decided on"), "valid_from": ("有效期自", "valid from"),
    "valid_until": ("有效期至", "valid through"),
}  # fmt: skip
"""Fields of a record that may be corrected."""

METHODS: tuple[tuple[str, Words], ...] = tuple(
    (one, (one, english))
    for one, english in (
        ("直接送达", "in person"), ("留置送达", "left at the place"), ("邮寄送达", "by post"),
        ("电子送达", "electronically"), ("委托送达", "by an entrusted office"), ("转交送达", "passed on by the unit"),
        ("公告送达", "by announcement"),
    )
)  # fmt: skip
"""Ways of serving a document, stored in Chinese as the receipt has them."""

PURPOSES: tuple[tuple[str, Words], ...] = (
    ("handling", ("办理该主体的业务", "handling a matter of the subject")),
    ("inquiry", ("答复该主体或其他机关的查询", "answering an inquiry")),
    ("check", ("核对登记内容", "checking what is recorded")),
    ("inspection", ("监督检查", "inspection")),
)
"""Why a file without an open case may be read; chosen, never typed, so that the log line holds no personal data."""


def act_words(act: str) -> Words:
    """The act as a button or a link says it."""
    if act in ACTS:
        return ACTS[act]
    power = TABLE.get(act)
    return (power.zh, power.en) if power is not None else (act, act)


def event_words(event: str) -> Words:
    """What an event states, in a few words."""
    return EVENTS.get(event, (event, event))


def correction_words(field: str, old: str, new: str, reason: str) -> Words:
    """A correction in one line; amounts as people read them."""
    if field.endswith("_fen"):
        old, new = (show_money(int(one)) if one.isdigit() else one for one in (old, new))
    zh, en = FIELD_WORDS.get(field, (field, field))
    return (f"{zh} {old or '（空）'} → {new}（{reason}）", f"{en} {old or '(empty)'} → {new} ({reason})")


def outcome_words(outcome: str) -> Words:
    """What was decided."""
    return OUTCOMES.get(outcome, (outcome, outcome))
