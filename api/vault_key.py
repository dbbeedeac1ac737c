"""The key that seals personal data: from the settings, else a file that only its owner can read.

Whoever loses it loses the sealed texts for good, and nothing else; it belongs into a safe, not beside the backups.
"""

from __future__ import annotations

import base64
import contextlib
import os
from pathlib import Path

from api.clock import Clock
from api.obstacles import Obstacle
from api.settings import VAULT_KEY_BYTES, Settings


def vault_key(settings: Settings, clock: Clock) -> bytes:
    """The 32 bytes of the key; without one in the settings, of the file `vault.key`, which is made when missing.

    Raises `Obstacle` when the file cannot be read or written, or holds something else.
    """
    if settings.vault_key is not None:
        return settings.vault_key
    path = settings.data_dir / "vault.key"
    try:
        if not path.exists():
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            _make(path, clock)
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as error:
        raise Obstacle(
            "vault_key_out_of_reach",
            f"无法读写密钥文件 {path}；请修正该文件夹的权限，或设置 XINLU_VAULT_KEY。",
            f"The key file {path} cannot be read or written; correct the folder's rights or set XINLU_VAULT_KEY.",
        ) from error
    except ValueError:
        key = b""
    if len(key) != VAULT_KEY_BYTES:
        raise Obstacle(
            "vault_key_damaged",
            f"密钥文件 {path} 已损坏；请从备份恢复，切勿新建，否则已加密的个人信息无法读取。",
            f"The key file {path} is damaged; restore it from a backup and make no new one, "
            "or what was sealed cannot be read again.",
        )
    return key


def _make(path: Path, clock: Clock) -> None:
    # On the disk before anything is sealed with it, and under its name only when whole: a process that dies here
    # leaves a half that is never read. Of two processes that make one at once, the first to link it wins.
    token = clock.token()
    half = path.with_name(f"vault.{token[:8]}.new")
    key = base64.urlsafe_b64decode(token + "=")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(half)
    half.unlink()
