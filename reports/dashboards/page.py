"""A dashboard before its reader: what page, API and paper show of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.jobs import silent_since
from core.models import JobState
from reports.choices import address, as_links, asked_for, parameter_labels
from reports.closed import newest_periods
from reports.dashboards import tables
from reports.dashboards.attention import attention
from reports.dashboards.catalogue import DASHBOARDS
from reports.dashboards.pictures import picture
from reports.dashboards.questions import (
    all_questions,
    answers,
    narrowed,
    other_period,
    questions_of,
)
from reports.dashboards.seen import see
from reports.dashboards.tiles import tiles, watched
from reports.dashboards.trust import trust
from reports.fresh import last_runs
from reports.params import as_query
from reports.services import UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.dashboards.declared import Dashboard, Panel
    from reports.dashboards.questions import Answers, DashboardQuery, Question
    from reports.dashboards.seen import Seen
    from reports.params import Params


def first_for(reader: User) -> Dashboard:
    """The dashboard of the reader's own work."""
    held = {role for _office, role in reader.roles}
    mine = (value for value in DASHBOARDS.values() if value.roles & held)
    return next(mine, next(iter(DASHBOARDS.values())))


def board(
    dashboard: Dashboard, asked: DashboardQuery, reader: User, snapshots: Answers | None = None
) -> dict[str, Any]:
    """Tiles, panels with picture, sentence and table, and what they rest on.

    `snapshots`: the answers, where they were read already.
    """
    questions = all_questions(dashboard, asked.params)
    if snapshots is None:
        snapshots = answers(reader, questions, dated=asked.dated)
    seen = [see(panel, asked.params, snapshots, reader) for panel in dashboard.panels]
    large = tiles(dashboard, asked.params, snapshots, seen, reader)
    stand_out = watched(dashboard, asked.params, snapshots, reader)
    return {
        "dashboard": dashboard,
        "tiles": large,
        "attention": attention(large, stand_out, address("", _given(asked)), reader),
        "panels": [_panel(part) for part in seen],
        "trust": trust(dashboard, asked, snapshots, seen, reader),
        "computed": len(snapshots),
        "missing": len(questions) - len(snapshots),
        "since": min((value.created_at for value in snapshots.values()), default=None),
    }


def _panel(seen: Seen) -> dict[str, object]:
    drawn = picture(seen)
    return {
        "panel": seen.panel,
        "seen": seen,
        "report": seen.report,
        "snapshot": seen.snapshot,
        "picture": drawn,
        "table": tables.on_page(seen) if drawn else {},
        "masked": any(row.get("hidden") for row in seen.rows),
        "period": "" if seen.panel.by_year else _period(seen),
    }


def _period(seen: Seen) -> str:
    return other_period(narrowed(seen.report, seen.params, seen.panel.options), seen.params)


def seen_of(panel: Panel, asked: DashboardQuery, reader: User) -> Seen:
    """One panel alone, for its file."""
    snapshots = answers(reader, questions_of(panel, asked.params), dated=asked.dated)
    return see(panel, asked.params, snapshots, reader)


def runs(questions: Iterable[Question], reader: User) -> dict[str, object]:
    """How far the computing is that this reader asked for today, and what failed of it.

    Another page may have asked for some of it: `unasked` is the rest.
    """
    questions = list(questions)
    last = last_runs(reader, questions).values()
    runs_of_it = {job.pk: job for job in last}.values()  # of all years one
    open_ = sum(1 for job in last if job.state in UNDER_WAY)
    return {
        "under_way": open_,
        "total": len(last),
        "done": len(last) - open_,
        "unasked": len(questions) - len(last),
        "silent_since": silent_since() if open_ else None,
        "failed": [job for job in runs_of_it if job.state == JobState.FAILED],
    }


def facts(asked: DashboardQuery) -> list[tuple[str, str]]:
    """What was asked, in words; the day only where one was."""
    pairs = asked_for(asked.as_json())
    return pairs if asked.dated else pairs[:-1]


def chips(asked: DashboardQuery, path: str) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    given = _given(asked)
    labels = parameter_labels()
    words = {str(label): value for label, value in asked_for(asked.as_json())}
    days = {
        "from": _("From %(day)s") % {"day": given.get("from", "")},
        "to": _("To %(day)s") % {"day": given.get("to", "")},
        "as_of": _("As of %(day)s") % {"day": given.get("as_of", "")},
    }
    return [
        {
            "label": days.get(name) or words[str(labels[name])],
            "remove_url": address(path, {k: v for k, v in given.items() if k != name}),
        }
        for name in given
    ]


def _given(asked: DashboardQuery) -> dict[str, str]:
    given = as_query(asked.as_json())
    return given if asked.dated else {k: v for k, v in given.items() if k != "as_of"}


def periods(asked: DashboardQuery, path: str) -> list[dict[str, object]]:
    """Usual periods as links that keep the other filters."""
    return as_links(_usual(asked.params), _given(asked), path)


def _usual(params: Params) -> list[tuple[str, dict[str, str]]]:
    """All dates, and what begins with a year; where only that is open, periods that are over."""
    usual: list[tuple[str, dict[str, str]]] = [(_("All dates"), {})]
    if params.closed:
        return usual + newest_periods(params.as_of)
    today = params.as_of
    years = ((_("This year"), today.year), (_("Last 3 years"), today.year - 2))
    return usual + [(words, {"from": f"{year}-01-01"}) for words, year in years]
