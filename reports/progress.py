"""How far a run is, in words, also when no worker answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.jobs import silent_since
from core.models import JobState
from reports.base import REPORTS

if TYPE_CHECKING:
    from core.models import Job


def progress(run: Job) -> dict[str, object]:
    """The context of the progress page and its fragment."""
    under_way = run.state in {JobState.QUEUED, JobState.RUNNING}
    return {
        "run": run,
        "report": REPORTS[run.parameters["report"]],
        "under_way": under_way,
        "done": run.state == JobState.DONE,
        "snapshot": (run.result or {}).get("snapshot"),
        "silent_since": silent_since() if under_way else None,
    }
