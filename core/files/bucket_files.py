"""How a file of a bucket is reached: in parts, from any place, and when it is not.

A bucket that does not answer is no fault of ours: it is said in words, remembered for a minute by
all processes, and what was asked may be sent again.
"""

from __future__ import annotations

import errno
import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

log = logging.getLogger("core.files")
AWAY = Remembered("files-away", seconds=60)
GONE = {"404", "NoSuchKey", "NotFound"}
PART = 8 << 20  # bytes in memory while a file is sent
BUFFER = 128 << 10  # bytes in memory while it is read


class Away(OSError):
    """The bucket does not answer, or does not take it."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EIO, f"the file storage does not answer ({reason})")
        self.reason = reason


def words() -> str:
    return _("The file storage does not answer. Nothing was saved. Try again in a minute.")


def away_now() -> bool:
    """Whether a process found the bucket that is set away within the minute."""
    return bool(settings.FILES_STORE) and AWAY.lately()


@contextmanager
def reached(name: str = "") -> Iterator[None]:
    """Raises `FileNotFoundError` where it says that this is not there, `Away` for all else."""
    from boto3.exceptions import Boto3Error  # noqa: PLC0415 - half a second that few need
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in GONE:
            raise FileNotFoundError(errno.ENOENT, "Not in the bucket", name) from error
        raise _noted(code) from error
    except (BotoCoreError, Boto3Error) as error:
        raise _noted(type(error).__name__) from error


def _noted(reason: str) -> Away:
    log.error(AWAY.word, extra={"kind": reason})
    AWAY.note()
    return Away(reason)


def transfer_config() -> TransferConfig:
    from boto3.s3.transfer import TransferConfig  # noqa: PLC0415

    return TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, use_threads=False)


def client_config() -> Config:
    """Short waits: a transaction is open meanwhile, and the database ends one that idles."""
    from botocore.config import Config  # noqa: PLC0415

    return Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})


def streamed(thing: Any, name: str) -> io.BufferedReader:
    """An object of a bucket as a file. Raises `FileNotFoundError` or `Away`, also while read."""
    return io.BufferedReader(_Streamed(thing, name), BUFFER)


class _Streamed(io.RawIOBase):
    """Read as it comes; from another place in it only where somebody goes there."""

    _body: Any = None

    def __init__(self, thing: Any, name: str) -> None:
        super().__init__()
        self._thing, self._name = thing, name
        with reached(name):
            answer = thing.get()
        self._body, self._size = answer["Body"], int(answer["ContentLength"])
        self._at = self._stands = 0  # where the reader is, and where what comes is

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = start + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if self._at >= self._size:
            return 0
        room = memoryview(buffer).cast("B")
        with reached(self._name):
            if self._stands != self._at:
                self._body.close()
                self._body = self._thing.get(Range=f"bytes={self._at}-")["Body"]
            part = self._body.read(len(room))
        if not part:
            raise _noted("broke off")
        room[: len(part)] = part
        self._at = self._stands = self._at + len(part)
        return len(part)

    def close(self) -> None:
        if self._body:
            self._body.close()
        super().close()
