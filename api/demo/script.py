"""A script of acts in simulated time: what happened when, by whom; played through the real decisions, in order of time.

Every id in a script follows from a name, and every act carries a request id made of its place in the script. So a
script that was killed in the middle is simply played again: what is stored answers with its first receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec
from uuid import UUID, uuid5

from stdnum.cn import uscc

from api.clock import SHANGHAI
from api.demo.people import Person
from domain.context import Context, Filing
from domain.credit_file.file import CreditFile
from domain.credit_file.takeover import ACTS, TAKEOVER
from domain.event import Event, Evidence, Source

P = ParamSpec("P")

NAMES = UUID("8f1e6d1e-5a3b-4a5c-9d0e-7e6a1b2c3d4e")
"""Names of the demonstration become ids under this one."""

SCAN = b"%PDF-1.4\n% invented scan of the demonstration\n"
"""The scan that every paper taken over has here."""

SCAN_SHA256 = sha256(SCAN).hexdigest()


def named(name: str) -> UUID:
    """The id of a name: the same on every machine."""
    return uuid5(NAMES, name)


def at(text: str) -> datetime:
    """An instant in Asia/Shanghai, written `2026-11-18 15:32`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def day(text: str) -> date:
    """A day, written `2026-11-18`."""
    return date.fromisoformat(text)


def code(division: str, number: int, kind: str = "91") -> str:
    """An invented credit code: visible by its XX, with a right check character."""
    body = f"{kind}{division}XX{number:07d}"
    return body + uscc.calc_check_digit(body)


@dataclass(frozen=True, slots=True)
class Step:
    """One act at one instant: `run` is given the context of its officer at that moment."""

    when: datetime
    order: int
    person: Person
    filing: Filing
    name: str
    decide: Callable[..., Sequence[Event]]
    subject_id: UUID
    kwargs: dict[str, Any]


@dataclass(slots=True)
class Script:
    """Collects steps in any order; `in_time` gives them in the order in which they happened."""

    name: str
    steps: list[Step] = field(default_factory=list)

    def act(
        self,
        when: str,
        person: Person,
        decide: Callable[Concatenate[CreditFile, Context, P], Sequence[Event]],
        subject: str,
        case_no: str | None = None,
        papers: Iterable[tuple[str, str]] = (),
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Add an act on a subject, named as in the script."""
        step_name = f"{self.name}/{len(self.steps)}/{subject}/{decide.__name__}"
        evidence = tuple(Evidence(title=title, document_no=number) for title, number in papers)
        source = Source(system="demo")
        if decide.__name__ in ACTS:
            evidence, source = tuple(one.model_copy(update={"sha256": SCAN_SHA256}) for one in evidence), TAKEOVER
        filing = Filing(case_no, evidence, source, request_id=named(step_name))
        step = Step(at(when), len(self.steps), person, filing, step_name, decide, named(subject), kwargs)
        self.steps.append(step)

    def in_time(self) -> list[Step]:
        """The steps by instant, those of one instant as written."""
        return sorted(self.steps, key=lambda step: (step.when, step.order))

    def together_with(self, *others: Script) -> Script:
        """One script of several, each step keeping its name."""
        steps = [*self.steps]
        for other in others:
            steps += [replace(step, order=step.order + len(steps)) for step in other.steps]
        return Script(self.name, steps)
