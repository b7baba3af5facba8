"""A ZIP whose parts are locked with a passphrase, written from front to back in little memory.

WinZip's AES-256 (AE-2), which 7-Zip, WinZip and libarchive open: a key for each part by PBKDF2 from
the passphrase and a salt, AES in counter mode, HMAC-SHA1 over what is encrypted. The names of the
parts stay readable, so they must be neutral.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import zlib
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 2 * 1024**3  # below what the plain form of a ZIP can say
PIECE = 64 * 1024
SALT, KEY, CHECK, SEAL, BLOCK = 16, 32, 2, 10, 16
ROUNDS = 1000  # as the form has it; the passphrase is long enough by itself
NEEDS, LOCKED, DEFLATED = 51, 99, 8
FLAGS = 1 | 1 << 3 | 1 << 11  # encrypted, sizes follow, the name is UTF-8
AES_EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, DEFLATED)
NO_DATE = (0, 1 << 5 | 1)  # 1 January 1980: when it was written stands inside


class TooLarge(Exception):
    """More than one file can hold."""


class _Keystream:
    """AES in counter mode, the counter beginning at 1, its low byte first."""

    def __init__(self, key: bytes) -> None:
        self._aes = Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - counter mode is built of it
        self._next, self._left = 1, b""

    def over(self, data: bytes) -> bytes:
        missing = len(data) - len(self._left)
        if missing > 0:
            count = -(-missing // BLOCK)
            numbers = range(self._next, self._next + count)
            self._left += self._aes.update(b"".join(n.to_bytes(BLOCK, "little") for n in numbers))
            self._next += count
        stream, self._left = self._left[: len(data)], self._left[len(data) :]
        mixed = int.from_bytes(data) ^ int.from_bytes(stream)  # far faster than byte by byte
        return mixed.to_bytes(len(data))


class Part:
    """One file within: compressed, then locked. Its SHA-256 is of what was written to it."""

    def __init__(self, whole: LockedZip, name: str) -> None:
        salt = os.urandom(SALT)
        made = hashlib.pbkdf2_hmac("sha1", whole.passphrase, salt, ROUNDS, 2 * KEY + CHECK)
        self.name, self.at, self.size, self.packed = name.encode(), whole.at, 0, SALT + CHECK
        self._whole, self._digest = whole, hashlib.sha256()
        self._deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._stream = _Keystream(made[:KEY])
        self._mac = hmac.new(made[KEY : 2 * KEY], digestmod="sha1")
        whole.put(self.head() + salt + made[2 * KEY :])

    def head(self) -> bytes:
        sizes = (0, 0, 0)  # they follow what they are of
        return (
            struct.pack("<I5H3I2H", 0x04034B50, *self._facts(), *sizes, *self._lengths())
            + self.name
            + AES_EXTRA
        )

    def entry(self) -> bytes:
        """Its line in the directory at the end."""
        sizes = (0, self.packed, self.size)
        rest = (0, 0, 0, 0, self.at)
        fields = (0x02014B50, NEEDS, *self._facts(), *sizes, *self._lengths(), *rest)
        return struct.pack("<I6H3I2H3H2I", *fields) + self.name + AES_EXTRA

    def _facts(self) -> tuple[int, ...]:
        return NEEDS, FLAGS, LOCKED, *NO_DATE

    def _lengths(self) -> tuple[int, int]:
        return len(self.name), len(AES_EXTRA)

    def write(self, data: bytearray | bytes) -> int:
        data = bytes(data)
        self.size += len(data)
        self._digest.update(data)
        self._lock(self._deflate.compress(data))
        return len(data)

    def flush(self) -> None:
        """For whoever writes a file of its own into this one."""

    def close(self) -> None:
        self._lock(self._deflate.flush())
        self.packed += SEAL
        self._whole.put(self._mac.digest()[:SEAL])
        self._whole.put(struct.pack("<4I", 0x08074B50, 0, self.packed, self.size))

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def _lock(self, data: bytes) -> None:
        if not data:
            return
        locked = self._stream.over(data)
        self._mac.update(locked)
        self.packed += len(locked)
        self._whole.put(locked)


class LockedZip:
    """Parts one after the other, each closed before the next begins; then the directory."""

    def __init__(self, write: Callable[[bytes], object], passphrase: str) -> None:
        self.passphrase, self.at = passphrase.encode(), 0
        self._write, self.parts = write, list[Part]()

    def put(self, data: bytes) -> None:
        self.at += len(data)
        if self.at > MOST_BYTES:
            raise TooLarge
        self._write(data)

    def part(self, name: str) -> Part:
        part = Part(self, name)
        self.parts.append(part)
        return part

    def close(self) -> None:
        start, count = self.at, len(self.parts)
        for part in self.parts:
            self.put(part.entry())
        length = self.at - start
        self.put(struct.pack("<I4H2IH", 0x06054B50, 0, 0, count, count, length, start, 0))
