"""Papers (凭据): scans that acts rest on, each stored once under the SHA-256 of its bytes.

What a paper is follows from its first bytes, never from its name. A paper is served only beside a case that names it.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.refusals import Refused

BYTES_MAX = 20 * 1024 * 1024
NAME = re.compile(r"[0-9a-f]{64}")
MAGIC: dict[bytes, tuple[str, str]] = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}


class PaperTooLarge(Refused):
    zh = "扫描件超过 {limit} MB；请降低分辨率或分成几份再上传。"
    en = "The scan is larger than {limit} MB; lower its resolution or split it, then upload again."
    field = "paper"
    kind = "too_large"


class PaperKindUnknown(Refused):
    zh = "只接受 PDF、JPEG、PNG 扫描件（按文件内容判断）；请转换后再上传。"
    en = "Only PDF, JPEG and PNG scans are taken, judged by content; convert the file and upload it again."
    field = "paper"
    kind = "form"


class PaperNotKept(Refused):
    zh = "凭据所指的扫描件没有保存在本系统；请先上传扫描件，或去掉其摘要值。"
    en = "The scan that the evidence names by its digest is not kept here; upload it first, or leave the digest out."
    field = "evidence"
    kind = "malformed"


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored scan: `sha256` in hex names it, `media_type` and `suffix` follow from its content."""

    sha256: str
    media_type: str
    suffix: str
    content: bytes


class Papers(Protocol):
    """Where scans are kept."""

    def keep(self, content: bytes) -> str:
        """Store the scan once and return its SHA-256. Refused, in this order: PaperTooLarge, PaperKindUnknown."""
        ...

    def read(self, sha256: str) -> Paper | None:
        """The scan of that name, None where there is none."""
        ...

    def holds(self, sha256: str) -> bool:
        """Whether a scan of that name is kept."""
        ...


def kind_of(content: bytes) -> tuple[str, str] | None:
    """Media type and file suffix by the first bytes, None for anything else than PDF, JPEG and PNG."""
    return next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), None)


class FolderPapers:
    """Papers as files of a folder, which is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        if len(content) > BYTES_MAX:
            raise PaperTooLarge(limit=BYTES_MAX // 1024 // 1024)
        if kind_of(content) is None:
            raise PaperKindUnknown
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(content)
            # A process that dies before this line leaves a file of another name, which nothing ever reads.
            Path(file.name).replace(path)
        return sha256

    def holds(self, sha256: str) -> bool:
        return NAME.fullmatch(sha256) is not None and self._path(sha256).is_file()

    def read(self, sha256: str) -> Paper | None:
        if not self.holds(sha256):
            return None
        content = self._path(sha256).read_bytes()
        kind = kind_of(content)
        if kind is None or hashlib.sha256(content).hexdigest() != sha256:
            return None
        return Paper(sha256, *kind, content)

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256
