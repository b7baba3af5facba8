"""The figures of everything asked for, as one row: of the place, or over all countries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from places.enums import JurisdictionLevel
from reports.base import COUNT, cell_key, rate
from reports.numbers import Ids
from reports.tables import KEPT_AS

if TYPE_CHECKING:
    from reports.base import Report
    from reports.models import Snapshot


def whole(report: Report, snapshot: Snapshot, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The row of the place asked for; else persons counted in two countries count once.

    Over all countries a column stands only where its ids are kept, or where nothing can lie in two
    countries. None: nothing is counted.
    """
    place, programme = (snapshot.params[name] for name in ("jurisdiction", "programme"))
    rows = [row for row in rows if row["programme"] == programme]
    if place:
        return next((row for row in rows if row["jurisdiction"]["code"] == place), None)
    level = JurisdictionLevel.COUNTRY
    tops = [row for row in rows if row["jurisdiction"]["level"] == level]
    return _over(report, snapshot, tops) if tops else None


IN_ONE_PLACE = ("rescues",)


def _over(report: Report, snapshot: Snapshot, tops: list[dict[str, Any]]) -> dict[str, Any]:
    if snapshot.closed_for:
        return _sum(report, tops)
    ids: dict[str, Ids] = defaultdict(Ids)
    cells = [cell_key(row["jurisdiction"]["code"], row["programme"]) for row in tops]
    for kept in snapshot.behind.cells(cells).values():
        for name, some in kept.items():
            ids[name] |= some
    where = {"code": "", "name": _("All places"), "level": JurisdictionLevel.COUNTRY}
    row = {"jurisdiction": where, "programme": tops[0]["programme"]}
    names = {column.name for column in report.columns}
    for name in names | set(ids):
        of = name if name in ids else KEPT_AS.get(name)
        row[name] = len(ids[of]) if of in ids else None
        if name in IN_ONE_PLACE:
            row[name] = sum(top[name] for top in tops)
    return row | rate(row["k"], row["n"]) if "rate" in names else row


def _sum(report: Report, tops: list[dict[str, Any]]) -> dict[str, object]:
    """What the countries add up to, for whoever could add them up: a person counted in two of them
    counts twice, and nothing stands where one of them is hidden."""
    where = {"code": "", "name": _("All places"), "level": JurisdictionLevel.COUNTRY}
    row: dict[str, Any] = {"jurisdiction": where, "programme": tops[0]["programme"]}
    shut = sorted({name for top in tops for name in top.get("hidden", ())})
    for column in report.columns:
        counted = column.kind == COUNT and column.name not in shut
        row[column.name] = sum(top[column.name] for top in tops) if counted else None
    if "rate" in row and not {"k", "n"} & set(shut):
        row |= rate(row["k"], row["n"])
    # As a line of one place names them (`RescuesAndVictims.members`).
    row |= dict.fromkeys(("k", "n"), row["rescued"]) if "rescued" in row else {}
    row["as_of"] = min(top["as_of"] for top in tops)
    return row | ({"hidden": shut} if shut else {})
