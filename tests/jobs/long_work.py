"""All the long work a worker is given: every report, what dashboards ask, a night, every export."""

from __future__ import annotations

import os
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts.models import Office
from core import jobs
from core.context import acting_as, confirmed_at
from exchange.exports.offer import PLAIN, Format
from exchange.services.exports import ask_export
from reports.base import REPORTS
from reports.dashboards.catalogue import DASHBOARDS
from reports.dashboards.questions import all_questions
from reports.fresh import request
from reports.params import CHOICES, Params, parse
from reports.standing import standing
from tests.databases import statement


def ask_for_all(body: Any = None) -> dict[str, str]:
    """The name of each job that was asked for, by its id. `only`: what the names must hold."""
    only = (body or {}).get("only", "")
    return _reports(only) | _night(only) | _exports(only)


def _reports(only: str) -> dict[str, str]:
    """As the built-in reporter, who counts every office; each question once."""
    asked = {}
    for slug, report in REPORTS.items():
        measures = CHOICES["measure"] if "measure" in report.takes else [None]
        for measure in measures:
            given = parse({"measure": measure} if measure else {}, report).as_json()
            name = f"report {slug}" + (f" {measure}" if measure else "")
            asked[slug, str(given)] = (name, slug, given)
    for dashboard in DASHBOARDS.values():
        for one in all_questions(dashboard, Params()):
            given = one.params.as_json()
            name = f"dashboard {dashboard.slug}: {one.report} {one.year or ''}".strip()
            asked.setdefault((one.report, str(given)), (name, one.report, given))
    return {
        str(jobs.request("report", report=slug, params=given).pk): name
        for name, slug, given in asked.values()
        if only in name
    }


def _night(only: str) -> dict[str, str]:
    """All that somebody who counts every office is shown in the morning, in one run."""
    if only not in (name := "night of one reader"):
        return {}
    user = everywhere()
    with acting_as(user.pk):
        (run,) = request(standing(user), user, at_once=True)
    return {str(run.pk): name}


def _exports(only: str) -> dict[str, str]:
    """As somebody of the office to which every office is its own; nothing names a survivor."""
    user, asked = everywhere(), {}
    confirmed_at.set(timezone.now())
    with acting_as(user.pk):
        for what in PLAIN:
            for format in Format.values:
                if only in (name := f"export of {what} as {format}"):
                    made = ask_export(what=what, reason="figures", format=format, actor=user)
                    asked[str(made.row.job_id)] = name
    return asked


def everywhere() -> Any:
    """A case manager to whom every office is their own."""
    office, _new = Office.objects.get_or_create(
        code="global", defaults={"prefix": "GLO", "name": "Global", "is_global": True}
    )
    user, _new = get_user_model().objects.get_or_create(username="everywhere", name="Invented")
    hold(user, office, "case_manager")
    return user


def hold(user: Any, office: Any, role: str) -> None:
    """Roles are written by the owner of the database alone."""
    statement(
        os.environ["JOBS_OWNER_URL"],
        "insert into accounts_membership"
        " (id, version, created_at, updated_at, user_id, office_id, role)"
        " select gen_random_uuid(), 1, now(), now(), %s, %s, %s on conflict do nothing",
        str(user.pk),
        str(office.pk),
        role,
    )
