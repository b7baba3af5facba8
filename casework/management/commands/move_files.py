"""Move what is kept in the folder of this machine into the bucket that FILES_STORE names."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.files.received import INCOMING
from core.files.bucket_faults import store_faults
from core.files.store import LEDGER, Bucket, digest, move, store

if TYPE_CHECKING:
    from collections.abc import Iterator

OFTEN = 500  # files between two lines of progress
LOCK, LINES = ".moving", "erasures.ledger"


class Command(BaseCommand):
    """People may work meanwhile: what was not moved yet is read from the folder."""

    help = (
        "Send each file into the bucket, read it back, and delete the one in the folder when the"
        " two are the same. Ended in the middle, it goes on where it was when it is run again."
    )

    def handle(self, *args: object, **options: object) -> None:
        """Print counts alone. An error if a file could not be moved: it is still in the folder."""
        there = store()
        if not isinstance(there, Bucket):
            raise CommandError("FILES_STORE says no bucket: nothing to move into.")
        if faults := list(store_faults()):
            raise CommandError(" ".join(faults))
        with _alone():
            _send_ledger(there)
            moved, erased, failed = self._moved(there)
        self.stdout.write(f"{moved} files moved, {erased} were erased meanwhile.")
        if failed:
            raise CommandError(f"{failed} could not be moved and lie where they were. Try again.")

    def _moved(self, there: Bucket) -> tuple[int, int, int]:
        moved = erased = failed = 0
        for file in there.before.lying():
            if file.name.startswith(f"{INCOMING}/"):
                continue
            try:
                done = move(file.name, there)
            except OSError as error:
                failed += 1
                self.stderr.write(f"{file.name}: {error.strerror or type(error).__name__}")
                continue
            moved, erased = moved + done, erased + (not done)
            if moved % OFTEN == 0:
                self.stdout.write(f"{moved} so far")
        return moved, erased, failed


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would take each other's file for one that was erased."""
    with (Path(settings.FILES_ROOT) / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError("Files are being moved already.") from None
        yield


def _send_ledger(there: Bucket) -> None:
    """Its lines until now, so that every machine has them; the file stays as well."""
    lines = Path(settings.ERASURE_LEDGER or Path(settings.FILES_ROOT) / LINES)
    if not lines.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / LINES
        shutil.copyfile(lines, draft)
        there.keep(draft, f"{LEDGER}/{digest(draft.open('rb')).hex()[:32]}")
