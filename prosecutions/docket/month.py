"""The rows of a docket by day: the same rows, laid out as a month."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prosecutions.docket.asking import DocketQuery

WEEK = 7


def by_day(rows: list[dict[str, Any]]) -> dict[date, list[dict[str, object]]]:
    """Every day something of these rows is listed for, the hours in order."""
    days: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        for listed in row["dates"]:
            days.setdefault(listed["day"], []).append(row | listed)
    for entries in days.values():
        entries.sort(key=lambda entry: (entry["hour"] or "99", entry["reference"]))
    return days


def month_of(rows: list[dict[str, object]], asked: DocketQuery, today: date) -> dict[str, object]:
    """The weeks of the month asked for, or of this one."""
    first = asked.month or today.replace(day=1)
    days = {day: entries for day, entries in by_day(rows).items() if day.replace(day=1) == first}
    dates = list(Calendar().itermonthdates(first.year, first.month))
    cells = [
        {
            "day": day,
            "within": day.month == first.month,
            "is_today": day == today,
            "entries": days.get(day, []),
        }
        for day in dates
    ]
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    return {
        "first": first,
        "weeks": [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)],
        "weekdays": dates[:WEEK],
        "count": sum(map(len, days.values())),
        "previous_url": asked.but(month=before.replace(day=1)),
        "next_url": asked.but(month=after.replace(day=1)),
        "now_url": asked.but(month=None),
    }
