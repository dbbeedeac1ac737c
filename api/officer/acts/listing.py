"""Acts on a listing besides its main steps: hearing, waiver, discussion, consent, announcement, correction, honours."""

from __future__ import annotations

from api.officer.act_form import Asked, Group, Told
from api.officer.act_table import CaseKind, Decision, OfficerAct
from api.officer.listing_told import ADOPTED, RESULTS, case_told
from api.officer.words import METHODS, Words
from domain.context import Context
from domain.credit_file.file import CreditFile
from domain.credit_file.listing_changes import confirm_listing, correct_listing, reinstate_listing
from domain.credit_file.listing_checks import RED
from domain.credit_file.listing_decisions import discuss_listing, review_listing, waive_statement
from domain.credit_file.listing_hearing import hold_hearing, request_hearing, serve_hearing_notice
from domain.credit_file.listing_service import announce_service
from domain.credit_file.listing_upward import receive_consent
from domain.credit_file.red_list import announce_red_listing, screen_subject

DOCUMENT = Asked("document_no", ("文书号", "Document number"), required=True)
SUMMARY = Asked("summary", ("要点", "Summary"), "area")
REASONS = Asked("reasons", ("理由", "Reasons"), "area", required=True)
MEDIUM = Asked("medium", ("公告、公示的载体", "Where it is announced"), required=True)
FIELDS: tuple[tuple[str, Words], ...] = (
    ("decision_no", ("决定书文号", "decision number")), ("decided_on", ("决定日期", "decided on")),
    ("effective_on", ("生效日期", "in force from")), ("designated_by", ("认定机关", "designating body")),
    ("facts", ("事实", "facts")),
)  # fmt: skip
SETTLED: tuple[tuple[str, Words], ...] = (
    ("stands", ("维持列入", "the listing stands")), ("to_revoke", ("应予撤销", "to be revoked")),
)  # fmt: skip


def day_asked(name: str, zh: str, en: str) -> Asked:
    """A day that must be given."""
    return Asked(name, (zh, en), "date", required=True)


def on_listing(decide: Decision, noun: str, *fields: Asked) -> OfficerAct:
    """An act on one listing, under what the case holds so far."""
    return OfficerAct(
        decide, noun, (Group(("", ""), fields),), collection="listings", about="listing_id", told=case_told,
    )  # fmt: skip


def red_lists(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
    """The lists of honours."""
    lists = context.rules.lists("list_types", context.today)
    return tuple((one.code, (one.zh, one.en)) for one in lists.values() if one.kind == RED)


def sites(file: CreditFile, context: Context) -> tuple[tuple[str, Words], ...]:
    """The credit sites that are looked up."""
    return tuple((one.code, (one.zh, one.en)) for one in context.rules.lists("lookup_sites", context.today).values())


def screenings_told(file: CreditFile, context: Context, case_id: str) -> tuple[Told, ...]:
    """The screenings made so far."""
    return tuple(
        Told((f"{one.screened.screened_on} 筛查", f"Screened on {one.screened.screened_on}"),
             ("无不良记录", "clean") if one.screened.result == "clean" else ("有不良记录", "bad record found"))
        for one in file.screenings.values()
    )  # fmt: skip


ACTS: tuple[OfficerAct, ...] = (
    on_listing(
        announce_service, "announcements", day_asked("announced_on", "公告日期", "Announced on"), MEDIUM,
    ),
    on_listing(waive_statement, "waivers", day_asked("waived_on", "放弃日期", "Given up on"), DOCUMENT),
    on_listing(
        request_hearing, "hearing-requests", day_asked("requested_on", "要求日期", "Asked for on"), SUMMARY,
    ),
    on_listing(
        serve_hearing_notice, "hearing-notices", DOCUMENT, day_asked("served_on", "送达日期", "Served on"),
        Asked("method", ("送达方式", "Method"), "select", options=METHODS),
        day_asked("hearing_on", "听证日期", "Hearing on"), Asked("place", ("听证地点", "Place"), required=True),
        Asked("consent", ("同意电子送达的确认书（电子送达时）", "Consent to electronic service, where served so")),
    ),
    on_listing(
        hold_hearing, "hearings", day_asked("held_on", "听证日期", "Held on"),
        Asked("chair", ("主持人（不得为本案承办人）", "Chair, not who handles the case"), required=True),
        Asked("attended", ("当事人到场", "The subject came"), "check"),
        Asked("record_no", ("笔录编号", "Number of the record"), required=True), SUMMARY,
    ),
    on_listing(
        review_listing, "opinions", Asked("opinion", ("复核意见", "Finding"), "area", required=True),
        Asked("adopted", ("是否采纳", "Whether adopted"), "select", options=ADOPTED), REASONS,
    ),
    on_listing(
        receive_consent, "consents", Asked("body", ("同意的机关", "Body that consented"), required=True), DOCUMENT,
        day_asked("decided_on", "同意日期", "Consented on"),
    ),
    on_listing(
        discuss_listing, "discussions", day_asked("held_on", "讨论日期", "Held on"),
        Asked("present", ("参加人（每行一人）", "Present, one on each line"), "area", required=True),
        Asked("views", ("讨论意见", "Views"), "area", required=True),
        Asked("result", ("讨论结果", "Result"), "select", options=RESULTS),
    ),
    on_listing(
        announce_red_listing, "public-notices", day_asked("announced_on", "公示起始日期", "Shown from"), MEDIUM,
    ),
    on_listing(
        correct_listing, "corrections", Asked("field", ("更正的项目", "What is corrected"), "select", options=FIELDS),
        Asked("new", ("更正为", "What the decision says"), required=True),
        Asked("reason", ("更正理由", "Reason"), required=True),
    ),
    on_listing(
        confirm_listing, "confirmations", Asked("result", ("核定结果", "Result"), "select", options=SETTLED), REASONS,
    ),
    on_listing(
        reinstate_listing, "reinstatements", DOCUMENT, day_asked("effective_on", "恢复之日", "Back from"),
    ),
    OfficerAct(
        screen_subject, "screenings",
        (Group(("", ""), (
            Asked("list_type", ("名单", "List"), "select", required=True),
            Asked("looked_up", ("已查询的网站", "Sites looked up today"), "many"),
            Asked("adverse", ("有不良记录的网站", "Sites that told of a bad record"), "many"),
            Asked("note", ("说明", "Note"), "area"),
        )),),
        creates="screening_id", options={"list_type": red_lists, "looked_up": sites, "adverse": sites},
        told=screenings_told,
    ),
)  # fmt: skip

CASES: tuple[CaseKind, ...] = ()
"""The case page of listings is made by hand."""
