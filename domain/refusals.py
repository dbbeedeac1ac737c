"""Why the register says no: each refusal is a legal outcome with a code, one sentence in two languages and an article.

The order in which a decision checks is part of its contract: of two refusals that apply, the first one named in its
docstring is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from domain.law.rows import Row


class Refused(Exception):
    """The register does not record this act.

    zh, en   one sentence each, saying what is wrong and what to do; `{name}` is filled from the keyword arguments
    rule     the rulebook row that says so, where one does: gives the article
    field    name of the form field it belongs to, "" for the act as a whole
    kind     what it means for the asker: refused (by law), unknown, forbidden, gone or busy; the web adds its own,
             and turns each into a status in one table
    """

    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""
    field: ClassVar[str] = ""
    kind: ClassVar[str] = "refused"

    def __init__(self, rule: Row | None = None, **values: object) -> None:
        self.rule = rule
        self.values = values
        super().__init__(self.sentence_en)

    @property
    def code(self) -> str:
        """Stable name for programs: the class name."""
        return type(self).__name__

    @property
    def sentence_zh(self) -> str:
        return self.zh.format(**self.values)

    @property
    def sentence_en(self) -> str:
        return self.en.format(**self.values)

    @property
    def basis(self) -> str:
        """Instrument and article that say no, or ""."""
        return "" if self.rule is None else self.rule.citation


class Doubt(Refused):
    """The register does not record this act until an officer has looked at the doubt and confirmed it with evidence.

    An import sets such a row aside (待核定); at the desk the form asks for the evidence. Confirming names the code.
    """


# Who may act


class NotAllowed(Refused):
    zh = "您的岗位（{role}）不能办理“{act}”（岗位权限表，依据{by}）；请交由有权的岗位办理。"
    en = "Your role ({role_en}) may not perform {act_en} (role × act table, by {by}); hand it to a role that may."
    kind = "forbidden"


class NotYourArea(Refused):
    zh = "该主体属于{area}，不在您的辖区；请交由属地办理。"
    en = "The subject belongs to {area}, outside your area; hand it to the office in charge."
    kind = "forbidden"


class SameOfficer(Refused):
    zh = "{first}与{second}不能是同一人；请由另一名有权人员办理。"
    en = "The officer of “{first_en}” may not also do “{second_en}”; another authorised officer must act."
    kind = "forbidden"


# The register's own questions


class SubjectUnknown(Refused):
    zh = "没有这个信用主体；请先登记，或核对统一社会信用代码。"
    en = "There is no such credit subject; register it first or check the code."
    kind = "unknown"


class RequestIdReused(Refused):
    zh = "同一请求号已用于另一内容；请换一个新的请求号。"
    en = "This request id was already used with other content; use a new request id."


class CaseMoved(Refused):
    zh = "您打开页面之后，本案已有新的办理；您填写的内容已保留，请看过最新情况再提交。"
    en = "The case moved on after you opened the page; what you typed is kept, look at the case and submit again."


class RivalsKeptWriting(Refused):
    zh = "此刻多人同时办理同一主体；没有保存，请稍后再提交。"
    en = "Others keep writing to the same subject; nothing was saved, submit again in a moment."
    kind = "busy"


class CodeTaken(Refused):
    zh = "统一社会信用代码 {code} 已属于另一主体；请先检索该代码。"
    en = "Code {code} already belongs to another subject; search for it first."
    field = "code"


class RuleMissing(Refused):
    zh = "规则库对“{parameter}”没有适用于这些事实的规定；请补充事实（如失信程度），或由市场秩序科补充规则。"
    en = "The rulebook has no row of {parameter} for these facts; add the missing fact (such as the class) or a rule."
