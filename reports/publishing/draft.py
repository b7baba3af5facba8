"""A snapshot as the table that would leave: what is shown, what is hidden, or why it cannot."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from django.utils.translation import override

from core.refusals import gettext as _
from core.services import Refused
from reports.base import ByPlace, rate, report_of
from reports.disclosure import K
from reports.params import OUTSIDE
from reports.publishing.grid import counts_of, grid_of, rows_of
from reports.publishing.keys import Key
from reports.publishing.ledger import released
from reports.publishing.refusals import Refusals
from reports.publishing.sealed import national_totals
from reports.publishing.words import nothing_left, why_open

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from reports.base import Report
    from reports.models import Snapshot
    from reports.publishing.grid import Grid
    from reports.publishing.keys import Detail, Totals

LARGEST = 2000  # counts of a table: some ten seconds
SEALED, WITHOUT = "included", "without"


@dataclass(frozen=True)
class Draft:
    table: dict[str, Any]
    suppressed: list[list[str]]
    totals: Totals

    @property
    def digest(self) -> str:
        body = orjson.dumps(self.table, option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(body).hexdigest()


def draft(snapshot: Snapshot, detail: Detail, reader: User) -> Draft:
    """The safe table, given everything released before. Raises `Refused`, in words."""
    from reports.publishing.suppression import make_safe  # noqa: PLC0415 -- loads a solver

    report = report_of(snapshot)
    _require_publishable(report, snapshot, detail, reader)
    totals = national_totals(snapshot, reader)
    grid = grid_of(snapshot, detail, totals=totals)
    if len(grid.values) > LARGEST:
        raise Refused(
            _("This table is too large to be checked. Merge groups: choose wider places.")
        )
    if any(value and key not in grid.ids for key, value in grid.values.items()):
        raise Refused(
            _(
                "This was computed before reports kept track of the people they count. Compute "
                "it again."
            )
        )
    before = released()
    safe = make_safe(grid, before)
    if safe.open:
        raise Refused(why_open(safe.open, grid, before))
    _require_something_left(grid, safe.hidden)
    return Draft(
        _table(report, snapshot, detail, safe.hidden, totals),
        [[key.row, key.column] for key in sorted(safe.hidden)],
        totals,
    )


def _require_something_left(grid: Grid, hidden: frozenset[Key]) -> None:
    if not any(value for key, value in grid.values.items() if key not in hidden):
        raise Refused(nothing_left(grid))


def require_sums(report: Report, field: str | None = None) -> None:
    """Whether tables of this report are released at all."""
    if not isinstance(report, ByPlace) or report.sums is None:
        words = _("This report cannot be released: nobody has said how its figures add up.")
        raise Refused(words, field)


def _require_publishable(report: Report, snapshot: Snapshot, detail: Detail, reader: User) -> None:
    require_sums(report)
    if snapshot.closed_for:
        raise Refused(
            _("Small counts are hidden here. Somebody who may open records must propose this.")
        )
    if reader.counting.cases:
        raise Refused(
            _("Your figures count sealed cases that name you. Somebody else must release them.")
        )
    if not rows_of(snapshot, detail):
        raise Refused(
            _("There are no figures at this level. Choose narrower places."), field="level"
        )
    if any(column.survivors for column in report.columns):
        _require_consent(snapshot, reader)


def _require_consent(snapshot: Snapshot, reader: User) -> None:
    """Of survivors, only figures leave in which nobody is who said no to that."""
    if snapshot.params.get("audience") != OUTSIDE:
        raise Refused(
            _(
                "These figures include people who said no to figures that leave the organisation. "
                "Compute the report again without them."
            )
        )
    if Refusals(reader, [snapshot]).counted_in(snapshot):
        raise Refused(
            _("Since this was computed, somebody in it has said no. Compute the report again.")
        )


def _table(
    report: Report, snapshot: Snapshot, detail: Detail, hid: Collection[Key], totals: Totals
) -> dict[str, object]:
    columns = counts_of(report)
    shares = {"rate", "low", "high"} <= {column.name for column in report.columns}
    rows = []
    for row in rows_of(snapshot, detail):
        name = report.row_key(row)
        values = {c: totals.get(name, row)[c] for c in columns}
        small = [c for c in columns if Key("", name, c) in hid]
        cells: dict[str, Any] = values | dict.fromkeys(small)
        if shares:
            cells |= share_of(cells["k"], cells["n"])
        where = {"jurisdiction": row["jurisdiction"], "programme": row["programme"]}
        sealed = SEALED if name in totals else WITHOUT
        rows.append(where | cells | {"hidden": small, "sealed": sealed})
    with override("en"):  # what leaves is one text, whoever proposes and whoever approves
        definition = str(report.definition)
    return {
        "report": report.slug,
        "version": report.version,
        "definition": definition,
        "as_of": snapshot.as_of.isoformat(),
        "params": snapshot.params,
        "level": detail.level,
        "by_programme": detail.by_programme,
        "columns": [*columns, *(("rate", "low", "high") if shares else ())],
        "rows": rows,
    }


def share_of(k: int | None, n: int | None) -> dict[str, object]:
    """A share stands only beside its k and its n, and of at least K."""
    if k is None or n is None or n < K:
        return dict.fromkeys(("rate", "low", "high"))
    figures = rate(k, n)
    return {name: figures[name] for name in ("rate", "low", "high")}
