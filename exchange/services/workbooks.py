"""The workbook of an organisation that moves in: sent, looked at, confirmed, taken in.

Looking and taking in are jobs (`exchange.workbooks.jobs`); these are the steps of who sends it.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.notices import tell
from accounts.permissions import Perm
from core import audit, jobs
from core.access import IDENTITY
from core.files import vault
from core.refusals import gettext as _
from core.services import Refused, Stale, service
from exchange.exports import files
from exchange.services.taking import own_office
from exchange.workbooks.models import KEPT, ImportState, WorkbookImport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Office, User
    from casework.models import Case
    from casework.services.documents import Sent
    from exchange.workbooks.looking import Preview

MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1_000_000
MOST_KEPT = 5  # of one person at a time
IS_ZIP = b"PK\x03\x04"


@service(Perm.CASE_IMPORT)
def send_workbook(
    *, file: Sent | None = None, workbook: str = "", office: Office | None = None, actor: User
) -> WorkbookImport:
    """Have a workbook looked at: an XLSX as a file, or a small one as base64. Nothing is taken in
    before what was found is confirmed; the file is destroyed after that, or after a day."""
    office = into(office, actor)
    mine = WorkbookImport.objects.filter(asked_by=actor, file__isnull=False)
    if mine.filter(expires_at__gt=timezone.now()).count() >= MOST_KEPT:
        raise Refused(_("You have sent several already. Take them in, or end them, first."))
    parts, size = _content(file, workbook)
    with files.writing() as written:
        for part in parts:
            written.write(part)
    sent = WorkbookImport(
        asked_by=actor,
        office=office,
        file=written.name,
        data_key=written.key,
        size=size,
        expires_at=timezone.now() + KEPT,
    )
    sent.job = jobs.request("look-at-workbook", actor=actor, sent=str(sent.pk))
    sent.save(force_insert=True)
    audit.record("workbook.sent", sent, actor=actor, office=str(office.pk), size=size)
    return sent


@service(Perm.CASE_IMPORT)
def confirm_workbook(sent: WorkbookImport, *, version: int, actor: User) -> WorkbookImport:
    """Have it taken in as it was looked at: all of it or nothing. Raises `Stale`."""
    current = WorkbookImport.objects.locked(sent.pk)
    if current.state != ImportState.READY:
        words = _("There is nothing to confirm: %(state)s.")
        raise Refused(words % {"state": current.state.label})
    if current.version != version:
        raise Stale(current)
    into(current.office, actor)
    current.confirmed_at, current.changed = timezone.now(), False
    current.job = jobs.request("take-in-workbook", actor=actor, sent=str(current.pk))
    current.keep("confirmed_at", "changed", "job")
    audit.record("workbook.confirmed", current, actor=actor)
    return current


@service(Perm.CASE_IMPORT)
def end_workbook(sent: WorkbookImport, *, actor: User) -> WorkbookImport:
    """Stop it and destroy the file. Records already taken in stay."""
    current = WorkbookImport.objects.locked(sent.pk)
    if current.state in (ImportState.TAKEN, ImportState.ENDED, ImportState.GONE):
        raise Refused(_("There is nothing left to end."))
    if current.job:
        jobs.cancel(current.job)
    current.ended_at, current.found = timezone.now(), None
    let_go(current, "ended_at", "found")
    audit.record("workbook.ended", current, actor=actor)
    return current


def note_found(sent: WorkbookImport, preview: Preview, *, changed: bool, actor: User) -> None:
    """What was found by looking; where it was confirmed already, otherwise than was shown."""
    sent.note(preview)
    sent.changed, sent.confirmed_at = changed, None
    sent.keep("found", "faults", "changed", "confirmed_at")
    audit.record("workbook.preview", sent, actor=actor, faults=sent.faults)
    tell([actor], "workbook-looked", target=sent)


def note_taken(
    sent: WorkbookImport, preview: Preview, cases: Iterable[Case], *, actor: User
) -> None:
    """These cases are here now, and all that hangs on them."""
    audit.record_each("case.moved_in", cases, actor=actor)
    sent.taken_at = timezone.now()
    let_go(sent, "taken_at")
    audit.record("workbook.imported", sent, actor=actor, known=preview.known, **preview.new)
    tell([actor], "workbook-taken", target=sent)


def let_go(sent: WorkbookImport, *fields: str) -> None:
    """Destroy the file, and write these fields as they stand."""
    name = sent.file
    sent.file, sent.data_key = None, None
    sent.keep("file", "data_key", *fields)
    if name is not None:  # without its key it is noise already
        transaction.on_commit(lambda: files.destroy(name))


def into(office: Office | None, actor: User) -> Office:
    """The office it is taken into: one's own, where one may know everything."""
    office = own_office(office, actor)
    if office.pk not in actor.scope.offices[IDENTITY]:
        raise PermissionDenied("identity")
    return office


def _content(file: Sent | None, workbook: str) -> tuple[Iterable[bytes], int]:
    """The bytes of what was sent, and how many."""
    if file is None:
        try:
            content = base64.b64decode(workbook, validate=True)
        except ValueError:  # also of signs that are no ASCII
            content = b""
        _require_zip(content[: len(IS_ZIP)], "workbook")
        return [content], len(content)
    received: Any = file.received
    if received is None or received.size > MOST_BYTES:
        words = _("A workbook has at most %(n)s MB. Send it in parts.") % {"n": MOST_MEGABYTES}
        raise Refused(words, "file")
    with received.open() as text:
        _require_zip(text.read(len(IS_ZIP)), "file")
    return _parts(received), received.size


def _parts(received: Any) -> Iterable[bytes]:
    with received.open() as text:
        yield from vault.parts(text)


def _require_zip(beginning: bytes, field: str) -> None:
    if beginning != IS_ZIP:
        raise Refused(_("This is not a workbook. Save it as XLSX."), field)
