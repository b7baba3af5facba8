"""The one file, before it is encrypted: a tar, so that `age` and `tar` open it without Casework.

`about.json`      what this is, of which version, with which keys; read before all else
`roles.sql`       the roles of the database server, without passwords
`database/000001` … the dump of `pg_dump`, cut into parts: `cat database/*` is what it wrote
`files/ab/ab12…`  received files, as they lie on the disk: encrypted
`manifest.json`   what the database was, by digests; the last one, so a file without it is cut off

Nothing is kept in memory but a part of one member.
"""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, BinaryIO

from backups.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

ABOUT, ROLES, DATABASE, FILES, MANIFEST = (
    "about.json",
    "roles.sql",
    "database/",
    "files/",
    "manifest.json",
)
PART = 4 << 20
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
FOREIGN = "This is not a backup of Casework: it holds something else."


def member(name: str, content: bytes) -> Iterator[bytes]:
    """A member that is small."""
    yield _head(name, len(content))
    yield content
    yield _padding(len(content))


def cut(prefix: str, stream: BinaryIO) -> Iterator[bytes]:
    """Members of a stream whose length nobody knows before its end."""
    number = 0
    while part := stream.read(PART):
        number += 1
        yield from member(f"{prefix}{number:06}", part)


def of_file(name: str, size: int, file: BinaryIO) -> Iterator[bytes]:
    """A member that is a file of this length."""
    yield _head(name, size)
    left = size
    while left:
        part = file.read(min(PART, left))
        if not part:
            raise Fault("A received file became shorter while it was read. Try again.")
        left -= len(part)
        yield part
    yield _padding(size)


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def members(stream: BinaryIO) -> Iterator[tuple[str, int, BinaryIO]]:
    """The name, length and content of each, to its very end; each is read before the next."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            while info := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # it would keep all of them
                content = archive.extractfile(info)
                if content is None:
                    raise Fault(FOREIGN)
                yield info.name, info.size, content  # type: ignore[misc]
    except tarfile.TarError:
        raise Fault(FOREIGN) from None
    while stream.read(PART):  # what stands after the end is authenticated, too
        pass
