"""What somebody sees of survivors who counts them and may not open their rows.

Free windows can be subtracted from each other, day by day; they would need a bound for every day.
So it is closed months, quarters and years, as they stand today. Each table is held against
everything that such readers and outsiders were shown before (`publishing/suppression.py`),
countries too: the only state in which there is anybody would follow from its country. A line
stays as it was, with its day, until each of its counts is the same or differs by at least K;
lines, not cells, so that a share and its two counts are of one day.

What was shown is the snapshot itself, stripped before it is kept: every door reads rows that are
safe. What waits to be released is held against only once it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core import refusals
from core.database.turns import one_at_a_time
from core.days import clock
from places.enums import JurisdictionLevel
from reports.base import report_of
from reports.choices import as_links, period_words
from reports.disclosure import K, hidden
from reports.models import KeptIds, Snapshot
from reports.params import APRIL, BadParams, parse, quarter_of
from reports.present import without
from reports.publishing.grid import Days, Grid, Key
from reports.publishing.ledger import read_at_once, released
from reports.readers import sees_periods_over
from reports.record_sets import PackedSets
from reports.tables import KEPT_AS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reports.base import Report
    from reports.numbers import Ids
    from reports.params import Params

Row = dict[str, Any]
YEAR = 12  # months


def params_of(given: Mapping[str, object], report: Report, reader: Any) -> Params:
    """Read what this reader asks of a report; without a period, where the report takes one, of the
    year that ended last.

    Raises `BadParams`.
    """
    params = parse(given, report)
    if not sees_periods_over(reader, report):
        return params
    if "from" in report.narrows and not (params.start or params.end):
        params = last_year(params)
    require_closed(report, params, clock.today())
    return params


def last_year(params: Params) -> Params:
    """The same of the calendar year that is over, the last one within the period asked for."""
    day = params.until
    year = day.year if (day.month, day.day) == (12, 31) and day < params.as_of else day.year - 1
    return replace(params, start=date(year, 1, 1), end=date(year, 12, 31))


def is_closed(report: Report, params: Params, today: date) -> bool:
    """Whether it is of today, and of a whole month, quarter or year that is over."""
    if params.as_of != today or "from" not in report.narrows:
        return params.as_of == today
    first, last = params.start, params.end
    if first is None or last is None or last >= today:
        return False
    return any((first, last) == (begin, _last(begin, months)) for begin, months in _around(last))


def require_closed(report: Report, params: Params, today: date) -> None:
    """Raises `BadParams`, naming the period to take instead."""
    if is_closed(report, params, today):
        return
    begin, months = _newest(min(params.end or today, today))
    instead = period_words(begin, _last(begin, months))
    field = "as_of" if params.as_of != today else "to" if params.end else "from"
    words = refusals.gettext(
        "You see counts of survivors for months, quarters and years that are over, as "
        "they are today. Ask for %(period)s."
    )
    raise BadParams({field: [words % {"period": instead}]})


def newest_periods(today: date) -> list[tuple[str, dict[str, str]]]:
    """The month, quarter and year that ended last: what each is called, and how it is asked for."""
    month = today.replace(day=1) - timedelta(days=1)
    quarter = quarter_of(today) - timedelta(days=1)
    begins = [
        (month.replace(day=1), 1),
        (quarter_of(quarter), 3),
        (date(today.year - 1, 1, 1), YEAR),
    ]
    ends = [(begin, _last(begin, months)) for begin, months in begins]
    asked_for = [{"from": first.isoformat(), "to": last.isoformat()} for first, last in ends]
    return list(zip((_("Last month"), _("Last quarter"), _("Last year")), asked_for, strict=True))


def newest_as_links(
    report: Report, given: dict[str, str], path: str, *, closed: bool
) -> list[dict[str, object]]:
    """The same as links that keep the other choices; before them all dates, where they are open."""
    if "from" not in report.narrows:
        return []
    undated = {name: value for name, value in given.items() if name != "as_of"}
    every: list[tuple[str, dict[str, str]]] = [] if closed else [(_("All dates"), {})]
    return as_links(every + newest_periods(clock.today()), undated, path)


def _around(day: date) -> list[tuple[date, int]]:
    """The first days of the month, quarter and years that a day may close."""
    april = date(day.year - (day.month < APRIL), APRIL, 1)
    years = [(date(day.year, 1, 1), YEAR), (april, YEAR)]
    return [(day.replace(day=1), 1), (quarter_of(day), 3), *years]


def _newest(until: date) -> tuple[date, int]:
    """The last month that is over on a day, the day itself included."""
    month = until.replace(day=1)
    if _last(month, 1) > until:
        month = (month - timedelta(days=1)).replace(day=1)
    return month, 1


def _last(begin: date, months: int) -> date:
    after = begin.month - 1 + months
    return date(begin.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def settle(snapshot: Snapshot) -> None:
    """Of what was computed leave what may be shown, in the transaction that keeps it."""
    one_at_a_time("reports_closed")  # each is held against those before it
    report, before = report_of(snapshot), _shown_last(snapshot)
    rows = {report.row_key(row): row for row in snapshot.rows}
    new = {
        key: row
        for key, row in rows.items()
        if before is None or _may_change(report, before.get(key), row)
    }
    hide = _unsafe(snapshot, report, new.values())
    last = before or {}
    fresh = {}
    for key, row in new.items():
        line = without(report, row, hide.get(key, set()))
        if report.sensitive(row):
            line |= {"as_of": snapshot.as_of.isoformat()}
        if not _is_told(report, last.get(key), line):
            fresh[key] = line
    stays = {
        key: row
        for key, row in last.items()
        if key not in fresh and (key in rows or not _may_change(report, row, {}))
    }
    every = fresh | stays
    snapshot.rows = [every[key] for key in dict.fromkeys([*rows, *stays]) if key in every]
    snapshot.behind = _behind(snapshot, report, fresh)


def _shown_last(snapshot: Snapshot) -> dict[str, Row] | None:
    """The lines of this question as such readers saw them last, whatever was sealed since."""
    report = report_of(snapshot)
    undated = {name: value for name, value in snapshot.params.items() if name != "as_of"}
    last = Snapshot.objects.filter(
        report=snapshot.report,
        report_version=snapshot.report_version,
        closed_for=snapshot.closed_for,
        params__contains=undated,
    )
    newest = last.order_by("-created_at", "-pk").first()
    return newest and {report.row_key(row): row for row in newest.rows if report.sensitive(row)}


def _may_change(report: Report, was: Row | None, now: Row) -> bool:
    """Whether each count of survivors is as it was or differs by at least K; a line that is not
    there counts nobody. A hidden one stays so until it is no small one any more."""
    old: Row = was or {}
    for name in report.sensitive(now or old):
        before, count = old.get(name) or 0, now.get(name) or 0
        if name in old.get("hidden", ()):
            if count < K:
                return False
        elif hidden(abs(count - before)):
            return False
    return True


def _is_told(report: Report, was: Row | None, now: Row) -> bool:
    """Whether a line says of survivors what it said before."""
    names = report.sensitive(now)
    return bool(names) and was is not None and all(was.get(n) == now.get(n) for n in names)


def _unsafe(snapshot: Snapshot, report: Report, rows: Collection[Row]) -> dict[str, set[str]]:
    """By line, the counts that must stay hidden beside everything that was shown."""
    from reports.publishing.suppression import make_safe  # noqa: PLC0415 -- loads a solver

    columns: dict[str, set[str]] = {}
    tables = _told()
    for name, some in _apart(report, rows):
        grid = _grid(snapshot, some, "")
        safe = make_safe(grid, tables[name], gives_up=True)
        # What is open all the same follows from what was shown before, whatever is hidden here.
        for key in safe.hidden:
            if grid.values[key]:
                columns.setdefault(key.row, set()).add(key.column)
    return columns


def _apart(report: Report, rows: Iterable[Row]) -> Iterable[tuple[str, list[Row]]]:
    """The rows by what they are held against."""
    by_name: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_name[report.apart(row)].append(row)
    return by_name.items()


def _told() -> Mapping[str, list[Grid]]:
    """Everything that was shown: to readers without row rights, and to everybody."""
    kept = KeptIds.objects.filter(snapshot=OuterRef("pk"))
    snapshots = list(Snapshot.objects.exclude(closed_for="").filter(Exists(kept)))
    read_at_once(snapshots)
    tables = defaultdict(list, {"": released()})
    for snapshot in snapshots:
        for name, rows in _apart(report_of(snapshot), snapshot.rows):
            tables[name].append(_grid(snapshot, rows, str(snapshot.pk)))
    return tables


def _grid(snapshot: Snapshot, rows: Iterable[Row], table: str) -> Grid:
    """The counts of survivors in these lines, each with whom it counts where that is kept."""
    report = report_of(snapshot)
    grid = Grid(table, f"{report.slug} {snapshot.params.get('measure')}", Days.of(snapshot))
    behind = snapshot.behind.cells([report.row_key(row) for row in rows])
    for row in rows:
        cell = report.row_key(row)
        for name in report.sensitive(row):
            key, ids = Key(table, cell, name), _ids(behind.get(cell, {}), name)
            is_hidden = name in row.get("hidden", ())
            value = row.get(name) if not is_hidden else ids and len(ids)
            if not isinstance(value, int) or (table and ids is None):
                continue
            grid.values[key], grid.people[key] = value, report.counted(cell, name)
            if ids is not None and len(ids) == value:
                grid.ids[key] = ids
            if is_hidden:
                grid.hidden.add(key)
            if report.by_place and row["jurisdiction"]["level"] == JurisdictionLevel.COUNTRY:
                grid.tops.add(key)
    return grid


def _ids(counts: dict[str, Ids], name: str) -> Ids | None:
    return counts.get(name, counts.get(KEPT_AS.get(name, "")))


def _behind(snapshot: Snapshot, report: Report, fresh: dict[str, Row]) -> PackedSets:
    """Who stands behind the counts that are told now: the next table is held against them."""
    kept = PackedSets()
    for cell, row in fresh.items():
        counts = snapshot.behind.get(cell)
        known = {name: _ids(counts, name) for name in report.sensitive(row)}
        if some := {name: ids for name, ids in known.items() if ids is not None}:
            kept[cell] = some
    return kept
