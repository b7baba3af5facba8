"""Ask a clamd of another machine or container: `python -m core.local.clamd host:port`.

For `SCAN_COMMAND`: the file comes by the standard input, the answer is the exit code, as that of
clamdscan, which then need not be installed here: 0 clean, 1 a virus, 2 no answer. It is asked by
its own protocol (INSTREAM); nothing lies on a disk on the way. No Django and no keys are here.
"""

from __future__ import annotations

import socket
import struct
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAN, INFECTED, NO_ANSWER = 0, 1, 2
PATIENCE = 110  # seconds; whoever asks waits a little longer
PART = 1 << 16
MOST_SAID = 4096


def ask(host: str, port: int, text: BinaryIO) -> int:
    with socket.create_connection((host, port), timeout=PATIENCE) as there:
        there.sendall(b"zINSTREAM\0")
        with suppress(OSError):  # it had enough: a virus, or too much; it says which
            _send(there.sendall, text)
        answer = _said(there)
    if answer == b"stream: OK":
        return CLEAN
    return INFECTED if answer.endswith(b" FOUND") else NO_ANSWER


def _send(send: Callable[[bytes], None], text: BinaryIO) -> None:
    """In parts, each after its length; a part of nothing is the end."""
    while part := text.read(PART):
        send(struct.pack("!I", len(part)) + part)
    send(struct.pack("!I", 0))


def _said(there: socket.socket) -> bytes:
    answer = b""
    while (
        not answer.endswith(b"\0") and len(answer) < MOST_SAID and (part := there.recv(MOST_SAID))
    ):
        answer += part
    return answer.rstrip(b"\0")


def main(address: str) -> int:
    host, _, port = address.rpartition(":")
    try:
        return ask(host, int(port), sys.stdin.buffer)
    except (OSError, ValueError):
        return NO_ANSWER


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
