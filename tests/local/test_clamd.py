"""A clamd elsewhere is asked by its own protocol; whatever is no answer is none."""

from __future__ import annotations

import hashlib
import io
import shutil
import socket
import struct
import subprocess
import sys
from contextlib import closing, contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from casework.files import scanning
from core.local import clamd
from core.local.paths import ROOT
from tests.local.conftest import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.enable_socket
EICAR = "".join(scanning.TRIED).encode()


class Answering:
    """Takes one file as clamd does, and says what it is told to say."""

    def __init__(self, says: bytes, *, after: int | None = None) -> None:
        self.says, self.after, self.heard = says, after, b""
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = Thread(target=self._answer, daemon=True)
        self.thread.start()

    def _answer(self) -> None:
        there, _address = self.listening.accept()
        with there, there.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while self.after is None or len(self.heard) < self.after:
                (length,) = struct.unpack("!I", stream.read(4))
                if not length:
                    break
                self.heard += stream.read(length)
            there.sendall(self.says)


@contextmanager
def answering(says: bytes, *, after: int | None = None) -> Iterator[Answering]:
    made = Answering(says, after=after)
    with closing(made.listening):
        yield made
        made.thread.join(10)


@pytest.mark.parametrize(
    ("says", "code"),
    [
        (b"stream: OK\0", 0),
        (b"stream: Eicar-Test-Signature FOUND\0", 1),
        (b"INSTREAM size limit exceeded. ERROR\0", 2),
        (b"stream: OK", 0),  # the connection ends with it
        (b"OK\0", 2),
        (b"", 2),
    ],
)
def test_what_it_says_is_an_exit_code(says, code):
    text = b"Invented\n" * 30_000
    with answering(says) as there:
        assert clamd.ask("127.0.0.1", there.port, io.BytesIO(text)) == code
    assert there.heard == text


def test_it_may_say_so_before_it_has_all_of_a_file():
    with answering(b"stream: Bad FOUND\0", after=clamd.PART) as there:
        assert clamd.ask("127.0.0.1", there.port, io.BytesIO(b"x" * clamd.PART)) == 1


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere", "nowhere:port", ""])
def test_where_nobody_listens_there_is_no_answer(address):
    assert main(address, b"Invented\n") == 2


def main(address: str, text: bytes) -> int:
    """As `SCAN_COMMAND` calls it."""
    command = [sys.executable, "-m", "core.local.clamd", address]
    done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, check=False)
    assert done.stdout + done.stderr == b""
    return done.returncode


@pytest.fixture
def real_clamd(tmp_path) -> Iterator[str]:
    """One that knows a single virus, and fetches nothing."""
    if not shutil.which("clamd"):
        pytest.skip("clamd is not installed")
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    known = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (tmp_path / "one.hdb").write_text(f"{known}:{len(EICAR)}:Eicar-Test-Signature\n")
    (tmp_path / "clamd.conf").write_text(
        f"TCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {tmp_path}\nForeground yes\n"
    )
    process = subprocess.Popen(
        ["clamd", f"--config-file={tmp_path / 'clamd.conf'}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"127.0.0.1:{port}"
    try:
        assert eventually(lambda: main(address, b"Invented\n") == 0, 60)
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_real_one_is_ready_for_real_names(real_clamd, settings, tmp_path):
    settings.SCAN_COMMAND = f"{sys.executable} -m core.local.clamd {real_clamd}"
    assert scanning.fail() == ""
    assert main(real_clamd, EICAR) == 1
    assert main(real_clamd, b"Invented\n" * 2_000_000) == 0
    settings.SCAN_COMMAND = f"{sys.executable} -m core.local.clamd 127.0.0.1:1"
    assert scanning.fail().startswith("SCAN_COMMAND does not work here")
