"""A snapshot as its reader may see it: small counts hidden, rows behind a figure within scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.expressions import RawSQL

from accounts.permissions import Perm
from casework.models import Case
from prosecutions.models import Charge, Complaint, Hearing, Prosecution, Suspect
from reports.base import rate, report_of
from reports.models import RowNumber
from reports.numbers import Ids
from reports.readers import sees_periods_over
from victims.models import Involvement

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from reports.base import Report
    from reports.models import Snapshot

MOST = 200
FIGURE = frozenset({*rate(0, 0), "value"})  # of these, one gives the others away


def rows_for(snapshot: Snapshot, reader: Any) -> list[dict[str, Any]]:
    """The rows, if this reader may have them: without row rights those that `closed` left."""
    settled = snapshot.closed_for and not snapshot._state.adding
    if sees_periods_over(reader, report_of(snapshot)) and not settled:
        raise PermissionDenied(Perm.VICTIM_VIEW)
    return [report_of(snapshot).said(row) for row in snapshot.rows]


def without(report: Report, row: dict[str, object], small: set[str]) -> dict[str, object]:
    """The row without these counts, and without what would give them away.

    `hidden` names what is hidden in it, so that nothing looks like a zero.
    """
    if not small:
        return row
    small = set(small)
    if small & {"k", "n"}:  # a rate, or the other of the two, would give the hidden one away
        small |= {name for name in FIGURE if name in row}
    if small & report.together:
        small |= {name for name in report.together if row.get(name) is not None}
    return row | dict.fromkeys(small) | {"hidden": sorted(small)}


class IdsOfModel(NamedTuple):
    """How ids of one model, kept behind figures, open into rows of cases."""

    model: Any
    of: tuple[str, ...] = ("pk",)  # the paths to the id
    code: str = "code"
    case: str = "case"


BEHIND = {
    "victims.Victim": IdsOfModel(Involvement, ("victim", "victim__merged_into")),
    "prosecutions.Perpetrator": IdsOfModel(Suspect, ("perpetrator", "perpetrator__merged_into")),
    "prosecutions.Suspect": IdsOfModel(Suspect),
    "prosecutions.Charge": IdsOfModel(Charge, code="suspect__code"),
    "prosecutions.Complaint": IdsOfModel(Complaint, code="number"),
    "prosecutions.Prosecution": IdsOfModel(Prosecution, code="docket"),
    "prosecutions.Hearing": IdsOfModel(Hearing, code="prosecution__docket"),
    "casework.Case": IdsOfModel(Case, code="", case=""),
}


def rows_of(ids: Ids) -> QuerySet[RowNumber]:
    """The rows with these numbers: one parameter of a statement, however many there are."""
    written = "{" + ",".join(map(str, ids)) + "}"
    return RowNumber.objects.filter(number__in=RawSQL("select unnest(%s::int[])", [written]))


def may_open(report: Report, reader: User) -> bool:
    """Whether this reader holds row rights to those a report counts."""
    kept = BEHIND.get(report.people)
    return kept is not None and bool(reader.has_perm(kept.model.access.view))


def behind(
    snapshot: Snapshot, cell: str, of: str, reader: User
) -> tuple[list[dict[str, Any]], int]:
    """The records behind a figure that this reader may open, and how many there are in all."""
    ids = snapshot.behind.get(cell).get(of, Ids())
    kept = BEHIND.get(report_of(snapshot).counted(cell, of))
    if kept is None:
        return [], len(ids)
    among = Q()
    for path in kept.of:
        among |= Q(**{f"{path}__in": rows_of(ids).values("row_id")})
    case = f"{kept.case}__" if kept.case else ""
    names = [f"{case}reference", f"{case}pk", *([kept.code] if kept.code else [])]
    rows = kept.model.objects.visible_to(reader).filter(among).order_by(*names)
    return [
        {"code": code[0] if code else "", "reference": reference, "case": str(pk)}
        for reference, pk, *code in rows.values_list(*names)[:MOST]
    ], len(ids)
