"""In which network a process is: a second machine, as far as one machine can be two."""

from __future__ import annotations

from pathlib import Path


def network() -> str:
    """The namespace of networks of this process, where the system has them."""
    there = Path("/proc/self/ns/net")
    return str(there.readlink()) if there.is_symlink() else ""
