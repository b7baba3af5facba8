"""Can I trust this? What the figures of a dashboard rest on, in plain lines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.days import clock
from reports.base import REPORTS
from reports.dashboards.declared import TRUST
from reports.dashboards.pictures.sentences import percent
from reports.dashboards.questions import narrowed
from reports.disclosure import RANK_MIN
from reports.present import rows_for
from reports.readers import counts_only

if TYPE_CHECKING:
    from accounts.models import User
    from reports.dashboards.declared import Dashboard
    from reports.dashboards.questions import Answers, DashboardQuery
    from reports.dashboards.seen import Row, Seen

COMPLETE = 0.9  # from here on a share of complete records is no warning
STALE = timedelta(days=2)  # figures are made anew every night
OK, WARN, INFO, HIDE = "ok", "warn", "info", "hide"
Line = dict[str, Any]


def trust(
    dashboard: Dashboard, asked: DashboardQuery, snapshots: Answers, seen: list[Seen], reader: User
) -> list[Line]:
    """Age, numbers, completeness, small counts, what is left out. Each: tone and words."""
    if not snapshots:
        return []
    lines = [
        _of_day(snapshots),
        *_numbers(seen),
        *_complete(dashboard, asked, snapshots, reader),
        *_not_narrowed(asked, seen),
        _small(snapshots, reader),
        _line(INFO, _("Sealed cases are left out of every figure.")),
    ]
    return [line for line in lines if line]


def _line(tone: str, words: str, **more: object) -> Line:
    return {"tone": tone, "words": words} | more


def _of_day(snapshots: Answers) -> Line:
    days = sorted({snapshot.as_of for snapshot in snapshots.values()})
    first, last = (date_format(day, "j M Y") for day in (days[0], days[-1]))
    if len(days) > 1:
        text = _("These figures are of different days, from %(first)s to %(last)s. Compute again.")
        return _line(WARN, text % {"first": first, "last": last})
    computed = min(snapshot.created_at for snapshot in snapshots.values())
    if timezone.now() - computed > STALE:
        moment = clock.in_words(computed)
        return _line(
            WARN, _("As of %(day)s, computed %(moment)s.") % {"day": last, "moment": moment}
        )
    return _line(OK, _("Every figure is as of %(day)s.") % {"day": last})


def _numbers(seen: list[Seen]) -> list[Line]:
    """On how many the rates of the first picture rest, and where they are too few."""
    for part in seen:
        row = None if part.panel.by_year else part.whole
        if row is None or not row.get("n"):
            continue
        title, unit = str(part.report.title), str(part.report.unit)
        text = _("“%(title)s” counts %(unit)s: %(n)s.")
        lines = [_line(INFO, text % {"title": title, "n": row["n"], "unit": unit})]
        few = sum(1 for row in part.rows if 0 < (row.get("n") or 0) < RANK_MIN)
        if few:
            words = ngettext(
                "%(count)s place has fewer than %(least)s: its interval is shown, no rate.",
                "%(count)s places have fewer than %(least)s: their intervals are shown, no rates.",
                few,
            )
            lines.append(_line(WARN, words % {"count": few, "least": RANK_MIN}))
        return lines
    return []


def _complete(
    dashboard: Dashboard, asked: DashboardQuery, snapshots: Answers, reader: User
) -> list[Line]:
    report: Any = REPORTS[TRUST]
    snapshot = snapshots.get((TRUST, narrowed(report, asked.params, {})))
    if snapshot is None:
        return [_line(WARN, _("How complete the records are has not been computed yet."))]
    rows = {row["measure"]: row for row in rows_for(snapshot, reader)}
    lines = (
        _completeness(str(report.measures[name].label), rows.get(name)) for name in dashboard.trusts
    )
    return [line | {"snapshot": snapshot.pk} for line in lines if line]


def _completeness(label: str, row: Row | None) -> Line:
    if row is None or not row["n"]:
        return {}
    words = {"label": label, "k": row["k"], "n": row["n"]}
    if row["n"] < RANK_MIN:
        return _line(INFO, _("%(label)s: %(k)s of %(n)s.") % words)
    words["share"] = percent(row["value"] * 100)
    tone = OK if row["value"] >= COMPLETE else WARN
    return _line(tone, _("%(label)s: %(share)s (%(k)s of %(n)s).") % words)


def _not_narrowed(asked: DashboardQuery, seen: list[Seen]) -> list[Line]:
    """Pictures that cannot be asked whose work it was show everybody's."""
    if not asked.params.attribution:
        return []
    titles = [str(part.panel.title) for part in seen if "attribution" not in part.report.takes]
    if not titles:
        return []
    text = _("Whose work it was does not narrow: %(what)s.")
    return [_line(WARN, text % {"what": "; ".join(dict.fromkeys(titles))})]


def _small(snapshots: Answers, reader: User) -> Line:
    if not counts_only(reader):
        return _line(
            INFO,
            _("Small counts are shown to you; what leaves the organisation is checked first."),
        )
    count = sum(
        len(row.get("hidden", ())) > 0
        for snapshot in snapshots.values()
        for row in rows_for(snapshot, reader)
    )
    if not count:
        return _line(HIDE, _("Counts of survivors from 1 to 10 are hidden. There are none here."))
    words = ngettext(
        "Counts of survivors from 1 to 10 are hidden, in %(count)s row of these figures.",
        "Counts of survivors from 1 to 10 are hidden, in %(count)s rows of these figures.",
        count,
    )
    return _line(HIDE, words % {"count": count})
