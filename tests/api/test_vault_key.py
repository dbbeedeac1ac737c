"""The key of the sealed personal data is made once, kept private, and never replaced by mistake."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.clock import SystemClock
from api.obstacles import Obstacle
from api.settings import Settings, read_settings
from api.vault_key import vault_key


def test_takes_the_key_of_the_settings_and_writes_no_file(tmp_path: Path) -> None:
    settings = read_settings({"XINLU_DATA_DIR": str(tmp_path), "XINLU_VAULT_KEY": "ab" * 32})
    assert vault_key(settings, SystemClock()) == b"\xab" * 32
    assert list(tmp_path.iterdir()) == []


def test_makes_a_private_file_once_and_reads_it_again(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    first = vault_key(settings, SystemClock())
    assert len(first) == 32
    assert vault_key(settings, SystemClock()) == first
    [file] = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: vault_key(Settings(data_dir=tmp_path), SystemClock()), range(8)))
    assert len(keys) == 1


def test_refuses_a_damaged_file_instead_of_making_a_new_key(tmp_path: Path) -> None:
    (tmp_path / "vault.key").write_text("样", encoding="utf-8")
    with pytest.raises(Obstacle) as met:
        vault_key(Settings(data_dir=tmp_path), SystemClock())
    assert met.value.code == "vault_key_damaged"


@pytest.mark.parametrize("text", ["ab", "zz" * 32])
def test_refuses_a_key_in_the_settings_that_is_no_key(text: str) -> None:
    with pytest.raises(Obstacle) as met:
        read_settings({"XINLU_VAULT_KEY": text})
    assert met.value.code == "vault_key_malformed"
    assert text not in met.value.en
