"""Importing at the desk: upload, follow, read the result, settle rows, classify and release in one act."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.credit_code import identity_holds
from tests.desk import Desk, new_code
from tests.html import Element
from tests.site import Site

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "双公示"
IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")
CODE, NAME = "行政相对人代码_1（统一社会信用代码）", "行政相对人名称"
NUMBER, DECIDED = "行政处罚决定书文号", "处罚决定日期"


@cache
def samples() -> tuple[dict[str, str], ...]:
    """Rows of the sample file of penalties."""
    with (SAMPLES / "行政处罚-1.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def row(**given: str) -> dict[str, str]:
    """A sound row about a firm of its own, decided lately; `given` by heading."""
    code = new_code()
    fresh = {
        CODE: code, NUMBER: f"营商罚决字〔2026〕第{code[-6:]}号", NAME: f"营口样例导入{code[-6:]}有限公司",
        DECIDED: "2026/11/02", "公示截止期": "2027/11/02",
    }  # fmt: skip
    return {**samples()[0], **fresh, **given}


def as_file(rows: Iterable[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(samples()[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def upload(desk: Desk, name: str, content: bytes) -> str:
    """The path of the run after it ended."""
    sent = desk.send("/officer/imports", {"file": (name, content, "text/csv")})
    until = time.monotonic() + 30
    while "正在导入" in desk.client.get(sent.location).text:
        assert time.monotonic() < until, "the import did not end"
        time.sleep(0.05)
    return sent.location


def counts(page: Element) -> dict[str, str]:
    lines = page.one("ul", class_="counts").all("li")
    return {line.words.removeprefix(line.one("b").words): line.one("b").words for line in lines}


def batch_of(page: Element) -> str:
    links = [one.attributes["href"] for one in page.one("main").all("a")]
    return next(one for one in links if one.endswith(("/classes", "/releases"))).rsplit("/", 1)[0]


def test_a_file_goes_from_upload_to_the_public_page(jia: Desk, yi: Desk, site: Site) -> None:
    rows = [row(), row(), row(**{"处罚类别": "警告", "处罚内容": "警告", "罚款金额（万元）": ""})]
    result = jia.open(upload(jia, "处罚-全程.csv", as_file(rows)))
    assert counts(result) == {"已存入": "3", "待核定": "0", "重复，未存": "0", "退回，未存": "0"}
    batch = batch_of(result)
    page = yi.open(f"{batch}/classes")
    proposed = [
        option.attributes["value"]
        for select in page.one("main").all("select")
        for option in select.all("option")
        if "selected" in option.attributes
    ]
    assert sorted(proposed) == ["class.2025/general", "class.2025/general", "class.2025/minor"]
    bare = yi.send(f"{batch}/classes")
    assert bare.status == 422
    told = jia.follow(jia.send(f"{batch}/classes", reason="核对决定书（样例）"))
    assert "已归类 3 条" in told.one("p", role="status").words
    preview = yi.open(f"{batch}/releases")
    assert "2 条将自今日起公示" in preview.one("p", class_="standing").words
    assert "2027-11-02" in preview.one("section", aria_labelledby="will").words
    assert "依规定不公示" in preview.one("section", aria_labelledby="not").words
    with site.client() as public:
        assert rows[0][NUMBER] not in public.get(f"/s/{rows[0][CODE]}").text
        action, fields = yi.form(f"{batch}/releases")
        first, second = yi.post(action, fields), yi.post(action, fields)
        assert first.location == second.location
        assert "已批准公示 2 条" in yi.follow(first).one("p", role="status").words
        assert [rows[at][NUMBER] in public.get(f"/s/{rows[at][CODE]}").text for at in range(3)] == [True, True, False]
    subject = site.parts.register.subject_by_code(rows[0][CODE])
    assert subject is not None
    names = [type(fact.event).__name__ for fact in site.parts.register.history(subject)]
    assert names == ["SubjectRegistered", "PenaltyRecorded", "Classified", "Disclosed"]


def test_whoever_recorded_a_file_cannot_release_it(yi: Desk) -> None:
    batch = batch_of(yi.open(upload(yi, "处罚-自批.csv", as_file([row()]))))
    yi.send(f"{batch}/classes", reason="样例")
    page = yi.open(f"{batch}/releases")
    assert "由您登记、更正或归类，须由另一人批准" in page.one("section", aria_labelledby="not").words
    assert page.one("main").all("form") == []


def test_rows_not_taken_are_grouped_by_reason_with_their_numbers(jia: Desk) -> None:
    good = row()
    rows = [good, row(**{DECIDED: "2026/02/30"}), row(**{NUMBER: ""}), row(**{DECIDED: "2026/13/01"}), good]
    path = upload(jia, "处罚-退回.csv", as_file(rows))
    page = jia.open(path)
    assert counts(page) == {"已存入": "1", "待核定": "0", "重复，未存": "1", "退回，未存": "3"}
    lines = [one.words for one in page.one("section", aria_labelledby="rj").all("tr")][1:]
    assert [line for line in lines if line.endswith("3、52")], lines
    assert [line for line in lines if line.startswith("没有填写决定文书号") and line.endswith("41")], lines
    assert [line for line in lines if line.startswith("重复：") and line.endswith("61")], lines
    table = jia.client.get(f"{path.split('?')[0]}/rows.csv")
    assert table.headers["content-type"].startswith("text/csv")
    told = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [one["结论"] for one in told] == ["已登记", "未登记", "未登记", "未登记", "重复"]


def test_the_same_file_uploaded_again_stores_nothing(jia: Desk, site: Site) -> None:
    content = as_file([row(), row()])
    upload(jia, "处罚-再传.csv", content)
    before, _ = site.parts.register.head()
    page = jia.open(upload(jia, "处罚-再传.csv", content))
    assert counts(page)["重复，未存"] == "2"
    assert site.parts.register.head()[0] == before


def test_an_upload_never_has_a_name_on_the_disk_not_even_while_it_is_read(jia: Desk, site: Site) -> None:
    sent = jia.send("/officer/imports", {"file": ("处罚-无名.csv", as_file(row() for _ in range(60)), "text/csv")})
    folder = site.parts.settings.data_dir / "imports" / sent.location.rsplit("/", 1)[1]
    while "正在导入" in jia.client.get(sent.location).text:
        assert {one.name for one in folder.iterdir()} <= {"state.json", "state.new", "rows.jsonl"}
    assert {one.name for one in folder.iterdir()} == {"state.json", "rows.jsonl"}


def test_the_same_upload_sent_twice_is_one_run(jia: Desk) -> None:
    action, fields = jia.form("/officer/imports")
    content = as_file([row()])
    sent = [jia.post(action, fields, {"file": ("处罚-两次.csv", content, "text/csv")}) for _ in range(2)]
    assert sent[0].location == sent[1].location


def test_a_file_with_other_headings_is_refused_with_what_was_expected(jia: Desk) -> None:
    page = jia.open(upload(jia, "无关.csv", "甲,乙\n1,2\n".encode()))
    assert "首行须有“行政相对人名称”" in page.one("p", role="status").words
    assert "无关.csv" in jia.open("/officer/imports").one("section", aria_labelledby="runs").words


def test_an_upload_without_a_file_is_told_beside_the_field(jia: Desk) -> None:
    sent = jia.send("/officer/imports")
    assert sent.status == 422
    assert "此项必填" in sent.said


def doubtful(desk: Desk, name: str) -> tuple[str, dict[str, str]]:
    """The page of a file whose only row waits, and the row."""
    one = row(公示截止期="2031/11/02")
    path = upload(desk, name, as_file([one]))
    return path, one


def test_a_row_is_accepted_with_evidence_only_and_then_stored(jia: Desk, site: Site) -> None:
    path, one = doubtful(jia, "处罚-接受.csv")
    page = jia.open(path)
    assert "1 行等您核定" in page.one("p", class_="standing").words
    queue = page.one("section", aria_labelledby="review")
    assert "2031-11-02" in queue.words
    bare = jia.send(path, verdict="accept")
    assert bare.status == 409
    assert "须有凭据" in bare.said
    sent = jia.send(path, verdict="accept", evidence="决定书核对无误（样例）")
    assert sent.status == 303
    assert "0 行等您核定" in jia.follow(sent).one("p", class_="standing").words
    subject = site.parts.register.subject_by_code(one[CODE])
    assert subject is not None
    fact = site.parts.register.history(subject)[-1]
    assert type(fact.event).__name__ == "PenaltyRecorded"
    assert fact.envelope.evidence[0].title == "决定书核对无误（样例）"


def test_a_row_is_refused_with_a_reason_and_comes_back_rejected(jia: Desk) -> None:
    path, one = doubtful(jia, "处罚-拒绝.csv")
    assert jia.send(path, verdict="refuse").status == 409
    assert jia.send(path, verdict="refuse", evidence="截止期写错（样例）").status == 303
    again = jia.open(upload(jia, "处罚-再报.csv", as_file([one, row()])))
    assert counts(again)["退回，未存"] == "1"
    assert "截止期写错（样例）" in again.one("section", aria_labelledby="rj").words


def test_accept_and_refuse_look_the_same(jia: Desk) -> None:
    path, _ = doubtful(jia, "处罚-并列.csv")
    buttons = jia.open(path).one("section", aria_labelledby="review").all("button")
    assert [one.attributes["class"] for one in buttons] == ["quiet", "quiet"]
    assert [one.words for one in buttons] == ["接受", "拒绝"]


def test_a_county_office_sees_and_settles_rows_of_its_own_county_only(jia: Desk, ji: Desk) -> None:
    other = new_code("210882")
    one = row(**{CODE: other, "公示截止期": "2031/11/02"})
    path = upload(jia, "处罚-属地.csv", as_file([one, row()]))
    batch = batch_of(jia.open(path))
    action, fields = jia.form(path)
    assert one[NAME] not in ji.client.get(batch).text
    fields["csrf"] = ji.form("/officer/imports")[1]["csrf"]
    sent = ji.post(action, fields | {"verdict": "accept", "evidence": "样例"})
    assert sent.status == 403
    assert "不在您的辖区" in sent.answer.text
    assert ji.client.get(path).status_code == 404


def test_what_is_kept_of_a_run_holds_no_identity_number_and_no_upload(jia: Desk, site: Site) -> None:
    content = (SAMPLES / "行政处罚-1.csv").read_bytes()
    given = {found for found in IDENTITY.findall(content.decode("utf-8-sig")) if identity_holds(found)}
    assert given
    path = upload(jia, "行政处罚-样例.csv", content)
    folder = site.parts.settings.data_dir / "imports"
    assert list(folder.glob("*/upload")) == []
    kept = "".join(one.read_text("utf-8") for one in folder.glob("*/*"))
    shown = jia.client.get(path).text + jia.client.get(f"{path.split('?')[0]}/rows.csv").content.decode()
    assert [one for one in given if one in kept or one in shown] == []


@pytest.mark.parametrize("path", ["runs/00000000-0000-4000-8000-000000000001", "runs/nothing", "nothing"])
def test_a_run_or_file_that_does_not_exist_is_not_found(jia: Desk, path: str) -> None:
    assert jia.client.get(f"/officer/imports/{path}").status_code == 404


def test_a_run_whose_process_died_says_so_and_how_to_go_on(jia: Desk, site: Site) -> None:
    folder: Any = site.parts.settings.data_dir / "imports" / "00000000-0000-4000-8000-00000000dead"
    folder.mkdir(parents=True)
    (folder / "state.json").write_text(
        '{"run_id": "00000000-0000-4000-8000-00000000dead", "file_name": "样例.csv", "officer_id": "jia", '
        '"area": "210800", "started_at": "2026-11-23T00:00:00+00:00", "told_at": "2026-11-23T00:00:00+00:00", '
        '"ignored": []}',
        encoding="utf-8",
    )
    page = jia.open("/officer/imports/runs/00000000-0000-4000-8000-00000000dead")
    assert "请重新上传同一文件" in page.one("p", role="status").words
