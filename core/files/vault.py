"""Files at rest: AES-256-GCM in chunks, written and read in constant memory.

Each file has a key of its own, which lies encrypted in its row; so changing the keys of
`FIELD_KEYS` rewrites rows, not files, and a file whose row is gone is noise. Every chunk is bound
to its file, to its place in it, and to whether it is the last: chunks that were altered, moved,
swapped or cut off do not open.
"""

from __future__ import annotations

import io
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.keys.crypto import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

HEADER = b"CWF\x01"
CHUNK = 64 * 1024
TAG = 16
KEY = 32


def new_key() -> bytes:
    return os.urandom(KEY)


def _nonce(number: int, last: bool) -> bytes:
    """Unique under a key that encrypts one file: no two chunks share a number."""
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


class Writer:
    """Encrypts what it is given to a new file. `finish` marks the end and brings it to the disk."""

    def __init__(self, path: Path, key: bytes, name: UUID) -> None:
        self._cipher, self._place = AESGCM(key), name.bytes
        self._held, self._number = bytearray(), 0
        self._file: Any = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        )
        self._file.write(HEADER)

    def write(self, data: bytes) -> None:
        self._held += data
        while len(self._held) > CHUNK:  # the last chunk is known only at the end
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def finish(self) -> None:
        self._put(bytes(self._held), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        with suppress(OSError):  # what is still held may find no room
            self._file.close()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last)
        self._file.write(self._cipher.encrypt(nonce, chunk, self._place))
        self._number += 1


class Reader(io.RawIOBase):
    """The text of an encrypted file, from any place in it; one chunk in memory."""

    _file: BinaryIO | None = None  # until it is open

    def __init__(self, file: BinaryIO, key: bytes, name: UUID) -> None:
        super().__init__()
        self._file = file
        self._cipher, self._place = AESGCM(key), name.bytes
        body = file.seek(0, io.SEEK_END) - len(HEADER)
        file.seek(0)
        self._chunks = max(1, -(-body // (CHUNK + TAG)))
        self.size = max(0, body - self._chunks * TAG)
        self._at, self._number, self._text = 0, -1, b""
        if file.read(len(HEADER)) != HEADER:
            self.close()
            raise Unreadable("not a file of ours")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        # An empty file, too, has one chunk that must open.
        if self._at >= self.size and self._number >= 0:
            return 0
        text = self._open(min(self._at // CHUNK, self._chunks - 1))
        start = self._at - self._number * CHUNK
        part = text[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        if self._file:
            self._file.close()
        super().close()

    def _open(self, number: int) -> bytes:
        if number != self._number and self._file:
            self._file.seek(len(HEADER) + number * (CHUNK + TAG))
            sealed = self._file.read(CHUNK + TAG)
            nonce = _nonce(number, number == self._chunks - 1)
            try:
                self._text = self._cipher.decrypt(nonce, sealed, self._place)
            except (InvalidTag, ValueError) as exc:
                raise Unreadable("a part of the file does not open") from exc
            self._number = number
        return self._text


def parts(reader: io.RawIOBase) -> Iterator[bytes]:
    """The whole text, a chunk at a time."""
    reader.seek(0)
    while part := reader.read(CHUNK):
        yield part
