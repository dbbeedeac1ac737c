"""Words for the questions the register asks of the law: what they are about, and which day counts."""

from __future__ import annotations

from collections.abc import Mapping

from api.disclosure.words import Words

TOPICS: Mapping[str, Words] = {
    "class": ("失信等次", "Classes"),
    "disclosure": ("公示", "Disclosure"),
    "repair": ("信用修复", "Repair"),
    "list": ("名单", "Lists"),
    "conduct": ("不良行为", "Adverse conduct"),
    "commitment": ("信用承诺", "Commitments"),
    "objection": ("异议", "Objections"),
    "service": ("送达、听证与救济", "Service, hearing and remedies"),
    "tier": ("信用分级", "Tiers"),
    "protection": ("个人信息与保存", "Personal data and retention"),
    "office": ("内部办理期限", "The bureau's own terms"),
    "takeover": ("纸面补录", "Acts on paper"),
    "transition": ("新旧规定的衔接", "Old facts and new rules"),
    "other": ("其他", "Other"),
}
"""What a rule is about, in the order of the page."""

TOPIC_OF: Mapping[str, str] = {
    "class": "class", "disclosure": "disclosure", "upload": "disclosure", "withdraw": "disclosure",
    "representative": "disclosure", "licence": "disclosure", "summary": "disclosure", "redaction": "disclosure",
    "repair": "repair", "bankruptcy": "repair", "list": "list", "conduct": "conduct", "measure": "list",
    "commitment": "commitment", "objection": "objection", "service": "service", "hearing": "service",
    "remedy": "service", "tier": "tier", "retention": "protection", "access": "protection", "erasure": "protection",
    "review": "office", "release": "office", "import": "office", "use": "office", "takeover": "takeover",
    "transition": "transition",
}  # fmt: skip
"""The first word of a parameter's name → its topic."""

DAYS: Mapping[str, Words] = {
    "accepted_on": ("受理之日", "the day of acceptance"),
    "announced_on": ("公告之日", "the day of the announcement"),
    "annulled_on": ("撤销或变更之日", "the day of annulment or alteration"),
    "answer_due_on": ("原答复期限届满之日", "the last day of the answer before an extension"),
    "applied_on": ("申请之日", "the day of the application"),
    "asked_on": ("提出之日", "the day somebody was asked to act"),
    "decided_on": ("决定之日", "the day of the decision"),
    "designated_on": ("列入决定之日", "the day of the listing decision"),
    "displayed_on": ("首次公示之日", "the first day shown"),
    "edition_on": ("新规定施行之日", "the first day of the later rule"),
    "found_on": ("认定之日", "the day it was found"),
    "imported_on": ("导入之日", "the day of the import"),
    "last_repaired_on": ("上次修复之日", "the day of the last repair"),
    "listed_on": ("列入之日", "the first day of the listing"),
    "made_on": ("作出之日", "the day the commitment was made"),
    "month_on": ("当月", "the month reported on"),
    "notice_served_on": ("告知书送达之日", "the day the notice was served"),
    "on": ("所问之日", "the day asked about"),
    "pushed_on": ("信用中国推送之日", "the day of the push by Credit China"),
    "repaired_on": ("修复之日", "the day of the repair"),
    "served_on": ("决定书送达之日", "the day the decision was served"),
    "drawn_on": ("抽取之日", "the day of the draw"),
    "hearing_notice_on": ("听证通知书送达之日", "the day the notice of the hearing was served"),
    "ruled_on": ("法院裁定之日", "the day of the court's ruling"),
    "screened_on": ("筛查之日", "the day of the screening"),
    "forwarded_on": ("转办之日", "the day of forwarding"),
    "filed_on": ("提出异议或救济之日", "the day of the objection or remedy"),
}

LISTS: Mapping[str, str] = {
    "class.scheme": "classes", "class.proposal": "penalty_kinds", "commitment.types": "commitment_types",
    "conduct.sections": "sections", "list.screening_hits": "bad_records", "list.screening_sites": "lookup_sites",
    "repair.conditions": "repair_conditions", "repair.papers": "repair_papers",
    "tier.grade_inputs": "tier_inputs", "tier.scheme": "tier_grades",
}  # fmt: skip
"""Parameters whose value is a list of codes, and the code list that has their words."""

STATES: Mapping[str, Words] = {
    "now": ("现行", "in force"),
    "past": ("已被取代", "superseded"),
    "coming": ("尚未施行", "to come"),
}

CHANGES: Mapping[str, Words] = {
    "begins": ("新增", "begins"),
    "changes": ("改变", "changes"),
    "other_basis": ("依据改变", "other basis"),
    "ends": ("终止", "ends"),
}


def topic_of(parameter: str) -> str:
    """The topic of a parameter, `other` where its first word has none."""
    return TOPIC_OF.get(parameter.split(".", 1)[0], "other")


def day_words(name: str) -> Words:
    """What a day is called; its own name where an older rulebook has one without words."""
    return DAYS.get(name, (name, name))
