"""Two files of one subject (并档): the duplicate is joined to the main file, leads there, and takes no act any more.

Nothing moves from one file to the other: what the duplicate still held must be concluded or withdrawn, and recorded in
the main file by its own act, so that each entry keeps one origin. What the duplicate said stays in it, for officers.
Basis: 营商〔2020〕65号 二(四)3 (one file for one subject).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from domain.context import Context
from domain.credit_file.disclosure_period import disclosed
from domain.credit_file.duties import owed
from domain.credit_file.listing import covers
from domain.credit_file.succession import FileJoined, SuccessorIsSelf, other_code_of
from domain.event import Event
from domain.refusals import Refused

if TYPE_CHECKING:
    from domain.credit_file.file import CreditFile

# Checks


class StillRunning(Refused):
    zh = "本档案还有在办、在列或在示的事项（{what}）；请先办结或撤回，并在主档案登记，再并档。"
    en = "This file still has what goes on ({what}); conclude or withdraw it, record it in the main file, then join."


def check_nothing_runs(file: CreditFile, context: Context) -> None:
    """A file that takes no act any more owes nothing, is on no list, and has nothing on the public page."""
    on, rules = context.today, context.rules
    running = [one.title or one.case_id for one in owed(file, rules)]
    running += [one.listing_id for one in file.listings.values() if one.listed is not None and covers(one, on, rules)]
    running += [entry for entry, period in disclosed(file, rules).items() if period.until is None or period.until >= on]
    if running:
        raise StillRunning(what="、".join(dict.fromkeys(running)))


# Decisions


def join_file(file: CreditFile, context: Context, *, into: UUID, into_code: str, reason: str) -> list[Event]:
    """Join this file, a second one of its subject, to the main file (并档); from then on it takes no act.

    Refused, in this order: SubjectUnknown, FileIsJoined, CodeMisshapen, SuccessorIsSelf, StillRunning.
    Basis: 营商〔2020〕65号 二(四)3.
    """
    code = other_code_of(file, into_code)
    if into == file.subject_id:
        raise SuccessorIsSelf
    check_nothing_runs(file, context)
    return [FileJoined(into=into, into_code=code, reason=reason, joined_on=context.today)]
