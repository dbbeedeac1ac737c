"""Imports under way and finished (导入): each upload is a folder with what became of every row, written as it goes.

A page asks the folder, never a thread: any process can answer, and one that died leaves a run that says so. The file
itself has no name on the disk: it is gone with the process that reads it, however that ends. What stays holds no
identity number.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from threading import Thread
from typing import BinaryIO, cast
from uuid import UUID

from api.exchange.importing import import_file
from api.exchange.outcomes import RowOutcome, Verdict
from api.parts import Parts
from domain.context import Context
from domain.refusals import Refused

SILENT_MAX = timedelta(seconds=60)
ROW_KEYS = ("file", "row", "verdict", "reason", "sentence_zh", "sentence_en", "name", "document_no", "event_id")
FILE_NAME_MAX = 120


@dataclass(frozen=True, slots=True)
class Run:
    """One upload.

    state    running, done, refused (the whole file; `zh` and `en` say why), failed or interrupted
    share    how much of the file was read, 0 to 1
    counts   verdicts so far
    """

    run_id: str
    file_name: str
    officer_id: str
    area: str
    started_at: str
    told_at: str
    state: str = "running"
    batch_id: str = ""
    sha256: str = ""
    table: str = ""
    rows: int = 0
    share: float = 0.0
    counts: dict[str, int] | None = None
    ignored: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""

    def count(self, verdict: str) -> int:
        """Rows with the verdict."""
        return (self.counts or {}).get(verdict, 0)


@dataclass(frozen=True, slots=True)
class Refusals:
    """Rows not taken for one reason; `rows` are the first of them, `count` how many there are."""

    verdict: str
    reason: str
    zh: str
    en: str
    rows: tuple[int, ...]
    count: int


ROWS_NAMED_MAX = 200


class Runs:
    """The runs of one installation, in a folder that only its user may enter."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.folder = parts.settings.data_dir / "imports"

    def start(self, run_id: UUID, file_name: str, content: bytes, context: Context) -> Run:
        """Begin a run in a thread of its own; the same upload sent twice is one run."""
        known = self.find(str(run_id))
        if known is not None:
            return known
        folder = self.folder / str(run_id)
        folder.mkdir(parents=True, mode=0o700)
        upload = cast(BinaryIO, TemporaryFile(dir=folder))  # noqa: SIM115  The thread closes it.
        upload.write(content)
        now = context.now.isoformat()
        run = Run(
            str(run_id), file_name[-FILE_NAME_MAX:], context.officer.officer_id, context.officer.area, now, now
        )
        self._tell(run)
        Thread(target=self._work, args=(run, context, upload), name=f"import-{run_id}", daemon=True).start()
        return run

    def find(self, run_id: str) -> Run | None:
        """The run as told last, None where there is none; one whose process died is `interrupted`."""
        if re.fullmatch(r"[0-9a-f-]{36}", run_id) is None:
            return None
        try:
            told = json.loads((self.folder / run_id / "state.json").read_text("utf-8"))
        except FileNotFoundError:
            return None
        run = Run(**{**told, "ignored": tuple(told["ignored"])})
        silent = self.parts.clock.now() - datetime.fromisoformat(run.told_at)
        return replace(run, state="interrupted") if run.state == "running" and silent > SILENT_MAX else run

    def newest(self, limit: int) -> list[Run]:
        """The newest runs."""
        names = [one.name for one in self.folder.iterdir()] if self.folder.is_dir() else []
        found = [run for name in names if (run := self.find(name)) is not None]
        return sorted(found, key=lambda one: one.started_at, reverse=True)[:limit]

    def outcomes(self, run: Run) -> Iterator[RowOutcome]:
        """What became of each row, in the order of the file."""
        path = self.folder / run.run_id / "rows.jsonl"
        if not path.exists():
            return
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield RowOutcome(**json.loads(line))

    def refusals(self, run: Run) -> list[Refusals]:
        """The rows not taken, gathered by verdict and reason, the most frequent first."""
        counts: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], RowOutcome] = {}
        rows: dict[tuple[str, str], list[int]] = {}
        for one in self.outcomes(run):
            if one.verdict in ("accept", "review"):
                continue
            key = (one.verdict, one.reason)
            counts[key] += 1
            first.setdefault(key, one)
            named = rows.setdefault(key, [])
            if len(named) < ROWS_NAMED_MAX:
                named.append(one.row)
        return [
            Refusals(verdict, reason, first[verdict, reason].sentence_zh, first[verdict, reason].sentence_en,
                     tuple(rows[verdict, reason]), count)
            for (verdict, reason), count in counts.most_common()
        ]  # fmt: skip

    # In the thread

    def _work(self, run: Run, context: Context, upload: BinaryIO) -> None:
        try:
            with upload:
                run = self._import(run, context, upload)
        except Refused as refusal:
            run = replace(run, state="refused", zh=refusal.sentence_zh, en=refusal.sentence_en)
        except Exception as error:
            # What is stored stays stored; the same file uploaded again goes on from there.
            run = replace(run, state="failed", zh=type(error).__name__, en=type(error).__name__)
        self._tell(run)

    def _import(self, run: Run, context: Context, file: BinaryIO) -> Run:
        with (self.folder / run.run_id / "rows.jsonl").open("w", encoding="utf-8") as rows:
            running = import_file(
                self.parts.register, file, run.file_name, context, self.parts.clock.new_id,
                lambda done, share: self._tell(replace(run, rows=done, share=share, counts=_plain(running.counts))),
            )  # fmt: skip
            run = replace(
                run, batch_id=running.batch_id, sha256=running.sha256, table=running.table, ignored=running.ignored
            )
            self._tell(run)
            last = 0
            for one in running:
                rows.write(json.dumps({key: asdict(one)[key] for key in ROW_KEYS}, ensure_ascii=False) + "\n")
                last = max(last, one.position)
        verdicts: Counter[Verdict] = running.counts
        # The page that says "done" shows the rows too.
        self.parts.engine.wait_for(max(last, self.parts.register.head()[0]))
        return replace(run, state="done", rows=verdicts.total(), share=1.0, counts=_plain(verdicts))

    def _tell(self, run: Run) -> None:
        told = asdict(replace(run, told_at=self.parts.clock.now().isoformat()))
        path = self.folder / run.run_id / "state.json"
        # Written beside and moved over: a page never reads half a state.
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        beside.replace(path)


def _plain(counts: Counter[Verdict]) -> dict[str, int]:
    return {str(verdict): count for verdict, count in counts.items()}
