"""The invented officers of the demonstration, one of each role and two more for what one alone may not do.

All names are 样例.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.context import Officer

PASSWORD = "xinlu-demo"  # noqa: S105  Known to everybody: the demonstration listens on this machine only.


@dataclass(frozen=True, slots=True)
class Person:
    """One officer of the demonstration."""

    officer_id: str
    display_name: str
    role: str
    section: str
    office: str
    area: str = "210800"

    @property
    def officer(self) -> Officer:
        return Officer(self.officer_id, self.role, self.section, self.area)


BUREAU = "营口市商务局（样例）"
JIA = Person("jia", "样例员甲", "handler", "market_order", BUREAU)
YI = Person("yi", "样例员乙", "section_head", "market_order", BUREAU)
BING = Person("bing", "样例员丙", "legality_reviewer", "legal", "营口市司法局（样例）")
DING = Person("ding", "样例员丁", "leader", "leading_group", BUREAU)
WU = Person("wu", "样例员戊", "auditor", "audit", "营口市审计局（样例）")
JI = Person("ji", "样例员己", "county_office", "county_210803", "营口市西市区商务局（样例）", "210803")
GENG = Person("geng", "样例员庚", "market_order", "market_order", BUREAU)
XIN = Person("xin", "样例员辛", "administrator", "information", BUREAU)
REN = Person("ren", "样例员壬", "leader", "leading_group", BUREAU)
GUI = Person("gui", "样例员癸", "handler", "foreign_trade", BUREAU)

PEOPLE = (JIA, YI, BING, DING, WU, JI, GENG, XIN, REN, GUI)

SYSTEM = Person("system", "系统", "system", "system", BUREAU)
