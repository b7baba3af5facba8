"""The daily look at what is to be computed this week, month or quarter."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from accounts.permissions import Perm
from core.days import clock
from core.jobs import job
from reports.params import BadParams
from reports.schedules.models import Schedule
from reports.schedules.services import run_schedule

if TYPE_CHECKING:
    from core.jobs import Run


@job("monthly-reports")  # so called since there were none of weeks; jobs that wait bear its name
def monthly_reports(run: Run) -> dict[str, int]:
    """Every report whose day has come, as the person who gets it.

    Whoever has left or may not ask any more, or not for that, gets none: the schedule rests, and
    goes on if the right comes back.
    """
    asked = resting = 0
    schedules = Schedule.objects.due(clock.today()).select_related("made_by").order_by("created_at")
    for schedule in schedules:
        owner = schedule.made_by
        if owner.is_active and owner.has_perm(Perm.SCHEDULE_KEEP):
            with clock.by(owner.zone), suppress(BadParams):
                asked += run_schedule(schedule, today=clock.today(), actor=owner)
        else:
            resting += 1
    return {"asked": asked, "resting": resting}
