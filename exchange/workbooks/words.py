"""An import of a workbook in words: how far it is, what was found, and why it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs import silent_since
from core.models import JobState
from exchange.workbooks.models import ImportState

if TYPE_CHECKING:
    from exchange.workbooks.models import WorkbookImport

UNDER_WAY = (ImportState.LOOKING, ImportState.TAKING)
MAY_END = (*UNDER_WAY, ImportState.READY, ImportState.FAULTY, ImportState.FAILED)
# By the name of what went wrong; the rest is a fault of the system.
FAILURES = {
    "PermissionDenied": gettext_lazy("You may not take workbooks in any more."),
    "Refused": gettext_lazy("You may not take workbooks into this office any more."),
    "TooManyAttempts": gettext_lazy(
        "The work was broken off five times. Send the workbook in smaller parts."
    ),
}


def progress(sent: WorkbookImport) -> dict[str, Any]:
    """How far it is."""
    state, job = sent.state, sent.job
    under_way = state in UNDER_WAY
    return {
        "sent": sent,
        "state": state,
        "under_way": under_way,
        "queued": job is not None and job.state == JobState.QUEUED,
        "done": job.done if job else 0,
        "total": (job.total if job else None) or 0,
        "silent_since": silent_since() if under_way else None,
        "why": _why(sent) if state == ImportState.FAILED else "",
        "preview": sent.preview,
        "may_end": state in MAY_END,
    }


def _why(sent: WorkbookImport) -> str:
    known = FAILURES.get(sent.job.failure if sent.job else "")
    return str(
        known or _("Something broke. Send it again; if it fails once more, tell who runs this.")
    )
