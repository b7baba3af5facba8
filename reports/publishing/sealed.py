"""Sealed cases in national totals: counted where they are 11 persons or more, else left out.

Nobody is shown which cases these are. The database hands their ids to the report role only, which
reads no names and writes nothing; what leaves this module are numbers of at least K.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from core.context import counting_as
from core.moment import of_one_moment
from core.scopes import CountScope
from places.enums import JurisdictionLevel
from reports.base import REPORTS, report_of
from reports.disclosure import K
from reports.params import parse
from reports.publishing.grid import counts_of

if TYPE_CHECKING:
    from reports.base import Result
    from reports.models import Snapshot

Totals = dict[str, dict[str, int]]


class _Reader:
    """Who counts these offices, with or without what is sealed there."""

    def __init__(self, offices: list[Any], cases: list[Any]) -> None:
        self.counting = CountScope(offices, cases)


def national_totals(snapshot: Snapshot, reader: Any) -> Totals:
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
    found: Totals = {}
    for row in with_them.rows:
        name = report.row_key(row)
        national = row["jurisdiction"]["level"] == JurisdictionLevel.COUNTRY
        if not national or row["programme"] != snapshot.params.get("programme") or name not in kept:
            continue
        gains = {c: row[c] - before.get(name, {}).get(c, 0) for c in counts_of(report)}
        if any(gains.values()) and all(gain == 0 or gain >= K for gain in gains.values()):
            found[name] = {c: kept[name][c] + gain for c, gain in gains.items()}
    return found


def _open(offices: list[Any]) -> list[Any]:
    """Count sealed cases of these offices until the block ends; which they are."""
    with connection.cursor() as cursor:
        cursor.execute("select open_release_context(%s::uuid[])", [[str(one) for one in offices]])
        (cases,) = cursor.fetchone()
    return list(cases)
