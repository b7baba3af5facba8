"""Sealed cases in national totals: counted where they are 11 persons or more, else left out.

The totals of several tables may not be subtracted either: what a total gains by them is as much as
another gained for days that begin together, or differs by 11 or more, or is of other days.

Nobody is shown which cases these are. The database hands their ids to the report role only, which
reads no names and writes nothing; what leaves this module are numbers of at least K.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from django.db import connection

from core.context import counting_as
from core.moment import of_one_moment
from core.scopes import CountScope
from places.enums import JurisdictionLevel
from reports.base import REPORTS, report_of
from reports.disclosure import K
from reports.params import parse
from reports.publishing.grid import Days, counts_of
from reports.publishing.models import Release

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from accounts.models import User
    from reports.base import Result
    from reports.models import Snapshot
    from reports.publishing.keys import Totals


class _Reader:
    """Who counts these offices, with or without what is sealed there."""

    def __init__(self, offices: list[UUID], cases: list[UUID]) -> None:
        self.counting = CountScope(offices, cases)


def national_totals(snapshot: Snapshot, reader: User) -> Totals:
    """By row of a country, its counts with sealed cases, where each of them gains nought or K."""
    report = report_of(snapshot)
    params = parse(snapshot.params, REPORTS[snapshot.report])
    offices = reader.counting.offices

    def both() -> tuple[Result, Result]:
        with counting_as(reader.pk):
            without = report.compute(_Reader(offices, []), params)
            sealed = _open(offices)
            return without, report.compute(_Reader(offices, sealed), params) if sealed else without

    without, with_them = of_one_moment(both)
    before = {report.row_key(row): row for row in without.rows}
    kept = {report.row_key(row): row for row in snapshot.rows}
    totals: Totals = {}
    for row in with_them.rows:
        name = report.row_key(row)
        national = row["jurisdiction"]["level"] == JurisdictionLevel.COUNTRY
        if not national or row["programme"] != snapshot.params.get("programme") or name not in kept:
            continue
        gains = {c: row[c] - before.get(name, {}).get(c, 0) for c in counts_of(report)}
        if any(gains.values()) and _apart({0, *gains.values()}) and _fits(snapshot, name, gains):
            totals[name] = {c: kept[name][c] + gain for c, gain in gains.items()}
    return totals


def _fits(snapshot: Snapshot, row: str, gains: Mapping[str, int]) -> bool:
    """Whether what this row gains tells nothing beside what it gained in an earlier release."""
    days = Days.of(snapshot)
    for release in Release.objects.filter(totals__has_key=row).select_related("snapshot"):
        report, then = report_of(release.snapshot), Days.of(release.snapshot)
        if then.first != days.first:
            if then.meets(days):
                return False
            continue
        line = next(r for r in release.snapshot.rows if report.row_key(r) == row)
        gained = {total - line[column] for column, total in release.totals[row].items()}
        if not _apart({*gained, *gains.values()}):
            return False
    return True


def _apart(numbers: Iterable[int]) -> bool:
    return all(abs(a - b) >= K for a, b in combinations(numbers, 2))


def _open(offices: list[UUID]) -> list[UUID]:
    """Count sealed cases of these offices until the block ends; which they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select open_release_context(%s::uuid[])", [[str(office) for office in offices]]
        )
        (cases,) = cursor.fetchone()
    return list(cases)
