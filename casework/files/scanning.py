"""Looking for viruses, by whatever command the house has: `SCAN_COMMAND`, as `clamdscan -`.

A worker gives it each file, decrypted, by its standard input; nothing lies in clear on a disk. It
answers by its exit code, as clamdscan does: 0 clean, 1 a virus; any other is no answer. Until it
said clean, nobody opens the file.
"""

from __future__ import annotations

import shlex
import subprocess
from collections import Counter
from contextlib import suppress
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from accounts.notices import tell
from casework.files.checking import TOLD
from casework.files.received import opened
from casework.models import StoredFile
from casework.paper_codes import Acts, Scan
from core import jobs
from core.database.long_work import now_or_with_it
from core.files.vault import parts
from core.jobs import Run, job
from core.keys.crypto import Unreadable
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

SCAN = "scan-files"
LONGEST = 120  # seconds for one file; then it has not answered
FAILED = "failed"  # to be tried again
ANSWERS = {0: Scan.CLEAN, 1: Scan.INFECTED}
# What every scanner calls a virus, so that it can be tried (eicar.org); in two, or they would find
# this file.
TRIED = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*")


def ask_scan() -> None:
    """Have what has just come in looked at, where there is something to look with."""
    if settings.SCAN_COMMAND:
        jobs.request(SCAN)


def lack() -> str:
    """For `core.real_names`."""
    if settings.SCAN_COMMAND:
        return ""
    return gettext(
        "SCAN_COMMAND is not set, so received files are not checked for viruses. Install a"
        " scanner and set the command on web and worker."
    )


def fail() -> str:
    """Whether the command tells a virus from a harmless text."""
    if not settings.SCAN_COMMAND:
        return ""
    given = {Scan.CLEAN: b"Invented\n", Scan.INFECTED: "".join(TRIED).encode()}
    if all(_answer([text]) == wanted for wanted, text in given.items()):
        return ""
    return gettext(
        "SCAN_COMMAND does not work here: it must answer 0 for a harmless text and 1 for the test"
        " file that every scanner knows (EICAR). Check that the scanner runs and that Casework may"
        " call it."
    )


def require_clean(kept: StoredFile) -> None:
    """Refuse what is known to be bad, and what nobody has looked at where somebody should."""
    if kept.scan == Scan.INFECTED:
        raise Refused(_("A virus was found in this file. It cannot be opened."))
    if settings.SCAN_COMMAND and kept.scan != Scan.CLEAN:
        words = _("This file has not been checked for viruses yet. Try again in a minute.")
        raise Refused(words)


def keep_acts(kept: StoredFile) -> None:
    """What a file does when it is opened, found while it was given out."""
    rows = StoredFile.objects.filter(pk=kept.pk)
    now_or_with_it(partial(rows.update, acts=kept.acts))


def require_still(kept: StoredFile) -> None:
    """Refuse what acts when it is opened, until somebody looked and found it clean."""
    if kept.is_held:
        words = _(
            "Held: this file %(acts)s. It is kept as received and can be opened once a scanner"
            " has found it clean. Ask your system administrator to set one up, or ask the sender"
            " for a safe copy."
        )
        acts = ", ".join(str(Acts(code).label) for code in kept.acts or ())
        raise Refused(words % {"acts": acts})


@job(SCAN)
def scan_files(run: Run) -> dict[str, int]:
    """Look at every file that nobody looked at; tell of a virus, and of a command that fails."""
    counts = Counter[str]()
    if not settings.SCAN_COMMAND:
        return {}
    waiting = list(StoredFile.objects.filter(scan="").order_by("stored_at", "id"))
    for number, row in enumerate(waiting, 1):
        scan = scanned(row)
        counts[scan or FAILED] += 1
        if scan:
            StoredFile.objects.filter(pk=row.pk).update(scan=scan, scanned_at=timezone.now())
        run.progress(number, len(waiting))
    bad = {"file-infected": counts[Scan.INFECTED], "files-differ": counts[FAILED]}
    for kind in (kind for kind, number in bad.items() if number):
        for permission in TOLD:
            tell(User.objects.holding(permission), kind, target=run.job)
    return dict(counts)


def scanned(row: StoredFile) -> str:
    """What the command says of one file; nothing where it does not answer."""
    try:
        with opened(row) as text:
            return _answer(parts(text))
    except (OSError, Unreadable):  # no such file: the nightly check says so
        return ""


def _answer(text: Iterable[bytes]) -> str:
    try:
        return ANSWERS.get(_given(shlex.split(settings.SCAN_COMMAND), text), "")
    except OSError:  # no such command
        return ""


def _given(command: list[str], text: Iterable[bytes]) -> int:
    """Its exit code after it was given this text; it is stopped where it takes too long."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - what whoever runs the system set
        command, stdin=subprocess.PIPE, stdout=silent, stderr=silent
    ) as scan:
        limit = Timer(LONGEST, scan.kill)
        limit.start()
        try:
            with suppress(BrokenPipeError):  # it has seen enough
                for part in text:
                    scan.stdin.write(part)  # type: ignore[union-attr]
            with suppress(BrokenPipeError):
                scan.stdin.close()  # type: ignore[union-attr]
            return scan.wait()
        except BaseException:
            scan.kill()
            raise
        finally:
            limit.cancel()
