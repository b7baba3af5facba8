"""A small world of verdicts and rescues for dashboards, and the worker that computes them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from core import jobs
from core.models import Job
from reports.dashboards.catalogue import DASHBOARDS
from tests import factories
from tests.reports.courtroom import charged, day, decided

if TYPE_CHECKING:
    from casework.models import Case

ALL = list(DASHBOARDS)


def tried(
    case: Case, convicted: int, acquitted: int, *, on: str = "2026-09-01", at: str = "IN-WB"
) -> None:
    """So many persons with a verdict, charged in January before a court of the place."""
    for disposition, count in (("convicted_trial", convicted), ("acquitted", acquitted)):
        for _one in range(count):
            charge = charged(factories.suspect(case), f"{on[:4]}-01-15", at)
            decided(charge, disposition, on)


def rescued(
    case: Case, count: int, *, served: int = 0, at: str = "IN-WB-KOL", on: str = "2026-03-10"
) -> None:
    """So many persons brought to safety in one rescue, some of them with a service afterwards."""
    rescue = factories.rescue(
        case,
        jurisdiction=factories.place(at),
        occurred_on=day(on),
        occurred_at=datetime.fromisoformat(f"{on}T05:40:00+00:00"),
    )
    for place in range(count):
        person = factories.involvement(case, rescue=rescue, outcome="rescued")
        if place < served:
            factories.service_record(case, involvement=person)


def compute(client: Any, slug: str, **filters: str) -> int:
    """Press the button, let the worker work; how many runs were queued."""
    answer = client.post(f"/dashboards/{slug}/", filters)
    assert answer.status_code == 302, answer.content
    queued = list(Job.objects.filter(kind="report", state="queued"))
    for run in queued:
        jobs.run(run.pk)
    assert set(Job.objects.values_list("state", flat=True)) <= {"done"}
    return len(queued)
