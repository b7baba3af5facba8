"""An import of a workbook in words: how far it is, what was found, and why it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs import how_far
from core.models import JobState
from exchange.workbooks.models import ImportState

if TYPE_CHECKING:
    from exchange.workbooks.models import WorkbookImport

UNDER_WAY = (ImportState.LOOKING, ImportState.TAKING)
MAY_END = (*UNDER_WAY, ImportState.READY, ImportState.FAULTY, ImportState.FAILED)
# By the name of what went wrong; the rest is a fault of the system.
FAILURES = {
    "PermissionDenied": gettext_lazy("You may no longer take workbooks in."),
    "Refused": gettext_lazy("You may no longer take workbooks into this office."),
    "TooManyAttempts": gettext_lazy(
        "The work was interrupted five times. Send the workbook in smaller parts."
    ),
}


def progress(sent: WorkbookImport) -> dict[str, Any]:
    """How far it is."""
    state, job = sent.state, sent.job
    return {
        "sent": sent,
        "state": state,
        "queued": job is not None and job.state == JobState.QUEUED,
        "why": _why(sent) if state == ImportState.FAILED else "",
        "preview": sent.preview,
        "may_end": state in MAY_END,
    } | how_far(job, under_way=state in UNDER_WAY)


def _why(sent: WorkbookImport) -> str:
    failure = FAILURES.get(sent.job.failure if sent.job else "")
    return str(
        failure
        or _(
            "Something went wrong. Send it again; if it fails again, tell the people who run the"
            " system."
        )
    )
