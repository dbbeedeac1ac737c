"""Play the demonstration: adopt the law as it became known, appoint the officers, and let the stories happen in time.

Everything is a real decision of the register, recorded at the simulated instant it happened. Playing is safe to repeat:
a process killed in the middle plays the same script again, and what is stored answers with its first receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from api.accounts import AccountExists, Accounts
from api.clock import SHANGHAI, SystemClock
from api.demo.draw_scene import SCENES, Scene
from api.demo.people import PASSWORD, PEOPLE, SYSTEM, Person
from api.demo.sample_files import RELEASED_AFTER, import_samples
from api.demo.script import Step, at, named
from api.demo.stories import all_stories
from domain.casework import officers
from domain.casework.officers import Appointments, appoint_officer
from domain.context import Context, Filing
from domain.law.reading import Reading
from domain.law.rulebook import Rulebook
from domain.officer import ROLES
from domain.refusals import Refused
from domain.register.acts import StreamKind
from domain.register.register import CreditRegister
from domain.register.rulebooks import Rulebooks

OFFICERS: StreamKind[Appointments] = StreamKind(Appointments.empty, officers.fold)

OPENED = at("2020-07-16 09:00")
"""The day of the plan 营商〔2020〕65号: the demonstration's register opens."""

IMPORTED = at("2026-11-20 16:20")
"""When the handler imports the county's files; what is recorded later was recorded after the whole script."""

MORNING = at("2026-11-23 09:41")
"""Where the stories end and the visitor's clock begins."""


class StoryBroken(RuntimeError):
    """A step of the script was refused: the script or a rule is wrong, and the sentence says which."""


@dataclass(slots=True)
class Stage:
    """Where the script is played: the register and the rulebook in use at the simulated moment."""

    register: CreditRegister
    rulebooks: Rulebooks
    rulebook: Rulebook

    def context(self, when: datetime, person: Person, filing: Filing | None = None) -> Context:
        """The officer's surroundings at the instant."""
        return Context(when, person.officer, Reading(self.rulebook), filing or Filing())

    def adopt(self, rulebook: Rulebook, when: datetime) -> None:
        """Run on this text from the instant on."""
        reason = "演示：按当时可以读到的规定（样例）"
        self.rulebook = rulebook
        if any(event.version == rulebook.version for event, _ in self.rulebooks.versions().adopted):
            return
        self.rulebooks.adopt(rulebook, self.context(when, SYSTEM), reason=reason)


def play(register: CreditRegister, say: Callable[[str], None]) -> None:
    """Play everything that happened before the visitor's morning; nothing where it was all played before.

    Raises StoryBroken.
    """
    rulebooks = Rulebooks(register)
    law = Rulebook.from_files()
    opened = law.as_known(OPENED.date())
    stage = Stage(register, rulebooks, opened)
    _, recorded_at = register.head()
    if recorded_at is not None and recorded_at >= IMPORTED + RELEASED_AFTER:
        return
    say("样例案件开始办理 playing the sample cases")
    stage.adopt(opened, OPENED)
    appoint(stage)
    for moment in in_time(law):
        if isinstance(moment, Step):
            perform(stage, moment)
        elif isinstance(moment, Scene):
            moment.run(register, rulebooks, stage.context, moment.when)
        else:
            stage.adopt(law.as_known(moment), datetime.combine(moment, time(8), SHANGHAI))
    say("导入样例文件 importing the sample files")
    import_samples(register, law, IMPORTED, SystemClock().new_id)
    stage.adopt(law, MORNING)


def in_time(law: Rulebook) -> Iterator[Step | Scene | date]:
    """Steps, scenes and days on which something became known, in order; on one day the law comes first."""
    known = [day for day in law.known_days() if OPENED.date() < day <= MORNING.date()]
    moments: list[Step | Scene] = [*all_stories().in_time(), *SCENES]
    for moment in sorted(moments, key=lambda one: one.when):
        while known and known[0] <= moment.when.date():
            yield known.pop(0)
        yield moment
    yield from known


def appoint(stage: Stage) -> None:
    """Appoint the officers of the demonstration."""
    for person in PEOPLE:
        filing = Filing(request_id=named(f"appoint/{person.officer_id}"))
        stage.register.do_on(
            OFFICERS,
            appoint_officer,
            named(f"officer/{person.officer_id}"),
            stage.context(OPENED, SYSTEM, filing),
            officer_id=person.officer_id,
            display_name=person.display_name,
            role=person.role,
            section=person.section,
            office=person.office,
            area=person.area,
            from_on=OPENED.date(),
            roles=frozenset(ROLES),
        )


def open_accounts(accounts: Accounts, when: datetime) -> None:
    """Open an account for each officer; those opened at an earlier start are kept."""
    for person in PEOPLE:
        with suppress(AccountExists):
            accounts.add(person.officer_id, PASSWORD, when, named(f"officer/{person.officer_id}"))


def perform(stage: Stage, step: Step) -> None:
    """Perform one step as its officer."""
    context = stage.context(step.when, step.person, step.filing)
    try:
        stage.register.do(step.decide, step.subject_id, context, **step.kwargs)
    except Refused as refused:
        raise StoryBroken(f"{step.name} {step.when:%Y-%m-%d}: {refused.code}: {refused.sentence_en}") from refused
