"""Scans: kept once, known by their content, and served only beside a case to who may see it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from api.papers import BYTES_MAX, FolderPapers, PaperKindUnknown, PaperTooLarge
from tests.site import Site

PDF = b"%PDF-1.7\nsample " + "样例".encode()
HAITONG = "91210803XX27410369"


def test_a_paper_is_kept_once_under_its_digest_and_its_kind_follows_from_its_content(tmp_path: Path) -> None:
    papers = FolderPapers(tmp_path / "papers")
    name = papers.keep(PDF)
    assert name == hashlib.sha256(PDF).hexdigest()
    assert papers.keep(PDF) == name
    assert [one.name for one in (tmp_path / "papers").rglob("*") if one.is_file()] == [name]
    paper = papers.read(name)
    assert paper is not None
    assert (paper.content, paper.media_type, paper.suffix) == (PDF, "application/pdf", "pdf")


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04", b" %PDF-1.7", b"GIF89a"])
def test_anything_but_pdf_jpeg_and_png_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PaperKindUnknown):
        FolderPapers(tmp_path).keep(content)
    assert list(tmp_path.iterdir()) == []


def test_a_paper_too_large_is_refused_before_its_kind(tmp_path: Path) -> None:
    with pytest.raises(PaperTooLarge):
        FolderPapers(tmp_path).keep(b"x" * (BYTES_MAX + 1))


@pytest.mark.parametrize("name", ["", "../secret", "0" * 63, "0" * 64, "A" * 64])
def test_nothing_is_read_by_a_name_that_is_no_digest_of_a_paper(tmp_path: Path, name: str) -> None:
    assert FolderPapers(tmp_path).read(name) is None


def test_a_paper_that_was_altered_is_not_handed_out(tmp_path: Path) -> None:
    papers = FolderPapers(tmp_path)
    name = papers.keep(PDF)
    (tmp_path / name[:2] / name).write_bytes(PDF + b"!")
    assert papers.read(name) is None


def test_a_paper_is_served_beside_its_case_as_a_file_to_who_may_see_it(site: Site) -> None:
    with site.client() as client:
        subject_id = UUID(client.get(f"/api/v1/subjects/{HAITONG}").json()["subject_id"])
    named, unnamed = site.parts.papers.keep(PDF), site.parts.papers.keep(PDF + b" of nobody")
    path = f"/officer/subjects/{subject_id}/papers"
    act = {
        "name": "营口样例海桐实业有限公司",
        "effective_on": "2026-11-23",
        "evidence": [{"title": "变更登记通知书", "document_no": "样例 1", "sha256": named}],
    }
    other = {"subject_kind": "sole_trader", "name": "大石桥样例纸店", "code": "92210882XX0000001", "division": "210882"}
    with site.bearer("jia") as jia, site.bearer("ji") as ji, site.bearer("xin") as xin, site.client() as stranger:
        mine = jia.post(
            "/api/v1/subjects",
            json=other | {"code": "92210882XX00000019", "confirmed": ["CodeCheckFails"], "evidence": act["evidence"]},
            headers={"Idempotency-Key": str(uuid4())},
        ).json()["subject_id"]
        there = f"/officer/subjects/{mine}/papers/{named}"
        answer = jia.get(there)
        assert answer.status_code == 200, answer.text
        assert answer.content == PDF
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"] == f'attachment; filename="{named[:12]}.pdf"'
        assert answer.headers["cache-control"] == "private, no-store"
        assert jia.get(f"/officer/subjects/{mine}/papers/{unnamed}").status_code == 404
        assert jia.get(f"{path}/{named}").status_code == 404, "another subject's case does not name it"
        assert ji.get(there).status_code == 403, "an office of another county"
        assert xin.get(there).status_code == 403, "the administrator reads no files"
        assert stranger.get(there).status_code == 303
