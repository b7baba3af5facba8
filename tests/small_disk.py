"""A real disk of little room, to be filled."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def small_disk(there: Path, room: int) -> Iterator[Path]:
    """A file system in memory with so many bytes, mounted at this new folder."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    there.mkdir(mode=0o700)
    command = ["mount", "-t", "tmpfs", "-o", f"size={room},mode=0700", "tmpfs", str(there)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if os.environ.get("CI"):
            pytest.fail(done.stderr)
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield there
    finally:
        subprocess.run(["umount", "--lazy", str(there)], check=True)


def fill(folder: Path) -> Path:
    """Take all the room there is."""
    stuffing = folder / "stuffing"
    with stuffing.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    assert shutil.disk_usage(folder).free == 0
    return stuffing
