"""The daily look at what is to be computed this week, month or quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from core.days import clock
from core.jobs import job
from core.services import Refused
from reports.params import BadParams
from reports.schedules.models import Schedule
from reports.schedules.services import run_schedule

if TYPE_CHECKING:
    from core.jobs import Run


@job("monthly-reports")  # so called since there were none of weeks; jobs that wait bear its name
def monthly_reports(run: Run) -> dict[str, int]:
    """Every report whose day has come where its person is, as that person with the rights of now.

    Whoever has left or may not ask any more, or not for that, gets none: the schedule rests, and
    goes on if the right comes back.
    """
    asked = resting = 0
    running = Schedule.objects.running().select_related("made_by").order_by("created_at")
    for schedule in running:
        owner = schedule.made_by
        with clock.by(owner.zone):
            today = clock.today()
            if not schedule.is_due(today):
                continue
            try:
                run_schedule(schedule, today=today, actor=owner)
                asked += 1
            except (PermissionDenied, BadParams, Refused):
                resting += 1
    return {"asked": asked, "resting": resting}
