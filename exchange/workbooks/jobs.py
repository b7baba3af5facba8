"""The jobs of workbooks that are taken in: look at one, take it in, destroy what is over.

A worker that is killed leaves nothing written; the job is taken up again from the start.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from accounts.permissions import Perm
from core import context
from core.files import vault
from core.jobs import job
from core.languages import spoken_to
from exchange.exports import files
from exchange.services.workbooks import into, let_go, note_found, note_taken
from exchange.standards.sheets import Fault
from exchange.workbooks.looking import Looked, Preview
from exchange.workbooks.models import WorkbookImport
from exchange.workbooks.opening import AS_A_JOB, NotATable, tables
from exchange.workbooks.taking import Taking, Undone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from core.jobs import Run

WAIT = 1  # second, while another workbook of the office is at it


@job("look-at-workbook")
def look_at_workbook(run: Run) -> dict[str, int]:
    """Parameters: what was sent. Everything is written and undone, so that the rules of the
    database speak, too."""
    sent, actor = _sent(run)
    with spoken_to(actor):  # what is found is theirs alone to read
        looked = _looked(run, sent, actor)
        if isinstance(looked, Preview):
            preview = looked
        else:
            Taking(looked).tried()
            preview = looked.preview()
    return _keep(sent, actor, preview)


@job("take-in-workbook")
def take_in_workbook(run: Run) -> dict[str, int]:
    """Parameters: what was sent and confirmed. All of it, as it was looked at; where it would be
    something else by now, nothing of it, and it is for the sender to look again."""
    sent, actor = _sent(run)
    with spoken_to(actor):
        return _taken(run, sent, actor)


def _taken(run: Run, sent: WorkbookImport, actor: User) -> dict[str, int]:
    looked = _looked(run, sent, actor)
    if isinstance(looked, Preview):
        return _keep(sent, actor, looked, changed=True)
    try:
        with transaction.atomic():
            _as_confirmed(sent, looked.preview())
            Taking(looked).write()
            _as_confirmed(sent, looked.preview())
    except Undone:
        context.refresh(actor)
        return _keep(sent, actor, looked.preview(), changed=True)
    preview = looked.preview()
    note_taken(sent, preview, [case for _line, case in looked.new["cases"]], actor=actor)
    return {"rows": preview.rows}


@job("destroy-workbooks")
def destroy_workbooks(run: Run) -> dict[str, int]:
    """Those whose day is over: the files, and what was found in them."""
    rows = list(WorkbookImport.objects.over()[:1000])
    for number, sent in enumerate(rows, 1):
        sent.found = None
        let_go(sent, "found")
        run.progress(number, len(rows))
    return {"destroyed": len(rows)}


def _sent(run: Run) -> tuple[WorkbookImport, Any]:
    """What was sent, and by whom, who may still do so."""
    # Not locked: who ends it meanwhile cancels the job, which then finds nothing of it kept.
    rows = WorkbookImport.objects.select_related("asked_by", "office")
    sent = rows.get(pk=run.job.parameters["sent"])
    actor = sent.asked_by
    if not actor.has_perm(Perm.CASE_IMPORT):
        raise PermissionDenied(Perm.CASE_IMPORT)
    into(sent.office, actor)
    return sent, actor


def _looked(run: Run, sent: WorkbookImport, actor: User) -> Looked | Preview:
    """What is in it, beside what is here; or why it cannot be read."""
    run.progress(0, 0)
    while not _alone(sent.office_id):
        run.progress(0, 0)
        time.sleep(WAIT)
    with files.opened(sent) as text:
        content = b"".join(vault.parts(text))
    try:
        read = tables(content, AS_A_JOB, lambda: run.progress(0, 0))
    except NotATable as exc:
        return Preview(faults=[Fault(0, "", str(exc))])
    return Looked(read, sent.office, actor, _Steps(run, read.values()))


class _Steps:
    """How far it is: each line is looked at, then written."""

    def __init__(self, run: Run, sheets: Iterable[list[list[str]]]) -> None:
        self.run, self.done = run, 0
        self.total = 2 * sum(max(0, len(rows) - 1) for rows in sheets)

    def __call__(self, more: int) -> None:
        if more:
            self.done += more
            self.run.progress(min(self.done, self.total), self.total)


def _alone(office: object) -> bool:
    """Whether no other workbook of the office is looked at or taken in just now."""
    with connection.cursor() as cursor:
        words = "select pg_try_advisory_xact_lock(hashtext(%s))"
        cursor.execute(words, [f"workbook {office}"])
        return bool(cursor.fetchone()[0])


def _as_confirmed(sent: WorkbookImport, preview: Preview) -> None:
    """Raises `Undone` where it is not what was confirmed."""
    before = sent.preview
    if preview.faults or (preview.new, preview.known) != (before["new"], before["known"]):
        raise Undone


def _keep(
    sent: WorkbookImport, actor: User, preview: Preview, *, changed: bool = False
) -> dict[str, int]:
    """What was found, for the sender to look at."""
    note_found(sent, preview, changed=changed, actor=actor)
    return {"rows": preview.rows, "faults": sent.faults}
