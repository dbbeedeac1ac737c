"""The sample files, row by row: every verdict, in every way of writing the same file."""

from __future__ import annotations

from collections import Counter

import pytest

from domain.register.register import CreditRegister
from tests.api.exchange.samples import FILES, as_csv, expected, table_of, take, take_samples

SHARED_CODES = (
    "XDR_MC XDR_LB XDR_SHXYM XDR_GSZC XDR_ZZJG XDR_SWDJ XDR_SYDW XDR_SHZZ FRDB FR_ZJLX FR_SFZH XDR_ZJLX XDR_ZJHM "
)
PENALTY_CODES = "WSH WFXW SY YJ CFLB NR NR_FK NR_WFFF NR_ZKDX JDRQ YXQ GSJZQ CFJG CFJGDM SJLY SJLYDM"
LICENCE_CODES = "XKWS WSH XKLB XKZS XKBH NR JDRQ YXQZ YXQZI XKJG XKJGDM ZT LYDW LYDWDM"


def test_gives_each_of_the_800_rows_its_verdict(register: CreditRegister) -> None:
    found = {(one.file, one.row): one.verdict for one in take_samples(register)}
    assert len(found) == 800
    assert found == expected()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_gives_the_same_verdicts_for_the_columns_reversed_and_in_any_encoding(
    register: CreditRegister, encoding: str
) -> None:
    found = {}
    for path in FILES:
        content = as_csv([row[::-1] for row in table_of(path)], encoding)
        found |= {(one.file, one.row): one.verdict for one in take(register, content, path.stem)}
    assert found == expected()


def test_gives_the_same_verdicts_under_column_codes(register: CreditRegister) -> None:
    found = {}
    for path in FILES:
        prefix, codes = ("CF_", PENALTY_CODES) if path.stem.startswith("行政处罚") else ("XK_", LICENCE_CODES)
        _, *rows = table_of(path)
        heading = [*(prefix + code for code in (SHARED_CODES + codes).split()), "BZ"]
        assert len(heading) == len(rows[0])
        found |= {(one.file, one.row): one.verdict for one in take(register, as_csv([heading, *rows]), path.stem)}
    assert found == expected()


def test_writes_nothing_the_second_time(register: CreditRegister) -> None:
    first = take_samples(register)
    head = register.head()
    second = take_samples(register)
    assert register.head() == head
    stays = {"accept": "duplicate", "review": "duplicate", "duplicate": "duplicate", "reject": "reject"}
    assert [one.verdict for one in second] == [stays[one.verdict] for one in first]
    rejected = [(one.row, one.reason) for one in first if one.verdict == "reject"]
    assert rejected == [(one.row, one.reason) for one in second if one.verdict == "reject"]


def test_tells_the_reason_of_each_row_that_is_not_stored(register: CreditRegister) -> None:
    reasons = Counter(one.reason for one in take_samples(register) if one.verdict != "accept")
    assert set(reasons) == {
        "AlreadyRecorded", "AmountUnreadable", "CellTooLong", "CodeCheckFails", "CodeMisshapen", "DateUnreadable",
        "DecidedInFuture", "DocumentNoMissing", "EndBeforeDecision", "EndBeyondMaximum", "FineWithoutAmount",
        "NameDiffers", "NameMissing",
    }  # fmt: skip
