"""The only reader of the environment.

| variable            | meaning                                                             |
|---------------------|---------------------------------------------------------------------|
| XINLU_DATABASE_URL  | the PostgreSQL to use; without it an embedded one is started        |
| XINLU_DATA_DIR      | folder of the embedded database, papers and keys                    |
| XINLU_HOST          | address to listen on, 127.0.0.1 unless told                         |
| XINLU_PORT          | port to listen on, 8000 unless told                                 |
| XINLU_VAULT_KEY     | 64 hex digits; without it the key is a file only its owner can read |
| CI                  | `true` on a build machine: a missing browser is then a failure      |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from api.obstacles import Obstacle

PORT_MAX = 65535
VAULT_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person who installed it decided, read once.

    database_url  None means: start the embedded PostgreSQL in `data_dir`
    data_dir      absolute; made when first needed
    port          1 to 65535; 0 lets the system choose one
    vault_key     32 bytes that seal personal data, or None: kept as a file in `data_dir`
    """

    data_dir: Path
    database_url: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    vault_key: bytes | None = field(default=None, repr=False)
    is_ci: bool = False


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the environment, or the mapping given.

    Raises `Obstacle` when a value cannot be understood.
    """
    values = os.environ if environment is None else environment
    return Settings(
        data_dir=Path(values.get("XINLU_DATA_DIR") or _default_data_dir()).expanduser().resolve(),
        database_url=values.get("XINLU_DATABASE_URL") or None,
        host=values.get("XINLU_HOST") or "127.0.0.1",
        port=_port(values.get("XINLU_PORT") or "8000"),
        vault_key=_vault_key(values.get("XINLU_VAULT_KEY") or ""),
        is_ci=(values.get("CI") or "").lower() in ("true", "1"),
    )


def _default_data_dir() -> str:
    # The embedded server refuses to run as root and runs as another user, who cannot pass through root's home.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return "/var/lib/xinlu"
    return platformdirs.user_data_dir("xinlu", appauthor=False)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > PORT_MAX:
        raise Obstacle(
            "port_not_a_number",
            f"XINLU_PORT 应为 0 到 {PORT_MAX} 的整数，现为“{text}”；请改正后重试。",
            f"XINLU_PORT must be a whole number from 0 to {PORT_MAX}, not '{text}'; correct it and start again.",
        )
    return int(text)


def _vault_key(text: str) -> bytes | None:
    if not text:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != VAULT_KEY_BYTES:
        raise Obstacle(
            "vault_key_malformed",
            "XINLU_VAULT_KEY 应为 64 位十六进制数字（32 字节）；请改正后重试。",
            "XINLU_VAULT_KEY must be 64 hexadecimal digits (32 bytes); correct it and start again.",
        )
    return key
