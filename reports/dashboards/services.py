"""Asking for the figures of a dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from core.services import service
from reports.base import REPORTS
from reports.dashboards.questions import all_questions
from reports.services import request_report

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import Job
    from reports.dashboards.declared import Dashboard
    from reports.params import Params


@service(Perm.REPORT_RUN)
def request_dashboard(dashboard: Dashboard, *, params: Params, actor: User) -> list[Job]:
    """Ask for every report of a dashboard; each is a run of its own, under way only once."""
    return [
        request_report(REPORTS[question.report], params=question.params, actor=actor)
        for question in all_questions(dashboard, params)
    ]
