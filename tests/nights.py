"""What the worker does at night, done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import jobs

if TYPE_CHECKING:
    from core.models import Job


def nightly(kind: str) -> Job:
    """A job of this kind, run to its end."""
    run = jobs.request(kind)
    jobs.run(run.pk)
    run.refresh_from_db()
    assert run.state == "done", run.failure
    return run
