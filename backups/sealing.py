"""age: what is written for its recipients, and only their keys open it.

Both ways flow: a thread encrypts or decrypts into a pipe, and whoever reads it takes what comes.
What lies in memory is the pipe and a buffer, however long the stream. An error of the one side
reaches the other: a stream that broke off never ends as if it were whole.
"""

from __future__ import annotations

import io
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO

import pyrage

from backups.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FEWEST = 2  # recipients: one key that is lost must not lose the backups
PRIVATE = "AGE-SECRET-KEY-"
BUFFER = 1 << 20
NOT_OURS = "This is not a backup of Casework: it is no age file."
NOT_YOURS = "None of the keys given opens this backup: it was made for others."
BROKEN = "The backup is cut off or was altered: it does not open to its end. Take another one."


def recipients(text: str, given_as: str = "BACKUP_RECIPIENTS") -> list[Any]:
    """Those named, separated by commas or spaces. Public keys, and at least two."""
    names = list(dict.fromkeys(text.replace(",", " ").split()))
    if any(name.upper().startswith(PRIVATE) for name in names):
        raise Fault(
            f"{given_as} holds a private key. Give public ones (age1…), make a new pair in the"
            " place of that one, and keep private keys off this machine."
        )
    if len(names) < FEWEST:
        raise Fault(
            f"{given_as} names {len(names)} of the {FEWEST} or more public keys (age1…) that are"
            " needed: one key that is lost must not lose everything."
        )
    return [_recipient(name, given_as) for name in names]


def _recipient(name: str, given_as: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(name)
    except pyrage.RecipientError:
        raise Fault(f"{given_as}: {name[:12]}… is no public key of age (age1…).") from None


def identities(file: Path) -> list[Any]:
    """The private keys in a file, as `age-keygen` writes it."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        keys = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        keys = []
    if not keys:
        raise Fault(f"{file} holds no private key of age ({PRIVATE}…), or cannot be read.")
    return keys


@contextmanager
def sealed(parts: Iterable[bytes], to: list[Any]) -> Iterator[BinaryIO]:
    """What these parts are, encrypted; for reading."""
    source = _Parts(parts)

    def work(pipe: BinaryIO) -> None:
        try:
            pyrage.encrypt_io(source, pipe, to)
        except (pyrage.EncryptError, OSError):
            if source.error:
                raise source.error from None
            raise

    try:
        with _flowing(work) as flow:
            yield flow
    finally:
        source.stop()


@contextmanager
def opened(file: BinaryIO, by: list[Any]) -> Iterator[BinaryIO]:
    """The text of an encrypted file; for reading. A wrong key or a cut end is a `Fault`."""

    def work(pipe: BinaryIO) -> None:
        try:
            pyrage.decrypt_io(file, pipe, by)
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                raise Fault(NOT_YOURS) from None
            raise Fault(NOT_OURS) from None
        except OSError as error:
            raise Fault(BROKEN) if "decryption" in str(error) else error from None

    with _flowing(work) as flow:
        yield flow


class _Parts(io.RawIOBase):
    """Parts that come one after the other, as a file. Keeps what went wrong while they did."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        super().__init__()
        self._parts, self._rest = iter(parts), memoryview(b"")
        self.error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def stop(self) -> None:
        """What makes the parts is ended, too, where nobody wants the rest."""
        if isinstance(self._parts, Generator):
            self._parts.close()

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            try:
                self._rest = memoryview(next(self._parts))
            except StopIteration:
                return 0
            except BaseException as error:
                self.error = error
                raise OSError from error
        taken = min(len(buffer), len(self._rest))
        buffer[:taken], self._rest = self._rest[:taken], self._rest[taken:]
        return taken


class _Flow(io.RawIOBase):
    """The reading end of the pipe: its end is one only if the work ended well."""

    def __init__(self, work: Callable[[BinaryIO], None]) -> None:
        super().__init__()
        self._work = work
        self._error: BaseException | None = None
        self._end, write = os.pipe()
        self._thread = Thread(target=self._run, args=[write], daemon=True)
        self._thread.start()

    def _run(self, write: int) -> None:
        try:
            with os.fdopen(write, "wb", buffering=BUFFER) as pipe:
                try:
                    self._work(pipe)
                except BrokenPipeError:
                    pass  # whoever read had enough
                except BaseException as error:
                    self._error = error
        except BrokenPipeError:
            pass

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = os.readv(self._end, [buffer])
        if not read:
            self._thread.join()
            if self._error:
                raise self._error
        return read

    def close(self) -> None:
        if not self.closed:
            with suppress(OSError):
                os.close(self._end)
            self._thread.join()
        super().close()


@contextmanager
def _flowing(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    flow = _Flow(work)
    with io.BufferedReader(flow, BUFFER) as reader:
        yield reader
